/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What joining a product and changing a membership share.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_PARTS_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_PARTS_H

#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

/* Makes a membership in the open transaction; its events follow. */
tl_status tl_membership_add(int64_t *id, struct tl_store *store, const char *product, const char *party,
                            struct tl_err *err) TL_MUST_CHECK;
/* Adds an event to a membership in the open transaction. */
tl_status tl_membership_add_fact(struct tl_store *store, int64_t membership, const struct tl_membership_fact *fact,
                                 struct tl_err *err) TL_MUST_CHECK;

/* The membership that a step of a party is about; in the arena. Statuses of tl_membership_history_step. */
tl_status tl_membership_find(struct tl_membership_history *out, struct tl_store *store, const char *product,
                             const char *party, const struct tl_membership_fact *fact, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

/* Refuses what would give a party two agreements for a product; `life` is that of the one there is, on the day of the
 * other or, where it begins later, as recorded. */
tl_status tl_membership_refuse_second(const char *product, const struct tl_party *party,
                                      const struct tl_membership_life *life, struct tl_err *err) TL_MUST_CHECK;

/* Reads the terms of a product in force on a date. Release *terms whatever the status. */
tl_status tl_membership_read_terms(struct tl_terms *terms, struct tl_store *store, const char *product,
                                   struct tl_date on, struct tl_err *err) TL_MUST_CHECK;

#endif
