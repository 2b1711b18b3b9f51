/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The three sheets of a statement's workbook. They refer to each other's totals, so that each says where it has
 * them before it is written.
 */
#ifndef REPORT_STATEMENT_SHEETS_H
#define REPORT_STATEMENT_SHEETS_H

#include "tilslut/agreement/facts.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/statement.h"
#include "tilslut/report/workbook.h"

struct tl_statement_sheets {
    struct tl_workbook *workbook;
    const struct tl_statement *statement;
    struct tl_arena *arena; /* for texts while the workbook is written */
    const char *heading;    /* Kontoudtog 2026 */
    const char *document;   /* KU-0751-2026, version 1 */
    struct tl_statement_summary summary;
};

/* The cells where the sheets Beregning and Import sum up, for the comparison on Kontoudtog. */
#define TL_WORKING_TOTAL_CELL "$B$5"

/* Writes Oversigt, Medlemmer, Kontoudtog, Beregning, Import. Failures stick to the workbook, but a stored fraction that
 * is none is TL_ERR_INPUT. */
void tl_statement_write_front(const struct tl_statement_sheets *sheets);
void tl_statement_write_members(const struct tl_statement_sheets *sheets);
void tl_statement_write_account(const struct tl_statement_sheets *sheets);
tl_status tl_statement_write_working(const struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;
void tl_statement_write_import(const struct tl_statement_sheets *sheets);
tl_status tl_statement_write_control(const struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;

/* `01.01.2026 – 31.12.2026`, "" for no period; in the arena, NULL when memory is gone. */
const char *tl_statement_period_da(struct tl_period period, struct tl_arena *arena);
/* How wide a column must be for the largest amount of the statement. */
double tl_statement_money_width(const struct tl_statement *statement);
/* NULL as "". */
const char *tl_statement_text(const char *text);

#endif
