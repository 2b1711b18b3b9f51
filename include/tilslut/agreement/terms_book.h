/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The book of terms: what was adopted for each product, verbatim, with its decision.
 */
#ifndef TILSLUT_AGREEMENT_TERMS_BOOK_H
#define TILSLUT_AGREEMENT_TERMS_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

/* One adopted version. */
struct tl_adopted {
    int64_t id;
    const char *product;
    int version;
    struct tl_date valid_from;
    struct tl_digest sha256; /* of the text */
    struct tl_decision decision;
    const char *recorded_at, *actor;
    const char *content; /* the file as it was adopted */
};

/* Checks the terms and their worked examples, and adopts them in the open transaction, as the product's next version.
 * The same text adopted again is TL_ERR_CONFLICT, as is a version that would begin before the one in force (a
 * correction begins on the same day or later), or sooner after its decision than the version before it lets.
 * TL_ERR_INPUT from reading the file or from an example that does not hold, TL_ERR_NOT_FOUND for an unknown product, or
 * an account that is not in the chart. */
tl_status tl_terms_book_adopt(int *version, struct tl_store *store, const struct tl_source *source,
                              const char *decision_text, struct tl_err *err) TL_MUST_CHECK;

/* The version in force on a date: the latest adopted of those that begin on or before it. In the arena.
 * TL_ERR_MISSING when there is none. */
tl_status tl_terms_book_in_force(struct tl_adopted *out, struct tl_store *store, const char *product, struct tl_date on,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The version with that id, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_terms_book_find(struct tl_adopted *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

/* All versions, of one product or (NULL) of all, by product and version; in the arena. */
tl_status tl_terms_book_list(struct tl_adopted **out, size_t *count, struct tl_store *store, const char *product,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* What a version is on a date. Versions of a product begin in the order they were adopted, so each ends where the next
 * begins; one that a correction for the same day replaces never is in force. */
typedef enum tl_terms_state { TL_TERMS_ADOPTED, TL_TERMS_IN_FORCE, TL_TERMS_SUPERSEDED } tl_terms_state;

/* The state of versions[i] of a list as tl_terms_book_list gives it, and the last day it is in force (none: no end is
 * known, or it never is). */
tl_terms_state tl_terms_book_state(struct tl_date *last, const struct tl_adopted *versions, size_t count, size_t i,
                                   struct tl_date on);
/* `in force`. Static. */
const char *tl_terms_state_name(tl_terms_state state);

/* Reads an adopted version's text again. TL_ERR_BROKEN when it is not the text that was adopted. */
tl_status tl_terms_book_read(struct tl_terms *out, const struct tl_adopted *adopted, struct tl_err *err) TL_MUST_CHECK;

#endif
