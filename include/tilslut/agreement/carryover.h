/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What becomes of the result of a product's year, by decision: it goes to the pot of the next year, to the reserve, or
 * to the members as they were charged, or by another key. One person drafts, another approves; approval posts the one
 * entry, dated the last day of the year, that brings the year's incomes and costs to zero. It therefore comes before
 * the close.
 */
#ifndef TILSLUT_AGREEMENT_CARRYOVER_H
#define TILSLUT_AGREEMENT_CARRYOVER_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* What one member has of a result. */
struct tl_carryover_share {
    const char *party;
    struct tl_money
        weight; /* what it was charged in the year, without VAT; above zero, but zero where a key shares it */
    const char *working;
    struct tl_money amount; /* credited positive, charged negative */
};

struct tl_carryover {
    int64_t id; /* 0 for one that is not drafted yet */
    const char *product;
    int year;
    const char *destination;   /* next, reserve, members */
    const char *key;           /* by which the members share it; "" by what each was charged */
    struct tl_date figures_on; /* that the key counts; none without a key */
    struct tl_money amount;    /* incomes less costs: a surplus is positive */
    const char *decision;
    const char *state;                 /* draft, approved, discarded */
    const char *author, *ended_by;     /* ended_by is "" while it is a draft */
    int64_t entry;                     /* 0 until it is approved */
    int64_t act;                       /* that drafted it */
    struct tl_carryover_share *shares; /* by party; none unless it goes to the members */
    size_t share_count;
};

/* Drafts what becomes of carry->year of carry->product in the open transaction, as carry->decision says; id, amount and
 * shares are set. TL_ERR_INPUT: no such destination, no decision, or a key for another destination than the members.
 * TL_ERR_NOT_FOUND: no such product. TL_ERR_STATE: the year has not ended by `today` or is closed, its result is
 * carried or drafted already, or is zero. TL_ERR_INFEASIBLE: no member was charged, or there was none. Statuses of
 * tl_key_parse and tl_split. */
tl_status tl_carryover_draft(struct tl_carryover *carry, struct tl_store *store, struct tl_date today,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Ends a draft; approval by `actor` posts its entry. TL_ERR_NOT_FOUND; TL_ERR_STATE: it has ended already, is approved
 * by its author, the year is closed, or its result or what the members were charged is not what was drafted. */
tl_status tl_carryover_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor,
                               struct tl_err *err) TL_MUST_CHECK;
tl_status tl_carryover_discard(struct tl_store *store, int64_t id, struct tl_err *err) TL_MUST_CHECK;

/* All carries by number, with their shares, as far as tl_store_known allows to see; in the arena. */
tl_status tl_carryover_list(struct tl_carryover **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

/* What was carried from a year to the pot of the next, zero where nothing was. */
tl_status tl_carryover_brought(struct tl_money *out, struct tl_store *store, const char *product, int year,
                               struct tl_err *err) TL_MUST_CHECK;

/* The check `carries`. What was posted into a year after its result was carried is a remark. */
tl_status tl_carryover_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
