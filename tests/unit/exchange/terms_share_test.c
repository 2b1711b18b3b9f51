/* SPDX-License-Identifier: MPL-2.0 */
/* How terms say that a budget is shared, who is in a line and when, and which keys have names. */
#include "terms_sample.h"

static void keys_have_names_that_lines_and_later_keys_use(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(HEAD CLASSES "keys:\n"
                                                   "  usage: sum(population, 1.8 * area)\n"
                                                   "  mixed: 25% equal + 75% usage\n" LINE "    budget: 1\n"
                                                   "    key: 50% mixed + 50% usage\n"
                                                   "  - id: b\n"
                                                   "    account: \"00002\"\n"
                                                   "    price: 2 per usage\n");
    assert_int_equal(terms.keys.count, 2);
    assert_string_equal(terms.keys.items[0].name, "usage");
    assert_string_equal(tl_key_text(terms.keys.items[1].key, &terms.arena), "25% equal + 75% usage");
    assert_string_equal(tl_key_text(terms.lines[0].key, &terms.arena), "50% mixed + 50% usage");
    assert_string_equal(tl_key_text_full(terms.lines[0].key, &terms.arena),
                        "50% (25% equal + 75% sum(population, 1.8 * area)) + 50% sum(population, 1.8 * area)");
    assert_string_equal(tl_key_text_full(terms.lines[1].price.quantity, &terms.arena), "sum(population, 1.8 * area)");
    tl_terms_release(&terms);
}

static void a_name_for_a_key_means_one_thing(void **state)
{
    (void)state;
    refused(HEAD "keys: [a]\n", "t.yaml:3:7", "the keys are written as names with keys",
            "write for example usage: 25% equal + 75% population");
    refused(HEAD "keys: {}\n", "t.yaml:3:7", "the keys are written as names with keys",
            "write for example usage: 25% equal + 75% population");
    refused(HEAD "keys: {equal: users}\n", "t.yaml:3:8", "'equal' is a word of the key language",
            "choose another name for the key");
    refused(HEAD "keys: {2x: users}\n", "t.yaml:3:8", "'2x' is not a name for a key",
            "begin with a letter, and use letters and digits, with - and _ between them");
    refused(HEAD REFERENCE "keys: {population: 'min(users, 3)'}\n", "t.yaml:4:8",
            "'population' is the measure of the reference", "choose another name for the key");
    refused(HEAD "keys: {users: 'min(users, 3)'}\n", "t.yaml:3:8",
            "the key 'users' counts 'users' before that is a key", "name the key otherwise than what it counts");
    refused(HEAD "keys: {a: 50% equal + 50% b, b: users}\n", "t.yaml:3:30",
            "the key 'a' counts 'b' before that is a key", "define a key before the keys that use it");
    refused(HEAD "keys: {a: 'min(users)'}\n", "t.yaml:3:21", "expected ',' and the limit, found ')'", "");
    refused(HEAD CLASSES "keys: {a: 'class(Lile: 1, Stor: 2)'}\n", "t.yaml:5:11",
            "the key names a size class 'Lile' that the terms do not have", "did you mean 'Lille'?");
    refused(HEAD "keys: {a: [users]}\n", "t.yaml:3:11", "a single value belongs here, not a list of values", "");
}

static void more_keys_with_names_than_the_maximum_are_refused(void **state)
{
    (void)state;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, HEAD "keys:\n");
    for (int i = 0; i <= TL_TERMS_KEYS_MAX; i++)
        tl_buf_format(&text, "  k%d: equal\n", i);
    refused(tl_buf_string(&text), "t.yaml:4:3", "the terms have more than 50 keys with names", "");
    tl_buf_release(&text);
}

