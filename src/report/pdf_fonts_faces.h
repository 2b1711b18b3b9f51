/* SPDX-License-Identifier: MPL-2.0 */
/* What lies behind struct tl_pdf_fonts, for the files that print. */
#ifndef TILSLUT_SRC_REPORT_PDF_FONTS_FACES_H
#define TILSLUT_SRC_REPORT_PDF_FONTS_FACES_H

#include "layout.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

/* A face with the glyphs of one document, as it is embedded: what costs time to make. */
struct pdf_subset {
    struct tl_digest glyphs; /* which ones, and the characters they stand for */
    bool is_made;
    char name[80];
    size_t program_length;
    struct tl_buf program; /* the font file, deflated */
    struct tl_buf map;     /* back to Unicode, deflated */
    struct tl_buf widths;  /* the entry W */
};

/* Documents of one run use the same few sets of glyphs. */
enum { PDF_SUBSETS_KEPT = 6, PDF_LANGUAGES = 2 };

struct pdf_kept {
    struct pdf_subset subsets[LY_FACE_COUNT][PDF_SUBSETS_KEPT];
    size_t next[LY_FACE_COUNT];                      /* where the next subset goes */
    struct hyphenation *hyphenations[PDF_LANGUAGES]; /* opened when first needed */
};

struct tl_pdf_fonts {
    struct tt_font faces[LY_FACE_COUNT];
    struct pdf_kept *kept;
};

/* The patterns of a language; NULL when there are none. Borrowed. */
tl_status pdf_fonts_hyphenation(const struct tl_pdf_fonts *fonts, const char *language, const struct hyphenation **out,
                                struct tl_err *err) TL_MUST_CHECK;

#endif
