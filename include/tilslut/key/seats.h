/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Votes or seats that follow contributions (or any weights), by the classical methods.
 *
 * But for largest remainder these are divisor methods: all weights are divided by one number and the quotients are
 * rounded, each method by its own rule, so that the seats sum to the total (Balinski & Young, Fair Representation,
 * 2nd ed. 2001, app. A).
 */
#ifndef TILSLUT_KEY_SEATS_H
#define TILSLUT_KEY_SEATS_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/money/frac.h"

typedef enum tl_seat_method {
    TL_SEATS_LARGEST_REMAINDER, /* Hamilton */
    TL_SEATS_SAINTE_LAGUE,      /* Webster: rounds at the arithmetic mean of neighbouring seat counts */
    TL_SEATS_DHONDT,            /* Jefferson: rounds down */
    TL_SEATS_HUNTINGTON_HILL,   /* rounds at the geometric mean */
    TL_SEATS_ADAMS,             /* rounds up */
    TL_SEATS_DEAN               /* rounds at the harmonic mean */
} tl_seat_method;

/* Allots `total` seats (0 to TL_MONEY_MAX_MINOR) among `count` weights. Ties go to the larger weight, then to the
 * lower index; a weight of zero gets no seat. The time depends on `count` (count log count) and not on `total`.
 * TL_ERR_INPUT: a weight below zero, or a total. TL_ERR_INFEASIBLE: no weight above zero; or fewer seats than weights
 * above zero with Huntington-Hill, Adams or Dean, which give each of them one. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_seats_allot(int64_t *seats, int64_t total, tl_seat_method method, const struct tl_frac *weights,
                         size_t count, struct tl_err *err) TL_MUST_CHECK;

/* The method's English name, such as "Sainte-Laguë". Static. */
const char *tl_seats_method_name(tl_seat_method method);

#endif
