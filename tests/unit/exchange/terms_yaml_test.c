/* SPDX-License-Identifier: MPL-2.0 */
#include "terms_sample.h"

static void assert_both(struct tl_text text, const char *da, const char *en)
{
    assert_string_equal(text.da, da);
    assert_string_equal(text.en, en);
}

static void check_head(const struct tl_terms *terms)
{
    assert_string_equal(terms->product, "os2valghalla");
    assert_int_equal(terms->valid_from.number, 20260101);
    assert_both(terms->purpose, "", "");
    assert_string_equal(terms->reference.measure, "population");
    assert_int_equal(terms->reference.years_before, 1);
    assert_int_equal(terms->reference.month, 1);
    assert_int_equal(terms->reference.day, 1);
    assert_int_equal(terms->notice.months, 6);
    assert_int_equal(terms->notice.end, TL_NOTICE_HALF_YEAR_END);
    assert_int_equal(terms->payment_days, 30);
    assert_int_equal(terms->class_count, 4);
    assert_string_equal(terms->classes[0].name, "Lille");
    assert_true(terms->classes[0].has_bound);
    assert_false(terms->classes[0].inclusive);
    assert_ratio(terms->classes[0].bound, 25000, 1);
    assert_string_equal(terms->classes[3].name, "Meget stor");
    assert_false(terms->classes[3].has_bound);
}

static void the_terms_of_os2valghalla_are_read(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = sample_file("tests/data/terms/os2valghalla.yaml", &arena);
    assert_ok(tl_terms_yaml_read(&terms, &source, &err), &err);
    check_head(&terms);
    assert_int_equal(terms.line_count, 4);

    const struct tl_line *joining = &terms.lines[0];
    assert_string_equal(joining->id, "joining");
    assert_both(joining->name, "Tilslutningsafgift", "Joining fee");
    assert_both(joining->covers, "", "");
    assert_int_equal(joining->kind, TL_LINE_JOINING_FEE);
    assert_string_equal(joining->account, "00001");
    assert_int_equal(joining->price.kind, TL_PRICE_PER_CLASS);
    assert_true(joining->price.per_class[3].known);
    assert_money(joining->price.per_class[0].amount, 3500000);
    assert_money(joining->price.per_class[3].amount, 35000000);
    assert_string_equal(joining->waived_for, "funded-3.0");
    assert_false(joining->has_budget);
    assert_false(joining->vat.stated);
    assert_string_equal(joining->vat.reason, "");
    assert_int_equal(joining->source_line, 7);

    const struct tl_line *maintenance = &terms.lines[1];
    assert_int_equal(maintenance->kind, TL_LINE_ANNUAL);
    assert_true(maintenance->markup.present);
    assert_ratio(maintenance->markup.member, 9, 100);
    assert_ratio(maintenance->markup.other, 7, 20);

    const struct tl_line *development = &terms.lines[2];
    assert_int_equal(development->price.kind, TL_PRICE_NONE);
    assert_true(development->has_budget);
    assert_money(development->budget, 120000000);
    assert_string_equal(tl_key_text(development->key, &arena), "25% equal + 75% population");
    assert_true(development->has_floor && development->has_cap);
    assert_money(development->floor, 500000);
    assert_money(development->cap, 15000000);
    assert_same_int(development->round_to_minor, 10000);

    const struct tl_line *hosting = &terms.lines[3];
    assert_string_equal(hosting->option, "hosting");
    assert_both(hosting->name, "hosting", "hosting");
    assert_same_int(hosting->round_to_minor, 1);
    tl_terms_release(&terms);
    tl_arena_release(&arena);
}

