/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/finance_csv.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/base/arena.h"

enum { HUNDRED = 100 };

/* One file at work. */
struct writer {
    const struct tl_finance_profile *profile;
    const struct tl_statement *statement;
    struct tl_buf *out; /* UTF-8 */
    struct tl_arena *arena;
    struct tl_err *err;
    size_t row; /* from 1 */
    const struct tl_statement_row *of;
    const struct tl_finance_column *column;
};

/* `row 3 (entry 12), 'Tekst'`, for messages. */
static const char *place(const struct writer *w)
{
    const char *text =
        tl_arena_format(w->arena, "row %zu (entry %" PRId64 "), '%s'", w->row, w->of->entry, w->column->title);
    return text == NULL ? "" : text;
}

static tl_status check_text(const struct writer *w, const char *text)
{
    const struct tl_finance_profile *profile = w->profile;
    uint32_t unwritable = tl_finance_unwritable(profile, text);
    if (unwritable != 0) {
        (void)tl_err_set(w->err, TL_ERR_INPUT, "%s: %s has no U+%04X, which stands in '%.*s'", place(w),
                         profile->encoding == TL_FINANCE_LATIN1 ? "ISO 8859-1" : "text", (unsigned)unwritable,
                         (int)tl_text_cut(text, strnlen(text, HUNDRED)), text);
        if (profile->encoding == TL_FINANCE_LATIN1)
            tl_err_hint(w->err, "a profile with 'encoding: UTF-8' can hold it, if the receiver reads that");
        return TL_ERR_INPUT;
    }
    if (profile->formulas == TL_FORMULAS_REFUSED && tl_finance_is_formula(text)) {
        (void)tl_err_set(w->err, TL_ERR_INPUT, "%s: '%.*s' would be read as a formula", place(w),
                         (int)tl_text_cut(text, strnlen(text, HUNDRED)), text);
        tl_err_hint(w->err, "'formulas: apostrophe' in the profile puts an apostrophe before it");
        return TL_ERR_INPUT;
    }
    if (profile->quotes == TL_QUOTES_NEVER && tl_finance_needs_quotes(profile, text))
        return tl_err_set(w->err, TL_ERR_INPUT, "%s: '%.*s' cannot be written without quotes", place(w),
                          (int)tl_text_cut(text, strnlen(text, HUNDRED)), text);
    return TL_OK;
}

