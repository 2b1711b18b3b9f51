/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Profiles: how a bank writes its tables. Which file comes from which bank is local knowledge, written down once.
 *
 *     profile: vores-bank
 *     account: 0040 0440116243
 *     encoding: ISO 8859-1          # or UTF-8
 *     separator: ";"                # or ","
 *     decimal: ","                  # or "."
 *     thousands: "."                # where the bank writes any: "." "," or " "
 *     date: DD-MM-YYYY              # or DD.MM.YYYY, DD/MM/YYYY, YYYY-MM-DD
 *     order: newest first           # or oldest first
 *     columns:
 *       date: Dato
 *       amount: Beløb
 *       text: Tekst
 *       balance: Saldo              # and where there are: reference, payer, payer account, currency
 */
#ifndef TILSLUT_EXCHANGE_BANK_PROFILE_H
#define TILSLUT_EXCHANGE_BANK_PROFILE_H

#include <stdbool.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

typedef enum tl_bank_column {
    TL_BANK_DATE,
    TL_BANK_AMOUNT,
    TL_BANK_TEXT,
    TL_BANK_REFERENCE,
    TL_BANK_PAYER,
    TL_BANK_PAYER_ACCOUNT,
    TL_BANK_BALANCE,
    TL_BANK_CURRENCY,
    TL_BANK_COLUMN_COUNT
} tl_bank_column;

struct tl_bank_profile {
    const char *name;    /* a code */
    const char *account; /* that the files are of, as tl_payee_has_account reads it */
    bool is_latin;       /* ISO 8859-1; else UTF-8 */
    bool newest_first;
    char separator;                            /* ; or , */
    char decimal;                              /* , or . */
    char thousands;                            /* . , or space; 0 for none */
    const char *date;                          /* the form, one of those above */
    const char *columns[TL_BANK_COLUMN_COUNT]; /* their titles in lower case; "" where there is none */
};

/* Reads a profile into the arena. TL_ERR_INPUT with file:line:column: what tl_yaml_read refuses; a setting that is
 * unknown (the hint names the nearest), missing or none of its values; the same mark for decimals and thousands; one
 * title for two columns. */
tl_status tl_bank_profile_read(struct tl_bank_profile *out, const struct tl_source *source, struct tl_arena *arena,
                               struct tl_err *err) TL_MUST_CHECK;

#endif
