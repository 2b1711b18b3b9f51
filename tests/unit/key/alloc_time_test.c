/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Time: pro rata, segments, periods shorter than a year, and what rounding carries from one to the next.
 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "community.h"

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct community *community,
                     struct tl_period period)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {.terms = terms,
                                       .year = tl_date_is_none(period.first) ? 2026 : tl_date_year(period.first),
                                       .members = community->members,
                                       .member_count = community->count,
                                       .period = period};
    assert_ok(tl_alloc(out, &request, &err), &err);
}

static const struct tl_period whole_year = {{0}, {0}};

static struct tl_period months(int first, int last)
{
    struct tl_date behind = tl_date_add_months(tl_date_of(2026, first, 1), last - first + 1);
    return (struct tl_period){tl_date_of(2026, first, 1), tl_date_add_days(behind, -1)};
}

static void assert_frac(const struct tl_frac *frac, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_string_equal(tl_frac_text(frac, &arena), expected);
    tl_arena_release(&arena);
}

static void assert_period(struct tl_period period, const char *first, const char *last)
{
    char text[TL_DATE_TEXT_SIZE];
    assert_string_equal(tl_date_iso(period.first, text), first);
    assert_string_equal(tl_date_iso(period.last, text), last);
}

struct prorata_case {
    tl_prorata rule;
    const char *first, *last; /* of the membership; "" while it runs */
    int64_t amount;           /* of 120,00 kr. a year */
    const char *working;
};

