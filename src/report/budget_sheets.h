/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheets of a budget's workbook. They refer to each other's cells, so that where these are is told here.
 */
#ifndef REPORT_BUDGET_SHEETS_H
#define REPORT_BUDGET_SHEETS_H

#include "allocation_members.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"

struct tl_budget_sheets {
    struct tl_workbook *workbook;
    const struct tl_budget_facts *budget;
    const struct tl_allocation *allocation;
    struct tl_allocation_members members;
    struct tl_arena *arena;
    const char *heading;  /* Budget 2026, OS2valghalla */
    const char *decision; /* Besluttet af styregruppe 2025-10-12 pkt. 4 */
    double money_width;
};

/* Those that need what the steering group looks at beside the year. */
void tl_budget_write_overview(const struct tl_budget_sheets *sheets);
void tl_budget_write_follow(const struct tl_budget_sheets *sheets);
void tl_budget_write_history(const struct tl_budget_sheets *sheets);
void tl_budget_write_regions(const struct tl_budget_sheets *sheets);

void tl_budget_write_members(const struct tl_budget_sheets *sheets);
void tl_budget_write_lines(const struct tl_budget_sheets *sheets);
void tl_budget_write_shares(const struct tl_budget_sheets *sheets);

/* The cell of Linjer with the budget of a line. Returns `into`. */
enum { TL_BUDGET_REF_SIZE = 48 };
const char *tl_budget_of_line(char into[TL_BUDGET_REF_SIZE], size_t line);

/* The cell of Fordeling with the amount of a share. Returns `into`. */
const char *tl_budget_of_share(char into[TL_BUDGET_REF_SIZE], const struct tl_allocation *allocation, size_t line,
                               size_t share);

/* The set-up that the sheets have in common. */
struct tl_sheet_setup tl_budget_setup(const struct tl_budget_sheets *sheets, const char *name, const double *widths,
                                      size_t width_count);

#endif
