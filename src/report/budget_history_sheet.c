/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Historik: what each line and each member comes to in the years before, this year and the next. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "budget_sheets.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/base/text.h"
#include "tilslut/report/sheet_chart.h"

enum { CODE, NAME, FIRST_YEAR };
enum { ROW_TITLE, ROW_NOTE, ROW_NEXT, ROW_HEAD = 4, ROW_FIRST };

struct history {
    const struct tl_budget_sheets *sheets;
    const struct tl_steering *steering;
    struct tl_sheet *sheet;
    size_t change; /* column: this year less the one before; behind the years */
};

/* A line of a year by its id, or NULL. */
static struct tl_money line_total(const struct tl_product_year *year, const char *id, bool *has)
{
    const struct tl_line_result *result = tl_allocation_line(&year->allocation, id);
    *has = result != NULL && result->known;
    return *has ? result->total : (struct tl_money){0};
}

static struct tl_money member_total(const struct tl_allocation *allocation, const char *code, bool *has)
{
    struct tl_money sum = {0};
    *has = false;
    for (size_t i = 0; i < allocation->line_count; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(&allocation->lines[i], code, &count);
        *has = *has || count > 0;
        for (size_t s = 0; s < count; s++)
            sum.minor += shares[s].amount.minor; /* within bounds: they are parts of totals that are */
    }
    return sum;
}

static void write_head(const struct history *h, size_t row, const char *first, const char *second)
{
    tl_sheet_height(h->sheet, row, 22);
    tl_sheet_text(h->sheet, row, CODE, TL_LOOK_HEAD, TL_FORM_TEXT, first);
    tl_sheet_text(h->sheet, row, NAME, TL_LOOK_HEAD, TL_FORM_TEXT, second);
    for (size_t y = 0; y < h->steering->year_count; y++)
        tl_sheet_text(
            h->sheet, row, FIRST_YEAR + y, TL_LOOK_HEAD, TL_FORM_RIGHT,
            tl_workbook_made(h->sheets->workbook, tl_arena_format(h->sheets->arena, "%d", h->steering->years[y].year)));
    tl_sheet_text(h->sheet, row, h->change, TL_LOOK_HEAD, TL_FORM_RIGHT, "Ændring fra året før");
}

/* This year less the one before, where both are there. */
static void write_change(const struct history *h, size_t row, tl_look look, const struct tl_money *amounts)
{
    char is[TL_SHEET_REF_SIZE], was[TL_SHEET_REF_SIZE];
    size_t at = 0;
    while (at < h->steering->year_count && h->steering->years[at].year != h->sheets->allocation->year)
        at++;
    if (at == 0 || at == h->steering->year_count)
        tl_sheet_fill(h->sheet, row, h->change, h->change, look);
    else
        tl_sheet_due_formula(h->sheet, row, h->change, look,
                             (struct tl_money){amounts[at].minor - amounts[at - 1].minor}, "=ROUND(%s-%s,2)",
                             tl_sheet_ref(is, row, FIRST_YEAR + at), tl_sheet_ref(was, row, FIRST_YEAR + at - 1));
}

static size_t write_lines(const struct history *h, size_t row)
{
    const struct tl_allocation *present = h->sheets->allocation;
    struct tl_sheet_series *series = tl_arena_alloc(h->sheets->arena, present->line_count, sizeof *series);
    size_t head = row, years = h->steering->year_count;
    if (series == NULL) {
        (void)tl_workbook_made(h->sheets->workbook, NULL);
        return row;
    }
    write_head(h, row++, "Linje", "Navn");
    for (size_t i = 0; i < present->line_count; i++, row++) {
        const struct tl_line *line = present->lines[i].line;
        struct tl_money amounts[TL_STEERING_YEARS] = {{0}};
        tl_sheet_text(h->sheet, row, CODE, TL_LOOK_ROW, TL_FORM_CODE, line->id);
        tl_sheet_text(h->sheet, row, NAME, TL_LOOK_ROW, TL_FORM_TEXT, line->name.da);
        for (size_t y = 0; y < years; y++) {
            bool has;
            amounts[y] = line_total(&h->steering->years[y], line->id, &has);
            if (has)
                tl_sheet_due(h->sheet, row, FIRST_YEAR + y, TL_LOOK_ROW, amounts[y]);
            else
                tl_sheet_fill(h->sheet, row, FIRST_YEAR + y, FIRST_YEAR + y, TL_LOOK_ROW);
        }
        write_change(h, row, TL_LOOK_ROW, amounts);
        series[i] = (struct tl_sheet_series){line->name.da, {row, FIRST_YEAR, row, FIRST_YEAR + years - 1}};
    }
    const struct tl_sheet_chart chart = {
        .kind = TL_SHEET_CHART_STACKED_COLUMNS,
        .title = "Hvad medlemmerne betaler, år for år",
        .description = "Søjlediagram: en søjle for hvert år, delt i budgettets linjer. Tallene står i tabellen over "
                       "linjer.",
        .names = {head, FIRST_YEAR, head, FIRST_YEAR + years - 1},
        .series = series,
        .series_count = present->line_count,
        .width = 560,
        .height = 320};
    tl_sheet_put_chart(h->sheet, head, h->change + 2, &chart);
    return row + 1;
}

