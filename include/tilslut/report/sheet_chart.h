/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Charts on a sheet, of the numbers in its own cells, in OS2's colours with white edges between areas. See workbook.h
 * for what fails and how.
 */
#ifndef TILSLUT_REPORT_SHEET_CHART_H
#define TILSLUT_REPORT_SHEET_CHART_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/report/sheet_rules.h"

typedef enum tl_sheet_chart_kind {
    TL_SHEET_CHART_BARS, /* lying, the first on top */
    TL_SHEET_CHART_STACKED_BARS,
    TL_SHEET_CHART_COLUMNS,
    TL_SHEET_CHART_STACKED_COLUMNS
} tl_sheet_chart_kind;

/* One row of numbers: its name, and the cells with them. */
struct tl_sheet_series {
    const char *name;
    struct tl_sheet_range values;
};

struct tl_sheet_chart {
    tl_sheet_chart_kind kind;
    const char *title;
    const char *description; /* what the chart shows, for who does not see it */
    struct tl_sheet_range names;
    const struct tl_sheet_series *series;
    size_t series_count;
    size_t width, height; /* pixels */
};

/* Puts a chart with its upper left corner on a cell. A single series has no legend. */
void tl_sheet_put_chart(struct tl_sheet *sheet, size_t row, size_t column, const struct tl_sheet_chart *chart);

#endif
