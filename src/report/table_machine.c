/* SPDX-License-Identifier: MPL-2.0 */
/* The forms of a table that machines read: CSV and JSON. */
#include "table_forms.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/report/number.h"

enum { MACHINE_TEXT_SIZE = 64 }; /* more than any number or date takes */

/* A present cell in its machine form; `into` is used where the cell holds no text. */
static const char *machine_text(const struct tl_cell *cell, char into[MACHINE_TEXT_SIZE])
{
    switch (cell->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_CODE:
    case TL_COLUMN_FRACTION:
        return cell->as.text;
    case TL_COLUMN_MONEY:
        return tl_money_plain(cell->as.money, into);
    case TL_COLUMN_DATE:
        return tl_date_iso(cell->as.date, into);
    case TL_COLUMN_RATIO:
    case TL_COLUMN_PERCENT:
        return tl_ratio_text(cell->as.ratio, into);
    case TL_COLUMN_INTEGER:
        snprintf(into, MACHINE_TEXT_SIZE, "%" PRId64, cell->as.integer);
        return into;
    }
    return "";
}

static void print_csv_field(struct tl_buf *out, const char *text, bool guarded)
{
    if (!guarded && strpbrk(text, ",\"\r\n") == NULL) {
        tl_buf_text(out, text);
        return;
    }
    tl_buf_text(out, guarded ? "\"'" : "\"");
    for (; *text != '\0'; text++)
        tl_buf_add(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    tl_buf_text(out, "\"");
}

/* Would a spreadsheet take the text for a formula? */
static bool looks_like_formula(const struct tl_cell *cell)
{
    bool is_free = cell->kind == TL_COLUMN_TEXT || cell->kind == TL_COLUMN_CODE;
    return is_free && cell->as.text[0] != '\0' && strchr("=+-@\t\r\n", cell->as.text[0]) != NULL;
}

void tl_table_print_csv(struct tl_buf *out, const struct tl_table *table)
{
    for (size_t i = 0; i < table->column_count; i++) {
        tl_buf_text(out, i > 0 ? "," : "");
        print_csv_field(out, table->columns[i].key, false);
    }
    tl_buf_text(out, "\n");
    for (size_t row = 0; row < table->row_count; row++) {
        for (size_t i = 0; i < table->column_count; i++) {
            const struct tl_cell *cell = &table->rows[row][i];
            char into[MACHINE_TEXT_SIZE];
            tl_buf_text(out, i > 0 ? "," : "");
            if (cell->present)
                print_csv_field(out, machine_text(cell, into), looks_like_formula(cell));
        }
        tl_buf_text(out, "\n");
    }
}

static void print_json_string(struct tl_buf *out, const char *text)
{
    tl_buf_text(out, "\"");
    for (const char *c = text; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte == '"' || byte == '\\')
            tl_buf_format(out, "\\%c", byte);
        else if (byte == '\n')
            tl_buf_text(out, "\\n");
        else if (byte < 0x20U || byte == 0x7FU)
            tl_buf_format(out, "\\u%04x", byte);
        else
            tl_buf_add(out, c, 1);
    }
    tl_buf_text(out, "\"");
}

static bool is_json_number(const struct tl_cell *cell)
{
    switch (cell->kind) {
    case TL_COLUMN_MONEY:
    case TL_COLUMN_INTEGER:
        return true;
    case TL_COLUMN_RATIO:
    case TL_COLUMN_PERCENT:
        return tl_number_is_decimal(cell->as.ratio);
    case TL_COLUMN_TEXT:
    case TL_COLUMN_CODE:
    case TL_COLUMN_DATE:
    case TL_COLUMN_FRACTION:
        return false;
    }
    return false;
}

static void print_json_value(struct tl_buf *out, const struct tl_cell *cell)
{
    char into[MACHINE_TEXT_SIZE];
    if (!cell->present)
        tl_buf_text(out, "null");
    else if (is_json_number(cell))
        tl_buf_text(out, machine_text(cell, into));
    else
        print_json_string(out, machine_text(cell, into));
}

void tl_table_print_json(struct tl_buf *out, const struct tl_table *table)
{
    tl_buf_text(out, "[");
    for (size_t row = 0; row < table->row_count; row++) {
        tl_buf_text(out, row == 0 ? "\n  {" : ",\n  {");
        for (size_t i = 0; i < table->column_count; i++) {
            tl_buf_text(out, i > 0 ? ", " : "");
            print_json_string(out, table->columns[i].key);
            tl_buf_text(out, ": ");
            print_json_value(out, &table->rows[row][i]);
        }
        tl_buf_text(out, "}");
    }
    tl_buf_text(out, table->row_count == 0 ? "]\n" : "\n]\n");
}
