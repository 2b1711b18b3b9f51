/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Weighing: what a key gives each member, exactly, and how that reads as a formula.
 */
#ifndef TILSLUT_KEY_KEY_WEIGH_H
#define TILSLUT_KEY_KEY_WEIGH_H

#include <stddef.h>

#include "key_tree.h"
#include "numbers.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/alloc.h"

/* The members a key runs over, by index, and where what is counted comes from. */
struct tl_key_source {
    size_t count;
    /* The figure of a member that counts; TL_ERR_MISSING names member, measure and date. */
    tl_status (*figure)(const struct tl_figure **out, size_t member, const char *measure, void *context,
                        struct tl_err *err);
    /* The name of the member's size class. */
    tl_status (*size_class)(const char **out, size_t member, void *context, struct tl_err *err);
    const char *(*code)(size_t member, void *context);
    void *context;
};

/* A key with the sums its parts were normalised by. Zero-initialise. */
struct tl_key_weights {
    const struct tl_key *key;
    struct tl_numbers numbers; /* a quantity, or shares that sum to 1 */
    struct tl_frac sum;        /* of the numbers */
    struct tl_frac *part_sums; /* of each part of each mix, in the order they are written */
    const char **part_texts;   /* the same, as written in a formula */
    size_t part_count;
    struct tl_arena arena;
};

/* Weighs the members. TL_ERR_INFEASIBLE: all weights of the key, or of one of its parts, are zero (names it), or
 * fixed percents of members who are not there. TL_ERR_MISSING: a figure, or the weight of a class or member.
 * TL_ERR_INPUT (a figure below zero), TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_key_weigh(struct tl_key_weights *out, const struct tl_key *key, const struct tl_key_source *source,
                       struct tl_err *err) TL_MUST_CHECK;
void tl_key_weights_release(struct tl_key_weights *weights);

/* What a quantity is for one member (key_quantity.c). */
tl_status tl_key_quantity(mpq_t out, const struct tl_key *key, size_t member, const struct tl_key_source *source,
                          struct tl_err *err) TL_MUST_CHECK;

/* TL_ERR_RANGE when a fraction has grown beyond what is computed with: figures with unrelated denominators can grow
 * numbers without end. */
tl_status tl_key_check_bits(mpq_srcptr value, struct tl_err *err) TL_MUST_CHECK;
enum { TL_KEY_BITS_MAX = 4096 };

/* Where a formula stands (key_working.c): alone, or multiplied with what is around it. */
typedef enum tl_key_place { TL_KEY_ALONE, TL_KEY_AS_FACTOR } tl_key_place;

/* Adds what a quantity is for one member, as a formula: `373388`, `(373388 + 1.8 x 468)`, `min(373388, 100000)`. */
tl_status tl_key_quantity_working(struct tl_buf *buf, const struct tl_key *key, size_t member, tl_key_place place,
                                  const struct tl_key_source *source, struct tl_err *err) TL_MUST_CHECK;

/* Adds a member's weight as a formula: a quantity as above, shares as `(25% x 1/31 + 75% x 373388/4123456)` or
 * `40%`. */
tl_status tl_key_working(struct tl_buf *buf, const struct tl_key_weights *weights, size_t member,
                         const struct tl_key_source *source, struct tl_err *err) TL_MUST_CHECK;

/* A number as a formula writes it: `373388`, `1.8`, and `(1/3)` where it has no finite decimals. In the arena;
 * NULL when memory is gone. */
const char *tl_key_number(mpq_srcptr value, struct tl_arena *arena) TL_MUST_CHECK;

#endif
