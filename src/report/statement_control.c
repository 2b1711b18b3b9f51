/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/statement_control.h"

#include <inttypes.h>
#include <string.h>

#include "statement_control_parts.h"
#include "tilslut/report/statement.h"

#define FACT_LABEL(name, label, kind) {label, kind, 0},
const struct control_label control_facts[CONTROL_FACT_COUNT] = {CONTROL_FACTS(FACT_LABEL)};
#undef FACT_LABEL
#define COLUMN_LABEL(name, title, kind, width) {title, kind, width},
const struct control_label control_columns[CONTROL_COLUMN_COUNT] = {CONTROL_COLUMNS(COLUMN_LABEL)};
#undef COLUMN_LABEL

static struct control_value text_value(const char *text)
{
    return (struct control_value){.kind = CONTROL_A_TEXT, .text = text == NULL ? "" : text};
}

static struct control_value money_value(struct tl_money money)
{
    return (struct control_value){.kind = CONTROL_AN_AMOUNT, .text = "", .money = money};
}

static struct control_value date_value(struct tl_date date)
{
    return (struct control_value){.kind = CONTROL_A_DATE, .text = "", .date = date};
}

static struct control_value number_value(int64_t number)
{
    return (struct control_value){.kind = CONTROL_A_NUMBER, .text = "", .number = number};
}

void control_write(struct tl_buf *buf, const struct control_value *values, size_t count)
{
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < count; i++) {
        const struct control_value *value = &values[i];
        switch (value->kind) {
        case CONTROL_A_TEXT:
            tl_buf_format(buf, "%zu:", strlen(value->text));
            tl_buf_text(buf, value->text);
            break;
        case CONTROL_AN_AMOUNT:
            tl_buf_number(buf, value->money.minor);
            break;
        case CONTROL_A_DATE:
            tl_buf_text(buf, tl_date_iso(value->date, date));
            break;
        case CONTROL_A_NUMBER:
            tl_buf_number(buf, value->number);
            break;
        }
        tl_buf_text(buf, "\n");
    }
}

static const char *ratio_text(struct tl_ratio ratio, struct tl_arena *arena)
{
    char text[TL_RATIO_TEXT_SIZE];
    return tl_ratio_is_none(ratio) ? "" : tl_arena_text(arena, tl_ratio_text(ratio, text));
}

static bool is_given(const char *text)
{
    return text != NULL && text[0] != '\0';
}

/* product = exact? The product of an amount, a fraction or ratio, and the part of the year. */
static tl_status makes_exact(bool *makes, const struct tl_statement_row *row, struct tl_err *err)
{
    struct tl_frac product, factor, exact;
    struct tl_ratio one = tl_ratio_of(1, 1);
    tl_frac_init(&product);
    tl_frac_init(&factor);
    tl_frac_init(&exact);
    tl_status status = tl_frac_from_text(&exact, row->exact, err);
    if (status == TL_OK && row->is_budgeted && is_given(row->share))
        status = tl_frac_from_text(&factor, row->share, err);
    else if (status == TL_OK && !row->is_budgeted) {
        struct tl_frac markup;
        tl_frac_init(&markup);
        if (!tl_ratio_is_none(row->markup))
            tl_frac_set_ratio(&markup, row->markup);
        tl_frac_set_ratio(&factor, one);
        mpq_add(factor.q, factor.q, markup.q);
        tl_frac_set_ratio(&markup, tl_ratio_is_none(row->time) ? one : row->time);
        mpq_mul(factor.q, factor.q, markup.q);
        tl_frac_release(&markup);
    }
    tl_frac_set_whole(&product, row->is_budgeted ? row->budget.minor : row->price.minor);
    mpq_mul(product.q, product.q, factor.q);
    *makes = status == TL_OK && mpq_equal(product.q, exact.q) != 0;
    tl_frac_release(&product);
    tl_frac_release(&factor);
    tl_frac_release(&exact);
    return status;
}

