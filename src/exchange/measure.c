/* SPDX-License-Identifier: MPL-2.0 */
#include "measure.h"

#include "tilslut/base/text.h"
#include "tilslut/key/key.h"

static tl_status note_same(const char *measure, void *context)
{
    const char **name = context;
    if (*name != NULL && tl_text_equal(measure, *name))
        *name = NULL;
    return TL_OK;
}

bool tl_measure_is_name(const char *name, struct tl_arena *arena)
{
    struct tl_err ignored = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column;
    char *small = tl_arena_text(arena, name);
    if (small == NULL)
        return false;
    tl_text_lower(small);
    /* the name read as a key is that measure and nothing else */
    return tl_text_equal(small, name) && tl_key_parse(&key, name, &column, arena, &ignored) == TL_OK &&
           tl_key_measures(key, note_same, &name) == TL_OK && name == NULL;
}
