/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Worked examples: a steering group's own numbers, written beside the terms they follow from. Who checks the terms
 * recomputes them; terms that break their own examples are not the terms that were meant.
 */
#ifndef TILSLUT_KEY_EXAMPLE_H
#define TILSLUT_KEY_EXAMPLE_H

#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/key/terms.h"
#include "tilslut/money/money.h"

/* An amount that an example states. */
struct tl_example_amount {
    const char *member;  /* code; NULL: of all members together */
    const char *line_id; /* NULL: of all lines together */
    struct tl_money amount;
    size_t source_line; /* of the terms file, for messages */
};

/* Everything lies in the arena of the terms. */
struct tl_example {
    const char *name;
    int year;
    struct tl_period period; /* none: the year */
    const struct tl_member *members;
    size_t member_count;
    const struct tl_index_value *index_values;
    size_t index_value_count;
    const struct tl_example_amount *amounts;
    size_t amount_count;
    size_t source_line;
};

/* Allocates the lines that the example speaks of (all, where it states an amount of all lines together) over its
 * members, and compares every amount it states.
 * TL_ERR_INPUT: one is not what the terms give; the message has the example, member, line and both amounts, the hint
 * how the terms come to theirs. Other statuses: the example cannot be allocated, as tl_alloc says. On failure
 * *source_line is the line of the terms file to point at. */
tl_status tl_example_check(size_t *source_line, const struct tl_terms *terms, const struct tl_example *example,
                           struct tl_err *err) TL_MUST_CHECK;

#endif
