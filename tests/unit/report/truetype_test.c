/* SPDX-License-Identifier: MPL-2.0 */
#include "../../../src/report/truetype.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../../../src/report/pdf_fonts_faces.h"
#include "check.h"

static struct tl_pdf_fonts *fonts;

static int open_fonts(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    return tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

/* Opens `size` bytes as a font file. */
static tl_status open_bytes(struct tt_font *font, const unsigned char *bytes, size_t size, struct tl_err *err)
{
    char path[] = "/tmp/truetype_XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, bytes, size), (ssize_t)size);
    assert_int_equal(close(descriptor), 0);
    tl_status status = tt_font_open(font, path, err);
    unlink(path);
    return status;
}

static void a_face_knows_its_name_measures_and_kerning(void **state)
{
    (void)state;
    const struct tt_font *regular = &fonts->faces[0], *italic = &fonts->faces[2];
    assert_string_equal(regular->name, "OpenSans");
    assert_string_equal(fonts->faces[1].name, "OpenSans-Bold");
    assert_int_equal(regular->weight, 400);
    assert_int_equal(fonts->faces[1].weight, 700);
    assert_true(italic->italic_angle < 0);
    assert_true(regular->ascent > 900 && regular->descent < 0 && regular->cap_height > 600);
    uint16_t zero = tt_font_glyph(regular, '0');
    for (uint32_t digit = '1'; digit <= '9'; digit++) /* columns of amounts stand straight */
        assert_int_equal(tt_font_width(regular, tt_font_glyph(regular, digit)), tt_font_width(regular, zero));
    assert_true(tt_font_kern(regular, tt_font_glyph(regular, 'A'), tt_font_glyph(regular, 'V')) < 0);
    assert_int_equal(tt_font_kern(regular, zero, zero), 0);
    assert_int_equal(tt_font_glyph(regular, 0x6F22), 0);
    assert_int_equal(tt_font_glyph(regular, 0x10FFFF), 0);
    assert_true(tt_font_glyph(regular, 0xE5) != 0);
}

static void a_subset_is_a_font_with_the_glyphs_and_their_parts_only(void **state)
{
    (void)state;
    const struct tt_font *font = &fonts->faces[0];
    struct tl_buf subset = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    unsigned char *used = calloc(font->glyph_count, 1);
    assert_non_null(used);
    used[tt_font_glyph(font, 0xE5)] = 1; /* å is an a with a ring */
    assert_ok(tt_font_subset(&subset, font, used, &err), &err);
    assert_true(used[tt_font_glyph(font, 'a')]);
    assert_false(used[tt_font_glyph(font, 'b')]);
    assert_true(subset.length < 10000);
    assert_true(subset.length % 4 == 0);
    assert_memory_equal(subset.bytes, "\0\1\0\0", 4);
    free(used);
    tl_buf_release(&subset);
}

static void what_is_no_font_is_refused(void **state)
{
    (void)state;
    struct tt_font font;
    struct tl_err err = TL_ERR_NONE;
    assert_int_equal(open_bytes(&font, (const unsigned char *)"no font", 7, &err), TL_ERR_INPUT);
    assert_non_null(strstr(err.message, "is not a TrueType font that can be embedded"));
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tt_font_open(&font, "/nowhere/x.ttf", &err), TL_ERR_IO, &err,
                   "cannot read '/nowhere/x.ttf': No such file or directory", "");
}

/* Whatever is wrong in the file, it is refused or read, within its bounds. */
static void damaged_fonts_do_no_harm(void **state)
{
    (void)state;
    const struct tt_font *whole = &fonts->faces[0];
    struct check_random random = {7};
    unsigned char *bytes = malloc(whole->file_size);
    assert_non_null(bytes);
    int refused = 0;
    for (int round = 0; round < 150; round++) {
        struct tt_font font;
        struct tl_err err = TL_ERR_NONE;
        memcpy(bytes, whole->file, whole->file_size);
        int64_t reach = round % 3 == 0 ? 400 : (int64_t)whole->file_size - 1;
        for (int i = 0; i < 40; i++)
            bytes[check_random_between(&random, 4, reach)] = (unsigned char)check_random_next(&random);
        size_t size =
            round % 5 == 0 ? (size_t)check_random_between(&random, 0, (int64_t)whole->file_size) : whole->file_size;
        if (open_bytes(&font, bytes, size, &err) != TL_OK) {
            refused++;
            continue;
        }
        struct tl_buf subset = TL_BUF_EMPTY;
        unsigned char *used = malloc(font.glyph_count);
        assert_non_null(used);
        memset(used, 1, font.glyph_count);
        for (uint32_t c = 0; c < 0x500; c++) {
            uint16_t glyph = tt_font_glyph(&font, c);
            (void)tt_font_width(&font, glyph);
            (void)tt_font_kern(&font, glyph, glyph);
        }
        refused += tt_font_subset(&subset, &font, used, &err) != TL_OK ? 1 : 0;
        free(used);
        tl_buf_release(&subset);
        tt_font_close(&font);
    }
    assert_true(refused > 20);
    free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_face_knows_its_name_measures_and_kerning),
        cmocka_unit_test(a_subset_is_a_font_with_the_glyphs_and_their_parts_only),
        cmocka_unit_test(what_is_no_font_is_refused),
        cmocka_unit_test(damaged_fonts_do_no_harm),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
