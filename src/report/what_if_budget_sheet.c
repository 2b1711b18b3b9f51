/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheet of a line with a budget: its numbers on top, below them a row for each member and a column for each step.
 * Formulas are those of any spreadsheet since 2010. Where a column is compared or divided, its numbers are whole and
 * below TL_WHAT_IF_MAX.
 */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "what_if_sheet.h"

enum { LABEL = 2, VALUE = 3, ROW_TITLE = 0, ROW_NOTE = 1, ROW_FIRST = 3, MINOR_PER_MAJOR = 100, FORMULA_SIZE = 1000 };

/* The numbers of the line, one below the other. */
enum value {
    BUDGET,
    YEAR,
    FIXED,
    POOL,
    COUNT,
    LEAST,
    MOST,
    SUMS,
    WEIGHTS = SUMS + TL_WHAT_IF_PARTS_MAX,
    REST,
    FREE_WEIGHT,
    LIMBS,
    LEFT = LIMBS + TL_WHAT_IF_LIMBS_MAX,
    UNITS,
    TAKING_PART,
    ODD,
    HOLDS,
    VALUES
};

/* The steps of a member, one beside the other. */
enum step {
    NUMBER,
    CODE,
    NAME,
    IN,
    AGREED,
    KEYED,
    QUANTITIES,
    WEIGHT = QUANTITIES + TL_WHAT_IF_PARTS_MAX,
    FLOOR_REACH,
    CAP_REACH,
    STATE,
    DIVISIONS, /* quotient and rest of each digit */
    WHOLE = DIVISIONS + 2 * TL_WHAT_IF_LIMBS_MAX,
    CARRY_DIVISIONS,
    RAW = CARRY_DIVISIONS + 2 * TL_WHAT_IF_LIMBS_MAX,
    CLAIM,
    PARTS,
    LAST,
    START,
    LACK,
    TAKES_PART,
    AHEAD,
    GIVEN,
    ODD_PART,
    AMOUNT,
    STEPS
};

struct budget_page {
    const struct tl_what_if_page *page;
    const struct tl_what_if *plan;
    const struct tl_what_if_line *line;
    const struct tl_what_if_budget_result *result;
    struct tl_sheet *sheet;
    size_t at; /* of the lines */
    size_t rows[VALUES], columns[STEPS];
    bool has_column[STEPS];
    size_t head, first, last, column_count;
    int64_t powers[TL_WHAT_IF_LIMBS_MAX];
    size_t power_count;
    char value_refs[VALUES][TL_SHEET_REF_SIZE];
    char ranges[STEPS][2 * TL_SHEET_REF_SIZE];
};

/* ---- where what stands ---- */

static void place_value(struct budget_page *b, size_t value)
{
    b->rows[value] = b->head++;
    tl_sheet_fixed_ref(b->value_refs[value], b->rows[value], VALUE);
}

static void place_values(struct budget_page *b)
{
    b->head = ROW_FIRST;
    for (size_t v = 0; v < VALUES; v++) {
        bool no_part = v >= SUMS && v < WEIGHTS && v - SUMS >= b->line->part_count;
        bool no_limb = v >= LIMBS && v < LEFT && v - LIMBS >= b->line->limb_count;
        if (!no_part && !no_limb)
            place_value(b, v);
    }
    b->head++;
    b->first = b->head + 1;
    b->last = b->head + b->plan->member_count;
}

static bool is_needed(const struct budget_page *b, size_t step)
{
    bool carries = b->line->carries;
    if (step >= QUANTITIES && step < WEIGHT)
        return step - QUANTITIES < b->line->part_count;
    if (step >= DIVISIONS && step < WHOLE)
        return (step - DIVISIONS) / 2 < b->line->limb_count;
    if (step >= CARRY_DIVISIONS && step < RAW)
        return carries && (step - CARRY_DIVISIONS) / 2 < b->power_count;
    if (step == RAW || step == CLAIM || step == PARTS)
        return carries;
    return true;
}

