/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/money/ratio.h"

static void assert_ratio(struct tl_ratio ratio, int64_t numerator, int64_t denominator)
{
    assert_same_int(ratio.numerator, numerator);
    assert_same_int(ratio.denominator, denominator);
}

static void ratios_are_in_lowest_terms(void **state)
{
    (void)state;
    assert_ratio(tl_ratio_of(6, 4), 3, 2);
    assert_ratio(tl_ratio_of(0, 7), 0, 1);
    assert_ratio(tl_ratio_of(-6, 4), -3, 2);
    assert_ratio(tl_ratio_of(INT64_MAX, INT64_MAX), 1, 1);
    assert_true(tl_ratio_is_none((struct tl_ratio){0, 0}));
    assert_false(tl_ratio_is_none(tl_ratio_of(0, 1)));
}

static void ratios_compare_by_value_however_large(void **state)
{
    (void)state;
    assert_true(tl_ratio_compare(tl_ratio_of(1, 3), tl_ratio_of(1, 2)) < 0);
    assert_true(tl_ratio_compare(tl_ratio_of(25, 100), tl_ratio_of(1, 4)) == 0);
    assert_true(tl_ratio_compare(tl_ratio_of(INT64_MAX, 1), tl_ratio_of(INT64_MAX - 1, 1)) > 0);
    assert_true(tl_ratio_compare(tl_ratio_of(1, INT64_MAX), tl_ratio_of(1, INT64_MAX - 1)) < 0);
    assert_true(tl_ratio_compare(tl_ratio_of(-1, 2), tl_ratio_of(0, 1)) < 0);
}

static void numbers_percents_and_fractions_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t numerator, denominator;
    } cases[] = {{"0", 0, 1},
                 {"1200000", 1200000, 1},
                 {"1.09", 109, 100},
                 {"1,09", 109, 100},
                 {"25%", 1, 4},
                 {"12,5 %", 1, 8},
                 {"12.5%", 1, 8},
                 {"2/3", 2, 3},
                 {"0,5/0.25", 2, 1},
                 {"1/3%", 1, 300},
                 {"100%", 1, 1},
                 {"0%", 0, 1},
                 {"0/5", 0, 1},
                 {"007", 7, 1},
                 {"999999999999999999", 999999999999999999, 1},
                 {"0.00000000000000001", 1, 100000000000000000},
                 {"1/999999999999999999", 1, 999999999999999999},
                 {"123456789.123456789", 123456789123456789, 1000000000}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_ratio ratio = {7, 7};
        assert_ok(tl_ratio_parse(&ratio, cases[i].text, &err), &err);
        assert_ratio(ratio, cases[i].numerator, cases[i].denominator);
    }
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",      " ",     "-1",        "+1",   "a",   "1.",  "1,",      ".5",
                                        ",5",    "1.2.3", "1,2,3",     "1/",   "/2",  "1/0", "1/0.0",   "1//2",
                                        "1/2/3", "%",     "1%%",       "1  %", "1 ",  " 1",  "1.234,5", "1e3",
                                        "0x1",   "1/-2",  "25% equal", "½",    "1/ 2"};
    static const char hint[] = "write for example 25%, 1.09, 2/3 or 1200000";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_ratio ratio = {7, 7};
        char message[120];
        snprintf(message, sizeof message, "'%s' is not a number, percent or fraction", texts[i]);
        assert_refused(tl_ratio_parse(&ratio, texts[i], &err), TL_ERR_INPUT, &err, message, hint);
        assert_ratio(ratio, 7, 7);
    }
}

/* What would need more than 18 digits above or below the line could not be written down again. */
static void numbers_of_more_than_eighteen_digits_are_out_of_range(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "1000000000000000000",    "9999999999999999999",      "0.000000000000000001",     "1/1000000000000000000",
        "999999999999999999/0.1", "900000000000000000/0.1",   "0.00000000000000001/10",   "0.00000000000000001%",
        "1/999999999999999999%",  "0.00000000000000001/9999", "123456789012345678/0.001", "0.123456789012345678"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_ratio ratio = {7, 7};
        char message[120];
        snprintf(message, sizeof message, "'%s' has more than 18 digits", texts[i]);
        assert_refused(tl_ratio_parse(&ratio, texts[i], &err), TL_ERR_RANGE, &err, message, "");
        assert_ratio(ratio, 7, 7);
    }
}

