/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/budget_file.h"

#include <string.h>

#include "check.h"

static tl_status read_text(struct tl_budget_file *file, const char *text, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_source source = {"b.csv", text, strlen(text)};
    return tl_budget_file_read(file, &source, arena, err);
}

static void amounts_are_read_by_account_and_quarter(void **state)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_budget_file file;
    (void)state;
    assert_ok(read_text(&file, "Q4;name;account;q1;q2;q3\n4;Drift;00005;1;2,50;-3\n0;x;00001;0;0;0\n", &arena, &err),
              &err);
    assert_int_equal(file.row_count, 2);
    assert_string_equal(file.rows[0].account, "00005");
    assert_money(file.rows[0].quarters[0], 100);
    assert_money(file.rows[0].quarters[1], 250);
    assert_money(file.rows[0].quarters[2], -300);
    assert_money(file.rows[0].quarters[3], 400);
    assert_int_equal(file.rows[1].line, 3);
    tl_arena_release(&arena);
}

static void what_is_no_budget_is_refused_where_it_stands(void **state)
{
    static const struct {
        const char *text, *message, *where;
    } cases[] = {
        {"account,q1,q2,q3\n", "the column 'q4' is missing", "b.csv:1:1"},
        {"account,q1,q2,q3,q4,sum\n1,1,1,1,1,1\n", "a budget has no column 'sum'", "b.csv:1:21"},
        {"account,q1,q2,q3,q4\n", "the budget has no row", "b.csv:1:1"},
        {"account,q1,q2,q3,q4\n123456,1,1,1,1\n", "'123456' is not an account", "b.csv:2:1"},
        {"account,q1,q2,q3,q4\n00005,1,1,1,\n", "'' is not an amount", "b.csv:2:13"},
        {"account,q1,q2,q3,q4\n00005,1,1,1,1\n00005,1,1,1,1\n", "the account '00005' is there twice", "b.csv:3:1"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_budget_file file;
        assert_int_equal(read_text(&file, cases[i].text, &arena, &err), TL_ERR_INPUT);
        assert_string_equal(err.message, cases[i].message);
        assert_string_equal(err.where, cases[i].where);
        tl_arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_by_account_and_quarter),
        cmocka_unit_test(what_is_no_budget_is_refused_where_it_stands),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
