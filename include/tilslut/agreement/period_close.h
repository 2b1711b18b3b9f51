/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Closing a quarter or a year: what must be true first, told by name, and the close itself.
 */
#ifndef TILSLUT_AGREEMENT_PERIOD_CLOSE_H
#define TILSLUT_AGREEMENT_PERIOD_CLOSE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/store/store.h"

enum { TL_CLOSE_CONDITIONS_MAX = 16 };

/* One thing that must be true before a period is closed. */
struct tl_close_condition {
    const char *name;     /* one word; static */
    const char *asks;     /* what must be true; static */
    const char *obstacle; /* what stands in the way, or NULL where nothing does; in the arena */
    const char *hint;     /* what to do about it; NULL where nothing does */
};

struct tl_close_conditions {
    struct tl_close_condition items[TL_CLOSE_CONDITIONS_MAX];
    size_t count, obstacles;
    int64_t act; /* the last one that was seen */
};

/* Goes through the conditions of a period, as it is on the day `today`; in the arena. Should see one state of the file:
 * within tl_store_begin_read. TL_OK also when something stands in the way. */
tl_status tl_period_close_conditions(struct tl_close_conditions *out, struct tl_store *store, struct tl_period period,
                                     struct tl_date today, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Closes the period in the open transaction; `decision` is NULL where nobody had to decide. TL_ERR_STATE: it is closed
 * already, something stands in the way (named), or something was recorded after the conditions were gone through.
 * Statuses of tl_decision_parse. */
tl_status tl_period_close(struct tl_closed_period *closed, struct tl_store *store, struct tl_period period,
                          const char *decision, const struct tl_close_conditions *conditions, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
