/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "scene.h"
#include "tilslut/agreement/class_count.h"

#define FEE "  - id: fee\n    account: \"00002\"\n    price: 100\n"

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
    scene_terms(&scene, SCENE_TERMS FEE);
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
    scene_terms(&scene, SCENE_TERMS FEE);
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
    year.terms.class_count = 0;
    assert_refused(
        tl_class_count_read(&counts, &without, scene.store, &year.terms, scene_date("2025-01-01"), &scene.arena, &err),
        TL_ERR_MISSING, &err, "the terms of 'demo' have no size classes", "");
    tl_product_year_release(&year);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(classes_are_counted_with_the_members_of_the_year),
        cmocka_unit_test(municipalities_without_the_figure_are_counted_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
