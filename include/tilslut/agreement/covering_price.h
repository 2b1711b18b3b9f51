/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Which prices cover a budget with the members there are: the present prices scaled alike, so that the classes keep
 * their proportions, and then rounded.
 */
#ifndef TILSLUT_AGREEMENT_COVERING_PRICE_H
#define TILSLUT_AGREEMENT_COVERING_PRICE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/product_year.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"

/* One set of prices that covers the budget. */
struct tl_covering_price {
    struct tl_money *prices; /* one per size class of the terms, or one flat price */
    struct tl_money income, surplus;
};

enum { TL_COVERING_PRICE_MAX = 10, TL_COVERING_PRICE_CLASSES_MAX = 10 };

/* The sets of rounded prices of a line that cover `budget` (above zero), smallest surplus first, at most
 * TL_COVERING_PRICE_MAX; in the arena. Each price is the scaled one rounded down or up to `round_to_minor`; one that
 * nobody pays, to the nearest. `year` is loaded, and stays as it is. TL_ERR_NOT_FOUND: no such line. TL_ERR_USAGE: a
 * line with a budget, with prices that cannot be scaled, or a price not known. TL_ERR_INFEASIBLE: nobody pays by the
 * line, or rounding keeps it from covering. TL_ERR_RANGE: more than TL_COVERING_PRICE_CLASSES_MAX classes, or prices
 * beyond what is handled. */
tl_status tl_covering_price_find(struct tl_covering_price **out, size_t *count, const struct tl_product_year *year,
                                 const char *line_id, struct tl_money budget, int64_t round_to_minor,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
