/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/budget_file.h"

#include <string.h>

#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/csv.h"

enum { ACCOUNT_DIGITS = 5 };

struct reader {
    struct tl_csv csv;
    size_t account, quarters[TL_BUDGET_QUARTERS];
    struct tl_err *err;
};

static const char *const quarter_names[] = {"q1", "q2", "q3", "q4"};

static tl_status fail_at(struct reader *reader, const struct tl_csv_field *field)
{
    tl_err_at(reader->err, reader->csv.name, field->line, field->column);
    return reader->err->status;
}

static tl_status find_column(size_t *out, struct reader *reader, const char *name)
{
    *out = tl_csv_column(&reader->csv, name);
    if (*out < reader->csv.column_count)
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%s' is missing", name);
    tl_err_hint(reader->err, "a budget has the columns account, q1, q2, q3 and q4, and name where it is wanted");
    return fail_at(reader, &reader->csv.header[0]);
}

static tl_status find_columns(struct reader *reader)
{
    tl_status status = find_column(&reader->account, reader, "account");
    for (size_t i = 0; status == TL_OK && i < TL_BUDGET_QUARTERS; i++)
        status = find_column(&reader->quarters[i], reader, quarter_names[i]);
    size_t name = tl_csv_column(&reader->csv, "name");
    for (size_t i = 0; status == TL_OK && i < reader->csv.column_count; i++) {
        bool known = i == reader->account || i == name;
        for (size_t q = 0; q < TL_BUDGET_QUARTERS; q++)
            known = known || i == reader->quarters[q];
        if (known)
            continue;
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a budget has no column '%.*s'",
                         QUOTED(reader->csv.header[i].text));
        tl_err_hint(reader->err, "its columns are account, name, q1, q2, q3 and q4");
        status = fail_at(reader, &reader->csv.header[i]);
    }
    return status;
}

static tl_status read_account(struct tl_budget_row *row, struct reader *reader, const struct tl_budget_file *file,
                              const struct tl_csv_field *field)
{
    if (strlen(field->text) != ACCOUNT_DIGITS || strspn(field->text, "0123456789") != ACCOUNT_DIGITS) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not an account", QUOTED(field->text));
        tl_err_hint(reader->err, "write its five digits, such as 00008");
        return fail_at(reader, field);
    }
    for (size_t i = 0; i < file->row_count; i++)
        if (tl_text_equal(file->rows[i].account, field->text)) {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the account '%s' is there twice", field->text);
            tl_err_hint(reader->err, "it stands on line %zu already", file->rows[i].line);
            return fail_at(reader, field);
        }
    row->account = field->text;
    row->line = field->line;
    return TL_OK;
}

static tl_status read_row(struct tl_budget_file *out, struct reader *reader, size_t at)
{
    struct tl_budget_row *row = &out->rows[out->row_count];
    tl_status status = read_account(row, reader, out, tl_csv_at(&reader->csv, at, reader->account));
    for (size_t i = 0; status == TL_OK && i < TL_BUDGET_QUARTERS; i++) {
        const struct tl_csv_field *field = tl_csv_at(&reader->csv, at, reader->quarters[i]);
        status = tl_money_parse(&row->quarters[i], field->text, reader->err);
        if (status != TL_OK)
            status = fail_at(reader, field);
    }
    if (status == TL_OK)
        out->row_count++;
    return status;
}

tl_status tl_budget_file_read(struct tl_budget_file *out, const struct tl_source *source, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct reader reader = {.err = err};
    *out = (struct tl_budget_file){0};
    tl_status status = tl_csv_read(&reader.csv, source, arena, err);
    if (status == TL_OK)
        status = tl_csv_check_lines(&reader.csv, err);
    if (status == TL_OK)
        status = find_columns(&reader);
    if (status == TL_OK && reader.csv.row_count == 0) {
        (void)tl_err_set(err, TL_ERR_INPUT, "the budget has no row");
        status = fail_at(&reader, &reader.csv.header[0]);
    }
    if (status == TL_OK && reader.csv.row_count > TL_BUDGET_ROWS_MAX) {
        (void)tl_err_set(err, TL_ERR_RANGE, "the budget has more than %d rows", TL_BUDGET_ROWS_MAX);
        status = fail_at(&reader, tl_csv_at(&reader.csv, TL_BUDGET_ROWS_MAX, 0));
    }
    if (status == TL_OK && (out->rows = tl_arena_alloc(arena, reader.csv.row_count, sizeof *out->rows)) == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < reader.csv.row_count; i++)
        status = read_row(out, &reader, i);
    return status;
}
