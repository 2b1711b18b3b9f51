/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The secretariat's overview: where each agreement stands, what it lacks, and what comes up.
 */
#ifndef TILSLUT_AGREEMENT_OVERVIEW_H
#define TILSLUT_AGREEMENT_OVERVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/membership_state.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* An agreement that has not come to its end. */
struct tl_overview_agreement {
    const char *product, *product_name, *party, *party_name;
    tl_membership_state state;
    struct tl_date signed_on, notice_on, first, last; /* none where it has not come so far */
    bool lacks_signature, lacks_countersignature;
    bool lacks_ean;     /* the unit that is invoiced has none, nor the party */
    bool lacks_contact; /* nobody to write to at the party */
    bool lacks_figure;  /* the one that its size class follows from in the year of the overview */
};

typedef enum tl_overview_kind {
    TL_OVERVIEW_BEGINS,      /* the first day of an agreement */
    TL_OVERVIEW_ENDS,        /* its last day */
    TL_OVERVIEW_FROZEN,      /* the last day of a frozen size class; detail: the class */
    TL_OVERVIEW_TERMS,       /* terms come into force and supersede the ones before; detail: the version */
    TL_OVERVIEW_NOTICE,      /* the last day to give notice to a permitted end, which is `until` */
    TL_OVERVIEW_UNIT_CLOSES, /* the last day of a unit that may be invoiced; detail: its code */
    TL_OVERVIEW_PLEDGES      /* the last day for pledges to a project that is not funded; detail: its code */
} tl_overview_kind;

struct tl_overview_coming {
    struct tl_date on;
    tl_overview_kind kind;
    const char *product, *party, *party_name; /* "" where it concerns none */
    const char *detail;                       /* or "" */
    struct tl_date until;                     /* or none */
};

struct tl_overview_count {
    const char *product, *product_name;
    size_t by_state[TL_MEMBERSHIP_STATE_COUNT];
    size_t total; /* of agreements that have not come to their end */
};

struct tl_overview {
    struct tl_overview_agreement *agreements; /* by product and party */
    struct tl_overview_coming *coming;        /* by date, kind, product and party; the first and last day included */
    struct tl_overview_count *counts;         /* by product */
    size_t agreement_count, coming_count, count_count;
    struct tl_period period; /* of what comes up */
};

enum { TL_OVERVIEW_DAYS_MAX = 3660 };

/* Reads the overview of a day and the `days` after it, of one product or of one party (NULL: all), in the arena.
 * TL_ERR_NOT_FOUND: no such product or party. TL_ERR_RANGE: more days than TL_OVERVIEW_DAYS_MAX. */
tl_status tl_overview_read(struct tl_overview *out, struct tl_store *store, const char *product, const char *party,
                           struct tl_date on, int days, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* `signature, EAN`, what an agreement lacks, in the arena; "" when nothing. NULL when memory is gone. */
const char *tl_overview_lacks(const struct tl_overview_agreement *agreement, bool is_danish,
                              struct tl_arena *arena) TL_MUST_CHECK;

/* `ends`, `ophører`. Static. */
const char *tl_overview_kind_en(tl_overview_kind kind);
const char *tl_overview_kind_da(tl_overview_kind kind);

/* `under opsigelse`, the state in Danish; tl_membership_state_name has it in English. Static. */
const char *tl_overview_state_da(tl_membership_state state);

#endif
