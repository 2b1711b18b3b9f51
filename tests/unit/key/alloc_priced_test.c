/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "community.h"
#include "tilslut/base/text.h"

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct community *community,
                     int year)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {
        .terms = terms, .year = year, .members = community->members, .member_count = community->count};
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

static const struct tl_share *share_of(const struct tl_allocation *allocation, const char *line, const char *code)
{
    const struct tl_share *share = tl_line_result_share(tl_allocation_line(allocation, line), code);
    assert_non_null(share);
    return share;
}

static void assert_frac(const struct tl_frac *frac, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_string_equal(tl_frac_text(frac, &arena), expected);
    tl_arena_release(&arena);
}

static const int64_t base_2023[4] = {2200000, 3200000, 4200000, 5200000};

static void read_published(int64_t members[4], int64_t others[4])
{
    char line[256], item[64], class_name[32];
    static const char *const names[4] = {"Lille", "Mellem", "Stor", "Meget stor"};
    int64_t amount;
    size_t read = 0;
    FILE *file = fopen("tests/data/os2-prices.csv", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (sscanf(line, "os2valghalla-2023,OS2valghalla,%63[^,],%31[^,],%ld", item, class_name, &amount) != 3)
            continue;
        for (size_t i = 0; i < 4; i++) {
            if (strcmp(class_name, names[i]) != 0)
                continue;
            if (strcmp(item, "vederlag_member") == 0) {
                members[i] = amount * 100;
                read++;
            } else if (strcmp(item, "vederlag_nonmember") == 0) {
                others[i] = amount * 100;
                read++;
            }
        }
    }
    fclose(file);
    assert_int_equal(read, 8);
}

