/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sets of prices are compared with a search of the test's own: every way to round, over integers.
 */
#include <string.h>

#include "check.h"
#include "community.h"
#include "tilslut/agreement/covering_price.h"

enum { CLASSES = 4, KRONE = 100 };

/* A year without a ledger: members of a community, and terms built in code. */
struct fixture {
    struct community community;
    struct tl_product_year year;
    struct tl_arena arena;
};

static void begin(struct fixture *fixture)
{
    *fixture = (struct fixture){.year = TL_PRODUCT_YEAR_EMPTY, .arena = TL_ARENA_EMPTY};
    fixture->year.year = 2026;
    community_terms(&fixture->year.terms);
}

static void use_members(struct fixture *fixture)
{
    fixture->year.roster.members = fixture->community.members;
    fixture->year.roster.count = fixture->community.count;
}

/* So many members in each class. */
static void use_counts(struct fixture *fixture, const int64_t counts[CLASSES])
{
    static const int64_t inside[CLASSES] = {10000, 30000, 70000, 200000};
    int64_t populations[64];
    size_t used = 0;
    for (size_t i = 0; i < CLASSES; i++)
        for (int64_t j = 0; j < counts[i]; j++)
            populations[used++] = inside[i];
    community_make(&fixture->community, 2025, populations, used);
    use_members(fixture);
}

static void end(struct fixture *fixture)
{
    fixture->year.roster = (struct tl_roster)TL_ROSTER_EMPTY;
    tl_product_year_release(&fixture->year);
    community_release(&fixture->community);
    tl_arena_release(&fixture->arena);
}

static void find(struct tl_covering_price **out, size_t *count, struct fixture *fixture, int64_t budget, int64_t unit)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_covering_price_find(out, count, &fixture->year, "fee", (struct tl_money){budget}, unit,
                                     &fixture->arena, &err),
              &err);
}

static void assert_set(const struct tl_covering_price *set, const int64_t *kroner, size_t count, int64_t surplus_kroner)
{
    for (size_t i = 0; i < count; i++)
        assert_money(set->prices[i], kroner[i] * KRONE);
    assert_money(set->surplus, surplus_kroner * KRONE);
}

/* Members by class 2, 3, 1, 1 pay 100, 200, 300, 400: 1500. To cover 2000, each is multiplied by 4/3:
 * 133 1/3, 266 2/3, 400, 533 1/3. Rounded to 10: 130|140, 260|270, 400, 530|540. Down all: 260 + 780 + 400 + 530 =
 * 1970. The ways that cover: +30 (class 2 up) = 2000; +20+10 (classes 1 and 4) = 2000; +20+30 = 2020; +30+10 = 2010;
 * +20+30+10 = 2030. */
static void the_sets_that_cover_come_smallest_surplus_first(void **state)
{
    (void)state;
    static const int64_t counts[] = {2, 3, 1, 1}, prices[] = {10000, 20000, 30000, 40000};
    static const int64_t expected[][CLASSES] = {
        {130, 270, 400, 530}, {140, 260, 400, 540}, {130, 270, 400, 540}, {140, 270, 400, 530}, {140, 270, 400, 540}};
    static const int64_t surplus[] = {0, 0, 10, 20, 30};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    use_counts(&fixture, counts);
    community_add_prices(&fixture.year.terms, "fee", prices);
    find(&found, &count, &fixture, 200000, 10 * KRONE);
    assert_int_equal(count, 5);
    for (size_t i = 0; i < count; i++) {
        assert_set(&found[i], expected[i], CLASSES, surplus[i]);
        assert_money(found[i].income, (2000 + surplus[i]) * KRONE);
    }
    end(&fixture);
}

/* What brute force finds: the surpluses of all ways to round, in order. */
struct expected {
    int64_t surplus[1 << CLASSES];
    size_t count;
};

static void insert(struct expected *out, int64_t surplus)
{
    size_t at = out->count++;
    for (; at > 0 && out->surplus[at - 1] > surplus; at--)
        out->surplus[at] = out->surplus[at - 1];
    out->surplus[at] = surplus;
}

