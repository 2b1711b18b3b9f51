/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The statement of account (kontoudtog) of a member for a year, put together from the ledger and the billing runs.
 */
#ifndef TILSLUT_AGREEMENT_ACCOUNT_STATEMENT_H
#define TILSLUT_AGREEMENT_ACCOUNT_STATEMENT_H

#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Reads the statement of a party for a year, without its issue, pools and terms; everything lies in the arena.
 * TL_ERR_NOT_FOUND: no such party. TL_ERR_BROKEN: the lines of a run and its entry do not agree. */
tl_status tl_account_statement_read(struct tl_statement *out, struct tl_store *store, const char *party, int year,
                                    struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The codes of the parties that have anything on their account up to a day, in the arena. */
tl_status tl_account_statement_parties(const char ***out, size_t *count, struct tl_store *store, struct tl_date on,
                                       struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
