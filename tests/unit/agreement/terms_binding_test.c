/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/terms_binding.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/terms_signature.h"

#define TERMS                                                                                                          \
    "product: demo\nfrom: %s\nnotice: {months: %d, to: year}\nfollows: {prices: %s, text: %s}\nlines:\n"               \
    "  - id: fee\n    account: \"00002\"\n    price: %d\n"

static const char *const ways[] = {"steering group", "new signature"};

/* A version of the terms: its first day, and whether it says something new. */
struct version {
    const char *from, *decision;
    bool new_text, new_prices;
};

static void adopt(struct scene *scene, const struct version *version, bool prices_need, bool text_needs)
{
    char text[400];
    struct tl_err err = TL_ERR_NONE;
    int number;
    (void)snprintf(text, sizeof text, TERMS, version->from, version->new_text ? 12 : 6, ways[prices_need],
                   ways[text_needs], version->new_prices ? 2000 : 1000);
    struct tl_source source = {"terms.yaml", text, strlen(text)};
    scene_begin(scene);
    assert_ok(tl_terms_book_adopt(&number, scene->store, &source, version->decision, &err), &err);
    scene_commit(scene);
}

/* A product with one member, who signed version 1. */
static void open(struct scene *scene, bool prices_need, bool text_needs)
{
    static const struct version first = {"2024-01-01", "styregruppe 2023-10-01 pkt. 1", false, false};
    scene_open(scene);
    scene_party(scene, "0001", "municipality");
    scene_product(scene, "demo");
    adopt(scene, &first, prices_need, text_needs);
    scene_join(scene, "0001", "2025-01-01", NULL);
}

static struct tl_terms_binding binding(struct scene *scene, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms_binding out;
    assert_ok(tl_terms_binding_find(&out, scene->store, "demo", "0001", scene_date(on), &scene->arena, &err), &err);
    return out;
}

static void assert_bound(struct scene *scene, const char *on, int signed_version, int text, int prices, int to_sign)
{
    struct tl_terms_binding b = binding(scene, on);
    assert_int_equal(b.signed_version->version, signed_version);
    assert_int_equal(b.text->version, text);
    assert_int_equal(b.prices->version, prices);
    assert_int_equal(b.to_sign == NULL ? 0 : b.to_sign->version, to_sign);
}

