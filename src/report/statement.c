/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/statement.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/base/text.h"

/* Refuses with the two amounts, unless they are equal. */
static tl_status must_equal(const char *what, struct tl_money stated, struct tl_money sum, struct tl_err *err)
{
    char is[TL_MONEY_TEXT_SIZE], should[TL_MONEY_TEXT_SIZE];
    if (stated.minor == sum.minor)
        return TL_OK;
    return tl_err_set(err, TL_ERR_BROKEN, "the statement does not foot: %s %s, but its parts make %s", what,
                      tl_money_da(stated, is), tl_money_da(sum, should));
}

static tl_status check_row(const struct tl_statement *statement, size_t index, struct tl_err *err)
{
    const struct tl_statement_row *row = &statement->rows[index];
    char date[TL_DATE_TEXT_SIZE];
    struct tl_money gross;
    tl_status status = tl_money_add(&gross, row->net, row->vat, err);
    if (status == TL_OK)
        status = must_equal("the gross of a row is", row->gross, gross, err);
    if (status != TL_OK)
        return status;
    if (!tl_period_contains(statement->period, row->date))
        return tl_err_set(err, TL_ERR_BROKEN, "the statement has entry %" PRId64 " of %s, outside its period",
                          row->entry, tl_date_iso(row->date, date));
    if (index > 0 && tl_date_compare(statement->rows[index - 1].date, row->date) > 0)
        return tl_err_set(err, TL_ERR_BROKEN, "the statement has entry %" PRId64 " of %s after a later one", row->entry,
                          tl_date_iso(row->date, date));
    return TL_OK;
}

/* What is open on the last day makes the closing balance. */
static tl_status check_ages(const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_money open = {0}, aged = {0};
    tl_status status = TL_OK;
    if (tl_date_is_none(statement->aged_on))
        return TL_OK;
    for (size_t i = 0; i < statement->item_count && status == TL_OK; i++)
        status = tl_money_add(&open, open, statement->items[i].open, err);
    for (size_t i = 0; i < TL_STATEMENT_AGES && status == TL_OK; i++)
        status = tl_money_add(&aged, aged, statement->ages[i], err);
    if (status == TL_OK)
        status = must_equal("the closing balance is", statement->closing, open, err);
    return status == TL_OK ? must_equal("the closing balance is", statement->closing, aged, err) : status;
}

/* Each member's account foots, and they make the product's. */
static tl_status check_members(const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_money opening = {0}, closing = {0};
    tl_status status = TL_OK;
    if (statement->party != NULL)
        return TL_OK;
    for (size_t i = 0; i < statement->member_count && status == TL_OK; i++) {
        const struct tl_statement_member *member = &statement->members[i];
        struct tl_money sum = member->opening;
        status = tl_money_add(&sum, sum, member->credits, err);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, member->payments, err);
        for (size_t at = 0; at < TL_PURPOSE_COUNT && status == TL_OK; at++)
            status = tl_money_add(&sum, sum, member->purposes[at], err);
        if (status == TL_OK)
            status = must_equal("the closing balance of a member is", member->closing, sum, err);
        if (status == TL_OK)
            status = tl_money_add(&opening, opening, member->opening, err);
        if (status == TL_OK)
            status = tl_money_add(&closing, closing, member->closing, err);
    }
    if (status == TL_OK)
        status = must_equal("the opening balance is", statement->opening, opening, err);
    return status == TL_OK ? must_equal("the closing balance is", statement->closing, closing, err) : status;
}

tl_status tl_statement_check(const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_money charges = {0}, payments = {0}, closing = statement->opening;
    tl_status status = TL_OK;
    for (size_t i = 0; i < statement->row_count && status == TL_OK; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        struct tl_money *side = row->kind == TL_ROW_PAYMENT ? &payments : &charges;
        status = check_row(statement, i, err);
        if (status == TL_OK)
            status = tl_money_add(side, *side, row->gross, err);
        if (status == TL_OK)
            status = tl_money_add(&closing, closing, row->gross, err);
    }
    if (status == TL_OK)
        status = must_equal("charges are", statement->charges, charges, err);
    if (status == TL_OK)
        status = must_equal("payments are", statement->payments, payments, err);
    if (status == TL_OK)
        status = must_equal("the closing balance is", statement->closing, closing, err);
    if (status == TL_OK)
        status = check_members(statement, err);
    return status == TL_OK ? check_ages(statement, err) : status;
}

