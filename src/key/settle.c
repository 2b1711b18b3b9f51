/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/settle.h"

#include <inttypes.h>
#include <stdlib.h>

#include "tilslut/money/money.h"

/* Who has a difference still to be settled. */
struct side {
    size_t index;
    int64_t minor;
};

static tl_status check(const int64_t *differences, size_t count, struct tl_err *err)
{
    struct tl_money sum = {0};
    tl_status status = TL_OK;
    char text[TL_MONEY_TEXT_SIZE];
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (differences[i] > TL_MONEY_MAX_MINOR || differences[i] < -TL_MONEY_MAX_MINOR)
            return tl_err_set(err, TL_ERR_RANGE, "difference %zu is larger than an amount can be", i + 1);
        status = tl_money_add(&sum, sum, (struct tl_money){differences[i]}, err);
    }
    if (status == TL_OK && !tl_money_is_zero(sum))
        return tl_err_set(err, TL_ERR_INPUT, "the differences sum to %s, not to zero", tl_money_plain(sum, text));
    return status;
}

/* The largest first; of equal ones, the lower index. */
static int by_size(const void *a, const void *b)
{
    const struct side *x = a, *y = b;
    if (x->minor != y->minor)
        return x->minor < y->minor ? 1 : -1;
    return x->index < y->index ? -1 : x->index > y->index;
}

/* The side with the most to pay, or (negative amounts) to receive; NULL when all is settled. */
static struct side *most(struct side *sides, size_t count, int sign)
{
    struct side *found = NULL;
    for (size_t i = 0; i < count; i++)
        if (sides[i].minor * sign > 0 && (found == NULL || sides[i].minor * sign > found->minor * sign))
            found = &sides[i];
    return found;
}

/* Settles a group that sums to zero: each transfer settles at least one side, the last one two. */
static void settle_group(struct tl_settlement *out, struct side *sides, size_t count)
{
    for (;;) {
        struct side *payer = most(sides, count, 1), *receiver = most(sides, count, -1);
        if (payer == NULL || receiver == NULL)
            return;
        int64_t amount = payer->minor < -receiver->minor ? payer->minor : -receiver->minor;
        out->transfers[out->count++] = (struct tl_transfer){payer->index, receiver->index, amount};
        payer->minor -= amount;
        receiver->minor += amount;
    }
}

/* How many groups that sum to zero the members of a set can be parted into at most, for each set (bit i: side i), and
 * which member came last: dynamic programming over sets, since a new group is complete whenever the sum comes back to
 * zero. */
struct table {
    int64_t *sums;
    unsigned char *groups, *last;
};

static tl_status fill(struct table *table, const struct side *sides, size_t count, struct tl_arena *arena,
                      struct tl_err *err)
{
    size_t sets = (size_t)1 << count;
    table->sums = tl_arena_alloc(arena, sets, sizeof *table->sums);
    table->groups = tl_arena_alloc(arena, sets, 1);
    table->last = tl_arena_alloc(arena, sets, 1);
    if (table->sums == NULL || table->groups == NULL || table->last == NULL)
        return tl_err_memory(err);
    for (size_t set = 1; set < sets; set++) {
        for (size_t i = 0; i < count; i++) {
            size_t rest = set & ~((size_t)1 << i);
            if (rest == set)
                continue;
            table->sums[set] = table->sums[rest] + sides[i].minor;
            if (table->groups[rest] > table->groups[set] || table->last[set] == 0) {
                table->groups[set] = table->groups[rest];
                table->last[set] = (unsigned char)(i + 1);
            }
        }
        if (table->sums[set] == 0)
            table->groups[set]++;
    }
    return TL_OK;
}

/* Walks back from the whole set; each time the sum is zero a group is complete. */
static void settle_least(struct tl_settlement *out, const struct table *table, const struct side *sides, size_t count)
{
    struct side group[TL_SETTLE_EXACT_MAX];
    size_t set = ((size_t)1 << count) - 1, members = 0;
    while (set != 0) {
        size_t i = table->last[set] - 1U;
        group[members++] = sides[i];
        set &= ~((size_t)1 << i);
        if (table->sums[set] == 0) {
            settle_group(out, group, members);
            members = 0;
        }
    }
}

static int by_payer(const void *a, const void *b)
{
    const struct tl_transfer *x = a, *y = b;
    if (x->from != y->from)
        return x->from < y->from ? -1 : 1;
    return x->to < y->to ? -1 : x->to > y->to;
}

tl_status tl_settle(struct tl_settlement *out, const int64_t *differences, size_t count, struct tl_arena *arena,
                    struct tl_err *err)
{
    struct side *sides = tl_arena_alloc(arena, count, sizeof *sides);
    size_t open = 0;
    *out = (struct tl_settlement){.transfers = tl_arena_alloc(arena, count, sizeof *out->transfers)};
    if (sides == NULL || out->transfers == NULL)
        return tl_err_memory(err);
    tl_status status = check(differences, count, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (differences[i] != 0)
            sides[open++] = (struct side){i, differences[i]};
    qsort(sides, open, sizeof *sides, by_size);
    out->is_least = open <= TL_SETTLE_EXACT_MAX;
    if (out->is_least) {
        struct table table;
        status = fill(&table, sides, open, arena, err);
        if (status == TL_OK)
            settle_least(out, &table, sides, open);
    } else
        settle_group(out, sides, open);
    if (status == TL_OK)
        qsort(out->transfers, out->count, sizeof *out->transfers, by_payer);
    return status;
}
