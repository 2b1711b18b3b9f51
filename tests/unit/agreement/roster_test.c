/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "scene.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"

#define FEE                                                                                                            \
    "  - id: fee\n    account: \"00002\"\n    price: {Lille: 1000, Mellem: 2000, Stor: 3000, Meget stor: 4000}\n"
#define HOSTING "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    budget: 1000\n    key: population\n"

static void open(struct scene *scene)
{
    static const char *const dates[] = {"2024-01-01", "2025-01-01", "2026-01-01", "2027-01-01"};
    scene_open(scene);
    scene_product(scene, "demo");
    scene_terms(scene, SCENE_TERMS FEE HOSTING);
    scene_party(scene, "0001", "municipality");
    scene_party(scene, "0002", "municipality");
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        scene_figure(scene, "0001", "population", dates[i], 30000);
        scene_figure(scene, "0002", "population", dates[i], 70000);
    }
}

static void read(struct tl_roster *out, struct scene *scene, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_roster_read(out, scene->store, "demo", scene_date(on), &err), &err);
}

/* The days of the membership of 0001 that counts on a date. */
static void assert_days(struct scene *scene, const char *on, const char *first, const char *last)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    char text[TL_DATE_TEXT_SIZE];
    read(&roster, scene, on);
    const struct tl_member *member = tl_roster_find(&roster, "0001");
    assert_non_null(member);
    assert_string_equal(tl_date_iso(member->first, text), first);
    assert_string_equal(tl_date_iso(member->last, text), last);
    tl_roster_release(&roster);
}

static void who_left_and_joined_again_has_the_right_membership_for_each_year(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_join(&scene, "0001", "2024-01-01", "hosting");
    assert_int_equal(scene_leave(&scene, "0001", "2024-06-30").number, 20241231);
    scene_join(&scene, "0001", "2026-04-01", NULL);
    assert_int_equal(scene_leave(&scene, "0001", "2026-06-30").number, 20261231);
    scene_join(&scene, "0001", "2027-01-01", "hosting");
    assert_days(&scene, "2024-01-01", "2024-01-01", "2024-12-31");
    assert_days(&scene, "2025-01-01", "2024-01-01", "2024-12-31");
    assert_days(&scene, "2026-01-01", "2026-04-01", "2026-12-31");
    assert_days(&scene, "2027-01-01", "2027-01-01", "");
    assert_days(&scene, "2030-01-01", "2027-01-01", "");
    struct tl_roster all = TL_ROSTER_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    static const int32_t firsts[] = {20240101, 20260401, 20270101};
    assert_ok(tl_roster_read_all(&all, scene.store, "demo", scene_date("2026-01-01"), &err), &err);
    assert_int_equal(all.count, 3);
    for (size_t i = 0; i < 3; i++) {
        assert_string_equal(all.members[i].code, "0001");
        assert_int_equal(all.members[i].first.number, firsts[i]);
        assert_int_equal(all.members[i].option_count, i == 1 ? 0 : 1);
    }
    tl_roster_release(&all);
    scene_close(&scene);
}

#define BY_DAY "  - id: day\n    account: \"00003\"\n    price: 365\n    pro rata: days\n"
#define HOSTING_BY_DAY                                                                                                 \
    "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    price: 365\n    pro rata: days\n"
#define JOINING "  - id: joining\n    account: \"00001\"\n    kind: joining fee\n    price: 1000\n"

/* Till the end of June, and again from October. */
static void who_left_and_joined_again_within_a_year_counts_with_both_memberships(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    scene_open(&scene);
    scene_product(&scene, "demo");
    scene_terms(&scene, SCENE_TERMS BY_DAY HOSTING_BY_DAY JOINING);
    scene_party(&scene, "0001", "municipality");
    scene_join(&scene, "0001", "2024-01-01", "hosting");
    scene_leave(&scene, "0001", "2025-12-31"); /* till 2026-06-30 */
    scene_join(&scene, "0001", "2026-10-01", NULL);
    scene_allocate(&year, &scene, 2026);
    assert_int_equal(year.roster.count, 1);
    assert_same_int(scene_amount(&year, "day", "0001"), (181 + 92) * 100);
    assert_same_int(scene_amount(&year, "hosting", "0001"), 181 * 100);
    assert_same_int(scene_amount(&year, "joining", "0001"), 100000);
    assert_non_null(tl_roster_find_in(&year.roster, "0001", 2026));
    tl_product_year_release(&year);
    scene_allocate(&year, &scene, 2025);
    assert_same_int(scene_amount(&year, "day", "0001"), 36500);
    tl_product_year_release(&year);
    scene_allocate(&year, &scene, 2027);
    assert_same_int(scene_amount(&year, "day", "0001"), 36500);
    assert_same_int(scene_amount(&year, "hosting", "0001"), -1);
    tl_product_year_release(&year);
    scene_close(&scene);
}

static void options_are_those_of_the_membership(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    open(&scene);
    scene_join(&scene, "0002", "2024-01-01", "hosting");
    scene_join(&scene, "0001", "2024-01-01", "hosting");
    scene_leave(&scene, "0001", "2025-06-30");
    scene_join(&scene, "0001", "2026-01-01", NULL);
    scene_allocate(&year, &scene, 2025);
    assert_same_int(scene_amount(&year, "hosting", "0001"), 30000);
    tl_product_year_release(&year);
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "hosting", "0001"), -1);
    assert_same_int(scene_amount(&year, "hosting", "0002"), 100000);
    tl_product_year_release(&year);
    scene_close(&scene);
}

