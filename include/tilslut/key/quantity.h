/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a key counts, member by member, for whoever has to write down how shares come about so that it can be computed
 * again elsewhere, such as a workbook with formulas.
 */
#ifndef TILSLUT_KEY_QUANTITY_H
#define TILSLUT_KEY_QUANTITY_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/key/key.h"
#include "tilslut/money/frac.h"

/* A quantity whose shares are a part of a mix. */
struct tl_quantity_part {
    struct tl_ratio factor; /* of the whole; those of a key sum to 1 */
    const struct tl_key *quantity;
};

/* The quantities that a key mixes, mixes within mixes taken apart: one with the factor 1 for a key that is a quantity.
 * None (*count 0) for a key that has fixed percents in it, which are shares and no quantity. In the arena.
 * TL_ERR_RANGE: factors with too many digits. */
tl_status tl_quantity_parts(struct tl_quantity_part **out, size_t *count, const struct tl_key *key,
                            struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* What a quantity is for a member, by its figures on the reference date of the request's year. `size_class` stands in
 * the place of the member's own unless it is NULL. `out` is initialised by the caller. TL_ERR_MISSING: a figure, or the
 * weight of a class or member. TL_ERR_INPUT, TL_ERR_RANGE as tl_alloc. */
tl_status tl_quantity_count(struct tl_frac *out, const struct tl_key *quantity, const struct tl_alloc_request *request,
                            const struct tl_member *member, const char *size_class, struct tl_err *err) TL_MUST_CHECK;

#endif
