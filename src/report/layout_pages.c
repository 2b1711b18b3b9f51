/* SPDX-License-Identifier: MPL-2.0 */
/* Boxes become pages; every page gets its header and footer when their number is known. */
#include "layout.h"

static const struct ly_style running_style = {7600, 10000, 0, LY_GREY, false, false};
static const struct ly_style owner_style = {7600, 10000, 1, LY_GREEN, false, false};

enum { HEADER_BASELINE_MPT = 46000, HEADER_RULE_MPT = 53000, FOOTER_RULE_MPT = 788000, FOOTER_BASELINE_MPT = 799500 };

/* Where the next box goes. */
struct cursor {
    struct layout *l;
    int32_t y_mpt;
    bool page_is_empty;
};

static tl_status begin_page(struct cursor *c)
{
    struct layout *l = c->l;
    void *pages = tl_arena_grow(l->arena, l->pages, l->page_count, &l->page_capacity, sizeof *l->pages);
    if (pages == NULL)
        return tl_err_memory(l->err);
    l->pages = pages;
    l->pages[l->page_count++] = (struct ly_page){0};
    c->y_mpt = LY_TOP_MPT;
    c->page_is_empty = true;
    return TL_OK;
}

/* Copies a box's items to the page. A repeated table header is no part of the structure. */
static tl_status draw_box(struct cursor *c, const struct ly_box *box, bool is_repeated)
{
    struct layout *l = c->l;
    struct ly_items *drawn = &l->pages[l->page_count - 1].drawn;
    int32_t space = c->page_is_empty ? 0 : box->space_before_mpt;
    if (box->is_tinted) {
        /* a little higher than the slice, so that no seam shows between slices */
        int32_t above = box->begins_tint || c->page_is_empty ? 0 : space + 500;
        tl_status status = ly_fill(l, drawn, LY_LEFT_MPT, c->y_mpt + space - above, LY_RIGHT_MPT - LY_LEFT_MPT,
                                   box->height_mpt + above, LY_TINT_LIGHT);
        if (status != TL_OK)
            return status;
    }
    c->y_mpt += space;
    for (size_t i = 0; i < box->item_count; i++) {
        void *items = tl_arena_grow(l->arena, drawn->items, drawn->count, &drawn->capacity, sizeof *drawn->items);
        if (items == NULL)
            return tl_err_memory(l->err);
        drawn->items = items;
        struct ly_item *item = &drawn->items[drawn->count++];
        *item = l->items.items[box->first_item + i];
        item->y_mpt += c->y_mpt;
        if (is_repeated)
            item->elem = LY_PAGE_ARTIFACT;
    }
    if (box->heading >= 0) {
        l->headings[box->heading].page = l->page_count - 1;
        l->headings[box->heading].y_mpt = c->y_mpt;
    }
    if (box->entry >= 0) {
        l->entries[box->entry].page = l->page_count - 1;
        l->entries[box->entry].y_mpt = c->y_mpt;
        l->entries[box->entry].item = drawn->count - 1;
    }
    if (box->figure >= 0)
        l->figures[box->figure] = (struct ly_figure){.page = l->page_count - 1,
                                                     .x_mpt = LY_LEFT_MPT,
                                                     .y_mpt = c->y_mpt,
                                                     .width_mpt = LY_RIGHT_MPT - LY_LEFT_MPT,
                                                     .height_mpt = box->height_mpt};
    c->y_mpt += box->height_mpt;
    c->page_is_empty = false;
    return TL_OK;
}

/* The table header that a page beginning with box `index` repeats, or NULL. */
static const struct ly_table_header *repeated_header(const struct layout *l, size_t index)
{
    int table = l->boxes[index].table;
    return table == LY_NO_TABLE ? NULL : &l->headers[table];
}

/* How high boxes [from, to) are on the present page. */
static int64_t height_of(const struct cursor *c, size_t from, size_t to)
{
    const struct layout *l = c->l;
    int64_t height = 0;
    bool is_first = c->page_is_empty;
    const struct ly_table_header *header = is_first ? repeated_header(l, from) : NULL;
    if (header != NULL && from > header->first_box + header->box_count - 1)
        height += l->boxes[header->first_box].height_mpt;
    for (size_t i = from; i < to; i++) {
        height += l->boxes[i].height_mpt + (is_first ? 0 : l->boxes[i].space_before_mpt);
        is_first = false;
    }
    return height;
}

static tl_status draw_range(struct cursor *c, size_t from, size_t to)
{
    struct layout *l = c->l;
    const struct ly_table_header *header = c->page_is_empty ? repeated_header(l, from) : NULL;
    tl_status status = TL_OK;
    if (header != NULL)
        status = draw_box(c, &l->boxes[header->first_box], true);
    for (size_t i = from; i < to && status == TL_OK; i++)
        status = draw_box(c, &l->boxes[i], false);
    return status;
}

