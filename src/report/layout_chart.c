/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A table drawn as bars: one row each, its numbers as pieces side by side, the largest sum first. The row whose name is
 * bold is the reader's own: it stands on a surface, with a mark before it and in bold, so that nobody needs to see
 * colours. All of it is one figure with a text that says what it shows.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout.h"
#include "tilslut/base/text.h"

static const struct ly_style title_style = {8400, 11600, 1, LY_DARK_GREEN, false, false};
static const struct ly_style bar_style = {7200, 10400, 0, LY_BLACK, false, false};

/* Mid and dark tones in turn, so that neighbours differ in more than their colour. */
static const ly_colour piece_colours[] = {LY_GREEN, LY_DARK_BLUE,   LY_ORANGE, LY_DARK_TEAL,
                                          LY_BLUE,  LY_DARK_ORANGE, LY_TEAL,   LY_DARK_GREEN};

enum {
    COLOURS = sizeof piece_colours / sizeof piece_colours[0],
    BARS_MAX = 30, /* rows drawn each; of more, the largest and the reader's own */
    ROW_MPT = 11600,
    BAR_MPT = 7600,
    EDGE_MPT = 800, /* between pieces */
    GAP_MPT = 5000, /* between name, bar and number */
    MARK_MPT = 2200,
    TITLE_GAP_MPT = 3000,
    LEGEND_MPT = 15000,
    LEGEND_BOX_MPT = 6500,
    NAMES_PER_CENT = 34
};

static const int64_t hundredths_max = INT64_C(100000000000000000);

struct bar {
    size_t row;
    const char *name;
    bool is_own;
    int64_t sum; /* hundredths */
    size_t rank; /* from 1 */
    struct ly_text label, number;
};

struct chart {
    struct layout *l;
    const struct tl_doc_table *table;
    struct bar *bars; /* in order of their sums */
    size_t count, shown;
    struct bar smallest;
    int64_t total;
    bool has_decimals;
    int parent, elem;
    int32_t left_mpt, width_mpt, bar_left_mpt, bar_room_mpt, number_room_mpt;
};

/* The number that a cell begins with, in hundredths; 0 when it begins with none. */
static int64_t read_hundredths(const char *text, uint32_t decimal_mark, bool *has_decimals)
{
    int64_t value = 0;
    int decimals = -1;
    bool is_negative = false;
    for (uint32_t c; (c = tl_text_next(&text)) != 0;) {
        if (c == '-' || c == 0x2212)
            is_negative = true;
        else if (c >= '0' && c <= '9' && decimals < 2 && value < hundredths_max / 1000) {
            value = value * 10 + (c - '0');
            decimals += decimals >= 0 ? 1 : 0;
        } else if (c == decimal_mark && decimals < 0)
            decimals = 0;
        else if (c != '.' && c != ',')
            break;
    }
    *has_decimals = *has_decimals || decimals > 0;
    for (int i = decimals < 0 ? 0 : decimals; i < 2; i++)
        value *= 10;
    return is_negative ? -value : value;
}

static const char *amount_text(const struct chart *c, int64_t hundredths)
{
    char digits[32], grouped[48];
    size_t used = 0;
    bool is_negative = hundredths < 0;
    uint64_t size = is_negative ? (uint64_t)-hundredths : (uint64_t)hundredths;
    int length = snprintf(digits, sizeof digits, "%" PRIu64, size / 100);
    char mark = c->l->decimal_mark == ',' ? '.' : ',';
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            grouped[used++] = mark;
        grouped[used++] = digits[i];
    }
    grouped[used] = '\0';
    const char *sign = is_negative ? "-" : "";
    if (!c->has_decimals)
        return tl_arena_format(c->l->arena, "%s%s", sign, grouped);
    return tl_arena_format(c->l->arena, "%s%s%c%02d", sign, grouped, (char)c->l->decimal_mark, (int)(size % 100));
}

static const char *cell_text(const struct chart *c, size_t row, size_t column)
{
    return tl_spans_text(&c->table->rows[row].cells[column].content, c->l->arena);
}

