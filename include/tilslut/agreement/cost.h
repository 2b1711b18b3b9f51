/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Costs: what suppliers invoice, per product, cost account, period and task; registered by one person, approved and
 * thereby posted by another, paid later. (Domain: invoices are checked by one person and approved by another.)
 */
#ifndef TILSLUT_AGREEMENT_COST_H
#define TILSLUT_AGREEMENT_COST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

struct tl_cost {
    int64_t id; /* of its voucher */
    const char *product, *account;
    const char *supplier;      /* CVR */
    const char *supplier_name; /* NULL when registered: as recorded of a supplier of any product */
    const char *invoice;       /* the supplier's own number */
    int64_t line;              /* from 1, where one invoice is spread over several costs */
    struct tl_date invoiced_on;
    struct tl_date due_on;   /* none where nothing is said */
    struct tl_period period; /* when what it pays for is delivered */
    const char *issue;       /* of the task in the product's tracker, or "" */
    const char *text;
    struct tl_money net;    /* below zero for a supplier's credit note */
    struct tl_money vat;    /* of the same sign, or zero */
    const char *vat_code;   /* none, deducted, borne */
    const char *vat_reason; /* why deducted or borne, "" for none */
    int64_t corrects;       /* the cost a credit note takes back, or 0 */
    const char *role;       /* of hours, or "" */
    struct tl_ratio hours;  /* 0 where the amount was invoiced as such */
    int64_t rate_id;        /* 0 without hours */
    const char *working;    /* how the hours became the amount, or "" */
    /* What follows is read, not registered. */
    const char *state, *author, *ended_by, *reason; /* as in struct tl_voucher */
    struct tl_date holds_on;                        /* accounting date, when approved */
    struct tl_date paid_on;                         /* none while it is open */
    int64_t ended_act;                              /* that approved or rejected it; 0 while it is a draft */
};

/* Registers a cost in the open transaction. With a role, the amount is computed from the hours and the supplier's rate,
 * and `net` is left out. With `corrects`, it is a credit note whose amounts are given above zero and stored below.
 * TL_ERR_NOT_FOUND: no such product or account. TL_ERR_INPUT: a CVR number, an amount or a period that is none, an
 * account that is no cost account, VAT without a code and a reason. TL_ERR_MISSING: the supplier's name.
 * TL_ERR_CONFLICT: that line of that invoice is registered already (and not rejected). TL_ERR_STATE: a credit note of a
 * cost that is not approved, is another supplier's or product's, or would come to more than it. Statuses of
 * tl_supplier_rate_find. */
tl_status tl_cost_register(int64_t *id, struct tl_store *store, const struct tl_cost *cost,
                           struct tl_err *err) TL_MUST_CHECK;

/* Reads one, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_cost_find(struct tl_cost *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                       struct tl_err *err) TL_MUST_CHECK;

/* All costs of a product, or (NULL) of all, by number; in the arena. */
tl_status tl_cost_list(struct tl_cost **out, size_t *count, struct tl_store *store, const char *product,
                       struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The open creditor items: approved costs that are not paid, by due date, then number; in the arena. What is matched
 * with a line of the bank is then paid by tl_cost_pay. */
tl_status tl_cost_open(struct tl_cost **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                       struct tl_err *err) TL_MUST_CHECK;

/* What is paid for a cost: net and VAT; below zero for a credit note, which the supplier pays back. */
tl_status tl_cost_gross(struct tl_money *out, const struct tl_cost *cost, struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft that somebody else registered, and posts it on `date` (none: the invoice's): the expense of the
 * date's year at once, that of other years through prepaid and accrued costs by an entry in each year that names this
 * one; what is owed to the supplier; VAT as its code says. What falls on an earlier year that is closed is booked on
 * the date. *entries is how many. Statuses of tl_voucher_approve and tl_entry_post. */
tl_status tl_cost_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date date,
                          struct tl_err *err) TL_MUST_CHECK;

/* Posts the payment of an approved cost, all of it. The same again changes nothing: *already. TL_ERR_STATE: it is not
 * approved. TL_ERR_CONFLICT: it is paid on another date, or with another text. */
tl_status tl_cost_pay(int64_t *entry, bool *already, struct tl_store *store, int64_t id, struct tl_date date,
                      const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A check of tl_checks_all: the postings of each cost are those its row comes to, hours times rate give its amount, and
 * what is not approved is not posted. */
tl_status tl_cost_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
