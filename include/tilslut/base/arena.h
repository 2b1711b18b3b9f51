/* SPDX-License-Identifier: MPL-2.0 */
/*
 * An arena: many small allocations that live and die together.
 *
 * What a parse, a query or an allocation returns lies in one arena, so that ownership is one word
 * ("in the arena of ...") and release is one call.
 */
#ifndef TILSLUT_BASE_ARENA_H
#define TILSLUT_BASE_ARENA_H

#include <stddef.h>

#include "tilslut/base/status.h"

struct tl_arena_block;

struct tl_arena {
    struct tl_arena_block *newest;
};

#define TL_ARENA_EMPTY                                                                                                 \
    {                                                                                                                  \
        NULL                                                                                                           \
    }

/* Frees everything allocated from the arena, which can then be used anew. */
void tl_arena_release(struct tl_arena *arena);

/* Moves everything that was allocated from `from` into the arena, where it stays as it lies; `from` is empty then. */
void tl_arena_take(struct tl_arena *arena, struct tl_arena *from);

/* `count` zeroed objects of `size` bytes, aligned for any type; never NULL for 0 objects.
 * NULL when memory is gone or the product overflows. */
void *tl_arena_alloc(struct tl_arena *arena, size_t count, size_t size) TL_MUST_CHECK;

/* A copy of `length` bytes with a terminating NUL. NULL when memory is gone. */
char *tl_arena_copy(struct tl_arena *arena, const char *bytes, size_t length) TL_MUST_CHECK;

/* A copy of a string; NULL stays NULL only if memory is gone, `text` must not be NULL. */
char *tl_arena_text(struct tl_arena *arena, const char *text) TL_MUST_CHECK;

/* A formatted string. NULL when memory is gone. */
char *tl_arena_format(struct tl_arena *arena, const char *format, ...) TL_PRINTF(2, 3) TL_MUST_CHECK;

/* Room for one more in a growing array that lies in the arena: when `count` has reached `*capacity`,
 * the array is moved to one of twice the size. NULL when memory is gone. */
void *tl_arena_grow(struct tl_arena *arena, void *items, size_t count, size_t *capacity, size_t size) TL_MUST_CHECK;

#endif
