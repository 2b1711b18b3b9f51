/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A budgeted line on the way. alloc_budget.c takes the steps that concern the whole line and cuts it into segments,
 * alloc_fixed.c what is agreed or taken off first, alloc_segment.c shares a segment out (alloc_share.c fills in the
 * shares, alloc_carry.c what is carried on), alloc_bounds.c holds floor and cap, alloc_publish.c rounds shares to
 * percents, alloc_working.c writes it all down.
 */
#ifndef TILSLUT_KEY_ALLOC_BUDGET_H
#define TILSLUT_KEY_ALLOC_BUDGET_H

#include "alloc_run.h"
#include "clamp.h"
#include "numbers.h"

/* What one member bears whatever the key says; amounts of the billed period. */
struct tl_alloc_fixed {
    const struct tl_agreed_amount *agreed;
    const struct tl_first_share *first_share;
    int64_t agreed_minor, first_minor;
    const char *first_text; /* `1200000.00 x 25%` */
};

struct tl_alloc_budget {
    struct tl_line_result *result;
    struct tl_alloc_run *run;
    const struct tl_line *line;
    const struct tl_alloc_scope *scope;
    int64_t unit;
    int64_t year_minor;           /* the year's budget, after indexation */
    const char *year_text;        /* how it came about */
    struct tl_alloc_fixed *fixed; /* one per member of the scope; NULL when there is none */
    struct tl_frac *carried;      /* one per member of the scope; NULL while all are zero */
    bool carries;                 /* fractions are carried from segment to segment */
    struct tl_frac unplaced;      /* what their rounding has left in sum, in 1/TL_CARRY_PARTS of a minor unit */
    bool has_floor, has_cap;
    int64_t floor_minor, cap_minor; /* of the year */
};

/* One segment on the way. "Keyed" members are those the key shares the rest among. */
struct tl_alloc_segment {
    struct tl_alloc_budget *budget;
    struct tl_segment *segment;
    struct tl_tick_range range;
    size_t *present; /* indices into the scope */
    size_t present_count;
    size_t *keyed; /* indices into `present` */
    const struct tl_member **keyed_members;
    size_t keyed_count;
    int64_t *fixed_minor; /* one per present member */
    int64_t fixed_total;  /* with what goes to accounts */
    int64_t pool_minor;   /* the segment's budget less fixed_total */
    /* Exact amounts are counted in 1/scale of a minor unit: the rest that the key shares out is
     * budget of the period x time - fixed_total, which need not be whole minor units. */
    int64_t scale;
    mpz_t rest;
    struct tl_alloc_source source;
    struct tl_key_source key_source;
    struct tl_key_weights weights;
    struct tl_clamp clamp;
    int64_t *least, *most; /* bounds in 1/scale of a minor unit; NULL when there are none */
    tl_clamp_state *states;
    int64_t *published; /* units of 1/published_whole; NULL when shares are not published */
    int64_t published_whole;
    struct tl_numbers entitlements; /* minor units */
    struct tl_numbers claims;       /* the same with what is carried; without values while nothing is */
    int64_t *amounts;
};

/* Reads agreed amounts and first shares, fills the result's account shares. TL_ERR_NOT_FOUND, TL_ERR_INPUT. */
tl_status tl_alloc_read_fixed(struct tl_alloc_budget *budget, struct tl_err *err) TL_MUST_CHECK;

/* What of an amount of the billed period falls on a segment, so that segments sum to it. */
int64_t tl_alloc_segment_part(int64_t period_minor, const struct tl_alloc_segment *segment);

/* Allocates a segment into the shares from `first_share` on. */
tl_status tl_alloc_segment(struct tl_alloc_budget *budget, struct tl_segment *segment, struct tl_tick_range range,
                           struct tl_share *first_share, struct tl_err *err) TL_MUST_CHECK;

/* What is fixed for a present member, or NULL where nothing is for anybody. */
const struct tl_alloc_fixed *tl_alloc_fixed_of(const struct tl_alloc_segment *segment, size_t present);

/* Fills the shares of a segment that is shared out (alloc_share.c). */
tl_status tl_alloc_fill_shares(struct tl_alloc_segment *segment, struct tl_share *first_share,
                               struct tl_err *err) TL_MUST_CHECK;

/* What each keyed member can claim: its entitlement and what it carries. */
const struct tl_numbers *tl_alloc_claims(const struct tl_alloc_segment *segment);
/* Fills carried_out of the segment's shares, one per present member, and carries it on to the next segment. */
tl_status tl_alloc_carry_on(struct tl_alloc_segment *segment, struct tl_share *shares,
                            struct tl_err *err) TL_MUST_CHECK;

/* Reads the line's bounds. TL_ERR_INFEASIBLE when they contradict each other. */
tl_status tl_alloc_read_bounds(struct tl_alloc_budget *budget, struct tl_err *err) TL_MUST_CHECK;
/* Sets the segment's bounds and solves them. TL_ERR_INFEASIBLE says by how much they miss. */
tl_status tl_alloc_hold_bounds(struct tl_alloc_segment *segment, struct tl_err *err) TL_MUST_CHECK;
tl_clamp_state tl_alloc_state(const struct tl_alloc_segment *segment, size_t keyed);
/* Whether the bounds are whole rounding units that bind the rounded amounts too. */
bool tl_alloc_bounds_bind(const struct tl_alloc_segment *segment);

/* Rounds the shares to the line's published decimals of a percent. TL_ERR_INFEASIBLE when floor and cap leave no such
 * percents. */
tl_status tl_alloc_publish(struct tl_alloc_segment *segment, struct tl_err *err) TL_MUST_CHECK;

/* The parts of the formula that are the same for every member of a segment. */
struct tl_alloc_formula {
    const char *rest;    /* `1200000.00`, `1200000.00 x 73/365` */
    const char *divisor; /* what the weight is divided by; "" for shares that sum to 1 */
};
tl_status tl_alloc_prepare_formula(struct tl_alloc_formula *out, const struct tl_alloc_segment *segment,
                                   struct tl_err *err) TL_MUST_CHECK;
/* Writes the working of present member i, who is keyed member `keyed` (or SIZE_MAX), into `buf`. */
tl_status tl_alloc_write_working(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t present,
                                 size_t keyed, const struct tl_alloc_formula *formula,
                                 struct tl_err *err) TL_MUST_CHECK;

#endif
