/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/parties_file.h"

#include <stdlib.h>
#include <string.h>

#include "quoted.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/csv.h"

typedef enum column {
    CODE,
    NAME,
    KIND,
    OFFICIAL_NAME,
    REGION,
    CVR,
    EAN,
    ADDRESS,
    ASSOCIATION_MEMBER,
    COLUMN_COUNT
} column;

static const char *const column_names[COLUMN_COUNT + 1] = {"code", "name", "kind",    "official_name",      "region",
                                                           "cvr",  "ean",  "address", "association_member", NULL};

static const char *const kinds[] = {"municipality", "region", "state", "association", "other", NULL};

struct reader {
    struct tl_csv csv;
    size_t columns[COLUMN_COUNT]; /* column_count where absent */
    struct tl_arena *arena;
    struct tl_err *err;
};

static tl_status fail_at(const struct reader *reader, const struct tl_csv_field *field)
{
    tl_err_at(reader->err, reader->csv.name, field->line, field->column);
    return reader->err->status;
}

/* The hint when `word` is none of `words`. */
static void hint_word(struct tl_err *err, const char *word, const char *const *words, const char *otherwise)
{
    const char *nearest = tl_text_nearest(word, words);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean '%s'?", nearest);
    else
        tl_err_hint(err, "%s", otherwise);
}

static tl_status find_columns(struct reader *reader)
{
    const struct tl_csv *csv = &reader->csv;
    for (size_t i = 0; i < csv->column_count; i++) {
        size_t known = 0;
        while (known < COLUMN_COUNT && !tl_text_equal(csv->names[i], column_names[known]))
            known++;
        if (known < COLUMN_COUNT)
            continue;
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a file of parties has no column '%.*s'",
                         QUOTED(csv->header[i].text));
        hint_word(reader->err, csv->names[i], column_names,
                  "the columns are code, name, kind, official_name, region, cvr, ean, address, association_member");
        return fail_at(reader, &csv->header[i]);
    }
    for (size_t known = 0; known < COLUMN_COUNT; known++) {
        reader->columns[known] = tl_csv_column(csv, column_names[known]);
        if (known > KIND || reader->columns[known] < csv->column_count)
            continue;
        const char *found = tl_csv_header_text(csv, reader->arena);
        if (found == NULL)
            return tl_err_memory(reader->err);
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%s' is missing; found %s", column_names[known], found);
        tl_err_hint(reader->err, "a file of parties has at least the columns code, name and kind");
        return fail_at(reader, &csv->header[0]);
    }
    return TL_OK;
}

/* The field, or an empty one at the start of the row when the file has no such column. */
static struct tl_csv_field at(const struct reader *reader, size_t row, column which)
{
    if (reader->columns[which] < reader->csv.column_count)
        return *tl_csv_at(&reader->csv, row, reader->columns[which]);
    struct tl_csv_field absent = *tl_csv_at(&reader->csv, row, 0);
    absent.text = "";
    return absent;
}

static tl_status check_filled(const struct reader *reader, size_t row)
{
    for (size_t which = CODE; which <= KIND; which++) {
        struct tl_csv_field field = at(reader, row, (column)which);
        if (field.text[0] != '\0')
            continue;
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %s is empty", column_names[which]);
        return fail_at(reader, &field);
    }
    return TL_OK;
}

static tl_status check_kind(const struct reader *reader, const struct tl_csv_field *kind)
{
    for (const char *const *known = kinds; *known != NULL; known++)
        if (tl_text_equal(kind->text, *known))
            return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a kind of party", QUOTED(kind->text));
    hint_word(reader->err, kind->text, kinds, "the kinds are municipality, region, state, association and other");
    return fail_at(reader, kind);
}

static tl_status check_code(const struct reader *reader, const struct tl_csv_field *code, const char *kind)
{
    if (tl_text_equal(kind, "municipality")) {
        if (tl_identifier_check_municipality(code->text, reader->err) == TL_OK)
            return TL_OK;
        tl_err_hint(reader->err, "spreadsheets drop a leading 0: write 0101, not 101");
        return fail_at(reader, code);
    }
    if (tl_text_is_code(code->text))
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a code", QUOTED(code->text));
    tl_err_hint(reader->err, "a code has 1 to 40 of A-Z a-z 0-9 - and _");
    return fail_at(reader, code);
}

static tl_status check_identifiers(const struct reader *reader, size_t row)
{
    struct tl_csv_field cvr = at(reader, row, CVR), ean = at(reader, row, EAN);
    if (cvr.text[0] != '\0' && tl_identifier_check_cvr(cvr.text, reader->err) != TL_OK)
        return fail_at(reader, &cvr);
    if (ean.text[0] != '\0' && tl_identifier_check_ean(ean.text, reader->err) != TL_OK)
        return fail_at(reader, &ean);
    return TL_OK;
}

