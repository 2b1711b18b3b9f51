/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The result of a product's year, and what each member has of it; see tilslut/agreement/carryover.h.
 */
#ifndef TILSLUT_SRC_AGREEMENT_CARRYOVER_PARTS_H
#define TILSLUT_SRC_AGREEMENT_CARRYOVER_PARTS_H

#include "tilslut/agreement/carryover.h"

/* An income or cost account that does not come to zero. */
struct tl_carryover_line {
    const char *account;
    struct tl_money balance; /* debit positive */
};

struct tl_carryover_lines {
    struct tl_carryover_line *items; /* by account */
    size_t count;
    struct tl_money result; /* a surplus is positive */
};

/* The ledger's incomes and costs of a product dated in a year; in the arena. TL_ERR_RANGE. */
tl_status tl_carryover_result(struct tl_carryover_lines *out, struct tl_store *store, const char *product, int year,
                              struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Shares carry->amount by what each member was charged in the year, or by carry->key between the members of the year.
 * TL_ERR_INFEASIBLE: none was charged, or there are none. Statuses of tl_key_parse and tl_split. */
tl_status tl_carryover_share_out(struct tl_carryover *carry, struct tl_store *store, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

/* amounts[i] of the total, by the weights of the shares, by largest remainder. */
tl_status tl_carryover_apportion(int64_t *amounts, struct tl_money total, const struct tl_carryover_share *shares,
                                 size_t count, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The account that a destination means. Static. */
const char *tl_carryover_account(const char *destination);

#endif
