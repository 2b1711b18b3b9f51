/* SPDX-License-Identifier: MPL-2.0 */
/* Where everything on the sheet "Hvad nu hvis" is, and its top: what is checked, totals, the terms to try. */
#include "what_if_sheet.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "measure_name.h"
#include "tilslut/report/sheet_rules.h"

enum { MINOR_PER_MAJOR = 100 };

static bool is_tried(const struct tl_what_if_line *line)
{
    return line->refusal == NULL;
}

size_t tl_what_if_cell_count(const struct tl_what_if_line *line)
{
    if (!is_tried(line))
        return 0;
    return line->line->has_budget ? 3 : line->price_count + (line->has_markup ? 2 : 0);
}

size_t tl_what_if_cell_row(const struct tl_what_if_page *page, size_t line)
{
    size_t row = page->places.first_line_row + 1;
    for (size_t i = 0; i < line; i++)
        row += tl_what_if_cell_count(&page->plan->lines[i]) + 1;
    return row;
}

static struct tl_what_if_places place(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    struct tl_what_if_places places = {.first_line_row = TL_WHAT_IF_ROW_TERMS + 1};
    size_t row = places.first_line_row;
    for (size_t i = 0; i < plan->line_count; i++)
        row += tl_what_if_cell_count(&plan->lines[i]) + 1;
    /* the last class has no boundary; the head of the boundaries comes first */
    bool bounds = plan->boundaries_follow && plan->class_count > 1;
    places.bounds_row = row + (bounds ? 1 : 0);
    places.end_row = bounds ? places.bounds_row + plan->class_count - 1 : row;
    places.first_member = places.end_row + 2;
    places.last_member = places.first_member + plan->member_count - 1;
    places.first_line = TL_WHAT_IF_OPTIONS + plan->option_count;
    places.class_number = places.first_line + plan->line_count;
    places.was_in = places.class_number + 1;
    places.columns = places.was_in + 1 + plan->option_count;
    return places;
}

const char *tl_what_if_in_formula(char into[TL_WHAT_IF_FORMULA_SIZE], const struct tl_what_if_page *page,
                                  const struct tl_what_if_line *line, size_t member)
{
    char in[TL_SHEET_REF_SIZE], took[TL_SHEET_REF_SIZE];
    size_t row = page->places.first_member + member;
    tl_sheet_ref(in, row, TL_WHAT_IF_IN);
    if (!line->can[member])
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE, "0");
    else if (line->option == page->plan->option_count)
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE, "IF('" TL_WHAT_IF_SHEET "'!%s=\"x\",1,0)", in);
    else
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE,
                 "IF(AND('" TL_WHAT_IF_SHEET "'!%s=\"x\",'" TL_WHAT_IF_SHEET "'!%s=\"x\"),1,0)", in,
                 tl_sheet_ref(took, row, TL_WHAT_IF_OPTIONS + line->option));
    return into;
}

const char *tl_what_if_index_formula(char into[TL_WHAT_IF_FORMULA_SIZE], const struct tl_what_if_index *index,
                                     const char *amount, int64_t scale)
{
    /* the plan has made sure that these stay short */
    int64_t step = index->follows ? index->denominator * index->unit * scale : 1;
    if (!index->follows)
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE, "%s", amount);
    else if (index->rounding == TL_ROUNDING_NEAREST)
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE, "INT((%s*%" PRId64 "+%" PRId64 ")/%" PRId64 ")*%" PRId64, amount,
                 2 * index->numerator, step, 2 * step, index->unit);
    else
        snprintf(into, TL_WHAT_IF_FORMULA_SIZE, "INT((%s*%" PRId64 "+%" PRId64 ")/%" PRId64 ")*%" PRId64, amount,
                 index->numerator, index->rounding == TL_ROUNDING_UP ? step - 1 : 0, step, index->unit);
    return into;
}

/* ---- the terms ---- */

/* How a cell's number is written: øre as kroner, hundredths of a percent as percents, whole numbers. */
typedef enum cell_kind { KIND_MONEY, KIND_UNIT_PRICE, KIND_PERCENT, KIND_WHOLE } cell_kind;

