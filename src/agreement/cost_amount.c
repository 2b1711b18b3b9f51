/* SPDX-License-Identifier: MPL-2.0 */
#include "cost_amount.h"

#include "tilslut/money/frac.h"

tl_status tl_cost_of_hours(struct tl_money *out, struct tl_ratio hours, struct tl_money rate, struct tl_err *err)
{
    struct tl_frac amount = {0}, factor = {0};
    tl_frac_init(&amount);
    tl_frac_init(&factor);
    tl_frac_set_ratio(&amount, hours);
    tl_frac_set_whole(&factor, rate.minor);
    mpq_mul(amount.q, amount.q, factor.q);
    tl_status status = tl_frac_round_money(out, &amount, err);
    tl_frac_release(&factor);
    tl_frac_release(&amount);
    return status;
}
