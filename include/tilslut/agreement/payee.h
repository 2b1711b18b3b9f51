/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Where members pay: the bank account and the creditor number of the ledger's owner, from a date on.
 */
#ifndef TILSLUT_AGREEMENT_PAYEE_H
#define TILSLUT_AGREEMENT_PAYEE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* "" where something is not recorded. A Danish IBAN and the account behind it are recorded together. */
struct tl_payee {
    struct tl_date valid_from;
    const char *registration; /* of the bank: 4 digits */
    const char *account;      /* 10 digits */
    const char *iban;
    const char *creditor; /* of the joint inpayment form (FIK): 8 digits */
    const char *decision; /* `bestyrelse 2026-01-10 pkt. 2`, or "" */
    const char *evidence;
};

/* Records where members pay from payee->valid_from on, in the open transaction. Of a Danish account, the IBAN follows
 * from registration and account number and the other way round; both together must agree. The same again records
 * nothing. TL_ERR_INPUT: a number that is none, both and not the same account, neither account nor creditor number,
 * neither decision nor evidence. Statuses of tl_decision_parse. */
tl_status tl_payee_record(tl_recorded *recorded, struct tl_store *store, const struct tl_payee *payee,
                          struct tl_err *err) TL_MUST_CHECK;

/* Where members pay on a date, in the arena. TL_ERR_MISSING when nothing is recorded for it. */
tl_status tl_payee_find(struct tl_payee *out, struct tl_store *store, struct tl_date on, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

/* All that was recorded, by date; in the arena. */
tl_status tl_payee_list(struct tl_payee **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

/* Whether `account`, as a bank's file writes it (an IBAN, or registration and account number, with or without spaces),
 * is the payee's. */
bool tl_payee_has_account(const struct tl_payee *payee, const char *account);

#endif
