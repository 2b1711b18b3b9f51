/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The settlement of what members paid on account for a budgeted line: what the line cost in the year takes the place of
 * its budget, is shared out by the same key, and the difference to what is billed is charged or credited. It stays so
 * for every later run of the year.
 */
#ifndef TILSLUT_AGREEMENT_RUN_SETTLEMENT_H
#define TILSLUT_AGREEMENT_RUN_SETTLEMENT_H

#include "run_due.h"

enum { TL_RUN_ACCOUNT_SIZE = 8 }; /* five digits, and room to see that it is none */

/* The plan of a settlement, checked; in the arena. Statuses of tl_run_draft_settlement. */
tl_status tl_run_plan_settlement(struct tl_run_plan *out, struct tl_store *store,
                                 const struct tl_run_settlement *request, struct tl_date today, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

/* Puts what was settled in the place of budgets: by approved runs that are known, and by the plan itself, whose cost is
 * read from the ledger into *actual (else what the plan says). TL_ERR_STATE: the plan's cost is below zero. */
tl_status tl_run_settlement_apply(struct tl_run_computed *out, struct tl_money *actual, struct tl_store *store,
                                  const struct tl_run_plan *plan, struct tl_err *err) TL_MUST_CHECK;

/* Stores what a drafted run settles. Statuses of tl_decision_parse. */
tl_status tl_run_settlement_store(struct tl_store *store, int64_t run, const struct tl_run_plan *plan,
                                  struct tl_money actual, struct tl_err *err) TL_MUST_CHECK;

#endif
