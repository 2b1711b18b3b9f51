/* SPDX-License-Identifier: MPL-2.0 */
/* The prices that terms can state, and what changes them. */
#include "terms_sample.h"

static const char *key_text(const struct tl_key *key, struct tl_terms *terms)
{
    assert_non_null(key);
    return tl_key_text(key, &terms->arena);
}

static void a_price_per_unit_is_kroner_for_each_of_a_quantity(void **state)
{
    (void)state;
    struct tl_terms terms =
        read_text(HEAD REFERENCE "lines:\n"
                                 "- {id: a, account: \"00002\", price: 3.85 per population}\n"
                                 "- {id: b, account: \"00002\", price: '0,4137 per min(pupils, 100)'}\n"
                                 "- {id: c, account: \"00002\", price: '1.250,50 per equal'}\n"
                                 "- {id: d, account: \"00002\", price: '2 per slices(population: 1 up to 150000, 1/2 "
                                 "above)', round to: 1}\n"
                                 "- {id: e, account: \"00002\", price: 0.385 per pupils}\n"
                                 "- {id: f, account: \"00002\", price: 1.5 per pupils}\n"
                                 "- {id: g, account: \"00002\", price: 1.2345 per pupils}\n");
    const struct tl_line *lines = terms.lines;
    for (size_t i = 0; i < terms.line_count; i++) {
        assert_int_equal(lines[i].price.kind, TL_PRICE_PER_UNIT);
        assert_false(lines[i].has_budget);
    }
    assert_ratio(lines[0].price.per_unit, 77, 20);
    assert_string_equal(key_text(lines[0].price.quantity, &terms), "population");
    assert_ratio(lines[1].price.per_unit, 4137, 10000);
    assert_string_equal(key_text(lines[1].price.quantity, &terms), "min(pupils, 100)");
    assert_ratio(lines[2].price.per_unit, 2501, 2);
    assert_string_equal(key_text(lines[2].price.quantity, &terms), "equal");
    assert_ratio(lines[3].price.per_unit, 2, 1);
    assert_string_equal(key_text(lines[3].price.quantity, &terms), "slices(population: 1 up to 150000, 0.5 above)");
    assert_same_int(lines[3].round_to_minor, 100);
    assert_ratio(lines[4].price.per_unit, 77, 200);
    assert_ratio(lines[5].price.per_unit, 3, 2);
    assert_ratio(lines[6].price.per_unit, 2469, 2000);
    tl_terms_release(&terms);
}

static void a_price_per_unit_that_could_mean_two_things_is_refused(void **state)
{
    (void)state;
    static const char hint[] =
        "write for example 3.85 per population; a single mark before three digits could mean two things";
    static const char *const prices[] = {"1.385", "1,385", "12.385", "-1", "1/3", "25%", "ten", "1.", "385.", ".5"};
    for (size_t i = 0; i < sizeof prices / sizeof prices[0]; i++) {
        char text[200], message[80];
        snprintf(text, sizeof text, HEAD REFERENCE LINE "    price: %s per population\n", prices[i]);
        snprintf(message, sizeof message, "'%s' is not a price per unit", prices[i]);
        refused(text, "t.yaml:7:12", message, hint);
    }
    refused_as(HEAD REFERENCE LINE "    price: 0.1234567890123456789 per population\n", TL_ERR_RANGE, "t.yaml:7:12",
               "'0.1234567890123456789' has more than 18 digits", "");
}

static void what_a_price_counts_is_a_quantity(void **state)
{
    (void)state;
    refused(HEAD REFERENCE LINE "    price: 2 per 25% equal + 75% population\n", "t.yaml:7:12",
            "'25% equal + 75% population' gives shares, which a price cannot count",
            "count a figure, as in 3.85 per population or by min(population, 100000)");
    refused(HEAD REFERENCE LINE "    price: {'by 25% equal + 75% population': {above: 1}}\n", "t.yaml:7:13",
            "'25% equal + 75% population' gives shares, which a price cannot count",
            "count a figure, as in 3.85 per population or by min(population, 100000)");
}

static void a_mistake_in_what_is_counted_is_found_inside_its_value(void **state)
{
    (void)state;
    refused(HEAD REFERENCE LINE "    price: 3.85 per min(population)\n", "t.yaml:7:35",
            "expected ',' and the limit, found ')'", "");
    refused(HEAD REFERENCE LINE "    price: {by min(population): {above: 1}}\n", "t.yaml:7:30",
            "expected ',' and the limit, found ')'", "");
    refused(HEAD LINE "    price: 3.85 per population\n", "t.yaml:1:1",
            "'reference' is missing: the terms use figures and do not say of which date",
            "write reference: {measure: population, date: 01-01 of the year before}");
}

