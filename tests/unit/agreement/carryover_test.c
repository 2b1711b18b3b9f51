/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Results of years that are carried: nothing is lost on the way, and nothing is carried twice or stale.
 */
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/carryover.h"
#include "tilslut/ledger/balance.h"
#include "tilslut/ledger/entry.h"

enum { MEMBERS = 7, ROUNDS = 12 };

static const char *const codes[MEMBERS] = {"0101", "0147", "0151", "0461", "0561", "0751", "0851"};

static void open(struct scene *scene)
{
    scene_open(scene);
    scene_municipalities(scene);
    scene_product(scene, "demo");
    scene_on(scene, "2027-01-05");
}

/* Income of a member (or a cost, of nobody), against what is owed. */
static void post(struct scene *scene, const char *key, const char *account, const char *party, int64_t minor)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_posting postings[] = {{account, party, "demo", "", {minor}}, {"10000", "0101", NULL, "", {-minor}}};
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

static struct tl_carryover draft(struct scene *scene, const char *destination)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_carryover carry = {.product = "demo",
                                 .year = 2026,
                                 .destination = destination,
                                 .key = "",
                                 .decision = "styregruppe 2027-01-04 pkt. 2"};
    scene_begin(scene);
    assert_ok(tl_carryover_draft(&carry, scene->store, scene_date("2027-01-05"), &scene->arena, &err), &err);
    scene_commit(scene);
    return carry;
}

/* What the account comes to. */
static int64_t balance(struct scene *scene, const char *account)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_balance *balances;
    size_t count;
    assert_ok(tl_balance_read(&balances, &count, scene->store, scene_date("2026-12-31"), &scene->arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (strcmp(balances[i].account, account) == 0)
            return balances[i].balance.minor;
    return 0;
}

static void every_ore_of_a_result_arrives_at_its_destination(void **state)
{
    (void)state;
    static const char *const destinations[] = {"members", "next", "reserve"};
    static const char *const accounts[] = {"10000", "41000", "40000"};
    struct check_random random = {20270105};
    for (int round = 0; round < ROUNDS; round++) {
        struct scene scene;
        struct tl_err err = TL_ERR_NONE;
        struct tl_money brought;
        int64_t income = 0, cost = check_random_between(&random, 1, 90000000), entry = 0, shared = 0;
        const char *destination = destinations[round % 3], *account = accounts[round % 3];
        open(&scene);
        for (int i = 0; i < MEMBERS; i++) {
            int64_t minor = check_random_between(&random, 1, 20000000);
            post(&scene, codes[i], "00002", codes[i], -minor);
            income += minor;
        }
        post(&scene, "cost", "00008", NULL, cost);
        int64_t before = balance(&scene, account);
        struct tl_carryover carry = draft(&scene, destination);
        assert_money(carry.amount, income - cost);
        for (size_t i = 0; i < carry.share_count; i++)
            shared += carry.shares[i].amount.minor;
        assert_same_int(shared, round % 3 == 0 ? income - cost : 0);
        scene.act.actor = "regnskab";
        scene_begin(&scene);
        assert_ok(tl_carryover_approve(&entry, scene.store, carry.id, "regnskab", &err), &err);
        scene_commit(&scene);
        assert_same_int(balance(&scene, "00002"), 0);
        assert_same_int(balance(&scene, "00008"), 0);
        assert_same_int(balance(&scene, account) - before, cost - income);
        assert_ok(tl_carryover_brought(&brought, scene.store, "demo", 2026, &err), &err);
        assert_money(brought, round % 3 == 1 ? income - cost : 0);
        scene_verify(&scene);
        scene_close(&scene);
    }
}

static void a_draft_is_refused_when_only_the_charges_behind_its_shares_have_moved(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    int64_t entry;
    open(&scene);
    post(&scene, "a", "00002", "0751", -10000);
    post(&scene, "b", "00002", "0851", -10000);
    struct tl_carryover carry = draft(&scene, "members");
    post(&scene, "c", "00002", "0751", 2500);
    post(&scene, "d", "00002", "0851", -2500);
    scene_begin(&scene);
    assert_refused(tl_carryover_approve(&entry, scene.store, carry.id, "regnskab", &err), TL_ERR_STATE, &err,
                   "the members are not charged any more what carry 1 shares by; 2 entries were posted into 2026 "
                   "since, the first is entry 3",
                   "drop it with: tilslut carry discard 1, and draft it again");
    tl_store_rollback(scene.store);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_ore_of_a_result_arrives_at_its_destination),
        cmocka_unit_test(a_draft_is_refused_when_only_the_charges_behind_its_shares_have_moved),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
