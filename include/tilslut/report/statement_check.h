/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Checks a statement's workbook without the ledger, for whoever received it: that its sums, VAT and balances hold, that
 * each amount follows from the evidence beside it, that all sheets say the same, and that the control sum is that of
 * what the file says. That a statement agrees with itself does not prove that it is the one that was issued: its
 * control sum and the head of the chain, held against what the ledger's owner prints elsewhere, do.
 */
#ifndef TILSLUT_REPORT_STATEMENT_CHECK_H
#define TILSLUT_REPORT_STATEMENT_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/money/money.h"

/* Something that does not hold: where, what the cell says, and what it should. Texts lie in the arena. */
struct tl_statement_flaw {
    const char *sheet, *cell, *what, *says, *should;
};

enum { TL_STATEMENT_FLAWS_MAX = 100 };

struct tl_statement_checked {
    const char *document, *owner, *holder; /* KU-2026-0751, version 1; codes */
    struct tl_period period;
    struct tl_money closing, total;
    size_t line_count, amount_count; /* lines of the account; amounts that were recomputed or compared */
    const char *control_sum;         /* as the file says it */
    int64_t head_entry;              /* 0 for none */
    struct tl_digest head;
    struct tl_statement_flaw *flaws;
    size_t flaw_count, left_out; /* beyond TL_STATEMENT_FLAWS_MAX */
};

/* Checks a file; TL_OK also where flaws are found. TL_ERR_INPUT: no statement that tilslut wrote. Statuses of
 * tl_workbook_file_read. */
tl_status tl_statement_check_file(struct tl_statement_checked *out, const struct tl_source *source,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
