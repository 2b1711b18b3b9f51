/* SPDX-License-Identifier: MPL-2.0 */
/* The members of the sheet "Hvad nu hvis": who is in, in which class, with what; before, after, and line by line. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/report/sheet_rules.h"
#include "what_if_sheet.h"

static const char *mark(bool set)
{
    return set ? "x" : "";
}

/* A member's amount of a line as it is tried. */
static struct tl_money tried_amount(const struct tl_what_if_page *page, size_t line, size_t member)
{
    const struct tl_what_if_line *of = &page->plan->lines[line];
    if (of->refusal != NULL)
        return (struct tl_money){of->fixed_minor[member]};
    if (of->line->has_budget)
        return (struct tl_money){page->budgets[line].holds ? page->budgets[line].steps[member].amount : 0};
    const struct tl_what_if_price_result *prices = &page->prices[line];
    return (struct tl_money){prices->holds && prices->known ? prices->charges[member].amount : 0};
}

static struct tl_money tried_total(const struct tl_what_if_page *page, size_t member)
{
    struct tl_money sum = {0};
    for (size_t i = 0; i < page->plan->line_count; i++)
        sum.minor += tried_amount(page, i, member).minor; /* each is far from the bounds of an amount */
    return sum;
}

static struct tl_money decided_total(const struct tl_what_if_page *page, size_t member)
{
    const struct tl_allocation *decided = page->plan->facts->decided.allocation;
    struct tl_money sum = {0};
    for (size_t i = 0; i < decided->line_count; i++) {
        size_t count;
        const struct tl_share *shares =
            tl_line_result_shares(&decided->lines[i], page->plan->members[member]->code, &count);
        for (size_t s = 0; s < count; s++)
            sum.minor += shares[s].amount.minor;
    }
    return sum;
}

/* The number of the class: fixed, or one more for each boundary that the figure has passed. */
static void write_class(const struct tl_what_if_page *page, size_t i)
{
    const struct tl_what_if *plan = page->plan;
    const struct tl_terms *terms = plan->facts->decided.request->terms;
    const struct tl_what_if_places *places = &page->places;
    size_t row = places->first_member + i;
    char figure[TL_SHEET_REF_SIZE], number[TL_SHEET_REF_SIZE], bound[TL_SHEET_REF_SIZE];
    struct tl_buf formula = TL_BUF_EMPTY, names = TL_BUF_EMPTY;
    size_t of_class = plan->class_tried[i];
    tl_sheet_ref(figure, row, TL_WHAT_IF_FIGURE);
    tl_buf_format(&formula, "=%d", of_class == 0 ? 0 : 1);
    bool follows = plan->boundaries_follow && plan->class_fixed[i] == 0 && of_class > 0;
    for (size_t c = 0; follows && c + 1 < plan->class_count; c++)
        tl_buf_format(&formula, "+IF(%s%s%s,1,0)", figure, terms->classes[c].inclusive ? ">" : ">=",
                      tl_sheet_fixed_ref(bound, places->bounds_row + c, TL_WHAT_IF_TRIED_AT));
    for (size_t c = 0; c < plan->class_count; c++)
        tl_buf_format(&names, ",\"%s\"", plan->bounds[c].label);
    struct tl_workbook *workbook = page->sheets->workbook;
    const char *text = tl_workbook_made(workbook, formula.failed ? NULL : tl_buf_string(&formula));
    const char *choices = tl_workbook_made(workbook, names.failed ? NULL : tl_buf_string(&names));
    if (follows)
        tl_sheet_whole_formula(page->sheet, row, places->class_number, TL_LOOK_ROW, (int64_t)of_class, "%s", text);
    else if (of_class > 0)
        tl_sheet_whole(page->sheet, row, places->class_number, TL_LOOK_ROW, (int64_t)of_class);
    else
        tl_sheet_fill(page->sheet, row, places->class_number, places->class_number, TL_LOOK_ROW);
    if (of_class > 0)
        tl_sheet_text_formula(page->sheet, row, TL_WHAT_IF_CLASS, TL_LOOK_ROW, plan->bounds[of_class - 1].label,
                              "=CHOOSE(%s%s)", tl_sheet_ref(number, row, places->class_number), choices);
    tl_buf_release(&formula);
    tl_buf_release(&names);
}

