/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"

#include "tilslut/agreement/payee.h"

static const struct tl_payee bank = {.registration = "0040",
                                     .account = "440116243",
                                     .iban = "",
                                     .creditor = "81234567",
                                     .decision = "",
                                     .evidence = "aftale med banken"};

static void record(struct books *books, struct tl_payee payee, const char *from, tl_recorded expected)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    payee.valid_from = books_date(from);
    books_act(books, "anna");
    assert_ok(tl_payee_record(&recorded, books->store, &payee, &err), &err);
    assert_int_equal(recorded, expected);
    books_commit(books);
}

static void the_latest_date_that_has_come_counts(void **state)
{
    (void)state;
    struct books books;
    struct tl_payee found, later = bank;
    struct tl_err err = TL_ERR_NONE;
    books_begin(&books);
    later.creditor = "87654321";
    assert_refused(tl_payee_find(&found, books.store, books_date("2026-01-01"), &books.arena, &err), TL_ERR_MISSING,
                   &err, "where members pay is not recorded for 2026-01-01",
                   "tilslut payee set --from DATE --account 'REGISTRATION NUMBER' --evidence TEXT records it");
    record(&books, later, "2026-07-01", TL_RECORDED_NEW);
    record(&books, bank, "2026-01-01", TL_RECORDED_NEW);
    record(&books, bank, "2026-01-01", TL_RECORDED_SAME);
    err = (struct tl_err)TL_ERR_NONE;
    assert_ok(tl_payee_find(&found, books.store, books_date("2026-06-30"), &books.arena, &err), &err);
    assert_string_equal(found.creditor, "81234567");
    assert_string_equal(found.iban, "DK5000400440116243");
    assert_ok(tl_payee_find(&found, books.store, books_date("2026-07-01"), &books.arena, &err), &err);
    assert_string_equal(found.creditor, "87654321");
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

static void an_account_is_known_in_the_forms_that_banks_write(void **state)
{
    (void)state;
    static const char *const same[] = {"DK5000400440116243", "DK50 0040 0440 1162 43", "0040 440116243",
                                       "0040-0440116243",    "00400440116243",         "0040440116243"};
    static const char *const other[] = {"",
                                        "0040",
                                        "DK9520000123456789",
                                        "0041 440116243",
                                        "0040 440116244",
                                        "0040 00440116243",
                                        "00400440116243x",
                                        "0040044011624300000000000000000000000000000000000"};
    struct tl_payee payee = bank;
    payee.account = "0440116243";
    payee.iban = "DK5000400440116243";
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++)
        assert_true(tl_payee_has_account(&payee, same[i]));
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        assert_false(tl_payee_has_account(&payee, other[i]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_date_that_has_come_counts),
        cmocka_unit_test(an_account_is_known_in_the_forms_that_banks_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