static void brute_force(struct expected *out, const int64_t *counts, const int64_t *prices, int64_t budget,
                        int64_t unit)
{
    int64_t income = 0, choices[CLASSES][2];
    size_t choice_count[CLASSES];
    for (size_t i = 0; i < CLASSES; i++)
        income += counts[i] * prices[i];
    for (size_t i = 0; i < CLASSES; i++) {
        int64_t scaled = prices[i] * budget; /* over income */
        choices[i][0] = scaled / (income * unit) * unit;
        choices[i][1] = choices[i][0] + unit;
        choice_count[i] = counts[i] > 0 && scaled % (income * unit) != 0 ? 2 : 1;
    }
    out->count = 0;
    for (size_t way = 0; way < 1 << CLASSES; way++) {
        int64_t sum = 0;
        bool is_way = true;
        for (size_t i = 0; i < CLASSES; i++) {
            size_t up = way >> i & 1;
            is_way = is_way && up < choice_count[i];
            sum += counts[i] * choices[i][up];
        }
        if (is_way && sum >= budget)
            insert(out, sum - budget);
    }
}

static void brute_force_finds_the_same(void **state)
{
    (void)state;
    struct check_random random = {20260101};
    for (int round = 0; round < 300; round++) {
        int64_t counts[CLASSES], prices[CLASSES], unit = check_random_between(&random, 0, 1) == 0 ? 1000 : 10000;
        struct fixture fixture;
        struct tl_covering_price *found;
        struct expected expected;
        size_t count;
        int64_t members = 0;
        for (size_t i = 0; i < CLASSES; i++) {
            counts[i] = check_random_between(&random, 0, 6);
            prices[i] = check_random_between(&random, 0, 500) * KRONE * 10;
            members += counts[i] * (prices[i] > 0);
        }
        if (members == 0)
            continue;
        int64_t budget = check_random_between(&random, 1, 3000000) * KRONE;
        begin(&fixture);
        use_counts(&fixture, counts);
        community_add_prices(&fixture.year.terms, "fee", prices);
        find(&found, &count, &fixture, budget, unit);
        brute_force(&expected, counts, prices, budget, unit);
        assert_int_equal(count, expected.count < TL_COVERING_PRICE_MAX ? expected.count : TL_COVERING_PRICE_MAX);
        for (size_t i = 0; i < count; i++) {
            int64_t sum = 0;
            for (size_t j = 0; j < CLASSES; j++) {
                assert_int_equal(found[i].prices[j].minor % unit, 0);
                sum += counts[j] * found[i].prices[j].minor;
            }
            assert_money(found[i].income, sum);
            assert_money(found[i].surplus, expected.surplus[i]);
        }
        end(&fixture);
    }
}

/* The real municipalities, some with 9 % and some with 35 % on top; what each pays is rounded to the øre. */
static void markups_are_in_the_income(void **state)
{
    (void)state;
    static const int64_t prices[] = {2200000, 3200000, 4200000, 5200000};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    community_load(&fixture.community, 2025);
    for (size_t i = 0; i < fixture.community.count; i++)
        fixture.community.members[i].association = i % 3 == 0 ? TL_ASSOCIATION_OTHER : TL_ASSOCIATION_MEMBER;
    use_members(&fixture);
    struct tl_line *line = community_add_prices(&fixture.year.terms, "fee", prices);
    line->markup = (struct tl_markup){true, {9, 100}, {35, 100}};
    find(&found, &count, &fixture, 500000000, 100 * KRONE);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        int64_t sum = 0;
        for (size_t j = 0; j < fixture.community.count; j++) {
            int64_t people = fixture.community.members[j].figures[0].value.numerator;
            size_t at = people < 25000 ? 0 : people < 60000 ? 1 : people < 120000 ? 2 : 3;
            sum += found[i].prices[at].minor * (j % 3 == 0 ? 135 : 109) / 100; /* whole kroner: no øre is cut */
        }
        assert_money(found[i].income, sum);
        assert_money(found[i].surplus, sum - 500000000);
        assert_true(found[i].surplus.minor >= 0);
        assert_true(i == 0 || found[i].surplus.minor >= found[i - 1].surplus.minor);
    }
    end(&fixture);
}

static void a_flat_price_is_divided_and_rounded_up(void **state)
{
    (void)state;
    static const int64_t counts[] = {1, 1, 1, 0}, expected[] = {340};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    use_counts(&fixture, counts);
    community_add_flat(&fixture.year.terms, "fee", 12345);
    find(&found, &count, &fixture, 100000, 10 * KRONE); /* 333 1/3 each: 330 does not cover, 340 does */
    assert_int_equal(count, 1);
    assert_set(&found[0], expected, 1, 20);
    end(&fixture);
}