/* whether it holds, whether it is known, the sheet, the cell with its øre */
#define AMOUNT_FORMULA "=IF(%s=1,IF(%s=1,ROUND('%s'!%s/100,2),\"ikke kendt\"),\"kan ikke regnes\")"

static void write_amount(const struct tl_what_if_page *page, size_t i, size_t line)
{
    const struct tl_what_if_line *of = &page->plan->lines[line];
    struct tl_money amount = tried_amount(page, line, i);
    size_t row = page->places.first_member + i, column = page->places.first_line + line;
    char result[TL_SHEET_REF_SIZE];
    if (of->refusal != NULL) {
        const struct tl_line_result *tried = &page->plan->facts->tried.allocation->lines[line];
        if (tried->known)
            tl_sheet_due(page->sheet, row, column, TL_LOOK_ROW, amount);
        else
            tl_sheet_text(page->sheet, row, column, TL_LOOK_ROW, TL_FORM_RIGHT, "ikke kendt");
        return;
    }
    tl_sheet_ref(result, page->result_rows[line] + i, page->result_columns[line]);
    const char *known = page->known[line] == NULL ? "1" : page->known[line];
    bool holds = of->line->has_budget ? page->budgets[line].holds : page->prices[line].holds;
    bool is_known = of->line->has_budget || page->prices[line].known;
    if (holds && is_known)
        tl_sheet_due_formula(page->sheet, row, column, TL_LOOK_ROW, amount, AMOUNT_FORMULA, page->holds[line], known,
                             page->names[line], result);
    else
        tl_sheet_word_formula(page->sheet, row, column, TL_LOOK_ROW, TL_FORM_DUE,
                              holds ? "ikke kendt" : "kan ikke regnes", AMOUNT_FORMULA, page->holds[line], known,
                              page->names[line], result);
}

static void write_member(const struct tl_what_if_page *page, size_t i)
{
    const struct tl_what_if *plan = page->plan;
    const struct tl_what_if_places *places = &page->places;
    struct tl_sheet *sheet = page->sheet;
    size_t row = places->first_member + i;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    struct tl_money decided = decided_total(page, i), tried = tried_total(page, i);
    tl_sheet_text(sheet, row, TL_WHAT_IF_IN, TL_LOOK_INPUT, TL_FORM_TEXT, mark(plan->in_tried[i]));
    tl_sheet_text(sheet, row, TL_WHAT_IF_CODE, TL_LOOK_ROW, TL_FORM_CODE, plan->members[i]->code);
    tl_sheet_text(sheet, row, TL_WHAT_IF_NAME, TL_LOOK_ROW, TL_FORM_TEXT, plan->members[i]->name);
    tl_sheet_fill(sheet, row, TL_WHAT_IF_CLASS, TL_WHAT_IF_FIGURE, TL_LOOK_ROW);
    if (plan->figures[i] != NULL)
        tl_sheet_ratio(sheet, row, TL_WHAT_IF_FIGURE, TL_LOOK_ROW, plan->figures[i]->value);
    write_class(page, i);
    tl_sheet_due(sheet, row, TL_WHAT_IF_DECIDED_AT, TL_LOOK_ROW, decided);
    tl_sheet_due_formula(sheet, row, TL_WHAT_IF_TRIED_AT, TL_LOOK_ROW, tried, "=ROUND(SUM(%s:%s),2)",
                         tl_sheet_ref(first, row, places->first_line),
                         tl_sheet_ref(last, row, places->class_number - 1));
    tl_sheet_due_formula(sheet, row, TL_WHAT_IF_CHANGE, TL_LOOK_ROW, (struct tl_money){tried.minor - decided.minor},
                         "=ROUND(%s-%s,2)", tl_sheet_ref(first, row, TL_WHAT_IF_TRIED_AT),
                         tl_sheet_ref(last, row, TL_WHAT_IF_DECIDED_AT));
    tl_sheet_text(sheet, row, places->was_in, TL_LOOK_ROW, TL_FORM_TEXT, mark(plan->in_decided[i]));
    for (size_t o = 0; o < plan->option_count; o++) {
        size_t at = i * plan->option_count + o;
        tl_sheet_text(sheet, row, TL_WHAT_IF_OPTIONS + o, TL_LOOK_INPUT, TL_FORM_TEXT, mark(plan->took_tried[at]));
        tl_sheet_text(sheet, row, places->was_in + 1 + o, TL_LOOK_ROW, TL_FORM_TEXT, mark(plan->took_decided[at]));
    }
    for (size_t line = 0; line < plan->line_count; line++)
        write_amount(page, i, line);
}

