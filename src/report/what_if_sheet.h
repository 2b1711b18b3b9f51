/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheet "Hvad nu hvis" and those behind it, which compute a line each. They refer to each other's cells, so where
 * these are is told here. what_if_sheet.c lays the sheet out and writes its top, what_if_members_sheet.c its members,
 * what_if_budget_sheet.c and what_if_price_sheet.c what a line with a budget, or a price, is computed by.
 */
#ifndef REPORT_WHAT_IF_SHEET_H
#define REPORT_WHAT_IF_SHEET_H

#include "budget_sheets.h"
#include "what_if_plan.h"
#include "what_if_solve.h"

#define TL_WHAT_IF_SHEET "Hvad nu hvis"

/* The columns that always are there; those of the options and the lines follow. */
enum {
    TL_WHAT_IF_IN,
    TL_WHAT_IF_CODE,
    TL_WHAT_IF_NAME,
    TL_WHAT_IF_CLASS,
    TL_WHAT_IF_FIGURE,
    TL_WHAT_IF_DECIDED_AT,
    TL_WHAT_IF_TRIED_AT,
    TL_WHAT_IF_CHANGE,
    TL_WHAT_IF_OPTIONS
};

enum {
    TL_WHAT_IF_ROW_TITLE,
    TL_WHAT_IF_ROW_NOTE,
    TL_WHAT_IF_ROW_CHECK,
    TL_WHAT_IF_ROW_REACH,
    TL_WHAT_IF_ROW_TOTAL,
    TL_WHAT_IF_ROW_HEAD,
    TL_WHAT_IF_ROW_TERMS
};

/* Where what stands on the sheet. */
struct tl_what_if_places {
    size_t first_line_row;            /* the head of the first line's terms; each is followed by its cells */
    size_t bounds_row;                /* the first boundary; end_row where there are none to change */
    size_t end_row;                   /* behind the last term */
    size_t first_member, last_member; /* rows */
    size_t first_line;                /* column */
    size_t class_number, was_in;      /* columns: from 1; whether in as decided; the options as decided follow */
    size_t columns;
};

/* A line while it is written. */
struct tl_what_if_page {
    const struct tl_budget_sheets *sheets;
    struct tl_what_if *plan;
    struct tl_what_if_places places;
    struct tl_sheet *sheet;
    struct tl_what_if_budget_result *budgets; /* by line, as tried */
    struct tl_what_if_price_result *prices;
    size_t *result_columns, *result_rows; /* by line: where the amounts of its sheet begin */
    const char **names;                   /* by line: of its sheet; NULL where the formulas don't follow */
    const char **known, **holds;          /* by line: the cells that say so; `known` NULL for a budget */
};

/* How many cells the terms of a line have, and the row of the first. */
size_t tl_what_if_cell_count(const struct tl_what_if_line *line);
size_t tl_what_if_cell_row(const struct tl_what_if_page *page, size_t line);

/* The sheet of a line, of the number that its name has; where its amounts and verdicts are goes into the page. */
void tl_what_if_write_budget(struct tl_what_if_page *page, size_t line, size_t number);
void tl_what_if_write_price(struct tl_what_if_page *page, size_t line, size_t number);
/* The members on the main sheet, and what lies behind them. */
void tl_what_if_write_members(const struct tl_what_if_page *page);

/* A formula of a member: whether it is in a line. Returns `into`. */
enum { TL_WHAT_IF_FORMULA_SIZE = 480 };
const char *tl_what_if_in_formula(char into[TL_WHAT_IF_FORMULA_SIZE], const struct tl_what_if_page *page,
                                  const struct tl_what_if_line *line, size_t member);

/* What an amount comes to after the line's index, as a formula of `amount` in 1/scale of a minor unit. Returns `into`.
 */
const char *tl_what_if_index_formula(char into[TL_WHAT_IF_FORMULA_SIZE], const struct tl_what_if_index *index,
                                     const char *amount, int64_t scale);

/* Plans the sheet and adds it; then, when the sheets that come before those of the lines are there, writes all of it.
 * TL_ERR_MEMORY. */
tl_status tl_what_if_begin(struct tl_what_if_page *page, const struct tl_budget_sheets *sheets,
                           struct tl_err *err) TL_MUST_CHECK;
void tl_what_if_write(struct tl_what_if_page *page);

#endif
