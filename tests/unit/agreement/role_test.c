/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Roles: who may, on which day, by what was known; and that no act gets past them.
 */
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/duty.h"
#include "tilslut/agreement/role_book.h"
#include "tilslut/agreement/run.h"
#include "tilslut/store/stmt.h"

static tl_status grant(struct scene *scene, const char *person, tl_role role, const char *product, const char *from,
                       struct tl_err *err)
{
    struct tl_role_request request = {person, role, product, scene_date(from), "styregruppe 2025-09-01 pkt. 1", ""};
    scene_begin(scene);
    tl_status status = tl_role_grant(scene->store, &request, scene->act.actor, tl_moment_date(scene->act.now), err);
    if (status == TL_OK)
        status = tl_store_commit(scene->store, err);
    tl_store_rollback(scene->store);
    return status;
}

static void must_grant(struct scene *scene, const char *person, tl_role role, const char *product, const char *from)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(grant(scene, person, role, product, from, &err), &err);
}

/* ---- who may, against a plain model ---- */

enum { PEOPLE = 5, GRANTS = 60, ENDS = 30, DAYS = 40, QUESTIONS = 400 };

static const char *const people[PEOPLE] = {"anna", "bo", "cecilie", "dorte", "erik"};
static const char *const spelled[PEOPLE] = {"ANNA", "B o", "Cecilie", "dorte", "Erik"};
static const char *const scopes[] = {"", "demo", "other"};

/* What was recorded, in the plainest form. */
struct plain {
    int person, scope, first, last; /* days; last DAYS * 2: none */
    tl_role role;
    int64_t from_act, end_act;
};

static struct tl_date day(int number)
{
    return tl_date_add_days(scene_date("2026-01-01"), number);
}

/* Ends a role of the plain model at random. */
static void end_one(struct scene *scene, struct plain *plain, struct check_random *random)
{
    struct tl_err err = TL_ERR_NONE;
    const char *scope = scopes[plain->scope];
    int last = (int)check_random_between(random, plain->first - 1, DAYS);
    scene_begin(scene);
    plain->end_act = tl_store_act(scene->store);
    plain->last = last;
    assert_ok(tl_role_end(scene->store, people[plain->person], plain->role, scope[0] == '\0' ? NULL : scope, day(last),
                          "mail", &err),
              &err);
    scene_commit(scene);
}

static bool plainly_may(const struct plain *plain, size_t count, int64_t act, int on, int person, const char *product,
                        unsigned roles)
{
    for (size_t i = 0; i < count; i++) {
        const char *scope = scopes[plain[i].scope];
        bool ended = plain[i].end_act < act && plain[i].last < on;
        if (plain[i].person == person && (roles >> plain[i].role & 1U) != 0 && plain[i].from_act < act &&
            plain[i].first <= on && !ended && (scope[0] == '\0' || strcmp(scope, product) == 0))
            return true;
    }
    return false;
}

static void who_may_is_what_was_recorded_before_and_holds_that_day(void **state)
{
    (void)state;
    struct check_random random = {20260115};
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct plain plain[GRANTS];
    struct tl_role_book book;
    size_t count = 0, yes = 0;
    scene_open(&scene);
    scene_product(&scene, "demo");
    for (int i = 0; i < GRANTS; i++) {
        struct tl_err refused = TL_ERR_NONE;
        char from[TL_DATE_TEXT_SIZE];
        struct plain one = {.person = (int)check_random_between(&random, 0, PEOPLE - 1),
                            .scope = (int)check_random_between(&random, 0, 1),
                            .first = (int)check_random_between(&random, 1, DAYS),
                            .last = 2 * DAYS,
                            .role = (tl_role)check_random_between(&random, 0, TL_ROLE_COUNT - 1),
                            .end_act = INT64_MAX};
        const char *scope = scopes[one.scope];
        scene_begin(&scene);
        one.from_act = tl_store_act(scene.store);
        tl_store_rollback(scene.store);
        if (grant(&scene, people[one.person], one.role, scope[0] == '\0' ? NULL : scope,
                  tl_date_iso(day(one.first), from), &refused) == TL_OK) {
            plain[count++] = one;
            if (i % 2 == 0)
                end_one(&scene, &plain[count - 1], &random);
        } else
            assert_int_equal(refused.status, TL_ERR_CONFLICT);
    }
    assert_ok(tl_role_book_read(&book, scene.store, &scene.arena, &err), &err);
    assert_int_equal(book.count, count);
    for (int i = 0; i < QUESTIONS; i++) {
        int64_t act = check_random_between(&random, 1, book.items[count - 1].act + 4);
        int on = (int)check_random_between(&random, 0, DAYS + 1), who = (int)check_random_between(&random, 0, 4);
        const char *product = scopes[check_random_between(&random, 0, 2)];
        unsigned roles = (unsigned)check_random_between(&random, 1, (1 << TL_ROLE_COUNT) - 1);
        struct tl_role_moment moment = {act, day(on)};
        bool may = tl_role_book_find(&book, moment, spelled[who], product, roles) != NULL;
        assert_int_equal(may, plainly_may(plain, count, act, on, who, product, roles));
        yes += may;
    }
    assert_true(yes > QUESTIONS / 10 && yes < QUESTIONS * 9 / 10);
    scene_close(&scene);
}

