/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reminders (rykkere): which charges a member is to be reminded of. A charge is not reminded
 * of again within the stated days.
 */
#ifndef TILSLUT_AGREEMENT_REMINDER_H
#define TILSLUT_AGREEMENT_REMINDER_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/open_item.h"

/* The days between two reminders of the same charge, where nothing else is asked for. */
enum { TL_REMINDER_DAYS = 14 };

/* What one reminder is about. */
struct tl_reminder {
    const char *party;
    struct tl_date date;
    const struct tl_open_item *items; /* past due, by due date */
    size_t count;
    struct tl_money total; /* open of the items */
};

/* The reminders that are due on a date, by party; of one party, or of all (NULL). A charge is left out while a reminder
 * of an earlier date that lists it is younger than `days`; one of the same date is given again. In the arena. */
tl_status tl_reminder_read(struct tl_reminder **out, size_t *count, struct tl_store *store, const char *party,
                           struct tl_date on, int32_t days, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Records, in the open transaction, that a document reminds of these charges. */
tl_status tl_reminder_record(struct tl_store *store, int64_t document, const struct tl_reminder *reminder,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
