/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include "scene.h"
#include "tilslut/agreement/governance.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/base/text.h"

static void begin(struct scene *scene)
{
    scene_open(scene);
    scene_product(scene, "demo");
}

static tl_status try_state(struct scene *scene, const char *requirement, tl_governance_answer answer,
                           const char *ground, const char *from, struct tl_err *err)
{
    const struct tl_governance_statement statement = {"demo", requirement, answer, ground, "formand", scene_date(from)};
    scene_begin(scene);
    tl_status status = tl_governance_state(scene->store, &statement, err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

static void say(struct scene *scene, const char *requirement, tl_governance_answer answer, const char *ground,
                const char *from)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(try_state(scene, requirement, answer, ground, from, &err), &err);
}

static const struct tl_governance_row *row_on(struct scene *scene, const char *requirement, const char *date)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_governance_row *rows = NULL;
    size_t count = 0;
    assert_ok(tl_governance_read(&rows, &count, scene->store, "demo", 0, scene_date(date), &scene->arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(rows[i].requirement->code, requirement))
            return &rows[i];
    fail_msg("no row %s", requirement);
    return NULL;
}

static void a_statement_holds_from_its_date_until_the_next(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    say(&scene, "security", TL_ANSWER_EXPLAINED, "senere", "2025-03-01");
    say(&scene, "security", TL_ANSWER_FULFILLED, "rapport", "2025-06-01");
    say(&scene, "security", TL_ANSWER_LAPSED, "forældet", "2025-09-01");
    assert_int_equal(row_on(&scene, "security", "2025-02-28")->standing, TL_STANDING_MISSING);
    assert_int_equal(row_on(&scene, "security", "2025-03-01")->standing, TL_STANDING_EXPLAINED);
    assert_string_equal(row_on(&scene, "security", "2025-05-31")->by, "formand");
    assert_int_equal(row_on(&scene, "security", "2025-06-01")->standing, TL_STANDING_FULFILLED);
    assert_string_equal(row_on(&scene, "security", "2025-06-01")->ground, "rapport");
    assert_string_equal(row_on(&scene, "security", "2025-06-01")->by, "");
    assert_int_equal(row_on(&scene, "security", "2025-09-01")->standing, TL_STANDING_MISSING);
    scene_close(&scene);
}

static void the_same_statement_again_records_nothing(void **state)
{
    (void)state;
    struct scene scene;
    begin(&scene);
    say(&scene, "security", TL_ANSWER_FULFILLED, "rapport", "2025-06-01");
    scene_begin(&scene);
    int64_t act = tl_store_act(scene.store);
    tl_store_rollback(scene.store);
    say(&scene, "security", TL_ANSWER_FULFILLED, "rapport", "2025-06-01");
    scene_begin(&scene);
    assert_same_int(tl_store_act(scene.store), act);
    tl_store_rollback(scene.store);
    scene_close(&scene);
}

static void what_was_said_later_was_not_known_before(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    int64_t before = 0;
    begin(&scene);
    assert_ok(tl_store_act_at(&before, scene.store, scene.act.now, &err), &err);
    say(&scene, "security", TL_ANSWER_FULFILLED, "rapport", "2025-01-01");
    tl_store_set_known(scene.store, before);
    assert_int_equal(row_on(&scene, "security", "2025-06-01")->standing, TL_STANDING_MISSING);
    scene_close(&scene);
}

static void what_the_ledger_shows_is_not_said_by_hand_but_can_be_explained(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    begin(&scene);
    assert_refused(try_state(&scene, "steering-group", TL_ANSWER_FULFILLED, "referat", "2025-06-01", &err),
                   TL_ERR_STATE, &err, "'steering-group' is shown by what is recorded, not said by hand",
                   "record it with: tilslut product body PRODUCT styregruppe MEMBER,... --role ROLE --from DATE");
    say(&scene, "steering-group", TL_ANSWER_EXPLAINED, "nedsættes i efteråret", "2025-06-01");
    assert_int_equal(row_on(&scene, "steering-group", "2025-06-01")->standing, TL_STANDING_EXPLAINED);
    scene_close(&scene);
}

static void what_only_a_higher_level_asks_for_comes_later(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_governance_row *rows = NULL;
    size_t count = 0;
    int level = 0;
    begin(&scene);
    assert_int_equal(row_on(&scene, "national-strategies", "2025-06-01")->standing, TL_STANDING_LATER);
    scene_begin(&scene);
    assert_ok(
        tl_product_level_decide(scene.store, "demo", 3, scene_date("2025-07-01"), "bestyrelse 2025-06-10 pkt. 1", &err),
        &err);
    scene_commit(&scene);
    assert_int_equal(row_on(&scene, "national-strategies", "2025-06-30")->standing, TL_STANDING_LATER);
    assert_int_equal(row_on(&scene, "national-strategies", "2025-07-01")->standing, TL_STANDING_MISSING);
    assert_ok(tl_product_level_on(&level, scene.store, "demo", scene_date("2025-07-01"), &err), &err);
    assert_int_equal(level, 3);
    /* a document is given what the level asks for, and no more */
    assert_ok(tl_governance_rows(&rows, &count, scene.store, "demo", scene_date("2025-06-30"), &scene.arena, &err),
              &err);
    for (size_t i = 0; i < count; i++)
        assert_true(rows[i].standing != TL_STANDING_LATER);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statement_holds_from_its_date_until_the_next),
        cmocka_unit_test(the_same_statement_again_records_nothing),
        cmocka_unit_test(what_was_said_later_was_not_known_before),
        cmocka_unit_test(what_the_ledger_shows_is_not_said_by_hand_but_can_be_explained),
        cmocka_unit_test(what_only_a_higher_level_asks_for_comes_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
