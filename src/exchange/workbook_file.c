/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/workbook_file.h"

#include <libxml/xmlreader.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"
#include "workbook_zip.h"

enum { COLUMN_MAX = 16384, ROW_MAX = 1048576, TEXT_MAX = 32767 * 4 };

/* A workbook while it is read. */
struct run {
    const struct tl_source *source;
    struct tl_arena *arena;
    struct tl_workbook_file *out;
    struct workbook_zip *zip;
    const char **strings; /* the shared ones */
    size_t string_count, string_capacity, cell_count;
    const char *part; /* that is being read */
};

static tl_status refuse(const struct run *run, tl_status status, const char *reason, struct tl_err *err)
{
    (void)tl_err_set(err, status, "the file is not a workbook (XLSX): '%s' %s", run->part, reason);
    tl_err_at(err, run->source->name, 0, 0);
    return status;
}

/* Goes through a part; `take` is called at every node. */
typedef tl_status take_node(struct run *run, xmlTextReader *reader, void *context, struct tl_err *err);

static void keep_silent(void *context, xmlError *error)
{
    (void)context;
    (void)error;
}

static tl_status walk(struct run *run, const struct tl_buf *bytes, take_node *take, void *context, struct tl_err *err)
{
    /* no NOENT: entities are never put in; no HUGE: libxml2's own bounds of depth and names hold */
    enum { OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING };
    xmlSetStructuredErrorFunc(NULL, keep_silent);
    xmlTextReader *reader =
        bytes->length == 0 ? NULL : xmlReaderForMemory(bytes->bytes, (int)bytes->length, NULL, NULL, OPTIONS);
    tl_status status = reader == NULL ? refuse(run, TL_ERR_INPUT, "is empty", err) : TL_OK;
    int more = 0;
    while (status == TL_OK && (more = xmlTextReaderRead(reader)) == 1) {
        int type = xmlTextReaderNodeType(reader);
        if (type == XML_READER_TYPE_DOCUMENT_TYPE || type == XML_READER_TYPE_ENTITY_REFERENCE)
            status = refuse(run, TL_ERR_INPUT, "has a document type", err);
        else
            status = take(run, reader, context, err);
    }
    if (status == TL_OK && more < 0)
        status = refuse(run, TL_ERR_INPUT, "is not whole XML", err);
    xmlFreeTextReader(reader);
    return status;
}

static tl_status read_part(struct run *run, const char *name, bool is_needed, take_node *take, void *context,
                           struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    bool found;
    run->part = name;
    tl_status status = workbook_zip_read(&bytes, &found, run->zip, name, err);
    if (status == TL_OK && !found && is_needed)
        status = refuse(run, TL_ERR_INPUT, "is missing", err);
    if (status == TL_OK && found)
        status = walk(run, &bytes, take, context, err);
    tl_buf_release(&bytes);
    return status;
}

static bool is_start(xmlTextReader *reader, const char *name)
{
    return xmlTextReaderNodeType(reader) == XML_READER_TYPE_ELEMENT &&
           strcmp((const char *)xmlTextReaderConstLocalName(reader), name) == 0;
}

static bool is_end(xmlTextReader *reader, const char *name)
{
    return xmlTextReaderNodeType(reader) == XML_READER_TYPE_END_ELEMENT &&
           strcmp((const char *)xmlTextReaderConstLocalName(reader), name) == 0;
}

static bool is_text(xmlTextReader *reader)
{
    int type = xmlTextReaderNodeType(reader);
    return type == XML_READER_TYPE_TEXT || type == XML_READER_TYPE_CDATA ||
           type == XML_READER_TYPE_SIGNIFICANT_WHITESPACE || type == XML_READER_TYPE_WHITESPACE;
}

/* An attribute in the arena, "" where there is none; NULL when memory is gone. */
static const char *attribute(const struct run *run, xmlTextReader *reader, const char *name)
{
    xmlChar *value = xmlTextReaderGetAttribute(reader, (const xmlChar *)name);
    const char *copy = value == NULL ? "" : tl_arena_text(run->arena, (const char *)value);
    xmlFree(value);
    return copy;
}

