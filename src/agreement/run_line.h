/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The lines of a billing run: what one member is charged for one line, with the whole working. Columns are named
 * once, here; the struct, the statements and the digest follow from the list.
 */
#ifndef TILSLUT_AGREEMENT_RUN_LINE_H
#define TILSLUT_AGREEMENT_RUN_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/alloc.h"
#include "tilslut/store/store.h"

/* T: a text, I: a whole number; in the order of the table's columns after run_id and seq. */
#define TL_RUN_LINE_COLUMNS(T, I)                                                                                      \
    T(party_code)                                                                                                      \
    T(line_id)                                                                                                         \
    T(account_code)                                                                                                    \
    T(period_first)                                                                                                    \
    T(period_last)                                                                                                     \
    T(measure)                                                                                                         \
    T(measure_date)                                                                                                    \
    T(measure_value)                                                                                                   \
    T(measure_source)                                                                                                  \
    T(size_class)                                                                                                      \
    I(price_minor)                                                                                                     \
    T(markup)                                                                                                          \
    T(waived)                                                                                                          \
    T(key)                                                                                                             \
    I(budget_minor)                                                                                                    \
    T(weight)                                                                                                          \
    T(weight_sum)                                                                                                      \
    T(share)                                                                                                           \
    T(exact_minor)                                                                                                     \
    T(time)                                                                                                            \
    T(carried_in)                                                                                                      \
    T(carried_out)                                                                                                     \
    T(working)                                                                                                         \
    I(net_minor)                                                                                                       \
    T(vat_code)                                                                                                        \
    T(vat_rate)                                                                                                        \
    T(vat_reason)                                                                                                      \
    I(vat_minor)

#define TL_RUN_LINE_TEXT(name) const char *name;
#define TL_RUN_LINE_NUMBER(name) int64_t name;
struct tl_run_line {
    TL_RUN_LINE_COLUMNS(TL_RUN_LINE_TEXT, TL_RUN_LINE_NUMBER)
};
#undef TL_RUN_LINE_TEXT
#undef TL_RUN_LINE_NUMBER

struct tl_run_lines {
    struct tl_run_line *items; /* by party, then order of the terms */
    size_t count;
};

/* The lines that an allocation comes to, with VAT, but for lines whose price is not yet known. In the arena. */
tl_status tl_run_lines_compute(struct tl_run_lines *out, const struct tl_allocation *allocation, struct tl_arena *arena,
                               struct tl_err *err) TL_MUST_CHECK;

/* Stores and reads the lines of a run. */
tl_status tl_run_lines_store(struct tl_store *store, int64_t run, const struct tl_run_lines *lines,
                             struct tl_err *err) TL_MUST_CHECK;
tl_status tl_run_lines_read(struct tl_run_lines *out, struct tl_store *store, int64_t run, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;
/* Only those of one party. */
tl_status tl_run_lines_read_party(struct tl_run_lines *out, struct tl_store *store, int64_t run, const char *party,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The digest that an approved run's entries carry as their evidence: of product, year, the hash of the terms and
 * every column of every line. */
tl_status tl_run_lines_digest(struct tl_digest *out, const struct tl_run_lines *lines, const char *product, int year,
                              const struct tl_digest *terms, struct tl_err *err) TL_MUST_CHECK;

#endif
