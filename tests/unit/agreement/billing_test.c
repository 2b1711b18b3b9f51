/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Billing in parts of a year: joins, leaves, changes, credit notes and runs in any order end with each member billed
 * what the year's allocation says.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

#define LINES(billing, prepaid)                                                                                        \
    "product: demo\n"                                                                                                  \
    "from: 2024-01-01\n"                                                                                               \
    "reference: {measure: population, date: 01-01 of the year before}\n"                                               \
    "notice: {months: 1, to: month}\n" billing prepaid "vat: {rate: 25%, reason: \"made up\"}\n"                       \
    "lines:\n"                                                                                                         \
    "  - id: joining\n"                                                                                                \
    "    kind: joining fee\n"                                                                                          \
    "    account: \"00001\"\n"                                                                                         \
    "    price: 1000\n"                                                                                                \
    "  - id: fee\n"                                                                                                    \
    "    account: \"00002\"\n"                                                                                         \
    "    price: 333.33\n"                                                                                              \
    "    pro rata: months\n"                                                                                           \
    "  - id: pot\n"                                                                                                    \
    "    account: \"00003\"\n"                                                                                         \
    "    budget: 10000\n"                                                                                              \
    "    key: 50% equal + 50% population\n"                                                                            \
    "    pro rata: days\n"                                                                                             \
    "  - id: hosting\n"                                                                                                \
    "    option: hosting\n"                                                                                            \
    "    account: \"00003\"\n"                                                                                         \
    "    price: 77.77\n"                                                                                               \
    "    pro rata: months\n"

static const char *const codes[] = {"0101", "0461", "0479", "0751", "0825", "0851"};
enum { CODES = sizeof codes / sizeof codes[0], YEAR = 2026, QUARTERS = 4 };

/* Members 0 and 1 are there all year, so that no day of the budget is without members. */
static void begin(struct scene *scene, const char *yaml)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_population(scene, 2025, "2025-01-01");
    scene_product(scene, "demo");
    scene_terms(scene, yaml);
    scene_join(scene, "0101,0461", "2026-01-01", "hosting");
    scene_on(scene, "2026-01-05");
}

