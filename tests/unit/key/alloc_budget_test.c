/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "community.h"
#include "hamilton.h"

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct community *community)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {
        .terms = terms, .year = 2026, .members = community->members, .member_count = community->count};
    assert_ok(tl_alloc(out, &request, &err), &err);
}

static void assert_refused_alloc(const struct tl_terms *terms, const struct community *community, tl_status expected,
                                 const char *message, const char *hint)
{
    struct tl_allocation allocation = TL_ALLOCATION_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {
        .terms = terms, .year = 2026, .members = community->members, .member_count = community->count};
    assert_refused(tl_alloc(&allocation, &request, &err), expected, &err, message, hint);
}

static void assert_frac(const struct tl_frac *frac, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_string_equal(tl_frac_text(frac, &arena), expected);
    tl_arena_release(&arena);
}

/* Footing, quota (nobody a whole unit off its exact share) and that the working's numbers agree with each other. */
static void check_line(const struct tl_line_result *result, int64_t budget, int64_t unit)
{
    mpq_t sum, off;
    int64_t total = 0, odd = 0;
    mpq_init(sum);
    mpq_init(off);
    for (size_t i = 0; i < result->share_count; i++) {
        const struct tl_share *share = &result->shares[i];
        total += share->amount.minor;
        odd += share->amount.minor % unit == 0 ? 0 : 1;
        mpq_add(sum, sum, share->exact.q);
        mpq_set_si(off, share->amount.minor, 1);
        mpq_sub(off, off, share->exact.q);
        assert_true(mpq_equal(off, share->rounding.q));
        mpq_abs(off, off);
        assert_true(mpq_cmp_ui(off, (unsigned long)unit, 1) < 0);
    }
    assert_same_int(total, budget);
    assert_money(result->total, budget);
    assert_true(mpq_cmp_si(sum, budget, 1) == 0);
    assert_true(odd <= 1);
    mpq_clear(sum);
    mpq_clear(off);
}

static void a_share_tells_weight_share_figure_and_working(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 20000, 40000}, 3);
    community_add_budget(&terms, "hosting", 10000, "population");
    community_add_budget(&terms, "equal", 10000, "equal");
    community_add_budget(&terms, "development", 120000000, "25% equal + 75% population");
    allocate(&allocation, &terms, &community);

    const struct tl_line_result *hosting = tl_allocation_line(&allocation, "hosting");
    const struct tl_share *share = tl_line_result_share(hosting, "0002");
    assert_string_equal(hosting->key_text, "population");
    assert_frac(&hosting->weight_sum, "70000");
    assert_frac(&share->weight, "20000");
    assert_frac(&share->share, "2/7");
    assert_frac(&share->exact, "20000/7");
    assert_frac(&share->rounding, "-1/7");
    assert_money(share->amount, 2857);
    assert_same_int(share->figure->value.numerator, 20000);
    assert_string_equal(share->working, "100.00 x 20000/70000");

    const struct tl_line_result *equal = tl_allocation_line(&allocation, "equal");
    assert_string_equal(equal->shares[0].working, "100.00 x 1/3");
    assert_money(equal->shares[0].amount, 3334);
    assert_money(equal->shares[1].amount, 3333);
    assert_null(equal->shares[0].figure);

    const struct tl_line_result *development = tl_allocation_line(&allocation, "development");
    share = tl_line_result_share(development, "0003");
    assert_string_equal(development->key_text, "25% equal + 75% population");
    assert_frac(&development->weight_sum, "1");
    assert_frac(&share->share, "43/84");
    assert_string_equal(share->working, "1200000.00 x (25% x 1/3 + 75% x 40000/70000)");
    check_line(development, 120000000, 1);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_mix_inside_a_mix_is_weighed_from_the_inside(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 3}, 2);
    community_add_figure(&community, 0, "tax", 2025, 4);
    community_add_figure(&community, 1, "tax", 2025, 1);
    community_add_budget(&terms, "a", 100, "50% (1/3 tax + 2/3 population) + 1/2 equal");
    community_add_budget(&terms, "b", 100, "2/3 tax + 1/3 population");
    allocate(&allocation, &terms, &community);
    const struct tl_share *share = &tl_allocation_line(&allocation, "a")->shares[0];
    /* 1/2 (1/3 x 4/5 + 2/3 x 1/4) + 1/2 x 1/2 */
    assert_frac(&share->share, "7/15");
    assert_string_equal(share->working, "1.00 x (50% x (1/3 x 4/5 + 2/3 x 1/4) + 50% x 1/2)");
    assert_frac(&tl_allocation_line(&allocation, "b")->shares[0].share, "37/60");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void ten_thousand_random_budgets_and_member_sets_sum_to_the_oere(void **state)
{
    (void)state;
    static const char *const keys[] = {"equal", "population", "25% equal + 75% population",
                                       "2/3 population + 1/3 equal"};
    static const int64_t units[] = {1, 1, 100, 1000, 10000};
    struct check_random random = {2026};
    struct community all;
    community_load(&all, 2025);
    for (int round = 0; round < 10000; round++) {
        struct tl_terms terms;
        struct tl_allocation allocation;
        struct tl_member members[98];
        struct community some = {.members = members};
        size_t wanted = round % 10 == 0 ? 98 : (size_t)check_random_between(&random, 1, 12);
        for (size_t i = 0; i < all.count && some.count < wanted; i++)
            if (wanted == 98 || check_random_between(&random, 0, 7) == 0 || all.count - i == wanted - some.count)
                members[some.count++] = all.members[i];
        int64_t budget = check_random_between(&random, round % 7 == 0 ? -1000000 : 0, 1000000000);
        int64_t unit = units[check_random_between(&random, 0, 4)];
        community_terms(&terms);
        community_add_budget(&terms, "pot", budget, keys[check_random_between(&random, 0, 3)])->round_to_minor = unit;
        allocate(&allocation, &terms, &some);
        check_line(&allocation.lines[0], budget, unit);
        tl_allocation_release(&allocation);
        tl_terms_release(&terms);
    }
    community_release(&all);
}

