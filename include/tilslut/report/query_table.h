/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The report queries of reports/NAME.sql as tables. Each is plain SQL that the sqlite3 shell runs as it is. Its
 * comments say what it is: the second line of the file names it, and `-- amounts: COLUMN ...` the columns that are
 * amounts.
 *
 * Parameters that are not given are NULL, as in the shell, and limit nothing.
 */
#ifndef TILSLUT_REPORT_QUERY_TABLE_H
#define TILSLUT_REPORT_QUERY_TABLE_H

#include "tilslut/base/embedded.h"
#include "tilslut/base/status.h"
#include "tilslut/report/table.h"
#include "tilslut/store/store.h"

/* What a query may be limited to; NULL for all. */
struct tl_query_limits {
    const char *party, *product, *year;
};

/* The next query that the program carries, in the order of their names; the first one after NULL, NULL after the last.
 */
const struct tl_embedded_file *tl_query_next(const struct tl_embedded_file *query);
/* The name of a query, `trial-balance`, and what it is, in the arena; NULL when memory is gone. */
const char *tl_query_name(const struct tl_embedded_file *query, struct tl_arena *arena);
const char *tl_query_summary(const struct tl_embedded_file *query, struct tl_arena *arena);
/* The query of that name. TL_ERR_NOT_FOUND names the nearest. */
tl_status tl_query_find(const struct tl_embedded_file **out, const char *name, struct tl_err *err) TL_MUST_CHECK;

/* Runs a query. Release the table whatever the status. TL_ERR_USAGE: a limit that the query does not have, by the name
 * of its option. TL_ERR_STORE, TL_ERR_MEMORY, and the statuses of tl_table_add. */
tl_status tl_query_table(struct tl_table *out, struct tl_store *store, const struct tl_embedded_file *query,
                         const struct tl_query_limits *limits, struct tl_err *err) TL_MUST_CHECK;

#endif
