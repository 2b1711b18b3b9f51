/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The document model printed as PDF: A4, archivable (PDF/A-2a, ISO 19005-2) and accessible (PDF/UA-1,
 * ISO 14289-1). The same document gives the same bytes: no clock, no random numbers; dates are the document's own.
 */
#ifndef TILSLUT_REPORT_PDF_H
#define TILSLUT_REPORT_PDF_H

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/doc.h"
#include "tilslut/report/pdf_fonts.h"

/* Appends the file to *out.
 * TL_ERR_INPUT: a character that the typeface lacks (named), a title or issue date missing.
 * TL_ERR_RANGE: a table row higher than a page. */
tl_status tl_pdf_write(struct tl_buf *out, const struct tl_doc *doc, const struct tl_pdf_fonts *fonts,
                       struct tl_err *err) TL_MUST_CHECK;

#endif
