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
        {"sum(population,1.8*area)", "sum(population, 1.8 * area)"},
        {"sum( 1 * population , 1/3*area )", "sum(population, 1/3 * area)"},
        {"sum(population, 12.3450 * area)", "sum(population, 12.3450 * area)"},
        {"min(population, 100000)", "min(population, 100000)"},
        {"max ((population), 1/2)", "max(population, 0.5)"},
        {"slices(population: 1 up to 150000, 1/2 above)", "slices(population: 1 up to 150000, 0.5 above)"},
        {"slices(population:100% up to 5, 50% up   to 10, 0 above)",
         "slices(population: 1 up to 5, 0.5 up to 10, 0 above)"},
        {"brackets(min(area, 7): 1 up to 5, 2 above)", "brackets(min(area, 7): 1 up to 5, 2 above)"},
        {"slices(up: 2 above)", "slices(up: 2 above)"},
        {"sqrt(sum(population, 1000 * equal), 2)", "sqrt(sum(population, 1000 * equal), 2)"},
        {"class(Lille:1,Meget  stor : 8, Mellem: 2)", "class(Lille: 1, Meget stor: 8, Mellem: 2)"},
        {"class(Små øer: 1/3, Ø: 0)", "class(Små øer: 1/3, Ø: 0)"},
        {"fixed(0751: 40%, 0851: 35%, 0461: 25%)", "fixed(0751: 40%, 0851: 35%, 0461: 25%)"},
        {"fixed(0751: 1/3, region-hovedstaden: 2)", "fixed(0751: 1/3, region-hovedstaden: 2)"},
        {"50% fixed(0751: 66.666%, 0851: 33.334%) + 50% min(tax, 3)",
         "50% fixed(0751: 66.666%, 0851: 33.334%) + 50% min(tax, 3)"},
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
        {"", 1, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found the end of the key"},
        {"   ", 4, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found the end of the key"},
        {"25% equal + 70% population", 1, TL_ERR_INPUT, "the weights sum to 95%, not 100%"},
        {"2/3 equal + 1/4 population", 1, TL_ERR_INPUT, "the weights sum to 11/12, not 100%"},
        {"50% population", 1, TL_ERR_INPUT, "the weights sum to 50%, not 100%"},
        {"50% equal + 50% (50% tax + 40% equal)", 18, TL_ERR_INPUT, "the weights sum to 90%, not 100%"},
        {"equal + population", 1, TL_ERR_INPUT, "expected a weight such as 25% on every part of a mix, found 'equal'"},
        {"25% equal + population", 13, TL_ERR_INPUT, "expected a weight such as 25%, found 'population'"},
        {"25% equal +", 12, TL_ERR_INPUT, "expected a weight such as 25%, found the end of the key"},
        {"25% equal population", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found 'population'"},
        {"25% + 75% equal", 5, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found '+'"},
        {"(equal", 7, TL_ERR_INPUT, "expected '+' or ')', found the end of the key"},
        {"population)", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found ')'"},
        {"population-", 11, TL_ERR_INPUT, "expected '+' or the end of the key, found '-'"},
        {"-5% equal", 1, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found '-'"},
        {"50% ÷ + 50% equal", 5, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found '÷'"},
        {"50% population × 2", 16, TL_ERR_INPUT, "expected '+' or the end of the key, found '×'"},
        {"0% equal + 100% tax", 1, TL_ERR_INPUT, "a weight of 0 has no effect"},
        {"1/0 equal", 1, TL_ERR_INPUT, "'1/0' is not a number, percent or fraction"},
        {"1.000 equal", 1, TL_ERR_INPUT, "'1.000' could mean two things"},
        {"1,250 equal", 1, TL_ERR_INPUT, "'1,250' could mean two things"},
        {"1234567890123456789 equal", 1, TL_ERR_RANGE, "'1234567890123456789' has more than 18 digits"},
        {"1/1234567890123456789 equal", 1, TL_ERR_RANGE, "'1/1234567890123456789' has more than 18 digits"},
        {"0.00000000000000001/1000 equal", 1, TL_ERR_RANGE, "'0.00000000000000001/1000' has more than 18 digits"},
        {"power(population, 2)", 1, TL_ERR_INPUT, "there is no function 'power'"},
        {"sum", 4, TL_ERR_INPUT, "expected '(', found the end of the key"},
        {"sum + 3", 5, TL_ERR_INPUT, "expected '(', found '+'"},
        {"sum()", 5, TL_ERR_INPUT, "expected 'equal', a measure, a function or '(', found ')'"},
        {"sum(population", 15, TL_ERR_INPUT, "expected ',' or ')', found the end of the key"},
        {"sum(1.8 area)", 9, TL_ERR_INPUT, "expected '*', found 'area'"},
        {"sum(1,8 * area)", 5, TL_ERR_INPUT, "'1,8' could be one number or two"},
        {"sum(population, 50% equal + 50% area)", 21, TL_ERR_INPUT, "expected '*', found 'equal'"},
        {"sum(area, (50% equal + 50% tax))", 11, TL_ERR_INPUT,
         "'50% equal + 50% tax' gives shares, which cannot be counted with"},
        {"min(fixed(a: 100%), 2)", 5, TL_ERR_INPUT, "'fixed(a: 100%)' gives shares, which cannot be counted with"},
        {"min(population)", 15, TL_ERR_INPUT, "expected ',' and the limit, found ')'"},
        {"min(population, area)", 17, TL_ERR_INPUT, "expected a number, found 'area'"},
        {"min(population, 100.000)", 17, TL_ERR_INPUT, "'100.000' could mean two things"},
        {"min(population, 5, 6)", 18, TL_ERR_INPUT, "expected ')', found ','"},
        {"slices(population)", 18, TL_ERR_INPUT, "expected ':', found ')'"},
        {"slices(population: 1 to 5)", 22, TL_ERR_INPUT, "expected 'up to' or 'above', found 'to'"},
        {"slices(population: 1 up 5)", 25, TL_ERR_INPUT, "expected 'up to' or 'above', found '5'"},
        {"slices(population: 1 up to 5)", 29, TL_ERR_INPUT,
         "expected ',' and a last step such as '1/2 above', found ')'"},
        {"slices(population: 1 up to 150000,1/2 above)", 28, TL_ERR_INPUT, "'150000,1/2' could be one number or two"},
        {"slices(population: 1 up to 5, 2 up to 5, 3 above)", 39, TL_ERR_INPUT, "the bound 5 does not lie above 5"},
        {"slices(population: 1 up to 0, 3 above)", 28, TL_ERR_INPUT, "the bound 0 does not lie above 0"},
        {"slices(population: 1 above, 2 above)", 27, TL_ERR_INPUT, "expected ')', found ','"},
        {"sqrt(population)", 16, TL_ERR_INPUT, "a square root has no exact value until it is rounded"},
        {"sqrt(population, 10)", 18, TL_ERR_INPUT, "a square root has 0 to 9 decimals"},
        {"sqrt(population, 1/2)", 18, TL_ERR_INPUT, "a square root has 0 to 9 decimals"},
        {"class()", 7, TL_ERR_INPUT, "expected a size class, found ')'"},
        {"class(Lille)", 12, TL_ERR_INPUT, "expected ':', found ')'"},
        {"class(Lille: 1, Lille: 2)", 17, TL_ERR_INPUT, "'Lille' occurs twice"},
        {"class(Lille: 1", 15, TL_ERR_INPUT, "expected ',' or ')', found the end of the key"},
        {"fixed(: 1)", 7, TL_ERR_INPUT, "expected the code of a member, found ':'"},
        {"fixed(Aarhus Kommune: 1)", 7, TL_ERR_INPUT, "'Aarhus Kommune' is not the code of a member"},
        {"fixed(0751: 40%, 0851: 35%)", 7, TL_ERR_INPUT, "the percents sum to 75%, not 100%"},
        {"fixed(0751: 40%, 0851: 2)", 24, TL_ERR_INPUT, "either all members have percents or none has"},
        {"50% power(a) + 50% b", 5, TL_ERR_INPUT, "there is no function 'power'"},
        {"min(min(min(min(min(min(min(min(min(min(min(min(min(a, 1), 1), 1), 1), 1), 1), 1), 1), 1), 1), 1), 1), 1)",
         52, TL_ERR_RANGE, "the key has more than 12 parentheses inside each other"},
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

static void hints_tell_what_to_write_instead(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"power(a)", "the functions are sum, min, max, slices, brackets, class, fixed and sqrt"},
        {"sqrt(population)", "write how many decimals count, as in sqrt(population, 2)"},
        {"min(population, 100.000)",
         "write no thousands marks; if the mark parts decimals, write another 0 behind them"},
        {"sum(1,8 * area)", "inside parentheses write a decimal dot, and a space behind a comma"},
        {"sum(area, (50% equal + 50% tax))",
         "count with measures, and mix the results, as in 25% equal + 75% sum(population, area)"},
    };
    struct tl_arena arena = TL_ARENA_EMPTY;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        const struct tl_key *key;
        size_t column;
        assert_int_equal(tl_key_parse(&key, cases[i][0], &column, &arena, &err), TL_ERR_INPUT);
        assert_string_equal(err.hint, cases[i][1]);
    }
    tl_arena_release(&arena);
}

static void named_keys_are_used_by_name_and_can_be_written_out(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_named_key items[2] = {{"fælles", NULL}, {"land", NULL}};
    struct tl_key_names names = {items, 2};
    const struct tl_key *key;
    size_t column;
    assert_ok(tl_key_parse(&items[0].key, "25% equal + 75% population", &column, &arena, &err), &err);
    assert_ok(tl_key_parse(&items[1].key, "sum(population, 1.8 * area)", &column, &arena, &err), &err);

    assert_ok(tl_key_parse_named(&key, "50% fælles + 50% min(land, 7)", &names, &column, &arena, &err), &err);
    assert_string_equal(tl_key_text(key, &arena), "50% fælles + 50% min(land, 7)");
    assert_string_equal(tl_key_text_full(key, &arena),
                        "50% (25% equal + 75% population) + 50% min(sum(population, 1.8 * area), 7)");
    assert_false(tl_key_is_quantity(key));
    assert_ok(tl_key_parse_named(&key, "land", &names, &column, &arena, &err), &err);
    assert_string_equal(tl_key_text(key, &arena), "land");
    assert_true(tl_key_is_quantity(key));

    assert_refused(tl_key_parse_named(&key, "min(fælles, 3)", &names, &column, &arena, &err), TL_ERR_INPUT, &err,
                   "'fælles' gives shares, which cannot be counted with", NULL);
    tl_arena_release(&arena);
}

static void names_that_name_each_other_are_bounded_in_size(void **state)
{
    (void)state;
    enum { LEVELS = 12 };
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_named_key items[LEVELS];
    struct tl_key_names names = {items, 0};
    tl_status status = TL_OK;
    size_t column;
    items[0].name = "k00";
    assert_ok(tl_key_parse(&items[0].key, "population", &column, &arena, &err), &err);
    for (names.count = 1; status == TL_OK && names.count < LEVELS; names.count++) {
        struct tl_named_key *next = &items[names.count];
        const char *text = tl_arena_format(&arena, "sum(k%02zu, k%02zu)", names.count - 1, names.count - 1);
        next->name = tl_arena_format(&arena, "k%02zu", names.count);
        status = tl_key_parse_named(&next->key, text, &names, &column, &arena, &err);
    }
    assert_refused(status, TL_ERR_RANGE, &err, "the key is made of more than 1000 keys, named ones written out", "");
    assert_int_equal(names.count, 9);
    tl_arena_release(&arena);
}

static void a_key_can_be_named_by_a_word_that_is_free(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_key_check_name("fælles-nøgle_2", &err), &err);
    assert_refused(tl_key_check_name("min", &err), TL_ERR_INPUT, &err, "'min' is a word of the key language",
                   "choose another name for the key");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_key_check_name("equal", &err), TL_ERR_INPUT, &err, "'equal' is a word of the key language", NULL);
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_key_check_name("2 parts", &err), TL_ERR_INPUT, &err, "'2 parts' is not a name for a key",
                   "begin with a letter, and use letters and digits, with - and _ between them");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_key_check_name("a b", &err), TL_ERR_INPUT, &err, "'a b' is not a name for a key", NULL);
}

