/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Largest remainder once more, written another way, to compare with: 128-bit integers, and a linear search for
 * each unit that is left.
 */
#ifndef TESTS_SUPPORT_HAMILTON_H
#define TESTS_SUPPORT_HAMILTON_H

#include <stddef.h>
#include <stdint.h>

/* Weights up to 10^9, at least one above zero; |total| up to 10^15; count up to HAMILTON_MAX. */
enum { HAMILTON_MAX = 512 };
void hamilton_split(int64_t *parts, int64_t total, const int64_t *weights, size_t count);

#endif
