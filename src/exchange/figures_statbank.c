/* SPDX-License-Identifier: MPL-2.0 */
/* The StatBank form of a file of figures: see figures_file.h. */
#include <string.h>

#include "figures.h"
#include "quoted.h"
#include "tilslut/base/text.h"

typedef enum dimension { AREA, SEX, AGE, MARITAL_STATUS, TIME, VALUE, DIMENSION_COUNT } dimension;

/* How a column is headed in Danish and English, in lower case. */
static const char *const headings[DIMENSION_COUNT][2] = {
    [AREA] = {"område", "region"}, [SEX] = {"køn", "sex"},
    [AGE] = {"alder", "age"},      [MARITAL_STATUS] = {"civilstand", "marital status"},
    [TIME] = {"tid", "time"},      [VALUE] = {"indhold", "contents"},
};

/* What is said in messages, whatever the file's language. */
static const char *const danish[DIMENSION_COUNT] = {"OMRÅDE", "KØN", "ALDER", "CIVILSTAND", "TID", "INDHOLD"};

struct statbank {
    struct tl_figures_reader *reader;
    size_t column[DIMENSION_COUNT]; /* column_count where it is absent */
    const char *measure;
    const char *table; /* "FOLK1A", or "" when not known */
    size_t passed_over;
    const char *time, *source; /* of the row before, since most rows share them */
};

static bool has(const struct statbank *statbank, dimension what)
{
    return statbank->column[what] < statbank->reader->csv.column_count;
}

static tl_status refuse_column(struct tl_figures_reader *reader, const struct tl_csv_field *field)
{
    const char *words[DIMENSION_COUNT * 2 + 1] = {NULL};
    for (size_t i = 0; i < (size_t)DIMENSION_COUNT * 2; i++)
        words[i] = headings[i / 2][i % 2];
    char *name = tl_arena_text(reader->arena, field->text);
    if (name == NULL)
        return tl_err_memory(reader->err);
    tl_text_lower(name);
    const char *nearest = tl_text_nearest(name, words);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%.*s' is not one of FOLK1A", QUOTED(field->text));
    if (nearest != NULL)
        tl_err_hint(reader->err, "did you mean '%s'?", nearest);
    else
        tl_err_hint(reader->err, "leave it out of the selection in StatBank");
    return tl_figures_fail_at(reader, field);
}

static tl_status find_columns(struct statbank *statbank)
{
    struct tl_figures_reader *reader = statbank->reader;
    const struct tl_csv *csv = &reader->csv;
    for (size_t what = 0; what < DIMENSION_COUNT; what++) {
        size_t column = tl_csv_column(csv, headings[what][0]);
        statbank->column[what] = column < csv->column_count ? column : tl_csv_column(csv, headings[what][1]);
    }
    for (size_t i = 0; i < csv->column_count; i++) {
        size_t what = 0;
        while (what < DIMENSION_COUNT && statbank->column[what] != i)
            what++;
        if (what == DIMENSION_COUNT)
            return refuse_column(reader, &csv->header[i]);
    }
    static const dimension needed[] = {AREA, TIME, VALUE};
    for (size_t i = 0; i < sizeof needed / sizeof needed[0]; i++) {
        if (has(statbank, needed[i]))
            continue;
        const char *found = tl_csv_header_text(csv, reader->arena);
        if (found == NULL)
            return tl_err_memory(reader->err);
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%s' is missing; found %s", danish[needed[i]], found);
        tl_err_hint(reader->err, "a StatBank file has OMRÅDE, TID and INDHOLD");
        return tl_figures_fail_at(reader, &csv->header[0]);
    }
    return TL_OK;
}

/* FOLK1A counts people; other tables have an area and a time too, so that a header without its other columns
 * does not say what is counted unless the file is named after the table. */
static tl_status find_measure(struct statbank *statbank)
{
    struct tl_figures_reader *reader = statbank->reader;
    bool is_folk1a = (has(statbank, SEX) && has(statbank, AGE) && has(statbank, MARITAL_STATUS)) ||
                     strcasestr(tl_source_base_name(&reader->request->source), "FOLK1A") != NULL;
    statbank->table = is_folk1a ? "FOLK1A" : "";
    statbank->measure = reader->request->measure;
    if (statbank->measure == NULL && is_folk1a)
        statbank->measure = "population";
    if (statbank->measure != NULL)
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the file does not say what its figures count");
    tl_err_hint(reader->err, "name the file after its table, such as FOLK1A-2026K1.csv, or name the measure");
    return tl_figures_fail_at(reader, &reader->csv.header[0]);
}

/* True when the row is the total over sex, age and marital status. */
static bool is_total(const struct statbank *statbank, size_t row)
{
    static const char *const totals[] = {"tot", "ialt", "i alt", "alder i alt", "total", "age, total"};
    static const dimension breakdowns[] = {SEX, AGE, MARITAL_STATUS};
    for (size_t i = 0; i < sizeof breakdowns / sizeof breakdowns[0]; i++) {
        if (!has(statbank, breakdowns[i]))
            continue;
        const char *cell = tl_csv_at(&statbank->reader->csv, row, statbank->column[breakdowns[i]])->text;
        size_t word = 0;
        while (word < sizeof totals / sizeof totals[0] && !tl_figures_same_name(cell, totals[word]))
            word++;
        if (word == sizeof totals / sizeof totals[0])
            return false;
    }
    return true;
}

