/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership_state.h"

#include <stdio.h>
#include <string.h>

#include "tilslut/agreement/notice_period.h"
#include "tilslut/base/text.h"

/* How an event is recorded, how it is told in a refusal, and the command that records it. */
static const struct {
    const char *name, *verb, *command;
} events[] = {
    [TL_MEMBERSHIP_DRAFTED] = {"drafted", "be drafted", "draft"},
    [TL_MEMBERSHIP_SENT] = {"sent", "be sent", "send"},
    [TL_MEMBERSHIP_SIGNED] = {"signed", "be signed", "sign"},
    [TL_MEMBERSHIP_COUNTERSIGNED] = {"countersigned", "be countersigned", "countersign"},
    [TL_MEMBERSHIP_WITHDRAWN] = {"withdrawn", "be withdrawn", "withdraw"},
    [TL_MEMBERSHIP_BEGINS] = {"begins", "begin", ""},
    [TL_MEMBERSHIP_OPTION_TAKEN] = {"option taken", "take an option", "change"},
    [TL_MEMBERSHIP_OPTION_DROPPED] = {"option dropped", "drop an option", "change"},
    [TL_MEMBERSHIP_WAIVER] = {"waiver", "get a waiver", "change"},
    [TL_MEMBERSHIP_CLASS_BY_HAND] = {"class by hand", "have its class set by hand", "change"},
    [TL_MEMBERSHIP_CLASS_FROZEN] = {"class frozen", "have its class frozen", "change"},
    [TL_MEMBERSHIP_GROUP_JOINED] = {"group joined", "join a group", "change"},
    [TL_MEMBERSHIP_GROUP_LEFT] = {"group left", "leave a group", "change"},
    [TL_MEMBERSHIP_PASSIVE] = {"passive", "become passive", "change --passive"},
    [TL_MEMBERSHIP_ACTIVE] = {"active", "become active", "change --active"},
    [TL_MEMBERSHIP_NOTICE] = {"notice", "be put under notice", "leave"},
    [TL_MEMBERSHIP_NOTICE_WITHDRAWN] = {"notice withdrawn", "have its notice withdrawn", "stay"},
    [TL_MEMBERSHIP_ENDS] = {"ends", "end", ""},
    [TL_MEMBERSHIP_HANDED_OVER] = {"handed over", "be handed over", "handover"},
    [TL_MEMBERSHIP_TAKEN_OVER] = {"taken over", "be taken over", ""},
};

static const char *const states[] = {
    [TL_MEMBERSHIP_STATE_NONE] = "not drafted",
    [TL_MEMBERSHIP_STATE_DRAFTED] = "drafted",
    [TL_MEMBERSHIP_STATE_SENT] = "sent",
    [TL_MEMBERSHIP_STATE_SIGNED] = "signed by the member",
    [TL_MEMBERSHIP_STATE_COUNTERSIGNED] = "countersigned",
    [TL_MEMBERSHIP_STATE_IN_FORCE] = "in force",
    [TL_MEMBERSHIP_STATE_PASSIVE] = "passive",
    [TL_MEMBERSHIP_STATE_UNDER_NOTICE] = "under notice",
    [TL_MEMBERSHIP_STATE_ENDED] = "ended",
    [TL_MEMBERSHIP_STATE_WITHDRAWN] = "withdrawn",
};

/* What must hold besides the state. A row with one of the last two is for a membership that is, or is not, passive. */
enum guard {
    GUARD_IN_TIME = 1,     /* the member signs no later than the beginning */
    GUARD_BY_ANOTHER = 2,  /* than who signed for the member */
    GUARD_PERMITTED = 4,   /* by the notice period */
    GUARD_AGREED = 8,      /* by both, on evidence */
    GUARD_IS_ACTIVE = 16,  /* so far */
    GUARD_IS_PASSIVE = 32, /* so far */
};

