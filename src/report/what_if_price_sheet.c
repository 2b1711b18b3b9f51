/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet of a line with a price: a row for each member, a column for each step. */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "what_if_sheet.h"

enum { NUMBER, CODE, NAME, IN, PLACE, HAS_PRICE, PRICE, FACTOR, YEAR, SIZE, AMOUNT, STEPS };
enum { ROW_TITLE, ROW_NOTE, ROW_KNOWN = 3, ROW_HOLDS, ROW_HEAD = 6, ROW_FIRST, LABEL = 2, VALUE = 3 };
enum { MINOR_PER_MAJOR = 100, FORMULA_SIZE = 1000 };

static const struct {
    const char *title;
    double width;
} heads[STEPS] = {[NUMBER] = {"Nr.", 6},
                  [CODE] = {"Kode", 8},
                  [NAME] = {"Medlem", 40},
                  [IN] = {"Med", 14},
                  [PLACE] = {"Prisens nummer", 14},
                  [HAS_PRICE] = {"Prisen er kendt", 14},
                  [PRICE] = {"Pris i øre", 17},
                  [FACTOR] = {"1 + tillæg, som helt tal", 17},
                  [YEAR] = {"Årets beløb x nævneren", 22},
                  [SIZE] = {"Det dobbelte + en halv enhed", 22},
                  [AMOUNT] = {"Beløb i øre", 17}};

struct price_page {
    const struct tl_what_if_page *page;
    const struct tl_what_if_line *line;
    struct tl_sheet *sheet;
    size_t at, last;
};

struct own {
    char text[TL_SHEET_REF_SIZE];
};

static struct own own(size_t member, size_t step)
{
    struct own ref;
    tl_sheet_ref(ref.text, ROW_FIRST + member, step);
    return ref;
}

#define OWN(step) own(i, (step)).text

static struct own of_term(const struct price_page *p, size_t cell)
{
    struct own ref;
    tl_sheet_fixed_ref(ref.text, tl_what_if_cell_row(p->page, p->at) + cell, TL_WHAT_IF_TRIED_AT);
    return ref;
}

TL_PRINTF(5, 6)
static void put_step(const struct price_page *p, size_t i, size_t step, int64_t result, const char *formula, ...)
{
    char printed[FORMULA_SIZE];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(printed, sizeof printed, formula, arguments);
    va_end(arguments);
    tl_sheet_whole_formula(p->sheet, ROW_FIRST + i, step, TL_LOOK_ROW, result, "=%s", printed);
}

/* Which of the line's prices is the member's. */
static void write_place(const struct price_page *p, size_t i)
{
    const struct tl_what_if_price *price = &p->line->priced[i];
    char number[TL_SHEET_REF_SIZE];
    size_t of_class = tl_what_if_class(p->page->plan, i, TL_WHAT_IF_TRIED);
    size_t place = price->first_cell + 1 + (price->by_class && of_class > 0 ? of_class - 1 : 0);
    if (price->by_class)
        put_step(p, i, PLACE, (int64_t)place, "%zu+MAX('" TL_WHAT_IF_SHEET "'!%s-1,0)", price->first_cell + 1,
                 tl_sheet_ref(number, p->page->places.first_member + i, p->page->places.class_number));
    else
        tl_sheet_whole(p->sheet, ROW_FIRST + i, PLACE, TL_LOOK_ROW, (int64_t)place);
}

/* The price that stands in its cell, in the line's scale or, after indexation, in øre. */
static void write_price(const struct price_page *p, size_t i, const struct tl_what_if_charge *charge)
{
    const struct tl_what_if_line *line = p->line;
    char list[2 * TL_SHEET_REF_SIZE + 32], scaled[TL_WHAT_IF_FORMULA_SIZE], indexed[2 * TL_WHAT_IF_FORMULA_SIZE];
    snprintf(list, sizeof list, "'" TL_WHAT_IF_SHEET "'!%s:%s", of_term(p, 0).text,
             of_term(p, line->price_count - 1).text);
    put_step(p, i, HAS_PRICE, charge->has_price ? 1 : 0, "IF(%s=1,IF(INDEX(%s,%s)=\"\",0,1),0)", OWN(IN), list,
             OWN(PLACE));
    snprintf(scaled, sizeof scaled, "ROUND(INDEX(%s,%s)*%" PRId64 ",0)", list, OWN(PLACE), line->price_scale);
    put_step(p, i, PRICE, charge->price, "IF(%s=1,%s,0)", OWN(HAS_PRICE),
             tl_what_if_index_formula(indexed, &line->index, scaled, line->price_scale / MINOR_PER_MAJOR));
    if (!line->has_markup)
        put_step(p, i, FACTOR, charge->factor, "%s", OWN(HAS_PRICE));
    else
        put_step(p, i, FACTOR, charge->factor, "IF(%s=1,%" PRId64 "+ROUND('" TL_WHAT_IF_SHEET "'!%s*%" PRId64 ",0),0)",
                 OWN(HAS_PRICE), line->markup_scale,
                 of_term(p, line->price_count + (line->priced[i].in_association ? 0 : 1)).text, line->markup_scale);
}

