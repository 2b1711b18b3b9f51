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

/* Where the sheet Beregning tells what may be changed for a row; 0 where it does not. */
struct statement_place {
    size_t figure_row, budget_row;
};
enum { STATEMENT_CARD_VALUE = 1 }; /* the column of the values */

/* Where a pool stands on the sheet Fordeling, if it does. */
struct statement_pool_place {
    size_t first_row;
    bool is_live;
};
enum {
    STATEMENT_POOL_CODE = 0,
    STATEMENT_POOL_WEIGHT = 7,
    STATEMENT_POOL_SHARE,
    STATEMENT_POOL_EXACT,
    STATEMENT_POOL_CARRIED,
    STATEMENT_POOL_AMOUNT = 14,
    STATEMENT_POOL_LEDGER,
    STATEMENT_POOL_WEIGHT_EXACT = 17,
    STATEMENT_POOL_CARRIED_EXACT,
    STATEMENT_POOL_BUDGET_ROW = 2,
    STATEMENT_POOL_UNIT_ROW,
    STATEMENT_POOL_BOOKED_ROW,
    STATEMENT_POOL_SHARES_ROW = 7
};

struct tl_statement_sheets {
    struct tl_workbook *workbook;
    const struct tl_statement *statement;
    struct tl_arena *arena; /* for texts while the workbook is written */
    const char *heading;    /* Kontoudtog 2026 */
    const char *document;   /* KU-0751-2026, version 1 */
    struct tl_statement_summary summary;
    struct statement_place *places;     /* of the rows */
    struct statement_pool_place *pools; /* of the statement's pools */
    bool has_live_pool;
};

/* The cells where the sheets Beregning and Import sum up, for the comparison on Kontoudtog. */
#define TL_WORKING_TOTAL_CELL "$B$5"

/* Writes Oversigt, Medlemmer, Kontoudtog, Beregning, Import. Failures stick to the workbook, but a stored fraction that
 * is none is TL_ERR_INPUT. */
void tl_statement_write_front(const struct tl_statement_sheets *sheets);
void tl_statement_write_members(const struct tl_statement_sheets *sheets);
void tl_statement_write_account(const struct tl_statement_sheets *sheets);
tl_status tl_statement_write_working(const struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;
/* Finds out which pools can be told as formulas, and where they will stand; before Beregning is written, whose cards
 * refer to them, and which fills the places of its own. */
tl_status tl_statement_place_pools(struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_statement_write_pools(const struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;
/* The place of a row's pool where it is told as formulas, or NULL. */
const struct statement_pool_place *tl_statement_pool_place(const struct tl_statement_sheets *sheets,
                                                           const struct tl_statement_row *row);
/* Whether the weights of a pool follow from the figures, so that a figure may be changed. */
bool tl_statement_pool_counts(const struct tl_statement_pool *pool, const struct tl_statement_sheets *sheets);
/* `Fordeling!H12`: a share's cell of a column. */
enum { STATEMENT_REF_SIZE = 32 };
const char *tl_statement_pool_ref(char into[STATEMENT_REF_SIZE], const struct statement_pool_place *place, size_t share,
                                  size_t column);
/* The size class as a formula of the cell of a figure; whether it is the class that was billed. */
bool tl_statement_class_formula(struct tl_buf *out, const struct tl_terms *terms, const char *figure);
bool tl_statement_class_follows(const struct tl_terms *terms, const char *measure, struct tl_ratio figure,
                                const char *size_class);

void tl_statement_write_import(const struct tl_statement_sheets *sheets);
tl_status tl_statement_write_control(const struct tl_statement_sheets *sheets, struct tl_err *err) TL_MUST_CHECK;

/* `01.01.2026 – 31.12.2026`, "" for no period; in the arena, NULL when memory is gone. */
const char *tl_statement_period_da(struct tl_period period, struct tl_arena *arena);
/* How wide a column must be for the largest amount of the statement. */
double tl_statement_money_width(const struct tl_statement *statement);
/* NULL as "". */
const char *tl_statement_text(const char *text);

#endif
