/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The bank's files in the ledger: profiles, and statements with their lines.
 */
#ifndef TILSLUT_AGREEMENT_BANK_BOOK_H
#define TILSLUT_AGREEMENT_BANK_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/bank_profile.h"
#include "tilslut/exchange/source.h"
#include "tilslut/store/store.h"

/* Records a profile in the open transaction; another content under a known name is a new version. *name and *version
 * are what it is kept as; in the arena. Statuses of tl_bank_profile_read. */
tl_status tl_bank_book_add_profile(tl_recorded *recorded, const char **name, int64_t *version, struct tl_store *store,
                                   const struct tl_source *source, struct tl_arena *arena,
                                   struct tl_err *err) TL_MUST_CHECK;

struct tl_bank_profile_version {
    const char *name, *actor, *recorded_at;
    int64_t version;
};
tl_status tl_bank_book_profiles(struct tl_bank_profile_version **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* What an import came to. */
struct tl_bank_imported {
    size_t statements, already; /* new ones; such that were recorded before */
    size_t lines, pending;      /* new lines; entries that are not booked yet and were left out */
};

/* Records the statements of a file in the open transaction, all or nothing: camt.053, or a table read by the profile of
 * that name (NULL for camt). A statement that is recorded already, with the same content, changes nothing.
 * TL_ERR_USAGE: a table without a profile, or camt with one. TL_ERR_NOT_FOUND: no such profile. TL_ERR_INPUT: not the
 * account that members pay to. TL_ERR_CONFLICT: a statement of that identity with other content, a table whose days
 * overlap with a statement, an entry of the bank that another statement has. TL_ERR_MISSING: where members pay is not
 * recorded. Statuses of tl_camt_read and tl_bank_csv_read. */
tl_status tl_bank_book_import(struct tl_bank_imported *out, struct tl_store *store, const struct tl_source *source,
                              const char *profile, struct tl_err *err) TL_MUST_CHECK;

#endif
