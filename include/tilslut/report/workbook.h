/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A workbook (XLSX) that is written once; sheet.h has what is put into its sheets. The two and their formats are the
 * only ones that know libxlsxwriter.
 *
 * Failures stick: after the first one nothing more is written, and tl_workbook_finish tells it. The bytes are the
 * same whenever the calls are the same, whatever the clock, locale or time zone.
 */
#ifndef TILSLUT_REPORT_WORKBOOK_H
#define TILSLUT_REPORT_WORKBOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct tl_workbook;
struct tl_sheet;

struct tl_workbook_about {
    const char *title, *subject, *author;
    const char *language;   /* RFC 5646, such as da-DK */
    struct tl_date created; /* the only date in the file; not none */
};

/* On success the caller frees *out. TL_ERR_INPUT when there is no date or a text cannot be written; TL_ERR_IO,
 * TL_ERR_MEMORY. The file is built in memory that has no name in any directory, and the temporary files of
 * libxlsxwriter lose theirs as soon as they are made, so nothing is left behind however it ends. */
tl_status tl_workbook_new(struct tl_workbook **out, const struct tl_workbook_about *about,
                          struct tl_err *err) TL_MUST_CHECK;
void tl_workbook_free(struct tl_workbook *workbook);

/* Appends the finished file to `out`; only tl_workbook_free may follow. Returns the first failure of any call:
 * TL_ERR_INPUT when a text was not valid UTF-8 or had a control character other than a line feed (which begins a
 * new line in a cell), TL_ERR_RANGE when it was longer than the 32767 characters a cell holds or a sheet was full,
 * TL_ERR_IO, TL_ERR_MEMORY. */
tl_status tl_workbook_finish(struct tl_buf *out, struct tl_workbook *workbook, struct tl_err *err) TL_MUST_CHECK;

/* Writes a workbook of that content: new, sheets, finish, free. */
typedef tl_status tl_workbook_writer(struct tl_buf *out, const void *content, struct tl_err *err);

/* Has the content written and appends the file to `out`. libxlsxwriter 1.1.4 leaves a part out in silence when memory
 * runs short: where it could have, the content is written twice, and both must be the same bytes, or TL_ERR_MEMORY.
 * Else the writer's status. */
tl_status tl_workbook_write(struct tl_buf *out, tl_workbook_writer *write, const void *content,
                            struct tl_err *err) TL_MUST_CHECK;

/* A text that was made for this workbook, as it is; NULL, which says that memory was gone, is noted as a failure and
 * comes back as "". */
const char *tl_workbook_made(struct tl_workbook *workbook, const char *text);

/* A custom document property. */
void tl_workbook_property(struct tl_workbook *workbook, const char *name, const char *value);

struct tl_sheet_setup {
    const char *name;     /* letters, digits and blanks, at most 31; TL_ERR_INPUT for a name readers refuse */
    bool landscape;       /* of A4 */
    size_t pages_wide;    /* in print, however long it gets; 0 counts as 1 */
    bool gridlines;       /* on the screen; never in print */
    const double *widths; /* of the first columns, in digits of the standard font; borrowed with the sheet */
    size_t width_count;
    const char *header_left, *header_right; /* of every printed page; the footer has the page number */
    const char *footer_left, *footer_right;
};

/* Adds a sheet. Borrowed from the workbook, never NULL. */
struct tl_sheet *tl_workbook_sheet(struct tl_workbook *workbook, const struct tl_sheet_setup *setup);

#endif
