/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "scene.h"
#include "tilslut/base/text.h"

#define HOSTING "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    price: 100\n    pro rata: days\n"
#define FEE                                                                                                            \
    "  - id: fee\n    account: \"00002\"\n    price: {Lille: 1000, Mellem: 2000, Stor: 3000, Meget stor: 4000}\n"      \
    "    passive: 1/4\n    waived for: founder\n    rebates: {funded-2.0: 10%}\n"
#define GROUP "  - id: north\n    account: \"00003\"\n    group: north\n    price: 500\n"

static void open_with(struct scene *scene, const char *terms)
{
    scene_open(scene);
    scene_product(scene, "demo");
    scene_terms(scene, terms);
    scene_party(scene, "0001", "municipality");
    for (int year = 2023; year < 2030; year++) {
        char date[TL_DATE_TEXT_SIZE];
        scene_figure(scene, "0001", "population", tl_date_iso(tl_date_of(year, 1, 1), date), 30000);
    }
    scene_join(scene, "0001", "2026-01-01", NULL);
}

static void open(struct scene *scene)
{
    open_with(scene, SCENE_TERMS FEE HOSTING GROUP);
}

/* What 0001 pays for a line in a year, in øre; -1 when it is not in it. */
static int64_t pays(struct scene *scene, const char *line, int year)
{
    struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
    scene_allocate(&computed, scene, year);
    int64_t amount = scene_amount(&computed, line, "0001");
    tl_product_year_release(&computed);
    return amount;
}

/* The only period of a line that 0001 is in. */
static void assert_period(struct scene *scene, int year, const char *first, const char *last)
{
    struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
    char text[TL_DATE_TEXT_SIZE];
    scene_allocate(&computed, scene, year);
    const struct tl_share *share = tl_line_result_share(tl_allocation_line(&computed.allocation, "hosting"), "0001");
    assert_non_null(share);
    assert_string_equal(tl_date_iso(share->period.first, text), first);
    assert_string_equal(tl_date_iso(share->period.last, text), last);
    tl_product_year_release(&computed);
}

static void assert_no_change(struct scene *scene, tl_membership_event event, const char *from, const char *detail,
                             tl_status status, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    assert_refused(scene_try_change(scene, "0001", event, from, detail, &err), status, &err, message, hint);
}

static void an_option_is_taken_from_its_date_on(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-03-15", "hosting");
    assert_period(&scene, 2026, "2026-03-15", "2026-12-31");
    assert_period(&scene, 2027, "2027-01-01", "2027-12-31");
    assert_same_int(pays(&scene, "hosting", 2026), 8000); /* 292 of 365 days of 100 kr. */
    scene_close(&scene);
}

static void an_option_dropped_from_1_july_has_its_last_day_on_30_june(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-01-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_DROPPED, "2026-07-01", "hosting");
    assert_period(&scene, 2026, "2026-01-01", "2026-06-30");
    assert_same_int(pays(&scene, "hosting", 2026), 4959); /* 181 of 365 days: 49.589 */
    assert_same_int(pays(&scene, "hosting", 2027), -1);
    scene_close(&scene);
}

static void an_option_is_taken_again(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-01-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_DROPPED, "2026-02-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-12-01", "hosting");
    assert_same_int(pays(&scene, "hosting", 2026), 1699); /* 31 + 31 of 365 days: 16.986 */
    assert_same_int(pays(&scene, "hosting", 2027), 10000);
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_DROPPED, "2026-12-01", "hosting");
    assert_same_int(pays(&scene, "hosting", 2026), 849); /* 31 days: what is dropped on its first day never was */
    scene_close(&scene);
}

static void a_waiver_and_a_rebate_hold_from_their_year_on(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_WAIVER, "2027-05-01", "funded-2.0");
    scene_change(&scene, "0001", TL_MEMBERSHIP_WAIVER, "2028-01-01", "founder");
    assert_same_int(pays(&scene, "fee", 2026), 200000);
    assert_same_int(pays(&scene, "fee", 2027), 180000);
    assert_same_int(pays(&scene, "fee", 2028), 0);
    scene_close(&scene);
}

static void a_class_by_hand_holds_from_its_date_on(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_CLASS_BY_HAND, "2027-01-01", "Stor");
    scene_change(&scene, "0001", TL_MEMBERSHIP_CLASS_BY_HAND, "2028-01-02", "Meget stor");
    assert_same_int(pays(&scene, "fee", 2026), 200000);
    assert_same_int(pays(&scene, "fee", 2027), 300000);
    assert_same_int(pays(&scene, "fee", 2028), 300000); /* by the class of 1 January */
    assert_same_int(pays(&scene, "fee", 2029), 400000);
    scene_close(&scene);
}

