/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Instalments (rater): what an allocation charges, paid in parts. A table of members x lines x instalments that
 * agrees in every direction, to the øre: each member's instalments sum to what it pays, each line's to the line, and
 * members, lines and instalments to the same total.
 */
#ifndef TILSLUT_KEY_INSTALMENT_H
#define TILSLUT_KEY_INSTALMENT_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

/* One line in instalments. */
struct tl_instalment_line {
    const struct tl_line_result *result;
    struct tl_money *amounts; /* share s in instalment i: amounts[s * count + i] */
    struct tl_money *totals;  /* of the line, per instalment */
};

struct tl_instalments {
    struct tl_arena arena;
    const struct tl_allocation *allocation; /* borrowed */
    size_t count;                           /* of instalments */
    struct tl_instalment_line *lines;       /* as in the allocation; lines whose price is not known have zeros */
    struct tl_money *totals;                /* of all lines, per instalment */
};

enum { TL_INSTALMENTS_MAX = 366 };

/* Splits an allocation into `count` instalments by `parts`, which sum to 1: {1/2, 1/2}, {1/4, 1/4, 1/4, 1/4}.
 *
 * Line by line, an instalment is a largest remainder of what each member owes up to and with it, less what it was
 * charged before; so that after each instalment everybody has paid its exact part to less than an øre, and nobody
 * pays anything back on the way.
 * TL_ERR_INPUT: no part, one that is not above zero, or a sum other than 1. TL_ERR_RANGE: too many parts, or too long
 * fractions. TL_ERR_MEMORY. The allocation must outlive the result. */
tl_status tl_instalments_split(struct tl_instalments *out, const struct tl_allocation *allocation,
                               const struct tl_ratio *parts, size_t count, struct tl_err *err) TL_MUST_CHECK;

void tl_instalments_release(struct tl_instalments *instalments);

/* What a member pays in one instalment (from 0), over all lines. */
tl_status tl_instalments_member_total(struct tl_money *out, const struct tl_instalments *instalments,
                                      const char *member_code, size_t instalment, struct tl_err *err) TL_MUST_CHECK;

#endif
