/* SPDX-License-Identifier: MPL-2.0 */
#include "key_lex.h"

#include <string.h>

#include "tilslut/base/text.h"

bool tl_key_is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

char tl_key_peek(struct tl_key_reader *reader)
{
    while (is_space(reader->text[reader->at]))
        reader->at++;
    return reader->text[reader->at];
}

/* Length in bytes of the letter at `s` (ASCII, or Latin-1 such as æ ø å ü é), 0 when it is none. */
static size_t letter_length(const char *s)
{
    unsigned char c = (unsigned char)s[0], next = c == 0 ? 0 : (unsigned char)s[1];
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        return 1;
    /* U+00C0 to U+00FF except the signs for times and divided by */
    return c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7 ? 2 : 0;
}

size_t tl_key_word_length(const char *s)
{
    size_t length = 0, step = letter_length(s);
    while (step > 0) {
        length += step;
        /* a - or _ joins two parts of a word, and ends none */
        size_t joint = s[length] == '-' || s[length] == '_' ? 1 : 0;
        step = letter_length(s + length + joint);
        if (step == 0 && tl_key_is_digit(s[length + joint]))
            step = 1;
        if (step > 0)
            step += joint;
    }
    return length;
}

bool tl_key_take_word(struct tl_key_reader *reader, const char *word)
{
    (void)tl_key_peek(reader);
    const char *found = reader->text + reader->at;
    size_t length = tl_key_word_length(found);
    if (length != strlen(word) || memcmp(found, word, length) != 0)
        return false;
    reader->at += length;
    return true;
}

tl_status tl_key_fail_at(struct tl_key_reader *reader, size_t at, tl_status status)
{
    *reader->column = at + 1;
    return status;
}

enum { FOUND_MAX = 40 };

tl_status tl_key_expected(struct tl_key_reader *reader, const char *expected)
{
    (void)tl_key_peek(reader);
    const char *found = reader->text + reader->at, *behind = found;
    size_t length = tl_key_word_length(found);
    if (length == 0)
        while (tl_key_is_digit(found[length]))
            length++;
    if (length == 0 && tl_text_next(&behind) != 0)
        length = (size_t)(behind - found);
    length = tl_text_cut(found, length > FOUND_MAX ? FOUND_MAX : length);
    if (length == 0)
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "expected %s, found the end of the key", expected);
    else
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "expected %s, found '%.*s'", expected, (int)length, found);
    return tl_key_fail_at(reader, reader->at, TL_ERR_INPUT);
}

tl_status tl_key_take(struct tl_key_reader *reader, char c, const char *expected)
{
    if (tl_key_peek(reader) != c)
        return tl_key_expected(reader, expected);
    reader->at++;
    return TL_OK;
}

/* What a number looks like before it is read. */
struct shape {
    char text[64]; /* without the spaces around `/` and before `%` */
    size_t length; /* in the key */
    bool has_comma, could_be_thousands, in_percent;
};

static size_t spaces_at(const char *s)
{
    size_t count = 0;
    while (is_space(s[count]))
        count++;
    return count;
}

/* Digits with at most one decimal mark. */
static size_t measure_decimal(struct shape *shape, const char *s)
{
    size_t whole = 0, length;
    while (tl_key_is_digit(s[whole]))
        whole++;
    if (whole == 0 || (s[whole] != '.' && s[whole] != ',') || !tl_key_is_digit(s[whole + 1]))
        return whole;
    for (length = whole + 1; tl_key_is_digit(s[length]);)
        length++;
    shape->has_comma = shape->has_comma || s[whole] == ',';
    /* 150.000, but neither 0.125 nor 150.0000 */
    if (length - whole == 4 && whole <= 3 && !(whole == 1 && s[0] == '0'))
        shape->could_be_thousands = true;
    return length;
}

static struct shape measure_number(const char *s)
{
    struct shape shape = {.length = 0};
    size_t length = measure_decimal(&shape, s), used = 0;
    size_t spaces = spaces_at(s + length);
    if (s[length + spaces] == '/') {
        size_t divisor = length + spaces + 1;
        divisor += spaces_at(s + divisor);
        size_t more = measure_decimal(&shape, s + divisor);
        length = more == 0 ? length : divisor + more;
    }
    spaces = spaces_at(s + length);
    shape.in_percent = s[length + spaces] == '%';
    if (shape.in_percent) {
        length += spaces + 1;
        shape.could_be_thousands = false;
    }
    for (size_t i = 0; i < length && used < sizeof shape.text - 1; i++)
        if (!is_space(s[i]))
            shape.text[used++] = s[i];
    shape.length = length;
    return shape;
}

const char *tl_key_write_number(struct tl_ratio ratio, char into[TL_KEY_NUMBER_SIZE])
{
    tl_ratio_text(ratio, into);
    if (measure_number(into).could_be_thousands)
        strcat(into, "0");
    return into;
}

const char *tl_key_write_percent(struct tl_ratio ratio, char into[TL_KEY_NUMBER_SIZE])
{
    tl_ratio_percent(ratio, into);
    return strchr(into, '%') == NULL ? tl_key_write_number(ratio, into) : into;
}

/* What is accepted must print in a form that is accepted again. */
static bool prints_back(struct tl_ratio ratio)
{
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_ratio again;
    char text[TL_KEY_NUMBER_SIZE];
    return tl_ratio_parse(&again, tl_key_write_number(ratio, text), &ignored) == TL_OK &&
           tl_ratio_parse(&again, tl_key_write_percent(ratio, text), &ignored) == TL_OK;
}

static tl_status check_shape(const struct shape *shape, const struct tl_key_reader *reader)
{
    if (shape->has_comma && reader->depth > 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' could be one number or two", shape->text);
        tl_err_hint(reader->err, "inside parentheses write a decimal dot, and a space behind a comma");
        return TL_ERR_INPUT;
    }
    if (shape->could_be_thousands) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' could mean two things", shape->text);
        tl_err_hint(reader->err, "write no thousands marks; if the mark parts decimals, write another 0 behind them");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

tl_status tl_key_take_number(struct tl_ratio *out, bool *in_percent, struct tl_key_reader *reader)
{
    if (!tl_key_is_digit(tl_key_peek(reader)))
        return tl_key_expected(reader, "a number");
    struct shape shape = measure_number(reader->text + reader->at);
    tl_status status = check_shape(&shape, reader);
    if (status == TL_OK)
        status = tl_ratio_parse(out, shape.text, reader->err);
    if (status == TL_OK && !prints_back(*out))
        status = tl_err_set(reader->err, TL_ERR_RANGE, "'%s' has more than %d digits", shape.text, TL_RATIO_DIGITS_MAX);
    if (status != TL_OK)
        return tl_key_fail_at(reader, reader->at, status);
    if (in_percent != NULL)
        *in_percent = shape.in_percent;
    reader->at += shape.length;
    return TL_OK;
}

tl_status tl_key_take_label(const char **out, const char *what, struct tl_key_reader *reader)
{
    (void)tl_key_peek(reader);
    const char *start = reader->text + reader->at;
    size_t length = strcspn(start, ":,()"), used = 0;
    if (length == 0)
        return tl_key_expected(reader, what);
    char *label = tl_arena_alloc(reader->arena, length + 1, 1);
    if (label == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; i < length; i++) {
        if (!is_space(start[i]))
            label[used++] = start[i];
        else if (i + 1 < length && !is_space(start[i + 1]))
            label[used++] = ' ';
    }
    label[used] = '\0';
    reader->at += length;
    *out = label;
    return TL_OK;
}
