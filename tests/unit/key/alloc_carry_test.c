/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What is carried over thousands of pieces: fractions stay short, their sum stays exact, and nobody drifts.
 */
#include "check.h"
#include "community.h"

enum { MEMBERS = 12, YEARS = 10, TURNS = 40, SPLITS_MIN = 3000 };

/* One member over all the years. */
struct account {
    struct tl_carry carry;
    mpq_t entitled; /* exact, over all pieces */
    int64_t billed;
    struct tl_option_taken options[TURNS];
};

static void open_accounts(struct account *accounts, struct community *community)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        accounts[i].carry = (struct tl_carry){.line_id = "pot", .member_code = community->members[i].code};
        tl_frac_init(&accounts[i].carry.fraction);
        mpq_init(accounts[i].entitled);
        accounts[i].billed = 0;
        community->members[i].options = accounts[i].options;
    }
}

static void close_accounts(struct account *accounts)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        tl_frac_release(&accounts[i].carry.fraction);
        mpq_clear(accounts[i].entitled);
    }
}

/* Everybody but the first takes the option and drops it again, over and over, at any day of the year. */
static void take_turns(struct account *accounts, struct community *community, int year, struct check_random *random)
{
    int32_t start = tl_date_to_days(tl_date_of(year, 1, 1));
    for (size_t i = 0; i < MEMBERS; i++) {
        struct tl_member *member = &community->members[i];
        int32_t day = start;
        member->option_count = 0;
        while (i > 0 && member->option_count < TURNS && tl_date_year(tl_date_from_days(day)) == year) {
            int32_t last = day + (int32_t)check_random_between(random, 0, 9);
            accounts[i].options[member->option_count++] =
                (struct tl_option_taken){"x", tl_date_from_days(day), tl_date_from_days(last)};
            day = last + (int32_t)check_random_between(random, 2, 12);
        }
        if (i == 0)
            accounts[0].options[member->option_count++] = (struct tl_option_taken){"x", tl_date_of(2000, 1, 1), {0}};
    }
}

/* Takes one share over; `off` is initialised by the caller. */
static void book(struct account *account, const struct tl_share *share, mpq_t off)
{
    mpq_add(account->entitled, account->entitled, share->exact.q);
    account->billed += share->amount.minor;
    mpq_set_si(off, TL_CARRY_PARTS, 1);
    assert_true(mpz_divisible_p(mpq_numref(off), mpq_denref(share->carried_out.q)));
    tl_frac_set(&account->carry.fraction, &share->carried_out);
    /* entitled - billed - carried: what rounding the carried fractions has moved */
    mpq_set_si(off, account->billed, 1);
    mpq_sub(off, account->entitled, off);
    mpq_sub(off, off, account->carry.fraction.q);
    mpq_abs(off, off);
}

/* Bills a year; how many pieces it was cut into. */
static size_t bill(struct account *accounts, const struct community *community, const struct tl_terms *terms, int year,
                   size_t splits_before)
{
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_carry carries[MEMBERS];
    mpq_t off, most, sum;
    mpq_init(off);
    mpq_init(most);
    mpq_init(sum);
    for (size_t i = 0; i < MEMBERS; i++)
        carries[i] = accounts[i].carry;
    struct tl_alloc_request request = {.terms = terms,
                                       .year = year,
                                       .members = community->members,
                                       .member_count = MEMBERS,
                                       .carries = carries,
                                       .carry_count = MEMBERS};
    assert_ok(tl_alloc(&allocation, &request, &err), &err);
    const struct tl_line_result *line = &allocation.lines[0];
    size_t pieces = line->segment_count, splits = splits_before + pieces;
    mpq_set_ui(most, splits, TL_CARRY_PARTS);
    mpq_canonicalize(most);
    for (size_t i = 0; i < MEMBERS; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(line, community->members[i].code, &count);
        for (size_t j = 0; j < count; j++)
            book(&accounts[i], &shares[j], off);
        assert_true(mpq_cmp(off, most) <= 0);
        mpq_add(sum, sum, accounts[i].carry.fraction.q);
    }
    assert_money(line->total, terms->lines[0].budget.minor);
    assert_int_equal(mpq_sgn(sum), 0);
    mpq_clear(off);
    mpq_clear(most);
    mpq_clear(sum);
    tl_allocation_release(&allocation);
    return pieces;
}

static void set_figures(struct tl_figure *figures, struct community *community, int year, struct check_random *random)
{
    for (size_t i = 0; i < MEMBERS; i++) {
        figures[i] = (struct tl_figure){
            "population", tl_date_of(year - 1, 1, 1), {check_random_between(random, 500, 700000), 1}, "test"};
        community->members[i].figures = &figures[i];
    }
}

/* Years cut into hundreds of pieces, billed one after the other: `unit` is what the line rounds to. */
static void bill_many_pieces(const char *key, int64_t unit, uint64_t seed)
{
    struct community community;
    struct account accounts[MEMBERS];
    struct check_random random = {seed};
    int64_t populations[MEMBERS] = {0};
    size_t splits = 0;
    community_make(&community, 2000, populations, MEMBERS);
    open_accounts(accounts, &community);
    for (int year = 2026; year < 2026 + YEARS; year++) {
        struct tl_terms terms;
        struct tl_figure figures[MEMBERS];
        community_terms(&terms);
        struct tl_line *line =
            community_add_budget(&terms, "pot", check_random_between(&random, 1000000, 900000000) / unit * unit, key);
        line->option = "x";
        line->prorata = TL_PRORATA_DAYS;
        line->round_to_minor = unit;
        set_figures(figures, &community, year, &random);
        take_turns(accounts, &community, year, &random);
        splits += bill(accounts, &community, &terms, year, splits);
        tl_terms_release(&terms);
    }
    assert_true(splits > SPLITS_MIN);
    for (size_t i = 0; i < MEMBERS; i++) {
        mpq_t off;
        mpq_init(off);
        mpq_set_si(off, accounts[i].billed, 1);
        mpq_sub(off, off, accounts[i].entitled);
        mpq_abs(off, off);
        /* nobody is a whole unit off: less than 0.01 kr. where the line rounds to øre */
        assert_true(mpq_cmp_si(off, unit, 1) < 0);
        mpq_clear(off);
    }
    close_accounts(accounts);
    community_release(&community);
}

static void after_three_thousand_splits_nobody_is_an_oere_off_and_what_is_carried_sums_to_zero(void **state)
{
    (void)state;
    bill_many_pieces("population", 1, 1);
    bill_many_pieces("25% equal + 75% population", 1, 2);
    bill_many_pieces("sqrt(population, 3)", 1, 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(after_three_thousand_splits_nobody_is_an_oere_off_and_what_is_carried_sums_to_zero),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