static void everything_that_may_be_said_is_read(void **state)
{
    (void)state;
    struct tl_terms terms = read_text("product: os2mo\n"
                                      "from: 2027-07-01\n"
                                      "purpose: {da: Overblik, en: Overview}\n"
                                      "reference: {measure: users, date: 06-30 of the second year before}\n"
                                      "classes: {A: up to 1.234.567, \"B \": the rest}\n"
                                      "notice: {months: 3, to: quarter}\n"
                                      "payment: {days: 14}\n"
                                      "vat: {rate: 25%, reason: a taxed service}\n"
                                      "lines:\n"
                                      "- id: one\n"
                                      "  name: Bidrag\n"
                                      "  covers: {da: Udgivelse, en: A release}\n"
                                      "  kind: one-off\n"
                                      "  account: \"00003\"\n"
                                      "  price: 30.000,00\n"
                                      "- id: two\n"
                                      "  account: \"00005\"\n"
                                      "  kind: annual\n"
                                      "  price: not yet known\n"
                                      "  markup: {other: '12,5%', association member: 0%}\n"
                                      "  vat: {outside: grants}\n"
                                      "- id: three\n"
                                      "  account: \"00005\"\n"
                                      "  price: {\"B \": not yet known, A: 10.50}\n"
                                      "  vat: {exempt: teaching}\n");
    assert_both(terms.purpose, "Overblik", "Overview");
    assert_string_equal(terms.reference.measure, "users");
    assert_int_equal(terms.reference.years_before, 2);
    assert_int_equal(terms.reference.month, 6);
    assert_int_equal(terms.reference.day, 30);
    assert_true(terms.classes[0].inclusive);
    assert_ratio(terms.classes[0].bound, 1234567, 1);
    assert_string_equal(terms.classes[1].name, "B ");
    assert_int_equal(terms.notice.end, TL_NOTICE_QUARTER_END);
    assert_int_equal(terms.payment_days, 14);

    assert_both(terms.lines[0].name, "Bidrag", "Bidrag");
    assert_both(terms.lines[0].covers, "Udgivelse", "A release");
    assert_int_equal(terms.lines[0].kind, TL_LINE_ONE_OFF);
    assert_int_equal(terms.lines[0].price.kind, TL_PRICE_FLAT);
    assert_money(terms.lines[0].price.flat, 3000000);
    assert_true(terms.lines[0].vat.stated);
    assert_string_equal(terms.lines[0].vat.code, "S");
    assert_string_equal(terms.lines[0].vat.reason, "a taxed service");
    assert_ratio(terms.lines[0].vat.rate, 1, 4);

    assert_int_equal(terms.lines[1].price.kind, TL_PRICE_NOT_YET_KNOWN);
    assert_ratio(terms.lines[1].markup.member, 0, 1);
    assert_ratio(terms.lines[1].markup.other, 1, 8);
    assert_string_equal(terms.lines[1].vat.code, "O");
    assert_string_equal(terms.lines[1].vat.reason, "grants");
    assert_ratio(terms.lines[1].vat.rate, 0, 1);

    assert_true(terms.lines[2].price.per_class[0].known);
    assert_money(terms.lines[2].price.per_class[0].amount, 1050);
    assert_false(terms.lines[2].price.per_class[1].known);
    assert_string_equal(terms.lines[2].vat.code, "E");
    tl_terms_release(&terms);
}

static void terms_of_prices_alone_need_no_reference(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD LINE "    price: 30000\n  - id: b\n    account: \"00002\"\n"
                                                "    budget: 100\n    key: equal\n    round to: 1\n");
    assert_null(terms.reference.measure);
    assert_int_equal(terms.notice.months, 0);
    assert_same_int(terms.lines[1].round_to_minor, 100);
    tl_terms_release(&terms);
}

static void an_unknown_key_is_refused_with_the_nearest(void **state)
{
    (void)state;
    refused(HEAD "clases: {}\n", "t.yaml:3:1", "a file of terms has no key 'clases'", "did you mean 'classes'?");
    refused(HEAD LINE "    price: 1\n    caps: 3\n", "t.yaml:7:5", "a line has no key 'caps'", "did you mean 'cap'?");
    refused(HEAD "xyzzyx: 1\n", "t.yaml:3:1", "a file of terms has no key 'xyzzyx'",
            "possible are product, from, purpose, reference, classes, notice, follows, payment, billing, "
            "prepaid, invoices, vat, keys, lines and examples");
    refused(HEAD "notice: {month: 6}\n", "t.yaml:3:10", "the notice has no key 'month'", "did you mean 'months'?");
    refused(HEAD "reference: {measur: a}\n", "t.yaml:3:13", "the reference has no key 'measur'",
            "did you mean 'measure'?");
    refused(HEAD "purpose: {dk: a}\n", "t.yaml:3:11", "a text in two languages has no key 'dk'", "did you mean 'da'?");
}

