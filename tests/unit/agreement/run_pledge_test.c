/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Pledges that are called in by runs.
 */
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/run.h"

#define FEE "  - id: fee\n    account: \"00002\"\n    price: 100\n"
#define TAXED_CONTRIBUTION                                                                                             \
    "  - id: gift\n    account: \"00003\"\n    kind: one-off\n    price: 100\n"                                        \
    "    vat: {rate: 25%, reason: \"afgjort af SKAT\"}\n"
#define UNTAXED_CONTRIBUTION "  - id: other\n    account: \"00003\"\n    kind: one-off\n    price: 100\n"

static void pledge(struct scene *scene, const char *party, int64_t minor)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_pledge pledge = {
        .project = "p1", .party = party, .amount = {minor}, .on = scene_date("2026-01-02"), .evidence = "sag 1"};
    scene_begin(scene);
    assert_ok(tl_pledge_record(scene->store, &pledge, &err), &err);
    scene_commit(scene);
}

/* A project of demo that is decided on, with the pledges of a member, of one that is none, and of one that thought
 * better of it. */
static void open(struct scene *scene, const char *terms)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_project funded;
    const struct tl_project project = {.code = "p1",
                                       .product = "demo",
                                       .target = {900000},
                                       .threshold = {100000},
                                       .deadline = scene_date("2026-12-31")};
    scene_open(scene);
    for (size_t i = 0; i < 3; i++)
        scene_party(scene, (const char *const[]){"0001", "0002", "0003"}[i], "municipality");
    scene_product(scene, "demo");
    scene_terms(scene, terms);
    scene_join(scene, "0001", "2026-01-01", NULL);
    scene_on(scene, "2026-01-02");
    scene_begin(scene);
    assert_ok(tl_project_record(scene->store, &project, "styregruppe 2026-01-01 pkt. 1", &err), &err);
    scene_commit(scene);
    pledge(scene, "0001", 70001);
    pledge(scene, "0002", 40000);
    pledge(scene, "0003", 10000);
    pledge(scene, "0003", 0);
    scene_begin(scene);
    assert_ok(tl_project_fund(&funded, scene->store, "p1", "styregruppe 2026-01-02 pkt. 1", &scene->arena, &err), &err);
    scene_commit(scene);
}

static tl_status try_draft(int64_t *run, struct scene *scene, int year, struct tl_err *err)
{
    const struct tl_run_request request = {.product = "demo", .year = year, .pledges_to = "p1"};
    *err = (struct tl_err)TL_ERR_NONE;
    scene_begin(scene);
    tl_status status = tl_run_draft_request(run, scene->store, &request, err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

static struct tl_run find(struct scene *scene, int64_t id)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_run run;
    assert_ok(tl_run_find(&run, scene->store, id, &scene->arena, &err), &err);
    return run;
}

static void assert_called_in(struct scene *scene, int64_t first, int64_t second)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    assert_ok(tl_pledge_list(&pledges, &count, scene->store, "p1", scene_date("2026-12-31"), &scene->arena, &err),
              &err);
    assert_ok(tl_pledge_read_called_in(pledges, count, scene->store, &err), &err);
    assert_int_equal(count, 3);
    assert_money(pledges[0].called_in, first);
    assert_money(pledges[1].called_in, second);
    assert_money(pledges[2].called_in, 0);
}

