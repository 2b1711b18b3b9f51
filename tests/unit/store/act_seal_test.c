/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "scratch.h"
#include "tilslut/base/text.h"
#include "tilslut/store/act_seal.h"
#include "tilslut/store/stmt.h"

static const struct tl_act act = {"anna", "test", {1767225600}};

static void begin(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_begin(store, &act, &err), &err);
}

static void commit(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_commit(store, &err), &err);
}

static void run(struct tl_store *store, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    assert_ok(tl_stmt_get(&stmt, store, sql, &err), &err);
    assert_ok(tl_stmt_run(stmt, &err), &err);
}

/* A ledger file with two acts after the one that made it. */
static void make(struct scratch *scratch, char path[200])
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store;
    scratch_begin(scratch);
    snprintf(path, 200, "%s", scratch_file(scratch, "a.db"));
    assert_ok(tl_store_create(path, "DKK", "OS2", &act, NULL, &err), &err);
    assert_ok(tl_store_open(&store, path, TL_STORE_WRITE, &err), &err);
    begin(store);
    run(store, "INSERT INTO party (code, act_id) VALUES ('A', 2), ('B', 2)");
    commit(store);
    begin(store);
    run(store, "INSERT INTO figure (id, party_code, measure, holds_on, numerator, denominator, source, act_id) VALUES "
               "(1, 'A', 'users', '2026-01-01', 12, 1, 'tælling', 3)");
    commit(store);
    tl_store_close(store);
}

static struct tl_store *open_file(const char *path)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store;
    assert_ok(tl_store_open(&store, path, TL_STORE_READ, &err), &err);
    return store;
}

static void read_seal(struct tl_store *store, int64_t number, struct tl_digest *previous, struct tl_buf *contents,
                      struct tl_digest *hash)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    bool row;
    assert_ok(tl_stmt_get(&stmt, store, "SELECT previous, contents, hash FROM act_seal WHERE act_id = ?1", &err), &err);
    tl_stmt_bind_int(stmt, 1, number);
    assert_ok(tl_stmt_next(stmt, &row, &err), &err);
    assert_true(row);
    assert_true(tl_stmt_digest(stmt, 0, previous));
    assert_true(tl_stmt_digest(stmt, 2, hash));
    contents->length = 0;
    tl_buf_text(contents, tl_stmt_text(stmt, 1));
    tl_stmt_end(stmt);
}

/* A line of the contents, from the rows' bytes. */
static void add_line(struct tl_buf *contents, const char *table, int rows, const char *bytes)
{
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_digest digest = tl_digest_of(bytes, strlen(bytes));
    tl_buf_format(contents, "%s %d %s\n", table, rows, tl_digest_hex(&digest, hex));
}

/* The bytes as src/store/act_seal.c documents them, written out for two acts. */
static void a_seal_covers_the_rows_of_its_act_and_the_seal_before(void **state)
{
    (void)state;
    static const char *const acts[] = {
        "row\nid i 1 2\nrecorded_at t 20 2026-01-01T00:00:00Z\nactor t 4 anna\ncommand t 4 test\n",
        "row\nid i 1 3\nrecorded_at t 20 2026-01-01T00:00:00Z\nactor t 4 anna\ncommand t 4 test\n"};
    static const char parties[] = "row\ncode t 1 A\nact_id i 1 2\nrow\ncode t 1 B\nact_id i 1 2\n",
                      figures[] = "row\nid i 1 1\nparty_code t 1 A\nmeasure t 5 users\nholds_on t 10 2026-01-01\n"
                                  "numerator i 2 12\ndenominator i 1 1\nsource t 8 tælling\nact_id i 1 3\n";
    struct scratch scratch;
    char path[200], hex[TL_DIGEST_HEX_SIZE];
    make(&scratch, path);
    struct tl_store *store = open_file(path);
    struct tl_digest before, previous, hash;
    struct tl_buf contents = TL_BUF_EMPTY;
    read_seal(store, 1, &previous, &contents, &before);
    for (int64_t number = 2; number <= 3; number++) {
        struct tl_buf expected = TL_BUF_EMPTY, bytes = TL_BUF_EMPTY;
        add_line(&expected, "act", 1, acts[number - 2]);
        if (number == 2)
            add_line(&expected, "party", 2, parties);
        else
            add_line(&expected, "figure", 1, figures);
        tl_buf_format(&bytes, "tilslut act 1\nprevious %s\nact %d\n%s", tl_digest_hex(&before, hex), (int)number,
                      tl_buf_string(&expected));
        struct tl_digest computed = tl_digest_of(bytes.bytes, bytes.length);
        read_seal(store, number, &previous, &contents, &hash);
        assert_string_equal(tl_buf_string(&contents), tl_buf_string(&expected));
        assert_true(tl_digest_equal(&previous, &before));
        assert_true(tl_digest_equal(&hash, &computed));
        before = hash;
        tl_buf_release(&bytes);
        tl_buf_release(&expected);
    }
    tl_buf_release(&contents);
    tl_store_close(store);
    scratch_end(&scratch);
}

