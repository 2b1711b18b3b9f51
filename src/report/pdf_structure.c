/* SPDX-License-Identifier: MPL-2.0 */
/* The logical structure (ISO 32000-1, 14.7): elements, what is theirs on the pages, and the way back. */
#include <stdlib.h>
#include <string.h>

#include "pdf_writer.h"

/* Children and pieces of an element, in the order of the document, as linked lists of indexes. */
struct kin {
    int first_child, last_child, next_sibling;
    int first_piece, last_piece;
    int link; /* index, or -1 */
};

static tl_status find_kin(struct pdf_writer *w, struct kin **out, int **next_piece)
{
    size_t count = w->layout.elem_count;
    struct kin *kin = tl_arena_alloc(&w->arena, count, sizeof *kin);
    int *next = tl_arena_alloc(&w->arena, w->piece_count + 1, sizeof *next);
    if (kin == NULL || next == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < count; i++)
        kin[i] = (struct kin){-1, -1, -1, -1, -1, -1};
    for (size_t i = 0; i < w->layout.entry_count; i++)
        kin[w->layout.entries[i].elem].link = (int)i;
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

/* What an element is numbered by. */
struct rank {
    const char *type, *attribute;
    int place; /* of a cell in its row */
    size_t elem;
};

static int by_likeness(const void *left, const void *right)
{
    const struct rank *a = left, *b = right;
    int order = strcmp(a->type, b->type);
    if (order == 0)
        order = strcmp(a->attribute, b->attribute);
    if (order == 0)
        order = a->place - b->place;
    return order != 0 ? order : (a->elem > b->elem) - (a->elem < b->elem);
}

/* Elements that are alike, such as the cells of a column, get numbers in a row: the dictionaries then differ from one
 * to the next by the same little, and a table of a hundred rows takes little more room than one of ten. */
tl_status pdf_structure_number(struct pdf_writer *w)
{
    size_t count = w->layout.elem_count;
    struct rank *ranks = tl_arena_alloc(&w->arena, count, sizeof *ranks);
    int *children = tl_arena_alloc(&w->arena, count, sizeof *children);
    if (ranks == NULL || children == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < count; i++) {
        const struct ly_elem *elem = &w->layout.elems[i];
        bool is_cell = strcmp(elem->type, "TD") == 0 || strcmp(elem->type, "TH") == 0;
        int place = elem->parent < 0 ? 0 : children[elem->parent]++;
        ranks[i] = (struct rank){elem->type, elem->attribute == NULL ? "" : elem->attribute, is_cell ? place : 0, i};
    }
    qsort(ranks, count, sizeof *ranks, by_likeness);
    for (size_t i = 0; i < count; i++)
        w->elems[ranks[i].elem] = pdf_file_object(&w->file);
    return TL_OK;
}

/* `12 0 R` */
static void put_reference(struct tl_buf *out, uint32_t object)
{
    tl_buf_number(out, object);
    tl_buf_text(out, " 0 R");
}

/* The element's content; a piece on another page than the first says so. */
static void put_kids(struct pdf_writer *w, struct tl_buf *out, const struct kin *kin, const int *next_piece,
                     size_t elem)
{
    const struct kin *own = &kin[elem];
    bool is_single = own->link < 0 && (own->first_child < 0) != (own->first_piece < 0) &&
                     (own->first_child < 0 || own->first_child == own->last_child) &&
                     (own->first_piece < 0 || own->first_piece == own->last_piece);
    if (own->first_child < 0 && own->first_piece < 0)
        return;
    tl_buf_text(out, is_single ? "/K " : "/K[");
    for (int child = own->first_child; child >= 0; child = kin[child].next_sibling) {
        tl_buf_text(out, child == own->first_child ? "" : " ");
        put_reference(out, w->elems[child]);
    }
    for (int i = own->first_piece; i >= 0; i = next_piece[i]) {
        const struct piece *piece = &w->pieces[i];
        if (piece->page == w->pieces[own->first_piece].page) {
            tl_buf_text(out, i == own->first_piece ? "" : " ");
            tl_buf_number(out, piece->mcid);
        } else
            tl_buf_format(out, " << /Type /MCR /Pg %u 0 R /MCID %d >>", (unsigned)w->pages[piece->page], piece->mcid);
    }
    if (own->link >= 0)
        tl_buf_format(out, "<</Type/OBJR/Obj %u 0 R>>", (unsigned)w->links[own->link]);
    if (!is_single)
        tl_buf_text(out, "]");
    if (own->first_piece >= 0) {
        tl_buf_text(out, "/Pg ");
        put_reference(out, w->pages[w->pieces[own->first_piece].page]);
    }
}

/* Attributes are objects of their own, one for each value, since thousands of cells share four of them. */
struct attributes {
    const char *values[4];
    uint32_t objects[4];
    size_t count;
};

static void put_attribute(struct pdf_writer *w, struct tl_buf *out, struct attributes *known,
                          const struct ly_elem *elem)
{
    if (elem->attribute == NULL)
        return;
    size_t i = 0;
    while (i < known->count && strcmp(known->values[i], elem->attribute) != 0)
        i++;
    if (i == known->count) {
        bool is_list = strcmp(elem->type, "L") == 0;
        struct tl_buf entries = TL_BUF_EMPTY;
        tl_buf_format(&entries, "/O /%s /%s /%s", is_list ? "List" : "Table", is_list ? "ListNumbering" : "Scope",
                      elem->attribute);
        known->values[i] = elem->attribute;
        known->objects[i] = pdf_file_object(&w->file);
        pdf_file_entries(&w->file, known->objects[i], &entries);
        tl_buf_release(&entries);
        known->count++;
    }
    tl_buf_text(out, "/A ");
    put_reference(out, known->objects[i]);
}

/* A figure's text, and the box around it on its page. */
static void put_figure(struct tl_buf *out, const struct layout *l, const struct ly_elem *elem)
{
    if (elem->figure < 0)
        return;
    const struct ly_figure *figure = &l->figures[elem->figure];
    tl_buf_text(out, "/Alt ");
    pdf_meta_string(out, elem->alternative);
    tl_buf_text(out, "/A<</O/Layout/Placement/Block/BBox[");
    pdf_number(out, figure->x_mpt);
    tl_buf_text(out, " ");
    pdf_number(out, LY_PAGE_HEIGHT_MPT - figure->y_mpt - figure->height_mpt);
    tl_buf_text(out, " ");
    pdf_number(out, figure->x_mpt + figure->width_mpt);
    tl_buf_text(out, " ");
    pdf_number(out, LY_PAGE_HEIGHT_MPT - figure->y_mpt);
    tl_buf_text(out, "]>>");
}

/* Which element each piece of a page belongs to: the page's key gives an array by mcid. */
static void put_parent_tree(struct pdf_writer *w, struct tl_buf *out)
{
    size_t at = 0;
    tl_buf_text(out, "/Nums [");
    for (size_t page = 0; page < w->layout.page_count; page++) {
        tl_buf_format(out, "%zu [", page);
        for (; at < w->piece_count && w->pieces[at].page == page; at++) {
            put_reference(out, w->elems[w->pieces[at].elem]);
            tl_buf_text(out, " ");
        }
        tl_buf_text(out, "]\n");
    }
    for (size_t i = 0; i < w->layout.entry_count; i++)
        tl_buf_format(out, "%zu %u 0 R ", w->layout.page_count + i, (unsigned)w->elems[w->layout.entries[i].elem]);
    tl_buf_text(out, "]");
}

tl_status pdf_structure_write(struct pdf_writer *w)
{
    struct kin *kin = NULL;
    int *next_piece = NULL;
    tl_status status = find_kin(w, &kin, &next_piece);
    if (status != TL_OK)
        return status;
    struct tl_buf out = TL_BUF_EMPTY;
    struct attributes attributes = {.count = 0};
    uint32_t tree = pdf_file_object(&w->file);
    put_parent_tree(w, &out);
    pdf_file_entries(&w->file, tree, &out);
    for (size_t i = 0; i < w->layout.elem_count; i++) {
        const struct ly_elem *elem = &w->layout.elems[i];
        uint32_t parent = elem->parent < 0 ? w->struct_root : w->elems[elem->parent];
        out.length = 0;
        tl_buf_text(&out, "/S/");
        tl_buf_text(&out, elem->type);
        tl_buf_text(&out, "/P ");
        put_reference(&out, parent);
        put_attribute(w, &out, &attributes, elem);
        put_figure(&out, &w->layout, elem);
        put_kids(w, &out, kin, next_piece, i);
        pdf_file_entries(&w->file, w->elems[i], &out);
    }
    out.length = 0;
    tl_buf_format(&out, "/Type /StructTreeRoot /K %u 0 R /ParentTree %u 0 R /ParentTreeNextKey %zu",
                  (unsigned)w->elems[0], (unsigned)tree, w->layout.page_count + w->layout.entry_count);
    pdf_file_entries(&w->file, w->struct_root, &out);
    status = tl_buf_status(&out, w->err);
    tl_buf_release(&out);
    return status;
}
