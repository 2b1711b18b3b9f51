/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What happens in a running membership: options, waivers, classes, groups, passive membership, and its end.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_EVENT_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_EVENT_H

#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

/* What can happen in a membership. */
typedef enum tl_membership_event {
    TL_MEMBERSHIP_OPTION_TAKEN,
    TL_MEMBERSHIP_OPTION_DROPPED,
    TL_MEMBERSHIP_WAIVER,        /* a waiver or rebate, with its evidence */
    TL_MEMBERSHIP_CLASS_BY_HAND, /* with its reason */
    TL_MEMBERSHIP_CLASS_FROZEN,  /* until a date, with its reason */
    TL_MEMBERSHIP_GROUP_JOINED,
    TL_MEMBERSHIP_GROUP_LEFT,
    TL_MEMBERSHIP_PASSIVE,
    TL_MEMBERSHIP_ACTIVE
} tl_membership_event;

struct tl_membership_change {
    const char *product, *party;
    tl_membership_event event;
    struct tl_date from;
    struct tl_date until; /* TL_MEMBERSHIP_CLASS_FROZEN: the last day */
    const char *detail;   /* the option, tag, class or group; "" where the event has none */
    const char *evidence; /* where it is documented, or why; "" where it needs none */
};

/* Records a change of a running membership in the open transaction.
 * TL_ERR_NOT_FOUND: the party is no member on that day, or the terms in force know no such option, waiver, class or
 * group. TL_ERR_MISSING: no evidence where it is needed. TL_ERR_STATE: it would change nothing: taken already, dropped
 * without having been taken. TL_ERR_INPUT: `until` lies before `from`. */
tl_status tl_membership_change(struct tl_store *store, const struct tl_membership_change *change,
                               struct tl_err *err) TL_MUST_CHECK;

/* The first permitted last day of a membership under notice: the notice period from the day of notice, then on to the
 * end that the terms permit. TL_ERR_MISSING when the terms say nothing of notice. TL_ERR_RANGE beyond the year 9999. */
tl_status tl_membership_notice_end(struct tl_date *out, const struct tl_terms *terms, struct tl_date notice,
                                   struct tl_err *err) TL_MUST_CHECK;

/* Records that a member gave notice on a day and leaves at the first permitted end, or at `until` where that is not
 * none and is a permitted end; *last is the last day. TL_ERR_NOT_FOUND: no member. TL_ERR_STATE: under notice already,
 * or an end that the terms do not permit (the hint names the first that they do). */
tl_status tl_membership_leave(struct tl_date *last, struct tl_store *store, const char *product, const char *party,
                              struct tl_date notice, struct tl_date until, struct tl_err *err) TL_MUST_CHECK;

#endif
