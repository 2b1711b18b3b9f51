/* SPDX-License-Identifier: MPL-2.0 */
/* Laid-out pages become a file: what is drawn, the structure, the outline, and what ties them together. */
#include "tilslut/report/pdf.h"

#include <stdlib.h>
#include <string.h>

#include "pdf_fonts_faces.h"
#include "pdf_parts.h"

/* A piece of an element's content: marked content `mcid` of a page. */
struct piece {
    int elem;
    size_t page;
    int mcid;
};

struct writer {
    struct layout layout;
    struct tl_arena arena;
    struct pdf_file *file;
    struct pdf_face_use uses[LY_FACE_COUNT];
    const struct tt_font *faces[LY_FACE_COUNT];
    uint32_t fonts[LY_FACE_COUNT]; /* object numbers */
    uint32_t *pages;               /* object numbers, page_count */
    uint32_t *elems;               /* object numbers, elem_count */
    struct piece *pieces;          /* by page, then mcid */
    size_t piece_count, piece_capacity;
    struct tl_buf *contents; /* page_count */
    uint32_t struct_root, outline;
    struct tl_err *err;
};

void pdf_number(struct tl_buf *out, int32_t length_mpt)
{
    int32_t hundredths = (length_mpt >= 0 ? length_mpt + 5 : length_mpt - 5) / 10;
    const char *sign = hundredths < 0 ? "-" : "";
    int32_t size = hundredths < 0 ? -hundredths : hundredths;
    if (size % 100 == 0)
        tl_buf_format(out, "%s%d", sign, (int)(size / 100));
    else if (size % 10 == 0)
        tl_buf_format(out, "%s%d.%d", sign, (int)(size / 100), (int)(size % 100 / 10));
    else
        tl_buf_format(out, "%s%d.%02d", sign, (int)(size / 100), (int)(size % 100));
}

/* ---- what is drawn ---- */

static const char *const colours[] = {
    [LY_BLACK] = "0 0 0",         [LY_GREEN] = ".227 .498 .231", [LY_DARK_GREEN] = ".106 .235 .11",
    [LY_GREY] = ".447 .447 .447", [LY_TINT] = ".847 .898 .847",  [LY_TINT_LIGHT] = ".945 .965 .945",
    [LY_LINE] = ".69 .796 .694"};

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

/* Glyph numbers in hexadecimal, interrupted where kerning moves the pen. */
static void draw_glyphs(struct writer *w, struct pen *pen, const struct ly_item *item)
{
    struct pdf_face_use *use = &w->uses[item->face];
    tl_buf_text(pen->out, "[<");
    for (size_t i = 0; i < item->glyph_count; i++) {
        const struct ly_glyph *g = &item->glyphs[i];
        static const char digits[] = "0123456789ABCDEF";
        const char hex[4] = {digits[g->glyph >> 12], digits[g->glyph >> 8 & 15], digits[g->glyph >> 4 & 15],
                             digits[g->glyph & 15]};
        tl_buf_add(pen->out, hex, 4);
        use->used[g->glyph] = 1;
        if (use->character[g->glyph] == 0)
            use->character[g->glyph] = g->character;
        if (g->kern != 0 && i + 1 < item->glyph_count)
            tl_buf_format(pen->out, ">%d<", -g->kern);
    }
    use->any = true;
    tl_buf_text(pen->out, ">] TJ");
}

static void draw_text(struct writer *w, struct pen *pen, const struct ly_item *item)
{
    set_colour(pen, item->colour);
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
    tl_buf_text(pen->out, " ET\n");
}

static tl_status begin_marked(struct writer *w, struct pen *pen, int elem, size_t page, int *next_mcid)
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
        tl_buf_format(pen->out, "/%s <</MCID %d>> BDC\n", w->layout.elems[elem].type, *next_mcid);
        ++*next_mcid;
    }
    return TL_OK;
}

