/* SPDX-License-Identifier: MPL-2.0 */
/* A published number is not negative, and is the same when it is written with a decimal comma and read again. */
#include "fuzz.h"
#include "tilslut/base/arena.h"
#include "tilslut/exchange/published_number.h"

static void check_again(struct tl_ratio ratio)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_ratio again;
    char text[TL_RATIO_TEXT_SIZE];
    tl_ratio_text(ratio, text);
    char *dot = strchr(text, '.');
    if (dot != NULL)
        *dot = ',';
    FUZZ_CHECK(tl_published_number_parse(&again, text, &err) == TL_OK);
    FUZZ_CHECK(tl_ratio_compare(ratio, again) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_ratio ratio;
    char *text = tl_arena_copy(&arena, (const char *)bytes, tl_text_valid_utf8((const char *)bytes, length));
    FUZZ_CHECK(text != NULL);
    for (char *c = text; *c != '\0'; c++)
        *c = *c == '\x1B' ? ' ' : *c; /* files with control characters are refused before */
    tl_status status = tl_published_number_parse(&ratio, text, &err);
    fuzz_check_error(status, &err);
    FUZZ_CHECK((status == TL_ERR_MISSING) == tl_published_number_is_missing(text));
    if (status == TL_OK) {
        FUZZ_CHECK(ratio.numerator >= 0 && ratio.denominator > 0);
        check_again(ratio);
    }
    tl_arena_release(&arena);
    return 0;
}
