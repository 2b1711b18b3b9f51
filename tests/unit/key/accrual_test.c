/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include "tilslut/key/accrual.h"

static struct tl_period period(int y1, int m1, int d1, int y2, int m2, int d2)
{
    return (struct tl_period){tl_date_of(y1, m1, d1), tl_date_of(y2, m2, d2)};
}

static void a_year_from_february_leaves_a_month_to_the_next(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_accrual accrual;
    assert_ok(tl_accrual_split(&accrual, (struct tl_money){3650000}, period(2026, 2, 1, 2027, 1, 31), &err), &err);
    assert_int_equal(accrual.count, 2);
    assert_int_equal(accrual.parts[0].year, 2026);
    assert_int_equal(accrual.parts[0].days, 334);
    assert_money(accrual.parts[0].amount, 3340000);
    assert_int_equal(accrual.parts[1].days, 31);
    assert_money(accrual.parts[1].amount, 310000);
}

static void the_odd_oere_goes_to_the_longer_year(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_accrual accrual;
    assert_ok(tl_accrual_split(&accrual, (struct tl_money){100}, period(2026, 12, 30, 2027, 1, 1), &err), &err);
    assert_money(accrual.parts[0].amount, 67);
    assert_money(accrual.parts[1].amount, 33);
}

static void a_period_within_a_year_is_not_split(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_accrual accrual;
    assert_ok(tl_accrual_split(&accrual, (struct tl_money){101}, period(2028, 2, 29, 2028, 12, 31), &err), &err);
    assert_int_equal(accrual.count, 1);
    assert_money(accrual.parts[0].amount, 101);
}

/* Each part times the days of the whole lies within an øre's worth of its days times the amount; days and amounts foot;
 * a credit is the same with the other sign. */
static void parts_foot_and_none_is_an_oere_off(void **state)
{
    (void)state;
    struct check_random random = {17};
    for (int round = 0; round < 3000; round++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_accrual accrual, credit;
        int32_t first = (int32_t)check_random_between(&random, 10000, 30000);
        int32_t last = first + (int32_t)check_random_between(&random, 0, 3000);
        struct tl_period whole = {tl_date_from_days(first), tl_date_from_days(last)};
        struct tl_money amount = {check_random_between(&random, 1, 100000000)};
        int64_t sum = 0, days = 0, length = last - first + 1;
        assert_ok(tl_accrual_split(&accrual, amount, whole, &err), &err);
        assert_ok(tl_accrual_split(&credit, tl_money_negate(amount), whole, &err), &err);
        for (size_t i = 0; i < accrual.count; i++) {
            const struct tl_accrual_part *part = &accrual.parts[i];
            int64_t off = part->amount.minor * length - amount.minor * part->days;
            assert_true(off > -length && off < length);
            assert_int_equal(tl_date_year(part->period.first), part->year);
            assert_int_equal(tl_date_year(part->period.last), part->year);
            assert_money(credit.parts[i].amount, -part->amount.minor);
            sum += part->amount.minor;
            days += part->days;
        }
        assert_same_int(sum, amount.minor);
        assert_same_int(days, length);
    }
}

static void periods_that_are_none_are_refused(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_accrual accrual;
    assert_refused(tl_accrual_split(&accrual, (struct tl_money){1}, period(2026, 2, 2, 2026, 2, 1), &err), TL_ERR_INPUT,
                   &err, "the period from 2026-02-02 to 2026-02-01 ends before it begins", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_accrual_split(&accrual, (struct tl_money){1}, period(2026, 1, 1, 2046, 1, 1), &err), TL_ERR_INPUT,
                   &err, "the period from 2026-01-01 to 2046-01-01 reaches over more than 20 years", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_ok(tl_accrual_split(&accrual, (struct tl_money){1}, period(2026, 12, 31, 2045, 1, 1), &err), &err);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_year_from_february_leaves_a_month_to_the_next),
        cmocka_unit_test(the_odd_oere_goes_to_the_longer_year),
        cmocka_unit_test(a_period_within_a_year_is_not_split),
        cmocka_unit_test(parts_foot_and_none_is_an_oere_off),
        cmocka_unit_test(periods_that_are_none_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
