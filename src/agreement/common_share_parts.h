/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files of the association's own share have in common; see tilslut/agreement/common_share.h.
 */
#ifndef TILSLUT_SRC_AGREEMENT_COMMON_SHARE_PARTS_H
#define TILSLUT_SRC_AGREEMENT_COMMON_SHARE_PARTS_H

#include "tilslut/agreement/common_share.h"
#include "tilslut/store/stmt.h"

/* The columns of a rate `r` and its decision `d`, and how many they are. */
#define TL_COMMON_SHARE_RATE_COLUMNS                                                                                   \
    "r.id, r.product_code, r.to_product, r.valid_from, r.percent_numerator, r.percent_denominator, "                   \
    "r.per_member_minor, r.cost_account, r.income_account, d.body || ' ' || d.decided_on || ' ' || d.reference"
enum { TL_COMMON_SHARE_RATE_WIDTH = 10 };

/* Reads a rate from the columns that begin at `first`. */
tl_status tl_common_share_rate_read(struct tl_common_share_rate *out, struct tl_stmt *stmt, int first,
                                    struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The rate of a product's year; *found is false where none is decided. */
tl_status tl_common_share_rate_of(struct tl_common_share_rate *out, bool *found, struct tl_store *store,
                                  const char *product, int year, struct tl_arena *arena,
                                  struct tl_err *err) TL_MUST_CHECK;

/* `10% x 210240.00`, in the arena; NULL when memory is gone. */
const char *tl_common_share_working(const struct tl_common_share *share, struct tl_arena *arena);

#endif
