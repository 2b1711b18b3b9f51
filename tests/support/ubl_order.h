/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The order of elements in invoices and credit notes by the UBL 2.1 schemas, with how often each may stand, for the
 * elements that Peppol BIS Billing 3.0 knows. Written from the schemas' documentation and apart from what writes them.
 */
#ifndef TESTS_SUPPORT_UBL_ORDER_H
#define TESTS_SUPPORT_UBL_ORDER_H

#include <libxml/tree.h>

#include "tilslut/base/text.h"

/* Appends the violations, one on a line; nothing when there are none. */
void ubl_order_check(struct tl_buf *violations, xmlDoc *doc);

#endif
