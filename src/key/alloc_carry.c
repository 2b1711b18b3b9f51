/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a segment leaves to the next: of each member what it brought, and what it was entitled to, less what it is
 * charged. Kept exactly, these fractions would grow with every piece that a year is cut into. So they are rounded to
 * the TL_CARRY_PARTS-th part of a minor unit by largest remainder, such that their sum over the line's members is what
 * it is exactly, to the nearest such part. At the end of a period that is a whole number of parts, and the sum exact.
 */
#include "alloc_budget.h"

#include <stdlib.h>

#include "keep.h"

/* One member's fraction on the way, in parts. */
struct claim {
    mpz_srcptr rest; /* of a part, times the common denominator */
    mpz_srcptr weight;
    size_t index;
};

static int by_rest(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    int order = mpz_cmp(b->rest, a->rest);
    if (order == 0)
        order = mpz_cmpabs(b->weight, a->weight);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* Whole parts into `parts`, and what is left of each into `rests`, both over the denominator of the claims. */
static void cut_off(struct tl_numbers *parts, struct tl_numbers *rests, const struct tl_alloc_segment *segment)
{
    const struct tl_numbers *claims = tl_alloc_claims(segment);
    for (size_t i = 0; i < claims->count; i++) {
        mpz_mul_si(rests->values[i], claims->denominator, segment->amounts[i]);
        mpz_sub(rests->values[i], claims->values[i], rests->values[i]);
        mpz_mul_si(rests->values[i], rests->values[i], TL_CARRY_PARTS);
        mpz_fdiv_qr(parts->values[i], rests->values[i], rests->values[i], claims->denominator);
    }
}

/* How many parts more the members get, so that their sum is right to the nearest part; what that is off by stays with
 * the line, for its next segment. */
static size_t count_left(struct tl_alloc_budget *budget, const struct tl_numbers *rests, mpz_srcptr denominator)
{
    mpq_t sum;
    mpz_t left;
    mpq_init(sum);
    mpz_init(left);
    tl_numbers_sum(mpq_numref(sum), rests);
    mpz_set(mpq_denref(sum), denominator);
    mpq_canonicalize(sum);
    mpq_add(sum, sum, budget->unplaced.q);
    /* floor(sum + 1/2) */
    mpz_mul_2exp(left, mpq_numref(sum), 1);
    mpz_add(left, left, mpq_denref(sum));
    mpz_fdiv_q(left, left, mpq_denref(sum));
    mpz_fdiv_q_2exp(left, left, 1);
    mpz_submul(mpq_numref(sum), left, mpq_denref(sum));
    mpq_set(budget->unplaced.q, sum);
    size_t count = mpz_get_ui(left);
    mpz_clear(left);
    mpq_clear(sum);
    return count;
}

static tl_status give_left(struct tl_numbers *parts, const struct tl_numbers *rests,
                           const struct tl_alloc_segment *segment, size_t left, struct tl_err *err)
{
    struct claim *claims = tl_arena_alloc(segment->budget->run->scratch, parts->count, sizeof *claims);
    if (claims == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < parts->count; i++)
        claims[i] = (struct claim){rests->values[i], segment->weights.numbers.values[i], i};
    qsort(claims, parts->count, sizeof *claims, by_rest);
    for (size_t i = 0; i < left && i < parts->count; i++)
        mpz_add_ui(parts->values[claims[i].index], parts->values[claims[i].index], 1);
    return TL_OK;
}

static tl_status keep(struct tl_alloc_segment *segment, const struct tl_numbers *parts, struct tl_share *shares,
                      struct tl_err *err)
{
    struct tl_alloc_budget *budget = segment->budget;
    mpq_t carried;
    mpq_init(carried);
    bool kept = true;
    for (size_t i = 0; kept && i < parts->count; i++) {
        mpz_set(mpq_numref(carried), parts->values[i]);
        mpz_set_si(mpq_denref(carried), TL_CARRY_PARTS);
        mpq_canonicalize(carried);
        size_t present = segment->keyed[i];
        kept = tl_keep(&shares[present].carried_out, carried, &budget->run->out->arena);
        if (budget->carried != NULL)
            mpq_set(budget->carried[segment->present[present]].q, carried);
    }
    mpq_clear(carried);
    return kept ? TL_OK : tl_err_memory(err);
}

tl_status tl_alloc_carry_on(struct tl_alloc_segment *segment, struct tl_share *shares, struct tl_err *err)
{
    struct tl_numbers parts = {.values = NULL}, rests = {.values = NULL};
    if (!segment->budget->carries || segment->keyed_count == 0)
        return TL_OK;
    tl_status status = tl_numbers_init(&parts, segment->keyed_count, err);
    if (status == TL_OK)
        status = tl_numbers_init(&rests, segment->keyed_count, err);
    if (status == TL_OK) {
        cut_off(&parts, &rests, segment);
        size_t left = count_left(segment->budget, &rests, tl_alloc_claims(segment)->denominator);
        if (left > 0)
            status = give_left(&parts, &rests, segment, left, err);
    }
    if (status == TL_OK)
        status = keep(segment, &parts, shares, err);
    tl_numbers_release(&parts);
    tl_numbers_release(&rests);
    return status;
}
