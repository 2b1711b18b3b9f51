/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Prices beyond one amount: per unit, brackets, by date of signing, rebates, passive members, frozen classes, indexed.
 */
#include <string.h>

#include "check.h"
#include "community.h"

struct fixture {
    struct tl_terms terms;
    struct community community;
    struct tl_index_value values[4];
    size_t value_count;
};

static void set_up(struct fixture *out, const int64_t *populations, size_t count)
{
    *out = (struct fixture){.value_count = 0};
    community_terms(&out->terms);
    community_make(&out->community, 2025, populations, count);
}

static void tear_down(struct fixture *fixture)
{
    community_release(&fixture->community);
    tl_terms_release(&fixture->terms);
}

static tl_status try_allocate(struct tl_allocation *out, const struct fixture *fixture, struct tl_err *err)
{
    struct tl_alloc_request request = {.terms = &fixture->terms,
                                       .year = 2026,
                                       .members = fixture->community.members,
                                       .member_count = fixture->community.count,
                                       .index_values = fixture->values,
                                       .index_value_count = fixture->value_count};
    return tl_alloc(out, &request, err);
}

static void allocate(struct tl_allocation *out, const struct fixture *fixture)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(try_allocate(out, fixture, &err), &err);
}

static void assert_refused_alloc(const struct fixture *fixture, tl_status expected, const char *message)
{
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(try_allocate(&allocation, fixture, &err), expected, &err, message, NULL);
}

static void assert_share(const struct tl_allocation *allocation, size_t line, size_t member, int64_t amount,
                         const char *working)
{
    assert_money(allocation->lines[line].shares[member].amount, amount);
    assert_string_equal(allocation->lines[line].shares[member].working, working);
}

static struct tl_line *add_per_unit(struct fixture *fixture, const char *id, struct tl_ratio per_unit,
                                    const char *quantity)
{
    struct tl_line *line = community_add_flat(&fixture->terms, id, 0);
    line->price = (struct tl_price){
        .kind = TL_PRICE_PER_UNIT, .per_unit = per_unit, .quantity = community_key(&fixture->terms, quantity)};
    return line;
}

/* Full price up to 150.000 inhabitants and half for each one above; and a price per pupil. */
static void a_price_per_unit_counts_any_quantity(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    set_up(&fixture, (const int64_t[]){10000, 373388}, 2);
    add_per_unit(&fixture, "heads", tl_ratio_of(385, 1000), "slices(population: 1 up to 150000, 1/2 above)")->markup =
        (struct tl_markup){true, {0, 1}, {35, 100}};
    add_per_unit(&fixture, "capped", tl_ratio_of(1, 3), "min(population, 100000)");
    add_per_unit(&fixture, "twice", tl_ratio_of(2, 1), "sum(population, 500 * equal)");
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 519750, "0.385 x 1 x 10000 x 1.35");
    assert_share(&allocation, 0, 1, 13601546, "0.385 x (1 x 150000 + 0.5 x 223388) x 1.35");
    assert_share(&allocation, 1, 0, 333333, "(1/3) x min(10000, 100000)");
    assert_share(&allocation, 2, 0, 2100000, "2.00 x (10000 + 500 x 1)");
    assert_money(allocation.lines[1].shares[0].price, 333333);
    assert_same_int(allocation.lines[0].shares[1].figure->value.numerator, 373388);
    tl_allocation_release(&allocation);
    fixture.community.members[1].figure_count = 0;
    assert_refused_alloc(&fixture, TL_ERR_MISSING, "member '0002' has no figure of 'population' on 2025-01-01");
    fixture.terms.lines[0].price.quantity = community_key(&fixture.terms, "50% equal + 50% population");
    assert_refused_alloc(&fixture, TL_ERR_INPUT, "the price of line 'heads' does not say what it counts");
    fixture.terms.lines[0].price.per_unit = (struct tl_ratio){0, 0};
    assert_refused_alloc(&fixture, TL_ERR_INPUT, "the price per unit of line 'heads' is no number");
    tear_down(&fixture);
}