/* scene_try_change freezes till the end of 2027. */
static void a_frozen_class_holds_until_its_last_year(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_CLASS_FROZEN, "2026-01-01", "Lille");
    assert_same_int(pays(&scene, "fee", 2026), 100000);
    assert_same_int(pays(&scene, "fee", 2027), 100000);
    assert_same_int(pays(&scene, "fee", 2028), 200000);
    scene_close(&scene);
}

static void a_group_is_joined_and_left(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_GROUP_JOINED, "2027-01-01", "north");
    scene_change(&scene, "0001", TL_MEMBERSHIP_GROUP_LEFT, "2028-01-01", "north");
    scene_change(&scene, "0001", TL_MEMBERSHIP_GROUP_JOINED, "2029-01-01", "north");
    assert_same_int(pays(&scene, "north", 2026), -1);
    assert_same_int(pays(&scene, "north", 2027), 50000);
    assert_same_int(pays(&scene, "north", 2028), -1);
    assert_same_int(pays(&scene, "north", 2029), 50000);
    scene_close(&scene);
}

static void a_passive_member_pays_a_part(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    scene_change(&scene, "0001", TL_MEMBERSHIP_PASSIVE, "2027-01-01", "");
    scene_change(&scene, "0001", TL_MEMBERSHIP_ACTIVE, "2028-01-01", "");
    assert_same_int(pays(&scene, "fee", 2026), 200000);
    assert_same_int(pays(&scene, "fee", 2027), 50000);
    assert_same_int(pays(&scene, "fee", 2028), 200000);
    scene_close(&scene);
}

