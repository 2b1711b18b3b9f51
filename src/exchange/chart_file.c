/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/chart_file.h"

#include "quoted.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/csv.h"

enum { CODE, NAME_DA, NAME_EN, SIDE, COLUMN_COUNT };

static const char *const column_names[COLUMN_COUNT] = {"account", "name_da", "name_en", "side"};
static const char *const sides[] = {"asset", "liability", "equity", "income", "expense", NULL};

enum { CODES = 100000 };

struct reader {
    struct tl_csv csv;
    size_t columns[COLUMN_COUNT];
    unsigned char *seen; /* by the number of the account */
    struct tl_err *err;
};

static tl_status fail_at(const struct reader *reader, const struct tl_csv_field *field)
{
    tl_err_at(reader->err, reader->csv.name, field->line, field->column);
    return reader->err->status;
}

static tl_status find_columns(struct reader *reader)
{
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        reader->columns[i] = tl_csv_column(&reader->csv, column_names[i]);
        if (reader->columns[i] < reader->csv.column_count)
            continue;
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%s' is missing", column_names[i]);
        tl_err_hint(reader->err, "a chart of accounts has the columns account, name_da, name_en and side");
        return fail_at(reader, &reader->csv.header[0]);
    }
    return TL_OK;
}

static size_t number_of(const char *code)
{
    size_t number = 0;
    for (; *code != '\0'; code++)
        number = number * 10 + (size_t)(*code - '0');
    return number;
}

static tl_status read_code(struct tl_chart_row *row, struct reader *reader, const struct tl_csv_field *field)
{
    if (tl_identifier_check_account(field->text, reader->err) != TL_OK) {
        tl_err_hint(reader->err, "spreadsheets drop leading zeros: write 00001, not 1");
        return fail_at(reader, field);
    }
    unsigned char *seen = &reader->seen[number_of(field->text)];
    if (*seen != 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the account '%s' is there twice", field->text);
        return fail_at(reader, field);
    }
    *seen = 1;
    row->code = field->text;
    row->line = field->line;
    return TL_OK;
}

static tl_status read_side(struct tl_chart_row *row, struct reader *reader, const struct tl_csv_field *field)
{
    for (const char *const *side = sides; *side != NULL; side++)
        if (tl_text_equal(*side, field->text)) {
            row->side = *side;
            return TL_OK;
        }
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a side of the accounts", QUOTED(field->text));
    tl_err_hint(reader->err, "the sides are asset, liability, equity, income and expense");
    return fail_at(reader, field);
}

static tl_status read_row(struct tl_chart_row *row, struct reader *reader, size_t at)
{
    const struct tl_csv_field *fields[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fields[i] = tl_csv_at(&reader->csv, at, reader->columns[i]);
    for (size_t i = NAME_DA; i <= NAME_EN; i++)
        if (fields[i]->text[0] == '\0') {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %s is empty", column_names[i]);
            return fail_at(reader, fields[i]);
        }
    row->name_da = fields[NAME_DA]->text;
    row->name_en = fields[NAME_EN]->text;
    tl_status status = read_code(row, reader, fields[CODE]);
    return status == TL_OK ? read_side(row, reader, fields[SIDE]) : status;
}

tl_status tl_chart_file_read(struct tl_chart_file *out, const struct tl_source *source, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct reader reader = {.err = err};
    *out = (struct tl_chart_file){0};
    tl_status status = tl_csv_read(&reader.csv, source, arena, err);
    if (status == TL_OK)
        status = tl_csv_check_lines(&reader.csv, err);
    if (status == TL_OK)
        status = find_columns(&reader);
    if (status != TL_OK || reader.csv.row_count == 0)
        return status;
    struct tl_chart_row *rows = tl_arena_alloc(arena, reader.csv.row_count, sizeof *rows);
    reader.seen = tl_arena_alloc(arena, CODES, 1);
    if (rows == NULL || reader.seen == NULL)
        return tl_err_memory(err);
    memset(reader.seen, 0, CODES);
    for (size_t i = 0; status == TL_OK && i < reader.csv.row_count; i++)
        status = read_row(&rows[i], &reader, i);
    *out = (struct tl_chart_file){rows, reader.csv.row_count};
    return status;
}
