/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheet Fordeling: where a budget was shared out, everybody's share as formulas. The weights follow from the
 * figures by the key, the amounts from the weights by largest remainder of the running entitlement, as key/footing.c
 * takes it.
 */
#include <stdio.h>
#include <string.h>

#include "measure_name.h"
#include "statement_pool.h"
#include "statement_sheets.h"
#include "tilslut/key/key_formula.h"

/* The columns in their order, X(name, title, width); 0 is the width of an amount. */
#define COLUMNS(X)                                                                                                     \
    X(CODE, "Kode", 9)                                                                                                 \
    X(NAME, "Medlem", 22)                                                                                              \
    X(FIGURE, "Tal", 13)                                                                                               \
    X(CLASS, "Klasse", 13)                                                                                             \
    X(PART, "Nøgletal", 13)                                                                                            \
    X(PART_2, "Nøgletal 2", 13)                                                                                        \
    X(PART_3, "Nøgletal 3", 13)                                                                                        \
    X(WEIGHT, "Vægt", 15)                                                                                              \
    X(SHARE, "Andel", 13)                                                                                              \
    X(EXACT, "Præcist beløb", 0)                                                                                       \
    X(CARRIED, "Overført", 13)                                                                                         \
    X(WHOLE, "Rundet ned", 0)                                                                                          \
    X(REST, "Rest", 11)                                                                                                \
    X(RANK, "Nr. i kø", 10)                                                                                            \
    X(AMOUNT, "Beløb", 0)                                                                                              \
    X(LEDGER, "Bogført", 0)                                                                                            \
    X(CHECK, "Kontrol", 18)                                                                                            \
    X(WEIGHT_EXACT, "Vægt som brøk", 22)                                                                               \
    X(CARRIED_EXACT, "Overført i øre som brøk", 26)

#define COLUMN_ENUM(name, title, width) name,
enum { COLUMNS(COLUMN_ENUM) COLUMN_COUNT };
#undef COLUMN_ENUM
#define COLUMN_TITLE(name, title, width) title,
static const char *const titles[] = {COLUMNS(COLUMN_TITLE)};
#undef COLUMN_TITLE
#define COLUMN_WIDTH(name, title, width) width,
static const double widths[] = {COLUMNS(COLUMN_WIDTH)};
#undef COLUMN_WIDTH

_Static_assert((int)WEIGHT == (int)STATEMENT_POOL_WEIGHT && (int)SHARE == (int)STATEMENT_POOL_SHARE &&
                   (int)EXACT == (int)STATEMENT_POOL_EXACT && (int)CARRIED == (int)STATEMENT_POOL_CARRIED &&
                   (int)AMOUNT == (int)STATEMENT_POOL_AMOUNT && (int)CODE == (int)STATEMENT_POOL_CODE &&
                   (int)LEDGER == (int)STATEMENT_POOL_LEDGER && (int)WEIGHT_EXACT == (int)STATEMENT_POOL_WEIGHT_EXACT,
               "the columns that the sheet Beregning and the check know");

/* Rows from the first of a pool. */
enum {
    ROW_HEADING,
    ROW_KEY,
    ROW_BUDGET,
    ROW_UNIT,
    ROW_BOOKED,
    ROW_LEFT,
    ROW_HEAD,
    ROW_SHARES,
    ROWS_AROUND = ROW_SHARES + 2
};
enum { FACT_VALUE = FIGURE };
_Static_assert((int)ROW_SHARES == (int)STATEMENT_POOL_SHARES_ROW && (int)ROW_BUDGET == (int)STATEMENT_POOL_BUDGET_ROW &&
                   (int)ROW_UNIT == (int)STATEMENT_POOL_UNIT_ROW && (int)ROW_BOOKED == (int)STATEMENT_POOL_BOOKED_ROW,
               "the rows that the check knows");

enum { SHEET_FIRST_POOL = 3, MINOR_PER_MAJOR = 100 };

