/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/source.h"

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

bool tl_source_accepts(uint32_t c)
{
    bool is_control = (c < 0x20 && c != '\n' && c != '\r' && c != '\t') || (c >= 0x7F && c < 0xA0);
    return !is_control && c != 0xFEFF && c != 0xFFFE && c != 0xFFFF;
}

/* `text` is a NUL-terminated copy, so that a NUL before its end is one of the file. */
static tl_status check_characters(const struct tl_source *source, const char *text, size_t length, struct tl_err *err)
{
    for (const char *at = text; at < text + length;) {
        const char *start = at;
        uint32_t c = tl_text_next(&at);
        if (tl_source_accepts(c))
            continue;
        (void)tl_err_set(err, TL_ERR_INPUT, "the file holds the control character U+%04X", (unsigned)c);
        say_where(source, text, start, err);
        tl_err_hint(err, c == 0 ? "is it a text file? save it as UTF-8" : "remove it");
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
    char *copy = tl_arena_copy(arena, text, valid);
    if (copy == NULL)
        return tl_err_memory(err);
    tl_status status = check_characters(source, copy, valid, err);
    if (status != TL_OK)
        return status;
    if (valid < length)
        return refuse_encoding(source, text, text + valid, err);
    *length_out = length;
    *out = copy;
    return TL_OK;
}

const char *tl_source_base_name(const struct tl_source *source)
{
    const char *slash = strrchr(source->name, '/');
    return slash == NULL ? source->name : slash + 1;
}
