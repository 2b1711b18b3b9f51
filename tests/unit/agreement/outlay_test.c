/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Outlays: whatever is registered, approved, rejected and repaid in any order, what the account owes a member is what
 * its approved outlays come to, less what went back, and never below zero.
 */
#include <stdio.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/outlay.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { MEMBERS = 3, OUTLAYS = 12, ROUNDS = 6, STEPS = 120 };

static const char *const codes[MEMBERS] = {"0101", "0461", "0751"};

/* What a simple book has of one outlay. */
struct plain {
    int64_t id, amount, back, draft, draft_id;
    const char *party;
    bool is_approved, is_rejected;
};

static int64_t owed(struct scene *scene, const char *party)
{
    static const char sql[] = "SELECT coalesce(-sum(amount_minor), 0) FROM posting WHERE account_code = '32000' AND "
                              "party_code = ?1 AND product_code = 'demo'";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t sum = -1;
    assert_ok(tl_stmt_get(&stmt, scene->store, sql, &err), &err);
    tl_stmt_bind_text(stmt, 1, party);
    assert_ok(tl_stmt_answer(stmt, &sum, &err), &err);
    return sum;
}

static void add(struct scene *scene, struct plain *plain, int number, struct check_random *random)
{
    struct tl_err err = TL_ERR_NONE;
    char evidence[40];
    *plain = (struct plain){.party = codes[number % MEMBERS], .amount = check_random_between(random, 1, 900000)};
    snprintf(evidence, sizeof evidence, "kvittering %d", number);
    struct tl_outlay outlay = {.product = "demo",
                               .party = plain->party,
                               .account = "00010",
                               .project = "",
                               .paid_on = scene_date("2026-03-01"),
                               .text = "Brugerdag",
                               .evidence = evidence,
                               .amount = {plain->amount}};
    scene_begin(scene);
    assert_ok(tl_outlay_register(&plain->id, scene->store, &outlay, &err), &err);
    scene_commit(scene);
}

/* The end of a voucher, by somebody else. */
static void end(struct scene *scene, int64_t id, bool approve)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date today = scene_date("2026-04-01");
    int64_t entry;
    scene->act.actor = "regnskab";
    scene_begin(scene);
    if (approve)
        assert_ok(tl_outlay_approve(&entry, scene->store, id, "regnskab", (struct tl_date){0}, today, &err), &err);
    else
        assert_ok(tl_outlay_reject(scene->store, id, "nej", &err), &err);
    scene_commit(scene);
    scene->act.actor = "sekretariat";
}

/* A repayment of an amount: drafted where it is within what is left, and refused where it is not. */
static void repay(struct scene *scene, struct plain *plain, int64_t minor)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_money amount = {minor};
    int64_t id = 0, left = plain->amount - plain->back - plain->draft;
    bool possible = plain->is_approved && left > 0 && minor <= left;
    scene_begin(scene);
    tl_status status = tl_outlay_repay(&id, &amount, scene->store, plain->id, &err);
    assert_int_equal(status, possible ? TL_OK : TL_ERR_STATE);
    if (!possible) {
        tl_store_rollback(scene->store);
        return;
    }
    assert_money(amount, minor == 0 ? left : minor);
    scene_commit(scene);
    plain->draft = amount.minor;
    plain->draft_id = id;
}

static void step(struct scene *scene, struct plain *plain, struct check_random *random)
{
    int64_t what = check_random_between(random, 0, 3);
    if (!plain->is_approved && !plain->is_rejected && what == 0) {
        bool approve = check_random_between(random, 0, 4) > 0;
        end(scene, plain->id, approve);
        plain->is_approved = approve;
        plain->is_rejected = !approve;
    } else if (plain->draft_id != 0 && what == 1) {
        bool approve = check_random_between(random, 0, 2) > 0;
        end(scene, plain->draft_id, approve);
        plain->back += approve ? plain->draft : 0;
        plain->draft = plain->draft_id = 0;
    } else if (plain->draft_id == 0)
        repay(scene, plain, what == 2 ? 0 : check_random_between(random, 1, 900000));
}

static void what_a_member_is_owed_is_its_outlays_less_what_went_back(void **state)
{
    (void)state;
    struct check_random random = {20260301};
    for (int round = 0; round < ROUNDS; round++) {
        struct scene scene;
        struct plain plain[OUTLAYS];
        scene_open(&scene);
        scene_municipalities(&scene);
        scene_product(&scene, "demo");
        for (int i = 0; i < OUTLAYS; i++)
            add(&scene, &plain[i], i, &random);
        for (int i = 0; i < STEPS; i++)
            step(&scene, &plain[check_random_between(&random, 0, OUTLAYS - 1)], &random);
        for (int m = 0; m < MEMBERS; m++) {
            int64_t sum = 0;
            for (int i = m; i < OUTLAYS; i += MEMBERS)
                sum += plain[i].is_approved ? plain[i].amount - plain[i].back : 0;
            assert_same_int(owed(&scene, codes[m]), sum);
        }
        scene_verify(&scene);
        scene_close(&scene);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_member_is_owed_is_its_outlays_less_what_went_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
