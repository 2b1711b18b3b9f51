/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"
#include "tilslut/agreement/figure.h"

static tl_recorded record(struct books *books, const char *on, int64_t value, const char *source)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure figure = {"users", books_date(on), tl_ratio_of(value, 1), source};
    tl_recorded recorded;
    books_act(books, "anna");
    assert_ok(tl_figure_record(&recorded, books->store, "0751", &figure, &err), &err);
    books_commit(books);
    return recorded;
}

static struct tl_figure *list(struct books *books, size_t *count)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure *figures;
    assert_ok(tl_figure_list(&figures, count, books->store, "0751", &books->arena, &err), &err);
    return figures;
}

static void a_correction_counts_and_the_figure_before_it_is_kept(void **state)
{
    (void)state;
    struct books books;
    size_t count;
    books_begin_filled(&books);
    assert_int_equal(record(&books, "2025-01-01", 500, "tælling"), TL_RECORDED_NEW);
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    assert_int_equal(record(&books, "2025-01-01", 500, "tælling"), TL_RECORDED_SAME);
    assert_int_equal(record(&books, "2025-01-01", 510, "tælling"), TL_RECORDED_CHANGED);
    assert_int_equal(record(&books, "2025-01-01", 510, "optælling 2"), TL_RECORDED_CHANGED);
    assert_int_equal(record(&books, "2026-01-01", 600, "tælling"), TL_RECORDED_NEW);
    struct tl_figure *figures = list(&books, &count);
    assert_int_equal(count, 5); /* three of population */
    assert_string_equal(figures[3].measure, "users");
    assert_same_int(figures[3].value.numerator, 510);
    assert_string_equal(figures[3].source, "optælling 2");
    assert_same_int(figures[4].holds_on.number, 20260101);
    assert_same_int(figures[4].value.numerator, 600);
    tl_store_set_known(books.store, known);
    figures = list(&books, &count);
    assert_int_equal(count, 4);
    assert_same_int(figures[3].value.numerator, 500);
    assert_string_equal(figures[3].source, "tælling");
    assert_same_int(books_ask(&books, "SELECT count(*) FROM figure WHERE measure = 'users'"), 4);
    books_end(&books);
}

static void going_back_to_an_earlier_value_is_a_correction_too(void **state)
{
    (void)state;
    struct books books;
    size_t count;
    books_begin_filled(&books);
    record(&books, "2025-01-01", 500, "a");
    record(&books, "2025-01-01", 510, "a");
    assert_int_equal(record(&books, "2025-01-01", 500, "a"), TL_RECORDED_CHANGED);
    assert_same_int(list(&books, &count)[3].value.numerator, 500);
    books_end(&books);
}

static void fractions_are_kept_exactly(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure figure = {"area", tl_date_of(2025, 1, 1), tl_ratio_of(17846, 100), "a"};
    tl_recorded recorded;
    size_t count;
    books_begin_filled(&books);
    books_act(&books, "anna");
    assert_ok(tl_figure_record(&recorded, books.store, "0751", &figure, &err), &err);
    books_commit(&books);
    struct tl_figure *figures = list(&books, &count);
    assert_string_equal(figures[0].measure, "area");
    assert_same_int(figures[0].value.numerator, 8923);
    assert_same_int(figures[0].value.denominator, 50);
    books_end(&books);
}

static void a_figure_of_nobody_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure figure = {"users", tl_date_of(2025, 1, 1), tl_ratio_of(5, 1), "a"};
    tl_recorded recorded;
    books_begin(&books);
    books_act(&books, "anna");
    assert_refused(tl_figure_record(&recorded, books.store, "0751", &figure, &err), TL_ERR_STORE, &err,
                   "could not use the ledger file: FOREIGN KEY constraint failed", "");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_correction_counts_and_the_figure_before_it_is_kept),
        cmocka_unit_test(going_back_to_an_earlier_value_is_a_correction_too),
        cmocka_unit_test(fractions_are_kept_exactly),
        cmocka_unit_test(a_figure_of_nobody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
