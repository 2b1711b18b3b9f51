/* SPDX-License-Identifier: MPL-2.0 */
/* Prices of other public communities. */
#include "public_form.h"
#include "tilslut/key/instalment.h"

static void a_price_per_head(void **state)
{
    (void)state;
    struct form form;
    int64_t heads = 0;
    open_form(&form, "per-head");
    allocate(&form);
    for (size_t i = 0; i < COUNT; i++) {
        assert_money(share_of(&form, 0, i)->amount, form.population[i] * 385);
        heads += form.population[i];
    }
    /* the national total without Christiansø: 5992734 - 90 */
    assert_same_int(heads, 5992644);
    assert_money(form.allocation.lines[0].total, 5992644 * INT64_C(385));
    close_form(&form);
}

static void full_price_up_to_150000_and_half_above(void **state)
{
    (void)state;
    struct form form;
    int above = 0;
    open_form(&form, "half-above");
    allocate(&form);
    for (size_t i = 0; i < COUNT; i++) {
        int64_t full = form.population[i] < 150000 ? form.population[i] : 150000, half = form.population[i] - full;
        /* 385 x full + 385/2 x half, half an øre up */
        assert_money(share_of(&form, 0, i)->amount, (385 * (2 * full + half) + 1) / 2);
        above += half > 0 ? 1 : 0;
    }
    assert_int_equal(above, 4); /* København, Odense, Aalborg, Aarhus */
    close_form(&form);
}