static void a_price_follows_time_by_the_rule_of_the_line(void **state)
{
    (void)state;
    static const struct prorata_case cases[] = {
        {TL_PRORATA_NONE, "2026-12-31", "", 12000, "120.00"},
        {TL_PRORATA_DAYS, "2026-12-31", "", 33, "120.00 x 1/365"},
        {TL_PRORATA_DAYS, "2026-07-01", "", 6049, "120.00 x 184/365"},
        {TL_PRORATA_DAYS, "2020-01-01", "2026-01-31", 1019, "120.00 x 31/365"},
        {TL_PRORATA_DAYS, "2026-02-01", "2026-02-28", 921, "120.00 x 28/365"},
        {TL_PRORATA_DAYS, "2020-01-01", "", 12000, "120.00"},
        {TL_PRORATA_MONTHS, "2026-03-31", "", 10000, "120.00 x 10/12"},
        {TL_PRORATA_MONTHS, "2026-03-31", "2026-04-01", 2000, "120.00 x 2/12"},
        {TL_PRORATA_QUARTERS, "2026-03-31", "", 12000, "120.00"},
        {TL_PRORATA_QUARTERS, "2026-04-01", "", 9000, "120.00 x 9/12"},
        {TL_PRORATA_QUARTERS, "2026-05-17", "2026-07-01", 6000, "120.00 x 6/12"},
        {TL_PRORATA_HALF_YEAR_RULE, "2026-07-01", "", 12000, "120.00"},
        {TL_PRORATA_HALF_YEAR_RULE, "2026-07-02", "", 6000, "120.00 x 6/12"},
        {TL_PRORATA_HALF_YEAR_RULE, "2026-12-31", "", 6000, "120.00 x 6/12"},
        {TL_PRORATA_HALF_YEAR_RULE, "2020-01-01", "2026-01-31", 12000, "120.00"},
        {TL_PRORATA_HALF_YEAR_RULE, "2026-08-01", "2026-09-30", 6000, "120.00 x 6/12"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_terms terms;
        struct community community;
        struct tl_allocation allocation;
        struct tl_err err = TL_ERR_NONE;
        community_terms(&terms);
        community_make(&community, 2025, (const int64_t[]){1}, 1);
        assert_ok(tl_date_parse(&community.members[0].first, cases[i].first, &err), &err);
        if (cases[i].last[0] != '\0')
            assert_ok(tl_date_parse(&community.members[0].last, cases[i].last, &err), &err);
        community_add_flat(&terms, "fee", 12000)->prorata = cases[i].rule;
        allocate(&allocation, &terms, &community, whole_year);
        const struct tl_share *share = tl_line_result_share(&allocation.lines[0], "0001");
        assert_money(share->amount, cases[i].amount);
        assert_string_equal(share->working, cases[i].working);
        tl_allocation_release(&allocation);
        community_release(&community);
        tl_terms_release(&terms);
    }
}

static void a_priced_share_tells_the_days_it_is_for(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    const struct tl_option_taken options[] = {
        {"hosting", tl_date_of(2026, 2, 15), tl_date_of(2026, 3, 2)},
        {"hosting", tl_date_of(2026, 11, 3), {0}},
    };
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1}, 1);
    community.members[0].options = options;
    community.members[0].option_count = 2;
    struct tl_line *line = community_add_flat(&terms, "hosting", 12000);
    line->option = "hosting";
    line->prorata = TL_PRORATA_MONTHS;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_share *share = tl_line_result_share(&allocation.lines[0], "0001");
    /* February, March, November and December */
    assert_money(share->amount, 4000);
    assert_period(share->period, "2026-02-01", "2026-12-31");
    assert_same_int(share->time.numerator, 1);
    assert_same_int(share->time.denominator, 3);
    tl_allocation_release(&allocation);
    line->prorata = TL_PRORATA_DAYS;
    allocate(&allocation, &terms, &community, whole_year);
    share = tl_line_result_share(&allocation.lines[0], "0001");
    assert_string_equal(share->working, "120.00 x 75/365");
    assert_period(share->period, "2026-02-15", "2026-12-31");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_join_and_a_leave_cut_a_budget_into_segments_that_foot(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 20000, 30000}, 3);
    community.members[1].first = tl_date_of(2026, 4, 1);
    community.members[2].last = tl_date_of(2026, 9, 30);
    struct tl_line *line = community_add_budget(&terms, "pot", 100000, "population");
    line->prorata = TL_PRORATA_DAYS;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    assert_int_equal(result->segment_count, 3);
    assert_period(result->segments[0].period, "2026-01-01", "2026-03-31");
    assert_period(result->segments[1].period, "2026-04-01", "2026-09-30");
    assert_period(result->segments[2].period, "2026-10-01", "2026-12-31");
    /* 1000,00 x 90/365, 183/365, 92/365 = 246,575 501,370 252,055 */
    assert_money(result->segments[0].budget, 24658);
    assert_money(result->segments[1].budget, 50137);
    assert_money(result->segments[2].budget, 25205);
    assert_int_equal(result->segments[0].member_count, 2);
    assert_int_equal(result->segments[1].member_count, 3);
    assert_frac(&result->segments[1].weight_sum, "60000");
    assert_money(result->total, 100000);

    size_t count;
    const struct tl_share *shares = tl_line_result_shares(result, "0001", &count);
    assert_int_equal(count, 3);
    assert_ptr_equal(shares[0].segment, &result->segments[0]);
    assert_string_equal(shares[0].working, "1000.00 x 90/365 x 10000/40000");
    assert_string_equal(shares[1].working, "1000.00 x 183/365 x 10000/60000");
    assert_string_equal(shares[2].working, "1000.00 x 92/365 x 10000/30000");
    assert_frac(&shares[0].exact, "450000/73");
    shares = tl_line_result_shares(result, "0002", &count);
    assert_int_equal(count, 2);
    assert_period(shares[0].period, "2026-04-01", "2026-09-30");
    assert_null(tl_line_result_shares(result, "0009", &count));
    assert_int_equal(count, 0);
    tl_allocation_release(&allocation);

    line->prorata = TL_PRORATA_NONE;
    allocate(&allocation, &terms, &community, whole_year);
    assert_int_equal(allocation.lines[0].segment_count, 1);
    assert_int_equal(allocation.lines[0].share_count, 3);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void an_option_that_changes_hands_cuts_only_its_own_line(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    const struct tl_option_taken until_may = {"hosting", tl_date_of(2020, 1, 1), tl_date_of(2026, 5, 12)};
    const struct tl_option_taken from_may = {"hosting", tl_date_of(2026, 5, 13), {0}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000, 20000}, 2);
    community.members[0].options = &until_may;
    community.members[1].options = &from_may;
    community.members[0].option_count = community.members[1].option_count = 1;
    struct tl_line *line = community_add_budget(&terms, "hosting", 36500, "population");
    line->option = "hosting";
    line->prorata = TL_PRORATA_DAYS;
    community_add_budget(&terms, "pot", 36500, "population")->prorata = TL_PRORATA_DAYS;
    allocate(&allocation, &terms, &community, whole_year);
    const struct tl_line_result *result = &allocation.lines[0];
    assert_int_equal(result->share_count, 2);
    assert_money(result->shares[0].amount, 13200);
    assert_money(result->shares[1].amount, 23300);
    assert_int_equal(allocation.lines[1].segment_count, 1);
    tl_allocation_release(&allocation);
    /* by months both count for May */
    line->prorata = TL_PRORATA_MONTHS;
    allocate(&allocation, &terms, &community, whole_year);
    assert_int_equal(allocation.lines[0].segment_count, 3);
    assert_period(allocation.lines[0].segments[1].period, "2026-05-01", "2026-05-31");
    assert_int_equal(allocation.lines[0].segments[1].member_count, 2);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_time_when_nobody_is_there_is_refused(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){10000}, 1);
    community.members[0].first = tl_date_of(2026, 3, 15);
    community_add_budget(&terms, "pot", 100, "equal")->prorata = TL_PRORATA_DAYS;
    struct tl_alloc_request request = {.terms = &terms, .year = 2026, .members = community.members, .member_count = 1};
    assert_refused(tl_alloc(&allocation, &request, &err), TL_ERR_INFEASIBLE, &err,
                   "line 'pot' has a budget, but no member in its scope from 2026-01-01 to 2026-03-14",
                   "let a member join, or take the line out of the terms");
    community_release(&community);
    tl_terms_release(&terms);
}

