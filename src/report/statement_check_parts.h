/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files that check a statement's workbook share.
 */
#ifndef REPORT_STATEMENT_CHECK_PARTS_H
#define REPORT_STATEMENT_CHECK_PARTS_H

#include "statement_control_parts.h"
#include "tilslut/exchange/workbook_file.h"
#include "tilslut/report/statement_check.h"

/* A file while it is checked. */
struct file_check {
    struct tl_statement_checked *out;
    struct tl_arena *arena;
    struct tl_err *err;
    struct tl_workbook_file file;
    const struct tl_workbook_file_sheet *control;
    struct control_value facts[CONTROL_FACT_COUNT];
    struct control_value (*rows)[CONTROL_COLUMN_COUNT]; /* the evidence */
    size_t row_count;
};

/* Notes a flaw. TL_ERR_MEMORY. */
tl_status check_flaw(struct file_check *check, const char *sheet, size_t row, size_t column, const char *what,
                     const char *says, const char *should) TL_MUST_CHECK;
/* Notes a flaw unless the amounts are the same. */
tl_status check_amount(struct file_check *check, const char *sheet, size_t row, size_t column, const char *what,
                       struct tl_money says, struct tl_money should) TL_MUST_CHECK;
/* The same of a cell, which must be an amount. */
tl_status check_cell_amount(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t row,
                            size_t column, const char *what, struct tl_money should) TL_MUST_CHECK;
/* Of texts, and of a cell's. */
tl_status check_cell_text(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t row,
                          size_t column, const char *what, const char *should) TL_MUST_CHECK;

/* The evidence of each row, VAT, and sums (statement_check_rows.c). */
tl_status check_rows(struct file_check *check) TL_MUST_CHECK;
/* What the other sheets say of the same (statement_check_sheets.c). */
tl_status check_sheets(struct file_check *check) TL_MUST_CHECK;

#endif
