/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What two terms do not have alike, as a table: line, setting, before, after, and where it stands.
 */
#ifndef TILSLUT_REPORT_TERMS_DIFFERENCE_TABLE_H
#define TILSLUT_REPORT_TERMS_DIFFERENCE_TABLE_H

#include "tilslut/base/status.h"
#include "tilslut/exchange/terms_difference.h"
#include "tilslut/report/table.h"

/* One row per difference; places are `file:line:column`, with what the two files are called. For people one place, of
 * the later terms where they say it. What a file leaves out has no place. Release *out whatever the status.
 * TL_ERR_MEMORY. */
tl_status tl_terms_difference_table(struct tl_table *out, const struct tl_terms_difference *difference,
                                    const char *before_name, const char *after_name, struct tl_err *err) TL_MUST_CHECK;

/* For machines: with both places. Same statuses. */
tl_status tl_terms_difference_table_long(struct tl_table *out, const struct tl_terms_difference *difference,
                                         const char *before_name, const char *after_name,
                                         struct tl_err *err) TL_MUST_CHECK;

#endif
