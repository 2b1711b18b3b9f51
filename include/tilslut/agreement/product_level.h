/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The level of a product, which is decided, and changes from a date on.
 */
#ifndef TILSLUT_AGREEMENT_PRODUCT_LEVEL_H
#define TILSLUT_AGREEMENT_PRODUCT_LEVEL_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* The level of a product on a date; before any decision the one that it was recorded with. TL_ERR_NOT_FOUND. */
tl_status tl_product_level_on(int *out, struct tl_store *store, const char *product, struct tl_date on,
                              struct tl_err *err) TL_MUST_CHECK;

/* Records in the open transaction that a body decided the level of a product from a date on. The level that it has
 * already may be decided too. TL_ERR_NOT_FOUND: no such product. TL_ERR_INPUT: no level, or no decision.
 * TL_ERR_CONFLICT: the same is decided already. */
tl_status tl_product_level_decide(struct tl_store *store, const char *product, int level, struct tl_date from,
                                  const char *decision_text, struct tl_err *err) TL_MUST_CHECK;

#endif
