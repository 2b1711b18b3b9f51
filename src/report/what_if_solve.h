/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A line computed as the formulas of its sheet compute it, step by step and column by column, so that the sheet can be
 * written with its results; and so that a line whose formulas would not come to tilslut's amounts is found out.
 */
#ifndef REPORT_WHAT_IF_SOLVE_H
#define REPORT_WHAT_IF_SOLVE_H

#include "tilslut/money/frac.h"
#include "what_if_plan.h"

__extension__ typedef __int128 tl_what_if_wide;

/* Where a member stands between floor and cap. */
enum { TL_WHAT_IF_AT_FLOOR = -1, TL_WHAT_IF_FREE = 0, TL_WHAT_IF_AT_CAP = 1, TL_WHAT_IF_NOBODY = 9 };

/* Of a member with a share in a budget. Amounts in minor units. */
struct tl_what_if_step {
    bool in, keyed;
    int64_t fixed;                            /* agreed */
    int64_t quantities[TL_WHAT_IF_PARTS_MAX]; /* 0 for who is not keyed */
    int64_t weight;
    /* what all pay in sum where this member stands at its floor, or cap, times its weight */
    tl_what_if_wide floor_reach, cap_reach;
    int state;
    int64_t quotients[TL_WHAT_IF_LIMBS_MAX], rests[TL_WHAT_IF_LIMBS_MAX];
    int64_t whole, fraction; /* the entitlement: whole minor units, and so many parts of the free weight */
    int64_t carry_quotients[TL_WHAT_IF_LIMBS_MAX], carry_rests[TL_WHAT_IF_LIMBS_MAX];
    int64_t raw;                /* the fraction in parts, and what is carried */
    int64_t claim, parts, last; /* with what is carried: minor units, parts of one, and what is left of the last part */
    int64_t start, lack;        /* in whole rounding units; what is lacking to the claim */
    bool takes_part;
    int64_t ahead; /* how many come before this one */
    int64_t given; /* rounding units: 1, 0 or -1 */
    int64_t odd, amount;
};

struct tl_what_if_budget_result {
    int64_t budget, year, fixed, pool, count, least, most;
    int64_t sums[TL_WHAT_IF_PARTS_MAX], weights;
    int64_t rest, free_weight, limbs[TL_WHAT_IF_LIMBS_MAX];
    int64_t left, units, taking_part, odd;
    bool holds; /* the formulas can compute it */
    struct tl_what_if_step *steps;
};

/* Of a member with a price. */
struct tl_what_if_charge {
    bool in, has_price;
    int64_t price, factor;      /* in the line's scale; 1 + markup */
    int64_t year, size, amount; /* the year's amount times its denominator; what is divided last; minor units */
};

struct tl_what_if_price_result {
    bool known, holds;
    struct tl_what_if_charge *charges;
};

/* In the plan's arena. TL_ERR_MEMORY. */
tl_status tl_what_if_solve_budget(struct tl_what_if_budget_result *out, const struct tl_what_if *plan,
                                  const struct tl_what_if_line *line, tl_what_if_setting setting,
                                  struct tl_err *err) TL_MUST_CHECK;
tl_status tl_what_if_solve_price(struct tl_what_if_price_result *out, const struct tl_what_if *plan,
                                 const struct tl_what_if_line *line, tl_what_if_setting setting,
                                 struct tl_err *err) TL_MUST_CHECK;

/* How many digits a fraction of carried parts is divided in, and the power of ten of each. */
size_t tl_what_if_carry_digits(const struct tl_what_if_line *line, int64_t powers[TL_WHAT_IF_LIMBS_MAX]);

/* Refuses the line when the formulas don't come to what was decided. TL_ERR_MEMORY. */
tl_status tl_what_if_prove(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at,
                           struct tl_err *err) TL_MUST_CHECK;

#endif
