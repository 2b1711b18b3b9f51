/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The recorded histories of memberships: read, and added to by steps that the table of states allows.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_HISTORY_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_HISTORY_H

#include <stddef.h>

#include "tilslut/agreement/membership_state.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

/* The histories of a product's memberships, or of one party in it (NULL: all), by party and in the order they were
 * made; in the arena. TL_ERR_BROKEN: an event that the program does not know. */
tl_status tl_membership_history_list(struct tl_membership_history **out, size_t *count, struct tl_store *store,
                                     const char *product, const char *party, struct tl_arena *arena,
                                     struct tl_err *err) TL_MUST_CHECK;

/* Records a step of a party's membership in the open transaction: of the one that can take it on its date, where there
 * are several. *fact gives event, dates, detail and evidence. TL_ERR_NOT_FOUND: no such product, or no agreement on
 * that date. TL_ERR_STATE: the table does not allow it, or what is recorded of later days could not happen after it. */
tl_status tl_membership_history_step(struct tl_store *store, const char *product, const char *party,
                                     const struct tl_membership_fact *fact, struct tl_err *err) TL_MUST_CHECK;

/* Goes through all histories: each must be one that the table allows. */
tl_status tl_membership_history_verify(struct tl_findings *findings, struct tl_store *store,
                                       struct tl_err *err) TL_MUST_CHECK;

#endif
