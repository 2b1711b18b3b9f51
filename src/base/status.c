/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/status.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/base/text.h"

int tl_status_exit(tl_status status)
{
    switch (status) {
#define EXIT_OF(name, exit_status, meaning)                                                                            \
    case name:                                                                                                         \
        return exit_status;
        TL_STATUS_LIST(EXIT_OF)
#undef EXIT_OF
    }
    return 2;
}

const char *tl_status_text(tl_status status)
{
    switch (status) {
#define TEXT_OF(name, exit_status, meaning)                                                                            \
    case name:                                                                                                         \
        return meaning;
        TL_STATUS_LIST(TEXT_OF)
#undef TEXT_OF
    }
    return "unknown status";
}

/* A precision such as %.40s cuts by bytes: drops what it left of a character. */
static void drop_halves(char *text)
{
    size_t length = strlen(text), at = tl_text_valid_utf8(text, length);
    for (; at < length; at = tl_text_valid_utf8(text, length)) {
        memmove(text + at, text + at + 1, length - at);
        length--;
    }
}

/* Control characters, and those that turn the direction of writing: a message goes to a terminal, and may quote a
 * file. */
static bool is_control(uint32_t c)
{
    return (c < 0x20 && c != '\t') || (c >= 0x7F && c <= 0x9F) || (c >= 0x202A && c <= 0x202E) ||
           (c >= 0x2066 && c <= 0x2069);
}

static void disarm(char *text)
{
    for (const char *next = text; *text != '\0'; text += next - text)
        if (is_control(tl_text_next(&next)))
            memset(text, '?', (size_t)(next - text));
}

/* vsnprintf that never leaves half a UTF-8 character, at the end or within, nor anything that acts on a terminal. */
TL_PRINTF(3, 0)
static void print_cut(char *into, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(into, size, format, arguments);
    if (length < 0)
        into[0] = '\0';
    else if ((size_t)length >= size)
        into[tl_text_cut(into, size - 1)] = '\0';
    drop_halves(into);
    disarm(into);
}

TL_PRINTF(3, 4)
static void print(char *into, size_t size, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    print_cut(into, size, format, arguments);
    va_end(arguments);
}

tl_status tl_err_set(struct tl_err *err, tl_status status, const char *format, ...)
{
    if (err->status != TL_OK)
        return err->status;
    va_list arguments;
    va_start(arguments, format);
    print_cut(err->message, sizeof err->message, format, arguments);
    va_end(arguments);
    err->status = status;
    return status;
}

tl_status tl_err_memory(struct tl_err *err)
{
    return tl_err_set(err, TL_ERR_MEMORY, "out of memory");
}

void tl_err_at(struct tl_err *err, const char *file, size_t line, size_t column)
{
    if (err->where[0] != '\0')
        return;
    if (line > 0 && column > 0)
        print(err->where, sizeof err->where, "%s:%zu:%zu", file, line, column);
    else if (line > 0)
        print(err->where, sizeof err->where, "%s:%zu", file, line);
    else
        print(err->where, sizeof err->where, "%s", file);
}

void tl_err_hint(struct tl_err *err, const char *format, ...)
{
    if (err->hint[0] != '\0')
        return;
    va_list arguments;
    va_start(arguments, format);
    print_cut(err->hint, sizeof err->hint, format, arguments);
    va_end(arguments);
}
