/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Weighing: what a key gives each member, exactly, and how that reads as a formula.
 */
#ifndef TILSLUT_KEY_KEY_WEIGH_H
#define TILSLUT_KEY_KEY_WEIGH_H

#include <stdbool.h>
#include <stddef.h>

#include "numbers.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/alloc.h"
#include "tilslut/key/key.h"

/* The members a key runs over, by index, and where their figures come from. */
struct tl_key_source {
    size_t count;
    /* The figure of a member that counts; TL_ERR_MISSING names member, measure and date. */
    tl_status (*figure)(const struct tl_figure **out, size_t member, const char *measure, void *context,
                        struct tl_err *err);
    void *context;
};

/* A key with the sums its parts were normalised by. Zero-initialise. */
struct tl_key_weights {
    const struct tl_key *key;
    struct tl_numbers numbers; /* a quantity: its values; a mix: shares that sum to 1 */
    struct tl_frac sum;        /* of the numbers */
    struct tl_frac *part_sums; /* of each part of each mix, in the order they are written */
    const char **part_texts;   /* the same, as written in a formula */
    size_t part_count;
    struct tl_arena arena;
};

/* Weighs the members. TL_ERR_INFEASIBLE: all weights of the key, or of one of its parts, are zero (names it).
 * TL_ERR_MISSING, TL_ERR_INPUT (a figure below zero), TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_key_weigh(struct tl_key_weights *out, const struct tl_key *key, const struct tl_key_source *source,
                       struct tl_err *err) TL_MUST_CHECK;
void tl_key_weights_release(struct tl_key_weights *weights);

/* Whether the key is a mix, whose shares sum to 1. */
bool tl_key_is_mix(const struct tl_key *key);

/* A number as a formula writes it: `373388`, `1.8`, and `(1/3)` where it has no finite decimals. In the arena;
 * NULL when memory is gone. */
const char *tl_key_number(mpq_srcptr value, struct tl_arena *arena) TL_MUST_CHECK;

/* Adds a member's weight as a formula: `373388` for a quantity, `25% x 1/31 + 75% x 373388/4123456` for a mix. */
tl_status tl_key_working(struct tl_buf *buf, const struct tl_key_weights *weights, size_t member,
                         const struct tl_key_source *source, struct tl_err *err) TL_MUST_CHECK;

#endif
