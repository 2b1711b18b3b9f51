/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Apportionment: a whole number of units split in proportion to exact weights, so that the parts sum to it.
 */
#ifndef TILSLUT_KEY_APPORTION_H
#define TILSLUT_KEY_APPORTION_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/money/frac.h"

/* Splits `total` (|total| <= TL_MONEY_MAX_MINOR) by largest remainder: parts[i] is the exact share
 * total x weight / sum of weights, rounded down or up to a whole unit. The units that rounding down leaves go to
 * the largest remainders; ties go to the larger weight, then to the lower index. A negative total gives the parts
 * of the positive one, negated. O(count log count).
 * TL_ERR_INPUT: a weight below zero. TL_ERR_INFEASIBLE: no weight above zero. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_apportion(int64_t *parts, int64_t total, const struct tl_frac *weights, size_t count,
                       struct tl_err *err) TL_MUST_CHECK;

#endif