/* exact + rounding = net? */
static tl_status makes_net(bool *makes, const struct tl_statement_row *row, struct tl_err *err)
{
    struct tl_frac sum, net;
    tl_frac_init(&sum);
    tl_frac_init(&net);
    tl_status status = tl_frac_from_text(&sum, row->exact, err);
    if (status == TL_OK)
        status = tl_frac_from_text(&net, row->rounding, err);
    mpq_add(sum.q, sum.q, net.q);
    tl_frac_set_whole(&net, row->net.minor);
    *makes = status == TL_OK && mpq_equal(sum.q, net.q) != 0;
    tl_frac_release(&sum);
    tl_frac_release(&net);
    return status;
}

const char *control_follows(const struct tl_statement_row *row, struct tl_err *err)
{
    bool net = false, exact = false;
    if (!is_given(row->exact) || !is_given(row->rounding))
        return "";
    tl_status status = makes_net(&net, row, err);
    if (status == TL_OK)
        status = makes_exact(&exact, row, err);
    if (status != TL_OK || !net)
        return "";
    if (!exact)
        return CONTROL_BY_RULES;
    return row->is_budgeted ? CONTROL_BY_SHARE : CONTROL_BY_PRICE;
}

static bool is_whole(const struct control_value *values, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (values[i].text == NULL)
            return false;
    return true;
}

tl_status control_fill_facts(struct control_value values[CONTROL_FACT_COUNT], const struct tl_statement *statement,
                             struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_issue *issue = &statement->issue;
    struct tl_statement_summary summary;
    char hex[TL_DIGEST_HEX_SIZE];
    const char *document = tl_arena_format(arena, "%s, version %d", issue->number, issue->version);
    const char *head = issue->head_entry == 0 ? "" : tl_arena_text(arena, tl_digest_hex(&issue->head, hex));
    tl_status status = tl_statement_sum_up(&summary, statement, err);
    if (status != TL_OK)
        return status;
    if (document == NULL || head == NULL)
        return tl_err_memory(err);
    const struct control_value filled[CONTROL_FACT_COUNT] = {
        [CONTROL_FACT_DOCUMENT] = text_value(document),
        [CONTROL_FACT_OWNER] = text_value(statement->owner->code),
        [CONTROL_FACT_HOLDER_KIND] = text_value(statement->party != NULL ? "medlem" : "produkt"),
        [CONTROL_FACT_HOLDER] = text_value(tl_statement_holder_code(statement)),
        [CONTROL_FACT_FIRST] = date_value(statement->period.first),
        [CONTROL_FACT_LAST] = date_value(statement->period.last),
        [CONTROL_FACT_KNOWN] = date_value(statement->known_on),
        [CONTROL_FACT_CURRENCY] = text_value(statement->currency),
        [CONTROL_FACT_OPENING] = money_value(statement->opening),
        [CONTROL_FACT_CHARGED] = money_value(summary.charged),
        [CONTROL_FACT_CREDITED] = money_value(summary.credited),
        [CONTROL_FACT_PAID] = money_value(statement->payments),
        [CONTROL_FACT_CLOSING] = money_value(statement->closing),
        [CONTROL_FACT_LINES] = number_value((int64_t)summary.line_count),
        [CONTROL_FACT_TOTAL] = money_value(statement->charges),
        [CONTROL_FACT_HEAD_ENTRY] = number_value(issue->head_entry),
        [CONTROL_FACT_HEAD] = text_value(head),
    };
    memcpy(values, filled, sizeof filled);
    return TL_OK;
}

static const char *kind_of(const struct tl_statement_row *row)
{
    return row->kind == TL_ROW_CHARGE   ? CONTROL_IS_CHARGE
           : row->kind == TL_ROW_CREDIT ? CONTROL_IS_CREDIT
                                        : CONTROL_IS_PAYMENT;
}

