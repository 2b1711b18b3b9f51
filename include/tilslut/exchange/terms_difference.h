/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What two terms do not have alike, setting by setting. What means the same is no difference.
 */
#ifndef TILSLUT_EXCHANGE_TERMS_DIFFERENCE_H
#define TILSLUT_EXCHANGE_TERMS_DIFFERENCE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/terms_setting.h"

struct tl_terms_change {
    const struct tl_terms_setting *before, *after; /* one of them NULL where only one of the terms says it */
};

/* What a change is about: the text that binds beside the price list (purpose, notice, payment and how the agreement
 * follows later terms); the price list (classes, keys and all that lines say); or what nobody is bound by (the first
 * day, and worked examples). */
typedef enum tl_terms_part { TL_TERMS_PART_NONE, TL_TERMS_PART_TEXT, TL_TERMS_PART_PRICES } tl_terms_part;
tl_terms_part tl_terms_change_part(const struct tl_terms_change *change);

struct tl_terms_difference {
    struct tl_terms_change *changes;
    size_t count;
};

/* The differences of two lists of settings, in the order of the later terms, with what they took out in its place, and
 * the lines they took out behind the others. Of a line that only one of them has: what its file says of it. In the
 * arena; the settings are borrowed. TL_ERR_MEMORY. */
tl_status tl_terms_difference_find(struct tl_terms_difference *out, const struct tl_terms_settings *before,
                                   const struct tl_terms_settings *after, struct tl_arena *arena,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
