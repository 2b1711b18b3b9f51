/* SPDX-License-Identifier: MPL-2.0 */
/* What the sheet Kontrol claims, recomputed: each row from its evidence, VAT, and the sums of the account. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "statement_check_parts.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

static const struct control_value *value(const struct file_check *check, size_t row, enum control_column column)
{
    return &check->rows[row][column];
}

static bool is_kind(const struct file_check *check, size_t row, const char *kind)
{
    return tl_text_equal(value(check, row, CONTROL_KIND)->text, kind);
}

/* A stored fraction, or a ratio of the terms; a text that is none is a flaw, and *is_read false. */
static tl_status read_fraction(struct tl_frac *out, bool *is_read, struct file_check *check, size_t row,
                               enum control_column column)
{
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_ratio ratio;
    const char *text = value(check, row, column)->text;
    if (text[0] == '\0') {
        tl_frac_set_whole(out, 0);
        return TL_OK;
    }
    if (tl_frac_from_text(out, text, &ignored) == TL_OK)
        return TL_OK;
    ignored = (struct tl_err)TL_ERR_NONE;
    if (tl_ratio_parse(&ratio, text, &ignored) == TL_OK && !tl_ratio_is_none(ratio)) {
        tl_frac_set_ratio(out, ratio);
        return TL_OK;
    }
    *is_read = false;
    return check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, column, control_columns[column].text, text,
                      "a fraction");
}

/* Notes a flaw unless the fractions are the same. */
static tl_status check_fraction(struct file_check *check, size_t row, enum control_column column, const char *what,
                                const struct tl_frac *should)
{
    struct tl_frac says;
    bool is_read = true;
    tl_frac_init(&says);
    tl_status status = read_fraction(&says, &is_read, check, row, column);
    check->out->amount_count++;
    if (status == TL_OK && is_read && mpq_equal(says.q, should->q) == 0) {
        const char *ought = tl_frac_text(should, check->arena);
        status = ought == NULL ? tl_err_memory(check->err)
                               : check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, column, what,
                                            value(check, row, column)->text, ought);
    }
    tl_frac_release(&says);
    return status;
}

/* share = weight / sum of weights, where there are weights. */
static tl_status check_share(struct file_check *check, size_t row)
{
    struct tl_frac weight, sum;
    bool is_read = true;
    if (value(check, row, CONTROL_WEIGHT)->text[0] == '\0' || value(check, row, CONTROL_WEIGHT_SUM)->text[0] == '\0')
        return TL_OK;
    tl_frac_init(&weight);
    tl_frac_init(&sum);
    tl_status status = read_fraction(&weight, &is_read, check, row, CONTROL_WEIGHT);
    if (status == TL_OK)
        status = read_fraction(&sum, &is_read, check, row, CONTROL_WEIGHT_SUM);
    if (status == TL_OK && is_read && mpq_sgn(sum.q) > 0) {
        mpq_div(weight.q, weight.q, sum.q);
        status = check_fraction(check, row, CONTROL_SHARE, "the share: weight / sum of weights", &weight);
    }
    tl_frac_release(&weight);
    tl_frac_release(&sum);
    return status;
}

/* exact = price x (1 + markup) x time, or budget x share. */
static tl_status check_exact(struct file_check *check, size_t row)
{
    struct tl_frac exact, factor, one;
    bool is_read = true, by_price = tl_text_equal(value(check, row, CONTROL_FOLLOWS)->text, CONTROL_BY_PRICE);
    tl_status status;
    tl_frac_init(&exact);
    tl_frac_init(&factor);
    tl_frac_init(&one);
    tl_frac_set_whole(&one, 1);
    if (by_price) {
        tl_frac_set_whole(&exact, value(check, row, CONTROL_PRICE)->money.minor);
        status = read_fraction(&factor, &is_read, check, row, CONTROL_MARKUP);
        mpq_add(factor.q, factor.q, one.q);
        mpq_mul(exact.q, exact.q, factor.q);
        if (status == TL_OK && value(check, row, CONTROL_TIME)->text[0] != '\0') {
            status = read_fraction(&factor, &is_read, check, row, CONTROL_TIME);
            mpq_mul(exact.q, exact.q, factor.q);
        }
    } else {
        tl_frac_set_whole(&exact, value(check, row, CONTROL_BUDGET)->money.minor);
        status = read_fraction(&factor, &is_read, check, row, CONTROL_SHARE);
        mpq_mul(exact.q, exact.q, factor.q);
    }
    if (status == TL_OK && is_read)
        status = check_fraction(
            check, row, CONTROL_EXACT,
            by_price ? "the exact amount: price x (1 + markup) x time" : "the exact amount: budget x share", &exact);
    tl_frac_release(&one);
    tl_frac_release(&factor);
    tl_frac_release(&exact);
    return status;
}