tl_status tl_statement_place_pools(struct tl_statement_sheets *sheets, struct tl_err *err)
{
    const struct tl_statement *statement = sheets->statement;
    size_t row = SHEET_FIRST_POOL;
    tl_status status = TL_OK;
    sheets->pools = tl_arena_alloc(sheets->arena, statement->pool_count, sizeof *sheets->pools);
    sheets->places = tl_arena_alloc(sheets->arena, statement->row_count, sizeof *sheets->places);
    if (sheets->pools == NULL || sheets->places == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < statement->row_count; i++)
        sheets->places[i] = (struct statement_place){0};
    for (size_t i = 0; status == TL_OK && i < statement->pool_count; i++) {
        struct statement_pool_place *place = &sheets->pools[i];
        *place = (struct statement_pool_place){.first_row = row};
        status = statement_pool_is_live(&place->is_live, statement->pools[i], err);
        if (!place->is_live)
            continue;
        sheets->has_live_pool = true;
        row += statement->pools[i]->share_count + ROWS_AROUND;
    }
    return status;
}

const struct statement_pool_place *tl_statement_pool_place(const struct tl_statement_sheets *sheets,
                                                           const struct tl_statement_row *row)
{
    for (size_t i = 0; row->pool != NULL && i < sheets->statement->pool_count; i++)
        if (sheets->statement->pools[i] == row->pool)
            return sheets->pools[i].is_live ? &sheets->pools[i] : NULL;
    return NULL;
}

const char *tl_statement_pool_ref(char into[STATEMENT_REF_SIZE], const struct statement_pool_place *place, size_t share,
                                  size_t column)
{
    char ref[TL_SHEET_REF_SIZE];
    snprintf(into, STATEMENT_REF_SIZE, "Fordeling!%s",
             tl_sheet_ref(ref, place->first_row + ROW_SHARES + share, column));
    return into;
}

/* A pool while it is written. */
struct block {
    const struct tl_statement_sheets *sheets;
    const struct tl_statement_pool *pool;
    struct tl_sheet *sheet;
    size_t first; /* its first row */
    struct tl_key_formula_part parts[TL_KEY_FORMULA_PARTS_MAX];
    size_t part_count; /* 0: the weights are told and do not follow from figures */
    bool has_classes;  /* which follow from the figures */
    struct statement_result *results;
    struct tl_frac weight_sum;
};

static const char *cell(char into[TL_SHEET_REF_SIZE], const struct block *block, size_t share, size_t column)
{
    return tl_sheet_ref(into, block->first + ROW_SHARES + share, column);
}

/* `$C$9:$C$40` */
enum { RANGE_SIZE = 2 * TL_SHEET_REF_SIZE + 8 };
static const char *range(char into[RANGE_SIZE], const struct block *block, size_t column)
{
    size_t first = block->first + ROW_SHARES, last = first + block->pool->share_count - 1;
    snprintf(into, RANGE_SIZE, "$%c$%zu:$%c$%zu", (char)('A' + column), first + 1, (char)('A' + column), last + 1);
    return into;
}

/* The cell of a fact of the block, as an absolute reference. */
static const char *fact_ref(char into[TL_SHEET_REF_SIZE], const struct block *block, size_t row)
{
    snprintf(into, TL_SHEET_REF_SIZE, "$%c$%zu", (char)('A' + FACT_VALUE), block->first + row + 1);
    return into;
}

/* The card on the sheet Beregning that a share's figure is changed on, and the first that the budget is. */
static const struct statement_place *card_of(const struct block *block, size_t share)
{
    const struct tl_statement *statement = block->sheets->statement;
    for (size_t i = 0; i < statement->row_count; i++)
        if (statement->rows[i].pool == block->pool && (share == SIZE_MAX || statement->rows[i].pool_share == share))
            return &block->sheets->places[i];
    return NULL;
}

static void label(const struct block *block, size_t row, const char *name)
{
    tl_sheet_text(block->sheet, block->first + row, 0, TL_LOOK_LABEL, TL_FORM_TEXT, name);
}

