/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The roster of a product: its members as the allocation takes them, put together from memberships, their events,
 * parties and figures.
 */
#ifndef TILSLUT_AGREEMENT_ROSTER_H
#define TILSLUT_AGREEMENT_ROSTER_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/store/store.h"

struct tl_roster {
    struct tl_arena arena;
    struct tl_member *members; /* by code */
    size_t count;
};

#define TL_ROSTER_EMPTY                                                                                                \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

/* Reads the members of a product with their figures: those of the year that `on` lies in, and who left before it or
 * will come after it. Who left and joined again counts with the latest membership that begins by the end of the year;
 * of those before it that reach into the year count the days, and the options on them, while what holds for a whole
 * year (waivers, classes, groups, passive membership) is as the latest says. An agreement that both have not signed
 * counts for nothing. A binding pledge is a waiver with the tag of its project. Association membership, names, groups
 * and classes are as of `on`, or of the first day of a membership that begins later. TL_ERR_MEMORY, TL_ERR_STORE;
 * TL_ERR_BROKEN: a history that the table of states does not allow. */
tl_status tl_roster_read(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                         struct tl_err *err) TL_MUST_CHECK;
/* The same as it would be if the agreement that is on its way to `drafted` (drafted, sent or signed by it) were signed
 * by both: on the day the member signed, or the day of the draft. For the documents that are to be signed. */
tl_status tl_roster_read_drafted(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                                 const char *drafted, struct tl_err *err) TL_MUST_CHECK;
/* The same with every membership on record, so that who joined again occurs again: to be looked at, not allocated. */
tl_status tl_roster_read_all(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                             struct tl_err *err) TL_MUST_CHECK;

/* The member that a party would be from `on`, for what-if: with what its draft says, where an agreement is on its way
 * (and from the day that the draft says, where that lies in the year of `on`), and with its pledges. In the arena, but
 * for `code`. TL_ERR_NOT_FOUND: no such party. */
tl_status tl_roster_try(struct tl_member *out, struct tl_store *store, const char *product, const char *code,
                        struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

void tl_roster_release(struct tl_roster *roster);

/* The member of that code, or NULL. Borrowed. */
const struct tl_member *tl_roster_find(const struct tl_roster *roster, const char *code);
/* The same, where the membership runs at some time in the year: a roster also has those who left, and who will come. */
const struct tl_member *tl_roster_find_in(const struct tl_roster *roster, const char *code, int year);

#endif
