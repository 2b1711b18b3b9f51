/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include "tilslut/key/settle.h"

/* The differences are what the transfers come to; each transfer is above zero and from who owes to who is owed. */
static void check_settles(const struct tl_settlement *settlement, const int64_t *differences, size_t count)
{
    int64_t left[64];
    for (size_t i = 0; i < count; i++)
        left[i] = differences[i];
    for (size_t i = 0; i < settlement->count; i++) {
        const struct tl_transfer *transfer = &settlement->transfers[i];
        assert_true(transfer->amount_minor > 0);
        assert_true(differences[transfer->from] > 0 && differences[transfer->to] < 0);
        left[transfer->from] -= transfer->amount_minor;
        left[transfer->to] += transfer->amount_minor;
    }
    for (size_t i = 0; i < count; i++)
        assert_same_int(left[i], 0);
}

/* The least number of transfers, by trying for each open member every other one that it can settle with in full: some
 * least settlement begins with such a transfer for the first open member. */
static size_t least(const int64_t *differences, size_t count)
{
    int64_t rest[8];
    size_t first = 0, best = 99;
    for (size_t i = 0; i < count; i++)
        rest[i] = differences[i];
    while (first < count && rest[first] == 0)
        first++;
    if (first == count)
        return 0;
    for (size_t i = first + 1; i < count; i++)
        if ((rest[i] > 0) != (rest[first] > 0) && rest[i] != 0) {
            int64_t moved = rest[first], kept = rest[i];
            rest[first] = 0;
            rest[i] += moved;
            size_t tried = 1 + least(rest, count);
            best = tried < best ? tried : best;
            rest[first] = moved;
            rest[i] = kept;
        }
    return best;
}

static void make_differences(int64_t *differences, size_t count, int64_t bound, struct check_random *random)
{
    int64_t sum = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        differences[i] = check_random_between(random, -bound, bound);
        sum += differences[i];
    }
    differences[count - 1] = -sum;
}

static void two_pairs_are_settled_by_two_transfers(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_settlement settlement;
    const int64_t differences[] = {500, 300, -300, -500};
    assert_ok(tl_settle(&settlement, differences, 4, &arena, &err), &err);
    assert_true(settlement.is_least);
    assert_int_equal(settlement.count, 2);
    assert_int_equal(settlement.transfers[0].from, 0);
    assert_int_equal(settlement.transfers[0].to, 3);
    assert_same_int(settlement.transfers[0].amount_minor, 500);
    tl_arena_release(&arena);
}

static void few_members_settle_with_the_least_transfers(void **state)
{
    (void)state;
    struct check_random random = {5};
    for (int round = 0; round < 1500; round++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_settlement settlement;
        int64_t differences[7];
        size_t count = (size_t)check_random_between(&random, 1, 7);
        make_differences(differences, count, 6, &random);
        assert_ok(tl_settle(&settlement, differences, count, &arena, &err), &err);
        check_settles(&settlement, differences, count);
        assert_true(settlement.is_least);
        assert_int_equal(settlement.count, least(differences, count));
        tl_arena_release(&arena);
    }
}

static void many_members_settle_with_fewer_transfers_than_members(void **state)
{
    (void)state;
    struct check_random random = {6};
    for (int round = 0; round < 300; round++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_settlement settlement;
        int64_t differences[60];
        size_t count = (size_t)check_random_between(&random, 8, 60), open = 0;
        make_differences(differences, count, 100000, &random);
        for (size_t i = 0; i < count; i++)
            open += differences[i] != 0;
        assert_ok(tl_settle(&settlement, differences, count, &arena, &err), &err);
        check_settles(&settlement, differences, count);
        assert_int_equal(settlement.is_least, open <= TL_SETTLE_EXACT_MAX);
        assert_true(settlement.count < count);
        tl_arena_release(&arena);
    }
}

static void what_does_not_sum_to_zero_is_refused(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_settlement settlement;
    assert_refused(tl_settle(&settlement, (const int64_t[]){5, -4}, 2, &arena, &err), TL_ERR_INPUT, &err,
                   "the differences sum to 0.01, not to zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_settle(&settlement, (const int64_t[]){INT64_MAX, 1}, 2, &arena, &err), TL_ERR_RANGE, &err,
                   "difference 1 is larger than an amount can be", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_ok(tl_settle(&settlement, NULL, 0, &arena, &err), &err);
    assert_int_equal(settlement.count, 0);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_pairs_are_settled_by_two_transfers),
        cmocka_unit_test(few_members_settle_with_the_least_transfers),
        cmocka_unit_test(many_members_settle_with_fewer_transfers_than_members),
        cmocka_unit_test(what_does_not_sum_to_zero_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
