/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The reminder (rykker) to a member as a PDF: which charges are past due, and where to pay.
 */
#ifndef TILSLUT_REPORT_REMINDER_DOC_H
#define TILSLUT_REPORT_REMINDER_DOC_H

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/payee.h"
#include "tilslut/agreement/reminder.h"
#include "tilslut/agreement/reminder_fee.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/pdf_fonts.h"

struct tl_reminder_facts {
    struct tl_issue issue;
    const struct tl_party *owner, *party;
    const struct tl_payee *payee;
    const struct tl_reminder *reminder;
    const struct tl_reminder_fee *fee; /* that it charges; NULL for none */
};

/* Appends the PDF to *pdf. Statuses as tl_agreement_doc. */
tl_status tl_reminder_doc(struct tl_buf *pdf, const struct tl_reminder_facts *facts, const char *template_text,
                          const char *template_name, const struct tl_pdf_fonts *fonts,
                          struct tl_err *err) TL_MUST_CHECK;

/* The digest of what the reminder says, as tl_agreement_digest. */
tl_status tl_reminder_digest(struct tl_digest *out, const struct tl_reminder_facts *facts, const char *template_text,
                             const char *template_name, struct tl_err *err) TL_MUST_CHECK;

/* The fields a reminder template can use, for tl_template_check. Static. */
extern const char *const tl_reminder_field_names[];

#endif
