/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Handing a membership over: a municipality is merged into another, or divided among several (domain: an identity is
 * never renamed or merged in place). The old membership ends on the day before, the new ones begin; history is linked
 * both ways.
 */
#ifndef TILSLUT_AGREEMENT_HANDOVER_H
#define TILSLUT_AGREEMENT_HANDOVER_H

#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Borrowed. */
struct tl_handover {
    const char *product, *from;
    const char *const *to; /* one or more */
    size_t to_count;
    struct tl_date on; /* the first day in other hands */
    const char *evidence;
};

/* Records a handover in the open transaction. Who is a member already goes on as one. The others get a membership in
 * force from that day, by the same signature, so that no joining fee is charged again, with the options, waivers,
 * classes, groups and passive membership as they are that day. A month or quarter that the handover lies in is charged
 * once, to the old member (alloc.h). What rounding left to the old member goes to the first of the new
 * (product_year.h).
 * TL_ERR_NOT_FOUND: no such product or party, or no member. TL_ERR_STATE: the membership is not in force that day.
 * TL_ERR_CONFLICT: an agreement of one who takes over is on its way, or begins later. TL_ERR_INPUT: handed over to
 * itself. TL_ERR_MISSING: no evidence. */
tl_status tl_handover_record(struct tl_store *store, const struct tl_handover *handover,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
