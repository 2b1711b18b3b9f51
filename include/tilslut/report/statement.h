/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What must hold of a statement before it may leave the house, and what makes two of them the same.
 */
#ifndef TILSLUT_REPORT_STATEMENT_H
#define TILSLUT_REPORT_STATEMENT_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"

/* TL_OK when the statement foots: the net and VAT of each row make its gross, charges and credits make `charges`,
 * payments make `payments`, opening + charges + payments = closing, and every row lies in the period and comes in
 * the order of dates; what is open makes the closing balance, where ages are told, and the members' accounts make the
 * product's. TL_ERR_BROKEN names the first sum that does not hold; TL_ERR_RANGE. */
tl_status tl_statement_check(const struct tl_statement *statement, struct tl_err *err) TL_MUST_CHECK;

/* What a statement sums up to, as its first page tells it; all gross but `net`. */
struct tl_statement_summary {
    struct tl_money purposes[TL_PURPOSE_COUNT]; /* of charges */
    struct tl_money charged, credited;          /* together `charges` of the statement */
    struct tl_money net;                        /* of charges and credits */
    size_t line_count;                          /* rows that are no payments */
};
tl_status tl_statement_sum_up(struct tl_statement_summary *out, const struct tl_statement *statement,
                              struct tl_err *err) TL_MUST_CHECK;

/* Words for people; static. Opkrævning, Indbetaling, Kreditnota; Regulering for what is no charge of a run and yet adds
 * to the debt. */
const char *tl_statement_kind_name(const struct tl_statement_row *row, bool is_english);
const char *tl_statement_purpose_name(tl_purpose purpose, bool is_english);
/* `Ikke forfaldent`, `1-30 dage over` and so on; the last one is what is kept on the account. */
const char *tl_statement_age_name(size_t age, bool is_english);

/* `2026`, `1. halvår 2026`, `3. kvartal 2026`, or both dates; in the arena, NULL when memory is gone. */
const char *tl_statement_period_name(struct tl_period period, bool is_english, struct tl_arena *arena);
/* The same within a number: `2026`, `2026H1`, `2026Q3`, `2026-03`, `20260101-20260930`. */
const char *tl_statement_period_code(struct tl_period period, struct tl_arena *arena);
/* Whose account it is: the member, or the product. */
const char *tl_statement_holder(const struct tl_statement *statement);
const char *tl_statement_holder_code(const struct tl_statement *statement);

/* The SHA-256 of what the statement says, apart from what an issue says of itself (number, version, date, head of
 * the chain) and from what is as of its day (ages, the year to come, where to pay): equal exactly when a new issue
 * would say nothing new. Every field goes in with its length in front, so that no two contents share their bytes; NULL
 * and "" are the same. TL_ERR_MEMORY. */
tl_status tl_statement_digest(struct tl_digest *out, const struct tl_statement *statement,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
