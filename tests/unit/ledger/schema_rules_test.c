/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Each rule that the schema holds every program to, broken by straight SQL: refused in its words while its trigger is
 * there, and let through when only that trigger is taken away, so that no other rule stands in for it.
 */
#include <sqlite3.h>

#include "sample.h"
#include "scratch.h"
#include "tilslut/agreement/duty.h"
#include "tilslut/base/text.h"

/* Statements for another program's connection, where references are switched off, as in the sqlite3 shell, and checks
 * of columns too. `ROW table a=1 b='x';` inserts a row; columns that are not named get 0, '' or 32 zero bytes. */
#define ENTRY(id) "ROW entry id=" id " kind='payment' holds_on='2026-01-01' run_id=NULL evidence=x'' act_id=1;"
#define POSTING(entry, seq, amount)                                                                                    \
    "ROW posting entry_id=" entry " seq=" seq " account_code='10000' amount_minor=" amount " key='" entry "#" seq "';"
#define SEAL(entry, previous, hash) "ROW seal entry_id=" entry " previous=" previous " hash=" hash ";"
#define ACT(id, who) "ROW act id=" id " recorded_at='2026-01-01T00:00:00Z' actor='" who "';"
#define ACT_SEAL(act, previous, hash) "ROW act_seal act_id=" act " previous=" previous " hash=" hash ";"
#define BALANCED(entry) ENTRY(entry) POSTING(entry, "1", "5") POSTING(entry, "2", "-5")
#define ZERO "zeroblob(32)"
#define HASH "x'1111111111111111111111111111111111111111111111111111111111111111'"
#define FIRST "(SELECT hash FROM act_seal WHERE act_id = 1)"
#define RUN "ROW run id=1 act_id=1;"
#define APPROVED RUN ACT("2", "bo") "ROW run_end run_id=1 outcome='approved' act_id=2;"
#define CHARGE(act) "ROW entry id=1 holds_on='2026-01-01' run_id=1 reverses_id=NULL act_id=" act ";"
#define BANK_LINE "ROW bank_line id=1 amount_minor=5;"
#define RECEIVED(amount) ENTRY("1") "ROW posting entry_id=1 seq=1 account_code='20000' amount_minor=" amount ";"
#define PLEDGED(amount)                                                                                                \
    "ROW project code='p' threshold_minor=5;ROW pledge id=1 project_code='p' party_code='a' amount_minor=" amount ";"
#define CARRY(id) "ROW carry id=" id " product_code='a' year=2025 act_id=1;"
#define SHARE(id) "ROW common_share id=" id " product_code='a' year=2025 entitled_minor=5 act_id=1;"
#define APPROVAL(act) "ROW run_approval id=" act " run_id=1 role='approver-internal' act_id=" act ";"
#define RULE "ROW role_rule id=1 product_code=NULL approvers='internal+external' above_minor=NULL;"
#define FUNDED "ROW project_funding project_code='p';"
#define INVOICE(seq, entry)                                                                                            \
    "ROW invoice number='2026-000" seq "' series=2026 seq=" seq " run_id=1 entry_id=" entry " corrects=NULL act_id=2;"