static void the_eight_published_prices_of_2023_follow_from_base_and_markup(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    int64_t members[4], others[4];
    read_published(members, others);
    community_terms(&terms);
    struct tl_line *line = community_add_prices(&terms, "maintenance", base_2023);
    line->markup = (struct tl_markup){true, tl_ratio_of(9, 100), tl_ratio_of(35, 100)};
    community_make(&community, 2025, (const int64_t[]){1, 24999, 25000, 59999, 60000, 119999, 120000, 700000}, 8);
    for (size_t i = 0; i < 8; i += 2)
        community.members[i].association = TL_ASSOCIATION_MEMBER;
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_line_result *result = tl_allocation_line(&allocation, "maintenance");
    assert_int_equal(result->share_count, 8);
    for (size_t i = 0; i < 4; i++) {
        assert_money(result->shares[2 * i].amount, members[i]);
        assert_money(result->shares[2 * i + 1].amount, others[i]);
        assert_frac(&result->shares[2 * i].rounding, "0");
    }
    assert_string_equal(result->shares[2].working, "32000.00 x 1.09");
    assert_string_equal(result->shares[7].working, "52000.00 x 1.35");
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_share_tells_price_class_figure_and_markup(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_load(&community, 2025);
    struct tl_line *line = community_add_prices(&terms, "maintenance", base_2023);
    line->markup = (struct tl_markup){true, tl_ratio_of(9, 100), tl_ratio_of(35, 100)};
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_share *share = share_of(&allocation, "maintenance", "0479");
    assert_string_equal(share->size_class->name, "Stor");
    assert_same_int(share->figure->value.numerator, 60001);
    assert_false(share->class_is_by_hand);
    assert_money(share->price, 4200000);
    assert_same_int(share->markup.numerator, 7);
    assert_same_int(share->markup.denominator, 20);
    assert_frac(&share->exact, "5670000");
    assert_frac(&share->weight, "0");
    assert_true(tl_date_compare(share->period.first, tl_date_of(2026, 1, 1)) == 0);
    assert_true(tl_date_compare(share->period.last, tl_date_of(2026, 12, 31)) == 0);
    assert_null(tl_line_result_share(tl_allocation_line(&allocation, "maintenance"), "0411"));
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_price_with_markup_rounds_halves_away_from_zero_and_shows_it(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1}, 1);
    community_add_flat(&terms, "oere", 150)->markup = (struct tl_markup){true, tl_ratio_of(0, 1), tl_ratio_of(1, 100)};
    struct tl_line *krone = community_add_flat(&terms, "krone", 99950);
    krone->round_to_minor = 100;
    struct tl_line *refund = community_add_flat(&terms, "refund", -99950);
    refund->round_to_minor = 100;
    community_add_flat(&terms, "third", 10000)->markup = (struct tl_markup){true, tl_ratio_of(0, 1), tl_ratio_of(1, 3)};
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_share *share = share_of(&allocation, "oere", "0001");
    assert_money(share->amount, 152);
    assert_frac(&share->exact, "303/2");
    assert_frac(&share->rounding, "1/2");
    assert_string_equal(share->working, "1.50 x 1.01");
    share = share_of(&allocation, "krone", "0001");
    assert_money(share->amount, 100000);
    assert_frac(&share->rounding, "50");
    assert_string_equal(share->working, "999.50");
    assert_money(share_of(&allocation, "refund", "0001")->amount, -100000);
    share = share_of(&allocation, "third", "0001");
    assert_money(share->amount, 13333);
    assert_frac(&share->rounding, "-1/3");
    assert_string_equal(share->working, "100.00 x (4/3)");
    assert_money(allocation.total, 152 + 13333);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_member_with_the_waiver_of_the_line_pays_nothing_and_is_told_why(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    static const char *const waivers[] = {"other", "funded-3.0"};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){30000, 30000}, 2);
    community.members[1].waivers = waivers;
    community.members[1].waiver_count = 2;
    community_add_prices(&terms, "joining", (const int64_t[]){3500000, 7000000, 19000000, 35000000})->waived_for =
        "funded-3.0";
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_share *share = share_of(&allocation, "joining", "0002");
    assert_money(share->amount, 0);
    assert_money(share->price, 7000000);
    assert_string_equal(share->waived, "funded-3.0");
    assert_string_equal(share->working, "70000.00 x 0");
    assert_frac(&share->exact, "0");
    assert_null(share_of(&allocation, "joining", "0001")->waived);
    assert_money(allocation.total, 7000000);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_joining_fee_is_charged_in_the_year_the_membership_begins(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1, 1, 1}, 5);
    community.members[0].first = tl_date_of(2026, 1, 1);
    community.members[1].first = tl_date_of(2026, 12, 31);
    community.members[2].first = tl_date_of(2025, 12, 31);
    community.members[3].first = tl_date_of(2027, 1, 1);
    community.members[4].first = tl_date_of(0, 0, 0); /* signed, but not begun */
    community_add_flat(&terms, "joining", 100)->kind = TL_LINE_JOINING_FEE;
    community_add_flat(&terms, "annual", 10);
    allocate(&allocation, &terms, &community, 2026);
    assert_money(tl_allocation_line(&allocation, "joining")->total, 200);
    assert_non_null(share_of(&allocation, "joining", "0001"));
    assert_non_null(share_of(&allocation, "joining", "0002"));
    assert_money(tl_allocation_line(&allocation, "annual")->total, 30);
    assert_null(tl_line_result_share(tl_allocation_line(&allocation, "annual"), "0004"));
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_one_off_line_is_charged_in_the_year_the_terms_begin(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1}, 1);
    community_add_figure(&community, 0, "population", 2026, 1);
    community_add_flat(&terms, "onboarding", 500)->kind = TL_LINE_ONE_OFF;
    community_add_budget(&terms, "kickoff", 700, "equal")->kind = TL_LINE_ONE_OFF;
    allocate(&allocation, &terms, &community, 2026);
    assert_money(allocation.total, 1200);
    tl_allocation_release(&allocation);
    allocate(&allocation, &terms, &community, 2027);
    assert_money(allocation.total, 0);
    assert_int_equal(tl_allocation_line(&allocation, "kickoff")->share_count, 0);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_line_with_an_option_counts_who_held_it_while_a_member_that_year(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    const struct tl_option_taken all_along = {"hosting", {0}, {0}};
    const struct tl_option_taken until_january = {"hosting", tl_date_of(2020, 1, 1), tl_date_of(2026, 1, 1)};
    const struct tl_option_taken until_december = {"hosting", tl_date_of(2020, 1, 1), tl_date_of(2025, 12, 31)};
    const struct tl_option_taken from_august = {"hosting", tl_date_of(2026, 8, 1), {0}};
    const struct tl_option_taken other = {"support", tl_date_of(2020, 1, 1), {0}};
    const struct tl_option_taken *const taken[] = {&all_along, &until_january, &until_december, &from_august, &other};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1, 1, 1, 1}, 6);
    for (size_t i = 0; i < 5; i++) {
        community.members[i].options = taken[i];
        community.members[i].option_count = 1;
    }
    community_add_flat(&terms, "hosting", 100)->option = "hosting";
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_line_result *result = tl_allocation_line(&allocation, "hosting");
    assert_int_equal(result->share_count, 3);
    assert_string_equal(result->shares[0].member->code, "0001");
    assert_string_equal(result->shares[1].member->code, "0002");
    assert_string_equal(result->shares[2].member->code, "0004");
    tl_allocation_release(&allocation);
    /* the option begins after the membership ended */
    community.members[3].last = tl_date_of(2026, 7, 31);
    allocate(&allocation, &terms, &community, 2026);
    assert_int_equal(tl_allocation_line(&allocation, "hosting")->share_count, 2);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

