/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A product's year with everybody in it who could be: the members as recorded, every party that could join and has the
 * figures that the terms ask for, and everybody with every option. A what-if that lets members come and go, and take
 * and drop options, picks from it: who is in a line, when, in which class and at which price. The amounts of budgeted
 * lines mean nothing, since floors, caps, published shares and what is fixed for a member are left out of the terms.
 */
#ifndef TILSLUT_AGREEMENT_WIDEST_YEAR_H
#define TILSLUT_AGREEMENT_WIDEST_YEAR_H

#include "tilslut/agreement/product_year.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Loads and allocates the widest year; release it whatever the status. Who is in is so as recorded; who is not joins as
 * `join` of what-if lets them (what_if.h); who lacks an option in the year has it as `take` does. A party whom the terms
 * don't reach, since a figure is missing, is left out; so are all of them, and the options, where a key has room for
 * its own members only. Statuses of tl_product_year_load and tl_alloc. */
tl_status tl_widest_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                 struct tl_err *err) TL_MUST_CHECK;

/* Whether a member has an option at some time in a year. */
bool tl_widest_year_has_option(const struct tl_member *member, const char *option, int year);

#endif
