/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The way back from an amount: to the run that charged it, its working, the figures with their sources, the terms with
 * the line in their text, the decision with its minutes, and for each of them who recorded it when, under which seal.
 * Only what is stored is told; that it is what was sealed is proved by the checks.
 */
#ifndef TILSLUT_AGREEMENT_TRACE_H
#define TILSLUT_AGREEMENT_TRACE_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* One step of the way. Texts are "" where there is none. */
struct tl_trace_step {
    const char *what; /* line, entry, seal, run, approved, figure, member, pledge, terms, decision, document,
                         bank, statement, match: static */
    const char *says;
    const char *see; /* a command that shows it */
    int64_t act;     /* that recorded it; 0 when it was not recorded by an act of its own */
    const char *actor, *recorded_at, *command;
    const char *seal; /* of that act, 64 hexadecimal digits */
};

struct tl_trace {
    struct tl_trace_step *steps;
    size_t count, capacity;
};

/* The way of everything in an entry; in the arena, as below. TL_ERR_NOT_FOUND. */
tl_status tl_trace_entry(struct tl_trace *out, struct tl_store *store, int64_t entry, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;

/* The way of what a party was charged for a line of the terms in a year, by whatever runs, drafts among them.
 * TL_ERR_NOT_FOUND when no run has such a line. */
tl_status tl_trace_line(struct tl_trace *out, struct tl_store *store, const char *party, int year, const char *line,
                        struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The way of what has this number: the latest version of an issued document, or the entries with the reference
 * (betalings-ID) that an invoice or statement prints. TL_ERR_NOT_FOUND. */
tl_status tl_trace_number(struct tl_trace *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* The way of a line of the bank: its statement, the entry that it was matched with, and the charges with the reference
 * of that entry. TL_ERR_NOT_FOUND. */
tl_status tl_trace_bank_line(struct tl_trace *out, struct tl_store *store, int64_t line, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
