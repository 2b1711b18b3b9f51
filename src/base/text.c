/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/text.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_continuation(unsigned char byte)
{
    return (byte & 0xC0U) == 0x80U;
}

size_t tl_text_cut(const char *bytes, size_t length)
{
    size_t start = length;
    while (start > 0 && is_continuation((unsigned char)bytes[start - 1]))
        start--;
    if (start == 0)
        return 0;
    size_t whole = tl_text_valid_utf8(bytes + start - 1, length - start + 1);
    return whole == length - start + 1 ? length : start - 1;
}

/* The length of the valid character at `s`, which has `left` bytes; 0 when it is not valid. */
static size_t character_length(const unsigned char *s, size_t left)
{
    if (s[0] < 0x80U)
        return 1;
    size_t length = s[0] >= 0xF0U ? 4 : s[0] >= 0xE0U ? 3 : 2;
    if (s[0] < 0xC2U || s[0] > 0xF4U || left < length)
        return 0;
    for (size_t i = 1; i < length; i++)
        if (!is_continuation(s[i]))
            return 0;
    if ((s[0] == 0xE0U && s[1] < 0xA0U) || (s[0] == 0xEDU && s[1] > 0x9FU) || (s[0] == 0xF0U && s[1] < 0x90U) ||
        (s[0] == 0xF4U && s[1] > 0x8FU))
        return 0;
    return length;
}

size_t tl_text_valid_utf8(const char *bytes, size_t length)
{
    size_t at = 0;
    while (at < length) {
        size_t step = character_length((const unsigned char *)bytes + at, length - at);
        if (step == 0)
            break;
        at += step;
    }
    return at;
}

uint32_t tl_text_next(const char **at)
{
    const unsigned char *s = (const unsigned char *)*at;
    if (s[0] == 0)
        return 0;
    if (s[0] < 0x80U) {
        *at += 1;
        return s[0];
    }
    size_t length = s[0] >= 0xF0U ? 4 : s[0] >= 0xE0U ? 3 : 2;
    uint32_t character = s[0] & (0xFFU >> (length + 1));
    for (size_t i = 1; i < length; i++)
        character = character << 6 | (s[i] & 0x3FU);
    *at += length;
    return character;
}

size_t tl_text_characters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++)
        if (!is_continuation((unsigned char)*text))
            count++;
    return count;
}

enum { LETTER_AE = 0x1000, LETTER_OE, LETTER_AA };

/* The place of the next letter in the Danish alphabet; "aa" counts as one letter, å. */
static uint32_t next_letter(const char **at)
{
    uint32_t c = tl_text_next(at);
    if (c >= 'A' && c <= 'Z')
        c += 'a' - 'A';
    switch (c) {
    case 0xC6:
    case 0xE6:
        return LETTER_AE;
    case 0xD8:
    case 0xF8:
        return LETTER_OE;
    case 0xC5:
    case 0xE5:
        return LETTER_AA;
    case 'a':
        if (**at == 'a' || **at == 'A') {
            (*at)++;
            return LETTER_AA;
        }
        return 'a';
    case 0xC9:
    case 0xE9:
        return 'e';
    case 0xD6:
    case 0xF6:
        return LETTER_OE;
    case 0xC4:
    case 0xE4:
        return LETTER_AE;
    default:
        return c;
    }
}

int tl_text_compare_da(const char *a, const char *b)
{
    const char *at_a = a, *at_b = b;
    for (;;) {
        uint32_t x = next_letter(&at_a), y = next_letter(&at_b);
        if (x != y)
            return x < y ? -1 : 1;
        if (x == 0)
            return strcmp(a, b);
    }
}

void tl_text_lower(char *text)
{
    for (unsigned char *s = (unsigned char *)text; *s != '\0'; s++) {
        if (*s >= 'A' && *s <= 'Z')
            *s = (unsigned char)(*s + ('a' - 'A'));
        else if (*s == 0xC3U && s[1] >= 0x80U && s[1] <= 0x9EU && s[1] != 0x97U)
            s[1] = (unsigned char)(s[1] + 0x20U);
    }
}

bool tl_text_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

enum { NEAREST_MAX_BYTES = 63 };

/* Levenshtein distance over bytes; both at most NEAREST_MAX_BYTES long. */
static size_t edit_distance(const char *a, size_t length_a, const char *b, size_t length_b)
{
    size_t row[NEAREST_MAX_BYTES + 1];
    for (size_t j = 0; j <= length_b; j++)
        row[j] = j;
    for (size_t i = 1; i <= length_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            size_t change = diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U);
            diagonal = row[j];
            size_t smallest = row[j] < row[j - 1] ? row[j] + 1 : row[j - 1] + 1;
            row[j] = change < smallest ? change : smallest;
        }
    }
    return row[length_b];
}

