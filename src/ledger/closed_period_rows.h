/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Closes as they are stored, for the files of closed_period alone.
 */
#ifndef LEDGER_CLOSED_PERIOD_ROWS_H
#define LEDGER_CLOSED_PERIOD_ROWS_H

#include "tilslut/ledger/closed_period.h"

/* The acts of a close: that made it, and that reopened it or 0. */
struct closed_acts {
    int64_t closed, reopened;
};

/* All closes in the order they were made, each with its acts; in the arena. */
tl_status closed_list_with_acts(struct tl_closed_period **out, struct closed_acts **acts, size_t *count,
                                struct tl_store *store, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* How many entries a period had before an act, and what they debit. */
tl_status closed_count_entries(int64_t *entries, int64_t *debit, struct tl_store *store, struct tl_period period,
                               int64_t before_act, struct tl_err *err) TL_MUST_CHECK;

#endif
