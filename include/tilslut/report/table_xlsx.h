/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A table (table.h) as a workbook of one sheet: a title, a table object with filters, and its totals below.
 */
#ifndef TILSLUT_REPORT_TABLE_XLSX_H
#define TILSLUT_REPORT_TABLE_XLSX_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/table.h"

struct tl_table_xlsx {
    const struct tl_table *table;
    const char *title, *subtitle; /* above the table; the title is also the document's */
    const char *sheet, *name;     /* of the sheet, and of the table object (letters only) */
    const char *author;
    const char *const *titles; /* of the columns, in Danish; NULL: those of the table */
    struct tl_date created;
};

/* Appends the file to `out`. The same table gives the same bytes. Statuses of tl_workbook_finish. */
tl_status tl_table_xlsx(struct tl_buf *out, const struct tl_table_xlsx *page, struct tl_err *err) TL_MUST_CHECK;

#endif
