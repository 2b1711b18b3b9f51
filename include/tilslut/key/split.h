/* SPDX-License-Identifier: MPL-2.0 */
/*
 * An amount split between members by a key, outside of any terms.
 */
#ifndef TILSLUT_KEY_SPLIT_H
#define TILSLUT_KEY_SPLIT_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/key/key.h"
#include "tilslut/money/money.h"

/* Splits a total by the members' figures of one date; parts[i] is member i's, by largest remainder as tl_apportion
 * does. TL_ERR_MISSING: a member has no figure of that date, or the key asks for size classes, which only terms define.
 * TL_ERR_INFEASIBLE: all weights are zero. Other statuses of tl_apportion. */
tl_status tl_split(int64_t *parts, struct tl_money total, const struct tl_key *key, const struct tl_member *members,
                   size_t count, struct tl_date figures_on, struct tl_err *err) TL_MUST_CHECK;

#endif
