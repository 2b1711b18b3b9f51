/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The table of contents: the sections under the document's title and its other main headings, each a link with its
 * page. Entries are boxes like any text; their page numbers are filled in when all pages are known.
 */
#include <assert.h>
#include <string.h>

#include "layout.h"

static const struct ly_style title_style = {9800, 14200, 1, LY_DARK_GREEN, false, false};
static const struct ly_style entry_style = {8600, 12600, 0, LY_BLACK, false, false};

enum {
    NUMBER_ROOM_MPT = 22000, /* for a page number and the space before it */
    LEADER_GAP_MPT = 4000,
    LEADER_MPT = 300,
    BASELINE_MPT = 9300,
    TITLE_GAP_MPT = 3000
};

struct scan {
    struct layout *l;
    int toc_elem;
    int32_t left_mpt, width_mpt;
    size_t titles; /* headings of the first level so far */
};

/* Room for the page number, which is not known yet. */
static tl_status place_number(struct layout *l, int elem)
{
    struct ly_items *into = &l->items;
    void *items = tl_arena_grow(l->arena, into->items, into->count, &into->capacity, sizeof *into->items);
    if (items == NULL)
        return tl_err_memory(l->err);
    into->items = items;
    into->items[into->count++] = (struct ly_item){.kind = LY_ITEM_TEXT,
                                                  .elem = elem,
                                                  .colour = entry_style.colour,
                                                  .y_mpt = BASELINE_MPT,
                                                  .size_mpt = entry_style.size_mpt};
    return TL_OK;
}

static tl_status add_entry(struct scan *s, const struct tl_block *block)
{
    struct layout *l = s->l;
    int item_elem, reference_elem, link_elem;
    struct ly_text text;
    struct ly_box *box = ly_box_begin(l, 0);
    if (box == NULL)
        return l->err->status;
    void *entries = tl_arena_grow(l->arena, l->entries, l->entry_count, &l->entry_capacity, sizeof *l->entries);
    const char *title = tl_spans_text(&block->text, l->arena);
    if (entries == NULL || title == NULL)
        return tl_err_memory(l->err);
    tl_status status = ly_elem_add(l, &item_elem, "TOCI", s->toc_elem);
    if (status == TL_OK)
        status = ly_elem_add(l, &reference_elem, "Reference", item_elem);
    if (status == TL_OK)
        status = ly_elem_add(l, &link_elem, "Link", reference_elem);
    if (status == TL_OK)
        status = ly_text_shape_string(l, &text, title, entry_style);
    if (status == TL_OK)
        status = ly_text_break(l, &text, s->width_mpt - NUMBER_ROOM_MPT);
    if (status == TL_OK && text.line_count > 0)
        status = ly_text_place(l, &l->items, &text, 0, s->left_mpt, BASELINE_MPT, link_elem);
    if (status != TL_OK || text.line_count == 0)
        return status;
    int32_t from = s->left_mpt + text.lines[0].width_mpt + LEADER_GAP_MPT;
    int32_t to = s->left_mpt + s->width_mpt - NUMBER_ROOM_MPT + LEADER_GAP_MPT;
    if (to > from)
        status = ly_fill(l, &l->items, from, BASELINE_MPT - LEADER_MPT, to - from, LEADER_MPT, LY_LINE);
    if (status == TL_OK)
        status = place_number(l, link_elem);
    if (status != TL_OK)
        return status;
    l->entries = entries;
    box->entry = (int)l->entry_count;
    l->entries[l->entry_count++] = (struct ly_entry){.elem = link_elem,
                                                     .source = &block->text,
                                                     .heading = -1,
                                                     .x_mpt = s->left_mpt,
                                                     .width_mpt = s->width_mpt,
                                                     .height_mpt = entry_style.leading_mpt};
    ly_box_end(l, entry_style.leading_mpt);
    return TL_OK;
}

static bool is_listed(const struct scan *s, const struct tl_block *block)
{
    return block->level == 1 ? s->titles > 1 : block->level == 2 && s->titles == 1;
}

/* Recursion is as deep as blocks nest, which whoever built the document bounds. */
static tl_status scan_blocks(struct scan *s, const struct tl_blocks *blocks)
{
    tl_status status = TL_OK;
    for (size_t i = 0; i < blocks->count && status == TL_OK; i++) {
        const struct tl_block *block = &blocks->items[i];
        if (block->inner != NULL)
            status = scan_blocks(s, block->inner);
        if (block->kind != TL_BLOCK_HEADING || block->text.count == 0)
            continue;
        s->titles += block->level == 1 ? 1 : 0;
        if (is_listed(s, block))
            status = add_entry(s, block);
    }
    return status;
}

tl_status ly_add_contents(struct layout *l, const struct tl_blocks *all, const struct tl_spans *title, int parent,
                          int32_t left_mpt, int32_t width_mpt, int32_t space_mpt)
{
    struct scan s = {.l = l, .left_mpt = left_mpt, .width_mpt = width_mpt};
    struct ly_text text;
    int elem;
    struct ly_box *box = ly_box_begin(l, space_mpt);
    if (box == NULL)
        return l->err->status;
    box->glued = true;
    tl_status status = ly_elem_add(l, &elem, "P", parent);
    if (status == TL_OK)
        status = ly_text_shape(l, &text, title, title_style);
    if (status == TL_OK)
        status = ly_text_break(l, &text, width_mpt);
    if (status == TL_OK && text.line_count > 0)
        status = ly_text_place(l, &l->items, &text, 0, left_mpt, title_style.leading_mpt * 74 / 100, elem);
    ly_box_end(l, title_style.leading_mpt + TITLE_GAP_MPT);
    if (status == TL_OK)
        status = ly_elem_add(l, &s.toc_elem, "TOC", parent);
    return status == TL_OK ? scan_blocks(&s, all) : status;
}

tl_status ly_contents_number(struct layout *l)
{
    size_t next = 0; /* entries and headings are in the same order */
    for (size_t i = 0; i < l->entry_count; i++) {
        struct ly_entry *entry = &l->entries[i];
        struct ly_text text;
        for (; next < l->heading_count && entry->heading < 0; next++)
            entry->heading = l->headings[next].source == entry->source ? (int)next : -1;
        assert(entry->heading >= 0);
        const char *number = tl_arena_format(l->arena, " %zu", l->headings[entry->heading].page + 1);
        tl_status status = number == NULL ? tl_err_memory(l->err) : ly_text_shape_string(l, &text, number, entry_style);
        if (status != TL_OK)
            return status;
        struct ly_item *item = &l->pages[entry->page].drawn.items[entry->item];
        item->glyphs = text.glyphs;
        item->glyph_count = text.count;
        item->x_mpt = entry->x_mpt + entry->width_mpt - text.full_width_mpt;
    }
    return TL_OK;
}
