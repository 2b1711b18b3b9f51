/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Beregning: how each charge came about, step by step. */
#include <inttypes.h>
#include <stdint.h>
#include <string.h>

#include "measure_name.h"
#include "statement_sheets.h"
#include "tilslut/report/number.h"

enum { LABEL, VALUE, REMARK, COLUMNS };

/* VALUE is as wide as its largest amount with the decimals of an exact one */
static const double widths[COLUMNS] = {[LABEL] = 24, [REMARK] = 72};
enum { EXACT_EXTRA = 5 };

enum { ROW_TITLE, ROW_MEMBER, ROW_NOTE, ROW_NET = 4, ROW_GROSS, ROW_FIRST = 7 };
_Static_assert(ROW_NET == 4 && VALUE == 1, "TL_WORKING_TOTAL_CELL is B5");

#define NET_LABEL "Beløb ekskl. moms"
#define GROSS_LABEL "Beløb inkl. moms"

enum { MINOR_PER_MAJOR = 100 };

/* The working of one charge while it is written. */
struct card {
    const struct tl_statement_sheets *sheets;
    struct tl_sheet *sheet;
    const struct tl_statement_row *row;
    size_t at;                                /* the next free row */
    struct tl_frac weight, weight_sum, share; /* where the row is budgeted */
    struct tl_frac exact, rounding;           /* in minor units */
    bool has_exact;                           /* and it makes what was charged */
    bool price_follows;                       /* from the class, which follows from the figure */
    bool counts;                              /* the weights of its pool follow from figures */
    struct statement_place *place;
    const struct statement_pool_place *pool; /* where the share is told as formulas, with all others; or NULL */
    char figure_ref[TL_SHEET_REF_SIZE], class_ref[TL_SHEET_REF_SIZE];
    char exact_ref[TL_SHEET_REF_SIZE];
    /* the cells the exact amount follows from: price and markup, or budget and share; "" where there is none */
    char left_ref[TL_SHEET_REF_SIZE], right_ref[TL_SHEET_REF_SIZE], time_ref[TL_SHEET_REF_SIZE];
};

static bool is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

static const char *made(const struct card *card, const char *text)
{
    return tl_workbook_made(card->sheets->workbook, text);
}

/* Begins a line of the card with its label and a remark. */
static void line(struct card *card, const char *label, const char *remark)
{
    tl_sheet_fill(card->sheet, card->at, 0, COLUMNS - 1, TL_LOOK_ROW);
    tl_sheet_text(card->sheet, card->at, LABEL, TL_LOOK_ROW, TL_FORM_TEXT, label);
    tl_sheet_text(card->sheet, card->at, REMARK, TL_LOOK_ROW, TL_FORM_TEXT, remark);
}

static void words(struct card *card, const char *label, const char *text)
{
    line(card, label, text);
    card->at++;
}

/* A figure that the amount follows from may be changed. */
static void write_figure(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    char date[TL_DATE_TEXT_SIZE];
    if (is_given(row->measure) && !tl_ratio_is_none(row->measure_value)) {
        bool may_change = card->counts || card->price_follows;
        line(card, tl_measure_name_da(row->measure),
             made(card, tl_arena_format(card->sheets->arena, "pr. %s. Kilde: %s", tl_date_da(row->measure_date, date),
                                        tl_statement_text(row->measure_source))));
        tl_sheet_ref(card->figure_ref, card->at, VALUE);
        card->place->figure_row = card->counts ? card->at : 0;
        tl_sheet_ratio(card->sheet, card->at++, VALUE, may_change ? TL_LOOK_INPUT : TL_LOOK_ROW, row->measure_value);
    }
    if (!is_given(row->size_class))
        return;
    struct tl_buf formula = TL_BUF_EMPTY;
    if (card->price_follows && tl_statement_class_formula(&formula, row->terms, card->figure_ref)) {
        line(card, "Størrelsesklasse", "efter aftalens grænser");
        tl_sheet_ref(card->class_ref, card->at, VALUE);
        tl_sheet_text_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->size_class, "=%s",
                              tl_buf_string(&formula));
    } else
        words(card, "Størrelsesklasse", row->size_class);
    tl_buf_release(&formula);
}