/* What a writer escaped (ECMA-376 part 1, 22.9.2.19): _x005F_ is an underscore. Only that one is ours. */
static char *unescaped(struct tl_arena *arena, const char *text, size_t length)
{
    static const char escape[] = "_x005F_";
    char *copy = tl_arena_copy(arena, text, length), *to = copy;
    for (const char *at = copy; copy != NULL && *at != '\0'; *to++ = *at++)
        if (strncmp(at, escape, sizeof escape - 1) == 0)
            at += sizeof escape - 2; /* its last character is an underscore */
    if (copy != NULL)
        *to = '\0';
    return copy;
}

/* Texts of a shared string or of a cell, which may come in several runs. */
struct gathered {
    struct tl_buf text;
    bool is_open, is_phonetic;
};

static tl_status gather(struct run *run, struct gathered *gathered, xmlTextReader *reader, struct tl_err *err)
{
    const char *value = (const char *)xmlTextReaderConstValue(reader);
    if (gathered->is_open && !gathered->is_phonetic && value != NULL)
        tl_buf_text(&gathered->text, value);
    if (gathered->text.length > TEXT_MAX)
        return refuse(run, TL_ERR_RANGE, "has a text longer than a cell holds", err);
    return gathered->text.failed ? tl_err_memory(err) : TL_OK;
}

static tl_status take_string(struct run *run, xmlTextReader *reader, void *context, struct tl_err *err)
{
    struct gathered *gathered = context;
    if (is_start(reader, "si"))
        gathered->text.length = 0;
    if (is_start(reader, "t"))
        gathered->is_open = xmlTextReaderIsEmptyElement(reader) == 0;
    if (is_start(reader, "rPh"))
        gathered->is_phonetic = true;
    if (is_end(reader, "rPh"))
        gathered->is_phonetic = false;
    if (is_text(reader))
        return gather(run, gathered, reader, err);
    if (is_end(reader, "t"))
        gathered->is_open = false;
    if (!is_end(reader, "si") && !(is_start(reader, "si") && xmlTextReaderIsEmptyElement(reader) == 1))
        return TL_OK;
    if (run->string_count >= TL_WORKBOOK_CELLS_MAX)
        return refuse(run, TL_ERR_RANGE, "has too many texts", err);
    run->strings =
        tl_arena_grow(run->arena, run->strings, run->string_count, &run->string_capacity, sizeof *run->strings);
    const char *copy = unescaped(run->arena, tl_buf_string(&gathered->text), gathered->text.length);
    if (run->strings == NULL || copy == NULL)
        return tl_err_memory(err);
    run->strings[run->string_count++] = copy;
    return TL_OK;
}

/* The sheets of the workbook, with the relation that leads to the part of each. */
struct sheets {
    const char *relation[TL_WORKBOOK_SHEETS_MAX], *target[TL_WORKBOOK_SHEETS_MAX];
};

static tl_status take_sheet(struct run *run, xmlTextReader *reader, void *context, struct tl_err *err)
{
    struct sheets *sheets = context;
    if (!is_start(reader, "sheet"))
        return TL_OK;
    if (run->out->count == TL_WORKBOOK_SHEETS_MAX)
        return refuse(run, TL_ERR_RANGE, "has too many sheets", err);
    struct tl_workbook_file_sheet *sheet = &run->out->sheets[run->out->count];
    sheet->name = attribute(run, reader, "name");
    xmlChar *relation = xmlTextReaderGetAttributeNs(
        reader, (const xmlChar *)"id",
        (const xmlChar *)"http://schemas.openxmlformats.org/officeDocument/2006/relationships");
    sheets->relation[run->out->count] = relation == NULL ? "" : tl_arena_text(run->arena, (const char *)relation);
    xmlFree(relation);
    sheets->target[run->out->count] = NULL;
    if (sheet->name == NULL || sheets->relation[run->out->count] == NULL)
        return tl_err_memory(err);
    run->out->count++;
    return TL_OK;
}

