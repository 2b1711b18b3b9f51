/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Lines with a budget: the total is decided, the key tells the shares. This file takes the steps that concern the
 * whole line: indexation, the billed period's part of the year's budget, and where the period is cut because
 * somebody comes or goes. Each segment is then allocated on its own; the segments' budgets sum to the line's, and
 * what rounding leaves is carried from one to the next.
 */
#include "alloc_budget.h"

#include <stdlib.h>
#include <string.h>

#include "footing.h"
#include "keep.h"

/* The year's budget after indexation, and the formula of it. */
static tl_status index_budget(struct tl_alloc_budget *budget, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE];
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_money year;
    struct tl_frac indexed;
    tl_status status = tl_alloc_find_index(budget->result, budget->run, err);
    if (status != TL_OK)
        return status;
    tl_frac_init(&indexed);
    tl_frac_set_whole(&indexed, budget->line->budget.minor);
    tl_alloc_index(indexed.q, budget->result);
    status = tl_frac_round_money(&year, &indexed, err);
    tl_frac_release(&indexed);
    tl_alloc_index_working(&buf, tl_money_plain(budget->line->budget, amount), budget->result);
    if (status == TL_OK)
        status = tl_buf_status(&buf, err);
    budget->year_text = tl_arena_text(budget->run->scratch, tl_buf_string(&buf));
    tl_buf_release(&buf);
    if (status == TL_OK && budget->year_text == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        budget->year_minor = year.minor;
    return status;
}

/* What of the year's budget is billed in this period; what is charged once is billed whole. */
static tl_status find_budget(struct tl_alloc_budget *budget, struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_buf buf = TL_BUF_EMPTY;
    tl_status status = index_budget(budget, err);
    if (status != TL_OK)
        return status;
    result->budget.minor = tl_alloc_period_part(budget->year_minor, budget->unit, budget->scope);
    tl_buf_text(&buf, budget->year_text);
    tl_alloc_time_working(&buf, budget->scope, budget->scope->ticks.count);
    status = tl_buf_status(&buf, err);
    result->budget_working = tl_arena_text(&budget->run->out->arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    return status == TL_OK && result->budget_working == NULL ? tl_err_memory(err) : status;
}

static int compare_carry(const struct tl_carry *carry, const char *line_id, const char *member_code)
{
    int order = strcmp(carry->line_id, line_id);
    return order != 0 ? order : strcmp(carry->member_code, member_code);
}

static const struct tl_carry *find_carry(const struct tl_alloc_run *run, const char *line_id, const char *member_code)
{
    size_t low = 0, high = run->request->carry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_carry(run->carries[middle], line_id, member_code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < run->request->carry_count && compare_carry(run->carries[low], line_id, member_code) == 0;
    return found ? run->carries[low] : NULL;
}

/* What each member of the scope brings from earlier periods. */
static tl_status take_carried(struct tl_alloc_budget *budget, size_t segment_count, struct tl_err *err)
{
    const struct tl_alloc_scope *scope = budget->scope;
    budget->carries = !budget->line->rounds_each_period;
    if (!budget->carries || (budget->run->request->carry_count == 0 && segment_count == 1))
        return TL_OK;
    budget->carried = tl_arena_alloc(budget->run->scratch, scope->count, sizeof *budget->carried);
    if (budget->carried == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < scope->count; i++)
        tl_frac_init(&budget->carried[i]);
    for (size_t i = 0; i < scope->count; i++) {
        const struct tl_carry *carry = find_carry(budget->run, budget->line->id, scope->members[i]->code);
        if (carry == NULL)
            continue;
        tl_status status = tl_key_check_bits(carry->fraction.q, err);
        if (status != TL_OK)
            return status;
        tl_frac_set(&budget->carried[i], &carry->fraction);
    }
    return TL_OK;
}

static void release_carried(struct tl_alloc_budget *budget)
{
    for (size_t i = 0; budget->carried != NULL && i < budget->scope->count; i++)
        tl_frac_release(&budget->carried[i]);
}

/* Where somebody comes or goes: *count ranges, in the scratch arena. */
static tl_status cut(struct tl_tick_range **out, size_t *count, const struct tl_alloc_scope *scope,
                     struct tl_arena *scratch, struct tl_err *err)
{
    struct tl_presence cuts = {{0}};
    for (size_t i = 0; scope->presences != NULL && i < scope->count; i++)
        tl_presence_mark_cuts(&cuts, &scope->presences[i]);
    *out = tl_arena_alloc(scratch, (size_t)scope->ticks.count, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    *count = 0;
    int first = 0;
    for (int tick = 1; tick <= scope->ticks.count; tick++)
        if (tick == scope->ticks.count || tl_presence_has(&cuts, tick)) {
            (*out)[(*count)++] = (struct tl_tick_range){first, tick};
            first = tick;
        }
    return TL_OK;
}

static size_t count_present(const struct tl_alloc_scope *scope, struct tl_tick_range range)
{
    if (scope->presences == NULL)
        return scope->count;
    size_t count = 0;
    for (size_t i = 0; i < scope->count; i++)
        count += tl_presence_has(&scope->presences[i], range.first) ? 1 : 0;
    return count;
}

/* The segments' parts of the budget, in whole rounding units, by largest remainder of their length. */
static tl_status split_budget(struct tl_alloc_budget *budget, const struct tl_tick_range *ranges, struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_numbers parts;
    int64_t *amounts = tl_arena_alloc(budget->run->scratch, result->segment_count, sizeof *amounts);
    tl_status status = amounts == NULL ? tl_err_memory(err) : tl_numbers_init(&parts, result->segment_count, err);
    if (status != TL_OK)
        return status;
    mpz_set_si(parts.denominator, budget->scope->ticks.count);
    for (size_t i = 0; i < parts.count; i++) {
        mpz_set_si(parts.values[i], result->budget.minor);
        mpz_mul_si(parts.values[i], parts.values[i], ranges[i].behind - ranges[i].first);
    }
    struct tl_footing footing = {.total = result->budget.minor, .unit = budget->unit, .entitlements = &parts};
    status = tl_footing_round(amounts, &footing, err);
    for (size_t i = 0; status == TL_OK && i < parts.count; i++)
        result->segments[i] =
            (struct tl_segment){.period = tl_ticks_days(&budget->scope->ticks, ranges[i]),
                                .time = tl_ratio_of(ranges[i].behind - ranges[i].first, budget->scope->ticks.count),
                                .budget = {amounts[i]}};
    tl_numbers_release(&parts);
    return status;
}

static tl_status refuse_empty(const struct tl_alloc_budget *budget, struct tl_period period, struct tl_err *err)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    struct tl_period year = tl_period_of_year(budget->run->out->year);
    bool is_year = tl_date_compare(period.first, year.first) == 0 && tl_date_compare(period.last, year.last) == 0;
    if (is_year)
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "line '%s' has a budget, but no member in its scope in %d",
                         budget->line->id, budget->run->out->year);
    else
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "line '%s' has a budget, but no member in its scope from %s to %s",
                         budget->line->id, tl_date_iso(period.first, first), tl_date_iso(period.last, last));
    tl_err_hint(err, "let a member join, or take the line out of the terms");
    return TL_ERR_INFEASIBLE;
}

