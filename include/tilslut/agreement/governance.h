/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Follow or explain: how a product meets what its level asks for. Some requirements the ledger answers itself; of the
 * others somebody records that they are fulfilled, with evidence, or explains why they are not. Nothing is forbidden
 * because of what is missing.
 */
#ifndef TILSLUT_AGREEMENT_GOVERNANCE_H
#define TILSLUT_AGREEMENT_GOVERNANCE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/requirement.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

typedef enum tl_governance_answer { TL_ANSWER_FULFILLED, TL_ANSWER_EXPLAINED, TL_ANSWER_LAPSED } tl_governance_answer;

/* What is said of a requirement from a date on. */
struct tl_governance_statement {
    const char *product, *requirement;
    tl_governance_answer answer;
    const char *ground; /* the evidence; of an explanation the reason; why it has lapsed */
    const char *by;     /* the role that explains; "" otherwise */
    struct tl_date from;
};

/* Records a statement in the open transaction; the same again records nothing. TL_ERR_NOT_FOUND: no such product or
 * requirement (the hint suggests the nearest). TL_ERR_MISSING: no evidence or reason, or nobody who explains.
 * TL_ERR_STATE: fulfilled by hand what the ledger itself shows (the hint says how it does), or lapsed what was never
 * stated. */
tl_status tl_governance_state(struct tl_store *store, const struct tl_governance_statement *statement,
                              struct tl_err *err) TL_MUST_CHECK;

typedef enum tl_governance_standing {
    TL_STANDING_FULFILLED,
    TL_STANDING_EXPLAINED,
    TL_STANDING_MISSING, /* required, and neither */
    TL_STANDING_ADVISED, /* recommended, and neither */
    TL_STANDING_LATER    /* asked for by a higher level only, and neither */
} tl_governance_standing;

struct tl_governance_row {
    const struct tl_requirement *requirement;
    bool is_required; /* at the level that was asked for */
    tl_governance_standing standing;
    const char *ground;   /* what shows it, or why not; "" when nothing is said */
    const char *by;       /* the role that explains, or "" */
    struct tl_date since; /* of a statement; none for what the ledger answers */
};

/* What is said of every requirement on a date, for a level (0: the one the product has then), in the order of
 * tl_requirement_list; in the arena. Rows of higher levels are there too: TL_STANDING_LATER, or fulfilled early.
 * TL_ERR_NOT_FOUND. */
tl_status tl_governance_read(struct tl_governance_row **out, size_t *count, struct tl_store *store, const char *product,
                             int level, struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The same without what only a higher level asks for: the rows for a document. */
tl_status tl_governance_rows(struct tl_governance_row **out, size_t *count, struct tl_store *store, const char *product,
                             struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* `fulfilled`, `opfyldt`. Static. */
const char *tl_governance_standing_en(tl_governance_standing standing);
const char *tl_governance_standing_da(tl_governance_standing standing);

#endif
