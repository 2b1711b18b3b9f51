/* SPDX-License-Identifier: MPL-2.0 */
/*
 * One typed table, and the forms it prints in: aligned text for people, CSV and JSON for machines.
 *
 * Every command that lists something builds one of these, so that a column is described once and each
 * form follows from its kind.
 */
#ifndef TILSLUT_REPORT_TABLE_H
#define TILSLUT_REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

/* kind         people read        CSV           JSON
 * TEXT, CODE   as it is           as it is      string
 * MONEY        1.234,56           1234.56       number with two decimals
 * DATE         2026-12-31         2026-12-31    string
 * RATIO        377.586  1,8  2/3  377586 1.8 2/3  number; a string where no finite decimals exist
 * PERCENT      12,5 %  1/3        0.125  1/3    as a ratio
 * INTEGER      42                 42            number
 * FRACTION     2/3                2/3           string: exact at any size, which a JSON number is not
 * missing      -                  (empty)       null */
typedef enum tl_column_kind {
    TL_COLUMN_TEXT,
    TL_COLUMN_CODE,
    TL_COLUMN_MONEY,
    TL_COLUMN_DATE,
    TL_COLUMN_RATIO,
    TL_COLUMN_PERCENT,
    TL_COLUMN_INTEGER,
    TL_COLUMN_FRACTION
} tl_column_kind;

struct tl_column {
    const char *key;   /* for machines: lower case with underscores, unique in the table, never renamed */
    const char *title; /* for people, English */
    tl_column_kind kind;
};

struct tl_cell {
    tl_column_kind kind;
    bool present;
    union {
        const char *text; /* TEXT, CODE, FRACTION */
        struct tl_money money;
        struct tl_date date;
        struct tl_ratio ratio; /* RATIO, PERCENT */
        int64_t integer;
    } as;
};

/* A cell of each kind. A NULL text, no date and no ratio are missing cells. */
struct tl_cell tl_cell_missing(void);
struct tl_cell tl_cell_text(const char *text);
struct tl_cell tl_cell_code(const char *code);
struct tl_cell tl_cell_money(struct tl_money amount);
struct tl_cell tl_cell_date(struct tl_date date);
struct tl_cell tl_cell_ratio(struct tl_ratio ratio);
struct tl_cell tl_cell_percent(struct tl_ratio ratio);
struct tl_cell tl_cell_integer(int64_t value);
struct tl_cell tl_cell_fraction(const char *text);

struct tl_table {
    struct tl_arena arena;
    struct tl_column *columns;
    size_t column_count;
    struct tl_cell **rows;
    size_t row_count, row_capacity;
    struct tl_cell *totals; /* NULL when there is no totals row */
};

#define TL_TABLE_EMPTY                                                                                                 \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

/* Starts a table with `count` columns, which are copied. Release it whatever the status. TL_ERR_MEMORY;
 * TL_ERR_INPUT when a key or title is not valid UTF-8 (titles can come from the names of lines). */
tl_status tl_table_init(struct tl_table *table, const struct tl_column *columns, size_t count,
                        struct tl_err *err) TL_MUST_CHECK;
void tl_table_release(struct tl_table *table);

/* Adds a row of column_count cells, copied; each is missing or of its column's kind.
 * TL_ERR_INPUT names column and row when a text is not valid UTF-8; TL_ERR_MEMORY. */
tl_status tl_table_add(struct tl_table *table, const struct tl_cell *cells, struct tl_err *err) TL_MUST_CHECK;

/* Sets the totals row, which people see below a rule and machines don't get. Same statuses. */
tl_status tl_table_set_totals(struct tl_table *table, const struct tl_cell *cells, struct tl_err *err) TL_MUST_CHECK;

typedef enum tl_table_form {
    TL_TABLE_TEXT,      /* aligned columns; for a pipe */
    TL_TABLE_TEXT_BOLD, /* the same with titles and totals in bold (ANSI); for a terminal */
    TL_TABLE_CSV,
    TL_TABLE_JSON
} tl_table_form;

/* Appends the table to `out` in one of its forms. TL_ERR_MEMORY.
 *
 * Text: missing totals are left blank; control characters and marks that change the direction of writing
 * are shown as `\x1b` or `\u202e`, so that no name can move a terminal's cursor.
 *
 * CSV: RFC 4180 with LF, comma, UTF-8 without a mark, one header row of keys. A TEXT or CODE that begins
 * with = + - @ tab, CR or LF gets a single quote in front and is put in double quotes, as OWASP ("CSV
 * Injection") advises, so that no spreadsheet takes it for a formula; who needs it byte for byte reads JSON.
 * Numbers, amounts and fractions are never changed.
 *
 * JSON: an array with one object per row and line, keys in the order of the columns (RFC 8259). */
tl_status tl_table_print(struct tl_buf *out, const struct tl_table *table, tl_table_form form,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
