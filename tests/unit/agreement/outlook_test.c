/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A year of the outlook must come to what the year itself will come to, if its figures stay: later figures are recorded
 * alike, and the years are allocated one by one.
 */
#include <stdio.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/outlook.h"

enum { YEARS = 5 };

static void open_with(struct scene *scene, const char *terms)
{
    static const struct {
        const char *code;
        int64_t people;
    } parties[] = {{"0001", 12000}, {"0002", 40000}, {"0003", 90000}, {"0004", 300000}, {"0005", 59999}};
    static const char *const dates[] = {"2025-01-01", "2026-01-01", "2027-01-01", "2028-01-01", "2029-01-01"};
    scene_open(scene);
    scene_product(scene, "demo");
    scene_terms(scene, terms);
    for (size_t i = 0; i < sizeof parties / sizeof parties[0]; i++) {
        scene_party(scene, parties[i].code, "municipality");
        for (size_t j = 0; j < sizeof dates / sizeof dates[0]; j++)
            scene_figure(scene, parties[i].code, "population", dates[j], parties[i].people);
    }
}

static void look(struct tl_outlook_year **out, struct scene *scene, struct tl_ratio growth, size_t years,
                 const struct tl_outlook_joining *joinings, size_t count)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_outlook_request request = {.product = "demo",
                                         .year = 2026,
                                         .years = years,
                                         .growth = growth,
                                         .joinings = joinings,
                                         .joining_count = count};
    assert_ok(tl_outlook_compute(out, scene->store, &request, &scene->arena, &err), &err);
}

/* What the year comes to: `annual` of the lines of each year, `once` of the others, and how many pay. */
static void assert_is_year(const struct tl_outlook_year *year, struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year real = TL_PRODUCT_YEAR_EMPTY;
    int64_t annual = 0, once = 0;
    size_t members = 0;
    scene_allocate(&real, scene, year->year);
    for (size_t i = 0; i < real.allocation.line_count; i++)
        *(real.terms.lines[i].kind == TL_LINE_ANNUAL ? &annual : &once) += real.allocation.lines[i].total.minor;
    for (size_t i = 0; i < real.roster.count; i++) {
        struct tl_money paid;
        assert_ok(tl_allocation_member_total(&paid, &real.allocation, real.roster.members[i].code, &err), &err);
        members += paid.minor != 0 ? 1 : 0;
    }
    assert_money(year->annual, annual);
    assert_money(year->once, once);
    assert_int_equal(year->members, members);
    assert_money(year->per_member, members == 0 ? 0 : (2 * annual + (int64_t)members) / (2 * (int64_t)members));
    tl_product_year_release(&real);
}

#define JOINING                                                                                                        \
    "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n"                                                 \
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"
#define MAINTENANCE "  - id: maintenance\n    account: \"00002\"\n    price: 30000\n    pro rata: months\n"
#define POT "  - id: pot\n    account: \"00003\"\n    budget: 1000000\n    key: population\n    pro rata: months\n"
#define RELEASE "  - id: release\n    kind: one-off\n    account: \"00003\"\n    budget: 90000\n    key: equal\n"
#define HOSTING                                                                                                        \
    "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    budget: 480000\n    key: population\n"
#define FROM_2026                                                                                                      \
    "product: demo\nfrom: 2026-01-01\n"                                                                                \
    "reference: {measure: population, date: 01-01 of the year before}\n"                                               \
    "classes: {Lille: below 25000, Mellem: below 60000, Stor: below 120000, Meget stor: the rest}\n"                   \
    "notice: {months: 6, to: half-year}\nvat: {outside: \"tilskud\"}\nlines:\n"

static void later_years_are_what_they_will_be(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 JOINING MAINTENANCE POT RELEASE HOSTING);
    scene_join(&scene, "0001", "2026-01-01", NULL);      /* the fee in 2026, never again */
    scene_join(&scene, "0002", "2026-05-01", "hosting"); /* two thirds of 2026, all of the years after it */
    scene_join(&scene, "0003", "2028-04-01", NULL);      /* not before 2028, with the fee of that year */
    scene_join(&scene, "0004", "2026-01-01", "hosting");
    scene_leave(&scene, "0004", "2028-12-01"); /* till 2029-06-30: half of 2029, and none of 2030 */
    scene_change(&scene, "0002", TL_MEMBERSHIP_OPTION_DROPPED, "2029-01-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2029-01-01", "hosting");
    look(&outlook, &scene, (struct tl_ratio){0, 1}, YEARS, NULL, 0);
    for (size_t i = 0; i < YEARS; i++) {
        assert_int_equal(outlook[i].year, 2026 + i);
        assert_is_year(&outlook[i], &scene);
    }
    /* said again by hand, so that both cannot be wrong alike: 35000 + 70000 + 350000 and the release; the fee of 0003
     */
    assert_money(outlook[0].once, 45500000 + 9000000);
    assert_money(outlook[1].once, 0);
    assert_money(outlook[2].once, 19000000);
    assert_money(outlook[3].once, 0);
    assert_int_equal(outlook[0].members, 3);
    assert_int_equal(outlook[2].members, 4);
    assert_int_equal(outlook[4].members, 3);
    scene_close(&scene);
}

