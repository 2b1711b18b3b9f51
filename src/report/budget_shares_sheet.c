/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Fordeling: the working of every share. */
#include <stdio.h>
#include <string.h>

#include "budget_sheets.h"
#include "measure_name.h"

/* The columns in their order, X(name, title, width); 0 is the width of an amount. */
#define COLUMNS(X)                                                                                                     \
    X(LINE, "Linje", 15)                                                                                               \
    X(CODE, "Kode", 10)                                                                                                \
    X(NAME, "Medlem", 20)                                                                                              \
    X(FROM, "Fra", 12)                                                                                                 \
    X(TO, "Til", 12)                                                                                                   \
    X(MEASURE, "Mål", 14)                                                                                              \
    X(FIGURE, "Tal", 14)                                                                                               \
    X(DATE, "Pr. dato", 13)                                                                                            \
    X(CLASS, "Klasse", 13)                                                                                             \
    X(PRICE, "Pris", 0)                                                                                                \
    X(MARKUP, "Tillæg", 11)                                                                                            \
    X(WEIGHT, "Vægt", 16)                                                                                              \
    X(SHARE, "Andel", 14)                                                                                              \
    X(EXACT, "Præcist beløb", 22)                                                                                      \
    X(ROUNDING, "Afrunding", 15)                                                                                       \
    X(AMOUNT, "Beløb", 0)                                                                                              \
    X(WORKING, "Udregning", 60)                                                                                        \
    X(SOURCE, "Kilde", 30)

#define COLUMN_ENUM(name, title, width) name,
enum { COLUMNS(COLUMN_ENUM) COLUMN_COUNT };
#undef COLUMN_ENUM

#define COLUMN_TITLE(name, title, width) title,
static const char *const titles[] = {COLUMNS(COLUMN_TITLE)};
#undef COLUMN_TITLE

#define COLUMN_WIDTH(name, title, width) width,
static const double widths[] = {COLUMNS(COLUMN_WIDTH)};
#undef COLUMN_WIDTH

enum { ROW_HEAD, ROW_FIRST, MINOR_PER_MAJOR = 100 };

/* The row of a share: lines come one after the other. */
static size_t row_of(const struct tl_allocation *allocation, size_t line, size_t share)
{
    size_t row = ROW_FIRST + share;
    for (size_t i = 0; i < line; i++)
        row += allocation->lines[i].share_count;
    return row;
}

const char *tl_budget_of_share(char into[TL_BUDGET_REF_SIZE], const struct tl_allocation *allocation, size_t line,
                               size_t share)
{
    char ref[TL_SHEET_REF_SIZE];
    snprintf(into, TL_BUDGET_REF_SIZE, "Fordeling!%s", tl_sheet_ref(ref, row_of(allocation, line, share), AMOUNT));
    return into;
}

/* One share while it is written. */
struct entry {
    const struct tl_budget_sheets *sheets;
    struct tl_sheet *sheet;
    const struct tl_line_result *result;
    const struct tl_share *share;
    size_t line, at, first, last; /* the rows of this share and of its line's */
};

/* Is the exact amount the product of what stands before it, and not bent by a waiver, floor, cap or part of a year? */
static bool follows(const struct entry *entry)
{
    const struct tl_share *share = entry->share;
    const struct tl_line *line = entry->result->line;
    struct tl_frac product, factor;
    tl_frac_init(&product);
    tl_frac_init(&factor);
    tl_frac_set_whole(&product, line->has_budget ? entry->result->budget.minor : share->price.minor);
    if (line->has_budget)
        tl_frac_set(&factor, &share->share);
    else {
        tl_frac_set_whole(&factor, 1);
        if (line->markup.present) {
            struct tl_frac markup;
            tl_frac_init(&markup);
            tl_frac_set_ratio(&markup, share->markup);
            mpq_add(factor.q, factor.q, markup.q);
            tl_frac_release(&markup);
        }
    }
    mpq_mul(product.q, product.q, factor.q);
    bool equal = mpq_equal(product.q, share->exact.q) != 0;
    tl_frac_release(&product);
    tl_frac_release(&factor);
    return equal;
}

