/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A document on its way into a file: what pdf.c, pdf_page.c, pdf_structure.c and pdf_outline.c share.
 */
#ifndef TILSLUT_SRC_REPORT_PDF_WRITER_H
#define TILSLUT_SRC_REPORT_PDF_WRITER_H

#include "pdf_parts.h"

/* A piece of an element's content: marked content `mcid` of a page. */
struct piece {
    int elem;
    size_t page;
    int mcid;
};

struct pdf_writer {
    struct layout layout;
    struct tl_arena arena;
    struct pdf_file file;
    struct pdf_face_use uses[LY_FACE_COUNT];
    const struct tt_font *faces[LY_FACE_COUNT];
    struct pdf_kept *kept;
    uint32_t fonts[LY_FACE_COUNT]; /* object numbers */
    uint32_t *pages;               /* object numbers, page_count */
    uint32_t *elems;               /* object numbers, elem_count */
    uint32_t *links;               /* object numbers, entry_count of the layout */
    struct piece *pieces;          /* by page, then mcid */
    size_t piece_count, piece_capacity;
    struct tl_buf *contents; /* page_count */
    uint32_t struct_root, outline;
    struct tl_err *err;
};

/* Draws a page into contents[page], and records the pieces of elements on it (pdf_page.c). */
tl_status pdf_page_draw(struct pdf_writer *w, size_t page) TL_MUST_CHECK;

/* The elements' object numbers; the structure tree and the parent tree (pdf_structure.c). */
tl_status pdf_structure_number(struct pdf_writer *w) TL_MUST_CHECK;
tl_status pdf_structure_write(struct pdf_writer *w) TL_MUST_CHECK;

/* Links (pdf_links.c): their numbers; the entry of a page's dictionary that lists them; themselves, when the pages have
 * their numbers. */
tl_status pdf_links_reserve(struct pdf_writer *w) TL_MUST_CHECK;
void pdf_links_put(const struct pdf_writer *w, size_t page, struct tl_buf *out);
tl_status pdf_links_write(struct pdf_writer *w) TL_MUST_CHECK;

/* The outline, from the headings (pdf_outline.c). */
tl_status pdf_outline_write(struct pdf_writer *w) TL_MUST_CHECK;

#endif