#define STATE(name) TL_MEMBERSHIP_STATE_##name
#define EVENT(name) TL_MEMBERSHIP_##name
/* What a membership in force goes through without another state. */
#define CHANGES(state)                                                                                                 \
    {STATE(state), EVENT(TAKEN_OVER), 0, STATE(state)}, {STATE(state), EVENT(OPTION_TAKEN), 0, STATE(state)},          \
        {STATE(state), EVENT(OPTION_DROPPED), 0, STATE(state)}, {STATE(state), EVENT(WAIVER), 0, STATE(state)},        \
        {STATE(state), EVENT(CLASS_BY_HAND), 0, STATE(state)}, {STATE(state), EVENT(CLASS_FROZEN), 0, STATE(state)},   \
        {STATE(state), EVENT(GROUP_JOINED), 0, STATE(state)},                                                          \
    {                                                                                                                  \
        STATE(state), EVENT(GROUP_LEFT), 0, STATE(state)                                                               \
    }

/* The table. */
static const struct rule {
    tl_membership_state state;
    tl_membership_event event;
    int guards;
    tl_membership_state next;
} rules[] = {
    {STATE(NONE), EVENT(DRAFTED), 0, STATE(DRAFTED)},
    {STATE(NONE), EVENT(TAKEN_OVER), GUARD_IS_ACTIVE, STATE(IN_FORCE)},
    {STATE(NONE), EVENT(TAKEN_OVER), GUARD_IS_PASSIVE, STATE(PASSIVE)},
    {STATE(DRAFTED), EVENT(SENT), 0, STATE(SENT)},
    {STATE(DRAFTED), EVENT(WITHDRAWN), 0, STATE(WITHDRAWN)},
    {STATE(SENT), EVENT(SIGNED), GUARD_IN_TIME, STATE(SIGNED)},
    {STATE(SENT), EVENT(WITHDRAWN), 0, STATE(WITHDRAWN)},
    {STATE(SIGNED), EVENT(COUNTERSIGNED), GUARD_BY_ANOTHER, STATE(COUNTERSIGNED)},
    {STATE(SIGNED), EVENT(WITHDRAWN), 0, STATE(WITHDRAWN)},
    {STATE(COUNTERSIGNED), EVENT(BEGINS), 0, STATE(IN_FORCE)},
    {STATE(COUNTERSIGNED), EVENT(WITHDRAWN), GUARD_AGREED, STATE(WITHDRAWN)},
    CHANGES(IN_FORCE),
    {STATE(IN_FORCE), EVENT(PASSIVE), 0, STATE(PASSIVE)},
    {STATE(IN_FORCE), EVENT(NOTICE), GUARD_PERMITTED, STATE(UNDER_NOTICE)},
    {STATE(IN_FORCE), EVENT(HANDED_OVER), 0, STATE(ENDED)},
    CHANGES(PASSIVE),
    {STATE(PASSIVE), EVENT(ACTIVE), 0, STATE(IN_FORCE)},
    {STATE(PASSIVE), EVENT(NOTICE), GUARD_PERMITTED, STATE(UNDER_NOTICE)},
    {STATE(PASSIVE), EVENT(HANDED_OVER), 0, STATE(ENDED)},
    CHANGES(UNDER_NOTICE),
    {STATE(UNDER_NOTICE), EVENT(PASSIVE), GUARD_IS_ACTIVE, STATE(UNDER_NOTICE)},
    {STATE(UNDER_NOTICE), EVENT(ACTIVE), GUARD_IS_PASSIVE, STATE(UNDER_NOTICE)},
    {STATE(UNDER_NOTICE), EVENT(NOTICE_WITHDRAWN), GUARD_AGREED | GUARD_IS_ACTIVE, STATE(IN_FORCE)},
    {STATE(UNDER_NOTICE), EVENT(NOTICE_WITHDRAWN), GUARD_AGREED | GUARD_IS_PASSIVE, STATE(PASSIVE)},
    {STATE(UNDER_NOTICE), EVENT(HANDED_OVER), 0, STATE(ENDED)},
    {STATE(UNDER_NOTICE), EVENT(ENDS), 0, STATE(ENDED)},
};

