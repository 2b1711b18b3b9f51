/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "scratch.h"
#include "tilslut/agreement/terms_book.h"

#define TERMS_FROM(date) "product: os2valghalla\nfrom: " date "\n" SAMPLE_HEAD "lines:\n" SAMPLE_PRICED

static void begin(struct books *books)
{
    books_begin(books);
    books_product(books, "os2valghalla", "XG-9212045260");
}

static void refused(struct books *books, const char *text, const char *decision, tl_status status, const char *message,
                    const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"terms.yaml", text, strlen(text)};
    int version;
    books_act(books, "anna");
    assert_refused(tl_terms_book_adopt(&version, books->store, &source, decision, &err), status, &err, message, hint);
    tl_store_rollback(books->store);
}

static struct tl_adopted in_force(struct books *books, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_adopted adopted;
    assert_ok(tl_terms_book_in_force(&adopted, books->store, "os2valghalla", books_date(on), &books->arena, &err),
              &err);
    return adopted;
}

static void adopted_terms_are_kept_word_for_word_with_their_decision(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    begin(&books);
    assert_int_equal(books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION), 1);
    struct tl_adopted adopted = in_force(&books, "2026-05-01");
    struct tl_digest digest = tl_digest_of(SAMPLE_TERMS, strlen(SAMPLE_TERMS));
    assert_string_equal(adopted.content, SAMPLE_TERMS);
    assert_true(tl_digest_equal(&adopted.sha256, &digest));
    assert_int_equal(adopted.version, 1);
    assert_string_equal(adopted.product, "os2valghalla");
    assert_string_equal(adopted.actor, "anna");
    assert_same_int(adopted.valid_from.number, 20260101);
    assert_string_equal(adopted.decision.body, "styregruppe");
    assert_same_int(adopted.decision.date.number, 20251012);
    assert_string_equal(adopted.decision.reference, "pkt. 4");
    assert_ok(tl_terms_book_read(&terms, &adopted, &err), &err);
    assert_int_equal(terms.line_count, 5);
    tl_terms_release(&terms);
    books_end(&books);
}

static void the_latest_terms_that_have_begun_are_in_force(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_adopted adopted, *versions;
    size_t count;
    begin(&books);
    assert_int_equal(books_adopt(&books, TERMS_FROM("2025-01-01"), SAMPLE_DECISION), 1);
    assert_int_equal(books_adopt(&books, TERMS_FROM("2026-01-01"), SAMPLE_DECISION), 2);
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    assert_int_equal(books_adopt(&books, TERMS_FROM("2026-01-01") "# rettet\n", SAMPLE_DECISION), 3);
    assert_int_equal(in_force(&books, "2025-01-01").version, 1);
    assert_int_equal(in_force(&books, "2025-12-31").version, 1);
    assert_int_equal(in_force(&books, "2026-01-01").version, 3);
    assert_int_equal(in_force(&books, "2099-01-01").version, 3);
    assert_refused(
        tl_terms_book_in_force(&adopted, books.store, "os2valghalla", books_date("2024-12-31"), &books.arena, &err),
        TL_ERR_MISSING, &err, "no terms of 'os2valghalla' are in force on 2024-12-31",
        "adopt them with: tilslut terms adopt FILE --decision \"styregruppe 2025-10-12 pkt. 4\"");
    err = (struct tl_err)TL_ERR_NONE;
    assert_ok(tl_terms_book_list(&versions, &count, books.store, "os2valghalla", &books.arena, &err), &err);
    assert_int_equal(count, 3);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(versions[i].version, (int)i + 1);
    tl_store_set_known(books.store, known);
    assert_int_equal(in_force(&books, "2026-01-01").version, 2);
    books_end(&books);
}

static void terms_do_not_begin_before_those_adopted_before(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    books_adopt(&books, TERMS_FROM("2026-01-01"), SAMPLE_DECISION);
    refused(&books, TERMS_FROM("2025-12-31"), SAMPLE_DECISION, TL_ERR_CONFLICT,
            "version 1 of the terms of 'os2valghalla' begins later, on 2026-01-01",
            "new terms begin on that day or later: change 'from'");
    refused(&books, TERMS_FROM("2026-01-01"), SAMPLE_DECISION, TL_ERR_CONFLICT,
            "these terms are adopted already, as version 1 of 'os2valghalla'", NULL);
    books_end(&books);
}

static void terms_need_a_decision_a_product_and_to_be_right(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    refused(&books, SAMPLE_TERMS, "pkt. 4", TL_ERR_INPUT,
            "the decision 'pkt. 4' does not begin with styregruppe, bestyrelse or generalforsamling", NULL);
    refused(&books, "product: os2mo\nfrom: 2026-01-01\n" SAMPLE_HEAD "lines:\n" SAMPLE_PRICED, SAMPLE_DECISION,
            TL_ERR_NOT_FOUND, "there is no product 'os2mo'", NULL);
    refused(&books, "product: os2valghalla\n", SAMPLE_DECISION, TL_ERR_INPUT, "'from' is missing in a file of terms",
            NULL);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM terms"), 0);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM decision"), 0);
    books_end(&books);
}

static void a_version_that_is_not_there_is_told(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_adopted adopted;
    begin(&books);
    assert_refused(tl_terms_book_find(&adopted, books.store, 7, &books.arena, &err), TL_ERR_NOT_FOUND, &err,
                   "there are no terms 7", "");
    books_end(&books);
}

static void terms_that_are_not_what_was_adopted_are_not_read(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms = TL_TERMS_EMPTY;
    begin(&books);
    books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION);
    struct tl_adopted adopted = in_force(&books, "2026-05-01");
    adopted.content = "product: os2valghalla\n";
    assert_refused(tl_terms_book_read(&terms, &adopted, &err), TL_ERR_BROKEN, &err,
                   "version 1 of the terms of 'os2valghalla' is not the text that was adopted", NULL);
    tl_terms_release(&terms);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adopted_terms_are_kept_word_for_word_with_their_decision),
        cmocka_unit_test(the_latest_terms_that_have_begun_are_in_force),
        cmocka_unit_test(terms_do_not_begin_before_those_adopted_before),
        cmocka_unit_test(terms_need_a_decision_a_product_and_to_be_right),
        cmocka_unit_test(a_version_that_is_not_there_is_told),
        cmocka_unit_test(terms_that_are_not_what_was_adopted_are_not_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
