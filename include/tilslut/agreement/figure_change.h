/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What new figures change: who changes size class, or changes by more than a given percent, and what it means in
 * kroner.
 */
#ifndef TILSLUT_AGREEMENT_FIGURE_CHANGE_H
#define TILSLUT_AGREEMENT_FIGURE_CHANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"
#include "tilslut/store/store.h"

/* One municipality or member whose figure changes. */
struct tl_figure_change {
    const char *code, *name;
    struct tl_ratio before, after;
    const char *class_before, *class_after; /* "" where the terms have no classes */
    bool is_member;                         /* in the year that the new figures count for */
    struct tl_money effect;                 /* of all new figures on what a member pays each year, after - before */
};

struct tl_figure_change_request {
    const char *product;
    struct tl_date from, to;   /* dates of the figures that are compared */
    struct tl_ratio more_than; /* also those who change by more than this; denominator 0: only changes of class */
};

/* The changes by code, in the arena, by the terms (and index values) of the year that figures of `from` count for, and
 * with the members of the year that those of `to` do: for whom the new figures come. *missing is how many
 * municipalities lack one of the figures. TL_ERR_MISSING: no terms, or a member lacks a figure. TL_ERR_NOT_FOUND.
 */
tl_status tl_figure_change_list(struct tl_figure_change **out, size_t *count, size_t *missing, struct tl_store *store,
                                const struct tl_figure_change_request *request, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

#endif
