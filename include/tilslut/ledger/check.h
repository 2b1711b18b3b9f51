/* SPDX-License-Identifier: MPL-2.0 */
/*
 * One check of stored data: its name, what it proves, and the function that goes through the data. The list of all of
 * them stands in src/agreement/checks.c, where it is written how one is added.
 */
#ifndef TILSLUT_LEDGER_CHECK_H
#define TILSLUT_LEDGER_CHECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

struct tl_check_work;

/* Goes through what the check is about. TL_OK also when something was found. TL_ERR_BROKEN, or any other status but
 * TL_ERR_MEMORY and TL_ERR_IO after a finding, is told as a finding too: it could not be gone through. */
typedef tl_status tl_check_run(struct tl_check_work *work, struct tl_store *store, struct tl_err *err);

struct tl_check {
    const char *name;   /* one word: in front of its findings, and what a user names it by */
    const char *proves; /* what holds when it finds nothing, without a full stop */
    tl_check_run *run;
    bool goes_last; /* its findings come behind those of the others, which say more of what a change means */
};

enum { TL_CHECK_COUNTED_MAX = 3, TL_CHECK_REMARK_SIZE = 300 };

/* A check at work, or done. */
struct tl_check_work {
    const struct tl_check *check;
    struct tl_findings *findings; /* shared by the checks of one run */
    struct {
        int64_t count;
        const char *one, *many; /* static: "entry", "entries" */
    } counted[TL_CHECK_COUNTED_MAX];
    size_t counted_count;
    size_t found;                      /* findings of this check, with those that were left out */
    char remark[TL_CHECK_REMARK_SIZE]; /* what a reader should know, although nothing was changed; "" for none */
};

/* Adds a finding under the name of the check. TL_ERR_MEMORY. */
tl_status tl_check_found(struct tl_check_work *work, struct tl_err *err, const char *format, ...)
    TL_PRINTF(3, 4) TL_MUST_CHECK;

/* Says what was gone through: so many of these. Beyond TL_CHECK_COUNTED_MAX kinds nothing is kept. */
void tl_check_counted(struct tl_check_work *work, int64_t count, const char *one, const char *many);

/* Keeps a remark, in the place of an earlier one: no finding, and no reason for exit status 1. */
void tl_check_remark(struct tl_check_work *work, const char *format, ...) TL_PRINTF(2, 3);

/* Writes "9 entries with 24 postings"; nothing when the check has no count, or there was none of the first kind. */
void tl_check_write_counted(struct tl_buf *out, const struct tl_check_work *work);

#endif
