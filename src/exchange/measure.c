/* SPDX-License-Identifier: MPL-2.0 */
#include "measure.h"

#include <stdbool.h>

#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/key/key.h"

static tl_status note_same(const char *measure, void *context)
{
    const char **name = context;
    if (*name != NULL && tl_text_equal(measure, *name))
        *name = NULL;
    return TL_OK;
}

/* True when the name read as a key is that measure and nothing else. */
static bool is_measure(const char *name, struct tl_arena *arena, tl_status *status)
{
    struct tl_err ignored = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column;
    *status = tl_key_parse(&key, name, &column, arena, &ignored);
    return *status == TL_OK && tl_key_measures(key, note_same, &name) == TL_OK && name == NULL;
}

tl_status tl_measure_check(const char *name, struct tl_arena *arena, struct tl_err *err)
{
    char *small = tl_arena_text(arena, name);
    if (small == NULL)
        return tl_err_memory(err);
    tl_text_lower(small);
    tl_status status;
    if (is_measure(name, arena, &status) && tl_text_equal(small, name))
        return TL_OK;
    if (status == TL_ERR_MEMORY)
        return tl_err_memory(err);
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.*s' is not the name of a measure", QUOTED(name));
    tl_err_hint(err, "a measure is named as in a key, in small letters, such as population or users");
    return TL_ERR_INPUT;
}
