/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Allocation keys (fordelingsnøgler): the rule that turns members into shares, as a small expression
 * language with exact values.
 */
#ifndef TILSLUT_KEY_KEY_H
#define TILSLUT_KEY_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

/* A parsed key. Immutable, in the arena it was parsed into. */
struct tl_key;

/* Parses a key such as `25% equal + 75% population`. On TL_ERR_INPUT the message says what was expected and
 * *column (from 1, in bytes of `text`) where; TL_ERR_RANGE when a bound of length, depth or digits is passed. */
tl_status tl_key_parse(const struct tl_key **out, const char *text, size_t *column, struct tl_arena *arena,
                       struct tl_err *err) TL_MUST_CHECK;

/* The canonical form; parsing it gives the same key. In the arena; NULL when memory is gone. */
const char *tl_key_text(const struct tl_key *key, struct tl_arena *arena) TL_MUST_CHECK;

/* Calls `visit` for each measure the key needs, once each, in order of first use. Stops at the first
 * status that is not TL_OK and returns it. */
tl_status tl_key_measures(const struct tl_key *key, tl_status (*visit)(const char *measure, void *context),
                          void *context) TL_MUST_CHECK;

#endif