static void brackets_are_a_table_of_prices(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD REFERENCE LINE "    price:\n"
                                                          "      by min(population, 90000):\n"
                                                          "        below 20000: 10000\n"
                                                          "        up to 50000: not yet known\n"
                                                          "        above: 30.000,50\n");
    const struct tl_price *price = &terms.lines[0].price;
    assert_int_equal(price->kind, TL_PRICE_BRACKETS);
    assert_string_equal(key_text(price->quantity, &terms), "min(population, 90000)");
    assert_int_equal(price->bracket_count, 3);
    assert_true(price->brackets[0].has_bound && !price->brackets[0].inclusive && price->brackets[0].price.known);
    assert_ratio(price->brackets[0].bound, 20000, 1);
    assert_money(price->brackets[0].price.amount, 1000000);
    assert_true(price->brackets[1].has_bound && price->brackets[1].inclusive);
    assert_ratio(price->brackets[1].bound, 50000, 1);
    assert_false(price->brackets[1].price.known);
    assert_false(price->brackets[2].has_bound);
    assert_money(price->brackets[2].price.amount, 3000050);
    tl_terms_release(&terms);
}

static void a_size_class_may_have_a_name_that_begins_as_a_bracket(void **state)
{
    (void)state;
    struct tl_terms terms =
        read_text(HEAD REFERENCE "classes: {by kommune: the rest}\n" LINE "    price: {by kommune: 5}\n");
    assert_int_equal(terms.lines[0].price.kind, TL_PRICE_PER_CLASS);
    tl_terms_release(&terms);
}

static void brackets_rise_and_take_everyone(void **state)
{
    (void)state;
    refused(HEAD REFERENCE LINE "    price: {by population: {up to 20: 1, below 20: 2, above: 3}}\n", "t.yaml:7:42",
            "the bracket 'below 20' does not end above 'up to 20'", "write the brackets from small to large");
    refused(HEAD REFERENCE LINE "    price: {by population: {up to 20: 1, up to 30: 2}}\n", "t.yaml:7:42",
            "the last bracket 'up to 30' has a bound", "end with above, so that every member has a price");
    refused(HEAD REFERENCE LINE "    price: {by population: {above: 1, up to 30: 2}}\n", "t.yaml:7:29",
            "'above' stands before the last bracket", "");
    refused(HEAD REFERENCE LINE "    price: {by population: {over 20: 1, above: 2}}\n", "t.yaml:7:29",
            "'over 20' is not the bound of a bracket",
            "write below 25000, up to 25000 (which takes 25000 too) or above");
    refused(HEAD REFERENCE LINE "    price: {by population: {up to 20.000: 1, above: 2}}\n", "t.yaml:7:35",
            "'20.000' could mean 20000 or 20,000", "write thousands without a dot and decimals after a comma");
    refused(HEAD REFERENCE LINE "    price: {by population: 10000}\n", "t.yaml:7:28",
            "the brackets of a price are written as bounds with amounts",
            "write for example {up to 20000: 10000, above: 30000}");
    refused(HEAD REFERENCE LINE "    price: {by min(population, 90000): {above: 1}}\n", "t.yaml:7:32",
            "a price has one table of brackets",
            "within { } put what holds a comma in quotes: {\"by min(population, 100000)\": ...}");
    refused(HEAD REFERENCE LINE "    price: {by population: {}}\n", "t.yaml:7:28",
            "the brackets of a price are written as bounds with amounts",
            "write for example {up to 20000: 10000, above: 30000}");
}

static void the_date_of_signing_chooses_among_prices_of_any_form(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD CLASSES LINE "    kind: joining fee\n"
                                                        "    price by signing:\n"
                                                        "      until 2020-02-01: 60000\n"
                                                        "      until 2020-12-31: {Lille: 1, Stor: not yet known}\n"
                                                        "      until 2021-01-31: 2 per pupils\n"
                                                        "      later: not yet known\n");
    const struct tl_line *line = &terms.lines[0];
    assert_int_equal(line->price.kind, TL_PRICE_NONE);
    assert_int_equal(line->price_step_count, 4);
    assert_int_equal(line->price_steps[0].until.number, 20200201);
    assert_money(line->price_steps[0].price.flat, 6000000);
    assert_int_equal(line->price_steps[1].until.number, 20201231);
    assert_int_equal(line->price_steps[1].price.kind, TL_PRICE_PER_CLASS);
    assert_int_equal(line->price_steps[2].price.kind, TL_PRICE_PER_UNIT);
    assert_true(tl_date_is_none(line->price_steps[3].until));
    assert_int_equal(line->price_steps[3].price.kind, TL_PRICE_NOT_YET_KNOWN);
    tl_terms_release(&terms);
}

