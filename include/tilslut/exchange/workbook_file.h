/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads a workbook (XLSX, ECMA-376) back: its sheets with the values of their cells, as the program that saved it last
 * computed them. For files that tilslut wrote, also after another spreadsheet has saved them; formats, formulas and
 * what else a workbook can hold are passed over.
 *
 * The file may come from anywhere: sizes, counts and depths have bounds, a document type is refused, nothing is
 * fetched.
 */
#ifndef TILSLUT_EXCHANGE_WORKBOOK_FILE_H
#define TILSLUT_EXCHANGE_WORKBOOK_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/money/money.h"

enum {
    TL_WORKBOOK_PART_MAX = 128 * 1024 * 1024, /* bytes of one part, inflated */
    TL_WORKBOOK_PARTS_MAX = 300,
    TL_WORKBOOK_SHEETS_MAX = 64,
    TL_WORKBOOK_CELLS_MAX = 6000000,
    TL_WORKBOOK_RATIO_MAX = 400 /* inflated bytes for each one in the file, beyond the first million */
};

struct tl_workbook_cell {
    uint32_t row, column; /* from 0 */
    bool is_number;
    const char *text; /* of a number, as it stands in the file */
};

struct tl_workbook_file_sheet {
    const char *name;
    struct tl_workbook_cell *cells; /* that hold something; by row, then column */
    size_t count;
};

struct tl_workbook_file {
    struct tl_workbook_file_sheet *sheets; /* in the order of their tabs */
    size_t count;
};

/* Reads a workbook into the arena. TL_ERR_INPUT: it is no workbook, or broken (the message says how); TL_ERR_RANGE: a
 * bound is passed; TL_ERR_MEMORY. */
tl_status tl_workbook_file_read(struct tl_workbook_file *out, const struct tl_source *source, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

/* The sheet of that name, or NULL. */
const struct tl_workbook_file_sheet *tl_workbook_file_sheet(const struct tl_workbook_file *file, const char *name);
/* The cell, or NULL where it holds nothing. */
const struct tl_workbook_cell *tl_workbook_file_cell(const struct tl_workbook_file_sheet *sheet, size_t row,
                                                     size_t column);

/* `C12` */
enum { TL_WORKBOOK_REF_SIZE = 16 };
const char *tl_workbook_file_ref(char into[TL_WORKBOOK_REF_SIZE], size_t row, size_t column);

/* What a cell holds; false where it is no such thing. No cell is an empty text, and neither of the others. An amount is
 * the double in the cell to the nearest minor unit, which gives back every amount of a ledger (sheet.h). */
const char *tl_workbook_cell_text(const struct tl_workbook_cell *cell);
bool tl_workbook_cell_money(struct tl_money *out, const struct tl_workbook_cell *cell);
bool tl_workbook_cell_integer(int64_t *out, const struct tl_workbook_cell *cell);
bool tl_workbook_cell_date(struct tl_date *out, const struct tl_workbook_cell *cell);

#endif