/* Places as much of a run that is higher than a page as fits on the fresh page; at least one box. */
static tl_status draw_overlong(struct cursor *c, size_t from, size_t to, size_t *next)
{
    size_t end = from + 1;
    if (c->y_mpt + height_of(c, from, end) > LY_BOTTOM_MPT)
        return tl_err_set(c->l->err, TL_ERR_RANGE, "a table row is higher than a page");
    while (end < to && c->y_mpt + height_of(c, from, end + 1) <= LY_BOTTOM_MPT)
        end++;
    *next = end;
    return draw_range(c, from, end);
}

static tl_status fill_pages(struct layout *l)
{
    struct cursor c = {.l = l};
    tl_status status = begin_page(&c);
    for (size_t from = 0; from < l->box_count && status == TL_OK;) {
        size_t to = from + 1;
        while (to < l->box_count && l->boxes[to - 1].glued && !l->boxes[to].breaks_before)
            to++;
        bool fits = c.y_mpt + height_of(&c, from, to) <= LY_BOTTOM_MPT;
        if (!c.page_is_empty && (l->boxes[from].breaks_before || !fits)) {
            status = begin_page(&c);
            fits = c.y_mpt + height_of(&c, from, to) <= LY_BOTTOM_MPT;
        }
        if (status == TL_OK && fits) {
            status = draw_range(&c, from, to);
            from = to;
        } else if (status == TL_OK)
            status = draw_overlong(&c, from, to, &from);
    }
    return status;
}

/* One line of a header or footer, cut with an ellipsis where it would run into its neighbour. */
static tl_status place_running(struct layout *l, struct ly_page *page, const char *string, struct ly_style style,
                               int32_t y_mpt, int32_t width_mpt, bool is_right)
{
    struct ly_text text, ellipsis;
    if (string == NULL || string[0] == '\0')
        return TL_OK;
    tl_status status = ly_text_shape_string(l, &text, string, style);
    if (status == TL_OK)
        status = ly_text_shape_string(l, &ellipsis, "\xE2\x80\xA6", style);
    if (status == TL_OK)
        status = ly_text_break(l, &ellipsis, width_mpt);
    bool is_cut = status == TL_OK && text.full_width_mpt > width_mpt;
    if (status == TL_OK)
        status = ly_text_break(l, &text, is_cut ? width_mpt - ellipsis.full_width_mpt : width_mpt);
    if (status != TL_OK || text.line_count == 0)
        return status;
    int32_t used = text.lines[0].width_mpt + (is_cut ? ellipsis.full_width_mpt : 0);
    int32_t x = is_right ? LY_RIGHT_MPT - used : LY_LEFT_MPT;
    status = ly_text_place(l, &page->drawn, &text, 0, x, y_mpt, LY_PAGE_ARTIFACT);
    if (status == TL_OK && is_cut)
        status = ly_text_place(l, &page->drawn, &ellipsis, 0, x + text.lines[0].width_mpt, y_mpt, LY_PAGE_ARTIFACT);
    return status;
}

static tl_status add_running(struct layout *l, size_t index)
{
    struct ly_page *page = &l->pages[index];
    const struct tl_doc_face *face = l->face;
    const int32_t width = LY_RIGHT_MPT - LY_LEFT_MPT;
    const char *number =
        tl_arena_format(l->arena, "%s %zu %s %zu", face->page_word, index + 1, face->of_word, l->page_count);
    if (number == NULL)
        return tl_err_memory(l->err);
    tl_status status = place_running(l, page, face->header_left, owner_style, HEADER_BASELINE_MPT, width / 3, false);
    if (status == TL_OK)
        status = place_running(l, page, face->header_right, running_style, HEADER_BASELINE_MPT, width * 63 / 100, true);
    if (status == TL_OK)
        status = ly_fill(l, &page->drawn, LY_LEFT_MPT, HEADER_RULE_MPT, width, 700, LY_GREEN);
    if (status == TL_OK)
        status = ly_fill(l, &page->drawn, LY_LEFT_MPT, FOOTER_RULE_MPT, width, 400, LY_LINE);
    if (status == TL_OK)
        status = place_running(l, page, face->footer_left, running_style, FOOTER_BASELINE_MPT, width * 80 / 100, false);
    if (status == TL_OK)
        status = place_running(l, page, number, running_style, FOOTER_BASELINE_MPT, width / 6, true);
    if (status == TL_OK)
        status = place_running(l, page, face->footer_below, running_style,
                               FOOTER_BASELINE_MPT + running_style.leading_mpt, width, false);
    return status;
}

tl_status ly_paginate(struct layout *l)
{
    tl_status status = fill_pages(l);
    if (status == TL_OK)
        status = ly_contents_number(l);
    for (size_t i = 0; i < l->page_count && status == TL_OK; i++)
        status = add_running(l, i);
    return status;
}
