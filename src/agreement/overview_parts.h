/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files of the overview share: the overview as it grows.
 */
#ifndef TILSLUT_AGREEMENT_OVERVIEW_PARTS_H
#define TILSLUT_AGREEMENT_OVERVIEW_PARTS_H

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/overview.h"

struct tl_overview_run {
    struct tl_overview *out;
    struct tl_store *store;
    const char *party; /* only this one; NULL for all */
    struct tl_date on;
    struct tl_arena *arena;
    size_t agreement_capacity, coming_capacity;
};

/* Adds what comes up, when it lies in the period. */
tl_status tl_overview_add_coming(struct tl_overview_run *run, const struct tl_overview_coming *coming,
                                 struct tl_err *err) TL_MUST_CHECK;

/* What comes up for all members of a product: terms that supersede others, last days to give notice. */
tl_status tl_overview_product_coming(struct tl_overview_run *run, const struct tl_product *product,
                                     struct tl_err *err) TL_MUST_CHECK;

/* The last days to give notice, of the product's members by the text that binds each. After the agreements are in. */
tl_status tl_overview_notice_coming(struct tl_overview_run *run, const struct tl_product *product,
                                    struct tl_err *err) TL_MUST_CHECK;

/* What comes up in one agreement: its first and last day, and frozen classes. */
tl_status tl_overview_agreement_coming(struct tl_overview_run *run, const struct tl_membership_history *history,
                                       const struct tl_overview_agreement *agreement, struct tl_err *err) TL_MUST_CHECK;

/* Projects of a product whose deadline for pledges comes. */
tl_status tl_overview_project_coming(struct tl_overview_run *run, const struct tl_product *product,
                                     struct tl_err *err) TL_MUST_CHECK;

/* Units that close. */
tl_status tl_overview_unit_coming(struct tl_overview_run *run, struct tl_err *err) TL_MUST_CHECK;

#endif
