/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The log of decisions: what each decided.
 */
#ifndef TILSLUT_AGREEMENT_DECISION_USE_H
#define TILSLUT_AGREEMENT_DECISION_USE_H

#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_decision_use {
    struct tl_decision decision;
    const char *product; /* NULL where it concerns none */
    const char *subject; /* terms, level, project, funding, carry, payee */
    const char *what;    /* version 2, level 3, funded-3.0 */
    struct tl_date from; /* when it begins to hold; of a project the last day for pledges */
    const char *recorded_at, *actor;
};

/* What was decided, of one product or (NULL) of all, by date of the decision; in the arena. */
tl_status tl_decision_use_list(struct tl_decision_use **out, size_t *count, struct tl_store *store, const char *product,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
