/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the steps of one allocation hand each other. alloc.c goes through the lines; alloc_scope.c says who is
 * in a line, alloc_figure.c which figure and class count, alloc_priced.c and alloc_budget.c what each pays.
 */
#ifndef TILSLUT_KEY_ALLOC_RUN_H
#define TILSLUT_KEY_ALLOC_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "key_weigh.h"
#include "tilslut/key/alloc.h"

struct tl_alloc_run {
    const struct tl_terms *terms;
    struct tl_allocation *out;
    const struct tl_member **members; /* by code */
    size_t member_count;
    struct tl_period period;
};

/* Appends the members of the line's scope to `result` as empty shares, by code. TL_ERR_MEMORY. */
tl_status tl_alloc_scope(struct tl_line_result *result, const struct tl_alloc_run *run,
                         struct tl_err *err) TL_MUST_CHECK;

/* Whether the line is charged in this period at all: false for what is charged once, in another year. */
bool tl_alloc_is_charged(const struct tl_line *line, const struct tl_alloc_run *run);

/* A member's figure on the reference date. TL_ERR_MISSING names member, measure and date; TL_ERR_INPUT when the
 * figure is below zero. */
tl_status tl_alloc_figure(const struct tl_figure **out, const struct tl_alloc_run *run, const struct tl_member *member,
                          const char *measure, struct tl_err *err) TL_MUST_CHECK;

/* Fills the share's size_class, class_is_by_hand and figure. TL_ERR_MISSING, TL_ERR_INPUT. */
tl_status tl_alloc_classify(struct tl_share *share, const struct tl_alloc_run *run, struct tl_err *err) TL_MUST_CHECK;

/* Fills the shares of a line with a price, or with a budget. */
tl_status tl_alloc_priced(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_alloc_budgeted(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err) TL_MUST_CHECK;

/* 1 where the terms say nothing. */
int64_t tl_alloc_unit(const struct tl_line *line);

#endif
