/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a workbook and its sheets are made of, in libxlsxwriter's terms.
 */
#ifndef REPORT_WORKBOOK_PARTS_H
#define REPORT_WORKBOOK_PARTS_H

#include <xlsxwriter.h>

#include "tilslut/base/arena.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"

struct tl_workbook {
    struct tl_arena arena;
    struct tl_err err; /* the first failure of any call */
    int file;
    lxw_workbook *book; /* NULL once it is closed */
    lxw_format *formats[TL_LOOK_COUNT][TL_FORM_COUNT];
};

struct tl_sheet {
    struct tl_workbook *workbook; /* NULL for a sheet that takes every call and does nothing */
    lxw_worksheet *sheet;
    const char *name;
    const double *widths;
    size_t width_count;
    /* how many lines the texts of the row that was written last take */
    size_t tall_row, tall_lines;
};

/* Keeps the first failure of libxlsxwriter. */
void tl_workbook_note(struct tl_workbook *workbook, lxw_error error);

/* What may be written for `text`, or NULL after a failure; `where` says in a message what it was for. */
const char *tl_workbook_checked(struct tl_workbook *workbook, const char *text, const char *where);

/* Is text of that look and form broken into lines? */
bool tl_workbook_is_broken(tl_look look, tl_form form);

/* A new format of the workbook; NULL when memory is gone. */
lxw_format *tl_workbook_format(lxw_workbook *workbook, tl_look look, tl_form form);

#endif
