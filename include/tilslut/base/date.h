/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Dates (a day of the proleptic Gregorian calendar) and moments (a second of UTC).
 *
 * The library never asks the clock: a moment is handed in by whoever calls it.
 */
#ifndef TILSLUT_BASE_DATE_H
#define TILSLUT_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/status.h"

/* Zero is no date, so that a zeroed struct holds none. */
struct tl_date {
    int32_t number; /* year * 10000 + month * 100 + day, or 0 */
};

struct tl_moment {
    int64_t seconds; /* since 1970-01-01T00:00:00Z */
};

/* A period of whole days, both ends included. */
struct tl_period {
    struct tl_date first, last;
};

enum { TL_DATE_TEXT_SIZE = 40, TL_YEAR_MIN = 1900, TL_YEAR_MAX = 9999 };

/* The date, or none when there is no such day between the years 1900 and 9999. */
struct tl_date tl_date_of(int year, int month, int day);

/* Reads exactly `YYYY-MM-DD`. TL_ERR_INPUT otherwise, naming the text. */
tl_status tl_date_parse(struct tl_date *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

bool tl_date_is_none(struct tl_date date);
int tl_date_compare(struct tl_date a, struct tl_date b);
int tl_date_year(struct tl_date date);
int tl_date_month(struct tl_date date);
int tl_date_day(struct tl_date date);

/* Days since 1970-01-01, and back. What lies outside of the years 1900 to 9999 is no date, here and below. */
int32_t tl_date_to_days(struct tl_date date);
struct tl_date tl_date_from_days(int32_t days);
struct tl_date tl_date_add_days(struct tl_date date, int32_t days);

/* The same day `months` later, or the last day of that month when it is shorter. */
struct tl_date tl_date_add_months(struct tl_date date, int months);

/* 1 January to 31 December. */
struct tl_period tl_period_of_year(int year);
bool tl_period_contains(struct tl_period period, struct tl_date date);

/* `2026-12-31`, the form of machines; "" for no date. Returns `into`. */
const char *tl_date_iso(struct tl_date date, char into[TL_DATE_TEXT_SIZE]);
/* `31.12.2026` */
const char *tl_date_da(struct tl_date date, char into[TL_DATE_TEXT_SIZE]);
/* `31. december 2026` */
const char *tl_date_da_long(struct tl_date date, char into[TL_DATE_TEXT_SIZE]);
/* `31 December 2026` */
const char *tl_date_en_long(struct tl_date date, char into[TL_DATE_TEXT_SIZE]);

/* `2026-12-31T23:59:59Z`. Returns `into`. */
const char *tl_moment_iso(struct tl_moment moment, char into[TL_DATE_TEXT_SIZE]);
/* The day in Denmark is not asked for: the date of a moment is its UTC date. */
struct tl_date tl_moment_date(struct tl_moment moment);

#endif
