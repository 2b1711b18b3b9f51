/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/example.h"

#include <string.h>

#include "check.h"
#include "community.h"

/* Two members, 3 : 1, of a budget of 1000,01 and a price of 20; and a line that nobody is in. */
struct sample {
    struct tl_terms terms;
    struct community community;
    struct tl_example_amount amounts[3];
    struct tl_example example;
};

static void build(struct sample *sample)
{
    static const int64_t populations[] = {30000, 10000};
    community_terms(&sample->terms);
    community_add_budget(&sample->terms, "shared", 100001, "population");
    community_add_flat(&sample->terms, "annual", 2000);
    community_add_budget(&sample->terms, "hosting", 5000, "servers")->option = "hosting";
    community_make(&sample->community, 2025, populations, 2);
    sample->example = (struct tl_example){.name = "As minuted",
                                          .year = 2026,
                                          .members = sample->community.members,
                                          .member_count = 2,
                                          .amounts = sample->amounts,
                                          .source_line = 40};
}

static void drop(struct sample *sample)
{
    tl_terms_release(&sample->terms);
    community_release(&sample->community);
}

static void state_amount(struct sample *sample, const char *member, const char *line, int64_t minor)
{
    size_t at = sample->example.amount_count++;
    sample->amounts[at] = (struct tl_example_amount){member, line, {minor}, 50 + at};
}

static void breaks(struct sample *sample, tl_status status, size_t line, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    size_t source_line = 0;
    assert_refused(tl_example_check(&source_line, &sample->terms, &sample->example, &err), status, &err, message, hint);
    assert_int_equal(source_line, line);
    assert_string_equal(err.where, "");
}

static void an_example_holds_when_every_amount_is_what_the_terms_give(void **state)
{
    (void)state;
    struct sample sample;
    struct tl_err err = TL_ERR_NONE;
    size_t line;
    build(&sample);
    state_amount(&sample, "0001", "shared", 75001);
    state_amount(&sample, "0002", "shared", 25000);
    state_amount(&sample, NULL, "annual", 4000);
    assert_ok(tl_example_check(&line, &sample.terms, &sample.example, &err), &err);
    drop(&sample);
}

static void one_minor_unit_off_breaks_an_example(void **state)
{
    (void)state;
    struct sample sample;
    build(&sample);
    state_amount(&sample, "0002", "shared", 25000);
    state_amount(&sample, "0001", "shared", 75000);
    breaks(&sample, TL_ERR_INPUT, 51,
           "the example 'As minuted' states 750,00 for member '0001' on line 'shared', the terms give 750,01",
           "the terms compute it as 1000.01 x 30000/40000");
    drop(&sample);
}

static void only_lines_that_an_example_speaks_of_are_allocated(void **state)
{
    (void)state;
    struct sample sample;
    build(&sample);
    state_amount(&sample, "0001", NULL, 77001);
    breaks(&sample, TL_ERR_INFEASIBLE, 40, "line 'hosting' has a budget, but no member in its scope in 2026", NULL);
    sample.terms.line_count = 2;
    struct tl_err err = TL_ERR_NONE;
    size_t line;
    assert_ok(tl_example_check(&line, &sample.terms, &sample.example, &err), &err);
    drop(&sample);
}

static void a_line_that_the_terms_do_not_have_is_not_found(void **state)
{
    (void)state;
    struct sample sample;
    build(&sample);
    state_amount(&sample, "0001", "shred", 75001);
    breaks(&sample, TL_ERR_NOT_FOUND, 50, "the terms have no line 'shred'", "");
    drop(&sample);
}

static void a_long_name_is_cut_at_a_character(void **state)
{
    (void)state;
    struct sample sample;
    char name[200] = "";
    for (int i = 0; i < 90; i++)
        strcat(name, "ø");
    build(&sample);
    sample.example.name = name;
    state_amount(&sample, NULL, "annual", 0);
    breaks(&sample, TL_ERR_INPUT, 50,
           "the example 'øøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøøø' states 0,00 on line 'annual', the terms give 40,00",
           "");
    drop(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_example_holds_when_every_amount_is_what_the_terms_give),
        cmocka_unit_test(one_minor_unit_off_breaks_an_example),
        cmocka_unit_test(only_lines_that_an_example_speaks_of_are_allocated),
        cmocka_unit_test(a_line_that_the_terms_do_not_have_is_not_found),
        cmocka_unit_test(a_long_name_is_cut_at_a_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
