/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The association's own share: whatever comes and goes in a year, and however often it is booked, what is booked in the
 * end is the rate of the income, to the øre, on both sides.
 */
#include <stdio.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/common_share.h"
#include "tilslut/agreement/product.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { ROUNDS = 8, STEPS = 12 };

static void post(struct scene *scene, int number, int64_t minor)
{
    struct tl_err err = TL_ERR_NONE;
    char key[40];
    snprintf(key, sizeof key, "income %d", number);
    struct tl_posting postings[] = {{"00002", "0751", "demo", "", {-minor}}, {"10000", "0751", NULL, "", {minor}}};
    struct tl_entry entry = {.kind = "correction",
                             .holds_on = scene_date("2026-06-30"),
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

static void add_secretariat(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product product = {"sekretariat", "Sekretariat", "XG-9212045001", 1};
    scene_begin(scene);
    assert_ok(tl_product_record(scene->store, &product, &err), &err);
    scene_commit(scene);
}

static void decide(struct scene *scene, struct tl_ratio percent)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    struct tl_common_share_rate rate = {.product = "demo",
                                        .to = "sekretariat",
                                        .from = scene_date("2026-01-01"),
                                        .percent = percent,
                                        .cost_account = "00007",
                                        .income_account = "00003",
                                        .decision = "bestyrelse 2025-11-20 pkt. 7"};
    scene_begin(scene);
    assert_ok(tl_common_share_decide(&recorded, scene->store, &rate, &err), &err);
    scene_commit(scene);
}

/* Books what there is to book, if anything, by two people. */
static void book(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_common_share share;
    struct tl_date today = scene_date("2026-12-01");
    int64_t entry;
    scene_begin(scene);
    if (tl_common_share_draft(&share, scene->store, "demo", 2026, today, &scene->arena, &err) != TL_OK) {
        assert_int_equal(err.status, TL_ERR_STATE);
        tl_store_rollback(scene->store);
        return;
    }
    scene_commit(scene);
    scene->act.actor = "regnskab";
    scene_begin(scene);
    assert_ok(tl_common_share_approve(&entry, scene->store, share.id, "regnskab", (struct tl_date){0}, today, &err),
              &err);
    scene_commit(scene);
    scene->act.actor = "sekretariat";
}

static int64_t balance(struct scene *scene, const char *account, const char *product)
{
    static const char sql[] = "SELECT coalesce(sum(amount_minor), 0) FROM posting WHERE account_code = ?1 "
                              "AND product_code = ?2";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t sum = -1;
    assert_ok(tl_stmt_get(&stmt, scene->store, sql, &err), &err);
    tl_stmt_bind_text(stmt, 1, account);
    tl_stmt_bind_text(stmt, 2, product);
    assert_ok(tl_stmt_answer(stmt, &sum, &err), &err);
    return sum;
}

static void what_is_booked_is_the_rate_of_the_income_however_often_it_is_booked(void **state)
{
    (void)state;
    struct check_random random = {20261201};
    for (int round = 0; round < ROUNDS; round++) {
        struct scene scene;
        int64_t income = 0, per_mille = check_random_between(&random, 1, 250);
        scene_open(&scene);
        scene_municipalities(&scene);
        scene_product(&scene, "demo");
        add_secretariat(&scene);
        scene_on(&scene, "2026-12-01");
        decide(&scene, tl_ratio_of(per_mille, 1000));
        for (int i = 0; i < STEPS; i++) {
            int64_t minor = check_random_between(&random, -900000, 3000000);
            if (minor == 0)
                continue;
            post(&scene, i, minor);
            income += minor;
            if (check_random_between(&random, 0, 1) == 1)
                book(&scene);
        }
        book(&scene);
        /* halves up, and nothing of a year that lost income */
        int64_t owed = income <= 0 ? 0 : (income * per_mille * 2 + 1000) / 2000;
        assert_same_int(balance(&scene, "00007", "demo"), owed);
        assert_same_int(balance(&scene, "00003", "sekretariat"), -owed);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

static void a_share_of_members_counts_each_that_was_one_in_the_year(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_money amount;
    struct tl_common_share_rate rate = {.percent = {0, 1}, .per_member = {33333}};
    assert_ok(tl_common_share_amount(&amount, &rate, (struct tl_money){0}, 98, &err), &err);
    assert_money(amount, 98 * 33333);
    assert_int_equal(tl_common_share_amount(&amount, &(struct tl_common_share_rate){.per_member = {999999999999999}},
                                            (struct tl_money){0}, 2, &err),
                     TL_ERR_RANGE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_booked_is_the_rate_of_the_income_however_often_it_is_booked),
        cmocka_unit_test(a_share_of_members_counts_each_that_was_one_in_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
