/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Published shares: percents with n decimals that sum to exactly 100 %, by largest remainder, as for the
 * Königsteiner Schlüssel (five decimals). From then on the published share is the share: amounts follow from it, so
 * that whoever reads the publication can recompute them.
 */
#include "alloc_budget.h"

#include "footing.h"

/* The shares after floor and cap, in units of the last decimal. */
static void set_shares(struct tl_numbers *out, const struct tl_alloc_segment *segment)
{
    const struct tl_numbers *weights = &segment->weights.numbers;
    bool by_weight = mpz_sgn(segment->rest) == 0 || segment->states == NULL;
    if (by_weight)
        tl_numbers_sum(out->denominator, weights);
    else if (mpz_sgn(segment->clamp.free_weight) != 0)
        mpz_mul(out->denominator, segment->clamp.free_weight, segment->rest);
    else
        mpz_set(out->denominator, segment->rest);
    for (size_t i = 0; i < out->count; i++) {
        tl_clamp_state state = tl_alloc_state(segment, i);
        if (by_weight)
            mpz_set(out->values[i], weights->values[i]);
        else if (state == TL_CLAMP_FREE)
            mpz_mul(out->values[i], weights->values[i], segment->clamp.rest);
        else {
            mpz_set_si(out->values[i], state == TL_CLAMP_AT_FLOOR ? segment->least[i] : segment->most[i]);
            if (mpz_sgn(segment->clamp.free_weight) != 0)
                mpz_mul(out->values[i], out->values[i], segment->clamp.free_weight);
        }
        mpz_mul_si(out->values[i], out->values[i], segment->published_whole);
    }
}

/* A bound in units of the last decimal, inwards: a floor up, a cap down. */
static int64_t bound_in_units(int64_t bound, bool up, const struct tl_alloc_segment *segment)
{
    mpz_t units;
    if (bound == INT64_MAX)
        return TL_FOOTING_NO_BOUND;
    mpz_init_set_si(units, bound);
    mpz_mul_si(units, units, segment->published_whole);
    if (up)
        mpz_cdiv_q(units, units, segment->rest);
    else
        mpz_fdiv_q(units, units, segment->rest);
    int64_t inwards = mpz_fits_slong_p(units) ? mpz_get_si(units) : TL_FOOTING_NO_BOUND;
    mpz_clear(units);
    return inwards;
}

static tl_status set_limits(struct tl_footing *footing, const struct tl_alloc_segment *segment, struct tl_err *err)
{
    struct tl_arena *scratch = segment->budget->run->scratch;
    size_t count = segment->keyed_count;
    if (segment->states == NULL || mpz_sgn(segment->rest) == 0)
        return TL_OK;
    int64_t *least = tl_arena_alloc(scratch, count, sizeof *least);
    int64_t *most = tl_arena_alloc(scratch, count, sizeof *most);
    if (least == NULL || most == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        least[i] = bound_in_units(segment->least[i], true, segment);
        most[i] = bound_in_units(segment->most[i], false, segment);
    }
    footing->least = least;
    footing->most = most;
    return TL_OK;
}

static tl_status refuse(const struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_line *line = segment->budget->line;
    (void)tl_err_set(err, TL_ERR_INFEASIBLE, "no percents with %d decimals hold the floor and the cap of line '%s'",
                     line->published_decimals, line->id);
    tl_err_hint(err, "publish more decimals");
    return TL_ERR_INFEASIBLE;
}

tl_status tl_alloc_publish(struct tl_alloc_segment *segment, struct tl_err *err)
{
    enum { DECIMALS_MAX = 10 };
    const struct tl_line *line = segment->budget->line;
    struct tl_err inner = TL_ERR_NONE;
    struct tl_numbers shares;
    if (!line->has_published_decimals)
        return TL_OK;
    if (line->published_decimals < 0 || line->published_decimals > DECIMALS_MAX)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' publishes %d decimals, and not 0 to %d", line->id,
                          line->published_decimals, DECIMALS_MAX);
    segment->published_whole = 100;
    for (int i = 0; i < line->published_decimals; i++)
        segment->published_whole *= 10;
    segment->published =
        tl_arena_alloc(segment->budget->run->scratch, segment->keyed_count, sizeof *segment->published);
    tl_status status =
        segment->published == NULL ? tl_err_memory(err) : tl_numbers_init(&shares, segment->keyed_count, err);
    if (status != TL_OK)
        return status;
    set_shares(&shares, segment);
    struct tl_footing footing = {
        .total = segment->published_whole, .unit = 1, .entitlements = &shares, .weights = &segment->weights.numbers};
    status = set_limits(&footing, segment, err);
    if (status == TL_OK)
        status = tl_footing_round(segment->published, &footing, &inner);
    tl_numbers_release(&shares);
    if (inner.status == TL_ERR_INFEASIBLE)
        return refuse(segment, err);
    return inner.status == TL_OK ? status : tl_err_set(err, inner.status, "%s", inner.message);
}
