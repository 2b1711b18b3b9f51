/* SPDX-License-Identifier: MPL-2.0 */
/* Blocks become boxes. */
#include "layout.h"

#include <string.h>

#include "tilslut/base/text.h"

static const struct ly_style body_style = {9600, 14200, 0, LY_BLACK, true, true};
static const struct ly_style heading_styles[] = {{20000, 26000, 1, LY_GREEN, false, false},
                                                 {12000, 16500, 1, LY_GREEN, false, false},
                                                 {9800, 14200, 1, LY_DARK_GREEN, false, false}};
static const int32_t heading_space_mpt[] = {26000, 15000, 9000};

enum {
    PARAGRAPH_SPACE_MPT = 5600,
    ITEM_SPACE_MPT = 2200,
    LIST_INDENT_MPT = 17000,
    TABLE_SPACE_MPT = 7000,
    BEHIND_TABLE_SPACE_MPT = 10000,
    RULE_SPACE_MPT = 9000,
    NOTE_PADDING_MPT = 8000,
    CONTENTS_FROM_PAGES = 5, /* shorter documents need no table of contents */
    BASELINE_PER_MILLE = 740 /* of the leading, from the top of a line to its baseline */
};

tl_status ly_fill(struct layout *l, struct ly_items *into, int32_t x_mpt, int32_t y_mpt, int32_t width_mpt,
                  int32_t height_mpt, ly_colour colour)
{
    void *items = tl_arena_grow(l->arena, into->items, into->count, &into->capacity, sizeof *into->items);
    if (items == NULL)
        return tl_err_memory(l->err);
    into->items = items;
    into->items[into->count++] = (struct ly_item){.kind = LY_ITEM_FILL,
                                                  .elem = LY_ARTIFACT,
                                                  .colour = colour,
                                                  .x_mpt = x_mpt,
                                                  .y_mpt = y_mpt,
                                                  .width_mpt = width_mpt,
                                                  .height_mpt = height_mpt};
    return TL_OK;
}

struct ly_box *ly_box_begin(struct layout *l, int32_t space_before_mpt)
{
    void *boxes = tl_arena_grow(l->arena, l->boxes, l->box_count, &l->box_capacity, sizeof *l->boxes);
    if (boxes == NULL) {
        tl_err_memory(l->err);
        return NULL;
    }
    l->boxes = boxes;
    struct ly_box *box = &l->boxes[l->box_count++];
    *box = (struct ly_box){.first_item = l->items.count,
                           .space_before_mpt = space_before_mpt,
                           .is_tinted = l->is_tinted,
                           .table = LY_NO_TABLE,
                           .heading = -1,
                           .figure = -1,
                           .entry = -1};
    return box;
}

void ly_box_end(struct layout *l, int32_t height_mpt)
{
    struct ly_box *box = &l->boxes[l->box_count - 1];
    box->item_count = l->items.count - box->first_item;
    box->height_mpt = height_mpt;
}

tl_status ly_elem_add(struct layout *l, int *out, const char *type, int parent)
{
    void *elems = tl_arena_grow(l->arena, l->elems, l->elem_count, &l->elem_capacity, sizeof *l->elems);
    if (elems == NULL)
        return tl_err_memory(l->err);
    l->elems = elems;
    *out = (int)l->elem_count;
    l->elems[l->elem_count++] = (struct ly_elem){.type = type, .parent = parent, .figure = -1};
    return TL_OK;
}

tl_status ly_figure_add(struct layout *l, int *elem, int parent, const char *alternative)
{
    void *figures = tl_arena_grow(l->arena, l->figures, l->figure_count, &l->figure_capacity, sizeof *l->figures);
    tl_status status = ly_elem_add(l, elem, "Figure", parent);
    if (status != TL_OK || figures == NULL || alternative == NULL)
        return tl_err_memory(l->err);
    l->figures = figures;
    l->elems[*elem].alternative = alternative;
    l->elems[*elem].figure = l->boxes[l->box_count - 1].figure = (int)l->figure_count;
    l->figures[l->figure_count++] = (struct ly_figure){0};
    return TL_OK;
}

