/* SPDX-License-Identifier: MPL-2.0 */
/* The VAT of the lines of a run (run_row.h says how). */
#ifndef TILSLUT_AGREEMENT_RUN_TAX_H
#define TILSLUT_AGREEMENT_RUN_TAX_H

#include "run_row.h"

/* Rows come sorted by party, so that the lines of one member stand together. */
tl_status tl_run_tax(struct tl_run_rows *rows, struct tl_err *err) TL_MUST_CHECK;

#endif
