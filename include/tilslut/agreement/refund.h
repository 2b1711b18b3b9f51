/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Refunds: money that is sent back to a member. One person drafts, another approves; approval posts the entry that the
 * bank's own line is matched with later.
 */
#ifndef TILSLUT_AGREEMENT_REFUND_H
#define TILSLUT_AGREEMENT_REFUND_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_refund {
    int64_t id; /* 0 for one that is not drafted yet */
    const char *party;
    struct tl_money amount; /* above zero */
    struct tl_date date;    /* of the entry */
    const char *reason;
    const char *state;             /* draft, approved, discarded */
    const char *author, *ended_by; /* "" while it is a draft */
    int64_t entry;                 /* 0 until it is approved */
};

/* Drafts a refund in the open transaction; refund->id is set. TL_ERR_INPUT: no amount above zero, no reason.
 * TL_ERR_NOT_FOUND: no such party. TL_ERR_STATE: the party does not have as much to its credit on that date. */
tl_status tl_refund_draft(struct tl_refund *refund, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Ends a draft; approval by `actor` posts its entry. TL_ERR_NOT_FOUND; TL_ERR_STATE: it has ended already, is approved
 * by its author, or the party does not have as much to its credit any more. */
tl_status tl_refund_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor,
                            struct tl_err *err) TL_MUST_CHECK;
tl_status tl_refund_discard(struct tl_store *store, int64_t id, struct tl_err *err) TL_MUST_CHECK;

/* All refunds by number, in the arena. */
tl_status tl_refund_list(struct tl_refund **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