enum { RULE_COUNT = sizeof rules / sizeof rules[0], PERSON_SIZE = 256 };

const char *tl_membership_state_name(tl_membership_state state)
{
    return states[state];
}

const char *tl_membership_event_name(tl_membership_event event)
{
    return events[event].name;
}

tl_membership_event tl_membership_event_find(const char *name)
{
    int event = 0;
    while (event < TL_MEMBERSHIP_EVENT_COUNT && !tl_text_equal(events[event].name, name))
        event++;
    return (tl_membership_event)event;
}

bool tl_membership_state_allows(tl_membership_state state, tl_membership_event event)
{
    for (size_t i = 0; i < RULE_COUNT; i++)
        if (rules[i].state == state && rules[i].event == event)
            return true;
    return false;
}

/* Whether the row is for a membership as passive, or active, as this one. */
static bool fits(const struct rule *rule, const struct tl_membership_life *life)
{
    int other = life->is_passive ? GUARD_IS_ACTIVE : GUARD_IS_PASSIVE;
    return (rule->guards & other) == 0;
}

const char *tl_membership_state_allowed(const struct tl_membership_life *life, char into[TL_MEMBERSHIP_ALLOWED_SIZE])
{
    const char *last = "";
    size_t length = 0;
    into[0] = '\0';
    for (size_t i = 0; i < RULE_COUNT; i++) {
        const char *command = events[rules[i].event].command;
        if (rules[i].state != life->state || !fits(&rules[i], life) || command[0] == '\0' ||
            tl_text_equal(command, last))
            continue;
        length += (size_t)snprintf(into + length, TL_MEMBERSHIP_ALLOWED_SIZE - length, "%s%s", length == 0 ? "" : ", ",
                                   command);
        last = command;
    }
    return into;
}

static void hint_allowed(const struct tl_membership_life *life, struct tl_err *err)
{
    char list[TL_MEMBERSHIP_ALLOWED_SIZE];
    if (tl_membership_state_allowed(life, list)[0] != '\0')
        tl_err_hint(err, "allowed then: %s", list);
    else
        tl_err_hint(err, "nothing more can happen to it; a new agreement begins with: draft, join");
}

/* `under notice until 2026-12-31` */
static void describe(char *out, size_t size, const struct tl_membership_life *life)
{
    char date[TL_DATE_TEXT_SIZE];
    bool is_passive_besides = life->state == STATE(UNDER_NOTICE) && life->is_passive;
    bool has_last = life->state == STATE(UNDER_NOTICE) || life->state == STATE(ENDED);
    snprintf(out, size, "%s%s%s%s", states[life->state], has_last ? ", with the last day " : "",
             has_last ? tl_date_iso(life->last, date) : "", is_passive_besides ? ", and passive" : "");
}

static tl_status refuse(const struct tl_membership_life *life, const struct tl_membership_history *history,
                        const struct tl_membership_fact *fact, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE], state[160];
    describe(state, sizeof state, life);
    (void)tl_err_set(err, TL_ERR_STATE, "the agreement of '%.40s' for '%.40s' cannot %s on %s: it is %s",
                     history->party, history->product, events[fact->event].verb, tl_date_iso(fact->on, date), state);
    hint_allowed(life, err);
    return TL_ERR_STATE;
}

static tl_status check_in_time(const struct tl_membership_life *life, const struct tl_membership_history *history,
                               const struct tl_membership_fact *fact, struct tl_err *err)
{
    char on[TL_DATE_TEXT_SIZE], first[TL_DATE_TEXT_SIZE];
    if (tl_date_is_none(life->first) || tl_date_compare(fact->on, life->first) <= 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE,
                     "the agreement of '%.40s' for '%.40s' cannot be signed on %s: it is to begin on %s, before that",
                     history->party, history->product, tl_date_iso(fact->on, on), tl_date_iso(life->first, first));
    tl_err_hint(err, "an agreement begins on the day of the member's signature or later; withdraw it, and draft it "
                     "again from a later day");
    return TL_ERR_STATE;
}

