/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Index values: what prices and budgets are regulated by (PL-regulering). A publisher revises earlier values, so each
 * comes with its day of publication; the latest recorded counts, and the earlier ones are kept.
 */
#ifndef TILSLUT_AGREEMENT_INDEX_VALUE_H
#define TILSLUT_AGREEMENT_INDEX_VALUE_H

#include <stddef.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/store/store.h"

/* Records a value in the open transaction; the same value from the same source again records nothing.
 * TL_ERR_INPUT: a value that is not above zero, or a name that is none. */
tl_status tl_index_value_record(tl_recorded *recorded, struct tl_store *store, const struct tl_index_value *value,
                                struct tl_date published_on, struct tl_err *err) TL_MUST_CHECK;

/* The latest recorded value of each index and date, by name and date; in the arena. Its source says when it was
 * published. */
tl_status tl_index_value_list(struct tl_index_value **out, size_t *count, struct tl_store *store,
                              struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