/* Random memberships and rules: members foot to segments, segments to the line, each line to the total; whoever is
 * there all year with equal weights pays the same to the unit. */
static void random_memberships_foot_in_every_direction(void **state)
{
    (void)state;
    struct check_random random = {41};
    static const int64_t units[] = {1, 100, 10000};
    for (int round = 0; round < 600; round++) {
        struct tl_terms terms;
        struct community community;
        struct tl_allocation allocation;
        int64_t populations[12];
        for (size_t i = 0; i < 12; i++)
            populations[i] = check_random_between(&random, 1, 90000);
        community_terms(&terms);
        community_make(&community, 2025, populations, 12);
        for (size_t i = 1; i < 12; i++) {
            int32_t start = tl_date_to_days(tl_date_of(2026, 1, 1));
            if (check_random_between(&random, 0, 2) == 0)
                community.members[i].first =
                    tl_date_from_days(start + (int32_t)check_random_between(&random, -200, 364));
            if (check_random_between(&random, 0, 2) == 0)
                community.members[i].last = tl_date_from_days(start + (int32_t)check_random_between(&random, 0, 500));
        }
        int64_t unit = units[round % 3], budget = check_random_between(&random, round % 4 == 0 ? -900000 : 0, 9000000);
        struct tl_line *line =
            community_add_budget(&terms, "pot", budget, round % 2 == 0 ? "population" : "25% equal + 75% population");
        line->prorata = (tl_prorata)check_random_between(&random, TL_PRORATA_NONE, TL_PRORATA_HALF_YEAR_RULE);
        line->round_to_minor = unit;
        line->rounds_each_period = round % 5 == 0;
        allocate(&allocation, &terms, &community, whole_year);
        const struct tl_line_result *result = &allocation.lines[0];
        int64_t total = 0;
        for (size_t s = 0; s < result->segment_count; s++) {
            int64_t sum = 0;
            for (size_t i = 0; i < result->share_count; i++)
                sum += result->shares[i].segment == &result->segments[s] ? result->shares[i].amount.minor : 0;
            assert_money(result->segments[s].budget, sum);
            total += sum;
        }
        assert_same_int(total, budget);
        assert_money(result->total, budget);
        for (size_t i = 0; i < result->share_count; i++)
            assert_true(budget >= 0 ? result->shares[i].amount.minor >= 0 : result->shares[i].amount.minor <= 0);
        tl_allocation_release(&allocation);
        community_release(&community);
        tl_terms_release(&terms);
    }
}

