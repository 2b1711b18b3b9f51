/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"
#include "tilslut/agreement/product.h"

static void products_are_recorded_and_read_by_code(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_product product, *products;
    size_t count;
    books_begin(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_product(&books, "os2mo", "XG-9212045370");
    assert_ok(tl_product_find(&product, books.store, "os2mo", &books.arena, &err), &err);
    assert_string_equal(product.psp, "XG-9212045370");
    assert_int_equal(product.level, 2);
    assert_ok(tl_product_list(&products, &count, books.store, &books.arena, &err), &err);
    assert_int_equal(count, 2);
    assert_string_equal(products[0].code, "os2mo");
    assert_string_equal(products[1].code, "os2valghalla");
    tl_store_set_known(books.store, 2);
    assert_ok(tl_product_list(&products, &count, books.store, &books.arena, &err), &err);
    assert_int_equal(count, 1);
    books_end(&books);
}

static void what_is_no_product_is_refused(void **state)
{
    (void)state;
    static const struct {
        struct tl_product product;
        tl_status status;
        const char *message, *hint;
    } cases[] = {
        {{"OS2mo", "a", "XG-9212045370", 2},
         TL_ERR_INPUT,
         "'OS2mo' is not a product code: only a-z, 0-9 and - are allowed",
         NULL},
        {{"os2mo", "a", "9212045370", 2},
         TL_ERR_INPUT,
         "'9212045370' is not a PSP element: it is written like XG-9212045260 or XG-9212045260-00003",
         NULL},
        {{"os2mo", "a", "AB-9212045370", 2},
         TL_ERR_INPUT,
         "'AB-9212045370' is not the PSP element of a product",
         "a product's PSP element is XG- and 10 digits; the accounts below it are added by the lines"},
        {{"os2mo", "a", "XG-9212045370-00001", 2},
         TL_ERR_INPUT,
         "'XG-9212045370-00001' is not the PSP element of a product",
         NULL},
        {{"os2mo", "", "XG-9212045370", 2}, TL_ERR_INPUT, "the product 'os2mo' has no name", ""},
        {{"os2mo", "a", "XG-9212045370", 0}, TL_ERR_INPUT, "0 is not a product level", "levels are 1, 2 and 3"},
        {{"os2mo", "a", "XG-9212045370", 4}, TL_ERR_INPUT, "4 is not a product level", "levels are 1, 2 and 3"},
        {{"os2valghalla", "a", "XG-9212045370", 2}, TL_ERR_CONFLICT, "the product 'os2valghalla' exists already", ""},
        {{"os2mo", "a", "XG-9212045260", 2},
         TL_ERR_CONFLICT,
         "the PSP element 'XG-9212045260' belongs to the product 'os2valghalla'",
         ""},
    };
    struct books books;
    books_begin(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_act(&books, "anna");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        assert_refused(tl_product_record(books.store, &cases[i].product, &err), cases[i].status, &err, cases[i].message,
                       cases[i].hint);
    }
    assert_same_int(books_ask(&books, "SELECT count(*) FROM product"), 1);
    books_end(&books);
}

static void an_unknown_product_is_told_with_the_nearest(void **state)
{
    (void)state;
    struct books books;
    struct tl_err near = TL_ERR_NONE, far = TL_ERR_NONE;
    struct tl_product product;
    books_begin(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    assert_refused(tl_product_find(&product, books.store, "os2valhalla", &books.arena, &near), TL_ERR_NOT_FOUND, &near,
                   "there is no product 'os2valhalla'", "did you mean os2valghalla?");
    assert_refused(tl_product_find(&product, books.store, "kitos", &books.arena, &far), TL_ERR_NOT_FOUND, &far,
                   "there is no product 'kitos'", "tilslut list products shows them; tilslut product add makes one");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_are_recorded_and_read_by_code),
        cmocka_unit_test(what_is_no_product_is_refused),
        cmocka_unit_test(an_unknown_product_is_told_with_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
