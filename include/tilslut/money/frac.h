/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Exact fractions, kept by GMP (mpq_t), always in lowest terms with a positive denominator.
 *
 * A struct tl_frac that was initialised must be released; tl_frac_release accepts a zeroed one.
 * GMP ends the program when memory is gone; numbers are bounded where they come in (see ratio.h),
 * so that no input makes them large.
 */
#ifndef TILSLUT_MONEY_FRAC_H
#define TILSLUT_MONEY_FRAC_H

#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

struct tl_frac {
    mpq_t q;
};

void tl_frac_init(struct tl_frac *frac); /* 0/1 */
void tl_frac_release(struct tl_frac *frac);
void tl_frac_set(struct tl_frac *frac, const struct tl_frac *value);
void tl_frac_set_ratio(struct tl_frac *frac, struct tl_ratio value);
void tl_frac_set_whole(struct tl_frac *frac, int64_t value);

/* `numerator/denominator` or `numerator`, as GMP writes it; the form that is stored and sealed.
 * In the arena; NULL when memory is gone. */
const char *tl_frac_text(const struct tl_frac *frac, struct tl_arena *arena) TL_MUST_CHECK;
/* Reads that form back. TL_ERR_INPUT otherwise. */
tl_status tl_frac_from_text(struct tl_frac *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

/* With `decimals` decimals after a decimal comma and dots between thousands, rounded half away from zero:
 * `12.244,8980`. In the arena; NULL when memory is gone. */
const char *tl_frac_da(const struct tl_frac *frac, int decimals, struct tl_arena *arena) TL_MUST_CHECK;
/* The same with a decimal dot and no thousands marks. */
const char *tl_frac_decimal(const struct tl_frac *frac, int decimals, struct tl_arena *arena) TL_MUST_CHECK;

/* Rounds an exact number of minor units to whole ones, halves away from zero. TL_ERR_RANGE. */
tl_status tl_frac_round_money(struct tl_money *out, const struct tl_frac *minor, struct tl_err *err) TL_MUST_CHECK;

#endif
