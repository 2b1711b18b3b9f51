/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/apportion.h"

#include <string.h>

#include "check.h"
#include "hamilton.h"

/* Splits by whole-number weights over a common divisor. */
static tl_status split(int64_t *parts, int64_t total, const int64_t *weights, int64_t divisor, size_t count,
                       struct tl_err *err)
{
    static struct tl_frac fracs[HAMILTON_MAX];
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&fracs[i]);
        mpq_set_si(fracs[i].q, weights[i], (unsigned long)divisor);
        mpq_canonicalize(fracs[i].q);
    }
    tl_status status = tl_apportion(parts, total, fracs, count, err);
    for (size_t i = 0; i < count; i++)
        tl_frac_release(&fracs[i]);
    return status;
}

static void split_puts_the_odd_oere_on_the_largest_remainder(void **state)
{
    (void)state;
    int64_t parts[3];
    struct tl_err err = TL_ERR_NONE;
    /* 100 x 1/6 = 16 2/3, 100 x 2/6 = 33 1/3, 100 x 3/6 = 50 */
    assert_ok(split(parts, 100, (const int64_t[]){1, 2, 3}, 1, 3, &err), &err);
    assert_same_int(parts[0], 17);
    assert_same_int(parts[1], 33);
    assert_same_int(parts[2], 50);
}

static void ties_go_to_the_larger_weight_and_then_to_the_lower_index(void **state)
{
    (void)state;
    int64_t parts[3];
    struct tl_err err = TL_ERR_NONE;
    /* 2 x 1/4 = 1/2 and 2 x 3/4 = 1 1/2: the same remainder */
    assert_ok(split(parts, 2, (const int64_t[]){1, 3}, 1, 2, &err), &err);
    assert_same_int(parts[0], 0);
    assert_same_int(parts[1], 2);
    assert_ok(split(parts, 100, (const int64_t[]){1, 1, 1}, 1, 3, &err), &err);
    assert_same_int(parts[0], 34);
    assert_same_int(parts[1], 33);
    assert_same_int(parts[2], 33);
}

static void a_weight_of_zero_never_gets_a_unit(void **state)
{
    (void)state;
    int64_t parts[3];
    struct tl_err err = TL_ERR_NONE;
    assert_ok(split(parts, 1, (const int64_t[]){0, 1, 1}, 1, 3, &err), &err);
    assert_same_int(parts[0], 0);
    assert_same_int(parts[1], 1);
    assert_same_int(parts[2], 0);
}

/* Every total from -12 to 12 over every three weights from 0 to 6. */
static void small_cases_agree_with_the_other_implementation_and_stay_within_quota(void **state)
{
    (void)state;
    for (int64_t total = -12; total <= 12; total++)
        for (int64_t code = 1; code < 7 * 7 * 7; code++) {
            int64_t weights[3] = {code % 7, code / 7 % 7, code / 49}, parts[3], expected[3];
            int64_t sum = weights[0] + weights[1] + weights[2];
            struct tl_err err = TL_ERR_NONE;
            assert_ok(split(parts, total, weights, 1, 3, &err), &err);
            hamilton_split(expected, total, weights, 3);
            assert_memory_equal(parts, expected, sizeof parts);
            assert_same_int(parts[0] + parts[1] + parts[2], total);
            for (size_t i = 0; i < 3; i++) {
                int64_t off = parts[i] * sum - total * weights[i];
                assert_true(off < sum && off > -sum);
            }
        }
}

static void random_cases_agree_with_the_other_implementation(void **state)
{
    (void)state;
    struct check_random random = {1};
    int64_t weights[120], parts[120], expected[120];
    for (int round = 0; round < 2000; round++) {
        size_t count = (size_t)check_random_between(&random, 1, 120);
        int64_t largest = round % 3 == 0 ? 9 : 1000000000, bound = round % 5 == 0 ? 1000 : TL_MONEY_MAX_MINOR;
        int64_t total = check_random_between(&random, -bound, bound);
        struct tl_err err = TL_ERR_NONE;
        weights[0] = 1;
        for (size_t i = 1; i < count; i++)
            weights[i] = check_random_between(&random, 0, largest);
        assert_ok(split(parts, total, weights, 1, count, &err), &err);
        hamilton_split(expected, total, weights, count);
        assert_memory_equal(parts, expected, count * sizeof *parts);
    }
}

static void scaling_all_weights_changes_nothing(void **state)
{
    (void)state;
    struct check_random random = {2};
    int64_t weights[40], scaled[40], parts[40], again[40];
    for (int round = 0; round < 500; round++) {
        int64_t factor = check_random_between(&random, 2, 997), total = check_random_between(&random, 0, 100000);
        struct tl_err err = TL_ERR_NONE;
        for (size_t i = 0; i < 40; i++) {
            weights[i] = check_random_between(&random, 1, 700000);
            scaled[i] = weights[i] * factor;
        }
        assert_ok(split(parts, total, weights, 1, 40, &err), &err);
        assert_ok(split(again, total, scaled, 7919, 40, &err), &err);
        assert_memory_equal(parts, again, sizeof parts);
    }
}

static void what_cannot_be_split_is_refused(void **state)
{
    (void)state;
    int64_t parts[2];
    struct tl_err err = TL_ERR_NONE;
    assert_refused(split(parts, 5, (const int64_t[]){0, 0}, 1, 2, &err), TL_ERR_INFEASIBLE, &err,
                   "no weight is above zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(split(parts, 5, NULL, 1, 0, &err), TL_ERR_INFEASIBLE, &err, "no weight is above zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(split(parts, 5, (const int64_t[]){1, -1}, 1, 2, &err), TL_ERR_INPUT, &err, "weight 2 is below zero",
                   "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(split(parts, 1000000000000000, (const int64_t[]){1, 1}, 1, 2, &err), TL_ERR_RANGE, &err,
                   "1000000000000000 units are more than can be split", "");
}

static void fractions_without_a_bounded_common_denominator_are_refused(void **state)
{
    (void)state;
    enum { COUNT = 200 };
    static struct tl_frac weights[COUNT];
    static int64_t parts[COUNT];
    struct tl_err err = TL_ERR_NONE;
    for (size_t i = 0; i < COUNT; i++) {
        tl_frac_init(&weights[i]);
        mpq_set_ui(weights[i].q, 1, UINT64_C(1000000000000000003) + 2 * i);
        mpq_canonicalize(weights[i].q);
    }
    assert_refused(tl_apportion(parts, 5, weights, COUNT, &err), TL_ERR_RANGE, &err,
                   "the weights have no common denominator of at most 4096 bits", "");
    for (size_t i = 0; i < COUNT; i++)
        tl_frac_release(&weights[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(split_puts_the_odd_oere_on_the_largest_remainder),
        cmocka_unit_test(ties_go_to_the_larger_weight_and_then_to_the_lower_index),
        cmocka_unit_test(a_weight_of_zero_never_gets_a_unit),
        cmocka_unit_test(small_cases_agree_with_the_other_implementation_and_stay_within_quota),
        cmocka_unit_test(random_cases_agree_with_the_other_implementation),
        cmocka_unit_test(scaling_all_weights_changes_nothing),
        cmocka_unit_test(what_cannot_be_split_is_refused),
        cmocka_unit_test(fractions_without_a_bounded_common_denominator_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
