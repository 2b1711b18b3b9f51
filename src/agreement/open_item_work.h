/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How open items come about, for the files of open_item alone: what is read, and what pays what.
 */
#ifndef AGREEMENT_OPEN_ITEM_WORK_H
#define AGREEMENT_OPEN_ITEM_WORK_H

#include "tilslut/agreement/open_item.h"

/* The items of one party: what is owed and what is paid, each in some order. */
struct open_sides {
    struct tl_open_item **owed, **paid;
    size_t owed_count, paid_count;
};

/* Room for the sides of parties with up to `count` items, in the arena. */
tl_status open_sides_init(struct open_sides *sides, size_t count, struct tl_arena *arena, struct tl_err *err);

/* Steps 1 and 2 of the header: what names each other. Items lie by entry. What is open of them may be less than their
 * amount already. */
void open_settle_named(struct open_sides *sides, struct tl_open_item *items, size_t count);
/* Step 3, after these. */
void open_settle_oldest(struct open_sides *sides);

/* Items in an arena, by party and then entry. */
struct open_items {
    struct tl_open_item *items;
    size_t count, capacity;
};

/* By party, then entry; for qsort. */
int open_compare(const void *a, const void *b);
/* Where the items end of the party that the one at `first` is of. */
size_t open_party_end(const struct open_items *all, size_t first);

/* Adds every entry up to a date, of one party or of all (NULL), with all of it open. */
tl_status open_read_all(struct open_items *out, struct tl_store *store, const char *party, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err);

/* Adds what a close left of entries and the entries since, from which the same comes about as from all of them, in what
 * is open. Steps 1 and 2 are done. */
tl_status open_read_left(struct open_items *out, struct tl_store *store, const char *party, struct tl_date on,
                         struct tl_arena *arena, struct tl_err *err);

#endif
