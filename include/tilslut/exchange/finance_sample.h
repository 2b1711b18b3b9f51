/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Holding a file that a receiver gave as an example against a profile: where the file is written otherwise than the
 * profile would write it.
 */
#ifndef TILSLUT_EXCHANGE_FINANCE_SAMPLE_H
#define TILSLUT_EXCHANGE_FINANCE_SAMPLE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/finance_profile.h"
#include "tilslut/exchange/source.h"

enum { TL_FINANCE_SAMPLE_MAX = 4 * 1024 * 1024, TL_FINANCE_DIFFERENCES_MAX = 100 };

struct tl_finance_difference {
    size_t line, column; /* from 1, columns in characters; 0 where it is of the whole file */
    const char *message;
};

struct tl_finance_sample {
    const struct tl_finance_difference *differences; /* at most TL_FINANCE_DIFFERENCES_MAX, in the order of the file */
    size_t difference_count;
    size_t row_count; /* without the header */
};

/* Looks at encoding, byte order mark, line ends, separator, header, and in each column at the form of dates, amounts
 * and numbers (the first that differs of each column). In the arena. TL_ERR_INPUT: the file is empty, or no text (NUL).
 * TL_ERR_RANGE: it is longer than TL_FINANCE_SAMPLE_MAX. TL_ERR_MEMORY. */
tl_status tl_finance_sample_check(struct tl_finance_sample *out, const struct tl_finance_profile *profile,
                                  const struct tl_source *source, struct tl_arena *arena,
                                  struct tl_err *err) TL_MUST_CHECK;

#endif
