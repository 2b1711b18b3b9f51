/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads workbooks back: their parts with unzip, their recalculated cells with LibreOffice.
 */
#ifndef TESTS_SUPPORT_OFFICE_H
#define TESTS_SUPPORT_OFFICE_H

#include <stdint.h>

#include "tilslut/base/text.h"

enum { OFFICE_PATH_SIZE = 512 };

/* A directory of this test program's own beside it, made when it is not there; static. */
const char *office_directory(void);

/* Writes the bytes to a file of that name in the directory. */
void office_save(const char *name, const struct tl_buf *bytes);

/* The text of one part of a saved workbook, such as "xl/workbook.xml". The caller releases it. */
struct tl_buf office_part(const char *name, const char *part);

/* Opens the saved workbooks (names, then NULL) in LibreOffice, which computes every formula anew whatever results
 * are stored, and saves each sheet as `<name>-<sheet>.csv` with unrounded numbers and American dates. Slow: some
 * seconds. */
void office_recalculate(const char *const *names);
/* The same, of one sheet by its number from 1: quicker where there are many workbooks. */
void office_recalculate_sheet(const char *const *names, int sheet);

/* The text of a cell of a sheet that was recalculated; rows and columns count from 0. Static until the next call. */
const char *office_cell(const char *name, const char *sheet, size_t row, size_t column);

/* An amount that LibreOffice computed, in minor units. The workbooks' number formats are Danish, so it writes a decimal
 * comma. Fails the test when the cell is no number. */
int64_t office_minor(const char *name, const char *sheet, size_t row, size_t column);

#endif
