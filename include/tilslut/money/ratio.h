/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A ratio: a constant that somebody wrote down (a percent, a factor, a figure), as two 64-bit integers
 * in lowest terms. It is a plain value; what is computed from it is a struct tl_frac.
 */
#ifndef TILSLUT_MONEY_RATIO_H
#define TILSLUT_MONEY_RATIO_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/status.h"

struct tl_ratio {
    int64_t numerator;
    int64_t denominator; /* > 0; 0 only in a zeroed struct that holds no ratio */
};

enum { TL_RATIO_TEXT_SIZE = 48, TL_RATIO_DIGITS_MAX = 18 };

/* numerator / denominator in lowest terms; denominator > 0. */
struct tl_ratio tl_ratio_of(int64_t numerator, int64_t denominator);

bool tl_ratio_is_none(struct tl_ratio ratio);
int tl_ratio_compare(struct tl_ratio a, struct tl_ratio b);

/* Reads what a person writes for a share, factor or figure: `25%`, `1,09`, `1.09`, `2/3`, `1200000`,
 * `12,5 %`, not negative. A comma and a dot are both decimal marks here; there are no thousands marks.
 * TL_ERR_INPUT names the text; TL_ERR_RANGE when it, or one of its terms in lowest terms, has more than
 * TL_RATIO_DIGITS_MAX digits. */
tl_status tl_ratio_parse(struct tl_ratio *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

/* The shortest exact form with a decimal dot: `3`, `1.09`, else `2/3`. Returns `into`. */
const char *tl_ratio_text(struct tl_ratio ratio, char into[TL_RATIO_TEXT_SIZE]);
/* The same as a percent: `25%`, `12.5%`; a ratio whose percent has no finite decimals, or too
 * many digits, prints as tl_ratio_text does. What was parsed prints as what parses to the same ratio. */
const char *tl_ratio_percent(struct tl_ratio ratio, char into[TL_RATIO_TEXT_SIZE]);

#endif
