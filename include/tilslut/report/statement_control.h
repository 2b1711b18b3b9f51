/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The control total of a statement: what it says of the account, row by row with the evidence, in one form from which
 * its SHA-256 is taken. The sheet Kontrol carries the same values, so that whoever has the file can make the sum again
 * without the ledger (statement_check.h).
 *
 * The form: each value with a line feed behind it, first those at the head of the sheet, then those of each row, in the
 * order of the columns. A text has its length in bytes and a colon in front; an amount is a whole number of minor
 * units; a date is 2026-12-31, or empty; a number is a whole number.
 */
#ifndef TILSLUT_REPORT_STATEMENT_CONTROL_H
#define TILSLUT_REPORT_STATEMENT_CONTROL_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"

/* The control sum. TL_ERR_INPUT: a stored fraction that is none. TL_ERR_MEMORY. */
tl_status tl_statement_control_sum(struct tl_digest *out, const struct tl_statement *statement,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
