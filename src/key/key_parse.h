/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The parser's two halves: key_parse.c reads mixes, measures and names, key_function.c what stands in the
 * parentheses of a function.
 */
#ifndef TILSLUT_KEY_KEY_PARSE_H
#define TILSLUT_KEY_KEY_PARSE_H

#include "key_lex.h"
#include "tilslut/money/frac.h"

/* A key of that kind, or NULL with the error told. */
struct tl_key *tl_key_new(tl_key_kind kind, struct tl_key_reader *reader);

/* Notes how large the key is, with what it is made of. TL_ERR_RANGE when it has grown too large. */
tl_status tl_key_measure_size(struct tl_key *key, struct tl_key_reader *reader) TL_MUST_CHECK;

/* A measure, a name, a function or a key in parentheses. */
tl_status tl_key_parse_term(const struct tl_key **out, struct tl_key_reader *reader) TL_MUST_CHECK;

/* Enters and leaves parentheses; the depth is bounded. */
tl_status tl_key_enter(struct tl_key_reader *reader) TL_MUST_CHECK;
tl_status tl_key_leave(struct tl_key_reader *reader, const char *expected) TL_MUST_CHECK;

/* Refuses percents that do not sum to 100 %, at byte `at`; `what` is "weights" or "percents". */
tl_status tl_key_check_sum(const struct tl_frac *sum, const char *what, size_t at,
                           struct tl_key_reader *reader) TL_MUST_CHECK;

typedef tl_status tl_key_function(const struct tl_key **out, struct tl_key_reader *reader);

/* The function of that name (`length` bytes), or NULL. */
tl_key_function *tl_key_find_function(const char *name, size_t length);

#endif