struct scaled_kind {
    cell_kind kind;
    int64_t scale;
};

static struct tl_frac *scaled(struct tl_frac *out, int64_t value, struct scaled_kind kind)
{
    tl_frac_set_ratio(out, tl_ratio_of(value, kind.scale));
    return out;
}

static void put_number(const struct tl_what_if_page *page, size_t row, size_t column, tl_look look, bool has,
                       int64_t value, struct scaled_kind kind)
{
    static const tl_form forms[] = {[KIND_MONEY] = TL_FORM_MONEY,
                                    [KIND_UNIT_PRICE] = TL_FORM_DECIMAL,
                                    [KIND_PERCENT] = TL_FORM_PERCENT_FINE,
                                    [KIND_WHOLE] = TL_FORM_WHOLE};
    struct tl_frac number;
    if (!has) {
        tl_sheet_fill(page->sheet, row, column, column, look);
        return;
    }
    tl_frac_init(&number);
    tl_sheet_fraction(page->sheet, row, column, look, forms[kind.kind], scaled(&number, value, kind));
    tl_frac_release(&number);
}

static void write_cell(const struct tl_what_if_page *page, size_t row, const struct tl_what_if_cell *cell,
                       struct scaled_kind kind)
{
    char was[TL_SHEET_REF_SIZE], is[TL_SHEET_REF_SIZE];
    struct tl_frac change;
    struct tl_sheet *sheet = page->sheet;
    tl_sheet_fill(sheet, row, 0, TL_WHAT_IF_CHANGE, TL_LOOK_ROW);
    tl_sheet_text(sheet, row, TL_WHAT_IF_NAME, TL_LOOK_ROW, TL_FORM_TEXT, cell->label);
    put_number(page, row, TL_WHAT_IF_DECIDED_AT, TL_LOOK_ROW, cell->has_decided, cell->decided, kind);
    put_number(page, row, TL_WHAT_IF_TRIED_AT, TL_LOOK_INPUT, cell->has_tried, cell->tried, kind);
    tl_sheet_ref(was, row, TL_WHAT_IF_DECIDED_AT);
    tl_sheet_ref(is, row, TL_WHAT_IF_TRIED_AT);
    if (!cell->has_decided)
        return;
    tl_frac_init(&change);
    scaled(&change, cell->has_tried ? cell->tried - cell->decided : 0, kind);
    tl_sheet_fraction_formula(sheet, row, TL_WHAT_IF_CHANGE, TL_LOOK_ROW,
                              kind.kind == KIND_PERCENT ? TL_FORM_PERCENT_FINE
                              : kind.kind == KIND_MONEY ? TL_FORM_DUE
                              : kind.kind == KIND_WHOLE ? TL_FORM_WHOLE
                                                        : TL_FORM_DECIMAL,
                              &change, "=IF(OR(%s=\"\",%s=\"\"),0,ROUND(%s-%s,4))", was, is, is, was);
    tl_frac_release(&change);
}

static void write_line_head(const struct tl_what_if_page *page, size_t line, size_t row)
{
    const struct tl_what_if_line *of = &page->plan->lines[line];
    struct tl_workbook *workbook = page->sheets->workbook;
    tl_sheet_text(page->sheet, row, TL_WHAT_IF_NAME, TL_LOOK_STRONG, TL_FORM_TEXT, of->line->name.da);
    if (!is_tried(of)) {
        tl_sheet_text(
            page->sheet, row, TL_WHAT_IF_CLASS, TL_LOOK_LABEL, TL_FORM_TEXT,
            tl_workbook_made(workbook, tl_arena_format(page->sheets->arena,
                                                       "Regnes ikke her: %s. Tilsluts beløb står fast.", of->refusal)));
        return;
    }
    bool holds = of->line->has_budget ? page->budgets[line].holds : page->prices[line].holds;
    tl_sheet_text_formula(page->sheet, row, TL_WHAT_IF_CLASS, TL_LOOK_LABEL,
                          holds ? "Regnes med her" : "Kan ikke regnes med disse tal",
                          "=IF(%s=1,\"Regnes med her\",\"Kan ikke regnes med disse tal\")", page->holds[line]);
}