static void a_line_says_who_is_in_it_and_when(void **state)
{
    (void)state;
    static const char *const words[] = {"none", "days", "months", "quarters", "half-year rule"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char text[200];
        snprintf(text, sizeof text, HEAD LINE "    price: 1\n    group: small-islands\n    pro rata: %s\n", words[i]);
        struct tl_terms terms = read_text(text);
        assert_string_equal(terms.lines[0].group, "small-islands");
        assert_int_equal(terms.lines[0].prorata, (tl_prorata)i);
        tl_terms_release(&terms);
    }
    refused(HEAD LINE "    price: 1\n    group: small islands\n", "t.yaml:7:12",
            "'small islands' is not the code of a group", "use 1 to 40 of A-Z a-z 0-9 - and _");
    refused(HEAD LINE "    price: 1\n    pro rata: month\n", "t.yaml:7:15", "'month' is not a way to follow time",
            "did you mean 'months'?");
    refused(HEAD LINE "    kind: joining fee\n    price: 1\n    pro rata: months\n", "t.yaml:8:5",
            "'pro rata' goes with an annual line, and this one is charged once", "");
    struct tl_terms terms = read_text(HEAD LINE "    kind: one-off\n    price: 1\n    pro rata: none\n");
    tl_terms_release(&terms);
}

#define BUDGET HEAD LINE "    budget: 1000\n    key: equal\n"

static void first_shares_are_taken_off_before_the_key(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(BUDGET "    first:\n"
                                             "      - {member: 0751, share: 25%, also in key: yes}\n"
                                             "      - {member: 0101, amount: 100, also in key: no}\n"
                                             "      - {account: \"00003\", share: 1/10}\n"
                                             "      - {account: \"00004\", amount: 500.50}\n");
    const struct tl_first_share *first = terms.lines[0].first_shares;
    assert_int_equal(terms.lines[0].first_share_count, 4);
    assert_string_equal(first[0].member, "0751");
    assert_null(first[0].account);
    assert_ratio(first[0].share, 1, 4);
    assert_true(first[0].also_in_key);
    assert_true(tl_ratio_is_none(first[1].share));
    assert_money(first[1].amount, 10000);
    assert_false(first[1].also_in_key);
    assert_null(first[2].member);
    assert_string_equal(first[2].account, "00003");
    assert_ratio(first[2].share, 1, 10);
    assert_money(first[3].amount, 50050);
    tl_terms_release(&terms);
}

static void a_first_share_is_clear_and_within_the_budget(void **state)
{
    (void)state;
    static const char one[] = "write one of member: and account:";
    static const char how[] = "write one of share: 25% and amount: 10000";
    refused(BUDGET "    first: {member: 0751, share: 25%}\n", "t.yaml:8:12", "the first shares are written as a list",
            "write for example [{member: 0751, share: 25%}]");
    refused(BUDGET "    first: []\n", "t.yaml:8:12", "the first shares are written as a list",
            "write for example [{member: 0751, share: 25%}]");
    refused(BUDGET "    first: [{share: 25%}]\n", "t.yaml:8:13",
            "a first share is borne by a member or drawn from an account", one);
    refused(BUDGET "    first: [{member: 0751, account: \"00003\", share: 25%}]\n", "t.yaml:8:13",
            "a first share is borne by a member or drawn from an account", one);
    refused(BUDGET "    first: [{member: 0751}]\n", "t.yaml:8:13", "a first share is a part of the budget or an amount",
            how);
    refused(BUDGET "    first: [{member: 0751, share: 25%, amount: 1}]\n", "t.yaml:8:13",
            "a first share is a part of the budget or an amount", how);
    refused(BUDGET "    first: [{account: \"00003\", share: 25%, also in key: yes}]\n", "t.yaml:8:44",
            "an account does not take part in a key", "");
    refused(BUDGET "    first: [{account: 3, share: 25%}]\n", "t.yaml:8:23",
            "'3' is not an account: it has 1 digit, not 5", "");
    refused(BUDGET "    first: [{member: 0751, share: 25%, also in key: true}]\n", "t.yaml:8:53",
            "'true' is not an answer", "possible are no and yes");
    refused(BUDGET "    first: [{member: 0751, share: 0.25}]\n", "t.yaml:8:35", "'0.25' is not a part of a whole",
            "write for example 25% or 1/3");
    refused(BUDGET "    first: [{member: 07 51, share: 25%}]\n", "t.yaml:8:22", "'07 51' is not the code of a member",
            "use 1 to 40 of A-Z a-z 0-9 - and _");
    refused(BUDGET "    first: [{member: 0751, part: 25%}]\n", "t.yaml:8:28", "a first share has no key 'part'", NULL);
    refused(BUDGET "    first: [{member: 0751, share: 25%}, {member: 0751, amount: 1}]\n", "t.yaml:8:41",
            "the member '0751' has two first shares", "");
    refused(BUDGET "    first: [{member: 0751, share: 25%}]\n    agreed: {0751: 1}\n", "t.yaml:8:13",
            "the member '0751' has an agreed amount and a first share", "");
    refused(BUDGET "    first: [{member: 0751, share: 60%}, {account: \"00003\", amount: 400.01}]\n", "t.yaml:8:12",
            "the first shares are more than the budget", "");
    struct tl_terms terms = read_text(BUDGET "    first: [{member: 0751, share: 60%}, {account: \"00003\", amount: "
                                             "400}]\n");
    tl_terms_release(&terms);
}

