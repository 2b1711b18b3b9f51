/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What-if: changes to a year of a product that are tried out and never recorded.
 *
 *     join=0461,0851              members join from 1 January          leave=0101          members leave before it
 *     take.hosting=0461           members take an option               drop.hosting=0101   members drop one
 *     budget.development=1500000  a budget                             price.maintenance=30000,
 * price.maintenance.Stor=45000 key.development=population  a key                                boundary.Mellem=65000
 * a class's boundary floor.development=6000      a floor, or none                     cap.development=none   a cap, or
 * none figure.population.0751=380000  a figure on the reference date    year=2027              another year
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
 * TL_ERR_USAGE: a change that is none of the above (the hint names the nearest). TL_ERR_NOT_FOUND: a line, class,
 * member, option or party that is not there. TL_ERR_INPUT: an amount, key or number that is none. TL_ERR_CONFLICT: a
 * member joins who has joined. */
tl_status tl_what_if_apply(struct tl_product_year *year, const char *const *changes, size_t count,
                           struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
