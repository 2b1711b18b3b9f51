/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/agreement/membership_state.h"
#include "tilslut/agreement/notice_period.h"
#include "tilslut/base/text.h"

enum { STATES = TL_MEMBERSHIP_STATE_COUNT, EVENTS = TL_MEMBERSHIP_EVENT_COUNT };

/* The whole of the table again, drawn another way: a row per event, a letter per state that it leads to, `.` where it
 * is forbidden. Columns: None, Drafted, Sent, siGned, Countersigned, in Force, Passive, Under notice, Ended, Withdrawn.
 * A small letter: only of a passive one. */
static const char letters[] = "NDSGCFPUEW";
static const struct {
    tl_membership_event event;
    const char *leads_to;
} expected[] = {
    {TL_MEMBERSHIP_DRAFTED, "D........."},          {TL_MEMBERSHIP_SENT, ".S........"},
    {TL_MEMBERSHIP_SIGNED, "..G......."},           {TL_MEMBERSHIP_COUNTERSIGNED, "...C......"},
    {TL_MEMBERSHIP_WITHDRAWN, ".WWWW....."},        {TL_MEMBERSHIP_BEGINS, "....F....."},
    {TL_MEMBERSHIP_OPTION_TAKEN, ".....FPU.."},     {TL_MEMBERSHIP_OPTION_DROPPED, ".....FPU.."},
    {TL_MEMBERSHIP_WAIVER, ".....FPU.."},           {TL_MEMBERSHIP_CLASS_BY_HAND, ".....FPU.."},
    {TL_MEMBERSHIP_CLASS_FROZEN, ".....FPU.."},     {TL_MEMBERSHIP_GROUP_JOINED, ".....FPU.."},
    {TL_MEMBERSHIP_GROUP_LEFT, ".....FPU.."},       {TL_MEMBERSHIP_PASSIVE, ".....P.U.."},
    {TL_MEMBERSHIP_ACTIVE, "......Fu.."},           {TL_MEMBERSHIP_NOTICE, ".....UU..."},
    {TL_MEMBERSHIP_NOTICE_WITHDRAWN, ".......F.."}, {TL_MEMBERSHIP_ENDS, ".......E.."},
    {TL_MEMBERSHIP_HANDED_OVER, ".....EEE.."},      {TL_MEMBERSHIP_TAKEN_OVER, "F....FPU.."},
};

static const struct tl_membership_history nobody = {.product = "demo", .party = "0001"};

static struct tl_date day(int month, int day_of_month)
{
    return tl_date_of(2026, month, day_of_month);
}

/* A membership in a state, as far as guards look at it. */
static struct tl_membership_life life_in(int state)
{
    return (struct tl_membership_life){.state = (tl_membership_state)state,
                                       .is_passive = state == TL_MEMBERSHIP_STATE_PASSIVE,
                                       .first = day(7, 1),
                                       .last = day(12, 31),
                                       .signed_by = "direktør"};
}

/* An event that no guard minds. */
static struct tl_membership_fact fact_of(int event)
{
    bool is_notice = event == TL_MEMBERSHIP_NOTICE;
    return (struct tl_membership_fact){.event = (tl_membership_event)event,
                                       .on = day(6, 15),
                                       .until = is_notice ? day(12, 31) : (struct tl_date){0},
                                       .detail = is_notice ? "6 months to half-year" : "sekretariat",
                                       .evidence = "bilag 1"};
}

