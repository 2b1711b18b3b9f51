/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The chain of acts. Everything recorded belongs to an act, and each act is sealed when it is committed: its seal
 * carries the digest of every row that it recorded, in all tables, and the hash of the seal before it. A row that
 * another program changed, removed or added is found, and its act named. (The chain of entries, of the ledger floor,
 * is the shorter one, which is printed on what leaves the house.)
 */
#ifndef TILSLUT_STORE_ACT_SEAL_H
#define TILSLUT_STORE_ACT_SEAL_H

#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* The number of the last act, or of the last seal where acts were taken away; 0 when there is none. */
tl_status tl_act_seal_last(int64_t *out, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* Compares what is recorded of an act with its seal, and its seal with the one before it.
 * TL_ERR_BROKEN: the act or its seal is missing, or the first table whose rows are not those that were sealed. */
tl_status tl_act_seal_check(struct tl_store *store, int64_t act, struct tl_err *err) TL_MUST_CHECK;

#endif
