/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/published_number.h"

#include <stddef.h>

#include "quoted.h"
#include "tilslut/base/text.h"

bool tl_published_number_is_missing(const char *text)
{
    static const char *const marks[] = {"", "..", ".", "-", "x"};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
        if (tl_text_equal(text, marks[i]))
            return true;
    return false;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* What a number is made of: groups of digits with dots between, then perhaps a comma and decimals. */
struct shape {
    size_t first_group, last_group; /* digits */
    size_t dots;
    bool whole_groups; /* every group but the first has three digits, the first has one to three */
    bool has_comma;
    size_t decimals;
};

static size_t count_digits(const char **at)
{
    size_t count = 0;
    for (; is_digit(**at); (*at)++)
        count++;
    return count;
}

/* False when `text` is no number in any reading. */
static bool read_shape(struct shape *shape, const char *text)
{
    const char *at = text;
    *shape = (struct shape){.first_group = count_digits(&at)};
    shape->whole_groups = shape->first_group <= 3;
    shape->last_group = shape->first_group;
    while (*at == '.' && shape->last_group > 0) {
        at++;
        shape->dots++;
        shape->last_group = count_digits(&at);
        shape->whole_groups = shape->whole_groups && shape->last_group == 3;
    }
    if (shape->last_group == 0)
        return false;
    shape->has_comma = *at == ',';
    if (shape->has_comma) {
        at++;
        shape->decimals = count_digits(&at);
        if (shape->decimals == 0)
            return false;
    }
    return *at == '\0';
}

static tl_status refuse_ambiguous(const char *text, const struct shape *shape, struct tl_err *err)
{
    static const char *const dropped[] = {"", "00", "0", ""};
    const char *dot = text + shape->first_group;
    (void)tl_err_set(err, TL_ERR_INPUT, "'%s' could mean %.*s%s%s or %.*s,%s", text, (int)shape->first_group, text,
                     dot + 1, dropped[shape->last_group], (int)shape->first_group, text, dot + 1);
    tl_err_hint(err, "write thousands without a dot and decimals after a comma");
    return TL_ERR_INPUT;
}

static tl_status refuse(const char *text, const char *why, const char *hint, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.*s' %s", QUOTED(text), why);
    tl_err_hint(err, "%s", hint);
    return TL_ERR_INPUT;
}

/* Digits and at most one decimal mark, which is what tl_ratio_parse reads. */
static tl_status read_value(struct tl_ratio *out, const char *text, struct tl_err *err)
{
    enum { ROOM = TL_RATIO_DIGITS_MAX + 2 };
    char plain[ROOM + 1];
    size_t length = 0, digits = 0;
    for (; *text != '\0'; text++) {
        if (*text == '.')
            continue;
        digits += *text == ',' ? 0 : 1;
        if (digits > TL_RATIO_DIGITS_MAX)
            return tl_err_set(err, TL_ERR_RANGE, "the number has more than %d digits", TL_RATIO_DIGITS_MAX);
        plain[length++] = *text;
    }
    plain[length] = '\0';
    return tl_ratio_parse(out, plain, err);
}

tl_status tl_published_number_parse(struct tl_ratio *out, const char *text, struct tl_err *err)
{
    struct shape shape;
    if (tl_published_number_is_missing(text))
        return tl_err_set(err, TL_ERR_MISSING, "'%s' stands for a missing number", text);
    if (text[0] == '-' && is_digit(text[1]))
        return refuse(text, "is negative", "a figure is zero or more", err);
    if (!read_shape(&shape, text))
        return refuse(text, "is not a number", "write for example 632340 or 178,46, without spaces", err);
    if (text[0] == '0' && shape.first_group > 1)
        return refuse(text, "begins with 0 as a code does, not a number", "remove the 0, or look for a shifted column",
                      err);
    if (shape.dots == 0)
        return read_value(out, text, err);
    if (shape.whole_groups && text[0] != '0' && (shape.dots > 1 || shape.has_comma))
        return read_value(out, text, err);
    /* one dot, in a place where thousands could end */
    if (shape.dots == 1 && !shape.has_comma && shape.first_group <= 3 && shape.last_group <= 3 && text[0] != '0')
        return refuse_ambiguous(text, &shape, err);
    return refuse(text, "has a dot that does not stand between thousands",
                  "write thousands without a dot and decimals after a comma", err);
}
