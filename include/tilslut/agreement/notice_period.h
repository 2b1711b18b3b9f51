/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Notice (opsigelse): how long it runs, and on which days a membership can end. Pure.
 *
 * The period runs from the day of notice; the membership ends with the month, quarter, half-year or year that the
 * period runs out in (domain: six months to a half-year or a year end), or with a later one.
 */
#ifndef TILSLUT_AGREEMENT_NOTICE_PERIOD_H
#define TILSLUT_AGREEMENT_NOTICE_PERIOD_H

#include <stdbool.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"

/* `6 months to half-year`, the form in which a notice is recorded. In the arena; NULL when memory is gone. */
const char *tl_notice_period_text(struct tl_notice notice, struct tl_arena *arena) TL_MUST_CHECK;
/* Reads that form; false when it is none. */
bool tl_notice_period_read(struct tl_notice *out, const char *text) TL_MUST_CHECK;

/* The first permitted last day after notice on a day; none beyond the year 9999. */
struct tl_date tl_notice_period_end(struct tl_notice notice, struct tl_date given);
/* Whether a membership can end on `last` after notice on a day. */
bool tl_notice_period_permits(struct tl_notice notice, struct tl_date given, struct tl_date last);

#endif
