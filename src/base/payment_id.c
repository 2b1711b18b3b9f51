/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/payment_id.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/base/text.h"

enum { QUOTED_MAX_BYTES = 60, DIGITS_71 = 15, DIGITS_75 = 16 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static int shown(const char *text)
{
    return (int)tl_text_cut(text, strnlen(text, QUOTED_MAX_BYTES));
}

/* The digit that makes `count` digits and itself fit modulus 10. */
static char check_digit(const char *digits, size_t count)
{
    int sum = 0;
    for (size_t i = 0; i < count; i++) {
        int product = (digits[count - 1 - i] - '0') * (i % 2 == 0 ? 2 : 1);
        sum += product / 10 + product % 10;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

static tl_status check_digits(const char *text, size_t count, const char *what, struct tl_err *err)
{
    size_t digits = 0;
    while (is_digit(text[digits]))
        digits++;
    if (text[digits] != '\0') {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not %s: it holds more than digits", shown(text), text, what);
        tl_err_hint(err, "write the %zu digits without spaces or marks", count);
        return TL_ERR_INPUT;
    }
    if (digits != count)
        return tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not %s: it has %zu digit%s, not %zu", shown(text), text, what,
                          digits, digits == 1 ? "" : "s", count);
    return TL_OK;
}

tl_status tl_payment_id_make(int64_t number, char id[TL_PAYMENT_ID_TEXT], struct tl_err *err)
{
    if (number < 1 || number > TL_PAYMENT_ID_NUMBER_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "'%" PRId64 "' can't be a payment id: a number from 1 to %" PRId64 " can",
                          number, TL_PAYMENT_ID_NUMBER_MAX);
    int length = snprintf(id, TL_PAYMENT_ID_TEXT, "%014" PRId64, number);
    id[length] = check_digit(id, (size_t)length);
    id[length + 1] = '\0';
    return TL_OK;
}

tl_status tl_payment_id_check(tl_payment_id_type type, const char *id, struct tl_err *err)
{
    if (type == TL_PAYMENT_ID_73) {
        if (id[0] != '\0')
            return tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not a payment id: type 73 has none", shown(id), id);
        return TL_OK;
    }
    size_t count = type == TL_PAYMENT_ID_75 ? DIGITS_75 : DIGITS_71;
    const char *what = type == TL_PAYMENT_ID_75 ? "a payment id of type 75" : "a payment id of type 71";
    tl_status status = check_digits(id, count, what, err);
    if (status != TL_OK)
        return status;
    if (id[count - 1] != check_digit(id, count - 1))
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not %s: its check digit does not fit", id, what);
    if (strspn(id, "0") == count)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not %s: it is all zeros", id, what);
    return TL_OK;
}

tl_status tl_payment_id_check_creditor(const char *creditor, struct tl_err *err)
{
    tl_status status = check_digits(creditor, TL_PAYMENT_ID_CREDITOR_DIGITS, "a creditor number", err);
    if (status == TL_OK && strspn(creditor, "0") == TL_PAYMENT_ID_CREDITOR_DIGITS)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not a creditor number: it is all zeros", creditor);
    return status;
}

tl_status tl_payment_id_line(tl_payment_id_type type, const char *id, const char *creditor,
                             char line[TL_PAYMENT_ID_LINE], struct tl_err *err)
{
    tl_status status = tl_payment_id_check(type, id, err);
    if (status == TL_OK)
        status = tl_payment_id_check_creditor(creditor, err);
    if (status == TL_OK)
        (void)snprintf(line, TL_PAYMENT_ID_LINE, "+%d<%s+%s<", (int)type, id, creditor);
    return status;
}

static tl_status not_a_line(const char *line, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not a payment line", shown(line), line);
    tl_err_hint(err, "it is written like +71<026840149965328+81234567<, +73<+81234567< or +75<..");
    return TL_ERR_INPUT;
}

static void skip_spaces(const char **at)
{
    while (**at == ' ')
        (*at)++;
}

/* Moves past `mark` and the spaces around it. */
static bool take_mark(const char **at, char mark)
{
    skip_spaces(at);
    if (**at != mark)
        return false;
    (*at)++;
    skip_spaces(at);
    return true;
}

/* The digits at *at, fewer than `size`; false when there are too many for it. */
static bool take_digits(const char **at, char *digits, size_t size)
{
    size_t length = 0;
    while (is_digit((*at)[length]))
        length++;
    if (length >= size)
        return false;
    memcpy(digits, *at, length);
    digits[length] = '\0';
    *at += length;
    return true;
}

tl_status tl_payment_id_read(const char *line, struct tl_payment_id *read, struct tl_err *err)
{
    struct tl_payment_id found = {.type = TL_PAYMENT_ID_71};
    const char *at = line;
    char type[3];
    if (!take_mark(&at, '+') || !take_digits(&at, type, sizeof type) || !take_mark(&at, '<') ||
        !take_digits(&at, found.id, sizeof found.id) || !take_mark(&at, '+') ||
        !take_digits(&at, found.creditor, sizeof found.creditor))
        return not_a_line(line, err);
    (void)take_mark(&at, '<');
    if (*at != '\0')
        return not_a_line(line, err);
    if (strcmp(type, "73") == 0)
        found.type = TL_PAYMENT_ID_73;
    else if (strcmp(type, "75") == 0)
        found.type = TL_PAYMENT_ID_75;
    else if (strcmp(type, "71") != 0)
        return not_a_line(line, err);
    tl_status status = tl_payment_id_check(found.type, found.id, err);
    if (status == TL_OK)
        status = tl_payment_id_check_creditor(found.creditor, err);
    if (status == TL_OK)
        *read = found;
    return status;
}