/* One spelling of a person: in lower case, without spaces. */
static void simplify(char out[PERSON_SIZE], const char *person)
{
    size_t length = 0;
    snprintf(out, PERSON_SIZE, "%s", person);
    tl_text_lower(out);
    for (const char *at = out; *at != '\0'; at++)
        if (*at != ' ')
            out[length++] = *at;
    out[length] = '\0';
}

static tl_status check_by_another(const struct tl_membership_life *life, const struct tl_membership_history *history,
                                  const struct tl_membership_fact *fact, struct tl_err *err)
{
    char member[PERSON_SIZE], other[PERSON_SIZE];
    simplify(member, life->signed_by);
    simplify(other, fact->detail);
    if (member[0] == '\0' || !tl_text_equal(member, other))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE,
                     "the agreement of '%.40s' for '%.40s' was signed for the member by %.100s, who cannot countersign "
                     "it too",
                     history->party, history->product, life->signed_by);
    tl_err_hint(err, "say who signs for the association with --by");
    return TL_ERR_STATE;
}

static tl_status check_permitted(const struct tl_membership_history *history, const struct tl_membership_fact *fact,
                                 struct tl_err *err)
{
    struct tl_notice notice;
    char last[TL_DATE_TEXT_SIZE], first[TL_DATE_TEXT_SIZE];
    bool is_period = tl_notice_period_read(&notice, fact->detail);
    if (is_period && tl_notice_period_permits(notice, fact->on, fact->until))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "the terms of '%.40s' do not permit an end on %s", history->product,
                     tl_date_iso(fact->until, last));
    if (is_period)
        tl_err_hint(err, "the first permitted end is %s", tl_date_iso(tl_notice_period_end(notice, fact->on), first));
    return TL_ERR_STATE;
}

