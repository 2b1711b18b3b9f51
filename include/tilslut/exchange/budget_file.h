/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A year's budget as a table: CSV with the columns account, q1, q2, q3 and q4, and name where somebody wants to read it.
 * Incomes and costs are both written as positive amounts. An empty field is refused: nothing is not zero.
 */
#ifndef TILSLUT_EXCHANGE_BUDGET_FILE_H
#define TILSLUT_EXCHANGE_BUDGET_FILE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/money/money.h"

enum { TL_BUDGET_QUARTERS = 4, TL_BUDGET_ROWS_MAX = 1000 };

struct tl_budget_row {
    const char *account; /* five digits */
    struct tl_money quarters[TL_BUDGET_QUARTERS];
    size_t line; /* of the file, for messages; 0 where it comes from elsewhere */
};

struct tl_budget_file {
    struct tl_budget_row *rows; /* in the order of the file */
    size_t row_count;
};

/* Reads all of a source into the arena. TL_ERR_INPUT names line and column: a column that is missing or not known, an
 * account that is not five digits or there twice, an amount that is none; no row. TL_ERR_RANGE: more than
 * TL_BUDGET_ROWS_MAX rows. Statuses of tl_csv_read. */
tl_status tl_budget_file_read(struct tl_budget_file *out, const struct tl_source *source, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
