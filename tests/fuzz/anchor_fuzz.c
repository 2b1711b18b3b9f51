/* SPDX-License-Identifier: MPL-2.0 */
/* An anchor that is read is, written and read again, the same text. */
#include "fuzz.h"
#include "tilslut/exchange/anchor.h"

static void check_again(const struct tl_anchor *anchor, struct tl_arena *arena)
{
    struct tl_buf first = TL_BUF_EMPTY, second = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_anchor *again;
    size_t count;
    tl_anchor_write(&first, anchor);
    struct tl_source source = {"again.txt", tl_buf_string(&first), first.length};
    FUZZ_CHECK(tl_anchor_read(&again, &count, &source, arena, &err) == TL_OK && count == 1);
    tl_anchor_write(&second, again);
    FUZZ_CHECK(strcmp(tl_buf_string(&first), tl_buf_string(&second)) == 0);
    tl_buf_release(&first);
    tl_buf_release(&second);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_anchor *anchors;
    size_t count = 0;
    struct tl_source source = {"a.txt", (const char *)bytes, length};
    tl_status status = tl_anchor_read(&anchors, &count, &source, &arena, &err);
    fuzz_check_error(status, &err);
    FUZZ_CHECK(status != TL_OK || count > 0);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        check_again(&anchors[i], &arena);
    tl_arena_release(&arena);
    return 0;
}