static tl_status take_relation(struct run *run, xmlTextReader *reader, void *context, struct tl_err *err)
{
    struct sheets *sheets = context;
    if (!is_start(reader, "Relationship"))
        return TL_OK;
    const char *id = attribute(run, reader, "Id"), *target = attribute(run, reader, "Target");
    if (id == NULL || target == NULL)
        return tl_err_memory(err);
    const char *path = target[0] == '/' ? target + 1 : tl_arena_format(run->arena, "xl/%s", target);
    if (path == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < run->out->count; i++)
        if (tl_text_equal(sheets->relation[i], id))
            sheets->target[i] = path;
    return TL_OK;
}

/* A sheet's cells on the way. */
struct cells {
    struct tl_workbook_file_sheet *sheet;
    size_t capacity;
    struct gathered gathered;
    uint32_t row, column;
    bool has_place;
    char type[12];
};

/* `C12` as row and column; false for what is no cell. */
static bool read_place(uint32_t *row, uint32_t *column, const char *text)
{
    uint32_t letters = 0, digits = 0;
    for (; *text >= 'A' && *text <= 'Z' && letters <= COLUMN_MAX; text++)
        letters = letters * 26 + (uint32_t)(*text - 'A') + 1;
    for (; *text >= '0' && *text <= '9' && digits <= ROW_MAX; text++)
        digits = digits * 10 + (uint32_t)(*text - '0');
    *row = digits - 1;
    *column = letters - 1;
    return *text == '\0' && letters >= 1 && letters <= COLUMN_MAX && digits >= 1 && digits <= ROW_MAX;
}

static tl_status begin_cell(struct run *run, struct cells *cells, xmlTextReader *reader, struct tl_err *err)
{
    const char *place = attribute(run, reader, "r"), *type = attribute(run, reader, "t");
    if (place == NULL || type == NULL)
        return tl_err_memory(err);
    cells->has_place = read_place(&cells->row, &cells->column, place);
    if (!cells->has_place)
        return refuse(run, TL_ERR_INPUT, "has a cell without a place", err);
    size_t length = strlen(type);
    if (length >= sizeof cells->type)
        return refuse(run, TL_ERR_INPUT, "has a cell of an unknown type", err);
    memcpy(cells->type, type, length + 1);
    cells->gathered.text.length = 0;
    return TL_OK;
}

static bool comes_after(const struct cells *cells)
{
    const struct tl_workbook_file_sheet *sheet = cells->sheet;
    if (sheet->count == 0)
        return true;
    const struct tl_workbook_cell *last = &sheet->cells[sheet->count - 1];
    return cells->row > last->row || (cells->row == last->row && cells->column > last->column);
}

static tl_status end_cell(struct run *run, struct cells *cells, struct tl_err *err)
{
    struct tl_workbook_file_sheet *sheet = cells->sheet;
    const char *text = tl_buf_string(&cells->gathered.text);
    bool is_number = cells->type[0] == '\0' || tl_text_equal(cells->type, "n") || tl_text_equal(cells->type, "b");
    if (cells->gathered.text.length == 0 && !tl_text_equal(cells->type, "str"))
        return TL_OK;
    if (!comes_after(cells))
        return refuse(run, TL_ERR_INPUT, "has its cells out of order", err);
    if (++run->cell_count > TL_WORKBOOK_CELLS_MAX)
        return refuse(run, TL_ERR_RANGE, "has too many cells", err);
    if (tl_text_equal(cells->type, "s")) {
        char *end;
        unsigned long index = strtoul(text, &end, 10);
        if (*end != '\0' || text[0] < '0' || text[0] > '9' || index >= run->string_count)
            return refuse(run, TL_ERR_INPUT, "has a cell whose text is not in the file", err);
        text = run->strings[index];
    } else
        text = unescaped(run->arena, text, cells->gathered.text.length);
    sheet->cells = tl_arena_grow(run->arena, sheet->cells, sheet->count, &cells->capacity, sizeof *sheet->cells);
    if (sheet->cells == NULL || text == NULL)
        return tl_err_memory(err);
    sheet->cells[sheet->count++] = (struct tl_workbook_cell){cells->row, cells->column, is_number, text};
    return TL_OK;
}