static void every_pair_of_state_and_event_is_allowed_or_refused_as_drawn(void **state)
{
    (void)state;
    assert_int_equal(sizeof expected / sizeof expected[0], EVENTS);
    for (int event = 0; event < EVENTS; event++)
        for (int from = 0; from < STATES; from++) {
            struct tl_err err = TL_ERR_NONE;
            char leads_to = expected[event].leads_to[from];
            struct tl_membership_life life = life_in(from);
            life.is_passive = life.is_passive || leads_to == 'u';
            struct tl_membership_life before = life;
            struct tl_membership_fact fact = fact_of(event);
            assert_int_equal(expected[event].event, event);
            assert_int_equal(tl_membership_state_allows((tl_membership_state)from, fact.event), leads_to != '.');
            tl_status status = tl_membership_state_step(&life, &nobody, &fact, &err);
            if (leads_to != '.') {
                assert_ok(status, &err);
                assert_int_equal(letters[life.state], leads_to == 'u' ? 'U' : leads_to);
                continue;
            }
            assert_int_equal(status, TL_ERR_STATE);
            assert_memory_equal(&life, &before, sizeof life);
            assert_non_null(strstr(err.message, "the agreement of '0001' for 'demo' cannot "));
            assert_non_null(strstr(err.message, tl_membership_state_name((tl_membership_state)from)));
            assert_true(err.hint[0] != '\0');
        }
}

static void a_refusal_names_the_state_the_event_and_what_is_allowed_instead(void **state)
{
    (void)state;
    static const struct {
        tl_membership_event event;
        const char *message, *hint;
    } cases[] = {
        {TL_MEMBERSHIP_SIGNED, "be signed on 2026-06-15: it is not drafted", "allowed then: draft"},
        {TL_MEMBERSHIP_COUNTERSIGNED, "be countersigned on 2026-06-15: it is drafted", "allowed then: send, withdraw"},
        {TL_MEMBERSHIP_NOTICE, "be put under notice on 2026-06-15: it is sent", "allowed then: sign, withdraw"},
        {TL_MEMBERSHIP_SENT, "be sent on 2026-06-15: it is signed by the member",
         "allowed then: countersign, withdraw"},
        {TL_MEMBERSHIP_OPTION_TAKEN, "take an option on 2026-06-15: it is countersigned", "allowed then: withdraw"},
        {TL_MEMBERSHIP_ACTIVE, "become active on 2026-06-15: it is in force",
         "allowed then: change, change --passive, leave, handover"},
        {TL_MEMBERSHIP_PASSIVE, "become passive on 2026-06-15: it is passive",
         "allowed then: change, change --active, leave, handover"},
        {TL_MEMBERSHIP_NOTICE, "be put under notice on 2026-06-15: it is under notice, with the last day 2026-12-31",
         "allowed then: change, change --passive, stay, handover"},
        {TL_MEMBERSHIP_NOTICE_WITHDRAWN,
         "have its notice withdrawn on 2026-06-15: it is ended, with the last day 2026-12-31",
         "nothing more can happen to it; a new agreement begins with: draft, join"},
        {TL_MEMBERSHIP_SIGNED, "be signed on 2026-06-15: it is withdrawn",
         "nothing more can happen to it; a new agreement begins with: draft, join"},
    };
    for (int i = 0; i < STATES; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_membership_life life = life_in(i);
        struct tl_membership_fact fact = fact_of((int)cases[i].event);
        char message[200];
        snprintf(message, sizeof message, "the agreement of '0001' for 'demo' cannot %s", cases[i].message);
        assert_refused(tl_membership_state_step(&life, &nobody, &fact, &err), TL_ERR_STATE, &err, message,
                       cases[i].hint);
    }
}

static void a_member_signs_no_later_than_the_agreement_begins(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_membership_life life = life_in(TL_MEMBERSHIP_STATE_SENT);
    struct tl_membership_fact fact = fact_of(TL_MEMBERSHIP_SIGNED);
    fact.on = day(7, 2);
    assert_refused(tl_membership_state_step(&life, &nobody, &fact, &err), TL_ERR_STATE, &err,
                   "the agreement of '0001' for 'demo' cannot be signed on 2026-07-02: it is to begin on 2026-07-01, "
                   "before that",
                   "an agreement begins on the day of the member's signature or later; withdraw it, and draft it again "
                   "from a later day");
    fact.on = day(7, 1);
    struct tl_err none = TL_ERR_NONE;
    assert_ok(tl_membership_state_step(&life, &nobody, &fact, &none), &none);
}