tl_status control_fill_row(struct control_value values[CONTROL_COLUMN_COUNT], const struct tl_statement_row *row,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_err wrong = TL_ERR_NONE;
    const char *follows = control_follows(row, &wrong);
    if (wrong.status != TL_OK) {
        *err = wrong;
        return wrong.status;
    }
    const char *figure = ratio_text(row->measure_value, arena), *markup = ratio_text(row->markup, arena),
               *time = ratio_text(row->time, arena), *rate = ratio_text(row->vat_rate, arena);
    const struct control_value filled[CONTROL_COLUMN_COUNT] = {
        [CONTROL_ENTRY] = number_value(row->entry),
        [CONTROL_DATE] = date_value(row->date),
        [CONTROL_KIND] = text_value(kind_of(row)),
        [CONTROL_PARTY] = text_value(row->party_code),
        [CONTROL_PRODUCT] = text_value(row->product_code),
        [CONTROL_LINE] = text_value(row->line_id),
        [CONTROL_PURPOSE] =
            text_value(row->kind == TL_ROW_PAYMENT ? "" : tl_statement_purpose_name(row->purpose, false)),
        [CONTROL_FROM] = date_value(row->period.first),
        [CONTROL_TO] = date_value(row->period.last),
        [CONTROL_DUE] = date_value(row->due),
        [CONTROL_REFERENCE] = text_value(row->reference),
        [CONTROL_INVOICE] = text_value(row->invoice),
        [CONTROL_MEASURE] = text_value(row->measure),
        [CONTROL_MEASURE_DATE] = date_value(row->measure_date),
        [CONTROL_FIGURE] = {.text = figure},
        [CONTROL_SOURCE] = text_value(row->measure_source),
        [CONTROL_CLASS] = text_value(row->size_class),
        [CONTROL_PRICE] = money_value(row->price),
        [CONTROL_MARKUP] = {.text = markup},
        [CONTROL_TIME] = {.text = time},
        [CONTROL_KEY] = text_value(row->key),
        [CONTROL_BUDGET] = money_value(row->budget),
        [CONTROL_WEIGHT] = text_value(row->weight),
        [CONTROL_WEIGHT_SUM] = text_value(row->weight_sum),
        [CONTROL_SHARE] = text_value(row->share),
        [CONTROL_EXACT] = text_value(row->exact),
        [CONTROL_CARRIED] = text_value(row->carried_in),
        [CONTROL_ROUNDING] = text_value(row->rounding),
        [CONTROL_UNIT] = number_value(row->unit_minor),
        [CONTROL_FOLLOWS] = text_value(follows),
        [CONTROL_NET] = money_value(row->net),
        [CONTROL_VAT_CODE] = text_value(row->vat_code),
        [CONTROL_VAT_RATE] = {.text = rate},
        [CONTROL_VAT] = money_value(row->vat),
        [CONTROL_GROSS] = money_value(row->gross),
        [CONTROL_WORKING] = text_value(row->working),
        [CONTROL_DECISION] = text_value(row->decision),
    };
    memcpy(values, filled, sizeof filled);
    return is_whole(values, CONTROL_COLUMN_COUNT) ? TL_OK : tl_err_memory(err);
}

tl_status tl_statement_control_sum(struct tl_digest *out, const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct control_value facts[CONTROL_FACT_COUNT], cells[CONTROL_COLUMN_COUNT];
    tl_status status = control_fill_facts(facts, statement, &arena, err);
    if (status == TL_OK)
        control_write(&buf, facts, CONTROL_FACT_COUNT);
    for (size_t i = 0; status == TL_OK && i < statement->row_count; i++) {
        tl_arena_release(&arena);
        status = control_fill_row(cells, &statement->rows[i], &arena, err);
        if (status == TL_OK)
            control_write(&buf, cells, CONTROL_COLUMN_COUNT);
    }
    if (status == TL_OK)
        status = tl_buf_status(&buf, err);
    if (status == TL_OK)
        *out = tl_digest_of(tl_buf_string(&buf), buf.length);
    tl_buf_release(&buf);
    tl_arena_release(&arena);
    return status;
}
