/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What is known when lines of the bank are matched: charges by reference and amount, payments recorded by hand, and who
 * paid before from which account. Read once for all lines; private to bank_match.c.
 */
#ifndef TILSLUT_SRC_AGREEMENT_BANK_KNOWN_H
#define TILSLUT_SRC_AGREEMENT_BANK_KNOWN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/open_item.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* A line of the bank that is not used yet. */
struct bank_unused {
    int64_t line;
    struct tl_date booked_on;
    struct tl_money amount;
    bool is_reversal;
    const char *reference, *text, *payer, *payer_account, *payer_cvr, *file_name;
};

/* Something that a line can be known by, a key or a number, and what it points to. */
struct bank_mark {
    const char *key;
    int64_t number; /* of marks by a number: an amount in minor units, an entry */
    const char *party;
    struct tl_open_item *item; /* a charge, or NULL */
    int64_t entry;             /* a payment recorded by hand, or 0 */
};

struct bank_marks {
    struct bank_mark *items;
    size_t count, capacity;
};

struct bank_known {
    struct tl_arena arena;
    struct tl_open_item *items;
    size_t item_count;
    struct bank_marks references; /* of charges: payment ids, and the numbers of their invoices */
    struct bank_marks charges;    /* by entry */
    struct bank_marks open_amounts, recorded, numbers, accounts, names;
};

/* Whose a line may be. */
struct bank_hint {
    const char *party, *of_charge, *why;
    int64_t entry;
};

enum { BANK_HINTS_MAX = 3 };

/* Reads it all; known->arena is the caller's to release, whatever the status. */
tl_status bank_known_read(struct bank_known *known, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* The lines that are not used, of one act or of all (0); in the arena. */
tl_status bank_unused_read(struct bank_unused **out, size_t *count, struct tl_store *store, int64_t act,
                           struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The charge that a line pays beyond doubt, or NULL. */
struct tl_open_item *bank_known_charge(const struct bank_known *known, const struct bank_unused *line);

/* Whose a line may be, at most BANK_HINTS_MAX different parties, the likeliest first. */
tl_status bank_known_hints(struct bank_hint *hints, size_t *count, const struct bank_known *known,
                           const struct bank_unused *line, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