static void what_is_exact_is_not_rounded_up_and_zero_stays_zero(void **state)
{
    (void)state;
    static const int64_t counts[] = {2, 1, 1, 0}, prices[] = {0, 10000, 30000, 50000}, expected[] = {0, 200, 600, 1000};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    use_counts(&fixture, counts);
    community_add_prices(&fixture.year.terms, "fee", prices);
    find(&found, &count, &fixture, 80000, 100 * KRONE);
    assert_int_equal(count, 1);
    assert_set(&found[0], expected, CLASSES, 0);
    end(&fixture);
}

static void a_class_without_members_is_rounded_to_the_nearest(void **state)
{
    (void)state;
    /* x 2/3: Mellem 166.67 is nearer to 170, Stor 133.33 to 130 */
    static const int64_t counts[] = {3, 0, 0, 0}, prices[] = {10000, 25000, 20000, 30000};
    static const int64_t expected[] = {70, 170, 130, 200};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    use_counts(&fixture, counts);
    community_add_prices(&fixture.year.terms, "fee", prices);
    find(&found, &count, &fixture, 20000, 10 * KRONE);
    assert_int_equal(count, 1);
    assert_set(&found[0], expected, CLASSES, 10);
    end(&fixture);
}

/* A rebate in kroner does not follow the price: 2 members at 100, one of them with 50 off, bring in 150. 300 is covered
 * by 2 p - 50 >= 300, so p = 175; 60 by p = 55, where p - 50 is still more than nothing. */
static void a_rebate_in_kroner_is_covered_too(void **state)
{
    (void)state;
    static const char *const waivers[] = {"funded"};
    struct tl_rebate rebate = {"funded", {0, 0}, {5000}};
    static const struct {
        int64_t budget, price;
    } cases[] = {{300, 175}, {60, 55}};
    for (size_t i = 0; i < 2; i++) {
        static const int64_t counts[] = {2, 0, 0, 0};
        struct fixture fixture;
        struct tl_covering_price *found;
        size_t count;
        begin(&fixture);
        use_counts(&fixture, counts);
        fixture.community.members[0].waivers = waivers;
        fixture.community.members[0].waiver_count = 1;
        struct tl_line *line = community_add_flat(&fixture.year.terms, "fee", 10000);
        line->rebates = &rebate;
        line->rebate_count = 1;
        find(&found, &count, &fixture, cases[i].budget * KRONE, KRONE);
        assert_true(count >= 1);
        assert_money(found[0].prices[0], cases[i].price * KRONE);
        assert_money(found[0].surplus, 0);
        end(&fixture);
    }
}

/* Amounts are rounded to 100 kroner, halves up: at 33 or 34 kroner each, 3 members would pay nothing. */
static void amounts_that_are_rounded_are_covered_too(void **state)
{
    (void)state;
    static const int64_t counts[] = {3, 0, 0, 0};
    struct fixture fixture;
    struct tl_covering_price *found;
    size_t count;
    begin(&fixture);
    use_counts(&fixture, counts);
    community_add_flat(&fixture.year.terms, "fee", 10000)->round_to_minor = 10000;
    find(&found, &count, &fixture, 10000, KRONE);
    assert_true(count > 0);
    for (size_t i = 0; i < count; i++) {
        assert_money(found[i].income, 30000);
        assert_true(found[i].prices[0].minor >= 5000);
    }
    end(&fixture);
}

/* Every line but the one is as it was, and so are its own prices; ten classes are tried in all 1024 ways. */
static void the_year_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    struct fixture fixture;
    struct tl_covering_price *found;
    struct tl_err err = TL_ERR_NONE;
    size_t count;
    begin(&fixture);
    community_load(&fixture.community, 2025);
    use_members(&fixture);
    struct tl_terms *terms = &fixture.year.terms;
    terms->class_count = 10;
    terms->classes = tl_arena_alloc(&fixture.arena, 10, sizeof *terms->classes);
    struct tl_class_price *prices = tl_arena_alloc(&fixture.arena, 10, sizeof *prices);
    for (int i = 0; i < 10; i++) {
        terms->classes[i] = (struct tl_size_class){names[i], i < 9, false, {10000 * (i + 1), 1}};
        prices[i] = (struct tl_class_price){true, {100000 + 33333 * i}};
    }
    community_add_budget(terms, "pot", 100000000, "population");
    struct tl_line *line = community_add_flat(terms, "fee", 0);
    line->price = (struct tl_price){.kind = TL_PRICE_PER_CLASS, .per_class = prices};
    assert_ok(tl_product_year_allocate(&fixture.year, &err), &err);
    int64_t total = fixture.year.allocation.total.minor;
    find(&found, &count, &fixture, 77777777, 10 * KRONE);
    assert_int_equal(count, TL_COVERING_PRICE_MAX);
    for (int i = 0; i < 10; i++)
        assert_money(prices[i].amount, 100000 + 33333 * i);
    assert_ptr_equal(line->price.per_class, prices);
    assert_int_equal(terms->line_count, 2);
    assert_money(fixture.year.allocation.total, total);
    tl_allocation_release(&fixture.year.allocation);
    assert_ok(tl_product_year_allocate(&fixture.year, &err), &err);
    assert_money(fixture.year.allocation.total, total);
    end(&fixture);
}

