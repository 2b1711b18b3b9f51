/* SPDX-License-Identifier: MPL-2.0 */
#include "../../../src/report/layout.h"

#include <stdio.h>
#include <string.h>

#include "../../../src/report/pdf_fonts_faces.h"
#include "check.h"
#include "tilslut/base/text.h"
#include "tilslut/report/markdown.h"

static struct tl_pdf_fonts *fonts;

struct laid_out {
    struct tl_doc doc;
    struct tl_arena arena;
    struct layout layout;
};

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

static tl_status lay_out_in(struct laid_out *out, const char *language, const char *markdown, struct tl_err *err)
{
    const struct tt_font *faces[LY_FACE_COUNT];
    for (size_t i = 0; i < LY_FACE_COUNT; i++)
        faces[i] = &fonts->faces[i];
    memset(out, 0, sizeof *out);
    assert_ok(tl_markdown_read(&out->doc, markdown, "t.md", err), err);
    out->doc.face = (struct tl_doc_face){.language = language,
                                         .header_left = "OS2",
                                         .header_right = "Løbende titel",
                                         .footer_left = "nr.",
                                         .footer_below = "",
                                         .page_word = "side",
                                         .of_word = "af"};
    return ly_layout(&out->layout, &out->doc, faces, NULL, &out->arena, err);
}

static tl_status lay_out(struct laid_out *out, const char *markdown, struct tl_err *err)
{
    return lay_out_in(out, "da", markdown, err);
}

static void lay_out_ok(struct laid_out *out, const char *markdown)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(lay_out(out, markdown, &err), &err);
}

static void release(struct laid_out *out)
{
    tl_arena_release(&out->arena);
    tl_doc_release(&out->doc);
}

/* The characters of an item (all of ours are below U+0800), NUL-terminated. */
static const char *text_of(const struct ly_item *item)
{
    static char text[2000];
    size_t used = 0;
    for (size_t i = 0; i < item->glyph_count && used + 3 < sizeof text; i++) {
        uint32_t c = item->glyphs[i].character;
        if (c < 0x80)
            text[used++] = (char)c;
        else {
            text[used++] = (char)(0xC0 | c >> 6);
            text[used++] = (char)(0x80 | (c & 63));
        }
    }
    text[used] = '\0';
    return text;
}

/* The item on the page whose text begins so, or NULL. */
static const struct ly_item *find_text(const struct laid_out *out, size_t page, const char *start)
{
    const struct ly_items *drawn = &out->layout.pages[page].drawn;
    for (size_t i = 0; i < drawn->count; i++)
        if (drawn->items[i].kind == LY_ITEM_TEXT && strncmp(text_of(&drawn->items[i]), start, strlen(start)) == 0)
            return &drawn->items[i];
    return NULL;
}

static size_t page_of(const struct laid_out *out, const char *start)
{
    size_t page = 0;
    while (page < out->layout.page_count && find_text(out, page, start) == NULL)
        page++;
    return page;
}

/* Spaces at the end of a line may hang over. */
static int32_t right_edge(const struct ly_item *item)
{
    int32_t right = item->x_mpt + item->width_mpt;
    for (size_t i = item->glyph_count; i > 0 && item->glyphs[i - 1].character == ' '; i--)
        right -= item->glyphs[i - 1].advance_mpt;
    return right;
}

static void assert_inside_margins(const struct laid_out *out)
{
    for (size_t page = 0; page < out->layout.page_count; page++)
        for (size_t i = 0; i < out->layout.pages[page].drawn.count; i++) {
            const struct ly_item *item = &out->layout.pages[page].drawn.items[i];
            assert_true(item->x_mpt >= LY_LEFT_MPT);
            assert_true((item->kind == LY_ITEM_TEXT ? right_edge(item) : item->x_mpt + item->width_mpt) <=
                        LY_RIGHT_MPT + 10);
            if (item->elem >= 0)
                assert_true(item->y_mpt >= LY_TOP_MPT && item->y_mpt <= LY_BOTTOM_MPT);
        }
}

static const char long_word[] =
    "Tilslutningsaftalefordelingsnøglebudgetopfølgningsmødedeltagerlistegodkendelsesprocedurebilag";

static void nothing_stands_outside_the_margins(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_format(&text, "# %s\n\n%s%s%s\n\n- %s%s\n\n| %s | %s | %s |\n|---|---|---:|\n", long_word, long_word,
                  long_word, long_word, long_word, long_word, long_word, long_word, long_word);
    for (int i = 0; i < 100; i++)
        tl_buf_format(&text, "| %s | kort | 1.234.567.890.123,%02d kr. |\n", i % 3 == 0 ? long_word : "Aarhus", i);
    lay_out_ok(&out, text.bytes);
    assert_true(out.layout.page_count > 3);
    assert_inside_margins(&out);
    release(&out);
    tl_buf_release(&text);
}

