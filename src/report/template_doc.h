/* SPDX-License-Identifier: MPL-2.0 */
/* From a template and its fields to a document: what the agreement and the price list have in common. */
#ifndef TILSLUT_SRC_REPORT_TEMPLATE_DOC_H
#define TILSLUT_SRC_REPORT_TEMPLATE_DOC_H

#include "tilslut/base/digest.h"
#include "tilslut/report/doc.h"
#include "tilslut/report/pdf_fonts.h"
#include "tilslut/report/template.h"

struct template_source {
    const char *text, *name;
    const char *const *known; /* the fields a template can use, for the check of names */
};

/* True for a template that is to get English words: its name ends in `.en.md`. */
bool template_is_english(const char *name);

/* The digest of the template with its fields filled in, as Markdown. Names that no document has are refused even where
 * this one would not print them. */
tl_status template_digest(struct tl_digest *out, const struct template_source *template, const struct tl_fields *fields,
                          struct tl_err *err) TL_MUST_CHECK;

/* The same, printed. */
tl_status template_print(struct tl_buf *pdf, const struct template_source *template, const struct tl_fields *fields,
                         const struct tl_doc_face *face, const struct tl_pdf_fonts *fonts,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
