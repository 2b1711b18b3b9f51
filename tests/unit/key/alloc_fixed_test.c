/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What stands around a key: agreed amounts, first shares, bounds as shares, published percents, groups.
 */
#include <string.h>

#include "check.h"
#include "community.h"

static const struct tl_period whole_year = {{0}, {0}};

static tl_status try_allocate(struct tl_allocation *out, const struct tl_terms *terms,
                              const struct community *community, struct tl_period period, struct tl_err *err)
{
    struct tl_alloc_request request = {.terms = terms,
                                       .year = 2026,
                                       .members = community->members,
                                       .member_count = community->count,
                                       .period = period};
    return tl_alloc(out, &request, err);
}

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct community *community,
                     struct tl_period period)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(try_allocate(out, terms, community, period, &err), &err);
}

static void assert_refused_alloc(const struct tl_terms *terms, const struct community *community, tl_status expected,
                                 const char *message, const char *hint)
{
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(try_allocate(&allocation, terms, community, whole_year, &err), expected, &err, message, hint);
}

static void assert_frac(const struct tl_frac *frac, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_string_equal(tl_frac_text(frac, &arena), expected);
    tl_arena_release(&arena);
}

static void an_agreed_amount_overrides_the_key_and_the_others_share_the_rest(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_agreed_amount agreed[] = {{"0002", {12345}, "own installation"}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 50000, 30000}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->round_to_minor = 100;
    line->agreed = agreed;
    line->agreed_count = 1;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    assert_money(result->shares[1].amount, 12345);
    assert_ptr_equal(result->shares[1].agreed, &agreed[0]);
    assert_string_equal(result->shares[1].working, "123.45");
    assert_frac(&result->shares[1].exact, "12345");
    assert_frac(&result->shares[1].weight, "0");
    assert_null(result->shares[1].figure);
    assert_money(result->segments[0].to_key, 87655);
    assert_frac(&result->weight_sum, "40000");
    assert_string_equal(result->shares[2].working, "876.55 x 30000/40000");
    assert_money(result->shares[0].amount, 21900);
    assert_money(result->shares[2].amount, 65755);
    assert_money(result->total, 100000);
    assert_null(result->shares[2].agreed);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

/* Neither class, figure, index, markup, rebate, waiver nor the line's unit has a say; time has. */
static void an_agreed_amount_overrides_everything_of_a_price_but_time(void **state)
{
    (void)state;
    static const int64_t prices[] = {1000000, 2000000, -1, 4000000};
    static const char *const tags[] = {"funded"};
    static const struct tl_agreed_amount agreed[] = {{"0002", {1234567}, "own installation"}, {"0003", {100000}, ""}};
    static const struct tl_rebate rebates[] = {{"funded", {1, 4}, {0}}};
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 70000, 50000}, 3);
    community.members[1].figure_count = 0;
    community.members[1].is_passive = true;
    community.members[2].waivers = tags;
    community.members[2].waiver_count = 1;
    community.members[2].last = tl_date_of(2026, 3, 31);
    struct tl_line *line = community_add_prices(&terms, "fee", prices);
    line->markup = (struct tl_markup){true, {9, 100}, {35, 100}};
    line->passive = tl_ratio_of(1, 3);
    line->rebates = (struct tl_rebate *)rebates;
    line->rebate_count = 1;
    line->waived_for = "funded";
    line->prorata = TL_PRORATA_MONTHS;
    line->round_to_minor = 10000;
    line->agreed = (struct tl_agreed_amount *)agreed;
    line->agreed_count = 2;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    assert_true(result->known); /* the class whose price is not yet known has only members that agreed */
    assert_money(result->shares[0].amount, 1350000);
    assert_null(result->shares[0].agreed);
    assert_money(result->shares[1].amount, 1234567);
    assert_ptr_equal(result->shares[1].agreed, &agreed[0]);
    assert_money(result->shares[1].price, 1234567);
    assert_string_equal(result->shares[1].working, "12345.67");
    assert_null(result->shares[1].size_class);
    assert_false(result->shares[1].pays_as_passive);
    assert_int_equal(result->shares[1].markup.numerator, 0);
    assert_money(result->shares[2].amount, 25000);
    assert_null(result->shares[2].waived);
    assert_string_equal(result->shares[2].working, "1000.00 x 3/12");
    assert_money(result->total, 2609567);
    tl_allocation_release(&allocation);
    allocate(&allocation, &terms, &community, (struct tl_period){tl_date_of(2026, 1, 1), tl_date_of(2026, 3, 31)});
    assert_money(allocation.lines[0].shares[1].amount, 308642);
    assert_frac(&allocation.lines[0].shares[1].exact, "1234567/4");
    assert_money(allocation.lines[0].shares[2].amount, 25000);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void an_agreed_amount_of_a_price_is_of_a_member_and_one(void **state)
{
    (void)state;
    struct tl_agreed_amount agreed[] = {{"0001", {1}, ""}, {"0001", {2}, ""}};
    struct tl_terms terms;
    struct community community;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000}, 1);
    struct tl_line *line = community_add_flat(&terms, "fee", 100);
    line->agreed = agreed;
    line->agreed_count = 2;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "line 'fee' has two agreed amounts for member '0001'", "");
    agreed[1].member = "0009";
    assert_refused_alloc(&terms, &community, TL_ERR_NOT_FOUND,
                         "line 'fee' has an agreed amount for '0009', who is no member", "");
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_first_share_goes_to_a_member_or_an_account_before_the_key(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_first_share first[] = {
        {.member = "0001", .share = {1, 4}},
        {.account = "00008", .amount = {20000}},
    };
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 50000, 30000}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 100002, "population");
    line->first_shares = first;
    line->first_share_count = 2;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    /* 1000,02 x 1/4 = 250,005, rounded away from zero */
    assert_money(result->shares[0].amount, 25001);
    assert_string_equal(result->shares[0].working, "1000.02 x 25%");
    assert_ptr_equal(result->shares[0].first_share, &first[0]);
    assert_int_equal(result->account_share_count, 1);
    assert_money(result->account_shares[0].amount, 20000);
    assert_string_equal(result->account_shares[0].working, "200.00");
    assert_ptr_equal(result->account_shares[0].first_share, &first[1]);
    assert_money(result->account_total, 20000);
    assert_money(result->total, 80002);
    assert_money(result->segments[0].to_key, 55001);
    assert_string_equal(result->shares[1].working, "550.01 x 50000/80000");
    tl_allocation_release(&allocation);

    first[0].also_in_key = true;
    allocate(&allocation, &terms, &community, whole_year);
    result = &allocation.lines[0];
    assert_string_equal(result->shares[0].working, "1000.02 x 25% + 550.01 x 10000/90000");
    assert_money(result->shares[0].amount, 25001 + 6111);
    assert_frac(&result->shares[0].exact, "280010/9");
    assert_money(result->total, 80002);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void what_is_fixed_follows_time_and_foots(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_agreed_amount agreed[] = {{"0002", {10000}, ""}};
    struct tl_first_share first[] = {{.account = "00008", .share = {1, 3}}, {.member = "0001", .amount = {5000}}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 50000, 30000, 7}, 4);
    community.members[1].last = tl_date_of(2026, 8, 20);
    struct tl_line *line = community_add_budget(&terms, "pot", 100001, "population");
    line->prorata = TL_PRORATA_DAYS;
    line->agreed = agreed;
    line->agreed_count = 1;
    line->first_shares = first;
    line->first_share_count = 2;
    int64_t total = 0, to_accounts = 0, agreed_sum = 0, first_sum = 0;
    for (int quarter = 0; quarter < 4; quarter++) {
        struct tl_allocation allocation;
        struct tl_date start = tl_date_of(2026, 3 * quarter + 1, 1);
        allocate(&allocation, &terms, &community,
                 (struct tl_period){start, tl_date_add_days(tl_date_add_months(start, 3), -1)});
        const struct tl_line_result *result = &allocation.lines[0];
        assert_money(result->budget, result->total.minor + result->account_total.minor);
        for (size_t i = 0; i < result->share_count; i++) {
            if (result->shares[i].agreed != NULL)
                agreed_sum += result->shares[i].amount.minor;
            if (result->shares[i].first_share != NULL)
                first_sum += result->shares[i].amount.minor;
        }
        total += result->total.minor;
        to_accounts += result->account_total.minor;
        if (quarter == 2) {
            assert_int_equal(result->segment_count, 2);
            assert_string_equal(tl_line_result_share(result, "0002")->working, "100.00 x 3/12 x 51/92");
            assert_string_equal(result->account_shares[0].working, "1000.01 x 1/3 x 3/12");
            assert_string_equal(result->budget_working, "1000.01 x 3/12");
        }
        tl_allocation_release(&allocation);
    }
    assert_same_int(to_accounts, 33334);
    assert_same_int(total + to_accounts, 100001);
    assert_same_int(first_sum, 5000);
    assert_same_int(agreed_sum, 2500 + 2500 + 1386);
    community_release(&community);
    tl_terms_release(&terms);
}