/* Whether the price of the row is that of its class, which is that of its figure. */
static bool price_is_of_class(const struct tl_statement_row *row)
{
    const struct tl_line *line = row->line;
    if (row->is_budgeted || line == NULL || line->price.kind != TL_PRICE_PER_CLASS || line->price_step_count > 0 ||
        line->indexation.index != NULL ||
        !tl_statement_class_follows(row->terms, row->measure, row->measure_value, row->size_class))
        return false;
    size_t class = tl_terms_class_index(row->terms, row->size_class);
    for (size_t i = 0; i < row->terms->class_count; i++)
        if (!line->price.per_class[i].known)
            return false;
    return class < row->terms->class_count && line->price.per_class[class].amount.minor == row->price.minor;
}

/* What price and markup, or budget and share, come to: the exact amount unless something else (a waiver, floor or
 * cap, part of a year) had a say. */
static bool follows_from_steps(const struct card *card)
{
    const struct tl_statement_row *row = card->row;
    struct tl_frac product, factor;
    tl_frac_init(&product);
    tl_frac_init(&factor);
    tl_frac_set_whole(&product, row->is_budgeted ? row->budget.minor : row->price.minor);
    if (row->is_budgeted)
        tl_frac_set(&factor, &card->share);
    else {
        struct tl_frac one;
        tl_frac_init(&one);
        tl_frac_set_whole(&one, 1);
        if (!tl_ratio_is_none(row->markup))
            tl_frac_set_ratio(&factor, row->markup);
        mpq_add(factor.q, factor.q, one.q);
        if (!tl_ratio_is_none(row->time)) {
            tl_frac_set_ratio(&one, row->time);
            mpq_mul(factor.q, factor.q, one.q);
        }
        tl_frac_release(&one);
    }
    mpq_mul(product.q, product.q, factor.q);
    bool follows = mpq_equal(product.q, card->exact.q) != 0;
    tl_frac_release(&product);
    tl_frac_release(&factor);
    return follows;
}

/* Values that the amount follows from may be changed by the reader. */
static tl_look step_look(const struct card *card)
{
    return follows_from_steps(card) ? TL_LOOK_INPUT : TL_LOOK_ROW;
}

/* =IF(B9="Lille",35000,IF(...)) */
static void write_price_of_class(struct card *card)
{
    const struct tl_terms *terms = card->row->terms;
    struct tl_buf formula = TL_BUF_EMPTY;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_buf_text(&formula, "=");
    for (size_t i = 0; i + 1 < terms->class_count; i++)
        tl_buf_format(&formula, "IF(%s=\"%s\",%s,", card->class_ref, terms->classes[i].name,
                      tl_money_plain(card->row->line->price.per_class[i].amount, amount));
    tl_buf_text(&formula, tl_money_plain(card->row->line->price.per_class[terms->class_count - 1].amount, amount));
    for (size_t i = 0; i + 1 < terms->class_count; i++)
        tl_buf_text(&formula, ")");
    tl_sheet_money_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, card->row->price, "%s",
                           made(card, formula.failed ? NULL : tl_buf_string(&formula)));
    tl_buf_release(&formula);
}

static void write_price(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    tl_look look = step_look(card);
    line(card, "Pris", "efter takstblad");
    tl_sheet_ref(card->left_ref, card->at, VALUE);
    if (card->class_ref[0] != '\0')
        write_price_of_class(card);
    else
        tl_sheet_money(card->sheet, card->at++, VALUE, look, row->price);
    if (!tl_ratio_is_none(row->markup) && row->markup.numerator != 0) {
        line(card, "Tillæg", "til prisen");
        tl_sheet_ref(card->right_ref, card->at, VALUE);
        tl_sheet_percent(card->sheet, card->at++, VALUE, look, row->markup);
    }
    if (!tl_ratio_is_none(row->time) && row->time.numerator != row->time.denominator) {
        line(card, "Del af året", "der betales for");
        tl_sheet_ref(card->time_ref, card->at, VALUE);
        tl_sheet_ratio(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->time);
    }
    if (is_given(row->waived))
        words(card, "Fritaget", made(card, tl_arena_format(card->sheets->arena, "på grund af %s", row->waived)));
}

