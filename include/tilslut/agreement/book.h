/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The book: a new ledger with what it begins with.
 */
#ifndef TILSLUT_AGREEMENT_BOOK_H
#define TILSLUT_AGREEMENT_BOOK_H

#include "tilslut/base/status.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/store.h"

/* Makes a ledger file with OS2 as its owner and the default chart of accounts. Statuses of tl_store_create. */
tl_status tl_book_create(const char *path, const char *currency, const struct tl_act *act,
                         struct tl_err *err) TL_MUST_CHECK;

/* The same with another chart. TL_ERR_INPUT: it lacks an account that the program posts to. */
tl_status tl_book_create_with(const char *path, const char *currency, const struct tl_account *accounts, size_t count,
                              const struct tl_act *act, struct tl_err *err) TL_MUST_CHECK;

/* The same as the first in memory, opened for writing. */
tl_status tl_book_open_memory(struct tl_store **out, const char *currency, const struct tl_act *act,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
