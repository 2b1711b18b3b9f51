/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/bank_csv.h"

#include <string.h>

#include "latin.h"
#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/csv.h"

struct reader {
    struct tl_csv csv;
    const struct tl_bank_profile *profile;
    const char *currency;
    size_t columns[TL_BANK_COLUMN_COUNT]; /* column_count where there is none */
    struct tl_arena *arena;
    struct tl_err *err;
};

static tl_status fail_at(const struct reader *reader, const struct tl_csv_field *field)
{
    tl_err_at(reader->err, reader->csv.name, field->line, field->column);
    return reader->err->status;
}

static tl_status find_columns(struct reader *reader)
{
    const struct tl_bank_profile *profile = reader->profile;
    const struct tl_csv *csv = &reader->csv;
    if (csv->column_count > 1 && csv->separator != profile->separator) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT,
                         "the fields are separated by '%c', not by '%c' as profile '%s' says", csv->separator,
                         profile->separator, profile->name);
        return fail_at(reader, &csv->header[0]);
    }
    for (size_t i = 0; i < TL_BANK_COLUMN_COUNT; i++) {
        const char *title = profile->columns[i];
        reader->columns[i] = title[0] == '\0' ? csv->column_count : tl_csv_column(csv, title);
        if (title[0] == '\0' || reader->columns[i] < csv->column_count)
            continue;
        const char *found = tl_csv_header_text(csv, reader->arena);
        if (found == NULL)
            return tl_err_memory(reader->err);
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%.*s' is missing; found %s", QUOTED(title), found);
        tl_err_hint(reader->err, "is it a file for profile '%s'?", profile->name);
        return fail_at(reader, &csv->header[0]);
    }
    return TL_OK;
}

static struct tl_csv_field at(const struct reader *reader, size_t row, tl_bank_column column)
{
    if (reader->columns[column] < reader->csv.column_count)
        return *tl_csv_at(&reader->csv, row, reader->columns[column]);
    struct tl_csv_field absent = *tl_csv_at(&reader->csv, row, 0);
    absent.text = "";
    return absent;
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The digits of whole units, without marks between thousands; false when those do not stand where they should. */
static bool take_whole(const char **text, char *plain, size_t *length, size_t size, char thousands)
{
    size_t group = 0, groups = 0;
    for (; is_digit(**text) || (thousands != '\0' && **text == thousands); (*text)++) {
        if (!is_digit(**text)) {
            if (group == 0 || group > 3 || (groups > 0 && group != 3))
                return false;
            groups++;
            group = 0;
            continue;
        }
        if (*length + 8 > size)
            return false;
        plain[(*length)++] = **text;
        group++;
    }
    return group > 0 && (groups == 0 || group == 3);
}

/* The form of an amount by the profile, as tl_money_parse reads it without a second reading. */
static bool plain_amount(char *plain, size_t size, const char *text, const struct tl_bank_profile *profile)
{
    size_t length = 0, decimals = 0;
    bool is_negative = text[0] == '-';
    if (is_negative)
        plain[length++] = '-';
    text += is_negative || text[0] == '+' ? 1 : 0;
    size_t front = length;
    if (!take_whole(&text, plain, &length, size, profile->thousands))
        return false;
    /* zeros in front are what a bank may write, and a person may not */
    size_t zeros = 0;
    while (front + zeros + 1 < length && plain[front + zeros] == '0')
        zeros++;
    memmove(plain + front, plain + front + zeros, length - front - zeros);
    length -= zeros;
    if (*text == profile->decimal) {
        plain[length++] = '.';
        for (text++; is_digit(*text) && decimals < 3; text++, decimals++)
            plain[length++] = *text;
        if (decimals == 0 || decimals > 2)
            return false;
    }
    plain[length] = '\0';
    return *text == '\0';
}

static tl_status read_amount(struct tl_money *out, const struct reader *reader, const struct tl_csv_field *field)
{
    const struct tl_bank_profile *profile = reader->profile;
    char plain[TL_MONEY_TEXT_SIZE];
    if (!plain_amount(plain, sizeof plain, field->text, profile)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not an amount as profile '%s' writes them",
                         QUOTED(field->text), profile->name);
        if (profile->thousands == '\0')
            tl_err_hint(reader->err, "it is written like -1234%c50, without a mark between thousands",
                        profile->decimal);
        else
            tl_err_hint(reader->err, "it is written like -1%c234%c50", profile->thousands, profile->decimal);
        return fail_at(reader, field);
    }
    tl_status status = tl_money_parse(out, plain, reader->err);
    return status == TL_OK ? TL_OK : fail_at(reader, field);
}

static tl_status read_date(struct tl_date *out, const struct reader *reader, const struct tl_csv_field *field)
{
    const char *form = reader->profile->date, *text = field->text;
    int year = 0, month = 0, day = 0;
    size_t i = 0;
    for (; form[i] != '\0' && text[i] != '\0'; i++) {
        int *part = form[i] == 'Y' ? &year : form[i] == 'M' ? &month : form[i] == 'D' ? &day : NULL;
        if (part == NULL ? text[i] != form[i] : !is_digit(text[i]))
            break;
        if (part != NULL)
            *part = *part * 10 + (text[i] - '0');
    }
    *out = form[i] == '\0' && text[i] == '\0' ? tl_date_of(year, month, day) : (struct tl_date){0};
    if (!tl_date_is_none(*out))
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a date in the form %s", QUOTED(text), form);
    return fail_at(reader, field);
}

