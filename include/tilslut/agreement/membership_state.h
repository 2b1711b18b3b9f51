/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The states of a membership, and what may happen in each: one table of (state, event, guard, next state). Pure: no
 * store, no clock. Whoever records, reads or checks a membership goes through it.
 *
 *     drafted -> sent -> signed by the member -> countersigned -> in force <-> passive -> under notice -> ended
 *
 * What is not countersigned can be withdrawn. A membership can be handed over to another party, and then begins there
 * in force. Two steps take themselves, by the calendar: a countersigned agreement comes into force on the day it
 * begins, and one under notice ends with its last day.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_STATE_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"

typedef enum tl_membership_state {
    TL_MEMBERSHIP_STATE_NONE, /* before it is drafted */
    TL_MEMBERSHIP_STATE_DRAFTED,
    TL_MEMBERSHIP_STATE_SENT,
    TL_MEMBERSHIP_STATE_SIGNED,
    TL_MEMBERSHIP_STATE_COUNTERSIGNED,
    TL_MEMBERSHIP_STATE_IN_FORCE,
    TL_MEMBERSHIP_STATE_PASSIVE,
    TL_MEMBERSHIP_STATE_UNDER_NOTICE,
    TL_MEMBERSHIP_STATE_ENDED,
    TL_MEMBERSHIP_STATE_WITHDRAWN,
    TL_MEMBERSHIP_STATE_COUNT
} tl_membership_state;

/* What can happen in a membership. */
typedef enum tl_membership_event {
    TL_MEMBERSHIP_DRAFTED,
    TL_MEMBERSHIP_SENT,
    TL_MEMBERSHIP_SIGNED,        /* by the member; detail: who signed */
    TL_MEMBERSHIP_COUNTERSIGNED, /* by the association; detail: who signed */
    TL_MEMBERSHIP_WITHDRAWN,     /* the agreement comes to nothing; with its evidence */
    TL_MEMBERSHIP_BEGINS,        /* recorded with the draft; takes place on its day */
    TL_MEMBERSHIP_OPTION_TAKEN,
    TL_MEMBERSHIP_OPTION_DROPPED,
    TL_MEMBERSHIP_WAIVER,        /* a waiver or rebate, with its evidence */
    TL_MEMBERSHIP_CLASS_BY_HAND, /* with its reason */
    TL_MEMBERSHIP_CLASS_FROZEN,  /* until a date, with its reason */
    TL_MEMBERSHIP_GROUP_JOINED,
    TL_MEMBERSHIP_GROUP_LEFT,
    TL_MEMBERSHIP_PASSIVE,
    TL_MEMBERSHIP_ACTIVE,
    TL_MEMBERSHIP_NOTICE,           /* until: the last day; detail: the notice period */
    TL_MEMBERSHIP_NOTICE_WITHDRAWN, /* by agreement of both, with its evidence */
    TL_MEMBERSHIP_ENDS,             /* never recorded: it follows from the notice */
    TL_MEMBERSHIP_HANDED_OVER,      /* the first day in other hands; detail: whose, separated by commas */
    TL_MEMBERSHIP_TAKEN_OVER, /* the same day for the other, whose membership it is or joins; detail: whose it was */
    TL_MEMBERSHIP_EVENT_COUNT
} tl_membership_event;

/* One recorded event. Texts are borrowed, "" where there is none. */
struct tl_membership_fact {
    int64_t id, act; /* in the order of recording */
    tl_membership_event event;
    struct tl_date on, until;
    const char *detail, *evidence;
    const char *actor, *recorded_at;
    tl_membership_state after; /* the state that it was followed to; what never comes about leaves the state as it is */
    bool is_drafted; /* what the draft says, rather than a step: it holds from its date on, in a membership in force */
};

/* The events of one membership, by date and then in the order of recording. */
struct tl_membership_history {
    int64_t id;
    const char *product, *party;
    struct tl_membership_fact *facts;
    size_t count;
};

/* What a history comes to. Dates are none where it has not come so far. */
struct tl_membership_life {
    tl_membership_state state;
    bool is_passive;
    bool was_taken_over; /* it carries on another party's */
    bool is_agreed;      /* both have signed, or it was taken over: it counts from `first` to `last` */
    struct tl_date drafted_on, sent_on, signed_on, countersigned_on, notice_on;
    struct tl_date first, last; /* the days in force; `last` none while no end is known */
    const char *signed_by;      /* for the member, or "" */
    int64_t ended_by;           /* the fact that `last` follows from; 0 for none */
};

/* `under notice`; `notice withdrawn`, which is also how an event is recorded. Static. */
const char *tl_membership_state_name(tl_membership_state state);
const char *tl_membership_event_name(tl_membership_event event);
/* The event of that name; TL_MEMBERSHIP_EVENT_COUNT when there is none. */
tl_membership_event tl_membership_event_find(const char *name);

/* Whether the table has the event in the state, guards apart. */
bool tl_membership_state_allows(tl_membership_state state, tl_membership_event event);

/* The commands that record what the table has for a state, each once, as `send, withdraw`; "" where nothing is left. */
enum { TL_MEMBERSHIP_ALLOWED_SIZE = 160 };
const char *tl_membership_state_allowed(const struct tl_membership_life *life, char into[TL_MEMBERSHIP_ALLOWED_SIZE]);

/* Takes one step: *life is as before the fact, and as after it when this returns TL_OK. TL_ERR_STATE: the table forbids
 * it, or its guard does; the message names the state and the event, the hint what is allowed instead. Guards: the
 * member does not sign after the beginning; OS2's signatory is another than the member's; a notice ends on a day that
 * its period permits; a withdrawn notice has evidence of both agreeing; passive and active take turns. */
tl_status tl_membership_state_step(struct tl_membership_life *life, const struct tl_membership_history *history,
                                   const struct tl_membership_fact *fact, struct tl_err *err) TL_MUST_CHECK;

/* Takes all steps up to a date (none: all that is recorded, and what follows from it by the calendar is left to come).
 * What was recorded of days after the last, before that day was known, does not come about. Statuses of a step. */
tl_status tl_membership_state_follow(struct tl_membership_life *out, const struct tl_membership_history *history,
                                     struct tl_date on, struct tl_err *err) TL_MUST_CHECK;

#endif
