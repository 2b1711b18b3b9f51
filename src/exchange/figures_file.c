/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/figures_file.h"

#include "figures.h"
#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/published_number.h"

tl_status tl_figures_fail_at(struct tl_figures_reader *reader, const struct tl_csv_field *field)
{
    tl_err_at(reader->err, reader->csv.name, field->line, field->column);
    return reader->err->status;
}

/* Reads a value; people are counted whole. */
static tl_status read_value(struct tl_ratio *out, struct tl_figures_reader *reader, const char *area_name,
                            const char *measure, struct tl_date holds_on, const struct tl_csv_field *value)
{
    if (tl_published_number_is_missing(value->text)) {
        char date[TL_DATE_TEXT_SIZE];
        (void)tl_err_set(reader->err, TL_ERR_MISSING, "the %.40s of '%.*s' on %s is missing: '%s'", measure,
                         QUOTED(area_name), tl_date_iso(holds_on, date), value->text);
        tl_err_hint(reader->err, "a missing figure is not zero; find it, or leave the row out");
        return tl_figures_fail_at(reader, value);
    }
    if (tl_published_number_parse(out, value->text, reader->err) != TL_OK)
        return tl_figures_fail_at(reader, value);
    if (out->denominator != 1 && tl_text_equal(measure, "population")) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' is not a whole number of inhabitants", value->text);
        tl_err_hint(reader->err, "a comma is a decimal mark here; write thousands without a mark");
        return tl_figures_fail_at(reader, value);
    }
    return TL_OK;
}

tl_status tl_figures_add_row(struct tl_figures_reader *reader, const struct tl_area *area, const char *measure,
                             struct tl_date holds_on, const char *source, const struct tl_csv_field *value)
{
    struct tl_ratio number;
    tl_status status = read_value(&number, reader, area->name, measure, holds_on, value);
    if (status != TL_OK)
        return status;
    struct tl_figures_file *file = &reader->file;
    file->rows = tl_arena_grow(reader->arena, file->rows, file->row_count, &reader->row_capacity, sizeof *file->rows);
    if (file->rows == NULL)
        return tl_err_memory(reader->err);
    file->rows[file->row_count++] = (struct tl_figures_row){
        .area = area,
        .figure = {.measure = measure, .holds_on = holds_on, .value = number, .source = source},
        .line = value->line,
        .column = value->column,
    };
    return TL_OK;
}

tl_status tl_figures_add_total(struct tl_figures_reader *reader, const char *name, const char *region,
                               const char *measure, struct tl_date holds_on, const struct tl_csv_field *value)
{
    struct tl_ratio number;
    tl_status status = read_value(&number, reader, name, measure, holds_on, value);
    if (status != TL_OK)
        return status;
    struct tl_figures_file *file = &reader->file;
    file->totals =
        tl_arena_grow(reader->arena, file->totals, file->total_count, &reader->total_capacity, sizeof *file->totals);
    if (file->totals == NULL)
        return tl_err_memory(reader->err);
    file->totals[file->total_count++] = (struct tl_figures_total){
        .name = name,
        .region = region,
        .holds_on = holds_on,
        .value = number,
        .line = value->line,
        .column = value->column,
    };
    return TL_OK;
}

static bool has_column(const struct tl_csv *csv, const char *const *names)
{
    for (; *names != NULL; names++)
        if (tl_csv_column(csv, *names) < csv->column_count)
            return true;
    return false;
}

/* Which form the header has. `region` alone tells nothing: a plain file of parties may have it too. */
static tl_status recognise(struct tl_figures_reader *reader)
{
    static const char *const statbank[] = {"område", "indhold", "tid", "contents", "time", NULL};
    static const char *const plain[] = {"code", "name", "as_of", NULL};
    const struct tl_csv *csv = &reader->csv;
    reader->file.form = TL_FIGURES_STATBANK;
    if (has_column(csv, plain))
        reader->file.form = TL_FIGURES_PLAIN;
    else if (!has_column(csv, statbank)) {
        const char *found = tl_csv_header_text(csv, reader->arena);
        if (found == NULL)
            return tl_err_memory(reader->err);
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the header is not one of a file of figures; found %s", found);
        tl_err_hint(reader->err, "a StatBank file has OMRÅDE;TID;INDHOLD, a plain one code,name,population,as_of");
        return tl_figures_fail_at(reader, &csv->header[0]);
    }
    return TL_OK;
}

tl_status tl_figures_file_read(struct tl_figures_file *out, const struct tl_figures_request *request,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_figures_reader reader = {.request = request, .arena = arena, .err = err};
    tl_status status = tl_csv_read(&reader.csv, &request->source, arena, err);
    if (status == TL_OK)
        status = tl_csv_check_lines(&reader.csv, err);
    if (status == TL_OK)
        status = recognise(&reader);
    if (status == TL_OK)
        status =
            reader.file.form == TL_FIGURES_PLAIN ? tl_figures_read_plain(&reader) : tl_figures_read_statbank(&reader);
    if (status == TL_OK && reader.file.row_count == 0) {
        (void)tl_err_set(err, TL_ERR_INPUT, "the file holds no figure of a municipality or other party");
        tl_err_hint(err, "select the municipalities, not only the totals");
        status = tl_figures_fail_at(&reader, &reader.csv.header[0]);
    }
    if (status == TL_OK)
        status = tl_figures_check(&reader);
    if (status == TL_OK)
        *out = reader.file;
    return status;
}