/* Do the weights of the line's shares make the sum they are divided by? */
static bool weights_foot(const struct tl_line_result *result)
{
    struct tl_frac sum;
    tl_frac_init(&sum);
    for (size_t i = 0; i < result->share_count; i++)
        mpq_add(sum.q, sum.q, result->shares[i].weight.q);
    bool foot = mpq_equal(sum.q, result->weight_sum.q) != 0 && mpq_sgn(sum.q) != 0;
    tl_frac_release(&sum);
    return foot;
}

/* Is the weight the figure itself, so that a changed figure may change it? */
static bool weight_is_figure(const struct entry *entry)
{
    const struct tl_share *share = entry->share;
    if (share->figure == NULL || strcmp(entry->result->key_text, share->figure->measure) != 0)
        return false;
    struct tl_frac figure;
    tl_frac_init(&figure);
    tl_frac_set_ratio(&figure, share->figure->value);
    bool equal = mpq_equal(figure.q, share->weight.q) != 0;
    tl_frac_release(&figure);
    return equal;
}

static void write_figure(const struct entry *entry)
{
    const struct tl_figure *figure = entry->share->figure;
    bool is_input =
        entry->result->line->has_budget && entry->result->known && weight_is_figure(entry) && follows(entry);
    if (figure == NULL)
        return;
    tl_sheet_text(entry->sheet, entry->at, MEASURE, TL_LOOK_ROW, TL_FORM_TEXT, tl_measure_name_da(figure->measure));
    tl_sheet_ratio(entry->sheet, entry->at, FIGURE, is_input ? TL_LOOK_INPUT : TL_LOOK_ROW, figure->value);
    tl_sheet_date(entry->sheet, entry->at, DATE, TL_LOOK_ROW, figure->holds_on);
    tl_sheet_text(entry->sheet, entry->at, SOURCE, TL_LOOK_ROW, TL_FORM_TEXT, figure->source);
}

static void to_major(struct tl_frac *major, const struct tl_frac *minor)
{
    tl_frac_set_whole(major, MINOR_PER_MAJOR);
    mpq_div(major->q, minor->q, major->q);
}

static void write_weight(const struct entry *entry)
{
    const struct tl_share *share = entry->share;
    bool is_whole = mpz_cmp_ui(mpq_denref(share->weight.q), 1) == 0;
    tl_form form = is_whole ? TL_FORM_WHOLE : TL_FORM_EXACT;
    tl_look look = follows(entry) ? TL_LOOK_INPUT : TL_LOOK_ROW;
    char own[TL_SHEET_REF_SIZE], first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    if (weight_is_figure(entry))
        tl_sheet_fraction_formula(entry->sheet, entry->at, WEIGHT, TL_LOOK_ROW, form, &share->weight, "=%s",
                                  tl_sheet_ref(own, entry->at, FIGURE));
    else
        tl_sheet_fraction(entry->sheet, entry->at, WEIGHT, look, form, &share->weight);
    if (weights_foot(entry->result))
        tl_sheet_fraction_formula(entry->sheet, entry->at, SHARE, TL_LOOK_ROW, TL_FORM_PERCENT_EXACT, &share->share,
                                  "=%s/SUM(%s:%s)", tl_sheet_ref(own, entry->at, WEIGHT),
                                  tl_sheet_ref(first, entry->first, WEIGHT), tl_sheet_ref(last, entry->last, WEIGHT));
    else
        tl_sheet_fraction(entry->sheet, entry->at, SHARE, look, TL_FORM_PERCENT_EXACT, &share->share);
}

static void write_price(const struct entry *entry)
{
    tl_look look = follows(entry) ? TL_LOOK_INPUT : TL_LOOK_ROW;
    tl_sheet_money(entry->sheet, entry->at, PRICE, look, entry->share->price);
    if (entry->result->line->markup.present)
        tl_sheet_percent(entry->sheet, entry->at, MARKUP, look, entry->share->markup);
}