static void place_steps(struct budget_page *b)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    for (size_t s = 0; s < STEPS; s++)
        if ((b->has_column[s] = is_needed(b, s) && s != LAST))
            b->columns[s] = b->column_count++;
    /* without anything carried, the claim is the entitlement and its fraction the last rest */
    size_t last_rest = DIVISIONS + 2 * b->line->limb_count - 1;
    if (!b->line->carries) {
        b->columns[CLAIM] = b->columns[WHOLE];
        b->columns[PARTS] = b->columns[last_rest];
    }
    b->columns[LAST] = b->columns[b->line->carries ? CARRY_DIVISIONS + 2 * b->power_count - 1 : last_rest];
    for (size_t s = 0; s < STEPS; s++)
        snprintf(b->ranges[s], sizeof b->ranges[s], "%s:%s", tl_sheet_fixed_ref(first, b->first, b->columns[s]),
                 tl_sheet_fixed_ref(last, b->last, b->columns[s]));
}

/* The reference of a step of one member. */
struct own {
    char text[TL_SHEET_REF_SIZE];
};

static struct own own(const struct budget_page *b, size_t member, size_t step)
{
    struct own ref;
    tl_sheet_ref(ref.text, b->first + member, b->columns[step]);
    return ref;
}

#define OWN(step) own(b, i, (step)).text
#define THE(value) b->value_refs[value]
#define ALL(step) b->ranges[step]

/* ---- the line's numbers ---- */

TL_PRINTF(5, 6)
static void put_value(const struct budget_page *b, size_t value, const char *label, int64_t result, const char *formula,
                      ...)
{
    char printed[FORMULA_SIZE];
    va_list arguments;
    va_start(arguments, formula);
    vsnprintf(printed, sizeof printed, formula, arguments);
    va_end(arguments);
    tl_sheet_text(b->sheet, b->rows[value], LABEL, TL_LOOK_LABEL, TL_FORM_RIGHT, label);
    tl_sheet_whole_formula(b->sheet, b->rows[value], VALUE, TL_LOOK_ROW, result, "=%s", printed);
}

/* The cell of the main sheet that holds one of the line's terms. */
static struct own term(const struct budget_page *b, size_t cell)
{
    struct own ref;
    tl_sheet_fixed_ref(ref.text, tl_what_if_cell_row(b->page, b->at) + cell, TL_WHAT_IF_TRIED_AT);
    return ref;
}

static void write_pool(const struct budget_page *b)
{
    char year[TL_WHAT_IF_FORMULA_SIZE];
    const struct tl_what_if_budget_result *r = b->result;
    put_value(b, BUDGET, "Budget i øre", r->budget, "ROUND('" TL_WHAT_IF_SHEET "'!%s*%d,0)", term(b, 0).text,
              MINOR_PER_MAJOR);
    put_value(b, YEAR, "Budget efter indeks", r->year, "%s",
              tl_what_if_index_formula(year, &b->line->index, THE(BUDGET), 1));
    put_value(b, FIXED, "Aftalte beløb", r->fixed, "SUM(%s)", ALL(AGREED));
    put_value(b, POOL, "Til fordeling efter nøglen", r->pool, "%s-%s", THE(YEAR), THE(FIXED));
    put_value(b, COUNT, "Medlemmer, der deler", r->count, "SUM(%s)", ALL(KEYED));
}

