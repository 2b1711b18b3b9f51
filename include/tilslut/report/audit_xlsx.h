/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The accounts of a year as a workbook (XLSX) for auditors: the trial balance, and every posting with its document.
 */
#ifndef TILSLUT_REPORT_AUDIT_XLSX_H
#define TILSLUT_REPORT_AUDIT_XLSX_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/store/store.h"

struct tl_audit_accounts {
    struct tl_store *store;
    int year;
    struct tl_date today;
};

/* Appends the workbook. Postings lead to documents/ beside it, under the names that tl_dump_documents gives: to the
 * invoice or credit note where it was issued as a document, else to the member's latest statement of the year.
 * TL_ERR_RANGE when a sheet is full, TL_ERR_MEMORY, TL_ERR_IO, TL_ERR_STORE. */
tl_status tl_audit_xlsx(struct tl_buf *out, const struct tl_audit_accounts *accounts, struct tl_err *err) TL_MUST_CHECK;

#endif