static void write_exact(const struct entry *entry)
{
    char left[TL_BUDGET_REF_SIZE], right[TL_SHEET_REF_SIZE];
    struct tl_frac major;
    tl_frac_init(&major);
    to_major(&major, &entry->share->exact);
    if (!follows(entry))
        tl_sheet_fraction(entry->sheet, entry->at, EXACT, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    else if (entry->result->line->has_budget)
        tl_sheet_fraction_formula(entry->sheet, entry->at, EXACT, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*%s",
                                  tl_budget_of_line(left, entry->line), tl_sheet_ref(right, entry->at, SHARE));
    else
        tl_sheet_fraction_formula(entry->sheet, entry->at, EXACT, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*(1+%s)",
                                  tl_sheet_ref(left, entry->at, PRICE), tl_sheet_ref(right, entry->at, MARKUP));
    to_major(&major, &entry->share->rounding);
    tl_sheet_fraction(entry->sheet, entry->at, ROUNDING, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    tl_frac_release(&major);
}

static void write_amounts(const struct entry *entry)
{
    char exact[TL_SHEET_REF_SIZE], rounding[TL_SHEET_REF_SIZE];
    if (!entry->result->known) {
        tl_sheet_text(entry->sheet, entry->at, WORKING, TL_LOOK_ROW, TL_FORM_TEXT, "prisen er ikke kendt endnu");
        return;
    }
    if (entry->result->line->has_budget)
        write_weight(entry);
    else
        write_price(entry);
    write_exact(entry);
    tl_sheet_money_formula(entry->sheet, entry->at, AMOUNT, TL_LOOK_ROW, entry->share->amount, "=ROUND(%s+%s,2)",
                           tl_sheet_ref(exact, entry->at, EXACT), tl_sheet_ref(rounding, entry->at, ROUNDING));
    tl_sheet_text(entry->sheet, entry->at, WORKING, TL_LOOK_ROW, TL_FORM_TEXT, entry->share->working);
}

static void write_share(const struct entry *entry)
{
    const struct tl_share *share = entry->share;
    tl_sheet_fill(entry->sheet, entry->at, 0, COLUMN_COUNT - 1, TL_LOOK_ROW);
    tl_sheet_text(entry->sheet, entry->at, LINE, TL_LOOK_ROW, TL_FORM_CODE, entry->result->line->id);
    tl_sheet_text(entry->sheet, entry->at, CODE, TL_LOOK_ROW, TL_FORM_CODE, share->member->code);
    tl_sheet_text(entry->sheet, entry->at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, share->member->name);
    tl_sheet_date(entry->sheet, entry->at, FROM, TL_LOOK_ROW, share->period.first);
    tl_sheet_date(entry->sheet, entry->at, TO, TL_LOOK_ROW, share->period.last);
    write_figure(entry);
    if (share->size_class != NULL)
        tl_sheet_text(entry->sheet, entry->at, CLASS, TL_LOOK_ROW, TL_FORM_TEXT, share->size_class->name);
    write_amounts(entry);
}

void tl_budget_write_shares(const struct tl_budget_sheets *sheets)
{
    const struct tl_allocation *allocation = sheets->allocation;
    double fitted[COLUMN_COUNT];
    size_t end = ROW_FIRST;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fitted[i] = widths[i] > 0 ? widths[i] : sheets->money_width;
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Fordeling", fitted, COLUMN_COUNT);
    setup.pages_wide = 2;
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        tl_sheet_text(sheet, ROW_HEAD, i, TL_LOOK_HEAD, TL_FORM_TEXT, titles[i]);
    for (size_t line = 0; line < allocation->line_count; line++) {
        const struct tl_line_result *result = &allocation->lines[line];
        size_t first = end;
        for (size_t i = 0; i < result->share_count; i++)
            write_share(&(struct entry){sheets, sheet, result, &result->shares[i], line, first + i, first,
                                        first + result->share_count - 1});
        end += result->share_count;
    }
    if (end > ROW_FIRST)
        tl_sheet_table(sheet, ROW_HEAD, end - 1, "Andele", titles, COLUMN_COUNT);
    tl_sheet_freeze(sheet, ROW_FIRST, NAME + 1);
    tl_sheet_repeat(sheet, ROW_HEAD, ROW_HEAD);
}
