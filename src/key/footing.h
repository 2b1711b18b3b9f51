/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Footing: rounds exact entitlements to whole units so that they sum to the total, by largest remainder
 * (Hamilton's method; Balinski & Young, Fair Representation, 1982, ch. 3 and app. A).
 *
 * Everybody first gets the whole units in its entitlement; the units that are left go one each to the largest
 * remainders. Ties go to the larger weight, then to the lower index. A total below zero mirrors the same total
 * above zero. O(n log n).
 *
 * When the total is no multiple of the unit, the part smaller than a unit goes to the next in line, so that the
 * amounts still foot, all but one are multiples of the unit, and nobody is a whole unit off its entitlement.
 */
#ifndef TILSLUT_KEY_FOOTING_H
#define TILSLUT_KEY_FOOTING_H

#include <stddef.h>
#include <stdint.h>

#include "numbers.h"
#include "tilslut/base/status.h"

/* The most `most` can say: no bound. */
#define TL_FOOTING_NO_BOUND INT64_MAX

struct tl_footing {
    int64_t total;                         /* minor units */
    int64_t unit;                          /* > 0, minor units */
    const struct tl_numbers *entitlements; /* minor units; they sum to the total, or nearly so */
    const struct tl_numbers *weights;      /* decide between equal remainders; NULL for the entitlements */
    const int64_t *least, *most;           /* multiples of the unit that bind each amount, or both NULL */
};

/* Writes one amount per entitlement, in minor units. TL_ERR_INFEASIBLE when `least` and `most` leave no room,
 * TL_ERR_RANGE when an entitlement passes what tl_money holds, TL_ERR_MEMORY. */
tl_status tl_footing_round(int64_t *amounts, const struct tl_footing *footing, struct tl_err *err) TL_MUST_CHECK;

#endif
