/* SPDX-License-Identifier: MPL-2.0 */
/* A table becomes boxes, one per row. Column widths come from what stands in the columns. */
#include <string.h>

#include "layout.h"

static const struct ly_style cell_style = {8400, 11600, 0, LY_BLACK, true, false};
static const struct ly_style small_style = {7200, 9800, 0, LY_BLACK, true, false};
static const struct ly_style label_style = {7400, 10000, 0, LY_BLACK, false, false};

enum {
    PADDING_X_MPT = 4500,
    PADDING_Y_MPT = 2900,
    SMALL_PADDING_Y_MPT = 1900,
    SIGNATURE_GAP_MPT = 22000,
    SIGNATURE_WRITE_MPT = 25000,
    PAIR_NAMES_PER_CENT = 24,
    SIGNATURE_SPACE_MPT = 16000,
    SHORT_TABLE_ROWS = 8 /* tables up to this many rows are not divided */
};

/* What is measured before the first row is placed. */
struct grid {
    uint32_t decimal_mark;
    const struct tl_doc_table *table;
    struct ly_style style;
    int32_t padding_y_mpt;
    struct ly_text *header; /* column_count */
    struct ly_text *cells;  /* row_count * column_count */
    int32_t *width_mpt;     /* of the columns, padding included */
    int32_t *left_mpt;
    int32_t *tail_mpt; /* the widest decimal tail of the column */
    int elem;
};

static struct ly_text *cell_of(const struct grid *g, size_t row, size_t column)
{
    return &g->cells[row * g->table->column_count + column];
}

static struct ly_style style_of_cell(const struct grid *g, size_t row, size_t column)
{
    struct ly_style style = g->style;
    const struct tl_doc_table *table = g->table;
    bool is_total = table->has_total && row + 1 == table->row_count;
    bool is_name = table->has_row_header && !table->has_header && column == 0;
    if (is_total || is_name)
        style.face = 1;
    return style;
}

static tl_status shape_cells(struct layout *l, struct grid *g)
{
    const struct tl_doc_table *table = g->table;
    struct ly_style bold = g->style;
    bold.face = 1;
    tl_status status = TL_OK;
    for (size_t c = 0; c < table->column_count && status == TL_OK; c++)
        status = ly_text_shape(l, &g->header[c], &table->header[c].content, bold);
    for (size_t r = 0; r < table->row_count; r++)
        for (size_t c = 0; c < table->column_count && status == TL_OK; c++)
            status = ly_text_shape(l, cell_of(g, r, c), &table->rows[r].cells[c].content, style_of_cell(g, r, c));
    return status;
}

/* How far a cell of a right-aligned column stands from the right edge, so that the commas meet. */
static int32_t decimal_shift(const struct grid *g, const struct ly_text *text, size_t column)
{
    bool is_number;
    int32_t tail = ly_text_decimal_tail(text, g->decimal_mark, &is_number);
    return g->table->align[column] == TL_ALIGN_RIGHT && is_number ? g->tail_mpt[column] - tail : 0;
}

static void find_tails(struct grid *g)
{
    for (size_t c = 0; c < g->table->column_count; c++)
        for (size_t r = 0; r < g->table->row_count; r++) {
            bool is_number;
            int32_t tail = ly_text_decimal_tail(cell_of(g, r, c), g->decimal_mark, &is_number);
            if (is_number && tail > g->tail_mpt[c])
                g->tail_mpt[c] = tail;
        }
}

/* Numbers are never divided: the least width of a right-aligned column is its full width. */
static void natural_widths(const struct grid *g, size_t column, int32_t *least_mpt, int32_t *full_mpt)
{
    const struct tl_doc_table *table = g->table;
    *least_mpt = table->has_header ? g->header[column].widest_word_mpt : 0;
    *full_mpt = table->has_header ? g->header[column].full_width_mpt : 0;
    for (size_t r = 0; r < table->row_count; r++) {
        const struct ly_text *text = cell_of(g, r, column);
        int32_t shift = decimal_shift(g, text, column);
        int32_t full = text->full_width_mpt + shift;
        int32_t least = table->align[column] == TL_ALIGN_RIGHT ? full : text->widest_word_mpt;
        *least_mpt = least > *least_mpt ? least : *least_mpt;
        *full_mpt = full > *full_mpt ? full : *full_mpt;
    }
    *least_mpt += 2 * PADDING_X_MPT;
    *full_mpt += 2 * PADDING_X_MPT;
}

