/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Decisions: who decided, when, and where it is minuted. No price, key or budget enters without one.
 */
#ifndef TILSLUT_AGREEMENT_DECISION_H
#define TILSLUT_AGREEMENT_DECISION_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Reads `styregruppe 2025-10-12 pkt. 4`: the body, the date, and the reference to the minutes; in the arena, id 0.
 * The bodies that decide on economy (domain: every economic decision is traceable to one of them) are styregruppe,
 * bestyrelse and generalforsamling. TL_ERR_INPUT says which part is missing. */
tl_status tl_decision_parse(struct tl_decision *out, const char *text, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

/* Records a decision in the open transaction, or finds it; decision->id is set. */
tl_status tl_decision_record(struct tl_decision *decision, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Reads a recorded decision, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_decision_find(struct tl_decision *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* `styregruppe 2025-10-12 pkt. 4`, the form that tl_decision_parse reads. In the arena; NULL when memory is gone. */
const char *tl_decision_text(const struct tl_decision *decision, struct tl_arena *arena) TL_MUST_CHECK;

#endif