/* For documents: who lacks a figure stops nobody else on a priced line, and everybody on a budgeted one. */
static void who_lacks_a_figure_is_left_out_of_a_priced_line(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    set_up(&fixture, (const int64_t[]){10000, 20000, 30000}, 3);
    add_per_unit(&fixture, "heads", tl_ratio_of(2, 1), "population");
    community_add_flat(&fixture.terms, "fee", 100000);
    fixture.community.members[1].figure_count = 0;
    struct tl_alloc_request request = {.terms = &fixture.terms,
                                       .year = 2026,
                                       .members = fixture.community.members,
                                       .member_count = fixture.community.count,
                                       .leaves_out = true};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    assert_int_equal(allocation.lines[0].share_count, 2);
    assert_share(&allocation, 0, 0, 2000000, "2.00 x 10000");
    assert_share(&allocation, 0, 1, 6000000, "2.00 x 30000");
    assert_string_equal(allocation.lines[0].shares[1].member->code, "0003");
    assert_money(allocation.lines[0].total, 8000000);
    assert_int_equal(allocation.lines[1].share_count, 3);
    assert_int_equal(allocation.left_out_count, 1);
    assert_null(tl_allocation_left_out(&allocation, "0001"));
    const struct tl_left_out *left_out = tl_allocation_left_out(&allocation, "0002");
    assert_non_null(left_out);
    assert_string_equal(left_out->line_id, "heads");
    assert_string_equal(left_out->why->message, "member '0002' has no figure of 'population' on 2025-01-01");
    tl_allocation_release(&allocation);
    community_add_budget(&fixture.terms, "shared", 90000, "population");
    assert_refused(tl_alloc(&allocation, &request, &err), TL_ERR_MISSING, &err,
                   "member '0002' has no figure of 'population' on 2025-01-01", NULL);
    tear_down(&fixture);
}

/* For a price list: the year's prices and budgets, whoever the members are. */
static void prices_alone_need_no_member(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    set_up(&fixture, (const int64_t[]){10000}, 1);
    add_per_unit(&fixture, "heads", tl_ratio_of(2, 1), "population");
    community_add_budget(&fixture.terms, "shared", 90000, "population");
    struct tl_alloc_request request = {.terms = &fixture.terms, .year = 2026, .prices_only = true};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    assert_true(allocation.lines[0].known);
    assert_int_equal(allocation.lines[0].share_count + allocation.lines[1].share_count, 0);
    assert_money(allocation.lines[1].budget, 90000);
    assert_string_equal(allocation.lines[1].key_text, "population");
    tl_allocation_release(&allocation);
    tear_down(&fixture);
}

static void a_price_table_gives_one_amount_per_bracket(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    struct tl_price_bracket brackets[] = {
        {true, true, {5000, 1}, {true, {110000}}},
        {true, false, {20000, 1}, {true, {220000}}},
        {false, false, {0, 1}, {true, {330000}}},
    };
    set_up(&fixture, (const int64_t[]){5000, 5001, 19999, 20000}, 4);
    struct tl_line *line = community_add_flat(&fixture.terms, "table", 0);
    line->price = (struct tl_price){.kind = TL_PRICE_BRACKETS,
                                    .quantity = community_key(&fixture.terms, "population"),
                                    .brackets = brackets,
                                    .bracket_count = 3};
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 110000, "1100.00");
    assert_share(&allocation, 0, 1, 220000, "2200.00");
    assert_share(&allocation, 0, 2, 220000, "2200.00");
    assert_share(&allocation, 0, 3, 330000, "3300.00");
    tl_allocation_release(&allocation);
    brackets[2].price.known = false;
    allocate(&allocation, &fixture);
    assert_false(allocation.lines[0].known);
    tl_allocation_release(&allocation);
    line->price.bracket_count = 2;
    assert_refused_alloc(&fixture, TL_ERR_MISSING, "no bracket of line 'table' holds member '0004'");
    tear_down(&fixture);
}

/* OS2mo: 60.000 until 2020-02-01, then 120.000, then 240.000, less what was paid towards versions. */
/* What the amount would be without what reduces it, and what does. */
static void assert_reduced(const struct tl_allocation *allocation, size_t line, size_t member, int64_t gross_minor,
                           const char *reduced_for)
{
    const struct tl_share *share = &allocation->lines[line].shares[member];
    assert_money(share->gross, gross_minor);
    assert_string_equal(share->reduced_for, reduced_for);
}