static void what_the_terms_do_not_know_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    assert_no_change(&scene, TL_MEMBERSHIP_OPTION_TAKEN, "2026-01-01", "hosing", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no option 'hosing'", "did you mean hosting?");
    assert_no_change(&scene, TL_MEMBERSHIP_OPTION_DROPPED, "2026-01-01", "wifi", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no option 'wifi'", "they know hosting");
    assert_no_change(&scene, TL_MEMBERSHIP_WAIVER, "2026-01-01", "paid", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no waiver 'paid'", "they know founder, funded-2.0");
    assert_no_change(&scene, TL_MEMBERSHIP_CLASS_BY_HAND, "2026-01-01", "Mellm", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no size class 'Mellm'", "did you mean Mellem?");
    assert_no_change(&scene, TL_MEMBERSHIP_CLASS_FROZEN, "2026-01-01", "X", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no size class 'X'", "they know Lille, Mellem, Stor, Meget stor");
    assert_no_change(&scene, TL_MEMBERSHIP_GROUP_JOINED, "2026-01-01", "south", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no group 'south'", "did you mean north?");
    scene_close(&scene);
    open_with(&scene, SCENE_TERMS FEE);
    assert_no_change(&scene, TL_MEMBERSHIP_GROUP_LEFT, "2026-01-01", "north", TL_ERR_NOT_FOUND,
                     "the terms of 'demo' know no group 'north'", "they have none");
    scene_close(&scene);
}

static void what_would_change_nothing_is_refused(void **state)
{
    (void)state;
    struct scene scene;
    open(&scene);
    assert_no_change(&scene, TL_MEMBERSHIP_OPTION_DROPPED, "2026-07-01", "hosting", TL_ERR_STATE,
                     "'0001' has not taken 'hosting'", "allowed then: change --take hosting");
    assert_no_change(&scene, TL_MEMBERSHIP_GROUP_LEFT, "2026-07-01", "north", TL_ERR_STATE,
                     "'0001' is not in the group 'north'", "allowed then: change --group north");
    assert_no_change(&scene, TL_MEMBERSHIP_ACTIVE, "2026-07-01", "", TL_ERR_STATE,
                     "the agreement of '0001' for 'demo' cannot become active on 2026-07-01: it is in force",
                     "allowed then: change, change --passive, leave, handover");
    scene_change(&scene, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-07-01", "hosting");
    scene_change(&scene, "0001", TL_MEMBERSHIP_GROUP_JOINED, "2026-07-01", "north");
    scene_change(&scene, "0001", TL_MEMBERSHIP_PASSIVE, "2026-07-01", "");
    scene_change(&scene, "0001", TL_MEMBERSHIP_WAIVER, "2026-07-01", "founder");
    assert_no_change(&scene, TL_MEMBERSHIP_OPTION_TAKEN, "2026-07-01", "hosting", TL_ERR_STATE,
                     "'0001' has taken 'hosting' already", "allowed then: change --drop hosting");
    assert_no_change(&scene, TL_MEMBERSHIP_OPTION_DROPPED, "2026-06-30", "hosting", TL_ERR_STATE,
                     "'0001' has not taken 'hosting'", "allowed then: change --take hosting");
    assert_no_change(&scene, TL_MEMBERSHIP_GROUP_JOINED, "2027-01-01", "north", TL_ERR_STATE,
                     "'0001' is in the group 'north' already", "allowed then: change --no-group north");
    assert_no_change(&scene, TL_MEMBERSHIP_PASSIVE, "2027-01-01", "", TL_ERR_STATE,
                     "the agreement of '0001' for 'demo' cannot become passive on 2027-01-01: it is passive",
                     "allowed then: change, change --active, leave, handover");
    assert_no_change(&scene, TL_MEMBERSHIP_WAIVER, "2027-01-01", "founder", TL_ERR_STATE,
                     "'0001' has the waiver 'founder' already",
                     "tilslut life demo 0001 shows since when, and where it is documented");
    scene_close(&scene);
}

static void evidence_is_needed_and_an_end_lies_behind_its_beginning(void **state)
{
    (void)state;
    static const tl_membership_event events[] = {TL_MEMBERSHIP_WAIVER, TL_MEMBERSHIP_CLASS_BY_HAND,
                                                 TL_MEMBERSHIP_CLASS_FROZEN};
    static const char *const messages[] = {"the waiver 'founder' needs evidence",
                                           "a size class set by hand needs a reason",
                                           "a size class that is frozen needs a reason"};
    struct scene scene;
    open(&scene);
    for (size_t i = 0; i < 3; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_membership_change change = {
            "demo", "0001", events[i], scene_date("2026-01-01"), {0}, i == 0 ? "founder" : "Stor", ""};
        scene_begin(&scene);
        assert_refused(tl_membership_change(scene.store, &change, &err), TL_ERR_MISSING, &err, messages[i],
                       i == 0 ? "add --evidence \"where it is documented\"" : "add --reason \"...\"");
        tl_store_rollback(scene.store);
    }
    assert_no_change(&scene, TL_MEMBERSHIP_CLASS_FROZEN, "2028-01-01", "Stor", TL_ERR_INPUT,
                     "what holds from 2028-01-01 cannot end on 2027-12-31", "");
    scene_close(&scene);
}

static void only_a_running_membership_changes(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    open(&scene);
    assert_no_change(&scene, TL_MEMBERSHIP_PASSIVE, "2025-12-31", "", TL_ERR_NOT_FOUND,
                     "'0001' is not a member of 'demo' on 2025-12-31",
                     "allowed then: draft, join; tilslut list members demo shows who is a member");
    scene_leave(&scene, "0001", "2026-06-30");
    assert_no_change(&scene, TL_MEMBERSHIP_PASSIVE, "2027-01-01", "", TL_ERR_STATE,
                     "the agreement of '0001' for 'demo' cannot become passive on 2027-01-01: it is ended, with the "
                     "last day 2026-12-31",
                     NULL);
    scene_change(&scene, "0001", TL_MEMBERSHIP_PASSIVE, "2026-12-31", "");
    assert_refused(scene_try_change(&scene, "0002", TL_MEMBERSHIP_PASSIVE, "2026-12-31", "", &err), TL_ERR_NOT_FOUND,
                   &err, "'0002' is not a member of 'demo' on 2026-12-31", NULL);
    scene_close(&scene);
}

/* The notice period from the day of notice, and then on to the next end that the terms permit. */
static void notice_runs_to_the_next_permitted_end(void **state)
{
    (void)state;
    static const struct {
        int months;
        tl_notice_end end;
        const char *notice, *last;
    } cases[] = {
        {1, TL_NOTICE_MONTH_END, "2026-01-31", "2026-02-28"}, /* the month after has no 31st */
        {1, TL_NOTICE_MONTH_END, "2026-02-28", "2026-03-31"},
        {1, TL_NOTICE_MONTH_END, "2028-01-31", "2028-02-29"},
        {1, TL_NOTICE_MONTH_END, "2026-12-31", "2027-01-31"},
        {3, TL_NOTICE_QUARTER_END, "2025-12-31", "2026-03-31"},
        {3, TL_NOTICE_QUARTER_END, "2026-01-01", "2026-06-30"},   /* a day late is a quarter more */
        {6, TL_NOTICE_HALF_YEAR_END, "2025-12-31", "2026-06-30"}, /* OS2kitos: six months to a half-year */
        {6, TL_NOTICE_HALF_YEAR_END, "2026-01-01", "2026-12-31"},
        {6, TL_NOTICE_HALF_YEAR_END, "2026-03-15", "2026-12-31"},
        {6, TL_NOTICE_HALF_YEAR_END, "2026-06-30", "2026-12-31"},
        {6, TL_NOTICE_HALF_YEAR_END, "2026-07-01", "2027-06-30"},
        {3, TL_NOTICE_YEAR_END, "2026-09-30", "2026-12-31"},
        {3, TL_NOTICE_YEAR_END, "2026-10-01", "2027-12-31"},
        {12, TL_NOTICE_YEAR_END, "2026-12-31", "2027-12-31"},
        {6, TL_NOTICE_HALF_YEAR_END, "9999-06-30", "9999-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms terms = {.product = "demo", .notice = {cases[i].months, cases[i].end}};
        struct tl_date last;
        char text[TL_DATE_TEXT_SIZE];
        assert_ok(tl_membership_notice_end(&last, &terms, scene_date(cases[i].notice), &err), &err);
        assert_string_equal(tl_date_iso(last, text), cases[i].last);
    }
}

static void notice_needs_terms_that_speak_of_it_and_an_end_in_the_calendar(void **state)
{
    (void)state;
    struct tl_err none = TL_ERR_NONE, range = TL_ERR_NONE;
    struct tl_terms terms = {.product = "demo"};
    struct tl_date last;
    assert_refused(tl_membership_notice_end(&last, &terms, scene_date("2026-01-01"), &none), TL_ERR_MISSING, &none,
                   "the terms of 'demo' say nothing of notice", "adopt terms with notice: {months: 6, to: half-year}");
    terms.notice = (struct tl_notice){6, TL_NOTICE_HALF_YEAR_END};
    assert_refused(tl_membership_notice_end(&last, &terms, scene_date("9999-07-01"), &range), TL_ERR_RANGE, &range,
                   "notice given on 9999-07-01 ends beyond the calendar", "");
}

static void assert_not_leaving(struct scene *scene, const char *notice, const char *until, tl_status status,
                               const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    scene_begin(scene);
    assert_refused(tl_membership_leave(&last, scene->store, "demo", "0001", scene_date(notice),
                                       until == NULL ? (struct tl_date){0} : scene_date(until), "", &err),
                   status, &err, message, hint);
    tl_store_rollback(scene->store);
}

static void a_later_end_is_permitted_where_the_terms_permit_it(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    open(&scene);
    assert_not_leaving(&scene, "2026-03-15", "2026-06-30", TL_ERR_STATE,
                       "the terms of 'demo' do not permit an end on 2026-06-30",
                       "the first permitted end is 2026-12-31");
    assert_not_leaving(&scene, "2026-03-15", "2027-03-31", TL_ERR_STATE,
                       "the terms of 'demo' do not permit an end on 2027-03-31",
                       "the first permitted end is 2026-12-31");
    assert_not_leaving(&scene, "2025-12-31", NULL, TL_ERR_NOT_FOUND, "'0001' is not a member of 'demo' on 2025-12-31",
                       NULL);
    scene_begin(&scene);
    assert_ok(tl_membership_leave(&last, scene.store, "demo", "0001", scene_date("2026-03-15"),
                                  scene_date("2027-06-30"), "", &err),
              &err);
    scene_commit(&scene);
    assert_int_equal(last.number, 20270630);
    assert_not_leaving(&scene, "2026-03-15", NULL, TL_ERR_STATE,
                       "the agreement of '0001' for 'demo' cannot be put under notice on 2026-03-15: it is under "
                       "notice, with the last day 2027-06-30",
                       "allowed then: change, change --passive, stay, handover");
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_option_is_taken_from_its_date_on),
        cmocka_unit_test(an_option_dropped_from_1_july_has_its_last_day_on_30_june),
        cmocka_unit_test(an_option_is_taken_again),
        cmocka_unit_test(a_waiver_and_a_rebate_hold_from_their_year_on),
        cmocka_unit_test(a_class_by_hand_holds_from_its_date_on),
        cmocka_unit_test(a_frozen_class_holds_until_its_last_year),
        cmocka_unit_test(a_group_is_joined_and_left),
        cmocka_unit_test(a_passive_member_pays_a_part),
        cmocka_unit_test(what_the_terms_do_not_know_is_refused),
        cmocka_unit_test(what_would_change_nothing_is_refused),
        cmocka_unit_test(evidence_is_needed_and_an_end_lies_behind_its_beginning),
        cmocka_unit_test(only_a_running_membership_changes),
        cmocka_unit_test(notice_runs_to_the_next_permitted_end),
        cmocka_unit_test(notice_needs_terms_that_speak_of_it_and_an_end_in_the_calendar),
        cmocka_unit_test(a_later_end_is_permitted_where_the_terms_permit_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