static void a_missing_key_is_refused(void **state)
{
    (void)state;
    refused("from: 2026-01-01\n", "t.yaml:1:1", "'product' is missing in a file of terms", "");
    refused(HEAD, "t.yaml:1:1", "'lines' is missing in a file of terms", "");
    refused(HEAD "lines:\n  - id: a\n    price: 1\n", "t.yaml:4:5", "'account' is missing in a line", "");
    refused(HEAD "reference: {measure: population}\n", "t.yaml:3:12", "'date' is missing in the reference", "");
    refused(HEAD "purpose: {en: a}\n", "t.yaml:3:10", "'da' is missing in a text in two languages", "");
}

static void a_mapping_is_not_a_value_and_a_value_is_not_a_mapping(void **state)
{
    (void)state;
    refused("[a]\n", "t.yaml:1:1", "a file of terms is written as keys with values",
            "possible are product, from, purpose, reference, classes, notice, follows, payment, billing, "
            "prepaid, invoices, vat, keys, lines and examples");
    refused(HEAD "notice: 6 months\n", "t.yaml:3:9", "the notice is written as keys with values",
            "possible are months and to");
    refused("product: {a: b}\nfrom: 2026-01-01\n", "t.yaml:1:10", "a single value belongs here, not a list of values",
            "");
    refused("product:\nfrom: 2026-01-01\n", "t.yaml:1:9", "the value is missing", "");
    refused(HEAD "purpose: [a]\n", "t.yaml:3:10", "a text in two languages is written as keys with values",
            "possible are da and en");
}

static void product_date_and_codes_are_checked(void **state)
{
    (void)state;
    refused("product: OS2mo\nfrom: 2026-01-01\n", "t.yaml:1:10",
            "'OS2mo' is not a product code: only a-z, 0-9 and - are allowed", "");
    refused("product: a\nfrom: 01.01.2026\n", "t.yaml:2:7", "'01.01.2026' is not a date",
            "write a date as year-month-day, for example 2026-01-31");
    refused(HEAD "lines:\n  - id: a b\n    account: \"00002\"\n    price: 1\n", "t.yaml:4:9",
            "'a b' is not the id of a line", "use 1 to 40 of A-Z a-z 0-9 - and _");
    refused(HEAD "lines:\n  - id: a\n    account: 2\n    price: 1\n", "t.yaml:5:14",
            "'2' is not an account: it has 1 digit, not 5", "");
    refused(HEAD LINE "    price: 1\n    waived for: funded 3\n", "t.yaml:7:17",
            "'funded 3' is not the tag of a waiver", "use 1 to 40 of A-Z a-z 0-9 - _ and .");
}

static void an_option_is_one_code(void **state)
{
    (void)state;
    refused(HEAD LINE "    option: [a, b]\n", "t.yaml:6:13", "a single value belongs here, not a list of values", "");
    refused(HEAD LINE "    option: shared hosting\n", "t.yaml:6:13", "'shared hosting' is not the code of an option",
            "use 1 to 40 of A-Z a-z 0-9 - and _");
}

static void an_unknown_kind_of_line_is_refused(void **state)
{
    (void)state;
    refused(HEAD LINE "    kind: joining-fee\n", "t.yaml:6:11", "'joining-fee' is not a kind of line",
            "did you mean 'joining fee'?");
    refused(HEAD LINE "    kind: monthly\n", "t.yaml:6:11", "'monthly' is not a kind of line",
            "possible are annual, joining fee and one-off");
}

