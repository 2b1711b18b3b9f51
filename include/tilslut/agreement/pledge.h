/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Pledges (tilsagn): what members commit to a project, apart from agreements and without a duty to use the product.
 * A pledge is changed or withdrawn by a new record; once the project is funded it binds, and counts as a waiver with
 * the project's tag wherever the terms have one, with itself as evidence. A run calls it in (run.h), once.
 */
#ifndef TILSLUT_AGREEMENT_PLEDGE_H
#define TILSLUT_AGREEMENT_PLEDGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

typedef enum tl_pledge_state {
    TL_PLEDGE_OPEN,      /* the project is not funded yet */
    TL_PLEDGE_BINDING,   /* it is: to be called in */
    TL_PLEDGE_WITHDRAWN, /* the amount is zero */
    TL_PLEDGE_LAPSED     /* the deadline has passed, and the threshold was not met */
} tl_pledge_state;

/* The latest pledge of a party to a project. */
struct tl_pledge {
    int64_t id;
    const char *project, *product, *party;
    struct tl_money amount;
    struct tl_date on;
    const char *evidence;
    tl_pledge_state state;
    struct tl_date binding_on; /* the date of the decision that funded the project; none before */
    struct tl_money called_in; /* as tl_pledge_read_called_in has it; 0 before */
    int64_t act;
    const char *actor, *recorded_at;
};

/* `open`, `binding`, `withdrawn`, `lapsed`. Static. */
const char *tl_pledge_state_name(tl_pledge_state state);

/* Records a pledge in the open transaction, or changes or (amount 0) withdraws the one there is. pledge->project,
 * party, amount, on and evidence are looked at. TL_ERR_NOT_FOUND: no such project or party; nothing to withdraw.
 * TL_ERR_INPUT: a negative amount. TL_ERR_STATE: the project is funded, the day lies after its deadline, or before that
 * of the pledge that it changes. TL_ERR_MISSING: no evidence. TL_ERR_CONFLICT: it would change nothing. */
tl_status tl_pledge_record(struct tl_store *store, const struct tl_pledge *pledge, struct tl_err *err) TL_MUST_CHECK;

/* The latest pledge of each party, to one project or (NULL) to all, by project and party, with its state on a day; in
 * the arena. Those that are binding are what can be called in. */
tl_status tl_pledge_list(struct tl_pledge **out, size_t *count, struct tl_store *store, const char *project,
                         struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Reads of each pledge of a list what runs have called in, less what was credited; in any year, net of VAT. */
tl_status tl_pledge_read_called_in(struct tl_pledge *pledges, size_t count, struct tl_store *store,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
