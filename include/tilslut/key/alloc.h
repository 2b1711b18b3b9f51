/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Allocation: one pure function of terms, members, figures and a period. It returns lines, each with its
 * whole working; everything that is printed, billed or compared is this result.
 *
 * A joining fee is fixed at signature (domain 5.10): price, classes, index, markup, rebates and waiver are those of the
 * terms that the member signed, account and VAT those of the line that is allocated.
 *
 * Pro rata is by rule (domain 5.16), and a unit of time that has begun counts whole. Where a membership is handed over
 * within a unit, it is charged exactly once, to whoever had it first: the begun month or quarter, and all of the period
 * on lines that follow no time or go by the half year. Days never overlap.
 *
 * The order of the members in the input never changes a result: shares come ordered by member code. The steps, and
 * the order they are taken in, stand in src/key/README.md.
 */
#ifndef TILSLUT_KEY_ALLOC_H
#define TILSLUT_KEY_ALLOC_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/money/frac.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

/* A figure is always (member, measure, date, value, source). */
struct tl_figure {
    const char *measure;
    struct tl_date holds_on;
    struct tl_ratio value; /* not negative */
    const char *source;
};

typedef enum tl_association {
    TL_ASSOCIATION_NOT_RECORDED, /* counts as TL_ASSOCIATION_OTHER; callers tell the user */
    TL_ASSOCIATION_MEMBER,
    TL_ASSOCIATION_OTHER
} tl_association;

/* An option (such as hosting) that a member took, from a date to a date (none: still taken). */
struct tl_option_taken {
    const char *option;
    struct tl_date first, last;
};

/* One member of the agreement, as known to the caller. Everything is borrowed. */
struct tl_member {
    const char *code, *name;
    tl_association association;
    struct tl_date signed_on;
    struct tl_date first, last;      /* of the membership; `last` none while it runs */
    const struct tl_period *earlier; /* days of memberships that ended before `first` */
    size_t earlier_count;
    bool was_taken_over;           /* it carries on another member's, whose joining fee is not charged again */
    const char *const *taken_from; /* from whom: what they pay for a unit of time is not charged again in it */
    size_t taken_from_count;
    const struct tl_option_taken *options;
    size_t option_count;
    const char *const *waivers; /* tags, with evidence recorded elsewhere */
    size_t waiver_count;
    const char *class_by_hand; /* a size class set with a reason, for members without inhabitants; or NULL */
    const char *class_reason;
    const struct tl_figure *figures; /* any measures, any dates; at most one per (measure, date) */
    size_t figure_count;
    const char *const *groups; /* codes of the groups it belongs to */
    size_t group_count;
    bool is_passive;
    const char *class_frozen;            /* the class it keeps whatever its figures say; or NULL */
    int class_frozen_until;              /* the last year it keeps it */
    const struct tl_terms *signed_terms; /* that it signed, which fix its joining fee; NULL: those that are allocated */
    int signed_version;
};

/* One stretch of the period in which a budgeted line has the same members; allocated on its own. */
struct tl_segment {
    struct tl_period period;
    struct tl_ratio time;   /* its part of the billed period: 73/365; 1 where nothing cuts it */
    struct tl_money budget; /* the segments' budgets sum to the line's budget of the period */
    struct tl_money to_key; /* what the key shares out: less agreed amounts and first shares */
    struct tl_frac weight_sum;
    size_t member_count;
};

/* A value of an index, such as KL's estimate of wages and prices. */
struct tl_index_value {
    const char *index;
    struct tl_date holds_on;
    struct tl_ratio value; /* above zero */
    const char *source;
};

/* One member's part of one line, or of one segment of it, with its working. The fractions lie in the arena of the
 * allocation: read or copy them, never change or release them. */
struct tl_share {
    const struct tl_member *member;
    struct tl_period period;
    const struct tl_figure *figure;         /* decided the class or carried the key; NULL when none was needed */
    const struct tl_size_class *size_class; /* NULL when the line has no price per class */
    bool class_is_by_hand;
    /* priced lines: price x (1 + markup); the agreed amount where there is one */
    struct tl_money price;
    struct tl_ratio markup; /* 0/1 when there is none */
    const char *waived;     /* the waiver that made the amount zero, or NULL */
    /* budgeted lines: budget x weight / sum of weights */
    struct tl_frac weight;
    struct tl_frac share;
    const char *working;     /* how amount came about, as a formula that holds in any language */
    struct tl_frac exact;    /* minor units before rounding (after floor and cap) */
    struct tl_frac rounding; /* amount - exact, minor units */
    struct tl_money amount;
    struct tl_ratio time; /* the part of the billed period that counts: 1, 184/365 */
    bool class_is_frozen;
    /* priced lines */
    struct tl_money price_before_index;     /* where it differs from `price` */
    const struct tl_line *fixed;            /* of the terms that the member signed, where they fix the fee; or NULL */
    const struct tl_price_step *price_step; /* that the date of signing chose; or NULL */
    bool pays_as_passive;
    struct tl_money rebate;  /* what its rebates took off the year's price, rounded to the øre */
    struct tl_money gross;   /* what the amount would be without what reduces it */
    const char *reduced_for; /* what made it less: "passive, rebate funded-2.0", "waiver funded-3.0"; "" for nothing */
    const struct tl_agreed_amount *agreed; /* that overrides the price or the key; or NULL */
    /* budgeted lines */
    const struct tl_segment *segment; /* NULL on priced lines */
    const struct tl_first_share *first_share;
    struct tl_ratio published;              /* the share as published, after floor and cap; none: not published */
    struct tl_frac carried_in, carried_out; /* minor units left from earlier periods, and for later ones */
};