static void a_proportional_line_agrees_with_the_other_implementation(void **state)
{
    (void)state;
    struct check_random random = {11};
    struct community community;
    int64_t weights[98], expected[98];
    community_load(&community, 2025);
    for (size_t i = 0; i < 98; i++)
        weights[i] = community.members[i].figures[0].value.numerator;
    for (int round = 0; round < 200; round++) {
        struct tl_terms terms;
        struct tl_allocation allocation;
        int64_t budget = check_random_between(&random, -100000000, 100000000);
        community_terms(&terms);
        community_add_budget(&terms, "pot", budget, "population");
        allocate(&allocation, &terms, &community);
        hamilton_split(expected, budget, weights, 98);
        for (size_t i = 0; i < 98; i++)
            assert_money(allocation.lines[0].shares[i].amount, expected[i]);
        tl_allocation_release(&allocation);
        tl_terms_release(&terms);
    }
    community_release(&community);
}

static void the_order_of_the_members_changes_nothing(void **state)
{
    (void)state;
    struct check_random random = {3};
    struct tl_terms terms;
    struct community ordered, community;
    struct tl_allocation before, after;
    community_terms(&terms);
    community_load(&ordered, 2025);
    community_load(&community, 2025);
    community_add_budget(&terms, "pot", 123456789, "25% equal + 75% population");
    allocate(&before, &terms, &ordered);
    for (int round = 0; round < 20; round++) {
        for (size_t i = community.count - 1; i > 0; i--) {
            size_t j = (size_t)check_random_between(&random, 0, (int64_t)i);
            struct tl_member swapped = community.members[i];
            community.members[i] = community.members[j];
            community.members[j] = swapped;
        }
        allocate(&after, &terms, &community);
        for (size_t i = 0; i < community.count; i++) {
            assert_string_equal(after.lines[0].shares[i].member->code, before.lines[0].shares[i].member->code);
            assert_money(after.lines[0].shares[i].amount, before.lines[0].shares[i].amount.minor);
            assert_string_equal(after.lines[0].shares[i].working, before.lines[0].shares[i].working);
        }
        tl_allocation_release(&after);
    }
    tl_allocation_release(&before);
    community_release(&community);
    community_release(&ordered);
    tl_terms_release(&terms);
}

