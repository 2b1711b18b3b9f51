/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/finance_sample.h"

#include <string.h>

#include "latin.h"
#include "quoted.h"
#include "tilslut/base/text.h"

/* One check at work. */
struct sample {
    const struct tl_finance_profile *profile;
    struct tl_finance_difference *differences;
    size_t count, capacity;
    struct tl_arena *arena;
    struct tl_err *err;
    size_t line, column;                  /* of what is read next, from 1 */
    const char *at, *end;                 /* UTF-8 */
    bool is_told[TL_FINANCE_COLUMNS_MAX]; /* that a column differs */
};

/* The message with a question mark for each control character of the file that it quotes; NULL when memory is gone. */
static const char *on_one_line(const char *message, struct tl_arena *arena)
{
    char *copy = tl_arena_text(arena, message), *to = copy;
    for (const char *at = copy; at != NULL && *at != '\0';) {
        const char *start = at;
        uint32_t c = tl_text_next(&at);
        bool is_plain = tl_source_accepts(c) && c != '\n' && c != '\r' && c != '\t';
        memmove(to, is_plain ? start : "?", is_plain ? (size_t)(at - start) : 1);
        to += is_plain ? at - start : 1;
    }
    if (to != NULL)
        *to = '\0';
    return copy;
}

/* Keeps a difference; a message of NULL means that memory is gone. */
static tl_status tell(struct sample *s, size_t line, size_t column, const char *message)
{
    if (message == NULL || (message = on_one_line(message, s->arena)) == NULL)
        return tl_err_memory(s->err);
    if (s->count == TL_FINANCE_DIFFERENCES_MAX)
        return TL_OK;
    void *differences = tl_arena_grow(s->arena, s->differences, s->count, &s->capacity, sizeof *s->differences);
    if (differences == NULL)
        return tl_err_memory(s->err);
    s->differences = differences;
    s->differences[s->count++] = (struct tl_finance_difference){line, column, message};
    return TL_OK;
}

static bool has_mark(const struct tl_source *source)
{
    return source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0;
}

/* The bytes as UTF-8, from what they are, whatever the profile says. */
static tl_status decode(struct sample *s, const struct tl_source *source)
{
    bool is_utf8 = tl_text_valid_utf8(source->bytes, source->length) == source->length, is_plain = true;
    bool is_marked = has_mark(source);
    for (size_t i = 0; i < source->length; i++)
        is_plain = is_plain && (unsigned char)source->bytes[i] < 0x80;
    struct tl_source text = *source;
    tl_status status = is_utf8 ? TL_OK : latin_to_utf8(&text, source, s->arena, s->err);
    s->at = text.bytes + (is_marked && is_utf8 ? 3 : 0);
    s->end = text.bytes + text.length;
    bool wants_utf8 = s->profile->encoding != TL_FINANCE_LATIN1,
         wants_mark = s->profile->encoding == TL_FINANCE_UTF8_BOM;
    if (status == TL_OK && !is_utf8 && wants_utf8)
        status = tell(s, 0, 0, "the file is not UTF-8; it is probably ISO 8859-1");
    if (status == TL_OK && is_utf8 && !is_plain && !wants_utf8)
        status = tell(s, 0, 0, "the file is UTF-8, and the profile writes ISO 8859-1");
    if (status == TL_OK && is_utf8 && wants_utf8 && is_marked != wants_mark)
        status = tell(s, 0, 0,
                      is_marked ? "the file begins with a byte order mark, and the profile writes none"
                                : "the file has no byte order mark, and the profile writes one");
    return status;
}

static tl_status check_line_end(struct sample *s)
{
    const char *end = memchr(s->at, '\n', (size_t)(s->end - s->at));
    if (end == NULL)
        return TL_OK;
    bool has_crlf = end > s->at && end[-1] == '\r';
    if (has_crlf == s->profile->has_crlf)
        return TL_OK;
    return tell(s, 0, 0,
                has_crlf ? "lines end with CRLF, and the profile's with LF"
                         : "lines end with LF, and the profile's with CRLF");
}

/* A field and where it begins. */
struct field {
    const char *text;
    size_t line, column;
};

