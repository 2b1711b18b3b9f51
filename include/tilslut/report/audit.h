/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The audit package of a year: the accounts and all that they rest on, to be checked without this program. What is in
 * it and how to check it says reports/audit/LAESMIG-README.md, which goes along.
 */
#ifndef TILSLUT_REPORT_AUDIT_H
#define TILSLUT_REPORT_AUDIT_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/package.h"
#include "tilslut/store/store.h"

/* TL_ERR_NOT_FOUND: nothing is posted in that year. */
tl_status tl_audit_check(struct tl_store *store, int year, struct tl_err *err) TL_MUST_CHECK;

/* Writes the package into a folder that was begun, and ends it. `today` is the date in the workbook. The same ledger
 * and day give the same bytes. Run it inside a read. */
tl_status tl_audit_write(struct tl_package *package, struct tl_store *store, int year, struct tl_date today,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