/* A fraction that is no finite number is written out beside its decimals. */
static const char *exactly(struct card *card, const struct tl_frac *fraction, const char *unit)
{
    bool is_whole = mpz_cmp_ui(mpq_denref(fraction->q), 1) == 0;
    const char *text = is_whole ? "" : tl_frac_text(fraction, card->sheets->arena);
    return is_whole ? "" : made(card, tl_arena_format(card->sheets->arena, "præcis %s%s", made(card, text), unit));
}

static void write_weight(struct card *card, const char *label, const struct tl_frac *weight,
                         char ref[TL_SHEET_REF_SIZE])
{
    bool is_whole = mpz_cmp_ui(mpq_denref(weight->q), 1) == 0;
    line(card, label, exactly(card, weight, ""));
    tl_sheet_ref(ref, card->at, VALUE);
    tl_sheet_fraction(card->sheet, card->at++, VALUE, step_look(card), is_whole ? TL_FORM_WHOLE : TL_FORM_EXACT,
                      weight);
}

/* Is a / b = c? */
static bool is_quotient(const struct tl_frac *a, const struct tl_frac *b, const struct tl_frac *c)
{
    struct tl_frac product;
    tl_frac_init(&product);
    mpq_mul(product.q, b->q, c->q);
    bool holds = mpq_equal(product.q, a->q) != 0;
    tl_frac_release(&product);
    return holds;
}

static void write_share(struct card *card)
{
    char weight[TL_SHEET_REF_SIZE], sum[TL_SHEET_REF_SIZE];
    bool follows = mpq_sgn(card->weight_sum.q) != 0 && is_quotient(&card->weight, &card->weight_sum, &card->share);
    line(card, "Budget", "der fordeles");
    tl_sheet_ref(card->left_ref, card->at, VALUE);
    tl_sheet_money(card->sheet, card->at++, VALUE, step_look(card), card->row->budget);
    words(card, "Fordelingsnøgle", card->row->key);
    if (follows) {
        write_weight(card, "Vægt", &card->weight, weight);
        write_weight(card, "Sum af alles vægte", &card->weight_sum, sum);
    }
    line(card, "Andel", exactly(card, &card->share, ""));
    tl_sheet_ref(card->right_ref, card->at, VALUE);
    if (follows)
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_PERCENT_EXACT, &card->share,
                                  "=%s/%s", weight, sum);
    else
        tl_sheet_fraction(card->sheet, card->at++, VALUE, step_look(card), TL_FORM_PERCENT_EXACT, &card->share);
}

/* Minor units as the currency's. */
static void to_major(struct tl_frac *major, const struct tl_frac *minor)
{
    tl_frac_set_whole(major, MINOR_PER_MAJOR);
    mpq_div(major->q, minor->q, major->q);
}

static void write_exact(struct card *card)
{
    struct tl_frac major;
    tl_frac_init(&major);
    to_major(&major, &card->exact);
    line(card, "Præcist beløb", exactly(card, &card->exact, " øre"));
    tl_sheet_ref(card->exact_ref, card->at, VALUE);
    const char *times = card->time_ref[0] == '\0' ? "" : "*", *time = card->time_ref;
    if (!follows_from_steps(card))
        tl_sheet_fraction(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    else if (card->row->is_budgeted)
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*%s",
                                  card->left_ref, card->right_ref);
    else if (card->right_ref[0] != '\0')
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*(1+%s)%s%s",
                                  card->left_ref, card->right_ref, times, time);
    else
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s%s%s",
                                  card->left_ref, times, time);
    tl_frac_release(&major);
}

