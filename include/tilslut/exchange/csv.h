/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Delimited text: the dialect of RFC 4180 that spreadsheets and StatBank write.
 *
 * An own reader, since every message about a field names file, line and column, also when the field is
 * well formed and its content is wrong; the libraries at hand hand out fields without their positions.
 *
 * Separator `,` or `;`; line ends LF or CRLF; a field in double quotes may hold separators, line ends and
 * doubled quotes; UTF-8 with or without byte order mark; the last line with or without its end; blank lines
 * only at the end. The first record is the header and every other has as many fields. Spaces belong to the
 * field.
 */
#ifndef TILSLUT_EXCHANGE_CSV_H
#define TILSLUT_EXCHANGE_CSV_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

enum { TL_CSV_LENGTH_MAX = 16 * 1024 * 1024, TL_CSV_COLUMNS_MAX = 100, TL_CSV_FIELDS_MAX = 4000000 };

/* A field, its quotes removed, and where it begins. */
struct tl_csv_field {
    const char *text;
    uint32_t line, column; /* from 1, in characters */
};

struct tl_csv {
    const char *name; /* of the source, for messages */
    char separator;
    size_t column_count, row_count;    /* rows without the header */
    const struct tl_csv_field *header; /* column_count of them */
    const char *const *names;          /* the same in lower case, NULL-terminated */
    const struct tl_csv_field *fields; /* row_count times column_count of them */
};

/* Reads all of a source into the arena. The separator is `;` when the header has one outside quotes, else `,`.
 * TL_ERR_INPUT: no header, a quote without its end, text behind a closing quote, a quote inside a field
 * without quotes, a lone carriage return, a blank line before the end, a row with another number of fields
 * than the header, a column name that is empty or there twice (ignoring case); and what tl_source_text
 * refuses. TL_ERR_RANGE when a maximum above is passed. TL_ERR_MEMORY. */
tl_status tl_csv_read(struct tl_csv *out, const struct tl_source *source, struct tl_arena *arena,
                      struct tl_err *err) TL_MUST_CHECK;

/* The field of a row (from 0) and column. Borrowed from the arena. */
const struct tl_csv_field *tl_csv_at(const struct tl_csv *csv, size_t row, size_t column);

/* The index of the column of that name (lower case; the file may write capitals), or column_count. */
size_t tl_csv_column(const struct tl_csv *csv, const char *name);

/* TL_ERR_INPUT with the place of the first field that has a tab or a line end in it: what is recorded as a name, or
 * stands in a table, is text on one line. */
tl_status tl_csv_check_lines(const struct tl_csv *csv, struct tl_err *err) TL_MUST_CHECK;

/* The names of the columns as they stand, `'code', 'name', 'as_of'`, for messages; long ones are cut short.
 * In the arena; NULL when memory is gone. */
const char *tl_csv_header_text(const struct tl_csv *csv, struct tl_arena *arena) TL_MUST_CHECK;

#endif