struct code_list {
    const char **items;
    size_t count;
};

static int by_code(const void *a, const void *b)
{
    const char *const *left = a, *const *right = b;
    return strcmp(*left, *right);
}

/* Who pays in any of the years. */
static bool list_codes(struct code_list *out, const struct history *h)
{
    size_t most = 0, found = 0;
    for (size_t y = 0; y < h->steering->year_count; y++)
        for (size_t i = 0; i < h->steering->years[y].allocation.line_count; i++)
            most += h->steering->years[y].allocation.lines[i].share_count;
    out->items = tl_arena_alloc(h->sheets->arena, most, sizeof(const char *));
    out->count = 0;
    if (out->items == NULL)
        return false;
    for (size_t y = 0; y < h->steering->year_count; y++) {
        const struct tl_allocation *allocation = &h->steering->years[y].allocation;
        for (size_t i = 0; i < allocation->line_count; i++)
            for (size_t s = 0; s < allocation->lines[i].share_count; s++)
                out->items[found++] = allocation->lines[i].shares[s].member->code;
    }
    if (found > 0)
        qsort(out->items, found, sizeof *out->items, by_code);
    for (size_t i = 0; i < found; i++)
        if (out->count == 0 || strcmp(out->items[out->count - 1], out->items[i]) != 0)
            out->items[out->count++] = out->items[i];
    return true;
}

static const char *name_of(const struct history *h, const char *code)
{
    for (size_t i = 0; i < h->steering->party_count; i++)
        if (tl_text_equal(h->steering->parties[i].code, code))
            return h->steering->parties[i].name;
    return code;
}

static void write_members(const struct history *h, size_t row)
{
    struct code_list codes;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    if (!list_codes(&codes, h)) {
        (void)tl_workbook_made(h->sheets->workbook, NULL);
        return;
    }
    write_head(h, row, "Kode", "Medlem");
    size_t begin = row + 1, totals = begin + codes.count;
    for (size_t i = 0; i < codes.count; i++) {
        struct tl_money amounts[TL_STEERING_YEARS] = {{0}};
        tl_sheet_text(h->sheet, begin + i, CODE, TL_LOOK_ROW, TL_FORM_CODE, codes.items[i]);
        tl_sheet_text(h->sheet, begin + i, NAME, TL_LOOK_ROW, TL_FORM_TEXT, name_of(h, codes.items[i]));
        for (size_t y = 0; y < h->steering->year_count; y++) {
            bool has;
            amounts[y] = member_total(&h->steering->years[y].allocation, codes.items[i], &has);
            if (has)
                tl_sheet_due(h->sheet, begin + i, FIRST_YEAR + y, TL_LOOK_ROW, amounts[y]);
            else
                tl_sheet_fill(h->sheet, begin + i, FIRST_YEAR + y, FIRST_YEAR + y, TL_LOOK_ROW);
        }
        write_change(h, begin + i, TL_LOOK_ROW, amounts);
    }
    struct tl_money sums[TL_STEERING_YEARS] = {{0}};
    tl_sheet_fill(h->sheet, totals, 0, h->change, TL_LOOK_TOTAL);
    tl_sheet_text(h->sheet, totals, NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    for (size_t y = 0; y < h->steering->year_count; y++) {
        sums[y] = h->steering->years[y].allocation.total;
        tl_sheet_due_formula(h->sheet, totals, FIRST_YEAR + y, TL_LOOK_TOTAL, sums[y], "=ROUND(SUM(%s:%s),2)",
                             tl_sheet_ref(first, row, FIRST_YEAR + y), tl_sheet_ref(last, totals - 1, FIRST_YEAR + y));
    }
    write_change(h, totals, TL_LOOK_TOTAL, sums);
}

void tl_budget_write_history(const struct tl_budget_sheets *sheets)
{
    const struct tl_steering *steering = sheets->budget->steering;
    double widths[FIRST_YEAR + TL_STEERING_YEARS + 1];
    size_t columns = FIRST_YEAR + steering->year_count + 1;
    for (size_t i = 0; i < columns; i++)
        widths[i] = i == CODE ? 14 : i == NAME ? 30 : sheets->money_width;
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Historik", widths, columns);
    struct history h = {sheets, steering, tl_workbook_sheet(sheets->workbook, &setup), columns - 1};
    tl_sheet_height(h.sheet, ROW_TITLE, 32);
    tl_sheet_text(h.sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Historik og næste år");
    tl_sheet_text(h.sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Årene, som de regnes af de vilkår, medlemmer og tal, der er registreret for dem. Ekskl. moms.");
    const char *next =
        steering->next_missing == NULL
            ? "Næste år er regnet af det, der er besluttet til nu."
            : tl_arena_format(sheets->arena, "Næste år kan ikke regnes endnu: %s.", steering->next_missing);
    tl_sheet_text(h.sheet, ROW_NEXT, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, tl_workbook_made(sheets->workbook, next));
    size_t members = write_lines(&h, ROW_HEAD);
    /* below the chart, which is beside the lines */
    write_members(&h, members);
    tl_sheet_freeze(h.sheet, 0, NAME + 1);
}
