/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The bodies of a product (styregruppe, koordinationsgruppe): seats held by parties in a role, never by a person.
 */
#ifndef TILSLUT_AGREEMENT_PRODUCT_BODY_H
#define TILSLUT_AGREEMENT_PRODUCT_BODY_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_product_seat {
    const char *product;
    const char *body;  /* styregruppe, koordinationsgruppe */
    const char *party; /* code */
    const char *role;  /* formand, medlem */
    struct tl_date from;
};

/* Records in the open transaction that a party takes a seat, or (`gives_up`) has it no longer from that date on; the
 * role of a seat that is given up may be "". TL_ERR_NOT_FOUND: no such product or party. TL_ERR_INPUT: no such body, or
 * a role that is empty or has an e-mail address in it. TL_ERR_STATE: a seat that is held already in the same role, or
 * given up without being held. */
tl_status tl_product_body_record(struct tl_store *store, const struct tl_product_seat *seat, bool gives_up,
                                 struct tl_err *err) TL_MUST_CHECK;

/* The seats held on a date, by body (the steering group first) and party, with the date that each holds from in its
 * present role; in the arena. */
tl_status tl_product_body_list(struct tl_product_seat **out, size_t *count, struct tl_store *store, const char *product,
                               struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
