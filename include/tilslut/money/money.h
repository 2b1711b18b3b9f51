/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Money: an integer of minor units (øre). No floating point touches it.
 *
 * |amount| <= 10^15 - 1 minor units, since a spreadsheet keeps numbers as doubles and those are
 * exact to 15 digits.
 */
#ifndef TILSLUT_MONEY_MONEY_H
#define TILSLUT_MONEY_MONEY_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/status.h"

#define TL_MONEY_MAX_MINOR INT64_C(999999999999999)

struct tl_money {
    int64_t minor;
};

enum { TL_MONEY_TEXT_SIZE = 40 };

/* a + b and a - b. TL_ERR_RANGE when the result is out of bounds. */
tl_status tl_money_add(struct tl_money *out, struct tl_money a, struct tl_money b, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_money_subtract(struct tl_money *out, struct tl_money a, struct tl_money b,
                            struct tl_err *err) TL_MUST_CHECK;

struct tl_money tl_money_negate(struct tl_money amount);
bool tl_money_is_zero(struct tl_money amount);

/* Reads an amount a person typed: `57980`, `57980.50`, `57980,50`, `57.980,50`, `57.980,00`, with an
 * optional leading minus. `57.980` could mean two things and is refused, like anything else.
 * TL_ERR_INPUT names the text and the ways to write it; TL_ERR_RANGE when it is too large. */
tl_status tl_money_parse(struct tl_money *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

/* `1.234,56` and `-1.234,56`; `57.980,00`. Returns `into`. */
const char *tl_money_da(struct tl_money amount, char into[TL_MONEY_TEXT_SIZE]);
/* `1234.56`, the form of machine files, whatever the locale. */
const char *tl_money_plain(struct tl_money amount, char into[TL_MONEY_TEXT_SIZE]);

#endif
