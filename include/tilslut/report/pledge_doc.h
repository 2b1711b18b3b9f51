/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The confirmation of a pledge (tilsagn) as a PDF: to which project, how much, when it binds, and what it is worth once
 * it does. reports/pledge.da.md is the template that comes with the program.
 */
#ifndef TILSLUT_REPORT_PLEDGE_DOC_H
#define TILSLUT_REPORT_PLEDGE_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/project.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/terms.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_pledge_facts {
    struct tl_issue issue;
    const struct tl_party *owner, *party;
    const struct tl_product *product;
    const struct tl_project *project;
    const struct tl_pledge *pledge;
    const struct tl_terms *terms; /* that waive or rebate for the project; NULL where the product has none yet */
    int terms_version;
    const struct tl_decision *decision; /* that adopted them */
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc. */
tl_status tl_pledge_doc(struct tl_buf *pdf, const struct tl_pledge_facts *facts, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the confirmation says, as tl_agreement_digest. */
tl_status tl_pledge_digest(struct tl_digest *out, const struct tl_pledge_facts *facts, const char *template_text,
                           const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a pledge template can use, for tl_template_check. Static. */
extern const char *const tl_pledge_field_names[];

#endif
