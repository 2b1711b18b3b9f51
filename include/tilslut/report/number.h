/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Ratios as people in Denmark read them: a decimal comma, dots between thousands.
 */
#ifndef TILSLUT_REPORT_NUMBER_H
#define TILSLUT_REPORT_NUMBER_H

#include <stdbool.h>

#include "tilslut/money/ratio.h"

enum { TL_NUMBER_TEXT_SIZE = 72 };

/* `377.586`, `1,8`, and `2/3` where no finite decimals exist. Returns `into`. */
const char *tl_number_da(struct tl_ratio ratio, char into[TL_NUMBER_TEXT_SIZE]);

/* `12,5 %`, and `1/3` where the percent has no finite decimals. Returns `into`. */
const char *tl_number_percent_da(struct tl_ratio ratio, char into[TL_NUMBER_TEXT_SIZE]);

/* True when the ratio has finite decimals, so that tl_ratio_text prints a number and not a fraction. */
bool tl_number_is_decimal(struct tl_ratio ratio);

#endif