static int by_sum(const void *a, const void *b)
{
    const struct bar *left = a, *right = b;
    if (left->sum != right->sum)
        return left->sum > right->sum ? -1 : 1;
    return left->row < right->row ? -1 : 1;
}

/* The rows as bars, sorted; the reader's own takes the place of the last one shown when it would be left out. */
static tl_status read_bars(struct chart *c)
{
    const struct tl_doc_table *table = c->table;
    c->bars = tl_arena_alloc(c->l->arena, table->row_count, sizeof *c->bars);
    if (c->bars == NULL)
        return tl_err_memory(c->l->err);
    for (size_t r = 0; r < table->row_count; r++) {
        struct bar *bar = &c->bars[c->count++];
        const struct tl_spans *name = &table->rows[r].cells[0].content;
        *bar = (struct bar){.row = r, .name = cell_text(c, r, 0)};
        bar->is_own = name->count > 0 && (name->items[0].style & TL_SPAN_BOLD) != 0;
        for (size_t i = 1; i < table->column_count; i++) {
            const char *text = cell_text(c, r, i);
            if (text == NULL || bar->name == NULL)
                return tl_err_memory(c->l->err);
            bar->sum += read_hundredths(text, c->l->decimal_mark, &c->has_decimals);
        }
        c->total += bar->sum;
    }
    qsort(c->bars, c->count, sizeof *c->bars, by_sum);
    c->shown = c->count > BARS_MAX ? BARS_MAX : c->count;
    c->smallest = c->bars[c->count - 1];
    for (size_t i = 0; i < c->count; i++) {
        c->bars[i].rank = i + 1;
        if (c->bars[i].is_own && i >= c->shown) {
            struct bar own = c->bars[i];
            c->bars[i] = c->bars[c->shown - 1];
            c->bars[c->shown - 1] = own;
        }
    }
    return TL_OK;
}

static const struct bar *own_bar(const struct chart *c)
{
    for (size_t i = 0; i < c->shown; i++)
        if (c->bars[i].is_own)
            return &c->bars[i];
    return NULL;
}

/* The text that stands for the figure. */
static const char *alternative(const struct chart *c)
{
    bool is_english = c->l->decimal_mark == '.';
    const struct bar *first = &c->bars[0], *last = &c->smallest, *own = own_bar(c);
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_format(&text,
                  is_english ? "Bar chart: %s. %zu bars, the largest first, %s in all. The largest is %s with %s, the "
                               "smallest %s with %s."
                             : "Søjlediagram: %s. %zu søjler med den største først, i alt %s. Størst er %s med %s, "
                               "mindst er %s med %s.",
                  c->table->chart, c->count, amount_text(c, c->total), first->name, amount_text(c, first->sum),
                  last->name, amount_text(c, last->sum));
    if (own != NULL)
        tl_buf_format(&text,
                      is_english ? " %s, which is highlighted, is number %zu with %s."
                                 : " %s, som er fremhævet, er nummer %zu med %s.",
                      own->name, own->rank, amount_text(c, own->sum));
    const char *copy = text.failed ? NULL : tl_arena_text(c->l->arena, tl_buf_string(&text));
    tl_buf_release(&text);
    return copy;
}

static tl_status shape_line(struct layout *l, struct ly_text *text, const char *string, unsigned face,
                            int32_t width_mpt)
{
    struct ly_style style = bar_style;
    style.face = face;
    tl_status status = string == NULL ? tl_err_memory(l->err) : ly_text_shape_string(l, text, string, style);
    return status == TL_OK ? ly_text_break(l, text, width_mpt) : status;
}

/* Names and numbers of the bars shown, and the room they leave. */
static tl_status shape_bars(struct chart *c)
{
    int32_t names = 0;
    const int32_t names_max = c->width_mpt / 100 * NAMES_PER_CENT;
    for (size_t i = 0; i < c->shown; i++) {
        struct bar *bar = &c->bars[i];
        unsigned face = bar->is_own ? 1 : 0;
        tl_status status = shape_line(c->l, &bar->label, bar->name, face, names_max);
        if (status == TL_OK)
            status = shape_line(c->l, &bar->number, amount_text(c, bar->sum), face, c->width_mpt);
        if (status != TL_OK)
            return status;
        int32_t width = bar->label.line_count == 0 ? 0 : bar->label.lines[0].width_mpt;
        names = width > names ? width : names;
        c->number_room_mpt =
            bar->number.full_width_mpt > c->number_room_mpt ? bar->number.full_width_mpt : c->number_room_mpt;
    }
    c->bar_left_mpt = c->left_mpt + 2 * MARK_MPT + names + GAP_MPT;
    c->bar_room_mpt = c->left_mpt + c->width_mpt - MARK_MPT - c->number_room_mpt - GAP_MPT - c->bar_left_mpt;
    return TL_OK;
}