/* How many pay when the second of three members hands over to a fourth. */
static size_t count_after_handover(tl_prorata rule, struct tl_date on, const struct tl_option_taken *before,
                                   const struct tl_option_taken *after)
{
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    static const char *const from[] = {"0002"};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1, 1}, 4);
    community.members[1].last = tl_date_from_days(tl_date_to_days(on) - 1);
    community.members[3].first = on;
    community.members[3].was_taken_over = true;
    community.members[3].taken_from = from;
    community.members[3].taken_from_count = 1;
    struct tl_line *line = community_add_flat(&terms, "hosting", 100);
    line->prorata = rule;
    line->option = before == NULL && after == NULL ? NULL : "hosting";
    community.members[1].options = before;
    community.members[1].option_count = before == NULL ? 0 : 1;
    community.members[3].options = after;
    community.members[3].option_count = after == NULL ? 0 : 1;
    allocate(&allocation, &terms, &community, 2026);
    size_t count = 0;
    for (size_t i = 0; i < tl_allocation_line(&allocation, "hosting")->share_count; i++)
        count += tl_allocation_line(&allocation, "hosting")->shares[i].amount.minor > 0 ? 1 : 0;
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
    return count;
}

static void who_takes_over_within_a_year_does_not_pay_again_what_the_other_pays_for_all_of_it(void **state)
{
    (void)state;
    const struct tl_date august = tl_date_of(2026, 8, 1), new_year = tl_date_of(2026, 1, 1);
    const struct tl_option_taken taken = {"hosting", tl_date_of(2020, 1, 1), {0}};
    assert_int_equal(count_after_handover(TL_PRORATA_NONE, august, NULL, NULL), 3);
    assert_int_equal(count_after_handover(TL_PRORATA_HALF_YEAR_RULE, august, NULL, NULL), 3);
    /* each pays for its own days */
    assert_int_equal(count_after_handover(TL_PRORATA_DAYS, august, NULL, NULL), 4);
    assert_int_equal(count_after_handover(TL_PRORATA_MONTHS, august, NULL, NULL), 4);
    /* the other pays for nothing of this year */
    assert_int_equal(count_after_handover(TL_PRORATA_NONE, new_year, NULL, NULL), 3);
    /* the other has not taken the option: who has pays for it */
    assert_int_equal(count_after_handover(TL_PRORATA_NONE, august, NULL, &taken), 1);
    assert_int_equal(count_after_handover(TL_PRORATA_NONE, august, &taken, &taken), 1);
}

