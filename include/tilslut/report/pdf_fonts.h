/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The typeface of printed documents, Open Sans, in four faces. Found by fontconfig and read once; any number of
 * documents are printed with it.
 */
#ifndef TILSLUT_REPORT_PDF_FONTS_H
#define TILSLUT_REPORT_PDF_FONTS_H

#include "tilslut/base/status.h"

struct tl_pdf_fonts;

/* TL_ERR_NOT_FOUND: the typeface is not installed; the hint names the package. TL_ERR_IO, TL_ERR_INPUT: a font file
 * cannot be used. */
tl_status tl_pdf_fonts_open(struct tl_pdf_fonts **out, struct tl_err *err) TL_MUST_CHECK;
void tl_pdf_fonts_close(struct tl_pdf_fonts *fonts);

#endif
