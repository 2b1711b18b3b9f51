/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/checks.h"

#include <stdio.h>
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "scratch.h"
#include "tilslut/base/text.h"

static const struct tl_act act = {"anna", "init", {1735689600}};

static void each_name_stands_in_the_list_once_and_says_what_it_proves(void **state)
{
    (void)state;
    size_t count;
    const struct tl_check *checks = tl_checks_all(&count);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_true(strspn(checks[i].name, "abcdefghijklmnopqrstuvwxyz-") == strlen(checks[i].name));
        assert_true(strlen(checks[i].proves) > 20);
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(checks[i].name, checks[j].name);
    }
}

static void everything_that_was_gone_through_is_counted(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    struct tl_buf said = TL_BUF_EMPTY;
    books_begin_filled(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", "hosting");
    books_approve(&books, books_bill(&books, "os2valghalla", 2026), "2026-01-15");
    books_pay(&books, "0751", 500, "2026-02-01");
    assert_ok(tl_checks_run(&findings, &checked, books.store, NULL, 0, &err), &err);
    assert_int_equal(findings.count, 0);
    for (size_t i = 0; i < checked.count; i++) {
        struct tl_buf counted = TL_BUF_EMPTY;
        tl_check_write_counted(&counted, &checked.done[i]);
        if (counted.length > 0) /* others have nothing to go through here */
            tl_buf_format(&said, "%s: %s\n", checked.done[i].check->name, tl_buf_string(&counted));
        tl_buf_release(&counted);
    }
    assert_string_equal(tl_buf_string(&said), "acts: 8 acts\n"
                                              "chain: 2 entries with 8 postings\n"
                                              "terms: 1 version of terms\n"
                                              "runs: 1 run\n");
    tl_buf_release(&said);
    tl_findings_release(&findings);
    books_end(&books);
}

/* What verify says after another program had its hand on the file. */
static void finds(const char *sql, const char *expected)
{
    struct scratch scratch;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    static const char *const population[] = {"tests/data/population-2025-01-01.csv", NULL};
    char path[200];
    scratch_begin(&scratch);
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    assert_ok(tl_book_create(path, "DKK", &act, &err), &err);
    books_open(&books, path);
    books_import(&books, "tests/data/parties.csv", population);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION);
    books_pay(&books, "0751", 500, "2026-02-01");
    scratch_change(path, sql);
    assert_string_equal(books_findings(&books), expected);
    books_end(&books);
    scratch_end(&scratch);
}

static void each_check_speaks_under_its_name(void **state)
{
    (void)state;
    finds("INSERT INTO figure (party_code, measure, holds_on, numerator, denominator, source, act_id) VALUES ('9999', "
          "'a', '2026-01-01', 1, 1, 'a', 1)",
          "file: row 100 of figure refers to a row of party that is not there\n"
          "acts: what act 1 recorded in figure is not what was sealed (init, by anna on 2025-01-01)\n");
    finds("CREATE VIEW seen AS SELECT 1", "schema: the schema is not the program's own: view seen was added\n");
    finds("INSERT INTO entry VALUES (2, 'payment', '2026-01-01', '', '', '', NULL, x'', NULL, 1)",
          "file: row 2 of entry refers to a row of seal that is not there\n"
          "chain: entry 2 has 0 postings, fewer than two\n"
          "chain: entry 2 has no seal and counts for nothing: it was not written by tilslut\n"
          "acts: what act 1 recorded in entry is not what was sealed (init, by anna on 2025-01-01)\n");
    finds("DROP TRIGGER terms_no_update; UPDATE terms SET content = content || '#'; CREATE TRIGGER terms_no_update "
          "BEFORE UPDATE ON terms BEGIN SELECT RAISE(ABORT, 'terms is append-only'); END",
          "terms: version 1 of the terms of 'os2valghalla' is not the text that was adopted\n"
          "acts: what act 4 recorded in terms is not what was sealed (test, by anna on 2025-01-04)\n");
}

static void what_is_asked_for_is_run_in_the_order_of_the_list(void **state)
{
    (void)state;
    static const char *const names[] = {"chain", "file"}, *const unknown[] = {"file", "chian"},
                             *const far[] = {"everything"};
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    books_begin(&books);
    assert_ok(tl_checks_run(&findings, &checked, books.store, names, 2, &err), &err);
    assert_int_equal(checked.count, 2);
    assert_string_equal(checked.done[0].check->name, "file");
    assert_string_equal(checked.done[1].check->name, "chain");
    assert_refused(tl_checks_run(&findings, &checked, books.store, unknown, 2, &err), TL_ERR_NOT_FOUND, &err,
                   "there is no check 'chian'", "did you mean chain?");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_checks_run(&findings, &checked, books.store, far, 1, &err), TL_ERR_NOT_FOUND, &err,
                   "there is no check 'everything'", "tilslut verify --list shows them");
    tl_findings_release(&findings);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_name_stands_in_the_list_once_and_says_what_it_proves),
        cmocka_unit_test(everything_that_was_gone_through_is_counted),
        cmocka_unit_test(each_check_speaks_under_its_name),
        cmocka_unit_test(what_is_asked_for_is_run_in_the_order_of_the_list),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
