/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Figures that members lack for the first year of their membership, told when they join rather than when they are
 * billed.
 */
#ifndef TILSLUT_AGREEMENT_MISSING_FIGURE_H
#define TILSLUT_AGREEMENT_MISSING_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_missing_figure {
    const char *member, *measure;
    struct tl_date on; /* the figure that the terms go by, for the year that the membership begins in */
    int year;
    bool is_of_class; /* it decides the size class only, which can be set by hand instead */
};

/* What members who join on a day lack of the figures that size classes, keys and prices take in that year, in the order
 * of the members; in the arena. A figure of a day after `today` is not out yet, so it is not missing. Nothing where no
 * terms are in force in the year. TL_ERR_NOT_FOUND: no such product. */
tl_status tl_missing_figure_list(struct tl_missing_figure **out, size_t *count, struct tl_store *store,
                                 const char *product, const char *const *members, size_t member_count,
                                 struct tl_date from, struct tl_date today, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

#endif