/* Shares `room` among the columns by `weights`, the last column taking what rounding leaves. */
static void add_shares(int32_t *widths_mpt, const int32_t *weights, size_t count, int32_t room_mpt)
{
    int64_t sum = 0;
    for (size_t c = 0; c < count; c++)
        sum += weights[c];
    int32_t left = room_mpt;
    for (size_t c = 0; c < count && sum > 0; c++) {
        int32_t share = (int32_t)((int64_t)room_mpt * weights[c] / sum);
        widths_mpt[c] += share;
        left -= share;
    }
    if (count > 0 && sum > 0)
        widths_mpt[count - 1] += left;
}

/* Names and values without a header: the names get the same room in every such table, so that tables below each other
 * line up. False when this is another kind of table, or the names are too long. */
static bool find_pair_widths(const struct grid *g, const int32_t *full_mpt, int32_t room_mpt)
{
    int32_t names = room_mpt * PAIR_NAMES_PER_CENT / 100;
    if (g->table->has_header || g->table->column_count != 2 || full_mpt[0] > names)
        return false;
    g->width_mpt[0] = names;
    g->width_mpt[1] = room_mpt - names;
    return true;
}

/* Full widths when they fit, with the rest of the room for the columns of text; else least widths and a share of the
 * room by what is missing; else, when not even those fit, what there is in proportion. */
static tl_status find_widths(struct layout *l, struct grid *g, int32_t room_mpt)
{
    size_t count = g->table->column_count;
    int32_t *least = tl_arena_alloc(l->arena, count, sizeof *least);
    int32_t *full = tl_arena_alloc(l->arena, count, sizeof *full);
    int32_t *weights = tl_arena_alloc(l->arena, count, sizeof *weights);
    if (least == NULL || full == NULL || weights == NULL)
        return tl_err_memory(l->err);
    int64_t sum_least = 0, sum_full = 0;
    bool has_text = false;
    for (size_t c = 0; c < count; c++) {
        natural_widths(g, c, &least[c], &full[c]);
        sum_least += least[c];
        sum_full += full[c];
        has_text = has_text || g->table->align[c] != TL_ALIGN_RIGHT;
    }
    if (find_pair_widths(g, full, room_mpt))
        return TL_OK;
    if (sum_full <= room_mpt) {
        for (size_t c = 0; c < count; c++) {
            g->width_mpt[c] = full[c];
            weights[c] = g->table->align[c] == TL_ALIGN_RIGHT ? (has_text ? full[c] / 2 : full[c]) : full[c];
        }
        add_shares(g->width_mpt, weights, count, room_mpt - (int32_t)sum_full);
    } else if (sum_least <= room_mpt) {
        for (size_t c = 0; c < count; c++) {
            g->width_mpt[c] = least[c];
            weights[c] = full[c] - least[c];
        }
        add_shares(g->width_mpt, weights, count, room_mpt - (int32_t)sum_least);
    } else
        add_shares(g->width_mpt, least, count, room_mpt);
    return TL_OK;
}

static tl_status break_cells(struct layout *l, struct grid *g)
{
    size_t count = g->table->column_count;
    tl_status status = TL_OK;
    for (size_t c = 0; c < count && status == TL_OK; c++)
        status = ly_text_break(l, &g->header[c], g->width_mpt[c] - 2 * PADDING_X_MPT);
    for (size_t r = 0; r < g->table->row_count; r++)
        for (size_t c = 0; c < count && status == TL_OK; c++)
            status = ly_text_break(l, cell_of(g, r, c), g->width_mpt[c] - 2 * PADDING_X_MPT);
    return status;
}

static tl_status place_cell(struct layout *l, const struct grid *g, const struct ly_text *text, size_t column,
                            int32_t top_mpt, int elem)
{
    int32_t left = g->left_mpt[column] + PADDING_X_MPT, room = g->width_mpt[column] - 2 * PADDING_X_MPT;
    int32_t baseline = top_mpt + text->style.leading_mpt * 74 / 100;
    tl_status status = TL_OK;
    for (size_t i = 0; i < text->line_count && status == TL_OK; i++) {
        int32_t slack = room - text->lines[i].width_mpt, x = left;
        if (g->table->align[column] == TL_ALIGN_RIGHT)
            x += slack - (text->line_count == 1 ? decimal_shift(g, text, column) : 0);
        else if (g->table->align[column] == TL_ALIGN_CENTER)
            x += slack / 2;
        status = ly_text_place(l, &l->items, text, i, x, baseline, elem);
        baseline += text->style.leading_mpt;
    }
    return status;
}