static void a_table_repeats_its_header_on_every_page_outside_the_structure(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, "| Medlem | Beløb |\n|---|---:|\n");
    for (int i = 0; i < 120; i++)
        tl_buf_format(&text, "| Nr. %d | %d,00 |\n", i, i);
    lay_out_ok(&out, text.bytes);
    assert_true(out.layout.page_count >= 3);
    for (size_t page = 0; page < out.layout.page_count; page++) {
        const struct ly_item *header = find_text(&out, page, "Medlem");
        assert_non_null(header);
        assert_true(page == 0 ? header->elem >= 0 : header->elem == LY_PAGE_ARTIFACT);
    }
    release(&out);
    tl_buf_release(&text);
}

static void a_heading_never_ends_a_page_and_lines_never_stand_alone(void **state)
{
    (void)state;
    for (int before = 35; before < 60; before++) {
        struct laid_out out;
        struct tl_buf text = TL_BUF_EMPTY;
        for (int i = 0; i < before; i++)
            tl_buf_text(&text, i == 0 ? "x" : "\\\nx");
        tl_buf_text(&text, "\n\n## Overskrift\n\nLinje1\\\nLinje2\\\nLinje3\\\nLinje4\n");
        lay_out_ok(&out, text.bytes);
        assert_int_equal(page_of(&out, "Overskrift"), page_of(&out, "Linje1"));
        assert_int_equal(page_of(&out, "Linje1"), page_of(&out, "Linje2"));
        assert_int_equal(page_of(&out, "Linje3"), page_of(&out, "Linje4"));
        release(&out);
        tl_buf_release(&text);
    }
}

static void what_stands_together_is_not_divided(void **state)
{
    (void)state;
    for (int before = 30; before < 60; before += 3) {
        struct laid_out out;
        struct tl_buf text = TL_BUF_EMPTY;
        for (int i = 0; i < before; i++)
            tl_buf_text(&text, i == 0 ? "x" : "\\\nx");
        tl_buf_text(&text, "\n\n<!-- together -->\n\n## Først\n\nafsnit\n\n<!-- signatures -->\n| A | B |\n|---|---|\n"
                           "| Navn | Navn |\n| Titel | Titel |\n| Sidst | Sidst |\n\n<!-- end -->\n");
        lay_out_ok(&out, text.bytes);
        assert_int_equal(page_of(&out, "Først"), page_of(&out, "Sidst"));
        assert_true(page_of(&out, "Sidst") < out.layout.page_count);
        release(&out);
        tl_buf_release(&text);
    }
}

static void what_is_higher_than_a_page_is_divided_all_the_same(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, "<!-- note -->\n\n");
    for (int i = 0; i < 120; i++)
        tl_buf_format(&text, "afsnit %d\n\n", i);
    tl_buf_text(&text, "<!-- end -->\n");
    lay_out_ok(&out, text.bytes);
    assert_true(out.layout.page_count >= 3);
    assert_inside_margins(&out);
    release(&out);
    tl_buf_release(&text);
}

static void a_row_higher_than_a_page_is_refused(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    tl_buf_text(&text, "| A | B |\n|---|---|\n| ");
    for (int i = 0; i < 3000; i++)
        tl_buf_text(&text, "meget lang tekst ");
    tl_buf_text(&text, "| b |\n");
    assert_refused(lay_out(&out, text.bytes, &err), TL_ERR_RANGE, &err, "a table row is higher than a page", "");
    release(&out);
    tl_buf_release(&text);
}

/* The decimal marks of the four numbers, set in a right-aligned column, stand under each other. */
static void assert_aligned(const char *language, uint32_t mark, const char *const numbers[4])
{
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    int32_t marks[4];
    tl_buf_text(&text, "| A | B |\n|---|---:|\n");
    for (size_t i = 0; i < 4; i++)
        tl_buf_format(&text, "| a | %s |\n", numbers[i]);
    assert_ok(lay_out_in(&out, language, text.bytes, &err), &err);
    for (size_t i = 0; i < 4; i++) {
        const struct ly_item *item = find_text(&out, 0, numbers[i]);
        assert_non_null(item);
        marks[i] = item->x_mpt;
        for (size_t j = 0; j < item->glyph_count && item->glyphs[j].character != mark; j++)
            marks[i] += item->glyphs[j].advance_mpt;
    }
    for (size_t i = 1; i < 4; i++)
        assert_in_range(marks[i] - marks[0] + 200, 0, 400);
    release(&out);
    tl_buf_release(&text);
}

static void decimal_marks_stand_under_each_other(void **state)
{
    (void)state;
    assert_aligned("da", ',', (const char *const[]){"1,5", "2.020,125", "300", "-4,25"});
    assert_aligned("en", '.', (const char *const[]){"1.5", "2,020.125", "300", "-4.25"});
}

