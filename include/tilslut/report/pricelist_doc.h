/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The price list (takstblad) of a product for a year, as a PDF: prices and budgets with their rules, VAT, and the
 * decision behind them. reports/pricelist.da.md is the template that comes with the program.
 */
#ifndef TILSLUT_REPORT_PRICELIST_DOC_H
#define TILSLUT_REPORT_PRICELIST_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_pricelist_facts {
    struct tl_issue issue;
    const struct tl_party *owner;
    const struct tl_product *product;
    const struct tl_terms *terms;
    int terms_version;
    const struct tl_decision *decision;
    const struct tl_allocation *allocation; /* of the year, with or without members */
    const struct tl_member *members;        /* who can be named, such as by an agreed amount */
    size_t member_count;
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc. */
tl_status tl_pricelist_doc(struct tl_buf *pdf, const struct tl_pricelist_facts *facts, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts,
                           struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the price list says, as tl_agreement_digest. */
tl_status tl_pricelist_digest(struct tl_digest *out, const struct tl_pricelist_facts *facts, const char *template_text,
                              const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a price list template can use, for tl_template_check. Static. */
extern const char *const tl_pricelist_field_names[];

#endif
