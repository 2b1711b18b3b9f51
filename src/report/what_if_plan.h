/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the sheet "Hvad nu hvis" can compute, and with which numbers: everybody who could be in, the cells that can be
 * changed, and of each line what its formulas need of each member, as whole numbers. what_if_plan.c reads it off the
 * terms and the widest year, what_if_prices.c and what_if_keys.c of the lines with a price and with a budget;
 * what_if_solve.c computes with it as the formulas do, which tells whether they come to tilslut's amounts.
 *
 * A spreadsheet computes with doubles, and its readers take two numbers for equal that differ by less than one part in
 * 10^14 or so. So every number that the formulas compare or divide stays below TL_WHAT_IF_MAX, where whole numbers are
 * exact and told apart, and what would pass it is divided digit by digit.
 */
#ifndef REPORT_WHAT_IF_PLAN_H
#define REPORT_WHAT_IF_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/report/budget_xlsx.h"

#define TL_WHAT_IF_MAX INT64_C(100000000000000)

enum {
    TL_WHAT_IF_FINEST = 10000, /* markups in hundredths of a percent, prices per unit in hundredths of an øre */
    TL_WHAT_IF_PARTS_MAX = 4,  /* of a key's mix */
    TL_WHAT_IF_LIMBS_MAX = 8
};

/* A number that the reader can change: as decided, and as tried. Amounts in minor units but for a price per unit. */
struct tl_what_if_cell {
    const char *label;
    bool has_decided, has_tried; /* false: blank */
    int64_t decided, tried;
};

/* A factor as a quotient of whole numbers. */
struct tl_what_if_factor {
    int64_t numerator, denominator;
};

/* An index: amount x numerator / denominator, rounded to the unit. */
struct tl_what_if_index {
    bool follows;
    int64_t numerator, denominator, unit;
    tl_rounding rounding;
};

/* What a line with a price needs of a member. */
struct tl_what_if_price {
    size_t first_cell; /* of its price, */
    bool by_class;     /* and whether the class counts from there */
    bool in_association;
    struct tl_what_if_factor quantity, part; /* part: of passive members, after rebates, nothing for a waiver */
    int64_t rebate_minor;
    int64_t present, ticks;
    bool is_agreed;
    int64_t agreed_minor; /* of the year, for its time */
};

/* What a line with a budget needs of a member. */
struct tl_what_if_claim {
    int64_t quantities[TL_WHAT_IF_PARTS_MAX]; /* of its own class */
    int64_t *by_class;                        /* parts x classes, where the key names classes */
    bool is_agreed;
    int64_t agreed_minor;
    int64_t carried; /* in 1/TL_CARRY_PARTS of a minor unit */
};

struct tl_what_if_line {
    const struct tl_line *line;
    const char *refusal;  /* why the formulas don't follow, in Danish; NULL when they do */
    size_t option;        /* that it asks for; option_count of the plan for none */
    bool *can;            /* by member: who is in it, having joined and with the option */
    int64_t *fixed_minor; /* by member: what tilslut comes to, shown where the formulas don't follow */
    struct tl_what_if_index index;
    int64_t unit;
    /* priced */
    struct tl_what_if_cell *prices;
    size_t price_count;
    int64_t price_scale; /* of a krone: 100, or more for a price per unit that needs it */
    bool has_markup;
    int64_t markup_scale; /* 100 for whole percents, or TL_WHAT_IF_FINEST */
    struct tl_what_if_cell markup_member, markup_other;
    struct tl_what_if_price *priced; /* by member */
    /* budgeted */
    struct tl_what_if_cell budget, floor, cap;
    struct tl_what_if_factor floor_share, cap_share; /* of the budget, where no amount is tried; 0/1 for none */
    size_t part_count;
    int64_t part_factors[TL_WHAT_IF_PARTS_MAX], factor_sum; /* the part's weight is factor / sum */
    bool names_classes, carries;
    struct tl_what_if_claim *claims; /* by member */
    int64_t base;                    /* of the digits in which amounts are divided */
    size_t limb_count;               /* digits of an amount */
};

struct tl_what_if {
    const struct tl_budget_facts *facts;
    struct tl_arena *arena;
    const struct tl_member **members; /* everybody who could be in, by code */
    size_t member_count;
    bool *in_decided, *in_tried; /* by member */
    const char **options;
    const char **option_names;
    size_t option_count;
    bool *took_decided, *took_tried; /* by member x option */
    struct tl_what_if_cell *bounds;  /* of the size classes but the last, in the measure's unit */
    size_t class_count;
    bool boundaries_follow;              /* the bounds are whole numbers, and can be changed */
    size_t *class_fixed;                 /* by member: from 1; 0 where its figure decides */
    size_t *class_decided, *class_tried; /* by member: from 1; 0 for none */
    const struct tl_figure **figures;    /* by member: of the reference measure; NULL for none */
    struct tl_what_if_line *lines;
    size_t line_count;
};

/* In the arena. TL_ERR_MEMORY. */
tl_status tl_what_if_plan(struct tl_what_if *out, const struct tl_budget_facts *facts, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* The parts of a plan that only lines with a price, or with a budget, have; they refuse a line that they can't read. */
tl_status tl_what_if_read_prices(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at,
                                 struct tl_err *err) TL_MUST_CHECK;
tl_status tl_what_if_read_keys(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at,
                               struct tl_err *err) TL_MUST_CHECK;

/* Which of the two settings is computed with. */
typedef enum tl_what_if_setting { TL_WHAT_IF_DECIDED, TL_WHAT_IF_TRIED } tl_what_if_setting;

/* Whether a member is in a line. */
bool tl_what_if_is_in(const struct tl_what_if *plan, const struct tl_what_if_line *line, size_t member,
                      tl_what_if_setting setting);
size_t tl_what_if_class(const struct tl_what_if *plan, size_t member, tl_what_if_setting setting);
/* A cell as it is set; *has is false for a blank one. */
int64_t tl_what_if_value(bool *has, const struct tl_what_if_cell *cell, tl_what_if_setting setting);
/* An amount after the line's index; halves away from zero. */
int64_t tl_what_if_indexed(const struct tl_what_if_index *index, int64_t amount, int64_t scale);

#endif
