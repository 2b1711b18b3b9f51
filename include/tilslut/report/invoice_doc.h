/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The invoice or credit note as a paper to read (faktura, kreditnota), as a PDF: the same facts as the e-invoice has,
 * with the working of each line. It goes with the e-invoice, which is what a public body books.
 */
#ifndef TILSLUT_REPORT_INVOICE_DOC_H
#define TILSLUT_REPORT_INVOICE_DOC_H

#include "tilslut/base/text.h"
#include "tilslut/report/einvoice.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_invoice_facts {
    struct tl_issue issue;
    const struct tl_einvoice_source *source;
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc. */
tl_status tl_invoice_doc(struct tl_buf *pdf, const struct tl_invoice_facts *facts, const char *template_text,
                         const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the paper says, as tl_agreement_digest. */
tl_status tl_invoice_digest(struct tl_digest *out, const struct tl_invoice_facts *facts, const char *template_text,
                            const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a template can use, for tl_template_check. Static. */
extern const char *const tl_invoice_field_names[];

#endif
