/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the exchange floor: the names of measures.
 */
#ifndef EXCHANGE_MEASURE_H
#define EXCHANGE_MEASURE_H

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

/* TL_ERR_INPUT unless keys can name that measure, so that a key finds its figures, and it is written in small letters,
 * so that one measure has one name. TL_ERR_MEMORY. */
tl_status tl_measure_check(const char *name, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
