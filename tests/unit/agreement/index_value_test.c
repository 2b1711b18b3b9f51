/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"
#include "tilslut/agreement/index_value.h"

static struct tl_index_value value_of(int64_t numerator, int64_t denominator)
{
    return (struct tl_index_value){"kl-pl", tl_date_of(2026, 1, 1), tl_ratio_of(numerator, denominator), "KL, skøn"};
}

static tl_recorded record(struct books *books, struct tl_index_value value, const char *published_on)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    books_act(books, "anna");
    assert_ok(tl_index_value_record(&recorded, books->store, &value, books_date(published_on), &err), &err);
    books_commit(books);
    return recorded;
}

static void a_revised_value_counts_and_the_one_before_is_kept(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_index_value *values;
    size_t count;
    books_begin(&books);
    assert_int_equal(record(&books, value_of(1034, 10), "2025-06-15"), TL_RECORDED_NEW);
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    assert_int_equal(record(&books, value_of(1034, 10), "2025-06-15"), TL_RECORDED_SAME);
    assert_int_equal(record(&books, value_of(1037, 10), "2025-09-15"), TL_RECORDED_CHANGED);
    assert_ok(tl_index_value_list(&values, &count, books.store, &books.arena, &err), &err);
    assert_int_equal(count, 1);
    assert_same_int(values[0].value.numerator, 1037);
    assert_same_int(values[0].value.denominator, 10);
    assert_string_equal(values[0].source, "KL, skøn, published 2025-09-15");
    tl_store_set_known(books.store, known);
    assert_ok(tl_index_value_list(&values, &count, books.store, &books.arena, &err), &err);
    assert_same_int(values[0].value.numerator, 517);
    assert_string_equal(values[0].source, "KL, skøn, published 2025-06-15");
    books_end(&books);
}

static void what_is_no_index_value_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err zero = TL_ERR_NONE, name = TL_ERR_NONE, source = TL_ERR_NONE;
    tl_recorded recorded;
    struct tl_index_value nothing = value_of(0, 1), nameless = value_of(1, 1), unsourced = value_of(1, 1);
    books_begin(&books);
    books_act(&books, "anna");
    nameless.index = "";
    unsourced.source = "";
    assert_refused(tl_index_value_record(&recorded, books.store, &nothing, tl_date_of(2025, 6, 15), &zero),
                   TL_ERR_INPUT, &zero, "the value of the index 'kl-pl' is not above zero", "");
    assert_refused(tl_index_value_record(&recorded, books.store, &nameless, tl_date_of(2025, 6, 15), &name),
                   TL_ERR_INPUT, &name, "'' is not the name of an index", NULL);
    assert_refused(tl_index_value_record(&recorded, books.store, &unsourced, tl_date_of(2025, 6, 15), &source),
                   TL_ERR_INPUT, &source, "the value of the index 'kl-pl' has no source", "");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_revised_value_counts_and_the_one_before_is_kept),
        cmocka_unit_test(what_is_no_index_value_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