static void scaling_all_figures_changes_no_amount(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community, scaled;
    struct tl_allocation before, after;
    int64_t populations[98];
    community_terms(&terms);
    community_load(&community, 2025);
    for (size_t i = 0; i < 98; i++)
        populations[i] = community.members[i].figures[0].value.numerator * 1237;
    community_make(&scaled, 2025, populations, 98);
    community_add_budget(&terms, "mix", 123456789, "25% equal + 75% population");
    struct tl_line *bounded = community_add_budget(&terms, "bounded", 120000000, "population");
    bounded->has_floor = bounded->has_cap = true;
    bounded->floor.minor = 500000;
    bounded->cap.minor = 9000000;
    allocate(&before, &terms, &community);
    allocate(&after, &terms, &scaled);
    for (size_t line = 0; line < 2; line++)
        for (size_t i = 0; i < 98; i++)
            assert_money(after.lines[line].shares[i].amount, before.lines[line].shares[i].amount.minor);
    tl_allocation_release(&after);
    tl_allocation_release(&before);
    community_release(&scaled);
    community_release(&community);
    tl_terms_release(&terms);
}

static void members_with_equal_figures_differ_by_at_most_one_unit_and_the_lower_code_pays_it(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){7, 5, 7, 5, 7}, 5);
    community_add_budget(&terms, "pot", 10003, "population");
    allocate(&allocation, &terms, &community);
    const struct tl_share *shares = allocation.lines[0].shares;
    /* 10003 x 7/31 = 2258 23/31 and 10003 x 5/31 = 1613 12/31: two units are left for three equal members */
    assert_money(shares[0].amount, 2259);
    assert_money(shares[2].amount, 2259);
    assert_money(shares[4].amount, 2259);
    assert_money(shares[1].amount, 1613);
    assert_money(shares[3].amount, 1613);
    check_line(&allocation.lines[0], 10003, 1);
    tl_allocation_release(&allocation);
    terms.lines[0].budget.minor = 10002;
    allocate(&allocation, &terms, &community);
    check_line(&allocation.lines[0], 10002, 1);
    assert_true(allocation.lines[0].shares[0].amount.minor >= allocation.lines[0].shares[4].amount.minor);
    assert_true(allocation.lines[0].shares[0].amount.minor - allocation.lines[0].shares[4].amount.minor <= 1);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void the_part_of_a_budget_that_is_smaller_than_a_unit_goes_to_the_next_in_line(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 50050, "equal");
    line->round_to_minor = 10000;
    allocate(&allocation, &terms, &community);
    /* 166,83 each: 100 to all; of the 200,50 that are left 100 to the first, 100 to the second, 0,50 to the third */
    assert_money(allocation.lines[0].shares[0].amount, 20000);
    assert_money(allocation.lines[0].shares[1].amount, 20000);
    assert_money(allocation.lines[0].shares[2].amount, 10050);
    check_line(&allocation.lines[0], 50050, 10000);
    tl_allocation_release(&allocation);
    line->budget.minor = -50050;
    allocate(&allocation, &terms, &community);
    assert_money(allocation.lines[0].shares[2].amount, -10050);
    check_line(&allocation.lines[0], -50050, 10000);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void floor_and_cap_are_redistributed_until_nothing_moves(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 9, 30, 60}, 4);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->has_floor = line->has_cap = true;
    line->floor.minor = 10000;
    line->cap.minor = 50000;
    allocate(&allocation, &terms, &community);
    const struct tl_share *shares = allocation.lines[0].shares;
    /* 60 is capped at 500, 1 raised to 100; 9 and 30 share 400: 92,31 is raised to 100 too, 30 takes 300 */
    assert_money(shares[0].amount, 10000);
    assert_money(shares[1].amount, 10000);
    assert_money(shares[2].amount, 30000);
    assert_money(shares[3].amount, 50000);
    assert_string_equal(shares[0].working, "max(300.00 x 1/30, 100.00)");
    assert_string_equal(shares[2].working, "300.00 x 30/30");
    assert_string_equal(shares[3].working, "min(300.00 x 60/30, 500.00)");
    assert_frac(&shares[3].share, "3/5");
    check_line(&allocation.lines[0], 100000, 1);
    tl_allocation_release(&allocation);
    line->key = community_key(&terms, "20% equal + 80% population");
    allocate(&allocation, &terms, &community);
    shares = allocation.lines[0].shares;
    /* shares 5,8 %, 12,2 %, 29 %, 53 %: 500 and 100 fixed, 400 split 12,2 to 29 */
    assert_string_equal(shares[1].working, "400.00 x (20% x 1/4 + 80% x 9/100)/0.412");
    assert_string_equal(shares[0].working, "max(400.00 x (20% x 1/4 + 80% x 1/100)/0.412, 100.00)");
    assert_money(shares[1].amount, 11845);
    assert_money(shares[2].amount, 28155);
    check_line(&allocation.lines[0], 100000, 1);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void when_everybody_stands_at_a_bound_the_working_is_the_bound(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 9}, 2);
    struct tl_line *line = community_add_budget(&terms, "pot", 20000, "population");
    line->has_floor = true;
    line->floor.minor = 10000;
    allocate(&allocation, &terms, &community);
    assert_money(allocation.lines[0].shares[1].amount, 10000);
    assert_string_equal(allocation.lines[0].shares[0].working, "100.00");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

