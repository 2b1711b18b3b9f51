/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE_BYTES = 16 * 1024 };

struct tl_arena_block {
    struct tl_arena_block *older;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
};

void tl_arena_release(struct tl_arena *arena)
{
    struct tl_arena_block *block = arena->newest;
    while (block != NULL) {
        struct tl_arena_block *older = block->older;
        free(block);
        block = older;
    }
    arena->newest = NULL;
}

void tl_arena_take(struct tl_arena *arena, struct tl_arena *from)
{
    struct tl_arena_block *oldest = from->newest;
    while (oldest != NULL && oldest->older != NULL)
        oldest = oldest->older;
    if (oldest != NULL && arena->newest != NULL) {
        oldest->older = arena->newest->older;
        arena->newest->older = from->newest;
    } else if (oldest != NULL)
        arena->newest = from->newest;
    from->newest = NULL;
}

static struct tl_arena_block *add_block(struct tl_arena *arena, size_t needed)
{
    size_t size = needed > BLOCK_SIZE_BYTES ? needed : BLOCK_SIZE_BYTES;
    if (size > SIZE_MAX - sizeof(struct tl_arena_block))
        return NULL;
    struct tl_arena_block *block = malloc(sizeof *block + size);
    if (block == NULL)
        return NULL;
    *block = (struct tl_arena_block){.older = arena->newest, .used = 0, .size = size};
    arena->newest = block;
    return block;
}

void *tl_arena_alloc(struct tl_arena *arena, size_t count, size_t size)
{
    const size_t alignment = alignof(max_align_t);
    if (size != 0 && count > (SIZE_MAX - alignment) / size)
        return NULL;
    size_t needed = (count * size + alignment - 1) / alignment * alignment;
    struct tl_arena_block *block = arena->newest;
    if (block == NULL || block->size - block->used < needed)
        block = add_block(arena, needed);
    if (block == NULL)
        return NULL;
    void *room = block->bytes + block->used;
    block->used += needed;
    memset(room, 0, needed);
    return room;
}

char *tl_arena_copy(struct tl_arena *arena, const char *bytes, size_t length)
{
    if (length == SIZE_MAX)
        return NULL;
    char *copy = tl_arena_alloc(arena, length + 1, 1);
    if (copy != NULL && length > 0)
        memcpy(copy, bytes, length);
    return copy;
}

char *tl_arena_text(struct tl_arena *arena, const char *text)
{
    return tl_arena_copy(arena, text, strlen(text));
}

char *tl_arena_format(struct tl_arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : tl_arena_alloc(arena, (size_t)length + 1, 1);
    if (text != NULL)
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void *tl_arena_grow(struct tl_arena *arena, void *items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return items;
    if (*capacity > SIZE_MAX / 2)
        return NULL;
    size_t larger = *capacity == 0 ? 8 : *capacity * 2;
    void *moved = tl_arena_alloc(arena, larger, size);
    if (moved == NULL)
        return NULL;
    if (count > 0)
        memcpy(moved, items, count * size);
    *capacity = larger;
    return moved;
}