const char *tl_text_nearest(const char *word, const char *const *words)
{
    size_t length = strlen(word);
    if (length > NEAREST_MAX_BYTES)
        return NULL;
    size_t limit = length / 3 > 2 ? length / 3 : 2;
    const char *nearest = NULL;
    for (; *words != NULL; words++) {
        size_t other = strlen(*words);
        if (other > NEAREST_MAX_BYTES)
            continue;
        size_t distance = edit_distance(word, length, *words, other);
        if (distance <= limit && distance < (length > other ? length : other)) {
            nearest = *words;
            if (distance == 0)
                break;
            limit = distance - 1;
        }
    }
    return nearest;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

bool tl_text_is_code(const char *text)
{
    size_t length = strlen(text);
    if (length == 0 || length > 40 || !is_alphanumeric(text[0]))
        return false;
    for (const char *c = text; *c != '\0'; c++)
        if (!is_alphanumeric(*c) && *c != '-' && *c != '_')
            return false;
    return true;
}

void tl_buf_release(struct tl_buf *buf)
{
    free(buf->bytes);
    *buf = (struct tl_buf)TL_BUF_EMPTY;
}

/* Room for `length` more bytes and a NUL. */
static bool make_room(struct tl_buf *buf, size_t length)
{
    if (buf->failed)
        return false;
    if (length > SIZE_MAX / 4 || buf->length > SIZE_MAX / 4) {
        buf->failed = true;
        return false;
    }
    size_t needed = buf->length + length + 1;
    if (needed <= buf->capacity)
        return true;
    size_t capacity = buf->capacity < 64 ? 64 : buf->capacity;
    while (capacity < needed)
        capacity *= 2;
    char *larger = realloc(buf->bytes, capacity);
    if (larger == NULL) {
        buf->failed = true;
        return false;
    }
    buf->bytes = larger;
    buf->capacity = capacity;
    return true;
}

void tl_buf_add(struct tl_buf *buf, const char *bytes, size_t length)
{
    if (!make_room(buf, length))
        return;
    if (length > 0)
        memcpy(buf->bytes + buf->length, bytes, length);
    buf->length += length;
    buf->bytes[buf->length] = '\0';
}

void tl_buf_text(struct tl_buf *buf, const char *text)
{
    tl_buf_add(buf, text, strlen(text));
}

void tl_buf_format(struct tl_buf *buf, const char *format, ...)
{
    va_list arguments, again;
    if (!make_room(buf, 0))
        return;
    va_start(arguments, format);
    va_copy(again, arguments);
    size_t left = buf->capacity - buf->length;
    int length = vsnprintf(buf->bytes + buf->length, left, format, arguments);
    va_end(arguments);
    if (length < 0)
        buf->failed = true;
    else if ((size_t)length < left)
        buf->length += (size_t)length;
    else if (make_room(buf, (size_t)length)) {
        vsnprintf(buf->bytes + buf->length, (size_t)length + 1, format, again);
        buf->length += (size_t)length;
    } else
        buf->bytes[buf->length] = '\0';
    va_end(again);
}

void tl_buf_number(struct tl_buf *buf, int64_t number)
{
    char digits[24];
    size_t at = sizeof digits;
    uint64_t rest = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do {
        digits[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (number < 0)
        digits[--at] = '-';
    tl_buf_add(buf, digits + at, sizeof digits - at);
}

void tl_buf_line_of(struct tl_buf *buf, const char *name, const char *bytes, size_t length)
{
    tl_buf_text(buf, name);
    if (length > SIZE_MAX / 8) {
        buf->failed = true;
        return;
    }
    if (!make_room(buf, 2 * length + 2))
        return;
    char *to = buf->bytes + buf->length;
    *to++ = ' ';
    for (size_t i = 0; i < length; i++) {
        bool escaped = bytes[i] == '\\' || bytes[i] == '\n';
        if (escaped)
            *to++ = '\\';
        *to++ = (char)(bytes[i] == '\n' ? 'n' : bytes[i]);
    }
    *to++ = '\n';
    *to = '\0';
    buf->length = (size_t)(to - buf->bytes);
}

void tl_buf_line(struct tl_buf *buf, const char *name, const char *text)
{
    tl_buf_line_of(buf, name, text, strlen(text));
}

const char *tl_buf_string(const struct tl_buf *buf)
{
    return buf->bytes == NULL ? "" : buf->bytes;
}

tl_status tl_buf_status(const struct tl_buf *buf, struct tl_err *err)
{
    return buf->failed ? tl_err_memory(err) : TL_OK;
}
