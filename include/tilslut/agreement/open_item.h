/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Open items: each charge of a member with what is paid of it, as of any date.
 *
 * What a payment or credit note pays, in this order, so that anyone comes to the same:
 *   1. the entry that it reverses;
 *   2. the charges of the same reference, the one that falls due first before the others;
 *   3. what is left of it, when all payments have gone that way: the charge that falls due first, the oldest payment
 *      before the others. Of the same day, the lower entry goes first.
 * What is left of a payment then is an open item below zero: it is kept on the member's account. A refund, or a payment
 * that the bank took back, is an item of its own. The open amounts sum to the member's balance.
 */
#ifndef TILSLUT_AGREEMENT_OPEN_ITEM_H
#define TILSLUT_AGREEMENT_OPEN_ITEM_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_open_item {
    const char *party;
    int64_t entry, reverses;  /* 0 for none */
    const char *kind;         /* of the entry: charge, payment, credit, ... */
    struct tl_date date, due; /* due: the date where nothing falls due */
    const char *reference, *text;
    struct tl_money amount; /* owed positive, paid or credited negative */
    struct tl_money open;   /* what is left of it, of the same sign */
};

typedef enum tl_open_age {
    TL_OPEN_NOT_DUE, /* falls due later */
    TL_OPEN_30,      /* up to 30 days past due, the day it falls due among them */
    TL_OPEN_60,      /* 31 to 60 */
    TL_OPEN_90,      /* 61 to 90 */
    TL_OPEN_OVER,    /* more */
    TL_OPEN_AGE_COUNT
} tl_open_age;

/* Every entry on the accounts of members up to a date, also those with nothing open, by party, then entry; of one
 * `party`, or of all (NULL). As known by the store's limit. In the arena. */
tl_status tl_open_item_read(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Those of them with something open. What a close kept (ledger/kept_balance.h) spares reading what is settled. */
tl_status tl_open_item_read_open(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                                 struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Keeps for a close that the open transaction made what is left of entries on its last day. */
tl_status tl_open_item_keep(struct tl_store *store, const struct tl_closed_period *closed,
                            struct tl_err *err) TL_MUST_CHECK;
/* That each close kept what was left of the entries before it: from the close before it, which is checked as well. */
tl_status tl_open_item_check_kept(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* The days on a date since it fell due; negative before. */
int32_t tl_open_item_days(const struct tl_open_item *item, struct tl_date on);
tl_open_age tl_open_item_age(const struct tl_open_item *item, struct tl_date on);

#endif