/* A floor up, a cap down, to whole rounding units; without one, a share of the budget, or no bound at all. */
static void write_bounds(const struct budget_page *b)
{
    const struct tl_what_if_factor *floor = &b->line->floor_share, *cap = &b->line->cap_share;
    int64_t unit = b->line->unit;
    const struct own floor_ref = term(b, 1), cap_ref = term(b, 2);
    put_value(b, LEAST, "Mindst, i hele enheder", b->result->least,
              "INT((IF('" TL_WHAT_IF_SHEET "'!%s=\"\",INT((%s*%" PRId64 "+%" PRId64 ")/%" PRId64
              "),ROUND('" TL_WHAT_IF_SHEET "'!%s*100,0))+%" PRId64 ")/%" PRId64 ")*%" PRId64,
              floor_ref.text, THE(YEAR), floor->numerator, floor->denominator - 1, floor->denominator, floor_ref.text,
              unit - 1, unit, unit);
    if (cap->numerator == 0)
        put_value(b, MOST, "Højst, i hele enheder", b->result->most,
                  "IF('" TL_WHAT_IF_SHEET "'!%s=\"\",%" PRId64 ",INT(ROUND('" TL_WHAT_IF_SHEET "'!%s*100,0)/%" PRId64
                  ")*%" PRId64 ")",
                  cap_ref.text, TL_WHAT_IF_MAX, cap_ref.text, unit, unit);
    else
        put_value(b, MOST, "Højst, i hele enheder", b->result->most,
                  "INT(IF('" TL_WHAT_IF_SHEET "'!%s=\"\",INT(%s*%" PRId64 "/%" PRId64 "),ROUND('" TL_WHAT_IF_SHEET
                  "'!%s*100,0))/%" PRId64 ")*%" PRId64,
                  cap_ref.text, THE(YEAR), cap->numerator, cap->denominator, cap_ref.text, unit, unit);
}

static int64_t power(int64_t base, size_t exponent)
{
    int64_t result = 1;
    for (size_t i = 0; i < exponent; i++)
        result *= base;
    return result;
}

static void write_weights(const struct budget_page *b)
{
    const struct tl_what_if_budget_result *r = b->result;
    char label[64];
    for (size_t k = 0; k < b->line->part_count; k++) {
        snprintf(label, sizeof label, "Sum af nøglens %zu. led", k + 1);
        put_value(b, SUMS + k, label, r->sums[k], "SUM(%s)", ALL(QUANTITIES + k));
    }
    put_value(b, WEIGHTS, "Sum af vægte", r->weights, "SUM(%s)", ALL(WEIGHT));
    put_value(b, REST, "Til dem mellem mindst og højst", r->rest,
              "%s-%s*COUNTIF(%s,-1)-IF(%s<%" PRId64 ",%s*COUNTIF(%s,1),0)", THE(POOL), THE(LEAST), ALL(STATE),
              THE(MOST), TL_WHAT_IF_MAX, THE(MOST), ALL(STATE));
    put_value(b, FREE_WEIGHT, "Deres vægt i sum", r->free_weight, "SUMIF(%s,0,%s)", ALL(STATE), ALL(WEIGHT));
    size_t count = b->line->limb_count;
    for (size_t l = 0; l < count; l++) {
        int64_t step = power(b->line->base, count - 1 - l);
        snprintf(label, sizeof label, "Beløbets %zu. ciffer i grundtallet %" PRId64, l + 1, b->line->base);
        if (l == 0)
            put_value(b, LIMBS, label, r->limbs[0], "INT(MAX(%s,0)/%" PRId64 ")", THE(REST), step);
        else
            put_value(b, LIMBS + l, label, r->limbs[l],
                      "INT(MAX(%s,0)/%" PRId64 ")-INT(MAX(%s,0)/%" PRId64 ")*%" PRId64, THE(REST), step, THE(REST),
                      step * b->line->base, b->line->base);
    }
}

static void write_rounding(const struct budget_page *b)
{
    const struct tl_what_if_budget_result *r = b->result;
    int64_t unit = b->line->unit;
    put_value(b, LEFT, "Mangler efter hele enheder", r->left, "%s-SUM(%s)", THE(POOL), ALL(START));
    put_value(b, UNITS, "Enheder, der fordeles efter største rest", r->units, "INT(%s/%" PRId64 ")", THE(LEFT), unit);
    put_value(b, TAKING_PART, "Medlemmer, der kan få en enhed", r->taking_part, "SUM(%s)", ALL(TAKES_PART));
    put_value(b, ODD, "Resten, mindre end en enhed", r->odd, "%s-%s*%" PRId64, THE(LEFT), THE(UNITS), unit);
}

