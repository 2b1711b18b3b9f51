/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Units of a party, each with its own invoice address: EAN number, order and person reference, account string. The EAN
 * number of the party itself is that of its default unit, whose code is "".
 */
#ifndef TILSLUT_AGREEMENT_UNIT_H
#define TILSLUT_AGREEMENT_UNIT_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* "" where something is not recorded. */
struct tl_unit {
    const char *party, *code; /* code "": the party itself */
    const char *name;
    const char *ean; /* 13 digits; the party's own where the unit has none */
    const char *order_reference, *person_reference, *account_string;
    struct tl_date from, until; /* both days included; `until` none where it is open */
};

/* Records a unit as it is from unit->from on, in the open transaction; a NULL text leaves what is recorded. The same
 * again records nothing. TL_ERR_NOT_FOUND: no such party. TL_ERR_INPUT: a code or EAN number that is none, a person
 * reference that is an e-mail address, `until` before `from`. TL_ERR_MISSING: a new unit without a name. */
tl_status tl_unit_record(struct tl_store *store, const struct tl_unit *unit, struct tl_err *err) TL_MUST_CHECK;

/* The unit on a date, in the arena; of code "" the party itself. TL_ERR_NOT_FOUND: none is in use on that day (the hint
 * suggests the nearest). */
tl_status tl_unit_find(struct tl_unit *out, struct tl_store *store, const char *party, const char *code,
                       struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The units in use on a date, of one party or (NULL) of all, by party and code, default units left out; in the arena.
 */
tl_status tl_unit_list(struct tl_unit **out, size_t *count, struct tl_store *store, const char *party,
                       struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