static void write_facts(const struct block *block)
{
    const struct tl_statement_pool *pool = block->pool;
    struct tl_sheet *sheet = block->sheet;
    struct tl_arena *arena = block->sheets->arena;
    const struct statement_place *card = card_of(block, SIZE_MAX);
    char ref[TL_SHEET_REF_SIZE], unit[TL_SHEET_REF_SIZE], whole[RANGE_SIZE];
    const char *heading = tl_arena_format(arena, "%s, %s, %s", pool->product_name, pool->line_name,
                                          tl_statement_text(tl_statement_period_da(pool->period, arena)));
    tl_sheet_height(sheet, block->first, 21);
    tl_sheet_fill(sheet, block->first, 0, COLUMN_COUNT - 1, TL_LOOK_SECTION);
    tl_sheet_text(sheet, block->first, 0, TL_LOOK_SECTION, TL_FORM_TEXT,
                  tl_workbook_made(block->sheets->workbook, heading));
    label(block, ROW_KEY, "Fordelingsnøgle");
    tl_sheet_text(sheet, block->first + ROW_KEY, FACT_VALUE, TL_LOOK_PLAIN, TL_FORM_CODE, pool->key);
    label(block, ROW_BUDGET, "Budget, der fordeles");
    if (card != NULL && card->budget_row != 0)
        tl_sheet_money_formula(sheet, block->first + ROW_BUDGET, FACT_VALUE, TL_LOOK_PLAIN, pool->budget,
                               "=Beregning!%s", tl_sheet_ref(ref, card->budget_row, STATEMENT_CARD_VALUE));
    else
        tl_sheet_money(sheet, block->first + ROW_BUDGET, FACT_VALUE, TL_LOOK_INPUT, pool->budget);
    label(block, ROW_UNIT, "Mindste enhed");
    tl_sheet_money(sheet, block->first + ROW_UNIT, FACT_VALUE, TL_LOOK_PLAIN, (struct tl_money){pool->unit_minor});
    label(block, ROW_BOOKED, "Bogført budget");
    tl_sheet_money(sheet, block->first + ROW_BOOKED, FACT_VALUE, TL_LOOK_PLAIN, pool->budget);
    label(block, ROW_LEFT, "Enheder til køen");
    struct tl_frac left;
    int64_t rest = pool->budget.minor;
    tl_frac_init(&left);
    for (size_t i = 0; i < pool->share_count; i++)
        rest -= block->results[i].whole_minor;
    tl_frac_set_whole(&left, rest / pool->unit_minor);
    tl_sheet_fraction_formula(sheet, block->first + ROW_LEFT, FACT_VALUE, TL_LOOK_PLAIN, TL_FORM_WHOLE, &left,
                              "=INT(ROUND((%s-SUM(%s))/%s,6))", fact_ref(ref, block, ROW_BUDGET),
                              range(whole, block, WHOLE), fact_ref(unit, block, ROW_UNIT));
    tl_frac_release(&left);
}

/* IF(C9<25000,"Lille",IF(C9<60000,"Mellem","Stor")) */
bool tl_statement_class_formula(struct tl_buf *out, const struct tl_terms *terms, const char *figure)
{
    size_t open = 0;
    for (size_t i = 0; i < terms->class_count; i++) {
        const struct tl_size_class *class = &terms->classes[i];
        if (strchr(class->name, '"') != NULL)
            return false;
        if (!class->has_bound) {
            tl_buf_format(out, "\"%s\"", class->name);
            break;
        }
        tl_buf_format(out, "IF(%s%s%lld/%lld,\"%s\",", figure, class->inclusive ? "<=" : "<",
                      (long long)class->bound.numerator, (long long)class->bound.denominator, class->name);
        open++;
        if (i + 1 == terms->class_count)
            tl_buf_text(out, "\"\"");
    }
    for (; open > 0; open--)
        tl_buf_text(out, ")");
    return terms->class_count > 0 && !out->failed;
}

bool tl_statement_class_follows(const struct tl_terms *terms, const char *measure, struct tl_ratio figure,
                                const char *size_class)
{
    if (terms == NULL || terms->class_count == 0 || tl_ratio_is_none(figure) || measure == NULL || size_class == NULL ||
        terms->reference.measure == NULL || strcmp(terms->reference.measure, measure) != 0)
        return false;
    const struct tl_size_class *class = tl_terms_class_of(terms, figure);
    return class != NULL && strcmp(class->name, size_class) == 0;
}

static void write_class(const struct block *block, size_t share, size_t at)
{
    const struct tl_statement_share *of = &block->pool->shares[share];
    char figure[TL_SHEET_REF_SIZE];
    struct tl_buf formula = TL_BUF_EMPTY;
    if (block->has_classes &&
        tl_statement_class_formula(&formula, block->pool->terms, cell(figure, block, share, FIGURE)))
        tl_sheet_text_formula(block->sheet, at, CLASS, TL_LOOK_ROW, of->size_class, "=%s", tl_buf_string(&formula));
    else if (of->size_class != NULL && of->size_class[0] != '\0')
        tl_sheet_text(block->sheet, at, CLASS, TL_LOOK_ROW, TL_FORM_TEXT, of->size_class);
    tl_buf_release(&formula);
}

