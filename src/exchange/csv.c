/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/csv.h"

#include <stdbool.h>
#include <string.h>

#include "quoted.h"
#include "tilslut/base/text.h"

/* The text is read in place: a field's quotes are removed and its end marked where it lies. */
struct reader {
    const char *name;
    char *at;
    uint32_t line, column;
    char separator;
    struct tl_arena *arena;
    struct tl_csv_field *fields;
    size_t count, capacity;
    struct tl_err *err;
};

static void step(struct reader *reader)
{
    char c = *reader->at++;
    if (c == '\n') {
        reader->line++;
        reader->column = 1;
    } else if (((unsigned char)*reader->at & 0xC0U) != 0x80U) {
        reader->column++;
    }
}

static bool at_line_end(const struct reader *reader)
{
    return reader->at[0] == '\n' || (reader->at[0] == '\r' && reader->at[1] == '\n');
}

static bool at_field_end(const struct reader *reader)
{
    return reader->at[0] == '\0' || reader->at[0] == reader->separator || at_line_end(reader);
}

static tl_status refuse_here(struct reader *reader, const char *message, const char *hint)
{
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "%s", message);
    tl_err_at(reader->err, reader->name, reader->line, reader->column);
    tl_err_hint(reader->err, "%s", hint);
    return reader->err->status;
}

/* Reads a field in quotes; *end becomes the place for its terminating NUL. */
static tl_status read_quoted(struct reader *reader, char **end)
{
    struct reader start = *reader;
    char *write = reader->at;
    for (step(reader);;) {
        if (reader->at[0] == '\0')
            return refuse_here(&start, "the quote that begins here has no end",
                               "close it, or double a quote that is part of the text");
        bool is_quote = reader->at[0] == '"';
        if (is_quote)
            step(reader);
        if (is_quote && reader->at[0] != '"')
            break;
        *write++ = reader->at[0];
        step(reader);
    }
    if (!at_field_end(reader))
        return refuse_here(reader, "text follows a closing quote", "double a quote that is part of the text");
    *end = write;
    return TL_OK;
}

static tl_status read_bare(struct reader *reader, char **end)
{
    while (!at_field_end(reader)) {
        if (reader->at[0] == '"')
            return refuse_here(reader, "a quote stands inside a field without quotes",
                               "put the whole field in quotes and double the quote");
        if (reader->at[0] == '\r')
            return refuse_here(reader, "a carriage return stands without a line feed",
                               "save the file with line ends LF or CRLF");
        step(reader);
    }
    *end = reader->at;
    return TL_OK;
}

/* Reads a field and what ends it; *more when another field of the record follows. */
static tl_status read_field(struct reader *reader, bool *more)
{
    if (reader->count == TL_CSV_FIELDS_MAX) {
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the file has more than %d fields", TL_CSV_FIELDS_MAX);
        tl_err_at(reader->err, reader->name, reader->line, reader->column);
        return reader->err->status;
    }
    struct tl_csv_field *fields =
        tl_arena_grow(reader->arena, reader->fields, reader->count, &reader->capacity, sizeof *fields);
    if (fields == NULL)
        return tl_err_memory(reader->err);
    reader->fields = fields;
    fields[reader->count++] = (struct tl_csv_field){reader->at, reader->line, reader->column};
    char *end = reader->at;
    tl_status status = reader->at[0] == '"' ? read_quoted(reader, &end) : read_bare(reader, &end);
    if (status != TL_OK)
        return status;
    /* step over what ends the field before its place takes the NUL */
    *more = reader->at[0] == reader->separator;
    if (reader->at[0] == '\r')
        step(reader);
    if (reader->at[0] != '\0')
        step(reader);
    *end = '\0';
    return TL_OK;
}

static tl_status refuse_count(struct reader *reader, size_t first, size_t columns)
{
    size_t count = reader->count - first;
    const struct tl_csv_field *field = &reader->fields[count > columns ? first + columns : reader->count - 1];
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the row has %zu field%s, the header has %zu", count,
                     count == 1 ? "" : "s", columns);
    tl_err_at(reader->err, reader->name, field->line, field->column);
    if (count > columns)
        tl_err_hint(reader->err, "put a field that holds '%c' in quotes", reader->separator);
    else
        tl_err_hint(reader->err, "write every field, also an empty one, and '%c' between them", reader->separator);
    return reader->err->status;
}

/* Reads one record; the first one says how many columns there are. */
static tl_status read_record(struct reader *reader, size_t *columns)
{
    size_t first = reader->count;
    bool more = true;
    while (more) {
        tl_status status = read_field(reader, &more);
        if (status != TL_OK)
            return status;
    }
    if (*columns == 0)
        *columns = reader->count;
    return reader->count - first == *columns ? TL_OK : refuse_count(reader, first, *columns);
}

