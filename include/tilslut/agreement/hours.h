/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Hours in kind (frikøb): what members' employees work for a product or the association, at a rate decided per year.
 */
#ifndef TILSLUT_AGREEMENT_HOURS_H
#define TILSLUT_AGREEMENT_HOURS_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

struct tl_hours {
    int64_t id; /* of its voucher */
    const char *party;
    const char *product; /* "" for the association */
    struct tl_period period;
    struct tl_ratio hours;
    const char *evidence;
    const char *state, *author, *ended_by; /* as in struct tl_voucher */
};

struct tl_hour_rate {
    int64_t id;
    int year;
    struct tl_money rate;
    const char *decision;
};

/* Registers hours in the open transaction. They count when somebody else has approved the voucher
 * (tl_voucher_approve). TL_ERR_NOT_FOUND: no such party or product. TL_ERR_INPUT: no hours, or a period that is none or
 * reaches over a year's end. TL_ERR_MISSING: no evidence. TL_ERR_CONFLICT: the same member, product, period and evidence
 * is registered already (and not rejected). */
tl_status tl_hours_register(int64_t *id, struct tl_store *store, const struct tl_hours *hours,
                            struct tl_err *err) TL_MUST_CHECK;

/* All hours of a year, or (0) of all, by number; in the arena. */
tl_status tl_hours_list(struct tl_hours **out, size_t *count, struct tl_store *store, int year, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

/* Records what an hour is worth in a year, as decided; the same again records nothing. TL_ERR_INPUT: a rate that is
 * none. Statuses of tl_decision_parse. */
tl_status tl_hours_decide_rate(tl_recorded *recorded, struct tl_store *store, int year, struct tl_money rate,
                               const char *decision, struct tl_err *err) TL_MUST_CHECK;

/* The rate of a year, in the arena. TL_ERR_MISSING: none is decided. */
tl_status tl_hours_rate(struct tl_hour_rate *out, struct tl_store *store, int year, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

#endif
