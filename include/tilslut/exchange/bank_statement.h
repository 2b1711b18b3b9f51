/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a bank says of an account: statements with their lines and balances, whatever file they came in.
 */
#ifndef TILSLUT_EXCHANGE_BANK_STATEMENT_H
#define TILSLUT_EXCHANGE_BANK_STATEMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"

/* One transaction; an entry of the bank that gathers several is several lines. "" where nothing is said. */
struct tl_bank_line {
    size_t line;  /* of the file, from 1 */
    size_t entry; /* of the statement, from 1 */
    struct tl_date booked_on;
    struct tl_money amount; /* received positive, paid out negative; never zero */
    bool is_reversal;       /* it takes an earlier one back */
    const char *reference;  /* the structured payment reference */
    const char *text;
    const char *payer, *payer_account, *payer_cvr; /* of the other side */
    const char *bank_reference;
};

struct tl_bank_statement {
    size_t line;          /* of the file, from 1 */
    const char *identity; /* the bank's own, or the days of a file without one; unique for the account */
    const char *account;  /* as the file writes it */
    struct tl_date first, last;
    bool has_balances;
    struct tl_money opening, closing;
    struct tl_bank_line *lines; /* as booked, the oldest first */
    size_t line_count;
    size_t pending_count; /* entries that are not booked yet and are left out */
};

/* A file may hold several statements. */
struct tl_bank_file {
    const char *format; /* camt.053.001.02, camt.053.001.08, csv */
    struct tl_bank_statement *statements;
    size_t count;
};

/* That the lines take the opening balance to the closing one, and that no line is there twice (same bank reference,
 * day, amount and text). TL_ERR_INPUT with file and line. */
tl_status tl_bank_statement_check(const struct tl_bank_statement *statement, const char *file_name,
                                  struct tl_err *err) TL_MUST_CHECK;

/* The digest of all that a statement says, but for the lines of the file it stands on. */
tl_status tl_bank_statement_digest(struct tl_digest *out, const struct tl_bank_statement *statement,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