/* Whether the amount is the exact one rounded to its unit, halves away from zero, as a price is; not where something
 * else, such as a running total over months, had a say. */
static bool rounds_alone(const struct card *card)
{
    struct tl_frac units, unit;
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_money whole;
    if (card->row->unit_minor < 1 || !follows_from_steps(card))
        return false;
    tl_frac_init(&units);
    tl_frac_init(&unit);
    tl_frac_set_whole(&unit, card->row->unit_minor);
    mpq_div(units.q, card->exact.q, unit.q);
    bool alone = tl_frac_round_money(&whole, &units, &ignored) == TL_OK &&
                 whole.minor * card->row->unit_minor == card->row->net.minor;
    tl_frac_release(&units);
    tl_frac_release(&unit);
    return alone;
}

static void write_rounding(struct card *card, char ref[TL_SHEET_REF_SIZE])
{
    char unit[TL_MONEY_TEXT_SIZE];
    tl_money_plain((struct tl_money){card->row->unit_minor}, unit);
    struct tl_frac major;
    tl_frac_init(&major);
    to_major(&major, &card->rounding);
    line(card, "Afrunding", exactly(card, &card->rounding, " øre"));
    tl_sheet_ref(ref, card->at, VALUE);
    if (!card->row->is_budgeted && rounds_alone(card))
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major,
                                  "=ROUND(ROUND(%s,8)/%s,0)*%s-%s", card->exact_ref, unit, unit, card->exact_ref);
    else
        tl_sheet_fraction(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    tl_frac_release(&major);
}

/* Do the exact amount and the rounding make what was charged? Not where a credit takes back a part of it: then the
 * steps would mislead, and the words of the working have to do. */
static bool makes_the_net(const struct card *card)
{
    struct tl_frac sum, net;
    tl_frac_init(&sum);
    tl_frac_init(&net);
    mpq_add(sum.q, card->exact.q, card->rounding.q);
    tl_frac_set_whole(&net, card->row->net.minor);
    bool makes = mpq_equal(sum.q, net.q) != 0;
    tl_frac_release(&sum);
    tl_frac_release(&net);
    return makes;
}

static void write_net(struct card *card, const char *rounding)
{
    const struct tl_statement_row *row = card->row;
    char ref[TL_SHEET_REF_SIZE], plain[TL_MONEY_TEXT_SIZE];
    tl_sheet_fill(card->sheet, card->at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(card->sheet, card->at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, NET_LABEL);
    if (card->has_exact) {
        tl_sheet_money_formula(card->sheet, card->at, VALUE, TL_LOOK_TOTAL, row->net, "=ROUND(%s+%s,2)",
                               card->exact_ref, rounding);
        tl_sheet_text_formula(card->sheet, card->at, REMARK, TL_LOOK_TOTAL, "som bogført",
                              "=IF(ROUND(%s-(%s),2)=0,\"som bogført\",\"afviger fra det bogførte\")",
                              tl_sheet_ref(ref, card->at, VALUE), tl_money_plain(row->net, plain));
    } else {
        tl_sheet_money(card->sheet, card->at, VALUE, TL_LOOK_TOTAL, row->net);
        tl_sheet_text(card->sheet, card->at, REMARK, TL_LOOK_TOTAL, TL_FORM_TEXT, "som bogført");
    }
    card->at++;
}

/* `0 %, momskode O: uden for momslovens område` */
static const char *vat_remark(const struct card *card)
{
    const struct tl_statement_row *row = card->row;
    struct tl_arena *arena = card->sheets->arena;
    char rate[TL_NUMBER_TEXT_SIZE] = "";
    if (!tl_ratio_is_none(row->vat_rate))
        tl_number_percent_da(row->vat_rate, rate);
    bool has_rate = rate[0] != '\0', has_code = is_given(row->vat_code), has_reason = is_given(row->vat_reason);
    return made(card,
                tl_arena_format(arena, "%s%s%s%s%s%s", has_rate ? "sats " : "", rate, has_rate && has_code ? ", " : "",
                                has_code ? "momskode " : "", tl_statement_text(row->vat_code),
                                has_reason ? made(card, tl_arena_format(arena, ": %s", row->vat_reason)) : ""));
}

/* Whether the VAT is that of the row alone: it is computed of all rows with the same rate, and shared out. */
static bool taxed_alone(const struct tl_statement_row *row)
{
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_frac exact, rate;
    struct tl_money vat;
    if (tl_ratio_is_none(row->vat_rate))
        return false;
    tl_frac_init(&exact);
    tl_frac_init(&rate);
    tl_frac_set_whole(&exact, row->net.minor);
    tl_frac_set_ratio(&rate, row->vat_rate);
    mpq_mul(exact.q, exact.q, rate.q);
    bool alone = tl_frac_round_money(&vat, &exact, &ignored) == TL_OK && vat.minor == row->vat.minor;
    tl_frac_release(&rate);
    tl_frac_release(&exact);
    return alone;
}

static void write_vat(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    char net[TL_SHEET_REF_SIZE], vat[TL_SHEET_REF_SIZE];
    line(card, "Moms", vat_remark(card));
    tl_sheet_ref(net, card->at - 1, VALUE);
    tl_sheet_ref(vat, card->at, VALUE);
    if (taxed_alone(row))
        tl_sheet_money_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->vat, "=ROUND(%s*%lld/%lld,2)", net,
                               (long long)row->vat_rate.numerator, (long long)row->vat_rate.denominator);
    else
        tl_sheet_money(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->vat);
    line(card, GROSS_LABEL, "");
    tl_sheet_money_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->gross, "=ROUND(%s+%s,2)", net, vat);
}

