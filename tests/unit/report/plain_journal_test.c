/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/report/plain_journal.h"

/* A payment of 0751 with a text and a reference of that name. */
static void post(struct books *books, const char *text, const char *reference)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_posting postings[] = {{"20000", "0751", NULL, "", {1250}}, {"10000", "0751", "demo", "fee", {-1250}}};
    struct tl_entry entry = {.kind = "payment",
                             .holds_on = books_date("2026-03-01"),
                             .reference = reference,
                             .text = text,
                             .postings = postings,
                             .posting_count = 2};
    int64_t id;
    bool already;
    books_act(books, "anna");
    assert_ok(tl_entry_post(&id, &already, books->store, "key", &entry, &err), &err);
    books_commit(books);
}

static void begin(struct books *books)
{
    books_begin(books);
    books_act(books, "anna");
    books_run(books, "INSERT INTO party (code, act_id) VALUES ('0751', (SELECT max(id) FROM act))");
    books_run(books, "INSERT INTO product (code, name, psp, level, act_id) VALUES ('demo', 'Demo', 'XG-9212045999', 1, "
                     "(SELECT max(id) FROM act))");
    books_commit(books);
}

/* The journal of a book with one payment, from its transaction up to its seal. */
static void writes(const char *text, const char *reference, const char *expected)
{
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    begin(&books);
    post(&books, text, reference);
    assert_ok(tl_plain_journal_write(&out, books.store, &err), &err);
    char *first = strstr(tl_buf_string(&out), "2026-03-01"), *end = strstr(tl_buf_string(&out), "    ; recorded-at");
    assert_non_null(first);
    assert_non_null(end);
    *end = '\0';
    assert_string_equal(first, expected);
    tl_buf_release(&out);
    books_end(&books);
}

static void a_plain_text_stays_as_it_is(void **state)
{
    (void)state;
    writes("Indbetaling, Ærø og Å: 50", "bank-1",
           "2026-03-01 * (1) Indbetaling, Ærø og Å: 50\n    ; kind: payment\n    ; reference: bank-1\n");
}

static void no_text_begins_a_line_or_a_comment(void **state)
{
    (void)state;
    writes("a\n2026-01-01 x\r;\t|", "b\n    assets:x  5.00 DKK",
           "2026-03-01 * (1) a%0A2026-01-01 x%0D%3B%09%7C\n    ; kind: payment\n"
           "    ; reference: b%0A %20%20%20assets:x %205.00 DKK\n");
}

static void no_text_is_a_tag_or_a_date_of_its_own(void **state)
{
    (void)state;
    writes("", "x, date:2026-99-99 [2026-99-99]",
           "2026-03-01 * (1) \n    ; kind: payment\n    ; reference: x%2C date:2026-99-99 %5B2026-99-99%5D\n");
}

static void spaces_of_every_width_are_escaped_but_for_the_one_between_two_words(void **state)
{
    (void)state;
    writes(" a b  c ", "\xC2\xA0\xE3\x80\x80",
           "2026-03-01 * (1) %20a b %20c%20\n    ; kind: payment\n    ; reference: %C2%A0%E3%80%80\n");
}

static void bytes_that_are_no_text_are_escaped_one_by_one(void **state)
{
    (void)state;
    writes("\xFF\xC3\xE6 ok 100%", "\xF0\x9F\x8C\x8D\xE2\x82",
           "2026-03-01 * (1) %FF%C3%E6 ok 100%25\n    ; kind: payment\n    ; reference: \xF0\x9F\x8C\x8D%E2%82\n");
}

static void accounts_are_declared_and_named_from_the_chart(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    begin(&books);
    assert_ok(tl_plain_journal_write(&out, books.store, &err), &err);
    assert_string_equal(tl_buf_string(&out),
                        "; The ledger of OS2, for hledger and ledger. What could act as part of the "
                        "format is written %XX.\n\ncommodity DKK\n    format 1000.00 DKK\n\n");
    out.length = 0;
    post(&books, "x", "");
    assert_ok(tl_plain_journal_write(&out, books.store, &err), &err);
    assert_non_null(strstr(tl_buf_string(&out),
                           "\n\naccount assets:10000 Tilgodehavender hos medlemmer:0751:demo\n"
                           "account assets:20000 Mellemregning med værtskommunen:0751\n\n2026-03-01 * (1) x\n"));
    assert_non_null(strstr(tl_buf_string(&out),
                           "    assets:20000 Mellemregning med værtskommunen:0751  12.50 DKK\n"
                           "    assets:10000 Tilgodehavender hos medlemmer:0751:demo  -12.50 DKK\n    ; line: fee\n"));
    tl_buf_release(&out);
    books_end(&books);
}

static void what_was_not_known_then_is_left_out(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    begin(&books);
    post(&books, "x", "");
    tl_store_set_known(books.store, 2);
    assert_ok(tl_plain_journal_write(&out, books.store, &err), &err);
    assert_null(strstr(tl_buf_string(&out), "account "));
    assert_null(strstr(tl_buf_string(&out), "2026-03-01"));
    tl_buf_release(&out);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_plain_text_stays_as_it_is),
        cmocka_unit_test(no_text_begins_a_line_or_a_comment),
        cmocka_unit_test(no_text_is_a_tag_or_a_date_of_its_own),
        cmocka_unit_test(spaces_of_every_width_are_escaped_but_for_the_one_between_two_words),
        cmocka_unit_test(bytes_that_are_no_text_are_escaped_one_by_one),
        cmocka_unit_test(accounts_are_declared_and_named_from_the_chart),
        cmocka_unit_test(what_was_not_known_then_is_left_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