static tl_status read_association(tl_association *out, const struct reader *reader, const struct tl_csv_field *field)
{
    static const struct {
        const char *text;
        tl_association association;
    } words[] = {
        {"", TL_ASSOCIATION_NOT_RECORDED},
        {"yes", TL_ASSOCIATION_MEMBER},
        {"no", TL_ASSOCIATION_OTHER},
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (!tl_text_equal(field->text, words[i].text))
            continue;
        *out = words[i].association;
        return TL_OK;
    }
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is neither yes nor no", QUOTED(field->text));
    tl_err_hint(reader->err, "association_member is yes, no or empty");
    return fail_at(reader, field);
}

static tl_status read_row(struct tl_parties_row *out, const struct reader *reader, size_t row)
{
    struct tl_csv_field code = at(reader, row, CODE), kind = at(reader, row, KIND);
    struct tl_csv_field member = at(reader, row, ASSOCIATION_MEMBER);
    tl_status status = check_filled(reader, row);
    if (status == TL_OK)
        status = check_kind(reader, &kind);
    if (status == TL_OK)
        status = check_code(reader, &code, kind.text);
    if (status == TL_OK)
        status = check_identifiers(reader, row);
    if (status == TL_OK)
        status = read_association(&out->association, reader, &member);
    if (status != TL_OK)
        return status;
    out->code = code.text;
    out->name = at(reader, row, NAME).text;
    out->official_name = at(reader, row, OFFICIAL_NAME).text;
    if (out->official_name[0] == '\0')
        out->official_name = out->name;
    out->kind = kind.text;
    out->region = at(reader, row, REGION).text;
    out->cvr = at(reader, row, CVR).text;
    out->ean = at(reader, row, EAN).text;
    out->address = at(reader, row, ADDRESS).text;
    out->line = code.line;
    return TL_OK;
}

static int compare_lines(const struct tl_parties_row *a, const struct tl_parties_row *b)
{
    return (a->line > b->line) - (a->line < b->line);
}

static int compare_codes(const void *a, const void *b)
{
    const struct tl_parties_row *x = *(const struct tl_parties_row *const *)a;
    const struct tl_parties_row *y = *(const struct tl_parties_row *const *)b;
    int order = strcmp(x->code, y->code);
    return order != 0 ? order : compare_lines(x, y);
}

static int compare_names(const void *a, const void *b)
{
    const struct tl_parties_row *x = *(const struct tl_parties_row *const *)a;
    const struct tl_parties_row *y = *(const struct tl_parties_row *const *)b;
    int order = strcmp(x->kind, y->kind);
    if (order == 0)
        order = strcmp(x->name, y->name);
    return order != 0 ? order : compare_lines(x, y);
}

static tl_status refuse_twice(const struct reader *reader, const char *what, const char *text, size_t first,
                              size_t line)
{
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %s '%.*s' is there twice, first on line %zu", what, QUOTED(text),
                     first);
    tl_err_hint(reader->err, "remove one of the rows");
    tl_err_at(reader->err, reader->csv.name, line, 1);
    return reader->err->status;
}

static tl_status check_twice(const struct reader *reader, const struct tl_parties_file *file)
{
    const struct tl_parties_row **sorted = tl_arena_alloc(reader->arena, file->row_count, sizeof *sorted);
    if (sorted == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; i < file->row_count; i++)
        sorted[i] = &file->rows[i];
    qsort(sorted, file->row_count, sizeof *sorted, compare_codes);
    for (size_t i = 1; i < file->row_count; i++)
        if (tl_text_equal(sorted[i - 1]->code, sorted[i]->code))
            return refuse_twice(reader, "code", sorted[i]->code, sorted[i - 1]->line, sorted[i]->line);
    qsort(sorted, file->row_count, sizeof *sorted, compare_names);
    for (size_t i = 1; i < file->row_count; i++)
        if (tl_text_equal(sorted[i - 1]->kind, sorted[i]->kind) && tl_text_equal(sorted[i - 1]->name, sorted[i]->name))
            return refuse_twice(reader, "name", sorted[i]->name, sorted[i - 1]->line, sorted[i]->line);
    return TL_OK;
}

tl_status tl_parties_file_read(struct tl_parties_file *out, const struct tl_source *source, struct tl_arena *arena,
                               struct tl_err *err)
{
    struct reader reader = {.arena = arena, .err = err};
    struct tl_parties_file file = {0};
    tl_status status = tl_csv_read(&reader.csv, source, arena, err);
    if (status == TL_OK)
        status = tl_csv_check_lines(&reader.csv, err);
    if (status == TL_OK)
        status = find_columns(&reader);
    if (status != TL_OK)
        return status;
    if (reader.csv.row_count == 0) {
        (void)tl_err_set(err, TL_ERR_INPUT, "the file holds no party");
        return fail_at(&reader, &reader.csv.header[0]);
    }
    file.rows = tl_arena_alloc(arena, reader.csv.row_count, sizeof *file.rows);
    if (file.rows == NULL)
        return tl_err_memory(err);
    for (; status == TL_OK && file.row_count < reader.csv.row_count; file.row_count++)
        status = read_row(&file.rows[file.row_count], &reader, file.row_count);
    if (status == TL_OK)
        status = check_twice(&reader, &file);
    if (status == TL_OK)
        *out = file;
    return status;
}
