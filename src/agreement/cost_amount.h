/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What hours come to at a rate: for those who register costs and those who check them.
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

#endif
