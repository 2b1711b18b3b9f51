/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Two allocations side by side: before and after, and the difference, per member and in total.
 */
#ifndef TILSLUT_REPORT_COMPARISON_TABLE_H
#define TILSLUT_REPORT_COMPARISON_TABLE_H

#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/report/table.h"

/* For people: one row per member of either, by code, with totals; a member who is not in one of them has no amount
 * there. Release *out whatever the status. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_comparison_table(struct tl_table *out, const struct tl_allocation *before,
                              const struct tl_allocation *after, struct tl_err *err) TL_MUST_CHECK;

/* For machines: one row per member and line of either. Same statuses. */
tl_status tl_comparison_table_long(struct tl_table *out, const struct tl_allocation *before,
                                   const struct tl_allocation *after, struct tl_err *err) TL_MUST_CHECK;

#endif