static void nobody_signs_for_both(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE, none = TL_ERR_NONE;
    struct tl_membership_life life = life_in(TL_MEMBERSHIP_STATE_SIGNED);
    struct tl_membership_fact fact = fact_of(TL_MEMBERSHIP_COUNTERSIGNED);
    fact.detail = " DIREKTØR";
    assert_refused(
        tl_membership_state_step(&life, &nobody, &fact, &err), TL_ERR_STATE, &err,
        "the agreement of '0001' for 'demo' was signed for the member by direktør, who cannot countersign it "
        "too",
        "say who signs for the association with --by");
    life.signed_by = "";
    assert_ok(tl_membership_state_step(&life, &nobody, &fact, &none), &none);
    assert_true(life.is_agreed);
}

static void a_notice_ends_on_a_day_that_its_period_permits(void **state)
{
    (void)state;
    static const struct {
        int32_t last;
        bool permitted;
    } days[] = {{20261230, false}, {20260630, false}, {20261231, true}, {20270101, false}, {20270630, true}};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_membership_life life = life_in(TL_MEMBERSHIP_STATE_IN_FORCE);
        struct tl_membership_fact fact = fact_of(TL_MEMBERSHIP_NOTICE);
        fact.until = (struct tl_date){days[i].last};
        tl_status status = tl_membership_state_step(&life, &nobody, &fact, &err);
        assert_int_equal(status, days[i].permitted ? TL_OK : TL_ERR_STATE);
        if (!days[i].permitted)
            assert_string_equal(err.hint, "the first permitted end is 2026-12-31");
    }
}

static void a_notice_is_withdrawn_on_evidence_only_and_leaves_what_was(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE, none = TL_ERR_NONE;
    struct tl_membership_life life = life_in(TL_MEMBERSHIP_STATE_UNDER_NOTICE);
    struct tl_membership_fact fact = fact_of(TL_MEMBERSHIP_NOTICE_WITHDRAWN);
    life.is_passive = true;
    fact.evidence = "";
    assert_refused(tl_membership_state_step(&life, &nobody, &fact, &err), TL_ERR_STATE, &err,
                   "the agreement of '0001' for 'demo' can only have its notice withdrawn by agreement of both, which "
                   "needs evidence",
                   "add --evidence \"where both agree to it\"");
    fact.evidence = "mail 4";
    assert_ok(tl_membership_state_step(&life, &nobody, &fact, &none), &none);
    assert_int_equal(life.state, TL_MEMBERSHIP_STATE_PASSIVE);
    assert_true(tl_date_is_none(life.last));
}

/* Drafted on 1 May to begin on 1 July, and what happens then. */
static struct tl_membership_fact long_life[] = {
    {.id = 1, .event = TL_MEMBERSHIP_DRAFTED, .on = {20260501}, .detail = "", .evidence = ""},
    {.id = 4, .event = TL_MEMBERSHIP_SENT, .on = {20260502}, .detail = "", .evidence = ""},
    {.id = 5, .event = TL_MEMBERSHIP_SIGNED, .on = {20260510}, .detail = "direktør", .evidence = ""},
    {.id = 2, .event = TL_MEMBERSHIP_BEGINS, .on = {20260701}, .detail = "", .evidence = "", .is_drafted = true},
    {.id = 6, .event = TL_MEMBERSHIP_COUNTERSIGNED, .on = {20260703}, .detail = "sekretariat", .evidence = ""},
    {.id = 7, .event = TL_MEMBERSHIP_PASSIVE, .on = {20260901}, .detail = "", .evidence = ""},
    {.id = 9,
     .event = TL_MEMBERSHIP_NOTICE,
     .on = {20260915},
     .until = {20270630},
     .detail = "6 months to half-year",
     .evidence = ""},
    {.id = 8, .event = TL_MEMBERSHIP_ACTIVE, .on = {20280101}, .detail = "", .evidence = ""},
};
static const struct tl_membership_history long_history = {
    .product = "demo", .party = "0001", .facts = long_life, .count = sizeof long_life / sizeof long_life[0]};

