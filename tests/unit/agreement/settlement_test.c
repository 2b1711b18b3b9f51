/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What was paid on account: whatever a line cost, and however often its costs change, what members are billed of it in
 * the end is the cost, to the øre, and no later run takes that back.
 */
#include <stdio.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/run.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { ROUNDS = 5, TIMES = 4 };

static void open(struct scene *scene)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_population(scene, 2025, "2025-01-01");
    scene_product(scene, "demo");
    scene_terms(scene, SCENE_TERMS "  - {id: fee, account: \"00002\", price: 1000}\n"
                                   "  - id: hosting\n"
                                   "    account: \"00003\"\n"
                                   "    budget: 1000000\n"
                                   "    key: 25% equal + 75% population\n"
                                   "    round to: 100\n");
    scene_join(scene, "0101,0147,0151,0461,0561,0751,0851", "2026-01-01", NULL);
    scene_bill(scene, 2026);
    scene_on(scene, "2027-01-05");
}

static void spend(struct scene *scene, int number, int64_t minor)
{
    struct tl_err err = TL_ERR_NONE;
    char key[40];
    snprintf(key, sizeof key, "spent %d", number);
    struct tl_posting postings[] = {{"00005", NULL, "demo", "", {minor}}, {"31000", NULL, "demo", "", {-minor}}};
    struct tl_entry entry = {.kind = "cost",
                             .holds_on = scene_date("2026-11-30"),
                             .reference = "",
                             .text = key,
                             .postings = postings,
                             .posting_count = 2};
    int64_t id;
    bool already;
    scene_begin(scene);
    assert_ok(tl_entry_post(&id, &already, scene->store, key, &entry, &err), &err);
    scene_commit(scene);
}

static tl_status draft(struct scene *scene, int64_t *run, struct tl_err *err)
{
    static const char *const accounts[] = {"00005"};
    struct tl_run_settlement settlement = {.product = "demo",
                                           .year = 2026,
                                           .line = "hosting",
                                           .accounts = accounts,
                                           .account_count = 1,
                                           .decision = "styregruppe 2027-01-04 pkt. 2"};
    scene_begin(scene);
    return tl_run_draft_settlement(run, scene->store, &settlement, scene_date("2027-01-05"), err);
}

static int64_t billed(struct scene *scene)
{
    static const char sql[] = "SELECT -coalesce(sum(amount_minor), 0) FROM posting WHERE account_code = '00003' "
                              "AND line_id = 'hosting'";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t sum = -1;
    assert_ok(tl_stmt_get(&stmt, scene->store, sql, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &sum, &err), &err);
    return sum;
}

static void what_members_are_billed_of_a_settled_line_is_what_it_cost(void **state)
{
    (void)state;
    struct check_random random = {20270105};
    for (int round = 0; round < ROUNDS; round++) {
        struct scene scene;
        struct tl_err err = TL_ERR_NONE;
        int64_t cost = 0, run = 0;
        open(&scene);
        assert_same_int(billed(&scene), 100000000);
        for (int i = 0; i < TIMES; i++) {
            int64_t minor = check_random_between(&random, i == 0 ? 1 : -cost, 150000000);
            if (minor == 0)
                continue;
            spend(&scene, i, minor);
            cost += minor;
            assert_ok(draft(&scene, &run, &err), &err);
            scene_commit(&scene);
            scene_approve(&scene, run);
            assert_same_int(billed(&scene), cost);
        }
        struct tl_err again = TL_ERR_NONE;
        assert_int_equal(draft(&scene, &run, &again), TL_ERR_STATE);
        tl_store_rollback(scene.store);
        scene_begin(&scene);
        struct tl_err none = TL_ERR_NONE;
        assert_int_equal(tl_run_draft(&run, scene.store, "demo", 2026, &none), TL_ERR_CONFLICT);
        tl_store_rollback(scene.store);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

static void costs_below_zero_are_not_settled(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    int64_t run;
    open(&scene);
    spend(&scene, 1, -100);
    assert_refused(draft(&scene, &run, &err), TL_ERR_STATE, &err,
                   "the costs of line 'hosting' in 2026 come to -1,00, which is below zero", NULL);
    tl_store_rollback(scene.store);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_members_are_billed_of_a_settled_line_is_what_it_cost),
        cmocka_unit_test(costs_below_zero_are_not_settled),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