/* A first share that goes to an account and to no member. */
struct tl_account_share {
    const struct tl_first_share *first_share;
    const char *working;
    struct tl_money amount;
};

/* One line of the terms, allocated. */
struct tl_line_result {
    const struct tl_line *line;
    bool known;           /* false: the price is not yet known, shares have no amounts, the line cannot be billed */
    const char *key_text; /* canonical key, or NULL for a priced line */
    struct tl_frac weight_sum; /* of the first segment; struct tl_segment has that of each */
    struct tl_share *shares;   /* by member code, then by the first day of the segment */
    size_t share_count;
    struct tl_money total; /* the sum of the amounts; with account_total the budget, to the øre, on a budgeted line */
    /* what an index changed; NULL where the line follows none */
    const struct tl_index_value *index_base, *index_now;
    /* budgeted lines */
    struct tl_money budget;     /* of the billed period, after indexation; zero in a year the line is not charged */
    const char *budget_working; /* how it came about: `1200000.00`, `round(1200000.00 x 118.3/115.2, 0.01) x 3/12` */
    struct tl_segment *segments;
    size_t segment_count;
    struct tl_account_share *account_shares;
    size_t account_share_count;
    struct tl_money account_total;
};

/* A member whose amount on a priced line could not be computed. */
struct tl_left_out {
    const struct tl_member *member;
    const char *line_id;
    const struct tl_err *why;
};

struct tl_allocation {
    struct tl_arena arena;
    const struct tl_terms *terms; /* borrowed from the request */
    int year;
    struct tl_period period;
    struct tl_date reference_date;
    struct tl_line_result *lines; /* in the order of the terms */
    size_t line_count;
    struct tl_money total;
    struct tl_left_out *left_out; /* where the request asks for it; in the order of the lines, then by member code */
    size_t left_out_count;
};

#define TL_ALLOCATION_EMPTY                                                                                            \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

/* Fractions are carried in whole parts of a minor unit of this size, so that they stay short however often a year is
 * cut; over the members of a line they still sum exactly to what they did before the period. */
#define TL_CARRY_PARTS INT64_C(1000000000)

/* What rounding left to a member on a line in earlier periods: the last share's carried_out. */
struct tl_carry {
    const char *line_id, *member_code;
    struct tl_frac fraction; /* minor units */
    int year;                /* that was billed last; for whoever puts carries together */
};

struct tl_alloc_request {
    const struct tl_terms *terms;
    int year;
    const struct tl_member *members; /* active at some time in the period or not; those who are not get nothing */
    size_t member_count;
    /* from here on zero means that there is nothing of it */
    struct tl_period period;        /* whole months within the year; none: the year */
    const struct tl_carry *carries; /* at most one per line and member */
    size_t carry_count;
    const struct tl_index_value *index_values; /* at most one per index and date */
    size_t index_value_count;
    bool leaves_out;  /* a priced line goes on without who lacks what its price needs, and tells in `left_out`; a
                         budgeted line never does, since the others would pay for it */
    bool prices_only; /* prices, budgets and indexes without members, and so without shares: for a price list */
};

/* Allocates every line of the terms over the members for the period. The request must outlive the result.
 * TL_ERR_MISSING: a member lacks a figure, a date of signing or a weight in the key, or an index a value (named).
 * TL_ERR_INFEASIBLE: no member is in the scope of a budgeted line, all weights are zero, floor and cap cannot hold,
 * or agreed amounts and first shares leave less than nothing.
 * TL_ERR_INPUT: a member code twice, a class that the terms do not have, a period that is no whole months of the
 * year. TL_ERR_NOT_FOUND: an agreed amount or first share of an unknown member. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_alloc(struct tl_allocation *out, const struct tl_alloc_request *request, struct tl_err *err) TL_MUST_CHECK;

void tl_allocation_release(struct tl_allocation *allocation);

/* The result for a line id, or NULL. Borrowed. */
const struct tl_line_result *tl_allocation_line(const struct tl_allocation *allocation, const char *line_id);
/* A member's share of a line (the first, where segments give it several), or NULL when the member is not in its
 * scope. Borrowed. */
const struct tl_share *tl_line_result_share(const struct tl_line_result *result, const char *member_code);
/* The same, with how many shares of that member follow one another in *count. */
const struct tl_share *tl_line_result_shares(const struct tl_line_result *result, const char *member_code,
                                             size_t *count);
/* An amount of the terms as it is in the allocated year: x the line's index, rounded by its rule; the amount itself
 * where the line has no index. TL_ERR_RANGE. */
tl_status tl_line_result_index(struct tl_money *out, const struct tl_line_result *result, struct tl_money amount,
                               struct tl_err *err) TL_MUST_CHECK;
/* Why a member was left out of a line, the first of them; NULL when it was not. Borrowed. */
const struct tl_left_out *tl_allocation_left_out(const struct tl_allocation *allocation, const char *member_code);
/* The sum of a member's amounts over all known lines. */
tl_status tl_allocation_member_total(struct tl_money *out, const struct tl_allocation *allocation,
                                     const char *member_code, struct tl_err *err) TL_MUST_CHECK;

#endif