static tl_status take_cell(struct run *run, xmlTextReader *reader, void *context, struct tl_err *err)
{
    struct cells *cells = context;
    if (is_start(reader, "c"))
        return begin_cell(run, cells, reader, err);
    if (is_start(reader, "v") || is_start(reader, "t"))
        cells->gathered.is_open = xmlTextReaderIsEmptyElement(reader) == 0;
    if (is_text(reader))
        return gather(run, &cells->gathered, reader, err);
    if (is_end(reader, "v") || is_end(reader, "t"))
        cells->gathered.is_open = false;
    if (is_end(reader, "c"))
        return end_cell(run, cells, err);
    return TL_OK;
}

static tl_status read_cells(struct run *run, const struct sheets *sheets, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < run->out->count; i++) {
        struct cells cells = {.sheet = &run->out->sheets[i]};
        if (sheets->target[i] == NULL) {
            run->part = "xl/workbook.xml";
            return refuse(run, TL_ERR_INPUT, "names a sheet that is not there", err);
        }
        status = read_part(run, sheets->target[i], true, take_cell, &cells, err);
        tl_buf_release(&cells.gathered.text);
    }
    return status;
}

tl_status tl_workbook_file_read(struct tl_workbook_file *out, const struct tl_source *source, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct run run = {.source = source, .arena = arena, .out = out, .part = ""};
    struct sheets sheets;
    struct gathered gathered = {.is_open = false};
    *out = (struct tl_workbook_file){.sheets = tl_arena_alloc(arena, TL_WORKBOOK_SHEETS_MAX, sizeof *out->sheets)};
    if (out->sheets == NULL)
        return tl_err_memory(err);
    memset(out->sheets, 0, TL_WORKBOOK_SHEETS_MAX * sizeof *out->sheets);
    tl_status status = workbook_zip_open(&run.zip, source, err);
    if (status == TL_OK)
        status = read_part(&run, "xl/workbook.xml", true, take_sheet, &sheets, err);
    if (status == TL_OK)
        status = read_part(&run, "xl/_rels/workbook.xml.rels", true, take_relation, &sheets, err);
    if (status == TL_OK)
        status = read_part(&run, "xl/sharedStrings.xml", false, take_string, &gathered, err);
    if (status == TL_OK)
        status = read_cells(&run, &sheets, err);
    tl_buf_release(&gathered.text);
    workbook_zip_close(run.zip);
    return status;
}

const struct tl_workbook_file_sheet *tl_workbook_file_sheet(const struct tl_workbook_file *file, const char *name)
{
    for (size_t i = 0; i < file->count; i++)
        if (tl_text_equal(file->sheets[i].name, name))
            return &file->sheets[i];
    return NULL;
}

const struct tl_workbook_cell *tl_workbook_file_cell(const struct tl_workbook_file_sheet *sheet, size_t row,
                                                     size_t column)
{
    size_t low = 0, high = sheet->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct tl_workbook_cell *cell = &sheet->cells[middle];
        if (cell->row < row || (cell->row == row && cell->column < column))
            low = middle + 1;
        else
            high = middle;
    }
    const struct tl_workbook_cell *at = &sheet->cells[low];
    return low < sheet->count && at->row == row && at->column == column ? at : NULL;
}

const char *tl_workbook_file_ref(char into[TL_WORKBOOK_REF_SIZE], size_t row, size_t column)
{
    char letters[8];
    size_t count = 0;
    for (size_t left = column + 1; left > 0 && count < sizeof letters; left = (left - 1) / 26)
        letters[count++] = (char)('A' + (left - 1) % 26);
    for (size_t i = 0; i < count; i++)
        into[i] = letters[count - 1 - i];
    snprintf(into + count, TL_WORKBOOK_REF_SIZE - count, "%zu", row + 1 > ROW_MAX ? (size_t)ROW_MAX : row + 1);
    return into;
}