/* The figure, which the reader may change here where no card tells it. */
static void write_figure(const struct block *block, size_t share, size_t at)
{
    const struct tl_statement_share *of = &block->pool->shares[share];
    const struct statement_place *card = card_of(block, share);
    char ref[TL_SHEET_REF_SIZE];
    struct tl_frac figure;
    if (tl_ratio_is_none(of->figure))
        return;
    if (card == NULL || card->figure_row == 0) {
        tl_sheet_ratio(block->sheet, at, FIGURE, block->part_count > 0 ? TL_LOOK_INPUT : TL_LOOK_ROW, of->figure);
        return;
    }
    tl_frac_init(&figure);
    tl_frac_set_ratio(&figure, of->figure);
    tl_sheet_fraction_formula(block->sheet, at, FIGURE, TL_LOOK_ROW,
                              of->figure.denominator == 1 ? TL_FORM_WHOLE : TL_FORM_DECIMAL, &figure, "=Beregning!%s",
                              tl_sheet_ref(ref, card->figure_row, STATEMENT_CARD_VALUE));
    tl_frac_release(&figure);
}

/* A part's formula with its result: the weight where it is the only one, else 1 or the figure. */
static void write_part(const struct block *block, size_t share, size_t at, size_t part, const char *formula)
{
    const struct tl_statement_share *of = &block->pool->shares[share];
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_frac result;
    tl_frac_init(&result);
    if (block->part_count == 1) {
        if (tl_frac_from_text(&result, of->weight, &ignored) != TL_OK)
            tl_frac_set_whole(&result, 0);
    } else if (tl_key_formula_is_equal(block->parts[part].quantity))
        tl_frac_set_whole(&result, 1);
    else
        tl_frac_set_ratio(&result, of->figure);
    tl_sheet_fraction_formula(block->sheet, at, PART + part, TL_LOOK_ROW,
                              mpz_cmp_ui(mpq_denref(result.q), 1) == 0 ? TL_FORM_WHOLE : TL_FORM_EXACT, &result, "%s",
                              formula);
    tl_frac_release(&result);
}

/* What the parts of the key count; false where one cannot be told as a formula. */
static bool write_parts(const struct block *block, size_t share, size_t at, struct tl_buf *scratch)
{
    char figure[TL_SHEET_REF_SIZE], size_class[TL_SHEET_REF_SIZE];
    struct tl_key_formula_cells cells = {.measure = block->pool->measure,
                                         .figure = cell(figure, block, share, FIGURE),
                                         .size_class = cell(size_class, block, share, CLASS),
                                         .member = block->pool->shares[share].party};
    for (size_t i = 0; i < block->part_count; i++) {
        const struct tl_key *quantity = block->parts[i].quantity;
        scratch->length = 0;
        tl_buf_text(scratch, "=");
        if (!tl_key_formula_write(scratch, quantity, &cells) || scratch->failed)
            return false;
        if (block->part_count > 1 && !tl_key_formula_is_equal(quantity) && !tl_key_formula_is_figure(quantity))
            return false; /* its results are not at hand */
        if (block->sheet != NULL)
            write_part(block, share, at, i, tl_buf_string(scratch));
    }
    return true;
}

static void add_part_weight(struct tl_buf *formula, const struct block *block, size_t share, size_t part)
{
    char own[TL_SHEET_REF_SIZE], all[RANGE_SIZE];
    struct tl_ratio weight = block->parts[part].weight;
    tl_buf_format(formula, "%s%lld/%lld*%s/SUM(%s)", part == 0 ? "=" : "+", (long long)weight.numerator,
                  (long long)weight.denominator, cell(own, block, share, PART + part), range(all, block, PART + part));
}

static void write_weight(const struct block *block, size_t share, size_t at, const struct tl_frac *weight)
{
    struct tl_buf formula = TL_BUF_EMPTY;
    char own[TL_SHEET_REF_SIZE];
    tl_form form = mpz_cmp_ui(mpq_denref(weight->q), 1) == 0 ? TL_FORM_WHOLE : TL_FORM_EXACT;
    if (block->part_count == 0)
        tl_sheet_fraction(block->sheet, at, WEIGHT, TL_LOOK_INPUT, form, weight);
    else if (block->part_count == 1)
        tl_sheet_fraction_formula(block->sheet, at, WEIGHT, TL_LOOK_ROW, form, weight, "=%s",
                                  cell(own, block, share, PART));
    else {
        for (size_t i = 0; i < block->part_count; i++)
            add_part_weight(&formula, block, share, i);
        tl_sheet_fraction_formula(block->sheet, at, WEIGHT, TL_LOOK_ROW, form, weight, "%s", tl_buf_string(&formula));
    }
    tl_buf_release(&formula);
}

