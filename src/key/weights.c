/* SPDX-License-Identifier: MPL-2.0 */
#include "weights.h"

enum { DENOMINATOR_BITS_MAX = 4096 };

static tl_status common_denominator(mpz_t out, const struct tl_frac *weights, size_t count, struct tl_err *err)
{
    mpz_set_ui(out, 1);
    for (size_t i = 0; i < count; i++) {
        if (mpq_sgn(weights[i].q) < 0)
            return tl_err_set(err, TL_ERR_INPUT, "weight %zu is below zero", i + 1);
        mpz_lcm(out, out, mpq_denref(weights[i].q));
        if (mpz_sizeinbase(out, 2) > DENOMINATOR_BITS_MAX)
            return tl_err_set(err, TL_ERR_RANGE, "the weights have no common denominator of at most %d bits",
                              DENOMINATOR_BITS_MAX);
    }
    return TL_OK;
}

tl_status tl_weights_take(struct tl_numbers *out, const struct tl_frac *weights, size_t count, struct tl_err *err)
{
    mpz_t factor;
    tl_status status = tl_numbers_init(out, count, err);
    if (status != TL_OK)
        return status;
    mpz_init(factor);
    status = common_denominator(out->denominator, weights, count, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        mpz_divexact(factor, out->denominator, mpq_denref(weights[i].q));
        mpz_mul(out->values[i], mpq_numref(weights[i].q), factor);
    }
    mpz_clear(factor);
    return status;
}
