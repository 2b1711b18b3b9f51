/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Outlays (udlæg): what a member pays a third party for a product, before the product has the money; and their
 * repayment, in parts or whole, when it comes. Each is registered by one person and approved by another. An approved
 * outlay is a cost of the product and owed to the member, on an account of its own, so that it never mixes with what
 * the member is charged.
 */
#ifndef TILSLUT_AGREEMENT_OUTLAY_H
#define TILSLUT_AGREEMENT_OUTLAY_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_outlay {
    int64_t id;                            /* of its voucher */
    const char *product, *party, *account; /* the account of the cost */
    const char *project;                   /* whose pledges are to repay it, or "" */
    struct tl_date paid_on;                /* by the member */
    const char *text, *evidence;           /* what for, and the receipt */
    struct tl_money amount;                /* without the VAT that the member recovers itself */
    const char *state, *author, *ended_by; /* draft, approved, rejected; who; "" while it is a draft */
    struct tl_date holds_on;               /* accounting date, when approved */
    struct tl_money repaid, drafted, owed; /* by approved repayments; by drafts of such; not repaid: 0 until approved */
};

/* Registers an outlay in the open transaction, as a draft: product, party, account, project, paid_on, text, evidence
 * and amount are given. TL_ERR_NOT_FOUND: no such product, member, account or project. TL_ERR_INPUT: not above zero,
 * not a cost account, a project of another product. TL_ERR_MISSING: no text or evidence. TL_ERR_CONFLICT: the member's
 * receipt is registered already, and not rejected. */
tl_status tl_outlay_register(int64_t *id, struct tl_store *store, const struct tl_outlay *outlay,
                             struct tl_err *err) TL_MUST_CHECK;

/* Registers a repayment of an outlay in the open transaction, as a draft; *amount zero: all that is left, and is set.
 * TL_ERR_STATE: the outlay is not approved, its project is not funded, or less than the amount is left, drafts counted.
 * TL_ERR_INPUT: below zero. TL_ERR_NOT_FOUND. */
tl_status tl_outlay_repay(int64_t *id, struct tl_money *amount, struct tl_store *store, int64_t outlay,
                          struct tl_err *err) TL_MUST_CHECK;

/* Approves an outlay or a repayment and posts its entry on `date`; none: the day the outlay was paid, or `today` of a
 * repayment. Statuses of tl_voucher_approve and tl_entry_post. */
tl_status tl_outlay_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor, struct tl_date date,
                            struct tl_date today, struct tl_err *err) TL_MUST_CHECK;
/* Rejects either. Statuses of tl_voucher_reject. */
tl_status tl_outlay_reject(struct tl_store *store, int64_t id, const char *reason, struct tl_err *err) TL_MUST_CHECK;

/* All outlays by number, as far as tl_store_known allows to see; in the arena. */
tl_status tl_outlay_list(struct tl_outlay **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;
/* Reads one, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_outlay_find(struct tl_outlay *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;

struct tl_repayment {
    int64_t id, outlay; /* of their vouchers */
    const char *party;
    struct tl_money amount;
    const char *state, *author, *ended_by;
    struct tl_date holds_on; /* when approved */
};

/* All repayments by number, in the arena. */
tl_status tl_outlay_repayments(struct tl_repayment **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                               struct tl_err *err) TL_MUST_CHECK;

/* The check `outlays`: each approved outlay and repayment is posted as it comes to, and no other; none is repaid beyond
 * its amount. */
tl_status tl_outlay_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
