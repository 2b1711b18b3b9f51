/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/leaving.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/membership_event.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/payment.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/refund.h"
#include "tilslut/agreement/run.h"

#define TERMS                                                                                                          \
    "product: %s\nfrom: 2026-01-01\nnotice: {months: 6, to: half-year}\nvat: {rate: 25%%, reason: \"made up\"}\n"      \
    "lines:\n  - id: fee\n    account: \"00002\"\n    price: %d\n    pro rata: months\n"

static void add_product(struct scene *scene, const char *product, const char *psp, int price)
{
    char text[400];
    (void)snprintf(text, sizeof text, TERMS, product, price);
    struct tl_err err = TL_ERR_NONE;
    const struct tl_product record = {product, product, psp, 2};
    scene_begin(scene);
    assert_ok(tl_product_record(scene->store, &record, &err), &err);
    scene_commit(scene);
    scene_terms(scene, text);
}

static void join(struct scene *scene, const char *product)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_joining joining = {
        .product = product, .party = "0001", .signed_on = scene_date("2026-01-01"), .from = scene_date("2026-01-01")};
    int64_t id;
    scene_begin(scene);
    assert_ok(tl_membership_join(&id, scene->store, &joining, &err), &err);
    scene_commit(scene);
}

static void bill(struct scene *scene, const char *product, int year)
{
    struct tl_err err = TL_ERR_NONE;
    int64_t run;
    scene_begin(scene);
    assert_ok(tl_run_draft(&run, scene->store, product, year, &err), &err);
    scene_commit(scene);
    scene_approve(scene, run);
}

/* One member of two products, 1,000.00 and 3,000.00 a year besides VAT; both are billed for 2026. */
static void open(struct scene *scene)
{
    scene_open(scene);
    scene_party(scene, "0001", "municipality");
    add_product(scene, "demo", "XG-9212045260", 1000);
    add_product(scene, "other", "XG-9212045261", 3000);
    scene_on(scene, "2026-01-05");
    join(scene, "demo");
    join(scene, "other");
    bill(scene, "demo", 2026);
    bill(scene, "other", 2026);
}

/* The reference of the invoice of a product: the first that was billed is that of demo. */
static const char *reference(struct scene *scene, size_t number)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_open_item *items = NULL;
    size_t count;
    assert_ok(tl_open_item_read(&items, &count, scene->store, "0001", scene_date("2030-01-01"), &scene->arena, &err),
              &err);
    assert_true(number < count);
    return items[number].reference;
}

static void pay(struct scene *scene, int64_t minor, const char *on, const char *to)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment payment = {"0001", {minor}, scene_date(on), to, "betaling"};
    int64_t entry;
    bool already;
    scene_begin(scene);
    assert_ok(tl_payment_post(&entry, &already, scene->store, &payment, &err), &err);
    scene_commit(scene);
}

static struct tl_leaving leave(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_leaving leaving;
    assert_ok(tl_leaving_read(&leaving, scene->store, "demo", "0001", &scene->arena, &err), &err);
    /* the parts of the account are its balance */
    struct tl_open_item *items = NULL;
    size_t count;
    int64_t balance = 0;
    assert_ok(tl_open_item_read(&items, &count, scene->store, "0001", scene_date("2030-01-01"), &scene->arena, &err),
              &err);
    for (size_t i = 0; i < count; i++)
        balance += items[i].amount.minor;
    assert_same_int(leaving.balance.minor - leaving.credit.minor + leaving.besides.minor + leaving.elsewhere.minor,
                    balance);
    assert_same_int(leaving.billed.minor - leaving.paid.minor, leaving.balance.minor);
    assert_same_int(leaving.balance.minor + leaving.to_come.minor, leaving.owed.minor);
    return leaving;
}

static void payments_count_for_the_product_whose_invoice_they_pay(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_leaving leaving;
    open(&scene);
    (void)scene_leave(&scene, "0001", "2026-02-01");
    leaving = leave(&scene);
    assert_money(leaving.billed, 125000);
    assert_money(leaving.balance, 125000);
    assert_money(leaving.elsewhere, 375000);

    /* by reference: all of the other's, a part of its own */
    pay(&scene, 375000, "2026-02-10", reference(&scene, 1));
    leaving = leave(&scene);
    assert_money(leaving.paid, 0);
    assert_money(leaving.balance, 125000);
    assert_money(leaving.elsewhere, 0);
    assert_money(leaving.credit, 0);
    pay(&scene, 25000, "2026-02-11", reference(&scene, 0));
    leaving = leave(&scene);
    assert_money(leaving.paid, 25000);
    assert_money(leaving.balance, 100000);

    /* without one: what is open; what is too much stays to its credit, beside the product */
    pay(&scene, 130000, "2026-02-12", "");
    leaving = leave(&scene);
    assert_money(leaving.paid, 125000);
    assert_money(leaving.balance, 0);
    assert_money(leaving.credit, 30000);
    assert_money(leaving.owed, 0);
    scene_verify(&scene);
    scene_close(&scene);
}

