/* SPDX-License-Identifier: MPL-2.0 */
/* Parts of the check of an e-invoice: its amounts, and what all parts report to. */
#ifndef REPORT_EINVOICE_FLAWS_H
#define REPORT_EINVOICE_FLAWS_H

#include "tilslut/report/einvoice_check.h"

/* A check on its way; failures are sticky. */
struct tl_einvoice_flaws {
    const struct tl_einvoice *einvoice;
    struct tl_arena *arena;
    struct tl_einvoice_flaw *items;
    size_t count, capacity;
    bool failed;
};

/* Adds a flaw. `line` counts from 1; 0: of the document. `rule` and `hint` are static. */
void tl_einvoice_flaw_add(struct tl_einvoice_flaws *flaws, size_t line, const char *field, const char *rule,
                          const char *hint, const char *format, ...) TL_PRINTF(6, 7);

/* Nothing but spaces: the writer leaves it out. */
bool tl_einvoice_is_blank(const char *text);

/* Lines, VAT and totals: the standard's own arithmetic. */
void tl_einvoice_check_amounts(struct tl_einvoice_flaws *flaws);

#endif
