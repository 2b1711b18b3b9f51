/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "scene.h"
#include "tilslut/agreement/index_value.h"

static tl_status try_record(tl_recorded *recorded, struct scene *scene, const char *name, const char *date,
                            struct tl_ratio value, const char *published, const char *source, struct tl_err *err)
{
    struct tl_index_value index = {name, scene_date(date), value, source};
    scene_begin(scene);
    tl_status status = tl_index_value_record(recorded, scene->store, &index, scene_date(published), err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

static tl_recorded record(struct scene *scene, const char *name, const char *date, struct tl_ratio value,
                          const char *published, const char *source)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    assert_ok(try_record(&recorded, scene, name, date, value, published, source, &err), &err);
    return recorded;
}

static size_t list(struct tl_index_value **out, struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    size_t count;
    assert_ok(tl_index_value_list(out, &count, scene->store, &scene->arena, &err), &err);
    return count;
}

static void the_latest_recorded_value_counts(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_index_value *values;
    scene_open(&scene);
    assert_int_equal(list(&values, &scene), 0);
    assert_int_equal(record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1183, 10}, "2025-06-20", "KL"),
                     TL_RECORDED_NEW);
    assert_int_equal(record(&scene, "KL-PL", "2025-01-01", (struct tl_ratio){1152, 10}, "2025-06-20", "KL"),
                     TL_RECORDED_NEW);
    assert_int_equal(record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1183, 10}, "2025-06-20", "KL"),
                     TL_RECORDED_SAME);
    /* the publisher revises it */
    assert_int_equal(record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1190, 10}, "2026-02-19", "KL"),
                     TL_RECORDED_CHANGED);
    /* and goes back to what it said first: that is a revision, too */
    assert_int_equal(record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1183, 10}, "2025-06-20", "KL"),
                     TL_RECORDED_CHANGED);
    assert_int_equal(record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1191, 10}, "2026-03-01", "KL, tabel 4"),
                     TL_RECORDED_CHANGED);
    assert_int_equal(record(&scene, "DST", "2026-01-01", (struct tl_ratio){2, 3}, "2026-01-10", "DST"),
                     TL_RECORDED_NEW);
    assert_int_equal(list(&values, &scene), 3);
    assert_string_equal(values[0].index, "DST");
    assert_string_equal(values[1].index, "KL-PL");
    assert_int_equal(values[1].holds_on.number, 20250101);
    assert_int_equal(values[2].holds_on.number, 20260101);
    assert_same_int(values[2].value.numerator, 1191);
    assert_same_int(values[2].value.denominator, 10);
    assert_string_equal(values[2].source, "KL, tabel 4, published 2026-03-01");
    scene_close(&scene);
}

static void another_source_or_day_of_publication_is_another_fact(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_index_value *values;
    scene_open(&scene);
    record(&scene, "PL", "2026-01-01", (struct tl_ratio){100, 1}, "2025-06-20", "KL");
    assert_int_equal(record(&scene, "PL", "2026-01-01", (struct tl_ratio){100, 1}, "2025-06-21", "KL"),
                     TL_RECORDED_CHANGED);
    assert_int_equal(record(&scene, "PL", "2026-01-01", (struct tl_ratio){100, 1}, "2025-06-21", "DST"),
                     TL_RECORDED_CHANGED);
    assert_int_equal(list(&values, &scene), 1);
    assert_string_equal(values[0].source, "DST, published 2025-06-21");
    scene_close(&scene);
}

static void assert_no_value(struct scene *scene, const char *name, struct tl_ratio value, const char *source,
                            const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_index_value *values;
    tl_recorded recorded;
    assert_refused(try_record(&recorded, scene, name, "2026-01-01", value, "2025-06-20", source, &err), TL_ERR_INPUT,
                   &err, message, hint);
    assert_int_equal(list(&values, scene), 0);
}

static void what_is_no_index_value_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    scene_open(&scene);
    assert_no_value(&scene, "KL PL", (struct tl_ratio){1, 1}, "KL", "'KL PL' is not the name of an index",
                    "a name has letters, digits, - and _, for example KL-PL");
    assert_no_value(&scene, "", (struct tl_ratio){1, 1}, "KL", "'' is not the name of an index", NULL);
    assert_no_value(&scene, "PL", (struct tl_ratio){0, 1}, "KL", "the value of the index 'PL' is not above zero", "");
    assert_no_value(&scene, "PL", (struct tl_ratio){1, 1}, "", "the value of the index 'PL' has no source", "");
    scene_close(&scene);
}

#define FEE                                                                                                            \
    "  - id: fee\n    account: \"00002\"\n    price: 25000\n"                                                          \
    "    index: {name: KL-PL, base: 2025-01-01, date: 01-01 of the same year}\n"

static int64_t fee(struct scene *scene)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    scene_allocate(&year, scene, 2026);
    int64_t amount = scene_amount(&year, "fee", "0001");
    tl_product_year_release(&year);
    return amount;
}

/* 25000 x 118.3 / 115.2 = 25672.743; revised, 25000 x 119 / 115.2 = 25824.653. A run that was drafted before the
 * revision stays as it was. */
static void prices_follow_the_index_and_its_revisions(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    int64_t before;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS FEE);
    scene_party(&scene, "0001", "municipality");
    scene_join(&scene, "0001", "2026-01-01", NULL);
    record(&scene, "KL-PL", "2025-01-01", (struct tl_ratio){1152, 10}, "2025-06-20", "KL");
    record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){1183, 10}, "2025-06-20", "KL");
    assert_same_int(fee(&scene), 2567274);
    scene_bill(&scene, 2026);
    scene_on(&scene, "2026-03-01");
    record(&scene, "KL-PL", "2026-01-01", (struct tl_ratio){119, 1}, "2026-02-19", "KL");
    assert_same_int(fee(&scene), 2582465);
    assert_ok(tl_store_act_at(&before, scene.store,
                              (struct tl_moment){(int64_t)tl_date_to_days(scene_date("2026-02-28")) * 86400}, &err),
              &err);
    tl_store_set_known(scene.store, before);
    assert_same_int(fee(&scene), 2567274);
    tl_store_set_known(scene.store, INT64_MAX);
    scene_verify(&scene);
    scene_close(&scene);
}

static void a_value_that_is_not_recorded_is_missed(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS FEE);
    scene_party(&scene, "0001", "municipality");
    scene_join(&scene, "0001", "2026-01-01", NULL);
    record(&scene, "KL-PL", "2025-01-01", (struct tl_ratio){1152, 10}, "2025-06-20", "KL");
    assert_refused(tl_product_year_compute(&year, scene.store, "demo", 2026, 0, &err), TL_ERR_MISSING, &err,
                   "the index 'KL-PL' has no value for 2026-01-01", "record the value, with its source");
    tl_product_year_release(&year);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_latest_recorded_value_counts),
        cmocka_unit_test(another_source_or_day_of_publication_is_another_fact),
        cmocka_unit_test(what_is_no_index_value_is_refused),
        cmocka_unit_test(prices_follow_the_index_and_its_revisions),
        cmocka_unit_test(a_value_that_is_not_recorded_is_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
