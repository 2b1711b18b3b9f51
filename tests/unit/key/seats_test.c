/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/seats.h"

#include <string.h>

#include "check.h"
#include "highest_average.h"

enum { MEMBERS_MAX = 64, METHODS = TL_SEATS_DEAN + 1 };

static tl_status allot(int64_t *seats, int64_t total, tl_seat_method method, const int64_t *weights, size_t count,
                       struct tl_err *err)
{
    static struct tl_frac fracs[MEMBERS_MAX];
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&fracs[i]);
        mpq_set_si(fracs[i].q, weights[i], 6);
        mpq_canonicalize(fracs[i].q);
    }
    tl_status status = tl_seats_allot(seats, total, method, fracs, count, err);
    for (size_t i = 0; i < count; i++)
        tl_frac_release(&fracs[i]);
    return status;
}

static void assert_allotted(tl_seat_method method, int64_t total, const int64_t *weights, size_t count,
                            const int64_t *expected)
{
    int64_t seats[MEMBERS_MAX];
    struct tl_err err = TL_ERR_NONE;
    assert_ok(allot(seats, total, method, weights, count, &err), &err);
    for (size_t i = 0; i < count; i++)
        assert_same_int(seats[i], expected[i]);
}

/* Balinski & Young, The Quota Method of Apportionment, American Mathematical Monthly 82 (1975), 701-730: two examples,
 * one of which tells five methods apart. */
static void the_published_examples_of_balinski_and_young_come_out(void **state)
{
    (void)state;
    static const int64_t first[] = {5117, 4400, 162, 161, 160}, second[] = {9061, 7179, 5259, 3319, 1182};
    static const int64_t of_first[METHODS][5] = {
        [TL_SEATS_LARGEST_REMAINDER] = {51, 44, 2, 2, 1},
        [TL_SEATS_SAINTE_LAGUE] = {51, 43, 2, 2, 2},
        [TL_SEATS_DHONDT] = {52, 45, 1, 1, 1},
        [TL_SEATS_HUNTINGTON_HILL] = {51, 43, 2, 2, 2},
        [TL_SEATS_ADAMS] = {51, 43, 2, 2, 2},
        [TL_SEATS_DEAN] = {51, 43, 2, 2, 2},
    };
    static const int64_t of_second[METHODS][5] = {
        [TL_SEATS_LARGEST_REMAINDER] = {9, 7, 5, 4, 1},
        [TL_SEATS_SAINTE_LAGUE] = {9, 8, 5, 3, 1},
        [TL_SEATS_DHONDT] = {10, 7, 5, 3, 1},
        [TL_SEATS_HUNTINGTON_HILL] = {9, 7, 6, 3, 1},
        [TL_SEATS_ADAMS] = {9, 7, 5, 3, 2},
        [TL_SEATS_DEAN] = {9, 7, 5, 4, 1},
    };
    for (int method = 0; method < METHODS; method++) {
        assert_allotted((tl_seat_method)method, 100, first, 5, of_first[method]);
        assert_allotted((tl_seat_method)method, 26, second, 5, of_second[method]);
    }
}

/* Nationalrat 2019: 183 seats among the parties above the threshold, by D'Hondt. */
static void an_election_comes_out_as_it_was_declared(void **state)
{
    (void)state;
    assert_allotted(TL_SEATS_DHONDT, 183, (const int64_t[]){1789417, 1011868, 772666, 387124, 664055}, 5,
                    (const int64_t[]){71, 40, 31, 15, 26});
}

static void ties_go_to_the_larger_weight_and_then_to_the_lower_index(void **state)
{
    (void)state;
    assert_allotted(TL_SEATS_DHONDT, 2, (const int64_t[]){2, 1, 1, 2, 2}, 5, (const int64_t[]){1, 0, 0, 1, 0});
    assert_allotted(TL_SEATS_SAINTE_LAGUE, 2, (const int64_t[]){1, 3}, 2, (const int64_t[]){0, 2});
    assert_allotted(TL_SEATS_ADAMS, 3, (const int64_t[]){1, 1}, 2, (const int64_t[]){2, 1});
}

