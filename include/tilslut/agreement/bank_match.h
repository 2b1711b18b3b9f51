/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What becomes of the lines of the bank: each is used once, as one entry.
 *
 * A line that says by its payment reference which charge it pays, is posted as it is imported: the reference stands in
 * its own field (whatever the amount), or in the text with exactly the amount that is open. All others are proposed,
 * and posted when a person says whose they are. A charge of which nothing is open, and a payment of the same amount
 * that was recorded by hand, are for a person too.
 */
#ifndef TILSLUT_AGREEMENT_BANK_MATCH_H
#define TILSLUT_AGREEMENT_BANK_MATCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* A line that is not used yet, with one proposal whose it is; a line with several stands there for each, the likeliest
 * first. */
struct tl_bank_proposal {
    int64_t line;
    struct tl_date booked_on;
    struct tl_money amount;
    bool is_reversal;
    const char *reference, *text, *payer, *payer_account, *payer_cvr, *file_name;
    const char *party;     /* NULL when nothing is known */
    const char *of_charge; /* the reference of the charge, or "" */
    int64_t entry;         /* recorded by hand, that the line may be; 0 for none */
    const char *why;       /* "" when nothing is known */
};

/* The lines that are not used yet, by number; in the arena. */
tl_status tl_bank_match_list(struct tl_bank_proposal **out, size_t *count, struct tl_store *store,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Posts, in the open transaction, the lines that its act recorded and whose reference says what they pay. */
tl_status tl_bank_match_known(size_t *posted, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Posts a line as the payment of a party, for the charge of that reference or invoice number
 * ("": for what falls due first); a line below
 * zero is a payment that goes back. TL_ERR_NOT_FOUND: no such line, party, or charge of the party. TL_ERR_STATE: the
 * line is used already. */
tl_status tl_bank_match_party(int64_t *entry, struct tl_store *store, int64_t line, const char *party,
                              const char *reference, struct tl_err *err) TL_MUST_CHECK;

/* Says that a line is an entry that was recorded by hand. TL_ERR_NOT_FOUND: no such line or entry. TL_ERR_STATE: one of
 * them is used already. TL_ERR_INPUT: the entry is of another amount, or of no party. */
tl_status tl_bank_match_entry(struct tl_store *store, int64_t line, int64_t entry, struct tl_err *err) TL_MUST_CHECK;

/* Posts a line as the payment of an approved cost (below zero: of a supplier's credit note), or says that it is the one
 * recorded by tl_cost_pay before. TL_ERR_NOT_FOUND: no such line or cost. TL_ERR_STATE: the line or the payment is used
 * already, or the cost is not approved. TL_ERR_INPUT: the cost is of another amount. TL_ERR_CONFLICT: it is paid on
 * another date. */
tl_status tl_bank_match_cost(int64_t *entry, struct tl_store *store, int64_t line, int64_t cost,
                             struct tl_err *err) TL_MUST_CHECK;

/* Posts a line to an account of the chart: the bank's fee, interest. TL_ERR_INPUT: no reason, or an account of the
 * members or of the bank itself. TL_ERR_NOT_FOUND: no such line or account. TL_ERR_STATE: the line is used already. */
tl_status tl_bank_match_aside(int64_t *entry, struct tl_store *store, int64_t line, const char *account,
                              const char *reason, struct tl_err *err) TL_MUST_CHECK;

#endif