static int by_member_and_time(const void *left, const void *right)
{
    const struct tl_share *a = left, *b = right;
    int order = strcmp(a->member->code, b->member->code);
    return order != 0 ? order : tl_date_compare(a->period.first, b->period.first);
}

static tl_status allocate_segments(struct tl_alloc_budget *budget, const struct tl_tick_range *ranges,
                                   struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < result->segment_count; i++) {
        status = tl_alloc_segment(budget, &result->segments[i], ranges[i], &result->shares[result->share_count], err);
        result->share_count += result->segments[i].member_count;
    }
    if (status != TL_OK)
        return status;
    result->weight_sum = result->segments[0].weight_sum;
    if (result->segment_count > 1)
        qsort(result->shares, result->share_count, sizeof *result->shares, by_member_and_time);
    return TL_OK;
}

static tl_status allocate(struct tl_alloc_budget *budget, struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_arena *arena = &budget->run->out->arena;
    struct tl_tick_range *ranges;
    size_t share_count = 0;
    tl_status status = cut(&ranges, &result->segment_count, budget->scope, budget->run->scratch, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < result->segment_count; i++) {
        size_t present = count_present(budget->scope, ranges[i]);
        if (present == 0)
            return refuse_empty(budget, tl_ticks_days(&budget->scope->ticks, ranges[i]), err);
        share_count += present;
    }
    result->segments = tl_arena_alloc(arena, result->segment_count, sizeof *result->segments);
    result->shares = tl_arena_alloc(arena, share_count, sizeof *result->shares);
    if (result->segments == NULL || result->shares == NULL)
        return tl_err_memory(err);
    status = split_budget(budget, ranges, err);
    if (status == TL_OK)
        status = take_carried(budget, result->segment_count, err);
    tl_frac_init(&budget->unplaced);
    if (status == TL_OK)
        status = allocate_segments(budget, ranges, err);
    tl_frac_release(&budget->unplaced);
    release_carried(budget);
    return status;
}

tl_status tl_alloc_budgeted(struct tl_line_result *result, const struct tl_alloc_scope *scope, struct tl_alloc_run *run,
                            struct tl_err *err)
{
    struct tl_alloc_budget budget = {
        .result = result, .run = run, .line = result->line, .scope = scope, .unit = tl_alloc_unit(result->line)};
    result->known = true;
    result->key_text = tl_key_text_full(result->line->key, &run->out->arena);
    if (result->key_text == NULL)
        return tl_err_memory(err);
    if (!tl_alloc_is_charged(result->line, run))
        return TL_OK;
    if (scope->count == 0 && !run->request->prices_only)
        return refuse_empty(&budget, run->period, err);
    tl_status status = tl_terms_check_key(run->terms, result->line->key, err);
    if (status == TL_OK)
        status = find_budget(&budget, err);
    if (status != TL_OK || run->request->prices_only)
        return status;
    status = tl_alloc_read_fixed(&budget, err);
    if (status == TL_OK)
        status = tl_alloc_read_bounds(&budget, err);
    return status == TL_OK ? allocate(&budget, err) : status;
}
