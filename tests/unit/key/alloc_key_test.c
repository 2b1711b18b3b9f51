/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What each form of the key language gives the members, and how it reads in the working.
 */
#include <string.h>

#include "check.h"
#include "community.h"

/* Three members with 10,000, 160,000 and 373,388 inhabitants and an area of 100, 50 and 468. */
struct fixture {
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_arena arena;
};

static void set_up(struct fixture *out)
{
    static const int64_t areas[] = {100, 50, 468};
    *out = (struct fixture){.arena = TL_ARENA_EMPTY};
    community_terms(&out->terms);
    community_make(&out->community, 2025, (const int64_t[]){10000, 160000, 373388}, 3);
    for (size_t i = 0; i < 3; i++)
        community_add_figure(&out->community, i, "area", 2025, areas[i]);
}

static void tear_down(struct fixture *fixture)
{
    tl_arena_release(&fixture->arena);
    community_release(&fixture->community);
    tl_terms_release(&fixture->terms);
}

static tl_status allocate(struct fixture *fixture, const char *key, struct tl_err *err)
{
    struct tl_alloc_request request = {.terms = &fixture->terms,
                                       .year = 2026,
                                       .members = fixture->community.members,
                                       .member_count = fixture->community.count};
    fixture->terms.line_count = 0;
    community_add_budget(&fixture->terms, "pot", 10000, key);
    return tl_alloc(&fixture->allocation, &request, err);
}

struct expectation {
    const char *key;
    const char *weights[3]; /* as fractions; NULL where the working says it all */
    const char *working;    /* of the third member */
};

static void each_form_of_key_gives_its_weights_and_shows_them(void **state)
{
    (void)state;
    static const struct expectation expectations[] = {
        {"equal", {"1", "1", "1"}, "100.00 x 1/3"},
        {"area", {"100", "50", "468"}, "100.00 x 468/618"},
        {"sum(population, 1.8 * area)", {"10180", "160090", "1871152/5"}, "100.00 x (373388 + 1.8 x 468)/544500.4"},
        {"sum(1/3 * area)", {"100/3", "50/3", "156"}, "100.00 x (1/3) x 468/206"},
        {"sum(2 * sum(area, equal), area)", {"302", "152", "1406"}, "100.00 x (2 x (468 + 1) + 468)/1860"},
        {"min(population, 100000)", {"10000", "100000", "100000"}, "100.00 x min(373388, 100000)/210000"},
        {"max(area, 60.5)", {"100", "121/2", "468"}, "100.00 x max(468, 60.5)/628.5"},
        {"min(sum(population, 1.8 * area), 300000)",
         {"10180", "160090", "300000"},
         "100.00 x min(373388 + 1.8 x 468, 300000)/470270"},
        {"slices(population: 1 up to 150000, 1/2 above)",
         {"10000", "155000", "261694"},
         "100.00 x (1 x 150000 + 0.5 x 223388)/426694"},
        {"slices(area: 2 up to 100, 1 up to 400, 1/3 above)",
         {"200", "100", "1568/3"},
         "100.00 x (2 x 100 + 1 x 300 + (1/3) x 68)/(2468/3)"},
        {"slices(area: 2 up to 1000, 1 above)", {"200", "100", "936"}, "100.00 x 2 x 468/1236"},
        {"brackets(population: 1 up to 10000, 2 up to 200000, 5.5 above)", {"1", "2", "11/2"}, "100.00 x 5.5/8.5"},
        {"sqrt(population, 2)", {"100", "400", "12221/20"}, "100.00 x round(sqrt(373388), 2)/1111.05"},
        {"sqrt(area, 0)", {"10", "7", "22"}, "100.00 x round(sqrt(468), 0)/39"},
        {"class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)", {"1", "8", "8"}, "100.00 x 8/17"},
        {"fixed(0001: 40%, 0002: 35%, 0003: 25%)", {"2/5", "7/20", "1/4"}, "100.00 x 25%"},
        {"fixed(0001: 3, 0002: 0, 0003: 1/2)", {"3", "0", "1/2"}, "100.00 x 0.5/3.5"},
        {"50% fixed(0001: 40%, 0002: 35%, 0003: 25%) + 50% sum(area, population)",
         {NULL},
         "100.00 x (50% x 25% + 50% x (468 + 373388)/544006)"},
    };
    for (size_t i = 0; i < sizeof expectations / sizeof expectations[0]; i++) {
        const struct expectation *expected = &expectations[i];
        struct fixture fixture;
        struct tl_err err = TL_ERR_NONE;
        set_up(&fixture);
        assert_ok(allocate(&fixture, expected->key, &err), &err);
        const struct tl_line_result *result = &fixture.allocation.lines[0];
        assert_money(result->total, 10000);
        for (size_t j = 0; expected->weights[0] != NULL && j < 3; j++)
            assert_string_equal(tl_frac_text(&result->shares[j].weight, &fixture.arena), expected->weights[j]);
        assert_string_equal(result->shares[2].working, expected->working);
        tl_allocation_release(&fixture.allocation);
        tear_down(&fixture);
    }
}

