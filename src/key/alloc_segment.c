/* SPDX-License-Identifier: MPL-2.0 */
/*
 * One segment of a budgeted line, shared out: what is fixed, the key's weights, floor and cap, published percents,
 * the rounding unit, largest remainder on the running entitlement.
 */
#include "alloc_budget.h"

#include <string.h>

#include "footing.h"
#include "keep.h"

int64_t tl_alloc_segment_part(int64_t period_minor, const struct tl_alloc_segment *segment)
{
    return tl_time_part(period_minor, segment->range, segment->budget->scope->ticks.count, 1);
}

const struct tl_alloc_fixed *tl_alloc_fixed_of(const struct tl_alloc_segment *segment, size_t present)
{
    const struct tl_alloc_budget *budget = segment->budget;
    return budget->fixed == NULL ? NULL : &budget->fixed[segment->present[present]];
}

static bool takes_part_in_key(const struct tl_alloc_fixed *fixed)
{
    return fixed == NULL || (fixed->agreed == NULL && (fixed->first_share == NULL || fixed->first_share->also_in_key));
}

static bool is_present(const struct tl_alloc_segment *segment, size_t member)
{
    const struct tl_alloc_scope *scope = segment->budget->scope;
    return scope->presences == NULL || tl_presence_has(&scope->presences[member], segment->range.first);
}

/* Who is there, and who of them the key shares the rest among. */
static tl_status find_members(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_scope *scope = segment->budget->scope;
    struct tl_arena *scratch = segment->budget->run->scratch;
    segment->present = tl_arena_alloc(scratch, scope->count, sizeof *segment->present);
    segment->keyed = tl_arena_alloc(scratch, scope->count, sizeof *segment->keyed);
    segment->keyed_members = tl_arena_alloc(scratch, scope->count, sizeof(const struct tl_member *));
    segment->fixed_minor = tl_arena_alloc(scratch, scope->count, sizeof *segment->fixed_minor);
    if (segment->present == NULL || segment->keyed == NULL || segment->keyed_members == NULL ||
        segment->fixed_minor == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < scope->count; i++) {
        if (!is_present(segment, i))
            continue;
        segment->present[segment->present_count] = i;
        if (takes_part_in_key(tl_alloc_fixed_of(segment, segment->present_count))) {
            segment->keyed_members[segment->keyed_count] = scope->members[i];
            segment->keyed[segment->keyed_count++] = segment->present_count;
        }
        segment->present_count++;
    }
    return TL_OK;
}

/* A first share is borne by somebody who is there all the time. */
static tl_status check_first_shares(const struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; budget->fixed != NULL && i < budget->scope->count; i++)
        if (budget->fixed[i].first_share != NULL && !is_present(segment, i))
            return tl_err_set(err, TL_ERR_INFEASIBLE,
                              "line '%s' has a first share for member '%s', who is not in its scope from %s to %s",
                              budget->line->id, budget->scope->members[i]->code,
                              tl_date_iso(segment->segment->period.first, first),
                              tl_date_iso(segment->segment->period.last, last));
    return TL_OK;
}

static tl_status refuse_pool(const struct tl_alloc_segment *segment, struct tl_err *err)
{
    char fixed[TL_MONEY_TEXT_SIZE], budget[TL_MONEY_TEXT_SIZE];
    const char *id = segment->budget->line->id;
    tl_money_da((struct tl_money){segment->fixed_total}, fixed);
    tl_money_da(segment->segment->budget, budget);
    if (segment->keyed_count == 0) {
        (void)tl_err_set(
            err, TL_ERR_INFEASIBLE,
            "the agreed amounts and first shares of line '%s' sum to %s, and nobody shares the rest of its "
            "budget of %s",
            id, fixed, budget);
        tl_err_hint(err, "let them sum to the budget, or leave somebody to the key");
    } else {
        (void)tl_err_set(err, TL_ERR_INFEASIBLE,
                         "the agreed amounts and first shares of line '%s' sum to %s, beyond its budget of %s", id,
                         fixed, budget);
        tl_err_hint(err, "lower them, or raise the budget");
    }
    return TL_ERR_INFEASIBLE;
}

