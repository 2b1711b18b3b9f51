/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The profiles of finance systems that the ledger keeps: each as it was given, with where it was agreed.
 */
#ifndef TILSLUT_AGREEMENT_FINANCE_BOOK_H
#define TILSLUT_AGREEMENT_FINANCE_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/finance_profile.h"
#include "tilslut/exchange/source.h"
#include "tilslut/store/store.h"

/* One version of a profile. */
struct tl_finance_kept {
    const char *name;
    int64_t version;
    const char *evidence, *recorded_at, *actor;
};

/* Records a profile in the open transaction; the same again, with the same evidence, records nothing. *out is the
 * version that counts now, but for when and by whom; in the arena. TL_ERR_INPUT as tl_finance_profile_read.
 * TL_ERR_MISSING: no evidence. */
tl_status tl_finance_book_add(tl_recorded *recorded, struct tl_finance_kept *out, struct tl_store *store,
                              const struct tl_source *source, const char *evidence, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

/* The latest version of a profile, read again; in the arena. TL_ERR_NOT_FOUND: there is none of that name (the hint
 * suggests the nearest). */
tl_status tl_finance_book_find(struct tl_finance_profile *out, struct tl_store *store, const char *name,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* All versions, by name; in the arena. */
tl_status tl_finance_book_list(struct tl_finance_kept **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
