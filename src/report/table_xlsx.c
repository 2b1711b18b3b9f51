/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/table_xlsx.h"

#include <string.h>

#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"

enum { ROW_TITLE, ROW_SUBTITLE, ROW_HEAD = 3, ROW_FIRST };
enum { WIDTH_MIN = 9, WIDTH_MAX = 60, DATE_WIDTH = 12, MARGIN = 3, PAGE_COLUMNS = 10 };

static bool is_on_the_right(tl_column_kind kind)
{
    return kind == TL_COLUMN_MONEY || kind == TL_COLUMN_INTEGER || kind == TL_COLUMN_RATIO || kind == TL_COLUMN_PERCENT;
}

static size_t cell_width(const struct tl_cell *cell)
{
    char money[TL_MONEY_TEXT_SIZE];
    if (!cell->present)
        return 0;
    switch (cell->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_CODE:
    case TL_COLUMN_FRACTION:
        return tl_text_characters(cell->as.text);
    case TL_COLUMN_MONEY:
        return strlen(tl_money_da(cell->as.money, money));
    case TL_COLUMN_DATE:
    case TL_COLUMN_RATIO:
    case TL_COLUMN_PERCENT:
    case TL_COLUMN_INTEGER:
        break;
    }
    return DATE_WIDTH;
}

/* Wide enough for its longest text, within reason; a column of long texts breaks them into lines. */
static double column_width(const struct tl_table_xlsx *page, size_t column, const char *title)
{
    const struct tl_table *table = page->table;
    size_t longest = tl_text_characters(title) + MARGIN; /* the filter's arrow */
    for (size_t i = 0; i <= table->row_count; i++) {
        const struct tl_cell *cells = i < table->row_count ? table->rows[i] : table->totals;
        size_t width = cells == NULL ? 0 : cell_width(&cells[column]) + 1;
        longest = width > longest ? width : longest;
    }
    return (double)(longest < WIDTH_MIN ? WIDTH_MIN : longest > WIDTH_MAX ? WIDTH_MAX : longest) + 0.5;
}

static void put(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const struct tl_cell *cell)
{
    if (!cell->present) {
        tl_sheet_fill(sheet, row, column, column, look);
        return;
    }
    switch (cell->kind) {
    case TL_COLUMN_TEXT:
        tl_sheet_text(sheet, row, column, look, TL_FORM_TEXT, cell->as.text);
        break;
    case TL_COLUMN_CODE:
    case TL_COLUMN_FRACTION:
        tl_sheet_text(sheet, row, column, look, TL_FORM_CODE, cell->as.text);
        break;
    case TL_COLUMN_MONEY:
        tl_sheet_money(sheet, row, column, look, cell->as.money);
        break;
    case TL_COLUMN_DATE:
        tl_sheet_date(sheet, row, column, look, cell->as.date);
        break;
    case TL_COLUMN_RATIO:
        tl_sheet_ratio(sheet, row, column, look, cell->as.ratio);
        break;
    case TL_COLUMN_PERCENT:
        tl_sheet_percent(sheet, row, column, look, cell->as.ratio);
        break;
    case TL_COLUMN_INTEGER:
        tl_sheet_number(sheet, row, column, look, cell->as.integer);
        break;
    }
}

static void write_rows(const struct tl_table_xlsx *page, struct tl_sheet *sheet, const char *const *titles)
{
    const struct tl_table *table = page->table;
    for (size_t i = 0; i < table->column_count; i++)
        tl_sheet_text(sheet, ROW_HEAD, i, TL_LOOK_HEAD,
                      is_on_the_right(table->columns[i].kind) ? TL_FORM_RIGHT : TL_FORM_TEXT, titles[i]);
    for (size_t row = 0; row < table->row_count; row++)
        for (size_t i = 0; i < table->column_count; i++)
            put(sheet, ROW_FIRST + row, i, TL_LOOK_ROW, &table->rows[row][i]);
    for (size_t i = 0; table->totals != NULL && i < table->column_count; i++)
        put(sheet, ROW_FIRST + table->row_count, i, TL_LOOK_TOTAL, &table->totals[i]);
    if (table->row_count > 0)
        tl_sheet_table(sheet, ROW_HEAD, ROW_HEAD + table->row_count, page->name, titles, table->column_count);
}

static tl_status write_workbook(struct tl_buf *out, const void *content, struct tl_err *err)
{
    const struct tl_table_xlsx *page = content;
    const struct tl_table *table = page->table;
    const struct tl_workbook_about about = {.title = page->title,
                                            .subject = page->subtitle,
                                            .author = page->author,
                                            .language = "da-DK",
                                            .created = page->created};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_workbook *workbook = NULL;
    double *widths = tl_arena_alloc(&arena, table->column_count, sizeof *widths);
    const char **titles = tl_arena_alloc(&arena, table->column_count, sizeof *titles);
    tl_status status = widths == NULL || titles == NULL ? tl_err_memory(err) : tl_workbook_new(&workbook, &about, err);
    for (size_t i = 0; status == TL_OK && i < table->column_count; i++) {
        titles[i] = page->titles == NULL ? table->columns[i].title : page->titles[i];
        widths[i] = column_width(page, i, titles[i]);
    }
    if (status == TL_OK) {
        const struct tl_sheet_setup setup = {.name = page->sheet,
                                             .landscape = true,
                                             .pages_wide = table->column_count > PAGE_COLUMNS ? 2 : 1,
                                             .widths = widths,
                                             .width_count = table->column_count,
                                             .header_left = page->author,
                                             .header_right = page->title,
                                             .footer_left = page->subtitle};
        struct tl_sheet *sheet = tl_workbook_sheet(workbook, &setup);
        tl_sheet_height(sheet, ROW_TITLE, 32);
        tl_sheet_text(sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, page->title);
        tl_sheet_text(sheet, ROW_SUBTITLE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, page->subtitle);
        write_rows(page, sheet, titles);
        tl_sheet_freeze(sheet, ROW_FIRST, 0);
        tl_sheet_repeat(sheet, ROW_HEAD, ROW_HEAD);
        status = tl_workbook_finish(out, workbook, err);
    }
    tl_workbook_free(workbook);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_table_xlsx(struct tl_buf *out, const struct tl_table_xlsx *page, struct tl_err *err)
{
    return tl_workbook_write(out, write_workbook, page, err);
}
