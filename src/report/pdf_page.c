/* SPDX-License-Identifier: MPL-2.0 */
/* What is drawn on a page, as a content stream (ISO 32000-1, 8 and 9) with its content marked (14.6). */
#include "pdf_writer.h"

void pdf_number(struct tl_buf *out, int32_t length_mpt)
{
    int32_t hundredths = (length_mpt >= 0 ? length_mpt + 5 : length_mpt - 5) / 10;
    int32_t size = hundredths < 0 ? -hundredths : hundredths;
    const char decimals[3] = {'.', (char)('0' + size % 100 / 10), (char)('0' + size % 10)};
    if (hundredths < 0)
        tl_buf_add(out, "-", 1);
    tl_buf_number(out, size / 100);
    if (size % 100 != 0)
        tl_buf_add(out, decimals, size % 10 == 0 ? 2 : 3);
}

static const char *const colours[] = {[LY_BLACK] = "0 0 0",
                                      [LY_GREEN] = ".227 .498 .231",
                                      [LY_DARK_GREEN] = ".106 .235 .11",
                                      [LY_GREY] = ".447 .447 .447",
                                      [LY_TINT] = ".847 .898 .847",
                                      [LY_TINT_LIGHT] = ".945 .965 .945",
                                      [LY_LINE] = ".69 .796 .694",
                                      [LY_BLUE] = ".231 .435 .714",
                                      [LY_DARK_BLUE] = ".157 .294 .482",
                                      [LY_TEAL] = ".18 .463 .486",
                                      [LY_DARK_TEAL] = ".098 .251 .263",
                                      [LY_ORANGE] = ".725 .298 .035",
                                      [LY_DARK_ORANGE] = ".506 .208 .024"};

/* The graphics state of the page being written, to say only what changes. */
struct pen {
    struct tl_buf *out;
    int colour, face;
    int32_t size_mpt;
};

static void set_colour(struct pen *pen, ly_colour colour)
{
    if (pen->colour == (int)colour)
        return;
    pen->colour = (int)colour;
    tl_buf_format(pen->out, "%s rg\n", colours[colour]);
}

static void draw_fill(struct pen *pen, const struct ly_item *item)
{
    set_colour(pen, item->colour);
    pdf_number(pen->out, item->x_mpt);
    tl_buf_text(pen->out, " ");
    pdf_number(pen->out, LY_PAGE_HEIGHT_MPT - item->y_mpt - item->height_mpt);
    tl_buf_text(pen->out, " ");
    pdf_number(pen->out, item->width_mpt);
    tl_buf_text(pen->out, " ");
    pdf_number(pen->out, item->height_mpt);
    tl_buf_text(pen->out, " re f\n");
}

/* A byte of a string; a carriage return would be read as a line feed. */
static void put_byte(struct tl_buf *out, unsigned byte)
{
    const char escaped[2] = {'\\', byte == '\r' ? 'r' : (char)byte};
    bool is_plain = byte != '(' && byte != ')' && byte != '\\' && byte != '\r';
    tl_buf_add(out, is_plain ? escaped + 1 : escaped, is_plain ? 1 : 2);
}

/* Glyph numbers of two bytes, interrupted where kerning moves the pen. */
static void draw_glyphs(struct pdf_writer *w, struct pen *pen, const struct ly_item *item)
{
    struct pdf_face_use *use = &w->uses[item->face];
    tl_buf_text(pen->out, "[(");
    for (size_t i = 0; i < item->glyph_count; i++) {
        const struct ly_glyph *g = &item->glyphs[i];
        put_byte(pen->out, (unsigned)g->glyph >> 8);
        put_byte(pen->out, g->glyph & 0xFFU);
        use->used[g->glyph] = 1;
        if (use->character[g->glyph] == 0)
            use->character[g->glyph] = g->character;
        if (g->kern != 0 && i + 1 < item->glyph_count) {
            tl_buf_text(pen->out, ")");
            tl_buf_number(pen->out, -g->kern);
            tl_buf_text(pen->out, "(");
        }
    }
    use->any = true;
    tl_buf_text(pen->out, ")] TJ");
}

