/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/closed_period.h"

#include "sample.h"
#include "tilslut/base/text.h"

static const struct tl_act other_act = {"bent", "test", {1767225600}};

#define REOPEN                                                                                                         \
    "date it in the next open period, 2026-04-01 or later; or have 2026-Q1 reopened by two people: tilslut period "    \
    "reopen 2026-Q1 --decision TEXT --reason TEXT"

static int64_t decide(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t id = 0;
    static const char sql[] = "INSERT INTO decision (body, decided_on, reference, act_id) "
                              "VALUES ('bestyrelse', '2026-04-02', 'pkt. ' || ?1, ?1) RETURNING id";
    assert_ok(tl_stmt_get(&stmt, store, sql, &err), &err);
    tl_stmt_bind_int(stmt, 1, tl_store_act(store));
    assert_ok(tl_stmt_answer(stmt, &id, &err), &err);
    return id;
}

static struct tl_period period_of(const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_period period;
    assert_ok(tl_closed_period_parse(&period, name, &err), &err);
    return period;
}

static void close_period(struct tl_store *store, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period closed;
    char text[TL_CLOSED_PERIOD_NAME_SIZE];
    sample_begin(store);
    assert_ok(tl_closed_period_record(&closed, store, period_of(name), 0, &arena, &err), &err);
    sample_commit(store);
    assert_string_equal(tl_closed_period_name(closed.period, text), name);
    tl_arena_release(&arena);
}

static void propose(struct tl_store *store, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    sample_begin(store);
    assert_ok(tl_closed_period_propose(store, period_of(name), decide(store), "en fejl", &err), &err);
    sample_commit(store);
}

static void confirm(struct tl_store *store, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_begin(store, &other_act, &err), &err);
    assert_ok(tl_closed_period_confirm(store, period_of(name), "bent", &err), &err);
    sample_commit(store);
}

static void quarters_and_years_are_read_and_named(void **state)
{
    static const char *const names[] = {"2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4", "2028", "1900-Q1", "9999-Q4"};
    static const char *const others[] = {"",    "2026-Q0", "2026-Q5", "2026-q1", "2026-Q11",
                                         "202", "20266",   "1899",    "2026-"};
    char text[TL_CLOSED_PERIOD_NAME_SIZE];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_string_equal(tl_closed_period_name(period_of(names[i]), text), names[i]);
    assert_int_equal(period_of("2026-Q1").last.number, 20260331);
    assert_int_equal(period_of("2026-Q4").first.number, 20261001);
    assert_int_equal(period_of("2028").last.number, 20281231);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_period period;
        assert_int_equal(tl_closed_period_parse(&period, others[i], &err), TL_ERR_INPUT);
    }
}

static void an_entry_in_a_closed_period_is_refused_until_two_people_reopen_it(void **state)
{
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    struct tl_store *store = sample_open_memory();
    int64_t id;
    bool already;
    (void)state;
    close_period(store, "2026-Q1");
    sample_begin(store);
    assert_refused(tl_entry_post(&id, &already, store, "a", sample_entry(&sample, 100, 0), &err), TL_ERR_STATE, &err,
                   "2026-01-15 lies in 2026-Q1, which is closed", REOPEN);
    tl_store_rollback(store);
    propose(store, "2026-Q1");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_closed_period_check_date(store, tl_date_of(2026, 3, 31), &err), TL_ERR_STATE, &err,
                   "2026-03-31 lies in 2026-Q1, which is closed", REOPEN);
    err = (struct tl_err)TL_ERR_NONE;
    sample_begin(store);
    assert_refused(tl_closed_period_confirm(store, period_of("2026-Q1"), "ANNA", &err), TL_ERR_STATE, &err,
                   "anna proposed to reopen 2026-Q1, and cannot confirm it too",
                   "another person confirms it with: tilslut period confirm 2026-Q1 --as NAME");
    tl_store_rollback(store);
    confirm(store, "2026-Q1");
    sample_begin(store);
    assert_int_equal(sample_post(store, "a", &sample.entry), 1);
    sample_commit(store);
    tl_store_close(store);
}

