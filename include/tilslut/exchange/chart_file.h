/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Accounts from a CSV file with the columns account, name_da, name_en and side.
 */
#ifndef TILSLUT_EXCHANGE_CHART_FILE_H
#define TILSLUT_EXCHANGE_CHART_FILE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

struct tl_chart_row {
    const char *code; /* five digits */
    const char *name_da, *name_en;
    const char *side; /* asset, liability, equity, income, expense; a static text */
    size_t line;
};

struct tl_chart_file {
    const struct tl_chart_row *rows;
    size_t row_count;
};

/* Everything lies in the arena. TL_ERR_INPUT names line and column: a column that is missing or unknown, an account
 * that is not five digits or is there twice, a name that is empty, a side that is none; and what tl_csv_read refuses.
 * TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_chart_file_read(struct tl_chart_file *out, const struct tl_source *source, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
