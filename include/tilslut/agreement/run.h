/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Billing runs: a draft that changes nothing that is owed, and its approval by somebody else than its author, which
 * posts one balanced entry per member, each with an invoice or credit note.
 *
 * A run of a period bills what members owe for the year up to the end of the period, less what is billed of it
 * already. So nothing is billed twice, a run after a change bills or credits the difference, and any order of runs,
 * changes and credit notes ends at the same total. A one-off run bills some lines that are charged once. A run of
 * pledges calls in what is pledged to a project that was decided on, each pledge once, whatever the year, from members
 * and others; to the account of one-off contributions, with the VAT of the terms' lines there. A credit run takes back
 * what an invoice charged.
 *
 * A settlement shares out what a budgeted line cost in the year, by the same key, and bills or credits the difference
 * to what was paid on account; every run of the year after it takes that cost for the line's budget.
 *
 * A run is draft, approved or discarded. It is approved and posted in one step, so there is no state between.
 */
#ifndef TILSLUT_AGREEMENT_RUN_H
#define TILSLUT_AGREEMENT_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/role.h"
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
    const char *kind; /* period, one-off, pledges, credit, settlement */
    struct tl_period period;
    const char *members, *lines, *left_out;   /* codes with a comma between; "" for all, of left_out for none; the lines
                                                 of pledges are the project */
    const char *corrects, *reason, *evidence; /* of a credit note: the number of the invoice, and why; "" else */
    const char *state;                        /* draft, approved, discarded */
    const char *author, *drafted_at;
    const char *ended_by; /* who approved or discarded it, or "" */
    size_t member_count;
    struct tl_money net, vat;
    const char *accounts;   /* of a settlement: of the costs, with a comma between; "" else */
    struct tl_money actual; /* that they came to */
    struct tl_digest digest;
};

/* What is to be billed. Counts may be 0. Borrowed. */
struct tl_run_request {
    const char *product;
    int year;
    const char *period;         /* H1, Q3 (key/billing.h); NULL: the year, where the terms bill yearly */
    const char *const *members; /* these only, such as late joiners */
    size_t member_count;
    const char *const *lines; /* a one-off run of these lines, which are charged once; `period` is not used */
    size_t line_count;
    const char *const *left_out; /* lines whose price is not yet known, left out on purpose */
    size_t left_out_count;
    const char *pledges_to; /* calls in the pledges to this project, of all or of some parties; the rest is not used */
};

/* Drafts a run in the open transaction.
 * TL_ERR_CONFLICT: nothing has changed since the year was billed, more than the period is billed, or a draft of the
 * same kind waits. TL_ERR_MISSING: no terms, no members, nothing to bill, or what tl_alloc misses. TL_ERR_NOT_FOUND: a
 * member, line or project that is none, or a party without a pledge. TL_ERR_STATE: a line that is not charged once, or
 * whose price is known; pledges that don't bind yet.
 * Statuses of tl_billing_period. */
tl_status tl_run_draft_request(int64_t *id, struct tl_store *store, const struct tl_run_request *request,
                               struct tl_err *err) TL_MUST_CHECK;
/* The same for a product's year. */
tl_status tl_run_draft(int64_t *id, struct tl_store *store, const char *product, int year,
                       struct tl_err *err) TL_MUST_CHECK;

/* Drafts a credit note in the open transaction: of an invoice, or of one line of it (NULL: all), as far as it is not
 * credited already; never more than what is billed of the line in the year.
 * TL_ERR_NOT_FOUND: no such invoice or line. TL_ERR_STATE: a credit note, or nothing left to credit. TL_ERR_MISSING: no
 * reason or no evidence. TL_ERR_CONFLICT: a draft that credits the invoice waits. */
tl_status tl_run_draft_credit(int64_t *id, struct tl_store *store, const char *invoice, const char *line,
                              const char *reason, const char *evidence, struct tl_err *err) TL_MUST_CHECK;

/* What is to be settled. Borrowed. */
struct tl_run_settlement {
    const char *product;
    int year;
    const char *line;            /* of the terms: a yearly budget */
    const char *const *accounts; /* of its costs */
    size_t account_count;
    const char *decision; /* who decided that the accounts are the line's, and that it is settled */
};

/* Drafts the settlement of what was paid on account for a line, in the open transaction; it is approved and discarded
 * as any run.
 * TL_ERR_STATE: the year has not ended by `today`, is not billed whole or is closed, the line is no yearly budget, a
 * cost of the accounts waits for approval, they come to less than zero, or to what was paid. TL_ERR_CONFLICT: an
 * account is settled with another line, or a draft waits. TL_ERR_NOT_FOUND: no such line or account. Statuses of
 * tl_decision_parse and tl_alloc. */
tl_status tl_run_draft_settlement(int64_t *id, struct tl_store *store, const struct tl_run_settlement *settlement,
                                  struct tl_date today, struct tl_err *err) TL_MUST_CHECK;

/* Something that stands in the way of an approval. */
struct tl_obstacle {
    const char *text; /* line 'connection' has a price that is not yet known */
    const char *hint; /* what to do about it */
};

/* What stands in the way of a draft, as things are now; in the arena. */
tl_status tl_run_obstacles(struct tl_obstacle **out, size_t *count, struct tl_store *store, const struct tl_run *run,
                           struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* What a run comes to, by line and by VAT code; in the arena. */
struct tl_run_sum {
    const char *line_id, *vat_code, *vat_rate; /* line_id is "" in the sums by VAT code */
    size_t member_count;
    struct tl_money owed;   /* for the year up to the end of the period, by the members of the run */
    struct tl_money billed; /* of it already; not above zero */
    struct tl_money net, vat;
};
tl_status tl_run_sums_by_line(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                              struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_run_sums_by_vat(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* What it comes to for each member; line_id is the member's code. */
tl_status tl_run_sums_by_member(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Approves a draft in the open transaction, whose actor must not be its author, and posts its entries dated `date`
 * (none: today, or the nearer end of the year). *entries is how many. Where the rule of the product (role.h) asks for
 * an internal and an external approver, the first of them leaves it a draft, with 0 entries; `date` is then not kept.
 * TL_ERR_STATE: it is no draft, its author approves it, or somebody who may not, the facts behind it have changed
 * since, or something stands in the way. TL_ERR_INPUT: a date outside the year. TL_ERR_NOT_FOUND. */
tl_status tl_run_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date today,
                         struct tl_date date, struct tl_err *err) TL_MUST_CHECK;

/* An approval of a run where there are roles. */
struct tl_run_approval {
    tl_role role;
    const char *by, *at;
};
struct tl_run_approvals {
    struct tl_run_approval *items;
    size_t count;
};
/* Those of a run, in their order; in the arena. */
tl_status tl_run_approvals_read(struct tl_run_approvals *out, struct tl_store *store, int64_t run,
                                struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* Whose approval of a draft is still to come, as a sentence ("approver is anna (external)"), in the arena; "" where
 * there are no roles. */
tl_status tl_run_awaited(const char **out, struct tl_store *store, const struct tl_run *run, struct tl_date today,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

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
