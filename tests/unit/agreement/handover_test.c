/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/handover.h"

#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/membership_state.h"

#define LINES                                                                                                          \
    "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n    price: 500\n    waived for: founder\n"        \
    "  - id: monthly\n    account: \"00002\"\n    price: 1200\n    pro rata: months\n"                                 \
    "  - id: quarterly\n    account: \"00002\"\n    price: 400\n    pro rata: quarters\n"                              \
    "  - id: daily\n    account: \"00002\"\n    price: 365\n    pro rata: days\n"                                      \
    "  - id: yearly\n    account: \"00002\"\n    price: 100\n    passive: 1/4\n"                                       \
    "  - id: pot\n    account: \"00003\"\n    budget: 12000\n    key: equal\n    pro rata: months\n"                   \
    "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    price: 10\n"

/* Two members of three parties, since 2025. */
static void open(struct scene *scene)
{
    scene_open(scene);
    scene_party(scene, "0001", "municipality");
    scene_party(scene, "0002", "municipality");
    scene_party(scene, "0003", "municipality");
    scene_party(scene, "0004", "municipality");
    scene_product(scene, "demo");
    scene_terms(scene, SCENE_TERMS LINES);
    scene_join(scene, "0001", "2025-01-01", "hosting");
    scene_join(scene, "0002", "2025-01-01", NULL);
}

static tl_status try_hand_over(struct scene *scene, const char *from, const char *const *to, size_t count,
                               const char *on, const char *evidence, struct tl_err *err)
{
    struct tl_handover handover = {"demo", from, to, count, scene_date(on), evidence};
    *err = (struct tl_err)TL_ERR_NONE;
    scene_begin(scene);
    tl_status status = tl_handover_record(scene->store, &handover, err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

static void hand_over(struct scene *scene, const char *from, const char *to, const char *on)
{
    struct tl_err err;
    assert_ok(try_hand_over(scene, from, &to, 1, on, "lov nr. 1", &err), &err);
}

static void refused(struct scene *scene, const char *from, const char *to, const char *on, tl_status status,
                    const char *message, const char *hint)
{
    struct tl_err err;
    assert_refused(try_hand_over(scene, from, &to, 1, on, "lov nr. 1", &err), status, &err, message, hint);
}

static struct tl_membership_life life_of(struct scene *scene, const char *party, const char *on)
{
    struct tl_membership_history *histories = NULL;
    struct tl_membership_life life;
    struct tl_err err = TL_ERR_NONE;
    size_t count;
    assert_ok(tl_membership_history_list(&histories, &count, scene->store, "demo", party, &scene->arena, &err), &err);
    assert_int_equal(count, 1);
    assert_ok(tl_membership_state_follow(&life, &histories[0], scene_date(on), &err), &err);
    return life;
}

static void a_membership_ends_and_goes_on_in_other_hands(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_PASSIVE, "2025-07-01", "");
    hand_over(&scene, "0001", "0003", "2026-01-01");
    struct tl_membership_life old = life_of(&scene, "0001", "2026-01-01");
    struct tl_membership_life next = life_of(&scene, "0003", "2026-01-01");
    assert_int_equal(old.state, TL_MEMBERSHIP_STATE_ENDED);
    assert_same_int(old.last.number, 20251231);
    assert_int_equal(next.state, TL_MEMBERSHIP_STATE_PASSIVE);
    assert_same_int(next.first.number, 20260101);
    assert_same_int(next.signed_on.number, 20250101);
    assert_true(next.was_taken_over);
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "joining", "0003"), -1);
    assert_same_int(scene_amount(&year, "hosting", "0003"), 1000);
    assert_same_int(scene_amount(&year, "yearly", "0003"), 2500);
    assert_same_int(scene_amount(&year, "yearly", "0001"), -1);
    tl_product_year_release(&year);
    scene_verify(&scene);
    scene_close(&scene);
}

