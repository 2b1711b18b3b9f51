/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Bank statements as ISO 20022 camt.053 (BankToCustomerStatement), versions 001.02 and 001.08, as Danish banks send
 * them.
 *
 * XML from outside: UTF-8 only, no document type and thus no entities of its own, nothing fetched, bounded in length
 * and depth. What the program has no use for is not looked at.
 */
#ifndef TILSLUT_EXCHANGE_CAMT_H
#define TILSLUT_EXCHANGE_CAMT_H

#include <stdbool.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/bank_statement.h"
#include "tilslut/exchange/source.h"

enum { TL_CAMT_LENGTH_MAX = 16 * 1024 * 1024 };

/* True when a source looks like XML rather than a table. */
bool tl_camt_is(const struct tl_source *source);

/* Reads all statements of a file into the arena; `currency` is the one they must be in. Only booked entries count.
 * Each statement is checked by tl_bank_statement_check.
 * TL_ERR_INPUT with file and line: not XML, a document type, another message or version, an element that is missing or
 * there twice, another currency, an amount with more than two decimals or of zero, a date that is none, an unknown
 * status or direction, transactions that do not make their entry, stated totals that are not those of the entries, and
 * what tl_source_text refuses. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_camt_read(struct tl_bank_file *out, const struct tl_source *source, const char *currency,
                       struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