static void write_origin(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    if (is_given(row->decision))
        words(card, "Besluttet af", row->decision);
    if (is_given(row->psp) || is_given(row->account))
        words(card, "Konto",
              made(card, tl_arena_format(card->sheets->arena, "%s%s%s", tl_statement_text(row->account),
                                         is_given(row->psp) && is_given(row->account) ? ", PSP-element " : "",
                                         tl_statement_text(row->psp))));
}

static void write_heading(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    struct tl_arena *arena = card->sheets->arena;
    const char *name = is_given(row->line_name) ? row->line_name : tl_statement_text(row->text);
    const char *product = tl_statement_text(row->product_name);
    const char *heading =
        tl_arena_format(arena, "Bilag %" PRId64 ": %s%s%s", row->entry, product, product[0] == '\0' ? "" : ", ", name);
    tl_sheet_height(card->sheet, card->at, 21);
    tl_sheet_fill(card->sheet, card->at, 0, COLUMNS - 1, TL_LOOK_SECTION);
    tl_sheet_text(card->sheet, card->at++, LABEL, TL_LOOK_SECTION, TL_FORM_TEXT, made(card, heading));
    words(card, "Art", tl_statement_kind_name(row, false));
    const char *period = made(card, tl_statement_period_da(row->period, card->sheets->arena));
    if (period[0] != '\0')
        words(card, "Periode", period);
}

/* A value of the sheet Fordeling. */
static void from_pool(struct card *card, const char *label, const char *remark, size_t column, tl_form form,
                      const struct tl_frac *value)
{
    char ref[STATEMENT_REF_SIZE];
    line(card, label, remark);
    tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, form, value, "=%s",
                              tl_statement_pool_ref(ref, card->pool, card->row->pool_share, column));
}

/* A share that is told with all others on the sheet Fordeling: here stand the budget, which may be changed, and what
 * comes of it. */
