/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What-if: changes to a year of a product that are tried out and never recorded.
 *
 *     join=0461,0851               members join on 1 January, or as their drafts say
 *     leave=0101                   members left before the year
 *     take.hosting=0461            members have an option all the year
 *     drop.hosting=0101            members do without one
 *     budget.development=1500000   a budget
 *     price.maintenance=30000      a flat price, a price per unit, or a price that is not yet known
 *     price.maintenance.Stor=45000 the price of a size class
 *     markup.maintenance.other=40% a markup, of member or other
 *     key.development=population   a key; it may name those of the terms
 *     floor.development=6000       a floor, or none
 *     cap.development=none         a cap, or none
 *     boundary.Mellem=65000        the bound of a size class, which stays below or up to it
 *     figure.population.0751=380000  a figure on the reference date
 *     year=2027                    another year
 */
#ifndef TILSLUT_AGREEMENT_WHAT_IF_H
#define TILSLUT_AGREEMENT_WHAT_IF_H

#include <stddef.h>

#include "tilslut/agreement/product_year.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* The year that the changes move to, or `year` when none does. TL_ERR_USAGE: a year that is none, or two of them. */
tl_status tl_what_if_year(int *out, const char *const *changes, size_t count, int year,
                          struct tl_err *err) TL_MUST_CHECK;

/* Applies the changes, in order, to a year that is loaded and not yet allocated.
 * TL_ERR_USAGE: a change that is none of the above (the hint names the nearest), or that does not fit the line.
 * TL_ERR_NOT_FOUND: a line, class, member, option, measure or party that is not there. TL_ERR_INPUT, TL_ERR_MISSING,
 * TL_ERR_RANGE: an amount, key or number that is none, or could mean two; the place of a key says the column in it.
 * TL_ERR_CONFLICT: a member joins who has joined, or takes what it has. */
tl_status tl_what_if_apply(struct tl_product_year *year, const char *const *changes, size_t count,
                           struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
