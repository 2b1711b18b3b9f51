/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/alloc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alloc_run.h"
#include "keep.h"

int64_t tl_alloc_unit(const struct tl_line *line)
{
    return line->round_to_minor == 0 ? 1 : line->round_to_minor;
}

int64_t tl_alloc_period_part(int64_t amount_minor, int64_t unit, const struct tl_alloc_scope *scope)
{
    return tl_time_part(amount_minor, scope->months, TL_MONTHS_PER_YEAR, unit);
}

int tl_alloc_months(const struct tl_alloc_scope *scope)
{
    return scope->months.behind - scope->months.first;
}

void tl_alloc_time_working(struct tl_buf *buf, const struct tl_alloc_scope *scope, int ticks)
{
    if (tl_alloc_months(scope) < TL_MONTHS_PER_YEAR)
        tl_buf_format(buf, " x %d/%d", tl_alloc_months(scope), TL_MONTHS_PER_YEAR);
    if (ticks < scope->ticks.count)
        tl_buf_format(buf, " x %d/%d", ticks, scope->ticks.count);
}

static int by_code(const void *left, const void *right)
{
    const struct tl_member *const *a = left, *const *b = right;
    return strcmp((*a)->code, (*b)->code);
}

/* The members in the order of their codes, each once. */
static tl_status sort_members(struct tl_alloc_run *run, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_alloc_request *request = run->request;
    run->member_count = request->member_count;
    run->members = tl_arena_alloc(arena, request->member_count, sizeof(const struct tl_member *));
    if (run->members == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < request->member_count; i++)
        run->members[i] = &request->members[i];
    if (run->member_count > 0)
        qsort(run->members, run->member_count, sizeof(const struct tl_member *), by_code);
    for (size_t i = 1; i < run->member_count; i++)
        if (strcmp(run->members[i - 1]->code, run->members[i]->code) == 0)
            return tl_err_set(err, TL_ERR_INPUT, "member '%s' occurs twice", run->members[i]->code);
    return TL_OK;
}

static int by_line_and_member(const void *left, const void *right)
{
    const struct tl_carry *const *a = left, *const *b = right;
    int order = strcmp((*a)->line_id, (*b)->line_id);
    return order != 0 ? order : strcmp((*a)->member_code, (*b)->member_code);
}

/* What is carried, in an order that can be searched, each once. */
static tl_status sort_carries(struct tl_alloc_run *run, struct tl_arena *arena, struct tl_err *err)
{
    size_t count = run->request->carry_count;
    run->carries = tl_arena_alloc(arena, count, sizeof(const struct tl_carry *));
    if (run->carries == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++)
        run->carries[i] = &run->request->carries[i];
    if (count > 0)
        qsort(run->carries, count, sizeof(const struct tl_carry *), by_line_and_member);
    for (size_t i = 1; i < count; i++)
        if (by_line_and_member(&run->carries[i - 1], &run->carries[i]) == 0)
            return tl_err_set(err, TL_ERR_INPUT, "member '%s' has two fractions carried on line '%s'",
                              run->carries[i]->member_code, run->carries[i]->line_id);
    return TL_OK;
}

static tl_status allocate_line(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    struct tl_alloc_scope scope;
    run->terms = line->from == NULL ? run->request->terms : line->from;
    tl_keep_zero(&result->weight_sum);
    result->budget_working = "";
    if (line->round_to_minor < 0 || line->round_to_minor > TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' rounds to %" PRId64 " minor units", line->id,
                          line->round_to_minor);
    tl_status status = tl_alloc_find_scope(&scope, line, run, err);
    if (status != TL_OK)
        return status;
    return line->has_budget ? tl_alloc_budgeted(result, &scope, run, err) : tl_alloc_priced(result, &scope, run, err);
}

static tl_status allocate_lines(struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_allocation *out = run->out;
    const struct tl_terms *terms = run->request->terms;
    for (size_t i = 0; i < terms->line_count; i++) {
        struct tl_line_result *result = &out->lines[out->line_count++];
        struct tl_arena scratch = TL_ARENA_EMPTY;
        result->line = &terms->lines[i];
        run->scratch = &scratch;
        tl_status status = allocate_line(result, run, err);
        tl_arena_release(&scratch);
        if (status == TL_OK)
            status = tl_money_add(&out->total, out->total, result->total, err);
        if (status != TL_OK)
            return status;
    }
    return TL_OK;
}

