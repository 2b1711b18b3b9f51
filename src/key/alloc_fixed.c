/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What does not follow the key: amounts agreed with a member, and shares that are taken off first.
 */
#include "alloc_budget.h"

#include <string.h>

#include "tilslut/base/text.h"

/* The index of a member in the scope; scope->count when it is not there. */
static size_t find_in_scope(const struct tl_alloc_scope *scope, const char *code)
{
    size_t i = 0;
    while (i < scope->count && !tl_text_equal(scope->members[i]->code, code))
        i++;
    return i;
}

static void take_agreed(struct tl_alloc_budget *budget)
{
    const struct tl_alloc_scope *scope = budget->scope;
    for (size_t i = 0; budget->line->agreed_count > 0 && i < scope->count; i++) {
        struct tl_alloc_fixed *fixed = &budget->fixed[i];
        fixed->agreed = tl_alloc_agreed(budget->line, scope->members[i]->code);
        if (fixed->agreed != NULL)
            fixed->agreed_minor = tl_alloc_period_part(fixed->agreed->amount.minor, 1, scope);
    }
}

/* A year's amount of a first share: an amount, or a part of the budget rounded to the line's unit. */
static tl_status first_amount(int64_t *out, const char **text, const struct tl_first_share *first,
                              const struct tl_alloc_budget *budget, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE], percent[TL_RATIO_TEXT_SIZE];
    struct tl_arena *scratch = budget->run->scratch;
    struct tl_money rounded = {0};
    tl_status status = TL_OK;
    if (first->share.denominator < 0 || first->share.numerator < 0)
        return tl_err_set(err, TL_ERR_INPUT, "a first share of line '%s' is below zero", budget->line->id);
    if (tl_ratio_is_none(first->share)) {
        *out = first->amount.minor;
        *text = tl_arena_text(scratch, tl_money_plain(first->amount, amount));
        return *text == NULL ? tl_err_memory(err) : TL_OK;
    }
    struct tl_frac part, factor;
    tl_frac_init(&part);
    tl_frac_init(&factor);
    tl_frac_set_ratio(&factor, first->share);
    mpq_set_si(part.q, budget->year_minor, (unsigned long)budget->unit);
    mpq_canonicalize(part.q);
    mpq_mul(part.q, part.q, factor.q);
    status = tl_frac_round_money(&rounded, &part, err);
    if (status == TL_OK && (rounded.minor < 0 ? -rounded.minor : rounded.minor) > TL_MONEY_MAX_MINOR / budget->unit)
        status = tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
    *out = status == TL_OK ? rounded.minor * budget->unit : 0;
    *text = tl_arena_format(scratch, "%s x %s", budget->year_text, tl_ratio_percent(first->share, percent));
    tl_frac_release(&part);
    tl_frac_release(&factor);
    return *text == NULL ? tl_err_memory(err) : status;
}

static tl_status read_first_of_member(struct tl_alloc_budget *budget, const struct tl_first_share *first,
                                      struct tl_err *err)
{
    tl_status status = tl_alloc_check_member(budget->run, budget->line, first->member, "a first share", err);
    if (status != TL_OK)
        return status;
    size_t i = find_in_scope(budget->scope, first->member);
    if (i == budget->scope->count) {
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "line '%s' has a first share for member '%s', who is not in its scope",
                         budget->line->id, first->member);
        tl_err_hint(err, "decide who bears the first share instead");
        return TL_ERR_INFEASIBLE;
    }
    struct tl_alloc_fixed *fixed = &budget->fixed[i];
    if (fixed->first_share != NULL || fixed->agreed != NULL)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' has two fixed amounts for member '%s'", budget->line->id,
                          first->member);
    int64_t year = 0;
    fixed->first_share = first;
    status = first_amount(&year, &fixed->first_text, first, budget, err);
    fixed->first_minor = tl_alloc_period_part(year, 1, budget->scope);
    return status;
}

static tl_status read_first_of_account(struct tl_alloc_budget *budget, const struct tl_first_share *first,
                                       struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_account_share *share = &result->account_shares[result->account_share_count++];
    struct tl_buf buf = TL_BUF_EMPTY;
    const char *text;
    int64_t year = 0;
    tl_status status = first_amount(&year, &text, first, budget, err);
    if (status != TL_OK)
        return status;
    share->first_share = first;
    share->amount.minor = tl_alloc_period_part(year, 1, budget->scope);
    tl_buf_text(&buf, text);
    tl_alloc_time_working(&buf, budget->scope, budget->scope->ticks.count);
    status = tl_buf_status(&buf, err);
    share->working = tl_arena_text(&budget->run->out->arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    if (status == TL_OK && share->working == NULL)
        status = tl_err_memory(err);
    return status == TL_OK ? tl_money_add(&result->account_total, result->account_total, share->amount, err) : status;
}

tl_status tl_alloc_read_fixed(struct tl_alloc_budget *budget, struct tl_err *err)
{
    const struct tl_line *line = budget->line;
    struct tl_line_result *result = budget->result;
    tl_status status = TL_OK;
    if (line->agreed_count == 0 && line->first_share_count == 0)
        return TL_OK;
    budget->fixed = tl_arena_alloc(budget->run->scratch, budget->scope->count, sizeof *budget->fixed);
    result->account_shares =
        tl_arena_alloc(&budget->run->out->arena, line->first_share_count, sizeof *result->account_shares);
    if (budget->fixed == NULL || result->account_shares == NULL)
        return tl_err_memory(err);
    status = tl_alloc_check_agreed(line, budget->run, err);
    if (status == TL_OK)
        take_agreed(budget);
    for (size_t i = 0; status == TL_OK && i < line->first_share_count; i++) {
        const struct tl_first_share *first = &line->first_shares[i];
        status = first->member != NULL ? read_first_of_member(budget, first, err)
                                       : read_first_of_account(budget, first, err);
    }
    return status;
}