tl_status tl_statement_sum_up(struct tl_statement_summary *out, const struct tl_statement *statement,
                              struct tl_err *err)
{
    tl_status status = TL_OK;
    *out = (struct tl_statement_summary){.line_count = 0};
    for (size_t i = 0; i < statement->row_count && status == TL_OK; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        if (row->kind == TL_ROW_PAYMENT)
            continue;
        bool is_charge = row->kind == TL_ROW_CHARGE;
        struct tl_money *sum = is_charge ? &out->charged : &out->credited;
        out->line_count++;
        status = tl_money_add(sum, *sum, row->gross, err);
        if (status == TL_OK && is_charge)
            status = tl_money_add(&out->purposes[row->purpose], out->purposes[row->purpose], row->gross, err);
        if (status == TL_OK)
            status = tl_money_add(&out->net, out->net, row->net, err);
    }
    return status;
}

static void add_text(struct tl_buf *buf, const char *text)
{
    size_t length = text == NULL ? 0 : strlen(text);
    tl_buf_format(buf, "%zu:", length);
    tl_buf_add(buf, text == NULL ? "" : text, length);
    tl_buf_text(buf, "\n");
}

static void add_number(struct tl_buf *buf, int64_t number)
{
    tl_buf_format(buf, "%" PRId64 "\n", number);
}

static void add_ratio(struct tl_buf *buf, struct tl_ratio ratio)
{
    add_number(buf, ratio.numerator);
    add_number(buf, ratio.denominator);
}

static void add_party(struct tl_buf *buf, const struct tl_party *party)
{
    const char *const texts[] = {party->code, party->official_name, party->cvr, party->ean, party->address};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_text(buf, texts[i]);
}

static void add_row(struct tl_buf *buf, const struct tl_statement_row *row)
{
    const char *const texts[] = {
        row->reference,        row->text,           row->product_code,   row->product_name, row->line_id,
        row->line_name,        row->covers,         row->account,        row->psp,          row->vat_code,
        row->vat_reason,       row->measure,        row->measure_source, row->size_class,   row->key,
        row->weight,           row->weight_sum,     row->share,          row->exact,        row->rounding,
        row->working,          row->waived,         row->decision,       row->ean,          row->order_reference,
        row->person_reference, row->account_string, row->party_code,     row->carried_in,   row->invoice};
    const int64_t numbers[] = {row->kind,
                               row->entry,
                               row->date.number,
                               row->due.number,
                               row->period.first.number,
                               row->period.last.number,
                               row->net.minor,
                               row->vat.minor,
                               row->gross.minor,
                               row->measure_date.number,
                               row->is_budgeted,
                               row->budget.minor,
                               row->price.minor,
                               row->purpose,
                               row->unit_minor};
    const struct tl_ratio ratios[] = {row->vat_rate, row->measure_value, row->markup, row->time};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        add_text(buf, texts[i]);
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(buf, numbers[i]);
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios; i++)
        add_ratio(buf, ratios[i]);
}

tl_status tl_statement_digest(struct tl_digest *out, const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    tl_buf_text(&buf, "tilslut statement 1\n");
    add_party(&buf, statement->owner);
    if (statement->party != NULL)
        add_party(&buf, statement->party);
    add_text(&buf, statement->product == NULL ? NULL : statement->product->code);
    add_number(&buf, statement->known_on.number);
    add_text(&buf, statement->currency);
    const int64_t numbers[] = {statement->period.first.number, statement->period.last.number, statement->opening.minor,
                               statement->charges.minor,       statement->payments.minor,     statement->closing.minor,
                               (int64_t)statement->row_count};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        add_number(&buf, numbers[i]);
    for (size_t i = 0; i < statement->row_count; i++)
        add_row(&buf, &statement->rows[i]);
    tl_status status = tl_buf_status(&buf, err);
    if (status == TL_OK)
        *out = tl_digest_of(tl_buf_string(&buf), buf.length);
    tl_buf_release(&buf);
    return status;
}