/* `2026K1`, `2026Q1` or `2026`: the first day of the quarter or year; no date for anything else. */
static struct tl_date date_of_time(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    int year = 0;
    if (digits != 4)
        return (struct tl_date){0};
    for (size_t i = 0; i < digits; i++)
        year = year * 10 + (text[i] - '0');
    if (text[4] == '\0')
        return tl_date_of(year, 1, 1);
    if ((text[4] != 'K' && text[4] != 'Q') || text[5] < '1' || text[5] > '4' || text[6] != '\0')
        return (struct tl_date){0};
    return tl_date_of(year, (text[5] - '1') * 3 + 1, 1);
}

static tl_status read_time(struct tl_date *out, struct statbank *statbank, const struct tl_csv_field *field)
{
    struct tl_figures_reader *reader = statbank->reader;
    *out = date_of_time(field->text);
    if (tl_date_is_none(*out)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a quarter or a year", QUOTED(field->text));
        tl_err_hint(reader->err, "StatBank writes quarters as 2026K1 to 2026K4 and years as 2026");
        return tl_figures_fail_at(reader, field);
    }
    if (reader->request->origin != NULL) {
        statbank->source = reader->request->origin;
    } else if (statbank->time == NULL || !tl_text_equal(statbank->time, field->text)) {
        statbank->time = field->text;
        statbank->source =
            tl_arena_format(reader->arena, "Danmarks Statistik%s%s, %s, file %s", statbank->table[0] == '\0' ? "" : " ",
                            statbank->table, field->text, tl_source_base_name(&reader->request->source));
    }
    return statbank->source == NULL ? tl_err_memory(reader->err) : TL_OK;
}

/* The known area of a cell. Codes have three digits here and names may be English. */
static tl_status find_area(const struct tl_area **out, struct tl_figures_reader *reader,
                           const struct tl_csv_field *field)
{
    const char *text = field->text, *region = NULL;
    const struct tl_area *second = NULL;
    if (strlen(text) == 3 && strspn(text, "0123456789") == 3) {
        char official[5] = "0";
        memcpy(official + 1, text, 4);
        *out = tl_figures_area_by_code(reader, official);
    } else {
        *out = tl_figures_area_by_name(reader, tl_figures_same_name(text, "Copenhagen") ? "København" : text, &second);
        region = tl_figures_region_of_short_name(text);
    }
    if (second != NULL)
        return tl_figures_refuse_ambiguous(reader, field, *out, second);
    if (*out != NULL)
        return TL_OK;
    return region == NULL ? tl_figures_refuse_unknown(reader, field)
                          : tl_figures_refuse_place(reader, field, region, TL_FIGURES_REGION);
}

static tl_status read_row(struct statbank *statbank, size_t row)
{
    struct tl_figures_reader *reader = statbank->reader;
    const struct tl_csv *csv = &reader->csv;
    const struct tl_csv_field *where = tl_csv_at(csv, row, statbank->column[AREA]);
    const struct tl_csv_field *value = tl_csv_at(csv, row, statbank->column[VALUE]);
    struct tl_date holds_on;
    const char *name;
    tl_figures_place place = tl_figures_place_of(where->text, &name);
    const struct tl_area *area = NULL;
    tl_status status = place == TL_FIGURES_UNKNOWN ? find_area(&area, reader, where) : TL_OK;
    if (status == TL_OK)
        status = read_time(&holds_on, statbank, tl_csv_at(csv, row, statbank->column[TIME]));
    if (status != TL_OK)
        return status;
    if (area != NULL)
        return tl_figures_add_row(reader, area, statbank->measure, holds_on, statbank->source, value);
    return tl_figures_add_total(reader, name, place == TL_FIGURES_REGION ? name : NULL, statbank->measure, holds_on,
                                value);
}

static tl_status refuse_breakdown(struct tl_figures_reader *reader)
{
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "no row holds the total over sex, age and marital status");
    tl_err_hint(reader->err, "in StatBank select 'I alt' for KØN, 'Alder i alt' for ALDER and 'I alt' for CIVILSTAND");
    return tl_figures_fail_at(reader, tl_csv_at(&reader->csv, 0, 0));
}

tl_status tl_figures_read_statbank(struct tl_figures_reader *reader)
{
    struct statbank statbank = {.reader = reader};
    tl_status status = find_columns(&statbank);
    if (status == TL_OK)
        status = find_measure(&statbank);
    for (size_t row = 0; status == TL_OK && row < reader->csv.row_count; row++) {
        if (is_total(&statbank, row))
            status = read_row(&statbank, row);
        else
            statbank.passed_over++;
    }
    if (status == TL_OK && statbank.passed_over > 0 && statbank.passed_over == reader->csv.row_count)
        return refuse_breakdown(reader);
    return status;
}
