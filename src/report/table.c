/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/table.h"

#include <assert.h>
#include <string.h>

#include "table_forms.h"

static struct tl_cell text_cell(tl_column_kind kind, const char *text)
{
    return (struct tl_cell){.kind = kind, .present = text != NULL, .as.text = text};
}

struct tl_cell tl_cell_missing(void)
{
    return (struct tl_cell){.present = false};
}

struct tl_cell tl_cell_text(const char *text)
{
    return text_cell(TL_COLUMN_TEXT, text);
}

struct tl_cell tl_cell_code(const char *code)
{
    return text_cell(TL_COLUMN_CODE, code);
}

struct tl_cell tl_cell_money(struct tl_money amount)
{
    return (struct tl_cell){.kind = TL_COLUMN_MONEY, .present = true, .as.money = amount};
}

struct tl_cell tl_cell_date(struct tl_date date)
{
    return (struct tl_cell){.kind = TL_COLUMN_DATE, .present = !tl_date_is_none(date), .as.date = date};
}

struct tl_cell tl_cell_ratio(struct tl_ratio ratio)
{
    return (struct tl_cell){.kind = TL_COLUMN_RATIO, .present = !tl_ratio_is_none(ratio), .as.ratio = ratio};
}

struct tl_cell tl_cell_percent(struct tl_ratio ratio)
{
    return (struct tl_cell){.kind = TL_COLUMN_PERCENT, .present = !tl_ratio_is_none(ratio), .as.ratio = ratio};
}

struct tl_cell tl_cell_integer(int64_t value)
{
    return (struct tl_cell){.kind = TL_COLUMN_INTEGER, .present = true, .as.integer = value};
}

struct tl_cell tl_cell_fraction(const char *text)
{
    return text_cell(TL_COLUMN_FRACTION, text);
}

static bool is_valid(const char *text)
{
    size_t length = strlen(text);
    return tl_text_valid_utf8(text, length) == length;
}

tl_status tl_table_init(struct tl_table *table, const struct tl_column *columns, size_t count, struct tl_err *err)
{
    *table = (struct tl_table)TL_TABLE_EMPTY;
    table->columns = tl_arena_alloc(&table->arena, count, sizeof *columns);
    if (table->columns == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        if (!is_valid(columns[i].key) || !is_valid(columns[i].title))
            return tl_err_set(err, TL_ERR_INPUT, "the title of column %zu is not valid UTF-8", i + 1);
        struct tl_column *copy = &table->columns[i];
        copy->kind = columns[i].kind;
        copy->key = tl_arena_text(&table->arena, columns[i].key);
        copy->title = tl_arena_text(&table->arena, columns[i].title);
        if (copy->key == NULL || copy->title == NULL)
            return tl_err_memory(err);
    }
    table->column_count = count;
    return TL_OK;
}

void tl_table_release(struct tl_table *table)
{
    tl_arena_release(&table->arena);
    *table = (struct tl_table)TL_TABLE_EMPTY;
}

static bool holds_text(tl_column_kind kind)
{
    return kind == TL_COLUMN_TEXT || kind == TL_COLUMN_CODE || kind == TL_COLUMN_FRACTION;
}

/* `row` counts from 1 and is for messages. */
static tl_status copy_cells(struct tl_cell **out, struct tl_table *table, const struct tl_cell *cells, size_t row,
                            struct tl_err *err)
{
    struct tl_cell *copy = tl_arena_alloc(&table->arena, table->column_count, sizeof *copy);
    if (copy == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < table->column_count; i++) {
        const struct tl_column *column = &table->columns[i];
        assert(!cells[i].present || cells[i].kind == column->kind);
        copy[i] = cells[i];
        if (!cells[i].present || !holds_text(column->kind))
            continue;
        if (!is_valid(cells[i].as.text))
            return tl_err_set(err, TL_ERR_INPUT, "the text of column '%s' in row %zu is not valid UTF-8", column->key,
                              row);
        copy[i].as.text = tl_arena_text(&table->arena, cells[i].as.text);
        if (copy[i].as.text == NULL)
            return tl_err_memory(err);
    }
    *out = copy;
    return TL_OK;
}

tl_status tl_table_add(struct tl_table *table, const struct tl_cell *cells, struct tl_err *err)
{
    struct tl_cell *copy = NULL;
    tl_status status = copy_cells(&copy, table, cells, table->row_count + 1, err);
    if (status != TL_OK)
        return status;
    struct tl_cell **rows =
        tl_arena_grow(&table->arena, table->rows, table->row_count, &table->row_capacity, sizeof(struct tl_cell *));
    if (rows == NULL)
        return tl_err_memory(err);
    table->rows = rows;
    table->rows[table->row_count++] = copy;
    return TL_OK;
}

tl_status tl_table_set_totals(struct tl_table *table, const struct tl_cell *cells, struct tl_err *err)
{
    return copy_cells(&table->totals, table, cells, table->row_count + 1, err);
}

tl_status tl_table_print(struct tl_buf *out, const struct tl_table *table, tl_table_form form, struct tl_err *err)
{
    struct tl_arena scratch = TL_ARENA_EMPTY;
    switch (form) {
    case TL_TABLE_TEXT:
    case TL_TABLE_TEXT_BOLD:
        tl_table_print_text(out, table, form == TL_TABLE_TEXT_BOLD, &scratch);
        break;
    case TL_TABLE_CSV:
        tl_table_print_csv(out, table);
        break;
    case TL_TABLE_JSON:
        tl_table_print_json(out, table);
        break;
    }
    tl_arena_release(&scratch);
    return tl_buf_status(out, err);
}
