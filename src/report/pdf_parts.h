/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Parts of a PDF file, as PDF syntax: fonts, metadata and colour. Private to pdf.c and the files named here.
 */
#ifndef TILSLUT_SRC_REPORT_PDF_PARTS_H
#define TILSLUT_SRC_REPORT_PDF_PARTS_H

#include <stdint.h>

#include "layout.h"
#include "pdf_file.h"
#include "pdf_fonts_faces.h"

/* What of a face a document uses: glyph by glyph whether, and for which character. glyph_count of each. */
struct pdf_face_use {
    unsigned char *used;
    uint32_t *character;
    bool any;
};

/* Writes the face's objects; *object is the number of the font. What was made of it for an earlier document is taken
 * from `kept` (pdf_font.c). */
tl_status pdf_font_write(struct pdf_file *file, struct pdf_kept *kept, size_t face, const struct tt_font *font,
                         struct pdf_face_use *use, uint32_t *object, struct tl_err *err) TL_MUST_CHECK;

/* The XMP packet that says what the document is and which standards it keeps (pdf_meta.c). */
void pdf_meta_xmp(struct tl_buf *out, const struct tl_doc_face *face);
/* The document information dictionary's entries. */
void pdf_meta_info(struct tl_buf *out, const struct tl_doc_face *face);
/* A text string: UTF-16BE with its mark, in hexadecimal. */
void pdf_meta_string(struct tl_buf *out, const char *text);

/* An ICC profile of sRGB (IEC 61966-2-1), version 4 (pdf_colour.c). */
void pdf_colour_profile(struct tl_buf *out);

/* Number of a length: points with up to two decimals. */
void pdf_number(struct tl_buf *out, int32_t length_mpt);

#endif
