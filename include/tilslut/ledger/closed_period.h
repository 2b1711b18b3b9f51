/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Closed periods: quarters and years that take no entry any more. Closes stand on one another: each comes after the
 * ones before it, and the last that stands is the first that can be reopened. What must be true before a close is told
 * by agreement/period_close.h.
 */
#ifndef TILSLUT_LEDGER_CLOSED_PERIOD_H
#define TILSLUT_LEDGER_CLOSED_PERIOD_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

enum { TL_CLOSED_PERIOD_NAME_SIZE = 32 };

/* A close, and what became of it. Texts are "" where there is none. */
struct tl_closed_period {
    int64_t id;
    struct tl_period period;
    int64_t entries;       /* dated within it when it was closed */
    struct tl_money debit; /* that they came to */
    const char *state;     /* "closed", "reopening proposed", "reopened" */
    const char *closed_at, *closed_by, *decision;
    int64_t reopen; /* the proposal that is open or was confirmed; 0 for none */
    const char *proposed_by, *reopen_decision, *reason;
    const char *confirmed_at, *confirmed_by;
};

/* Reads `2026-Q1` or `2026`. TL_ERR_INPUT. */
tl_status tl_closed_period_parse(struct tl_period *out, const char *text, struct tl_err *err) TL_MUST_CHECK;
/* `2026-Q1`, `2026`. Returns `into`. */
const char *tl_closed_period_name(struct tl_period period, char into[TL_CLOSED_PERIOD_NAME_SIZE]);

/* All closes, in the order they were made; in the arena. */
tl_status tl_closed_period_list(struct tl_closed_period **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* The last close that stands; period.last is none where there is none. */
tl_status tl_closed_period_last(struct tl_closed_period *out, struct tl_store *store, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

/* That an entry may be dated so. TL_ERR_STATE names the closed period and says what to do; the schema refuses it to any
 * other program. */
tl_status tl_closed_period_check_date(struct tl_store *store, struct tl_date date, struct tl_err *err) TL_MUST_CHECK;

/* Records a close in the open transaction; *recorded is how it reads. `decision_id` is 0 where nobody had to decide.
 * TL_ERR_STATE: it is closed already. What else must be true is for the caller to find out. */
tl_status tl_closed_period_record(struct tl_closed_period *recorded, struct tl_store *store, struct tl_period period,
                                  int64_t decision_id, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Proposes to reopen a closed period, in the open transaction. TL_ERR_STATE: it is not closed, a later close stands on
 * it, or it is proposed already. TL_ERR_INPUT: no reason. */
tl_status tl_closed_period_propose(struct tl_store *store, struct tl_period period, int64_t decision_id,
                                   const char *reason, struct tl_err *err) TL_MUST_CHECK;
/* Confirms the proposal, or drops it, in the open transaction. TL_ERR_STATE: nothing is proposed, or who confirms is
 * who proposed. */
tl_status tl_closed_period_confirm(struct tl_store *store, struct tl_period period, const char *actor,
                                   struct tl_err *err) TL_MUST_CHECK;
tl_status tl_closed_period_drop(struct tl_store *store, struct tl_period period, struct tl_err *err) TL_MUST_CHECK;

/* The check `periods`: no entry was posted into a period while it was closed, each period had the entries that its
 * close tells, and each was reopened by two people. */
tl_status tl_closed_period_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