static void the_date_of_signing_fixes_the_price_and_rebates_come_off_it(void **state)
{
    (void)state;
    static const char *const one[] = {"version-2.0"};
    static const char *const both[] = {"version-2.5", "version-2.0"};
    struct fixture fixture;
    struct tl_allocation allocation;
    struct tl_price_step steps[] = {
        {tl_date_of(2020, 2, 1), {.kind = TL_PRICE_FLAT, .flat = {6000000}}},
        {tl_date_of(2020, 12, 31), {.kind = TL_PRICE_FLAT, .flat = {12000000}}},
        {{0}, {.kind = TL_PRICE_FLAT, .flat = {24000000}}},
    };
    struct tl_rebate rebates[] = {{"version-2.0", {0, 0}, {3000000}}, {"version-2.5", {0, 0}, {3000000}}};
    set_up(&fixture, (const int64_t[]){1, 1, 1, 1}, 4);
    struct tl_line *line = community_add_flat(&fixture.terms, "joining", 0);
    line->price_steps = steps;
    line->price_step_count = 3;
    line->rebates = rebates;
    line->rebate_count = 2;
    static const int32_t signed_on[] = {20200201, 20200202, 20201231, 20210101};
    for (size_t i = 0; i < 4; i++)
        fixture.community.members[i].signed_on = (struct tl_date){signed_on[i]};
    fixture.community.members[0].waivers = both;
    fixture.community.members[0].waiver_count = 2;
    fixture.community.members[1].waivers = one;
    fixture.community.members[1].waiver_count = 1;
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 0, "60000.00 - 30000.00 - 30000.00");
    assert_share(&allocation, 0, 1, 9000000, "120000.00 - 30000.00");
    assert_share(&allocation, 0, 2, 12000000, "120000.00");
    assert_share(&allocation, 0, 3, 24000000, "240000.00");
    assert_ptr_equal(allocation.lines[0].shares[3].price_step, &steps[2]);
    assert_money(allocation.lines[0].shares[1].rebate, 3000000);
    assert_reduced(&allocation, 0, 0, 6000000, "rebate version-2.0, rebate version-2.5");
    assert_reduced(&allocation, 0, 1, 12000000, "rebate version-2.0");
    assert_reduced(&allocation, 0, 2, 12000000, "");
    tl_allocation_release(&allocation);
    rebates[1].amount.minor = 4000000;
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 0, "max(60000.00 - 30000.00 - 40000.00, 0)");
    assert_money(allocation.lines[0].shares[0].rebate, 6000000);
    tl_allocation_release(&allocation);
    rebates[0].share = tl_ratio_of(1, 4);
    line->prorata = TL_PRORATA_MONTHS;
    fixture.community.members[1].first = tl_date_of(2026, 7, 1);
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 500000, "60000.00 x 0.75 - 40000.00");
    assert_share(&allocation, 0, 1, 4500000, "120000.00 x 0.75 x 6/12");
    assert_reduced(&allocation, 0, 1, 6000000, "rebate version-2.0");
    tl_allocation_release(&allocation);
    fixture.community.members[0].first = tl_date_of(2026, 7, 1);
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 250000, "(60000.00 x 0.75 - 40000.00) x 6/12");
    tl_allocation_release(&allocation);
    rebates[0].share = tl_ratio_of(5, 4);
    assert_refused_alloc(&fixture, TL_ERR_INPUT,
                         "the rebate 'version-2.0' of line 'joining' is more than the whole price");
    line->price_step_count = 2;
    line->rebate_count = 0;
    assert_refused_alloc(&fixture, TL_ERR_MISSING,
                         "line 'joining' has no price for members who sign on 2021-01-01, as '0004' did");
    fixture.community.members[0].signed_on = (struct tl_date){0};
    assert_refused_alloc(&fixture, TL_ERR_MISSING,
                         "member '0001' has no date of signing, which the price of line 'joining' depends on");
    tear_down(&fixture);
}