static void an_index_may_raise_a_budget_above_its_first_amounts(void **state)
{
    (void)state;
    static const char index[] = "    index: {name: PL, base: 2024-01-01, date: 01-01 of the same year}\n";
    char text[400];
    snprintf(text, sizeof text, BUDGET "%s    first: [{member: 0751, amount: 1001}]\n    cap: 50%%\n    floor: 501\n",
             index);
    struct tl_terms terms = read_text(text);
    tl_terms_release(&terms);
    snprintf(text, sizeof text,
             BUDGET "%s    first: [{member: 0751, share: 60%%}, {account: \"00001\", share: 41%%}]\n", index);
    refused(text, "t.yaml:9:12", "the first shares are more than the budget", "");
}

static void amounts_are_agreed_with_a_reason_or_without(void **state)
{
    (void)state;
    struct tl_terms terms =
        read_text(BUDGET "    agreed: {0101: {amount: 100.50, reason: \"decided, 2025\"}, 0461: 50}\n");
    const struct tl_agreed_amount *agreed = terms.lines[0].agreed;
    assert_int_equal(terms.lines[0].agreed_count, 2);
    assert_string_equal(agreed[0].member, "0101");
    assert_money(agreed[0].amount, 10050);
    assert_string_equal(agreed[0].reason, "decided, 2025");
    assert_string_equal(agreed[1].member, "0461");
    assert_money(agreed[1].amount, 5000);
    assert_string_equal(agreed[1].reason, "");
    tl_terms_release(&terms);
    static const char form[] = "write for example {0101: {amount: 100000, reason: why}}";
    refused(BUDGET "    agreed: [0101]\n", "t.yaml:8:13", "the agreed amounts are written as members with amounts",
            form);
    refused(BUDGET "    agreed: {}\n", "t.yaml:8:13", "the agreed amounts are written as members with amounts", form);
    refused(BUDGET "    agreed: {0101: {reason: a}}\n", "t.yaml:8:20", "'amount' is missing in an agreed amount", "");
    refused(BUDGET "    agreed: {0101: 25%}\n", "t.yaml:8:20", "'25%' is not an amount",
            "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things");
    refused(BUDGET "    agreed: {0101: 1, 0101: 2}\n", "t.yaml:8:23", "'0101' is there twice, first on line 8",
            "remove one of them");
}

static void bounds_are_amounts_or_parts_of_the_budget(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(BUDGET "    floor: 0.5%\n    cap: 1/5\n");
    assert_false(terms.lines[0].has_floor || terms.lines[0].has_cap);
    assert_ratio(terms.lines[0].floor_share, 1, 200);
    assert_ratio(terms.lines[0].cap_share, 1, 5);
    tl_terms_release(&terms);
    terms = read_text(BUDGET "    floor: 100\n    cap: 10%\n");
    assert_true(terms.lines[0].has_floor && !terms.lines[0].has_cap);
    assert_money(terms.lines[0].floor, 10000);
    tl_terms_release(&terms);
    refused(BUDGET "    floor: 100.01\n    cap: 10%\n", "t.yaml:9:10", "the cap is less than the floor", "");
    refused(BUDGET "    floor: 10%\n    cap: 99.99\n", "t.yaml:9:10", "the cap is less than the floor", "");
    refused(BUDGET "    floor: 11%\n    cap: 10%\n", "t.yaml:9:10", "the cap is less than the floor", "");
    refused(BUDGET "    floor: 2\n    cap: 1\n", "t.yaml:9:10", "the cap is less than the floor", "");
    refused(BUDGET "    cap: 120%\n", "t.yaml:8:10", "'120%' is more than the whole", "");
    refused(BUDGET "    floor: 101\n    cap: 190\n    round to: 100\n", "t.yaml:9:10",
            "between the floor and the cap lies no multiple of 100,00", "");
    terms = read_text(BUDGET "    floor: 101\n    cap: 200\n    round to: 100\n");
    tl_terms_release(&terms);
}

