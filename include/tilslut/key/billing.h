/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The periods that a year is billed in: the year, two halves, or four quarters, as the terms say. A run of a period
 * bills what is owed for the year up to the end of the period, less what is billed of it already; so the periods of a
 * year sum to the year to the øre, whatever happens between them.
 */
#ifndef TILSLUT_KEY_BILLING_H
#define TILSLUT_KEY_BILLING_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"

enum { TL_BILLING_LABEL_SIZE = 8 };

/* The period of a year by its name: `year` (or `1`), `H1` and `H2`, `Q1` to `Q4`, in letters of either case; NULL is
 * the year where the terms bill yearly. TL_ERR_INPUT: no such name. TL_ERR_USAGE: NULL where there are several.
 * TL_ERR_STATE: a period that these terms don't bill. */
tl_status tl_billing_period(struct tl_period *out, tl_billing billing, int year, const char *name,
                            struct tl_err *err) TL_MUST_CHECK;

/* The period that ends on a day of the year, by its name: `year`, `H1`, `Q3`. */
const char *tl_billing_label(struct tl_period period, char into[TL_BILLING_LABEL_SIZE]);

/* The same in words for members: `2026`, `1. halvår 2026`, `3. kvartal 2026`. */
enum { TL_BILLING_WORDS_SIZE = 24 };
const char *tl_billing_words_da(struct tl_period period, char into[TL_BILLING_WORDS_SIZE]);

#endif