static tl_status check_currency(const struct reader *reader, size_t row)
{
    struct tl_csv_field field = at(reader, row, TL_BANK_CURRENCY);
    bool has_column = reader->columns[TL_BANK_CURRENCY] < reader->csv.column_count;
    if (!has_column || tl_text_equal(field.text, reader->currency))
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the line is in '%.*s', not in %s", QUOTED(field.text),
                     reader->currency);
    tl_err_hint(reader->err, "the ledger is kept in %s", reader->currency);
    return fail_at(reader, &field);
}

static tl_status read_row(struct tl_bank_line *out, const struct reader *reader, size_t row)
{
    struct tl_csv_field date = at(reader, row, TL_BANK_DATE), amount = at(reader, row, TL_BANK_AMOUNT);
    *out = (struct tl_bank_line){.line = date.line,
                                 .reference = at(reader, row, TL_BANK_REFERENCE).text,
                                 .text = at(reader, row, TL_BANK_TEXT).text,
                                 .payer = at(reader, row, TL_BANK_PAYER).text,
                                 .payer_account = at(reader, row, TL_BANK_PAYER_ACCOUNT).text,
                                 .payer_cvr = "",
                                 .bank_reference = ""};
    tl_status status = check_currency(reader, row);
    if (status == TL_OK)
        status = read_date(&out->booked_on, reader, &date);
    if (status == TL_OK)
        status = read_amount(&out->amount, reader, &amount);
    if (status == TL_OK && tl_money_is_zero(out->amount)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the amount is zero");
        return fail_at(reader, &amount);
    }
    return status;
}

/* The balance behind a line must be that before it and the line's amount. */
static tl_status follow_balance(struct tl_bank_statement *statement, const struct reader *reader, size_t row,
                                const struct tl_bank_line *line)
{
    struct tl_csv_field field = at(reader, row, TL_BANK_BALANCE);
    struct tl_money balance, before;
    char should[TL_MONEY_TEXT_SIZE], is[TL_MONEY_TEXT_SIZE];
    tl_status status = read_amount(&balance, reader, &field);
    if (status == TL_OK && tl_money_subtract(&before, balance, line->amount, reader->err) != TL_OK)
        return fail_at(reader, &field);
    if (status != TL_OK)
        return status;
    if (statement->line_count == 0)
        statement->opening = before;
    else if (before.minor != statement->closing.minor) {
        struct tl_money expected = {statement->closing.minor + line->amount.minor};
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the balance is %s, but with the line before it should be %s",
                         tl_money_plain(balance, is), tl_money_plain(expected, should));
        tl_err_hint(reader->err, "a line is missing or was changed; fetch the file from the bank again");
        return fail_at(reader, &field);
    }
    statement->closing = balance;
    return TL_OK;
}

static tl_status read_rows(struct tl_bank_statement *statement, const struct reader *reader)
{
    size_t count = reader->csv.row_count;
    tl_status status = TL_OK;
    statement->has_balances = reader->columns[TL_BANK_BALANCE] < reader->csv.column_count;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        size_t row = reader->profile->newest_first ? count - 1 - i : i;
        struct tl_bank_line *line = &statement->lines[i];
        status = read_row(line, reader, row);
        line->entry = i + 1;
        if (status == TL_OK && i > 0 && tl_date_compare(line->booked_on, statement->last) < 0) {
            struct tl_csv_field field = at(reader, row, TL_BANK_DATE);
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the lines are not in the order that profile '%s' says: %s",
                             reader->profile->name, reader->profile->newest_first ? "newest first" : "oldest first");
            return fail_at(reader, &field);
        }
        if (status == TL_OK && statement->has_balances)
            status = follow_balance(statement, reader, row, line);
        statement->last = line->booked_on;
        statement->line_count++;
    }
    return status;
}

static tl_status read_statement(struct tl_bank_statement *statement, const struct reader *reader)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    if (reader->csv.row_count == 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the file holds no line");
        return fail_at(reader, &reader->csv.header[0]);
    }
    *statement = (struct tl_bank_statement){.line = 1, .account = reader->profile->account};
    statement->lines = tl_arena_alloc(reader->arena, reader->csv.row_count, sizeof *statement->lines);
    if (statement->lines == NULL)
        return tl_err_memory(reader->err);
    tl_status status = read_rows(statement, reader);
    if (status != TL_OK)
        return status;
    statement->first = statement->lines[0].booked_on;
    statement->identity = tl_arena_format(reader->arena, "%s..%s", tl_date_iso(statement->first, first),
                                          tl_date_iso(statement->last, last));
    if (statement->identity == NULL)
        return tl_err_memory(reader->err);
    return tl_bank_statement_check(statement, reader->csv.name, reader->err);
}

tl_status tl_bank_csv_read(struct tl_bank_file *out, const struct tl_source *source,
                           const struct tl_bank_profile *profile, const char *currency, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct reader reader = {.profile = profile, .currency = currency, .arena = arena, .err = err};
    struct tl_bank_file file = {.format = "csv", .count = 1};
    struct tl_source text = *source;
    /* what is too long is refused as it is */
    bool is_decoded = profile->is_latin && source->length <= TL_CSV_LENGTH_MAX;
    tl_status status = is_decoded ? latin_to_utf8(&text, source, arena, err) : TL_OK;
    file.statements = tl_arena_alloc(arena, 1, sizeof *file.statements);
    if (status == TL_OK && file.statements == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = tl_csv_read(&reader.csv, &text, arena, err);
    if (status == TL_OK)
        status = find_columns(&reader);
    if (status == TL_OK)
        status = read_statement(file.statements, &reader);
    if (status == TL_OK)
        *out = file;
    return status;
}
