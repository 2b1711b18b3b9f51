/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Allocation keys (fordelingsnøgler): the rule that turns members into shares, as a small expression
 * language with exact values.
 *
 *     equal                                                the same for everybody
 *     population                                           in proportion to any measure
 *     25% equal + 75% population                           shares of several keys, weighted; the weights sum to 100 %
 *     sum(population, 1.8 * area)                          figures added, each times a factor
 *     min(population, 100000)   max(population, 5000)      a figure with an upper or lower limit
 *     slices(population: 1 up to 150000, 1/2 above)        each slice of a figure at its own rate
 *     brackets(population: 1 up to 20000, 3 above)         one value for all of a bracket
 *     sqrt(population, 2)                                  the square root, rounded half up to decimals
 *     class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)   by size class
 *     fixed(0751: 40%, 0851: 35%, 0461: 25%)               by member; percents sum to 100, weights need not
 *
 * src/key/README.md explains each.
 */
#ifndef TILSLUT_KEY_KEY_H
#define TILSLUT_KEY_KEY_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

/* A parsed key. Immutable, in the arena it was parsed into. */
struct tl_key;

/* Keys that others may name, so that terms define a key once and use it in several lines. */
struct tl_named_key {
    const char *name;
    const struct tl_key *key;
};

struct tl_key_names {
    const struct tl_named_key *items;
    size_t count;
};

/* Parses a key such as `25% equal + 75% population`. On TL_ERR_INPUT the message says what was expected and
 * *column (from 1, in bytes of `text`) where; TL_ERR_RANGE when a bound of length, depth, size or digits is passed. */
tl_status tl_key_parse(const struct tl_key **out, const char *text, size_t *column, struct tl_arena *arena,
                       struct tl_err *err) TL_MUST_CHECK;

/* The same, where a word that is one of `names` means that key and no measure. `names` and their keys must live as
 * long as the key. */
tl_status tl_key_parse_named(const struct tl_key **out, const char *text, const struct tl_key_names *names,
                             size_t *column, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Whether a key can have that name: a word, and none of the key language. TL_ERR_INPUT says why not. */
tl_status tl_key_check_name(const char *name, struct tl_err *err) TL_MUST_CHECK;

/* The canonical form; parsing it (with the same names) gives the same key. In the arena; NULL when memory is gone. */
const char *tl_key_text(const struct tl_key *key, struct tl_arena *arena) TL_MUST_CHECK;

/* The canonical form with named keys written out, which needs no names to be understood or parsed. In the arena;
 * NULL when memory is gone. */
const char *tl_key_text_full(const struct tl_key *key, struct tl_arena *arena) TL_MUST_CHECK;

/* Whether the key gives a quantity for each member, which a price per unit can count, and not shares of a whole. */
bool tl_key_is_quantity(const struct tl_key *key);

/* Calls `visit` for each measure the key needs, once each, in order of first use. Stops at the first
 * status that is not TL_OK and returns it. */
tl_status tl_key_measures(const struct tl_key *key, tl_status (*visit)(const char *measure, void *context),
                          void *context) TL_MUST_CHECK;

/* The same for the size classes, and for the members' codes, that the key names. */
tl_status tl_key_classes(const struct tl_key *key, tl_status (*visit)(const char *size_class, void *context),
                         void *context) TL_MUST_CHECK;
tl_status tl_key_members(const struct tl_key *key, tl_status (*visit)(const char *code, void *context),
                         void *context) TL_MUST_CHECK;

#endif
