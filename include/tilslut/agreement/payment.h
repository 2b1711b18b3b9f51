/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Payments from members, recorded by hand.
 */
#ifndef TILSLUT_AGREEMENT_PAYMENT_H
#define TILSLUT_AGREEMENT_PAYMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_payment {
    const char *party;
    struct tl_money amount; /* received: above zero */
    struct tl_date date;    /* of the bank */
    const char *reference;  /* betalings-ID, or "" */
    const char *text;
};

/* Posts a payment in the open transaction: the settlement account is debited, the member's receivable credited.
 * A payment of the same party, date, amount and reference is the same payment: *already is true and nothing changes;
 * with another text it is TL_ERR_CONFLICT. TL_ERR_INPUT: an amount that is not above zero. TL_ERR_NOT_FOUND. */
tl_status tl_payment_post(int64_t *entry, bool *already, struct tl_store *store, const struct tl_payment *payment,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
