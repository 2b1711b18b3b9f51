/* SPDX-License-Identifier: MPL-2.0 */
/* Keys by which other public communities share a budget. */
#include "hamilton.h"
#include "public_form.h"
#include "tilslut/key/seats.h"

__extension__ typedef __int128 wide;

/* Every member has what largest remainder gives for these weights, and together they have the budget. */
static void shares_follow(const struct form *form, size_t line, int64_t budget_minor, const int64_t *weights)
{
    int64_t expected[COUNT], sum = 0;
    hamilton_split(expected, budget_minor, weights, COUNT);
    for (size_t i = 0; i < COUNT; i++) {
        assert_money(share_of(form, line, i)->amount, expected[i]);
        sum += expected[i];
    }
    assert_same_int(sum, budget_minor);
    assert_money(form->allocation.lines[line].total, budget_minor);
}

static void inhabitants_count_up_to_100000(void **state)
{
    (void)state;
    struct form form;
    int64_t weights[COUNT];
    open_form(&form, "counted-at-most");
    allocate(&form);
    for (size_t i = 0; i < COUNT; i++)
        weights[i] = form.population[i] < 100000 ? form.population[i] : 100000;
    shares_follow(&form, 0, 100000000, weights);
    close_form(&form);
}

static void agreed_amounts_of_a_budget(void **state)
{
    (void)state;
    struct form form;
    int64_t weights[COUNT], expected[COUNT];
    open_form(&form, "agreed-amounts");
    allocate(&form);
    size_t copenhagen = index_of(&form, "0101"), aarhus = index_of(&form, "0751");
    for (size_t i = 0; i < COUNT; i++) {
        int64_t heads = form.population[i];
        weights[i] = heads <= 20000 ? 1 : heads <= 50000 ? 2 : heads <= 100000 ? 4 : 8;
    }
    weights[copenhagen] = weights[aarhus] = 0;
    hamilton_split(expected, 500000000 - 40000000 - 22500000, weights, COUNT);
    expected[copenhagen] = 40000000;
    expected[aarhus] = 22500000;
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 0, i)->amount, expected[i]);
    assert_money(form.allocation.lines[0].total, 500000000);
    close_form(&form);
}

/* Hamilton for weights of more than 64 bits: `total` units over weights[i] / sum. */
static void split_wide(int64_t *parts, int64_t total, const wide *weights, wide sum)
{
    wide rests[COUNT];
    int64_t left = total;
    for (size_t i = 0; i < COUNT; i++) {
        parts[i] = (int64_t)(total * weights[i] / sum);
        rests[i] = total * weights[i] % sum;
        left -= parts[i];
    }
    for (; left > 0; left--) {
        size_t next = 0;
        for (size_t i = 1; i < COUNT; i++)
            if (rests[i] > rests[next])
                next = i;
        rests[next] = -1;
        parts[next]++;
    }
}

static void tax_and_population_are_published_as_percents_with_five_decimals(void **state)
{
    (void)state;
    struct form form;
    int64_t tax[COUNT], tax_sum = 0, heads = 0, units[COUNT];
    wide weights[COUNT];
    open_form(&form, "koenigsteiner");
    for (size_t i = 0; i < COUNT; i++) {
        tax[i] = form.population[i] * (200 + (int64_t)(i * 37 % 91));
        community_add_figure(&form.community, i, "tax", FIGURES_YEAR, tax[i]);
        tax_sum += tax[i];
        heads += form.population[i];
    }
    allocate(&form);
    /* 2/3 tax/T + 1/3 population/P, over 3TP, in units of 0.00001 % */
    for (size_t i = 0; i < COUNT; i++)
        weights[i] = (wide)2 * tax[i] * heads + (wide)form.population[i] * tax_sum;
    split_wide(units, 10000000, weights, (wide)3 * tax_sum * heads);
    int64_t sum = 0;
    for (size_t i = 0; i < COUNT; i++) {
        const struct tl_share *share = share_of(&form, 0, i);
        assert_int_equal(tl_ratio_compare(share->published, tl_ratio_of(units[i], 10000000)), 0);
        /* a million kroner are 10 øre for each unit, without any rounding */
        assert_money(share->amount, units[i] * 10);
        sum += units[i];
    }
    assert_same_int(sum, 10000000);
    close_form(&form);
}

