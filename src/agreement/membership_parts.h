/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What joining a product and changing a membership share.
 */
#ifndef TILSLUT_AGREEMENT_MEMBERSHIP_PARTS_H
#define TILSLUT_AGREEMENT_MEMBERSHIP_PARTS_H

#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

/* One row of membership_event. */
struct tl_membership_row {
    const char *event;
    struct tl_date on, until;
    const char *detail, *evidence;
};

/* Adds a row for a membership in the open transaction. */
tl_status tl_membership_add_row(struct tl_store *store, int64_t membership, const struct tl_membership_row *row,
                                struct tl_err *err) TL_MUST_CHECK;

/* Reads the terms of a product in force on a date. Release *terms whatever the status. */
tl_status tl_membership_read_terms(struct tl_terms *terms, struct tl_store *store, const char *product,
                                   struct tl_date on, struct tl_err *err) TL_MUST_CHECK;

#endif
