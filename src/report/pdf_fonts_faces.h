/* SPDX-License-Identifier: MPL-2.0 */
/* What lies behind struct tl_pdf_fonts, for the files that print. */
#ifndef TILSLUT_SRC_REPORT_PDF_FONTS_FACES_H
#define TILSLUT_SRC_REPORT_PDF_FONTS_FACES_H

#include "layout.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_pdf_fonts {
    struct tt_font faces[LY_FACE_COUNT];
};

#endif