static void each_pledge_is_called_in_once_whatever_the_year(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err;
    struct tl_act act;
    int64_t run, next;
    size_t entries;
    open(&scene, SCENE_TERMS FEE);
    assert_ok(try_draft(&run, &scene, 2026, &err), &err);
    assert_ok(try_draft(&next, &scene, 2027, &err), &err);
    assert_int_equal(find(&scene, run).member_count, 2);
    assert_money(find(&scene, run).net, 110001);
    assert_called_in(&scene, 0, 0);
    scene_approve(&scene, run);
    assert_called_in(&scene, 70001, 40000);

    /* the other draft calls in what is called in by now */
    act = scene.act;
    act.actor = "regnskab";
    assert_ok(tl_store_begin(scene.store, &act, &err), &err);
    assert_refused(
        tl_run_approve(&entries, scene.store, next, "regnskab", scene_date("2027-01-02"), (struct tl_date){0}, &err),
        TL_ERR_STATE, &err, "the facts behind run 2 have changed since it was drafted",
        "drop it with: tilslut discard 2, and draft it again with: tilslut bill demo 2027 --pledges p1");
    tl_store_rollback(scene.store);
    scene_begin(&scene);
    assert_ok(tl_run_discard(scene.store, next, &err), &err);
    scene_commit(&scene);
    assert_refused(try_draft(&next, &scene, 2027, &err), TL_ERR_CONFLICT, &err,
                   "every pledge to 'p1' is called in already",
                   "tilslut list pledges p1 shows them; tilslut list invoices, by what");

    /* the year is billed besides, without taking anything back, and comes to what it would have */
    (void)scene_bill(&scene, 2026);
    assert_money(find(&scene, 3).net, 10000);
    assert_called_in(&scene, 70001, 40000);
    scene_verify(&scene);
    scene_close(&scene);
}

static void a_pledge_is_taxed_as_contributions_are(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err;
    int64_t run;
    open(&scene, SCENE_TERMS FEE TAXED_CONTRIBUTION);
    assert_ok(try_draft(&run, &scene, 2026, &err), &err);
    assert_money(find(&scene, run).net, 110001);
    assert_money(find(&scene, run).vat, 27500);
    scene_approve(&scene, run);
    scene_verify(&scene);
    scene_close(&scene);

    open(&scene, SCENE_TERMS FEE TAXED_CONTRIBUTION UNTAXED_CONTRIBUTION);
    assert_refused(
        try_draft(&run, &scene, 2026, &err), TL_ERR_STATE, &err,
        "the lines of the terms of 'demo' have VAT in several ways, so it is not known how a pledge is taxed",
        "adopt terms whose lines of account 00003 have the same VAT");
    scene_close(&scene);
}

static void the_terms_have_no_line_that_is_called_as_the_project(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err;
    int64_t run;
    open(&scene, SCENE_TERMS "  - id: p1\n    account: \"00002\"\n    price: 100\n");
    assert_refused(try_draft(&run, &scene, 2026, &err), TL_ERR_CONFLICT, &err,
                   "the terms of 'demo' have a line 'p1', as the project is called", "");
    scene_close(&scene);
}

static void an_invoice_of_a_pledge_says_so_and_names_the_decision_on_the_project(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err;
    struct tl_invoice invoice;
    int64_t run;
    open(&scene, SCENE_TERMS FEE);
    assert_ok(try_draft(&run, &scene, 2026, &err), &err);
    scene_approve(&scene, run);
    assert_ok(tl_invoice_load(&invoice, scene.store, "2026-0002", &scene.arena, &err), &err);
    assert_string_equal(invoice.row.party, "0002");
    assert_string_equal(invoice.text, "Opkrævning af tilsagn til p1, demo");
    assert_int_equal(invoice.line_count, 1);
    assert_string_equal(invoice.lines[0].name.da, "Tilsagn til p1");
    assert_string_equal(invoice.lines[0].name.en, "Pledge to p1");
    assert_string_equal(invoice.lines[0].account, "00003");
    assert_money(invoice.lines[0].net, 40000);
    assert_string_equal(invoice.decision.reference, "pkt. 1");
    assert_same_int(invoice.decision.date.number, 20260102);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_pledge_is_called_in_once_whatever_the_year),
        cmocka_unit_test(a_pledge_is_taxed_as_contributions_are),
        cmocka_unit_test(the_terms_have_no_line_that_is_called_as_the_project),
        cmocka_unit_test(an_invoice_of_a_pledge_says_so_and_names_the_decision_on_the_project),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
