/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What is asked of one member or one product is found by an index: no statement that such a question took goes through
 * all entries, postings or seals, by SQLite's own account of its plan.
 */
#include <string.h>

#include "../../../src/store/handle.h"
#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/refund.h"
#include "tilslut/ledger/journal.h"

/* Goes through the plan of a statement; the number of steps, and a failure where it scans. */
static int look_at(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *plan;
    int steps = 0;
    char *explain = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    assert_int_equal(sqlite3_prepare_v2(db, explain, -1, &plan, NULL), SQLITE_OK);
    for (; sqlite3_step(plan) == SQLITE_ROW; steps++) {
        const char *step = (const char *)sqlite3_column_text(plan, 3);
        static const char *const scans[] = {"SCAN p", "SCAN e", "SCAN s", "SCAN posting", "SCAN entry", "SCAN seal"};
        for (size_t i = 0; i < sizeof scans / sizeof scans[0]; i++) {
            size_t length = strlen(scans[i]);
            if (strncmp(step, scans[i], length) == 0 && (step[length] == '\0' || step[length] == ' '))
                fail_msg("%s: %s", step, sql);
        }
    }
    assert_int_equal(sqlite3_finalize(plan), SQLITE_OK);
    sqlite3_free(explain);
    return steps;
}

/* Every statement that was prepared and reads postings; how many. */
static int look_at_all(struct tl_store *store)
{
    int count = 0;
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++) {
        const char *sql = store->statements[i].sql;
        if (sql != NULL && strncmp(sql, "SELECT", 6) == 0 && (strstr(sql, "FROM posting") != NULL || strstr(sql, "JOIN posting") != NULL))
            count += look_at(store->db, sql) > 0;
    }
    return count;
}

static void one_member_is_found_without_going_through_the_ledger(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement statement;
    struct tl_open_item *items;
    struct tl_journal_row *rows;
    size_t count;
    struct tl_refund refund = {.party = "0751", .amount = {100}, .reason = "for meget"};
    books_begin_filled(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", "hosting");
    books_approve(&books, books_bill(&books, "os2valghalla", 2026), "2026-01-15");
    books_pay(&books, "0751", 10000, "2026-02-01");
    assert_ok(tl_account_statement_read(&statement, books.store, "0751", 2026, &books.arena, &err), &err);
    assert_ok(tl_open_item_read(&items, &count, books.store, "0751", books_date("2026-12-31"), &books.arena, &err),
              &err);
    assert_ok(tl_open_item_read_open(&items, &count, books.store, "0751", books_date("2026-12-31"), &books.arena, &err),
              &err);
    assert_ok(tl_journal_read(&rows, &count, books.store, "0751", &books.arena, &err), &err);
    refund.date = books_date("2026-03-01");
    books_act(&books, "anna");
    /* what it has to its credit is looked up before it is refused */
    assert_int_equal(tl_refund_draft(&refund, books.store, &err), TL_ERR_STATE);
    tl_store_rollback(books.store);
    assert_true(look_at_all(books.store) >= 5);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_member_is_found_without_going_through_the_ledger),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
