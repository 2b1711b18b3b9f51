/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Weights handed in as fractions, over their common denominator.
 */
#ifndef TILSLUT_KEY_WEIGHTS_H
#define TILSLUT_KEY_WEIGHTS_H

#include <stddef.h>

#include "numbers.h"
#include "tilslut/base/status.h"
#include "tilslut/money/frac.h"

/* To be released with tl_numbers_release, whatever is returned. TL_ERR_INPUT: a weight below zero. TL_ERR_RANGE: the
 * common denominator has grown too large, which fractions with unrelated denominators can do without end. */
tl_status tl_weights_take(struct tl_numbers *out, const struct tl_frac *weights, size_t count,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
