/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A source: the bytes of a file that the caller has read, and the name to use in messages.
 *
 * Nothing on this floor opens a file. Positions in messages count from 1: lines by line feeds, columns in
 * characters (code points), as editors show them.
 */
#ifndef TILSLUT_EXCHANGE_SOURCE_H
#define TILSLUT_EXCHANGE_SOURCE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

struct tl_source {
    const char *name;  /* as the user gave it, for messages */
    const char *bytes; /* need not end with NUL */
    size_t length;
};

/* The text of a source and its length: a NUL-terminated copy in the arena, without the byte order mark, known to be
 * UTF-8 without NUL, other control characters (line feed, carriage return and tab are no such) and noncharacters.
 * TL_ERR_INPUT with the position of the first byte that is something else, and a hint when the file looks like ISO
 * 8859-1 or UTF-16. TL_ERR_RANGE when it is longer than `length_max` bytes. TL_ERR_MEMORY. */
tl_status tl_source_text(char **out, size_t *length_out, const struct tl_source *source, size_t length_max,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* True for the characters that a text may hold. Others have no use in a file and would reach the terminal with a
 * message: control characters but line feed, carriage return and tab; a byte order mark; U+FFFE and U+FFFF. */
bool tl_source_accepts(uint32_t character);

/* The name without directories: what is recorded as the source of a figure. Borrowed from the source. */
const char *tl_source_base_name(const struct tl_source *source);

#endif
