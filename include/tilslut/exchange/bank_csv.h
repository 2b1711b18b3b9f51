/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Bank statements as tables (CSV), each read by the profile of its bank. Never guess: what the profile does not say is
 * an error that names the line.
 */
#ifndef TILSLUT_EXCHANGE_BANK_CSV_H
#define TILSLUT_EXCHANGE_BANK_CSV_H

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/bank_profile.h"
#include "tilslut/exchange/bank_statement.h"
#include "tilslut/exchange/source.h"

/* Reads a table into the arena, as one statement; `currency` is the one it must be in. Its identity is its first and
 * last day. Where the profile names the balance, each line's must follow from that of the line before. TL_ERR_INPUT
 * with file:line:column: what tl_csv_read refuses; another separator or encoding; a column that is missing; an amount
 * or date in another form than the profile's; an amount of zero; another currency; lines out of order; a balance that
 * does not follow; no line at all. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_bank_csv_read(struct tl_bank_file *out, const struct tl_source *source,
                           const struct tl_bank_profile *profile, const char *currency, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

#endif
