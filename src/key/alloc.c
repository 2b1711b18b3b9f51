/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/alloc.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alloc_run.h"

int64_t tl_alloc_unit(const struct tl_line *line)
{
    return line->round_to_minor == 0 ? 1 : line->round_to_minor;
}

static int by_code(const void *left, const void *right)
{
    const struct tl_member *const *a = left, *const *b = right;
    return strcmp((*a)->code, (*b)->code);
}

/* The members in the order of their codes, each once. */
static tl_status sort_members(struct tl_alloc_run *run, const struct tl_alloc_request *request, struct tl_err *err)
{
    run->member_count = request->member_count;
    run->members = tl_arena_alloc(&run->out->arena, request->member_count, sizeof(const struct tl_member *));
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

static tl_status allocate_line(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    if (line->round_to_minor < 0 || line->round_to_minor > TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' rounds to %" PRId64 " minor units", line->id,
                          line->round_to_minor);
    tl_status status = tl_alloc_scope(result, run, err);
    if (status != TL_OK)
        return status;
    return line->has_budget ? tl_alloc_budgeted(result, run, err) : tl_alloc_priced(result, run, err);
}

static tl_status allocate_lines(struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_allocation *out = run->out;
    for (size_t i = 0; i < run->terms->line_count; i++) {
        struct tl_line_result *result = &out->lines[out->line_count++];
        result->line = &run->terms->lines[i];
        tl_status status = allocate_line(result, run, err);
        if (status == TL_OK)
            status = tl_money_add(&out->total, out->total, result->total, err);
        if (status != TL_OK)
            return status;
    }
    return TL_OK;
}

static tl_status check_year(const struct tl_alloc_request *request, struct tl_err *err)
{
    int year = request->year;
    if (year < TL_YEAR_MIN || year > TL_YEAR_MAX || tl_date_is_none(tl_terms_reference_date(request->terms, year)))
        return tl_err_set(err, TL_ERR_INPUT, "the terms have no reference date for the year %d", year);
    return TL_OK;
}

tl_status tl_alloc(struct tl_allocation *out, const struct tl_alloc_request *request, struct tl_err *err)
{
    struct tl_allocation allocation = TL_ALLOCATION_EMPTY;
    struct tl_alloc_run run = {.terms = request->terms, .out = &allocation};
    tl_status status = check_year(request, err);
    if (status != TL_OK)
        return status;
    allocation.terms = request->terms;
    allocation.year = request->year;
    allocation.reference_date = tl_terms_reference_date(request->terms, request->year);
    run.period = tl_period_of_year(request->year);
    allocation.lines = tl_arena_alloc(&allocation.arena, request->terms->line_count, sizeof *allocation.lines);
    status = allocation.lines == NULL ? tl_err_memory(err) : sort_members(&run, request, err);
    if (status == TL_OK)
        status = allocate_lines(&run, err);
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

const struct tl_share *tl_line_result_share(const struct tl_line_result *result, const char *member_code)
{
    size_t low = 0, high = result->share_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(result->shares[middle].member->code, member_code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < result->share_count && strcmp(result->shares[low].member->code, member_code) == 0;
    return found ? &result->shares[low] : NULL;
}

tl_status tl_allocation_member_total(struct tl_money *out, const struct tl_allocation *allocation,
                                     const char *member_code, struct tl_err *err)
{
    struct tl_money total = {0};
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_share *share = tl_line_result_share(&allocation->lines[i], member_code);
        if (share == NULL)
            continue;
        tl_status status = tl_money_add(&total, total, share->amount, err);
        if (status != TL_OK)
            return status;
    }
    *out = total;
    return TL_OK;
}
