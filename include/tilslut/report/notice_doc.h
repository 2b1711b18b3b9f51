/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The confirmation of a notice (bekræftelse af opsigelse) with the final account, as a PDF: the last day, what was
 * charged and until when, what is still to be charged, and what happens with hosting and data. reports/notice.da.md is
 * the template that comes with the program.
 */
#ifndef TILSLUT_REPORT_NOTICE_DOC_H
#define TILSLUT_REPORT_NOTICE_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_notice_facts {
    struct tl_agreement_facts facts;     /* of the year of the last day, or an earlier one; the issue is the
                                            confirmation's own */
    struct tl_date given;                /* the day of the notice */
    const struct tl_statement_row *rows; /* what the party was charged and credited for the product, by date */
    size_t row_count;
    bool year_is_charged;      /* a run has charged the year of the facts */
    struct tl_money balance;   /* of the party's whole account; positive is owed by the party */
    struct tl_date balance_on; /* none: the day of issue */
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc; TL_ERR_MISSING also without a last day. */
tl_status tl_notice_doc(struct tl_buf *pdf, const struct tl_notice_facts *notice, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the confirmation says, as tl_agreement_digest. */
tl_status tl_notice_digest(struct tl_digest *out, const struct tl_notice_facts *notice, const char *template_text,
                           const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a template can use, for tl_template_check. Static. */
extern const char *const tl_notice_field_names[];

#endif