static void a_class_set_by_hand_needs_no_figure(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1}, 1);
    community.members[0].figure_count = 0;
    community.members[0].class_by_hand = "Meget stor";
    community.members[0].class_reason = "a region has no inhabitants of its own";
    community_add_prices(&terms, "maintenance", base_2023);
    allocate(&allocation, &terms, &community, 2026);
    const struct tl_share *share = share_of(&allocation, "maintenance", "0001");
    assert_money(share->amount, 5200000);
    assert_true(share->class_is_by_hand);
    assert_null(share->figure);
    tl_allocation_release(&allocation);
    community.members[0].class_by_hand = "Kæmpe";
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT,
                         "member '0001' is placed in the class 'Kæmpe', which the terms do not have", "");
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_price_that_is_not_yet_known_makes_the_line_unknown_and_worth_nothing(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 30000}, 2);
    community_add_flat(&terms, "connection", 0)->price.kind = TL_PRICE_NOT_YET_KNOWN;
    community_add_prices(&terms, "hosting", (const int64_t[]){-1, 800000, 900000, -1});
    community_add_prices(&terms, "known", (const int64_t[]){100, 200, -1, -1});
    allocate(&allocation, &terms, &community, 2026);
    assert_false(tl_allocation_line(&allocation, "connection")->known);
    assert_int_equal(tl_allocation_line(&allocation, "connection")->share_count, 2);
    const struct tl_line_result *hosting = tl_allocation_line(&allocation, "hosting");
    assert_false(hosting->known);
    assert_money(hosting->total, 0);
    assert_money(hosting->shares[1].amount, 0);
    assert_money(hosting->shares[1].price, 800000);
    assert_string_equal(hosting->shares[1].working, "");
    assert_true(tl_allocation_line(&allocation, "known")->known);
    assert_money(allocation.total, 300);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void what_is_missing_or_contradictory_is_refused_by_name(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_figure negative = {"population", tl_date_of(2025, 1, 1), {-5, 1}, "test"};
    community_terms(&terms);
    community_make(&community, 2024, (const int64_t[]){1, 2}, 2);
    community_add_prices(&terms, "maintenance", base_2023);
    assert_refused_alloc(&terms, &community, TL_ERR_MISSING,
                         "member '0001' has no figure of 'population' on 2025-01-01",
                         "import the figure, or place the member in a class by hand, with the reason");
    community.members[0].figures = &negative;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT,
                         "member '0001' has a figure of 'population' on 2025-01-01 that is below zero", NULL);
    community.members[1].code = community.members[0].code;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "member '0001' occurs twice", "");
    community_release(&community);
    community_make(&community, 2025, (const int64_t[]){130000}, 1);
    terms.class_count = 3;
    assert_refused_alloc(&terms, &community, TL_ERR_MISSING,
                         "no class of the terms holds the population of member '0001', which is 130000", NULL);
    terms.class_count = 0;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT,
                         "line 'maintenance' has a price per class, but the terms have no classes", "");
    terms.lines[0].round_to_minor = -1;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "line 'maintenance' rounds to -1 minor units", "");
    terms.reference.month = 13;
    assert_refused_alloc(&terms, &community, TL_ERR_INPUT, "the terms have no reference date for the year 2026", "");
    community_release(&community);
    tl_terms_release(&terms);
}

static void amounts_too_large_to_add_are_refused(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 2}, 2);
    struct tl_line *line = community_add_flat(&terms, "fee", TL_MONEY_MAX_MINOR);
    assert_refused_alloc(&terms, &community, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.", "");
    line->price.flat.minor = TL_MONEY_MAX_MINOR / 2;
    line->markup = (struct tl_markup){true, tl_ratio_of(9, 1), tl_ratio_of(9, 1)};
    assert_refused_alloc(&terms, &community, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.", "");
    line->price.flat.minor = TL_MONEY_MAX_MINOR - 1;
    line->markup.present = false;
    line->round_to_minor = TL_MONEY_MAX_MINOR;
    community.count = 1;
    struct tl_allocation allocation;
    allocate(&allocation, &terms, &community, 2026);
    assert_money(allocation.total, TL_MONEY_MAX_MINOR);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

static void a_member_total_adds_what_the_member_pays_on_every_line(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_money total;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 3}, 2);
    community_add_flat(&terms, "fee", 1000);
    community_add_budget(&terms, "development", 4000, "population");
    allocate(&allocation, &terms, &community, 2026);
    assert_ok(tl_allocation_member_total(&total, &allocation, "0002", &err), &err);
    assert_money(total, 4000);
    assert_ok(tl_allocation_member_total(&total, &allocation, "9999", &err), &err);
    assert_money(total, 0);
    assert_null(tl_allocation_line(&allocation, "hosting"));
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

/* What two members pay together for a flat line of 365.00 by a rule, where the first hands over to the second. */
static int64_t pay_together(tl_prorata rule, struct tl_date on)
{
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    static const char *const from[] = {"0001"};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1}, 2);
    community.members[0].last = tl_date_add_days(on, -1);
    community.members[1].first = on;
    community.members[1].was_taken_over = true;
    community.members[1].taken_from = from;
    community.members[1].taken_from_count = 1;
    community_add_flat(&terms, "fee", 36500)->prorata = rule;
    allocate(&allocation, &terms, &community, 2026);
    int64_t total = allocation.total.minor;
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
    return total;
}

