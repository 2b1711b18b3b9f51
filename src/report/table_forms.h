/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The forms of a table, one function each; failures stick to the buffer and are told by tl_table_print.
 */
#ifndef REPORT_TABLE_FORMS_H
#define REPORT_TABLE_FORMS_H

#include "tilslut/report/table.h"

/* Its widths and broken titles lie in `scratch`. */
void tl_table_print_text(struct tl_buf *out, const struct tl_table *table, bool bold, struct tl_arena *scratch);
void tl_table_print_csv(struct tl_buf *out, const struct tl_table *table);
void tl_table_print_json(struct tl_buf *out, const struct tl_table *table);

#endif
