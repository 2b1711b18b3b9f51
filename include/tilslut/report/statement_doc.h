/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A statement of account (kontoudtog) as a PDF: what statement_xlsx.h writes, for those who print it.
 */
#ifndef TILSLUT_REPORT_STATEMENT_DOC_H
#define TILSLUT_REPORT_STATEMENT_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

/* Appends the PDF to *pdf. TL_ERR_BROKEN when the statement does not foot (tl_statement_check). Else statuses as
 * tl_agreement_doc. */
tl_status tl_statement_doc(struct tl_buf *pdf, const struct tl_statement *statement, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts,
                           struct tl_err *err) TL_MUST_CHECK;

/* The fields a statement template can use, for tl_template_check. Static. */
extern const char *const tl_statement_field_names[];

#endif