/* ---- the gate ---- */

static const char terms[] = SCENE_TERMS "  - {id: fee, name: {da: Gebyr, en: Fee}, account: \"00002\", price: 1000}\n";

/* A product with a member, a draft by `sekretariat`, and the gate shut. */
static int64_t open(struct scene *scene)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_population(scene, 2025, "2025-01-01");
    scene_product(scene, "demo");
    scene_terms(scene, terms);
    scene_join(scene, "0751", "2026-01-01", NULL);
    int64_t run = scene_draft(scene, 2026);
    scene_on(scene, "2026-01-15");
    tl_store_set_gate(scene->store, tl_duty_gate);
    return run;
}

static tl_status approve(struct scene *scene, int64_t run, const char *actor, size_t *entries, struct tl_err *err)
{
    scene->act.actor = actor;
    scene_begin(scene);
    tl_status status =
        tl_run_approve(entries, scene->store, run, actor, tl_moment_date(scene->act.now), (struct tl_date){0}, err);
    if (status == TL_OK)
        status = tl_store_commit(scene->store, err);
    tl_store_rollback(scene->store);
    scene->act.actor = "sekretariat";
    return status;
}

static void without_roles_two_different_people_are_enough(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    size_t entries = 0;
    int64_t run = open(&scene);
    assert_ok(approve(&scene, run, "anybody", &entries, &err), &err);
    assert_int_equal(entries, 1);
    scene_verify(&scene);
    scene_close(&scene);
}

static void a_refused_act_leaves_no_trace(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE, again = TL_ERR_NONE;
    struct tl_run found;
    size_t entries = 0;
    int64_t run = open(&scene), before = 0, after = 0;
    must_grant(&scene, "regnskab", TL_ROLE_APPROVER_INTERNAL, "demo", "2026-01-10");
    struct tl_moment now = scene.act.now;
    assert_ok(tl_store_act_at(&before, scene.store, now, &err), &err);
    assert_refused(approve(&scene, run, "sekretær", &entries, &err), TL_ERR_STATE, &err,
                   "'sekretær' may not approve for demo on 2026-01-15: approver is regnskab (internal)", TL_ROLE_HINT);
    /* another table, another way in: refused at the commit */
    assert_int_equal(grant(&scene, "sekretær", TL_ROLE_DRAFTER, NULL, "2026-01-10", &again), TL_ERR_STATE);
    assert_string_equal(again.message,
                        "'sekretariat' may not give roles for the whole ledger on 2026-01-15: approver is regnskab "
                        "(internal)");
    assert_ok(tl_store_act_at(&after, scene.store, now, &again), &(struct tl_err)TL_ERR_NONE);
    assert_same_int(after, before);
    assert_ok(tl_run_find(&found, scene.store, run, &scene.arena, &(struct tl_err)TL_ERR_NONE), &err);
    assert_string_equal(found.state, "draft");
    scene_verify(&scene);
    scene_close(&scene);
}

static void a_run_is_posted_by_the_second_of_two_approvals_in_any_order(void **state)
{
    (void)state;
    static const char *const orders[][2] = {{"regnskab", "revision"}, {"revision", "regnskab"}};
    for (size_t i = 0; i < 2; i++) {
        struct scene scene;
        struct tl_err err = TL_ERR_NONE;
        size_t entries = 9;
        int64_t run = open(&scene);
        must_grant(&scene, "regnskab", TL_ROLE_APPROVER_INTERNAL, NULL, "2026-01-01");
        scene.act.actor = "regnskab";
        must_grant(&scene, "revision", TL_ROLE_APPROVER_EXTERNAL, "demo", "2026-01-01");
        struct tl_role_rule rule = {.product = "demo",
                                    .approvers = "internal+external",
                                    .from = scene_date("2026-01-01"),
                                    .decision = "styregruppe 2025-12-01 pkt. 1"};
        scene_begin(&scene);
        assert_ok(tl_role_rule_record(scene.store, &rule, &err), &err);
        scene_commit(&scene);
        assert_ok(approve(&scene, run, orders[i][0], &entries, &err), &err);
        assert_int_equal(entries, 0);
        assert_ok(approve(&scene, run, orders[i][1], &entries, &err), &err);
        assert_int_equal(entries, 1);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(who_may_is_what_was_recorded_before_and_holds_that_day),
        cmocka_unit_test(without_roles_two_different_people_are_enough),
        cmocka_unit_test(a_refused_act_leaves_no_trace),
        cmocka_unit_test(a_run_is_posted_by_the_second_of_two_approvals_in_any_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
