/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The chart of accounts (kontoplan): OS2's three incomes and eight costs per product, and the accounts of the
 * balance sheet that a double entry needs beside them.
 */
#ifndef TILSLUT_LEDGER_ACCOUNT_H
#define TILSLUT_LEDGER_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Accounts that the program itself posts to. */
#define TL_ACCOUNT_RECEIVABLE "10000" /* tilgodehavender hos medlemmer; one balance per party */
#define TL_ACCOUNT_ACCRUAL "14000"    /* periodeafgrænsning: costs paid before, or after, their year */
#define TL_ACCOUNT_SETTLEMENT "20000" /* mellemregning med værtskommunen, where payments arrive */
#define TL_ACCOUNT_VAT "30000"        /* skyldig moms */
#define TL_ACCOUNT_CREDITORS "31000"  /* skyldigt til leverandører */
#define TL_ACCOUNT_OUTLAYS "32000"    /* skyldigt til medlemmer for udlæg; one balance per party and product */
#define TL_ACCOUNT_RESERVE "40000"    /* reserve; one balance per product */
#define TL_ACCOUNT_CARRIED "41000"    /* overført resultat: the pot of the years to come, per product */

struct tl_account {
    const char *code, *name_da, *name_en;
    const char *type; /* asset, liability, equity, income, expense */
};

/* The default chart; `*count` of them. Static. */
const struct tl_account *tl_account_default_chart(size_t *count);

/* The account of that code in the default chart, or NULL. Static. */
const struct tl_account *tl_account_find(const char *code);

/* That a chart has the accounts that the program itself posts to, on their sides. TL_ERR_INPUT names the first that it
 * has not, and what is booked on it. */
tl_status tl_account_check_chart(const struct tl_account *accounts, size_t count, struct tl_err *err) TL_MUST_CHECK;

/* That the ledger has an account. TL_ERR_NOT_FOUND. */
tl_status tl_account_check_known(struct tl_store *store, const char *code, struct tl_err *err) TL_MUST_CHECK;

/* That the ledger has an account of a type, "income" or "expense". TL_ERR_NOT_FOUND, TL_ERR_INPUT. */
tl_status tl_account_check_type(struct tl_store *store, const char *code, const char *type,
                                struct tl_err *err) TL_MUST_CHECK;

/* Records the default chart in the open transaction. */
tl_status tl_account_record_chart(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Records an account in the open transaction; *added is false when it is recorded just so already. TL_ERR_CONFLICT: it
 * is recorded with another name or type, which never change. */
tl_status tl_account_record(bool *added, struct tl_store *store, const struct tl_account *account,
                            struct tl_err *err) TL_MUST_CHECK;

/* The ledger's accounts as known, by code, in the arena. */
tl_status tl_account_list(struct tl_account **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