/* Steps over blank lines, which may only stand at the end. */
static tl_status skip_blank_end(struct reader *reader)
{
    struct reader blank = *reader;
    while (at_line_end(reader))
        step(reader);
    if (reader->at[0] == '\0' || reader->at == blank.at)
        return TL_OK;
    return refuse_here(&blank, "a blank line stands before the end", "remove the line");
}

static char find_separator(const char *text)
{
    bool quoted = false;
    for (; *text != '\0' && (quoted || *text != '\n'); text++) {
        if (*text == '"')
            quoted = !quoted;
        else if (*text == ';' && !quoted)
            return ';';
    }
    return ',';
}

/* The names of the columns in lower case, each there once. */
static tl_status read_names(struct tl_csv *csv, struct reader *reader)
{
    const char **names = tl_arena_alloc(reader->arena, csv->column_count + 1, sizeof *names);
    if (names == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; i < csv->column_count; i++) {
        const struct tl_csv_field *field = &csv->header[i];
        char *name = tl_arena_text(reader->arena, field->text);
        if (name == NULL)
            return tl_err_memory(reader->err);
        tl_text_lower(name);
        names[i] = name;
        size_t first = 0;
        while (!tl_text_equal(names[first], name))
            first++;
        if (name[0] == '\0')
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "column %zu has no name", i + 1);
        else if (first < i)
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%.*s' is there twice", QUOTED(field->text));
        else
            continue;
        tl_err_at(reader->err, csv->name, field->line, field->column);
        return reader->err->status;
    }
    csv->names = names;
    return TL_OK;
}

static tl_status read_header(struct tl_csv *csv, struct reader *reader)
{
    if (reader->at[0] == '\0' || at_line_end(reader))
        return refuse_here(reader, reader->at[0] == '\0' ? "the file is empty" : "the first line is blank",
                           "the first line names the columns");
    tl_status status = read_record(reader, &csv->column_count);
    if (status != TL_OK)
        return status;
    if (csv->column_count > TL_CSV_COLUMNS_MAX) {
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the header has %zu columns, at most %d are read",
                         csv->column_count, TL_CSV_COLUMNS_MAX);
        tl_err_at(reader->err, csv->name, 1, 1);
        return reader->err->status;
    }
    csv->header = reader->fields;
    return read_names(csv, reader);
}

tl_status tl_csv_read(struct tl_csv *out, const struct tl_source *source, struct tl_arena *arena, struct tl_err *err)
{
    char *text;
    size_t length = 0;
    tl_status status = tl_source_text(&text, &length, source, TL_CSV_LENGTH_MAX, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_csv csv = {.name = source->name, .separator = find_separator(text)};
    struct reader reader = {.name = source->name,
                            .at = text,
                            .line = 1,
                            .column = 1,
                            .separator = csv.separator,
                            .arena = arena,
                            .err = err};
    status = read_header(&csv, &reader);
    while (status == TL_OK) {
        status = skip_blank_end(&reader);
        if (status != TL_OK || reader.at[0] == '\0')
            break;
        status = read_record(&reader, &csv.column_count);
    }
    if (status != TL_OK)
        return status;
    csv.header = reader.fields;
    csv.fields = reader.fields + csv.column_count;
    csv.row_count = reader.count / csv.column_count - 1;
    *out = csv;
    return TL_OK;
}

const struct tl_csv_field *tl_csv_at(const struct tl_csv *csv, size_t row, size_t column)
{
    return &csv->fields[row * csv->column_count + column];
}

size_t tl_csv_column(const struct tl_csv *csv, const char *name)
{
    size_t column = 0;
    while (column < csv->column_count && !tl_text_equal(csv->names[column], name))
        column++;
    return column;
}

tl_status tl_csv_check_lines(const struct tl_csv *csv, struct tl_err *err)
{
    for (size_t i = 0; i < csv->row_count * csv->column_count; i++) {
        const struct tl_csv_field *field = &csv->fields[i];
        if (strpbrk(field->text, "\t\r\n") == NULL)
            continue;
        (void)tl_err_set(err, TL_ERR_INPUT, "the field in '%.*s' holds a tab or a line end",
                         QUOTED(csv->header[i % csv->column_count].text));
        tl_err_at(err, csv->name, field->line, field->column);
        tl_err_hint(err, "write the text on one line");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

const char *tl_csv_header_text(const struct tl_csv *csv, struct tl_arena *arena)
{
    enum { SHOWN_MAX = 12 };
    struct tl_buf text = TL_BUF_EMPTY;
    for (size_t i = 0; i < csv->column_count && i < SHOWN_MAX; i++)
        tl_buf_format(&text, "%s'%.*s'", i == 0 ? "" : ", ", QUOTED(csv->header[i].text));
    if (csv->column_count > SHOWN_MAX)
        tl_buf_text(&text, ", ...");
    const char *copy = text.failed ? NULL : tl_arena_text(arena, tl_buf_string(&text));
    tl_buf_release(&text);
    return copy;
}
