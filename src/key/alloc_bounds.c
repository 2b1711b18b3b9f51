/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Floor and cap of a budgeted line.
 *
 * Where a line is billed for the whole year and nothing cuts it, the bounds bind the rounded amounts: they are moved
 * inwards to whole rounding units, a floor up, a cap down. What is exact then lies between whole units, and so does
 * what is rounded. Elsewhere the bounds follow time exactly and bind what each part is entitled to; rounding is
 * carried from part to part, so that the parts of a year hold the bounds to less than one rounding unit.
 */
#include "alloc_budget.h"

#include <string.h>

static tl_status check_bounds(const struct tl_alloc_budget *budget, struct tl_err *err)
{
    char floor[TL_MONEY_TEXT_SIZE], cap[TL_MONEY_TEXT_SIZE], total[TL_MONEY_TEXT_SIZE];
    const char *id = budget->line->id;
    tl_money_da((struct tl_money){budget->floor_minor}, floor);
    tl_money_da((struct tl_money){budget->cap_minor}, cap);
    if (budget->year_minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE,
                          "line '%s' has a floor or a cap, which a budget below zero (%s) cannot have", id,
                          tl_money_da((struct tl_money){budget->year_minor}, total));
    if (budget->has_floor && budget->floor_minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the floor of line '%s' is below zero: %s", id, floor);
    if (budget->has_cap && budget->cap_minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the cap of line '%s' is below zero: %s", id, cap);
    if (budget->has_floor && budget->has_cap && budget->floor_minor > budget->cap_minor)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the floor of line '%s', %s, is above its cap, %s", id, floor, cap);
    return TL_OK;
}

/* A share of the year's budget in whole minor units: a floor up, a cap down. */
static tl_status share_of_budget(int64_t *out, struct tl_ratio share, bool up, const struct tl_alloc_budget *budget,
                                 struct tl_err *err)
{
    mpz_t amount, denominator;
    mpz_init_set_si(amount, share.numerator);
    mpz_init_set_si(denominator, share.denominator);
    mpz_mul_si(amount, amount, budget->year_minor);
    if (up)
        mpz_cdiv_q(amount, amount, denominator);
    else
        mpz_fdiv_q(amount, amount, denominator);
    bool fits = mpz_cmpabs_ui(amount, (unsigned long)TL_MONEY_MAX_MINOR) <= 0;
    *out = fits ? mpz_get_si(amount) : 0;
    mpz_clear(amount);
    mpz_clear(denominator);
    return fits ? TL_OK : tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
}

tl_status tl_alloc_read_bounds(struct tl_alloc_budget *budget, struct tl_err *err)
{
    const struct tl_line *line = budget->line;
    tl_status status = TL_OK;
    int64_t amount = 0;
    budget->has_floor = line->has_floor || !tl_ratio_is_none(line->floor_share);
    budget->has_cap = line->has_cap || !tl_ratio_is_none(line->cap_share);
    budget->floor_minor = line->has_floor ? line->floor.minor : 0;
    budget->cap_minor = line->has_cap ? line->cap.minor : TL_MONEY_MAX_MINOR;
    if (!tl_ratio_is_none(line->floor_share)) {
        status = share_of_budget(&amount, line->floor_share, true, budget, err);
        if (!line->has_floor || amount > budget->floor_minor)
            budget->floor_minor = amount;
    }
    if (status == TL_OK && !tl_ratio_is_none(line->cap_share)) {
        status = share_of_budget(&amount, line->cap_share, false, budget, err);
        if (amount < budget->cap_minor)
            budget->cap_minor = amount;
    }
    if (status != TL_OK || (!budget->has_floor && !budget->has_cap))
        return status;
    return check_bounds(budget, err);
}

bool tl_alloc_bounds_bind(const struct tl_alloc_segment *segment)
{
    return segment->least != NULL && segment->scale == 1;
}

/* What both bounds are in the segment, in 1/scale of a minor unit. */
static tl_status set_bounds(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    const struct tl_alloc_run *run = budget->run;
    int64_t time = (int64_t)tl_alloc_months(budget->scope) * (segment->range.behind - segment->range.first);
    int64_t least = budget->floor_minor * time, most = budget->has_cap ? budget->cap_minor * time : INT64_MAX;
    if (segment->scale == 1) {
        int64_t unit = budget->unit;
        least = (budget->floor_minor + unit - 1) / unit * unit;
        most = budget->has_cap ? budget->cap_minor / unit * unit : INT64_MAX;
    }
    if (least > most) {
        char floor[TL_MONEY_TEXT_SIZE], cap[TL_MONEY_TEXT_SIZE], step[TL_MONEY_TEXT_SIZE];
        return tl_err_set(err, TL_ERR_INFEASIBLE,
                          "between the floor %s and the cap %s of line '%s' lies no multiple of %s",
                          tl_money_da((struct tl_money){budget->floor_minor}, floor),
                          tl_money_da((struct tl_money){budget->cap_minor}, cap), budget->line->id,
                          tl_money_da((struct tl_money){budget->unit}, step));
    }
    segment->least = tl_arena_alloc(run->scratch, segment->keyed_count, sizeof *segment->least);
    segment->most = tl_arena_alloc(run->scratch, segment->keyed_count, sizeof *segment->most);
    segment->states = tl_arena_alloc(run->scratch, segment->keyed_count, sizeof *segment->states);
    if (segment->least == NULL || segment->most == NULL || segment->states == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < segment->keyed_count; i++) {
        segment->least[i] = least;
        segment->most[i] = most;
    }
    return TL_OK;
}

/* An amount in 1/scale of a minor unit, as a person writes it. NULL when memory is gone. */
static const char *write_scaled(mpz_srcptr amount, const struct tl_alloc_segment *segment)
{
    struct tl_frac major;
    tl_frac_init(&major);
    mpz_set(mpq_numref(major.q), amount);
    mpz_set_si(mpq_denref(major.q), segment->scale);
    mpz_mul_ui(mpq_denref(major.q), mpq_denref(major.q), 100);
    mpq_canonicalize(major.q);
    const char *text = tl_frac_da(&major, 2, segment->budget->run->scratch);
    tl_frac_release(&major);
    return text;
}

/* Says by how much the bounds miss what is to be shared. */
static tl_status refuse_bounds(const struct tl_alloc_segment *segment, struct tl_err *err)
{
    mpz_t least, most;
    mpz_init(least);
    mpz_init(most);
    for (size_t i = 0; i < segment->keyed_count; i++) {
        bool can_rise = mpz_sgn(segment->weights.numbers.values[i]) != 0;
        mpz_add_ui(least, least, (unsigned long)segment->least[i]);
        /* a member without weight stays at the floor */
        mpz_add_ui(most, most,
                   (unsigned long)(can_rise && segment->most[i] != INT64_MAX ? segment->most[i] : segment->least[i]));
    }
    bool floors_fail = mpz_cmp(least, segment->rest) > 0;
    const char *sum = write_scaled(floors_fail ? least : most, segment);
    const char *rest = write_scaled(segment->rest, segment);
    mpz_clear(least);
    mpz_clear(most);
    if (sum == NULL || rest == NULL)
        return tl_err_memory(err);
    (void)tl_err_set(err, TL_ERR_INFEASIBLE, "the %s of line '%s' sum to %s for %zu members, %s than the %s they share",
                     floors_fail ? "floors" : "caps", segment->budget->line->id, sum, segment->keyed_count,
                     floors_fail ? "more" : "less", rest);
    tl_err_hint(err, floors_fail ? "lower the floor or raise the budget" : "raise the cap or lower the budget");
    return TL_ERR_INFEASIBLE;
}

tl_clamp_state tl_alloc_state(const struct tl_alloc_segment *segment, size_t keyed)
{
    return segment->states == NULL ? TL_CLAMP_FREE : segment->states[keyed];
}

tl_status tl_alloc_hold_bounds(struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    if (!budget->has_floor && !budget->has_cap) {
        /* everybody is free, and the factor is rest / sum of weights */
        mpz_set(segment->clamp.rest, segment->rest);
        tl_numbers_sum(segment->clamp.free_weight, &segment->weights.numbers);
        return TL_OK;
    }
    tl_status status = set_bounds(segment, err);
    if (status == TL_OK)
        status = tl_clamp_solve(&segment->clamp, segment->states, mpz_get_si(segment->rest), &segment->weights.numbers,
                                segment->least, segment->most, err);
    return status == TL_ERR_INFEASIBLE && err->status == TL_OK ? refuse_bounds(segment, err) : status;
}