static void what_is_fixed_and_does_not_fit_is_refused(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_agreed_amount agreed[] = {{"0001", {70000}, ""}, {"0002", {40000}, ""}};
    struct tl_first_share first[] = {{.member = "0003", .share = {1, 4}}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 50000, 30000}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->agreed = agreed;
    line->agreed_count = 2;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the agreed amounts and first shares of line 'pot' sum to 1.100,00, beyond its budget of "
                         "1.000,00",
                         "lower them, or raise the budget");
    community.count = 2;
    agreed[0].amount.minor = 50000;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the agreed amounts and first shares of line 'pot' sum to 900,00, and nobody shares the rest "
                         "of its budget of 1.000,00",
                         "let them sum to the budget, or leave somebody to the key");
    agreed[0].amount.minor = 60000;
    struct tl_allocation allocation;
    allocate(&allocation, &terms, &community, whole_year);
    assert_money(allocation.lines[0].shares[0].amount, 60000);
    tl_allocation_release(&allocation);
    line->first_shares = first;
    line->first_share_count = 1;
    assert_refused_alloc(&terms, &community, TL_ERR_NOT_FOUND,
                         "line 'pot' has a first share for '0003', who is no member", "");
    community.count = 3;
    community.members[2].first = tl_date_of(2027, 1, 1);
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "line 'pot' has a first share for member '0003', who is not in its scope",
                         "decide who bears the first share instead");
    community.members[2].first = tl_date_of(2026, 5, 1);
    line->prorata = TL_PRORATA_MONTHS;
    line->agreed_count = 0;
    assert_refused_alloc(
        &terms, &community, TL_ERR_INFEASIBLE,
        "line 'pot' has a first share for member '0003', who is not in its scope from 2026-01-01 to 2026-04-30", "");
    first[0].member = "0001";
    line->agreed_count = 1;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "line 'pot' has two fixed amounts for member '0001'", "");
    line->agreed_count = 0;
    line->prorata = TL_PRORATA_NONE;
    first[0].share = tl_ratio_of(-1, 4);
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "a first share of line 'pot' is below zero", "");
    first[0].share = tl_ratio_of(TL_MONEY_MAX_MINOR, 100000);
    line->round_to_minor = 10000;
    assert_refused_alloc(&terms, &community, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.", "");
    first[0].share = tl_ratio_of(1, 4);
    agreed[1].member = "0001";
    line->agreed_count = 2;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "line 'pot' has two agreed amounts for member '0001'", "");
    agreed[0].member = "0009";
    assert_refused_alloc(&terms, &community, TL_ERR_NOT_FOUND,
                         "line 'pot' has an agreed amount for '0009', who is no member", "");
    community_release(&community);
    tl_terms_release(&terms);
}

