/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/membership_event.h"
#include "tilslut/agreement/roster.h"

static void begin(struct books *books)
{
    books_begin_filled(books);
    books_product(books, "os2valghalla", "XG-9212045260");
    books_product(books, "os2mo", "XG-9212045370");
    books_adopt(books, SAMPLE_TERMS, SAMPLE_DECISION);
}

static const char *const hosting[] = {"hosting"};
static const char *const funded[] = {"funded-3.0"};

static struct tl_joining joining(const char *product, const char *party)
{
    return (struct tl_joining){
        .product = product, .party = party, .signed_on = tl_date_of(2025, 11, 3), .from = tl_date_of(2026, 1, 1)};
}

static void refused(struct books *books, struct tl_joining joining, tl_status status, const char *message,
                    const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    int64_t id;
    books_act(books, "anna");
    assert_refused(tl_membership_join(&id, books->store, &joining, &err), status, &err, message, hint);
    tl_store_rollback(books->store);
}

static void what_a_member_signs_is_found_in_the_roster(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_roster roster;
    struct tl_joining wanted = joining("os2valghalla", "0751");
    int64_t id;
    begin(&books);
    wanted.options = hosting;
    wanted.option_count = 1;
    wanted.waivers = funded;
    wanted.waiver_count = 1;
    wanted.evidence = "bilag 2";
    wanted.class_by_hand = "Lille";
    wanted.class_reason = "aftalt";
    books_act(&books, "anna");
    assert_ok(tl_membership_join(&id, books.store, &wanted, &err), &err);
    books_commit(&books);
    assert_ok(tl_roster_read(&roster, books.store, "os2valghalla", tl_date_of(2026, 1, 1), &err), &err);
    assert_int_equal(roster.count, 1);
    const struct tl_member *member = tl_roster_find(&roster, "0751");
    assert_non_null(member);
    assert_null(tl_roster_find(&roster, "0461"));
    assert_string_equal(member->name, "Aarhus");
    assert_same_int(member->signed_on.number, 20251103);
    assert_same_int(member->first.number, 20260101);
    assert_true(tl_date_is_none(member->last));
    assert_int_equal(member->association, TL_ASSOCIATION_NOT_RECORDED);
    assert_int_equal(member->option_count, 1);
    assert_string_equal(member->options[0].option, "hosting");
    assert_same_int(member->options[0].first.number, 20260101);
    assert_true(tl_date_is_none(member->options[0].last));
    assert_int_equal(member->waiver_count, 1);
    assert_string_equal(member->waivers[0], "funded-3.0");
    assert_string_equal(member->class_by_hand, "Lille");
    assert_string_equal(member->class_reason, "aftalt");
    assert_int_equal(member->figure_count, 3);
    tl_roster_release(&roster);
    books_end(&books);
}

static void who_cannot_join_is_told_why(void **state)
{
    (void)state;
    static const char *const other_option[] = {"hostin"}, *const other_waiver[] = {"xyz"};
    struct books books;
    begin(&books);
    refused(&books, joining("os2valhalla", "0751"), TL_ERR_NOT_FOUND, "there is no product 'os2valhalla'",
            "did you mean os2valghalla?");
    refused(&books, joining("os2valghalla", "0752"), TL_ERR_NOT_FOUND, "no party has the code '0752'", NULL);
    refused(&books, joining("os2mo", "0751"), TL_ERR_MISSING, "no terms of 'os2mo' are in force on 2026-01-01", NULL);
    struct tl_joining early = joining("os2valghalla", "0751");
    early.from = tl_date_of(2025, 12, 31);
    refused(&books, early, TL_ERR_MISSING, "no terms of 'os2valghalla' are in force on 2025-12-31", NULL);
    struct tl_joining option = joining("os2valghalla", "0751");
    option.options = other_option;
    option.option_count = 1;
    refused(&books, option, TL_ERR_NOT_FOUND, "the terms of 'os2valghalla' know no option 'hostin'",
            "did you mean hosting?");
    struct tl_joining waiver = joining("os2valghalla", "0751");
    waiver.waivers = other_waiver;
    waiver.waiver_count = 1;
    waiver.evidence = "bilag 2";
    refused(&books, waiver, TL_ERR_NOT_FOUND, "the terms of 'os2valghalla' know no waiver 'xyz'",
            "they know funded-3.0");
    waiver.waivers = funded;
    waiver.evidence = NULL;
    refused(&books, waiver, TL_ERR_MISSING, "the waiver 'funded-3.0' needs evidence",
            "add --evidence \"where it is documented\"");
    waiver.evidence = "";
    refused(&books, waiver, TL_ERR_MISSING, "the waiver 'funded-3.0' needs evidence", NULL);
    struct tl_joining by_hand = joining("os2valghalla", "0751");
    by_hand.class_by_hand = "lille";
    by_hand.class_reason = "aftalt";
    refused(&books, by_hand, TL_ERR_NOT_FOUND, "the terms of 'os2valghalla' know no size class 'lille'",
            "did you mean Lille?");
    by_hand.class_by_hand = "Lille";
    by_hand.class_reason = NULL;
    refused(&books, by_hand, TL_ERR_MISSING, "a size class set by hand needs a reason", "add --reason \"...\"");
    assert_same_int(books_ask(&books, "SELECT count(*) FROM membership"), 0);
    books_end(&books);
}