/* Floor and cap follow time; rounding is carried, so that whoever is there all year still pays at least the floor. */
static void floor_and_cap_hold_over_the_segments_of_a_year(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 5000, 30000, 30000, 400000}, 5);
    community.members[2].first = tl_date_of(2026, 3, 14);
    community.members[3].last = tl_date_of(2026, 10, 7);
    struct tl_line *line = community_add_budget(&terms, "pot", 10000000, "population");
    line->prorata = TL_PRORATA_DAYS;
    line->round_to_minor = 10000;
    line->has_floor = line->has_cap = true;
    line->floor.minor = 500000;
    line->cap.minor = 6000000;
    allocate(&allocation, &terms, &community, whole_year);
    struct tl_err err = TL_ERR_NONE;
    struct tl_money paid;
    assert_int_equal(allocation.lines[0].segment_count, 3);
    assert_money(allocation.lines[0].total, 10000000);
    assert_ok(tl_allocation_member_total(&paid, &allocation, "0001", &err), &err);
    assert_money(paid, 500000);
    assert_ok(tl_allocation_member_total(&paid, &allocation, "0005", &err), &err);
    assert_money(paid, 6000000);
    const struct tl_share *share = tl_line_result_share(&allocation.lines[0], "0001");
    assert_string_equal(share->working, "max(30000.00 x 72/365 x 1/30000, 5000.00 x 72/365)");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void quarters_of_a_price_sum_to_the_year(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1}, 1);
    community_add_flat(&terms, "fee", 10001)->markup = (struct tl_markup){true, tl_ratio_of(0, 1), {1, 2}};
    community_add_flat(&terms, "joining", 500)->kind = TL_LINE_JOINING_FEE;
    community.members[0].first = tl_date_of(2026, 5, 1);
    int64_t sum = 0, joining = 0;
    for (int quarter = 0; quarter < 4; quarter++) {
        struct tl_allocation allocation;
        allocate(&allocation, &terms, &community, months(3 * quarter + 1, 3 * quarter + 3));
        sum += allocation.lines[0].total.minor;
        joining += allocation.lines[1].total.minor;
        if (quarter == 1) {
            assert_string_equal(allocation.lines[0].shares[0].working, "100.01 x 1.5 x 3/12");
            assert_string_equal(allocation.lines[1].shares[0].working, "5.00");
        }
        tl_allocation_release(&allocation);
    }
    assert_same_int(sum, 15002 - 3751);
    assert_same_int(joining, 500);
    community.members[0].first = tl_date_of(2020, 5, 1);
    sum = 0;
    for (int month = 1; month <= 12; month++) {
        struct tl_allocation allocation;
        allocate(&allocation, &terms, &community, months(month, month));
        sum += allocation.total.minor;
        tl_allocation_release(&allocation);
    }
    assert_same_int(sum, 15002);
    community_release(&community);
    tl_terms_release(&terms);
}

/* The amounts carried from period to period, kept as a ledger would. */
struct book {
    struct tl_carry carries[98];
    mpq_t entitled[98]; /* exact, over all periods */
    int64_t billed[98];
    size_t count;
};

static void open_book(struct book *book, const struct community *community)
{
    book->count = community->count;
    for (size_t i = 0; i < book->count; i++) {
        book->carries[i] = (struct tl_carry){.line_id = "pot", .member_code = community->members[i].code};
        tl_frac_init(&book->carries[i].fraction);
        mpq_init(book->entitled[i]);
        book->billed[i] = 0;
    }
}

static void close_book(struct book *book)
{
    for (size_t i = 0; i < book->count; i++) {
        tl_frac_release(&book->carries[i].fraction);
        mpq_clear(book->entitled[i]);
    }
}

