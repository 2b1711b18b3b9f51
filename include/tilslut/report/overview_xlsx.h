/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The overview as a workbook, in Danish: agreements by state, each agreement with what it lacks, and what comes up.
 */
#ifndef TILSLUT_REPORT_OVERVIEW_XLSX_H
#define TILSLUT_REPORT_OVERVIEW_XLSX_H

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/overview.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct tl_overview_paper {
    const struct tl_party *owner;
    const struct tl_overview *overview;
    const char *about; /* the product or party that it is limited to, or "" */
};

/* Appends the workbook to `out`. Statuses of tl_workbook_write. */
tl_status tl_overview_xlsx(struct tl_buf *out, const struct tl_overview_paper *paper, struct tl_err *err) TL_MUST_CHECK;

#endif