/* Within a month: the month is the old member's, and so is the quarter, and what follows no time. */
static void a_unit_of_time_that_has_begun_is_charged_once_to_the_old_member(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    open(&scene);
    hand_over(&scene, "0001", "0003", "2026-05-15");
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "monthly", "0001"), 50000);
    assert_same_int(scene_amount(&year, "monthly", "0003"), 70000);
    assert_same_int(scene_amount(&year, "quarterly", "0001"), 20000);
    assert_same_int(scene_amount(&year, "quarterly", "0003"), 20000);
    assert_same_int(scene_amount(&year, "daily", "0001"), 13400);
    assert_same_int(scene_amount(&year, "daily", "0003"), 23100);
    assert_same_int(scene_amount(&year, "yearly", "0001"), 10000);
    assert_same_int(scene_amount(&year, "yearly", "0003"), -1);
    assert_same_int(scene_amount(&year, "hosting", "0001"), 1000);
    assert_same_int(scene_amount(&year, "hosting", "0003"), -1);
    /* a budget, shared by two all the time */
    assert_same_int(scene_amount(&year, "pot", "0001"), 250000);
    assert_same_int(scene_amount(&year, "pot", "0003"), 350000);
    assert_same_int(scene_amount(&year, "pot", "0002"), 600000);
    tl_product_year_release(&year);
    (void)scene_bill(&scene, 2026);
    scene_verify(&scene);
    scene_close(&scene);
}

static void one_that_is_divided_goes_on_in_several_hands_and_a_member_goes_on_as_one(void **state)
{
    (void)state;
    static const char *const heirs[] = {"0002", "0003"};
    struct scene scene;
    struct tl_err err;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    open(&scene);
    assert_ok(try_hand_over(&scene, "0001", heirs, 2, "2026-05-15", "lov nr. 2", &err), &err);
    assert_false(life_of(&scene, "0002", "2026-06-01").was_taken_over);
    assert_true(life_of(&scene, "0003", "2026-06-01").was_taken_over);
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "monthly", "0001"), 50000);
    assert_same_int(scene_amount(&year, "monthly", "0002"), 120000);
    assert_same_int(scene_amount(&year, "monthly", "0003"), 70000);
    tl_product_year_release(&year);
    scene_verify(&scene);
    scene_close(&scene);
}

static void what_cannot_be_handed_over_is_refused(void **state)
{
    (void)state;
    static const char *const heir[] = {"0003"};
    struct scene scene;
    struct tl_err err;
    open(&scene);
    refused(&scene, "0001", "0001", "2026-05-15", TL_ERR_INPUT, "'0001' cannot be handed over to itself", "");
    assert_refused(try_hand_over(&scene, "0001", heir, 1, "2026-05-15", "", &err), TL_ERR_MISSING, &err,
                   "a handover needs evidence", "add --evidence \"where it is decided\"");
    refused(&scene, "0003", "0004", "2026-05-15", TL_ERR_NOT_FOUND, "'0003' is not a member of 'demo' on 2026-05-15",
            "allowed then: draft, join; tilslut list members demo shows who is a member");
    refused(&scene, "0001", "0009", "2026-05-15", TL_ERR_NOT_FOUND, "no party has the code '0009'",
            "did you mean 0001 (0001)?");
    scene_join(&scene, "0003", "2027-01-01", NULL);
    refused(&scene, "0001", "0003", "2026-05-15", TL_ERR_CONFLICT,
            "0003 (0003) has joined 'demo' already, from 2027-01-01",
            "allowed instead: change, change --passive, leave, handover; tilslut life demo 0003 shows what has "
            "happened");
    hand_over(&scene, "0001", "0004", "2026-05-15");
    refused(&scene, "0001", "0002", "2026-03-01", TL_ERR_STATE,
            "the agreement of '0001' for 'demo' was handed over on 2026-05-15 already, which is later than 2026-03-01",
            "the membership goes on in other hands: tilslut life demo 0001");
    refused(&scene, "0001", "0002", "2026-06-01", TL_ERR_STATE,
            "the agreement of '0001' for 'demo' cannot be handed over on 2026-06-01: it is ended, with the last day "
            "2026-05-14",
            "nothing more can happen to it; a new agreement begins with: draft, join");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_membership_ends_and_goes_on_in_other_hands),
        cmocka_unit_test(a_unit_of_time_that_has_begun_is_charged_once_to_the_old_member),
        cmocka_unit_test(one_that_is_divided_goes_on_in_several_hands_and_a_member_goes_on_as_one),
        cmocka_unit_test(what_cannot_be_handed_over_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
