/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The covering letter (følgebrev) to a joining agreement, as a PDF: what to sign, by when, how to return it, and what
 * it will cost. reports/letter.da.md is the template that comes with the program.
 */
#ifndef TILSLUT_REPORT_LETTER_DOC_H
#define TILSLUT_REPORT_LETTER_DOC_H

#include "tilslut/agreement/document.h"
#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_letter_facts {
    struct tl_agreement_facts facts;     /* of the agreement; the issue is the letter's own */
    const struct tl_document *agreement; /* as it was issued */
    struct tl_date sign_by;
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc; TL_ERR_MISSING also without a day to sign by. */
tl_status tl_letter_doc(struct tl_buf *pdf, const struct tl_letter_facts *letter, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the letter says, as tl_agreement_digest. */
tl_status tl_letter_digest(struct tl_digest *out, const struct tl_letter_facts *letter, const char *template_text,
                           const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a letter template can use, for tl_template_check. Static. */
extern const char *const tl_letter_field_names[];

#endif
