/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Terms as a file that a steering group reads, compares and decides on.
 *
 *   product: os2valghalla
 *   from: 2026-01-01
 *   purpose: {da: ..., en: ...}                        or one text for both
 *   reference: {measure: population, date: 01-01 of the year before}
 *                                                      month-day of the same year, the year before or
 *                                                      the second year before the year that is billed
 *   classes: {Lille: below 25000, Mellem: up to 60000, Stor: the rest}
 *   notice: {months: 6, to: half-year}                 month, quarter, half-year or year
 *   payment: {days: 30}
 *   vat: {rate: 25%, reason: ...}                      or {outside: why} or {exempt: why}; for lines without their own
 *   lines:
 *     - id: maintenance
 *       name: {da: Vederlag, en: Annual contribution}   the id when left out
 *       covers: {da: ..., en: ...}
 *       kind: annual                                   or joining fee, one-off
 *       account: "00002"
 *       option: hosting                                only for those who chose it
 *       price: 30000                                   or {Lille: 22000, Mellem: not yet known, ...} or not yet known
 *       markup: {association member: 9%, other: 35%}
 *       waived for: funded-3.0
 *       budget: 1200000                                instead of price
 *       key: 25% equal + 75% population
 *       floor: 5000
 *       cap: 150000
 *       round to: 100                                  0.01 (the default), 1, 10 or 100 kroner
 *       vat: {outside: why}
 *
 * Amounts are what tl_money_parse accepts, excluding VAT, not negative.
 */
#ifndef TILSLUT_EXCHANGE_TERMS_YAML_H
#define TILSLUT_EXCHANGE_TERMS_YAML_H

#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/key/terms.h"

enum {
    TL_TERMS_LINES_MAX = 200,
    TL_TERMS_CLASSES_MAX = 50,
    TL_TERMS_KEYS_MAX = 50,
    TL_TERMS_EXAMPLES_MAX = 50,
    TL_TERMS_DECIMALS_MAX = 10,
    TL_TERMS_PAYMENT_DAYS_MAX = 365,
    TL_TERMS_NOTICE_MONTHS_MAX = 120
};

/* Reads terms; *out is overwritten, owns an arena and is to be released, also when nothing was read.
 * Every refusal says file:line:column, inside a key also the column of the key's mistake.
 * TL_ERR_INPUT: what tl_yaml_read refuses, and anything that is not as above (an unknown key's hint names the
 * nearest). TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_terms_yaml_read(struct tl_terms *out, const struct tl_source *source, struct tl_err *err) TL_MUST_CHECK;

/* Recomputes the worked examples of terms that were read from the file `name`. TL_ERR_INPUT with file and line when
 * an amount is not what the terms give; the statuses of tl_alloc when an example cannot be allocated. Terms that are
 * adopted have passed this, so reading them again needs no second check. */
tl_status tl_terms_yaml_check(const struct tl_terms *terms, const char *name, struct tl_err *err) TL_MUST_CHECK;

#endif