static tl_status check_agreed(const struct tl_membership_history *history, const struct tl_membership_fact *fact,
                              struct tl_err *err)
{
    if (fact->evidence[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE,
                     "the agreement of '%.40s' for '%.40s' can only %s by agreement of both, which needs evidence",
                     history->party, history->product, events[fact->event].verb);
    tl_err_hint(err, "add --evidence \"where both agree to it\"");
    return TL_ERR_STATE;
}

static tl_status check_guards(const struct rule *rule, const struct tl_membership_life *life,
                              const struct tl_membership_history *history, const struct tl_membership_fact *fact,
                              struct tl_err *err)
{
    tl_status status = TL_OK;
    if ((rule->guards & GUARD_IN_TIME) != 0)
        status = check_in_time(life, history, fact, err);
    if (status == TL_OK && (rule->guards & GUARD_BY_ANOTHER) != 0)
        status = check_by_another(life, history, fact, err);
    if (status == TL_OK && (rule->guards & GUARD_PERMITTED) != 0)
        status = check_permitted(history, fact, err);
    if (status == TL_OK && (rule->guards & GUARD_AGREED) != 0)
        status = check_agreed(history, fact, err);
    return status;
}

/* What the event leaves behind besides the state. */
static void note(struct tl_membership_life *life, const struct tl_membership_fact *fact)
{
    switch (fact->event) {
    case TL_MEMBERSHIP_DRAFTED:
        life->drafted_on = fact->on;
        break;
    case TL_MEMBERSHIP_SENT:
        life->sent_on = fact->on;
        break;
    case TL_MEMBERSHIP_SIGNED:
        life->signed_on = fact->on;
        life->signed_by = fact->detail;
        break;
    case TL_MEMBERSHIP_COUNTERSIGNED:
        life->countersigned_on = fact->on;
        life->is_agreed = true;
        break;
    case TL_MEMBERSHIP_TAKEN_OVER:
        life->was_taken_over = life->was_taken_over || life->state == STATE(NONE);
        life->is_agreed = true;
        break;
    case TL_MEMBERSHIP_WITHDRAWN:
        life->is_agreed = false;
        break;
    case TL_MEMBERSHIP_PASSIVE:
    case TL_MEMBERSHIP_ACTIVE:
        life->is_passive = fact->event == TL_MEMBERSHIP_PASSIVE;
        break;
    case TL_MEMBERSHIP_NOTICE:
        life->notice_on = fact->on;
        life->last = fact->until;
        life->ended_by = fact->id;
        break;
    case TL_MEMBERSHIP_NOTICE_WITHDRAWN:
        life->notice_on = life->last = (struct tl_date){0};
        life->ended_by = 0;
        break;
    case TL_MEMBERSHIP_HANDED_OVER:
        life->last = tl_date_add_days(fact->on, -1);
        life->ended_by = fact->id;
        break;
    default:
        break;
    }
}

tl_status tl_membership_state_step(struct tl_membership_life *life, const struct tl_membership_history *history,
                                   const struct tl_membership_fact *fact, struct tl_err *err)
{
    for (size_t i = 0; i < RULE_COUNT; i++) {
        if (rules[i].state != life->state || rules[i].event != fact->event || !fits(&rules[i], life))
            continue;
        tl_status status = check_guards(&rules[i], life, history, fact, err);
        if (status != TL_OK)
            return status;
        note(life, fact);
        life->state = rules[i].next;
        return TL_OK;
    }
    return refuse(life, history, fact, err);
}

/* The steps that the calendar takes up to a date. */
static tl_status advance(struct tl_membership_life *life, const struct tl_membership_history *history,
                         struct tl_date date, struct tl_err *err)
{
    struct tl_membership_fact fact = {.on = date, .detail = "", .evidence = ""};
    tl_status status = TL_OK;
    if (life->state == STATE(COUNTERSIGNED) && !tl_date_is_none(life->first) &&
        tl_date_compare(life->first, date) <= 0) {
        fact.event = TL_MEMBERSHIP_BEGINS;
        status = tl_membership_state_step(life, history, &fact, err);
    }
    if (status == TL_OK && life->state == STATE(UNDER_NOTICE) && tl_date_compare(life->last, date) < 0) {
        fact.event = TL_MEMBERSHIP_ENDS;
        status = tl_membership_state_step(life, history, &fact, err);
    }
    return status;
}

/* What the draft says of the days, and what a takeover carries on: the signature, and passive membership. */
static void read_draft(struct tl_membership_life *life, const struct tl_membership_history *history)
{
    for (size_t i = 0; i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        if (!fact->is_drafted)
            continue;
        if (fact->event == TL_MEMBERSHIP_BEGINS)
            life->first = fact->on;
        else if (fact->event == TL_MEMBERSHIP_SIGNED || fact->event == TL_MEMBERSHIP_PASSIVE)
            note(life, fact);
    }
}

tl_status tl_membership_state_follow(struct tl_membership_life *out, const struct tl_membership_history *history,
                                     struct tl_date on, struct tl_err *err)
{
    tl_status status = TL_OK;
    *out = (struct tl_membership_life){.signed_by = ""};
    read_draft(out, history);
    for (size_t i = 0; status == TL_OK && i < history->count; i++) {
        struct tl_membership_fact *fact = &history->facts[i];
        if (!tl_date_is_none(on) && tl_date_compare(fact->on, on) > 0)
            break;
        status = advance(out, history, fact->on, err);
        bool comes_too_late = out->state == STATE(ENDED) && fact->id < out->ended_by;
        if (status == TL_OK && !fact->is_drafted && !comes_too_late)
            status = tl_membership_state_step(out, history, fact, err);
        fact->after = out->state;
    }
    return status == TL_OK && !tl_date_is_none(on) ? advance(out, history, on, err) : status;
}
