/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What stands behind the waivers of a member: the evidence that was recorded with each, or the pledge that became one
 * when its project was funded.
 */
#ifndef TILSLUT_AGREEMENT_WAIVER_H
#define TILSLUT_AGREEMENT_WAIVER_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_waiver {
    const char *tag;         /* as terms name it: funded-3.0 */
    struct tl_date on;       /* from when it counts */
    const char *evidence;    /* where it is documented */
    struct tl_money pledged; /* what was pledged; zero where it is no pledge */
    struct tl_date pledged_on;
    int64_t act; /* that recorded it; of a pledge, the one that recorded the pledge */
    const char *actor, *recorded_at;
};

/* The waivers of a party in a product as known, the recorded ones first; one tag may stand on several grounds. In the
 * arena. TL_ERR_NOT_FOUND: no such product. */
tl_status tl_waiver_list(struct tl_waiver **out, size_t *count, struct tl_store *store, const char *product,
                         const char *party, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
