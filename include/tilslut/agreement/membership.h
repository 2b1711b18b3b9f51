/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Memberships: one member's agreement for one product, told by its events.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* What a member signs. Borrowed; counts may be 0. */
struct tl_joining {
    const char *product, *party;
    struct tl_date signed_on, from;
    const char *const *options;
    size_t option_count;
    const char *const *waivers;
    size_t waiver_count;
    const char *evidence;      /* for the waivers; NULL for none */
    const char *class_by_hand; /* NULL for none */
    const char *class_reason;
};

/* Drafts an agreement on a day, in the open transaction; `signed_on` is not looked at. It counts in no allocation
 * before both have signed it. Statuses of tl_membership_join. */
tl_status tl_membership_draft(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_date on,
                              struct tl_err *err) TL_MUST_CHECK;

/* Records an agreement that both have signed, in the open transaction: the steps from draft to countersignature at
 * once, all on `signed_on`.
 * TL_ERR_NOT_FOUND: no such product, party, option, waiver or class in the terms in force on `from`.
 * TL_ERR_CONFLICT: the party is a member already, or an agreement is on its way. TL_ERR_MISSING: no terms in force, a
 * waiver without evidence, a class without a reason. TL_ERR_INPUT: an option or waiver named twice. TL_ERR_STATE: it
 * would begin before it is signed. */
tl_status tl_membership_join(int64_t *id, struct tl_store *store, const struct tl_joining *joining,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
