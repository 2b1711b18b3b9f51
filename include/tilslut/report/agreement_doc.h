/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The joining agreement (tilslutningsaftale) as a PDF for signature: a template filled with the facts.
 *
 * Templates are Markdown with fields (template.h, markdown.h); reports/agreement.da.md is the one that comes with
 * the program. A template whose name ends in `.en.md` gets English dates, words and line names, any other Danish.
 */
#ifndef TILSLUT_REPORT_AGREEMENT_DOC_H
#define TILSLUT_REPORT_AGREEMENT_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"
#include "tilslut/report/template.h"

/* Appends the PDF to *pdf. The same facts, template and fonts give the same bytes.
 * TL_ERR_INPUT: the template is not one (file, line and column are told), asks for a field that does not exist or is
 * empty, or a text holds a character that cannot be printed. TL_ERR_MISSING: the facts lack the decision, an issue
 * date or a share of the member. TL_ERR_RANGE, TL_ERR_STATE as tl_pdf_write. */
tl_status tl_agreement_doc(struct tl_buf *pdf, const struct tl_agreement_facts *facts, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts,
                           struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the agreement says in its clauses and of the member's own amounts: what the annexes tell of
 * others, who come and go, leaves it unchanged, as do version, the version it replaces, issue date and the ledger's
 * head; all else does not. Same statuses. */
tl_status tl_agreement_digest(struct tl_digest *out, const struct tl_agreement_facts *facts, const char *template_text,
                              const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields an agreement template can use, dotted paths, NULL-terminated: for tl_template_check. Static. */
extern const char *const tl_agreement_field_names[];

#endif