/* The largest distance of any member from its exact running entitlement, in thousandths of an øre, rounded up. */
static int64_t worst_drift(const struct book *book)
{
    int64_t worst = 0;
    mpq_t off;
    mpz_t thousandths;
    mpq_init(off);
    mpz_init(thousandths);
    for (size_t i = 0; i < book->count; i++) {
        mpq_set_si(off, book->billed[i], 1);
        mpq_sub(off, off, book->entitled[i]);
        mpq_abs(off, off);
        mpz_mul_ui(thousandths, mpq_numref(off), 1000);
        mpz_cdiv_q(thousandths, thousandths, mpq_denref(off));
        if (mpz_get_si(thousandths) > worst)
            worst = mpz_get_si(thousandths);
    }
    mpq_clear(off);
    mpz_clear(thousandths);
    return worst;
}

/* Bills one quarter; the true entitlement is a quarter of the year's budget x the member's share. */
static void bill_quarter(struct book *book, const struct tl_terms *terms, const struct community *community, int year,
                         int quarter)
{
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date first = tl_date_of(year, 3 * quarter + 1, 1);
    struct tl_alloc_request request = {.terms = terms,
                                       .year = year,
                                       .members = community->members,
                                       .member_count = community->count,
                                       .period = {first, tl_date_add_days(tl_date_add_months(first, 3), -1)},
                                       .carries = book->carries,
                                       .carry_count = book->count};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    mpq_t exact, sum;
    mpq_init(exact);
    mpq_init(sum);
    for (size_t i = 0; i < book->count; i++) {
        const struct tl_share *share = &allocation.lines[0].shares[i];
        assert_string_equal(share->member->code, book->carries[i].member_code);
        mpq_set_si(exact, terms->lines[0].budget.minor, 4);
        mpq_canonicalize(exact);
        mpq_mul(exact, exact, share->share.q);
        mpq_add(book->entitled[i], book->entitled[i], exact);
        book->billed[i] += share->amount.minor;
        assert_true(mpq_equal(share->carried_in.q, book->carries[i].fraction.q));
        tl_frac_set(&book->carries[i].fraction, &share->carried_out);
        mpq_add(sum, sum, share->carried_out.q);
    }
    assert_int_equal(mpq_sgn(sum), 0);
    mpq_clear(exact);
    mpq_clear(sum);
    tl_allocation_release(&allocation);
}

/* Ten years of quarterly splits on the real population, which changes in 2026 and again every year after. */
static int64_t bill_ten_years(const char *key, int64_t unit, bool each_period)
{
    struct community community, later;
    struct book book;
    struct check_random random = {10};
    int64_t worst = 0, budget_sum = 0, billed = 0;
    community_load(&community, 2025);
    community_load(&later, 2026);
    open_book(&book, &community);
    for (int year = 2026; year < 2036; year++) {
        struct tl_terms terms;
        struct tl_figure figures[98];
        for (size_t i = 0; i < community.count; i++) {
            int64_t from = community.members[i].figures[0].value.numerator;
            int64_t to = later.members[i].figures[0].value.numerator;
            int64_t value = year == 2026 ? from : to + (year - 2027) * (to - from);
            figures[i] = (struct tl_figure){"population", tl_date_of(year - 1, 1, 1), {value, 1}, "test"};
            community.members[i].figures = &figures[i];
        }
        community_terms(&terms);
        int64_t budget = check_random_between(&random, 1000000, 200000000);
        struct tl_line *line = community_add_budget(&terms, "pot", budget, key);
        line->round_to_minor = unit;
        line->rounds_each_period = each_period;
        for (int quarter = 0; quarter < 4; quarter++) {
            bill_quarter(&book, &terms, &community, year, quarter);
            int64_t drift = worst_drift(&book);
            worst = drift > worst ? drift : worst;
        }
        budget_sum += budget;
        tl_terms_release(&terms);
    }
    for (size_t i = 0; i < book.count; i++)
        billed += book.billed[i];
    assert_same_int(billed, budget_sum);
    close_book(&book);
    community_release(&community);
    community_release(&later);
    return worst;
}

