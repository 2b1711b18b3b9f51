/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/source.h"

#include <stdbool.h>
#include <string.h>

#include "tilslut/base/text.h"

static const char byte_order_mark[] = "\xEF\xBB\xBF";

enum { BYTE_ORDER_MARK_SIZE = sizeof byte_order_mark - 1 };

/* Says where `at` lies in the valid text that starts at `text`. */
static void say_where(const struct tl_source *source, const char *text, const char *at, struct tl_err *err)
{
    size_t line = 1, column = 1;
    for (; text < at; text++) {
        if (*text == '\n') {
            line++;
            column = 1;
        } else if (((unsigned char)*text & 0xC0U) != 0x80U) {
            column++;
        }
    }
    tl_err_at(err, source->name, line, column);
}

/* The letters that Danish text has in ISO 8859-1 (and Windows-1252): æ ø å Æ Ø Å é ö ä ü. */
static bool is_latin_letter(unsigned char byte)
{
    return memchr("\xE6\xF8\xE5\xC6\xD8\xC5\xE9\xF6\xE4\xFC", byte, 10) != NULL;
}

static tl_status refuse_encoding(const struct tl_source *source, const char *text, const char *at, struct tl_err *err)
{
    unsigned char byte = (unsigned char)*at;
    (void)tl_err_set(err, TL_ERR_INPUT, "the file is not UTF-8: the byte 0x%02X cannot stand here", byte);
    say_where(source, text, at, err);
    if (is_latin_letter(byte))
        tl_err_hint(err, "save the file as UTF-8; it is probably ISO 8859-1 (Windows-1252)");
    else if (source->length >= 2 &&
             (memcmp(source->bytes, "\xFF\xFE", 2) == 0 || memcmp(source->bytes, "\xFE\xFF", 2) == 0))
        tl_err_hint(err, "save the file as UTF-8; it is UTF-16");
    else
        tl_err_hint(err, "save the file as UTF-8");
    return err->status;
}

/* True for control characters that no text file needs: they would reach the terminal with a message. */
static bool is_control(const char *at, const char *end)
{
    unsigned char byte = (unsigned char)at[0];
    if (byte == 0xC2U && end - at > 1)
        return (unsigned char)at[1] < 0xA0U;
    return (byte < 0x20U && byte != '\n' && byte != '\r' && byte != '\t') || byte == 0x7FU;
}

static tl_status check_controls(const struct tl_source *source, const char *text, const char *end, struct tl_err *err)
{
    for (const char *at = text; at < end; at++) {
        if (!is_control(at, end))
            continue;
        unsigned code = (unsigned char)at[0] == 0xC2U ? (unsigned char)at[1] : (unsigned char)at[0];
        (void)tl_err_set(err, TL_ERR_INPUT, "the file holds a control character (U+%04X)", code);
        say_where(source, text, at, err);
        tl_err_hint(err, code == 0 ? "is it a text file? save it as UTF-8" : "remove it");
        return err->status;
    }
    return TL_OK;
}

tl_status tl_source_text(char **out, size_t *length_out, const struct tl_source *source, size_t length_max,
                         struct tl_arena *arena, struct tl_err *err)
{
    const char *text = source->bytes;
    size_t length = source->length;
    if (length > length_max) {
        (void)tl_err_set(err, TL_ERR_RANGE, "the file has %zu bytes, at most %zu are read", length, length_max);
        tl_err_at(err, source->name, 0, 0);
        return err->status;
    }
    if (length >= BYTE_ORDER_MARK_SIZE && memcmp(text, byte_order_mark, BYTE_ORDER_MARK_SIZE) == 0) {
        text += BYTE_ORDER_MARK_SIZE;
        length -= BYTE_ORDER_MARK_SIZE;
    }
    size_t valid = tl_text_valid_utf8(text, length);
    tl_status status = check_controls(source, text, text + valid, err);
    if (status != TL_OK)
        return status;
    if (valid < length)
        return refuse_encoding(source, text, text + valid, err);
    *length_out = length;
    *out = tl_arena_copy(arena, text, length);
    return *out == NULL ? tl_err_memory(err) : TL_OK;
}

const char *tl_source_base_name(const struct tl_source *source)
{
    const char *slash = strrchr(source->name, '/');
    return slash == NULL ? source->name : slash + 1;
}
