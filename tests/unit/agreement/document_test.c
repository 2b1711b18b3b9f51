/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "books.h"
#include "check.h"
#include "scratch.h"
#include "tilslut/agreement/document.h"
#include "tilslut/ledger/chain.h"

static const char content[] = "%PDF-1.7\n\0binary\xFF and more";

static struct tl_document sample(int version)
{
    return (struct tl_document){.kind = "statement",
                                .number = "KU-2026-0751",
                                .version = version,
                                .party = "0751",
                                .year = 2026,
                                .issued_on = tl_date_of(2026, 12, 31),
                                .file_name = "KU-2026-0751-v1.xlsx",
                                .content_digest = tl_digest_of("content", 7)};
}

static void record(struct books *books, struct tl_document *document)
{
    struct tl_err err = TL_ERR_NONE;
    books_act(books, "anna");
    assert_ok(tl_document_record(document, content, sizeof content, books->store, &err), &err);
    books_commit(books);
}

static void a_document_comes_out_as_it_was_issued(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_document issued = sample(1), latest;
    struct tl_digest digest = tl_digest_of(content, sizeof content);
    const char *bytes = NULL;
    books_begin_filled(&books);
    record(&books, &issued);
    assert_same_int(issued.id, 1);
    assert_int_equal(issued.size, sizeof content);
    assert_true(tl_digest_equal(&issued.sha256, &digest));
    assert_ok(tl_document_latest(&latest, books.store, "KU-2026-0751", &books.arena, &err), &err);
    assert_same_int(latest.id, 1);
    assert_string_equal(latest.kind, "statement");
    assert_int_equal(latest.version, 1);
    assert_null(latest.product);
    assert_string_equal(latest.party, "0751");
    assert_int_equal(latest.year, 2026);
    assert_same_int(latest.issued_on.number, 20261231);
    assert_string_equal(latest.file_name, "KU-2026-0751-v1.xlsx");
    assert_int_equal(latest.size, sizeof content);
    assert_true(tl_digest_equal(&latest.content_digest, &issued.content_digest));
    assert_ok(tl_document_read(&bytes, books.store, &latest, &books.arena, &err), &err);
    assert_memory_equal(bytes, content, sizeof content);
    books_end(&books);
}

static void the_latest_version_of_a_number_is_found(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, taken = TL_ERR_NONE;
    struct tl_document first = sample(1), second = sample(2), again = sample(2), latest, *list;
    size_t count;
    books_begin_filled(&books);
    assert_ok(tl_document_latest(&latest, books.store, "KU-2026-0751", &books.arena, &err), &err);
    assert_same_int(latest.id, 0);
    record(&books, &first);
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    record(&books, &second);
    assert_ok(tl_document_latest(&latest, books.store, "KU-2026-0751", &books.arena, &err), &err);
    assert_int_equal(latest.version, 2);
    books_act(&books, "anna");
    assert_refused(tl_document_record(&again, content, sizeof content, books.store, &taken), TL_ERR_CONFLICT, &taken,
                   "document KU-2026-0751 version 2 is issued already", "");
    tl_store_rollback(books.store);
    assert_ok(tl_document_list(&list, &count, books.store, &books.arena, &err), &err);
    assert_int_equal(count, 2);
    assert_int_equal(list[0].version, 1);
    tl_store_set_known(books.store, known);
    assert_ok(tl_document_latest(&latest, books.store, "KU-2026-0751", &books.arena, &err), &err);
    assert_int_equal(latest.version, 1);
    books_end(&books);
}

/* In a file, so that another program can harm it. */
static void finds(const char *sql, const char *expected)
{
    struct scratch scratch;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_document document = sample(1);
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    static const struct tl_act act = {"anna", "init", {1735689600}};
    static const char *const none[] = {NULL};
    char path[200];
    size_t count;
    scratch_begin(&scratch);
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    assert_ok(tl_book_create(path, "DKK", &act, &err), &err);
    books_open(&books, path);
    books_import(&books, "tests/data/parties.csv", none);
    books_pay(&books, "0751", 500, "2025-03-20");
    struct tl_chain_head head;
    assert_ok(tl_chain_read_head(&head, books.store, &err), &err);
    document.head = head.hash;
    document.head_entry = head.entry;
    record(&books, &document);
    assert_string_equal(books_findings(&books), "");
    scratch_change(path, "DROP TRIGGER document_no_update");
    scratch_change(path, sql);
    assert_ok(tl_document_verify(&findings, &count, books.store, &err), &err);
    assert_int_equal(count, 1);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.items[0].check, "documents");
    assert_string_equal(findings.items[0].text, expected);
    tl_findings_release(&findings);
    books_end(&books);
    scratch_end(&scratch);
}

static void a_document_that_was_changed_is_found(void **state)
{
    (void)state;
    finds("UPDATE document SET content = x'00'", "document KU-2026-0751 version 1 is not what was issued");
    finds("UPDATE document SET content = substr(content, 2)", "document KU-2026-0751 version 1 is not what was issued");
    finds("UPDATE document SET sha256 = zeroblob(32)", "document KU-2026-0751 version 1 is not what was issued");
    finds("UPDATE document SET head = zeroblob(32)",
          "document KU-2026-0751 version 1 carries a head of the chain, at entry 1, that the chain does not have");
    finds("UPDATE document SET head_entry = 2",
          "document KU-2026-0751 version 1 carries a head of the chain, at entry 2, that the chain does not have");
}

static void a_document_that_is_not_there_is_told(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_document document = sample(1);
    const char *bytes = "unset";
    books_begin_filled(&books);
    document.id = 7;
    assert_refused(tl_document_read(&bytes, books.store, &document, &books.arena, &err), TL_ERR_BROKEN, &err,
                   "document KU-2026-0751 version 1 is not there any more", "");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_comes_out_as_it_was_issued),
        cmocka_unit_test(the_latest_version_of_a_number_is_found),
        cmocka_unit_test(a_document_that_was_changed_is_found),
        cmocka_unit_test(a_document_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
