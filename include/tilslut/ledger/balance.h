/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Balances: what the accounts come to.
 */
#ifndef TILSLUT_LEDGER_BALANCE_H
#define TILSLUT_LEDGER_BALANCE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* One account of the trial balance (saldobalance). */
struct tl_balance {
    const char *account, *name_da, *name_en;
    struct tl_money debit, credit; /* sums, both not negative */
    struct tl_money balance;       /* debit - credit */
};

/* The trial balance of all sealed entries dated up to `until` (none: all), by account; balances sum to zero. In the
 * arena; accounts without postings are left out. */
tl_status tl_balance_read(struct tl_balance **out, size_t *count, struct tl_store *store, struct tl_date until,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