static void write_total(const struct tl_what_if_page *page, size_t column, struct tl_money amount)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    tl_sheet_due_formula(page->sheet, TL_WHAT_IF_ROW_TOTAL, column, TL_LOOK_TOTAL, amount, "=ROUND(SUM(%s:%s),2)",
                         tl_sheet_ref(first, page->places.first_member, column),
                         tl_sheet_ref(last, page->places.last_member, column));
}

static void write_totals(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    struct tl_money decided = {0}, tried = {0};
    tl_sheet_fill(page->sheet, TL_WHAT_IF_ROW_TOTAL, 0, page->places.class_number - 1, TL_LOOK_TOTAL);
    tl_sheet_text(page->sheet, TL_WHAT_IF_ROW_TOTAL, TL_WHAT_IF_NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    for (size_t i = 0; i < plan->member_count; i++) {
        decided.minor += decided_total(page, i).minor;
        tried.minor += tried_total(page, i).minor;
    }
    write_total(page, TL_WHAT_IF_DECIDED_AT, decided);
    write_total(page, TL_WHAT_IF_TRIED_AT, tried);
    write_total(page, TL_WHAT_IF_CHANGE, (struct tl_money){tried.minor - decided.minor});
    for (size_t line = 0; line < plan->line_count; line++) {
        struct tl_money sum = {0};
        for (size_t i = 0; i < plan->member_count; i++)
            sum.minor += tried_amount(page, line, i).minor;
        write_total(page, page->places.first_line + line, sum);
    }
}

/* What the marks are for, to who writes something else. */
static void limit_marks(const struct tl_what_if_page *page)
{
    const struct tl_what_if_places *places = &page->places;
    for (size_t o = 0; o <= page->plan->option_count; o++) {
        size_t column = o == 0 ? TL_WHAT_IF_IN : TL_WHAT_IF_OPTIONS + o - 1;
        const struct tl_sheet_range range = {places->first_member, column, places->last_member, column};
        tl_sheet_take_mark(page->sheet, range, "x", "x eller tomt", "Skriv x, eller lad feltet stå tomt.");
    }
}

void tl_what_if_write_members(const struct tl_what_if_page *page)
{
    size_t section = page->places.first_member - 1;
    tl_sheet_fill(page->sheet, section, 0, TL_WHAT_IF_CHANGE, TL_LOOK_SECTION);
    tl_sheet_text(page->sheet, section, 0, TL_LOOK_SECTION, TL_FORM_TEXT, "Prøv, hvem der er med");
    for (size_t i = 0; i < page->plan->member_count; i++)
        write_member(page, i);
    write_totals(page);
    limit_marks(page);
    const struct tl_sheet_range change = {page->places.first_member, TL_WHAT_IF_CHANGE, page->places.last_member,
                                          TL_WHAT_IF_CHANGE};
    tl_sheet_bars(page->sheet, change);
}
