/* SPDX-License-Identifier: MPL-2.0 */
#include "run_row.h"

#include <stdlib.h>
#include <string.h>

#include "run_tax.h"

static tl_status add(struct tl_run_row **out, struct tl_run_rows *rows, struct tl_err *err)
{
    rows->items = tl_arena_grow(rows->arena, rows->items, rows->count, &rows->capacity, sizeof *rows->items);
    if (rows->items == NULL)
        return tl_err_memory(err);
    *out = &rows->items[rows->count];
    **out = (struct tl_run_row){.order = rows->count++};
    return TL_OK;
}

static bool is_whole(const struct tl_run_line *line)
{
    bool whole = true;
#define CHECK_TEXT(name) whole = whole && line->name != NULL;
#define CHECK_NUMBER(name)
    TL_RUN_LINE_COLUMNS(CHECK_TEXT, CHECK_NUMBER)
    return whole;
}

static const char *copy_date(struct tl_date date, struct tl_arena *arena)
{
    char text[TL_DATE_TEXT_SIZE];
    return tl_arena_text(arena, tl_date_iso(date, text));
}

tl_status tl_run_rows_add_share(struct tl_run_rows *rows, const struct tl_line_result *result,
                                const struct tl_share *share, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    struct tl_arena *arena = rows->arena;
    char value[TL_RATIO_TEXT_SIZE] = "", markup[TL_RATIO_TEXT_SIZE] = "", rate[TL_RATIO_TEXT_SIZE];
    char part[TL_RATIO_TEXT_SIZE] = "1";
    const struct tl_figure *figure = share->figure;
    struct tl_run_row *row;
    bool budgeted = line->has_budget;
    tl_status status = add(&row, rows, err);
    if (status != TL_OK)
        return status;
    if (figure != NULL)
        tl_ratio_text(figure->value, value);
    if (!tl_ratio_is_none(share->time))
        tl_ratio_text(share->time, part);
    if (!budgeted && line->markup.present)
        tl_ratio_percent(share->markup, markup);
    row->vat_rate = line->vat.rate;
    row->line = (struct tl_run_line){
        .party_code = share->member->code,
        .line_id = line->id,
        .part = TL_RUN_PART_SHARE,
        .account_code = line->account,
        .order_reference = "",
        .period_first = copy_date(share->period.first, arena),
        .period_last = copy_date(share->period.last, arena),
        .measure = figure == NULL ? "" : figure->measure,
        .measure_date = figure == NULL ? "" : copy_date(figure->holds_on, arena),
        .measure_value = tl_arena_text(arena, value),
        .measure_source = figure == NULL ? "" : figure->source,
        .size_class = share->size_class == NULL ? "" : share->size_class->name,
        .price_minor = budgeted ? 0 : share->price.minor,
        .markup = tl_arena_text(arena, markup),
        .waived = share->waived == NULL ? "" : share->waived,
        .key = result->key_text == NULL ? "" : result->key_text,
        .budget_minor = budgeted ? share->segment->to_key.minor : 0,
        .weight = budgeted ? tl_frac_text(&share->weight, arena) : "",
        .weight_sum = budgeted ? tl_frac_text(&share->segment->weight_sum, arena) : "",
        .share = budgeted ? tl_frac_text(&share->share, arena) : "",
        .exact_minor = tl_frac_text(&share->exact, arena),
        .time = tl_arena_text(arena, part),
        .carried_in = budgeted ? tl_frac_text(&share->carried_in, arena) : "0",
        .carried_out = budgeted ? tl_frac_text(&share->carried_out, arena) : "0",
        .working = share->working,
        .gross_minor = budgeted ? share->amount.minor : share->gross.minor,
        .reduced_minor = budgeted ? 0 : share->gross.minor - share->amount.minor,
        .reduced_for = budgeted ? "" : share->reduced_for,
        .net_minor = share->amount.minor,
        .vat_code = line->vat.code,
        .vat_rate = tl_arena_text(arena, tl_ratio_text(line->vat.rate, rate)),
        .vat_reason = line->vat.reason,
    };
    return is_whole(&row->line) ? TL_OK : tl_err_memory(err);
}