static void put_field(struct writer *w, const char *text, bool is_escaped)
{
    const struct tl_finance_profile *profile = w->profile;
    bool is_quoted = profile->quotes == TL_QUOTES_ALWAYS ||
                     (profile->quotes == TL_QUOTES_WHERE_NEEDED && tl_finance_needs_quotes(profile, text));
    tl_buf_text(w->out, is_quoted ? "\"" : "");
    tl_buf_text(w->out, is_escaped ? "'" : "");
    for (; *text != '\0'; text++)
        tl_buf_add(w->out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
    tl_buf_text(w->out, is_quoted ? "\"" : "");
}

/* What somebody wrote. An apostrophe at its front is doubled, so that whoever takes one away has the text again. */
static tl_status put_text(struct writer *w, const char *text)
{
    text = text == NULL ? "" : text;
    tl_status status = check_text(w, text);
    bool is_escaped = w->profile->formulas == TL_FORMULAS_APOSTROPHE && (tl_finance_is_formula(text) || *text == '\'');
    if (status == TL_OK)
        put_field(w, text, is_escaped);
    return status;
}

static tl_status put_money(struct writer *w, struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    struct tl_money signed_amount = {w->profile->charges_are_negative ? -amount.minor : amount.minor};
    tl_money_plain(signed_amount, text);
    char *point = strchr(text, '.');
    if (point != NULL)
        *point = w->profile->decimal;
    put_field(w, text, false);
    return TL_OK;
}

/* The form is read from the right words: YYYY, MM, DD, and what stands between them. */
static tl_status put_date(struct writer *w, struct tl_date date)
{
    char text[TL_DATE_TEXT_SIZE + 4] = "";
    size_t length = 0;
    for (const char *at = w->profile->date; !tl_date_is_none(date) && *at != '\0';) {
        size_t letters = *at == 'Y' ? 4 : *at == 'M' || *at == 'D' ? 2 : 1;
        int number = *at == 'Y' ? tl_date_year(date) : *at == 'M' ? tl_date_month(date) : tl_date_day(date);
        length += (size_t)(letters == 1 ? snprintf(text + length, sizeof text - length, "%c", *at)
                                        : snprintf(text + length, sizeof text - length, "%0*d", (int)letters, number));
        at += letters;
    }
    put_field(w, text, false);
    return TL_OK;
}

/* Per cent, `25` or `12,5`. */
static tl_status put_rate(struct writer *w, struct tl_ratio rate)
{
    char text[TL_RATIO_TEXT_SIZE] = "";
    if (w->of->vat_code != NULL && w->of->vat_code[0] != '\0' && !tl_ratio_is_none(rate))
        tl_ratio_text(tl_ratio_of(rate.numerator * HUNDRED, rate.denominator), text);
    char *point = strchr(text, '.');
    if (point != NULL)
        *point = w->profile->decimal;
    put_field(w, text, false);
    return TL_OK;
}

static tl_status put_vat_code(struct writer *w)
{
    const struct tl_finance_profile *profile = w->profile;
    const char *own = w->of->vat_code == NULL ? "" : w->of->vat_code;
    if (own[0] == '\0' || profile->vat_code_count == 0)
        return put_text(w, own);
    for (size_t i = 0; i < profile->vat_code_count; i++)
        if (tl_text_equal(profile->vat_codes[i].own, own))
            return put_text(w, profile->vat_codes[i].theirs);
    (void)tl_err_set(w->err, TL_ERR_INPUT, "%s: the profile does not say what the VAT code '%s' is called", place(w),
                     own);
    tl_err_hint(w->err, "add it under 'vat codes'");
    return TL_ERR_INPUT;
}

/* The member's own account string, or what the profile puts in its place. */
static tl_status put_account_string(struct writer *w)
{
    const struct tl_statement_row *row = w->of;
    const struct {
        const char *name, *value;
    } parts[] = {
        {"{psp}", row->psp}, {"{account}", row->account}, {"{product}", row->product_code}, {"{line}", row->line_id}};
    if (row->account_string != NULL && row->account_string[0] != '\0')
        return put_text(w, row->account_string);
    if (w->profile->needs_account_string && row->product_code[0] == '\0') {
        (void)tl_err_set(w->err, TL_ERR_MISSING, "%s: an amount of no product has no account string", place(w));
        tl_err_hint(w->err, "'account string: own' in the profile leaves it empty");
        return TL_ERR_MISSING;
    }
    if (w->profile->needs_account_string) {
        const char *unit = row->unit == NULL || row->unit[0] == '\0' ? "-" : row->unit;
        (void)tl_err_set(w->err, TL_ERR_MISSING, "%s: no account string is recorded for %s, line %s", place(w),
                         row->product_code, row->line_id);
        tl_err_hint(w->err, "tilslut unit reference %s %s %s --account-string TEXT --from DATE records it",
                    w->statement->party->code, unit, row->product_code);
        return TL_ERR_MISSING;
    }
    struct tl_buf text = TL_BUF_EMPTY;
    for (const char *at = w->profile->account_string; *at != '\0';) {
        size_t i = 0, count = sizeof parts / sizeof parts[0];
        while (i < count && strncmp(at, parts[i].name, strlen(parts[i].name)) != 0)
            i++;
        if (i < count)
            tl_buf_text(&text, parts[i].value == NULL ? "" : parts[i].value);
        else
            tl_buf_add(&text, at, 1);
        at += i < count ? strlen(parts[i].name) : 1;
    }
    tl_status status = tl_buf_status(&text, w->err);
    if (status == TL_OK)
        status = put_text(w, tl_buf_string(&text));
    tl_buf_release(&text);
    return status;
}

/* `Opkrævning 2026, OS2valghalla: Vederlag`: the lines of one entry have its text and their own names. */
static tl_status put_row_text(struct writer *w)
{
    const struct tl_statement_row *row = w->of;
    if (row->line_name == NULL || row->line_name[0] == '\0')
        return put_text(w, row->text);
    const char *text = tl_arena_format(w->arena, "%s: %s", row->text == NULL ? "" : row->text, row->line_name);
    return text == NULL ? tl_err_memory(w->err) : put_text(w, text);
}

/* The number behind the word of `faktura 2026-0001`. */
static const char *invoice_number(const struct tl_statement_row *row)
{
    const char *space = row->invoice == NULL ? NULL : strchr(row->invoice, ' ');
    return space == NULL ? row->invoice : space + 1;
}

static tl_status put_entry(struct writer *w)
{
    char text[24];
    snprintf(text, sizeof text, "%" PRId64, w->of->entry);
    put_field(w, text, false);
    return TL_OK;
}

static tl_status put_column(struct writer *w)
{
    const struct tl_statement_row *row = w->of;
    const struct tl_party *party = w->statement->party;
    bool has_own_ean = row->ean != NULL && row->ean[0] != '\0';
    switch (w->column->source) {
    case TL_FINANCE_ENTRY:
        return put_entry(w);
    case TL_FINANCE_DATE:
        return put_date(w, row->date);
    case TL_FINANCE_FROM:
        return put_date(w, row->period.first);
    case TL_FINANCE_TO:
        return put_date(w, row->period.last);
    case TL_FINANCE_DUE:
        return put_date(w, row->due);
    case TL_FINANCE_NET:
        return put_money(w, row->net);
    case TL_FINANCE_VAT:
        return put_money(w, row->vat);
    case TL_FINANCE_GROSS:
        return put_money(w, row->gross);
    case TL_FINANCE_VAT_RATE:
        return put_rate(w, row->vat_rate);
    case TL_FINANCE_VAT_CODE:
        return put_vat_code(w);
    case TL_FINANCE_ACCOUNT_STRING:
        return put_account_string(w);
    case TL_FINANCE_TEXT:
        return put_row_text(w);
    case TL_FINANCE_KIND:
        return put_text(w, row->kind == TL_ROW_CREDIT ? "Kreditnota" : "Opkrævning");
    case TL_FINANCE_INVOICE:
        return put_text(w, invoice_number(row));
    case TL_FINANCE_MEMBER:
        return put_text(w, party->code);
    case TL_FINANCE_UNIT:
        return put_text(w, row->unit);
    case TL_FINANCE_CVR:
        return put_text(w, party->cvr);
    case TL_FINANCE_EAN:
        return put_text(w, has_own_ean ? row->ean : party->ean);
    case TL_FINANCE_ORDER:
        return put_text(w, row->order_reference);
    case TL_FINANCE_PERSON:
        return put_text(w, row->person_reference);
    case TL_FINANCE_PRODUCT:
        return put_text(w, row->product_code);
    case TL_FINANCE_PRODUCT_NAME:
        return put_text(w, row->product_name);
    case TL_FINANCE_PSP:
        return put_text(w, row->psp);
    case TL_FINANCE_ACCOUNT:
        return put_text(w, row->account);
    case TL_FINANCE_LINE:
        return put_text(w, row->line_id);
    case TL_FINANCE_CURRENCY:
        return put_text(w, w->statement->currency);
    case TL_FINANCE_REFERENCE:
        return put_text(w, row->reference);
    case TL_FINANCE_CREDITOR:
        return put_text(w, w->statement->owner->cvr);
    case TL_FINANCE_CONSTANT:
        put_field(w, w->column->text, false);
        return TL_OK;
    }
    return TL_OK;
}

static void end_line(struct writer *w)
{
    tl_buf_text(w->out, w->profile->has_crlf ? "\r\n" : "\n");
}

static void put_separator(struct writer *w, size_t column)
{
    if (column > 0)
        tl_buf_add(w->out, &w->profile->separator, 1);
}

static void put_header(struct writer *w)
{
    for (size_t i = 0; i < w->profile->column_count; i++) {
        put_separator(w, i);
        put_field(w, w->profile->columns[i].title, false);
    }
    end_line(w);
}

static tl_status put_row(struct writer *w, const struct tl_statement_row *row)
{
    tl_status status = TL_OK;
    w->row++;
    w->of = row;
    for (size_t i = 0; status == TL_OK && i < w->profile->column_count; i++) {
        w->column = &w->profile->columns[i];
        put_separator(w, i);
        status = put_column(w);
    }
    end_line(w);
    return status;
}

/* UTF-8 that is known to hold nothing else, as ISO 8859-1. */
static void put_latin(struct tl_buf *out, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const char byte = (char)tl_text_next(&at);
        tl_buf_add(out, &byte, 1);
    }
}

