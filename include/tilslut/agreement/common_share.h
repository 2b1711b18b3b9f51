/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The association's own share: what a product pays to the shared secretariat, by a rate that was decided: percent of
 * the product's income of a year, or an amount for each member. A cost of the product, and an income of the
 * secretariat's own product, in one entry. What is booked is always the difference to what is booked already, so that
 * income and members may change within the year, and no part is booked twice. One person drafts, another approves.
 */
#ifndef TILSLUT_AGREEMENT_COMMON_SHARE_H
#define TILSLUT_AGREEMENT_COMMON_SHARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

struct tl_common_share_rate {
    int64_t id;
    const char *product, *to;   /* who pays, and the secretariat's product */
    struct tl_date from;        /* 1 January */
    struct tl_ratio percent;    /* of the income; 0 where the amount is by member, or nothing is paid */
    struct tl_money per_member; /* a year; 0 where it is by percent */
    const char *cost_account, *income_account;
    const char *decision;
};

/* Decides what a product pays, from a year on, in the open transaction; id is not used. TL_ERR_NOT_FOUND: no such
 * product or account. TL_ERR_INPUT: not from 1 January, above 100 %, below zero, to itself, an account that is not of
 * costs or of income, or no decision. */
tl_status tl_common_share_decide(tl_recorded *recorded, struct tl_store *store, const struct tl_common_share_rate *rate,
                                 struct tl_err *err) TL_MUST_CHECK;

/* All rates by product and date, in the order they were recorded; in the arena. */
tl_status tl_common_share_rates(struct tl_common_share_rate **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

struct tl_common_share {
    int64_t id; /* 0 for one that is not drafted */
    const char *product;
    int year;
    struct tl_common_share_rate rate;
    struct tl_money income;           /* of the product in the year, without what closed it */
    int64_t members;                  /* whose membership runs on a day of the year */
    struct tl_money entitled, booked; /* what the year's share comes to, and what was booked of it before */
    struct tl_money amount;           /* entitled less booked */
    const char *working;              /* 10% x 210240.00 */
    const char *state, *author, *ended_by;
    int64_t entry; /* 0 until it is approved */
    int64_t act;   /* that drafted it */
};

/* What a product's share of a year comes to with what tl_store_known allows to see; *found is false where no rate is
 * decided for it. TL_ERR_NOT_FOUND: no such product. TL_ERR_RANGE. */
tl_status tl_common_share_compute(struct tl_common_share *out, bool *found, struct tl_store *store, const char *product,
                                  int year, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* What a rate comes to for an income and so many members, rounded to the øre, halves up; not below zero. */
tl_status tl_common_share_amount(struct tl_money *out, const struct tl_common_share_rate *rate, struct tl_money income,
                                 int64_t members, struct tl_err *err) TL_MUST_CHECK;

/* Drafts what is to be booked, in the open transaction. TL_ERR_MISSING: no rate is decided. TL_ERR_STATE: the year has
 * not begun by `today`, nothing is to be booked, a draft waits, or the share was booked to another product or account.
 */
tl_status tl_common_share_draft(struct tl_common_share *out, struct tl_store *store, const char *product, int year,
                                struct tl_date today, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft and posts it on `date` (none: today, or the nearer end of its year). TL_ERR_STATE: it has ended, is
 * approved by its author, or does not come to what was drafted. TL_ERR_INPUT: a date before the year. Statuses of
 * tl_entry_post. */
tl_status tl_common_share_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor,
                                  struct tl_date date, struct tl_date today, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_common_share_discard(struct tl_store *store, int64_t id, struct tl_err *err) TL_MUST_CHECK;

/* All shares by number, in the arena. */
tl_status tl_common_share_list(struct tl_common_share **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The check `shares`: each comes to what was known when it was drafted, and is posted on both sides as it comes to. */
tl_status tl_common_share_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