static void over_ten_years_nobody_is_more_than_one_and_a_half_oere_from_its_exact_entitlement(void **state)
{
    (void)state;
    assert_true(bill_ten_years("population", 1, false) <= 1500);
    assert_true(bill_ten_years("equal", 1, false) <= 1500);
    assert_true(bill_ten_years("25% equal + 75% population", 1, false) <= 1500);
}

/* The same ten years, rounded anew each time, drift further: what is carried is what makes the difference. */
static void without_what_is_carried_the_same_years_drift_further(void **state)
{
    (void)state;
    assert_true(bill_ten_years("equal", 1, true) > 2 * bill_ten_years("equal", 1, false));
    assert_true(bill_ten_years("population", 1, true) > 2 * bill_ten_years("population", 1, false));
}

/* Members come and go at any day, with agreed amounts, first shares, floors and published percents: after each period
 * what is carried sums to zero, with what those who left once carried; and nobody carries two units or more. */
static void what_is_carried_sums_to_zero_whoever_comes_and_goes(void **state)
{
    (void)state;
    struct check_random random = {12};
    for (int round = 0; round < 60; round++) {
        struct tl_terms terms;
        struct community community;
        struct book book;
        struct tl_agreed_amount agreed = {"0002", {12345}, ""};
        struct tl_first_share first = {.account = "00008", .share = {1, 7}};
        int64_t populations[10], unit = round % 3 == 0 ? 100 : 1;
        for (size_t i = 0; i < 10; i++)
            populations[i] = check_random_between(&random, 1, 90000);
        community_terms(&terms);
        community_make(&community, 2025, populations, 10);
        int32_t start = tl_date_to_days(tl_date_of(2026, 1, 1));
        for (size_t i = 1; i < 10; i++) {
            community.members[i].first = tl_date_from_days(start + (int32_t)check_random_between(&random, -300, 300));
            if (check_random_between(&random, 0, 1) == 0)
                community.members[i].last = tl_date_from_days(start + (int32_t)check_random_between(&random, 0, 364));
        }
        struct tl_line *line = community_add_budget(&terms, "pot", check_random_between(&random, 1000000, 9000000),
                                                    "25% equal + 75% population");
        line->prorata = (tl_prorata)check_random_between(&random, TL_PRORATA_NONE, TL_PRORATA_QUARTERS);
        line->round_to_minor = unit;
        line->agreed = &agreed;
        line->agreed_count = round % 2 == 0 ? 1 : 0;
        line->first_shares = &first;
        line->first_share_count = round % 4 == 0 ? 1 : 0;
        line->has_floor = round % 5 == 0;
        line->floor.minor = 20000;
        line->has_published_decimals = round % 7 == 0;
        line->published_decimals = 3;
        open_book(&book, &community);
        for (int month = 1; month <= 12; month += 2) {
            struct tl_allocation allocation;
            struct tl_err err = TL_ERR_NONE;
            struct tl_alloc_request request = {.terms = &terms,
                                               .year = 2026,
                                               .members = community.members,
                                               .member_count = community.count,
                                               .period = months(month, month + 1),
                                               .carries = book.carries,
                                               .carry_count = book.count};
            assert_ok(tl_alloc(&allocation, &request, &err), &err);
            mpq_t sum;
            mpq_init(sum);
            for (size_t i = 0; i < book.count; i++) {
                size_t count;
                const struct tl_share *shares =
                    tl_line_result_shares(&allocation.lines[0], community.members[i].code, &count);
                if (count > 0)
                    tl_frac_set(&book.carries[i].fraction, &shares[count - 1].carried_out);
                mpq_add(sum, sum, book.carries[i].fraction.q);
                mpq_abs(book.entitled[i], book.carries[i].fraction.q);
                assert_true(mpq_cmp_ui(book.entitled[i], (unsigned long)(2 * unit), 1) < 0);
            }
            assert_int_equal(mpq_sgn(sum), 0);
            mpq_clear(sum);
            tl_allocation_release(&allocation);
        }
        close_book(&book);
        community_release(&community);
        tl_terms_release(&terms);
    }
}