static int64_t ask(struct scene *scene, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = 0;
    assert_ok(tl_stmt_get(&stmt, scene->store, sql, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

/* Drafts and approves; whatever is refused leaves no trace. The status of the draft. */
static tl_status run(struct scene *scene, const struct tl_run_request *request, struct tl_err *err)
{
    int64_t id = 0;
    size_t entries;
    scene_begin(scene);
    tl_status status = tl_run_draft_request(&id, scene->store, request, err);
    if (status != TL_OK) {
        tl_store_rollback(scene->store);
        return status;
    }
    scene_commit(scene);
    struct tl_act act = scene->act;
    act.actor = "regnskab";
    assert_ok(tl_store_begin(scene->store, &act, err), err);
    assert_ok(tl_run_approve(&entries, scene->store, id, act.actor, scene_date("2026-06-01"), (struct tl_date){0}, err),
              err);
    assert_ok(tl_store_commit(scene->store, err), err);
    return TL_OK;
}

static tl_status credit(struct scene *scene, const char *number, const char *line, struct tl_err *err)
{
    int64_t id = 0;
    size_t entries;
    scene_begin(scene);
    tl_status status = tl_run_draft_credit(&id, scene->store, number, line, "fejl", "mail", err);
    if (status != TL_OK) {
        tl_store_rollback(scene->store);
        return status;
    }
    scene_commit(scene);
    struct tl_act act = scene->act;
    act.actor = "regnskab";
    assert_ok(tl_store_begin(scene->store, &act, err), err);
    assert_ok(tl_run_approve(&entries, scene->store, id, act.actor, scene_date("2026-06-01"), (struct tl_date){0}, err),
              err);
    assert_ok(tl_store_commit(scene->store, err), err);
    return TL_OK;
}

/* What a member is billed for a line, by the postings to its income. */
static int64_t billed(struct scene *scene, const char *line, const char *code)
{
    static const char SQL[] = "SELECT -coalesce(sum(p.amount_minor), 0) FROM posting p JOIN entry e ON "
                              "e.id = p.entry_id WHERE e.run_id IS NOT NULL AND p.line_id = ?1 AND p.party_code = ?2";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = 0;
    assert_ok(tl_stmt_get(&stmt, scene->store, SQL, &err), &err);
    tl_stmt_bind_text(stmt, 1, line);
    tl_stmt_bind_text(stmt, 2, code);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

static int64_t owed(const struct tl_product_year *year, const char *line, const char *code)
{
    size_t count;
    int64_t sum = 0;
    const struct tl_share *shares = tl_line_result_shares(tl_allocation_line(&year->allocation, line), code, &count);
    for (size_t i = 0; i < count; i++)
        sum += shares[i].amount.minor;
    return sum;
}

static void assert_all_is_billed(struct scene *scene)
{
    static const char *const lines[] = {"joining", "fee", "pot", "hosting"};
    struct tl_product_year year;
    scene_allocate(&year, scene, YEAR);
    for (size_t i = 0; i < CODES; i++)
        for (size_t j = 0; j < sizeof lines / sizeof lines[0]; j++)
            assert_same_int(billed(scene, lines[j], codes[i]), owed(&year, lines[j], codes[i]));
    tl_product_year_release(&year);
    /* the ledger takes what the invoices say, and VAT is that of each invoice's sum */
    assert_same_int(ask(scene,
                        "SELECT count(*) FROM invoice i WHERE (SELECT sum(net_minor + vat_minor) FROM run_line "
                        "WHERE run_id = i.run_id AND party_code = i.party_code) <> coalesce((SELECT "
                        "sum(amount_minor) FROM posting WHERE entry_id = i.entry_id AND account_code = '10000'), "
                        "0)"),
                    0);
    assert_same_int(ask(scene, "SELECT count(*) FROM (SELECT sum(l.net_minor) AS net, sum(l.vat_minor) AS vat FROM "
                               "run_line l JOIN run r ON r.id = l.run_id WHERE r.kind <> 'credit' GROUP BY l.run_id, "
                               "l.party_code) WHERE abs(4 * vat - net) > 2"),
                    0);
    scene_verify(scene);
}

/* What has happened to a member so far. */
struct fate {
    bool is_member, has_left, has_hosting;
    int month; /* that it came in */
};

static void something_happens(struct scene *scene, struct fate *fates, struct check_random *random)
{
    size_t i = (size_t)check_random_between(random, 2, CODES - 1);
    int month = (int)check_random_between(random, 2, 11);
    char date[TL_DATE_TEXT_SIZE];
    tl_date_iso(tl_date_of(YEAR, month, (int)check_random_between(random, 1, 28)), date);
    struct fate *fate = &fates[i];
    if (!fate->is_member) {
        bool hosting = check_random_between(random, 0, 1) == 1;
        scene_join(scene, codes[i], date, hosting ? "hosting" : NULL);
        *fate = (struct fate){.is_member = true, .has_hosting = hosting, .month = month};
    } else if (fate->has_hosting && !fate->has_left) {
        struct tl_err err = TL_ERR_NONE;
        /* refused before the member has come */
        if (scene_try_change(scene, codes[i], TL_MEMBERSHIP_OPTION_DROPPED, date, "hosting", &err) == TL_OK)
            fate->has_hosting = false;
    } else if (!fate->has_left && fate->month < 8) {
        scene_leave(scene, codes[i], "2026-08-15");
        fate->has_left = true;
    }
}

static void something_is_billed(struct scene *scene, int *quarter, struct check_random *random)
{
    static const char *const names[] = {"Q1", "Q2", "Q3", "Q4"}, *const joining[] = {"joining"};
    struct tl_err err = TL_ERR_NONE;
    const char *only[] = {codes[check_random_between(random, 0, 1)]};
    struct tl_run_request request = {.product = "demo", .year = YEAR, .period = names[*quarter]};
    switch (check_random_between(random, 0, 4)) {
    case 0:
        request.period = NULL;
        request.lines = joining;
        request.line_count = 1;
        break;
    case 1:
        request.members = only;
        request.member_count = 1;
        break;
    case 2:
        *quarter += *quarter < QUARTERS - 1 ? 1 : 0;
        request.period = names[*quarter];
        break;
    default:
        break;
    }
    tl_status status = run(scene, &request, &err);
    if (status != TL_OK)
        assert_int_equal(status, TL_ERR_CONFLICT);
}

static void something_is_credited(struct scene *scene, struct check_random *random)
{
    struct tl_err err = TL_ERR_NONE;
    char number[32];
    int64_t count = ask(scene, "SELECT count(*) FROM invoice");
    if (count == 0)
        return;
    (void)snprintf(number, sizeof number, "2026-%04" PRId64, check_random_between(random, 1, count));
    tl_status status = credit(scene, number, check_random_between(random, 0, 1) == 0 ? NULL : "pot", &err);
    if (status != TL_OK)
        assert_true(status == TL_ERR_STATE || status == TL_ERR_NOT_FOUND);
}

static void any_order_ends_at_what_the_year_says(void **state)
{
    (void)state;
    enum { STORIES = 12, STEPS = 14 };
    for (uint64_t story = 1; story <= STORIES; story++) {
        struct check_random random = {story};
        struct scene scene;
        struct tl_err err = TL_ERR_NONE;
        struct fate fates[CODES] = {{.is_member = true}, {.is_member = true}};
        int quarter = 0;
        begin(&scene, LINES("billing: quarterly\n", "prepaid: credited\n"));
        for (int step = 0; step < STEPS; step++) {
            int64_t kind = check_random_between(&random, 0, 4);
            if (kind < 2)
                something_happens(&scene, fates, &random);
            else if (kind < 4)
                something_is_billed(&scene, &quarter, &random);
            else
                something_is_credited(&scene, &random);
        }
        struct tl_run_request last = {.product = "demo", .year = YEAR, .period = "Q4"};
        tl_status status = run(&scene, &last, &err);
        if (status != TL_OK)
            assert_int_equal(status, TL_ERR_CONFLICT);
        assert_all_is_billed(&scene);
        scene_close(&scene);
    }
}

static void what_is_prepaid_is_kept_unless_the_terms_credit_it(void **state)
{
    (void)state;
    static const char *const terms[] = {LINES("", ""), LINES("", "prepaid: kept\n"), LINES("", "prepaid: credited\n")};
    for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
        struct scene scene;
        struct tl_err err = TL_ERR_NONE;
        struct tl_run_request year = {.product = "demo", .year = YEAR};
        begin(&scene, terms[i]);
        scene_join(&scene, "0751", "2026-01-01", NULL);
        assert_ok(run(&scene, &year, &err), &err);
        assert_same_int(billed(&scene, "fee", "0751"), 33333);
        (void)scene_leave(&scene, "0751", "2026-05-31");
        assert_ok(run(&scene, &year, &err), &err);
        /* half of the year is left when the notice has run out */
        assert_same_int(billed(&scene, "fee", "0751"), i == 2 ? 16667 : 33333);
        assert_same_int(billed(&scene, "joining", "0751"), 100000);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

static void a_line_is_credited_once(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE, again = TL_ERR_NONE, line = TL_ERR_NONE, note = TL_ERR_NONE, none = TL_ERR_NONE;
    struct tl_run_request year = {.product = "demo", .year = YEAR};
    begin(&scene, LINES("", ""));
    assert_ok(run(&scene, &year, &err), &err);
    assert_ok(credit(&scene, "2026-0001", "pot", &err), &err);
    assert_refused(credit(&scene, "2026-0001", "pot", &again), TL_ERR_STATE, &again,
                   "nothing is left to credit of invoice 2026-0001, line pot", NULL);
    assert_refused(credit(&scene, "2026-0001", "x", &line), TL_ERR_NOT_FOUND, &line,
                   "invoice 2026-0001 has no line 'x'", NULL);
    assert_refused(credit(&scene, "2026-0003", NULL, &note), TL_ERR_STATE, &note,
                   "2026-0003 is a credit note, which is not credited",
                   "tilslut bill demo 2026 bills again what is owed");
    assert_refused(credit(&scene, "2026-0009", NULL, &none), TL_ERR_NOT_FOUND, &none, "there is no invoice '2026-0009'",
                   "tilslut list invoices shows them");
    assert_ok(credit(&scene, "2026-0001", NULL, &err), &err);
    assert_same_int(ask(&scene, "SELECT sum(amount_minor) FROM posting WHERE party_code = '0101'"), 0);
    assert_same_int(ask(&scene, "SELECT sum(amount_minor) FROM posting WHERE party_code = '0101' AND "
                                "account_code = '30000'"),
                    0);
    assert_same_int(ask(&scene, "SELECT count(*) FROM entry WHERE reverses_id = 1 AND kind = 'credit'"), 2);
    assert_ok(run(&scene, &year, &err), &err);
    assert_all_is_billed(&scene);
    scene_close(&scene);
}

static void an_invoice_says_what_its_entry_posted(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_invoice invoice;
    begin(&scene, LINES("billing: half-yearly\n", ""));
    struct tl_run_request half = {.product = "demo", .year = YEAR, .period = "h1"};
    assert_ok(run(&scene, &half, &err), &err);
    half.period = "H2";
    assert_ok(run(&scene, &half, &err), &err);
    assert_ok(tl_invoice_load(&invoice, scene.store, "2026-0003", &scene.arena, &err), &err);
    assert_string_equal(invoice.row.party, "0101");
    assert_string_equal(invoice.row.reference, "000000202600037");
    assert_string_equal(invoice.text, "Opkrævning 2. halvår 2026, demo");
    assert_int_equal(invoice.line_count, 3);
    assert_string_equal(invoice.lines[0].line_id, "fee");
    assert_money(invoice.lines[0].net, 16666);
    assert_int_equal(invoice.lines[0].working_count, 2);
    assert_string_equal(invoice.lines[0].workings[0].working, "333.33");
    assert_string_equal(invoice.lines[0].workings[1].working, "-166.67");
    assert_int_equal(invoice.vat_count, 1);
    assert_money(invoice.vats[0].net, invoice.row.net.minor);
    assert_money(invoice.vats[0].vat, invoice.row.vat.minor);
    assert_money(invoice.row.gross, invoice.row.net.minor + invoice.row.vat.minor);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_order_ends_at_what_the_year_says),
        cmocka_unit_test(what_is_prepaid_is_kept_unless_the_terms_credit_it),
        cmocka_unit_test(a_line_is_credited_once),
        cmocka_unit_test(an_invoice_says_what_its_entry_posted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
