/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Linjer: what each line of the terms is, and whether what it brings in is what was decided. */
#include <stdio.h>

#include "budget_sheets.h"

enum { ID, NAME, ACCOUNT, KIND, RULE, MEMBERS, BUDGET, FROM_ACCOUNT, DISTRIBUTED, VERDICT, COLUMNS };
enum { ROW_HEAD, ROW_FIRST };

static const struct {
    const char *title;
    tl_form form;
    double width;
} heads[COLUMNS] = {
    [ID] = {"Linje", TL_FORM_TEXT, 16},
    [NAME] = {"Navn", TL_FORM_TEXT, 28},
    [ACCOUNT] = {"Konto", TL_FORM_TEXT, 9},
    [KIND] = {"Opkræves", TL_FORM_TEXT, 24},
    [RULE] = {"Regel", TL_FORM_TEXT, 42},
    [MEMBERS] = {"Andele", TL_FORM_RIGHT, 10},
    [BUDGET] = {"Budget", TL_FORM_RIGHT, 0},
    [FROM_ACCOUNT] = {"Fra konto", TL_FORM_RIGHT, 0},
    [DISTRIBUTED] = {"Fordelt", TL_FORM_RIGHT, 0},
    [VERDICT] = {"Kontrol", TL_FORM_TEXT, 14},
};

const char *tl_budget_of_line(char into[TL_BUDGET_REF_SIZE], size_t line)
{
    char ref[TL_SHEET_REF_SIZE];
    snprintf(into, TL_BUDGET_REF_SIZE, "Linjer!%s", tl_sheet_ref(ref, ROW_FIRST + line, BUDGET));
    return into;
}

static const char *kind_da(tl_line_kind kind)
{
    switch (kind) {
    case TL_LINE_ANNUAL:
        return "hvert år";
    case TL_LINE_JOINING_FEE:
        return "én gang, ved tilslutning";
    case TL_LINE_ONE_OFF:
        return "én gang";
    }
    return "";
}

static const char *rule_da(const struct tl_line_result *result)
{
    if (result->line->has_budget)
        return result->key_text;
    if (result->line->price_step_count > 0)
        return "pris efter dato for underskrift";
    switch (result->line->price.kind) {
    case TL_PRICE_PER_UNIT:
        return "pris pr. enhed";
    case TL_PRICE_BRACKETS:
        return "pris efter tabel";
    case TL_PRICE_FLAT:
        return "samme pris for alle";
    case TL_PRICE_PER_CLASS:
        return "pris efter størrelsesklasse";
    case TL_PRICE_NOT_YET_KNOWN:
        return "prisen er ikke kendt endnu";
    case TL_PRICE_NONE:
        break;
    }
    return "";
}

/* The sum of the line's shares on the sheet Fordeling, where they stand together. */
static void write_distributed(const struct tl_budget_sheets *sheets, struct tl_sheet *sheet, size_t line)
{
    const struct tl_line_result *result = &sheets->allocation->lines[line];
    char first[TL_BUDGET_REF_SIZE], last[TL_BUDGET_REF_SIZE], own[TL_SHEET_REF_SIZE], budget[TL_SHEET_REF_SIZE],
        account[TL_SHEET_REF_SIZE];
    size_t at = ROW_FIRST + line;
    if (!result->known || result->share_count == 0)
        return;
    tl_budget_of_share(first, sheets->allocation, line, 0);
    tl_budget_of_share(last, sheets->allocation, line, result->share_count - 1);
    tl_sheet_money_formula(sheet, at, DISTRIBUTED, TL_LOOK_ROW, result->total, "=ROUND(SUM(%s:%s),2)", first, last);
    if (result->line->has_budget)
        tl_sheet_text_formula(sheet, at, VERDICT, TL_LOOK_ROW, "Stemmer",
                              "=IF(ROUND(%s+%s-%s,2)=0,\"Stemmer\",\"Stemmer ikke\")",
                              tl_sheet_ref(own, at, DISTRIBUTED), tl_sheet_ref(account, at, FROM_ACCOUNT),
                              tl_sheet_ref(budget, at, BUDGET));
}

static void write_line(const struct tl_budget_sheets *sheets, struct tl_sheet *sheet, size_t line)
{
    const struct tl_line_result *result = &sheets->allocation->lines[line];
    size_t at = ROW_FIRST + line;
    tl_sheet_fill(sheet, at, 0, COLUMNS - 1, TL_LOOK_ROW);
    tl_sheet_text(sheet, at, ID, TL_LOOK_ROW, TL_FORM_CODE, result->line->id);
    tl_sheet_text(sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, result->line->name.da);
    tl_sheet_text(sheet, at, ACCOUNT, TL_LOOK_ROW, TL_FORM_CODE, result->line->account);
    tl_sheet_text(sheet, at, KIND, TL_LOOK_ROW, TL_FORM_TEXT, kind_da(result->line->kind));
    tl_sheet_text(sheet, at, RULE, TL_LOOK_ROW, TL_FORM_TEXT, rule_da(result));
    tl_sheet_number(sheet, at, MEMBERS, TL_LOOK_ROW, (int64_t)result->share_count);
    if (result->line->has_budget) {
        tl_sheet_money(sheet, at, BUDGET, TL_LOOK_INPUT, result->budget);
        tl_sheet_money(sheet, at, FROM_ACCOUNT, TL_LOOK_ROW, result->account_total);
    }
    write_distributed(sheets, sheet, line);
}

void tl_budget_write_lines(const struct tl_budget_sheets *sheets)
{
    size_t count = sheets->allocation->line_count, totals = ROW_FIRST + count;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    double widths[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        widths[i] = heads[i].width > 0 ? heads[i].width : sheets->money_width;
    const struct tl_sheet_setup setup = tl_budget_setup(sheets, "Linjer", widths, COLUMNS);
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    tl_sheet_height(sheet, ROW_HEAD, 22);
    for (size_t i = 0; i < COLUMNS; i++)
        tl_sheet_text(sheet, ROW_HEAD, i, TL_LOOK_HEAD, heads[i].form, heads[i].title);
    for (size_t line = 0; line < count; line++)
        write_line(sheets, sheet, line);
    tl_sheet_fill(sheet, totals, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(sheet, totals, NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    tl_sheet_money_formula(sheet, totals, DISTRIBUTED, TL_LOOK_TOTAL, sheets->allocation->total, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, ROW_HEAD, DISTRIBUTED), tl_sheet_ref(last, totals - 1, DISTRIBUTED));
    tl_sheet_freeze(sheet, ROW_FIRST, 0);
    tl_sheet_repeat(sheet, ROW_HEAD, ROW_HEAD);
}
