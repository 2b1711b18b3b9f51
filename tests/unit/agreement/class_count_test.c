/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "scene.h"
#include "tilslut/agreement/class_count.h"

enum { CLASSES = 4 };

/* Counts a file of tests/data by itself: the fields are code, name, population, and no municipality is 0411. */
static void count_file(int year, size_t counts[CLASSES])
{
    char path[64], line[256];
    memset(counts, 0, CLASSES * sizeof *counts);
    snprintf(path, sizeof path, "tests/data/population-%d-01-01.csv", year);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, "0411", 4) == 0)
            continue;
        const char *name = strchr(line, ',');
        const char *number = name == NULL ? NULL : strchr(name + 1, ',');
        assert_non_null(number);
        long population = strtol(number + 1, NULL, 10);
        assert_true(population > 1000);
        counts[population < 25000 ? 0 : population < 60000 ? 1 : population < 120000 ? 2 : 3]++;
    }
    fclose(file);
}

static void read_terms(struct books *books, struct tl_terms *terms)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_adopted adopted;
    books_product(books, "os2valghalla", "XG-9212045260");
    books_adopt(books, SAMPLE_TERMS, SAMPLE_DECISION);
    assert_ok(
        tl_terms_book_in_force(&adopted, books->store, "os2valghalla", tl_date_of(2026, 1, 1), &books->arena, &err),
        &err);
    assert_ok(tl_terms_book_read(terms, &adopted, &err), &err);
}

static void municipalities_fall_in_the_published_classes(void **state)
{
    (void)state;
    static const size_t published[CLASSES] = {17, 56, 21, 4}; /* OS2's count, from the figures of 2020 */
    struct books books;
    struct tl_terms terms;
    books_begin_filled(&books);
    read_terms(&books, &terms);
    for (int year = 2020; year <= 2026; year += year == 2020 ? 5 : 1) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_class_count *counts;
        size_t without, expected[CLASSES], all = 0;
        count_file(year, expected);
        assert_ok(
            tl_class_count_read(&counts, &without, books.store, &terms, tl_date_of(year, 1, 1), &books.arena, &err),
            &err);
        for (size_t i = 0; i < CLASSES; i++) {
            assert_int_equal(counts[i].municipalities, expected[i]);
            assert_int_equal(counts[i].members, 0);
            assert_ptr_equal(counts[i].size_class, &terms.classes[i]);
            all += counts[i].municipalities;
            if (year == 2020)
                assert_int_equal(counts[i].municipalities, published[i]);
        }
        assert_int_equal(all, 98);
        assert_int_equal(without, 0);
    }
    tl_terms_release(&terms);
    books_end(&books);
}

static void members_are_counted_beside_the_municipalities(void **state)
{
    (void)state;
    struct books books;
    struct tl_terms terms;
    struct tl_err err = TL_ERR_NONE;
    struct tl_class_count *counts;
    size_t without;
    books_begin_filled(&books);
    read_terms(&books, &terms);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL); /* Aarhus: Meget stor */
    books_join(&books, "os2valghalla", "0825", "2026-01-01", NULL); /* Læsø: Lille */
    books_join(&books, "os2valghalla", "0563", "2026-01-01", NULL); /* Fanø: Lille */
    assert_ok(tl_class_count_read(&counts, &without, books.store, &terms, tl_date_of(2025, 1, 1), &books.arena, &err),
              &err);
    assert_int_equal(counts[0].members, 2);
    assert_int_equal(counts[1].members, 0);
    assert_int_equal(counts[2].members, 0);
    assert_int_equal(counts[3].members, 1);
    assert_ok(tl_class_count_read(&counts, &without, books.store, &terms, tl_date_of(2024, 1, 1), &books.arena, &err),
              &err);
    assert_int_equal(without, 98);
    assert_int_equal(counts[3].municipalities, 0);
    tl_terms_release(&terms);
    books_end(&books);
}

static void terms_without_classes_have_nothing_to_count(void **state)
{
    (void)state;
    struct books books;
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_class_count *counts;
    size_t without;
    books_begin(&books);
    terms.product = "os2kitos";
    assert_refused(
        tl_class_count_read(&counts, &without, books.store, &terms, tl_date_of(2024, 1, 1), &books.arena, &err),
        TL_ERR_MISSING, &err, "the terms of 'os2kitos' have no size classes", "");
    books_end(&books);
}

/* 16 / 57 / 20 / 5 in 2025, and 14 / 58 / 21 / 5 in 2026. */
static void classes_are_counted_with_the_members_of_the_year(void **state)
{
    (void)state;
    static const size_t all[2][4] = {{16, 57, 20, 5}, {14, 58, 21, 5}}, members[2][4] = {{2, 1, 0, 1}, {0, 2, 1, 1}};
    struct scene scene;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    scene_open(&scene);
    scene_municipalities(&scene);
    scene_population(&scene, 2025, "2025-01-01");
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS "  - id: fee\n    account: \"00002\"\n    price: 100\n");
    scene_population(&scene, 2026, "2026-01-01");
    scene_join(&scene, "0161,0169,0751", "2026-01-01", NULL);
    scene_join(&scene, "0269", "2026-12-31", NULL);
    scene_join(&scene, "0101", "2028-01-01", NULL); /* not yet */
    scene_join(&scene, "0461", "2024-01-01", NULL);
    scene_leave(&scene, "0461", "2025-03-01"); /* no more */
    scene_allocate(&year, &scene, 2026);
    for (size_t i = 0; i < 2; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_class_count *counts;
        size_t without;
        assert_ok(tl_class_count_read(&counts, &without, scene.store, &year.terms,
                                      scene_date(i == 0 ? "2025-01-01" : "2026-01-01"), &scene.arena, &err),
                  &err);
        assert_int_equal(without, 0);
        for (size_t j = 0; j < 4; j++) {
            assert_int_equal(counts[j].municipalities, all[i][j]);
            assert_int_equal(counts[j].members, members[i][j]);
        }
    }
    tl_product_year_release(&year);
    scene_close(&scene);
}

static void municipalities_without_the_figure_are_counted_apart(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_class_count *counts;
    size_t without;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS "  - id: fee\n    account: \"00002\"\n    price: 100\n");
    scene_party(&scene, "0001", "municipality");
    scene_party(&scene, "0002", "municipality");
    scene_party(&scene, "REG1", "region");
    scene_figure(&scene, "0001", "population", "2025-01-01", 25000); /* "below 25000" does not take it */
    scene_figure(&scene, "0002", "users", "2025-01-01", 5);
    scene_figure(&scene, "REG1", "population", "2025-01-01", 5);
    scene_allocate(&year, &scene, 2026);
    assert_ok(
        tl_class_count_read(&counts, &without, scene.store, &year.terms, scene_date("2025-01-01"), &scene.arena, &err),
        &err);
    assert_int_equal(without, 1);
    assert_int_equal(counts[0].municipalities, 0);
    assert_int_equal(counts[1].municipalities, 1);
    assert_string_equal(counts[1].size_class->name, "Mellem");
    tl_product_year_release(&year);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(municipalities_fall_in_the_published_classes),
        cmocka_unit_test(members_are_counted_beside_the_municipalities),
        cmocka_unit_test(classes_are_counted_with_the_members_of_the_year),
        cmocka_unit_test(municipalities_without_the_figure_are_counted_apart),
        cmocka_unit_test(terms_without_classes_have_nothing_to_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
