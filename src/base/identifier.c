/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/identifier.h"

#include <stdbool.h>
#include <string.h>

#include "tilslut/base/text.h"

enum { QUOTED_MAX_BYTES = 60 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_product_character(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || c == '-';
}

static tl_status refuse(const char *text, const char *what, const char *why, struct tl_err *err)
{
    int shown = (int)tl_text_cut(text, strnlen(text, QUOTED_MAX_BYTES));
    return tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not %s: %s", shown, text, what, why);
}

/* Refuses what is not `count` digits. */
static tl_status check_digits(const char *text, size_t count, const char *what, struct tl_err *err)
{
    int shown = (int)tl_text_cut(text, strnlen(text, QUOTED_MAX_BYTES));
    size_t digits = 0;
    while (is_digit(text[digits]))
        digits++;
    if (text[digits] != '\0') {
        const char *next = text + digits;
        (void)tl_text_next(&next);
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not %s: '%.*s' is not a digit", shown, text, what,
                         (int)(next - (text + digits)), text + digits);
        tl_err_hint(err, "write the %zu digits without spaces or marks", count);
        return TL_ERR_INPUT;
    }
    if (digits != count)
        return tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not %s: it has %zu digit%s, not %zu", shown, text, what, digits,
                          digits == 1 ? "" : "s", count);
    return TL_OK;
}

tl_status tl_identifier_check_cvr(const char *text, struct tl_err *err)
{
    static const int weights[] = {2, 7, 6, 5, 4, 3, 2, 1};
    enum { DIGITS = sizeof weights / sizeof weights[0] };
    tl_status status = check_digits(text, DIGITS, "a CVR number", err);
    if (status != TL_OK)
        return status;
    /* 00000000 would pass the modulus */
    if (text[0] == '0')
        return refuse(text, "a CVR number", "it begins with 0", err);
    int sum = 0;
    for (size_t i = 0; i < DIGITS; i++)
        sum += weights[i] * (text[i] - '0');
    if (sum % 11 != 0)
        return refuse(text, "a CVR number", "its check digit does not fit", err);
    return TL_OK;
}

tl_status tl_identifier_check_ean(const char *text, struct tl_err *err)
{
    enum { DIGITS = 13 };
    tl_status status = check_digits(text, DIGITS, "an EAN number", err);
    if (status != TL_OK)
        return status;
    int sum = 0;
    for (size_t i = 0; i < DIGITS; i++)
        sum += (i % 2 == 0 ? 1 : 3) * (text[i] - '0');
    if (sum == 0)
        return refuse(text, "an EAN number", "it is all zeros", err);
    if (sum % 10 != 0)
        return refuse(text, "an EAN number", "its check digit does not fit", err);
    return TL_OK;
}

/* True when `text` has the form, in which A stands for a capital letter and 0 for a digit. */
static bool has_form(const char *text, const char *form)
{
    if (strlen(text) != strlen(form))
        return false;
    for (; *form != '\0'; form++, text++) {
        bool fits = *form == '0' ? is_digit(*text) : *form == 'A' ? *text >= 'A' && *text <= 'Z' : *text == *form;
        if (!fits)
            return false;
    }
    return true;
}

tl_status tl_identifier_check_psp(const char *text, struct tl_err *err)
{
    if (has_form(text, "AA-0000000000") || has_form(text, "AA-0000000000-00000"))
        return TL_OK;
    return refuse(text, "a PSP element", "it is written like XG-9212045260 or XG-9212045260-00003", err);
}

tl_status tl_identifier_check_municipality(const char *text, struct tl_err *err)
{
    return check_digits(text, 4, "a municipality code", err);
}

tl_status tl_identifier_check_product(const char *text, struct tl_err *err)
{
    size_t length = strlen(text);
    if (length == 0)
        return refuse(text, "a product code", "it is empty", err);
    for (const char *c = text; *c != '\0'; c++)
        if (!is_product_character(*c))
            return refuse(text, "a product code", "only a-z, 0-9 and - are allowed", err);
    if (text[0] == '-')
        return refuse(text, "a product code", "it begins with -", err);
    if (length > TL_IDENTIFIER_PRODUCT_MAX)
        return tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a product code: it has %zu characters, %d are allowed",
                          text, length, TL_IDENTIFIER_PRODUCT_MAX);
    return TL_OK;
}

tl_status tl_identifier_check_account(const char *text, struct tl_err *err)
{
    return check_digits(text, 5, "an account", err);
}

tl_status tl_identifier_check_iban(const char *text, struct tl_err *err)
{
    enum { LENGTH_MIN = 15, LENGTH_MAX = 34, LENGTH_DK = 18, FRONT = 4 };
    static const char what[] = "an IBAN";
    size_t length = strnlen(text, LENGTH_MAX + 1);
    for (size_t i = 0; i < length; i++) {
        bool fits = i < 2 ? text[i] >= 'A' && text[i] <= 'Z'
                          : is_digit(text[i]) || (i >= FRONT && text[i] >= 'A' && text[i] <= 'Z');
        if (!fits)
            return refuse(text, what, "it is written like DK5000400440116243, without spaces", err);
    }
    bool is_danish = text[0] == 'D' && length > 1 && text[1] == 'K';
    if (is_danish && length != LENGTH_DK)
        return refuse(text, what, "a Danish one has DK and 16 digits", err);
    if (length < LENGTH_MIN || length > LENGTH_MAX)
        return refuse(text, what, "it has 15 to 34 characters", err);
    /* the country and the check digits count behind the rest, letters as 10 to 35 */
    int remainder = 0;
    for (size_t i = 0; i < length; i++) {
        char c = text[(i + FRONT) % length];
        remainder = is_digit(c) ? (remainder * 10 + (c - '0')) % 97 : (remainder * 100 + (c - 'A' + 10)) % 97;
    }
    if (remainder != 1)
        return refuse(text, what, "its check digits do not fit", err);
    return TL_OK;
}

tl_status tl_identifier_check_bank_registration(const char *text, struct tl_err *err)
{
    return check_digits(text, 4, "a bank's registration number", err);
}

tl_status tl_identifier_check_bank_account(const char *text, struct tl_err *err)
{
    enum { DIGITS_MAX = 10 };
    size_t digits = strspn(text, "0123456789");
    if (text[digits] != '\0' || digits == 0 || digits > DIGITS_MAX)
        return refuse(text, "an account number", "it has 1 to 10 digits", err);
    if (strspn(text, "0") == digits)
        return refuse(text, "an account number", "it is all zeros", err);
    return TL_OK;
}