static tl_status try_sign(struct scene *scene, int version, const char *on, struct tl_err *err)
{
    const struct tl_terms_signing signing = {"demo", "0001", version, scene_date(on), "sag 1"};
    *err = (struct tl_err)TL_ERR_NONE;
    scene_begin(scene);
    tl_status status = tl_terms_signature_record(scene->store, &signing, scene_date("2030-01-01"), err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

static void sign(struct scene *scene, int version, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(try_sign(scene, version, on, &err), &err);
}

/* How many members have yet to sign the prices of a year. */
static size_t lacking(struct scene *scene, int number)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    const char **codes;
    size_t count;
    assert_ok(tl_product_year_load(&year, scene->store, "demo", number, 0, &err), &err);
    assert_ok(tl_terms_binding_unsigned(&codes, &count, scene->store, &year, &scene->arena, &err), &err);
    if (count > 0)
        assert_string_equal(codes[0], "0001");
    tl_product_year_release(&year);
    return count;
}

/* Every rule of the version signed with every kind of later version. */
static void a_later_version_binds_as_the_signed_one_says(void **state)
{
    (void)state;
    for (unsigned bits = 0; bits < 16; bits++) {
        bool prices_need = (bits & 1U) != 0, text_needs = (bits & 2U) != 0;
        const struct version second = {"2026-01-01", "styregruppe 2025-09-01 pkt. 1", (bits & 4U) != 0,
                                       (bits & 8U) != 0};
        bool text_lacks = text_needs && second.new_text, prices_lack = prices_need && second.new_prices;
        int to_sign = text_lacks || prices_lack ? 2 : 0;
        struct scene scene;
        open(&scene, prices_need, text_needs);
        assert_bound(&scene, "2025-06-01", 1, 1, 1, 0);
        adopt(&scene, &second, prices_need, text_needs);
        assert_bound(&scene, "2025-12-31", 1, 1, 1, to_sign);
        assert_bound(&scene, "2026-01-01", 1, text_lacks ? 1 : 2, prices_lack ? 1 : 2, to_sign);
        assert_int_equal(lacking(&scene, 2026), prices_lack);
        sign(&scene, 2, "2025-11-01");
        assert_bound(&scene, "2025-12-31", 2, 1, 1, 0);
        assert_bound(&scene, "2026-01-01", 2, 2, 2, 0);
        assert_int_equal(lacking(&scene, 2026), 0);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

static void a_version_that_takes_the_change_back_needs_no_signature(void **state)
{
    (void)state;
    static const struct version second = {"2026-01-01", "styregruppe 2025-09-01 pkt. 1", true, false},
                                third = {"2027-01-01", "styregruppe 2025-09-01 pkt. 2", false, false};
    struct scene scene;
    open(&scene, false, true);
    adopt(&scene, &second, false, true);
    assert_bound(&scene, "2026-06-01", 1, 1, 2, 2);
    adopt(&scene, &third, false, true);
    assert_bound(&scene, "2026-06-01", 1, 1, 2, 0);
    assert_bound(&scene, "2027-06-01", 1, 3, 3, 0);
    scene_close(&scene);
}

static void who_leaves_and_joins_again_signs_anew(void **state)
{
    (void)state;
    static const struct version second = {"2026-01-01", "styregruppe 2025-09-01 pkt. 1", true, false},
                                third = {"2027-01-01", "styregruppe 2027-09-01 pkt. 2", false, true};
    struct scene scene;
    open(&scene, false, true);
    adopt(&scene, &second, false, true);
    sign(&scene, 2, "2025-11-01");
    scene_on(&scene, "2026-01-05");
    (void)scene_leave(&scene, "0001", "2026-01-05");
    scene_on(&scene, "2027-10-01");
    adopt(&scene, &third, false, true);
    scene_join(&scene, "0001", "2028-01-01", NULL);
    struct tl_terms_binding again = binding(&scene, "2028-02-01");
    assert_int_equal(again.signed_version->version, 3);
    assert_string_equal(again.evidence, "");
    assert_true(tl_date_compare(again.signed_on, scene_date("2028-01-01")) == 0);
    scene_close(&scene);
}

static void a_signature_that_cannot_be_is_refused(void **state)
{
    (void)state;
    static const struct version second = {"2026-01-01", "styregruppe 2025-09-01 pkt. 1", true, false};
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    open(&scene, false, true);
    adopt(&scene, &second, false, true);
    assert_refused(try_sign(&scene, 1, "2025-11-01", &err), TL_ERR_CONFLICT, &err,
                   "0001 (0001) has signed version 1 of the terms of 'demo' already",
                   "tilslut list signatures demo shows who signed what");
    assert_refused(try_sign(&scene, 3, "2025-11-01", &err), TL_ERR_NOT_FOUND, &err,
                   "the terms of 'demo' have no version 3", "tilslut list terms demo shows the versions");
    assert_refused(try_sign(&scene, 2, "2025-08-31", &err), TL_ERR_INPUT, &err,
                   "version 2 was decided on 2025-09-01, so nobody signed it on 2025-08-31", "");
    assert_refused(try_sign(&scene, 2, "2030-01-02", &err), TL_ERR_INPUT, &err,
                   "2030-01-02 has not come yet, so nobody signed on it", "");
    assert_refused(try_sign(&scene, 2, "2024-11-01", &err), TL_ERR_NOT_FOUND, &err,
                   "'0001' is no member of 'demo' on 2024-11-01", "tilslut list members demo shows the memberships");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_later_version_binds_as_the_signed_one_says),
        cmocka_unit_test(a_version_that_takes_the_change_back_needs_no_signature),
        cmocka_unit_test(who_leaves_and_joins_again_signs_anew),
        cmocka_unit_test(a_signature_that_cannot_be_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