/* exact + rounding = net. That the rounding of a share is the right one shows among all shares, on the sheet Fordeling.
 */
static tl_status check_net(struct file_check *check, size_t row)
{
    struct tl_frac rounding, exact;
    bool is_read = true;
    tl_frac_init(&rounding);
    tl_frac_init(&exact);
    tl_status status = read_fraction(&exact, &is_read, check, row, CONTROL_EXACT);
    tl_frac_set_whole(&rounding, value(check, row, CONTROL_NET)->money.minor);
    mpq_sub(rounding.q, rounding.q, exact.q);
    if (status == TL_OK && is_read)
        status = check_fraction(check, row, CONTROL_ROUNDING, "the rounding: net - exact amount", &rounding);
    tl_frac_release(&exact);
    tl_frac_release(&rounding);
    return status;
}

static tl_status check_evidence(struct file_check *check, size_t row)
{
    const char *follows = value(check, row, CONTROL_FOLLOWS)->text;
    bool by_rules = tl_text_equal(follows, CONTROL_BY_RULES), by_share = tl_text_equal(follows, CONTROL_BY_SHARE),
         by_price = tl_text_equal(follows, CONTROL_BY_PRICE);
    tl_status status = TL_OK;
    if (follows[0] == '\0')
        return TL_OK;
    if (!by_rules && !by_share && !by_price)
        return check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, CONTROL_FOLLOWS,
                          "what the amount follows from", follows,
                          CONTROL_BY_PRICE ", " CONTROL_BY_SHARE " or " CONTROL_BY_RULES);
    if (by_share)
        status = check_share(check, row);
    if (status == TL_OK && !by_rules)
        status = check_exact(check, row);
    return status == TL_OK ? check_net(check, row) : status;
}

static bool has_same_vat(const struct file_check *check, size_t a, size_t b)
{
    return value(check, a, CONTROL_ENTRY)->number == value(check, b, CONTROL_ENTRY)->number &&
           tl_text_equal(value(check, a, CONTROL_PARTY)->text, value(check, b, CONTROL_PARTY)->text) &&
           tl_text_equal(value(check, a, CONTROL_VAT_CODE)->text, value(check, b, CONTROL_VAT_CODE)->text) &&
           tl_text_equal(value(check, a, CONTROL_VAT_RATE)->text, value(check, b, CONTROL_VAT_RATE)->text);
}

/* The VAT of the rows of an entry with the same rate is that of their sum. Rows of an entry follow one another. */
static tl_status check_vat(struct file_check *check, size_t row)
{
    int64_t entry = value(check, row, CONTROL_ENTRY)->number;
    struct tl_money net = {0}, vat = {0}, should;
    struct tl_frac exact, rate;
    bool is_read = true;
    size_t first = row, last = row;
    if (value(check, row, CONTROL_VAT_RATE)->text[0] == '\0')
        return TL_OK;
    while (first > 0 && value(check, first - 1, CONTROL_ENTRY)->number == entry)
        first--;
    for (size_t i = first; i < row; i++)
        if (has_same_vat(check, i, row))
            return TL_OK; /* checked with the first of them */
    tl_status status = TL_OK;
    for (size_t i = row; status == TL_OK && i < check->row_count && value(check, i, CONTROL_ENTRY)->number == entry;
         i++) {
        if (!has_same_vat(check, i, row))
            continue;
        last = i;
        status = tl_money_add(&net, net, value(check, i, CONTROL_NET)->money, check->err);
        if (status == TL_OK)
            status = tl_money_add(&vat, vat, value(check, i, CONTROL_VAT)->money, check->err);
    }
    tl_frac_init(&exact);
    tl_frac_init(&rate);
    if (status == TL_OK)
        status = read_fraction(&rate, &is_read, check, row, CONTROL_VAT_RATE);
    tl_frac_set_whole(&exact, net.minor);
    mpq_mul(exact.q, exact.q, rate.q);
    if (status == TL_OK && is_read)
        status = tl_frac_round_money(&should, &exact, check->err);
    tl_frac_release(&rate);
    tl_frac_release(&exact);
    if (status != TL_OK || !is_read)
        return status;
    /* told at the last of the rows, as the amount that would make it right */
    should.minor = value(check, last, CONTROL_VAT)->money.minor + should.minor - vat.minor;
    return check_amount(check, CONTROL_SHEET, CONTROL_ROW_FIRST + last, CONTROL_VAT,
                        "VAT: the sum of the entry's rows with this rate, rounded once",
                        value(check, last, CONTROL_VAT)->money, should);
}