static void nobody_joins_twice_before_leaving(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    struct tl_joining again = joining("os2valghalla", "0751");
    begin(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    refused(&books, again, TL_ERR_CONFLICT, "Aarhus (0751) has joined 'os2valghalla' already, from 2026-01-01",
            "allowed instead: change, change --passive, leave, handover; tilslut life os2valghalla 0751 shows what has "
            "happened");
    books_act(&books, "anna");
    assert_ok(tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-02-01"),
                                  (struct tl_date){0}, "", &err),
              &err);
    books_commit(&books);
    assert_same_int(last.number, 20261231);
    again.from = books_date("2026-12-31");
    refused(&books, again, TL_ERR_CONFLICT, "Aarhus (0751) has joined 'os2valghalla' already, from 2026-01-01", NULL);
    books_join(&books, "os2valghalla", "0751", "2027-01-01", NULL);
    books_end(&books);
}

static void notice_runs_to_the_first_permitted_end(void **state)
{
    (void)state;
    static const struct {
        int months;
        tl_notice_end end;
        int32_t notice, last;
    } cases[] = {
        {6, TL_NOTICE_HALF_YEAR_END, 20260101, 20261231}, {6, TL_NOTICE_HALF_YEAR_END, 20251231, 20260630},
        {6, TL_NOTICE_HALF_YEAR_END, 20260630, 20261231}, {6, TL_NOTICE_HALF_YEAR_END, 20260701, 20270630},
        {6, TL_NOTICE_YEAR_END, 20260630, 20261231},      {6, TL_NOTICE_YEAR_END, 20260701, 20271231},
        {3, TL_NOTICE_QUARTER_END, 20260115, 20260630},   {1, TL_NOTICE_MONTH_END, 20260131, 20260228},
        {1, TL_NOTICE_MONTH_END, 20240131, 20240229},     {12, TL_NOTICE_YEAR_END, 20260101, 20271231},
        {3, TL_NOTICE_QUARTER_END, 20251130, 20260331},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms terms = TL_TERMS_EMPTY;
        struct tl_date last;
        terms.product = "os2valghalla";
        terms.notice = (struct tl_notice){cases[i].months, cases[i].end};
        assert_ok(tl_membership_notice_end(&last, &terms, (struct tl_date){cases[i].notice}, &err), &err);
        assert_same_int(last.number, cases[i].last);
    }
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms silent = TL_TERMS_EMPTY;
    struct tl_date last;
    silent.product = "os2valghalla";
    assert_refused(tl_membership_notice_end(&last, &silent, tl_date_of(2026, 1, 1), &err), TL_ERR_MISSING, &err,
                   "the terms of 'os2valghalla' say nothing of notice",
                   "adopt terms with notice: {months: 6, to: half-year}");
}