static void put_encoded(struct tl_buf *out, const struct tl_finance_profile *profile, const struct tl_buf *text)
{
    if (profile->encoding == TL_FINANCE_LATIN1)
        put_latin(out, tl_buf_string(text));
    else {
        tl_buf_text(out, profile->encoding == TL_FINANCE_UTF8_BOM ? "\xEF\xBB\xBF" : "");
        tl_buf_add(out, tl_buf_string(text), text->length);
    }
    out->failed = out->failed || text->failed;
}

tl_status tl_finance_csv(struct tl_buf *out, size_t *rows, const struct tl_finance_profile *profile,
                         const struct tl_statement *statement, const char *unit, struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct writer w = {.profile = profile, .statement = statement, .out = &text, .arena = &arena, .err = err};
    tl_status status = TL_OK;
    if (profile->has_header)
        put_header(&w);
    for (size_t i = 0; status == TL_OK && i < statement->row_count; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        bool is_wanted = unit == NULL || tl_text_equal(unit, row->unit == NULL ? "" : row->unit);
        if (row->kind != TL_ROW_PAYMENT && is_wanted)
            status = put_row(&w, row);
    }
    *rows = w.row;
    if (status == TL_OK) {
        put_encoded(out, profile, &text);
        status = tl_buf_status(out, err);
    }
    tl_buf_release(&text);
    tl_arena_release(&arena);
    return status;
}
