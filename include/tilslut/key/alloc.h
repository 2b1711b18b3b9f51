/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Allocation: one pure function of terms, members, figures and a year. It returns lines, each with its
 * whole working; everything that is printed, billed or compared is this result.
 *
 * The order of the members in the input never changes a result: shares come ordered by member code.
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
    struct tl_date first, last; /* of the membership; `last` none while it runs */
    const struct tl_option_taken *options;
    size_t option_count;
    const char *const *waivers; /* tags, with evidence recorded elsewhere */
    size_t waiver_count;
    const char *class_by_hand; /* a size class set with a reason, for members without inhabitants; or NULL */
    const char *class_reason;
    const struct tl_figure *figures; /* any measures, any dates; at most one per (measure, date) */
    size_t figure_count;
};

/* One member's part of one line, with its working. The fractions lie in the arena of the allocation: read or copy
 * them, never change or release them. */
struct tl_share {
    const struct tl_member *member;
    struct tl_period period;
    const struct tl_figure *figure;         /* decided the class or carried the key; NULL when none was needed */
    const struct tl_size_class *size_class; /* NULL when the line has no price per class */
    bool class_is_by_hand;
    /* priced lines: price x (1 + markup) */
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
};

/* One line of the terms, allocated. */
struct tl_line_result {
    const struct tl_line *line;
    bool known;           /* false: the price is not yet known, shares have no amounts, the line cannot be billed */
    const char *key_text; /* canonical key, or NULL for a priced line */
    struct tl_frac weight_sum;
    struct tl_share *shares; /* by member code */
    size_t share_count;
    struct tl_money total; /* the sum of the amounts; the budget, to the øre, for a budgeted line */
};

struct tl_allocation {
    struct tl_arena arena;
    const struct tl_terms *terms; /* borrowed from the request */
    int year;
    struct tl_date reference_date;
    struct tl_line_result *lines; /* in the order of the terms */
    size_t line_count;
    struct tl_money total;
};

#define TL_ALLOCATION_EMPTY                                                                                            \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

struct tl_alloc_request {
    const struct tl_terms *terms;
    int year;
    const struct tl_member *members; /* active at some time in the year or not; those who are not get nothing */
    size_t member_count;
};

/* Allocates every line of the terms over the members for the year. The request must outlive the result.
 * TL_ERR_MISSING: a member lacks a figure or a class price (names member, measure and date).
 * TL_ERR_INFEASIBLE: no member is in the scope of a budgeted line, all weights are zero, or floor and cap cannot hold.
 * TL_ERR_INPUT: a member code twice, a class set by hand that the terms do not have. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_alloc(struct tl_allocation *out, const struct tl_alloc_request *request, struct tl_err *err) TL_MUST_CHECK;

void tl_allocation_release(struct tl_allocation *allocation);

/* The result for a line id, or NULL. Borrowed. */
const struct tl_line_result *tl_allocation_line(const struct tl_allocation *allocation, const char *line_id);
/* A member's share of a line, or NULL when the member is not in its scope. Borrowed. */
const struct tl_share *tl_line_result_share(const struct tl_line_result *result, const char *member_code);
/* The sum of a member's amounts over all known lines. */
tl_status tl_allocation_member_total(struct tl_money *out, const struct tl_allocation *allocation,
                                     const char *member_code, struct tl_err *err) TL_MUST_CHECK;

#endif
