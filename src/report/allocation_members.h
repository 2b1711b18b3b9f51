/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who has a share in an allocation.
 */
#ifndef REPORT_ALLOCATION_MEMBERS_H
#define REPORT_ALLOCATION_MEMBERS_H

#include "tilslut/key/alloc.h"

/* The members with a share in any line, by code, each once. */
struct tl_allocation_members {
    const struct tl_member **items;
    size_t count;
};

/* In the arena. TL_ERR_MEMORY. */
tl_status tl_allocation_members_find(struct tl_allocation_members *out, const struct tl_allocation *allocation,
                                     struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The first share of a member that a size class decided, or NULL. */
const struct tl_share *tl_allocation_members_classed(const struct tl_allocation *allocation, const char *code);

#endif
