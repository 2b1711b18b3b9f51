/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Fees of reminders (rykkergebyr): none, until somebody decides one and names the law or agreement that allows it. From
 * then on each reminder charges it to the member when it is issued, once a day.
 */
#ifndef TILSLUT_AGREEMENT_REMINDER_FEE_H
#define TILSLUT_AGREEMENT_REMINDER_FEE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_reminder_fee {
    int64_t id;
    struct tl_date from;
    struct tl_money amount;        /* 0: none from then on */
    const char *basis;             /* as members read it; "" of none */
    const char *account, *product; /* of the income; product "" for none */
    const char *decision;
};

/* Decides a fee in the open transaction; id is not used. TL_ERR_INPUT: below zero, no income account, or no decision.
 * TL_ERR_MISSING: no basis. TL_ERR_NOT_FOUND: no such product. */
tl_status tl_reminder_fee_decide(tl_recorded *recorded, struct tl_store *store, const struct tl_reminder_fee *fee,
                                 struct tl_err *err) TL_MUST_CHECK;

/* The fee of a day; *found is false where there is none. In the arena. */
tl_status tl_reminder_fee_find(struct tl_reminder_fee *out, bool *found, struct tl_store *store, struct tl_date on,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* All that were decided, by date; in the arena. */
tl_status tl_reminder_fee_list(struct tl_reminder_fee **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Charges the fee of a reminder, a document, to a party in the open transaction; one that the party was charged with on
 * that day already, by the same reminder in another language, is left as it is. Statuses of tl_entry_post. */
tl_status tl_reminder_fee_charge(struct tl_store *store, int64_t document, const char *party, struct tl_date date,
                                 const struct tl_reminder_fee *fee, struct tl_err *err) TL_MUST_CHECK;

/* The check `reminders`: each fee that was charged is that of the day, to whom the reminder went, and no other. */
tl_status tl_reminder_fee_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
