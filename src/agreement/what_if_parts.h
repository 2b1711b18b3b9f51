/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to what-if. what_if.c takes a change apart and finds what applies it; what_if_members.c changes who is in
 * and with which options and figures, what_if_terms.c what the terms say.
 */
#ifndef TILSLUT_AGREEMENT_WHAT_IF_PARTS_H
#define TILSLUT_AGREEMENT_WHAT_IF_PARTS_H

#include "tilslut/agreement/what_if.h"

/* One change, taken apart: `verb.subject.detail=value`. */
struct tl_change {
    const char *text;                     /* as it was typed */
    const char *subject, *detail, *value; /* subject and detail "" where there is none */
};

/* What a change is applied to. */
struct tl_trial {
    struct tl_product_year *year;
    struct tl_store *store;
    struct tl_arena *arena;
};

typedef tl_status tl_what_if_function(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);

tl_status tl_what_if_join(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_leave(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_take(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_drop(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_figure(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_budget(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_price(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_markup(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_key(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_floor(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_cap(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);
tl_status tl_what_if_boundary(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err);

/* Records TL_ERR_USAGE, with examples as its hint. */
tl_status tl_what_if_refuse(const char *text, const char *why, struct tl_err *err);

#endif
