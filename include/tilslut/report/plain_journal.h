/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The ledger as a plain-text journal that hledger and ledger read: a way out that needs nothing of tilslut.
 *
 * Accounts are named TYPE:CODE NAME, below them the party and the product that a posting concerns (income and expense:
 * the product first). An entry is a transaction with its number as the code; what it rests on stands in tags.
 *
 * No recorded text can act as part of the format: what it could do harm with is written %XX, byte by byte (RFC 3986
 * calls it percent-encoding), and so is the percent sign, so that every text can be read back.
 */
#ifndef TILSLUT_REPORT_PLAIN_JOURNAL_H
#define TILSLUT_REPORT_PLAIN_JOURNAL_H

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/store/store.h"

/* Appends the sealed entries in the order of their numbers, as known (tl_store_known), after the accounts that they are
 * posted to. An entry without a seal counts for nothing: it is named in a comment. The same ledger gives the same
 * bytes. Run it inside a read, so that it sees one state. TL_ERR_BROKEN: an entry without a date. TL_ERR_MEMORY,
 * TL_ERR_STORE. */
tl_status tl_plain_journal_write(struct tl_buf *out, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