static void the_state_follows_the_calendar(void **state)
{
    (void)state;
    static const struct {
        int32_t on;
        tl_membership_state state;
    } days[] = {
        {20260430, TL_MEMBERSHIP_STATE_NONE},         {20260501, TL_MEMBERSHIP_STATE_DRAFTED},
        {20260502, TL_MEMBERSHIP_STATE_SENT},         {20260701, TL_MEMBERSHIP_STATE_SIGNED},
        {20260703, TL_MEMBERSHIP_STATE_IN_FORCE},     {20260901, TL_MEMBERSHIP_STATE_PASSIVE},
        {20260915, TL_MEMBERSHIP_STATE_UNDER_NOTICE}, {20270630, TL_MEMBERSHIP_STATE_UNDER_NOTICE},
        {20270701, TL_MEMBERSHIP_STATE_ENDED},        {20280101, TL_MEMBERSHIP_STATE_ENDED},
    };
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_membership_life life;
        assert_ok(tl_membership_state_follow(&life, &long_history, (struct tl_date){days[i].on}, &err), &err);
        assert_int_equal(life.state, days[i].state);
        assert_int_equal(life.first.number, 20260701);
    }
}

static void what_was_planned_for_days_after_the_last_does_not_come_about(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE, later = TL_ERR_NONE;
    struct tl_membership_life life;
    assert_ok(tl_membership_state_follow(&life, &long_history, (struct tl_date){0}, &err), &err);
    assert_true(life.is_passive);
    long_life[7].id = 10; /* recorded after the notice */
    assert_refused(tl_membership_state_follow(&life, &long_history, (struct tl_date){0}, &later), TL_ERR_STATE, &later,
                   "the agreement of '0001' for 'demo' cannot become active on 2028-01-01: it is ended, with the last "
                   "day 2027-06-30",
                   "nothing more can happen to it; a new agreement begins with: draft, join");
    long_life[7].id = 8;
}

static void names_of_events_are_found_again(void **state)
{
    (void)state;
    for (int event = 0; event < EVENTS; event++)
        assert_int_equal(tl_membership_event_find(tl_membership_event_name((tl_membership_event)event)), event);
    assert_int_equal(tl_membership_event_find("signd"), EVENTS);
}

static void a_notice_period_is_written_and_read_again(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_notice notice = {0};
    for (int end = TL_NOTICE_MONTH_END; end <= TL_NOTICE_YEAR_END; end++) {
        struct tl_notice wanted = {3 + end, (tl_notice_end)end};
        const char *text = tl_notice_period_text(wanted, &arena);
        assert_true(tl_notice_period_read(&notice, text));
        assert_int_equal(notice.months, wanted.months);
        assert_int_equal(notice.end, wanted.end);
    }
    static const char *const none[] = {
        "", "6", "6 months", "x months to year", "6 months to century", "0 months to year", "6000 months to year"};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_false(tl_notice_period_read(&notice, none[i]));
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_of_state_and_event_is_allowed_or_refused_as_drawn),
        cmocka_unit_test(a_refusal_names_the_state_the_event_and_what_is_allowed_instead),
        cmocka_unit_test(a_member_signs_no_later_than_the_agreement_begins),
        cmocka_unit_test(nobody_signs_for_both),
        cmocka_unit_test(a_notice_ends_on_a_day_that_its_period_permits),
        cmocka_unit_test(a_notice_is_withdrawn_on_evidence_only_and_leaves_what_was),
        cmocka_unit_test(the_state_follows_the_calendar),
        cmocka_unit_test(what_was_planned_for_days_after_the_last_does_not_come_about),
        cmocka_unit_test(names_of_events_are_found_again),
        cmocka_unit_test(a_notice_period_is_written_and_read_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
