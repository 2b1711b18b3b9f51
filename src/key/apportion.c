/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/apportion.h"

#include <inttypes.h>

#include "footing.h"
#include "numbers.h"
#include "tilslut/money/money.h"

/* Fractions with unrelated denominators can grow a common one without end. */
enum { DENOMINATOR_BITS_MAX = 4096 };

static tl_status common_denominator(mpz_t out, const struct tl_frac *weights, size_t count, struct tl_err *err)
{
    mpz_set_ui(out, 1);
    for (size_t i = 0; i < count; i++) {
        if (mpq_sgn(weights[i].q) < 0) {
            (void)tl_err_set(err, TL_ERR_INPUT, "weight %zu is below zero", i + 1);
            return TL_ERR_INPUT;
        }
        mpz_lcm(out, out, mpq_denref(weights[i].q));
        if (mpz_sizeinbase(out, 2) > DENOMINATOR_BITS_MAX)
            return tl_err_set(err, TL_ERR_RANGE, "the weights have no common denominator of at most %d bits",
                              DENOMINATOR_BITS_MAX);
    }
    return TL_OK;
}

static tl_status take_weights(struct tl_numbers *out, const struct tl_frac *weights, struct tl_err *err)
{
    mpz_t factor;
    tl_status status = common_denominator(out->denominator, weights, out->count, err);
    mpz_init(factor);
    for (size_t i = 0; status == TL_OK && i < out->count; i++) {
        mpz_divexact(factor, out->denominator, mpq_denref(weights[i].q));
        mpz_mul(out->values[i], mpq_numref(weights[i].q), factor);
    }
    mpz_clear(factor);
    return status;
}

tl_status tl_apportion(int64_t *parts, int64_t total, const struct tl_frac *weights, size_t count, struct tl_err *err)
{
    struct tl_numbers numbers;
    if (total > TL_MONEY_MAX_MINOR || total < -TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_RANGE, "%" PRId64 " units are more than can be split", total);
    tl_status status = tl_numbers_init(&numbers, count, err);
    if (status != TL_OK)
        return status;
    status = take_weights(&numbers, weights, err);
    if (status == TL_OK) {
        /* total x weight over the sum of weights */
        tl_numbers_sum(numbers.denominator, &numbers);
        if (mpz_sgn(numbers.denominator) == 0)
            status = tl_err_set(err, TL_ERR_INFEASIBLE, "no weight is above zero");
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        mpz_mul_si(numbers.values[i], numbers.values[i], total);
    if (status == TL_OK) {
        struct tl_footing footing = {.total = total, .unit = 1, .entitlements = &numbers};
        status = tl_footing_round(parts, &footing, err);
    }
    tl_numbers_release(&numbers);
    return status;
}
