/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The checks of a ledger: all of them in one list, run together or some alone, daily or before a close.
 */
#ifndef TILSLUT_AGREEMENT_CHECKS_H
#define TILSLUT_AGREEMENT_CHECKS_H

#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

enum { TL_CHECKS_MAX = 32 };

/* What was gone through, a row for each check that was run, in the order of the list; there is room for one more. */
struct tl_checked {
    struct tl_check_work done[TL_CHECKS_MAX + 1];
    size_t count;
};

/* The list. Static. */
const struct tl_check *tl_checks_all(size_t *count);

/* Runs the checks with these names; all of them where `name_count` is 0. Should see one state of the file: within
 * tl_store_begin_read, or a transaction that has written nothing yet. TL_OK also when something was found: then
 * findings->count is not 0. TL_ERR_NOT_FOUND: no check has that name. Other statuses: it could not be gone through. */
tl_status tl_checks_run(struct tl_findings *findings, struct tl_checked *checked, struct tl_store *store,
                        const char *const *names, size_t name_count, struct tl_err *err) TL_MUST_CHECK;

#endif
