/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "tilslut/base/arena.h"
#include "tilslut/store/stmt.h"

static const struct tl_act act = {"anna", "test", {1767225600}};

static struct tl_store *open_memory(void)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    assert_ok(tl_store_open_memory(&store, "DKK", "OS2", &act, NULL, &err), &err);
    return store;
}

static struct tl_stmt *get(struct tl_store *store, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt = NULL;
    assert_ok(tl_stmt_get(&stmt, store, sql, &err), &err);
    return stmt;
}

static bool next(struct tl_stmt *stmt)
{
    struct tl_err err = TL_ERR_NONE;
    bool row = false;
    assert_ok(tl_stmt_next(stmt, &row, &err), &err);
    return row;
}

static void what_is_bound_is_read_back(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_digest digest = tl_digest_of("abc", 3), read;
    struct tl_arena arena = TL_ARENA_EMPTY;
    size_t length;
    static const char blob[] = {'a', '\0', 'b'};
    struct tl_stmt *stmt = get(store, "SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8");
    tl_stmt_bind_int(stmt, 1, INT64_MIN);
    tl_stmt_bind_text(stmt, 2, "blåbær");
    tl_stmt_bind_text(stmt, 3, NULL);
    tl_stmt_bind_blob(stmt, 4, blob, sizeof blob);
    tl_stmt_bind_blob(stmt, 5, NULL, 0);
    tl_stmt_bind_date(stmt, 6, tl_date_of(2026, 2, 3));
    tl_stmt_bind_date(stmt, 7, (struct tl_date){0});
    tl_stmt_bind_digest(stmt, 8, &digest);
    assert_true(next(stmt));
    assert_same_int(tl_stmt_int(stmt, 0), INT64_MIN);
    assert_string_equal(tl_stmt_text(stmt, 1), "blåbær");
    assert_string_equal(tl_stmt_copy(stmt, 1, &arena), "blåbær");
    assert_true(tl_stmt_is_null(stmt, 2));
    assert_string_equal(tl_stmt_text(stmt, 2), "");
    assert_memory_equal(tl_stmt_blob(stmt, 3, &length), blob, sizeof blob);
    assert_int_equal(length, sizeof blob);
    assert_false(tl_stmt_is_null(stmt, 4));
    assert_non_null(tl_stmt_blob(stmt, 4, &length));
    assert_int_equal(length, 0);
    assert_same_int(tl_stmt_date(stmt, 5).number, 20260203);
    assert_true(tl_date_is_none(tl_stmt_date(stmt, 6)));
    assert_true(tl_date_is_none(tl_stmt_date(stmt, 1)));
    assert_true(tl_stmt_digest(stmt, 7, &read));
    assert_true(tl_digest_equal(&read, &digest));
    assert_false(tl_stmt_digest(stmt, 3, &read));
    assert_false(next(stmt));
    tl_arena_release(&arena);
    tl_store_close(store);
}

static void what_was_bound_before_is_forgotten(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    static const char sql[] = "SELECT ?1";
    struct tl_stmt *stmt = get(store, sql);
    tl_stmt_bind_int(stmt, 1, 7);
    assert_true(next(stmt));
    stmt = get(store, sql);
    assert_true(next(stmt));
    assert_true(tl_stmt_is_null(stmt, 0));
    tl_store_close(store);
}

static void an_answer_is_the_first_number_or_zero(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_err err = TL_ERR_NONE;
    int64_t answer = -1;
    assert_ok(tl_stmt_answer(get(store, "SELECT 7 UNION ALL SELECT 8"), &answer, &err), &err);
    assert_same_int(answer, 7);
    assert_ok(tl_stmt_answer(get(store, "SELECT 7 WHERE 0"), &answer, &err), &err);
    assert_same_int(answer, 0);
    tl_store_close(store);
}

static void a_statement_that_does_not_fit_the_schema_is_refused(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_err table = TL_ERR_NONE, parameter = TL_ERR_NONE;
    struct tl_stmt *stmt;
    bool row;
    assert_refused(tl_stmt_get(&stmt, store, "SELECT 1 FROM nowhere", &table), TL_ERR_STORE, &table,
                   "could not prepare a statement: no such table: nowhere", "");
    stmt = get(store, "SELECT ?1");
    tl_stmt_bind_int(stmt, 2, 1);
    tl_stmt_bind_int(stmt, 1, 1);
    assert_refused(tl_stmt_next(stmt, &row, &parameter), TL_ERR_STORE, &parameter,
                   "could not use the ledger file: column index out of range", "");
    assert_false(row);
    tl_store_close(store);
}

static void an_overflow_is_told(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_err err = TL_ERR_NONE;
    int64_t answer;
    assert_refused(tl_stmt_answer(get(store, "SELECT sum(a) FROM (SELECT 9223372036854775807 AS a UNION ALL SELECT 1)"),
                                  &answer, &err),
                   TL_ERR_STORE, &err, "could not use the ledger file: integer overflow", "");
    tl_store_close(store);
}

/* SQLite checks a reference when the statement ends, which is after a row of RETURNING. */
static void a_broken_reference_is_told_however_the_statement_is_run(void **state)
{
    (void)state;
    static const char message[] = "could not use the ledger file: FOREIGN KEY constraint failed";
    struct tl_store *store = open_memory();
    struct tl_err answer_err = TL_ERR_NONE, run_err = TL_ERR_NONE, err = TL_ERR_NONE;
    int64_t id = 0;
    assert_ok(tl_store_begin(store, &act, &err), &err);
    assert_refused(tl_stmt_answer(get(store, "INSERT INTO membership (product_code, party_code, act_id) "
                                             "VALUES ('none', 'none', 2) RETURNING id"),
                                  &id, &answer_err),
                   TL_ERR_STORE, &answer_err, message, "");
    assert_refused(
        tl_stmt_run(get(store, "INSERT INTO membership (product_code, party_code, act_id) VALUES ('none', 'none', 2)"),
                    &run_err),
        TL_ERR_STORE, &run_err, message, "");
    assert_ok(tl_stmt_answer(get(store, "SELECT count(*) FROM membership"), &id, &err), &err);
    assert_same_int(id, 0);
    tl_store_close(store);
}

static void more_statements_than_there_is_room_for_are_refused(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    static char texts[600][32];
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    size_t count = 0;
    for (; count < 600; count++) {
        strcpy(texts[count], "SELECT 1");
        if (tl_stmt_get(&stmt, store, texts[count], &err) != TL_OK)
            break;
    }
    assert_true(count > 400 && count < 512);
    assert_string_equal(err.message, "the program has more than 512 statements");
    int64_t answer;
    struct tl_err none = TL_ERR_NONE;
    assert_ok(tl_stmt_answer(get(store, texts[0]), &answer, &none), &none);
    tl_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_bound_is_read_back),
        cmocka_unit_test(what_was_bound_before_is_forgotten),
        cmocka_unit_test(an_answer_is_the_first_number_or_zero),
        cmocka_unit_test(a_statement_that_does_not_fit_the_schema_is_refused),
        cmocka_unit_test(an_overflow_is_told),
        cmocka_unit_test(a_broken_reference_is_told_however_the_statement_is_run),
        cmocka_unit_test(more_statements_than_there_is_room_for_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
