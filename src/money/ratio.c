/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/money/ratio.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static int64_t greatest_common_divisor(int64_t a, int64_t b)
{
    while (b != 0) {
        int64_t rest = a % b;
        a = b;
        b = rest;
    }
    return a < 0 ? -a : a;
}

struct tl_ratio tl_ratio_of(int64_t numerator, int64_t denominator)
{
    int64_t divisor = greatest_common_divisor(numerator, denominator);
    return (struct tl_ratio){numerator / divisor, denominator / divisor};
}

bool tl_ratio_is_none(struct tl_ratio ratio)
{
    return ratio.denominator == 0;
}

int tl_ratio_compare(struct tl_ratio a, struct tl_ratio b)
{
    __extension__ typedef __int128 wide;
    wide left = (wide)a.numerator * b.denominator, right = (wide)b.numerator * a.denominator;
    return (left > right) - (left < right);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const int64_t power_of_ten[TL_RATIO_DIGITS_MAX + 1] = {
    1,
    10,
    100,
    1000,
    10000,
    100000,
    1000000,
    10000000,
    100000000,
    1000000000,
    10000000000,
    100000000000,
    1000000000000,
    10000000000000,
    100000000000000,
    1000000000000000,
    10000000000000000,
    100000000000000000,
    1000000000000000000,
};

/* Terms of up to TL_RATIO_DIGITS_MAX digits, which tl_ratio_text writes in a form that reads back. */
static bool can_be_written(struct tl_ratio ratio)
{
    return ratio.numerator < power_of_ten[TL_RATIO_DIGITS_MAX] && ratio.denominator < power_of_ten[TL_RATIO_DIGITS_MAX];
}

enum reading { READ, NOT_A_NUMBER, TOO_LONG };

/* Reads `12`, `12,5` or `12.5` and moves *at behind it. */
static enum reading read_decimal(struct tl_ratio *out, const char **at)
{
    int64_t digits = 0;
    int count = 0, decimals = 0;
    bool marked = false;
    for (; is_digit(**at) || (!marked && count > 0 && (**at == ',' || **at == '.') && is_digit((*at)[1])); (*at)++) {
        if (!is_digit(**at)) {
            marked = true;
            continue;
        }
        if (count == TL_RATIO_DIGITS_MAX)
            return TOO_LONG;
        digits = digits * 10 + (**at - '0');
        count++;
        decimals += marked ? 1 : 0;
    }
    *out = tl_ratio_of(digits, power_of_ten[decimals]);
    return count == 0 ? NOT_A_NUMBER : READ;
}

/* a / b; false when a term passes 64 bits. */
static bool divide(struct tl_ratio *out, struct tl_ratio a, struct tl_ratio b)
{
    struct tl_ratio outer = tl_ratio_of(a.numerator, b.numerator), inner = tl_ratio_of(b.denominator, a.denominator);
    int64_t numerator, denominator;
    if (__builtin_mul_overflow(outer.numerator, inner.numerator, &numerator) ||
        __builtin_mul_overflow(outer.denominator, inner.denominator, &denominator))
        return false;
    *out = tl_ratio_of(numerator, denominator);
    return true;
}

static enum reading read_ratio(struct tl_ratio *out, const char *at)
{
    enum reading reading = read_decimal(out, &at);
    if (reading == READ && *at == '/') {
        struct tl_ratio divisor;
        at++;
        reading = read_decimal(&divisor, &at);
        if (reading == READ && divisor.numerator == 0)
            return NOT_A_NUMBER;
        if (reading == READ && !divide(out, *out, divisor))
            return TOO_LONG;
    }
    if (reading == READ && (at[0] == '%' || (at[0] == ' ' && at[1] == '%'))) {
        at += at[0] == '%' ? 1 : 2;
        if (!divide(out, *out, tl_ratio_of(100, 1)))
            return TOO_LONG;
    }
    if (reading == READ && *at != '\0')
        return NOT_A_NUMBER;
    return reading == READ && !can_be_written(*out) ? TOO_LONG : reading;
}

tl_status tl_ratio_parse(struct tl_ratio *out, const char *text, struct tl_err *err)
{
    struct tl_ratio ratio;
    switch (read_ratio(&ratio, text)) {
    case READ:
        *out = ratio;
        return TL_OK;
    case TOO_LONG:
        return tl_err_set(err, TL_ERR_RANGE, "'%.60s' has more than %d digits", text, TL_RATIO_DIGITS_MAX);
    case NOT_A_NUMBER:
        break;
    }
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a number, percent or fraction", text);
    tl_err_hint(err, "write for example 25%%, 1.09, 2/3 or 1200000");
    return TL_ERR_INPUT;
}

/* As a decimal with a dot; false when it has decimals, but not a finite number of them within TL_RATIO_DIGITS_MAX
 * digits. */
static bool print_decimal(struct tl_ratio ratio, char into[TL_RATIO_TEXT_SIZE])
{
    if (ratio.denominator == 1) {
        snprintf(into, TL_RATIO_TEXT_SIZE, "%" PRId64, ratio.numerator);
        return true;
    }
    for (int decimals = 1; decimals < TL_RATIO_DIGITS_MAX; decimals++) {
        int64_t one = power_of_ten[decimals], scaled;
        if (one % ratio.denominator != 0)
            continue;
        if (__builtin_mul_overflow(ratio.numerator, one / ratio.denominator, &scaled))
            return false;
        int64_t size = scaled < 0 ? -scaled : scaled;
        snprintf(into, TL_RATIO_TEXT_SIZE, "%s%" PRId64 ".%0*" PRId64, scaled < 0 ? "-" : "", size / one, decimals,
                 size % one);
        return size < power_of_ten[TL_RATIO_DIGITS_MAX];
    }
    return false;
}

const char *tl_ratio_text(struct tl_ratio ratio, char into[TL_RATIO_TEXT_SIZE])
{
    if (!print_decimal(ratio, into))
        snprintf(into, TL_RATIO_TEXT_SIZE, "%" PRId64 "/%" PRId64, ratio.numerator, ratio.denominator);
    return into;
}

const char *tl_ratio_percent(struct tl_ratio ratio, char into[TL_RATIO_TEXT_SIZE])
{
    struct tl_ratio hundredfold;
    if (!divide(&hundredfold, ratio, tl_ratio_of(1, 100)) || !can_be_written(hundredfold) ||
        !print_decimal(hundredfold, into))
        return tl_ratio_text(ratio, into);
    strcat(into, "%");
    return into;
}
