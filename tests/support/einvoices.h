/* SPDX-License-Identifier: MPL-2.0 */
/* An invoice as the ledger would give it, for the tests of e-invoices; and their totals formed again from the XML. */
#ifndef TESTS_SUPPORT_EINVOICES_H
#define TESTS_SUPPORT_EINVOICES_H

#include <libxml/tree.h>

#include "tilslut/report/einvoice.h"

enum { SAMPLE_LINES = 8 };

struct sample_einvoice {
    struct tl_invoice invoice;
    struct tl_invoice_line lines[SAMPLE_LINES];
    struct tl_invoice_working workings[SAMPLE_LINES];
    struct tl_invoice_vat vats[SAMPLE_LINES];
    struct tl_einvoice_reference references[SAMPLE_LINES];
    struct tl_payee payee;
    struct tl_einvoice_source source; /* points at the others, so don't copy it */
};

/* An invoice of 2026 without lines, to a municipality's unit with an order, paid to an account. */
void sample_einvoice_init(struct sample_einvoice *sample);
/* Adds a line with its VAT, and foots the whole. `rate` in percent; `reason` "" for S. */
void sample_einvoice_add(struct sample_einvoice *sample, const char *name, int64_t net_minor, const char *vat_code,
                         int rate, const char *reason);
/* Makes a credit note of it: all amounts change their sign. */
void sample_einvoice_credit(struct sample_einvoice *sample);

/* Fails unless line nets, VAT of each category and totals follow from what stands below them in the document. */
void einvoice_totals_follow(xmlDoc *doc);
/* The text at an XPath (i: the root's namespace, cac, cbc), which must be there once; xmlFree it. */
char *einvoice_text(xmlDoc *doc, const char *path);
/* How many nodes are at an XPath. */
int einvoice_count(xmlDoc *doc, const char *path);

#endif
