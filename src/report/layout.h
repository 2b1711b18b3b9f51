/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Layout: from the document model to what stands where on which page, and to which part of the document's
 * structure it belongs. Knows fonts by their measures only, and no file format.
 *
 * Lengths are in thousandths of a point (`_mpt`), so that no arithmetic depends on the machine. x counts from the
 * left edge of the page, y downwards from the top of the page or, inside a box, from the top of the box.
 */
#ifndef TILSLUT_SRC_REPORT_LAYOUT_H
#define TILSLUT_SRC_REPORT_LAYOUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "hyphenation.h"
#include "tilslut/report/doc.h"
#include "truetype.h"

/* Faces: regular, bold, italic, bold italic. What is drawn belongs to a structure element, or it is an artifact: of
 * the layout (rules, surfaces) or of the page (header, footer, repeated table headers). */
enum { LY_FACE_COUNT = 4, LY_ARTIFACT = -1, LY_PAGE_ARTIFACT = -2, LY_NO_TABLE = -1 };

/* A4 and its margins. */
enum {
    LY_PAGE_WIDTH_MPT = 595276,
    LY_PAGE_HEIGHT_MPT = 841890,
    LY_LEFT_MPT = 68000,
    LY_RIGHT_MPT = LY_PAGE_WIDTH_MPT - 68000,
    LY_TOP_MPT = 82000,
    LY_BOTTOM_MPT = LY_PAGE_HEIGHT_MPT - 80000
};

/* The association's colours; tints are for surfaces only. */
typedef enum ly_colour {
    LY_BLACK,
    LY_GREEN,
    LY_DARK_GREEN,
    LY_GREY,
    LY_TINT,
    LY_TINT_LIGHT,
    LY_LINE,
    LY_BLUE,
    LY_DARK_BLUE,
    LY_TEAL,
    LY_DARK_TEAL,
    LY_ORANGE,
    LY_DARK_ORANGE
} ly_colour;

struct ly_style {
    int32_t size_mpt, leading_mpt;
    unsigned face; /* added to the spans' own: 1 bold, 2 italic */
    ly_colour colour;
    bool divides_words;   /* at the end of a line, where the language's patterns are known */
    bool holds_last_word; /* no short word alone on the last line */
};

struct ly_glyph {
    uint32_t character;
    int32_t advance_mpt;
    uint16_t glyph;
    int16_t kern; /* towards the next glyph, thousandths of the em; part of the advance */
    uint8_t face;
    uint8_t flags; /* see layout_text.c */
};

struct ly_line {
    size_t from, to; /* of the glyphs */
    int32_t width_mpt;
    bool ends_with_hyphen; /* that the text itself does not have */
};

/* A shaped text, and its lines once it is broken. */
struct ly_text {
    struct ly_glyph *glyphs;
    size_t count;
    struct ly_style style;
    int32_t widest_word_mpt, full_width_mpt;
    struct ly_line *lines;
    size_t line_count, line_capacity;
};

typedef enum ly_item_kind { LY_ITEM_TEXT, LY_ITEM_FILL } ly_item_kind;

/* Something that is drawn. For a text y is the baseline; for a fill the upper edge. */
struct ly_item {
    ly_item_kind kind;
    int elem; /* index of the structure element, or an artifact */
    ly_colour colour;
    int32_t x_mpt, y_mpt, width_mpt, height_mpt;
    int32_t size_mpt;
    unsigned face;
    const struct ly_glyph *glyphs;
    size_t glyph_count;
    /* a part of a word that was divided: the first part stands for the whole word, the others for nothing, so that
     * whoever reads or copies the text gets whole words */
    bool is_part;
    const struct ly_glyph *word;
    size_t word_length;
};

struct ly_items {
    struct ly_item *items;
    size_t count, capacity;
};

/* An element of the document's structure. The first one is the document. */
struct ly_elem {
    const char *type;        /* P, H1, TH, ... as in ISO 32000-1, 14.8.4 */
    const char *attribute;   /* TH: its scope, Column or Row; L: its numbering, Disc or Decimal; else NULL */
    int parent;              /* -1 for the document */
    const char *alternative; /* Figure: what it shows, in words; else NULL */
    int figure;              /* Figure: its index; else -1 */
};

/* Where a figure stands: the box around it. */
struct ly_figure {
    size_t page;
    int32_t x_mpt, y_mpt, width_mpt, height_mpt;
};

struct ly_heading {
    const char *text;
    const struct tl_spans *source;
    int level;
    size_t page;
    int32_t y_mpt; /* of the page */
    int elem;
};

/* A line of the table of contents: a link. */
struct ly_entry {
    int elem;
    const struct tl_spans *source; /* of the heading */
    int heading;                   /* index, once all are known */
    size_t page, item;             /* where it is drawn; the item that prints the page number */
    int32_t x_mpt, y_mpt, width_mpt, height_mpt;
};

