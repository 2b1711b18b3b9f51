/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The steering group's workbook for a product and year, in Danish:
 *
 * Budget     who pays what: one row per member, one column per line, totals.
 * Linjer     one row per line of the terms: its rule, its budget, what it brings in, and whether that agrees.
 * Fordeling  the working of every share.
 *
 * The three hang together by formulas: change a budget, a price, a markup or a weight (in blue above a dotted line)
 * and every amount follows. Stored results are the allocation's amounts. The rounding of each share stays what the
 * allocation decided, so that a changed budget is still distributed to the øre.
 */
#ifndef TILSLUT_REPORT_BUDGET_XLSX_H
#define TILSLUT_REPORT_BUDGET_XLSX_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

/* What the workbook says. */
struct tl_budget {
    const struct tl_party *owner;
    const struct tl_product *product;
    const struct tl_allocation *allocation;
    const struct tl_decision *decision; /* that adopted the terms; NULL for a draft */
    struct tl_date date;                /* of the workbook */
};

/* Appends the file to `out`; the same budget gives the same bytes. Statuses as tl_workbook_finish. */
tl_status tl_budget_xlsx(struct tl_buf *out, const struct tl_budget *budget, struct tl_err *err) TL_MUST_CHECK;

#endif