static void a_reference_date_is_a_day_of_a_year(void **state)
{
    (void)state;
    static const char hint[] = "write month-day and the year, such as 01-01 of the year before; the same year and the "
                               "second year before are possible too";
    static const char *const dates[] = {"31-12 of the year before", "02-29 of the year before", "01-01 last year",
                                        "1-1 of the year before", "01-01"};
    for (size_t i = 0; i < sizeof dates / sizeof dates[0]; i++) {
        char text[200], message[100];
        snprintf(text, sizeof text, HEAD "reference: {measure: population, date: %s}\n", dates[i]);
        snprintf(message, sizeof message, "'%s' does not say a day of each year", dates[i]);
        refused(text, "t.yaml:3:40", message, hint);
    }
    refused(HEAD "reference: {measure: 2 x, date: 01-01 of the year before}\n", "t.yaml:3:22",
            "'2 x' is not the name of a measure",
            "a measure is named as in a key, in small letters, such as population or users");
}

static void classes_go_from_small_to_large_and_take_everyone(void **state)
{
    (void)state;
    refused(HEAD "classes: {A: below 60000, B: below 25000, C: the rest}\n", "t.yaml:3:30",
            "the size class 'B' does not end above 'A'", "write the classes from small to large");
    refused(HEAD "classes: {A: below 25000, B: up to 25000, C: the rest}\n", "t.yaml:3:30",
            "the size class 'B' does not end above 'A'", "write the classes from small to large");
    refused(HEAD "classes: {A: the rest, B: below 25000}\n", "t.yaml:3:14",
            "'the rest' stands before the last size class", "");
    refused(HEAD "classes: {A: below 25000}\n", "t.yaml:3:14", "the last size class 'A' has a bound",
            "give the last class the rest, so that every member has a class");
    refused(HEAD "classes: {A: under 25000}\n", "t.yaml:3:14", "'under 25000' is not the bound of a size class",
            "write below 25000, up to 25000 (which takes 25000 too) or the rest");
    refused(HEAD "classes: {A: below 25.000, B: the rest}\n", "t.yaml:3:20", "'25.000' could mean 25000 or 25,000",
            "write thousands without a dot and decimals after a comma");
    refused(HEAD "classes: {A: 'up to x1', B: the rest}\n", "t.yaml:3:21", "'x1' is not a number",
            "write for example 632340 or 178,46, without spaces");
    refused(HEAD "classes: {}\n", "t.yaml:3:10", "the size classes are written as names with bounds",
            "write for example {Lille: below 25000, Stor: the rest}");
    refused(HEAD "classes: {A: below 1, B: below 2, A: the rest}\n", "t.yaml:3:35",
            "'A' is there twice, first on line 3", "remove one of them");
}

static void terms_say_how_signed_agreements_follow_later_ones(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD LINE "    price: 1\n");
    assert_false(terms.follows.prices_need_signature);
    assert_true(terms.follows.text_needs_signature);
    assert_int_equal(terms.follows.days, 0);
    tl_terms_release(&terms);
    terms = read_text(HEAD "follows: {prices: new signature, text: steering group, days: 90}\n" LINE "    price: 1\n");
    assert_true(terms.follows.prices_need_signature);
    assert_false(terms.follows.text_needs_signature);
    assert_int_equal(terms.follows.days, 90);
    tl_terms_release(&terms);
    refused(HEAD "follows: {text: signature}\n", "t.yaml:3:17", "'signature' is not a way to decide on later terms",
            "possible are steering group and new signature");
    refused(HEAD "follows: {days: 731}\n", "t.yaml:3:17", "'731' is not a whole number from 0 to 730", "");
    refused(HEAD "follows: new signature\n", "t.yaml:3:10", "what follows later terms is written as keys with values",
            "possible are prices, text and days");
}

static void notice_and_payment_are_whole_numbers_in_bounds(void **state)
{
    (void)state;
    refused(HEAD "notice: {months: 0, to: year}\n", "t.yaml:3:18", "'0' is not a whole number from 1 to 120", "");
    refused(HEAD "notice: {months: six, to: year}\n", "t.yaml:3:18", "'six' is not a whole number from 1 to 120", "");
    refused(HEAD "notice: {months: 6, to: years}\n", "t.yaml:3:25", "'years' is not what a notice runs to the end of",
            "did you mean 'year'?");
    refused(HEAD "payment: {days: 366}\n", "t.yaml:3:17", "'366' is not a whole number from 0 to 365", "");
    refused(HEAD "payment: {days: 9999999999}\n", "t.yaml:3:17", "'9999999999' is not a whole number from 0 to 365",
            "");
}