static const struct {
    const char *trigger, *before, *broken, *message;
} rules[] = {
    {"act_in_order", "", ACT("3", "a"), "acts are numbered without gaps"},
    {"act_seal_in_order", ACT_SEAL("3", FIRST, HASH), ACT_SEAL("2", HASH, ZERO), "act_seal is append-only"},
    {"act_seal_chained", ACT("2", "a"), ACT_SEAL("2", HASH, ZERO), "a seal must carry the hash of the seal before it"},
    {"entry_in_order", "", ENTRY("2"), "entries are numbered without gaps"},
    {"posting_not_sealed", BALANCED("1") SEAL("1", ZERO, HASH), POSTING("1", "3", "1"),
     "a sealed entry takes no posting"},
    {"seal_balanced", ENTRY("1") POSTING("1", "1", "5") POSTING("1", "2", "-4"), SEAL("1", ZERO, HASH),
     "an entry needs two postings or more that sum to zero"},
    {"seal_chained", BALANCED("1") SEAL("1", ZERO, HASH) BALANCED("2"), SEAL("2", ZERO, HASH),
     "a seal must carry the hash of the seal before it"},
    {"run_end_by_another", RUN, "ROW run_end run_id=1 outcome='approved' act_id=1;",
     "a run is approved by somebody else than its author"},
    {"run_approval_by_another", RUN ACT("2", "bo") APPROVAL("2") ACT("3", "B o"), APPROVAL("3"),
     "each approval of a run is somebody else's"},
    {"run_approval_of_draft", APPROVED ACT("3", "cecilie"), APPROVAL("3"), "a run that has ended takes no approval"},
    {"run_end_by_all", RUN RULE ACT("2", "bo") APPROVAL("2"), "ROW run_end run_id=1 outcome='approved' act_id=2;",
     "a run is approved by all that the rule of its product asks for"},
    {"run_line_of_draft", RUN ACT("2", "a"), "ROW run_line run_id=1 seq=1;",
     "a run takes no line after it was drafted"},
    {"run_account_of_draft", RUN ACT("2", "a"), "ROW run_account run_id=1 seq=1;",
     "a run takes no line after it was drafted"},
    {"entry_of_approved_run", APPROVED, CHARGE("1"), "a run is posted when it is approved, and then only"},
    {"invoice_in_order", APPROVED CHARGE("2"), INVOICE("2", "1"), "invoices are numbered without gaps"},
    {"voucher_in_order", "", "ROW voucher id=2 act_id=1;", "vouchers are numbered without gaps"},
    {"voucher_end_by_another", "ROW voucher id=1 act_id=1;",
     "ROW voucher_end voucher_id=1 outcome='approved' act_id=1;",
     "a voucher is approved by somebody else than its author"},
    {"cost_once", "ROW cost voucher_id=1 cvr='1' invoice='a' invoice_line=1;",
     "ROW cost voucher_id=2 cvr='1' invoice='a' invoice_line=1;", "a supplier's invoice is registered once"},
    {"balancing_once", "ROW balancing voucher_id=1 year=2026;", "ROW balancing voucher_id=2 year=2026;",
     "the hours of a year are balanced once"},
    {"balancing_line_in_time", "ROW voucher_end voucher_id=1 outcome='approved';",
     "ROW balancing_line voucher_id=1 seq=1;", "a balancing takes no line after it was drafted"},
    {"repayment_of_approved_outlay", "ROW outlay voucher_id=1 amount_minor=5;",
     "ROW repayment voucher_id=2 outlay_id=1 amount_minor=5;", "an outlay is repaid once it is approved"},
    {"repayment_within_outlay",
     "ROW outlay voucher_id=1 amount_minor=5;ROW voucher_end voucher_id=1 outcome='approved';"
     "ROW repayment voucher_id=2 outlay_id=1 amount_minor=3;",
     "ROW repayment voucher_id=3 outlay_id=1 amount_minor=3;", "an outlay is not repaid beyond its amount"},
    {"run_settlement_of_draft", "ROW run id=1 kind='settlement' act_id=1;" ACT("2", "a"),
     "ROW run_settlement run_id=1;", "a settlement is drafted with its run"},
    {"common_share_end_by_another", "ROW common_share id=1 act_id=1;",
     "ROW common_share_end share_id=1 outcome='approved' entry_id=1 act_id=1;",
     "a share is booked by somebody else than who drafted it"},
    {"common_share_end_once",
     SHARE("1") SHARE("2") ACT("2", "bo") "ROW common_share_end share_id=1 outcome='approved' entry_id=1 act_id=2;",
     "ROW common_share_end share_id=2 outcome='approved' entry_id=2 act_id=2;",
     "a share is booked on top of what is booked"},
    {"period_reopen_end_by_another", "ROW period_reopen id=1 act_id=1;",
     "ROW period_reopen_end reopen_id=1 outcome='confirmed' act_id=1;",
     "a period is reopened by somebody else than who proposed it"},
    {"entry_of_open_period", "ROW period_close id=1 last_on='2026-03-31';", ENTRY("1"),
     "a closed period takes no entry"},
    {"product_budget_line_of_its_act", "ROW product_budget id=1 act_id=1;" ACT("2", "a"),
     "ROW product_budget_line budget_id=1;", "a budget takes no line after it was decided"},
    {"period_balance_of_its_act", "ROW period_close id=1 act_id=1;" ACT("2", "a"),
     "ROW period_balance close_id=1 account_code='00002';", "a close keeps nothing after it was made"},
    {"period_item_of_its_act", "ROW period_close id=1 act_id=1;" ACT("2", "a"),
     "ROW period_item close_id=1 party_code='a' entry_id=1;", "a close keeps nothing after it was made"},
    {"invoice_of_its_entry", APPROVED CHARGE("2"), INVOICE("1", "9"), "an invoice is of an entry of its run and year"},
    {"bank_match_of_its_amount", BANK_LINE RECEIVED("4"), "ROW bank_match line_id=1 entry_id=1;",
     "a line of the bank is the amount of its entry"},
    {"refund_end_by_another", "ROW refund id=1 act_id=1;", "ROW refund_end refund_id=1 outcome='approved' act_id=1;",
     "a refund is approved by somebody else than its author"},
    {"carry_end_by_another", CARRY("1"), "ROW carry_end carry_id=1 outcome='approved' entry_id=1 act_id=1;",
     "a result is carried by somebody else than who drafted it"},
    {"carry_end_once",
     CARRY("1") CARRY("2") ACT("2", "bo") "ROW carry_end carry_id=1 outcome='approved' entry_id=1 act_id=2;",
     "ROW carry_end carry_id=2 outcome='approved' entry_id=2 act_id=2;", "the result of a year is carried once"},
    {"carry_share_of_its_act", CARRY("1") ACT("2", "a"), "ROW carry_share carry_id=1 party_code='a';",
     "a carry takes no line after it was drafted"},
    {"pledge_before_funding", PLEDGED("5") FUNDED, "ROW pledge id=2 project_code='p' party_code='b' amount_minor=1;",
     "the pledges of a funded project bind"},
    {"project_funding_from_threshold", PLEDGED("4"), FUNDED, "a project is funded from its threshold on"},
    {"terms_signature_of_product", "ROW membership id=1 product_code='a';ROW terms id=1 product_code='b';",
     "ROW terms_signature id=1 membership_id=1 terms_id=1;", "a member signs the terms of its own product"},
};

