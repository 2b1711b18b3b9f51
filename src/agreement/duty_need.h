/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What acts take, read from what they recorded: the table of duties.
 */
#ifndef TILSLUT_AGREEMENT_DUTY_NEED_H
#define TILSLUT_AGREEMENT_DUTY_NEED_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* What an act is to be allowed. The numbers stand in statements. */
typedef enum tl_duty { TL_DUTY_DRAFT, TL_DUTY_APPROVE, TL_DUTY_EITHER, TL_DUTY_ROLES } tl_duty;

/* What one act takes. */
struct tl_duty_need {
    int64_t act;
    tl_duty duty;
    const char *product; /* "" for what belongs to none */
};

/* What an act takes of which no table tells: a draft of what belongs to no product. */
struct tl_duty_need tl_duty_need_unnamed(int64_t act);

struct tl_duty_needs {
    struct tl_arena arena;
    struct tl_duty_need *items;
    size_t count, capacity;
};

/* What the acts from `first` to `last` take, by act, each of it once. Release the arena. */
tl_status tl_duty_needs_find(struct tl_duty_needs *needs, struct tl_store *store, int64_t first, int64_t last,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
