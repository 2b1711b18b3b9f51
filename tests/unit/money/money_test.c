/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/money/money.h"

static const char hint[] =
    "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things";

static void amounts_are_read_as_people_type_them(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int64_t minor;
    } cases[] = {{"0", 0},
                 {"1", 100},
                 {"57980", 5798000},
                 {"57980.50", 5798050},
                 {"57980,50", 5798050},
                 {"57.980,50", 5798050},
                 {"57.980,00", 5798000},
                 {"1.234.567,89", 123456789},
                 {"999.999,99", 99999999},
                 {"-57980", -5798000},
                 {"-57.980,50", -5798050},
                 {"-0,01", -1},
                 {"0.01", 1},
                 {"-0", 0},
                 {"007", 700},
                 {"0,00", 0},
                 {"123.45", 12345},
                 {"9999999999999.99", TL_MONEY_MAX_MINOR},
                 {"9.999.999.999.999,99", TL_MONEY_MAX_MINOR},
                 {"-9999999999999,99", -TL_MONEY_MAX_MINOR},
                 {"0000000000000000001", 100}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_money money = {-1};
        assert_ok(tl_money_parse(&money, cases[i].text, &err), &err);
        assert_money(money, cases[i].minor);
    }
}

static void what_could_mean_two_things_or_nothing_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "-",
                                        "--1",
                                        "+1",
                                        " 1",
                                        "1 ",
                                        "57.980",
                                        "1.234.567",
                                        "1.23.456,00",
                                        "1234.567,00",
                                        ".50",
                                        ",50",
                                        "50.",
                                        "50,",
                                        "1,2",
                                        "1,234",
                                        "1,234.56",
                                        "1.2",
                                        "1.2345",
                                        "1..234,00",
                                        "1.234.,00",
                                        "1.234,567",
                                        "1e3",
                                        "0x10",
                                        "57980 kr.",
                                        "57 980",
                                        "1_000",
                                        "1.234,5",
                                        "1.234,",
                                        "12.34.56",
                                        "1,00,00",
                                        "-.50",
                                        "1-",
                                        "٣",
                                        "NaN",
                                        "1.234,56.78",
                                        "00000000000000000001",
                                        "12.345.678.901.234.567.890,00"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_money money = {42};
        char message[120];
        snprintf(message, sizeof message, "'%s' is not an amount", texts[i]);
        assert_refused(tl_money_parse(&money, texts[i], &err), TL_ERR_INPUT, &err, message, hint);
        assert_money(money, 42);
    }
}

static void amounts_beyond_fifteen_digits_are_out_of_range(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "10000000000000",     "10.000.000.000.000,00",   "-10000000000000",          "9999999999999999999",
        "100000000000000.00", "-9999999999999999999.99", "9.999.999.999.999.999,00", "1.234.567.890.123.456.789,00"};
    static const char message[] = "the amount is larger than 9.999.999.999.999,99 kr.";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_money money = {42};
        assert_refused(tl_money_parse(&money, texts[i], &err), TL_ERR_RANGE, &err, message, "");
        assert_money(money, 42);
    }
}

static void sums_stay_within_the_range_or_are_refused(void **state)
{
    (void)state;
    static const struct tl_money most = {TL_MONEY_MAX_MINOR}, least = {-TL_MONEY_MAX_MINOR}, one = {1}, zero = {0};
    static const char message[] = "the amount is larger than 9.999.999.999.999,99 kr.";
    struct tl_err err = TL_ERR_NONE, above = TL_ERR_NONE, below = TL_ERR_NONE, twice = TL_ERR_NONE;
    struct tl_money out = {42};
    assert_ok(tl_money_add(&out, most, least, &err), &err);
    assert_money(out, 0);
    assert_ok(tl_money_add(&out, most, zero, &err), &err);
    assert_money(out, TL_MONEY_MAX_MINOR);
    assert_ok(tl_money_subtract(&out, zero, most, &err), &err);
    assert_money(out, -TL_MONEY_MAX_MINOR);
    assert_refused(tl_money_add(&out, most, one, &above), TL_ERR_RANGE, &above, message, "");
    assert_refused(tl_money_subtract(&out, least, one, &below), TL_ERR_RANGE, &below, message, "");
    assert_refused(tl_money_subtract(&out, least, most, &twice), TL_ERR_RANGE, &twice, message, "");
    assert_money(out, -TL_MONEY_MAX_MINOR);
}

static void an_amount_is_negated_and_known_as_zero(void **state)
{
    (void)state;
    assert_money(tl_money_negate((struct tl_money){5}), -5);
    assert_money(tl_money_negate((struct tl_money){-TL_MONEY_MAX_MINOR}), TL_MONEY_MAX_MINOR);
    assert_true(tl_money_is_zero((struct tl_money){0}));
    assert_false(tl_money_is_zero((struct tl_money){-1}));
}

static void amounts_print_for_people_and_for_machines(void **state)
{
    (void)state;
    static const struct {
        int64_t minor;
        const char *danish, *plain;
    } cases[] = {{0, "0,00", "0.00"},
                 {1, "0,01", "0.01"},
                 {-1, "-0,01", "-0.01"},
                 {10, "0,10", "0.10"},
                 {99900, "999,00", "999.00"},
                 {100000, "1.000,00", "1000.00"},
                 {-123456789, "-1.234.567,89", "-1234567.89"},
                 {TL_MONEY_MAX_MINOR, "9.999.999.999.999,99", "9999999999999.99"},
                 {-TL_MONEY_MAX_MINOR, "-9.999.999.999.999,99", "-9999999999999.99"}};
    char text[TL_MONEY_TEXT_SIZE];
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_string_equal(tl_money_da((struct tl_money){cases[i].minor}, text), cases[i].danish);
        assert_string_equal(tl_money_plain((struct tl_money){cases[i].minor}, text), cases[i].plain);
    }
}

static void what_is_printed_is_read_as_the_same_amount(void **state)
{
    (void)state;
    struct check_random random = {11};
    for (int i = 0; i < 100000; i++) {
        int64_t limit = check_random_between(&random, 1, TL_MONEY_MAX_MINOR) >> check_random_between(&random, 0, 49);
        struct tl_money money = {check_random_between(&random, -limit, limit)}, danish, plain;
        struct tl_err err = TL_ERR_NONE;
        char text[TL_MONEY_TEXT_SIZE];
        assert_ok(tl_money_parse(&danish, tl_money_da(money, text), &err), &err);
        assert_ok(tl_money_parse(&plain, tl_money_plain(money, text), &err), &err);
        assert_money(danish, money.minor);
        assert_money(plain, money.minor);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_read_as_people_type_them),
        cmocka_unit_test(what_could_mean_two_things_or_nothing_is_refused),
        cmocka_unit_test(amounts_beyond_fifteen_digits_are_out_of_range),
        cmocka_unit_test(sums_stay_within_the_range_or_are_refused),
        cmocka_unit_test(an_amount_is_negated_and_known_as_zero),
        cmocka_unit_test(amounts_print_for_people_and_for_machines),
        cmocka_unit_test(what_is_printed_is_read_as_the_same_amount),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
