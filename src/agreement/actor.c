/* SPDX-License-Identifier: MPL-2.0 */
#include "actor.h"

#include <string.h>

#include "tilslut/base/text.h"

tl_status tl_actor_is_same(bool *out, const char *a, const char *b, struct tl_arena *arena, struct tl_err *err)
{
    char *x = tl_arena_text(arena, a), *y = tl_arena_text(arena, b);
    if (x == NULL || y == NULL)
        return tl_err_memory(err);
    tl_text_lower(x);
    tl_text_lower(y);
    for (;; x++, y++) {
        x += strspn(x, " ");
        y += strspn(y, " ");
        if (*x != *y || *x == '\0')
            break;
    }
    *out = *x == *y;
    return TL_OK;
}