static void write_pooled(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    char ref[STATEMENT_REF_SIZE], own[TL_SHEET_REF_SIZE], plain[TL_MONEY_TEXT_SIZE];
    struct tl_frac major;
    bool is_whole = mpz_cmp_ui(mpq_denref(card->weight.q), 1) == 0;
    tl_frac_init(&major);
    line(card, "Budget", "der fordeles; alle andele står på arket Fordeling");
    if (card->place->budget_row == SIZE_MAX) {
        card->place->budget_row = card->at;
        tl_sheet_money(card->sheet, card->at++, VALUE, TL_LOOK_INPUT, row->budget);
    } else
        tl_sheet_money_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->budget, "=Fordeling!%s",
                               tl_sheet_ref(own, card->pool->first_row + STATEMENT_POOL_BUDGET_ROW, 2));
    words(card, "Fordelingsnøgle", row->key);
    from_pool(card, "Vægt", exactly(card, &card->weight, ""), STATEMENT_POOL_WEIGHT,
              is_whole ? TL_FORM_WHOLE : TL_FORM_EXACT, &card->weight);
    from_pool(card, "Andel", exactly(card, &card->share, ""), STATEMENT_POOL_SHARE, TL_FORM_PERCENT_EXACT,
              &card->share);
    if (is_given(row->working))
        words(card, "Udregning", row->working);
    to_major(&major, &card->exact);
    from_pool(card, "Præcist beløb", exactly(card, &card->exact, " øre"), STATEMENT_POOL_EXACT, TL_FORM_EXACT, &major);
    if (is_given(row->carried_in) && strcmp(row->carried_in, "0") != 0) {
        struct tl_frac carried;
        struct tl_err ignored = TL_ERR_NONE;
        tl_frac_init(&carried);
        if (tl_frac_from_text(&carried, row->carried_in, &ignored) == TL_OK)
            to_major(&major, &carried);
        from_pool(card, "Overført", "afrunding fra tidligere perioder", STATEMENT_POOL_CARRIED, TL_FORM_EXACT, &major);
        tl_frac_release(&carried);
    }
    tl_sheet_fill(card->sheet, card->at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(card->sheet, card->at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, NET_LABEL);
    tl_sheet_money_formula(card->sheet, card->at, VALUE, TL_LOOK_TOTAL, row->net, "=%s",
                           tl_statement_pool_ref(ref, card->pool, row->pool_share, STATEMENT_POOL_AMOUNT));
    tl_sheet_text_formula(card->sheet, card->at, REMARK, TL_LOOK_TOTAL, "som bogført",
                          "=IF(ROUND(%s-(%s),2)=0,\"som bogført\",\"afviger fra det bogførte\")",
                          tl_sheet_ref(own, card->at, VALUE), tl_money_plain(row->net, plain));
    card->at++;
    tl_frac_release(&major);
}

static void write_card(struct card *card)
{
    char rounding[TL_SHEET_REF_SIZE] = "";
    write_heading(card);
    write_figure(card);
    if (card->pool != NULL && card->has_exact) {
        write_pooled(card);
        write_vat(card);
        write_origin(card);
        card->at++;
        return;
    }
    if (card->has_exact && card->row->is_budgeted)
        write_share(card);
    else if (card->has_exact)
        write_price(card);
    if (is_given(card->row->working))
        words(card, "Udregning", card->row->working);
    if (card->has_exact) {
        write_exact(card);
        write_rounding(card, rounding);
    }
    write_net(card, rounding);
    write_vat(card);
    write_origin(card);
    card->at++; /* an empty row between cards */
}

static tl_status read_fraction(struct tl_frac *out, const char *text, struct tl_err *err)
{
    tl_frac_init(out);
    return is_given(text) ? tl_frac_from_text(out, text, err) : TL_OK;
}

/* Whether no card before this one told the pool's budget. */
static bool is_first_of_pool(const struct tl_statement_sheets *sheets, size_t index)
{
    for (size_t i = 0; i < index; i++)
        if (sheets->statement->rows[i].pool == sheets->statement->rows[index].pool)
            return false;
    return true;
}