/* What a part of a divided word stands for: the word, or nothing. */
static void begin_part(struct tl_buf *out, const struct ly_item *item)
{
    tl_buf_text(out, "/Span<</ActualText<FEFF");
    for (size_t i = 0; i < item->word_length; i++)
        tl_buf_format(out, "%04X", (unsigned)item->word[i].character);
    tl_buf_text(out, ">>>BDC ");
}

static void draw_text(struct pdf_writer *w, struct pen *pen, const struct ly_item *item)
{
    set_colour(pen, item->colour);
    bool is_part = item->is_part && item->elem >= 0;
    if (is_part)
        begin_part(pen->out, item);
    tl_buf_text(pen->out, "BT ");
    if (pen->face != (int)item->face || pen->size_mpt != item->size_mpt) {
        pen->face = (int)item->face;
        pen->size_mpt = item->size_mpt;
        tl_buf_format(pen->out, "/F%u ", item->face);
        pdf_number(pen->out, item->size_mpt);
        tl_buf_text(pen->out, " Tf ");
    }
    pdf_number(pen->out, item->x_mpt);
    tl_buf_text(pen->out, " ");
    pdf_number(pen->out, LY_PAGE_HEIGHT_MPT - item->y_mpt);
    tl_buf_text(pen->out, " Td ");
    draw_glyphs(w, pen, item);
    tl_buf_text(pen->out, is_part ? " ET EMC\n" : " ET\n");
}

static tl_status begin_marked(struct pdf_writer *w, struct pen *pen, int elem, size_t page, int *next_mcid)
{
    if (elem == LY_ARTIFACT)
        tl_buf_text(pen->out, "/Artifact <</Type /Layout>> BDC\n");
    else if (elem == LY_PAGE_ARTIFACT)
        tl_buf_text(pen->out, "/Artifact <</Type /Pagination>> BDC\n");
    else {
        void *pieces = tl_arena_grow(&w->arena, w->pieces, w->piece_count, &w->piece_capacity, sizeof *w->pieces);
        if (pieces == NULL)
            return tl_err_memory(w->err);
        w->pieces = pieces;
        w->pieces[w->piece_count++] = (struct piece){.elem = elem, .page = page, .mcid = *next_mcid};
        tl_buf_text(pen->out, "/");
        tl_buf_text(pen->out, w->layout.elems[elem].type);
        tl_buf_text(pen->out, " <</MCID ");
        tl_buf_number(pen->out, *next_mcid);
        tl_buf_text(pen->out, ">> BDC\n");
        ++*next_mcid;
    }
    return TL_OK;
}

/* Surfaces and rules first, so that no text is painted over; then the texts and figures, each run of one element
 * marked. */
tl_status pdf_page_draw(struct pdf_writer *w, size_t page)
{
    const struct ly_items *drawn = &w->layout.pages[page].drawn;
    struct pen pen = {.out = &w->contents[page], .colour = -1, .face = -1};
    int next_mcid = 0;
    tl_status status = TL_OK;
    tl_buf_text(pen.out, "/Artifact <</Type /Layout>> BDC\n");
    for (size_t i = 0; i < drawn->count; i++)
        if (drawn->items[i].kind == LY_ITEM_FILL && drawn->items[i].elem < 0)
            draw_fill(&pen, &drawn->items[i]);
    tl_buf_text(pen.out, "EMC\n");
    bool is_open = false;
    int elem = 0;
    for (size_t i = 0; i < drawn->count && status == TL_OK; i++) {
        const struct ly_item *item = &drawn->items[i];
        if (item->kind == LY_ITEM_FILL && item->elem < 0)
            continue;
        if (is_open && elem != item->elem)
            tl_buf_text(pen.out, "EMC\n");
        if (!is_open || elem != item->elem)
            status = begin_marked(w, &pen, item->elem, page, &next_mcid);
        is_open = true;
        elem = item->elem;
        if (item->kind == LY_ITEM_FILL)
            draw_fill(&pen, item);
        else
            draw_text(w, &pen, item);
    }
    if (is_open)
        tl_buf_text(pen.out, "EMC\n");
    return status == TL_OK ? tl_buf_status(pen.out, w->err) : status;
}