static void random_cases_agree_with_seat_after_seat(void **state)
{
    (void)state;
    struct check_random random = {8};
    int64_t weights[MEMBERS_MAX], seats[MEMBERS_MAX], expected[MEMBERS_MAX];
    for (int round = 0; round < 3000; round++) {
        size_t count = (size_t)check_random_between(&random, 1, round % 4 == 0 ? 40 : 6);
        int64_t largest = round % 3 == 0 ? 5 : 100000, total = check_random_between(&random, 0, 300);
        weights[0] = 1;
        for (size_t i = 1; i < count; i++)
            weights[i] = check_random_between(&random, 0, largest);
        for (int method = TL_SEATS_SAINTE_LAGUE; method < METHODS; method++) {
            struct tl_err err = TL_ERR_NONE;
            tl_status status = allot(seats, total, (tl_seat_method)method, weights, count, &err);
            if (status == TL_ERR_INFEASIBLE) {
                assert_true(method >= TL_SEATS_HUNTINGTON_HILL && total < (int64_t)count);
                continue;
            }
            assert_ok(status, &err);
            highest_average_allot(expected, total, (tl_seat_method)method, weights, count);
            assert_memory_equal(seats, expected, count * sizeof *seats);
        }
    }
}

/* With one step per seat this would take months. */
static void the_number_of_seats_does_not_matter(void **state)
{
    (void)state;
    static const int64_t weights[] = {9061, 7179, 5259, 3319, 1182};
    static const int64_t total = INT64_C(999999999999999);
    for (int method = 0; method < METHODS; method++) {
        int64_t seats[5], sum = 0;
        struct tl_err err = TL_ERR_NONE;
        assert_ok(allot(seats, total, (tl_seat_method)method, weights, 5, &err), &err);
        for (size_t i = 0; i < 5; i++) {
            __extension__ __int128 off = (__int128)seats[i] * 26000 - (__int128)total * weights[i];
            assert_true(off < 3 * 26000 && off > -3 * 26000);
            sum += seats[i];
        }
        assert_same_int(sum, total);
    }
}

static void no_seats_are_nobodys(void **state)
{
    (void)state;
    for (int method = 0; method < METHODS; method++)
        assert_allotted((tl_seat_method)method, 0, (const int64_t[]){1, 2}, 2, (const int64_t[]){0, 0});
}

static void what_cannot_be_allotted_is_refused(void **state)
{
    (void)state;
    int64_t seats[3];
    struct tl_err err = TL_ERR_NONE;
    assert_refused(allot(seats, 2, TL_SEATS_ADAMS, (const int64_t[]){1, 2, 3}, 3, &err), TL_ERR_INFEASIBLE, &err,
                   "Adams gives everybody a seat, and 2 seats are too few for 3 members", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(allot(seats, 2, TL_SEATS_DHONDT, (const int64_t[]){0, 0}, 2, &err), TL_ERR_INFEASIBLE, &err,
                   "no weight is above zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(allot(seats, 2, TL_SEATS_DEAN, (const int64_t[]){3, -1}, 2, &err), TL_ERR_INPUT, &err,
                   "weight 2 is below zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(allot(seats, -1, TL_SEATS_DHONDT, (const int64_t[]){3}, 1, &err), TL_ERR_INPUT, &err,
                   "-1 seats cannot be allotted", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(allot(seats, 1000000000000000, TL_SEATS_DHONDT, (const int64_t[]){3}, 1, &err), TL_ERR_RANGE, &err,
                   "1000000000000000 seats are more than can be allotted", "");
}

static void methods_have_names(void **state)
{
    (void)state;
    assert_string_equal(tl_seats_method_name(TL_SEATS_SAINTE_LAGUE), "Sainte-Laguë");
    assert_string_equal(tl_seats_method_name(TL_SEATS_LARGEST_REMAINDER), "largest remainder");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_published_examples_of_balinski_and_young_come_out),
        cmocka_unit_test(an_election_comes_out_as_it_was_declared),
        cmocka_unit_test(ties_go_to_the_larger_weight_and_then_to_the_lower_index),
        cmocka_unit_test(random_cases_agree_with_seat_after_seat),
        cmocka_unit_test(the_number_of_seats_does_not_matter),
        cmocka_unit_test(no_seats_are_nobodys),
        cmocka_unit_test(what_cannot_be_allotted_is_refused),
        cmocka_unit_test(methods_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
