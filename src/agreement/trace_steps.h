/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files of the trace share: the list of steps, and the ways that begin at a run or at a product.
 */
#ifndef TILSLUT_AGREEMENT_TRACE_STEPS_H
#define TILSLUT_AGREEMENT_TRACE_STEPS_H

#include "tilslut/agreement/trace.h"

/* A trace being written. */
struct tl_trace_pen {
    struct tl_trace *trace;
    struct tl_store *store;
    struct tl_arena *arena;
};

/* Adds a step, with who recorded it when; a NULL text tells that memory is gone. The same step twice is told once. */
tl_status tl_trace_add(struct tl_trace_pen *pen, const char *what, int64_t act, const char *says, const char *see,
                       struct tl_err *err) TL_MUST_CHECK;

/* An entry with its postings, seal and line of the bank, and what its run rests on. TL_ERR_NOT_FOUND. */
tl_status tl_trace_entry_steps(struct tl_trace_pen *pen, int64_t entry, struct tl_err *err) TL_MUST_CHECK;
/* The line of the bank that an entry was matched with, its statement and the match; nothing where there is none. */
tl_status tl_trace_line_of_entry(struct tl_trace_pen *pen, int64_t entry, struct tl_err *err) TL_MUST_CHECK;

/* The lines of a run for a party, one line of the terms or (NULL) all; *found when there is one. */
tl_status tl_trace_run_lines(bool *found, struct tl_trace_pen *pen, int64_t run, const char *party, const char *line,
                             struct tl_err *err) TL_MUST_CHECK;
/* What those lines rest on: the run with its approval, the figures, the membership, the terms and their decision. */
tl_status tl_trace_run_grounds(struct tl_trace_pen *pen, int64_t run, const char *party, const char *line,
                               struct tl_err *err) TL_MUST_CHECK;

/* A party's membership of a product, as far as an act knew it. */
tl_status tl_trace_membership(struct tl_trace_pen *pen, const char *product, const char *party, int64_t known,
                              struct tl_err *err) TL_MUST_CHECK;
/* A version of terms with one of its lines or (NULL) none, and its decision. */
tl_status tl_trace_terms(struct tl_trace_pen *pen, int64_t terms, const char *line, struct tl_err *err) TL_MUST_CHECK;

#endif
