/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What rounding leaves is carried from one billed year to the next. The figures are the real ones of 2020, 2025 and
 * 2026, copied to later dates.
 */
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"

enum { YEARS = 5, FIRST_YEAR = 2026, MEMBERS_MAX = 100, LINES = 2 };

#define POTS                                                                                                           \
    "  - id: pot\n    account: \"00003\"\n    budget: 1234567.89\n    key: 25% equal + 75% population\n"               \
    "  - id: shared\n    account: \"00003\"\n    budget: 100\n    key: equal\n"

static const char *const lines[LINES] = {"pot", "shared"};
static const int64_t budgets[LINES] = {123456789, 10000};

/* What a member's years come to on each line. */
struct account {
    const char *code;
    int64_t paid[LINES];
    struct tl_frac owed[LINES], carried[LINES];
};

struct accounts {
    struct account items[MEMBERS_MAX];
    size_t count;
};

static struct account *account_of(struct accounts *accounts, const char *code, struct tl_arena *arena)
{
    for (size_t i = 0; i < accounts->count; i++)
        if (tl_text_equal(accounts->items[i].code, code))
            return &accounts->items[i];
    struct account *account = &accounts->items[accounts->count++];
    assert_true(accounts->count <= MEMBERS_MAX);
    account->code = tl_arena_text(arena, code);
    for (size_t i = 0; i < LINES; i++) {
        account->paid[i] = 0;
        tl_frac_init(&account->owed[i]);
        tl_frac_init(&account->carried[i]);
    }
    return account;
}

static void release(struct accounts *accounts)
{
    for (size_t i = 0; i < accounts->count; i++)
        for (size_t j = 0; j < LINES; j++) {
            tl_frac_release(&accounts->items[i].owed[j]);
            tl_frac_release(&accounts->items[i].carried[j]);
        }
}

/* Adds a year that is about to be billed; its lines foot to their budgets. */
static void add_year(struct accounts *accounts, struct scene *scene, int number)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    scene_allocate(&year, scene, number);
    for (size_t i = 0; i < LINES; i++) {
        const struct tl_line_result *result = tl_allocation_line(&year.allocation, lines[i]);
        int64_t sum = 0;
        for (size_t j = 0; j < result->share_count; j++) {
            const struct tl_share *share = &result->shares[j];
            struct account *account = account_of(accounts, share->member->code, &scene->arena);
            assert_int_equal(mpq_cmp(share->carried_in.q, account->carried[i].q), 0);
            tl_frac_set(&account->carried[i], &share->carried_out);
            mpq_add(account->owed[i].q, account->owed[i].q, share->exact.q);
            account->paid[i] += share->amount.minor;
            sum += share->amount.minor;
        }
        assert_same_int(sum, budgets[i]);
    }
    tl_product_year_release(&year);
}

/* What was paid is what was owed but for what is carried, which is at most one and a half øre, and sums to zero. What
 * is carried is rounded to parts of an øre, each year by less than one. */
static void assert_no_drift(const struct accounts *accounts)
{
    enum { YEARS_MAX = 5 };
    struct tl_frac rest = {0}, sum = {0}, off = {0};
    tl_frac_init(&rest);
    tl_frac_init(&sum);
    tl_frac_init(&off);
    for (size_t i = 0; i < LINES; i++) {
        mpq_set_ui(sum.q, 0, 1);
        for (size_t j = 0; j < accounts->count; j++) {
            const struct account *account = &accounts->items[j];
            tl_frac_set_whole(&rest, account->paid[i]);
            mpq_sub(rest.q, account->owed[i].q, rest.q);
            mpq_sub(off.q, rest.q, account->carried[i].q);
            mpq_abs(off.q, off.q);
            assert_true(mpq_cmp_si(off.q, YEARS_MAX, (unsigned long)TL_CARRY_PARTS) < 0);
            mpq_add(sum.q, sum.q, account->carried[i].q);
            assert_true(mpq_cmp_si(rest.q, 3, 2) <= 0 && mpq_cmp_si(rest.q, -3, 2) >= 0);
        }
        assert_int_equal(mpq_sgn(sum.q), 0);
    }
    tl_frac_release(&sum);
    tl_frac_release(&off);
    tl_frac_release(&rest);
}

