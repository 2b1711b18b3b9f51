/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "check.h"
#include "tilslut/base/arena.h"
#include "tilslut/money/frac.h"

/* A fraction and room for what it prints, for one case. */
struct piece {
    struct tl_frac frac;
    struct tl_arena arena;
};

static void begin(struct piece *piece, const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    *piece = (struct piece){.arena = TL_ARENA_EMPTY};
    tl_frac_init(&piece->frac);
    assert_ok(tl_frac_from_text(&piece->frac, text, &err), &err);
}

static void end(struct piece *piece)
{
    tl_frac_release(&piece->frac);
    tl_arena_release(&piece->arena);
}

static void fractions_are_read_and_written_in_lowest_terms(void **state)
{
    (void)state;
    static const char *const cases[][2] = {{"0", "0"},
                                           {"1/2", "1/2"},
                                           {"2/4", "1/2"},
                                           {"-6/4", "-3/2"},
                                           {"10/5", "2"},
                                           {"0/7", "0"},
                                           {"123456789012345678901234567890/2", "61728394506172839450617283945"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct piece piece;
        begin(&piece, cases[i][0]);
        assert_string_equal(tl_frac_text(&piece.frac, &piece.arena), cases[i][1]);
        end(&piece);
    }
}

static void what_is_not_a_stored_fraction_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "x", "1/0", "0/0", "1/-2", "1.5", "1/2/3", "0x10", "1/", "/2"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_frac frac;
        struct tl_err err = TL_ERR_NONE;
        char message[80];
        snprintf(message, sizeof message, "'%s' is not a stored fraction", texts[i]);
        tl_frac_init(&frac);
        assert_refused(tl_frac_from_text(&frac, texts[i], &err), TL_ERR_INPUT, &err, message, "");
        tl_frac_release(&frac);
    }
}

static void a_fraction_takes_values_and_ratios(void **state)
{
    (void)state;
    struct tl_frac a, b, zeroed = {0};
    struct tl_arena arena = TL_ARENA_EMPTY;
    tl_frac_init(&a);
    tl_frac_init(&b);
    assert_string_equal(tl_frac_text(&a, &arena), "0");
    tl_frac_set_ratio(&a, (struct tl_ratio){6, 4});
    assert_string_equal(tl_frac_text(&a, &arena), "3/2");
    tl_frac_set(&b, &a);
    tl_frac_set_whole(&a, INT64_MIN);
    assert_string_equal(tl_frac_text(&a, &arena), "-9223372036854775808");
    assert_string_equal(tl_frac_text(&b, &arena), "3/2");
    tl_frac_release(&a);
    tl_frac_release(&a);
    tl_frac_release(&b);
    tl_frac_release(&zeroed);
    tl_arena_release(&arena);
}

static void decimals_are_rounded_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        const char *frac;
        int decimals;
        const char *danish, *machine;
    } cases[] = {{"0", 0, "0", "0"},
                 {"0", 4, "0,0000", "0.0000"},
                 {"1/2", 0, "1", "1"},
                 {"-1/2", 0, "-1", "-1"},
                 {"499/1000", 0, "0", "0"},
                 {"-499/1000", 0, "0", "0"},
                 {"-1/1000", 2, "0,00", "0.00"},
                 {"1/200", 2, "0,01", "0.01"},
                 {"-1/200", 2, "-0,01", "-0.01"},
                 {"1/3", 4, "0,3333", "0.3333"},
                 {"2/3", 4, "0,6667", "0.6667"},
                 {"999999/1000", 2, "1.000,00", "1000.00"},
                 {"12244898/1000", 4, "12.244,8980", "12244.8980"},
                 {"1234567", 0, "1.234.567", "1234567"},
                 {"-1234567/100", 2, "-12.345,67", "-12345.67"},
                 {"123", 1, "123,0", "123.0"},
                 {"1000", 0, "1.000", "1000"},
                 {"1/1000000", 6, "0,000001", "0.000001"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct piece piece;
        begin(&piece, cases[i].frac);
        assert_string_equal(tl_frac_da(&piece.frac, cases[i].decimals, &piece.arena), cases[i].danish);
        assert_string_equal(tl_frac_decimal(&piece.frac, cases[i].decimals, &piece.arena), cases[i].machine);
        end(&piece);
    }
}

static void an_exact_amount_is_rounded_half_away_from_zero(void **state)
{
    (void)state;
    static const struct {
        const char *frac;
        int64_t minor;
    } cases[] = {{"0", 0},
                 {"1/2", 1},
                 {"-1/2", -1},
                 {"3/2", 2},
                 {"5/2", 3},
                 {"-5/2", -3},
                 {"49/100", 0},
                 {"-49/100", 0},
                 {"7/3", 2},
                 {"999999999999999", TL_MONEY_MAX_MINOR},
                 {"9999999999999994/10", 999999999999999}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct piece piece;
        struct tl_money money = {42};
        struct tl_err err = TL_ERR_NONE;
        begin(&piece, cases[i].frac);
        assert_ok(tl_frac_round_money(&money, &piece.frac, &err), &err);
        assert_money(money, cases[i].minor);
        end(&piece);
    }
}

static void an_amount_that_rounds_out_of_range_is_refused(void **state)
{
    (void)state;
    static const char *const fracs[] = {"9999999999999995/10", "-1000000000000000", "123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof fracs / sizeof fracs[0]; i++) {
        struct piece piece;
        struct tl_money money = {42};
        struct tl_err err = TL_ERR_NONE;
        begin(&piece, fracs[i]);
        assert_refused(tl_frac_round_money(&money, &piece.frac, &err), TL_ERR_RANGE, &err,
                       "the amount is larger than 9.999.999.999.999,99 kr.", "");
        assert_money(money, 42);
        end(&piece);
    }
}

/* Rounding by whole numbers: twice the remainder against the denominator. */
static void rounding_agrees_with_whole_numbers(void **state)
{
    (void)state;
    struct check_random random = {5};
    for (int i = 0; i < 100000; i++) {
        int64_t numerator = check_random_between(&random, -1000000000000, 1000000000000);
        int64_t denominator = check_random_between(&random, 1, i % 2 == 0 ? 12 : 1000000);
        int64_t quotient = numerator / denominator, rest = numerator % denominator;
        if (2 * (rest < 0 ? -rest : rest) >= denominator)
            quotient += numerator < 0 ? -1 : 1;
        struct tl_frac frac;
        struct tl_money money;
        struct tl_err err = TL_ERR_NONE;
        tl_frac_init(&frac);
        tl_frac_set_ratio(&frac, (struct tl_ratio){numerator, denominator});
        assert_ok(tl_frac_round_money(&money, &frac, &err), &err);
        assert_money(money, quotient);
        tl_frac_release(&frac);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fractions_are_read_and_written_in_lowest_terms),
        cmocka_unit_test(what_is_not_a_stored_fraction_is_refused),
        cmocka_unit_test(a_fraction_takes_values_and_ratios),
        cmocka_unit_test(decimals_are_rounded_half_away_from_zero),
        cmocka_unit_test(an_exact_amount_is_rounded_half_away_from_zero),
        cmocka_unit_test(an_amount_that_rounds_out_of_range_is_refused),
        cmocka_unit_test(rounding_agrees_with_whole_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