static void to_major(struct tl_frac *major, const struct tl_frac *minor)
{
    tl_frac_set_whole(major, MINOR_PER_MAJOR);
    mpq_div(major->q, minor->q, major->q);
}

/* The running entitlement, rounded down to whole units; its rest and its place in the queue; the amount. */
static void write_amounts(const struct block *block, size_t share, size_t at, const struct tl_frac *carried,
                          const struct tl_frac *exact)
{
    const struct tl_statement_share *of = &block->pool->shares[share];
    const struct statement_result *result = &block->results[share];
    struct tl_sheet *sheet = block->sheet;
    char unit[TL_SHEET_REF_SIZE], budget[TL_SHEET_REF_SIZE], left[TL_SHEET_REF_SIZE], a[TL_SHEET_REF_SIZE],
        b[TL_SHEET_REF_SIZE], c[TL_SHEET_REF_SIZE], whole[RANGE_SIZE], rests[RANGE_SIZE], weights[RANGE_SIZE],
        plain[TL_MONEY_TEXT_SIZE];
    struct tl_frac major, shown;
    tl_frac_init(&major);
    tl_frac_init(&shown);
    fact_ref(unit, block, ROW_UNIT);
    fact_ref(budget, block, ROW_BUDGET);
    fact_ref(left, block, ROW_LEFT);
    to_major(&major, exact);
    tl_sheet_fraction_formula(sheet, at, EXACT, TL_LOOK_ROW, TL_FORM_EXACT, &major, "=%s*%s", budget,
                              cell(a, block, share, SHARE));
    to_major(&major, carried);
    tl_sheet_fraction(sheet, at, CARRIED, TL_LOOK_ROW, TL_FORM_EXACT, &major);
    tl_sheet_money_formula(sheet, at, WHOLE, TL_LOOK_ROW, (struct tl_money){result->whole_minor},
                           "=ROUND(MAX(0,INT(ROUND((%s+%s)/%s,6)))*%s,2)", cell(a, block, share, EXACT),
                           cell(b, block, share, CARRIED), unit, unit);
    mpq_set_d(shown.q, result->rest);
    tl_sheet_fraction_formula(sheet, at, REST, TL_LOOK_ROW, TL_FORM_EXACT, &shown, "=ROUND((%s+%s-%s)/%s,6)", a, b,
                              cell(c, block, share, WHOLE), unit);
    range(rests, block, REST);
    range(weights, block, WEIGHT);
    cell(a, block, share, REST);
    cell(b, block, share, WEIGHT);
    tl_frac_set_whole(&shown, (int64_t)result->rank);
    tl_sheet_fraction_formula(sheet, at, RANK, TL_LOOK_ROW, TL_FORM_WHOLE, &shown,
                              "=1+SUMPRODUCT(--(%s>%s))+SUMPRODUCT((%s=%s)*(%s>%s))+SUMPRODUCT((%s=%s)*(%s=%s)*(ROW(%s)"
                              "<ROW(%s)))",
                              rests, a, rests, a, weights, b, rests, a, weights, b, rests, a);
    cell(c, block, share, RANK);
    tl_sheet_money_formula(sheet, at, AMOUNT, TL_LOOK_TOTAL, of->net,
                           "=ROUND(%s+IF(%s<=%s,%s,0)+IF(%s=%s+1,%s-SUM(%s)-%s*%s,0),2)", cell(a, block, share, WHOLE),
                           c, left, unit, c, left, budget, range(whole, block, WHOLE), left, unit);
    tl_sheet_money(sheet, at, LEDGER, TL_LOOK_ROW, of->net);
    tl_sheet_text_formula(sheet, at, CHECK, TL_LOOK_ROW, "som bogført",
                          "=IF(ROUND(%s-(%s),2)=0,\"som bogført\",\"afviger\")", cell(a, block, share, AMOUNT),
                          tl_money_plain(of->net, plain));
    tl_frac_release(&shown);
    tl_frac_release(&major);
}