static void one_party_bears_a_quarter_first(void **state)
{
    (void)state;
    struct form form;
    int64_t expected[COUNT];
    open_form(&form, "share-first");
    allocate(&form);
    size_t first = index_of(&form, "0751");
    hamilton_split(expected, 75000000, form.population, COUNT);
    expected[first] += 25000000;
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 1, i)->amount, expected[i]);
    int64_t weights[COUNT];
    memcpy(weights, form.population, sizeof weights);
    weights[first] = 0;
    hamilton_split(expected, 75000000, weights, COUNT);
    expected[first] = 25000000;
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 0, i)->amount, expected[i]);
    close_form(&form);
}

/* Who is at the floor or at the ceiling, by trying until nobody moves; returns what is left for the others. */
static int64_t find_bound(int *at, const int64_t *population, int64_t total, int64_t floor, int64_t cap)
{
    int64_t left = total;
    for (bool moved = true; moved;) {
        int64_t heads = 0;
        left = total;
        for (size_t i = 0; i < COUNT; i++) {
            left -= at[i] < 0 ? floor : at[i] > 0 ? cap : 0;
            heads += at[i] == 0 ? population[i] : 0;
        }
        moved = false;
        for (size_t i = 0; i < COUNT; i++) {
            wide part = (wide)left * population[i];
            int now = part < (wide)floor * heads ? -1 : part > (wide)cap * heads ? 1 : 0;
            if (at[i] != 0 || now == 0)
                continue;
            at[i] = now;
            moved = true;
        }
    }
    return left;
}

static void floor_and_ceiling_redistribute(void **state)
{
    (void)state;
    struct form form;
    int at[COUNT] = {0}, at_floor = 0, at_cap = 0;
    int64_t weights[COUNT], expected[COUNT];
    open_form(&form, "floor-and-ceiling");
    allocate(&form);
    int64_t left = find_bound(at, form.population, 100000000, 100000, 10000000);
    for (size_t i = 0; i < COUNT; i++) {
        weights[i] = at[i] == 0 ? form.population[i] : 0;
        at_floor += at[i] < 0 ? 1 : 0;
        at_cap += at[i] > 0 ? 1 : 0;
    }
    hamilton_split(expected, left, weights, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 0, i)->amount, at[i] < 0 ? 100000 : at[i] > 0 ? 10000000 : expected[i]);
    assert_money(form.allocation.lines[0].total, 100000000);
    /* Læsø, Fanø, Samsø and Ærø have less than a thousandth; København has more than a tenth */
    assert_int_equal(at_floor, 4);
    assert_int_equal(at_cap, 1);
    close_form(&form);
}

static void population_and_area_as_for_seats(void **state)
{
    (void)state;
    struct form form;
    struct tl_err err = TL_ERR_NONE;
    struct tl_frac fractions[COUNT];
    int64_t weights[COUNT], seats[COUNT], sum = 0;
    open_form(&form, "area");
    for (size_t i = 0; i < COUNT; i++) {
        int64_t area = 10 + (int64_t)(i * 131 % 1400);
        community_add_figure(&form.community, i, "area", FIGURES_YEAR, area);
        weights[i] = 10 * form.population[i] + 18 * area;
    }
    allocate(&form);
    shares_follow(&form, 0, 100000000, weights);
    /* and 169 seats by the same weights: nobody could have one of another's without getting further from its due */
    for (size_t i = 0; i < COUNT; i++) {
        tl_frac_init(&fractions[i]);
        tl_frac_set(&fractions[i], &share_of(&form, 0, i)->weight);
    }
    assert_ok(tl_seats_allot(seats, 169, TL_SEATS_SAINTE_LAGUE, fractions, COUNT, &err), &err);
    for (size_t i = 0; i < COUNT; i++) {
        tl_frac_release(&fractions[i]);
        sum += seats[i];
        for (size_t j = 0; j < COUNT; j++)
            assert_true(seats[i] == 0 || weights[i] * (2 * seats[j] + 1) >= weights[j] * (2 * seats[i] - 1));
    }
    assert_same_int(sum, 169);
    close_form(&form);
}

