/* SPDX-License-Identifier: MPL-2.0 */
#include "allocation_members.h"

#include <stdlib.h>
#include <string.h>

static int by_code(const void *a, const void *b)
{
    const struct tl_member *const *left = a, *const *right = b;
    return strcmp((*left)->code, (*right)->code);
}

tl_status tl_allocation_members_find(struct tl_allocation_members *out, const struct tl_allocation *allocation,
                                     struct tl_arena *arena, struct tl_err *err)
{
    size_t most = 0;
    for (size_t i = 0; i < allocation->line_count; i++)
        most += allocation->lines[i].share_count;
    out->items = tl_arena_alloc(arena, most, sizeof(struct tl_member *));
    if (out->items == NULL)
        return tl_err_memory(err);
    size_t found = 0;
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t s = 0; s < allocation->lines[i].share_count; s++)
            out->items[found++] = allocation->lines[i].shares[s].member;
    if (found > 0)
        qsort(out->items, found, sizeof *out->items, by_code);
    out->count = 0;
    for (size_t i = 0; i < found; i++)
        if (out->count == 0 || strcmp(out->items[out->count - 1]->code, out->items[i]->code) != 0)
            out->items[out->count++] = out->items[i];
    return TL_OK;
}

const struct tl_share *tl_allocation_members_classed(const struct tl_allocation *allocation, const char *code)
{
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t s = 0; s < allocation->lines[i].share_count; s++) {
            const struct tl_share *share = &allocation->lines[i].shares[s];
            if (share->size_class != NULL && strcmp(share->member->code, code) == 0)
                return share;
        }
    return NULL;
}