/* Surfaces and rules first, so that no text is painted over; then the texts, each run of one element marked. */
static tl_status draw_page(struct writer *w, size_t page)
{
    const struct ly_items *drawn = &w->layout.pages[page].drawn;
    struct pen pen = {.out = &w->contents[page], .colour = -1, .face = -1};
    int next_mcid = 0;
    tl_status status = TL_OK;
    tl_buf_text(pen.out, "/Artifact <</Type /Layout>> BDC\n");
    for (size_t i = 0; i < drawn->count; i++)
        if (drawn->items[i].kind == LY_ITEM_FILL)
            draw_fill(&pen, &drawn->items[i]);
    tl_buf_text(pen.out, "EMC\n");
    bool is_open = false;
    int elem = 0;
    for (size_t i = 0; i < drawn->count && status == TL_OK; i++) {
        const struct ly_item *item = &drawn->items[i];
        if (item->kind != LY_ITEM_TEXT)
            continue;
        if (is_open && elem != item->elem)
            tl_buf_text(pen.out, "EMC\n");
        if (!is_open || elem != item->elem)
            status = begin_marked(w, &pen, item->elem, page, &next_mcid);
        is_open = true;
        elem = item->elem;
        draw_text(w, &pen, item);
    }
    if (is_open)
        tl_buf_text(pen.out, "EMC\n");
    return status == TL_OK ? tl_buf_status(pen.out, w->err) : status;
}

/* ---- the structure ---- */

/* Children and pieces of an element, in the order of the document, as linked lists of indexes. */
struct kin {
    int first_child, last_child, next_sibling;
    int first_piece, last_piece;
};

static tl_status find_kin(struct writer *w, struct kin **out, int **next_piece)
{
    size_t count = w->layout.elem_count;
    struct kin *kin = tl_arena_alloc(&w->arena, count, sizeof *kin);
    int *next = tl_arena_alloc(&w->arena, w->piece_count + 1, sizeof *next);
    if (kin == NULL || next == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < count; i++)
        kin[i] = (struct kin){-1, -1, -1, -1, -1};
    for (size_t i = 1; i < count; i++) {
        struct kin *parent = &kin[w->layout.elems[i].parent];
        if (parent->last_child >= 0)
            kin[parent->last_child].next_sibling = (int)i;
        else
            parent->first_child = (int)i;
        parent->last_child = (int)i;
    }
    for (size_t i = 0; i < w->piece_count; i++) {
        struct kin *owner = &kin[w->pieces[i].elem];
        next[i] = -1;
        if (owner->last_piece >= 0)
            next[owner->last_piece] = (int)i;
        else
            owner->first_piece = (int)i;
        owner->last_piece = (int)i;
    }
    *out = kin;
    *next_piece = next;
    return TL_OK;
}

/* The element's content; a piece on another page than the first says so. */
static void put_kids(struct writer *w, struct tl_buf *out, const struct kin *kin, const int *next_piece, size_t elem)
{
    const struct kin *own = &kin[elem];
    bool is_single = (own->first_child < 0) != (own->first_piece < 0) &&
                     (own->first_child < 0 || own->first_child == own->last_child) &&
                     (own->first_piece < 0 || own->first_piece == own->last_piece);
    if (own->first_child < 0 && own->first_piece < 0)
        return;
    tl_buf_text(out, is_single ? " /K " : " /K [");
    for (int child = own->first_child; child >= 0; child = kin[child].next_sibling)
        tl_buf_format(out, "%u 0 R ", (unsigned)w->elems[child]);
    for (int i = own->first_piece; i >= 0; i = next_piece[i]) {
        const struct piece *piece = &w->pieces[i];
        if (piece->page == w->pieces[own->first_piece].page)
            tl_buf_format(out, "%d ", piece->mcid);
        else
            tl_buf_format(out, "<< /Type /MCR /Pg %u 0 R /MCID %d >> ", (unsigned)w->pages[piece->page], piece->mcid);
    }
    if (!is_single)
        tl_buf_text(out, "]");
    if (own->first_piece >= 0)
        tl_buf_format(out, " /Pg %u 0 R", (unsigned)w->pages[w->pieces[own->first_piece].page]);
}

