/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What cells of a sheet take, and bars behind numbers. Rows and columns count from 0; ranges hold their last row and
 * column. See workbook.h for what fails and how.
 */
#ifndef TILSLUT_REPORT_SHEET_RULES_H
#define TILSLUT_REPORT_SHEET_RULES_H

#include <stddef.h>

#include "tilslut/report/sheet.h"

struct tl_sheet_range {
    size_t first_row, first_column, last_row, last_column;
};

/* The cells take this mark, or nothing; `title` and `message` say so to who enters one. */
void tl_sheet_take_mark(struct tl_sheet *sheet, struct tl_sheet_range range, const char *mark, const char *title,
                        const char *message);
/* The cells take numbers from 0 on, or nothing. */
void tl_sheet_take_numbers(struct tl_sheet *sheet, struct tl_sheet_range range, const char *title, const char *message);

/* Bars as long as the numbers of the range are large, those below zero to the other side. The numbers stay readable. */
void tl_sheet_bars(struct tl_sheet *sheet, struct tl_sheet_range range);

#endif
