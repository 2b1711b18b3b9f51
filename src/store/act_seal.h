/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the store does with the seals of acts when it writes; checking them is public.
 */
#ifndef STORE_ACT_SEAL_H
#define STORE_ACT_SEAL_H

#include "tilslut/store/act_seal.h"

/* Seals an act within its transaction, when all of it is recorded. */
tl_status tl_act_seal_add(struct tl_store *store, int64_t act, struct tl_err *err) TL_MUST_CHECK;

/* Refuses a new act of which rows are there already: its seal would vouch for them. TL_ERR_BROKEN. */
tl_status tl_act_seal_check_unused(struct tl_store *store, int64_t act, struct tl_err *err) TL_MUST_CHECK;

#endif