/* 1 where every number is one that the formulas are exact with, and the bounds can be held. */
static void write_verdict(const struct budget_page *b)
{
    char sums[TL_WHAT_IF_FORMULA_SIZE];
    size_t used = 0;
    for (size_t k = 0; k < b->line->part_count; k++)
        used += (size_t)snprintf(sums + used, sizeof sums - used, "%s>0,", THE(SUMS + k));
    put_value(b, HOLDS, "Kan regnes nøjagtigt (1 er ja)", b->result->holds ? 1 : 0,
              "IF(AND(%s%s>=0,%s*%" PRId64 "<%" PRId64 ",%s*%" PRId64 "<%" PRId64 ",%s<%" PRId64
              ",%s<=%s,%s*%s<=%s,OR(%s>=%" PRId64 ",SUMPRODUCT(%s*((%s>0)*%s+(%s=0)*%s))>=%s),IF(%s>0,%s>=0,%s=0)"
              ",ABS(%s)<=%s,OR(%s=0,AND(%s>=0,%s<%s))),1,0)",
              sums, THE(BUDGET), THE(BUDGET), 2 * b->line->index.numerator, TL_WHAT_IF_MAX, THE(WEIGHTS),
              2 * b->line->base, TL_WHAT_IF_MAX, THE(LIMBS), b->line->base, THE(LEAST), THE(MOST), THE(COUNT),
              THE(LEAST), THE(POOL), THE(MOST), TL_WHAT_IF_MAX, ALL(KEYED), ALL(WEIGHT), THE(MOST), ALL(WEIGHT),
              THE(LEAST), THE(POOL), THE(FREE_WEIGHT), THE(REST), THE(REST), THE(UNITS), THE(TAKING_PART), THE(ODD),
              THE(UNITS), THE(UNITS), THE(TAKING_PART));
}

/* ---- a member's steps ---- */

TL_PRINTF(5, 6)
static void put_step(const struct budget_page *b, size_t i, size_t step, int64_t result, const char *formula, ...)
{
    char printed[FORMULA_SIZE];
    va_list arguments;
    if (!b->has_column[step])
        return;
    va_start(arguments, formula);
    vsnprintf(printed, sizeof printed, formula, arguments);
    va_end(arguments);
    tl_sheet_whole_formula(b->sheet, b->first + i, b->columns[step], TL_LOOK_ROW, result, "=%s", printed);
}

static void write_quantity(const struct budget_page *b, size_t i, size_t k)
{
    const struct tl_what_if_claim *claim = &b->line->claims[i];
    int64_t result = b->result->steps[i].quantities[k];
    char number[TL_SHEET_REF_SIZE], choices[TL_WHAT_IF_FORMULA_SIZE] = "";
    size_t used = 0, classes = b->plan->class_count;
    if (claim->by_class == NULL) {
        put_step(b, i, QUANTITIES + k, result, "%s*%" PRId64, OWN(KEYED), claim->quantities[k]);
        return;
    }
    for (size_t c = 0; c < classes && used < sizeof choices; c++)
        used += (size_t)snprintf(choices + used, sizeof choices - used, ",%" PRId64, claim->by_class[k * classes + c]);
    put_step(b, i, QUANTITIES + k, result, "IF(%s=1,CHOOSE('" TL_WHAT_IF_SHEET "'!%s%s),0)", OWN(KEYED),
             tl_sheet_ref(number, b->page->places.first_member + i, b->page->places.class_number), choices);
}

static void write_weight(const struct budget_page *b, size_t i)
{
    struct tl_buf formula = TL_BUF_EMPTY;
    for (size_t k = 0; k < b->line->part_count; k++) {
        tl_buf_format(&formula, "%s%" PRId64 "*%s", k == 0 ? "" : "+", b->line->part_factors[k], OWN(QUANTITIES + k));
        for (size_t j = 0; j < b->line->part_count; j++)
            if (j != k)
                tl_buf_format(&formula, "*%s", THE(SUMS + j));
    }
    const char *text = tl_workbook_made(b->page->sheets->workbook, formula.failed ? NULL : tl_buf_string(&formula));
    put_step(b, i, WEIGHT, b->result->steps[i].weight, "%s", text);
    tl_buf_release(&formula);
}