static void write_line(const struct tl_what_if_page *page, size_t line)
{
    const struct tl_what_if_line *of = &page->plan->lines[line];
    size_t row = tl_what_if_cell_row(page, line);
    write_line_head(page, line, row - 1);
    if (!is_tried(of))
        return;
    const struct scaled_kind money = {KIND_MONEY, MINOR_PER_MAJOR}, percent = {KIND_PERCENT, of->markup_scale};
    if (of->line->has_budget) {
        write_cell(page, row++, &of->budget, money);
        write_cell(page, row++, &of->floor, money);
        write_cell(page, row, &of->cap, money);
        return;
    }
    const struct scaled_kind price = {of->price_scale == MINOR_PER_MAJOR ? KIND_MONEY : KIND_UNIT_PRICE,
                                      of->price_scale};
    for (size_t i = 0; i < of->price_count; i++)
        write_cell(page, row++, &of->prices[i], price);
    if (of->has_markup) {
        write_cell(page, row++, &of->markup_member, percent);
        write_cell(page, row, &of->markup_other, percent);
    }
}

static void write_terms(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    const struct tl_what_if_places *places = &page->places;
    tl_sheet_fill(page->sheet, TL_WHAT_IF_ROW_TERMS, 0, TL_WHAT_IF_CHANGE, TL_LOOK_SECTION);
    tl_sheet_text(page->sheet, TL_WHAT_IF_ROW_TERMS, 0, TL_LOOK_SECTION, TL_FORM_TEXT,
                  "Prøv andre budgetter, priser og grænser");
    for (size_t i = 0; i < plan->line_count; i++)
        write_line(page, i);
    if (places->bounds_row < places->end_row) {
        const struct tl_terms *terms = plan->facts->decided.request->terms;
        tl_sheet_text(page->sheet, places->bounds_row - 1, TL_WHAT_IF_NAME, TL_LOOK_STRONG, TL_FORM_TEXT,
                      "Størrelsesklasser");
        for (size_t c = 0; c + 1 < plan->class_count; c++) {
            struct tl_what_if_cell cell = plan->bounds[c];
            cell.label = tl_workbook_made(page->sheets->workbook,
                                          tl_arena_format(page->sheets->arena, "%s, %s", plan->bounds[c].label,
                                                          terms->classes[c].inclusive ? "til og med" : "under"));
            write_cell(page, places->bounds_row + c, &cell, (struct scaled_kind){KIND_WHOLE, 1});
        }
    }
    const struct tl_sheet_range range = {places->first_line_row, TL_WHAT_IF_TRIED_AT, places->end_row - 1,
                                         TL_WHAT_IF_TRIED_AT};
    tl_sheet_take_numbers(page->sheet, range, "Et tal",
                          "Skriv et beløb, en procent eller et antal fra 0 og op, eller lad feltet stå tomt.");
}

/* ---- the top ---- */

/* How many cells differ from what was decided: terms, members and their options. */
static const char *count_changes(const struct tl_what_if_page *page)
{
    const struct tl_what_if_places *places = &page->places;
    struct tl_buf text = TL_BUF_EMPTY;
    char a[TL_SHEET_REF_SIZE], b[TL_SHEET_REF_SIZE], c[TL_SHEET_REF_SIZE], d[TL_SHEET_REF_SIZE];
    tl_buf_format(&text, "SUMPRODUCT(--(%s:%s<>%s:%s))",
                  tl_sheet_fixed_ref(a, places->first_line_row, TL_WHAT_IF_DECIDED_AT),
                  tl_sheet_fixed_ref(b, places->end_row - 1, TL_WHAT_IF_DECIDED_AT),
                  tl_sheet_fixed_ref(c, places->first_line_row, TL_WHAT_IF_TRIED_AT),
                  tl_sheet_fixed_ref(d, places->end_row - 1, TL_WHAT_IF_TRIED_AT));
    for (size_t o = 0; o <= page->plan->option_count; o++) {
        size_t is = o == 0 ? TL_WHAT_IF_IN : TL_WHAT_IF_OPTIONS + o - 1;
        tl_buf_format(&text, "+SUMPRODUCT(--(%s:%s<>%s:%s))", tl_sheet_fixed_ref(a, places->first_member, is),
                      tl_sheet_fixed_ref(b, places->last_member, is),
                      tl_sheet_fixed_ref(c, places->first_member, places->was_in + o),
                      tl_sheet_fixed_ref(d, places->last_member, places->was_in + o));
    }
    const char *formula = tl_workbook_made(
        page->sheets->workbook, text.failed ? NULL : tl_arena_text(page->sheets->arena, tl_buf_string(&text)));
    tl_buf_release(&text);
    return formula;
}