/* An agreed amount for a member that is not there this year waits for it. */
static void an_agreed_amount_of_a_member_who_left_is_left_out(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_agreed_amount agreed[] = {{"0002", {40000}, ""}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 50000}, 2);
    community.members[1].last = tl_date_of(2025, 12, 31);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->agreed = agreed;
    line->agreed_count = 1;
    allocate(&allocation, &terms, &community, whole_year);
    assert_int_equal(allocation.lines[0].share_count, 1);
    assert_money(allocation.lines[0].shares[0].amount, 100000);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void floor_and_cap_can_be_shares_of_the_budget(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 9, 30, 60}, 4);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->floor_share = tl_ratio_of(1, 10);
    line->cap_share = tl_ratio_of(1, 2);
    allocate(&allocation, &terms, &community, whole_year);
    assert_money(allocation.lines[0].shares[0].amount, 10000);
    assert_money(allocation.lines[0].shares[3].amount, 50000);
    assert_string_equal(allocation.lines[0].shares[3].working, "min(300.00 x 60/30, 500.00)");
    tl_allocation_release(&allocation);
    /* of a floor as an amount and one as a share the higher holds; of caps the lower */
    line->has_floor = line->has_cap = true;
    line->floor.minor = 15000;
    line->cap.minor = 45000;
    allocate(&allocation, &terms, &community, whole_year);
    assert_money(allocation.lines[0].shares[0].amount, 15000);
    assert_money(allocation.lines[0].shares[3].amount, 45000);
    tl_allocation_release(&allocation);
    line->floor_share = tl_ratio_of(3, 10);
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the floors of line 'pot' sum to 1.200,00 for 4 members, more than the 1.000,00 they share",
                         "lower the floor or raise the budget");
    community_release(&community);
    tl_terms_release(&terms);
}

