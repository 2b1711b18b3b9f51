/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Divisor methods once more, the slow way: seat after seat to the highest average, in 128-bit integers.
 */
#ifndef TESTS_SUPPORT_HIGHEST_AVERAGE_H
#define TESTS_SUPPORT_HIGHEST_AVERAGE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/key/seats.h"

/* Weights up to 10^6, seats up to 10^4; any method but largest remainder. */
void highest_average_allot(int64_t *seats, int64_t total, tl_seat_method method, const int64_t *weights, size_t count);

#endif