/* What all pay in sum where this member stands at a bound. */
static void write_reach(const struct budget_page *b, size_t i, size_t step, size_t bound, tl_what_if_wide reached,
                        const char *set)
{
    int64_t weight = b->result->steps[i].weight;
    struct tl_frac sum, divisor;
    char at[4 * TL_SHEET_REF_SIZE];
    snprintf(at, sizeof at, "(%s*%s/%s)", ALL(WEIGHT), THE(bound), OWN(WEIGHT));
    tl_frac_init(&sum);
    tl_frac_init(&divisor);
    if (weight != 0) {
        /* in two halves, since GMP takes 64 bits at a time */
        enum { HALF = 62 };
        mpz_set_si(mpq_numref(sum.q), (int64_t)(reached >> HALF));
        mpz_mul_2exp(mpq_numref(sum.q), mpq_numref(sum.q), HALF);
        mpz_add_ui(mpq_numref(sum.q), mpq_numref(sum.q), (unsigned long)(reached & (((tl_what_if_wide)1 << HALF) - 1)));
        tl_frac_set_whole(&divisor, weight);
        mpq_div(sum.q, sum.q, divisor.q);
    }
    tl_sheet_fraction_formula(b->sheet, b->first + i, b->columns[step], TL_LOOK_ROW, TL_FORM_WHOLE, &sum,
                              "=IF(AND(%s=1,%s>0,%s),SUMPRODUCT(%s*((%s<%s)*%s+(%s>%s)*%s+(%s>=%s)*(%s<=%s)*%s)),0)",
                              OWN(KEYED), OWN(WEIGHT), set, ALL(KEYED), at, THE(LEAST), THE(LEAST), at, THE(MOST),
                              THE(MOST), at, THE(LEAST), at, THE(MOST), at);
    tl_frac_release(&sum);
    tl_frac_release(&divisor);
}

static void write_state(const struct budget_page *b, size_t i)
{
    const struct tl_what_if_step *step = &b->result->steps[i];
    char has_floor[64], has_cap[64];
    snprintf(has_floor, sizeof has_floor, "%s>0", THE(LEAST));
    snprintf(has_cap, sizeof has_cap, "%s<%" PRId64, THE(MOST), TL_WHAT_IF_MAX);
    write_reach(b, i, FLOOR_REACH, LEAST, step->floor_reach, has_floor);
    write_reach(b, i, CAP_REACH, MOST, step->cap_reach, has_cap);
    put_step(b, i, STATE, step->state,
             "IF(%s=0,9,IF(NOT(OR(%s,%s)),0,IF(%s=0,-1,IF(AND(%s,%s<=%s),-1,IF(AND(%s,%s>=%s),1,0)))))", OWN(KEYED),
             has_floor, has_cap, OWN(WEIGHT), has_floor, THE(POOL), OWN(FLOOR_REACH), has_cap, THE(POOL),
             OWN(CAP_REACH));
}

