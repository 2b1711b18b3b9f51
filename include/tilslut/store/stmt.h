/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Prepared statements. The text of a statement is a constant of the program, never built from input; each is
 * prepared once per store and found again by the address of its text.
 *
 *     tl_stmt_get(&stmt, store, SQL[FIND], err)     -- reset, nothing bound
 *     tl_stmt_bind_text(stmt, 1, code)              -- parameters count from 1
 *     while (tl_stmt_next(stmt, &row, err) == TL_OK && row) ... tl_stmt_int(stmt, 0) ...   -- columns from 0
 *
 * A failed bind is told by the next step. After the last row, or when done early, tl_stmt_end.
 */
#ifndef TILSLUT_STORE_STMT_H
#define TILSLUT_STORE_STMT_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

struct tl_stmt;

/* The statement, ready to bind. Borrowed from the store. TL_ERR_STORE when the text does not fit the schema. */
tl_status tl_stmt_get(struct tl_stmt **out, struct tl_store *store, const char *sql, struct tl_err *err) TL_MUST_CHECK;

void tl_stmt_bind_int(struct tl_stmt *stmt, int parameter, int64_t value);
/* Text and blobs must live until the statement has ended; NULL binds NULL. */
void tl_stmt_bind_text(struct tl_stmt *stmt, int parameter, const char *text);
void tl_stmt_bind_blob(struct tl_stmt *stmt, int parameter, const void *bytes, size_t length);
void tl_stmt_bind_date(struct tl_stmt *stmt, int parameter, struct tl_date date); /* '' for none */
void tl_stmt_bind_digest(struct tl_stmt *stmt, int parameter, const struct tl_digest *digest);

/* Steps to the next row; *row is false when there is none, and the statement has ended then.
 * TL_ERR_STORE with SQLite's reason, TL_ERR_IO when the disk failed, TL_ERR_MEMORY. */
tl_status tl_stmt_next(struct tl_stmt *stmt, bool *row, struct tl_err *err) TL_MUST_CHECK;
/* Runs a statement that returns no rows, and ends it. */
tl_status tl_stmt_run(struct tl_stmt *stmt, struct tl_err *err) TL_MUST_CHECK;
/* Ends a statement before its last row. */
void tl_stmt_end(struct tl_stmt *stmt);

/* The parameter of that name (":party"), or 0 when the statement has none. */
int tl_stmt_parameter(struct tl_stmt *stmt, const char *name);
/* How many columns its rows have, and their names, which are borrowed until the statement is used again. */
int tl_stmt_column_count(struct tl_stmt *stmt);
const char *tl_stmt_column_name(struct tl_stmt *stmt, int column); /* "" when memory is gone */

/* Columns of the present row. Borrowed texts and blobs hold until the next step. */
int64_t tl_stmt_int(struct tl_stmt *stmt, int column);
bool tl_stmt_is_null(struct tl_stmt *stmt, int column);
const char *tl_stmt_text(struct tl_stmt *stmt, int column); /* "" for NULL */
const void *tl_stmt_blob(struct tl_stmt *stmt, int column, size_t *length);
struct tl_date tl_stmt_date(struct tl_stmt *stmt, int column); /* none for anything that is not a date */
/* False when the column does not hold 32 bytes. */
bool tl_stmt_digest(struct tl_stmt *stmt, int column, struct tl_digest *out);
/* A copy in the arena; NULL when memory is gone. */
const char *tl_stmt_copy(struct tl_stmt *stmt, int column, struct tl_arena *arena) TL_MUST_CHECK;

/* For a statement that answers one whole number, with no parameters left to bind: runs it. 0 without a row. */
tl_status tl_stmt_answer(struct tl_stmt *stmt, int64_t *out, struct tl_err *err) TL_MUST_CHECK;

#endif