/* A horizontal slice of the text column that is never divided. */
struct ly_box {
    size_t first_item, item_count;
    int32_t height_mpt, space_before_mpt;
    bool glued; /* no page break behind it */
    bool breaks_before;
    bool is_tinted, begins_tint;
    int table;   /* whose header is repeated when a page begins with this box, or LY_NO_TABLE */
    int heading; /* index, or -1 */
    int figure;  /* index, or -1 */
    int entry;   /* index, or -1 */
};

/* The boxes of a table's header. */
struct ly_table_header {
    size_t first_box, box_count;
};

struct ly_page {
    struct ly_items drawn;
};

struct layout {
    struct tl_arena *arena;
    struct tl_err *err;
    const struct tt_font *const *faces;
    const struct hyphenation *hyphenation; /* NULL: words are not divided */
    const struct tl_doc_face *face;
    const struct tl_blocks *blocks; /* of the document */
    bool has_contents;              /* where the document asks for them */
    uint32_t decimal_mark;          /* of the document's language */
    struct ly_items items;          /* of the boxes */
    struct ly_box *boxes;
    size_t box_count, box_capacity;
    struct ly_elem *elems;
    size_t elem_count, elem_capacity;
    struct ly_heading *headings;
    size_t heading_count, heading_capacity;
    struct ly_figure *figures;
    size_t figure_count, figure_capacity;
    struct ly_entry *entries;
    size_t entry_count, entry_capacity;
    struct ly_table_header *headers;
    size_t header_count, header_capacity;
    struct ly_page *pages;
    size_t page_count, page_capacity;
    /* while blocks become boxes */
    struct ly_text marker; /* of a list item, printed with its first line */
    int32_t marker_x_mpt;
    int marker_elem; /* LY_ARTIFACT when no marker waits */
    bool is_tinted;
};

/* Lays out the whole document. The result lies in `arena`; faces must outlive it; `hyphenation` may be NULL.
 * TL_ERR_INPUT: a character that a font lacks. TL_ERR_RANGE: a row higher than a page. TL_ERR_MEMORY. */
tl_status ly_layout(struct layout *l, const struct tl_doc *doc, const struct tt_font *const faces[LY_FACE_COUNT],
                    const struct hyphenation *hyphenation, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Boxes become pages, with header and footer (layout_pages.c). */
tl_status ly_paginate(struct layout *l) TL_MUST_CHECK;

/* A table becomes boxes (layout_table.c). */
tl_status ly_add_table(struct layout *l, const struct tl_doc_table *table, int parent, int32_t left_mpt,
                       int32_t width_mpt, int32_t space_mpt) TL_MUST_CHECK;

/* The table of contents of `all` (layout_contents.c), and its page numbers when the pages are known. */
tl_status ly_add_contents(struct layout *l, const struct tl_blocks *all, const struct tl_spans *title, int parent,
                          int32_t left_mpt, int32_t width_mpt, int32_t space_mpt) TL_MUST_CHECK;
tl_status ly_contents_number(struct layout *l) TL_MUST_CHECK;

/* A table drawn as a chart (layout_chart.c). TL_ERR_INPUT: it has no rows or no numbers. */
tl_status ly_add_chart(struct layout *l, const struct tl_doc_table *table, int parent, int32_t left_mpt,
                       int32_t width_mpt, int32_t space_mpt) TL_MUST_CHECK;

/* Text (layout_text.c): shape, break into lines, place one line with its left edge at x and its baseline at y. */
tl_status ly_text_shape(struct layout *l, struct ly_text *text, const struct tl_spans *spans,
                        struct ly_style style) TL_MUST_CHECK;
tl_status ly_text_shape_string(struct layout *l, struct ly_text *text, const char *string,
                               struct ly_style style) TL_MUST_CHECK;
tl_status ly_text_break(struct layout *l, struct ly_text *text, int32_t width_mpt) TL_MUST_CHECK;
tl_status ly_text_place(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t line, int32_t x_mpt,
                        int32_t y_mpt, int elem) TL_MUST_CHECK;
/* The width of a number's decimals with their mark, or of what follows a whole number; 0 for other texts. */
int32_t ly_text_decimal_tail(const struct ly_text *text, uint32_t decimal_mark, bool *is_number);

/* Building blocks (layout.c). */
tl_status ly_fill(struct layout *l, struct ly_items *into, int32_t x_mpt, int32_t y_mpt, int32_t width_mpt,
                  int32_t height_mpt, ly_colour colour) TL_MUST_CHECK;
/* Begins a box at the end of the items; the box is complete when its height is set. NULL when memory is gone. */
struct ly_box *ly_box_begin(struct layout *l, int32_t space_before_mpt) TL_MUST_CHECK;
void ly_box_end(struct layout *l, int32_t height_mpt);
/* The new element's index in *out. */
tl_status ly_elem_add(struct layout *l, int *out, const char *type, int parent) TL_MUST_CHECK;
/* A figure that fills the box begun last. `alternative` NULL: memory is gone. */
tl_status ly_figure_add(struct layout *l, int *elem, int parent, const char *alternative) TL_MUST_CHECK;
/* Prints the marker that waits for a first line, at that line's baseline. */
tl_status ly_place_marker(struct layout *l, int32_t y_mpt) TL_MUST_CHECK;

#endif
