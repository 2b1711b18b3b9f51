/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/key.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

#define PARTS_64 "1% a + 1% a + 1% a + 1% a + 1% a + 1% a + 1% a + 1% a + "

struct case_of {
    const char *written, *canonical;
};

static void a_key_prints_back_in_canonical_form_and_parses_to_the_same(void **state)
{
    (void)state;
    static const struct case_of cases[] = {
        {"equal", "equal"},
        {"  population\n", "population"},
        {"(population)", "population"},
        {"100% population", "population"},
        {"1 population", "population"},
        {"25% equal + 75% population", "25% equal + 75% population"},
        {"25%equal+75%population", "25% equal + 75% population"},
        {"1/4 equal + 3/4 population", "25% equal + 75% population"},
        {"0.25 equal + 0,75 population", "25% equal + 75% population"},
        {"12,5 % equal + 87.5 % population", "12.5% equal + 87.5% population"},
        {"2/3 tax + 1/3 population", "2/3 tax + 1/3 population"},
        {"2 / 3 tax + 1 / 3 population", "2/3 tax + 1/3 population"},
        {"50% (1/2 equal + 1/2 (population)) + 50% equal", "50% (50% equal + 50% population) + 50% equal"},
        {"50% børn-0-6_år + 50% Ældre", "50% børn-0-6_år + 50% Ældre"},
        {"12.345% equal + 87.655% a", "12.345% equal + 87.655% a"},
        {"equally", "equally"},
    };
    struct tl_arena arena = TL_ARENA_EMPTY;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        const struct tl_key *key;
        size_t column;
        assert_ok(tl_key_parse(&key, cases[i].written, &column, &arena, &err), &err);
        assert_string_equal(tl_key_text(key, &arena), cases[i].canonical);
        assert_ok(tl_key_parse(&key, cases[i].canonical, &column, &arena, &err), &err);
        assert_string_equal(tl_key_text(key, &arena), cases[i].canonical);
    }
    tl_arena_release(&arena);
}

struct refusal {
    const char *text;
    size_t column;
    tl_status status;
    const char *message;
};

static void a_key_that_is_wrong_is_refused_with_the_column_and_what_was_expected(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"", 1, TL_ERR_INPUT, "expected 'equal', a measure or '(', found the end of the key"},
        {"   ", 4, TL_ERR_INPUT, "expected 'equal', a measure or '(', found the end of the key"},
        {"25% equal + 70% population", 1, TL_ERR_INPUT, "the weights sum to 95%, not 100%"},
        {"2/3 equal + 1/4 population", 1, TL_ERR_INPUT, "the weights sum to 11/12, not 100%"},
        {"50% population", 1, TL_ERR_INPUT, "the weights sum to 50%, not 100%"},
        {"50% equal + 50% (50% tax + 40% equal)", 18, TL_ERR_INPUT, "the weights sum to 90%, not 100%"},
        {"equal + population", 1, TL_ERR_INPUT, "expected a weight such as 25% on every part of a mix, found 'equal'"},
        {"25% equal + population", 13, TL_ERR_INPUT, "expected a weight such as 25%, found 'population'"},
        {"25% equal +", 12, TL_ERR_INPUT, "expected a weight such as 25%, found the end of the key"},
        {"25% equal population", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found 'population'"},
        {"25% + 75% equal", 5, TL_ERR_INPUT, "expected 'equal', a measure or '(', found '+'"},
        {"(equal", 7, TL_ERR_INPUT, "expected '+' or ')', found the end of the key"},
        {"population)", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found ')'"},
        {"population-", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found '-'"},
        {"-5% equal", 1, TL_ERR_INPUT, "expected 'equal', a measure or '(', found '-'"},
        {"50% ÷ + 50% equal", 5, TL_ERR_INPUT, "expected 'equal', a measure or '(', found '÷'"},
        {"50% population × 2", 16, TL_ERR_INPUT, "expected '+' or the end of the key, found '×'"},
        {"0% equal + 100% tax", 1, TL_ERR_INPUT, "a weight of 0 has no effect"},
        {"1/0 equal", 1, TL_ERR_INPUT, "'1/0' is not a number, percent or fraction"},
        {"1.000 equal", 1, TL_ERR_INPUT, "'1.000' could mean two things"},
        {"1,250 equal", 1, TL_ERR_INPUT, "'1,250' could mean two things"},
        {"1234567890123456789 equal", 1, TL_ERR_RANGE, "'1234567890123456789' has more than 18 digits"},
        {"1/1234567890123456789 equal", 1, TL_ERR_RANGE, "'1/1234567890123456789' has more than 18 digits"},
        {"0.00000000000000001/1000 equal", 1, TL_ERR_RANGE, "'0.00000000000000001/1000' has more than 18 digits"},
        {"equal \xFF", 7, TL_ERR_INPUT, "the key is not valid UTF-8"},
        {"((((((((((((equal))))))))))))", 0, TL_OK, ""},
        {"(((((((((((((equal)))))))))))))", 13, TL_ERR_RANGE, "the key has more than 12 parentheses inside each other"},
        {PARTS_64 PARTS_64 PARTS_64 PARTS_64 PARTS_64 PARTS_64 PARTS_64 PARTS_64 "1% a", 449, TL_ERR_RANGE,
         "the mix has more than 64 parts"},
    };
    struct tl_arena arena = TL_ARENA_EMPTY;
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        const struct refusal *refusal = &refusals[i];
        struct tl_err err = TL_ERR_NONE;
        const struct tl_key *key;
        size_t column = 0;
        tl_status status = tl_key_parse(&key, refusal->text, &column, &arena, &err);
        if (refusal->status == TL_OK) {
            assert_ok(status, &err);
            continue;
        }
        assert_refused(status, refusal->status, &err, refusal->message, NULL);
        assert_int_equal(column, refusal->column);
    }
    tl_arena_release(&arena);
}

static void a_key_that_is_too_long_is_refused(void **state)
{
    (void)state;
    static char text[16002];
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column;
    memset(text, ' ', sizeof text - 1);
    memcpy(text, "equal", 5);
    assert_refused(tl_key_parse(&key, text, &column, &arena, &err), TL_ERR_RANGE, &err,
                   "the key is longer than 16000 characters", "");
    err = (struct tl_err)TL_ERR_NONE;
    text[16000] = '\0';
    assert_ok(tl_key_parse(&key, text, &column, &arena, &err), &err);
    tl_arena_release(&arena);
}

static tl_status write_down(const char *measure, void *context)
{
    char *list = context;
    strcat(list, measure);
    strcat(list, " ");
    return strcmp(measure, "stop") == 0 ? TL_ERR_STATE : TL_OK;
}

static void a_key_tells_each_measure_once_in_order_of_first_use(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column;
    char list[64] = "";
    assert_ok(tl_key_parse(&key, "25% tax + 25% (50% area + 50% tax) + 25% equal + 25% users", &column, &arena, &err),
              &err);
    assert_int_equal(tl_key_measures(key, write_down, list), TL_OK);
    assert_string_equal(list, "tax area users ");
    list[0] = '\0';
    assert_ok(tl_key_parse(&key, "50% stop + 50% users", &column, &arena, &err), &err);
    assert_int_equal(tl_key_measures(key, write_down, list), TL_ERR_STATE);
    assert_string_equal(list, "stop ");
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_key_prints_back_in_canonical_form_and_parses_to_the_same),
        cmocka_unit_test(a_key_that_is_wrong_is_refused_with_the_column_and_what_was_expected),
        cmocka_unit_test(a_key_that_is_too_long_is_refused),
        cmocka_unit_test(a_key_tells_each_measure_once_in_order_of_first_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