tl_status ly_place_marker(struct layout *l, int32_t y_mpt)
{
    if (l->marker_elem == LY_ARTIFACT)
        return TL_OK;
    int elem = l->marker_elem;
    l->marker_elem = LY_ARTIFACT;
    return ly_text_place(l, &l->items, &l->marker, 0, l->marker_x_mpt, y_mpt, elem);
}

/* Lines as boxes; the first two and the last two stay together (no widows, no orphans), and so do the parts of a word.
 */
static tl_status add_lines(struct layout *l, const struct ly_text *text, int32_t x_mpt, int32_t space_mpt, int elem)
{
    int32_t leading = text->style.leading_mpt;
    for (size_t i = 0; i < text->line_count; i++) {
        struct ly_box *box = ly_box_begin(l, i == 0 ? space_mpt : 0);
        if (box == NULL)
            return l->err->status;
        box->glued =
            i + 1 < text->line_count && (i == 0 || i + 2 == text->line_count || text->lines[i].ends_with_hyphen);
        int32_t baseline = leading / 1000 * BASELINE_PER_MILLE;
        tl_status status = ly_place_marker(l, baseline);
        if (status == TL_OK)
            status = ly_text_place(l, &l->items, text, i, x_mpt, baseline, elem);
        if (status != TL_OK)
            return status;
        ly_box_end(l, leading);
    }
    return TL_OK;
}

static void glue(struct layout *l, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++)
        l->boxes[i].glued = true;
}

static tl_status add_heading(struct layout *l, const struct tl_block *block, int parent, int32_t left_mpt,
                             int32_t width_mpt)
{
    static const char *const types[] = {"H1", "H2", "H3"};
    size_t level = (size_t)block->level - 1, first = l->box_count;
    struct ly_text text;
    int elem;
    tl_status status = ly_elem_add(l, &elem, types[level], parent);
    if (status == TL_OK)
        status = ly_text_shape(l, &text, &block->text, heading_styles[level]);
    if (status == TL_OK)
        status = ly_text_break(l, &text, width_mpt);
    if (status == TL_OK)
        status = add_lines(l, &text, left_mpt, heading_space_mpt[level], elem);
    if (status != TL_OK || l->box_count == first)
        return status;
    glue(l, first, l->box_count);
    void *headings = tl_arena_grow(l->arena, l->headings, l->heading_count, &l->heading_capacity, sizeof *l->headings);
    const char *title = tl_spans_text(&block->text, l->arena);
    if (headings == NULL || title == NULL)
        return tl_err_memory(l->err);
    l->headings = headings;
    l->boxes[first].heading = (int)l->heading_count;
    l->headings[l->heading_count++] =
        (struct ly_heading){.text = title, .source = &block->text, .level = block->level, .elem = elem};
    if (level > 0)
        return TL_OK;
    struct ly_box *rule = ly_box_begin(l, 0);
    if (rule == NULL)
        return l->err->status;
    rule->glued = true;
    status = ly_fill(l, &l->items, left_mpt, 3000, width_mpt, 1400, LY_GREEN);
    ly_box_end(l, 7000);
    return status;
}

static tl_status add_paragraph(struct layout *l, const struct tl_block *block, int parent, int32_t left_mpt,
                               int32_t width_mpt, int32_t space_mpt)
{
    struct ly_text text;
    int elem;
    tl_status status = ly_elem_add(l, &elem, "P", parent);
    if (status == TL_OK)
        status = ly_text_shape(l, &text, &block->text, body_style);
    if (status == TL_OK)
        status = ly_text_break(l, &text, width_mpt);
    if (status == TL_OK)
        status = add_lines(l, &text, left_mpt, space_mpt, elem);
    return status;
}

static tl_status add_blocks(struct layout *l, const struct tl_blocks *blocks, int parent, int32_t left_mpt,
                            int32_t width_mpt, int32_t first_space_mpt);

