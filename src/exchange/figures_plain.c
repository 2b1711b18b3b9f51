/* SPDX-License-Identifier: MPL-2.0 */
/* The plain form of a file of figures: see figures_file.h. */
#include <string.h>

#include "figures.h"
#include "measure.h"
#include "quoted.h"
#include "tilslut/base/text.h"

struct plain {
    struct tl_figures_reader *reader;
    size_t code, name, as_of; /* columns; column_count where absent */
    const char *source;
};

static bool is_measure_column(const struct plain *plain, size_t column)
{
    return column != plain->code && column != plain->name && column != plain->as_of;
}

static tl_status refuse_missing(struct tl_figures_reader *reader, const char *what)
{
    const char *found = tl_csv_header_text(&reader->csv, reader->arena);
    if (found == NULL)
        return tl_err_memory(reader->err);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "%s is missing; found %s", what, found);
    tl_err_hint(reader->err, "a plain file has the columns code, name, as_of and one per measure, such as population");
    return tl_figures_fail_at(reader, &reader->csv.header[0]);
}

static tl_status find_columns(struct plain *plain)
{
    struct tl_figures_reader *reader = plain->reader;
    const struct tl_csv *csv = &reader->csv;
    plain->code = tl_csv_column(csv, "code");
    plain->name = tl_csv_column(csv, "name");
    plain->as_of = tl_csv_column(csv, "as_of");
    if (plain->code == csv->column_count && plain->name == csv->column_count)
        return refuse_missing(reader, "the column 'code'");
    if (plain->as_of == csv->column_count)
        return refuse_missing(reader, "the column 'as_of'");
    size_t measures = 0;
    for (size_t i = 0; i < csv->column_count; i++) {
        if (!is_measure_column(plain, i))
            continue;
        measures++;
        if (tl_measure_check(csv->header[i].text, reader->arena, reader->err) != TL_OK)
            return tl_figures_fail_at(reader, &csv->header[i]);
    }
    return measures == 0 ? refuse_missing(reader, "a column with a measure") : TL_OK;
}

static tl_status find_by_name(const struct tl_area **out, struct tl_figures_reader *reader,
                              const struct tl_csv_field *field)
{
    const struct tl_area *second;
    const struct tl_area *area = tl_figures_area_by_name(reader, field->text, &second);
    if (second != NULL)
        return tl_figures_refuse_ambiguous(reader, field, area, second);
    if (area != NULL) {
        *out = area;
        return TL_OK;
    }
    const char *name;
    tl_figures_place place = tl_figures_place_of(field->text, &name);
    if (place == TL_FIGURES_UNKNOWN) {
        name = tl_figures_region_of_short_name(field->text);
        place = name == NULL ? TL_FIGURES_UNKNOWN : TL_FIGURES_REGION;
    }
    return place == TL_FIGURES_UNKNOWN ? tl_figures_refuse_unknown(reader, field)
                                       : tl_figures_refuse_place(reader, field, name, place);
}

static tl_status find_by_code(const struct tl_area **out, struct tl_figures_reader *reader,
                              const struct tl_csv_field *field)
{
    *out = tl_figures_area_by_code(reader, field->text);
    if (*out != NULL)
        return TL_OK;
    const char *name;
    tl_figures_place place = tl_figures_place_of(field->text, &name);
    return place == TL_FIGURES_UNKNOWN ? tl_figures_refuse_unknown(reader, field)
                                       : tl_figures_refuse_place(reader, field, name, place);
}

static tl_status refuse_disagreement(struct tl_figures_reader *reader, const struct tl_area *area,
                                     const struct tl_csv_field *name)
{
    const struct tl_area *second, *other = tl_figures_area_by_name(reader, name->text, &second);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the code '%s' is '%.*s', not '%.*s'", area->code, QUOTED(area->name),
                     QUOTED(name->text));
    if (other != NULL)
        tl_err_hint(reader->err, "the code of '%s' is '%s'", other->name, other->code);
    else
        tl_err_hint(reader->err, "correct the code or the name");
    return tl_figures_fail_at(reader, name);
}

static tl_status find_area(const struct tl_area **out, const struct plain *plain, size_t row)
{
    struct tl_figures_reader *reader = plain->reader;
    const struct tl_csv *csv = &reader->csv;
    const struct tl_csv_field *name = plain->name < csv->column_count ? tl_csv_at(csv, row, plain->name) : NULL;
    if (plain->code == csv->column_count)
        return find_by_name(out, reader, name);
    tl_status status = find_by_code(out, reader, tl_csv_at(csv, row, plain->code));
    if (status == TL_OK && name != NULL && !tl_figures_same_name((*out)->name, name->text))
        return refuse_disagreement(reader, *out, name);
    return status;
}

static tl_status read_row(const struct plain *plain, size_t row)
{
    struct tl_figures_reader *reader = plain->reader;
    const struct tl_csv *csv = &reader->csv;
    const struct tl_area *area = NULL;
    struct tl_date holds_on;
    const struct tl_csv_field *as_of = tl_csv_at(csv, row, plain->as_of);
    tl_status status = find_area(&area, plain, row);
    if (status != TL_OK)
        return status;
    if (tl_date_parse(&holds_on, as_of->text, reader->err) != TL_OK)
        return tl_figures_fail_at(reader, as_of);
    for (size_t i = 0; i < csv->column_count; i++) {
        if (!is_measure_column(plain, i))
            continue;
        const char *measure = csv->header[i].text;
        /* a region that is a party has users, but no inhabitants beside those of its municipalities */
        if (tl_text_equal(measure, "population") && tl_text_equal(area->kind, "region"))
            return tl_figures_refuse_place(
                reader, tl_csv_at(csv, row, plain->code < csv->column_count ? plain->code : plain->name), area->name,
                TL_FIGURES_REGION);
        status = tl_figures_add_row(reader, area, measure, holds_on, plain->source, tl_csv_at(csv, row, i));
        if (status != TL_OK)
            return status;
    }
    return TL_OK;
}

tl_status tl_figures_read_plain(struct tl_figures_reader *reader)
{
    struct plain plain = {.reader = reader, .source = reader->request->origin};
    if (plain.source == NULL)
        plain.source = tl_arena_format(reader->arena, "file %s", tl_source_base_name(&reader->request->source));
    if (plain.source == NULL)
        return tl_err_memory(reader->err);
    tl_status status = find_columns(&plain);
    for (size_t row = 0; status == TL_OK && row < reader->csv.row_count; row++)
        status = read_row(&plain, row);
    return status;
}
