/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What pays what, among the items of one party.
 */
#include <stdlib.h>
#include <string.h>

#include "open_item_work.h"

static int compare_due(const struct tl_open_item *a, const struct tl_open_item *b)
{
    int order = tl_date_compare(a->due, b->due);
    return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static int by_due(const void *a, const void *b)
{
    return compare_due(*(struct tl_open_item *const *)a, *(struct tl_open_item *const *)b);
}

static int by_reference(const void *a, const void *b)
{
    const struct tl_open_item *x = *(struct tl_open_item *const *)a, *y = *(struct tl_open_item *const *)b;
    int order = strcmp(x->reference, y->reference);
    return order != 0 ? order : compare_due(x, y);
}

/* Pays of `owed` what is left of `paid`. */
static void settle(struct tl_open_item *owed, struct tl_open_item *paid)
{
    int64_t minor = owed->open.minor < -paid->open.minor ? owed->open.minor : -paid->open.minor;
    owed->open.minor -= minor;
    paid->open.minor += minor;
}

/* What is owed lies by entry then. */
static void settle_reversed(struct open_sides *sides)
{
    for (size_t i = 0; i < sides->paid_count; i++) {
        struct tl_open_item *paid = sides->paid[i];
        size_t low = 0, high = paid->reverses == 0 ? 0 : sides->owed_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (sides->owed[middle]->entry < paid->reverses)
                low = middle + 1;
            else
                high = middle;
        }
        if (paid->reverses != 0 && low < sides->owed_count && sides->owed[low]->entry == paid->reverses)
            settle(sides->owed[low], paid);
    }
}

/* What is owed lies by reference then. */
static void settle_referred(struct open_sides *sides)
{
    for (size_t i = 0; i < sides->paid_count; i++) {
        struct tl_open_item *paid = sides->paid[i];
        size_t low = 0, high = paid->reference[0] == '\0' ? 0 : sides->owed_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(sides->owed[middle]->reference, paid->reference) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; paid->reference[0] != '\0' && low < sides->owed_count && paid->open.minor < 0 &&
               strcmp(sides->owed[low]->reference, paid->reference) == 0;
             low++)
            settle(sides->owed[low], paid);
    }
}

static void take_sides(struct open_sides *sides, struct tl_open_item *items, size_t count)
{
    sides->owed_count = sides->paid_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].amount.minor > 0)
            sides->owed[sides->owed_count++] = &items[i];
        else
            sides->paid[sides->paid_count++] = &items[i];
    }
}

void open_settle_named(struct open_sides *sides, struct tl_open_item *items, size_t count)
{
    take_sides(sides, items, count);
    settle_reversed(sides);
    qsort(sides->paid, sides->paid_count, sizeof(struct tl_open_item *), by_due);
    qsort(sides->owed, sides->owed_count, sizeof(struct tl_open_item *), by_reference);
    settle_referred(sides);
}

void open_settle_oldest(struct open_sides *sides)
{
    qsort(sides->owed, sides->owed_count, sizeof(struct tl_open_item *), by_due);
    for (size_t owed = 0, paid = 0; owed < sides->owed_count && paid < sides->paid_count;) {
        settle(sides->owed[owed], sides->paid[paid]);
        if (sides->owed[owed]->open.minor == 0)
            owed++;
        else
            paid++;
    }
}

tl_status open_sides_init(struct open_sides *sides, size_t count, struct tl_arena *arena, struct tl_err *err)
{
    *sides = (struct open_sides){.owed = tl_arena_alloc(arena, count, sizeof(struct tl_open_item *)),
                                 .paid = tl_arena_alloc(arena, count, sizeof(struct tl_open_item *))};
    return sides->owed == NULL || sides->paid == NULL ? tl_err_memory(err) : TL_OK;
}
