/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"

static void a_new_book_has_its_owner_and_accounts(void **state)
{
    (void)state;
    struct books books;
    books_begin(&books);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM account"), 19);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM party_version WHERE party_code = 'OS2' AND cvr = "
                                      "'41849983' AND ean = '5790002750595'"),
                    1);
    assert_string_equal(tl_store_owner(books.store), "OS2");
    assert_string_equal(tl_store_currency(books.store), "DKK");
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_book_has_its_owner_and_accounts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
