/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"

#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/waiver.h"

static void begin(struct books *books)
{
    struct tl_err err = TL_ERR_NONE;
    books_begin_filled(books);
    books_product(books, "os2valghalla", "XG-9212045260");
    books_adopt(books, SAMPLE_TERMS, SAMPLE_DECISION);
    const struct tl_project project = {.code = "funded-3.0",
                                       .product = "os2valghalla",
                                       .target = {900000},
                                       .threshold = {600000},
                                       .deadline = books_date("2025-11-30")};
    books_act(books, "anna");
    assert_ok(tl_project_record(books->store, &project, "styregruppe 2025-10-12 pkt. 5", &err), &err);
    books_commit(books);
}

static tl_status record(struct books *books, const char *party, int64_t minor, const char *on, struct tl_err *err)
{
    const struct tl_pledge pledge = {
        .project = "funded-3.0", .party = party, .amount = {minor}, .on = books_date(on), .evidence = "sag 1"};
    return tl_pledge_record(books->store, &pledge, err);
}

static void pledge(struct books *books, const char *party, int64_t minor, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    books_act(books, "anna");
    assert_ok(record(books, party, minor, on, &err), &err);
    books_commit(books);
}

static tl_status fund(struct books *books, struct tl_project *out, struct tl_err *err)
{
    return tl_project_fund(out, books->store, "funded-3.0", "styregruppe 2025-12-08 pkt. 2", &books->arena, err);
}

static const char *state_of(struct books *books, const char *party, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    assert_ok(tl_pledge_list(&pledges, &count, books->store, "funded-3.0", books_date(on), &books->arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        if (strcmp(pledges[i].party, party) == 0)
            return tl_pledge_state_name(pledges[i].state);
    return "none";
}

static void a_pledge_is_open_until_the_deadline_and_lapses_below_the_threshold(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    pledge(&books, "0751", 599999, "2025-11-30");
    assert_string_equal(state_of(&books, "0751", "2025-11-30"), "open");
    assert_string_equal(state_of(&books, "0751", "2025-12-01"), "lapsed");
    assert_string_equal(state_of(&books, "0461", "2025-12-01"), "none");
    pledge(&books, "0461", 1, "2025-11-30");
    assert_string_equal(state_of(&books, "0751", "2025-12-01"), "open");
    books_end(&books);
}

static void the_latest_pledge_of_a_party_is_the_one_that_counts(void **state)
{
    (void)state;
    struct books books;
    struct tl_project project;
    struct tl_err err = TL_ERR_NONE;
    begin(&books);
    pledge(&books, "0751", 400000, "2025-11-01");
    pledge(&books, "0461", 300000, "2025-11-01");
    pledge(&books, "0751", 100000, "2025-11-02");
    pledge(&books, "0461", 0, "2025-11-03");
    assert_ok(tl_project_find(&project, books.store, "funded-3.0", &books.arena, &err), &err);
    assert_money(project.pledged, 100000);
    assert_same_int((int64_t)project.pledge_count, 1);
    assert_string_equal(state_of(&books, "0461", "2025-11-03"), "withdrawn");
    books_act(&books, "anna");
    assert_refused(fund(&books, &project, &err), TL_ERR_STATE, &err,
                   "the pledges to 'funded-3.0' come to 1.000,00, and its threshold is 6.000,00: 5.000,00 is missing",
                   "tilslut list pledges funded-3.0 shows who has pledged what");
    books_end(&books);
}

static void a_funded_project_binds_its_pledges_and_takes_no_more(void **state)
{
    (void)state;
    struct books books;
    struct tl_project project;
    struct tl_err err = TL_ERR_NONE;
    begin(&books);
    pledge(&books, "0751", 600000, "2025-11-01");
    books_act(&books, "anna");
    assert_ok(fund(&books, &project, &err), &err);
    books_commit(&books);
    assert_true(project.is_funded);
    assert_string_equal(state_of(&books, "0751", "2025-11-02"), "binding");
    books_act(&books, "anna");
    assert_refused(record(&books, "0751", 0, "2025-11-03", &err), TL_ERR_STATE, &err,
                   "the project 'funded-3.0' is funded, and its pledges bind", "");
    books_end(&books);
}

static void a_pledge_of_a_day_before_the_one_it_changes_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    begin(&books);
    pledge(&books, "0751", 600000, "2025-11-02");
    books_act(&books, "anna");
    assert_refused(record(&books, "0751", 500000, "2025-11-01", &err), TL_ERR_STATE, &err,
                   "a pledge on 2025-11-01 cannot change the one of 2025-11-02", "");
    books_end(&books);
}

static void a_binding_pledge_stands_behind_a_waiver_of_the_member(void **state)
{
    (void)state;
    struct books books;
    struct tl_project project;
    struct tl_waiver *waivers = NULL;
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    size_t count = 9;
    begin(&books);
    pledge(&books, "0751", 600000, "2025-11-01");
    assert_ok(tl_waiver_list(&waivers, &count, books.store, "os2valghalla", "0751", &books.arena, &err), &err);
    assert_same_int((int64_t)count, 0);
    books_act(&books, "anna");
    assert_ok(fund(&books, &project, &err), &err);
    books_commit(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    books_join(&books, "os2valghalla", "0461", "2026-01-01", NULL);
    assert_ok(tl_waiver_list(&waivers, &count, books.store, "os2valghalla", "0751", &books.arena, &err), &err);
    assert_same_int((int64_t)count, 1);
    assert_string_equal(waivers[0].tag, "funded-3.0");
    assert_string_equal(waivers[0].evidence, "sag 1");
    assert_money(waivers[0].pledged, 600000);
    assert_true(tl_date_compare(waivers[0].on, books_date("2025-12-08")) == 0);
    assert_ok(tl_waiver_list(&waivers, &count, books.store, "os2valghalla", "0461", &books.arena, &err), &err);
    assert_same_int((int64_t)count, 0);
    assert_ok(tl_roster_read(&roster, books.store, "os2valghalla", books_date("2026-01-01"), &err), &err);
    assert_same_int((int64_t)tl_roster_find(&roster, "0751")->waiver_count, 1);
    assert_same_int((int64_t)tl_roster_find(&roster, "0461")->waiver_count, 0);
    tl_roster_release(&roster);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pledge_is_open_until_the_deadline_and_lapses_below_the_threshold),
        cmocka_unit_test(the_latest_pledge_of_a_party_is_the_one_that_counts),
        cmocka_unit_test(a_funded_project_binds_its_pledges_and_takes_no_more),
        cmocka_unit_test(a_pledge_of_a_day_before_the_one_it_changes_is_refused),
        cmocka_unit_test(a_binding_pledge_stands_behind_a_waiver_of_the_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