static tl_status write_charge(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t *at,
                              size_t index, struct tl_err *err)
{
    const struct tl_statement_row *row = &sheets->statement->rows[index];
    struct card card = {.sheets = sheets, .sheet = sheet, .row = row, .at = *at, .place = &sheets->places[index]};
    card.pool = tl_statement_pool_place(sheets, row);
    card.counts = card.pool != NULL && tl_statement_pool_counts(row->pool, sheets);
    card.place->budget_row = card.pool != NULL && is_first_of_pool(sheets, index) ? SIZE_MAX : 0;
    tl_status status = read_fraction(&card.weight, row->weight, err);
    if (status == TL_OK)
        status = read_fraction(&card.weight_sum, row->weight_sum, err);
    if (status == TL_OK)
        status = read_fraction(&card.share, row->share, err);
    if (status == TL_OK)
        status = read_fraction(&card.exact, row->exact, err);
    if (status == TL_OK)
        status = read_fraction(&card.rounding, row->rounding, err);
    if (status == TL_OK) {
        card.has_exact = is_given(row->exact) && makes_the_net(&card);
        card.price_follows = card.has_exact && price_is_of_class(row) && follows_from_steps(&card);
        write_card(&card);
    }
    if (card.place->budget_row == SIZE_MAX)
        card.place->budget_row = 0;
    *at = card.at;
    tl_frac_release(&card.weight);
    tl_frac_release(&card.weight_sum);
    tl_frac_release(&card.share);
    tl_frac_release(&card.exact);
    tl_frac_release(&card.rounding);
    return status;
}

/* The sum of all cards' lines of that name. */
static void write_sum(struct tl_sheet *sheet, size_t at, const char *name, const char *label, struct tl_money amount,
                      size_t end)
{
    char first_label[TL_SHEET_REF_SIZE], last_label[TL_SHEET_REF_SIZE], first_value[TL_SHEET_REF_SIZE],
        last_value[TL_SHEET_REF_SIZE];
    tl_sheet_fill(sheet, at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(sheet, at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, name);
    tl_sheet_money_formula(sheet, at, VALUE, TL_LOOK_TOTAL, amount, "=ROUND(SUMIF(%s:%s,\"%s\",%s:%s),2)",
                           tl_sheet_ref(first_label, ROW_FIRST, LABEL), tl_sheet_ref(last_label, end, LABEL), label,
                           tl_sheet_ref(first_value, ROW_FIRST, VALUE), tl_sheet_ref(last_value, end, VALUE));
}

static void write_top(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t end)
{
    const struct tl_statement *statement = sheets->statement;
    tl_sheet_height(sheet, ROW_TITLE, 32);
    tl_sheet_text(sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Beregning");
    tl_sheet_text(
        sheet, ROW_MEMBER, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
        tl_workbook_made(sheets->workbook, tl_arena_format(sheets->arena, "%s, %s, %s", tl_statement_holder(statement),
                                                           sheets->heading, sheets->document)));
    tl_sheet_text(sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Tal over en prikket linje kan ændres for at se, hvad der følger. Det bogførte ændres ikke.");
    write_sum(sheet, ROW_NET, "I alt ekskl. moms", NET_LABEL, sheets->summary.net, end);
    write_sum(sheet, ROW_GROSS, "I alt inkl. moms", GROSS_LABEL, statement->charges, end);
}

tl_status tl_statement_write_working(const struct tl_statement_sheets *sheets, struct tl_err *err)
{
    const struct tl_statement *statement = sheets->statement;
    const double fitted[COLUMNS] = {widths[LABEL], tl_statement_money_width(statement) + EXACT_EXTRA, widths[REMARK]};
    const struct tl_sheet_setup setup = {.name = "Beregning",
                                         .widths = fitted,
                                         .width_count = COLUMNS,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    size_t at = ROW_FIRST;
    tl_status status = TL_OK;
    for (size_t i = 0; i < statement->row_count && status == TL_OK; i++)
        if (statement->rows[i].kind != TL_ROW_PAYMENT)
            status = write_charge(sheets, sheet, &at, i, err);
    if (at == ROW_FIRST)
        tl_sheet_text(sheet, at, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "Der er ikke opkrævet noget i perioden.");
    write_top(sheets, sheet, at);
    tl_sheet_freeze(sheet, ROW_MEMBER + 1, 0);
    return status;
}