static bool differs(const struct tl_what_if_cell *cell)
{
    return cell->has_decided != cell->has_tried || (cell->has_decided && cell->decided != cell->tried);
}

/* The same, counted. */
static size_t changes_of(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    size_t count = 0;
    for (size_t i = 0; i < plan->line_count; i++) {
        const struct tl_what_if_line *line = &plan->lines[i];
        if (!is_tried(line))
            continue;
        count += line->line->has_budget ? (differs(&line->budget) ? 1U : 0U) + (differs(&line->floor) ? 1U : 0U) +
                                              (differs(&line->cap) ? 1U : 0U)
                                        : 0U;
        for (size_t p = 0; p < line->price_count; p++)
            count += differs(&line->prices[p]) ? 1 : 0;
        count += (differs(&line->markup_member) ? 1U : 0U) + (differs(&line->markup_other) ? 1U : 0U);
    }
    for (size_t c = 0; plan->boundaries_follow && c + 1 < plan->class_count; c++)
        count += differs(&plan->bounds[c]) ? 1 : 0;
    for (size_t i = 0; i < plan->member_count; i++)
        count += plan->in_decided[i] != plan->in_tried[i] ? 1 : 0;
    for (size_t i = 0; i < plan->member_count * plan->option_count; i++)
        count += plan->took_decided[i] != plan->took_tried[i] ? 1 : 0;
    return count;
}

#define UNCHANGED "Kontrol: uændret kommer arket til samme beløb som tilslut, for hvert medlem."
#define WRONG "Kontrol: FEJL. Uændret kommer arket ikke til samme beløb som tilslut."

static void write_check(const struct tl_what_if_page *page)
{
    const struct tl_what_if_places *places = &page->places;
    char a[TL_SHEET_REF_SIZE], b[TL_SHEET_REF_SIZE];
    const char *changes = count_changes(page);
    size_t changed = changes_of(page);
    const char *text = changed == 0
                           ? UNCHANGED
                           : tl_workbook_made(page->sheets->workbook,
                                              tl_arena_format(page->sheets->arena,
                                                              "%zu felter er ændret. Intet er besluttet.", changed));
    tl_sheet_text_formula(page->sheet, TL_WHAT_IF_ROW_CHECK, 0, TL_LOOK_STRONG, text,
                          "=IF(%s=0,IF(SUMPRODUCT(--(ABS(%s:%s)>0.004))=0,\"" UNCHANGED "\",\"" WRONG
                          "\"),%s&\" felter er "
                          "ændret. Intet er besluttet.\")",
                          changes, tl_sheet_fixed_ref(a, places->first_member, TL_WHAT_IF_CHANGE),
                          tl_sheet_fixed_ref(b, places->last_member, TL_WHAT_IF_CHANGE), changes);
}

#define FOLLOWS "Arket regner alle linjer, til øren som tilslut."
#define FOLLOWS_NOT "Nogle linjer regnes ikke her; det står ud for dem, og tilsluts beløb står fast."
#define CANNOT "Med disse tal kan en linje ikke regnes; det står ud for den."