static tl_status write_share(const struct block *block, size_t share, struct tl_err *err)
{
    const struct tl_statement_share *of = &block->pool->shares[share];
    size_t at = block->first + ROW_SHARES + share;
    struct tl_frac weight, part, exact, carried;
    struct tl_buf scratch = TL_BUF_EMPTY;
    char own[TL_SHEET_REF_SIZE], all[RANGE_SIZE];
    tl_frac_init(&weight);
    tl_frac_init(&part);
    tl_frac_init(&exact);
    tl_frac_init(&carried);
    tl_status status = tl_frac_from_text(&weight, of->weight, err);
    if (status == TL_OK)
        status = tl_frac_from_text(&exact, of->exact, err);
    if (status == TL_OK)
        status = tl_frac_from_text(&carried, of->carried_in, err);
    if (status == TL_OK) {
        tl_sheet_fill(block->sheet, at, 0, COLUMN_COUNT - 1, TL_LOOK_ROW);
        tl_sheet_text(block->sheet, at, CODE, TL_LOOK_ROW, TL_FORM_CODE, of->party);
        tl_sheet_text(block->sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, of->name);
        write_figure(block, share, at);
        write_class(block, share, at);
        (void)write_parts(block, share, at, &scratch);
        write_weight(block, share, at, &weight);
        mpq_div(part.q, weight.q, block->weight_sum.q);
        tl_sheet_fraction_formula(block->sheet, at, SHARE, TL_LOOK_ROW, TL_FORM_PERCENT_EXACT, &part, "=%s/SUM(%s)",
                                  cell(own, block, share, WEIGHT), range(all, block, WEIGHT));
        write_amounts(block, share, at, &carried, &exact);
        tl_sheet_text(block->sheet, at, WEIGHT_EXACT, TL_LOOK_ROW, TL_FORM_CODE, of->weight);
        tl_sheet_text(block->sheet, at, CARRIED_EXACT, TL_LOOK_ROW, TL_FORM_CODE, of->carried_in);
    }
    tl_buf_release(&scratch);
    tl_frac_release(&weight);
    tl_frac_release(&part);
    tl_frac_release(&exact);
    tl_frac_release(&carried);
    return status;
}

static void write_total(const struct block *block, size_t column, tl_form form, const struct tl_frac *sum)
{
    char all[RANGE_SIZE];
    size_t at = block->first + ROW_SHARES + block->pool->share_count;
    if (form == TL_FORM_MONEY)
        tl_sheet_money_formula(block->sheet, at, column, TL_LOOK_TOTAL, block->pool->budget, "=ROUND(SUM(%s),2)",
                               range(all, block, column));
    else
        tl_sheet_fraction_formula(block->sheet, at, column, TL_LOOK_TOTAL, form, sum, "=SUM(%s)",
                                  range(all, block, column));
}

