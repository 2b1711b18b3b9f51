/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How the bank's balance and the ledger's settlement account agree, and the check of what is kept of the bank.
 */
#ifndef TILSLUT_AGREEMENT_BANK_COMPARE_H
#define TILSLUT_AGREEMENT_BANK_COMPARE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* A statement, and the settlement account on its last day. The difference is explained:
 * ledger - closing = not_seen - unused + moved - before. Without balances only the first two parts are told. */
struct tl_bank_compared {
    int64_t statement;
    const char *identity, *file_name;
    struct tl_date first, last;
    size_t line_count;
    bool has_balances;
    struct tl_money opening, closing, ledger;
    struct tl_money not_seen; /* entries up to that day that are no line of the bank */
    struct tl_money unused;   /* lines up to that day that are no entry yet */
    struct tl_money moved;    /* entries dated on another side of that day than their line */
    struct tl_money before;   /* what the bank had before the first line, and between statements that are not there */
};

/* All statements by their last day, in the arena. */
tl_status tl_bank_compare_read(struct tl_bank_compared **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* That each statement foots, that a line that is used is the amount of its entry, and that what was posted of a line
 * says so. */
tl_status tl_bank_compare_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
