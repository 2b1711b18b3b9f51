/* SPDX-License-Identifier: MPL-2.0 */
#include "safe_text.h"

#include <inttypes.h>
#include <string.h>

struct range {
    uint32_t first, last;
};

/* Controls (C0, DEL, C1), the invisible marks of spaces, lines and direction, and what is no character (U+FFFE,
 * U+FFFF). */
static bool is_unsafe(uint32_t character)
{
    static const struct range unsafe[] = {{0x1, 0x1F},      {0x7F, 0x9F},     {0x200B, 0x200F}, {0x2028, 0x202E},
                                          {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFFE, 0xFFFF}};
    for (size_t i = 0; i < sizeof unsafe / sizeof *unsafe; i++)
        if (character >= unsafe[i].first && character <= unsafe[i].last)
            return true;
    return false;
}

void tl_safe_text_add(struct tl_buf *out, const char *text)
{
    for (size_t left = strlen(text); left > 0; left = strlen(text)) {
        size_t valid = tl_text_valid_utf8(text, left);
        for (const char *end = text + valid; text < end;) {
            const char *start = text;
            uint32_t character = tl_text_next(&text);
            if (!is_unsafe(character))
                tl_buf_add(out, start, (size_t)(text - start));
            else
                tl_buf_format(out, character < 0x100 ? "\\x%02" PRIx32 : "\\u%04" PRIx32, character);
        }
        if (valid < left)
            tl_buf_format(out, "\\x%02x", (unsigned char)*text++);
    }
}