static void write_totals(const struct block *block)
{
    size_t at = block->first + ROW_SHARES + block->pool->share_count;
    char budget[TL_SHEET_REF_SIZE], sum[TL_SHEET_REF_SIZE];
    tl_form form = mpz_cmp_ui(mpq_denref(block->weight_sum.q), 1) == 0 ? TL_FORM_WHOLE : TL_FORM_EXACT;
    tl_sheet_fill(block->sheet, at, 0, COLUMN_COUNT - 1, TL_LOOK_TOTAL);
    tl_sheet_text(block->sheet, at, NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    write_total(block, WEIGHT, form, &block->weight_sum);
    write_total(block, AMOUNT, TL_FORM_MONEY, NULL);
    write_total(block, LEDGER, TL_FORM_MONEY, NULL);
    tl_sheet_text_formula(block->sheet, at, CHECK, TL_LOOK_TOTAL, "fordelt",
                          "=IF(ROUND(%s-%s,2)=0,\"fordelt\",\"går ikke op\")", tl_sheet_ref(sum, at, AMOUNT),
                          fact_ref(budget, block, ROW_BUDGET));
}

/* Whether every share's class follows from its figure. */
static bool classes_follow(const struct tl_statement_pool *pool)
{
    for (size_t i = 0; i < pool->share_count; i++)
        if (!tl_statement_class_follows(pool->terms, pool->measure, pool->shares[i].figure, pool->shares[i].size_class))
            return false;
    return true;
}

bool tl_statement_pool_counts(const struct tl_statement_pool *pool, const struct tl_statement_sheets *sheets)
{
    struct block block = {.sheets = sheets, .pool = pool};
    struct tl_buf scratch = TL_BUF_EMPTY;
    struct tl_err ignored = TL_ERR_NONE;
    bool can = tl_key_formula_parts(block.parts, &block.part_count, pool->line->key, &ignored) == TL_OK &&
               block.part_count > 0;
    bool counts = false;
    for (size_t i = 0; can && i < block.part_count; i++)
        counts = counts || tl_key_formula_counts(block.parts[i].quantity);
    for (size_t i = 0; can && i < pool->share_count; i++)
        can = write_parts(&block, i, 0, &scratch) && !tl_ratio_is_none(pool->shares[i].figure);
    tl_buf_release(&scratch);
    return can && counts;
}

/* The results that the formulas store. */
static tl_status split(struct block *block, struct tl_err *err)
{
    const struct tl_statement_pool *pool = block->pool;
    struct tl_arena *arena = block->sheets->arena;
    struct statement_claim *claims = tl_arena_alloc(arena, pool->share_count, sizeof *claims);
    bool fits;
    block->results = tl_arena_alloc(arena, pool->share_count, sizeof *block->results);
    if (claims == NULL || block->results == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < pool->share_count; i++)
        claims[i] = (struct statement_claim){pool->shares[i].weight, pool->shares[i].carried_in};
    return statement_pool_split(block->results, &fits, claims, pool->share_count, pool->budget.minor, pool->unit_minor,
                                err);
}

static tl_status write_pool(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t index,
                            struct tl_err *err)
{
    const struct tl_statement_pool *pool = sheets->statement->pools[index];
    struct block block = {.sheets = sheets, .pool = pool, .sheet = sheet, .first = sheets->pools[index].first_row};
    struct tl_frac weight;
    tl_status status = TL_OK;
    if (tl_statement_pool_counts(pool, sheets))
        status = tl_key_formula_parts(block.parts, &block.part_count, pool->line->key, err);
    block.has_classes = block.part_count > 0 && classes_follow(pool);
    tl_frac_init(&block.weight_sum);
    tl_frac_init(&weight);
    for (size_t i = 0; status == TL_OK && i < pool->share_count; i++) {
        status = tl_frac_from_text(&weight, pool->shares[i].weight, err);
        mpq_add(block.weight_sum.q, block.weight_sum.q, weight.q);
    }
    if (status == TL_OK)
        status = split(&block, err);
    if (status == TL_OK)
        write_facts(&block);
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        const char *title = i == FIGURE && pool->measure[0] != '\0' ? tl_measure_name_da(pool->measure) : titles[i];
        tl_sheet_text(sheet, block.first + ROW_HEAD, i, TL_LOOK_HEAD,
                      i <= NAME || i == CLASS || i == CHECK ? TL_FORM_TEXT : TL_FORM_RIGHT, title);
    }
    for (size_t i = 0; status == TL_OK && i < pool->share_count; i++)
        status = write_share(&block, i, err);
    if (status == TL_OK)
        write_totals(&block);
    tl_frac_release(&weight);
    tl_frac_release(&block.weight_sum);
    return status;
}

tl_status tl_statement_write_pools(const struct tl_statement_sheets *sheets, struct tl_err *err)
{
    const struct tl_statement *statement = sheets->statement;
    double fitted[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fitted[i] = widths[i] > 0 ? widths[i] : tl_statement_money_width(statement) + (i == EXACT ? 4 : 0);
    const struct tl_sheet_setup setup = {.name = "Fordeling",
                                         .landscape = true,
                                         .pages_wide = 2,
                                         .widths = fitted,
                                         .width_count = COLUMN_COUNT,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    tl_status status = TL_OK;
    tl_sheet_height(sheet, 0, 32);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Fordeling");
    tl_sheet_text(
        sheet, 1, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
        "Alle, der deler et budget. Tal over en prikket linje kan ændres; beløbene følger med, afrundet som i "
        "kontobogen: først ned til hele enheder, så én enhed til dem med størst rest.");
    for (size_t i = 0; status == TL_OK && i < statement->pool_count; i++)
        if (sheets->pools[i].is_live)
            status = write_pool(sheets, sheet, i, err);
    tl_sheet_freeze(sheet, 0, NAME + 1);
    return status;
}
