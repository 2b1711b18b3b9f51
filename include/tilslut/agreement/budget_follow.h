/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Budget follow-up (budgetopfølgning): budget against actual of a product's year by account and quarter, with a
 * forecast to the year's end. The steering group's fixed item, so that what the commands and the workbook show is this.
 */
#ifndef TILSLUT_AGREEMENT_BUDGET_FOLLOW_H
#define TILSLUT_AGREEMENT_BUDGET_FOLLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/budget.h"
#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

enum { TL_FOLLOW_YEAR = TL_BUDGET_QUARTERS, TL_FOLLOW_COLUMNS };

/* What one quarter, or the year, comes to. */
struct tl_follow_amount {
    struct tl_money budget, actual;
    struct tl_money forecast; /* what it is expected to come to; equal to actual once the quarter has ended */
    bool has_begun;           /* by the date; true for the year */
    /* actual - budget of a quarter that has begun; forecast - budget of the year; zero of what has not begun */
    struct tl_money deviation;
};

/* An account that has a budget or anything posted. Incomes and costs are positive. */
struct tl_follow_row {
    const char *account, *name_da, *name_en;
    bool is_income;
    struct tl_follow_amount amounts[TL_FOLLOW_COLUMNS]; /* the quarters, then the year */
};

struct tl_budget_follow {
    const struct tl_product *product;
    int year;
    struct tl_date date;          /* entries dated up to then are counted */
    bool has_budget;              /* false: no budget was known */
    int version;                  /* of the budget */
    const char *basis, *decision; /* of the budget; "" where there is none */
    struct tl_follow_row *rows;   /* incomes by account, then costs */
    size_t row_count, income_count;
    struct tl_follow_amount income[TL_FOLLOW_COLUMNS], cost[TL_FOLLOW_COLUMNS];
    struct tl_follow_amount result[TL_FOLLOW_COLUMNS]; /* income less cost */
    /* what the product pays to the shared secretariat by a rate that is decided for the year: booked up to the date, a
     * part of the costs above; and what the rate comes to for the forecast of the income */
    bool has_share;
    struct tl_money share_booked, share_forecast;
    const char *share_to;    /* the secretariat's product */
    struct tl_money carried; /* from the year before to this one's pot, by decision; in none of the sums above */
};

/* Reads the follow-up of a product's year on a date, with what tl_store_known allows to see; in the arena.
 *
 * The forecast of a quarter that has ended is what was posted. That of any other is its budget, or what was posted
 * already where that is more. TL_ERR_NOT_FOUND: no such product. TL_ERR_RANGE. */
tl_status tl_budget_follow_read(struct tl_budget_follow *out, struct tl_store *store, const char *product, int year,
                                struct tl_date date, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