static void a_payment_without_a_reference_pays_what_falls_due_first(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    (void)scene_leave(&scene, "0001", "2026-02-01");
    pay(&scene, 200000, "2026-02-10", "");
    struct tl_leaving leaving = leave(&scene);
    /* demo was billed first: 1.250,00 of it, and the rest of the other's */
    assert_money(leaving.balance, 0);
    assert_money(leaving.elsewhere, 300000);
    assert_money(leaving.credit, 0);
    scene_close(&scene);
}

static void what_is_paid_back_is_no_longer_to_its_credit(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_refund refund = {
        .party = "0001", .amount = {30000}, .date = scene_date("2026-02-20"), .reason = "for meget"};
    int64_t entry;
    open(&scene);
    (void)scene_leave(&scene, "0001", "2026-02-01");
    pay(&scene, 530000, "2026-02-10", "");
    assert_money(leave(&scene).credit, 30000);
    scene_on(&scene, "2026-02-20");
    scene_begin(&scene);
    assert_ok(tl_refund_draft(&refund, scene.store, &err), &err);
    scene_commit(&scene);
    scene.act.actor = "regnskab";
    scene_begin(&scene);
    assert_ok(tl_refund_approve(&entry, scene.store, refund.id, "regnskab", &err), &err);
    scene_commit(&scene);
    struct tl_leaving leaving = leave(&scene);
    assert_money(leaving.credit, 0);
    assert_money(leaving.besides, 0);
    assert_money(leaving.paid, 125000);
    scene_close(&scene);
}

static void what_is_charged_until_the_last_day_is_to_come(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    open(&scene);
    scene_begin(&scene);
    assert_ok(tl_membership_leave(&last, scene.store, "demo", "0001", scene_date("2026-08-01"),
                                  scene_date("2027-06-30"), "sag 7", &err),
              &err);
    scene_commit(&scene);
    struct tl_leaving leaving = leave(&scene);
    assert_string_equal(leaving.evidence, "sag 7");
    assert_same_int(leaving.first_permitted.number, 20270630);
    assert_same_int(leaving.last.number, 20270630);
    assert_same_int(leaving.last_charged.last.number, 20270630);
    assert_int_equal(leaving.charge_count, 1);
    assert_int_equal(leaving.charges[0].year, 2027);
    assert_money(leaving.charges[0].net, 50000);
    assert_money(leaving.to_come, 62500);
    assert_money(leaving.owed, 187500);
    scene_on(&scene, "2027-01-05");
    bill(&scene, "demo", 2027);
    leaving = leave(&scene);
    assert_int_equal(leaving.charge_count, 0);
    assert_money(leaving.billed, 187500);
    assert_money(leaving.owed, 187500);
    scene_close(&scene);
}

static void only_a_member_under_notice_leaves(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_leaving leaving;
    struct tl_err err = TL_ERR_NONE;
    open(&scene);
    assert_refused(tl_leaving_read(&leaving, scene.store, "demo", "0001", &scene.arena, &err), TL_ERR_STATE, &err,
                   "the agreement of '0001' for 'demo' is not under notice",
                   "record the notice with: tilslut leave demo 0001 --notice DATE");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_leaving_read(&leaving, scene.store, "demo", "0002", &scene.arena, &err), TL_ERR_NOT_FOUND, &err,
                   "'0002' is not a member of 'demo'", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_leaving_read(&leaving, scene.store, "nothing", "0001", &scene.arena, &err), TL_ERR_NOT_FOUND,
                   &err, "there is no product 'nothing'",
                   "tilslut list products shows them; tilslut product add makes one");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(payments_count_for_the_product_whose_invoice_they_pay),
        cmocka_unit_test(a_payment_without_a_reference_pays_what_falls_due_first),
        cmocka_unit_test(what_is_paid_back_is_no_longer_to_its_credit),
        cmocka_unit_test(what_is_charged_until_the_last_day_is_to_come),
        cmocka_unit_test(only_a_member_under_notice_leaves),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
