/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Fractions whose digits lie in an arena. A result holds several per share; they are read, never changed,
 * and go with the arena, so that a million of them need no million calls of free.
 */
#ifndef TILSLUT_KEY_KEEP_H
#define TILSLUT_KEY_KEEP_H

#include <stdbool.h>

#include "tilslut/base/arena.h"
#include "tilslut/money/frac.h"

/* 0/1, which needs no memory. */
void tl_keep_zero(struct tl_frac *out);

/* A copy of `value` (in lowest terms); false when memory is gone. */
bool tl_keep(struct tl_frac *out, mpq_srcptr value, struct tl_arena *arena) TL_MUST_CHECK;

#endif