static void who_joins_pays_the_fee_in_its_year(void **state)
{
    (void)state;
    static const struct tl_outlook_joining joinings[] = {{2027, "0002,0003"}, {2026, "0005"}, {2029, "0004"}};
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 JOINING MAINTENANCE POT RELEASE);
    scene_join(&scene, "0001", "2026-01-01", NULL);
    look(&outlook, &scene, (struct tl_ratio){0, 1}, YEARS, joinings, 3);
    scene_join(&scene, "0005", "2026-01-01", NULL);
    scene_join(&scene, "0002,0003", "2027-01-01", NULL);
    scene_join(&scene, "0004", "2029-01-01", NULL);
    for (size_t i = 0; i < YEARS; i++)
        assert_is_year(&outlook[i], &scene);
    assert_money(outlook[1].once, 7000000 + 19000000);
    assert_money(outlook[3].once, 35000000);
    scene_close(&scene);
}

static void who_left_can_join_again(void **state)
{
    (void)state;
    static const struct tl_outlook_joining joinings[] = {{2028, "0002"}};
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 JOINING MAINTENANCE);
    scene_join(&scene, "0001,0002", "2026-01-01", NULL);
    scene_leave(&scene, "0002", "2026-06-30"); /* till 2026-12-31 */
    look(&outlook, &scene, (struct tl_ratio){0, 1}, YEARS, joinings, 1);
    scene_join(&scene, "0002", "2028-01-01", NULL);
    for (size_t i = 0; i < YEARS; i++)
        assert_is_year(&outlook[i], &scene);
    scene_close(&scene);
}

/* The price by signing is that of the year of joining, not of the year that is computed. */
static void the_date_of_signing_is_that_of_joining(void **state)
{
    (void)state;
    static const struct tl_outlook_joining joinings[] = {{2026, "0001"}, {2028, "0002"}};
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n"
                                "    price by signing: {until 2027-12-31: 60000, later: 120000}\n" MAINTENANCE);
    look(&outlook, &scene, (struct tl_ratio){0, 1}, 3, joinings, 2);
    assert_money(outlook[0].once, 6000000);
    assert_money(outlook[1].once, 0);
    assert_money(outlook[2].once, 12000000);
    scene_close(&scene);
}

/* 1000000 x 1.025, 1.050625 and 1.076890625, each rounded to kroner by itself; 101 x the same is 103.525, 106.113125
 * and 108.765953125 for each of two members. */
static void amounts_grow_and_are_rounded_to_kroner(void **state)
{
    (void)state;
    static const int64_t pot[] = {100000000, 102500000, 105062500, 107689100}, flat[] = {10100, 10400, 10600, 10900};
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 POT "  - id: fee\n    account: \"00002\"\n    price: 101\n");
    scene_join(&scene, "0001,0004", "2026-01-01", NULL);
    look(&outlook, &scene, (struct tl_ratio){25, 1000}, 4, NULL, 0);
    for (size_t i = 0; i < 4; i++) {
        assert_money(outlook[i].annual, pot[i] + 2 * flat[i]);
        assert_money(outlook[i].per_member, (pot[i] + 2 * flat[i]) / 2);
    }
    scene_close(&scene);
}

/* Each in a product of its own: what the terms state grows by 10 % a year, whatever form it has. */
static void every_amount_of_the_terms_grows(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        int64_t first, second, third; /* in kroner */
    } cases[] = {
        /* 12000 inhabitants at 2, 2.2 and 2.42 */
        {"price: 2 per population\n", 24000, 26400, 29040},
        {"price: {Lille: 1000, Mellem: 2, Stor: 3, Meget stor: not yet known}\n", 1000, 1100, 1210},
        {"price: {by population: {up to 20000: 1000, above: 2000}}\n", 1000, 1100, 1210},
        {"price by signing: {until 2030-01-01: 1000, later: 9}\n", 1000, 1100, 1210},
        /* the cap, and what is agreed, keep their part of the budget: without, they would not leave room for it */
        {"budget: 1000\n    key: population\n    cap: 1000\n", 1000, 1100, 1210},
        {"budget: 1000\n    key: population\n    floor: 1000\n", 1000, 1100, 1210},
        {"budget: 1000\n    key: population\n    agreed: {0001: {amount: 1000, reason: aftalt}}\n", 1000, 1100, 1210},
        {"budget: 1000\n    key: population\n    first: [{member: \"0001\", amount: 1000}]\n", 1000, 1100, 1210},
        {"budget: 1000\n    key: equal\n", 1000, 1100, 1210},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scene scene;
        struct tl_outlook_year *outlook;
        char terms[1000];
        snprintf(terms, sizeof terms, "%s  - id: one\n    account: \"00002\"\n    %s", FROM_2026, cases[i].line);
        open_with(&scene, terms);
        scene_join(&scene, "0001", "2026-01-01", NULL);
        look(&outlook, &scene, (struct tl_ratio){1, 10}, 3, NULL, 0);
        assert_money(outlook[0].annual, cases[i].first * 100);
        assert_money(outlook[1].annual, cases[i].second * 100);
        assert_money(outlook[2].annual, cases[i].third * 100);
        scene_close(&scene);
    }
}

