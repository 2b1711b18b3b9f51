/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The document model: what a document says and how it is structured, apart from how it looks and from any file
 * format. Plain data in one arena. markdown.h builds it, pdf.h prints it.
 */
#ifndef TILSLUT_REPORT_DOC_H
#define TILSLUT_REPORT_DOC_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"

typedef enum tl_span_style {
    TL_SPAN_PLAIN = 0,
    TL_SPAN_BOLD = 1,
    TL_SPAN_ITALIC = 2,
    TL_SPAN_BREAK = 4 /* the line ends behind this span */
} tl_span_style;

/* A run of text of one style. */
struct tl_span {
    const char *text; /* UTF-8 */
    unsigned style;   /* of tl_span_style */
};

/* What stands in a paragraph, a heading or a cell. */
struct tl_spans {
    struct tl_span *items;
    size_t count, capacity;
};

typedef enum tl_doc_align { TL_ALIGN_LEFT, TL_ALIGN_CENTER, TL_ALIGN_RIGHT } tl_doc_align;

struct tl_doc_cell {
    struct tl_spans content;
};

struct tl_doc_row {
    struct tl_doc_cell *cells; /* column_count of the table */
};

/* A table: a header row unless all its cells are empty, then rows. Numbers in a right-aligned column stand with
 * their decimal commas under each other. */
struct tl_doc_table {
    tl_doc_align *align;
    size_t column_count, column_capacity;
    bool has_header;
    bool has_row_header;        /* the first cell of a row names the row */
    bool has_total;             /* the last row is the sum of those above */
    bool is_small;              /* set in smaller type */
    bool is_signature;          /* cells are lines to write on, with what to write below */
    const char *chart;          /* drawn as bars under this title, one for each row; NULL for a table */
    struct tl_doc_cell *header; /* column_count, when has_header */
    struct tl_doc_row *rows;
    size_t row_count, row_capacity;
};

struct tl_block;

/* Blocks in order. */
struct tl_blocks {
    struct tl_block *items;
    size_t count, capacity;
};

struct tl_doc_list {
    bool is_ordered;
    unsigned start;
    struct tl_blocks *items; /* one per list item */
    size_t item_count, item_capacity;
};

typedef enum tl_block_kind {
    TL_BLOCK_HEADING,
    TL_BLOCK_PARAGRAPH,
    TL_BLOCK_LIST,
    TL_BLOCK_TABLE,
    TL_BLOCK_RULE,
    TL_BLOCK_NOTE,      /* blocks on a tinted surface */
    TL_BLOCK_TOGETHER,  /* blocks that stand on one page */
    TL_BLOCK_CONTENTS,  /* a table of contents, in long documents */
    TL_BLOCK_PAGE_BREAK /* what follows begins a page */
} tl_block_kind;

struct tl_block {
    tl_block_kind kind;
    int level;                  /* TL_BLOCK_HEADING: 1 to 3 */
    struct tl_spans text;       /* TL_BLOCK_HEADING, TL_BLOCK_PARAGRAPH, TL_BLOCK_CONTENTS: its title */
    struct tl_doc_list *list;   /* TL_BLOCK_LIST */
    struct tl_doc_table *table; /* TL_BLOCK_TABLE */
    struct tl_blocks *inner;    /* TL_BLOCK_NOTE, TL_BLOCK_TOGETHER */
};

/* What stands around the text on every page, and in the file's properties. */
struct tl_doc_face {
    const char *title;       /* of the file */
    const char *author;      /* the organisation that issues it */
    const char *subject;     /* "" for none */
    const char *language;    /* da, en */
    const char *header_left; /* top of every page */
    const char *header_right;
    const char *footer_left;  /* bottom of every page */
    const char *footer_below; /* a second line */
    const char *page_word;    /* "side" in "side 2 af 5" */
    const char *of_word;      /* "af" */
    struct tl_date issued;    /* the document's own date; the clock is never asked */
};

struct tl_doc {
    struct tl_arena arena;
    struct tl_doc_face face;
    struct tl_blocks blocks;
};

#define TL_DOC_EMPTY                                                                                                   \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

void tl_doc_release(struct tl_doc *doc);

/* Adds a block; NULL when memory is gone. The pointer holds until the next addition to `blocks`. */
struct tl_block *tl_blocks_add(struct tl_blocks *blocks, struct tl_arena *arena, tl_block_kind kind) TL_MUST_CHECK;

/* Appends text of a style; text of the style that stands last is joined to it. False when memory is gone. */
bool tl_spans_add(struct tl_spans *spans, struct tl_arena *arena, const char *text, size_t length,
                  unsigned style) TL_MUST_CHECK;

/* The spans as one plain text, breaks as spaces. In the arena; NULL when memory is gone. */
const char *tl_spans_text(const struct tl_spans *spans, struct tl_arena *arena) TL_MUST_CHECK;

#endif