static void open(struct scene *scene)
{
    static const int sources[YEARS] = {2025, 2026, 2020, 2025, 2026};
    scene_open(scene);
    scene_municipalities(scene);
    for (int i = 0; i < YEARS; i++) {
        char date[TL_DATE_TEXT_SIZE];
        scene_population(scene, sources[i], tl_date_iso(tl_date_of(FIRST_YEAR - 1 + i, 1, 1), date));
    }
    scene_product(scene, "demo");
    scene_terms(scene, SCENE_TERMS POTS);
}

/* Every municipality but `without` (or NULL). */
static void join_all(struct scene *scene, const char *without)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_party *parties;
    struct tl_buf codes = TL_BUF_EMPTY;
    size_t count;
    assert_ok(tl_party_list(&parties, &count, scene->store, scene_date("2026-01-01"), &scene->arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(parties[i].kind, "municipality") &&
            (without == NULL || !tl_text_equal(parties[i].code, without)))
            tl_buf_format(&codes, "%s%s", codes.length == 0 ? "" : ",", parties[i].code);
    scene_join(scene, tl_buf_string(&codes), "2026-01-01", NULL);
    tl_buf_release(&codes);
}

static void on_new_year(struct scene *scene, int year)
{
    char date[TL_DATE_TEXT_SIZE];
    scene_on(scene, tl_date_iso(tl_date_of(year, 1, 2), date));
}

static void nobody_drifts_over_five_billed_years(void **state)
{
    (void)state;
    struct scene scene;
    struct accounts accounts = {.count = 0};
    open(&scene);
    join_all(&scene, NULL);
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        on_new_year(&scene, year);
        add_year(&accounts, &scene, year);
        scene_bill(&scene, year);
        assert_no_drift(&accounts);
    }
    assert_int_equal(accounts.count, 98);
    scene_verify(&scene);
    release(&accounts);
    scene_close(&scene);
}

/* Who leaves takes its fraction with it, and has it again when it comes back. */
static void who_comes_and_goes_leaves_the_totals_footing(void **state)
{
    (void)state;
    struct scene scene;
    struct accounts accounts = {.count = 0};
    open(&scene);
    join_all(&scene, "0101");
    for (int year = FIRST_YEAR; year < FIRST_YEAR + YEARS; year++) {
        on_new_year(&scene, year);
        if (year == 2027)
            scene_join(&scene, "0101", "2027-01-01", NULL); /* København, a tenth of all */
        if (year == 2030)
            scene_join(&scene, "0751", "2030-01-01", NULL);
        add_year(&accounts, &scene, year);
        scene_bill(&scene, year);
        assert_no_drift(&accounts);
        if (year == 2027) {
            scene_leave(&scene, "0751", "2027-03-01"); /* till the end of 2027 */
            scene_leave(&scene, "0825", "2028-03-01"); /* till the end of 2028 */
        }
    }
    assert_int_equal(accounts.count, 98);
    scene_verify(&scene);
    release(&accounts);
    scene_close(&scene);
}

/* The carried fraction of a member on a line before a year. */
static int carried(struct scene *scene, int year, const char *code)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year loaded = TL_PRODUCT_YEAR_EMPTY;
    int sign = 9;
    assert_ok(tl_product_year_load(&loaded, scene->store, "demo", year, 0, &err), &err);
    for (size_t i = 0; i < loaded.carry_count; i++)
        if (tl_text_equal(loaded.carries[i].line_id, "shared") && tl_text_equal(loaded.carries[i].member_code, code))
            sign = mpq_sgn(loaded.carries[i].fraction.q);
    tl_product_year_release(&loaded);
    return sign;
}

