/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Products: what members join.
 */
#ifndef TILSLUT_AGREEMENT_PRODUCT_H
#define TILSLUT_AGREEMENT_PRODUCT_H

#include <stddef.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Records a product in the open transaction. TL_ERR_INPUT: a code, PSP element or level that is none.
 * TL_ERR_CONFLICT: the code or the PSP element is taken. */
tl_status tl_product_record(struct tl_store *store, const struct tl_product *product, struct tl_err *err) TL_MUST_CHECK;

/* Reads a product, in the arena. TL_ERR_NOT_FOUND suggests the nearest code. */
tl_status tl_product_find(struct tl_product *out, struct tl_store *store, const char *code, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* All products by code, in the arena. */
tl_status tl_product_list(struct tl_product **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