static void passive_members_pay_a_part_where_the_line_says_so(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    set_up(&fixture, (const int64_t[]){1, 1}, 2);
    fixture.community.members[1].is_passive = true;
    struct tl_line *line = community_add_flat(&fixture.terms, "annual", 1000000);
    line->passive = tl_ratio_of(1, 3);
    line->markup = (struct tl_markup){true, {9, 100}, {35, 100}};
    community_add_flat(&fixture.terms, "joining", 1000000);
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 1350000, "10000.00 x 1.35");
    assert_share(&allocation, 0, 1, 450000, "10000.00 x (1/3) x 1.35");
    assert_true(allocation.lines[0].shares[1].pays_as_passive);
    assert_reduced(&allocation, 0, 0, 1350000, "");
    assert_reduced(&allocation, 0, 1, 1350000, "passive");
    assert_share(&allocation, 1, 1, 1000000, "10000.00");
    assert_false(allocation.lines[1].shares[1].pays_as_passive);
    tl_allocation_release(&allocation);
    tear_down(&fixture);
}

static void a_class_frozen_until_a_year_is_kept_that_long(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    set_up(&fixture, (const int64_t[]){61000, 61000}, 2);
    fixture.community.members[0].class_frozen = "Mellem";
    fixture.community.members[0].class_frozen_until = 2026;
    fixture.community.members[1].class_frozen = "Mellem";
    fixture.community.members[1].class_frozen_until = 2025;
    community_add_prices(&fixture.terms, "annual", (const int64_t[]){100, 200, 300, 400});
    allocate(&allocation, &fixture);
    assert_money(allocation.lines[0].shares[0].amount, 200);
    assert_true(allocation.lines[0].shares[0].class_is_frozen);
    assert_money(allocation.lines[0].shares[1].amount, 300);
    assert_false(allocation.lines[0].shares[1].class_is_frozen);
    tl_allocation_release(&allocation);
    fixture.community.members[0].class_frozen = "Kæmpe";
    assert_refused_alloc(&fixture, TL_ERR_INPUT,
                         "member '0001' is frozen in the class 'Kæmpe', which the terms do not have");
    tear_down(&fixture);
}

static struct tl_index_value index_value(int year, int64_t tenths)
{
    return (struct tl_index_value){"kl-pl", tl_date_of(year, 1, 1), tl_ratio_of(tenths, 10), "test"};
}

static void an_index_moves_a_price_and_rounds_it_by_its_own_rule(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    set_up(&fixture, (const int64_t[]){30000}, 1);
    fixture.values[0] = index_value(2020, 1152);
    fixture.values[1] = index_value(2025, 1183);
    fixture.value_count = 2;
    struct tl_indexation indexation = {"kl-pl", tl_date_of(2020, 1, 1), 1, 1, 1, 0, TL_ROUNDING_NEAREST};
    struct tl_line *line = community_add_flat(&fixture.terms, "fee", 2500000);
    line->indexation = indexation;
    line->markup = (struct tl_markup){true, {0, 1}, {9, 100}};
    line = community_add_flat(&fixture.terms, "krone up", 2500000);
    line->indexation = indexation;
    line->indexation.round_to_minor = 100;
    line->indexation.rounding = TL_ROUNDING_UP;
    line = community_add_flat(&fixture.terms, "krone down", -2500000);
    line->indexation = indexation;
    line->indexation.round_to_minor = 100;
    line->indexation.rounding = TL_ROUNDING_DOWN;
    add_per_unit(&fixture, "heads", tl_ratio_of(385, 100), "population")->indexation = indexation;
    community_add_prices(&fixture.terms, "class", (const int64_t[]){100, 200, 300, 400})->indexation = indexation;
    allocate(&allocation, &fixture);
    /* 25000 x 118,3/115,2 = 25672,743... */
    assert_share(&allocation, 0, 0, 2798329, "round(25000.00 x 118.3/115.2, 0.01) x 1.09");
    assert_money(allocation.lines[0].shares[0].price, 2567274);
    assert_money(allocation.lines[0].shares[0].price_before_index, 2500000);
    assert_ptr_equal(allocation.lines[0].index_base, &fixture.values[0]);
    assert_ptr_equal(allocation.lines[0].index_now, &fixture.values[1]);
    assert_share(&allocation, 1, 0, 2567300, "roundup(25000.00 x 118.3/115.2, 1.00)");
    assert_share(&allocation, 2, 0, -2567200, "rounddown(-25000.00 x 118.3/115.2, 1.00)");
    assert_share(&allocation, 3, 0, 395 * 30000, "round(3.85 x 118.3/115.2, 0.01) x 30000");
    assert_share(&allocation, 4, 0, 205, "round(2.00 x 118.3/115.2, 0.01)");
    tl_allocation_release(&allocation);
    tear_down(&fixture);
}