static void ratios_print_in_their_shortest_exact_form(void **state)
{
    (void)state;
    static const struct {
        int64_t numerator, denominator;
        const char *text, *percent;
    } cases[] = {{0, 1, "0", "0%"},
                 {3, 1, "3", "300%"},
                 {109, 100, "1.09", "109%"},
                 {1, 8, "0.125", "12.5%"},
                 {2, 3, "2/3", "2/3"},
                 {1, 300, "1/300", "1/300"},
                 {1, 3, "1/3", "1/3"},
                 {1, 1000000, "0.000001", "0.0001%"},
                 {999999999999999999, 1, "999999999999999999", "999999999999999999"},
                 {-3, 2, "-1.5", "-150%"},
                 {-1, 200, "-0.005", "-0.5%"},
                 {INT64_MAX, 1, "9223372036854775807", "9223372036854775807"},
                 {INT64_MAX, 2, "9223372036854775807/2", "9223372036854775807/2"},
                 {1, 100000000000000000, "0.00000000000000001", "0.000000000000001%"}};
    char text[TL_RATIO_TEXT_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_ratio ratio = tl_ratio_of(cases[i].numerator, cases[i].denominator);
        assert_string_equal(tl_ratio_text(ratio, text), cases[i].text);
        assert_string_equal(tl_ratio_percent(ratio, text), cases[i].percent);
    }
}

/* Digits, perhaps with a mark in between. */
static void make_decimal(char *into, size_t size, struct check_random *random)
{
    size_t digits = (size_t)check_random_between(random, 1, 18), used = 0;
    size_t mark = check_random_between(random, 0, 2) == 0 ? (size_t)check_random_between(random, 1, 18) : size;
    for (size_t i = 0; i < digits; i++) {
        if (i == mark)
            into[used++] = check_random_between(random, 0, 1) == 0 ? '.' : ',';
        int64_t digit = check_random_between(random, 0, 9);
        into[used++] = (char)('0' + (check_random_between(random, 0, 2) == 0 ? 0 : digit));
    }
    into[used] = '\0';
}

static void whatever_is_read_prints_as_what_reads_the_same(void **state)
{
    (void)state;
    struct check_random random = {3};
    int read = 0;
    for (int i = 0; i < 200000; i++) {
        char first[24], second[24], text[64], printed[TL_RATIO_TEXT_SIZE];
        struct tl_err err = TL_ERR_NONE;
        struct tl_ratio ratio, again;
        make_decimal(first, sizeof first, &random);
        make_decimal(second, sizeof second, &random);
        bool fraction = check_random_between(&random, 0, 1) == 0, percent = check_random_between(&random, 0, 2) == 0;
        snprintf(text, sizeof text, "%s%s%s%s", first, fraction ? "/" : "", fraction ? second : "", percent ? "%" : "");
        if (tl_ratio_parse(&ratio, text, &err) != TL_OK)
            continue;
        read++;
        assert_ok(tl_ratio_parse(&again, tl_ratio_text(ratio, printed), &err), &err);
        assert_ratio(again, ratio.numerator, ratio.denominator);
        assert_ok(tl_ratio_parse(&again, tl_ratio_percent(ratio, printed), &err), &err);
        assert_ratio(again, ratio.numerator, ratio.denominator);
    }
    assert_true(read > 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ratios_are_in_lowest_terms),
        cmocka_unit_test(ratios_compare_by_value_however_large),
        cmocka_unit_test(numbers_percents_and_fractions_are_read),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(numbers_of_more_than_eighteen_digits_are_out_of_range),
        cmocka_unit_test(ratios_print_in_their_shortest_exact_form),
        cmocka_unit_test(whatever_is_read_prints_as_what_reads_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