/* price x quantity x markup x part - rebates, over a denominator; then the part of the year, and rounding. */
static void write_amount(const struct price_page *p, size_t i, const struct tl_what_if_charge *charge)
{
    const struct tl_what_if_line *line = p->line;
    const struct tl_what_if_price *price = &line->priced[i];
    int64_t scale = line->index.follows ? 1 : line->price_scale / MINOR_PER_MAJOR;
    /* short enough: what the plan takes has no long terms, and the sum of it is checked by the sheet itself */
    int64_t denominator =
        scale * (line->has_markup ? line->markup_scale : 1) * price->quantity.denominator * price->part.denominator;
    int64_t step = denominator * price->ticks * line->unit;
    put_step(p, i, YEAR, charge->year, "MAX(0,%s*%" PRId64 "*%s*%" PRId64 "-%s*%" PRId64 "*%" PRId64 ")", OWN(PRICE),
             price->quantity.numerator, OWN(FACTOR), price->part.numerator, OWN(HAS_PRICE), price->rebate_minor,
             denominator);
    put_step(p, i, SIZE, charge->size, "IF(%s=1,2*%s*%" PRId64 "+%" PRId64 ",0)", OWN(HAS_PRICE), OWN(YEAR),
             price->present, step);
    put_step(p, i, AMOUNT, charge->amount, "IF(%s=1,INT(%s/%" PRId64 ")*%" PRId64 ",0)", OWN(HAS_PRICE), OWN(SIZE),
             2 * step, line->unit);
}

static void write_member(const struct price_page *p, size_t i)
{
    const struct tl_member *member = p->page->plan->members[i];
    const struct tl_what_if_charge *charge = &p->page->prices[p->at].charges[i];
    const struct tl_what_if_price *price = &p->line->priced[i];
    char in[TL_WHAT_IF_FORMULA_SIZE];
    tl_sheet_fill(p->sheet, ROW_FIRST + i, 0, STEPS - 1, TL_LOOK_ROW);
    tl_sheet_whole(p->sheet, ROW_FIRST + i, NUMBER, TL_LOOK_ROW, (int64_t)i + 1);
    tl_sheet_text(p->sheet, ROW_FIRST + i, CODE, TL_LOOK_ROW, TL_FORM_CODE, member->code);
    tl_sheet_text(p->sheet, ROW_FIRST + i, NAME, TL_LOOK_ROW, TL_FORM_TEXT, member->name);
    put_step(p, i, IN, charge->in ? 1 : 0, "%s", tl_what_if_in_formula(in, p->page, p->line, i));
    if (!p->line->can[i]) {
        tl_sheet_whole(p->sheet, ROW_FIRST + i, HAS_PRICE, TL_LOOK_ROW, 0);
        tl_sheet_whole(p->sheet, ROW_FIRST + i, AMOUNT, TL_LOOK_ROW, 0);
    } else if (price->is_agreed) {
        put_step(p, i, HAS_PRICE, charge->in ? 1 : 0, "%s", OWN(IN));
        put_step(p, i, AMOUNT, charge->amount, "%s*%" PRId64, OWN(IN), price->agreed_minor);
    } else {
        write_place(p, i);
        write_price(p, i, charge);
        write_amount(p, i, charge);
    }
}

static void write_verdict(const struct price_page *p, size_t row, const char *label, bool result, const char *formula)
{
    tl_sheet_text(p->sheet, row, LABEL, TL_LOOK_LABEL, TL_FORM_RIGHT, label);
    tl_sheet_whole_formula(p->sheet, row, VALUE, TL_LOOK_ROW, result ? 1 : 0, "%s", formula);
}

/* `,...` that some cells are whole numbers in a scale; how long it is. */
static size_t is_whole_formula(char *into, size_t size, const struct price_page *p, size_t first, size_t last,
                               int64_t scale)
{
    struct own from = of_term(p, first), to = of_term(p, last);
    return (size_t)snprintf(into, size,
                            ",SUMPRODUCT(--(ABS('" TL_WHAT_IF_SHEET "'!%s:%s*%" PRId64 "-ROUND('" TL_WHAT_IF_SHEET
                            "'!%s:%s*%" PRId64 ",0))>0.000001))=0",
                            from.text, to.text, scale, from.text, to.text, scale);
}

