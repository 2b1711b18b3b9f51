/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Balancing (udligning): who pays whom, so that what each is short of, or has in excess, is settled with few transfers.
 */
#ifndef TILSLUT_KEY_SETTLE_H
#define TILSLUT_KEY_SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

/* Up to so many members with a difference the number of transfers is the least there can be; finding it takes time that
 * doubles with each member more. */
enum { TL_SETTLE_EXACT_MAX = 16 };

struct tl_transfer {
    size_t from, to;      /* indexes of who pays and who receives */
    int64_t amount_minor; /* above zero */
};

struct tl_settlement {
    struct tl_transfer *transfers; /* by payer, then receiver */
    size_t count;
    bool is_least; /* no fewer transfers settle the differences */
};

/* Settles differences that sum to zero: who has one above zero pays it, who has one below receives it. The members are
 * parted into as many groups as can be whose differences sum to zero; a group of n settles with n - 1 transfers. That
 * is the least there can be up to TL_SETTLE_EXACT_MAX members with a difference; beyond, the largest pays the largest.
 * In the arena. TL_ERR_INPUT: they don't sum to zero. TL_ERR_RANGE: one is larger than an amount can be. */
tl_status tl_settle(struct tl_settlement *out, const int64_t *differences, size_t count, struct tl_arena *arena,
                    struct tl_err *err) TL_MUST_CHECK;

#endif
