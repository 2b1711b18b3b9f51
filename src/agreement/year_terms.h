/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a year takes from other terms than its own: the joining fees of those who signed other versions, and what is
 * charged once by versions that begin within the year.
 */
#ifndef TILSLUT_AGREEMENT_YEAR_TERMS_H
#define TILSLUT_AGREEMENT_YEAR_TERMS_H

#include "tilslut/agreement/product_year.h"

/* Gives every member whose membership begins in `year` the terms it signed, where they are not the year's. */
tl_status tl_year_terms_of_members(struct tl_product_year *product_year, int year, struct tl_err *err) TL_MUST_CHECK;

/* Adds the lines that the year's terms lack to them: the joining fees of terms that a member who begins signed, and
 * what other versions that begin in the year charge once; of a roster that was looked `ahead` at by so many years. */
tl_status tl_year_terms_add_lines(struct tl_product_year *product_year, int ahead, struct tl_err *err) TL_MUST_CHECK;

/* Keeps the year's terms for the members who signed them, and makes room for others, which take over. */
tl_status tl_year_terms_make_room(struct tl_product_year *product_year, struct tl_err *err) TL_MUST_CHECK;

void tl_year_terms_release(struct tl_product_year *product_year);

#endif
