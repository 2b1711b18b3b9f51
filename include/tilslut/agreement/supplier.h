/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The suppliers of a product, and whether each has signed OS2's partner agreement, as the governance sentence that
 * every agreement carries says of them.
 */
#ifndef TILSLUT_AGREEMENT_SUPPLIER_H
#define TILSLUT_AGREEMENT_SUPPLIER_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_supplier {
    const char *product, *cvr, *name;
    struct tl_date partner_since; /* none: OS2's partner agreement is not signed */
    const char *partner_evidence; /* where it lies; "" exactly when it is not signed */
    struct tl_date from;
};

/* Records a supplier as it is from a date on, in the open transaction. For one that is attached already a NULL name and
 * no partner_since leave what is recorded; the same facts again record nothing. TL_ERR_NOT_FOUND: no such product.
 * TL_ERR_INPUT: a CVR number that is none. TL_ERR_MISSING: a new one without a name, or a partner agreement without
 * evidence. */
tl_status tl_supplier_record(struct tl_store *store, const struct tl_supplier *supplier,
                             struct tl_err *err) TL_MUST_CHECK;

/* Records that a supplier is attached no longer, from a date on. TL_ERR_STATE: it is not attached on that day. */
tl_status tl_supplier_end(struct tl_store *store, const char *product, const char *cvr, struct tl_date from,
                          struct tl_err *err) TL_MUST_CHECK;

/* The suppliers attached on a date, by CVR number; in the arena. */
tl_status tl_supplier_list(struct tl_supplier **out, size_t *count, struct tl_store *store, const char *product,
                           struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