/* One row: its texts, and the line below it. `texts` holds column_count cells. */
static tl_status place_row(struct layout *l, const struct grid *g, struct ly_text *texts, int section_elem,
                           bool is_header, bool is_total, int32_t width_mpt, int32_t space_mpt)
{
    const struct tl_doc_table *table = g->table;
    struct ly_box *box = ly_box_begin(l, space_mpt);
    int row_elem;
    if (box == NULL)
        return l->err->status;
    tl_status status = ly_elem_add(l, &row_elem, "TR", section_elem);
    size_t lines = 1;
    for (size_t c = 0; c < table->column_count; c++)
        lines = texts[c].line_count > lines ? texts[c].line_count : lines;
    int32_t height = (int32_t)lines * g->style.leading_mpt + 2 * g->padding_y_mpt;
    if (status == TL_OK && is_header)
        status = ly_fill(l, &l->items, g->left_mpt[0], 0, width_mpt, height, LY_TINT);
    if (status == TL_OK && is_total)
        status = ly_fill(l, &l->items, g->left_mpt[0], -400, width_mpt, 900, LY_GREEN);
    for (size_t c = 0; c < table->column_count && status == TL_OK; c++) {
        int elem;
        /* an empty corner heads nothing */
        bool names_column = is_header && texts[c].count > 0, names_row = !is_header && table->has_row_header && c == 0;
        status = ly_elem_add(l, &elem, names_column || names_row ? "TH" : "TD", row_elem);
        if (status != TL_OK)
            break;
        l->elems[elem].attribute = names_column ? "Column" : names_row ? "Row" : NULL;
        status = place_cell(l, g, &texts[c], c, g->padding_y_mpt, elem);
    }
    if (status == TL_OK && !is_header)
        status = ly_fill(l, &l->items, g->left_mpt[0], height - 400, width_mpt, 400, LY_LINE);
    ly_box_end(l, height);
    return status;
}

/* The header row, and the record that lets it be repeated. */
static tl_status place_header(struct layout *l, const struct grid *g, int32_t width_mpt, int32_t space_mpt)
{
    int elem;
    tl_status status = ly_elem_add(l, &elem, "THead", g->elem);
    void *headers = tl_arena_grow(l->arena, l->headers, l->header_count, &l->header_capacity, sizeof *l->headers);
    if (status != TL_OK || headers == NULL)
        return tl_err_memory(l->err);
    l->headers = headers;
    l->headers[l->header_count++] = (struct ly_table_header){.first_box = l->box_count, .box_count = 1};
    status = place_row(l, g, g->header, elem, true, false, width_mpt, space_mpt);
    if (status == TL_OK)
        l->boxes[l->box_count - 1].glued = true;
    return status;
}

static tl_status place_rows(struct layout *l, const struct grid *g, int32_t width_mpt, int32_t space_mpt)
{
    const struct tl_doc_table *table = g->table;
    int elem;
    tl_status status = ly_elem_add(l, &elem, "TBody", g->elem);
    for (size_t r = 0; r < table->row_count && status == TL_OK; r++) {
        bool is_last = r + 1 == table->row_count;
        status = place_row(l, g, cell_of(g, r, 0), elem, false, table->has_total && is_last, width_mpt,
                           r == 0 ? space_mpt : 0);
        if (status != TL_OK)
            break;
        struct ly_box *box = &l->boxes[l->box_count - 1];
        box->table = table->has_header ? (int)l->header_count - 1 : LY_NO_TABLE;
        box->glued = !is_last && (table->row_count <= SHORT_TABLE_ROWS || r == 0 || r + 2 == table->row_count);
    }
    return status;
}

/* Signature columns stand apart, each cell a line to write on with its label below. */
static tl_status place_signature_row(struct layout *l, const struct grid *g, size_t row, int section_elem)
{
    const struct tl_doc_table *table = g->table;
    struct ly_box *box = ly_box_begin(l, 0);
    int row_elem;
    if (box == NULL)
        return l->err->status;
    box->glued = row + 1 < table->row_count;
    tl_status status = ly_elem_add(l, &row_elem, "TR", section_elem);
    int32_t height = 0;
    for (size_t c = 0; c < table->column_count && status == TL_OK; c++) {
        struct ly_text *text = cell_of(g, row, c);
        int elem;
        status = ly_elem_add(l, &elem, "TD", row_elem);
        if (status == TL_OK)
            status = ly_fill(l, &l->items, g->left_mpt[c], SIGNATURE_WRITE_MPT, g->width_mpt[c], 500, LY_BLACK);
        int32_t baseline = SIGNATURE_WRITE_MPT + 9500;
        for (size_t i = 0; i < text->line_count && status == TL_OK; i++)
            status = ly_text_place(l, &l->items, text, i, g->left_mpt[c],
                                   baseline + (int32_t)i * text->style.leading_mpt, elem);
        int32_t needed = SIGNATURE_WRITE_MPT + 3000 + (int32_t)text->line_count * text->style.leading_mpt;
        height = needed > height ? needed : height;
    }
    ly_box_end(l, height);
    return status;
}

