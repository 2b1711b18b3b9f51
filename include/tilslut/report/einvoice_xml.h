/* SPDX-License-Identifier: MPL-2.0 */
/* An e-invoice or credit note as UBL 2.1, by Peppol BIS Billing 3.0. */
#ifndef TILSLUT_REPORT_EINVOICE_XML_H
#define TILSLUT_REPORT_EINVOICE_XML_H

#include "tilslut/base/text.h"
#include "tilslut/report/einvoice.h"

/* Appends the document; the same facts make the same bytes. What tl_einvoice_check lets pass is taken as it is. Texts
 * that are empty are left out with their elements (PEPPOL-EN16931-R008); control characters and bytes that are not
 * UTF-8 are written as `\x1b`. TL_ERR_MEMORY. */
tl_status tl_einvoice_xml(struct tl_buf *out, const struct tl_einvoice *einvoice, struct tl_err *err) TL_MUST_CHECK;

#endif
