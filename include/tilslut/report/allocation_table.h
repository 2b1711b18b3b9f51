/* SPDX-License-Identifier: MPL-2.0 */
/*
 * An allocation as a table: who pays what.
 */
#ifndef TILSLUT_REPORT_ALLOCATION_TABLE_H
#define TILSLUT_REPORT_ALLOCATION_TABLE_H

#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/report/table.h"

/* For people: one row per member by code, one column per line of the terms with the line's English name (its key
 * for machines is the line's id), the member's total, and the lines' totals below. Members outside the scope of a
 * line, and lines whose price is not yet known, have no amount there. Where the terms have size classes, the
 * class and the figure that decided it stand beside the name.
 * Release *out whatever the status. TL_ERR_INPUT, TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_allocation_table(struct tl_table *out, const struct tl_allocation *allocation,
                              struct tl_err *err) TL_MUST_CHECK;

/* For machines: one row per share (line, then member by code, then period) with its whole working.
 * `weight`, `weight_sum`, `share`, `exact_minor` and `rounding_minor` are exact fractions; the last two count
 * minor units (øre), and exact_minor + rounding_minor = 100 x amount. A share whose price is not yet known has no
 * working and no amount. Same statuses. */
tl_status tl_allocation_table_long(struct tl_table *out, const struct tl_allocation *allocation,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