/* What is fixed, and what it leaves to the key. */
static tl_status find_pool(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    const struct tl_line_result *result = budget->result;
    struct tl_money total = {0};
    tl_status status = check_first_shares(segment, err);
    for (size_t i = 0; status == TL_OK && i < segment->present_count; i++) {
        const struct tl_alloc_fixed *fixed = tl_alloc_fixed_of(segment, i);
        if (fixed == NULL)
            continue;
        segment->fixed_minor[i] =
            tl_alloc_segment_part(fixed->agreed_minor, segment) + tl_alloc_segment_part(fixed->first_minor, segment);
        status = tl_money_add(&total, total, (struct tl_money){segment->fixed_minor[i]}, err);
    }
    for (size_t i = 0; status == TL_OK && i < result->account_share_count; i++)
        status = tl_money_add(&total, total,
                              (struct tl_money){tl_alloc_segment_part(result->account_shares[i].amount.minor, segment)},
                              err);
    if (status != TL_OK)
        return status;
    segment->fixed_total = total.minor;
    segment->pool_minor = segment->segment->budget.minor - total.minor;
    segment->segment->to_key.minor = segment->pool_minor;
    int64_t ticks = segment->range.behind - segment->range.first, of_ticks = budget->scope->ticks.count;
    int64_t fixed_time = segment->scale == 1 ? 1 : TL_MONTHS_PER_YEAR * of_ticks;
    mpz_t fixed;
    mpz_init_set_si(fixed, total.minor);
    mpz_mul_si(fixed, fixed, fixed_time);
    mpz_set_si(segment->rest, result->budget.minor);
    mpz_mul_si(segment->rest, segment->rest, segment->scale == 1 ? 1 : TL_MONTHS_PER_YEAR * ticks);
    mpz_sub(segment->rest, segment->rest, fixed);
    mpz_clear(fixed);
    int sign = budget->year_minor < 0 ? -1 : 1;
    bool beyond = mpz_sgn(segment->rest) * sign < 0 || segment->pool_minor * sign < 0;
    bool left_over = segment->keyed_count == 0 && segment->pool_minor != 0;
    return beyond || left_over ? refuse_pool(segment, err) : TL_OK;
}

/* rest x weight / free weight for the free, the bound for the others; published shares instead where there are any. */
static tl_status set_entitlements(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_numbers *weights = &segment->weights.numbers;
    struct tl_numbers *out = &segment->entitlements;
    tl_status status = tl_numbers_init(out, segment->keyed_count, err);
    if (status != TL_OK)
        return status;
    if (segment->published != NULL)
        mpz_set_si(out->denominator, segment->published_whole);
    else if (mpz_sgn(segment->clamp.free_weight) != 0)
        mpz_set(out->denominator, segment->clamp.free_weight);
    for (size_t i = 0; i < out->count; i++) {
        tl_clamp_state state = tl_alloc_state(segment, i);
        if (segment->published != NULL)
            mpz_mul_si(out->values[i], segment->rest, segment->published[i]);
        else if (state == TL_CLAMP_FREE)
            mpz_mul(out->values[i], weights->values[i], segment->clamp.rest);
        else
            mpz_mul_si(out->values[i], out->denominator,
                       state == TL_CLAMP_AT_FLOOR ? segment->least[i] : segment->most[i]);
    }
    mpz_mul_si(out->denominator, out->denominator, segment->scale);
    return TL_OK;
}

static const struct tl_frac *carried_of(const struct tl_alloc_segment *segment, size_t present)
{
    const struct tl_alloc_budget *budget = segment->budget;
    return budget->carried == NULL ? NULL : &budget->carried[segment->present[present]];
}

/* Entitlements plus what is carried, over a common denominator. */
static tl_status add_carried(struct tl_numbers *out, const struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_numbers *entitlements = &segment->entitlements;
    mpz_t factor;
    tl_status status = tl_numbers_init(out, segment->keyed_count, err);
    if (status != TL_OK)
        return status;
    mpz_init(factor);
    mpz_set(out->denominator, entitlements->denominator);
    for (size_t i = 0; status == TL_OK && i < out->count; i++) {
        mpz_lcm(out->denominator, out->denominator, mpq_denref(carried_of(segment, segment->keyed[i])->q));
        if (mpz_sizeinbase(out->denominator, 2) > 2 * TL_KEY_BITS_MAX)
            status = tl_err_set(err, TL_ERR_RANGE, "the fractions carried on line '%s' have grown too long",
                                segment->budget->line->id);
    }
    for (size_t i = 0; status == TL_OK && i < out->count; i++) {
        const struct tl_frac *carried = carried_of(segment, segment->keyed[i]);
        mpz_divexact(factor, out->denominator, entitlements->denominator);
        mpz_mul(out->values[i], entitlements->values[i], factor);
        mpz_divexact(factor, out->denominator, mpq_denref(carried->q));
        mpz_addmul(out->values[i], mpq_numref(carried->q), factor);
    }
    mpz_clear(factor);
    return status;
}