/* The fixed point, checked from its definition and not from how it was found: with the factor of any member who is
 * free, everybody's amount is factor x weight, raised to the floor or cut at the cap. */
static void check_fixed_point(const struct tl_line_result *result, int64_t floor, int64_t cap)
{
    mpq_t factor, expected;
    bool found = false;
    mpq_init(factor);
    mpq_init(expected);
    for (size_t i = 0; i < result->share_count && !found; i++) {
        const struct tl_share *share = &result->shares[i];
        found = mpq_cmp_si(share->exact.q, floor, 1) > 0 && mpq_cmp_si(share->exact.q, cap, 1) < 0;
        if (found)
            mpq_div(factor, share->exact.q, share->share.q);
    }
    for (size_t i = 0; i < result->share_count; i++) {
        const struct tl_share *share = &result->shares[i];
        assert_true(share->amount.minor >= floor && share->amount.minor <= cap);
        if (!found)
            continue;
        mpq_mul(expected, factor, share->share.q);
        if (mpq_cmp_si(expected, floor, 1) < 0)
            mpq_set_si(expected, floor, 1);
        if (mpq_cmp_si(expected, cap, 1) > 0)
            mpq_set_si(expected, cap, 1);
        assert_true(mpq_equal(expected, share->exact.q));
    }
    mpq_clear(factor);
    mpq_clear(expected);
}

static void random_floors_and_caps_hold_foot_and_are_a_fixed_point(void **state)
{
    (void)state;
    struct check_random random = {5};
    int64_t populations[20];
    for (int round = 0; round < 3000; round++) {
        struct tl_terms terms;
        struct community community;
        struct tl_allocation allocation;
        struct tl_err err = TL_ERR_NONE;
        int64_t count = check_random_between(&random, 1, 20);
        int64_t unit = round % 2 == 0 ? 1 : 100;
        for (int64_t i = 0; i < count; i++)
            populations[i] = check_random_between(&random, i == 0 ? 1 : 0, round % 3 == 0 ? 5 : 100000);
        community_terms(&terms);
        community_make(&community, 2025, populations, (size_t)count);
        struct tl_line *line = community_add_budget(&terms, "pot", check_random_between(&random, 0, 1000000),
                                                    round % 5 == 0 ? "30% equal + 70% population" : "population");
        int64_t mean = line->budget.minor / count;
        line->round_to_minor = unit;
        line->has_floor = line->has_cap = true;
        line->floor.minor = check_random_between(&random, 0, mean + mean / 10) / unit * unit;
        line->cap.minor = check_random_between(&random, mean - mean / 10, 4 * mean) / unit * unit + unit;
        struct tl_alloc_request request = {
            .terms = &terms, .year = 2026, .members = community.members, .member_count = community.count};
        tl_status status = tl_alloc(&allocation, &request, &err);
        bool zero_weights = false;
        for (int64_t i = 0; i < count; i++)
            zero_weights = zero_weights || populations[i] == 0;
        bool feasible = line->floor.minor <= line->cap.minor && line->floor.minor * count <= line->budget.minor &&
                        line->cap.minor * count >= line->budget.minor;
        if (status == TL_OK) {
            assert_true(feasible);
            check_line(&allocation.lines[0], line->budget.minor, unit);
            check_fixed_point(&allocation.lines[0], line->floor.minor, line->cap.minor);
            tl_allocation_release(&allocation);
        } else {
            assert_int_equal(status, TL_ERR_INFEASIBLE);
            /* refused with room enough only where a member without weight cannot rise above its floor */
            assert_true(!feasible || zero_weights);
        }
        community_release(&community);
        tl_terms_release(&terms);
    }
}

