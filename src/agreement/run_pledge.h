/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Pledges called in by runs: what is billed of them, never twice for one pledge.
 */
#ifndef TILSLUT_AGREEMENT_RUN_PLEDGE_H
#define TILSLUT_AGREEMENT_RUN_PLEDGE_H

#include "run_due.h"
#include "tilslut/agreement/project.h"

/* One-off contributions (domain: bidrag). */
#define TL_ACCOUNT_CONTRIBUTION "00003"

/* That the pledges of a project of the product bind, and did by the end of the year. TL_ERR_NOT_FOUND: no such project
 * of the product. TL_ERR_STATE: it is not funded yet, or later; TL_ERR_CONFLICT: the terms have a line of its code. */
tl_status tl_run_check_project(struct tl_store *store, const struct tl_product_year *year, const char *project,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* That parties have pledges to it that bind. TL_ERR_NOT_FOUND names the first that has not. */
tl_status tl_run_check_pledgers(struct tl_store *store, const struct tl_run_request *request, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

/* The lines that call pledges in, into out->lines: each that binds, less what is called in of it. TL_ERR_STATE: the
 * terms have VAT in several ways, so that it cannot be said how a pledge is taxed. */
tl_status tl_run_pledge_lines(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
