/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Billing runs, in parts: run.c drafts, approves and discards; run_plan.c says what is to be billed; run_due.c computes
 * it (with run_billed.c, run_row.c, run_order.c, run_tax.c, run_credit.c, run_pledge.c, run_settlement.c);
 * run_obstacle.c what stands in the way; run_approval.c who has to approve; run_post.c posts it (with payment_days.c);
 * run_sum.c sums it up; run_terms.c says what its lines are; run_verify.c goes through all of it.
 */
#ifndef TILSLUT_AGREEMENT_RUN_PARTS_H
#define TILSLUT_AGREEMENT_RUN_PARTS_H

#include "run_due.h"
#include "tilslut/agreement/run.h"

/* The plan of a request, checked; in the arena. Statuses of tl_run_draft_request. */
tl_status tl_run_plan_of(struct tl_run_plan *out, struct tl_store *store, const struct tl_run_request *request,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* The plan of a credit note. Statuses of tl_run_draft_credit. */
tl_status tl_run_plan_credit(struct tl_run_plan *out, struct tl_store *store, const char *invoice, const char *line,
                             const char *reason, const char *evidence, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;
/* The plan of a run on record, borrowed from it; by the terms `terms_id` (0: those in force). */
struct tl_run_plan tl_run_plan_again(const struct tl_run *run, int64_t terms_id);

/* TL_ERR_STATE names what stands in the way of a run. The arena is for use meanwhile. */
tl_status tl_run_check_obstacles(struct tl_store *store, const struct tl_run *run,
                                 const struct tl_run_computed *computed, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

/* Records the approval of a draft by `actor` in the open transaction, where there are roles. *complete: nobody else has
 * to approve it, so that it is posted. TL_ERR_STATE: he may not approve it, or has done so. The arena is for use
 * meanwhile. */
tl_status tl_run_approval_add(bool *complete, struct tl_store *store, const struct tl_run *run, const char *actor,
                              struct tl_date today, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Posts an approved run: an entry and an invoice for each member, and one entry for what is drawn from accounts.
 * *entries is how many. What a settlement charges is dated in its year, and falls due so many days from `today`. */
tl_status tl_run_post(size_t *entries, struct tl_store *store, const struct tl_run *run,
                      const struct tl_run_computed *computed, struct tl_date date, struct tl_date today,
                      struct tl_err *err) TL_MUST_CHECK;

#endif