static tl_status place_signature_header(struct layout *l, const struct grid *g, int32_t space_mpt)
{
    const struct tl_doc_table *table = g->table;
    int head_elem, row_elem, elem;
    struct ly_box *box = ly_box_begin(l, space_mpt);
    if (box == NULL)
        return l->err->status;
    box->glued = true;
    tl_status status = ly_elem_add(l, &head_elem, "THead", g->elem);
    if (status == TL_OK)
        status = ly_elem_add(l, &row_elem, "TR", head_elem);
    int32_t height = 0;
    for (size_t c = 0; c < table->column_count && status == TL_OK; c++) {
        struct ly_text *text = &g->header[c];
        status = ly_elem_add(l, &elem, "TH", row_elem);
        if (status != TL_OK)
            break;
        l->elems[elem].attribute = "Column";
        for (size_t i = 0; i < text->line_count && status == TL_OK; i++)
            status = ly_text_place(l, &l->items, text, i, g->left_mpt[c],
                                   text->style.leading_mpt * 74 / 100 + (int32_t)i * text->style.leading_mpt, elem);
        int32_t needed = (int32_t)text->line_count * text->style.leading_mpt;
        height = needed > height ? needed : height;
    }
    ly_box_end(l, height);
    return status;
}

static tl_status place_signatures(struct layout *l, struct grid *g, int32_t left_mpt, int32_t width_mpt)
{
    const struct tl_doc_table *table = g->table;
    int32_t count = (int32_t)table->column_count;
    int32_t each = (width_mpt - (count - 1) * SIGNATURE_GAP_MPT) / count;
    tl_status status = TL_OK;
    for (size_t c = 0; c < table->column_count && status == TL_OK; c++) {
        g->left_mpt[c] = left_mpt + (int32_t)c * (each + SIGNATURE_GAP_MPT);
        g->width_mpt[c] = each;
        status = ly_text_break(l, &g->header[c], each);
        for (size_t r = 0; r < table->row_count && status == TL_OK; r++)
            status = ly_text_break(l, cell_of(g, r, c), each);
    }
    int elem;
    if (status == TL_OK && table->has_header)
        status = place_signature_header(l, g, SIGNATURE_SPACE_MPT);
    if (status == TL_OK)
        status = ly_elem_add(l, &elem, "TBody", g->elem);
    for (size_t r = 0; r < table->row_count && status == TL_OK; r++)
        status = place_signature_row(l, g, r, elem);
    return status;
}

tl_status ly_add_table(struct layout *l, const struct tl_doc_table *table, int parent, int32_t left_mpt,
                       int32_t width_mpt, int32_t space_mpt)
{
    size_t columns = table->column_count;
    if (columns == 0 || columns > 64)
        return tl_err_set(l->err, TL_ERR_RANGE, "a table has %zu columns; 1 to 64 can be printed", columns);
    struct grid g = {.decimal_mark = l->decimal_mark,
                     .table = table,
                     .style = table->is_signature ? label_style
                              : table->is_small   ? small_style
                                                  : cell_style,
                     .padding_y_mpt = table->is_small ? SMALL_PADDING_Y_MPT : PADDING_Y_MPT,
                     .header = tl_arena_alloc(l->arena, columns, sizeof *g.header),
                     .cells = tl_arena_alloc(l->arena, columns * table->row_count, sizeof *g.cells),
                     .width_mpt = tl_arena_alloc(l->arena, columns, sizeof *g.width_mpt),
                     .left_mpt = tl_arena_alloc(l->arena, columns, sizeof *g.left_mpt),
                     .tail_mpt = tl_arena_alloc(l->arena, columns, sizeof *g.tail_mpt)};
    if (g.header == NULL || g.cells == NULL || g.width_mpt == NULL || g.left_mpt == NULL || g.tail_mpt == NULL)
        return tl_err_memory(l->err);
    tl_status status = ly_elem_add(l, &g.elem, "Table", parent);
    if (status == TL_OK)
        status = shape_cells(l, &g);
    if (status != TL_OK)
        return status;
    if (table->is_signature)
        return place_signatures(l, &g, left_mpt, width_mpt);
    find_tails(&g);
    status = find_widths(l, &g, width_mpt);
    for (size_t c = 0; c < columns; c++)
        g.left_mpt[c] = c == 0 ? left_mpt : g.left_mpt[c - 1] + g.width_mpt[c - 1];
    if (status == TL_OK)
        status = break_cells(l, &g);
    if (status == TL_OK && table->has_header)
        status = place_header(l, &g, width_mpt, space_mpt);
    if (status == TL_OK)
        status = place_rows(l, &g, width_mpt, table->has_header ? 0 : space_mpt);
    return status;
}