static void prices_by_signing_go_from_early_to_late_without_end(void **state)
{
    (void)state;
    static const char form[] = "write for example {until 2026-06-30: 60000, later: 120000}";
    refused(HEAD LINE "    price by signing: 5\n", "t.yaml:6:23",
            "the prices by signing are written as dates with prices", form);
    refused(HEAD LINE "    price by signing: {}\n", "t.yaml:6:23",
            "the prices by signing are written as dates with prices", form);
    refused(HEAD LINE "    price by signing: {before 2026-01-01: 5, later: 6}\n", "t.yaml:6:24",
            "'before 2026-01-01' is not a time of signing", "write until 2026-06-30, with the last day, or later");
    refused(HEAD LINE "    price by signing: {until 2026-02-30: 5, later: 6}\n", "t.yaml:6:30",
            "'2026-02-30' is not a date", "write a date as year-month-day, for example 2026-01-31");
    refused(HEAD LINE "    price by signing: {until 2026-12-31: 5, until 2026-06-30: 7, later: 6}\n", "t.yaml:6:45",
            "'until 2026-06-30' does not lie after 2026-12-31", "write the dates from early to late");
    refused(HEAD LINE "    price by signing: {until 2026-12-31: 5}\n", "t.yaml:6:24", "the last price by signing ends",
            "end with later, so that every member has a price, or later: not yet known");
    refused(HEAD LINE "    price by signing: {later: 5, until 2026-12-31: 6}\n", "t.yaml:6:24",
            "'later' stands before the last price by signing", "");
    refused(HEAD REFERENCE LINE "    price by signing: {until 2026-12-31: 5, later: ten}\n", "t.yaml:7:52",
            "'ten' is not an amount",
            "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things");
}

static void a_line_has_one_way_to_its_amounts(void **state)
{
    (void)state;
    refused(HEAD LINE "    price: 1\n    price by signing: {later: 1}\n", "t.yaml:7:5",
            "the line 'a' has both a price and prices by signing", "write the price that holds last as later:");
    refused(HEAD LINE "    price by signing: {later: 1}\n    budget: 1\n    key: equal\n", "t.yaml:7:5",
            "the line 'a' has both a price and a budget",
            "a priced line has a price per member, a budgeted one a total and a key");
}

static void passive_members_and_rebates_take_parts_of_the_price(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD LINE "    price by signing: {later: 60000}\n"
                                                "    passive: 1/3\n"
                                                "    rebates: {funded-2.0: 30000, funded-2.5: 25%, pilot: 1/8}\n"
                                                "  - {id: b, account: \"00002\", price: 1, passive: '12,5 %'}\n");
    const struct tl_line *line = &terms.lines[0];
    assert_ratio(line->passive, 1, 3);
    assert_int_equal(line->rebate_count, 3);
    assert_string_equal(line->rebates[0].tag, "funded-2.0");
    assert_true(tl_ratio_is_none(line->rebates[0].share));
    assert_money(line->rebates[0].amount, 3000000);
    assert_string_equal(line->rebates[1].tag, "funded-2.5");
    assert_ratio(line->rebates[1].share, 1, 4);
    assert_ratio(line->rebates[2].share, 1, 8);
    assert_ratio(terms.lines[1].passive, 1, 8);
    assert_int_equal(terms.lines[1].rebate_count, 0);
    tl_terms_release(&terms);
}

static void a_part_of_a_whole_says_that_it_is_one(void **state)
{
    (void)state;
    refused(HEAD LINE "    price: 1\n    passive: 0.33\n", "t.yaml:7:14", "'0.33' is not a part of a whole",
            "write for example 25% or 1/3");
    refused(HEAD LINE "    price: 1\n    passive: 4/3\n", "t.yaml:7:14", "'4/3' is more than the whole", "");
    refused(HEAD LINE "    price: 1\n    passive: a%\n", "t.yaml:7:14", "'a%' is not a number, percent or fraction",
            "write for example 25%, 1.09, 2/3 or 1200000");
    refused(HEAD LINE "    price: 1\n    rebates: {a: 101%}\n", "t.yaml:7:18", "'101%' is more than the whole", "");
    refused(HEAD LINE "    price: 1\n    rebates: {a b: 10%}\n", "t.yaml:7:15", "'a b' is not the tag of a rebate",
            "use 1 to 40 of A-Z a-z 0-9 - _ and .");
    refused(HEAD LINE "    price: 1\n    rebates: 10%\n", "t.yaml:7:14",
            "the rebates are written as tags with amounts or percents",
            "write for example {funded-2.0: 30000, funded-2.5: 25%}");
    refused(HEAD LINE "    price: 1\n    rebates: {a: 1}\n    waived for: a\n", "t.yaml:7:15",
            "the line is waived for members with 'a', who then have no rebate", "");
}