static void a_root_is_rounded_half_up_and_never_wrong_in_its_last_decimal(void **state)
{
    (void)state;
    struct fixture fixture;
    struct check_random random = {9};
    set_up(&fixture);
    struct tl_figure *figures = tl_arena_alloc(&fixture.arena, 1, sizeof *figures);
    fixture.community.members[0].figures = figures;
    fixture.community.members[0].figure_count = 1;
    fixture.community.count = 1;
    mpq_t low, high, square;
    mpq_init(low);
    mpq_init(high);
    mpq_init(square);
    for (int round = 0; round < 500; round++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_ratio value = tl_ratio_of(check_random_between(&random, 1, 1000000000000),
                                            check_random_between(&random, 1, round % 2 == 0 ? 1 : 1000));
        *figures = (struct tl_figure){"population", tl_date_of(2025, 1, 1), value, "test"};
        assert_ok(allocate(&fixture, "sqrt(population, 3)", &err), &err);
        /* (root - 1/2000)^2 <= value < (root + 1/2000)^2 */
        const struct tl_frac *root = &fixture.allocation.lines[0].shares[0].weight;
        mpq_set_si(high, 1, 2000);
        mpq_sub(low, root->q, high);
        mpq_add(high, root->q, high);
        mpq_set_si(square, value.numerator, (unsigned long)value.denominator);
        mpq_mul(low, low, low);
        mpq_mul(high, high, high);
        assert_true(mpq_cmp(low, square) <= 0 && mpq_cmp(square, high) < 0);
        tl_allocation_release(&fixture.allocation);
    }
    mpq_clear(low);
    mpq_clear(high);
    mpq_clear(square);
    tear_down(&fixture);
}

static void named_keys_are_written_out_in_the_result(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_named_key items[] = {{"fælles", NULL}};
    struct tl_key_names names = {items, 1};
    size_t column;
    set_up(&fixture);
    items[0].key = community_key(&fixture.terms, "25% equal + 75% population");
    struct tl_line *line = community_add_budget(&fixture.terms, "pot", 10000, "equal");
    assert_ok(tl_key_parse_named(&line->key, "50% fælles + 50% area", &names, &column, &fixture.terms.arena, &err),
              &err);
    struct tl_alloc_request request = {.terms = &fixture.terms,
                                       .year = 2026,
                                       .members = fixture.community.members,
                                       .member_count = fixture.community.count};
    assert_ok(tl_alloc(&fixture.allocation, &request, &err), &err);
    const struct tl_line_result *result = &fixture.allocation.lines[0];
    assert_string_equal(result->key_text, "50% (25% equal + 75% population) + 50% area");
    assert_string_equal(result->shares[0].working, "100.00 x (50% x (25% x 1/3 + 75% x 10000/543388) + 50% x 100/618)");
    tl_allocation_release(&fixture.allocation);
    tear_down(&fixture);
}

static void class_weights_follow_a_class_set_by_hand(void **state)
{
    (void)state;
    struct fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    set_up(&fixture);
    fixture.community.members[2].class_by_hand = "Lille";
    assert_ok(allocate(&fixture, "class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)", &err), &err);
    assert_money(fixture.allocation.lines[0].shares[2].amount, 1000);
    assert_money(fixture.allocation.lines[0].shares[1].amount, 8000);
    tl_allocation_release(&fixture.allocation);
    tear_down(&fixture);
}

struct refusal {
    const char *key;
    tl_status status;
    const char *message, *hint;
};

static void a_key_that_does_not_fit_the_members_is_refused_by_name(void **state)
{
    (void)state;
    static const struct refusal refusals[] = {
        {"pupils", TL_ERR_MISSING, "member '0001' has no figure of 'pupils' on 2025-01-01",
         "import the figure, with its source"},
        {"min(population, 0)", TL_ERR_INFEASIBLE,
         "'min(population, 0)' is zero for every member, so it gives no shares", ""},
        {"50% sum(0 * population) + 50% equal", TL_ERR_INFEASIBLE,
         "'sum(0 * population)' is zero for every member, so it gives no shares", ""},
        {"class(Lille: 1, Stor: 4)", TL_ERR_MISSING,
         "the key has no weight for the size class 'Meget stor' of member '0002'", "add the class to the key"},
        {"class(Lille: 1, Melem: 2, Stor: 4, Meget stor: 8)", TL_ERR_INPUT,
         "the key names the size class 'Melem', which the terms do not have", "write the classes as the terms do"},
        {"fixed(0001: 50%, 0003: 50%)", TL_ERR_MISSING, "the key has no fixed share for member '0002'",
         "add the member to the key, with 0 if it pays nothing"},
        {"fixed(0001: 20%, 0002: 20%, 0003: 35%, 0004: 25%)", TL_ERR_INFEASIBLE,
         "the fixed percents of the members in scope sum to 75%, not 100%",
         "decide percents for exactly the members in scope, or write weights instead"},
        {"50% equal + 50% fixed(0001: 20%, 0002: 20%, 0003: 35%, 0004: 25%)", TL_ERR_INFEASIBLE,
         "the fixed percents of the members in scope sum to 75%, not 100%", NULL},
    };
    for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++) {
        struct fixture fixture;
        struct tl_err err = TL_ERR_NONE;
        set_up(&fixture);
        assert_refused(allocate(&fixture, refusals[i].key, &err), refusals[i].status, &err, refusals[i].message,
                       refusals[i].hint);
        tear_down(&fixture);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_form_of_key_gives_its_weights_and_shows_them),
        cmocka_unit_test(a_root_is_rounded_half_up_and_never_wrong_in_its_last_decimal),
        cmocka_unit_test(named_keys_are_written_out_in_the_result),
        cmocka_unit_test(class_weights_follow_a_class_set_by_hand),
        cmocka_unit_test(a_key_that_does_not_fit_the_members_is_refused_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