const char *tl_workbook_cell_text(const struct tl_workbook_cell *cell)
{
    return cell == NULL ? "" : cell->text;
}

/* A number as it stands in the file, exactly: programs write doubles with up to 17 digits and perhaps an exponent. */
static bool read_decimal(mpq_t out, const char *text)
{
    enum { DIGITS_MAX = 40, EXPONENT_MAX = 30 };
    char digits[DIGITS_MAX + 2];
    size_t count = 0;
    long exponent = 0;
    bool has_point = false;
    digits[count++] = *text == '-' ? '-' : '0';
    text += *text == '-' || *text == '+' ? 1 : 0;
    for (; (*text >= '0' && *text <= '9') || (*text == '.' && !has_point); text++) {
        has_point = has_point || *text == '.';
        if (*text == '.')
            continue;
        if (count == DIGITS_MAX)
            return false;
        digits[count++] = *text;
        exponent -= has_point ? 1 : 0;
    }
    digits[count] = '\0';
    if (count == 1)
        return false;
    if (*text == 'e' || *text == 'E') {
        char *end;
        long given = strtol(text + 1, &end, 10);
        if (end == text + 1 || given > EXPONENT_MAX || given < -EXPONENT_MAX)
            return false;
        exponent += given;
        text = end;
    }
    mpz_t power;
    mpz_init(power);
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(exponent));
    mpq_set_str(out, digits, 10);
    if (exponent < 0)
        mpz_set(mpq_denref(out), power);
    else
        mpz_mul(mpq_numref(out), mpq_numref(out), power);
    mpq_canonicalize(out);
    mpz_clear(power);
    return *text == '\0';
}

/* The number times `factor` to the nearest whole one; false where it is further from it than a double is off, or too
 * large. */
static bool read_whole(int64_t *out, const struct tl_workbook_cell *cell, unsigned long factor)
{
    enum { CLOSE = 50 }; /* a fiftieth of a unit */
    mpq_t number, rest;
    mpz_t whole;
    if (cell == NULL || !cell->is_number)
        return false;
    mpq_init(number);
    mpq_init(rest);
    mpz_init(whole);
    bool can = read_decimal(number, cell->text);
    mpz_mul_ui(mpq_numref(number), mpq_numref(number), factor);
    mpq_canonicalize(number);
    /* floor(number + 1/2) */
    mpz_mul_2exp(whole, mpq_numref(number), 1);
    mpz_add(whole, whole, mpq_denref(number));
    mpz_fdiv_q(whole, whole, mpq_denref(number));
    mpz_fdiv_q_2exp(whole, whole, 1);
    mpq_set_z(rest, whole);
    mpq_sub(rest, number, rest);
    mpq_abs(rest, rest);
    bool small = mpz_cmpabs_ui(whole, (unsigned long)TL_MONEY_MAX_MINOR) <= 0;
    bool exact = mpz_cmpabs_ui(whole, 100000000000000UL) > 0 || mpq_cmp_ui(rest, 1, CLOSE) < 0;
    *out = can && small ? mpz_get_si(whole) : 0;
    mpz_clear(whole);
    mpq_clear(rest);
    mpq_clear(number);
    return can && small && exact;
}

bool tl_workbook_cell_money(struct tl_money *out, const struct tl_workbook_cell *cell)
{
    return read_whole(&out->minor, cell, 100);
}

bool tl_workbook_cell_integer(int64_t *out, const struct tl_workbook_cell *cell)
{
    return read_whole(out, cell, 1);
}

bool tl_workbook_cell_date(struct tl_date *out, const struct tl_workbook_cell *cell)
{
    enum { DAYS_BEFORE_1970 = 25569, DAYS_MAX = 3000000 };
    int64_t days;
    if (!tl_workbook_cell_integer(&days, cell) || days < 61 || days > DAYS_MAX)
        return false;
    *out = tl_date_from_days((int32_t)(days - DAYS_BEFORE_1970));
    return !tl_date_is_none(*out);
}
