/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What costs and outlays share: what hours come to at a rate, and which accounts are of costs.
 */
#ifndef TILSLUT_AGREEMENT_COST_AMOUNT_H
#define TILSLUT_AGREEMENT_COST_AMOUNT_H

#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

/* Hours times the rate of one, rounded to whole øre, halves up. TL_ERR_RANGE. */
tl_status tl_cost_of_hours(struct tl_money *out, struct tl_ratio hours, struct tl_money rate,
                           struct tl_err *err) TL_MUST_CHECK;

/* That an account is there, and of costs. TL_ERR_NOT_FOUND, TL_ERR_INPUT. */
tl_status tl_cost_check_account(struct tl_store *store, const char *account, struct tl_err *err) TL_MUST_CHECK;

#endif
