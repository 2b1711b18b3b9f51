/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A statement of account (kontoudtog) as a workbook, in Danish:
 *
 * Oversigt    what people read first: the account by purpose, what is open and since when, the year to come, where to
 *             pay. Of a product's account also Medlemmer, with the account of each.
 * Kontoudtog  each movement with its balance.
 * Beregning   how each charge came about, with the steps as formulas that follow when a value is changed.
 * Fordeling   where a budget was shared out: everybody's share, as formulas with the same rounding.
 * Import      for the member's finance system: a table object with one row per charge and credit and these columns,
 *             whose names and order are kept; a new one is added at the end:
 *             Bilagsnummer, Bilagsdato, Art, CVR, EAN, Ordrereference, Personreference, Produktkode, Produkt,
 *             PSP-element, Konto, Kontostreng, Linje, Tekst, Periode fra, Periode til, Netto, Momskode, Momssats,
 *             Moms, Brutto, Valuta, Forfaldsdato, Betalings-ID, Kreditor-CVR, Kontoudtog, Version, Fakturanummer,
 *             Medlemskode, Formål
 * Kontrol     the evidence of each row and the control total, for `tilslut check` (statement_control.h).
 *
 * Totals and balances are formulas whose stored results are the ledger's amounts; the sheet Kontoudtog compares the
 * two. Amounts are doubles in the file; every amount of the ledger survives that unchanged (see sheet.h).
 */
#ifndef TILSLUT_REPORT_STATEMENT_XLSX_H
#define TILSLUT_REPORT_STATEMENT_XLSX_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

/* Appends the file to `out`. The same statement gives the same bytes; the date in the file is the issue's.
 * TL_ERR_BROKEN when the statement does not foot (tl_statement_check); TL_ERR_INPUT when the issue has no date, a
 * text is not valid UTF-8 or has control characters (the cell is named), or a stored fraction is none; TL_ERR_RANGE,
 * TL_ERR_IO, TL_ERR_MEMORY. */
tl_status tl_statement_xlsx(struct tl_buf *out, const struct tl_statement *statement, struct tl_err *err) TL_MUST_CHECK;

#endif
