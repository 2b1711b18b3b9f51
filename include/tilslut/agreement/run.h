/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Billing runs: a draft that changes nothing that is owed, and its approval by somebody else than its author, which
 * posts one balanced entry per member.
 */
#ifndef TILSLUT_AGREEMENT_RUN_H
#define TILSLUT_AGREEMENT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* A run as recorded. */
struct tl_run {
    int64_t id, terms_id, act;
    const char *product;
    int year;
    const char *state; /* draft, approved, discarded */
    const char *author, *drafted_at;
    const char *ended_by; /* who approved or discarded it, or "" */
    size_t member_count;
    struct tl_money net, vat;
    struct tl_digest digest;
};

/* Drafts the run of a product for a year in the open transaction.
 * TL_ERR_STATE: its prices need signatures that are lacking. TL_ERR_CONFLICT: the year is billed, or a draft of it waits. TL_ERR_MISSING: no terms, no members, nothing to bill,
 * or what tl_alloc misses. */
tl_status tl_run_draft(int64_t *id, struct tl_store *store, const char *product, int year,
                       struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft in the open transaction, whose actor must not be its author, and posts its entries dated `date`
 * (none: today, or the nearer end of the year). *entries is how many.
 * TL_ERR_STATE: it is no draft, its author approves it, or the facts behind it have changed since. TL_ERR_INPUT: a date
 * outside the year. TL_ERR_NOT_FOUND. */
tl_status tl_run_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date today,
                         struct tl_date date, struct tl_err *err) TL_MUST_CHECK;

/* Discards a draft in the open transaction. TL_ERR_STATE, TL_ERR_NOT_FOUND. */
tl_status tl_run_discard(struct tl_store *store, int64_t id, struct tl_err *err) TL_MUST_CHECK;

/* Reads a run, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_run_find(struct tl_run *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                      struct tl_err *err) TL_MUST_CHECK;

/* All runs by number, in the arena. */
tl_status tl_run_list(struct tl_run **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                      struct tl_err *err) TL_MUST_CHECK;

/* Computes every run again from what was known when it was drafted, and compares it with what is stored, with its
 * digest, and with the entries that it posted. */
tl_status tl_run_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