static bool is_month_end(struct tl_date date)
{
    return tl_date_day(tl_date_add_days(date, 1)) == 1;
}

static tl_status take_period(struct tl_alloc_run *run, struct tl_err *err)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    const struct tl_alloc_request *request = run->request;
    int year = request->year;
    if (year < TL_YEAR_MIN || year > TL_YEAR_MAX || tl_date_is_none(tl_terms_reference_date(request->terms, year)))
        return tl_err_set(err, TL_ERR_INPUT, "the terms have no reference date for the year %d", year);
    bool whole_year = tl_date_is_none(request->period.first) && tl_date_is_none(request->period.last);
    struct tl_period period = whole_year ? tl_period_of_year(year) : request->period;
    if (tl_date_year(period.first) != year || tl_date_year(period.last) != year || tl_date_day(period.first) != 1 ||
        !is_month_end(period.last) || tl_date_compare(period.first, period.last) > 0)
        return tl_err_set(err, TL_ERR_INPUT, "the period from '%s' to '%s' is no whole months of %d",
                          tl_date_iso(period.first, first), tl_date_iso(period.last, last), year);
    run->period = run->out->period = period;
    run->months = (struct tl_tick_range){tl_date_month(period.first) - 1, tl_date_month(period.last)};
    run->out->reference_date = tl_terms_reference_date(request->terms, year);
    return TL_OK;
}

tl_status tl_alloc(struct tl_allocation *out, const struct tl_alloc_request *request, struct tl_err *err)
{
    struct tl_allocation allocation = TL_ALLOCATION_EMPTY;
    struct tl_arena order = TL_ARENA_EMPTY;
    struct tl_alloc_run run = {.request = request, .terms = request->terms, .out = &allocation};
    allocation.terms = request->terms;
    allocation.year = request->year;
    tl_status status = take_period(&run, err);
    if (status == TL_OK)
        status = sort_members(&run, &order, err);
    if (status == TL_OK)
        status = sort_carries(&run, &order, err);
    if (status == TL_OK) {
        allocation.lines = tl_arena_alloc(&allocation.arena, request->terms->line_count, sizeof *allocation.lines);
        status = allocation.lines == NULL ? tl_err_memory(err) : allocate_lines(&run, err);
    }
    tl_arena_release(&order);
    if (status != TL_OK) {
        tl_allocation_release(&allocation);
        return status;
    }
    *out = allocation;
    return TL_OK;
}

void tl_allocation_release(struct tl_allocation *allocation)
{
    tl_arena_release(&allocation->arena);
    *allocation = (struct tl_allocation)TL_ALLOCATION_EMPTY;
}

const struct tl_line_result *tl_allocation_line(const struct tl_allocation *allocation, const char *line_id)
{
    for (size_t i = 0; i < allocation->line_count; i++)
        if (strcmp(allocation->lines[i].line->id, line_id) == 0)
            return &allocation->lines[i];
    return NULL;
}

const struct tl_share *tl_line_result_shares(const struct tl_line_result *result, const char *member_code,
                                             size_t *count)
{
    size_t low = 0, high = result->share_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(result->shares[middle].member->code, member_code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *count = 0;
    while (low + *count < result->share_count && strcmp(result->shares[low + *count].member->code, member_code) == 0)
        ++*count;
    return *count == 0 ? NULL : &result->shares[low];
}

const struct tl_share *tl_line_result_share(const struct tl_line_result *result, const char *member_code)
{
    size_t count;
    return tl_line_result_shares(result, member_code, &count);
}

const struct tl_left_out *tl_allocation_left_out(const struct tl_allocation *allocation, const char *member_code)
{
    for (size_t i = 0; i < allocation->left_out_count; i++)
        if (strcmp(allocation->left_out[i].member->code, member_code) == 0)
            return &allocation->left_out[i];
    return NULL;
}

tl_status tl_allocation_member_total(struct tl_money *out, const struct tl_allocation *allocation,
                                     const char *member_code, struct tl_err *err)
{
    struct tl_money total = {0};
    for (size_t i = 0; i < allocation->line_count; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(&allocation->lines[i], member_code, &count);
        for (size_t j = 0; j < count; j++) {
            tl_status status = tl_money_add(&total, total, shares[j].amount, err);
            if (status != TL_OK)
                return status;
        }
    }
    *out = total;
    return TL_OK;
}
