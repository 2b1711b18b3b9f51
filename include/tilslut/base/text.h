/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Text: UTF-8, the Danish alphabet's order, nearest words, and a growing buffer.
 */
#ifndef TILSLUT_BASE_TEXT_H
#define TILSLUT_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"

/* The largest length <= `length` that does not end inside a UTF-8 character of `bytes`. */
size_t tl_text_cut(const char *bytes, size_t length);

/* The length in bytes of the valid UTF-8 (RFC 3629: no overlong forms, no surrogates) that `bytes`
 * starts with; `length` when all of it is valid. */
size_t tl_text_valid_utf8(const char *bytes, size_t length);

/* Reads one character of valid UTF-8 at *at and moves *at behind it; 0 at the end of the string. */
uint32_t tl_text_next(const char **at);

/* How many characters (code points) a valid UTF-8 string has. */
size_t tl_text_characters(const char *text);

/* <0, 0 or >0 by the order of the Danish alphabet (Dansk Sprognævn, Retskrivningsordbogen §§ 5-6):
 * a..z æ ø å, "aa" sorts as å, case is ignored unless all else is equal. Digits come before letters. */
int tl_text_compare_da(const char *a, const char *b);

/* Lower case for ASCII and Danish letters, in place; the length in bytes stays. */
void tl_text_lower(char *text);

bool tl_text_equal(const char *a, const char *b);

/* The word of `words` (NULL-terminated) nearest to `word` by edit distance, or NULL when none is
 * near enough (more than a third of the word's length, at least 2, edits away). */
const char *tl_text_nearest(const char *word, const char *const *words);

/* A code that can be part of a file name on any system: 1 to 40 of A-Z a-z 0-9 - and _,
 * beginning with a letter or digit. Anything else (dots, slashes, spaces) is not a code. */
bool tl_text_is_code(const char *text);

/* A growing string. Zero-initialise; failures are sticky and told by tl_buf_status. */
struct tl_buf {
    char *bytes; /* NUL-terminated once anything was added; NULL before */
    size_t length, capacity;
    bool failed;
};

#define TL_BUF_EMPTY                                                                                                   \
    {                                                                                                                  \
        NULL, 0, 0, false                                                                                              \
    }

void tl_buf_release(struct tl_buf *buf);
void tl_buf_add(struct tl_buf *buf, const char *bytes, size_t length);
void tl_buf_text(struct tl_buf *buf, const char *text);
void tl_buf_format(struct tl_buf *buf, const char *format, ...) TL_PRINTF(2, 3);

/* `name text` on a line of its own; backslash and line feed in the text are written \\ and \n, so that no text can
 * look like two lines. The form in which facts are put under a digest. */
void tl_buf_line(struct tl_buf *buf, const char *name, const char *text);
/* The same for `length` bytes, whatever they are. */
void tl_buf_line_of(struct tl_buf *buf, const char *name, const char *bytes, size_t length);
/* A whole number in decimal digits. */
void tl_buf_number(struct tl_buf *buf, int64_t number);

/* The string so far, "" when empty. Borrowed until the next change. */
const char *tl_buf_string(const struct tl_buf *buf);

/* TL_OK, or TL_ERR_MEMORY when any addition failed. */
tl_status tl_buf_status(const struct tl_buf *buf, struct tl_err *err) TL_MUST_CHECK;

#endif
