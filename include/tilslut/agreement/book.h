/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The book: a new ledger with what it begins with, and the check of all that is in one.
 */
#ifndef TILSLUT_AGREEMENT_BOOK_H
#define TILSLUT_AGREEMENT_BOOK_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

/* Makes a ledger file with OS2 as its owner and the default chart of accounts. Statuses of tl_store_create. */
tl_status tl_book_create(const char *path, const char *currency, const struct tl_act *act,
                         struct tl_err *err) TL_MUST_CHECK;

/* The same in memory, opened for writing. */
tl_status tl_book_open_memory(struct tl_store **out, const char *currency, const struct tl_act *act,
                              struct tl_err *err) TL_MUST_CHECK;

/* What was gone through. */
struct tl_verified {
    int64_t entries, postings;
    size_t acts, terms, runs, invoices, documents;
    struct tl_chain_head head;
};

/* Goes through everything: the file, the schema, the chains of entries and of acts, terms, runs, invoices and
 * documents. TL_OK also when something was found: then findings->count is not 0. Other statuses mean that it could not
 * be gone through.
 */
tl_status tl_book_verify(struct tl_findings *findings, struct tl_verified *verified, struct tl_store *store,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
