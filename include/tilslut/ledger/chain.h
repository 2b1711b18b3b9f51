/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The chain of seals: what makes a change to history evident. It does not make the file tamper-proof: whoever
 * rewrites all of it can make a new chain, which is why its head is printed on what leaves the house.
 */
#ifndef TILSLUT_LEDGER_CHAIN_H
#define TILSLUT_LEDGER_CHAIN_H

#include <stdint.h>

#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

/* The last seal; entry 0 and 32 zero bytes while there is none. */
struct tl_chain_head {
    int64_t entry;
    struct tl_digest hash;
};

tl_status tl_chain_read_head(struct tl_chain_head *out, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Recomputes every seal: finds entries without seal, seals without entry, numbers that are missing, sums that are
 * not zero, and any byte of an entry, a posting or an act of theirs that was changed, removed or inserted. */
tl_status tl_chain_verify(struct tl_findings *findings, int64_t *entries, int64_t *postings, struct tl_store *store,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
