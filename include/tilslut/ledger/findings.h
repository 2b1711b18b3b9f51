/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a check found wrong: a list of sentences, each under the name of its check.
 */
#ifndef TILSLUT_LEDGER_FINDINGS_H
#define TILSLUT_LEDGER_FINDINGS_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

struct tl_finding {
    const char *check; /* static */
    const char *text;
};

enum { TL_FINDINGS_MAX = 200 };

struct tl_findings {
    struct tl_arena arena;
    struct tl_finding *items;
    size_t count, capacity;
    size_t left_out; /* beyond TL_FINDINGS_MAX, counted only */
};

#define TL_FINDINGS_EMPTY                                                                                              \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

void tl_findings_release(struct tl_findings *findings);

/* Adds a finding. TL_ERR_MEMORY. */
tl_status tl_findings_add(struct tl_findings *findings, struct tl_err *err, const char *check, const char *format, ...)
    TL_PRINTF(4, 5) TL_MUST_CHECK;

#endif