/* Whether the sheet can follow: for good, and with the numbers that are tried. */
static void write_reach(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    struct tl_buf all = TL_BUF_EMPTY;
    bool holds = true, any_refused = false;
    tl_buf_text(&all, "1=1");
    for (size_t i = 0; i < plan->line_count; i++) {
        any_refused = any_refused || !is_tried(&plan->lines[i]);
        if (!is_tried(&plan->lines[i]))
            continue;
        tl_buf_format(&all, ",%s=1", page->holds[i]);
        holds = holds && (plan->lines[i].line->has_budget ? page->budgets[i].holds : page->prices[i].holds);
    }
    const char *good = any_refused ? FOLLOWS_NOT : FOLLOWS;
    const char *text = tl_workbook_made(page->sheets->workbook, all.failed ? NULL : tl_buf_string(&all));
    tl_sheet_text_formula(page->sheet, TL_WHAT_IF_ROW_REACH, 0, TL_LOOK_LABEL, holds ? good : CANNOT,
                          "=IF(AND(%s),\"%s\",\"" CANNOT "\")", text, good);
    tl_buf_release(&all);
}

static void write_head(const struct tl_what_if_page *page)
{
    const struct tl_what_if *plan = page->plan;
    const char *measure = plan->facts->decided.request->terms->reference.measure;
    struct tl_sheet *sheet = page->sheet;
    size_t row = TL_WHAT_IF_ROW_HEAD;
    tl_sheet_height(sheet, row, 34);
    tl_sheet_text(sheet, row, TL_WHAT_IF_IN, TL_LOOK_HEAD, TL_FORM_TEXT, "Med (x)");
    tl_sheet_text(sheet, row, TL_WHAT_IF_CODE, TL_LOOK_HEAD, TL_FORM_TEXT, "Kode");
    tl_sheet_text(sheet, row, TL_WHAT_IF_NAME, TL_LOOK_HEAD, TL_FORM_TEXT, "Medlem eller vilkår");
    tl_sheet_text(sheet, row, TL_WHAT_IF_CLASS, TL_LOOK_HEAD, TL_FORM_TEXT, "Klasse");
    tl_sheet_text(sheet, row, TL_WHAT_IF_FIGURE, TL_LOOK_HEAD, TL_FORM_RIGHT,
                  measure == NULL ? "Tal" : tl_measure_name_da(measure));
    tl_sheet_text(sheet, row, TL_WHAT_IF_DECIDED_AT, TL_LOOK_HEAD, TL_FORM_RIGHT, "Besluttet");
    tl_sheet_text(sheet, row, TL_WHAT_IF_TRIED_AT, TL_LOOK_HEAD, TL_FORM_RIGHT, "Prøvet");
    tl_sheet_text(sheet, row, TL_WHAT_IF_CHANGE, TL_LOOK_HEAD, TL_FORM_RIGHT, "Forskel");
    for (size_t o = 0; o < plan->option_count; o++)
        tl_sheet_text(sheet, row, TL_WHAT_IF_OPTIONS + o, TL_LOOK_HEAD, TL_FORM_TEXT,
                      tl_workbook_made(page->sheets->workbook,
                                       tl_arena_format(page->sheets->arena, "%s (x)", plan->option_names[o])));
    for (size_t i = 0; i < plan->line_count; i++)
        tl_sheet_text(sheet, row, page->places.first_line + i, TL_LOOK_HEAD, TL_FORM_RIGHT,
                      plan->lines[i].line->name.da);
    tl_sheet_text(sheet, row, page->places.class_number, TL_LOOK_HEAD, TL_FORM_RIGHT, "Klasse nr.");
    tl_sheet_text(sheet, row, page->places.was_in, TL_LOOK_HEAD, TL_FORM_TEXT, "Med, besluttet");
    for (size_t o = 0; o < plan->option_count; o++)
        tl_sheet_text(sheet, row, page->places.was_in + 1 + o, TL_LOOK_HEAD, TL_FORM_TEXT,
                      tl_workbook_made(page->sheets->workbook,
                                       tl_arena_format(page->sheets->arena, "%s, besluttet", plan->option_names[o])));
}

static void write_top(const struct tl_what_if_page *page)
{
    tl_sheet_height(page->sheet, TL_WHAT_IF_ROW_TITLE, 32);
    tl_sheet_text(page->sheet, TL_WHAT_IF_ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT,
                  tl_workbook_made(page->sheets->workbook,
                                   tl_arena_format(page->sheets->arena, "Hvad nu hvis? %s", page->sheets->heading)));
    tl_sheet_text(page->sheet, TL_WHAT_IF_ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Skriv i felterne over de prikkede linjer: x for den, der er med eller har tilvalgt, eller et andet "
                  "tal. Alle beløb følger med. Ekskl. moms.");
    write_check(page);
    write_reach(page);
    write_head(page);
}