/* Billed year by year, floor and cap hold to the øre although fractions are carried. */
static void floor_and_cap_hold_each_year_while_fractions_are_carried(void **state)
{
    (void)state;
    struct check_random random = {33};
    struct community community;
    struct book book;
    int64_t populations[8] = {100, 2000, 9000, 11000, 12000, 13000, 40000, 400000};
    community_make(&community, 2025, populations, 8);
    open_book(&book, &community);
    for (int year = 2026; year < 2066; year++) {
        struct tl_terms terms;
        struct tl_figure figures[8];
        struct tl_allocation allocation;
        struct tl_err err = TL_ERR_NONE;
        for (size_t i = 0; i < 8; i++) {
            populations[i] += check_random_between(&random, -populations[i] / 20, populations[i] / 20);
            figures[i] = (struct tl_figure){"population", tl_date_of(year - 1, 1, 1), {populations[i], 1}, "test"};
            community.members[i].figures = &figures[i];
        }
        community_terms(&terms);
        struct tl_line *line =
            community_add_budget(&terms, "pot", check_random_between(&random, 900000, 1100000), "population");
        line->has_floor = line->has_cap = true;
        line->floor.minor = 50001;
        line->cap.minor = 300003;
        struct tl_alloc_request request = {.terms = &terms,
                                           .year = year,
                                           .members = community.members,
                                           .member_count = community.count,
                                           .carries = book.carries,
                                           .carry_count = book.count};
        assert_ok(tl_alloc(&allocation, &request, &err), &err);
        assert_money(allocation.total, line->budget.minor);
        mpq_t sum;
        mpq_init(sum);
        for (size_t i = 0; i < book.count; i++) {
            const struct tl_share *share = &allocation.lines[0].shares[i];
            assert_true(share->amount.minor >= 50001 && share->amount.minor <= 300003);
            tl_frac_set(&book.carries[i].fraction, &share->carried_out);
            mpq_add(sum, sum, share->carried_out.q);
            mpq_abs(book.entitled[i], share->carried_out.q);
            assert_true(mpq_cmp_ui(book.entitled[i], 2, 1) < 0);
        }
        assert_int_equal(mpq_sgn(sum), 0);
        mpq_clear(sum);
        tl_allocation_release(&allocation);
        tl_terms_release(&terms);
    }
    close_book(&book);
    community_release(&community);
}

static void in_larger_units_nobody_is_more_than_one_and_a_half_units_off(void **state)
{
    (void)state;
    assert_true(bill_ten_years("population", 10000, false) <= INT64_C(1500) * 10000);
}