static void an_untouched_ledger_has_whole_acts(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE, missing = TL_ERR_NONE;
    char path[200];
    int64_t last = 0;
    make(&scratch, path);
    struct tl_store *store = open_file(path);
    assert_ok(tl_act_seal_last(&last, store, &err), &err);
    assert_same_int(last, 3);
    for (int64_t number = 1; number <= last; number++)
        assert_ok(tl_act_seal_check(store, number, &err), &err);
    assert_refused(tl_act_seal_check(store, 4, &missing), TL_ERR_BROKEN, &missing, "act 4 is missing", "");
    tl_store_close(store);
    scratch_end(&scratch);
}

/* After a change by another program, the check of this act says so. */
static void finds(const char *sql, int64_t number, const char *expected)
{
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    char path[200];
    make(&scratch, path);
    scratch_change(path, "DROP TRIGGER act_no_update; DROP TRIGGER party_no_delete; DROP TRIGGER figure_no_update; "
                         "DROP TRIGGER act_seal_no_update; DROP TRIGGER act_seal_no_delete; DROP TRIGGER "
                         "act_no_delete");
    scratch_change(path, sql);
    struct tl_store *store = open_file(path);
    assert_refused(tl_act_seal_check(store, number, &err), TL_ERR_BROKEN, &err, expected, "");
    tl_store_close(store);
    scratch_end(&scratch);
}

static void what_another_program_did_is_found_with_its_act(void **state)
{
    (void)state;
    finds("UPDATE act SET actor = 'bo' WHERE id = 2", 2, "act 2 is not what was sealed: by whom, when or what");
    finds("DELETE FROM party WHERE code = 'B'", 2,
          "what act 2 recorded in party is not what was sealed (test, by anna on 2026-01-01)");
    finds("INSERT INTO party (code, act_id) VALUES ('C', 3)", 3,
          "what act 3 recorded in party is not what was sealed (test, by anna on 2026-01-01)");
    finds("UPDATE figure SET source = 'tællinh'", 3,
          "what act 3 recorded in figure is not what was sealed (test, by anna on 2026-01-01)");
    finds("UPDATE figure SET source = source || char(0)", 3,
          "what act 3 recorded in figure is not what was sealed (test, by anna on 2026-01-01)");
    finds("UPDATE figure SET act_id = 2", 2,
          "what act 2 recorded in figure is not what was sealed (test, by anna on 2026-01-01)");
    finds("UPDATE act_seal SET hash = zeroblob(32) WHERE act_id = 3", 3,
          "the seal of act 3 was changed (test, by anna on 2026-01-01)");
    finds("UPDATE act_seal SET hash = zeroblob(32) WHERE act_id = 2", 3,
          "the seal of act 3 does not follow the seal before it (test, by anna on 2026-01-01)");
    finds("DELETE FROM act_seal WHERE act_id = 2", 2,
          "act 2 has no seal: it was not recorded by tilslut (test, by anna on 2026-01-01)");
    finds("DELETE FROM party; DELETE FROM act WHERE id = 2; DELETE FROM act_seal WHERE act_id = 2", 2,
          "act 2 is missing");
}

static void an_act_is_sealed_once_and_in_order(void **state)
{
    (void)state;
    struct scratch scratch;
    char path[200];
    make(&scratch, path);
    assert_string_not_equal(
        scratch_sql(path, "INSERT OR REPLACE INTO act_seal VALUES (3, zeroblob(32), '', zeroblob(32))"), "");
    assert_int_equal(scratch_ask(path, "SELECT count(*) FROM act_seal WHERE act_id = 3 AND contents <> ''"), 1);
    assert_string_equal(scratch_sql(path, "INSERT INTO act_seal VALUES (4, zeroblob(32), '', zeroblob(32))"),
                        "a seal must carry the hash of the seal before it");
    assert_string_equal(scratch_sql(path, "PRAGMA foreign_keys = ON; INSERT INTO act VALUES (4, "
                                          "'2026-01-01T00:00:00Z', 'a', 'b')"),
                        "FOREIGN KEY constraint failed");
    scratch_end(&scratch);
}

/* A row that waits for the act to come would be sealed as its own. */
static void rows_that_wait_for_an_act_are_not_taken_into_it(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store;
    char path[200];
    make(&scratch, path);
    scratch_change(path, "INSERT INTO party (code, act_id) VALUES ('C', 4)");
    assert_ok(tl_store_open(&store, path, TL_STORE_WRITE, &err), &err);
    assert_refused(tl_store_begin(store, &act, &err), TL_ERR_BROKEN, &err, "rows of act 4 are there before it: party",
                   "they were not written by tilslut; tilslut verify tells more");
    tl_store_close(store);
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_seal_covers_the_rows_of_its_act_and_the_seal_before),
        cmocka_unit_test(an_untouched_ledger_has_whole_acts),
        cmocka_unit_test(what_another_program_did_is_found_with_its_act),
        cmocka_unit_test(an_act_is_sealed_once_and_in_order),
        cmocka_unit_test(rows_that_wait_for_an_act_are_not_taken_into_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
