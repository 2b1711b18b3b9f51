/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Rate cards: what a supplier charges an hour, by role, from a date on, as agreed.
 */
#ifndef TILSLUT_AGREEMENT_SUPPLIER_RATE_H
#define TILSLUT_AGREEMENT_SUPPLIER_RATE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_supplier_rate {
    int64_t id;
    const char *cvr, *role;
    struct tl_date valid_from;
    struct tl_money rate; /* an hour, without VAT */
    const char *evidence; /* the agreement, or the decision */
};

/* Records a rate in the open transaction; the same again records nothing. TL_ERR_INPUT: a CVR number that is none, or
 * a rate that is not above zero. TL_ERR_MISSING: no evidence. */
tl_status tl_supplier_rate_record(tl_recorded *recorded, struct tl_store *store, const struct tl_supplier_rate *rate,
                                  struct tl_err *err) TL_MUST_CHECK;

/* The rate of a role throughout a period, in the arena. TL_ERR_MISSING: none on its first day, naming the roles that
 * have one. TL_ERR_STATE: it changes within the period. */
tl_status tl_supplier_rate_find(struct tl_supplier_rate *out, struct tl_store *store, const char *cvr, const char *role,
                                struct tl_period period, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* All rates by supplier, role and date; in the arena. */
tl_status tl_supplier_rate_list(struct tl_supplier_rate **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