/* A line that is an amount and nothing else. */
static tl_status add_amount(struct tl_run_row **out, struct tl_run_rows *rows, const char *part,
                            const struct tl_run_billed *billed, struct tl_period period, int64_t net_minor,
                            int64_t gross_minor, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE];
    struct tl_arena *arena = rows->arena;
    tl_status status = add(out, rows, err);
    if (status == TL_OK)
        status = tl_ratio_parse(&(*out)->vat_rate, billed->vat_rate, err);
    if (status != TL_OK)
        return status;
    (*out)->line = (struct tl_run_line){
        .party_code = billed->party_code,
        .line_id = billed->line_id,
        .part = part,
        .account_code = billed->account_code,
        .order_reference = "",
        .period_first = copy_date(period.first, arena),
        .period_last = copy_date(period.last, arena),
        .measure = "",
        .measure_date = "",
        .measure_value = "",
        .measure_source = "",
        .size_class = "",
        .markup = "",
        .waived = "",
        .key = "",
        .weight = "",
        .weight_sum = "",
        .share = "",
        .exact_minor = tl_arena_format(arena, "%lld", (long long)net_minor),
        .time = "1",
        .carried_in = "0",
        .carried_out = "0",
        .working = tl_arena_text(arena, tl_money_plain((struct tl_money){net_minor}, amount)),
        .gross_minor = gross_minor,
        .reduced_minor = gross_minor - net_minor,
        .reduced_for = gross_minor == net_minor ? "" : billed->reduced_for,
        .net_minor = net_minor,
        .vat_code = billed->vat_code,
        .vat_rate = billed->vat_rate,
        .vat_reason = billed->vat_reason,
    };
    return is_whole(&(*out)->line) ? TL_OK : tl_err_memory(err);
}

tl_status tl_run_rows_add_billed(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 struct tl_err *err)
{
    struct tl_run_row *row;
    return add_amount(&row, rows, TL_RUN_PART_BILLED, billed, period, -billed->net_minor, -billed->gross_minor, err);
}

tl_status tl_run_rows_add_amount(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 int64_t net_minor, struct tl_err *err)
{
    struct tl_run_row *row;
    return add_amount(&row, rows, TL_RUN_PART_SHARE, billed, period, net_minor, net_minor, err);
}

tl_status tl_run_rows_add_credit(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 int64_t net_minor, int64_t vat_minor, const char *order, struct tl_err *err)
{
    struct tl_run_row *row;
    /* a part of what is left is credited as an amount, the whole of it with what reduced it */
    int64_t gross = net_minor == -billed->net_minor ? -billed->gross_minor : net_minor;
    tl_status status = add_amount(&row, rows, TL_RUN_PART_CREDIT, billed, period, net_minor, gross, err);
    if (status == TL_OK)
        row->line.order_reference = order;
    if (status == TL_OK)
        row->line.vat_minor = vat_minor;
    return status;
}

/* By the invoices that it will be: the lines of a party, then those of one order. */
static int by_party_then_order(const void *a, const void *b)
{
    const struct tl_run_row *x = a, *y = b;
    int parties = strcmp(x->line.party_code, y->line.party_code);
    int orders = parties != 0 ? parties : strcmp(x->line.order_reference, y->line.order_reference);
    return orders != 0 ? orders : (x->order > y->order) - (x->order < y->order);
}

tl_status tl_run_rows_finish_as_given(struct tl_run_lines *out, struct tl_run_rows *rows, struct tl_err *err)
{
    struct tl_run_line *items = tl_arena_alloc(rows->arena, rows->count, sizeof *items);
    *out = (struct tl_run_lines){0};
    if (items == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < rows->count; i++)
        items[i] = rows->items[i].line;
    *out = (struct tl_run_lines){items, rows->count};
    return TL_OK;
}

tl_status tl_run_rows_finish(struct tl_run_lines *out, struct tl_run_rows *rows, struct tl_err *err)
{
    if (rows->count > 0)
        qsort(rows->items, rows->count, sizeof *rows->items, by_party_then_order);
    tl_status status = tl_run_tax(rows, err);
    return status == TL_OK ? tl_run_rows_finish_as_given(out, rows, err) : status;
}
