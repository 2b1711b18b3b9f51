/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Parties: recording and reading public bodies and associations.
 *
 * A party is never renamed in place: a change is a new version from a date on, and a question names its date.
 */
#ifndef TILSLUT_AGREEMENT_PARTY_H
#define TILSLUT_AGREEMENT_PARTY_H

#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* What recording a fact came to. */
typedef enum tl_recorded { TL_RECORDED_NEW, TL_RECORDED_CHANGED, TL_RECORDED_SAME } tl_recorded;

/* Records a party as it is from party->valid_from on, in the open transaction. "" in ean or address leaves what is
 * recorded as it is. The same facts again record nothing (TL_RECORDED_SAME). Without a date a new party holds since
 * the beginning of the calendar, and a change is TL_ERR_CONFLICT: a party is never changed in place.
 * TL_ERR_INPUT: a code, CVR or EAN that is none. */
tl_status tl_party_record(tl_recorded *recorded, struct tl_store *store, const struct tl_party *party,
                          struct tl_err *err) TL_MUST_CHECK;

/* The party as it was on a date, in the arena; before its first version, as that version says.
 * TL_ERR_NOT_FOUND suggests the nearest code or name. */
tl_status tl_party_find(struct tl_party *out, struct tl_store *store, const char *code, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* All parties as they were on a date, by code; in the arena. */
tl_status tl_party_list(struct tl_party **out, size_t *count, struct tl_store *store, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Records that a party is, or is not, a member of the association from a date on. */
tl_status tl_party_record_association(tl_recorded *recorded, struct tl_store *store, const char *code,
                                      tl_association association, struct tl_date from,
                                      struct tl_err *err) TL_MUST_CHECK;

/* Whether a party was a member of the association on a date. */
tl_status tl_party_association(tl_association *out, struct tl_store *store, const char *code, struct tl_date on,
                               struct tl_err *err) TL_MUST_CHECK;

#endif
