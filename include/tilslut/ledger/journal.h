/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The journal: the postings of the ledger with their entries, for reading.
 */
#ifndef TILSLUT_LEDGER_JOURNAL_H
#define TILSLUT_LEDGER_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* One posting with its entry. Texts are "" where there is none. */
struct tl_journal_row {
    int64_t entry, seq;
    struct tl_date holds_on, due_on;
    const char *kind, *text, *reference;
    const char *account, *account_name; /* the Danish name */
    const char *party, *product, *line_id;
    struct tl_money amount; /* debit positive */
    const char *recorded_at, *actor;
    bool is_sealed; /* false: not written by tilslut, counts for nothing */
};

/* All postings of entries that concern a party (NULL: all), in order; in the arena. */
tl_status tl_journal_read(struct tl_journal_row **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