/* The table of brackets.yaml once more: up to and with so many thousand inhabitants, so many times 100 kroner. */
static int64_t bracket_price_minor(int64_t population)
{
    static const int rows[][2] = {{5, 40},   {10, 75},   {15, 110},  {20, 145},  {25, 180},  {30, 215}, {35, 250},
                                  {40, 285}, {45, 320},  {50, 355},  {55, 390},  {60, 425},  {70, 480}, {80, 540},
                                  {90, 600}, {100, 660}, {120, 750}, {150, 900}, {200, 1100}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (population <= rows[i][0] * INT64_C(1000))
            return rows[i][1] * INT64_C(10000);
    return 14000000;
}

static void twenty_brackets_and_agreed_amounts(void **state)
{
    (void)state;
    static const char *const tag[] = {"agreed-amount"};
    struct form form;
    open_form(&form, "brackets");
    assert_int_equal(form.terms.lines[0].price.bracket_count, 20);
    size_t copenhagen = index_of(&form, "0101"), aarhus = index_of(&form, "0751");
    for (size_t i = 0; i < COUNT; i++) {
        struct tl_member *member = &form.community.members[i];
        if (i != copenhagen && i != aarhus)
            continue;
        member->waivers = member->groups = tag;
        member->waiver_count = member->group_count = 1;
    }
    allocate(&form);
    int64_t sum = 0;
    for (size_t i = 0; i < COUNT; i++) {
        bool is_agreed = i == copenhagen || i == aarhus;
        int64_t expected = is_agreed ? 0 : bracket_price_minor(form.population[i]);
        assert_money(share_of(&form, 0, i)->amount, expected);
        sum += expected;
    }
    assert_money(form.allocation.lines[0].total, sum);
    assert_int_equal(form.allocation.lines[1].share_count, 2);
    assert_money(share_of(&form, 1, copenhagen)->amount, 40000000);
    assert_money(share_of(&form, 1, aarhus)->amount, 22500000);
    close_form(&form);
}

static void a_class_is_frozen_for_five_years(void **state)
{
    (void)state;
    struct form form;
    open_form(&form, "frozen-class");
    /* Brønderslev is Mellem by its 36,706 inhabitants, and kept in Lille until 2030 */
    size_t frozen = index_of(&form, "0810");
    form.community.members[frozen].class_frozen = "Lille";
    form.community.members[frozen].class_frozen_until = 2030;
    allocate(&form);
    int counts[4] = {0};
    for (size_t i = 0; i < COUNT; i++) {
        int64_t heads = form.population[i];
        int size = i == frozen ? 0 : heads < 25000 ? 0 : heads < 60000 ? 1 : heads < 120000 ? 2 : 3;
        counts[size]++;
        assert_money(share_of(&form, 0, i)->amount, 2200000 + size * INT64_C(1000000));
    }
    assert_int_equal(counts[0] + counts[1] + counts[2] + counts[3], COUNT);
    assert_true(share_of(&form, 0, frozen)->class_is_frozen);
    assert_true(form.population[frozen] > 25000);
    form.community.members[frozen].class_frozen_until = YEAR - 1;
    allocate(&form);
    assert_money(share_of(&form, 0, frozen)->amount, 3200000);
    close_form(&form);
}

static void a_price_per_pupil_in_two_instalments(void **state)
{
    (void)state;
    struct form form;
    struct tl_err err = TL_ERR_NONE;
    struct tl_instalments instalments;
    const struct tl_ratio halves[] = {{1, 2}, {1, 2}};
    int64_t year[COUNT], first[COUNT];
    open_form(&form, "per-pupil");
    for (size_t i = 0; i < COUNT; i++)
        community_add_figure(&form.community, i, "pupils", FIGURES_YEAR, form.population[i] / 9);
    allocate_period(&form, (struct tl_period){tl_date_of(YEAR, 1, 1), tl_date_of(YEAR, 6, 30)});
    for (size_t i = 0; i < COUNT; i++)
        first[i] = share_of(&form, 0, i)->amount.minor;
    allocate_period(&form, (struct tl_period){tl_date_of(YEAR, 7, 1), tl_date_of(YEAR, 12, 31)});
    for (size_t i = 0; i < COUNT; i++) {
        year[i] = form.population[i] / 9 * 4255;
        assert_same_int(first[i], (year[i] + 1) / 2);
        assert_money(share_of(&form, 0, i)->amount, year[i] / 2);
    }
    /* the same as instalments of the year */
    allocate(&form);
    assert_ok(tl_instalments_split(&instalments, &form.allocation, halves, 2, &err), &err);
    for (size_t i = 0; i < COUNT; i++) {
        assert_money(share_of(&form, 0, i)->amount, year[i]);
        int64_t a = instalments.lines[0].amounts[2 * i].minor, b = instalments.lines[0].amounts[2 * i + 1].minor;
        assert_same_int(a + b, year[i]);
        assert_true(a - b >= -1 && a - b <= 1);
    }
    tl_instalments_release(&instalments);
    close_form(&form);
}

/* København signed on the last day of the first price, Aarhus on the first of the second, all others later. */
static void a_joining_fee_by_date_of_signing_with_rebates(void **state)
{
    (void)state;
    static const char *const funded[] = {"funded-2.0", "funded-2.5"};
    struct form form;
    open_form(&form, "price-by-signing");
    size_t copenhagen = index_of(&form, "0101"), aarhus = index_of(&form, "0751");
    for (size_t i = 0; i < COUNT; i++) {
        struct tl_member *member = &form.community.members[i];
        member->first = tl_date_of(YEAR, 1, 1);
        member->signed_on = i == copenhagen ? tl_date_of(2020, 2, 1)
                            : i == aarhus   ? tl_date_of(2020, 2, 2)
                                            : tl_date_of(2025, 1, 1);
        member->waivers = funded;
        member->waiver_count = i == copenhagen ? 2 : i == aarhus ? 1 : 0;
        member->is_passive = i % 2 == 1;
    }
    allocate(&form);
    for (size_t i = 0; i < COUNT; i++) {
        assert_money(share_of(&form, 0, i)->amount, i == copenhagen ? 0 : i == aarhus ? 9000000 : 24000000);
        assert_money(share_of(&form, 1, i)->amount, i % 2 == 1 ? 1500000 : 4500000);
    }
    assert_money(form.allocation.total, 9000000 + 96 * INT64_C(24000000) + 49 * INT64_C(6000000));
    close_form(&form);
}

static void an_indexed_fee_is_halved_after_1_july(void **state)
{
    (void)state;
    struct form form;
    struct tl_err err = TL_ERR_NONE;
    const struct tl_index_value values[] = {{"KL-PL", tl_date_of(2024, 1, 1), {1152, 10}, "made up"},
                                            {"KL-PL", tl_date_of(2026, 1, 1), {1183, 10}, "made up"}};
    open_form(&form, "indexed-fee");
    for (size_t i = 0; i < COUNT; i++)
        form.community.members[i].first = i % 2 == 0 ? tl_date_of(YEAR, 7, 1) : tl_date_of(YEAR, 7, 2);
    struct tl_alloc_request request = {.terms = &form.terms,
                                       .year = YEAR,
                                       .members = form.community.members,
                                       .member_count = COUNT,
                                       .index_values = values,
                                       .index_value_count = 2};
    assert_ok(tl_alloc(&form.allocation, &request, &err), &err);
    /* 25,000 x 1183 = 29,575,000 = 1152 x 25,672 + 856, so the fee is 25,673; half of it is 12,836.50 */
    for (size_t i = 0; i < COUNT; i++)
        assert_money(share_of(&form, 0, i)->amount, i % 2 == 0 ? 2567300 : 1283650);
    close_form(&form);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_per_head),
        cmocka_unit_test(full_price_up_to_150000_and_half_above),
        cmocka_unit_test(twenty_brackets_and_agreed_amounts),
        cmocka_unit_test(a_class_is_frozen_for_five_years),
        cmocka_unit_test(a_price_per_pupil_in_two_instalments),
        cmocka_unit_test(a_joining_fee_by_date_of_signing_with_rebates),
        cmocka_unit_test(an_indexed_fee_is_halved_after_1_july),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
