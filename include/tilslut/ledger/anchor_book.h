/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Anchors and the ledger: taking one from its chains, and finding one in them again. A chain that agrees with itself
 * can have lost its last acts, or have been made anew as a whole; only a head that was kept elsewhere tells.
 */
#ifndef TILSLUT_LEDGER_ANCHOR_BOOK_H
#define TILSLUT_LEDGER_ANCHOR_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/anchor.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

/* The anchor of the ledger as it is. `program` names who writes it. The chains should have been checked, within the
 * same read. TL_ERR_STATE: there is no act. TL_ERR_BROKEN: the last seal is not a hash. */
tl_status tl_anchor_book_take(struct tl_anchor *out, struct tl_store *store, const char *program,
                              struct tl_err *err) TL_MUST_CHECK;

/* That the seals of an anchor lie in the chains where it says, with as many postings and the same sum before them; what
 * came later does not matter. That nothing under the seals was changed is proved by the checks `acts` and `chain`.
 * TL_ERR_INPUT: it is the anchor of another ledger. */
tl_status tl_anchor_book_check(struct tl_check_work *work, struct tl_store *store, const struct tl_anchor *anchor,
                               struct tl_err *err) TL_MUST_CHECK;

/* That the seal of an entry begins with these hexadecimal digits, 16 to 64 of them as documents print them. */
tl_status tl_anchor_book_check_entry(struct tl_check_work *work, struct tl_store *store, int64_t entry,
                                     const char *digits, struct tl_err *err) TL_MUST_CHECK;

/* The row under whose name anchors are told; it does not stand in the list of checks, as it needs an anchor. */
extern const struct tl_check tl_anchor_book_row;

#endif