static tl_status place_fill(const struct chart *c, int32_t x_mpt, int32_t y_mpt, int32_t width_mpt, int32_t height_mpt,
                            ly_colour colour)
{
    tl_status status = ly_fill(c->l, &c->l->items, x_mpt, y_mpt, width_mpt, height_mpt, colour);
    if (status == TL_OK)
        c->l->items.items[c->l->items.count - 1].elem = c->elem;
    return status;
}

/* Where on the bar an amount is; of very large ones the last digits are of no account. */
static int32_t position(const struct chart *c, int64_t value)
{
    int64_t scale = c->bars[0].sum > 0 ? c->bars[0].sum : 1;
    for (; scale > INT64_C(1) << 40; scale /= 2)
        value /= 2;
    return (int32_t)(value * c->bar_room_mpt / scale);
}

/* One piece for each number above zero. */
static tl_status place_pieces(const struct chart *c, const struct bar *bar, int32_t y_mpt)
{
    int64_t so_far = 0;
    bool unused = false;
    tl_status status = TL_OK;
    for (size_t i = 1; i < c->table->column_count && status == TL_OK; i++) {
        const char *text = cell_text(c, bar->row, i);
        if (text == NULL)
            return tl_err_memory(c->l->err);
        int64_t value = read_hundredths(text, c->l->decimal_mark, &unused);
        if (value <= 0)
            continue;
        int32_t from = position(c, so_far), to = position(c, so_far + value);
        so_far += value;
        int32_t width = to - from > 2 * EDGE_MPT ? to - from - EDGE_MPT : to - from;
        status = place_fill(c, c->bar_left_mpt + from, y_mpt, width, BAR_MPT, piece_colours[(i - 1) % COLOURS]);
    }
    return status;
}

static tl_status place_bar(const struct chart *c, const struct bar *bar, int32_t top_mpt)
{
    int32_t baseline = top_mpt + ROW_MPT / 2 + 2500;
    tl_status status = TL_OK;
    if (bar->is_own)
        status = place_fill(c, c->left_mpt, top_mpt, c->width_mpt, ROW_MPT, LY_TINT);
    if (status == TL_OK && bar->is_own)
        status = place_fill(c, c->left_mpt, top_mpt, MARK_MPT, ROW_MPT, LY_DARK_GREEN);
    if (status == TL_OK && bar->label.line_count > 0)
        status = ly_text_place(c->l, &c->l->items, &bar->label, 0, c->left_mpt + 2 * MARK_MPT, baseline, c->elem);
    if (status == TL_OK)
        status = place_pieces(c, bar, top_mpt + (ROW_MPT - BAR_MPT) / 2);
    int32_t right = c->left_mpt + c->width_mpt - MARK_MPT;
    return status == TL_OK ? ly_text_place(c->l, &c->l->items, &bar->number, 0, right - bar->number.full_width_mpt,
                                           baseline, c->elem)
                           : status;
}

