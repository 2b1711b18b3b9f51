/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "../../../src/report/layout.h"
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

static tl_status lay_out(struct laid_out *out, const char *language, const char *markdown, struct tl_err *err)
{
    const struct tt_font *faces[LY_FACE_COUNT];
    for (size_t i = 0; i < LY_FACE_COUNT; i++)
        faces[i] = &fonts->faces[i];
    memset(out, 0, sizeof *out);
    assert_ok(tl_markdown_read(&out->doc, markdown, "t.md", err), err);
    out->doc.face = (struct tl_doc_face){.language = language,
                                         .header_left = "",
                                         .header_right = "",
                                         .footer_left = "",
                                         .footer_below = "",
                                         .page_word = "side",
                                         .of_word = "af"};
    return ly_layout(&out->layout, &out->doc, faces, NULL, &out->arena, err);
}

static void release(struct laid_out *out)
{
    tl_arena_release(&out->arena);
    tl_doc_release(&out->doc);
}

/* The figure, of which there is one. */
static int figure_of(const struct layout *l)
{
    int found = -1;
    for (size_t i = 0; i < l->elem_count; i++)
        if (strcmp(l->elems[i].type, "Figure") == 0) {
            assert_int_equal(found, -1);
            found = (int)i;
        }
    assert_true(found >= 0);
    return found;
}

/* The width of the pieces of a colour on page 1, in the order they are drawn. */
static size_t find_pieces(const struct layout *l, ly_colour colour, const struct ly_item **into, size_t room)
{
    const struct ly_items *drawn = &l->pages[0].drawn;
    size_t count = 0;
    int figure = figure_of(l);
    for (size_t i = 0; i < drawn->count && count < room; i++)
        if (drawn->items[i].kind == LY_ITEM_FILL && drawn->items[i].elem == figure && drawn->items[i].colour == colour)
            into[count++] = &drawn->items[i];
    return count;
}

static const char three[] =
    "<!-- chart: Bidrag i 2026 -->\n| Navn | Drift | Udvikling |\n|---|---:|---:|\n"
    "| Aarhus | 1.000,50 | – |\n| **Læsø** | 300,00 | 200,25 |\n| Greve | 2.000,00 | 2.002,00 |\n";

static void a_chart_says_in_words_what_it_shows(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(lay_out(&out, "da", three, &err), &err);
    assert_string_equal(out.layout.elems[figure_of(&out.layout)].alternative,
                        "Søjlediagram: Bidrag i 2026. 3 søjler med den største først, i alt 5.502,75. Størst er Greve "
                        "med 4.002,00, mindst er Læsø med 500,25. Læsø, som er fremhævet, er nummer 3 med 500,25.");
    release(&out);
    assert_ok(lay_out(&out, "en", "<!-- chart: A\\/B -->\n| N | V |\n|---|---:|\n| X | 1,200 |\n| Y | 2 |\n", &err),
              &err);
    assert_string_equal(
        out.layout.elems[figure_of(&out.layout)].alternative,
        "Bar chart: A/B. 2 bars, the largest first, 1,202 in all. The largest is X with 1,200, the smallest Y with 2.");
    release(&out);
}

static void bars_are_as_long_as_their_amounts(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    const struct ly_item *pieces[10];
    assert_ok(lay_out(&out, "da", three, &err), &err);
    /* the legend's, then by size: Greve, Aarhus, Læsø */
    assert_int_equal(find_pieces(&out.layout, LY_GREEN, pieces, 10), 4);
    int32_t edge = 800;
    assert_in_range((pieces[1]->width_mpt + edge) / 200, (pieces[2]->width_mpt + edge) / 100 - 1,
                    (pieces[2]->width_mpt + edge) / 100 + 1);
    assert_true(pieces[1]->y_mpt < pieces[2]->y_mpt && pieces[2]->y_mpt < pieces[3]->y_mpt);
    assert_int_equal(find_pieces(&out.layout, LY_DARK_BLUE, pieces, 10), 3);
    release(&out);
}

static void the_readers_own_bar_is_marked_by_more_than_colour(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    const struct ly_item *marks[2];
    assert_ok(lay_out(&out, "da", three, &err), &err);
    assert_int_equal(find_pieces(&out.layout, LY_DARK_GREEN, marks, 2), 1);
    const struct ly_items *drawn = &out.layout.pages[0].drawn;
    size_t bold = 0;
    for (size_t i = 0; i < drawn->count; i++)
        if (drawn->items[i].kind == LY_ITEM_TEXT && drawn->items[i].elem == figure_of(&out.layout) &&
            drawn->items[i].face == 1) {
            assert_in_range(drawn->items[i].y_mpt, marks[0]->y_mpt, marks[0]->y_mpt + marks[0]->height_mpt);
            bold++;
        }
    assert_int_equal(bold, 2); /* its name and its amount */
    release(&out);
}

static void of_many_the_largest_and_the_readers_own_are_drawn(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf text = TL_BUF_EMPTY;
    const struct ly_item *pieces[200];
    tl_buf_text(&text, "<!-- chart: Mange -->\n| N | V |\n|---|---:|\n");
    for (int i = 1; i <= 98; i++)
        tl_buf_format(&text, i == 5 ? "| **M%d** | %d |\n" : "| M%d | %d |\n", i, 100 * i);
    assert_ok(lay_out(&out, "da", text.bytes, &err), &err);
    assert_int_equal(find_pieces(&out.layout, LY_GREEN, pieces, 200), 30);
    assert_non_null(strstr(out.layout.elems[figure_of(&out.layout)].alternative,
                           "98 søjler med den største først, i alt 485.100. Størst er M98 med 9.800, mindst er M1 med "
                           "100. M5, som er fremhævet, er nummer 94 med 500."));
    release(&out);
    tl_buf_release(&text);
}

static void amounts_of_any_size_have_a_place(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    const struct ly_item *pieces[10];
    assert_ok(
        lay_out(&out, "da",
                "<!-- chart: Store -->\n| N | V |\n|---|---:|\n| A | 9.999.999.999.999,99 |\n| B | -5 |\n| C | 0 |\n",
                &err),
        &err);
    assert_int_equal(find_pieces(&out.layout, LY_GREEN, pieces, 10), 1);
    assert_true(pieces[0]->x_mpt + pieces[0]->width_mpt < LY_RIGHT_MPT);
    release(&out);
}

static void a_chart_of_nothing_is_refused(void **state)
{
    (void)state;
    struct laid_out out;
    struct tl_err err = TL_ERR_NONE;
    tl_status status = lay_out(&out, "da", "<!-- chart: Tom -->\n| N | V |\n|---|---:|\n", &err);
    assert_refused(status, TL_ERR_INPUT, &err, "there is nothing to draw in the chart 'Tom'",
                   "its table needs a column of names, one of numbers, and a row");
    release(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chart_says_in_words_what_it_shows),
        cmocka_unit_test(bars_are_as_long_as_their_amounts),
        cmocka_unit_test(the_readers_own_bar_is_marked_by_more_than_colour),
        cmocka_unit_test(of_many_the_largest_and_the_readers_own_are_drawn),
        cmocka_unit_test(amounts_of_any_size_have_a_place),
        cmocka_unit_test(a_chart_of_nothing_is_refused),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
