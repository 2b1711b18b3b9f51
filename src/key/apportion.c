/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/apportion.h"

#include <inttypes.h>

#include "footing.h"
#include "tilslut/money/money.h"
#include "weights.h"

tl_status tl_apportion(int64_t *parts, int64_t total, const struct tl_frac *weights, size_t count, struct tl_err *err)
{
    struct tl_numbers numbers;
    if (total > TL_MONEY_MAX_MINOR || total < -TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_RANGE, "%" PRId64 " units are more than can be split", total);
    tl_status status = tl_weights_take(&numbers, weights, count, err);
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
