/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The lines of a billing run: what one member is charged for one line, with the whole working. Columns are named
 * once, here; the struct, the statements and the digest follow from the list.
 */
#ifndef TILSLUT_AGREEMENT_RUN_LINE_H
#define TILSLUT_AGREEMENT_RUN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/store/store.h"

/* What a line is (column part): a share of what the allocation comes to for the year up to the end of the run; what is
 * billed of that already, taken off; or what a credit note credits. */
#define TL_RUN_PART_SHARE "share"
#define TL_RUN_PART_BILLED "billed"
#define TL_RUN_PART_CREDIT "credit"

/* T: a text, I: a whole number; in the order of the table's columns after run_id and seq. */
#define TL_RUN_LINE_COLUMNS(T, I)                                                                                      \
    T(party_code)                                                                                                      \
    T(line_id)                                                                                                         \
    T(part)                                                                                                            \
    T(account_code)                                                                                                    \
    T(order_reference)                                                                                                 \
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
    I(gross_minor)                                                                                                     \
    I(reduced_minor)                                                                                                   \
    T(reduced_for)                                                                                                     \
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

/* Whether two lines of a run go on the same invoice. */
bool tl_run_line_is_invoiced_with(const struct tl_run_line *a, const struct tl_run_line *b);

struct tl_run_lines {
    struct tl_run_line *items; /* by party and order reference, then order of the terms */
    size_t count;
};

/* Stores and reads the lines of a run. */
tl_status tl_run_lines_store(struct tl_store *store, int64_t run, const struct tl_run_lines *lines,
                             struct tl_err *err) TL_MUST_CHECK;
tl_status tl_run_lines_read(struct tl_run_lines *out, struct tl_store *store, int64_t run, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;
/* Only those of one party. */
tl_status tl_run_lines_read_party(struct tl_run_lines *out, struct tl_store *store, int64_t run, const char *party,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Only those of the invoice or credit note that an entry has. */
tl_status tl_run_lines_read_entry(struct tl_run_lines *out, struct tl_store *store, int64_t entry,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Adds every column of every line to what a run's digest is of. */
void tl_run_lines_write(struct tl_buf *buf, const struct tl_run_lines *lines);

#endif
