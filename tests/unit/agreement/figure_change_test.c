/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The real figures of 2025 and 2026: Glostrup 24869 -> 25834, Solrød 24732 -> 25040, Høje-Taastrup 59059 -> 60458.
 */
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/figure_change.h"

#define FEE                                                                                                            \
    "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n"                                                 \
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"
#define PRICES                                                                                                         \
    "  - id: maintenance\n    account: \"00002\"\n"                                                                    \
    "    price: {Lille: 22000, Mellem: 32000, Stor: 42000, Meget stor: 52000}\n"
#define POT "  - id: pot\n    account: \"00003\"\n    budget: 1000000\n    key: population\n"

static void open_with(struct scene *scene, const char *terms)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_population(scene, 2025, "2025-01-01");
    scene_product(scene, "demo");
    scene_terms(scene, terms);
}

struct report {
    struct tl_figure_change *changes;
    size_t count, missing;
};

static void look(struct report *out, struct scene *scene, const char *from, const char *to, int64_t percent)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure_change_request request = {"demo", scene_date(from), scene_date(to), {0, 0}};
    if (percent > 0)
        request.more_than = tl_ratio_of(percent, 100);
    assert_ok(
        tl_figure_change_list(&out->changes, &out->count, &out->missing, scene->store, &request, &scene->arena, &err),
        &err);
}

static void assert_change(const struct tl_figure_change *change, const char *code, int64_t before, int64_t after,
                          const char *class_before, const char *class_after)
{
    assert_string_equal(change->code, code);
    assert_same_int(change->before.numerator, before);
    assert_same_int(change->after.numerator, after);
    assert_string_equal(change->class_before, class_before);
    assert_string_equal(change->class_after, class_after);
}

static void three_municipalities_change_class_and_no_one_else(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES);
    scene_population(&scene, 2026, "2026-01-01");
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_int_equal(report.missing, 0);
    assert_int_equal(report.count, 3);
    assert_change(&report.changes[0], "0161", 24869, 25834, "Lille", "Mellem");
    assert_change(&report.changes[1], "0169", 59059, 60458, "Mellem", "Stor");
    assert_change(&report.changes[2], "0269", 24732, 25040, "Lille", "Mellem");
    assert_string_equal(report.changes[0].name, "Glostrup");
    assert_string_equal(report.changes[1].name, "Høje-Taastrup");
    assert_string_equal(report.changes[2].name, "Solrød");
    for (size_t i = 0; i < 3; i++)
        assert_false(report.changes[i].is_member);
    scene_close(&scene);
}

/* budget x people / of all, to the nearest øre, in a community of two. */
static int64_t part(int64_t people, int64_t of)
{
    return (2 * INT64_C(100000000) * people + of) / (2 * of);
}

/* Høje-Taastrup joins in 2026 and pays 32000, then 42000 a year; of the pot 59059 of 59059 + 373388 (Aarhus), then
 * 60458 of 60458 + 378361. The joining fee is that of 2026 whatever comes. */
static void the_effect_is_on_what_a_member_pays_each_year(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS FEE PRICES POT);
    scene_population(&scene, 2026, "2026-01-01");
    scene_join(&scene, "0169,0751", "2026-01-01", NULL);
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_int_equal(report.count, 3);
    assert_false(report.changes[0].is_member);
    assert_money(report.changes[0].effect, 0);
    assert_true(report.changes[1].is_member);
    assert_money(report.changes[1].effect, 1000000 + part(60458, 60458 + 378361) - part(59059, 59059 + 373388));
    scene_close(&scene);
}

static void percents_find_those_who_stay_in_their_class(void **state)
{
    (void)state;
    /* more than 2 %: Glostrup +3.9, Herlev +4.05, Albertslund +4.07, Høje-Taastrup +2.4, Vallensbæk +2.003, Læsø -2.09;
     * and Solrød, who changes class by 1.2 % */
    static const char *const codes[] = {"0161", "0163", "0165", "0169", "0187", "0269", "0825"};
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES);
    scene_population(&scene, 2026, "2026-01-01");
    look(&report, &scene, "2025-01-01", "2026-01-01", 2);
    assert_int_equal(report.count, 7);
    for (size_t i = 0; i < 7; i++)
        assert_string_equal(report.changes[i].code, codes[i]);
    look(&report, &scene, "2025-01-01", "2026-01-01", 4);
    assert_int_equal(report.count, 5);
    scene_close(&scene);
}

/* 10000 -> 10100 is one percent, which is not more than one percent. */
static void exactly_the_percent_is_not_more(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS PRICES);
    scene_party(&scene, "0001", "municipality");
    scene_figure(&scene, "0001", "population", "2025-01-01", 10000);
    scene_figure(&scene, "0001", "population", "2026-01-01", 10100);
    scene_figure(&scene, "0001", "population", "2027-01-01", 9998);
    look(&report, &scene, "2025-01-01", "2026-01-01", 1);
    assert_int_equal(report.count, 0);
    look(&report, &scene, "2026-01-01", "2027-01-01", 1);
    assert_int_equal(report.count, 1);
    scene_close(&scene);
}

