/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The lines of a run while they are made: put down one by one, then ordered and taxed.
 */
#ifndef TILSLUT_AGREEMENT_RUN_ROW_H
#define TILSLUT_AGREEMENT_RUN_ROW_H

#include <stddef.h>

#include "run_billed.h"
#include "run_line.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/money/ratio.h"

struct tl_run_row {
    struct tl_run_line line;
    size_t order; /* of the line in the terms, then of the share */
    struct tl_ratio vat_rate;
};

struct tl_run_rows {
    struct tl_arena *arena;
    struct tl_run_row *items;
    size_t count, capacity;
};

/* What a member owes by one share of the allocation. */
tl_status tl_run_rows_add_share(struct tl_run_rows *rows, const struct tl_line_result *result,
                                const struct tl_share *share, struct tl_err *err) TL_MUST_CHECK;
/* What is billed already, taken off in a run of a period. */
tl_status tl_run_rows_add_billed(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 struct tl_err *err) TL_MUST_CHECK;
/* What a party owes that no terms allocate, such as a pledge: an amount with the party, line, account and VAT of
 * `billed`, whose amounts are not looked at. */
tl_status tl_run_rows_add_amount(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 int64_t net_minor, struct tl_err *err) TL_MUST_CHECK;
/* What a credit note takes back of what was billed by an order ("": its only one); its VAT is given. */
tl_status tl_run_rows_add_credit(struct tl_run_rows *rows, const struct tl_run_billed *billed, struct tl_period period,
                                 int64_t net_minor, int64_t vat_minor, const char *order,
                                 struct tl_err *err) TL_MUST_CHECK;

/* The lines by party, with VAT: it is computed on the sum of an invoice's lines of one code and rate, and rounded once,
 * as an invoice states it (EN 16931, BR-CO-17, BR-S-09); the lines get their parts of it by largest remainder. So what
 * the ledger takes for VAT is to the øre what the invoice says. */
tl_status tl_run_rows_finish(struct tl_run_lines *out, struct tl_run_rows *rows, struct tl_err *err) TL_MUST_CHECK;
/* The same without VAT being computed. */
tl_status tl_run_rows_finish_as_given(struct tl_run_lines *out, struct tl_run_rows *rows,
                                      struct tl_err *err) TL_MUST_CHECK;

#endif
