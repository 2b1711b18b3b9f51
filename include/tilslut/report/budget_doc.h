/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The steering group's workbook on two pages, for those who print: the figures that matter, budget against actual by
 * quarter, who pays most, and the years before and the next. reports/budget.da.md is the template that comes with the
 * program. It is a working paper as the workbook is, and not registered.
 */
#ifndef TILSLUT_REPORT_BUDGET_DOC_H
#define TILSLUT_REPORT_BUDGET_DOC_H

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/report/pdf_fonts.h"

/* Appends the PDF to *pdf; `facts` with allocation and steering. Statuses as tl_pdf_write and tl_template_render. */
tl_status tl_budget_doc(struct tl_buf *pdf, const struct tl_budget_facts *facts, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err) TL_MUST_CHECK;

/* The fields that its template can use. Static. */
extern const char *const tl_budget_field_names[];

#endif