static void an_index_moves_a_budget_too(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_allocation allocation;
    set_up(&fixture, (const int64_t[]){30000, 10000}, 2);
    fixture.values[0] = index_value(2020, 1152);
    fixture.values[1] = index_value(2025, 1183);
    fixture.value_count = 2;
    struct tl_line *line = community_add_budget(&fixture.terms, "pot", 2500000, "population");
    line->indexation = (struct tl_indexation){"kl-pl", tl_date_of(2020, 1, 1), 1, 1, 1, 10000, TL_ROUNDING_NEAREST};
    allocate(&allocation, &fixture);
    assert_money(allocation.lines[0].budget, 2570000);
    assert_string_equal(allocation.lines[0].budget_working, "round(25000.00 x 118.3/115.2, 100.00)");
    assert_share(&allocation, 0, 0, 1927500, "25700.00 x 30000/40000");
    tl_allocation_release(&allocation);
    fixture.value_count = 1;
    assert_refused_alloc(&fixture, TL_ERR_MISSING, "the index 'kl-pl' has no value for 2025-01-01");
    fixture.values[0].value = tl_ratio_of(0, 1);
    assert_refused_alloc(&fixture, TL_ERR_INPUT, "the value of the index 'kl-pl' for 2020-01-01 is not above zero");
    line->indexation.month = 0;
    assert_refused_alloc(&fixture, TL_ERR_INPUT, "the indexation of line 'pot' has no date or no unit to round to");
    tear_down(&fixture);
}

/* A joining fee per class under two versions: member 0001 signed the earlier, with other classes, a rebate and an
 * index; 0002 the one that is allocated. Both begin in 2026. */
static void two_versions(struct fixture *fixture, struct tl_terms *signed_terms)
{
    static const int64_t populations[] = {30000, 30000}, now[4] = {6000000, 12000000, 18000000, 24000000};
    static const int64_t before[4] = {3000000, 6000000, 9000000, -1};
    set_up(fixture, populations, 2);
    community_terms(signed_terms);
    signed_terms->classes[1].bound = tl_ratio_of(28000, 1); /* so that 30.000 is Stor, and not Mellem */
    community_add_prices(&fixture->terms, "joining", now)->kind = TL_LINE_JOINING_FEE;
    community_add_prices(signed_terms, "joining", before)->kind = TL_LINE_JOINING_FEE;
    for (size_t i = 0; i < 2; i++)
        fixture->community.members[i].first = tl_date_of(2026, 1, 1);
    fixture->community.members[0].signed_terms = signed_terms;
    fixture->community.members[0].signed_version = 1;
}

static void a_joining_fee_is_that_of_the_terms_that_were_signed(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_terms signed_terms;
    struct tl_allocation allocation;
    static const char *const waiver[] = {"funded-1.0"};
    two_versions(&fixture, &signed_terms);
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 9000000, "90000.00");
    assert_share(&allocation, 0, 1, 12000000, "120000.00");
    assert_ptr_equal(allocation.lines[0].shares[0].fixed, &signed_terms.lines[0]);
    assert_null(allocation.lines[0].shares[1].fixed);
    assert_string_equal(allocation.lines[0].shares[0].size_class->name, "Stor");
    assert_string_equal(allocation.lines[0].shares[1].size_class->name, "Mellem");
    tl_allocation_release(&allocation);

    /* its index, markup and unit, and not those of today */
    fixture.values[0] = (struct tl_index_value){"kl-pl", tl_date_of(2020, 1, 1), tl_ratio_of(100, 1), "KL"};
    fixture.values[1] = (struct tl_index_value){"kl-pl", tl_date_of(2025, 1, 1), tl_ratio_of(110, 1), "KL"};
    fixture.value_count = 2;
    struct tl_line *line = &signed_terms.lines[0];
    line->indexation = (struct tl_indexation){"kl-pl", tl_date_of(2020, 1, 1), 1, 1, 1, 1, TL_ROUNDING_NEAREST};
    line->markup.present = true;
    line->markup.member = line->markup.other = tl_ratio_of(1, 1000);
    line->round_to_minor = 10000;
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 9910000, "round(90000.00 x 110/100, 0.01) x 1.001");
    assert_share(&allocation, 0, 1, 12000000, "120000.00");
    tl_allocation_release(&allocation);

    /* its waiver */
    fixture.community.members[0].waivers = waiver;
    fixture.community.members[0].waiver_count = 1;
    line->waived_for = "funded-1.0";
    allocate(&allocation, &fixture);
    assert_money(allocation.lines[0].shares[0].amount, 0);
    assert_string_equal(allocation.lines[0].shares[0].waived, "funded-1.0");
    tl_allocation_release(&allocation);
    tl_terms_release(&signed_terms);
    tear_down(&fixture);
}