static void lines_are_a_list(void **state)
{
    (void)state;
    refused(HEAD "lines: {a: 1}\n", "t.yaml:3:8", "the lines are written as a list", "begin each line with '- id: '");
    refused(HEAD "lines: []\n", "t.yaml:3:8", "the lines are written as a list", "begin each line with '- id: '");
    refused(HEAD LINE "    price: 1\n  - id: b\n    account: \"00002\"\n    price: 1\n  - id: a\n"
                      "    account: \"00002\"\n    price: 1\n",
            "t.yaml:10:9", "two lines have the id 'a', the first on line 4", "give one of them another id");
}

static void a_line_has_either_a_price_or_a_budget(void **state)
{
    (void)state;
    refused(HEAD LINE "    price: 1\n    budget: 2\n    key: equal\n", "t.yaml:7:5",
            "the line 'a' has both a price and a budget",
            "a priced line has a price per member, a budgeted one a total and a key");
    refused(HEAD LINE, "t.yaml:4:5", "the line 'a' has neither a price nor a budget",
            "write price: not yet known when that is so");
}

static void what_goes_with_a_budget_or_a_price_is_refused_without(void **state)
{
    (void)state;
    refused(HEAD LINE "    budget: 2\n", "t.yaml:6:5", "'budget' goes with a key, which the line does not have", "");
    refused(HEAD LINE "    price: 1\n    key: equal\n", "t.yaml:7:5",
            "'key' goes with a budget, which the line does not have", "");
    refused(HEAD LINE "    price: 1\n    floor: 1\n", "t.yaml:7:5",
            "'floor' goes with a budget, which the line does not have", "");
    refused(HEAD LINE "    price: 1\n    cap: 1\n", "t.yaml:7:5",
            "'cap' goes with a budget, which the line does not have", "");
    refused(HEAD LINE "    markup: {association member: 9%, other: 35%}\n    budget: 1\n    key: equal\n", "t.yaml:6:5",
            "'markup' goes with a price, which the line does not have", "");
}

static void amounts_are_unambiguous_and_not_negative(void **state)
{
    (void)state;
    static const char hint[] =
        "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things";
    refused(HEAD LINE "    price: 57.980\n", "t.yaml:6:12", "'57.980' is not an amount", hint);
    refused(HEAD LINE "    price: ten\n", "t.yaml:6:12", "'ten' is not an amount", hint);
    refused(HEAD LINE "    price: -5\n", "t.yaml:6:12", "'-5' is less than zero", "");
    refused(HEAD LINE "    budget: -5\n    key: equal\n", "t.yaml:6:13", "'-5' is less than zero", "");
    refused_as(HEAD LINE "    price: 99999999999999\n", TL_ERR_RANGE, "t.yaml:6:12",
               "the amount is larger than 9.999.999.999.999,99 kr.", "");
    refused(HEAD LINE "    budget: 1\n    key: equal\n    floor: 2\n    cap: 1\n", "t.yaml:9:10",
            "the cap is less than the floor", "");
    refused(HEAD LINE "    budget: 1\n    key: equal\n    round to: 5\n", "t.yaml:8:15",
            "'5' is not a unit to round to", "possible are 0.01 (øre), 1, 10 and 100 kroner");
}

