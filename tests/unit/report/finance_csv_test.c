/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/finance_csv.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "statements.h"
#include "tilslut/exchange/csv.h"

static const struct tl_finance_column columns[] = {
    {"Bilag", TL_FINANCE_ENTRY, ""},          {"Tekst", TL_FINANCE_TEXT, ""}, {"Ordre", TL_FINANCE_ORDER, ""},
    {"Konto", TL_FINANCE_ACCOUNT_STRING, ""}, {"Netto", TL_FINANCE_NET, ""},  {"Moms", TL_FINANCE_VAT, ""},
    {"Art", TL_FINANCE_CONSTANT, "K"},
};

static struct tl_finance_profile profile_of(tl_finance_encoding encoding, char separator, tl_finance_quotes quotes)
{
    return (struct tl_finance_profile){.name = "test",
                                       .encoding = encoding,
                                       .quotes = quotes,
                                       .has_crlf = encoding != TL_FINANCE_UTF8,
                                       .has_header = true,
                                       .separator = separator,
                                       .decimal = '.',
                                       .date = "YYYY-MM-DD",
                                       .account_string = "{psp}",
                                       .columns = columns,
                                       .column_count = sizeof columns / sizeof columns[0]};
}

/* As UTF-8, by a way that has nothing to do with the writer's. */
static void decode_latin(struct tl_buf *out, const struct tl_buf *bytes)
{
    for (size_t i = 0; i < bytes->length; i++) {
        unsigned char c = (unsigned char)bytes->bytes[i];
        if (c < 0x80)
            tl_buf_add(out, (const char *)&c, 1);
        else
            tl_buf_format(out, "%c%c", 0xC0 | c >> 6, 0x80 | (c & 0x3F));
    }
}

static void read_back(struct tl_csv *csv, const struct tl_finance_profile *profile,
                      const struct tl_statement *statement, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf file = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    size_t rows;
    assert_ok(tl_finance_csv(&file, &rows, profile, statement, NULL, &err), &err);
    if (profile->encoding == TL_FINANCE_LATIN1)
        decode_latin(&text, &file);
    else
        tl_buf_add(&text, file.bytes, file.length);
    struct tl_source source = {"lines.csv", tl_buf_string(&text), text.length};
    assert_ok(tl_csv_read(csv, &source, arena, &err), &err);
    assert_int_equal(csv->row_count, rows);
    tl_buf_release(&file);
    tl_buf_release(&text);
}

static const char *without_apostrophe(const char *text)
{
    return text[0] == '\'' ? text + 1 : text;
}

/* A text of signs that mean something in such a file. */
static const char *random_text(struct check_random *random, struct tl_arena *arena)
{
    static const char *const parts[] = {"a", "ø", "Å", ";", ",", "\"", "'", "=", "-", "+", "@", "\n", "\r\n", " ", "é"};
    struct tl_buf text = TL_BUF_EMPTY;
    for (int64_t count = check_random_between(random, 0, 8); count > 0; count--)
        tl_buf_text(&text, parts[check_random_between(random, 0, (int64_t)(sizeof parts / sizeof parts[0]) - 1)]);
    const char *copy = tl_arena_text(arena, tl_buf_string(&text));
    tl_buf_release(&text);
    assert_non_null(copy);
    return copy;
}

static void any_text_is_read_back_as_it_was_in_every_encoding(void **state)
{
    (void)state;
    static struct sample_statement sample;
    static const tl_finance_encoding encodings[] = {TL_FINANCE_UTF8, TL_FINANCE_UTF8_BOM, TL_FINANCE_LATIN1};
    struct check_random random = {20260101};
    sample_statement_init(&sample);
    for (int round = 0; round < 300; round++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_csv csv;
        struct tl_finance_profile profile = profile_of(encodings[round % 3], round % 2 == 0 ? ';' : ',',
                                                       round % 5 == 0 ? TL_QUOTES_ALWAYS : TL_QUOTES_WHERE_NEEDED);
        for (size_t i = 0; i < SAMPLE_ROWS; i++) {
            sample.rows[i].text = random_text(&random, &arena);
            sample.rows[i].line_name = "";
            sample.rows[i].order_reference = random_text(&random, &arena);
        }
        read_back(&csv, &profile, &sample.statement, &arena);
        for (size_t i = 0, at = 0; i < SAMPLE_ROWS; i++) {
            char net[TL_MONEY_TEXT_SIZE];
            const struct tl_statement_row *row = &sample.rows[i];
            if (row->kind == TL_ROW_PAYMENT)
                continue;
            assert_string_equal(without_apostrophe(tl_csv_at(&csv, at, 1)->text), row->text);
            assert_string_equal(without_apostrophe(tl_csv_at(&csv, at, 2)->text), row->order_reference);
            assert_string_equal(tl_csv_at(&csv, at, 4)->text, tl_money_plain(row->net, net));
            assert_false(tl_finance_is_formula(tl_csv_at(&csv, at, 1)->text));
            at++;
        }
        tl_arena_release(&arena);
    }
}

