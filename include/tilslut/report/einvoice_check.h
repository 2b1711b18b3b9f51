/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The rules that a receiver holds an e-invoice to, of those that what we write can break: the business rules of
 * EN 16931 (BR-), Peppol BIS Billing 3.0 (PEPPOL-EN16931-R) and Danish suppliers (DK-R-). Written from the published
 * rules. What the writer does the same way each time (identifiers of the specification, currency of each amount, two
 * decimals, order of elements) needs no check.
 */
#ifndef TILSLUT_REPORT_EINVOICE_CHECK_H
#define TILSLUT_REPORT_EINVOICE_CHECK_H

#include "tilslut/report/einvoice.h"

/* What a receiver would reject. */
struct tl_einvoice_flaw {
    const char *field; /* `order reference (BT-13)`, `line 2, price (BT-146)` */
    const char *rule;  /* PEPPOL-EN16931-R003 */
    const char *text;  /* neither an order nor a person reference is recorded */
    const char *hint;  /* the command that helps, or "" */
};

/* All flaws in the order of the document, in the arena; count 0 when a receiver must take it. TL_ERR_MEMORY. */
tl_status tl_einvoice_check(struct tl_einvoice_flaw **out, size_t *count, const struct tl_einvoice *einvoice,
                            struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