static tl_status add_item(struct layout *l, const struct tl_doc_list *list, size_t index, int list_elem,
                          int32_t left_mpt, int32_t width_mpt, int32_t space_mpt)
{
    int item_elem, label_elem, body_elem;
    const char *label = list->is_ordered ? tl_arena_format(l->arena, "%zu.", list->start + index) : "\xE2\x80\xA2";
    if (label == NULL)
        return tl_err_memory(l->err);
    tl_status status = ly_elem_add(l, &item_elem, "LI", list_elem);
    if (status == TL_OK)
        status = ly_elem_add(l, &label_elem, "Lbl", item_elem);
    if (status == TL_OK)
        status = ly_elem_add(l, &body_elem, "LBody", item_elem);
    if (status == TL_OK)
        status = ly_text_shape_string(l, &l->marker, label, body_style);
    if (status == TL_OK)
        status = ly_text_break(l, &l->marker, width_mpt);
    if (status != TL_OK)
        return status;
    l->marker_x_mpt = left_mpt + 3000;
    l->marker_elem = label_elem;
    status = add_blocks(l, &list->items[index], body_elem, left_mpt + LIST_INDENT_MPT, width_mpt - LIST_INDENT_MPT,
                        space_mpt);
    l->marker_elem = LY_ARTIFACT;
    return status;
}

static tl_status add_list(struct layout *l, const struct tl_doc_list *list, int parent, int32_t left_mpt,
                          int32_t width_mpt, int32_t space_mpt)
{
    int elem;
    tl_status status = ly_elem_add(l, &elem, "L", parent);
    if (status == TL_OK)
        l->elems[elem].attribute = list->is_ordered ? "Decimal" : "Disc";
    for (size_t i = 0; i < list->item_count && status == TL_OK; i++)
        status = add_item(l, list, i, elem, left_mpt, width_mpt, i == 0 ? space_mpt : ITEM_SPACE_MPT);
    return status;
}

static tl_status add_rule(struct layout *l, int32_t left_mpt, int32_t width_mpt)
{
    if (ly_box_begin(l, RULE_SPACE_MPT) == NULL)
        return l->err->status;
    tl_status status = ly_fill(l, &l->items, left_mpt, 0, width_mpt, 500, LY_LINE);
    ly_box_end(l, 3000);
    return status;
}

/* An empty slice of a tinted surface. */
static tl_status add_padding(struct layout *l, int32_t space_mpt, bool glued)
{
    struct ly_box *box = ly_box_begin(l, space_mpt);
    if (box == NULL)
        return l->err->status;
    box->glued = glued;
    box->begins_tint = glued;
    ly_box_end(l, NOTE_PADDING_MPT);
    return TL_OK;
}

static tl_status add_note(struct layout *l, const struct tl_blocks *inner, int parent, int32_t left_mpt,
                          int32_t width_mpt, int32_t space_mpt)
{
    int elem;
    size_t first = l->box_count;
    tl_status status = ly_elem_add(l, &elem, "Div", parent);
    l->is_tinted = true;
    if (status == TL_OK)
        status = add_padding(l, space_mpt, true);
    if (status == TL_OK)
        status = add_blocks(l, inner, elem, left_mpt + 10000, width_mpt - 20000, 0);
    if (status == TL_OK)
        status = add_padding(l, 0, false);
    l->is_tinted = false;
    if (status == TL_OK)
        glue(l, first, l->box_count - 1);
    return status;
}

/* A rule of thumb of the measure: nothing can be set in less. */
enum { NARROWEST_MPT = 40000 };

static tl_status add_block(struct layout *l, const struct tl_block *block, int parent, int32_t left_mpt,
                           int32_t width_mpt, int32_t space_mpt)
{
    size_t first = l->box_count;
    tl_status status = TL_OK;
    if (width_mpt < NARROWEST_MPT)
        return tl_err_set(l->err, TL_ERR_RANGE, "lists are nested deeper than the page is wide");
    switch (block->kind) {
    case TL_BLOCK_HEADING:
        return add_heading(l, block, parent, left_mpt, width_mpt);
    case TL_BLOCK_PARAGRAPH:
        return add_paragraph(l, block, parent, left_mpt, width_mpt, space_mpt);
    case TL_BLOCK_LIST:
        return add_list(l, block->list, parent, left_mpt, width_mpt, space_mpt);
    case TL_BLOCK_TABLE:
        if (block->table->chart != NULL)
            return ly_add_chart(l, block->table, parent, left_mpt, width_mpt, space_mpt);
        return ly_add_table(l, block->table, parent, left_mpt, width_mpt, space_mpt);
    case TL_BLOCK_RULE:
        return add_rule(l, left_mpt, width_mpt);
    case TL_BLOCK_NOTE:
        return add_note(l, block->inner, parent, left_mpt, width_mpt, space_mpt);
    case TL_BLOCK_TOGETHER:
        status = add_blocks(l, block->inner, parent, left_mpt, width_mpt, space_mpt);
        if (status == TL_OK && l->box_count > first)
            glue(l, first, l->box_count - 1);
        return status;
    case TL_BLOCK_CONTENTS:
        if (l->has_contents)
            return ly_add_contents(l, l->blocks, &block->text, parent, left_mpt, width_mpt, BEHIND_TABLE_SPACE_MPT);
        break;
    case TL_BLOCK_PAGE_BREAK:
        break;
    }
    return TL_OK;
}