static void put_attribute(struct tl_buf *out, const struct ly_elem *elem)
{
    if (elem->attribute == NULL)
        return;
    bool is_list = strcmp(elem->type, "L") == 0;
    tl_buf_format(out, " /A << /O /%s /%s /%s >>", is_list ? "List" : "Table", is_list ? "ListNumbering" : "Scope",
                  elem->attribute);
}

/* Which element each piece of a page belongs to: the page's key gives an array by mcid. */
static void put_parent_tree(struct writer *w, struct tl_buf *out)
{
    size_t at = 0;
    tl_buf_text(out, "/Nums [");
    for (size_t page = 0; page < w->layout.page_count; page++) {
        tl_buf_format(out, "%zu [", page);
        for (; at < w->piece_count && w->pieces[at].page == page; at++)
            tl_buf_format(out, "%u 0 R ", (unsigned)w->elems[w->pieces[at].elem]);
        tl_buf_text(out, "]\n");
    }
    tl_buf_text(out, "]");
}

static tl_status write_structure(struct writer *w)
{
    struct kin *kin = NULL;
    int *next_piece = NULL;
    tl_status status = find_kin(w, &kin, &next_piece);
    if (status != TL_OK)
        return status;
    struct tl_buf out = TL_BUF_EMPTY;
    uint32_t tree = pdf_file_object(w->file);
    put_parent_tree(w, &out);
    pdf_file_entries(w->file, tree, tl_buf_string(&out));
    for (size_t i = 0; i < w->layout.elem_count; i++) {
        const struct ly_elem *elem = &w->layout.elems[i];
        uint32_t parent = elem->parent < 0 ? w->struct_root : w->elems[elem->parent];
        out.length = 0;
        tl_buf_format(&out, "/S /%s /P %u 0 R", elem->type, (unsigned)parent);
        put_attribute(&out, elem);
        put_kids(w, &out, kin, next_piece, i);
        pdf_file_entries(w->file, w->elems[i], tl_buf_string(&out));
    }
    out.length = 0;
    tl_buf_format(&out, "/Type /StructTreeRoot /K %u 0 R /ParentTree %u 0 R /ParentTreeNextKey %zu",
                  (unsigned)w->elems[0], (unsigned)tree, w->layout.page_count);
    pdf_file_entries(w->file, w->struct_root, tl_buf_string(&out));
    status = tl_buf_status(&out, w->err);
    tl_buf_release(&out);
    return status;
}

/* ---- the outline ---- */

/* The index of the heading above `index` in the outline, or -1: the nearest before it of a higher level. */
static int heading_above(const struct layout *l, size_t index)
{
    for (size_t i = index; i > 0; i--)
        if (l->headings[i - 1].level < l->headings[index].level)
            return (int)i - 1;
    return -1;
}

/* First, last and neighbours among the headings under the same one. */
static void put_outline_links(struct tl_buf *out, const uint32_t *objects, const int *above, size_t count, int self)
{
    int first = -1, last = -1, kids = 0, previous = -1, next = -1;
    for (size_t i = 0; i < count; i++) {
        if (above[i] == self) {
            first = first < 0 ? (int)i : first;
            last = (int)i;
            kids++;
        }
        if (self >= 0 && above[i] == above[self] && (int)i < self)
            previous = (int)i;
        if (self >= 0 && above[i] == above[self] && (int)i > self && next < 0)
            next = (int)i;
    }
    if (first >= 0)
        tl_buf_format(out, " /First %u 0 R /Last %u 0 R /Count %d", (unsigned)objects[first], (unsigned)objects[last],
                      self < 0 ? kids : -kids);
    if (previous >= 0)
        tl_buf_format(out, " /Prev %u 0 R", (unsigned)objects[previous]);
    if (next >= 0)
        tl_buf_format(out, " /Next %u 0 R", (unsigned)objects[next]);
}