static void without_an_index_amounts_keep_their_oere(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 "  - id: pot\n    account: \"00003\"\n    budget: 1000.51\n    key: equal\n");
    scene_join(&scene, "0001,0004", "2026-01-01", NULL);
    look(&outlook, &scene, (struct tl_ratio){0, 1}, 3, NULL, 0);
    for (size_t i = 0; i < 3; i++) {
        assert_money(outlook[i].annual, 100051);
        assert_money(outlook[i].per_member, 50026);
    }
    scene_close(&scene);
}

static void nobody_pays_nothing(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_outlook_year *outlook;
    open_with(&scene, FROM_2026 MAINTENANCE);
    look(&outlook, &scene, (struct tl_ratio){25, 1000}, 2, NULL, 0);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(outlook[i].members, 0);
        assert_money(outlook[i].annual, 0);
        assert_money(outlook[i].once, 0);
        assert_money(outlook[i].per_member, 0);
    }
    scene_close(&scene);
}

static void assert_no_outlook(struct scene *scene, const struct tl_outlook_request *request, tl_status status,
                              const char *where, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_outlook_year *outlook;
    assert_refused(tl_outlook_compute(&outlook, scene->store, request, &scene->arena, &err), status, &err, message,
                   hint);
    assert_string_equal(err.where, where);
}

static void what_cannot_be_looked_at_is_refused(void **state)
{
    (void)state;
    static const struct tl_outlook_joining twice[] = {{2027, "0002"}, {2028, "0002"}}, unknown[] = {{2027, "0009"}};
    struct tl_outlook_request request = {"demo", 2026, 0, {0, 1}, NULL, 0};
    struct scene scene;
    open_with(&scene, FROM_2026 POT);
    scene_join(&scene, "0001", "2026-01-01", NULL);
    scene_leave(&scene, "0001", "2026-12-31"); /* till 2027-06-30 */
    assert_no_outlook(&scene, &request, TL_ERR_RANGE, "", "an outlook has 1 to 30 years", "");
    request.years = 31;
    assert_no_outlook(&scene, &request, TL_ERR_RANGE, "", "an outlook has 1 to 30 years", "");
    request.year = 9990;
    request.years = 11;
    assert_no_outlook(&scene, &request, TL_ERR_RANGE, "", "the outlook ends beyond the year 9999", "");
    request.year = 2026;
    request.years = 3;
    assert_no_outlook(&scene, &request, TL_ERR_INFEASIBLE, "the outlook for 2027",
                      "line 'pot' has a budget, but no member in its scope from 2026-07-01 to 2026-12-31",
                      "let a member join, or take the line out of the terms");
    request.joinings = twice;
    request.joining_count = 2;
    assert_no_outlook(&scene, &request, TL_ERR_CONFLICT, "the outlook for 2028", "'0002' is a member of 'demo' already",
                      "");
    request.joinings = unknown;
    request.joining_count = 1;
    assert_no_outlook(&scene, &request, TL_ERR_NOT_FOUND, "the outlook for 2027", "no party has the code '0009'",
                      "did you mean 0001 (0001)?");
    request.joining_count = 0;
    request.product = "dmo";
    assert_no_outlook(&scene, &request, TL_ERR_NOT_FOUND, "", "there is no product 'dmo'", "did you mean demo?");
    request = (struct tl_outlook_request){"demo", 2026, 30, {900, 1}, twice, 1};
    assert_no_outlook(&scene, &request, TL_ERR_RANGE, "the outlook for 2029",
                      "the amounts grow beyond what the program handles", "");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(later_years_are_what_they_will_be),
        cmocka_unit_test(who_joins_pays_the_fee_in_its_year),
        cmocka_unit_test(who_left_can_join_again),
        cmocka_unit_test(the_date_of_signing_is_that_of_joining),
        cmocka_unit_test(amounts_grow_and_are_rounded_to_kroner),
        cmocka_unit_test(every_amount_of_the_terms_grows),
        cmocka_unit_test(without_an_index_amounts_keep_their_oere),
        cmocka_unit_test(nobody_pays_nothing),
        cmocka_unit_test(what_cannot_be_looked_at_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