static void rounding_each_period_carries_nothing_in_or_out(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_carry carry = {.line_id = "pot", .member_code = "0003"};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    struct tl_line *line = community_add_budget(&terms, "pot", 100, "equal");
    tl_frac_init(&carry.fraction);
    mpq_set_si(carry.fraction.q, 9, 10);
    struct tl_alloc_request request = {.terms = &terms,
                                       .year = 2026,
                                       .members = community.members,
                                       .member_count = 3,
                                       .carries = &carry,
                                       .carry_count = 1};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    /* the odd øre goes to whom the fraction is owed, and not to the first */
    assert_money(allocation.lines[0].shares[2].amount, 34);
    assert_frac(&allocation.lines[0].shares[2].carried_in, "9/10");
    assert_frac(&allocation.lines[0].shares[2].carried_out, "233333333/1000000000");
    assert_frac(&allocation.lines[0].shares[2].rounding, "2/3");
    tl_allocation_release(&allocation);
    line->rounds_each_period = true;
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    assert_money(allocation.lines[0].shares[0].amount, 34);
    assert_frac(&allocation.lines[0].shares[2].carried_in, "0");
    assert_frac(&allocation.lines[0].shares[2].carried_out, "0");
    tl_allocation_release(&allocation);
    tl_frac_release(&carry.fraction);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_carried_fraction_of_another_line_or_size_changes_nothing_or_is_survived(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_carry carries[2] = {{.line_id = "other", .member_code = "0001"},
                                  {.line_id = "pot", .member_code = "0001"}};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    community_add_budget(&terms, "pot", 100, "equal");
    for (size_t i = 0; i < 2; i++) {
        tl_frac_init(&carries[i].fraction);
        mpq_set_si(carries[i].fraction.q, i == 0 ? 1 : -999999999999, 1);
    }
    struct tl_alloc_request request = {.terms = &terms,
                                       .year = 2026,
                                       .members = community.members,
                                       .member_count = 3,
                                       .carries = carries,
                                       .carry_count = 2};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    /* a credit that large is taken as far as paying nothing */
    assert_money(allocation.lines[0].shares[0].amount, 0);
    assert_money(allocation.lines[0].shares[1].amount, 50);
    assert_money(allocation.lines[0].shares[2].amount, 50);
    tl_allocation_release(&allocation);
    mpq_set_si(carries[1].fraction.q, 999999999999, 1);
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    assert_money(allocation.lines[0].shares[0].amount, 100);
    tl_allocation_release(&allocation);
    carries[0].line_id = "pot";
    assert_refused(tl_alloc(&allocation, &request, &err), TL_ERR_INPUT, &err,
                   "member '0001' has two fractions carried on line 'pot'", "");
    for (size_t i = 0; i < 2; i++)
        tl_frac_release(&carries[i].fraction);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_period_is_whole_months_of_the_year(void **state)
{
    (void)state;
    static const struct tl_period periods[] = {
        {{20260102}, {20260331}}, {{20260101}, {20260330}}, {{20260401}, {20260331}},
        {{20250101}, {20251231}}, {{20260101}, {20270131}}, {{20260101}, {0}},
    };
    static const char *const messages[] = {
        "the period from '2026-01-02' to '2026-03-31' is no whole months of 2026",
        "the period from '2026-01-01' to '2026-03-30' is no whole months of 2026",
        "the period from '2026-04-01' to '2026-03-31' is no whole months of 2026",
        "the period from '2025-01-01' to '2025-12-31' is no whole months of 2026",
        "the period from '2026-01-01' to '2027-01-31' is no whole months of 2026",
        "the period from '2026-01-01' to '' is no whole months of 2026",
    };
    struct tl_terms terms;
    community_terms(&terms);
    for (size_t i = 0; i < sizeof periods / sizeof periods[0]; i++) {
        struct tl_allocation allocation;
        struct tl_err err = TL_ERR_NONE;
        struct tl_alloc_request request = {.terms = &terms, .year = 2026, .period = periods[i]};
        assert_refused(tl_alloc(&allocation, &request, &err), TL_ERR_INPUT, &err, messages[i], "");
    }
    tl_terms_release(&terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_follows_time_by_the_rule_of_the_line),
        cmocka_unit_test(a_priced_share_tells_the_days_it_is_for),
        cmocka_unit_test(a_join_and_a_leave_cut_a_budget_into_segments_that_foot),
        cmocka_unit_test(an_option_that_changes_hands_cuts_only_its_own_line),
        cmocka_unit_test(a_time_when_nobody_is_there_is_refused),
        cmocka_unit_test(random_memberships_foot_in_every_direction),
        cmocka_unit_test(floor_and_cap_hold_over_the_segments_of_a_year),
        cmocka_unit_test(quarters_of_a_price_sum_to_the_year),
        cmocka_unit_test(over_ten_years_nobody_is_more_than_one_and_a_half_oere_from_its_exact_entitlement),
        cmocka_unit_test(without_what_is_carried_the_same_years_drift_further),
        cmocka_unit_test(what_is_carried_sums_to_zero_whoever_comes_and_goes),
        cmocka_unit_test(floor_and_cap_hold_each_year_while_fractions_are_carried),
        cmocka_unit_test(in_larger_units_nobody_is_more_than_one_and_a_half_units_off),
        cmocka_unit_test(rounding_each_period_carries_nothing_in_or_out),
        cmocka_unit_test(a_carried_fraction_of_another_line_or_size_changes_nothing_or_is_survived),
        cmocka_unit_test(a_period_is_whole_months_of_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
