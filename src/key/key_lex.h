/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the parser of keys reads its text with: words, numbers, labels, and how it refuses.
 */
#ifndef TILSLUT_KEY_KEY_LEX_H
#define TILSLUT_KEY_KEY_LEX_H

#include <stdbool.h>
#include <stddef.h>

#include "key_tree.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

struct tl_key_reader {
    const char *text; /* valid UTF-8 */
    size_t at;
    size_t depth; /* of the parentheses `at` lies in */
    const struct tl_key_names *names;
    struct tl_arena *arena;
    size_t *column;
    struct tl_err *err;
};

bool tl_key_is_digit(char c);

/* The first character that is no space; *reader stands on it. */
char tl_key_peek(struct tl_key_reader *reader);

/* The length in bytes of the word (a measure's name) at `s`; 0 when there is none. */
size_t tl_key_word_length(const char *s);

/* Whether the next word is `word`, which is then read. */
bool tl_key_take_word(struct tl_key_reader *reader, const char *word);

/* Reads `c`, or refuses with "expected ..., found ...". */
tl_status tl_key_take(struct tl_key_reader *reader, char c, const char *expected) TL_MUST_CHECK;

/* `25%`, `1.8`, `2/3`. A comma is a decimal mark only outside parentheses, and what could be a thousands mark is
 * refused. *in_percent (unless NULL) tells whether it ended in a percent sign. */
tl_status tl_key_take_number(struct tl_ratio *out, bool *in_percent, struct tl_key_reader *reader) TL_MUST_CHECK;

/* The text before the next `:`, without spaces around and with single spaces inside; `what` names it in a refusal. */
tl_status tl_key_take_label(const char **out, const char *what, struct tl_key_reader *reader) TL_MUST_CHECK;

/* TL_ERR_INPUT "expected ..., found ..." at the present place. */
tl_status tl_key_expected(struct tl_key_reader *reader, const char *expected);

/* Notes the column of the byte `at`, for an error that is already told. */
tl_status tl_key_fail_at(struct tl_key_reader *reader, size_t at, tl_status status);

enum { TL_KEY_NUMBER_SIZE = TL_RATIO_TEXT_SIZE + 1 };

/* The ratio in a form that tl_key_take_number reads back as the same. Returns `into`. */
const char *tl_key_write_number(struct tl_ratio ratio, char into[TL_KEY_NUMBER_SIZE]);
const char *tl_key_write_percent(struct tl_ratio ratio, char into[TL_KEY_NUMBER_SIZE]);

#endif