enum { RULES = sizeof rules / sizeof rules[0] };

/* The value that a row gives a column: up to the next space, or the text after `=` in quotes or parentheses. */
static bool given(struct tl_buf *out, const char *row, size_t length, const char *column)
{
    char key[80];
    int size = snprintf(key, sizeof key, " %s=", column);
    const char *at = memmem(row, length, key, (size_t)size), *end = row + length;
    if (at == NULL)
        return false;
    at += size;
    bool quoted = false;
    for (int depth = 0; at < end && (*at != ' ' || depth > 0 || quoted); at++) {
        quoted = quoted != (*at == '\'');
        depth += (*at == '(') - (*at == ')');
        tl_buf_add(out, at, 1);
    }
    return true;
}

/* One row, with every column that its table has. */
static void write_row(struct tl_buf *out, sqlite3 *db, const char *row, size_t length)
{
    static const char columns[] = "SELECT name, type FROM pragma_table_info(?1)";
    const char *table = row + strlen("ROW ");
    size_t size = strcspn(table, " ");
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_prepare_v2(db, columns, -1, &stmt, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_bind_text(stmt, 1, table, (int)size, SQLITE_STATIC), SQLITE_OK);
    tl_buf_format(out, "INSERT INTO %.*s VALUES (", (int)size, table);
    for (const char *comma = ""; sqlite3_step(stmt) == SQLITE_ROW; comma = ", ") {
        const char *type = (const char *)sqlite3_column_text(stmt, 1);
        tl_buf_text(out, comma);
        if (!given(out, row, length, (const char *)sqlite3_column_text(stmt, 0)))
            tl_buf_text(out, strcmp(type, "INTEGER") == 0 ? "0" : strcmp(type, "BLOB") == 0 ? ZERO : "''");
    }
    tl_buf_text(out, ");");
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
}

/* Does the statements; "" or SQLite's message, which holds until the next call. */
static const char *try(const char *path, const char *statements)
{
    static char said[300];
    struct tl_buf sql = TL_BUF_EMPTY;
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    tl_buf_text(&sql, "PRAGMA ignore_check_constraints = ON;");
    for (const char *at = statements; *at != '\0';) {
        size_t length = strcspn(at, ";");
        if (strncmp(at, "ROW ", 4) == 0)
            write_row(&sql, db, at, length);
        else
            tl_buf_format(&sql, "%.*s;", (int)length, at);
        at += length + (at[length] == ';');
    }
    int result = sqlite3_exec(db, tl_buf_string(&sql), NULL, NULL, NULL);
    snprintf(said, sizeof said, "%s", result == SQLITE_OK ? "" : sqlite3_errmsg(db));
    tl_buf_release(&sql);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return said;
}

static void must(const char *path, const char *statements)
{
    const char *said = try(path, statements);
    if (said[0] != '\0')
        fail_msg("%s: %s", statements, said);
}

/* A new ledger. */
static const char *make(struct scratch *scratch)
{
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(scratch);
    const char *path = scratch_file(scratch, "a.db");
    assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
    return path;
}

static void each_rule_is_refused_in_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULES; i++) {
        struct scratch scratch;
        const char *path = make(&scratch);
        must(path, rules[i].before);
        assert_string_equal(try(path, rules[i].broken), rules[i].message);
        scratch_end(&scratch);
    }
}