static void shares_are_published_and_rounded_as_the_terms_say(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(BUDGET "    published decimals: 5\n    rounding: each period\n"
                                             "  - {id: b, account: \"00002\", budget: 1, key: equal, rounding: "
                                             "carried, published decimals: 0}\n"
                                             "  - {id: c, account: \"00002\", budget: 1, key: equal}\n");
    assert_true(terms.lines[0].has_published_decimals && terms.lines[0].rounds_each_period);
    assert_int_equal(terms.lines[0].published_decimals, 5);
    assert_true(terms.lines[1].has_published_decimals && !terms.lines[1].rounds_each_period);
    assert_int_equal(terms.lines[1].published_decimals, 0);
    assert_false(terms.lines[2].has_published_decimals || terms.lines[2].rounds_each_period);
    tl_terms_release(&terms);
    refused(BUDGET "    published decimals: 11\n", "t.yaml:8:25", "'11' is not a whole number from 0 to 10", "");
    refused(BUDGET "    rounding: nearest\n", "t.yaml:8:15", "'nearest' is not a way to round over the years",
            "possible are carried and each period");
}

static void what_only_a_price_or_only_a_budget_can_have_is_refused_on_the_other(void **state)
{
    (void)state;
    static const char *const of_a_price[] = {"markup: {association member: 9%, other: 35%}", "passive: 1/3",
                                             "rebates: {a: 1}", "waived for: a"};
    static const char *const of_a_budget[] = {"first: [{member: 0751, share: 25%}]",

                                              "floor: 1%", "cap: 1%", "published decimals: 5", "rounding: carried"};
    char text[200], message[120];
    for (size_t i = 0; i < sizeof of_a_price / sizeof of_a_price[0]; i++) {
        snprintf(text, sizeof text, BUDGET "    %s\n", of_a_price[i]);
        snprintf(message, sizeof message, "'%.*s' goes with a price, which the line does not have",
                 (int)strcspn(of_a_price[i], ":"), of_a_price[i]);
        refused(text, "t.yaml:8:5", message, "");
    }
    for (size_t i = 0; i < sizeof of_a_budget / sizeof of_a_budget[0]; i++) {
        snprintf(text, sizeof text, HEAD LINE "    price by signing: {later: 1}\n    %s\n", of_a_budget[i]);
        snprintf(message, sizeof message, "'%.*s' goes with a budget, which the line does not have",
                 (int)strcspn(of_a_budget[i], ":"), of_a_budget[i]);
        refused(text, "t.yaml:7:5", message, "");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keys_have_names_that_lines_and_later_keys_use),
        cmocka_unit_test(a_name_for_a_key_means_one_thing),
        cmocka_unit_test(more_keys_with_names_than_the_maximum_are_refused),
        cmocka_unit_test(a_line_says_who_is_in_it_and_when),
        cmocka_unit_test(first_shares_are_taken_off_before_the_key),
        cmocka_unit_test(a_first_share_is_clear_and_within_the_budget),
        cmocka_unit_test(an_index_may_raise_a_budget_above_its_first_amounts),
        cmocka_unit_test(amounts_are_agreed_with_a_reason_or_without),
        cmocka_unit_test(bounds_are_amounts_or_parts_of_the_budget),
        cmocka_unit_test(shares_are_published_and_rounded_as_the_terms_say),
        cmocka_unit_test(what_only_a_price_or_only_a_budget_can_have_is_refused_on_the_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