static void missing_figures_are_counted_and_not_guessed(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES POT);
    scene_party(&scene, "STAT", "state");
    scene_figure(&scene, "0161", "population", "2026-01-01", 25834);
    scene_join(&scene, "0161,0269", "2026-01-01", NULL);
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    /* of 98 municipalities one has both; the new figure of one member moves the pot for the other too */
    assert_int_equal(report.missing, 97);
    assert_int_equal(report.count, 1);
    assert_change(&report.changes[0], "0161", 24869, 25834, "Lille", "Mellem");
    assert_money(report.changes[0].effect, 1000000 + part(25834, 25834 + 24732) - part(24869, 24869 + 24732));
    scene_close(&scene);
}

/* The new figures count for 2027: who leaves before it has nothing to do with them, who comes in it has, and who came
 * in July pays for a whole year then. */
static void members_are_those_that_the_new_figures_count_for(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES "    pro rata: months\n");
    scene_population(&scene, 2026, "2026-01-01");
    scene_join(&scene, "0161", "2026-07-01", NULL);
    scene_join(&scene, "0169", "2027-12-01", NULL);
    scene_join(&scene, "0269", "2025-01-01", NULL);
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_true(report.changes[0].is_member);
    assert_money(report.changes[0].effect, 1000000);
    assert_true(report.changes[1].is_member);
    assert_money(report.changes[1].effect, 83333); /* one month of 10000 */
    assert_money(report.changes[2].effect, 1000000);
    scene_leave(&scene, "0269", "2026-06-30"); /* till 2026-12-31 */
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_false(report.changes[2].is_member);
    assert_money(report.changes[2].effect, 0);
    scene_join(&scene, "0269", "2028-01-01", NULL);
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_false(report.changes[2].is_member);
    scene_close(&scene);
}

/* The figures of two dates between the reference dates, as if they counted. */
static void figures_of_any_date_are_compared(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES);
    scene_population(&scene, 2026, "2026-01-01");
    scene_join(&scene, "0161,0751", "2026-01-01", NULL);
    scene_figure(&scene, "0161", "population", "2025-07-01", 24999);
    scene_figure(&scene, "0161", "population", "2025-10-01", 60000);
    look(&report, &scene, "2025-07-01", "2025-10-01", 0);
    assert_int_equal(report.count, 1);
    assert_int_equal(report.missing, 97);
    assert_change(&report.changes[0], "0161", 24999, 60000, "Lille", "Stor");
    assert_money(report.changes[0].effect, 2000000);
    scene_close(&scene);
}

static void a_member_whose_class_is_set_by_hand_or_frozen_pays_no_more(void **state)
{
    (void)state;
    struct scene scene;
    struct report report;
    open_with(&scene, SCENE_TERMS PRICES);
    scene_population(&scene, 2026, "2026-01-01");
    scene_join(&scene, "0161,0169", "2026-01-01", NULL);
    scene_change(&scene, "0161", TL_MEMBERSHIP_CLASS_BY_HAND, "2026-01-01", "Stor");
    scene_change(&scene, "0169", TL_MEMBERSHIP_CLASS_FROZEN, "2026-01-01", "Mellem");
    look(&report, &scene, "2025-01-01", "2026-01-01", 0);
    assert_int_equal(report.count, 3);
    assert_money(report.changes[0].effect, 0);
    assert_money(report.changes[1].effect, 0);
    scene_close(&scene);
}

static void what_is_needed_and_not_there_is_named(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE, missing = TL_ERR_NONE, product = TL_ERR_NONE;
    struct tl_figure_change_request request = {"demo", scene_date("2020-01-01"), scene_date("2025-01-01"), {0, 0}};
    struct report report;
    struct scene scene;
    open_with(&scene, SCENE_TERMS PRICES);
    scene_party(&scene, "REG1", "region");
    scene_join(&scene, "REG1", "2026-01-01", NULL);
    assert_refused(tl_figure_change_list(&report.changes, &report.count, &report.missing, scene.store, &request,
                                         &scene.arena, &err),
                   TL_ERR_MISSING, &err, "no terms of 'demo' are in force on 2021-12-31", NULL);
    request.from = scene_date("2025-01-01");
    request.to = scene_date("2026-01-01");
    assert_refused(tl_figure_change_list(&report.changes, &report.count, &report.missing, scene.store, &request,
                                         &scene.arena, &missing),
                   TL_ERR_MISSING, &missing, "member 'REG1' has no figure of 'population' on 2025-01-01", NULL);
    request.product = "dem";
    assert_refused(tl_figure_change_list(&report.changes, &report.count, &report.missing, scene.store, &request,
                                         &scene.arena, &product),
                   TL_ERR_NOT_FOUND, &product, "there is no product 'dem'", "did you mean demo?");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(three_municipalities_change_class_and_no_one_else),
        cmocka_unit_test(the_effect_is_on_what_a_member_pays_each_year),
        cmocka_unit_test(percents_find_those_who_stay_in_their_class),
        cmocka_unit_test(exactly_the_percent_is_not_more),
        cmocka_unit_test(missing_figures_are_counted_and_not_guessed),
        cmocka_unit_test(members_are_those_that_the_new_figures_count_for),
        cmocka_unit_test(figures_of_any_date_are_compared),
        cmocka_unit_test(a_member_whose_class_is_set_by_hand_or_frozen_pays_no_more),
        cmocka_unit_test(what_is_needed_and_not_there_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