/* Texts made at random from the words of the language: what is accepted prints back to the same. */
static void whatever_is_accepted_prints_back_to_the_same(void **state)
{
    (void)state;
    static const char *const words[] = {
        "equal",   "population", "area",   "25%",    "75%", "1/3",   "2/3",   "50%",   "100%", "12.5", "1.0005",
        "100000",  "+",          "+",      "(",      ")",   ")",     ",",     ":",     "sum(", "min(", "max(",
        "slices(", "sqrt(",      "class(", "fixed(", "*",   "up to", "above", "Lille", "0751"};
    struct check_random random = {77};
    size_t accepted = 0;
    for (int round = 0; round < 200000; round++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        const struct tl_key *key;
        char text[256] = "";
        size_t column = 0;
        int64_t length = check_random_between(&random, 1, 7);
        for (int64_t i = 0; i < length; i++) {
            strcat(text, words[check_random_between(&random, 0, sizeof words / sizeof words[0] - 1)]);
            strcat(text, " ");
        }
        if (tl_key_parse(&key, text, &column, &arena, &err) == TL_OK) {
            const char *canonical = tl_key_text(key, &arena);
            accepted++;
            assert_ok(tl_key_parse(&key, canonical, &column, &arena, &err), &err);
            assert_string_equal(tl_key_text(key, &arena), canonical);
        } else
            assert_true(column >= 1 && column <= strlen(text) + 1 && err.message[0] != '\0');
        tl_arena_release(&arena);
    }
    assert_true(accepted > 1000);
}

