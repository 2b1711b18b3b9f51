/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who is who: the rule of two people compares the names that acts were recorded under.
 */
#ifndef TILSLUT_AGREEMENT_ACTOR_H
#define TILSLUT_AGREEMENT_ACTOR_H

#include <stdbool.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

/* Whether two names are one person's: the same name in other letters or with other spaces is; the schema holds any
 * other program to it. TL_ERR_MEMORY. */
tl_status tl_actor_is_same(bool *out, const char *a, const char *b, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

#endif