/* The space above a block, by what it is and what stands before it. */
static int32_t space_above(const struct tl_blocks *blocks, size_t index, int32_t first_space_mpt)
{
    if (index == 0)
        return first_space_mpt;
    tl_block_kind kind = blocks->items[index].kind, before = blocks->items[index - 1].kind;
    bool is_behind_table = before == TL_BLOCK_TABLE || before == TL_BLOCK_NOTE;
    if (is_behind_table)
        return BEHIND_TABLE_SPACE_MPT;
    return kind == TL_BLOCK_TABLE || kind == TL_BLOCK_NOTE ? TABLE_SPACE_MPT : PARAGRAPH_SPACE_MPT;
}

/* Recursion is as deep as blocks nest, which whoever built the document bounds. */
static tl_status add_blocks(struct layout *l, const struct tl_blocks *blocks, int parent, int32_t left_mpt,
                            int32_t width_mpt, int32_t first_space_mpt)
{
    tl_status status = TL_OK;
    bool breaks = false;
    for (size_t i = 0; i < blocks->count && status == TL_OK; i++) {
        size_t first = l->box_count;
        status = add_block(l, &blocks->items[i], parent, left_mpt, width_mpt, space_above(blocks, i, first_space_mpt));
        if (breaks && status == TL_OK && l->box_count > first)
            l->boxes[first].breaks_before = true;
        if (l->box_count > first)
            breaks = false;
        /* what leads to a table stands above its first rows */
        bool leads = blocks->items[i].kind == TL_BLOCK_PARAGRAPH && i + 1 < blocks->count &&
                     blocks->items[i + 1].kind == TL_BLOCK_TABLE && blocks->items[i + 1].table->chart == NULL;
        if (leads && l->box_count > first)
            l->boxes[l->box_count - 1].glued = true;
        if (blocks->items[i].kind == TL_BLOCK_PAGE_BREAK)
            breaks = true;
    }
    return status;
}

static tl_status lay_out(struct layout *l)
{
    int root = 0;
    tl_status status = ly_elem_add(l, &root, "Document", -1);
    if (status == TL_OK)
        status = add_blocks(l, l->blocks, root, LY_LEFT_MPT, LY_RIGHT_MPT - LY_LEFT_MPT, 0);
    if (status == TL_OK)
        status = ly_paginate(l);
    return status;
}

tl_status ly_layout(struct layout *l, const struct tl_doc *doc, const struct tt_font *const faces[LY_FACE_COUNT],
                    const struct hyphenation *hyphenation, struct tl_arena *arena, struct tl_err *err)
{
    const struct layout empty = {.arena = arena,
                                 .err = err,
                                 .faces = faces,
                                 .hyphenation = hyphenation,
                                 .face = &doc->face,
                                 .blocks = &doc->blocks,
                                 .has_contents = true,
                                 .decimal_mark =
                                     doc->face.language != NULL && strcmp(doc->face.language, "en") == 0 ? '.' : ',',
                                 .marker_elem = LY_ARTIFACT};
    *l = empty;
    tl_status status = lay_out(l);
    if (status == TL_OK && l->entry_count > 0 && l->page_count < CONTENTS_FROM_PAGES) {
        *l = empty;
        l->has_contents = false;
        status = lay_out(l);
    }
    return status;
}
