/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "tilslut/report/number.h"

static void number_has_dots_between_thousands_and_a_comma(void **state)
{
    (void)state;
    char text[TL_NUMBER_TEXT_SIZE];
    assert_string_equal(tl_number_da(tl_ratio_of(0, 1), text), "0");
    assert_string_equal(tl_number_da(tl_ratio_of(999, 1), text), "999");
    assert_string_equal(tl_number_da(tl_ratio_of(1000, 1), text), "1.000");
    assert_string_equal(tl_number_da(tl_ratio_of(377586, 1), text), "377.586");
    assert_string_equal(tl_number_da(tl_ratio_of(123456789, 100), text), "1.234.567,89");
    assert_string_equal(tl_number_da(tl_ratio_of(-377586, 1), text), "-377.586");
    assert_string_equal(tl_number_da(tl_ratio_of(18, 10), text), "1,8");
}

static void number_without_finite_decimals_stays_a_fraction(void **state)
{
    (void)state;
    char text[TL_NUMBER_TEXT_SIZE];
    assert_string_equal(tl_number_da(tl_ratio_of(2, 3), text), "2/3");
    assert_string_equal(tl_number_percent_da(tl_ratio_of(1, 3), text), "1/3");
    assert_false(tl_number_is_decimal(tl_ratio_of(2, 3)));
    assert_true(tl_number_is_decimal(tl_ratio_of(1, 8)));
}

static void percent_has_a_space_before_its_sign(void **state)
{
    (void)state;
    char text[TL_NUMBER_TEXT_SIZE];
    assert_string_equal(tl_number_percent_da(tl_ratio_of(9, 100), text), "9 %");
    assert_string_equal(tl_number_percent_da(tl_ratio_of(1, 8), text), "12,5 %");
    assert_string_equal(tl_number_percent_da(tl_ratio_of(1234, 1), text), "123.400 %");
}

static void longest_number_fits(void **state)
{
    (void)state;
    char text[TL_NUMBER_TEXT_SIZE];
    assert_string_equal(tl_number_da(tl_ratio_of(INT64_MAX, 1), text), "9.223.372.036.854.775.807");
    assert_string_equal(tl_number_da(tl_ratio_of(INT64_MAX, INT64_MAX - 1), text),
                        "9223372036854775807/9223372036854775806");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(number_has_dots_between_thousands_and_a_comma),
        cmocka_unit_test(number_without_finite_decimals_stays_a_fraction),
        cmocka_unit_test(percent_has_a_space_before_its_sign),
        cmocka_unit_test(longest_number_fits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