static void a_line_without_an_account_string_gets_what_the_profile_says(void **state)
{
    (void)state;
    static struct sample_statement sample;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_csv csv;
    sample_statement_init(&sample);
    struct tl_finance_profile profile = profile_of(TL_FINANCE_UTF8, ',', TL_QUOTES_WHERE_NEEDED);
    profile.account_string = "X-{account}.{line}.{product}";
    sample.rows[0].account_string = "";
    sample.rows[1].account_string = "own";
    read_back(&csv, &profile, &sample.statement, &arena);
    const char *expected = tl_arena_format(&arena, "X-%s.%s.%s", sample.rows[0].account, sample.rows[0].line_id,
                                           sample.rows[0].product_code);
    assert_string_equal(tl_csv_at(&csv, 0, 3)->text, expected);
    assert_string_equal(tl_csv_at(&csv, 1, 3)->text, "own");
    tl_arena_release(&arena);
}

static void amounts_turn_their_sign_where_the_receiver_wants_it(void **state)
{
    (void)state;
    static struct sample_statement sample;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_csv csv;
    char net[TL_MONEY_TEXT_SIZE];
    sample_statement_init(&sample);
    struct tl_finance_profile profile = profile_of(TL_FINANCE_UTF8, ';', TL_QUOTES_WHERE_NEEDED);
    profile.charges_are_negative = true;
    read_back(&csv, &profile, &sample.statement, &arena);
    tl_money_plain((struct tl_money){-sample.rows[0].net.minor}, net);
    assert_string_equal(tl_csv_at(&csv, 0, 4)->text, net);
    tl_arena_release(&arena);
}

static void what_a_form_cannot_hold_is_refused_with_its_place(void **state)
{
    (void)state;
    static struct sample_statement sample;
    static const struct {
        tl_finance_encoding encoding;
        tl_finance_quotes quotes;
        tl_finance_formulas formulas;
        const char *text, *message;
    } cases[] = {
        {TL_FINANCE_LATIN1, TL_QUOTES_WHERE_NEEDED, TL_FORMULAS_APOSTROPHE, "a \xE2\x80\x93 b",
         "ISO 8859-1 has no U+2013, which stands in 'a \xE2\x80\x93 b'"},
        {TL_FINANCE_UTF8, TL_QUOTES_WHERE_NEEDED, TL_FORMULAS_APOSTROPHE, "a\x01",
         "text has no U+0001, which stands in 'a?'"},
        {TL_FINANCE_UTF8, TL_QUOTES_WHERE_NEEDED, TL_FORMULAS_REFUSED, "=1", "'=1' would be read as a formula"},
        {TL_FINANCE_UTF8, TL_QUOTES_NEVER, TL_FORMULAS_AS_WRITTEN, "a;b", "'a;b' cannot be written without quotes"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_buf file = TL_BUF_EMPTY;
        struct tl_finance_profile profile = profile_of(cases[i].encoding, ';', cases[i].quotes);
        char expected[200];
        size_t rows;
        profile.formulas = cases[i].formulas;
        sample_statement_init(&sample);
        sample.rows[1].order_reference = cases[i].text;
        snprintf(expected, sizeof expected, "row 2 (entry %lld), 'Ordre': %s", (long long)sample.rows[1].entry,
                 cases[i].message);
        assert_refused(tl_finance_csv(&file, &rows, &profile, &sample.statement, NULL, &err), TL_ERR_INPUT, &err,
                       expected, NULL);
        assert_int_equal(file.length, 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_text_is_read_back_as_it_was_in_every_encoding),
        cmocka_unit_test(a_line_without_an_account_string_gets_what_the_profile_says),
        cmocka_unit_test(amounts_turn_their_sign_where_the_receiver_wants_it),
        cmocka_unit_test(what_a_form_cannot_hold_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