/* A credit takes back parts of charges, whose rounding it repeats. */
static bool taxes_whole(const struct file_check *check, size_t row)
{
    return is_kind(check, row, CONTROL_IS_CHARGE);
}

static tl_status check_dates(struct file_check *check, size_t row)
{
    struct tl_date date = value(check, row, CONTROL_DATE)->date;
    char is[TL_DATE_TEXT_SIZE], ought[TL_DATE_TEXT_SIZE];
    if (!tl_period_contains(check->out->period, date))
        return check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, CONTROL_DATE, "the date",
                          tl_date_iso(date, is), "a day of the period");
    if (row > 0 && tl_date_compare(value(check, row - 1, CONTROL_DATE)->date, date) > 0)
        return check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, CONTROL_DATE, "the order of dates",
                          tl_date_iso(date, is), tl_date_iso(value(check, row - 1, CONTROL_DATE)->date, ought));
    return TL_OK;
}

static tl_status check_row(struct file_check *check, size_t row)
{
    struct tl_money gross;
    tl_status status =
        tl_money_add(&gross, value(check, row, CONTROL_NET)->money, value(check, row, CONTROL_VAT)->money, check->err);
    if (status == TL_OK)
        status = check_amount(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, CONTROL_GROSS, "gross: net + VAT",
                              value(check, row, CONTROL_GROSS)->money, gross);
    if (status == TL_OK && !is_kind(check, row, CONTROL_IS_CHARGE) && !is_kind(check, row, CONTROL_IS_CREDIT) &&
        !is_kind(check, row, CONTROL_IS_PAYMENT))
        status = check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FIRST + row, CONTROL_KIND, "the kind of the row",
                            value(check, row, CONTROL_KIND)->text,
                            CONTROL_IS_CHARGE ", " CONTROL_IS_CREDIT " or " CONTROL_IS_PAYMENT);
    if (status == TL_OK)
        status = check_dates(check, row);
    if (status == TL_OK)
        status = check_evidence(check, row);
    return status == TL_OK && taxes_whole(check, row) ? check_vat(check, row) : status;
}

static tl_status check_fact(struct file_check *check, size_t fact, const char *what, struct tl_money should)
{
    return check_amount(check, CONTROL_SHEET, CONTROL_ROW_FACTS + fact, CONTROL_FACT_VALUE, what,
                        check->facts[fact].money, should);
}

tl_status check_rows(struct file_check *check)
{
    struct tl_money charged = {0}, credited = {0}, paid = {0}, closing = check->facts[CONTROL_FACT_OPENING].money,
                    total = {0};
    size_t lines = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < check->row_count; i++) {
        struct tl_money *sum = is_kind(check, i, CONTROL_IS_PAYMENT)  ? &paid
                               : is_kind(check, i, CONTROL_IS_CREDIT) ? &credited
                                                                      : &charged;
        struct tl_money gross = value(check, i, CONTROL_GROSS)->money;
        status = check_row(check, i);
        lines += sum == &paid ? 0 : 1;
        if (status == TL_OK)
            status = tl_money_add(sum, *sum, gross, check->err);
        if (status == TL_OK)
            status = tl_money_add(&closing, closing, gross, check->err);
        if (status == TL_OK && sum != &paid)
            status = tl_money_add(&total, total, gross, check->err);
    }
    check->out->line_count = lines;
    if (status == TL_OK)
        status = check_fact(check, CONTROL_FACT_CHARGED, "the sum of the charges", charged);
    if (status == TL_OK)
        status = check_fact(check, CONTROL_FACT_CREDITED, "the sum of the credits", credited);
    if (status == TL_OK)
        status = check_fact(check, CONTROL_FACT_PAID, "the sum of the payments", paid);
    if (status == TL_OK)
        status = check_fact(check, CONTROL_FACT_CLOSING, "opening + movements = closing", closing);
    if (status == TL_OK)
        status = check_fact(check, CONTROL_FACT_TOTAL, "the control total: charges and credits", total);
    if (status == TL_OK && check->facts[CONTROL_FACT_LINES].number != (int64_t)lines) {
        char is[24], ought[24];
        snprintf(is, sizeof is, "%" PRId64, check->facts[CONTROL_FACT_LINES].number);
        snprintf(ought, sizeof ought, "%zu", lines);
        status = check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FACTS + CONTROL_FACT_LINES, CONTROL_FACT_VALUE,
                            "how many lines there are", is, ought);
    }
    return status;
}