/* Is there a price for everybody in the line; and are the numbers ones that the formulas are exact with? */
static void write_verdicts(const struct price_page *p)
{
    const struct tl_what_if_price_result *result = &p->page->prices[p->at];
    char text[FORMULA_SIZE], in_first[TL_SHEET_REF_SIZE], in_last[TL_SHEET_REF_SIZE], has_first[TL_SHEET_REF_SIZE],
        has_last[TL_SHEET_REF_SIZE];
    snprintf(text, sizeof text, "=IF(SUM(%s:%s)=SUM(%s:%s),1,0)", tl_sheet_ref(in_first, ROW_FIRST, IN),
             tl_sheet_ref(in_last, p->last, IN), tl_sheet_ref(has_first, ROW_FIRST, HAS_PRICE),
             tl_sheet_ref(has_last, p->last, HAS_PRICE));
    write_verdict(p, ROW_KNOWN, "Alle priser er kendt (1 er ja)", result->known, text);
    const struct tl_what_if_line *line = p->line;
    char markups[TL_WHAT_IF_FORMULA_SIZE] = "";
    if (line->has_markup)
        is_whole_formula(markups, sizeof markups, p, line->price_count, line->price_count + 1, line->markup_scale);
    size_t used =
        (size_t)snprintf(text, sizeof text, "=IF(AND(MAX(%s:%s)<%" PRId64 ",MIN(%s:%s)>=0%s",
                         tl_sheet_ref(in_first, ROW_FIRST, SIZE), tl_sheet_ref(in_last, p->last, SIZE), TL_WHAT_IF_MAX,
                         tl_sheet_ref(has_first, ROW_FIRST, PRICE), tl_sheet_ref(has_last, p->last, PRICE), markups);
    used += is_whole_formula(text + used, sizeof text - used, p, 0, line->price_count - 1, line->price_scale);
    snprintf(text + used, sizeof text - used, "),1,0)");
    write_verdict(p, ROW_HOLDS, "Kan regnes nøjagtigt (1 er ja)", result->holds, text);
}

void tl_what_if_write_price(struct tl_what_if_page *page, size_t line, size_t number)
{
    struct tl_workbook *workbook = page->sheets->workbook;
    struct tl_arena *arena = page->sheets->arena;
    double *widths = tl_arena_alloc(arena, STEPS, sizeof *widths);
    const char *name = tl_workbook_made(workbook, tl_arena_format(arena, "Regning %zu", number));
    char known[TL_SHEET_REF_SIZE], holds[TL_SHEET_REF_SIZE];
    if (widths == NULL) {
        (void)tl_workbook_made(workbook, NULL);
        return;
    }
    for (size_t c = 0; c < STEPS; c++)
        widths[c] = heads[c].width;
    struct tl_sheet_setup setup = tl_budget_setup(page->sheets, name, widths, STEPS);
    struct price_page p = {page, &page->plan->lines[line], tl_workbook_sheet(workbook, &setup), line,
                           ROW_FIRST + page->plan->member_count - 1};
    tl_sheet_height(p.sheet, ROW_TITLE, 32);
    tl_sheet_text(p.sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, p.line->line->name.da);
    tl_sheet_text(p.sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Sådan regner arket " TL_WHAT_IF_SHEET " linjen. Beløb er i øre. Her ændres intet.");
    write_verdicts(&p);
    tl_sheet_height(p.sheet, ROW_HEAD, 48);
    for (size_t c = 0; c < STEPS; c++)
        tl_sheet_text(p.sheet, ROW_HEAD, c, TL_LOOK_HEAD, c <= NAME ? TL_FORM_TEXT : TL_FORM_RIGHT, heads[c].title);
    for (size_t i = 0; i < page->plan->member_count; i++)
        write_member(&p, i);
    tl_sheet_freeze(p.sheet, ROW_FIRST, NAME + 1);
    page->names[line] = name;
    page->result_rows[line] = ROW_FIRST;
    page->result_columns[line] = AMOUNT;
    page->known[line] = tl_workbook_made(
        workbook, tl_arena_format(arena, "'%s'!%s", name, tl_sheet_fixed_ref(known, ROW_KNOWN, VALUE)));
    page->holds[line] = tl_workbook_made(
        workbook, tl_arena_format(arena, "'%s'!%s", name, tl_sheet_fixed_ref(holds, ROW_HOLDS, VALUE)));
}