/* Long division: what the digits before left, x the base, and the next digit of the amount x the weight. */
static void write_division(const struct budget_page *b, size_t i)
{
    const struct tl_what_if_step *step = &b->result->steps[i];
    for (size_t l = 0; l < b->line->limb_count; l++) {
        char next[4 * TL_SHEET_REF_SIZE];
        size_t quotient = DIVISIONS + 2 * l, rest = quotient + 1;
        if (l == 0)
            snprintf(next, sizeof next, "%s*%s", OWN(WEIGHT), THE(LIMBS));
        else
            snprintf(next, sizeof next, "%s*%" PRId64 "+%s*%s", OWN(rest - 2), b->line->base, OWN(WEIGHT),
                     THE(LIMBS + l));
        put_step(b, i, quotient, step->quotients[l], "IF(%s=0,INT((%s)/%s),0)", OWN(STATE), next, THE(FREE_WEIGHT));
        put_step(b, i, rest, step->rests[l], "IF(%s=0,%s-%s*%s,0)", OWN(STATE), next, OWN(quotient), THE(FREE_WEIGHT));
    }
    struct tl_buf whole = TL_BUF_EMPTY;
    for (size_t l = 0; l < b->line->limb_count; l++)
        tl_buf_format(&whole, "%s%s*%" PRId64, l == 0 ? "" : "+", OWN(DIVISIONS + 2 * l),
                      power(b->line->base, b->line->limb_count - 1 - l));
    const char *text = tl_workbook_made(b->page->sheets->workbook, whole.failed ? NULL : tl_buf_string(&whole));
    put_step(b, i, WHOLE, step->whole, "IF(%s=-1,%s,IF(%s=1,%s,%s))", OWN(STATE), THE(LEAST), OWN(STATE), THE(MOST),
             text);
    tl_buf_release(&whole);
}

/* The fraction in parts of a minor unit, with what is carried. */
static void write_carried(const struct budget_page *b, size_t i)
{
    const struct tl_what_if_step *step = &b->result->steps[i];
    struct tl_buf raw = TL_BUF_EMPTY;
    int64_t worth = TL_CARRY_PARTS;
    for (size_t l = 0; b->line->carries && l < b->power_count; l++) {
        size_t quotient = CARRY_DIVISIONS + 2 * l, rest = quotient + 1;
        size_t before = l == 0 ? DIVISIONS + 2 * b->line->limb_count - 1 : rest - 2;
        put_step(b, i, quotient, step->carry_quotients[l], "IF(%s=0,INT(%s*%" PRId64 "/%s),0)", OWN(STATE), OWN(before),
                 b->powers[l], THE(FREE_WEIGHT));
        put_step(b, i, rest, step->carry_rests[l], "IF(%s=0,%s*%" PRId64 "-%s*%s,0)", OWN(STATE), OWN(before),
                 b->powers[l], OWN(quotient), THE(FREE_WEIGHT));
        worth /= b->powers[l];
        tl_buf_format(&raw, "%s*%" PRId64 "+", OWN(quotient), worth);
    }
    const char *text = tl_workbook_made(b->page->sheets->workbook, raw.failed ? NULL : tl_buf_string(&raw));
    put_step(b, i, RAW, step->raw, "%s%s*%" PRId64, text, OWN(KEYED), b->line->claims[i].carried);
    put_step(b, i, CLAIM, step->claim, "%s+INT(%s/%" PRId64 ")", OWN(WHOLE), OWN(RAW), TL_CARRY_PARTS);
    put_step(b, i, PARTS, step->parts, "%s-INT(%s/%" PRId64 ")*%" PRId64, OWN(RAW), OWN(RAW), TL_CARRY_PARTS,
             TL_CARRY_PARTS);
    tl_buf_release(&raw);
}