/* Which colour is which column; nothing to say when there is one. Moves *y_mpt below it. */
static tl_status place_legend(const struct chart *c, int32_t *y_mpt)
{
    int32_t x = c->left_mpt;
    tl_status status = TL_OK;
    for (size_t i = 1; i < c->table->column_count && status == TL_OK; i++) {
        struct ly_text name;
        const char *string = tl_spans_text(&c->table->header[i].content, c->l->arena);
        status = shape_line(c->l, &name, string, 0, c->width_mpt / 2);
        if (status != TL_OK)
            return status;
        int32_t width = LEGEND_BOX_MPT + 3000 + (name.line_count > 0 ? name.lines[0].width_mpt : 0);
        if (x > c->left_mpt && x + width > c->left_mpt + c->width_mpt) {
            x = c->left_mpt;
            *y_mpt += ROW_MPT;
        }
        status = place_fill(c, x, *y_mpt, LEGEND_BOX_MPT, LEGEND_BOX_MPT, piece_colours[(i - 1) % COLOURS]);
        if (status == TL_OK && name.line_count > 0)
            status = ly_text_place(c->l, &c->l->items, &name, 0, x + LEGEND_BOX_MPT + 3000, *y_mpt + 6000, c->elem);
        x += width + 3 * GAP_MPT;
    }
    *y_mpt += LEGEND_MPT;
    return status;
}

/* Those that are not drawn, in one line. */
static tl_status place_rest(const struct chart *c, int32_t top_mpt)
{
    bool is_english = c->l->decimal_mark == '.';
    int64_t sum = c->total;
    struct ly_text text;
    for (size_t i = 0; i < c->shown; i++)
        sum -= c->bars[i].sum;
    const char *string =
        tl_arena_format(c->l->arena, is_english ? "and %zu more, %s together" : "og %zu andre, tilsammen %s",
                        c->count - c->shown, amount_text(c, sum));
    tl_status status = shape_line(c->l, &text, string, 2, c->width_mpt);
    return status == TL_OK ? ly_text_place(c->l, &c->l->items, &text, 0, c->left_mpt + 2 * MARK_MPT,
                                           top_mpt + ROW_MPT / 2 + 2500, c->elem)
                           : status;
}

static tl_status place_title(struct layout *l, const char *title, int parent, int32_t left_mpt, int32_t width_mpt,
                             int32_t space_mpt)
{
    struct ly_text text;
    int elem;
    tl_status status = ly_elem_add(l, &elem, "P", parent);
    if (status == TL_OK)
        status = ly_text_shape_string(l, &text, title, title_style);
    if (status == TL_OK)
        status = ly_text_break(l, &text, width_mpt);
    for (size_t i = 0; status == TL_OK && i < text.line_count; i++) {
        struct ly_box *box = ly_box_begin(l, i == 0 ? space_mpt : 0);
        if (box == NULL)
            return l->err->status;
        box->glued = true;
        status = ly_text_place(l, &l->items, &text, i, left_mpt, title_style.leading_mpt * 74 / 100, elem);
        ly_box_end(l, title_style.leading_mpt);
    }
    return status;
}

static tl_status place_figure(struct chart *c)
{
    struct ly_box *box = ly_box_begin(c->l, TITLE_GAP_MPT);
    if (box == NULL)
        return c->l->err->status;
    int32_t y = 0;
    tl_status status = ly_figure_add(c->l, &c->elem, c->parent, alternative(c));
    if (status == TL_OK && c->table->column_count > 2)
        status = place_legend(c, &y);
    for (size_t i = 0; i < c->shown && status == TL_OK; i++, y += ROW_MPT)
        status = place_bar(c, &c->bars[i], y);
    if (status == TL_OK && c->shown < c->count) {
        status = place_rest(c, y);
        y += ROW_MPT;
    }
    ly_box_end(c->l, y);
    return status;
}

tl_status ly_add_chart(struct layout *l, const struct tl_doc_table *table, int parent, int32_t left_mpt,
                       int32_t width_mpt, int32_t space_mpt)
{
    struct chart c = {.l = l, .table = table, .parent = parent, .left_mpt = left_mpt, .width_mpt = width_mpt};
    if (table->row_count == 0 || table->column_count < 2) {
        tl_status status = tl_err_set(l->err, TL_ERR_INPUT, "there is nothing to draw in the chart '%s'", table->chart);
        tl_err_hint(l->err, "its table needs a column of names, one of numbers, and a row");
        return status;
    }
    tl_status status = place_title(l, table->chart, parent, left_mpt, width_mpt, space_mpt);
    if (status == TL_OK)
        status = read_bars(&c);
    if (status == TL_OK)
        status = shape_bars(&c);
    return status == TL_OK ? place_figure(&c) : status;
}
