/* SPDX-License-Identifier: MPL-2.0 */
/* A template is filled in or refused with its place; what is filled in is text that can be printed. */
#include "fuzz.h"
#include "tilslut/report/template.h"

static void ignore(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    (void)nearest;
    (void)context;
    FUZZ_CHECK(unknown[0] != '\0' && line > 0 && column > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const char *const known[] = {"name", "note", "party.cvr", "lines.id", "lines.parts.amount", NULL};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE, check_err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    size_t unknown_count;
    char *text = tl_arena_copy(&arena, (const char *)bytes, length);
    struct tl_fields *root = tl_fields_new(&arena);
    FUZZ_CHECK(text != NULL && root != NULL);
    tl_fields_text(root, "name", "Aarhus *{{note}}* | # 1.");
    tl_fields_text(root, "note", "");
    tl_fields_text(tl_fields_row(root, "party"), "cvr", "55133018");
    for (int i = 0; i < 3; i++) {
        struct tl_fields *line = tl_fields_row(root, "lines");
        tl_fields_text(line, "id", "joining");
        tl_fields_text(tl_fields_row(line, "parts"), "amount", "12,50 kr.");
    }
    tl_status status = tl_template_render(&out, text, "t.md", root, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "t.md");
    FUZZ_CHECK(status != TL_OK || out.length == tl_text_valid_utf8(tl_buf_string(&out), out.length));
    tl_status checked = tl_template_check(text, "t.md", known, ignore, NULL, &unknown_count, &check_err);
    fuzz_check_error(checked, &check_err);
    tl_buf_release(&out);
    tl_arena_release(&arena);
    return 0;
}
