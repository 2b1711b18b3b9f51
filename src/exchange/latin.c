/* SPDX-License-Identifier: MPL-2.0 */
#include "latin.h"

tl_status latin_to_utf8(struct tl_source *out, const struct tl_source *source, struct tl_arena *arena,
                        struct tl_err *err)
{
    char *bytes = tl_arena_alloc(arena, source->length + 1, 2);
    size_t length = 0;
    if (bytes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < source->length; i++) {
        unsigned char c = (unsigned char)source->bytes[i];
        if (c >= 0x80)
            bytes[length++] = (char)(0xC0 | (c >> 6));
        bytes[length++] = (char)(c >= 0x80 ? 0x80 | (c & 0x3F) : c);
    }
    *out = (struct tl_source){source->name, bytes, length};
    return TL_OK;
}