static void a_fee_that_was_signed_is_known_whatever_the_terms_of_today_know(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_terms signed_terms;
    struct tl_allocation allocation;
    two_versions(&fixture, &signed_terms);
    fixture.terms.lines[0].price.kind = TL_PRICE_NOT_YET_KNOWN;
    allocate(&allocation, &fixture);
    assert_false(allocation.lines[0].known);
    tl_allocation_release(&allocation);
    fixture.community.count = 1;
    allocate(&allocation, &fixture);
    assert_true(allocation.lines[0].known);
    assert_share(&allocation, 0, 0, 9000000, "90000.00");
    tl_allocation_release(&allocation);
    /* and the other way round */
    fixture.terms.lines[0].price.kind = TL_PRICE_PER_CLASS;
    signed_terms.lines[0].price.kind = TL_PRICE_NOT_YET_KNOWN;
    allocate(&allocation, &fixture);
    assert_false(allocation.lines[0].known);
    tl_allocation_release(&allocation);
    tl_terms_release(&signed_terms);
    tear_down(&fixture);
}

static void an_amount_agreed_since_stands_in_the_place_of_the_fee_that_was_signed(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_terms signed_terms;
    struct tl_allocation allocation;
    struct tl_agreed_amount agreed = {"0001", {1000000}, "styregruppe pkt. 2"};
    two_versions(&fixture, &signed_terms);
    fixture.terms.lines[0].agreed = &agreed;
    fixture.terms.lines[0].agreed_count = 1;
    allocate(&allocation, &fixture);
    assert_share(&allocation, 0, 0, 1000000, "10000.00");
    assert_null(allocation.lines[0].shares[0].fixed);
    tl_allocation_release(&allocation);
    tl_terms_release(&signed_terms);
    tear_down(&fixture);
}

static void who_signed_terms_without_the_fee_owes_none(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_terms signed_terms;
    struct tl_allocation allocation;
    two_versions(&fixture, &signed_terms);
    signed_terms.lines[0].id = "other";
    allocate(&allocation, &fixture);
    assert_int_equal(allocation.lines[0].share_count, 1);
    assert_string_equal(allocation.lines[0].shares[0].member->code, "0002");
    tl_allocation_release(&allocation);
    tl_terms_release(&signed_terms);
    tear_down(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_per_unit_counts_any_quantity),
        cmocka_unit_test(who_lacks_a_figure_is_left_out_of_a_priced_line),
        cmocka_unit_test(prices_alone_need_no_member),
        cmocka_unit_test(a_price_table_gives_one_amount_per_bracket),
        cmocka_unit_test(the_date_of_signing_fixes_the_price_and_rebates_come_off_it),
        cmocka_unit_test(passive_members_pay_a_part_where_the_line_says_so),
        cmocka_unit_test(a_class_frozen_until_a_year_is_kept_that_long),
        cmocka_unit_test(an_index_moves_a_price_and_rounds_it_by_its_own_rule),
        cmocka_unit_test(an_index_moves_a_budget_too),
        cmocka_unit_test(a_joining_fee_is_that_of_the_terms_that_were_signed),
        cmocka_unit_test(a_fee_that_was_signed_is_known_whatever_the_terms_of_today_know),
        cmocka_unit_test(an_amount_agreed_since_stands_in_the_place_of_the_fee_that_was_signed),
        cmocka_unit_test(who_signed_terms_without_the_fee_owes_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
