/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Numbers as published Danish files write them. Never guess: what could mean two numbers is refused.
 *
 *   632340        digits alone
 *   1.234.567     two or more dots, whole groups of three: dots can only stand between thousands
 *   178,46        a decimal comma; 1.234,5 with whole groups before it
 *   632.34        refused: Danish files print 632.340 so, with its last zero dropped, and others mean decimals
 *   35.090        refused for the same reason
 *   -5 +5 1e6     refused, and so are spaces
 *   0101          refused: a number does not begin with 0, a code does
 */
#ifndef TILSLUT_EXCHANGE_PUBLISHED_NUMBER_H
#define TILSLUT_EXCHANGE_PUBLISHED_NUMBER_H

#include <stdbool.h>

#include "tilslut/base/status.h"
#include "tilslut/money/ratio.h"

/* True for what stands in the place of a missing number (Danmarks Statistik: `..` not available, `.` not
 * possible, `-` nothing, `x` confidential; and nothing at all). It is never zero. */
bool tl_published_number_is_missing(const char *text);

/* Reads a number, not negative. TL_ERR_MISSING for what tl_published_number_is_missing names; TL_ERR_INPUT for
 * anything that is not one of the accepted forms, with both readings when there are two; TL_ERR_RANGE when it
 * has more than TL_RATIO_DIGITS_MAX digits. */
tl_status tl_published_number_parse(struct tl_ratio *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

#endif
