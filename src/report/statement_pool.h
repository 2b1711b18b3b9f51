/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Rounding a pool anew, from the same fractions: what the sheet Fordeling does as formulas, and `tilslut check` with
 * what a file says.
 */
#ifndef REPORT_STATEMENT_POOL_H
#define REPORT_STATEMENT_POOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"

/* Splits a budget in whole units by largest remainder of the running entitlement, budget x weight / sum of weights +
 * what is carried in; ties go to the larger weight, then to the lower index; nobody gets less than nothing; what is
 * smaller than a unit goes to the next in line. Texts are fractions as tl_frac_text writes them. *fits is false, and
 * the results mean nothing, where a plain largest remainder does not come to the budget. TL_ERR_INPUT: no such
 * fractions. TL_ERR_MEMORY. */
struct statement_claim {
    const char *weight, *carried_in;
};
struct statement_result {
    int64_t part_minor;  /* what it comes to */
    int64_t whole_minor; /* rounded down to whole units */
    double rest;         /* of a unit: to be shown, not to be counted with */
    size_t rank;         /* in the queue for what is left, from 1 */
};
tl_status statement_pool_split(struct statement_result *results, bool *fits, const struct statement_claim *claims,
                               size_t count, int64_t budget_minor, int64_t unit_minor,
                               struct tl_err *err) TL_MUST_CHECK;

/* Whether a pool is plain, and its shares are what the split gives: only then is it told as formulas. */
tl_status statement_pool_is_live(bool *is_live, const struct tl_statement_pool *pool, struct tl_err *err) TL_MUST_CHECK;

#endif
