/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Projects that members fund together, such as a release: with a target, a threshold from which on it is carried out,
 * and a deadline for pledges. The code of a project is also the tag that terms may waive or rebate a line for.
 */
#ifndef TILSLUT_AGREEMENT_PROJECT_H
#define TILSLUT_AGREEMENT_PROJECT_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_project {
    const char *code; /* funded-3.0 */
    const char *product;
    struct tl_money target, threshold;
    struct tl_date deadline;
    struct tl_decision decision;
    struct tl_money pledged; /* the sum of its pledges */
    size_t pledge_count;     /* that are not withdrawn */
    bool is_funded;
    struct tl_decision funding; /* set when it is */
};

/* Records a project in the open transaction; the decision is a text as tl_decision_parse reads it.
 * TL_ERR_INPUT: a code that is none (letters, digits, - _ and dots within), a target below the threshold, a threshold
 * that is not above zero, a decision that is none. TL_ERR_CONFLICT: the code is taken. TL_ERR_NOT_FOUND: no product. */
tl_status tl_project_record(struct tl_store *store, const struct tl_project *project, const char *decision,
                            struct tl_err *err) TL_MUST_CHECK;

/* Records the decision to carry a project out, in the open transaction; its pledges bind from then on, and count as
 * waivers with its tag. TL_ERR_STATE: funded already, or the pledges are below the threshold (the message says what is
 * missing). TL_ERR_NOT_FOUND, TL_ERR_INPUT. */
tl_status tl_project_fund(struct tl_project *out, struct tl_store *store, const char *code, const char *decision,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Reads a project, in the arena. TL_ERR_NOT_FOUND suggests the nearest code. */
tl_status tl_project_find(struct tl_project *out, struct tl_store *store, const char *code, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* All projects by code, in the arena. */
tl_status tl_project_list(struct tl_project **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* Goes through all projects: one that is funded has pledges up to its threshold, and none recorded after that; and no pledge
 * is called in for more than it is. */
tl_status tl_project_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