static void who_cannot_leave_is_told_why(void **state)
{
    (void)state;
    struct books books;
    struct tl_err none = TL_ERR_NONE, early = TL_ERR_NONE, within = TL_ERR_NONE, again = TL_ERR_NONE, ok = TL_ERR_NONE;
    struct tl_date last, open = {0};
    begin(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    books_act(&books, "anna");
    assert_refused(
        tl_membership_leave(&last, books.store, "os2valghalla", "0461", books_date("2026-02-01"), open, "", &none),
        TL_ERR_NOT_FOUND, &none, "'0461' is not a member of 'os2valghalla' on 2026-02-01",
        "allowed then: draft, join; tilslut list members os2valghalla shows who is a member");
    assert_refused(tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-02-01"),
                                       books_date("2026-06-30"), "", &early),
                   TL_ERR_STATE, &early, "the terms of 'os2valghalla' do not permit an end on 2026-06-30",
                   "the first permitted end is 2026-12-31");
    assert_refused(tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-02-01"),
                                       books_date("2027-03-31"), "", &within),
                   TL_ERR_STATE, &within, "the terms of 'os2valghalla' do not permit an end on 2027-03-31",
                   "the first permitted end is 2026-12-31");
    assert_ok(tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-02-01"),
                                  books_date("2027-06-30"), "", &ok),
              &ok);
    assert_same_int(last.number, 20270630);
    assert_refused(
        tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-03-01"), open, "", &again),
        TL_ERR_STATE, &again,
        "the agreement of '0751' for 'os2valghalla' cannot be put under notice on 2026-03-01: it is under notice, with "
        "the last day 2027-06-30",
        "allowed then: change, change --passive, stay, handover");
    books_end(&books);
}

static void change(struct books *books, tl_membership_event event, const char *from, const char *detail,
                   const char *evidence)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_membership_change change = {"os2valghalla", "0751", event, books_date(from), {0}, detail, evidence};
    if (event == TL_MEMBERSHIP_CLASS_FROZEN)
        change.until = books_date("2028-12-31");
    books_act(books, "anna");
    assert_ok(tl_membership_change(books->store, &change, &err), &err);
    books_commit(books);
}

static struct tl_member member_on(struct books *books, struct tl_roster *roster, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_roster_read(roster, books->store, "os2valghalla", books_date(on), &err), &err);
    const struct tl_member *member = tl_roster_find(roster, "0751");
    assert_non_null(member);
    return *member;
}