static tl_status write_down(const char *measure, void *context)
{
    char *list = context;
    strcat(list, measure);
    strcat(list, " ");
    return strcmp(measure, "stop") == 0 ? TL_ERR_STATE : TL_OK;
}

static void a_key_tells_each_word_once_in_order_of_first_use(void **state)
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
    assert_ok(tl_key_parse(&key,
                           "50% class(Lille: 1, Stor: 2) + 25% min(class(Stor: 1, Ø: 3), 2) + 25% fixed(b: 1, a: 2)",
                           &column, &arena, &err),
              &err);
    assert_int_equal(tl_key_classes(key, write_down, list), TL_OK);
    assert_string_equal(list, "Lille Stor Ø ");
    list[0] = '\0';
    assert_int_equal(tl_key_members(key, write_down, list), TL_OK);
    assert_string_equal(list, "b a ");
    list[0] = '\0';
    assert_int_equal(tl_key_measures(key, write_down, list), TL_OK);
    assert_string_equal(list, "");
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
        cmocka_unit_test(hints_tell_what_to_write_instead),
        cmocka_unit_test(named_keys_are_used_by_name_and_can_be_written_out),
        cmocka_unit_test(names_that_name_each_other_are_bounded_in_size),
        cmocka_unit_test(a_key_can_be_named_by_a_word_that_is_free),
        cmocka_unit_test(whatever_is_accepted_prints_back_to_the_same),
        cmocka_unit_test(a_key_tells_each_word_once_in_order_of_first_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