static void a_floor_moves_up_and_a_cap_down_to_whole_rounding_units(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 9, 90}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->round_to_minor = 10000;
    line->has_floor = line->has_cap = true;
    line->floor.minor = 10050;
    line->cap.minor = 69999;
    allocate(&allocation, &terms, &community);
    assert_money(allocation.lines[0].shares[0].amount, 20000);
    assert_money(allocation.lines[0].shares[1].amount, 20000);
    assert_money(allocation.lines[0].shares[2].amount, 60000);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void what_cannot_be_allocated_is_refused_with_the_reason_and_the_figures(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){0, 9, 0}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 1000000, "population");
    line->has_floor = true;
    line->floor.minor = 400000;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the floors of line 'pot' sum to 12.000,00 for 3 members, more than the 10.000,00 they share",
                         "lower the floor or raise the budget");
    line->floor.minor = 100000;
    line->has_cap = true;
    line->cap.minor = 700000;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the caps of line 'pot' sum to 9.000,00 for 3 members, less than the 10.000,00 they share",
                         "raise the cap or lower the budget");
    line->cap.minor = 50000;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "the floor of line 'pot', 1.000,00, is above its cap, 500,00", "");
    line->cap.minor = 100050;
    line->floor.minor = 100001;
    line->round_to_minor = 100;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "between the floor 1.000,01 and the cap 1.000,50 of line 'pot' lies no multiple of 1,00", "");
    line->floor.minor = -1;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE, "the floor of line 'pot' is below zero: -0,01", "");
    line->has_floor = false;
    line->cap.minor = -1;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE, "the cap of line 'pot' is below zero: -0,01", "");
    line->budget.minor = -100;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "line 'pot' has a floor or a cap, which a budget below zero (-1,00) cannot have", "");
    line->has_cap = false;
    community.members[1].figure_count = 0;
    assert_refused_alloc(&terms, &community, TL_ERR_MISSING,
                         "member '0002' has no figure of 'population' on 2025-01-01",
                         "import the figure, with its source");
    community.count = 1;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "'population' is zero for every member, so it gives no shares", "");
    line->key = community_key(&terms, "50% equal + 50% population");
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "'population' is zero for every member, so it gives no shares", "");
    community.count = 0;
    assert_refused_alloc(&terms, &community, TL_ERR_INFEASIBLE,
                         "line 'pot' has a budget, but no member in its scope in 2026",
                         "let a member join, or take the line out of the terms");
    community_release(&community);
    tl_terms_release(&terms);
}

static void figures_whose_fractions_have_no_bounded_denominator_are_refused(void **state)
{
    (void)state;
    static struct tl_figure figures[200];
    struct tl_terms terms;
    struct community community;
    int64_t populations[200] = {0};
    community_terms(&terms);
    community_make(&community, 2025, populations, 200);
    for (size_t i = 0; i < 200; i++) {
        figures[i] = (struct tl_figure){
            "population", tl_date_of(2025, 1, 1), {1, INT64_C(1000000000000000003) + 2 * (int64_t)i}, "test"};
        community.members[i].figures = &figures[i];
    }
    community_add_budget(&terms, "pot", 1000000, "population");
    assert_refused_alloc(&terms, &community, TL_ERR_RANGE, "the key needs fractions of more than 4096 bits", "");
    community_release(&community);
    tl_terms_release(&terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_tells_weight_share_figure_and_working),
        cmocka_unit_test(a_mix_inside_a_mix_is_weighed_from_the_inside),
        cmocka_unit_test(ten_thousand_random_budgets_and_member_sets_sum_to_the_oere),
        cmocka_unit_test(a_proportional_line_agrees_with_the_other_implementation),
        cmocka_unit_test(the_order_of_the_members_changes_nothing),
        cmocka_unit_test(scaling_all_figures_changes_no_amount),
        cmocka_unit_test(members_with_equal_figures_differ_by_at_most_one_unit_and_the_lower_code_pays_it),
        cmocka_unit_test(the_part_of_a_budget_that_is_smaller_than_a_unit_goes_to_the_next_in_line),
        cmocka_unit_test(floor_and_cap_are_redistributed_until_nothing_moves),
        cmocka_unit_test(when_everybody_stands_at_a_bound_the_working_is_the_bound),
        cmocka_unit_test(random_floors_and_caps_hold_foot_and_are_a_fixed_point),
        cmocka_unit_test(a_floor_moves_up_and_a_cap_down_to_whole_rounding_units),
        cmocka_unit_test(what_cannot_be_allocated_is_refused_with_the_reason_and_the_figures),
        cmocka_unit_test(figures_whose_fractions_have_no_bounded_denominator_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