/* Whole units, then the units that are left, by what is lacking; ties to the larger weight, then to the lower code. */
static void write_shares(const struct budget_page *b, size_t i)
{
    const struct tl_what_if_step *step = &b->result->steps[i];
    int64_t unit = b->line->unit;
    put_step(b, i, START, step->start, "IF(%s=1,MEDIAN(%s,INT(%s/%" PRId64 ")*%" PRId64 ",%s),0)", OWN(KEYED),
             THE(LEAST), OWN(CLAIM), unit, unit, THE(MOST));
    put_step(b, i, LACK, step->lack, "IF(%s=1,%s-%s,0)", OWN(KEYED), OWN(CLAIM), OWN(START));
    put_step(b, i, TAKES_PART, step->takes_part ? 1 : 0,
             "IF(%s=1,IF(%s>=0,IF(%s+%" PRId64 "<=%s,1,0),IF(%s-%" PRId64 ">=%s,1,0)),0)", OWN(KEYED), THE(UNITS),
             OWN(START), unit, THE(MOST), OWN(START), unit, THE(LEAST));
    put_step(
        b, i, AHEAD, step->ahead,
        "IF(%s=1,SUMPRODUCT(%s*((%s>%s)+(%s=%s)*((%s>%s)+(%s=%s)*((%s>%s)+(%s=%s)*((%s>%s)+(%s=%s)*(%s<%s)))))),0)",
        OWN(KEYED), ALL(TAKES_PART), ALL(LACK), OWN(LACK), ALL(LACK), OWN(LACK), ALL(PARTS), OWN(PARTS), ALL(PARTS),
        OWN(PARTS), ALL(LAST), OWN(LAST), ALL(LAST), OWN(LAST), ALL(WEIGHT), OWN(WEIGHT), ALL(WEIGHT), OWN(WEIGHT),
        ALL(NUMBER), OWN(NUMBER));
    put_step(b, i, GIVEN, step->given, "IF(%s=1,IF(%s>=0,IF(%s<%s,1,0),IF(%s-1-%s<-%s,-1,0)),0)", OWN(TAKES_PART),
             THE(UNITS), OWN(AHEAD), THE(UNITS), THE(TAKING_PART), OWN(AHEAD), THE(UNITS));
    put_step(b, i, ODD_PART, step->odd, "IF(AND(%s=1,%s=%s),%s,0)", OWN(TAKES_PART), OWN(AHEAD), THE(UNITS), THE(ODD));
    put_step(b, i, AMOUNT, step->amount, "%s+IF(%s=1,%s+%s*%" PRId64 "+%s,0)", OWN(AGREED), OWN(KEYED), OWN(START),
             OWN(GIVEN), unit, OWN(ODD_PART));
}

static void write_member(const struct budget_page *b, size_t i)
{
    const struct tl_what_if_step *step = &b->result->steps[i];
    const struct tl_what_if_claim *claim = &b->line->claims[i];
    char in[TL_WHAT_IF_FORMULA_SIZE];
    size_t row = b->first + i;
    tl_sheet_whole(b->sheet, row, b->columns[NUMBER], TL_LOOK_ROW, (int64_t)i + 1);
    tl_sheet_text(b->sheet, row, b->columns[CODE], TL_LOOK_ROW, TL_FORM_CODE, b->plan->members[i]->code);
    tl_sheet_text(b->sheet, row, b->columns[NAME], TL_LOOK_ROW, TL_FORM_TEXT, b->plan->members[i]->name);
    put_step(b, i, IN, step->in ? 1 : 0, "%s", tl_what_if_in_formula(in, b->page, b->line, i));
    put_step(b, i, AGREED, step->fixed, "%s*%" PRId64, OWN(IN), claim->is_agreed ? claim->agreed_minor : 0);
    put_step(b, i, KEYED, step->keyed ? 1 : 0, "%s*%d", OWN(IN), claim->is_agreed ? 0 : 1);
    for (size_t k = 0; k < b->line->part_count; k++)
        write_quantity(b, i, k);
    write_weight(b, i);
    write_state(b, i);
    write_division(b, i);
    write_carried(b, i);
    write_shares(b, i);
}

/* ---- the sheet ---- */

