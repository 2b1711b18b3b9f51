/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Time within a billed period, counted in ticks: days, or months. Who is there in which tick is a set of ticks;
 * where a set changes, the period is cut.
 */
#ifndef TILSLUT_KEY_ALLOC_TIME_H
#define TILSLUT_KEY_ALLOC_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/key/terms.h"

enum { TL_TICKS_MAX = 366, TL_MONTHS_PER_YEAR = 12 };

struct tl_ticks {
    struct tl_period period; /* whole months of one year */
    tl_prorata rule;
    int count; /* of ticks in the period: days for TL_PRORATA_DAYS, else months */
};

/* Ticks first to behind - 1. */
struct tl_tick_range {
    int first, behind;
};

/* A set of ticks; zeroed it is empty. */
struct tl_presence {
    uint64_t words[(TL_TICKS_MAX + 63) / 64];
};

struct tl_ticks tl_ticks_of(struct tl_period period, tl_prorata rule);

/* Adds the ticks that some days of the period (none outside it) make count by the rule: a begun month or quarter is
 * a whole one, and by the half-year rule whoever is there by 1 July counts from the start, and everybody to the end. */
void tl_presence_add(struct tl_presence *presence, const struct tl_ticks *ticks, struct tl_period days);

/* Adds the ticks of another set; takes those out that are in both others. */
void tl_presence_join(struct tl_presence *presence, const struct tl_presence *other);
void tl_presence_leave(struct tl_presence *presence, const struct tl_presence *other, const struct tl_presence *too);

bool tl_presence_has(const struct tl_presence *presence, int tick);
int tl_presence_count(const struct tl_presence *presence);
struct tl_tick_range tl_presence_range(const struct tl_presence *presence, const struct tl_ticks *ticks);

/* Marks each tick (other than the first) before which the presence changes. */
void tl_presence_mark_cuts(struct tl_presence *cuts, const struct tl_presence *presence);

/* The days of a range of ticks. */
struct tl_period tl_ticks_days(const struct tl_ticks *ticks, struct tl_tick_range range);

/* What of an amount falls on a range of `whole` equal parts of time, in multiples of `unit`: the difference of two
 * rounded running totals, so that the ranges of a partition sum to the amount. |amount| <= TL_MONEY_MAX_MINOR. */
int64_t tl_time_part(int64_t amount_minor, struct tl_tick_range range, int whole, int64_t unit);

#endif
