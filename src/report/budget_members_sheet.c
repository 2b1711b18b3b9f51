/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Hvem betaler hvad. */
#include <string.h>

#include "budget_sheets.h"
#include "measure_name.h"
#include "tilslut/report/sheet_rules.h"

enum { CODE, NAME, CLASS, FIGURE, FIRST_LINE };
enum { ROW_TITLE, ROW_OWNER, ROW_DECISION, ROW_HEAD = 4, ROW_FIRST };

struct page {
    const struct tl_budget_sheets *sheets;
    const struct tl_allocation *allocation;
    struct tl_sheet *sheet;
    size_t total_column, totals; /* the column and row of the sums */
};

/* `=Fordeling!P7`, or a sum where the year is cut into pieces; false when the member has no amount there. */
static bool refer_to_shares(struct tl_buf *formula, struct tl_money *amount, const struct tl_allocation *allocation,
                            size_t line, const char *code)
{
    const struct tl_line_result *result = &allocation->lines[line];
    char ref[TL_BUDGET_REF_SIZE];
    *amount = (struct tl_money){0};
    for (size_t i = 0; i < result->share_count && result->known; i++) {
        if (strcmp(result->shares[i].member->code, code) != 0)
            continue;
        tl_buf_text(formula, formula->length == 0 ? "=" : "+");
        tl_buf_text(formula, tl_budget_of_share(ref, allocation, line, i));
        amount->minor += result->shares[i].amount.minor; /* within bounds: the line's total has the same parts */
    }
    return formula->length > 0;
}

static void write_amount(const struct page *page, size_t at, size_t line, const char *code, struct tl_money *total)
{
    struct tl_buf formula = TL_BUF_EMPTY;
    struct tl_money amount;
    bool has_amount = refer_to_shares(&formula, &amount, page->allocation, line, code);
    const char *text = tl_workbook_made(page->sheets->workbook, formula.failed ? NULL : tl_buf_string(&formula));
    if (has_amount)
        tl_sheet_money_formula(page->sheet, at, FIRST_LINE + line, TL_LOOK_ROW, amount, "%s", text);
    total->minor += amount.minor;
    tl_buf_release(&formula);
}

static void write_member(const struct page *page, size_t at, const struct tl_member *member)
{
    const struct tl_share *share = tl_allocation_members_classed(page->allocation, member->code);
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    struct tl_money total = {0};
    tl_sheet_fill(page->sheet, at, 0, page->total_column, TL_LOOK_ROW);
    tl_sheet_text(page->sheet, at, CODE, TL_LOOK_ROW, TL_FORM_CODE, member->code);
    tl_sheet_text(page->sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, member->name);
    if (share != NULL)
        tl_sheet_text(page->sheet, at, CLASS, TL_LOOK_ROW, TL_FORM_TEXT, share->size_class->name);
    if (share != NULL && share->figure != NULL)
        tl_sheet_ratio(page->sheet, at, FIGURE, TL_LOOK_ROW, share->figure->value);
    for (size_t line = 0; line < page->allocation->line_count; line++)
        write_amount(page, at, line, member->code, &total);
    tl_sheet_money_formula(page->sheet, at, page->total_column, TL_LOOK_ROW, total, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, at, FIRST_LINE), tl_sheet_ref(last, at, page->total_column - 1));
}

static void write_total(const struct page *page, size_t column, struct tl_money amount)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    tl_sheet_money_formula(page->sheet, page->totals, column, TL_LOOK_TOTAL, amount, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, ROW_HEAD, column), tl_sheet_ref(last, page->totals - 1, column));
}

static void write_head(const struct page *page)
{
    const struct tl_budget_sheets *sheets = page->sheets;
    const char *measure = page->allocation->terms->reference.measure; /* NULL where the terms need no figures */
    tl_sheet_height(page->sheet, ROW_TITLE, 32);
    tl_sheet_text(page->sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, sheets->heading);
    tl_sheet_text(page->sheet, ROW_OWNER, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  tl_workbook_made(sheets->workbook,
                                   tl_arena_format(sheets->arena, "%s. Alle beløb er ekskl. moms.", sheets->decision)));
    tl_sheet_text(page->sheet, ROW_DECISION, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Regnestykket bag hvert beløb står på arket Fordeling.");
    tl_sheet_height(page->sheet, ROW_HEAD, 32);
    tl_sheet_text(page->sheet, ROW_HEAD, CODE, TL_LOOK_HEAD, TL_FORM_TEXT, "Kode");
    tl_sheet_text(page->sheet, ROW_HEAD, NAME, TL_LOOK_HEAD, TL_FORM_TEXT, "Medlem");
    tl_sheet_text(page->sheet, ROW_HEAD, CLASS, TL_LOOK_HEAD, TL_FORM_TEXT, "Klasse");
    tl_sheet_text(page->sheet, ROW_HEAD, FIGURE, TL_LOOK_HEAD, TL_FORM_RIGHT,
                  measure == NULL ? "Tal" : tl_measure_name_da(measure));
    for (size_t line = 0; line < page->allocation->line_count; line++)
        tl_sheet_text(page->sheet, ROW_HEAD, FIRST_LINE + line, TL_LOOK_HEAD, TL_FORM_RIGHT,
                      page->allocation->lines[line].line->name.da);
    tl_sheet_text(page->sheet, ROW_HEAD, page->total_column, TL_LOOK_HEAD, TL_FORM_RIGHT, "I alt");
}

static void write_totals(const struct page *page)
{
    const struct tl_allocation *allocation = page->allocation;
    tl_sheet_fill(page->sheet, page->totals, 0, page->total_column, TL_LOOK_TOTAL);
    tl_sheet_text(page->sheet, page->totals, NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    for (size_t line = 0; line < allocation->line_count; line++)
        if (allocation->lines[line].known)
            write_total(page, FIRST_LINE + line, allocation->lines[line].total);
        else
            tl_sheet_text(page->sheet, page->totals, FIRST_LINE + line, TL_LOOK_TOTAL, TL_FORM_RIGHT, "ikke kendt");
    write_total(page, page->total_column, allocation->total);
}

void tl_budget_write_members(const struct tl_budget_sheets *sheets)
{
    const struct tl_allocation *allocation = sheets->allocation;
    size_t columns = FIRST_LINE + allocation->line_count + 1;
    double *widths = tl_arena_alloc(sheets->arena, columns, sizeof *widths);
    if (widths == NULL) {
        (void)tl_workbook_made(sheets->workbook, NULL);
        return;
    }
    for (size_t i = 0; i < columns; i++)
        widths[i] = i == CODE ? 8 : i == NAME ? 24 : i == CLASS ? 12 : i == FIGURE ? 14 : sheets->money_width;
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Hvem betaler hvad", widths, columns);
    struct page page = {sheets, allocation, tl_workbook_sheet(sheets->workbook, &setup), columns - 1,
                        ROW_FIRST + sheets->members.count};
    write_head(&page);
    for (size_t i = 0; i < sheets->members.count; i++)
        write_member(&page, ROW_FIRST + i, sheets->members.items[i]);
    write_totals(&page);
    if (sheets->members.count > 0)
        tl_sheet_bars(page.sheet,
                      (struct tl_sheet_range){ROW_FIRST, page.total_column, page.totals - 1, page.total_column});
    tl_sheet_freeze(page.sheet, ROW_FIRST, NAME + 1);
    tl_sheet_repeat(page.sheet, ROW_HEAD, ROW_HEAD);
}