static void write_head(const struct budget_page *b)
{
    static const char *const titles[STEPS] = {[NUMBER] = "Nr.",
                                              [CODE] = "Kode",
                                              [NAME] = "Medlem",
                                              [IN] = "Med",
                                              [AGREED] = "Aftalt beløb",
                                              [KEYED] = "Deler efter nøglen",
                                              [WEIGHT] = "Vægt",
                                              [FLOOR_REACH] = "Sum, hvis medlemmet står på mindst",
                                              [CAP_REACH] = "Sum, hvis medlemmet står på højst",
                                              [STATE] = "-1 mindst, 1 højst, 0 imellem",
                                              [WHOLE] = "Hele øre",
                                              [RAW] = "Med det, der er husket",
                                              [CLAIM] = "Hele øre i alt",
                                              [PARTS] = "Dele af en øre",
                                              [START] = "Hele enheder",
                                              [LACK] = "Rest i øre",
                                              [TAKES_PART] = "Kan få en enhed",
                                              [AHEAD] = "Så mange er før",
                                              [GIVEN] = "Enhed efter største rest",
                                              [ODD_PART] = "Resten",
                                              [AMOUNT] = "Beløb i øre"};
    char title[48];
    tl_sheet_height(b->sheet, b->head, 48);
    for (size_t s = 0; s < STEPS; s++) {
        if (!b->has_column[s])
            continue;
        const char *text = titles[s];
        bool is_carry = s >= CARRY_DIVISIONS && s < RAW;
        if (s >= QUANTITIES && s < WEIGHT)
            snprintf(title, sizeof title, "Nøglens %zu. led", s - QUANTITIES + 1);
        else if (text == NULL) {
            size_t digit = s - (is_carry ? CARRY_DIVISIONS : DIVISIONS);
            snprintf(title, sizeof title, "%s %zu%s", digit % 2 == 0 ? "Kvotient" : "Rest", digit / 2 + 1,
                     is_carry ? " af øren" : "");
        }
        tl_sheet_text(b->sheet, b->head, b->columns[s], TL_LOOK_HEAD, s <= NAME ? TL_FORM_TEXT : TL_FORM_RIGHT,
                      text == NULL ? title : text);
    }
}

static struct tl_sheet *make_sheet(const struct budget_page *b, const char *name)
{
    const struct tl_budget_sheets *sheets = b->page->sheets;
    double *widths = tl_arena_alloc(sheets->arena, b->column_count, sizeof *widths);
    if (widths == NULL) {
        (void)tl_workbook_made(sheets->workbook, NULL);
        return NULL;
    }
    for (size_t c = 0; c < b->column_count; c++)
        widths[c] = c == NUMBER ? 6 : c == CODE ? 8 : c == NAME ? 40 : c == VALUE ? 20 : 17;
    struct tl_sheet_setup setup = tl_budget_setup(sheets, name, widths, b->column_count);
    setup.pages_wide = 3;
    return tl_workbook_sheet(sheets->workbook, &setup);
}

void tl_what_if_write_budget(struct tl_what_if_page *page, size_t line, size_t number)
{
    struct budget_page page_of_line = {
        .page = page, .plan = page->plan, .line = &page->plan->lines[line], .result = &page->budgets[line], .at = line};
    struct budget_page *b = &page_of_line;
    struct tl_arena *arena = page->sheets->arena;
    struct tl_workbook *workbook = page->sheets->workbook;
    b->power_count = tl_what_if_carry_digits(b->line, b->powers);
    place_values(b);
    place_steps(b);
    const char *name = tl_workbook_made(workbook, tl_arena_format(arena, "Regning %zu", number));
    b->sheet = make_sheet(b, name);
    if (b->sheet == NULL)
        return;
    tl_sheet_height(b->sheet, ROW_TITLE, 32);
    tl_sheet_text(b->sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, b->line->line->name.da);
    tl_sheet_text(b->sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Sådan regner arket " TL_WHAT_IF_SHEET " linjen. Beløb er i øre. Her ændres intet.");
    write_pool(b);
    write_bounds(b);
    write_weights(b);
    write_rounding(b);
    write_verdict(b);
    write_head(b);
    for (size_t i = 0; i < b->plan->member_count; i++)
        write_member(b, i);
    tl_sheet_freeze(b->sheet, 0, NAME + 1);
    page->names[line] = name;
    page->result_rows[line] = b->first;
    page->result_columns[line] = b->columns[AMOUNT];
    page->holds[line] = tl_workbook_made(workbook, tl_arena_format(arena, "'%s'!%s", name, THE(HOLDS)));
}