static tl_status write_outline(struct writer *w)
{
    const struct layout *l = &w->layout;
    uint32_t *objects = tl_arena_alloc(&w->arena, l->heading_count, sizeof *objects);
    int *above = tl_arena_alloc(&w->arena, l->heading_count, sizeof *above);
    if (objects == NULL || above == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < l->heading_count; i++) {
        objects[i] = pdf_file_object(w->file);
        above[i] = heading_above(l, i);
    }
    struct tl_buf out = TL_BUF_EMPTY;
    for (size_t i = 0; i < l->heading_count; i++) {
        const struct ly_heading *heading = &l->headings[i];
        out.length = 0;
        tl_buf_text(&out, "/Title ");
        pdf_meta_string(&out, heading->text);
        tl_buf_format(&out, " /Parent %u 0 R /Dest [%u 0 R /XYZ 0 ",
                      (unsigned)(above[i] < 0 ? w->outline : objects[above[i]]), (unsigned)w->pages[heading->page]);
        pdf_number(&out, LY_PAGE_HEIGHT_MPT - heading->y_mpt + 6000);
        tl_buf_format(&out, " null] /SE %u 0 R", (unsigned)w->elems[heading->elem]);
        put_outline_links(&out, objects, above, l->heading_count, (int)i);
        pdf_file_entries(w->file, objects[i], tl_buf_string(&out));
    }
    out.length = 0;
    tl_buf_text(&out, "/Type /Outlines");
    put_outline_links(&out, objects, above, l->heading_count, -1);
    pdf_file_entries(w->file, w->outline, tl_buf_string(&out));
    tl_status status = tl_buf_status(&out, w->err);
    tl_buf_release(&out);
    return status;
}

/* ---- the file ---- */

static tl_status write_fonts(struct writer *w, struct tl_buf *resources)
{
    tl_status status = TL_OK;
    tl_buf_text(resources, "/Font <<");
    for (size_t face = 0; face < LY_FACE_COUNT && status == TL_OK; face++) {
        if (!w->uses[face].any)
            continue;
        status = pdf_font_write(w->file, w->faces[face], &w->uses[face], &w->fonts[face], w->err);
        tl_buf_format(resources, " /F%zu %u 0 R", face, (unsigned)w->fonts[face]);
    }
    tl_buf_text(resources, " >>");
    return status == TL_OK ? tl_buf_status(resources, w->err) : status;
}

static void write_catalog(struct writer *w, const struct tl_doc_face *face, const struct tl_buf *xmp)
{
    struct tl_buf profile = TL_BUF_EMPTY, out = TL_BUF_EMPTY;
    pdf_colour_profile(&profile);
    uint32_t colour = pdf_file_stream(w->file, "/N 3", profile.bytes, profile.length, true);
    uint32_t metadata = pdf_file_stream(w->file, "/Type /Metadata /Subtype /XML", xmp->bytes, xmp->length, false);
    uint32_t intent = pdf_file_object(w->file);
    tl_buf_format(&out,
                  "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB "
                  "IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile %u 0 R",
                  (unsigned)colour);
    pdf_file_entries(w->file, intent, tl_buf_string(&out));
    out.length = 0;
    tl_buf_format(&out,
                  "/Lang (%s) /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> "
                  "/StructTreeRoot %u 0 R /Metadata %u 0 R /OutputIntents [%u 0 R]",
                  face->language, (unsigned)w->struct_root, (unsigned)metadata, (unsigned)intent);
    if (w->layout.heading_count > 0)
        tl_buf_format(&out, " /Outlines %u 0 R /PageMode /UseOutlines", (unsigned)w->outline);
    pdf_file_catalog(w->file, tl_buf_string(&out));
    out.length = 0;
    pdf_meta_info(&out, face);
    pdf_file_info(w->file, tl_buf_string(&out));
    tl_buf_release(&profile);
    tl_buf_release(&out);
}

