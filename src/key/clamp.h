/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Floor and cap: a total split in proportion to weights, where nobody gets less than its floor or more than its
 * cap, and what they move is redistributed over the others, in proportion to their weights, until nothing moves.
 *
 * That fixed point is unique: there is one factor such that everybody gets
 *     factor x weight, but at least the floor and at most the cap,
 * and these sum to the total. The sum rises with the factor and bends only where somebody leaves its floor or
 * reaches its cap, so the bends are sorted and walked once: exact, and O(n log n) where repeating rounds can take
 * n of them (Bitran & Hax, Disaggregation and Resource Allocation Using Convex Knapsack Problems with Bounded
 * Variables, Management Science 27, 1981; Stefanov, Separable Optimization, 2001, ch. 6).
 */
#ifndef TILSLUT_KEY_CLAMP_H
#define TILSLUT_KEY_CLAMP_H

#include <stddef.h>
#include <stdint.h>

#include "numbers.h"
#include "tilslut/base/status.h"

typedef enum tl_clamp_state { TL_CLAMP_AT_FLOOR, TL_CLAMP_FREE, TL_CLAMP_AT_CAP } tl_clamp_state;

/* The factor is rest / free_weight (of the integer weights); free_weight is 0 when nobody is free. */
struct tl_clamp {
    mpz_t rest;        /* the total less what those at floor and cap get */
    mpz_t free_weight; /* the weights of the others, summed */
};

void tl_clamp_init(struct tl_clamp *clamp);
void tl_clamp_release(struct tl_clamp *clamp);

/* `total` >= 0 and 0 <= least[i] <= most[i]; most[i] may be INT64_MAX for no cap. states[i] tells where each ended.
 * TL_ERR_INFEASIBLE without a message of its own when the floors sum to more or the caps to less than the total
 * (a member with weight 0 stays at its floor); TL_ERR_MEMORY. */
tl_status tl_clamp_solve(struct tl_clamp *out, tl_clamp_state *states, int64_t total, const struct tl_numbers *weights,
                         const int64_t *least, const int64_t *most, struct tl_err *err) TL_MUST_CHECK;

#endif