static void shares_by_usage(void **state)
{
    (void)state;
    struct form form;
    int64_t cases[COUNT];
    open_form(&form, "usage");
    for (size_t i = 0; i < COUNT; i++) {
        cases[i] = (int64_t)(i * i * 7919 % 4001);
        community_add_figure(&form.community, i, "cases", FIGURES_YEAR, cases[i]);
    }
    allocate(&form);
    shares_follow(&form, 0, 48000000, cases);
    close_form(&form);
}

static void equal_shares(void **state)
{
    (void)state;
    struct form form;
    open_form(&form, "equal");
    allocate(&form);
    /* 10,000,000 øre are 98 x 102,040 and 80 more, which go to the lower codes */
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 0, i)->amount, i < 80 ? 102041 : 102040);
    close_form(&form);
}

static void fixed_percents_of_those_who_took_an_option(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        int64_t amount_minor;
    } expected[] = {{"0101", 36000000}, {"0461", 22500000}, {"0751", 31500000}};
    const struct tl_option_taken platform = {"platform", tl_date_of(2000, 1, 1), {0}};
    struct form form;
    open_form(&form, "fixed-percents");
    for (size_t i = 0; i < 3; i++) {
        struct tl_member *member = &form.community.members[index_of(&form, expected[i].code)];
        member->options = &platform;
        member->option_count = 1;
    }
    allocate(&form);
    assert_int_equal(form.allocation.lines[0].share_count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_money(share_of(&form, 0, index_of(&form, expected[i].code))->amount, expected[i].amount_minor);
    close_form(&form);
}

static void a_weighted_mix_and_a_mix_of_mixes(void **state)
{
    (void)state;
    struct form form;
    int64_t weights[COUNT], cases[COUNT], expected[COUNT], heads = 0, all_cases = 0;
    wide wides[COUNT];
    open_form(&form, "weighted-mix");
    for (size_t i = 0; i < COUNT; i++) {
        cases[i] = 1 + (int64_t)(i * i * 7919 % 401);
        community_add_figure(&form.community, i, "cases", FIGURES_YEAR, cases[i]);
        heads += form.population[i];
        all_cases += cases[i];
    }
    allocate(&form);
    /* 1/4 x 1/98 + 3/4 x p/P = (P + 294 p) / 392P */
    for (size_t i = 0; i < COUNT; i++)
        weights[i] = heads + 294 * form.population[i];
    shares_follow(&form, 0, 120000000, weights);
    /* half of that + 1/2 x c/C = (C (P + 294 p) + 392 P c) / 784 PC */
    for (size_t i = 0; i < COUNT; i++)
        wides[i] = (wide)all_cases * weights[i] + (wide)392 * heads * cases[i];
    split_wide(expected, 40000000, wides, (wide)784 * heads * all_cases);
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 1, i)->amount, expected[i]);
    close_form(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inhabitants_count_up_to_100000),
        cmocka_unit_test(agreed_amounts_of_a_budget),
        cmocka_unit_test(tax_and_population_are_published_as_percents_with_five_decimals),
        cmocka_unit_test(one_party_bears_a_quarter_first),
        cmocka_unit_test(floor_and_ceiling_redistribute),
        cmocka_unit_test(population_and_area_as_for_seats),
        cmocka_unit_test(shares_by_usage),
        cmocka_unit_test(equal_shares),
        cmocka_unit_test(fixed_percents_of_those_who_took_an_option),
        cmocka_unit_test(a_weighted_mix_and_a_mix_of_mixes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