static void prices_name_every_class(void **state)
{
    (void)state;
    refused(HEAD CLASSES LINE "    price: {Lille: 1}\n", "t.yaml:8:12",
            "the price for the size class 'Stor' is missing", "write an amount, or not yet known");
    refused(HEAD CLASSES LINE "    price: {Lille: 1, Stoor: 2}\n", "t.yaml:8:23",
            "the terms have no size class 'Stoor'", "did you mean 'Stor'?");
    refused(HEAD CLASSES LINE "    price: {Lille: 1, Stor: [2]}\n", "t.yaml:8:29",
            "a single value belongs here, not a list of values", "");
    refused(HEAD LINE "    price: {Lille: 1}\n", "t.yaml:6:12",
            "the price is given per size class, but the terms have no classes",
            "add classes: {Lille: below 25000, ...}, or write one price for all");
}

static void a_markup_is_two_percents(void **state)
{
    (void)state;
    refused(HEAD LINE "    price: 1\n    markup: {association member: 9, other: 35%}\n", "t.yaml:7:34",
            "'9' is not a percent", "write for example 25% or 12,5%");
    refused(HEAD LINE "    price: 1\n    markup: {association member: -9%, other: 35%}\n", "t.yaml:7:34",
            "'-9%' is not a number, percent or fraction", "write for example 25%, 1.09, 2/3 or 1200000");
    refused(HEAD LINE "    price: 1\n    markup: {other: 35%}\n", "t.yaml:7:13",
            "'association member' is missing in the markup", "");
    refused(HEAD LINE "    price: 1\n    markup: 9%\n", "t.yaml:7:13", "the markup is written as keys with values",
            "possible are association member and other");
}

static void a_decimal_comma_within_braces_stands_in_quotes(void **state)
{
    (void)state;
    static const char hint[] = "within { } a comma parts one key from the next; put a number with a comma in quotes";
    refused(HEAD LINE "    price: 1\n    markup: {association member: 9%, other: 12,5%}\n", "t.yaml:7:48",
            "the markup has no key '5%'", hint);
    refused(HEAD CLASSES LINE "    price: {Lille: 1, Stor: 22000,50}\n", "t.yaml:8:35",
            "the terms have no size class '50'", hint);
}

static void vat_is_stated_in_one_of_three_ways_with_a_reason(void **state)
{
    (void)state;
    static const char message[] = "the VAT is not stated in one of its three ways";
    static const char hint[] = "write {rate: 25%, reason: why} or {outside: why} or {exempt: why}";
    refused(HEAD "vat: {rate: 25%}\n", "t.yaml:3:6", message, hint);
    refused(HEAD "vat: {outside: a, exempt: b}\n", "t.yaml:3:6", message, hint);
    refused(HEAD "vat: {outside: a, reason: b}\n", "t.yaml:3:6", message, hint);
    refused(HEAD "vat: {}\n", "t.yaml:3:6", message, hint);
    refused(HEAD "vat: {outside: }\n", "t.yaml:3:16", "the value is missing", "");
    refused(HEAD "vat: {rate: 0%, reason: a}\n", "t.yaml:3:13", "'0%' is not a rate of VAT",
            "write 25%, or outside: or exempt: with the reason");
    refused(HEAD "vat: {rate: 125%, reason: a}\n", "t.yaml:3:13", "'125%' is not a rate of VAT",
            "write 25%, or outside: or exempt: with the reason");
    refused(HEAD "vat: {rate: 0.25, reason: a}\n", "t.yaml:3:13", "'0.25' is not a percent",
            "write for example 25% or 12,5%");
}

static void a_mistake_in_a_key_is_found_inside_its_value(void **state)
{
    (void)state;
    refused(HEAD REFERENCE LINE "    budget: 1\n    key: 25% equal + population\n", "t.yaml:8:22",
            "expected a weight such as 25%, found 'population'", "");
    refused(HEAD REFERENCE LINE "    budget: 1\n    key: '25% equal + population'\n", "t.yaml:8:23",
            "expected a weight such as 25%, found 'population'", "");
    refused(HEAD REFERENCE LINE "    budget: 1\n    key: 25% ærø + population\n", "t.yaml:8:20",
            "expected a weight such as 25%, found 'population'", "");
    /* folded over two lines: the value's beginning is all that is known */
    refused(HEAD REFERENCE LINE "    budget: 1\n    key: 25% equal +\n      population\n", "t.yaml:8:10",
            "expected a weight such as 25%, found 'population'", "");
    refused(HEAD REFERENCE LINE "    budget: 1\n    key: 25% equal + 25% population\n", "t.yaml:8:10",
            "the weights sum to 50%, not 100%", "");
}

