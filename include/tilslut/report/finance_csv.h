/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a member's finance system imports: the charges and credits of a statement, one row for each line of the ledger,
 * in the form that a profile says. The same rows as the sheet Import of the statement.
 */
#ifndef TILSLUT_REPORT_FINANCE_CSV_H
#define TILSLUT_REPORT_FINANCE_CSV_H

#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/finance_profile.h"

/* Appends the file for one unit of the member ("" for the member itself), or for all (NULL); *rows is how many it has,
 * without the header. TL_ERR_INPUT names row, entry and column: a text that the encoding does not hold, that a
 * spreadsheet would take for a formula where the profile refuses those, or that needs quotes where there are none; a VAT
 * code that the profile does not name. TL_ERR_MISSING: no account string where one is needed. */
tl_status tl_finance_csv(struct tl_buf *out, size_t *rows, const struct tl_finance_profile *profile,
                         const struct tl_statement *statement, const char *unit, struct tl_err *err) TL_MUST_CHECK;

#endif
