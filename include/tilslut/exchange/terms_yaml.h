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
 *   follows: {prices: steering group, text: new signature, days: 90}
 *                                                      each by the steering group or with a new signature
 *   payment: {days: 30}
 *   vat: {rate: 25%, reason: ...}                      or {outside: why} or {exempt: why}; for lines without their own
 *   keys: {usage: "sum(population, 1.8 * area)"}       names for keys, to use in lines and in keys further down
 *   lines:
 *     - id: maintenance
 *       name: {da: Vederlag, en: Annual contribution}   the id when left out
 *       covers: {da: ..., en: ...}
 *       kind: annual                                   or joining fee, one-off
 *       account: "00002"
 *       option: hosting                                only for those who chose it
 *       group: small-islands                           only for those in it
 *       pro rata: days                                 none (the default), days, months, quarters or half-year rule
 *       price: 30000                                   or one of
 *         not yet known
 *         {Lille: 22000, Mellem: not yet known, ...}   per size class
 *         3.85 per population                          per unit of a figure or a key
 *         {by population: {up to 20000: 10000, below 50000: 18000, above: 30000}}
 *       price by signing: {until 2020-02-01: 60000, later: 120000}
 *                                                      instead of price; each is a price as above
 *       markup: {association member: 9%, other: 35%}
 *       passive: 1/3                                   what passive members pay of the price
 *       rebates: {funded-2.0: 30000, funded-2.5: 25%}  for members with the tag
 *       waived for: funded-3.0
 *       budget: 1200000                                instead of price
 *       key: 25% equal + 75% population
 *       first: [{member: 0751, share: 25%, also in key: yes}, {account: "00003", amount: 10000}]
 *       agreed: {0101: {amount: 100000, reason: ...}, 0461: 50000}
 *       floor: 5000                                    or 0.5% of the budget
 *       cap: 150000                                    or 20%
 *       published decimals: 5                          shares are percents with so many decimals
 *       rounding: each period                          or carried (the default) from one period to the next
 *       round to: 100                                  0.01 (the default), 1, 10 or 100 kroner
 *       index: {name: KL-PL, base: 2024-01-01, date: 01-01 of the same year, round to: 1, rounding: up}
 *                                                      rounding: nearest (the default), up or down
 *       vat: {outside: why}
 *   examples:
 *     - name: Budget 2026 as minuted
 *       year: 2026
 *       period: {from: 2026-01-01, to: 2026-03-31}     the year when left out
 *       index: {KL-PL: {2024-01-01: 115.2, 2026-01-01: 118.3}}
 *       members:
 *         0751: {population: 373388, association: member, with: [hosting], signed: 2025-11-03, from: 2026-01-01}
 *         0825: {population: 1719, until: 2026-06-30, passive: yes, class: Lille, frozen: Lille until 2029,
 *                waivers: [funded-2.0], groups: [small-islands], with: {hosting: 2026-07-01}}
 *       amounts: {0751: {development: 812345.00, maintenance: 56680}, 0825: 414395}
 *                                                      per line, or one for all lines
 *       total: {development: 1200000}                  what the members pay together
 *
 * A figure of an example holds on the reference date of its year; a member is one since ever unless `from` says when.
 * examples/terms-reference.md explains each key.
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
    TL_TERMS_NOTICE_MONTHS_MAX = 120,
    TL_TERMS_FOLLOWS_DAYS_MAX = 730
};

/* Reads terms; *out is overwritten, owns an arena and is to be released, also when nothing was read.
 * Every refusal says file:line:column, inside a key also the column of the key's mistake.
 * TL_ERR_INPUT: what tl_yaml_read refuses, anything that is not as above (an unknown key's hint names the
 * nearest), and what does not go together, such as a rebate on a budget. TL_ERR_MISSING: `..` for a number.
 * TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_terms_yaml_read(struct tl_terms *out, const struct tl_source *source, struct tl_err *err) TL_MUST_CHECK;

/* Recomputes the worked examples of terms that were read from the file `name`. TL_ERR_INPUT with file and line when
 * an amount is not what the terms give; the statuses of tl_alloc when an example cannot be allocated. Terms that are
 * adopted have passed this, so reading them again needs no second check. */
tl_status tl_terms_yaml_check(const struct tl_terms *terms, const char *name, struct tl_err *err) TL_MUST_CHECK;

#endif
