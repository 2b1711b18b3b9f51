/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The terms that a run was billed by, with every line that it billed. A year takes some lines from other versions of
 * the terms (product_year.h), and pledges are in none.
 */
#ifndef TILSLUT_AGREEMENT_RUN_TERMS_H
#define TILSLUT_AGREEMENT_RUN_TERMS_H

#include "run_line.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"

/* Adds to the terms the lines that `lines` name and they don't have: as the newest version that is known has them, or
 * as the pledge (tilsagn) to a project of that code. What is found in neither is left out. */
tl_status tl_run_terms_complete(struct tl_terms *terms, struct tl_store *store, const struct tl_run_lines *lines,
                                struct tl_err *err) TL_MUST_CHECK;

/* The decision that a run rests on: where it calls in the pledges to a project, the one to carry that out; else ("")
 * the one that adopted the terms. In the arena. */
tl_status tl_run_terms_decision(struct tl_decision *out, struct tl_store *store, const char *project,
                                const struct tl_adopted *adopted, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

#endif
