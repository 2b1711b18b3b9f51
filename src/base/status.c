/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/status.h"

#include <stdarg.h>
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

/* vsnprintf that never leaves half a UTF-8 character, at the end or within. */
TL_PRINTF(3, 0)
static void print_cut(char *into, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(into, size, format, arguments);
    if (length < 0)
        into[0] = '\0';
    else if ((size_t)length >= size)
        into[tl_text_cut(into, size - 1)] = '\0';
    drop_halves(into);
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
    int length = snprintf(err->where, sizeof err->where, "%s", file);
    if (length < 0 || (size_t)length >= sizeof err->where)
        return;
    size_t used = (size_t)length;
    if (line > 0 && column > 0)
        snprintf(err->where + used, sizeof err->where - used, ":%zu:%zu", line, column);
    else if (line > 0)
        snprintf(err->where + used, sizeof err->where - used, ":%zu", line);
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