static void a_period_is_charged_exactly_once_whatever_the_day_of_a_handover(void **state)
{
    (void)state;
    static const tl_prorata rules[] = {TL_PRORATA_NONE, TL_PRORATA_DAYS, TL_PRORATA_MONTHS, TL_PRORATA_QUARTERS,
                                       TL_PRORATA_HALF_YEAR_RULE};
    for (size_t rule = 0; rule < sizeof rules / sizeof rules[0]; rule++)
        for (struct tl_date on = tl_date_of(2026, 1, 1); tl_date_year(on) == 2026; on = tl_date_add_days(on, 1)) {
            int64_t cents = pay_together(rules[rule], on);
            /* each of two parts is rounded by itself */
            assert_true(cents >= 36499 && cents <= 36501);
            if (rules[rule] != TL_PRORATA_MONTHS)
                assert_int_equal(cents, 36500);
        }
}

/* Handed from one to the next on several days of May: the first pays for May, and the last from June on. */
static void a_month_of_several_handovers_is_charged_once(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    static const char *const of_first[] = {"0001"}, *const of_second[] = {"0002"};
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    struct tl_member *members = community.members;
    members[0].last = tl_date_of(2026, 5, 9);
    members[1].first = tl_date_of(2026, 5, 10);
    members[1].last = tl_date_of(2026, 5, 19);
    members[1].taken_from = of_first;
    members[2].first = tl_date_of(2026, 5, 20);
    members[2].taken_from = of_second;
    for (size_t i = 1; i < 3; i++) {
        members[i].was_taken_over = true;
        members[i].taken_from_count = 1;
    }
    struct tl_line *line = community_add_flat(&terms, "fee", 120000);
    line->prorata = TL_PRORATA_MONTHS;
    allocate(&allocation, &terms, &community, 2026);
    assert_int_equal(allocation.lines[0].share_count, 2);
    assert_string_equal(allocation.lines[0].shares[0].working, "1200.00 x 5/12");
    assert_string_equal(allocation.lines[0].shares[1].working, "1200.00 x 7/12");
    assert_string_equal(allocation.lines[0].shares[1].member->code, "0003");
    assert_int_equal(allocation.lines[0].shares[1].period.first.number, 20260601);
    tl_allocation_release(&allocation);

    /* and back to the first: all of it is its own */
    struct tl_period earlier = {tl_date_of(2020, 1, 1), tl_date_of(2026, 5, 9)};
    members[0].earlier = &earlier;
    members[0].earlier_count = 1;
    members[0].first = tl_date_of(2026, 5, 20);
    members[0].last = (struct tl_date){0};
    members[0].was_taken_over = true;
    members[0].taken_from = of_second;
    members[0].taken_from_count = 1;
    community.count = 2;
    static const tl_prorata rules[] = {TL_PRORATA_NONE, TL_PRORATA_MONTHS, TL_PRORATA_QUARTERS,
                                       TL_PRORATA_HALF_YEAR_RULE};
    for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++) {
        line->prorata = rules[i];
        allocate(&allocation, &terms, &community, 2026);
        assert_int_equal(allocation.lines[0].share_count, 1);
        assert_string_equal(allocation.lines[0].shares[0].working, "1200.00");
        tl_allocation_release(&allocation);
    }
    community_release(&community);
    tl_terms_release(&terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_eight_published_prices_of_2023_follow_from_base_and_markup),
        cmocka_unit_test(a_share_tells_price_class_figure_and_markup),
        cmocka_unit_test(a_price_with_markup_rounds_halves_away_from_zero_and_shows_it),
        cmocka_unit_test(a_member_with_the_waiver_of_the_line_pays_nothing_and_is_told_why),
        cmocka_unit_test(a_joining_fee_is_charged_in_the_year_the_membership_begins),
        cmocka_unit_test(a_one_off_line_is_charged_in_the_year_the_terms_begin),
        cmocka_unit_test(a_line_with_an_option_counts_who_held_it_while_a_member_that_year),
        cmocka_unit_test(who_takes_over_within_a_year_does_not_pay_again_what_the_other_pays_for_all_of_it),
        cmocka_unit_test(a_period_is_charged_exactly_once_whatever_the_day_of_a_handover),
        cmocka_unit_test(a_month_of_several_handovers_is_charged_once),
        cmocka_unit_test(a_class_set_by_hand_needs_no_figure),
        cmocka_unit_test(a_price_that_is_not_yet_known_makes_the_line_unknown_and_worth_nothing),
        cmocka_unit_test(what_is_missing_or_contradictory_is_refused_by_name),
        cmocka_unit_test(amounts_too_large_to_add_are_refused),
        cmocka_unit_test(a_member_total_adds_what_the_member_pays_on_every_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