static struct tl_digest content_digest(const struct writer *w, const struct tl_buf *xmp)
{
    struct tl_buf all = TL_BUF_EMPTY;
    tl_buf_add(&all, xmp->bytes, xmp->length);
    for (size_t i = 0; i < w->layout.page_count; i++)
        tl_buf_add(&all, w->contents[i].bytes, w->contents[i].length);
    struct tl_digest digest = tl_digest_of(all.bytes, all.length);
    tl_buf_release(&all);
    return digest;
}

static tl_status write_file(struct writer *w, const struct tl_doc_face *face, struct tl_buf *out)
{
    struct tl_buf resources = TL_BUF_EMPTY, xmp = TL_BUF_EMPTY;
    w->struct_root = pdf_file_object(w->file);
    w->outline = pdf_file_object(w->file);
    for (size_t i = 0; i < w->layout.elem_count; i++)
        w->elems[i] = pdf_file_object(w->file);
    tl_status status = write_fonts(w, &resources);
    for (size_t i = 0; i < w->layout.page_count && status == TL_OK; i++)
        w->pages[i] =
            pdf_file_page(w->file, tl_buf_string(&resources), (int32_t)i, w->contents[i].bytes, w->contents[i].length);
    if (status == TL_OK)
        status = write_structure(w);
    if (status == TL_OK && w->layout.heading_count > 0)
        status = write_outline(w);
    if (status == TL_OK) {
        pdf_meta_xmp(&xmp, face);
        status = tl_buf_status(&xmp, w->err);
    }
    if (status == TL_OK) {
        write_catalog(w, face, &xmp);
        struct tl_digest id = content_digest(w, &xmp);
        status = pdf_file_save(w->file, &id, out, w->err);
    }
    tl_buf_release(&resources);
    tl_buf_release(&xmp);
    return status;
}

static tl_status make_room(struct writer *w)
{
    const struct layout *l = &w->layout;
    w->pages = tl_arena_alloc(&w->arena, l->page_count, sizeof *w->pages);
    w->elems = tl_arena_alloc(&w->arena, l->elem_count, sizeof *w->elems);
    w->contents = tl_arena_alloc(&w->arena, l->page_count, sizeof *w->contents);
    bool is_there = w->pages != NULL && w->elems != NULL && w->contents != NULL;
    for (size_t face = 0; face < LY_FACE_COUNT && is_there; face++) {
        size_t count = w->faces[face]->glyph_count;
        w->uses[face].used = tl_arena_alloc(&w->arena, count, 1);
        w->uses[face].character = tl_arena_alloc(&w->arena, count, sizeof *w->uses[face].character);
        is_there = w->uses[face].used != NULL && w->uses[face].character != NULL;
    }
    return is_there ? TL_OK : tl_err_memory(w->err);
}

tl_status tl_pdf_write(struct tl_buf *out, const struct tl_doc *doc, const struct tl_pdf_fonts *fonts,
                       struct tl_err *err)
{
    if (doc->face.title[0] == '\0' || tl_date_is_none(doc->face.issued))
        return tl_err_set(err, TL_ERR_INPUT, "a document needs a title and an issue date");
    struct writer w = {.err = err};
    for (size_t face = 0; face < LY_FACE_COUNT; face++)
        w.faces[face] = &fonts->faces[face];
    tl_status status = ly_layout(&w.layout, doc, w.faces, &w.arena, err);
    if (status == TL_OK)
        status = make_room(&w);
    for (size_t i = 0; i < w.layout.page_count && status == TL_OK; i++)
        status = draw_page(&w, i);
    if (status == TL_OK)
        status = pdf_file_open(&w.file, err);
    if (status == TL_OK)
        status = write_file(&w, &doc->face, out);
    pdf_file_close(w.file);
    for (size_t i = 0; w.contents != NULL && i < w.layout.page_count; i++)
        tl_buf_release(&w.contents[i]);
    tl_arena_release(&w.arena);
    return status;
}
