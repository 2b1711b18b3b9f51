/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What closes keep, so that no question adds up all that lies before them. A close keeps the balances of its last day;
 * while it stands, no entry is dated up to that day, so that what comes later is all there is to add.
 */
#ifndef TILSLUT_LEDGER_KEPT_BALANCE_H
#define TILSLUT_LEDGER_KEPT_BALANCE_H

#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

/* A close to start from; close is 0, and last none, where there is none. */
struct tl_kept {
    int64_t close;
    struct tl_date last;
    int64_t later_entry; /* every entry that is dated later has this number or a higher one */
};

/* The latest close that ends on or before `until` (none: any) and stood as far as is known by the store's limit. */
tl_status tl_kept_balance_find(struct tl_kept *out, struct tl_store *store, struct tl_date until,
                               struct tl_err *err) TL_MUST_CHECK;

/* The number of the first entry that is dated after `last`; that of the next entry where there is none. */
tl_status tl_kept_balance_later(int64_t *out, struct tl_store *store, struct tl_date last,
                                struct tl_err *err) TL_MUST_CHECK;

/* Keeps the balances of the close that the open transaction made. */
tl_status tl_kept_balance_record(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Runs `check` for each close, with the store's limit set to the act before it: to what it was made from. */
typedef tl_status tl_kept_check_one(struct tl_check_work *work, struct tl_store *store, const struct tl_kept *kept,
                                    struct tl_err *err);
tl_status tl_kept_balance_each(struct tl_check_work *work, struct tl_store *store, tl_kept_check_one *check,
                               struct tl_err *err) TL_MUST_CHECK;

/* That each close kept what the entries before it come to: from the close before it, which is checked as well. */
tl_status tl_kept_balance_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