/* Any other program is held to the same dates as tilslut: each day around every close, asked of both. */
static void the_schema_and_the_program_refuse_the_same_dates(void **state)
{
    static const char *const closes[] = {"2025-Q4", "2026-Q1", "2026-Q2", "2026"};
    static const char sql[] = "INSERT INTO entry (id, kind, holds_on, due_on, reference, text, evidence, act_id) "
                              "VALUES (1, 'payment', ?1, '', '', 'x', x'', 1)";
    struct tl_store *store = sample_open_memory();
    (void)state;
    for (size_t i = 0; i < sizeof closes / sizeof closes[0]; i++) {
        size_t refused = 0;
        close_period(store, closes[i]);
        for (struct tl_date date = tl_date_of(2025, 12, 20); tl_date_year(date) < 2028;
             date = tl_date_add_days(date, 5)) {
            struct tl_err err = TL_ERR_NONE, schema_err = TL_ERR_NONE;
            struct tl_stmt *stmt;
            tl_status asked = tl_closed_period_check_date(store, date, &err);
            sample_begin(store);
            assert_ok(tl_stmt_get(&stmt, store, sql, &schema_err), &schema_err);
            tl_stmt_bind_date(stmt, 1, date);
            tl_status tried = tl_stmt_run(stmt, &schema_err);
            tl_store_rollback(store);
            assert_int_equal(asked == TL_OK, tried == TL_OK);
            if (tried != TL_OK) {
                refused++;
                assert_non_null(strstr(schema_err.message, "a closed period takes no entry"));
            }
        }
        assert_true(refused > 0);
    }
    tl_store_close(store);
}

static void the_last_close_is_reopened_first(void **state)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = sample_open_memory();
    (void)state;
    close_period(store, "2026-Q1");
    close_period(store, "2026-Q2");
    sample_begin(store);
    assert_refused(tl_closed_period_propose(store, period_of("2026-Q1"), 1, "x", &err), TL_ERR_STATE, &err,
                   "2026-Q2 was closed after 2026-Q1, and stands on it", "reopen 2026-Q2 first");
    tl_store_rollback(store);
    propose(store, "2026-Q2");
    confirm(store, "2026-Q2");
    propose(store, "2026-Q1");
    confirm(store, "2026-Q1");
    err = (struct tl_err)TL_ERR_NONE;
    assert_ok(tl_closed_period_check_date(store, tl_date_of(1900, 1, 1), &err), &err);
    tl_store_close(store);
}

static void what_was_closed_then_is_told_as_known_then(void **state)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period *closes = NULL;
    size_t count = 0;
    struct tl_store *store = sample_open_memory();
    static const char *const states[] = {"closed", "reopening proposed", "reopened"};
    (void)state;
    close_period(store, "2026-Q1");
    propose(store, "2026-Q1");
    confirm(store, "2026-Q1");
    for (int64_t act = 2; act <= 4; act++) {
        tl_store_set_known(store, act);
        assert_ok(tl_closed_period_list(&closes, &count, store, &arena, &err), &err);
        assert_int_equal(count, 1);
        assert_string_equal(closes[0].state, states[act - 2]);
    }
    tl_store_set_known(store, 1);
    assert_ok(tl_closed_period_list(&closes, &count, store, &arena, &err), &err);
    assert_int_equal(count, 0);
    tl_arena_release(&arena);
    tl_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quarters_and_years_are_read_and_named),
        cmocka_unit_test(an_entry_in_a_closed_period_is_refused_until_two_people_reopen_it),
        cmocka_unit_test(the_schema_and_the_program_refuse_the_same_dates),
        cmocka_unit_test(the_last_close_is_reopened_first),
        cmocka_unit_test(what_was_closed_then_is_told_as_known_then),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
