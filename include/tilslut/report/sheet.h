/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A sheet of a workbook: cells with a look and a form, formulas with their results. See workbook.h for what fails
 * and how. Rows and columns count from 0.
 *
 * Amounts become doubles here, the only place in the program: minor / 100.0, which for |minor| <= 10^15 - 1 is the
 * double nearest to the amount and prints back as the same 15 digits.
 */
#ifndef TILSLUT_REPORT_SHEET_H
#define TILSLUT_REPORT_SHEET_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/frac.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

struct tl_sheet;

/* How a cell looks. Meaning never rests on it alone. */
typedef enum tl_look {
    TL_LOOK_PLAIN,
    TL_LOOK_TITLE,
    TL_LOOK_SUBTITLE,
    TL_LOOK_LABEL, /* the word before a value */
    TL_LOOK_STRONG,
    TL_LOOK_SECTION, /* the heading of a part of a sheet */
    TL_LOOK_HEAD,    /* the head of a table, white on green */
    TL_LOOK_ROW,     /* a row of a table, with a light rule below */
    TL_LOOK_TOTAL,
    TL_LOOK_NOTE,     /* small print */
    TL_LOOK_INPUT,    /* a value the reader may change to see what follows */
    TL_LOOK_TILE_IN,  /* a piece of a map: what is in, on a surface, */
    TL_LOOK_TILE_OUT, /* and what is not */
    TL_LOOK_COUNT
} tl_look;

/* What a cell holds, which decides its number format and side. */
typedef enum tl_form {
    TL_FORM_TEXT,    /* left; broken into lines in looks HEAD, ROW and NOTE */
    TL_FORM_RIGHT,   /* text on the right, such as the head over amounts */
    TL_FORM_CODE,    /* text that stays text when edited: codes with leading zeros */
    TL_FORM_DATE,    /* dd.mm.yyyy */
    TL_FORM_MONEY,   /* #,##0.00, which is shown by the reader's own marks */
    TL_FORM_KRONER,  /* an amount as #,##0: shown without its øre, which stay in the cell */
    TL_FORM_DUE,     /* the same, with a dash for nothing */
    TL_FORM_EXACT,   /* six decimals */
    TL_FORM_NUMBER,  /* 0: a number that names something, without marks */
    TL_FORM_WHOLE,   /* #,##0 */
    TL_FORM_DECIMAL, /* #,##0.0##### */
    TL_FORM_PERCENT,
    TL_FORM_PERCENT_FINE,  /* two decimals at most */
    TL_FORM_PERCENT_EXACT, /* six decimals */
    TL_FORM_COUNT
} tl_form;

/* Names a cell, so that formulas and people can refer to it. */
void tl_sheet_name_cell(struct tl_sheet *sheet, const char *name, size_t row, size_t column);

/* Text is never taken for a formula, whatever it begins with. NULL counts as "". */
void tl_sheet_text(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form, const char *text);
/* A text that leads to a file beside the workbook, by its path from there; without a path, a plain code. */
void tl_sheet_link(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const char *text, const char *path);
/* One text over several columns. */
void tl_sheet_wide_text(struct tl_sheet *sheet, size_t row, size_t first_column, size_t last_column, tl_look look,
                        const char *text);
/* An empty cell where there is no date. */
void tl_sheet_date(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_date date);
void tl_sheet_money(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount);
/* The same without its øre. */
void tl_sheet_kroner(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount);
/* The same with a dash for nothing. */
void tl_sheet_due(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount);
/* A number that names something, such as an entry. */
void tl_sheet_number(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t number);
/* A whole number with marks between the thousands; |number| < 10^15. */
void tl_sheet_whole(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t number);
/* A number, or the text `2/3` where no finite decimals exist; an empty cell where there is no ratio. */
void tl_sheet_ratio(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_ratio ratio);
void tl_sheet_percent(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_ratio ratio);
/* The double nearest to a fraction. */
void tl_sheet_fraction(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                       const struct tl_frac *fraction);

/* Formulas, in the English form of the file format (functions in English, commas), with the result that a viewer
 * without recalculation shows. */
void tl_sheet_money_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                            const char *formula, ...) TL_PRINTF(6, 7);
void tl_sheet_fraction_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                               const struct tl_frac *result, const char *formula, ...) TL_PRINTF(7, 8);
/* The same for an amount without its øre, for a whole number, and for an amount that shows a dash for nothing. */
void tl_sheet_kroner_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                             const char *formula, ...) TL_PRINTF(6, 7);
void tl_sheet_whole_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t result,
                            const char *formula, ...) TL_PRINTF(6, 7);
void tl_sheet_due_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                          const char *formula, ...) TL_PRINTF(6, 7);
void tl_sheet_text_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const char *result,
                           const char *formula, ...) TL_PRINTF(6, 7);
/* The same among numbers of a form, where a word stands for the number. */
void tl_sheet_word_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                           const char *result, const char *formula, ...) TL_PRINTF(7, 8);

/* `B12`, and `$B$12`. Returns `into`. */
enum { TL_SHEET_REF_SIZE = 16 };
const char *tl_sheet_ref(char into[TL_SHEET_REF_SIZE], size_t row, size_t column);
const char *tl_sheet_fixed_ref(char into[TL_SHEET_REF_SIZE], size_t row, size_t column);

/* Empty cells of a look, such as the rest of a totals row. */
void tl_sheet_fill(struct tl_sheet *sheet, size_t row, size_t first_column, size_t last_column, tl_look look);
void tl_sheet_height(struct tl_sheet *sheet, size_t row, double points);
/* Keeps the first rows and columns on the screen. */
void tl_sheet_freeze(struct tl_sheet *sheet, size_t rows, size_t columns);
/* Prints these rows at the top of every page. */
void tl_sheet_repeat(struct tl_sheet *sheet, size_t first_row, size_t last_row);

/* Makes rows first_row (the head, whose texts are `titles`) to last_row a named table object with filters; there
 * must be at least one row below the head. Cells are written before or after, by the calls above. */
void tl_sheet_table(struct tl_sheet *sheet, size_t first_row, size_t last_row, const char *name,
                    const char *const *titles, size_t title_count);

#endif