static void assert_no_price(struct fixture *fixture, const char *line, int64_t budget, tl_status status,
                            const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_covering_price *found;
    size_t count;
    assert_refused(tl_covering_price_find(&found, &count, &fixture->year, line, (struct tl_money){budget}, KRONE,
                                          &fixture->arena, &err),
                   status, &err, message, hint);
    assert_int_equal(count, 0);
}

static void what_cannot_be_scaled_is_refused(void **state)
{
    (void)state;
    static const int64_t counts[] = {1, 1, 0, 0}, prices[] = {10000, -1, 30000, 40000}, known[] = {1, 2, 3, 4};
    struct fixture fixture;
    begin(&fixture);
    use_counts(&fixture, counts);
    struct tl_terms *terms = &fixture.year.terms;
    community_add_prices(terms, "maintenance", prices);
    community_add_budget(terms, "pot", 100000, "equal");
    community_add_flat(terms, "hosting", 0)->price.kind = TL_PRICE_NOT_YET_KNOWN;
    community_add_flat(terms, "waived", 100)->waived_for = "all";
    community_add_flat(terms, "option", 100)->option = "hosting";
    community_add_prices(terms, "fee", known);
    for (size_t i = 0; i < 2; i++) {
        static const char *const waivers[] = {"all"};
        fixture.community.members[i].waivers = waivers;
        fixture.community.members[i].waiver_count = 1;
    }
    assert_no_price(&fixture, "maintenence", 100, TL_ERR_NOT_FOUND,
                    "the terms of 'os2valghalla' know no line 'maintenence'", "did you mean maintenance?");
    assert_no_price(&fixture, "maintenance", 100, TL_ERR_USAGE,
                    "the price of 'maintenance' is not yet known for the class 'Mellem'", "");
    assert_no_price(&fixture, "pot", 100, TL_ERR_USAGE, "the line 'pot' has no prices to scale", "");
    assert_no_price(&fixture, "hosting", 100, TL_ERR_USAGE, "the price of 'hosting' is not yet known", "");
    assert_no_price(&fixture, "waived", 100, TL_ERR_INFEASIBLE, "nobody pays by the line 'waived' in 2026", "");
    assert_no_price(&fixture, "option", 100, TL_ERR_INFEASIBLE, "nobody pays by the line 'option' in 2026", "");
    assert_no_price(&fixture, "fee", TL_MONEY_MAX_MINOR, TL_ERR_RANGE,
                    "the prices would be larger than 9.999.999.999.999,99 kr.", "");
    fixture.year.roster.count = 0;
    assert_no_price(&fixture, "fee", 100, TL_ERR_INFEASIBLE, "nobody pays by the line 'fee' in 2026", "");
    terms->class_count = 11;
    assert_no_price(&fixture, "fee", 100, TL_ERR_RANGE, "'fee' has more than 10 size classes", "");
    terms->class_count = CLASSES;
    end(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_sets_that_cover_come_smallest_surplus_first),
        cmocka_unit_test(brute_force_finds_the_same),
        cmocka_unit_test(markups_are_in_the_income),
        cmocka_unit_test(a_flat_price_is_divided_and_rounded_up),
        cmocka_unit_test(what_is_exact_is_not_rounded_up_and_zero_stays_zero),
        cmocka_unit_test(a_class_without_members_is_rounded_to_the_nearest),
        cmocka_unit_test(a_rebate_in_kroner_is_covered_too),
        cmocka_unit_test(amounts_that_are_rounded_are_covered_too),
        cmocka_unit_test(the_year_stays_as_it_is),
        cmocka_unit_test(what_cannot_be_scaled_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