static void step(struct sample *s)
{
    bool is_first = ((unsigned char)*s->at & 0xC0U) != 0x80U;
    if (*s->at == '\n') {
        s->line++;
        s->column = 1;
    } else
        s->column += is_first ? 1 : 0;
    s->at++;
}

static bool ends_field(const struct sample *s, char separator)
{
    return s->at == s->end || *s->at == separator || *s->at == '\n' ||
           (*s->at == '\r' && (s->at + 1 == s->end || s->at[1] == '\n'));
}

/* The next field; quotes are taken away. Text behind a closing quote is kept as it stands. */
static tl_status read_field(struct sample *s, struct field *out)
{
    struct tl_buf text = TL_BUF_EMPTY;
    *out = (struct field){"", s->line, s->column};
    bool is_quoted = s->at < s->end && *s->at == '"';
    if (is_quoted)
        step(s);
    while (is_quoted && s->at < s->end) {
        if (*s->at == '"') {
            step(s);
            if (s->at == s->end || *s->at != '"')
                break;
        }
        tl_buf_add(&text, s->at, 1);
        step(s);
    }
    while (!ends_field(s, s->profile->separator)) {
        tl_buf_add(&text, s->at, 1);
        step(s);
    }
    tl_status status = tl_buf_status(&text, s->err);
    if (status == TL_OK && (out->text = tl_arena_text(s->arena, tl_buf_string(&text))) == NULL)
        status = tl_err_memory(s->err);
    tl_buf_release(&text);
    return status;
}

/* The fields of the next record, at most as many as a profile can have and one; *count is how many there are. */
static tl_status read_record(struct sample *s, struct field fields[TL_FINANCE_COLUMNS_MAX + 1], size_t *count)
{
    struct field beyond;
    tl_status status = TL_OK;
    *count = 0;
    for (bool goes_on = true; status == TL_OK && goes_on;) {
        status = read_field(s, *count <= TL_FINANCE_COLUMNS_MAX ? &fields[*count] : &beyond);
        ++*count;
        goes_on = s->at < s->end && *s->at == s->profile->separator;
        if (goes_on)
            step(s);
    }
    if (s->at < s->end && *s->at == '\r')
        step(s);
    if (s->at < s->end)
        step(s);
    return status;
}

static bool is_of_digits(const char *text, size_t count)
{
    return strspn(text, "0123456789") >= count;
}

/* `DD-MM-YYYY`: digits where letters stand, and the same marks. */
static bool is_date(const char *text, const char *form)
{
    for (; *form != '\0'; form++, text++)
        if (strchr("YMD", *form) != NULL ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return *text == '\0';
}

/* `-1234,56`: without marks for thousands, with the profile's own for decimals. */
static bool is_amount(const char *text, char decimal)
{
    text += *text == '-' ? 1 : 0;
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || text[whole] == '\0')
        return whole > 0;
    return text[whole] == decimal && is_of_digits(text + whole + 1, 1) &&
           strspn(text + whole + 1, "0123456789") == strlen(text + whole + 1);
}

/* What the profile would write in the column, for the message; NULL where the field could be the profile's. */
static const char *expected_of(const struct sample *s, const struct tl_finance_column *column, const char *text)
{
    if (text[0] == '\0')
        return NULL;
    switch (column->source) {
    case TL_FINANCE_DATE:
    case TL_FINANCE_FROM:
    case TL_FINANCE_TO:
    case TL_FINANCE_DUE:
        return is_date(text, s->profile->date) ? NULL : s->profile->date;
    case TL_FINANCE_NET:
    case TL_FINANCE_VAT:
    case TL_FINANCE_GROSS:
    case TL_FINANCE_VAT_RATE:
        return is_amount(text, s->profile->decimal) ? NULL : s->profile->decimal == ',' ? "1234,56" : "1234.56";
    case TL_FINANCE_ENTRY:
        return strspn(text, "0123456789") == strlen(text) ? NULL : "123";
    case TL_FINANCE_CONSTANT:
        return tl_text_equal(text, column->text) ? NULL : column->text;
    default:
        return NULL;
    }
}

static tl_status check_count(struct sample *s, const struct field *first, size_t count)
{
    if (count == s->profile->column_count)
        return TL_OK;
    return tell(s, first->line, 0,
                tl_arena_format(s->arena, "the line has %zu column%s, and the profile writes %zu", count,
                                count == 1 ? "" : "s", s->profile->column_count));
}

