/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The outlook: a product's years to come, with budgets and prices that follow an index and members who join.
 */
#ifndef TILSLUT_AGREEMENT_OUTLOOK_H
#define TILSLUT_AGREEMENT_OUTLOOK_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

/* Parties who join from 1 January of a year. */
struct tl_outlook_joining {
    int year;
    const char *codes; /* `0461,0851` */
};

struct tl_outlook_request {
    const char *product;
    int year;               /* the first, as recorded */
    size_t years;           /* 1 to TL_OUTLOOK_YEARS_MAX */
    struct tl_ratio growth; /* a year, such as 25/1000; 0 for none */
    const struct tl_outlook_joining *joinings;
    size_t joining_count;
};

enum { TL_OUTLOOK_YEARS_MAX = 30 };

struct tl_outlook_year {
    int year;
    size_t members;               /* who pay something */
    struct tl_money annual, once; /* joining fees and one-off lines are paid once */
    struct tl_money per_member;   /* annual / members, rounded half up */
};

/* The years, in the arena. Figures and index values stay those of the first year, since the later ones are not out;
 * every amount of the terms grows by `growth` each year and is rounded to whole kroner (a price per unit to six
 * decimals). Members come, go, and take or drop options as it is recorded, and as the joinings say. Nothing is
 * recorded. Statuses of tl_product_year_compute and tl_what_if_apply; TL_ERR_RANGE: too many years, or amounts beyond
 * what is handled. */
tl_status tl_outlook_compute(struct tl_outlook_year **out, struct tl_store *store,
                             const struct tl_outlook_request *request, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