static void what_happens_in_a_membership_holds_from_its_date(void **state)
{
    (void)state;
    struct books books;
    struct tl_roster before, after;
    begin(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    change(&books, TL_MEMBERSHIP_OPTION_TAKEN, "2026-04-01", "hosting", "");
    change(&books, TL_MEMBERSHIP_OPTION_DROPPED, "2027-04-01", "hosting", "");
    change(&books, TL_MEMBERSHIP_WAIVER, "2026-05-01", "funded-3.0", "bilag 2");
    change(&books, TL_MEMBERSHIP_CLASS_BY_HAND, "2027-01-01", "Stor", "aftalt");
    change(&books, TL_MEMBERSHIP_CLASS_FROZEN, "2027-01-01", "Mellem", "aftalt");
    change(&books, TL_MEMBERSHIP_GROUP_JOINED, "2027-01-01", "piloter", "");
    change(&books, TL_MEMBERSHIP_PASSIVE, "2027-01-01", "", "");
    change(&books, TL_MEMBERSHIP_ACTIVE, "2028-01-01", "", "");
    change(&books, TL_MEMBERSHIP_GROUP_LEFT, "2028-01-01", "piloter", "");
    struct tl_member member = member_on(&books, &before, "2026-12-31");
    assert_null(member.class_by_hand);
    assert_null(member.class_frozen);
    assert_int_equal(member.group_count, 0);
    assert_false(member.is_passive);
    assert_int_equal(member.option_count, 1);
    assert_same_int(member.options[0].first.number, 20260401);
    assert_same_int(member.options[0].last.number, 20270331);
    assert_int_equal(member.waiver_count, 1);
    tl_roster_release(&before);
    member = member_on(&books, &after, "2027-01-01");
    assert_string_equal(member.class_by_hand, "Stor");
    assert_string_equal(member.class_frozen, "Mellem");
    assert_int_equal(member.class_frozen_until, 2028);
    assert_int_equal(member.group_count, 1);
    assert_string_equal(member.groups[0], "piloter");
    assert_true(member.is_passive);
    tl_roster_release(&after);
    member = member_on(&books, &after, "2028-01-01");
    assert_int_equal(member.group_count, 0);
    assert_false(member.is_passive);
    tl_roster_release(&after);
    books_end(&books);
}

static void a_change_of_nothing_known_is_refused(void **state)
{
    (void)state;
    static const struct {
        tl_membership_event event;
        const char *party, *from, *detail, *evidence;
        tl_status status;
        const char *message;
    } cases[] = {
        {TL_MEMBERSHIP_OPTION_TAKEN, "0461", "2026-04-01", "hosting", "", TL_ERR_NOT_FOUND,
         "'0461' is not a member of 'os2valghalla' on 2026-04-01"},
        {TL_MEMBERSHIP_OPTION_TAKEN, "0751", "2025-12-31", "hosting", "", TL_ERR_NOT_FOUND,
         "'0751' is not a member of 'os2valghalla' on 2025-12-31"},
        {TL_MEMBERSHIP_OPTION_TAKEN, "0751", "2026-04-01", "x", "", TL_ERR_NOT_FOUND,
         "the terms of 'os2valghalla' know no option 'x'"},
        {TL_MEMBERSHIP_WAIVER, "0751", "2026-04-01", "x", "a", TL_ERR_NOT_FOUND,
         "the terms of 'os2valghalla' know no waiver 'x'"},
        {TL_MEMBERSHIP_CLASS_BY_HAND, "0751", "2026-04-01", "x", "a", TL_ERR_NOT_FOUND,
         "the terms of 'os2valghalla' know no size class 'x'"},
        {TL_MEMBERSHIP_WAIVER, "0751", "2026-04-01", "funded-3.0", "", TL_ERR_MISSING,
         "the waiver 'funded-3.0' needs evidence"},
        {TL_MEMBERSHIP_CLASS_BY_HAND, "0751", "2026-04-01", "Stor", "", TL_ERR_MISSING,
         "a size class set by hand needs a reason"},
        {TL_MEMBERSHIP_CLASS_FROZEN, "0751", "2026-04-01", "Stor", "", TL_ERR_MISSING,
         "a size class that is frozen needs a reason"},
    };
    struct books books;
    begin(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    books_act(&books, "anna");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_membership_change change = {
            "os2valghalla",  cases[i].party,   cases[i].event, books_date(cases[i].from), {0},
            cases[i].detail, cases[i].evidence};
        assert_refused(tl_membership_change(books.store, &change, &err), cases[i].status, &err, cases[i].message, NULL);
    }
    books_end(&books);
}

static void a_party_that_left_and_joined_again_is_one_member(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    struct tl_roster roster;
    begin(&books);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", "hosting");
    books_act(&books, "anna");
    assert_ok(tl_membership_leave(&last, books.store, "os2valghalla", "0751", books_date("2026-02-01"),
                                  (struct tl_date){0}, "", &err),
              &err);
    books_commit(&books);
    books_join(&books, "os2valghalla", "0751", "2028-01-01", NULL);
    struct tl_member member = member_on(&books, &roster, "2026-01-01");
    assert_int_equal(roster.count, 1);
    assert_same_int(member.first.number, 20260101);
    assert_same_int(member.last.number, 20261231);
    assert_int_equal(member.option_count, 1);
    tl_roster_release(&roster);
    member = member_on(&books, &roster, "2028-01-01");
    assert_int_equal(roster.count, 1);
    assert_same_int(member.first.number, 20280101);
    assert_true(tl_date_is_none(member.last));
    assert_int_equal(member.option_count, 0);
    tl_roster_release(&roster);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_member_signs_is_found_in_the_roster),
        cmocka_unit_test(who_cannot_join_is_told_why),
        cmocka_unit_test(nobody_joins_twice_before_leaving),
        cmocka_unit_test(notice_runs_to_the_first_permitted_end),
        cmocka_unit_test(who_cannot_leave_is_told_why),
        cmocka_unit_test(what_happens_in_a_membership_holds_from_its_date),
        cmocka_unit_test(a_change_of_nothing_known_is_refused),
        cmocka_unit_test(a_party_that_left_and_joined_again_is_one_member),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