/* Floor and cap where they bind rounded amounts; and nobody is charged the other way round because of what is
 * carried. */
static tl_status set_limits(struct tl_footing *footing, const struct tl_alloc_segment *segment, struct tl_err *err)
{
    struct tl_arena *scratch = segment->budget->run->scratch;
    bool binding = tl_alloc_bounds_bind(segment), carried = segment->budget->carried != NULL;
    if (!binding && !carried)
        return TL_OK;
    int64_t *least = tl_arena_alloc(scratch, segment->keyed_count, sizeof *least);
    int64_t *most = tl_arena_alloc(scratch, segment->keyed_count, sizeof *most);
    if (least == NULL || most == NULL)
        return tl_err_memory(err);
    bool negative = segment->pool_minor < 0;
    for (size_t i = 0; i < segment->keyed_count; i++) {
        least[i] = binding ? segment->least[i] : negative ? -TL_FOOTING_NO_BOUND : 0;
        most[i] = binding ? segment->most[i] : negative ? 0 : TL_FOOTING_NO_BOUND;
    }
    footing->least = least;
    footing->most = most;
    return TL_OK;
}

const struct tl_numbers *tl_alloc_claims(const struct tl_alloc_segment *segment)
{
    return segment->claims.values == NULL ? &segment->entitlements : &segment->claims;
}

static tl_status round_amounts(struct tl_alloc_segment *segment, struct tl_err *err)
{
    struct tl_footing footing = {
        .total = segment->pool_minor, .unit = segment->budget->unit, .weights = &segment->weights.numbers};
    tl_status status = TL_OK;
    segment->amounts = tl_arena_alloc(segment->budget->run->scratch, segment->keyed_count, sizeof *segment->amounts);
    if (segment->amounts == NULL)
        return tl_err_memory(err);
    if (segment->budget->carried != NULL)
        status = add_carried(&segment->claims, segment, err);
    footing.entitlements = tl_alloc_claims(segment);
    if (status == TL_OK)
        status = set_limits(&footing, segment, err);
    return status == TL_OK ? tl_footing_round(segment->amounts, &footing, err) : status;
}

static tl_status share_out(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    if (segment->keyed_count == 0)
        return TL_OK;
    segment->source = (struct tl_alloc_source){budget->run, segment->keyed_members};
    segment->key_source = tl_alloc_key_source(&segment->source, segment->keyed_count);
    tl_status status = tl_key_weigh(&segment->weights, budget->line->key, &segment->key_source, err);
    if (status == TL_OK && !tl_keep(&segment->segment->weight_sum, segment->weights.sum.q, &budget->run->out->arena))
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = tl_alloc_hold_bounds(segment, err);
    if (status == TL_OK)
        status = tl_alloc_publish(segment, err);
    if (status == TL_OK)
        status = set_entitlements(segment, err);
    return status == TL_OK ? round_amounts(segment, err) : status;
}

tl_status tl_alloc_segment(struct tl_alloc_budget *budget, struct tl_segment *segment, struct tl_tick_range range,
                           struct tl_share *first_share, struct tl_err *err)
{
    int of_ticks = budget->scope->ticks.count;
    bool is_whole = tl_alloc_months(budget->scope) == TL_MONTHS_PER_YEAR && range.behind - range.first == of_ticks;
    struct tl_alloc_segment on_the_way = {.budget = budget,
                                          .segment = segment,
                                          .range = range,
                                          .scale = is_whole ? 1 : (int64_t)TL_MONTHS_PER_YEAR * of_ticks};
    /* what one segment needs goes with it: there may be one for each day of the year */
    struct tl_arena scratch = TL_ARENA_EMPTY, *of_line = budget->run->scratch;
    budget->run->scratch = &scratch;
    mpz_init(on_the_way.rest);
    tl_clamp_init(&on_the_way.clamp);
    tl_keep_zero(&segment->weight_sum);
    tl_status status = find_members(&on_the_way, err);
    segment->member_count = on_the_way.present_count;
    if (status == TL_OK)
        status = find_pool(&on_the_way, err);
    if (status == TL_OK)
        status = share_out(&on_the_way, err);
    if (status == TL_OK)
        status = tl_alloc_fill_shares(&on_the_way, first_share, err);
    mpz_clear(on_the_way.rest);
    tl_clamp_release(&on_the_way.clamp);
    tl_key_weights_release(&on_the_way.weights);
    tl_numbers_release(&on_the_way.entitlements);
    tl_numbers_release(&on_the_way.claims);
    tl_arena_release(&scratch);
    budget->run->scratch = of_line;
    return status;
}
