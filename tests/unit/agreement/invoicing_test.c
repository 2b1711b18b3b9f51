/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include "scene.h"
#include "tilslut/agreement/invoicing.h"

static void begin(struct scene *scene)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_population(scene, 2025, "2025-01-01");
    scene_product(scene, "demo");
    scene_terms(scene, SCENE_TERMS "  - {id: fee, account: \"00002\", price: 1000}\n"
                                   "  - {id: more, account: \"00003\", price: 500}\n");
    scene_join(scene, "0751", "2025-11-01", NULL);
}

static void set_unit(struct scene *scene, const char *code, const char *ean, const char *order, const char *from,
                     const char *until)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_unit unit = {.party = "0751",
                                 .code = code,
                                 .name = code,
                                 .ean = ean,
                                 .order_reference = order,
                                 .person_reference = "INDKØB",
                                 .account_string = "1234",
                                 .from = scene_date(from),
                                 .until = until == NULL ? (struct tl_date){0} : scene_date(until)};
    scene_begin(scene);
    assert_ok(tl_unit_record(scene->store, &unit, &err), &err);
    scene_commit(scene);
}

static void assign(struct scene *scene, const char *unit, const char *from)
{
    struct tl_err err = TL_ERR_NONE;
    scene_begin(scene);
    assert_ok(tl_invoicing_assign(scene->store, "demo", "0751", unit, scene_date(from), &err), &err);
    scene_commit(scene);
}

static void refer(struct scene *scene, const char *unit, const char *line, const char *order, const char *account)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_invoicing_reference reference = {
        "0751", unit, "demo", line, order, account, scene_date("2026-01-01")};
    scene_begin(scene);
    assert_ok(tl_invoicing_refer(scene->store, &reference, &err), &err);
    scene_commit(scene);
}

static struct tl_unit invoiced(struct scene *scene, const char *line, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_unit unit;
    assert_ok(tl_invoicing_read(&unit, scene->store, "demo", "0751", line, scene_date(on), &scene->arena, &err), &err);
    return unit;
}

static void the_party_itself_is_invoiced_where_nothing_is_recorded(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    assert_string_equal(invoiced(&scene, "", "2026-01-01").code, "");
    assert_string_equal(invoiced(&scene, "fee", "2026-01-01").order_reference, "");
    scene_close(&scene);
}

static void a_unit_is_invoiced_from_its_date_until_it_closes(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    set_unit(&scene, "digital", "5790000121090", "45", "2026-01-01", "2026-12-31");
    set_unit(&scene, "valg", "", "46", "2026-01-01", NULL);
    assign(&scene, "digital", "2026-02-01");
    assert_string_equal(invoiced(&scene, "", "2026-01-31").code, "");
    assert_string_equal(invoiced(&scene, "", "2026-02-01").ean, "5790000121090");
    assert_string_equal(invoiced(&scene, "", "2026-12-31").order_reference, "45");
    assert_string_equal(invoiced(&scene, "", "2027-01-01").code, "");
    assign(&scene, "valg", "2026-06-01");
    assert_string_equal(invoiced(&scene, "", "2026-05-31").code, "digital");
    assert_string_equal(invoiced(&scene, "", "2026-06-01").code, "valg");
    assign(&scene, "", "2026-07-01");
    assert_string_equal(invoiced(&scene, "", "2026-07-01").code, "");
    scene_verify(&scene);
    scene_close(&scene);
}

static void the_reference_of_a_line_goes_before_that_of_the_product_and_of_the_unit(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    set_unit(&scene, "digital", "5790000121090", "45", "2026-01-01", NULL);
    assign(&scene, "digital", "2026-01-01");
    refer(&scene, "digital", "", "P-1", "");
    refer(&scene, "digital", "fee", "", "F-9");
    assert_string_equal(invoiced(&scene, "fee", "2026-01-01").order_reference, "P-1");
    assert_string_equal(invoiced(&scene, "fee", "2026-01-01").account_string, "F-9");
    assert_string_equal(invoiced(&scene, "more", "2026-01-01").account_string, "1234");
    assert_string_equal(invoiced(&scene, "more", "2026-01-01").person_reference, "INDKØB");
    assert_string_equal(invoiced(&scene, "more", "2026-01-01").order_reference, "P-1");
    scene_close(&scene);
}

static void what_was_recorded_later_was_not_known_before(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    int64_t before = 0;
    begin(&scene);
    assert_ok(tl_store_act_at(&before, scene.store, scene.act.now, &err), &err);
    set_unit(&scene, "digital", "5790000121090", "45", "2026-01-01", NULL);
    assign(&scene, "digital", "2026-01-01");
    tl_store_set_known(scene.store, before);
    assert_string_equal(invoiced(&scene, "", "2026-02-01").code, "");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_party_itself_is_invoiced_where_nothing_is_recorded),
        cmocka_unit_test(a_unit_is_invoiced_from_its_date_until_it_closes),
        cmocka_unit_test(the_reference_of_a_line_goes_before_that_of_the_product_and_of_the_unit),
        cmocka_unit_test(what_was_recorded_later_was_not_known_before),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
