/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The steering group's workbook for a product and year, in Danish. Its sheets, of which those are left out that there
 * is nothing to show on:
 *
 * Overblik        what is decided, the figures that matter, who pays most, the ledger's seal.
 * Opfølgning      budget, actual and forecast of each account and quarter.
 * Hvem betaler hvad   one row per member, one column per line, totals.
 * Hvad nu hvis    the same, recomputed by the spreadsheet itself: members in or out, options, budgets, prices, markups,
 *                 floors, caps and boundaries are tried, and everybody's amount follows to the øre, as tilslut would
 *                 compute it. What the formulas can't follow is said so, and shown as tilslut computes it.
 * Historik        what lines and members come to in the years before, and in the next where it can be computed.
 * Medlemmer       who is in, and in which class, by region as on a map.
 * Linjer          one row per line of the terms: its rule, its budget, what it brings in, and whether that agrees.
 * Fordeling       the working of every share.
 * Regning 1, ...  how each line of "Hvad nu hvis" is computed, step by step.
 *
 * Stored results are the allocation's amounts.
 */
#ifndef TILSLUT_REPORT_BUDGET_XLSX_H
#define TILSLUT_REPORT_BUDGET_XLSX_H

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

/* A year, and what it was allocated from. */
struct tl_budget_year {
    const struct tl_alloc_request *request;
    const struct tl_allocation *allocation;
};

/* What the workbook says. Borrowed. */
struct tl_budget_facts {
    const struct tl_party *owner;
    const struct tl_product *product;
    const struct tl_decision *decision;     /* that adopted the terms; NULL for a draft */
    struct tl_date date;                    /* of the workbook */
    const struct tl_allocation *allocation; /* NULL for a workbook in which things are only tried */
    struct tl_budget_year decided;          /* what `allocation` comes from; zero where nothing is to be tried */
    struct tl_budget_year widest;           /* with everybody in who could be (agreement/widest_year.h) */
    struct tl_budget_year tried;            /* what the sheet is set to; as decided for the sheet as it is handed out */
    const struct tl_steering *steering;     /* NULL where nothing is known beside the year */
};

/* Appends the file to `out`; the same facts give the same bytes. Statuses as tl_workbook_finish. */
tl_status tl_budget_xlsx(struct tl_buf *out, const struct tl_budget_facts *facts, struct tl_err *err) TL_MUST_CHECK;

#endif
