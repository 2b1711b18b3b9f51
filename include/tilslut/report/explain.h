/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The working of one member's amounts, written down as a person would, so that it can be redone with a pencil.
 */
#ifndef TILSLUT_REPORT_EXPLAIN_H
#define TILSLUT_REPORT_EXPLAIN_H

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/alloc.h"

/* Appends English plain text for a terminal or a pipe: for each line of the terms what it is, the figure with its
 * date and source, the size class with its boundary rule, price and markup or budget, key, weight and share, the
 * exact amount, the rounding and the amount; then the member's total. Lines the member has no share in are named
 * with the reason. Amounts are in Danish form and exclude VAT.
 * TL_ERR_NOT_FOUND when the member has no share at all; TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_explain(struct tl_buf *out, const struct tl_allocation *allocation, const char *member_code,
                     struct tl_err *err) TL_MUST_CHECK;

/* Appends the rule of a size class, such as `25.000 or more, below 60.000`; the last one has no upper end. Nothing
 * when the terms have no such class. */
void tl_explain_class_rule(struct tl_buf *out, const struct tl_terms *terms, const struct tl_size_class *size_class);

#endif
