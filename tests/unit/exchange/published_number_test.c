/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "check.h"
#include "tilslut/exchange/published_number.h"

static void reads(const char *text, int64_t numerator, int64_t denominator)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_ratio ratio;
    assert_ok(tl_published_number_parse(&ratio, text, &err), &err);
    assert_same_int(ratio.numerator, numerator);
    assert_same_int(ratio.denominator, denominator);
}

static void refused(const char *text, tl_status status, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_ratio ratio;
    assert_refused(tl_published_number_parse(&ratio, text, &err), status, &err, message, hint);
}

static void digits_whole_groups_and_decimal_commas_are_numbers(void **state)
{
    (void)state;
    reads("632340", 632340, 1);
    reads("0", 0, 1);
    reads("1.234.567", 1234567, 1);
    reads("12.345.678.901", INT64_C(12345678901), 1);
    reads("178,46", 8923, 50);
    reads("0,5", 1, 2);
    reads("1.234,5", 2469, 2);
    reads("123456789012345678", INT64_C(123456789012345678), 1);
}

static void one_dot_could_mean_two_numbers(void **state)
{
    (void)state;
    static const char hint[] = "write thousands without a dot and decimals after a comma";
    refused("632.34", TL_ERR_INPUT, "'632.34' could mean 632340 or 632,34", hint);
    refused("35.09", TL_ERR_INPUT, "'35.09' could mean 35090 or 35,09", hint);
    refused("35.090", TL_ERR_INPUT, "'35.090' could mean 35090 or 35,090", hint);
    refused("6.5", TL_ERR_INPUT, "'6.5' could mean 6500 or 6,5", hint);
}

static void a_dot_elsewhere_is_not_guessed_at(void **state)
{
    (void)state;
    static const char hint[] = "write thousands without a dot and decimals after a comma";
    static const char *const texts[] = {"1.234.56", "1.234.5", "1234.567", "12.3456", "0.5", "1.23,5", "0.123.456"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char message[100];
        snprintf(message, sizeof message, "'%s' has a dot that does not stand between thousands", texts[i]);
        refused(texts[i], TL_ERR_INPUT, message, hint);
    }
}

static void a_missing_number_is_never_zero(void **state)
{
    (void)state;
    static const char *const marks[] = {"..", ".", "-", "x", ""};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        char message[100];
        assert_true(tl_published_number_is_missing(marks[i]));
        snprintf(message, sizeof message, "'%s' stands for a missing number", marks[i]);
        refused(marks[i], TL_ERR_MISSING, message, "");
    }
    assert_false(tl_published_number_is_missing("0"));
    assert_false(tl_published_number_is_missing("..."));
}

static void a_negative_number_is_refused(void **state)
{
    (void)state;
    refused("-5", TL_ERR_INPUT, "'-5' is negative", "a figure is zero or more");
}

static void a_code_is_no_number(void **state)
{
    (void)state;
    refused("0101", TL_ERR_INPUT, "'0101' begins with 0 as a code does, not a number",
            "remove the 0, or look for a shifted column");
}

static void what_is_no_number_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"abc", "1 234", " 5",  "5 ",  "+5",    "1e6", "5,",       "5.",  ",5",
                                        ".5",  "1,2,3", "--5", "12x", "1..23", "½",   "1.234.,5", "...", "X"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        char message[100];
        snprintf(message, sizeof message, "'%s' is not a number", texts[i]);
        refused(texts[i], TL_ERR_INPUT, message, "write for example 632340 or 178,46, without spaces");
    }
}

static void more_than_eighteen_digits_are_refused(void **state)
{
    (void)state;
    refused("1234567890123456789", TL_ERR_RANGE, "the number has more than 18 digits", "");
    refused("1.234.567.890.123.456.789,5", TL_ERR_RANGE, "the number has more than 18 digits", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digits_whole_groups_and_decimal_commas_are_numbers),
        cmocka_unit_test(one_dot_could_mean_two_numbers),
        cmocka_unit_test(a_dot_elsewhere_is_not_guessed_at),
        cmocka_unit_test(a_missing_number_is_never_zero),
        cmocka_unit_test(a_negative_number_is_refused),
        cmocka_unit_test(a_code_is_no_number),
        cmocka_unit_test(what_is_no_number_is_refused),
        cmocka_unit_test(more_than_eighteen_digits_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
