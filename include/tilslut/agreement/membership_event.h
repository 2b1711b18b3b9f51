/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What happens in a running membership: options, waivers, classes, groups, passive membership, and its end.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_EVENT_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_EVENT_H

#include <stdint.h>

#include "tilslut/agreement/membership_state.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

struct tl_membership_change {
    const char *product, *party;
    tl_membership_event event; /* from TL_MEMBERSHIP_OPTION_TAKEN to TL_MEMBERSHIP_ACTIVE */
    struct tl_date from;
    struct tl_date until; /* TL_MEMBERSHIP_CLASS_FROZEN: the last day */
    const char *detail;   /* the option, tag, class or group; "" where the event has none */
    const char *evidence; /* where it is documented, or why; "" where it needs none */
};

/* Records a change of a running membership in the open transaction.
 * TL_ERR_NOT_FOUND: the party is no member on that day, or the terms in force know no such option, waiver, class or
 * group. TL_ERR_MISSING: no evidence where it is needed. TL_ERR_STATE: it would change nothing: taken already, dropped
 * without having been taken; or the membership is in a state that does not allow it. TL_ERR_INPUT: `until` lies before
 * `from`. */
tl_status tl_membership_change(struct tl_store *store, const struct tl_membership_change *change,
                               struct tl_err *err) TL_MUST_CHECK;

/* The first permitted last day of a membership under notice: the notice period from the day of notice, then on to the
 * end that the terms permit. TL_ERR_MISSING when the terms say nothing of notice. TL_ERR_RANGE beyond the year 9999. */
tl_status tl_membership_notice_end(struct tl_date *out, const struct tl_terms *terms, struct tl_date notice,
                                   struct tl_err *err) TL_MUST_CHECK;

/* Records that a member gave notice on a day and leaves at the first permitted end, or at `until` where that is not
 * none and is a permitted end; *last is the last day. The period and the permitted ends are recorded as the text has
 * them that binds the member on that day (terms_binding.h). `evidence` says where the notice lies, or is "".
 * TL_ERR_NOT_FOUND: no member. TL_ERR_STATE: neither in force nor passive, or an end that the terms do not permit (the
 * hint names the first that they do). TL_ERR_MISSING: the terms say nothing of notice. */
tl_status tl_membership_leave(struct tl_date *last, struct tl_store *store, const char *product, const char *party,
                              struct tl_date notice, struct tl_date until, const char *evidence,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