static void a_key_names_classes_that_the_terms_have(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD CLASSES LINE "    budget: 1\n    key: 'class(Lille: 1, Stor: 2)'\n");
    tl_terms_release(&terms);
    refused(HEAD CLASSES LINE "    budget: 1\n    key: 'class(Lile: 1, Stor: 2)'\n", "t.yaml:9:10",
            "the key names a size class 'Lile' that the terms do not have", "did you mean 'Lille'?");
    refused(HEAD LINE "    budget: 1\n    key: 'class(Lille: 1, Stor: 2)'\n", "t.yaml:7:10",
            "the key names a size class 'Lille' that the terms do not have", "");
}

static void figures_without_a_reference_are_refused(void **state)
{
    (void)state;
    static const char message[] = "'reference' is missing: the terms use figures and do not say of which date";
    static const char hint[] = "write reference: {measure: population, date: 01-01 of the year before}";
    refused(HEAD LINE "    budget: 1\n    key: population\n", "t.yaml:1:1", message, hint);
    refused(HEAD "classes: {A: the rest}\n" LINE "    price: 1\n", "t.yaml:1:1", message, hint);
}

static void more_lines_or_classes_than_the_maximum_are_refused(void **state)
{
    (void)state;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, HEAD "lines:\n");
    for (int i = 0; i <= TL_TERMS_LINES_MAX; i++)
        tl_buf_format(&text, "- {id: l%d, account: \"00001\", price: 1}\n", i);
    refused(tl_buf_string(&text), "t.yaml:4:1", "the terms have more than 200 lines", "");
    tl_buf_release(&text);
    tl_buf_text(&text, HEAD "classes:\n");
    for (int i = 0; i <= TL_TERMS_CLASSES_MAX; i++)
        tl_buf_format(&text, "  c%d: below %d\n", i, i + 1);
    refused(tl_buf_string(&text), "t.yaml:4:3", "the terms have more than 50 size classes", "");
    tl_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terms_of_os2valghalla_are_read),
        cmocka_unit_test(everything_that_may_be_said_is_read),
        cmocka_unit_test(terms_of_prices_alone_need_no_reference),
        cmocka_unit_test(an_unknown_key_is_refused_with_the_nearest),
        cmocka_unit_test(a_missing_key_is_refused),
        cmocka_unit_test(a_mapping_is_not_a_value_and_a_value_is_not_a_mapping),
        cmocka_unit_test(product_date_and_codes_are_checked),
        cmocka_unit_test(an_option_is_one_code),
        cmocka_unit_test(an_unknown_kind_of_line_is_refused),
        cmocka_unit_test(a_reference_date_is_a_day_of_a_year),
        cmocka_unit_test(classes_go_from_small_to_large_and_take_everyone),
        cmocka_unit_test(terms_say_how_signed_agreements_follow_later_ones),
        cmocka_unit_test(notice_and_payment_are_whole_numbers_in_bounds),
        cmocka_unit_test(lines_are_a_list),
        cmocka_unit_test(a_line_has_either_a_price_or_a_budget),
        cmocka_unit_test(what_goes_with_a_budget_or_a_price_is_refused_without),
        cmocka_unit_test(amounts_are_unambiguous_and_not_negative),
        cmocka_unit_test(prices_name_every_class),
        cmocka_unit_test(a_markup_is_two_percents),
        cmocka_unit_test(a_decimal_comma_within_braces_stands_in_quotes),
        cmocka_unit_test(vat_is_stated_in_one_of_three_ways_with_a_reason),
        cmocka_unit_test(a_mistake_in_a_key_is_found_inside_its_value),
        cmocka_unit_test(a_key_names_classes_that_the_terms_have),
        cmocka_unit_test(figures_without_a_reference_are_refused),
        cmocka_unit_test(more_lines_or_classes_than_the_maximum_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