/* ---- the whole of it ---- */

static tl_status solve(struct tl_what_if_page *page, struct tl_err *err)
{
    const struct tl_what_if *plan = page->plan;
    struct tl_arena *arena = page->sheets->arena;
    size_t count = plan->line_count;
    tl_status status = TL_OK;
    page->budgets = tl_arena_alloc(arena, count, sizeof *page->budgets);
    page->prices = tl_arena_alloc(arena, count, sizeof *page->prices);
    page->result_columns = tl_arena_alloc(arena, count, sizeof *page->result_columns);
    page->result_rows = tl_arena_alloc(arena, count, sizeof *page->result_rows);
    page->names = tl_arena_alloc(arena, count, sizeof(const char *));
    page->known = tl_arena_alloc(arena, count, sizeof(const char *));
    page->holds = tl_arena_alloc(arena, count, sizeof(const char *));
    if (page->budgets == NULL || page->prices == NULL || page->result_columns == NULL || page->result_rows == NULL ||
        page->names == NULL || page->known == NULL || page->holds == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_what_if_line *line = &plan->lines[i];
        if (!is_tried(line))
            continue;
        status = line->line->has_budget ? tl_what_if_solve_budget(&page->budgets[i], plan, line, TL_WHAT_IF_TRIED, err)
                                        : tl_what_if_solve_price(&page->prices[i], plan, line, TL_WHAT_IF_TRIED, err);
    }
    return status;
}

static tl_status add_sheet(struct tl_what_if_page *page, struct tl_err *err)
{
    double *widths = tl_arena_alloc(page->sheets->arena, page->places.columns, sizeof *widths);
    if (widths == NULL)
        return tl_err_memory(err);
    for (size_t c = 0; c < page->places.columns; c++)
        widths[c] = c == TL_WHAT_IF_IN      ? 7
                    : c == TL_WHAT_IF_CODE  ? 8
                    : c == TL_WHAT_IF_NAME  ? 34
                    : c == TL_WHAT_IF_CLASS ? 14
                    : c == TL_WHAT_IF_FIGURE || (c >= TL_WHAT_IF_OPTIONS && c < page->places.first_line) ||
                            c >= page->places.class_number
                        ? 13
                        : page->sheets->money_width;
    struct tl_sheet_setup setup = tl_budget_setup(page->sheets, TL_WHAT_IF_SHEET, widths, page->places.columns);
    page->sheet = tl_workbook_sheet(page->sheets->workbook, &setup);
    return TL_OK;
}

tl_status tl_what_if_begin(struct tl_what_if_page *page, const struct tl_budget_sheets *sheets, struct tl_err *err)
{
    *page = (struct tl_what_if_page){.sheets = sheets};
    page->plan = tl_arena_alloc(sheets->arena, 1, sizeof *page->plan);
    if (page->plan == NULL)
        return tl_err_memory(err);
    tl_status status = tl_what_if_plan(page->plan, sheets->budget, sheets->arena, err);
    if (status == TL_OK)
        status = solve(page, err);
    if (status != TL_OK)
        return status;
    page->places = place(page);
    return add_sheet(page, err);
}

void tl_what_if_write(struct tl_what_if_page *page)
{
    size_t number = 1;
    for (size_t i = 0; i < page->plan->line_count; i++)
        if (is_tried(&page->plan->lines[i])) {
            if (page->plan->lines[i].line->has_budget)
                tl_what_if_write_budget(page, i, number++);
            else
                tl_what_if_write_price(page, i, number++);
        }
    write_top(page);
    write_terms(page);
    tl_what_if_write_members(page);
    tl_sheet_freeze(page->sheet, TL_WHAT_IF_ROW_HEAD + 1, TL_WHAT_IF_NAME + 1);
    tl_sheet_repeat(page->sheet, TL_WHAT_IF_ROW_HEAD, TL_WHAT_IF_ROW_HEAD);
}
