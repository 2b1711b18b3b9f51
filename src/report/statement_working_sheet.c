/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Beregning: how each charge came about, step by step. */
#include <inttypes.h>
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
    char exact_ref[TL_SHEET_REF_SIZE];
    /* the cells the exact amount follows from: price and markup, or budget and share; "" where there is none */
    char left_ref[TL_SHEET_REF_SIZE], right_ref[TL_SHEET_REF_SIZE];
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

static void write_figure(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    char date[TL_DATE_TEXT_SIZE];
    if (is_given(row->measure) && !tl_ratio_is_none(row->measure_value)) {
        line(card, tl_measure_name_da(row->measure),
             made(card, tl_arena_format(card->sheets->arena, "pr. %s. Kilde: %s", tl_date_da(row->measure_date, date),
                                        tl_statement_text(row->measure_source))));
        tl_sheet_ratio(card->sheet, card->at++, VALUE, TL_LOOK_ROW, row->measure_value);
    }
    if (is_given(row->size_class))
        words(card, "Størrelsesklasse", row->size_class);
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

static void write_price(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    tl_look look = step_look(card);
    line(card, "Pris", "efter takstblad");
    tl_sheet_ref(card->left_ref, card->at, VALUE);
    tl_sheet_money(card->sheet, card->at++, VALUE, look, row->price);
    if (!tl_ratio_is_none(row->markup) && row->markup.numerator != 0) {
        line(card, "Tillæg", "til prisen");
        tl_sheet_ref(card->right_ref, card->at, VALUE);
        tl_sheet_percent(card->sheet, card->at++, VALUE, look, row->markup);
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
    if (!follows_from_steps(card))
        tl_sheet_fraction(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    else if (card->row->is_budgeted)
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*%s",
                                  card->left_ref, card->right_ref);
    else if (card->right_ref[0] != '\0')
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*(1+%s)",
                                  card->left_ref, card->right_ref);
    else
        tl_sheet_fraction_formula(card->sheet, card->at++, VALUE, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s",
                                  card->left_ref);
    tl_frac_release(&major);
}

static void write_rounding(struct card *card, char ref[TL_SHEET_REF_SIZE])
{
    struct tl_frac major;
    tl_frac_init(&major);
    to_major(&major, &card->rounding);
    line(card, "Afrunding", exactly(card, &card->rounding, " øre"));
    tl_sheet_ref(ref, card->at, VALUE);
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

static void write_vat(struct card *card)
{
    const struct tl_statement_row *row = card->row;
    char net[TL_SHEET_REF_SIZE], vat[TL_SHEET_REF_SIZE];
    line(card, "Moms", vat_remark(card));
    tl_sheet_ref(net, card->at - 1, VALUE);
    tl_sheet_ref(vat, card->at, VALUE);
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

static void write_card(struct card *card)
{
    char rounding[TL_SHEET_REF_SIZE] = "";
    write_heading(card);
    write_figure(card);
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

static tl_status write_charge(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t *at,
                              const struct tl_statement_row *row, struct tl_err *err)
{
    struct card card = {.sheets = sheets, .sheet = sheet, .row = row, .at = *at};
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
        write_card(&card);
    }
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
            status = write_charge(sheets, sheet, &at, &statement->rows[i], err);
    if (at == ROW_FIRST)
        tl_sheet_text(sheet, at, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "Der er ikke opkrævet noget i perioden.");
    write_top(sheets, sheet, at);
    tl_sheet_freeze(sheet, ROW_MEMBER + 1, 0);
    return status;
}