/* In the form of the Königsteiner Schlüssel: two thirds tax revenue, one third population, five decimals. */
static void published_percents_sum_to_a_hundred_and_carry_the_amounts(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){11100394, 13140183, 3644826, 2521893}, 4);
    static const int64_t taxes[] = {41290, 59320, 14770, 5800};
    for (size_t i = 0; i < 4; i++)
        community_add_figure(&community, i, "tax", 2025, taxes[i]);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000000, "2/3 tax + 1/3 population");
    line->has_published_decimals = true;
    line->published_decimals = 5;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    mpq_t sum, percent;
    mpq_init(sum);
    mpq_init(percent);
    for (size_t i = 0; i < 4; i++) {
        const struct tl_share *share = &result->shares[i];
        mpq_set_si(percent, share->published.numerator, (unsigned long)share->published.denominator);
        mpq_add(sum, sum, percent);
        /* published to five decimals of a percent: less than one of the last off the exact share */
        mpq_sub(percent, percent, share->share.q);
        mpq_abs(percent, percent);
        assert_true(mpq_cmp_ui(percent, 1, 10000000) < 0);
        /* a budget of a million is divided by them to the øre */
        assert_frac(&share->rounding, "0");
    }
    assert_true(mpq_cmp_ui(sum, 1, 1) == 0);
    assert_string_equal(result->shares[0].working, "1000000.00 x 34.88408%");
    assert_money(result->shares[0].amount, 34884080);
    mpq_clear(sum);
    mpq_clear(percent);
    tl_allocation_release(&allocation);
    line->published_decimals = 11;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "line 'pot' publishes 11 decimals, and not 0 to 10", "");
    community_release(&community);
    tl_terms_release(&terms);
}

static void published_percents_keep_floor_and_cap(void **state)
{
    (void)state;
    struct check_random random = {6};
    int held = 0;
    for (int round = 0; round < 500; round++) {
        struct tl_terms terms;
        struct community community;
        struct tl_allocation allocation;
        struct tl_err err = TL_ERR_NONE;
        int64_t populations[9];
        for (size_t i = 0; i < 9; i++)
            populations[i] = check_random_between(&random, 1, 100000);
        community_terms(&terms);
        community_make(&community, 2025, populations, 9);
        int64_t budget = check_random_between(&random, 100000, 10000000);
        struct tl_line *line = community_add_budget(&terms, "pot", budget, "population");
        line->has_published_decimals = true;
        line->published_decimals = (int)check_random_between(&random, 0, 5);
        line->has_floor = line->has_cap = true;
        line->floor.minor = budget / check_random_between(&random, 15, 30);
        line->cap.minor = budget / check_random_between(&random, 3, 5);
        tl_status status = try_allocate(&allocation, &terms, &community, whole_year, &err);
        if (status == TL_OK) {
            int64_t total = 0;
            held++;
            for (size_t i = 0; i < 9; i++) {
                int64_t amount = allocation.lines[0].shares[i].amount.minor;
                assert_true(amount >= line->floor.minor && amount <= line->cap.minor);
                total += amount;
            }
            assert_same_int(total, budget);
            tl_allocation_release(&allocation);
        } else
            assert_int_equal(status, TL_ERR_INFEASIBLE);
        community_release(&community);
        tl_terms_release(&terms);
    }
    assert_true(held > 400);
}

static void percents_too_coarse_for_floor_and_cap_are_refused(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 300000, "population");
    line->has_published_decimals = true;
    line->has_floor = true;
    line->floor.minor = 99500;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "no percents with 0 decimals hold the floor and the cap of line 'pot'",
                         "publish more decimals");
    line->published_decimals = 1;
    struct tl_allocation allocation;
    allocate(&allocation, &terms, &community, whole_year);
    assert_string_equal(allocation.lines[0].shares[0].working, "3000.00 x 33.4%");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_line_can_be_for_a_group(void **state)
{
    (void)state;
    static const char *const region[] = {"pilots", "north"};
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    community.members[2].groups = region;
    community.members[2].group_count = 2;
    community.members[0].groups = region;
    community.members[0].group_count = 1;
    community_add_budget(&terms, "pot", 1000, "equal")->group = "north";
    community_add_flat(&terms, "fee", 100)->group = "pilots";
    allocate(&allocation, &terms, &community, whole_year);
    assert_int_equal(allocation.lines[0].share_count, 1);
    assert_string_equal(allocation.lines[0].shares[0].member->code, "0003");
    assert_int_equal(allocation.lines[1].share_count, 2);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_agreed_amount_overrides_the_key_and_the_others_share_the_rest),
        cmocka_unit_test(an_agreed_amount_overrides_everything_of_a_price_but_time),
        cmocka_unit_test(an_agreed_amount_of_a_price_is_of_a_member_and_one),
        cmocka_unit_test(a_first_share_goes_to_a_member_or_an_account_before_the_key),
        cmocka_unit_test(what_is_fixed_follows_time_and_foots),
        cmocka_unit_test(what_is_fixed_and_does_not_fit_is_refused),
        cmocka_unit_test(an_agreed_amount_of_a_member_who_left_is_left_out),
        cmocka_unit_test(floor_and_cap_can_be_shares_of_the_budget),
        cmocka_unit_test(published_percents_sum_to_a_hundred_and_carry_the_amounts),
        cmocka_unit_test(published_percents_keep_floor_and_cap),
        cmocka_unit_test(percents_too_coarse_for_floor_and_cap_are_refused),
        cmocka_unit_test(a_line_can_be_for_a_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
