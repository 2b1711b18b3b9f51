/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Many exact numbers over one common denominator: number i is values[i] / denominator.
 *
 * A million members then need a million integers and not a million fractions, and comparing two numbers
 * is comparing two integers.
 */
#ifndef TILSLUT_KEY_NUMBERS_H
#define TILSLUT_KEY_NUMBERS_H

#include <gmp.h>
#include <stddef.h>

#include "tilslut/base/status.h"

struct tl_numbers {
    mpz_t *values;
    size_t count;
    mpz_t denominator; /* > 0 */
};

/* `count` zeros over 1. A zeroed struct may be released without having been initialised. TL_ERR_MEMORY. */
tl_status tl_numbers_init(struct tl_numbers *numbers, size_t count, struct tl_err *err) TL_MUST_CHECK;
void tl_numbers_release(struct tl_numbers *numbers);

/* The sum of the values (without the denominator); `sum` is initialised by the caller. */
void tl_numbers_sum(mpz_t sum, const struct tl_numbers *numbers);

/* Number i as a fraction in lowest terms; `out` is initialised by the caller. */
void tl_numbers_get(mpq_t out, const struct tl_numbers *numbers, size_t i);

#endif
