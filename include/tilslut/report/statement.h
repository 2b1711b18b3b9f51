/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What must hold of a statement before it may leave the house, and what makes two of them the same.
 */
#ifndef TILSLUT_REPORT_STATEMENT_H
#define TILSLUT_REPORT_STATEMENT_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"

/* TL_OK when the statement foots: the net and VAT of each row make its gross, charges and credits make `charges`,
 * payments make `payments`, opening + charges + payments = closing, and every row lies in the period and comes in
 * the order of dates. TL_ERR_BROKEN names the first sum that does not hold; TL_ERR_RANGE. */
tl_status tl_statement_check(const struct tl_statement *statement, struct tl_err *err) TL_MUST_CHECK;

/* The SHA-256 of what the statement says, apart from what an issue says of itself (number, version, date, head of
 * the chain): equal exactly when a new issue would say nothing new. Every field goes in with its length in front,
 * so that no two contents share their bytes; NULL and "" are the same. TL_ERR_MEMORY. */
tl_status tl_statement_digest(struct tl_digest *out, const struct tl_statement *statement,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
