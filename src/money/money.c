/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/money/money.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { MINOR_PER_MAJOR = 100 };

static tl_status checked(struct tl_money *out, int64_t minor, struct tl_err *err)
{
    if (minor > TL_MONEY_MAX_MINOR || minor < -TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
    out->minor = minor;
    return TL_OK;
}

tl_status tl_money_add(struct tl_money *out, struct tl_money a, struct tl_money b, struct tl_err *err)
{
    return checked(out, a.minor + b.minor, err);
}

tl_status tl_money_subtract(struct tl_money *out, struct tl_money a, struct tl_money b, struct tl_err *err)
{
    return checked(out, a.minor - b.minor, err);
}

struct tl_money tl_money_negate(struct tl_money amount)
{
    return (struct tl_money){-amount.minor};
}

bool tl_money_is_zero(struct tl_money amount)
{
    return amount.minor == 0;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a typed amount consists of: digits before and after the decimal mark. */
struct typed {
    char whole[20];
    size_t whole_digits;
    char decimals[3];
};

/* Digits in groups of three with dots between them; *at moves behind the last digit. */
static bool read_grouped(struct typed *typed, const char **at)
{
    bool grouped = false;
    size_t in_group = 0;
    for (; is_digit(**at) || (**at == '.' && is_digit((*at)[1])); (*at)++) {
        if (**at == '.') {
            if ((!grouped && in_group > 3) || (grouped && in_group != 3))
                return false;
            grouped = true;
            in_group = 0;
            continue;
        }
        if (typed->whole_digits == sizeof typed->whole - 1)
            return false;
        typed->whole[typed->whole_digits++] = **at;
        in_group++;
    }
    /* a dot alone does not tell thousands from decimals: only a decimal comma behind it does */
    return typed->whole_digits > 0 && (!grouped || (in_group == 3 && **at == ','));
}

static bool read_plain(struct typed *typed, const char **at)
{
    for (; is_digit(**at); (*at)++) {
        if (typed->whole_digits == sizeof typed->whole - 1)
            return false;
        typed->whole[typed->whole_digits++] = **at;
    }
    return typed->whole_digits > 0;
}

static bool read_decimals(struct typed *typed, const char *at)
{
    if (*at == '\0')
        return true;
    if ((*at != '.' && *at != ',') || !is_digit(at[1]) || !is_digit(at[2]) || at[3] != '\0')
        return false;
    memcpy(typed->decimals, at + 1, 2);
    return true;
}

tl_status tl_money_parse(struct tl_money *out, const char *text, struct tl_err *err)
{
    bool negative = text[0] == '-';
    const char *start = negative ? text + 1 : text;
    struct typed typed = {.decimals = "00"};
    const char *at = start;
    bool fits = read_plain(&typed, &at) && read_decimals(&typed, at);
    if (!fits) {
        typed = (struct typed){.decimals = "00"};
        at = start;
        fits = read_grouped(&typed, &at) && read_decimals(&typed, at);
    }
    if (!fits) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not an amount", text);
        tl_err_hint(err,
                    "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things");
        return TL_ERR_INPUT;
    }
    int64_t minor = 0;
    for (size_t i = 0; i < typed.whole_digits; i++) {
        minor = minor * 10 + (typed.whole[i] - '0');
        if (minor > TL_MONEY_MAX_MINOR)
            break;
    }
    if (minor <= TL_MONEY_MAX_MINOR)
        minor = minor * MINOR_PER_MAJOR + (typed.decimals[0] - '0') * 10 + (typed.decimals[1] - '0');
    return checked(out, negative ? -minor : minor, err);
}

const char *tl_money_da(struct tl_money amount, char into[TL_MONEY_TEXT_SIZE])
{
    char digits[TL_MONEY_TEXT_SIZE];
    uint64_t minor = (uint64_t)(amount.minor < 0 ? -amount.minor : amount.minor);
    int length = snprintf(digits, sizeof digits, "%" PRIu64, minor / MINOR_PER_MAJOR);
    size_t used = 0;
    if (amount.minor < 0)
        into[used++] = '-';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            into[used++] = '.';
        into[used++] = digits[i];
    }
    snprintf(into + used, TL_MONEY_TEXT_SIZE - used, ",%02u", (unsigned)(minor % MINOR_PER_MAJOR));
    return into;
}

const char *tl_money_plain(struct tl_money amount, char into[TL_MONEY_TEXT_SIZE])
{
    uint64_t minor = (uint64_t)(amount.minor < 0 ? -amount.minor : amount.minor);
    snprintf(into, TL_MONEY_TEXT_SIZE, "%s%" PRIu64 ".%02u", amount.minor < 0 ? "-" : "", minor / MINOR_PER_MAJOR,
             (unsigned)(minor % MINOR_PER_MAJOR));
    return into;
}