/* 10000 øre in three: 0001 gets the odd one, 0002 and 0003 carry a third each. */
static void only_approved_years_before_are_carried_from(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS "  - id: shared\n    account: \"00003\"\n    budget: 100\n    key: equal\n");
    for (int i = 1; i <= 3; i++) {
        const char *code = i == 1 ? "0001" : i == 2 ? "0002" : "0003";
        scene_party(&scene, code, "municipality");
        scene_join(&scene, code, "2026-01-01", NULL);
    }
    assert_int_equal(carried(&scene, 2026, "0001"), 9);
    int64_t run = scene_draft(&scene, 2026);
    assert_int_equal(carried(&scene, 2027, "0001"), 9); /* a draft is not billed */
    scene_approve(&scene, run);
    assert_int_equal(carried(&scene, 2026, "0001"), 9); /* nor is a year carried into itself */
    assert_int_equal(carried(&scene, 2027, "0001"), -1);
    assert_int_equal(carried(&scene, 2027, "0002"), 1);
    /* in 2027 the odd øre is 0002's, and 0003's in 2028: then all are even, and it begins anew */
    static const char *const odd[] = {"0002", "0003", "0001"};
    for (int i = 0; i < 3; i++) {
        struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
        scene_allocate(&year, &scene, 2027 + i);
        assert_same_int(scene_amount(&year, "shared", odd[i]), 3334);
        tl_product_year_release(&year);
        scene_bill(&scene, 2027 + i);
    }
    scene_verify(&scene);
    scene_close(&scene);
}

/* A discarded draft leaves no trace in what is carried. */
static void a_discarded_draft_is_not_carried_from(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS "  - id: shared\n    account: \"00003\"\n    budget: 1\n    key: population\n");
    scene_party(&scene, "0001", "municipality");
    scene_party(&scene, "0002", "municipality");
    scene_figure(&scene, "0001", "population", "2025-01-01", 1);
    scene_figure(&scene, "0002", "population", "2025-01-01", 2);
    scene_join(&scene, "0001,0002", "2026-01-01", NULL);
    int64_t run = scene_draft(&scene, 2026);
    scene_begin(&scene);
    assert_ok(tl_run_discard(scene.store, run, &err), &err);
    scene_commit(&scene);
    assert_int_equal(carried(&scene, 2027, "0001"), 9);
    scene_verify(&scene);
    scene_close(&scene);
}

/* Segments of a year each round, and the last one's fraction is what goes on. */
static void a_year_in_segments_carries_its_last_fraction(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_frac sum = {0};
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS
                "  - id: shared\n    account: \"00003\"\n    budget: 100\n    key: equal\n    pro rata: months\n");
    scene_party(&scene, "0001", "municipality");
    scene_party(&scene, "0002", "municipality");
    scene_party(&scene, "0003", "municipality");
    scene_join(&scene, "0001,0002", "2026-01-01", NULL);
    scene_join(&scene, "0003", "2026-05-01", NULL);
    tl_frac_init(&sum);
    for (int year = 2026; year < 2029; year++) {
        struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
        scene_allocate(&computed, &scene, year);
        const struct tl_line_result *result = tl_allocation_line(&computed.allocation, "shared");
        assert_int_equal(result->segment_count, year == 2026 ? 2 : 1);
        assert_money(result->total, 10000);
        mpq_set_ui(sum.q, 0, 1);
        for (size_t i = 0; i < result->share_count; i++)
            if (i + 1 == result->share_count || result->shares[i].member != result->shares[i + 1].member)
                mpq_add(sum.q, sum.q, result->shares[i].carried_out.q);
        assert_int_equal(mpq_sgn(sum.q), 0);
        tl_product_year_release(&computed);
        scene_bill(&scene, year);
    }
    tl_frac_release(&sum);
    scene_verify(&scene);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nobody_drifts_over_five_billed_years),
        cmocka_unit_test(who_comes_and_goes_leaves_the_totals_footing),
        cmocka_unit_test(only_approved_years_before_are_carried_from),
        cmocka_unit_test(a_discarded_draft_is_not_carried_from),
        cmocka_unit_test(a_year_in_segments_carries_its_last_fraction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
