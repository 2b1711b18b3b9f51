/* SPDX-License-Identifier: MPL-2.0 */
/* Worked examples in terms: what they may say, and that terms which break them are refused. */
#include "terms_sample.h"
#include "tilslut/key/example.h"

static void checked_as(const char *text, tl_status status, const char *where, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms = read_text(text);
    assert_refused(tl_terms_yaml_check(&terms, "t.yaml", &err), status, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_terms_release(&terms);
}

static void holds(const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms = read_text(text);
    assert_true(terms.example_count > 0);
    assert_ok(tl_terms_yaml_check(&terms, "t.yaml", &err), &err);
    tl_terms_release(&terms);
}

/* Lines that show whatever can be said of a member; 36 lines. */
#define TERMS                                                                                                          \
    HEAD CLASSES "lines:\n"                                                                                            \
                 "  - id: fee\n"                                                                                       \
                 "    kind: joining fee\n"                                                                             \
                 "    account: \"00001\"\n"                                                                            \
                 "    price by signing: {until 2025-06-30: 60000, later: 120000}\n"                                    \
                 "    rebates: {funded-2.0: 30000}\n"                                                                  \
                 "    waived for: funded-3.0\n"                                                                        \
                 "  - id: annual\n"                                                                                    \
                 "    account: \"00002\"\n"                                                                            \
                 "    price: {Lille: 200, Stor: 400}\n"                                                                \
                 "    markup: {association member: 10%, other: 50%}\n"                                                 \
                 "    passive: 1/4\n"                                                                                  \
                 "    index: {name: KL-PL, base: 2024-01-01, date: 01-01 of the same year}\n"                          \
                 "  - id: shared\n"                                                                                    \
                 "    account: \"00003\"\n"                                                                            \
                 "    budget: 1200\n"                                                                                  \
                 "    key: population\n"                                                                               \
                 "    pro rata: months\n"                                                                              \
                 "  - id: hosting\n"                                                                                   \
                 "    account: \"00003\"\n"                                                                            \
                 "    option: hosting\n"                                                                               \
                 "    budget: 600\n"                                                                                   \
                 "    key: area\n"                                                                                     \
                 "    pro rata: months\n"                                                                              \
                 "  - id: ferry\n"                                                                                     \
                 "    account: \"00004\"\n"                                                                            \
                 "    group: small-islands\n"                                                                          \
                 "    price: not yet known\n"                                                                          \
                 "examples:\n"                                                                                         \
                 "  - name: As minuted\n"                                                                              \
                 "    year: 2026\n"                                                                                    \
                 "    index: {KL-PL: {2024-01-01: 100, 2026-01-01: 110}}\n"

/* 0751: 400 x 1.1 = 440, + 10 % = 484. 0825: 220 x 1/4, + 50 % = 82.50. 0461: placed in Lille, 220, + 50 % = 330.
 * 0101: kept in Lille, 220, + 50 % = 330; it leaves at the end of June.
 * Shared, half a year each: 30000 : 10000 : 10000 : 50000 of 600, then 30000 : 10000 : 10000 of 600.
 * Hosting: 0751 alone until June for 300, then with 0825 by area 1 : 2. */
#define MEMBERS                                                                                                        \
    "    members:\n"                                                                                                   \
    "      0751: {population: 30000, area: 1, association: member, with: [hosting], signed: 2025-05-01, from: "        \
    "2026-01-01, waivers: [funded-2.0]}\n"                                                                             \
    "      0825: {population: 10000, area: 2, passive: yes, with: {hosting: 2026-07-01}, signed: 2025-07-01, from: "   \
    "2026-01-01}\n"                                                                                                    \
    "      0461: {population: 10000, association: other, class: Lille, waivers: funded-3.0, signed: 2025-12-01, "      \
    "from: 2026-01-01, groups: [small-islands]}\n"                                                                     \
    "      0101: {population: 50000, until: 2026-06-30, frozen: Lille until 2026, passive: no}\n"

static void what_is_said_of_a_member_counts(void **state)
{
    (void)state;
    holds(TERMS MEMBERS "    amounts:\n"
                        "      0751: {fee: 30000, annual: 484, shared: 540, hosting: 400}\n"
                        "      0825: {fee: 120000, annual: 82.50, shared: 180, hosting: 200}\n"
                        "      0461: {fee: 0, annual: 330, shared: 180, hosting: 0}\n"
                        "      0101: 630.00\n"
                        "    total: {fee: 150000, annual: 1226.50, shared: 1200, hosting: 600}\n"
                        "  - name: The first quarter\n"
                        "    year: 2026\n"
                        "    index: {KL-PL: {2024-01-01: 100, 2026-01-01: 110}}\n"
                        "    period: {from: 2026-01-01, to: 2026-03-31}\n"
                        "    members: {0101: {population: 7}}\n"
                        "    amounts: {0101: {shared: 300, annual: 82.50}}\n"
                        "    total: {shared: 300}\n");
}

static void an_example_is_read_as_it_stands(void **state)
{
    (void)state;
    struct tl_terms terms = read_text(TERMS MEMBERS "    amounts: {0751: {fee: 1}, 0101: 5}\n    total: 7\n");
    assert_int_equal(terms.example_count, 1);
    const struct tl_example *example = &terms.examples[0];
    assert_string_equal(example->name, "As minuted");
    assert_int_equal(example->year, 2026);
    assert_true(tl_date_is_none(example->period.first));
    assert_int_equal(example->source_line, 34);
    assert_int_equal(example->index_value_count, 2);
    assert_string_equal(example->index_values[1].index, "KL-PL");
    assert_int_equal(example->index_values[1].holds_on.number, 20260101);
    assert_ratio(example->index_values[1].value, 110, 1);

    assert_int_equal(example->member_count, 4);
    const struct tl_member *member = &example->members[0];
    assert_string_equal(member->code, "0751");
    assert_int_equal(member->association, TL_ASSOCIATION_MEMBER);
    assert_int_equal(member->figure_count, 2);
    assert_string_equal(member->figures[1].measure, "area");
    assert_int_equal(member->figures[1].holds_on.number, 20250101);
    assert_int_equal(member->signed_on.number, 20250501);
    assert_int_equal(example->members[1].association, TL_ASSOCIATION_NOT_RECORDED);
    assert_int_equal(example->members[1].first.number, 20260101);
    assert_int_equal(example->members[3].first.number, 19000101);
    assert_int_equal(example->members[3].last.number, 20260630);
    assert_int_equal(example->members[3].class_frozen_until, 2026);
    assert_false(example->members[3].is_passive);

    assert_int_equal(example->amount_count, 3);
    assert_string_equal(example->amounts[0].member, "0751");
    assert_string_equal(example->amounts[0].line_id, "fee");
    assert_null(example->amounts[1].line_id);
    assert_null(example->amounts[2].member);
    assert_money(example->amounts[2].amount, 700);
    assert_int_equal(example->amounts[2].source_line, 43);
    tl_terms_release(&terms);
}

static void terms_that_break_an_example_say_which_amount_and_how_they_compute_it(void **state)
{
    (void)state;
    checked_as(TERMS MEMBERS "    amounts:\n      0751:\n        fee: 30000\n        annual: 483.99\n", TL_ERR_INPUT,
               "t.yaml:45",
               "the example 'As minuted' states 483,99 for member '0751' on line 'annual', the terms give 484,00",
               "the terms compute it as round(400.00 x 110/100, 0.01) x 1.1");
    checked_as(TERMS MEMBERS "    amounts: {0751: {shared: 541}}\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 541,00 for member '0751' on line 'shared', the terms give 540,00",
               "correct the example, or the terms");
    checked_as(TERMS MEMBERS "    amounts: {0101: {fee: 60000}}\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 60.000,00 for member '0101' on line 'fee', the terms give 0,00",
               "the member is not in that line in the period of the example");
    checked_as(TERMS MEMBERS "    amounts: {0101: 631}\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 631,00 for member '0101' in all, the terms give 630,00",
               "correct the example, or the terms");
    checked_as(TERMS MEMBERS "    total: {shared: 1201}\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 1.201,00 on line 'shared', the terms give 1.200,00",
               "correct the example, or the terms");
    checked_as(TERMS MEMBERS "    total: 1\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 1,00 in all, the terms give 153.026,50",
               "correct the example, or the terms");
    checked_as(TERMS MEMBERS "    amounts: {0461: {ferry: 5}}\n", TL_ERR_INPUT, "t.yaml:42",
               "the example 'As minuted' states 5,00 for member '0461' on line 'ferry', whose price is not yet known",
               "correct the example, or the terms");
}

static void an_example_that_cannot_be_allocated_points_at_itself(void **state)
{
    (void)state;
    checked_as(TERMS "    members: {0751: {area: 1}}\n    total: 1\n", TL_ERR_MISSING, "t.yaml:34",
               "member '0751' has no figure of 'population' on 2025-01-01",
               "import the figure, or place the member in a class by hand, with the reason");
}

#define EXAMPLE                                                                                                        \
    HEAD CLASSES LINE "    price: {Lille: 1, Stor: 2}\n    option: hosting\nexamples:\n  - name: e\n    year: 2026\n"
#define WITH(text) EXAMPLE "    members: {0751: {" text "}}\n    total: 1\n"

static void what_nobody_counts_and_no_line_has_is_refused(void **state)
{
    (void)state;
    refused(WITH("populaton: 5"), "t.yaml:13:22",
            "'populaton' is no measure of the terms, and nothing else of a member", "did you mean 'population'?");
    refused(WITH("asociation: member"), "t.yaml:13:22",
            "'asociation' is no measure of the terms, and nothing else of a member", "did you mean 'association'?");
    refused(WITH("population: 17,5"), "t.yaml:13:37", "'5' is no measure of the terms, and nothing else of a member",
            "within { } a comma parts one key from the next; put a number with a comma in quotes");
    refused(WITH("population: 17.500"), "t.yaml:13:34", "'17.500' could mean 17500 or 17,500",
            "write thousands without a dot and decimals after a comma");
    refused_as(WITH("population: .."), TL_ERR_MISSING, "t.yaml:13:34", "'..' stands for a missing number", "");
    refused(WITH("association: yes"), "t.yaml:13:35", "'yes' is not how a member stands to the association",
            "possible are member and other");
    refused(WITH("with: [hostin]"), "t.yaml:13:29", "no line of the terms has the option 'hostin'",
            "did you mean 'hosting'?");
    refused(WITH("with: {hostin: 2026-01-01}"), "t.yaml:13:29", "no line of the terms has the option 'hostin'",
            "did you mean 'hosting'?");
    refused(WITH("with: {hosting: july}"), "t.yaml:13:38", "'july' is not a date",
            "write a date as year-month-day, for example 2026-01-31");
    refused(WITH("waivers: funded-3.0"), "t.yaml:13:31", "no line of the terms has the waiver or rebate 'funded-3.0'",
            "");
    refused(WITH("groups: [[a]]"), "t.yaml:13:31", "a single value belongs here, not a list of values", "");
    refused(WITH("class: Storr"), "t.yaml:13:29", "the terms have no size class 'Storr'", "did you mean 'Stor'?");
    refused(WITH("frozen: Storr until 2029"), "t.yaml:13:30", "the terms have no size class 'Storr'",
            "did you mean 'Stor'?");
    static const char *const frozen[] = {"Stor", "Stor until", "Stor until 29", "Stor until 20299", "Stor until 2o29"};
    for (size_t i = 0; i < sizeof frozen / sizeof frozen[0]; i++) {
        char text[400], message[80];
        snprintf(text, sizeof text, "%s    members: {0751: {frozen: %s}}\n    total: 1\n", EXAMPLE, frozen[i]);
        snprintf(message, sizeof message, "'%s' does not say how long a class is kept", frozen[i]);
        refused(text, "t.yaml:13:30", message, "write the class and the last year, such as Stor until 2029");
    }
    refused(WITH("passive: maybe"), "t.yaml:13:31", "'maybe' is not an answer", "possible are no and yes");
}

static void an_example_has_a_form(void **state)
{
    (void)state;
    static const char head[] = HEAD LINE "    price: 1\n";
    static const struct {
        const char *text, *where, *message, *hint;
    } cases[] = {
        {"examples: {a: 1}\n", "t.yaml:7:11", "the examples are written as a list",
         "begin each example with '- name: '"},
        {"examples: []\n", "t.yaml:7:11", "the examples are written as a list", "begin each example with '- name: '"},
        {"examples: [{name: e, year: 2026}]\n", "t.yaml:7:12", "'members' is missing in an example", ""},
        {"examples: [{name: e, year: 1901, members: {1: {}}, total: 1}]\n", "t.yaml:7:28",
         "'1901' is not a whole number from 1902 to 9999", ""},
        {"examples: [{name: e, year: 2026, members: {1: {}}}]\n", "t.yaml:7:12",
         "the example states no amounts, so it shows nothing", "add amounts: or total:"},
        {"examples: [{name: e, year: 2026, members: [1], total: 1}]\n", "t.yaml:7:43",
         "the members of an example are written as codes with what is known of them",
         "write for example {0751: {population: 373388, association: member}}"},
        {"examples: [{name: e, year: 2026, members: {1: yes}, total: 1}]\n", "t.yaml:7:47",
         "a member of an example is written as keys with values",
         "write for example {population: 373388, association: member}, or {}"},
        {"examples: [{name: e, year: 2026, members: {1 2: {}}, total: 1}]\n", "t.yaml:7:44",
         "'1 2' is not the code of a member", "use 1 to 40 of A-Z a-z 0-9 - and _"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, amounts: 5}]\n", "t.yaml:7:61",
         "the amounts of an example are written as members with amounts",
         "write for example {0751: {development: 812345.00}}"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, amounts: {2: 5}}]\n", "t.yaml:7:62",
         "the example has no member '2'", "add it to the members of the example"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, amounts: {1: {b: 5}}}]\n", "t.yaml:7:66",
         "the terms have no line 'b'", "possible are a"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: {a: -5}}]\n", "t.yaml:7:63",
         "'-5' is less than zero", ""},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: [5]}]\n", "t.yaml:7:59",
         "amounts are written as lines with amounts, or one for all lines",
         "write for example {development: 812345.00}"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: 5, period: {from: 2026-01-01}}]\n", "t.yaml:7:70",
         "'to' is missing in the period", ""},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: 5, index: 100}]\n", "t.yaml:7:69",
         "the index values are written as indices with dates and values",
         "write for example {KL-PL: {2024-01-01: 115.2, 2026-01-01: 118.3}}"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: 5, index: {PL: 100}}]\n", "t.yaml:7:74",
         "the values of an index are written as dates with values",
         "write for example {KL-PL: {2024-01-01: 115.2, 2026-01-01: 118.3}}"},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: 5, index: {PL: {2026-01-01: 0}}}]\n", "t.yaml:7:87",
         "the value of an index is above zero", ""},
        {"examples: [{name: e, year: 2026, members: {1: {}}, total: 5, index: {PL: {2026-01-01: x}}}]\n", "t.yaml:7:87",
         "'x' is not a number, percent or fraction", "write for example 25%, 1.09, 2/3 or 1200000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char text[400];
        snprintf(text, sizeof text, "%s%s", head, cases[i].text);
        refused(text, cases[i].where, cases[i].message, cases[i].hint);
    }
}

static void more_examples_than_the_maximum_are_refused(void **state)
{
    (void)state;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, HEAD LINE "    price: 1\nexamples:\n");
    for (int i = 0; i <= TL_TERMS_EXAMPLES_MAX; i++)
        tl_buf_text(&text, "- {name: e, year: 2026, members: {1: {}}, total: 1}\n");
    refused(tl_buf_string(&text), "t.yaml:8:1", "the terms have more than 50 examples", "");
    tl_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_a_member_counts),
        cmocka_unit_test(an_example_is_read_as_it_stands),
        cmocka_unit_test(terms_that_break_an_example_say_which_amount_and_how_they_compute_it),
        cmocka_unit_test(an_example_that_cannot_be_allocated_points_at_itself),
        cmocka_unit_test(what_nobody_counts_and_no_line_has_is_refused),
        cmocka_unit_test(an_example_has_a_form),
        cmocka_unit_test(more_examples_than_the_maximum_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
