/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Accruals (periodisering): an amount for a period that reaches over a year's end, split between the years by days.
 */
#ifndef TILSLUT_KEY_ACCRUAL_H
#define TILSLUT_KEY_ACCRUAL_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"

enum { TL_ACCRUAL_YEARS_MAX = 20 };

/* What falls on one year. */
struct tl_accrual_part {
    int year;
    struct tl_period period; /* its days of the whole */
    int32_t days;
    struct tl_money amount;
};

struct tl_accrual {
    struct tl_accrual_part parts[TL_ACCRUAL_YEARS_MAX]; /* by year, one for each year of the period */
    size_t count;
};

/* Splits an amount by the days of each year, to the øre: the parts sum to it, and each is its exact share rounded down
 * or up (largest remainder; ties to the longer, then the earlier year). A credit is split as the amount it takes back.
 * TL_ERR_INPUT: a period that ends before it begins, or reaches over more than TL_ACCRUAL_YEARS_MAX years. */
tl_status tl_accrual_split(struct tl_accrual *out, struct tl_money amount, struct tl_period period,
                           struct tl_err *err) TL_MUST_CHECK;

#endif