static void a_soft_hyphen_shows_only_where_a_line_ends(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i < 40; i++)
        tl_buf_text(&text, "vedtægt&shy;s&shy;ændring ");
    lay_out_ok(&out, text.bytes);
    const struct ly_items *drawn = &out.layout.pages[0].drawn;
    size_t hyphens = 0;
    for (size_t i = 0; i < drawn->count; i++)
        for (size_t j = 0; j < drawn->items[i].glyph_count; j++)
            if (drawn->items[i].glyphs[j].character == 0xAD) {
                hyphens++;
                assert_int_equal(j + 1, drawn->items[i].glyph_count);
                assert_true(right_edge(&drawn->items[i]) > LY_RIGHT_MPT - 60000);
            }
    assert_in_range(hyphens, 1, 10);
    release(&out);
    tl_buf_release(&text);
}

static void a_line_does_not_end_between_what_belongs_together(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i < 60; i++)
        tl_buf_text(&text, "2026-01-01 1/3 12&nbsp;kr. CVR-nr. ");
    lay_out_ok(&out, text.bytes);
    const struct ly_items *drawn = &out.layout.pages[0].drawn;
    for (size_t i = 0; i < drawn->count; i++) {
        const struct ly_item *item = &drawn->items[i];
        if (item->kind != LY_ITEM_TEXT || item->elem < 0)
            continue;
        const char *line = text_of(item);
        size_t length = strlen(line);
        assert_true(length < 2 || (line[length - 2] != '-' && line[length - 2] != '/'));
        assert_true(line[0] != 'k' && line[0] != 'n' && line[0] != '-');
    }
    release(&out);
    tl_buf_release(&text);
}

static void the_number_of_a_document_is_not_divided(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i < 60; i++)
        tl_buf_format(&text, "%.*s TA-sorteringssystem-0751 ", i % 7, "mmmmmm");
    lay_out_ok(&out, text.bytes);
    const struct ly_items *drawn = &out.layout.pages[0].drawn;
    size_t numbers = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        const struct ly_item *item = &drawn->items[i];
        if (item->kind != LY_ITEM_TEXT || item->elem < 0)
            continue;
        const char *line = text_of(item);
        for (const char *at = strstr(line, "TA"); at != NULL; at = strstr(at + 1, "TA")) {
            assert_int_equal(strncmp(at, "TA-sorteringssystem-0751", strlen("TA-sorteringssystem-0751")), 0);
            numbers++;
        }
    }
    assert_int_equal(numbers, 60);
    release(&out);
    tl_buf_release(&text);
}

static void a_running_title_that_is_too_long_ends_in_an_ellipsis(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    const struct tt_font *faces[LY_FACE_COUNT];
    memset(&out, 0, sizeof out);
    for (size_t i = 0; i < LY_FACE_COUNT; i++)
        faces[i] = &fonts->faces[i];
    out.doc.face =
        (struct tl_doc_face){.header_left = long_word,
                             .header_right = "En meget lang titel, der ikke kan stå på én linje sammen med den, "
                                             "der står til venstre, hvor man end vender og drejer den",
                             .page_word = "side",
                             .of_word = "af"};
    assert_ok(ly_layout(&out.layout, &out.doc, faces, NULL, &out.arena, &err), &err);
    assert_inside_margins(&out);
    int32_t left_end = 0, right_start = LY_RIGHT_MPT;
    const struct ly_items *drawn = &out.layout.pages[0].drawn;
    size_t ellipses = 0;
    for (size_t i = 0; i < drawn->count; i++) {
        const struct ly_item *item = &drawn->items[i];
        if (item->kind != LY_ITEM_TEXT || item->y_mpt > LY_TOP_MPT)
            continue;
        ellipses += item->glyphs[0].character == 0x2026 ? 1 : 0;
        if (item->x_mpt < LY_PAGE_WIDTH_MPT / 3 && right_edge(item) > left_end)
            left_end = right_edge(item);
        if (item->x_mpt > LY_PAGE_WIDTH_MPT / 3 && item->x_mpt < right_start)
            right_start = item->x_mpt;
    }
    assert_int_equal(ellipses, 2);
    assert_true(left_end <= right_start);
    release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_stands_outside_the_margins),
        cmocka_unit_test(a_table_repeats_its_header_on_every_page_outside_the_structure),
        cmocka_unit_test(a_heading_never_ends_a_page_and_lines_never_stand_alone),
        cmocka_unit_test(what_stands_together_is_not_divided),
        cmocka_unit_test(what_is_higher_than_a_page_is_divided_all_the_same),
        cmocka_unit_test(a_row_higher_than_a_page_is_refused),
        cmocka_unit_test(decimal_marks_stand_under_each_other),
        cmocka_unit_test(a_soft_hyphen_shows_only_where_a_line_ends),
        cmocka_unit_test(a_line_does_not_end_between_what_belongs_together),
        cmocka_unit_test(the_number_of_a_document_is_not_divided),
        cmocka_unit_test(a_running_title_that_is_too_long_ends_in_an_ellipsis),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