static void an_index_says_from_when_to_when_and_how_it_rounds(void **state)
{
    (void)state;
    struct tl_terms terms =
        read_text(HEAD LINE "    price: 25000\n"
                            "    index: {name: KL-PL, base: 2024-01-01, date: 03-31 of the second year before, round "
                            "to: 25, rounding: up}\n"
                            "  - {id: b, account: \"00002\", budget: 1, key: equal, index: {name: PL, base: "
                            "2025-07-01, date: 07-01 of the same year}}\n");
    const struct tl_indexation *index = &terms.lines[0].indexation;
    assert_string_equal(index->index, "KL-PL");
    assert_int_equal(index->base.number, 20240101);
    assert_int_equal(index->years_before, 2);
    assert_int_equal(index->month, 3);
    assert_int_equal(index->day, 31);
    assert_same_int(index->round_to_minor, 2500);
    assert_int_equal(index->rounding, TL_ROUNDING_UP);
    index = &terms.lines[1].indexation;
    assert_int_equal(index->years_before, 0);
    assert_same_int(index->round_to_minor, 0);
    assert_int_equal(index->rounding, TL_ROUNDING_NEAREST);
    tl_terms_release(&terms);
}

#define INDEX(text) HEAD LINE "    price: 1\n    index: {" text "}\n"

static void an_index_that_is_not_complete_or_not_clear_is_refused(void **state)
{
    (void)state;
    refused(INDEX("name: KL-PL, date: 01-01 of the same year"), "t.yaml:7:12", "'base' is missing in the index", "");
    refused(INDEX("name: KL-PL, base: 2024-01-01"), "t.yaml:7:12", "'date' is missing in the index", "");
    refused(INDEX("base: 2024-01-01, date: 01-01 of the same year"), "t.yaml:7:12", "'name' is missing in the index",
            "");
    refused(INDEX("name: KL PL, base: 2024-01-01, date: 01-01 of the same year"), "t.yaml:7:19",
            "'KL PL' is not the code of an index", "use 1 to 40 of A-Z a-z 0-9 - and _");
    refused(INDEX("name: PL, base: 2024, date: 01-01 of the same year"), "t.yaml:7:29", "'2024' is not a date",
            "write a date as year-month-day, for example 2026-01-31");
    refused(INDEX("name: PL, base: 2024-01-01, date: 02-29 of the same year"), "t.yaml:7:47",
            "'02-29 of the same year' does not say a day of each year",
            "write month-day and the year, such as 01-01 of the year before; the same year and the second year before "
            "are possible too");
    refused(INDEX("name: PL, base: 2024-01-01, date: 01-01 of the same year, round to: 0"), "t.yaml:7:81",
            "'0' is not a unit to round to", "write an amount above zero, such as 0.01, 1 or 25 kroner");
    refused(INDEX("name: PL, base: 2024-01-01, date: 01-01 of the same year, rounding: upp"), "t.yaml:7:81",
            "'upp' is not a way to round", "did you mean 'up'?");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_price_per_unit_is_kroner_for_each_of_a_quantity),
        cmocka_unit_test(a_price_per_unit_that_could_mean_two_things_is_refused),
        cmocka_unit_test(what_a_price_counts_is_a_quantity),
        cmocka_unit_test(a_mistake_in_what_is_counted_is_found_inside_its_value),
        cmocka_unit_test(brackets_are_a_table_of_prices),
        cmocka_unit_test(a_size_class_may_have_a_name_that_begins_as_a_bracket),
        cmocka_unit_test(brackets_rise_and_take_everyone),
        cmocka_unit_test(the_date_of_signing_chooses_among_prices_of_any_form),
        cmocka_unit_test(prices_by_signing_go_from_early_to_late_without_end),
        cmocka_unit_test(a_line_has_one_way_to_its_amounts),
        cmocka_unit_test(passive_members_and_rebates_take_parts_of_the_price),
        cmocka_unit_test(a_part_of_a_whole_says_that_it_is_one),
        cmocka_unit_test(an_index_says_from_when_to_when_and_how_it_rounds),
        cmocka_unit_test(an_index_that_is_not_complete_or_not_clear_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
