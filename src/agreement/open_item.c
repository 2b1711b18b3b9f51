/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/open_item.h"

#include "open_item_work.h"
#include "tilslut/base/text.h"

size_t open_party_end(const struct open_items *all, size_t first)
{
    size_t next = first;
    while (next < all->count && tl_text_equal(all->items[next].party, all->items[first].party))
        next++;
    return next;
}

static tl_status settle(struct open_items *all, struct tl_arena *arena, struct tl_err *err)
{
    struct open_sides sides;
    tl_status status = open_sides_init(&sides, all->count, arena, err);
    for (size_t first = 0, next; status == TL_OK && first < all->count; first = next) {
        next = open_party_end(all, first);
        open_settle_named(&sides, &all->items[first], next - first);
        open_settle_oldest(&sides);
    }
    return status;
}

tl_status tl_open_item_read(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct open_items all = {NULL, 0, 0};
    tl_status status = open_read_all(&all, store, party, on, arena, err);
    if (status == TL_OK)
        status = settle(&all, arena, err);
    *out = all.items;
    *count = all.count;
    return status;
}

tl_status tl_open_item_read_open(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                                 struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct open_items left = {NULL, 0, 0};
    tl_status status = open_read_left(&left, store, party, on, arena, err);
    if (status == TL_OK)
        status = settle(&left, arena, err);
    *out = left.items;
    *count = 0;
    for (size_t i = 0; status == TL_OK && i < left.count; i++)
        if (!tl_money_is_zero(left.items[i].open))
            left.items[(*count)++] = left.items[i];
    return status;
}

int32_t tl_open_item_days(const struct tl_open_item *item, struct tl_date on)
{
    return tl_date_to_days(on) - tl_date_to_days(item->due);
}

tl_open_age tl_open_item_age(const struct tl_open_item *item, struct tl_date on)
{
    int32_t days = tl_open_item_days(item, on);
    return days < 0     ? TL_OPEN_NOT_DUE
           : days <= 30 ? TL_OPEN_30
           : days <= 60 ? TL_OPEN_60
           : days <= 90 ? TL_OPEN_90
                        : TL_OPEN_OVER;
}
