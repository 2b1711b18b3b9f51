/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The balancing (udligning) of a year's hours in kind: members with few hours pay members with many, the difference
 * only. Of one product, between its members; or of everything else, between the members of the association. Drafted by
 * one person, approved and thereby posted by another.
 */
#ifndef TILSLUT_AGREEMENT_BALANCING_H
#define TILSLUT_AGREEMENT_BALANCING_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/hours.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/settle.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

struct tl_balancing_line {
    const char *party;
    struct tl_ratio hours; /* approved, of the year */
    struct tl_money put_in, fair;
};

struct tl_balancing {
    int64_t id; /* of its voucher */
    int year;
    const char *product; /* "" for all hours of the year that no product balances apart */
    const char *key;
    struct tl_date figures_on;
    struct tl_hour_rate rate;
    struct tl_balancing_line
        *lines; /* every member (of the association at the year's end; of the product in the year) by code */
    size_t count;
    struct tl_settlement settlement; /* indexes into lines */
    const char *state, *author;
};

/* Drafts the balancing of a year in the open transaction: the value of all approved hours is shared out by the key, by
 * the figures of a date. TL_ERR_CONFLICT: the year has one, of the product or of everything, that is not rejected.
 * TL_ERR_NOT_FOUND: no such product. TL_ERR_MISSING: no rate, no hours, a figure that the key counts. TL_ERR_STATE:
 * hours of somebody who is no member at the year's end. Statuses of tl_key_parse and tl_split. */
tl_status tl_balancing_draft(int64_t *id, struct tl_store *store, int year, const char *product, const char *key,
                             struct tl_date figures_on, struct tl_err *err) TL_MUST_CHECK;

/* Reads one with its settlement, in the arena. Statuses of tl_voucher_find. */
tl_status tl_balancing_find(struct tl_balancing *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft and posts an entry for each transfer, on `date` (none: the year's last day): charged to who pays,
 * credited to who receives. TL_ERR_STATE: what it rests on has changed since it was drafted. Statuses of
 * tl_voucher_approve and tl_entry_post. */
tl_status tl_balancing_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor,
                               struct tl_date date, struct tl_err *err) TL_MUST_CHECK;

/* A check of tl_checks_all: what was put in and what is fair come to the same, the hours at their rate are what was put
 * in, and the entries of an approved balancing are its settlement. */
tl_status tl_balancing_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