static void no_other_rule_stands_in_for_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULES; i++) {
        struct scratch scratch;
        char drop[100];
        const char *path = make(&scratch);
        must(path, rules[i].before);
        snprintf(drop, sizeof drop, "DROP TRIGGER %s", rules[i].trigger);
        must(path, drop);
        const char *said = try(path, rules[i].broken);
        if (said[0] != '\0')
            fail_msg("without %s: %s", rules[i].trigger, said);
        scratch_end(&scratch);
    }
}

/* A rule that is added to the schema is tried here too. */
static void every_rule_of_the_schema_is_tried(void **state)
{
    (void)state;
    static const char names[] = "SELECT name FROM sqlite_schema WHERE type = 'trigger' AND name NOT LIKE '%_no_update' "
                                "AND name NOT LIKE '%_no_delete' AND name NOT LIKE '%_no_replace'";
    struct scratch scratch;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    size_t count = 0;
    assert_int_equal(sqlite3_open(make(&scratch), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, names, -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; count++) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        size_t at = 0;
        while (at < RULES && strcmp(rules[at].trigger, name) != 0)
            at++;
        if (at == RULES)
            fail_msg("'%s' is not tried", name);
    }
    assert_int_equal(count, RULES);
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    scratch_end(&scratch);
}

/* The zero sum in all its ways. */
static void only_two_postings_or_more_that_sum_to_zero_are_sealed(void **state)
{
    (void)state;
    static const struct {
        const char *postings;
        bool admitted;
    } cases[] = {
        {"", false},
        {POSTING("1", "1", "5"), false},
        {POSTING("1", "1", "5") POSTING("1", "2", "-5"), true},
        {POSTING("1", "1", "5") POSTING("1", "2", "-6"), false},
        {POSTING("1", "1", "5") POSTING("1", "2", "-5") POSTING("1", "3", "1"), false},
        {POSTING("1", "1", "3") POSTING("1", "2", "3") POSTING("1", "3", "-6"), true},
        {POSTING("1", "1", "999999999999999") POSTING("1", "2", "-999999999999999"), true},
        {POSTING("1", "1", "999999999999999") POSTING("1", "2", "-999999999999998"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scratch scratch;
        const char *path = make(&scratch);
        must(path, ENTRY("1"));
        must(path, cases[i].postings);
        assert_string_equal(try(path, SEAL("1", ZERO, HASH)),
                            cases[i].admitted ? "" : "an entry needs two postings or more that sum to zero");
        scratch_end(&scratch);
    }
}

/* The same name in other letters or with other spaces is the same person; another person may, and anybody may discard.
 */
static void a_run_is_approved_by_another_and_discarded_by_anybody(void **state)
{
    (void)state;
    static const struct {
        const char *actor, *outcome;
        bool admitted;
    } cases[] = {
        {"anna", "approved", false}, {"ANNA", "approved", false}, {"An na", "approved", false},
        {"anne", "approved", true},  {"anna", "discarded", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scratch scratch;
        char sql[300];
        const char *path = make(&scratch);
        snprintf(sql, sizeof sql, RUN ACT("2", "%s"), cases[i].actor);
        must(path, sql);
        snprintf(sql, sizeof sql, "ROW run_end run_id=1 outcome='%s' act_id=2;", cases[i].outcome);
        assert_string_equal(try(path, sql),
                            cases[i].admitted ? "" : "a run is approved by somebody else than its author");
        scratch_end(&scratch);
    }
}

/* A table that is added to the schema says whose duty its rows are, and nothing is said of a table that is none. */
static void every_table_of_the_schema_is_somebodys_duty(void **state)
{
    (void)state;
    static const char names[] = "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name";
    const char *const *known = tl_duty_tables();
    struct scratch scratch;
    sqlite3 *db;
    sqlite3_stmt *stmt;
    size_t count = 0, tables = 0;
    while (known[count] != NULL)
        count++;
    assert_int_equal(sqlite3_open(make(&scratch), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, names, -1, &stmt, NULL), SQLITE_OK);
    for (; sqlite3_step(stmt) == SQLITE_ROW; tables++) {
        const char *name = (const char *)sqlite3_column_text(stmt, 0);
        size_t at = 0;
        while (at < count && strcmp(known[at], name) != 0)
            at++;
        if (at == count)
            fail_msg("src/agreement/duty_need.c does not say whose duty the rows of '%s' are", name);
    }
    assert_int_equal(tables, count);
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_refused_in_its_words),
        cmocka_unit_test(no_other_rule_stands_in_for_it),
        cmocka_unit_test(every_rule_of_the_schema_is_tried),
        cmocka_unit_test(every_table_of_the_schema_is_somebodys_duty),
        cmocka_unit_test(only_two_postings_or_more_that_sum_to_zero_are_sealed),
        cmocka_unit_test(a_run_is_approved_by_another_and_discarded_by_anybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
