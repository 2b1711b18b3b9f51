/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Vouchers (bilag): what one person registers and another approves before anything is posted. One series of numbers
 * over all kinds; what a voucher is of lies in the table of its kind.
 */
#ifndef TILSLUT_AGREEMENT_VOUCHER_H
#define TILSLUT_AGREEMENT_VOUCHER_H

#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_voucher {
    int64_t id;
    const char *kind;        /* cost, hours, balancing, outlay, repayment */
    const char *state;       /* draft, approved, rejected */
    const char *author;      /* who registered it */
    const char *ended_by;    /* who approved or rejected it, or "" */
    const char *reason;      /* of a rejection, or "" */
    struct tl_date holds_on; /* accounting date, when approved */
};

/* Registers a voucher in the open transaction, as a draft. */
tl_status tl_voucher_draft(int64_t *id, struct tl_store *store, const char *kind, struct tl_err *err) TL_MUST_CHECK;

/* Reads one of that kind, in the arena. TL_ERR_NOT_FOUND: there is none of that number, or it is of another kind. */
tl_status tl_voucher_find(struct tl_voucher *out, struct tl_store *store, int64_t id, const char *kind,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft with an accounting date; the caller posts it in the same transaction. TL_ERR_STATE: it is no draft,
 * or `actor` registered it (domain: two people for what leaves the house). Statuses of tl_voucher_find. */
tl_status tl_voucher_approve(struct tl_store *store, int64_t id, const char *kind, const char *actor,
                             struct tl_date holds_on, struct tl_err *err) TL_MUST_CHECK;

/* Rejects a draft. TL_ERR_MISSING: no reason. TL_ERR_STATE: it is no draft. Statuses of tl_voucher_find. */
tl_status tl_voucher_reject(struct tl_store *store, int64_t id, const char *kind, const char *reason,
                            struct tl_err *err) TL_MUST_CHECK;

#endif