static tl_status check_header(struct sample *s, const struct field *fields, size_t count)
{
    tl_status status = check_count(s, fields, count);
    for (size_t i = 0; status == TL_OK && i < count && i < s->profile->column_count; i++)
        if (!tl_text_equal(fields[i].text, s->profile->columns[i].title))
            status = tell(s, fields[i].line, fields[i].column,
                          tl_arena_format(s->arena, "column %zu is '%.*s', and the profile calls it '%.*s'", i + 1,
                                          QUOTED(fields[i].text), QUOTED(s->profile->columns[i].title)));
    return status;
}

static tl_status check_row(struct sample *s, const struct field *fields, size_t count)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count && i < s->profile->column_count; i++) {
        const struct tl_finance_column *column = &s->profile->columns[i];
        const char *expected = s->is_told[i] ? NULL : expected_of(s, column, fields[i].text);
        if (expected == NULL)
            continue;
        s->is_told[i] = true;
        status = tell(s, fields[i].line, fields[i].column,
                      tl_arena_format(s->arena, "'%.*s' in '%.*s' is not written like %s", QUOTED(fields[i].text),
                                      QUOTED(column->title), expected));
    }
    return status;
}

/* One column where there should be several: another separator, which is named where it can be guessed. */
static tl_status check_separator(struct sample *s, const struct field *field, bool *is_other)
{
    static const char separators[] = ";,|\t";
    *is_other = false;
    for (const char *other = separators; *other != '\0' && s->profile->column_count > 1; other++) {
        if (*other == s->profile->separator || strchr(field->text, *other) == NULL)
            continue;
        *is_other = true;
        return tell(s, field->line, 0,
                    *other == '\t'
                        ? tl_arena_text(s->arena, "columns are separated by tabs, unlike the profile's")
                        : tl_arena_format(s->arena, "columns are separated by '%c', unlike the profile's", *other));
    }
    return TL_OK;
}

static tl_status check_records(struct sample *s, size_t *row_count)
{
    struct field *fields = tl_arena_alloc(s->arena, TL_FINANCE_COLUMNS_MAX + 1, sizeof *fields);
    bool is_other = false, counts_differ = false;
    tl_status status = fields == NULL ? tl_err_memory(s->err) : TL_OK;
    *row_count = 0;
    for (bool is_first = true; status == TL_OK && s->at < s->end && !is_other; is_first = false) {
        size_t count;
        status = read_record(s, fields, &count);
        if (status == TL_OK && is_first && count == 1)
            status = check_separator(s, fields, &is_other);
        if (status != TL_OK || is_other)
            break;
        if (is_first && s->profile->has_header) {
            counts_differ = count != s->profile->column_count;
            status = check_header(s, fields, count);
            continue;
        }
        ++*row_count;
        if (!counts_differ)
            status = check_count(s, fields, count);
        counts_differ = counts_differ || count != s->profile->column_count;
        if (status == TL_OK)
            status = check_row(s, fields, count);
    }
    return status;
}

tl_status tl_finance_sample_check(struct tl_finance_sample *out, const struct tl_finance_profile *profile,
                                  const struct tl_source *source, struct tl_arena *arena, struct tl_err *err)
{
    struct sample s = {.profile = profile, .arena = arena, .err = err, .line = 1, .column = 1};
    *out = (struct tl_finance_sample){.row_count = 0};
    if (source->length > TL_FINANCE_SAMPLE_MAX)
        (void)tl_err_set(err, TL_ERR_RANGE, "the file has %zu bytes, at most %d are read", source->length,
                         TL_FINANCE_SAMPLE_MAX);
    else if (source->length == 0)
        (void)tl_err_set(err, TL_ERR_INPUT, "the file is empty");
    else if (memchr(source->bytes, '\0', source->length) != NULL)
        (void)tl_err_set(err, TL_ERR_INPUT, "the file is no text");
    if (err->status != TL_OK) {
        tl_err_at(err, source->name, 0, 0);
        return err->status;
    }
    tl_status status = decode(&s, source);
    if (status == TL_OK)
        status = check_line_end(&s);
    if (status == TL_OK)
        status = check_records(&s, &out->row_count);
    out->differences = s.differences;
    out->difference_count = s.count;
    return status;
}
