/* SPDX-License-Identifier: MPL-2.0 */
/* The canonical form of a key is a key, and its own canonical form. */
#include "fuzz.h"
#include "tilslut/key/key.h"

static void check_again(const struct tl_key *key, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *again;
    size_t column;
    const char *text = tl_key_text(key, arena);
    FUZZ_CHECK(text != NULL);
    tl_status status = tl_key_parse(&again, text, &column, arena, &err);
    /* the canonical form may be longer than what was written, and so pass a bound */
    FUZZ_CHECK(status == TL_OK || status == TL_ERR_RANGE);
    if (status == TL_OK)
        FUZZ_CHECK(strcmp(tl_key_text(again, arena), text) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column = 0;
    char *text = tl_arena_copy(&arena, (const char *)bytes, length);
    FUZZ_CHECK(text != NULL);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\x1B' ? ' ' : *c; /* files with control characters are refused before */
    tl_status status = tl_key_parse(&key, text, &column, &arena, &err);
    fuzz_check_error(status, &err);
    FUZZ_CHECK(status == TL_OK || (column >= 1 && column <= strlen(text) + 1));
    if (status == TL_OK)
        check_again(key, &arena);
    tl_arena_release(&arena);
    return 0;
}
