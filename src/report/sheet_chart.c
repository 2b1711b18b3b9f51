/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/sheet_chart.h"

#include <stdio.h>

#include "workbook_parts.h"

/* Mid and dark tones in turn, so that neighbours differ in more than their colour. */
static const lxw_color_t colours[] = {0x3A7F3B, 0x284B7B, 0xB94C09, 0x194043, 0x3B6FB6, 0x813506, 0x2E767C, 0x1B3C1C};

enum {
    COLOURS = sizeof colours / sizeof colours[0],
    RANGE_SIZE = 96,
    WHITE = 0xFFFFFF,
    GREY = 0x727272,
    DEFAULT_WIDTH = 480,
    DEFAULT_HEIGHT = 288
};

/* `='Opfølgning'!$A$6:$A$9` */
static const char *range_text(char into[RANGE_SIZE], const struct tl_sheet *sheet, const struct tl_sheet_range *range)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    snprintf(into, RANGE_SIZE, "='%s'!%s:%s", sheet->name,
             tl_sheet_fixed_ref(first, range->first_row, range->first_column),
             tl_sheet_fixed_ref(last, range->last_row, range->last_column));
    return into;
}

static bool is_lying(tl_sheet_chart_kind kind)
{
    return kind == TL_SHEET_CHART_BARS || kind == TL_SHEET_CHART_STACKED_BARS;
}

static bool is_stacked(tl_sheet_chart_kind kind)
{
    return kind == TL_SHEET_CHART_STACKED_BARS || kind == TL_SHEET_CHART_STACKED_COLUMNS;
}

static void add_series(lxw_chart *chart, const struct tl_sheet *sheet, const struct tl_sheet_chart *of, size_t at)
{
    char names[RANGE_SIZE], values[RANGE_SIZE];
    lxw_chart_fill fill = {.color = colours[at % COLOURS]};
    lxw_chart_line edge = {.color = WHITE, .width = 0.75};
    lxw_chart_series *series = chart_add_series(chart, range_text(names, sheet, &of->names),
                                                range_text(values, sheet, &of->series[at].values));
    if (series == NULL) {
        (void)tl_err_memory(&sheet->workbook->err);
        return;
    }
    chart_series_set_name(series, of->series[at].name);
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &edge);
}

/* Of a lying chart libxlsxwriter has the names on what it calls the y axis. */
static void set_fonts(lxw_chart *chart, bool lying)
{
    lxw_chart_axis *names = lying ? chart->y_axis : chart->x_axis, *numbers = lying ? chart->x_axis : chart->y_axis;
    lxw_chart_font title = {.name = (char *)(uintptr_t) "Open Sans", .size = 12, .bold = LXW_TRUE, .color = 0x1B3C1C};
    lxw_chart_font text = {.name = (char *)(uintptr_t) "Open Sans", .size = 9, .color = 0x000001};
    lxw_chart_line grid = {.color = 0xD8E5D8, .width = 0.75}, axis = {.color = GREY, .width = 0.75};
    chart_title_set_name_font(chart, &title);
    chart_axis_set_num_font(names, &text);
    chart_axis_set_num_font(numbers, &text);
    chart_legend_set_font(chart, &text);
    chart_axis_major_gridlines_set_visible(numbers, LXW_TRUE);
    chart_axis_major_gridlines_set_line(numbers, &grid);
    chart_axis_major_gridlines_set_visible(names, LXW_FALSE);
    chart_axis_set_line(names, &axis);
    chart_axis_set_num_format(numbers, "#,##0");
    if (lying)
        chart_axis_set_reverse(names);
}

void tl_sheet_put_chart(struct tl_sheet *sheet, size_t row, size_t column, const struct tl_sheet_chart *of)
{
    static const uint8_t kinds[] = {[TL_SHEET_CHART_BARS] = LXW_CHART_BAR,
                                    [TL_SHEET_CHART_STACKED_BARS] = LXW_CHART_BAR_STACKED,
                                    [TL_SHEET_CHART_COLUMNS] = LXW_CHART_COLUMN,
                                    [TL_SHEET_CHART_STACKED_COLUMNS] = LXW_CHART_COLUMN_STACKED};
    if (sheet->workbook == NULL || sheet->workbook->err.status != TL_OK)
        return;
    lxw_chart *chart = workbook_add_chart(sheet->workbook->book, kinds[of->kind]);
    if (chart == NULL) {
        (void)tl_err_memory(&sheet->workbook->err);
        return;
    }
    for (size_t i = 0; i < of->series_count; i++)
        add_series(chart, sheet, of, i);
    chart_title_set_name(chart, of->title);
    set_fonts(chart, is_lying(of->kind));
    if (of->series_count == 1)
        chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    else
        chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_set_series_gap(chart, 40);
    if (is_stacked(of->kind))
        chart_set_series_overlap(chart, 100);
    lxw_chart_options options = {.x_scale = (double)of->width / DEFAULT_WIDTH,
                                 .y_scale = (double)of->height / DEFAULT_HEIGHT,
                                 .object_position = LXW_OBJECT_MOVE_DONT_SIZE,
                                 .description = (char *)(uintptr_t)of->description};
    tl_workbook_note(sheet->workbook,
                     worksheet_insert_chart_opt(sheet->sheet, (lxw_row_t)row, (lxw_col_t)column, chart, &options));
}
