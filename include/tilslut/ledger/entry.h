/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Entries (bilag): double entry, written once, each sealed into the chain as it is posted.
 */
#ifndef TILSLUT_LEDGER_ENTRY_H
#define TILSLUT_LEDGER_ENTRY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* One side of an entry: debit positive, credit negative, never zero. */
struct tl_posting {
    const char *account;
    const char *party;   /* NULL where it concerns none */
    const char *product; /* NULL where it concerns none */
    const char *line_id; /* of the terms, or "" */
    struct tl_money amount;
};

struct tl_entry {
    const char *kind; /* charge, payment, credit, correction, cost, transfer */
    struct tl_date holds_on;
    struct tl_date due_on; /* none where nothing falls due */
    const char *reference;
    const char *text;
    int64_t run_id;      /* 0 for none */
    int64_t reverses_id; /* the entry that this one corrects, 0 for none */
    bool has_evidence;
    struct tl_digest evidence; /* of what the entry rests on, such as a billing run */
    const struct tl_posting *postings;
    size_t posting_count;
};

/* Posts an entry in the open transaction and seals it. `key` is its idempotency key; posting n gets `key#n`.
 * The same key with the same content changes nothing: *already is true and *id the entry it made then.
 * TL_ERR_CONFLICT: the same key with other content. TL_ERR_STATE: its date lies in a closed period. TL_ERR_INPUT: fewer than two postings, a zero, or a sum that is
 * not zero (an error of the caller's arithmetic, told with the sum). */
tl_status tl_entry_post(int64_t *id, bool *already, struct tl_store *store, const char *key,
                        const struct tl_entry *entry, struct tl_err *err) TL_MUST_CHECK;

#endif
