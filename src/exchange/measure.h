/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the exchange floor: the names of measures.
 */
#ifndef EXCHANGE_MEASURE_H
#define EXCHANGE_MEASURE_H

#include <stdbool.h>

#include "tilslut/base/arena.h"

/* True when keys can name that measure, so that a key finds its figures, and it is written in small letters, so that
 * one measure has one name. */
bool tl_measure_is_name(const char *name, struct tl_arena *arena);

#endif
