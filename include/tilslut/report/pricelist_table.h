/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The price list (takstblad) of a product for a year as a table, for spreadsheets and machines: one row per line and
 * class, bracket or date of signing; what pricelist_doc.h prints.
 */
#ifndef TILSLUT_REPORT_PRICELIST_TABLE_H
#define TILSLUT_REPORT_PRICELIST_TABLE_H

#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/report/table.h"

enum { TL_PRICELIST_COLUMNS = 19 };

/* The columns' titles in Danish, in their order. Static. */
extern const char *const tl_pricelist_titles[TL_PRICELIST_COLUMNS];

/* Fills a new table, which the caller releases whatever the status. Prices are the year's, after indexation, excluding
 * VAT; `decision` is what adopted the terms. A price that is not yet known is a missing cell. TL_ERR_RANGE,
 * TL_ERR_MEMORY. */
tl_status tl_pricelist_table(struct tl_table *out, const struct tl_allocation *allocation, const char *decision,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