static void only_who_is_a_member_in_the_year_is_found_in_it(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_roster roster = TL_ROSTER_EMPTY;
    open(&scene);
    scene_join(&scene, "0001", "2025-12-31", NULL);
    scene_leave(&scene, "0001", "2026-07-01"); /* till 2027-06-30 */
    read(&roster, &scene, "2026-01-01");
    assert_null(tl_roster_find_in(&roster, "0001", 2024));
    assert_non_null(tl_roster_find_in(&roster, "0001", 2025));
    assert_non_null(tl_roster_find_in(&roster, "0001", 2026));
    assert_non_null(tl_roster_find_in(&roster, "0001", 2027));
    assert_null(tl_roster_find_in(&roster, "0001", 2028));
    assert_null(tl_roster_find_in(&roster, "0002", 2026));
    assert_null(tl_roster_find(&roster, "0002"));
    tl_roster_release(&roster);
    scene_close(&scene);
}

static void members_come_by_code(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_roster roster = TL_ROSTER_EMPTY;
    open(&scene);
    scene_join(&scene, "0002", "2024-01-01", NULL);
    scene_join(&scene, "0001", "2026-01-01", NULL);
    read(&roster, &scene, "2026-01-01");
    assert_int_equal(roster.count, 2);
    assert_string_equal(roster.members[0].code, "0001");
    assert_string_equal(roster.members[1].code, "0002");
    tl_roster_release(&roster);
    scene_close(&scene);
}

/* What was known on a day: the acts up to it. */
static void what_was_recorded_later_was_not_known_before(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    int64_t before = 0;
    open(&scene);
    scene_join(&scene, "0001,0002", "2026-01-01", "hosting");
    scene_on(&scene, "2025-12-01");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_DROPPED, "2026-01-01", "hosting");
    scene_change(&scene, "0002", TL_MEMBERSHIP_CLASS_BY_HAND, "2026-01-01", "Lille");
    assert_ok(tl_store_act_at(&before, scene.store,
                              (struct tl_moment){(int64_t)tl_date_to_days(scene_date("2025-11-30")) * 86400}, &err),
              &err);
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "hosting", "0001"), -1);
    assert_same_int(scene_amount(&year, "fee", "0002"), 100000);
    tl_product_year_release(&year);
    tl_store_set_known(scene.store, before);
    scene_allocate(&year, &scene, 2026);
    assert_same_int(scene_amount(&year, "hosting", "0001"), 30000);
    assert_same_int(scene_amount(&year, "fee", "0002"), 300000);
    tl_product_year_release(&year);
    scene_close(&scene);
}

/* A run rests on what was known when it was drafted; whatever is recorded later, it is computed again alike, while a
 * draft that waits for approval is refused. */
static void runs_drafted_earlier_stay_as_they_were(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    size_t entries;
    open(&scene);
    scene_join(&scene, "0001,0002", "2024-01-01", "hosting");
    scene_bill(&scene, 2025);
    int64_t draft = scene_draft(&scene, 2026);
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_DROPPED, "2025-01-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_CLASS_BY_HAND, "2025-01-01", "Meget stor");
    scene_change(&scene, "0002", TL_MEMBERSHIP_CLASS_FROZEN, "2024-01-01", "Lille");
    scene_change(&scene, "0002", TL_MEMBERSHIP_PASSIVE, "2024-01-01", "");
    scene_leave(&scene, "0001", "2025-01-01");
    scene_verify(&scene);
    struct tl_act act = scene.act;
    act.actor = "regnskab";
    assert_ok(tl_store_begin(scene.store, &act, &err), &err);
    assert_refused(
        tl_run_approve(&entries, scene.store, draft, "regnskab", scene_date("2026-01-05"), (struct tl_date){0}, &err),
        TL_ERR_STATE, &err, "the facts behind run 2 have changed since it was drafted",
        "drop it with: tilslut discard 2, and draft it again with: tilslut bill demo 2026");
    tl_store_rollback(scene.store);
    scene_verify(&scene);
    scene_close(&scene);
}

static void an_agreement_on_its_way_counts_only_where_it_is_asked_for(void **state)
{
    (void)state;
    static struct scene scene;
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_joining joining = {.product = "demo", .party = "0002", .from = scene_date("2026-07-01")};
    int64_t id;
    open(&scene);
    scene_join(&scene, "0001", "2026-01-01", NULL);
    scene_begin(&scene);
    assert_ok(tl_membership_draft(&id, scene.store, &joining, scene_date("2026-02-03"), &err), &err);
    scene_commit(&scene);
    read(&roster, &scene, "2026-01-01");
    assert_int_equal(roster.count, 1);
    tl_roster_release(&roster);
    assert_ok(tl_roster_read_drafted(&roster, scene.store, "demo", scene_date("2026-01-01"), "0001", &err), &err);
    assert_int_equal(roster.count, 1);
    tl_roster_release(&roster);
    assert_ok(tl_roster_read_drafted(&roster, scene.store, "demo", scene_date("2026-01-01"), "0002", &err), &err);
    assert_int_equal(roster.count, 2);
    assert_int_equal(roster.members[1].first.number, scene_date("2026-07-01").number);
    assert_int_equal(roster.members[1].signed_on.number, scene_date("2026-02-03").number);
    tl_roster_release(&roster);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_left_and_joined_again_has_the_right_membership_for_each_year),
        cmocka_unit_test(who_left_and_joined_again_within_a_year_counts_with_both_memberships),
        cmocka_unit_test(options_are_those_of_the_membership),
        cmocka_unit_test(only_who_is_a_member_in_the_year_is_found_in_it),
        cmocka_unit_test(members_come_by_code),
        cmocka_unit_test(what_was_recorded_later_was_not_known_before),
        cmocka_unit_test(runs_drafted_earlier_stay_as_they_were),
        cmocka_unit_test(an_agreement_on_its_way_counts_only_where_it_is_asked_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
