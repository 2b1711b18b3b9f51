/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Invoices and credit notes (faktura, kreditnota): what each member gets of an approved run, one, or where its lines
 * are invoiced by several orders, one for each. Each has its entry, and is numbered without gaps in the series of the
 * year it is dated in: 2026-0001.
 *
 * The ledger and the invoice agree to the øre: VAT is computed for each invoice on the sum of its lines of one code and
 * rate, rounded once, and that is what the entry posts. Net amounts over a year are those of the allocation, whatever
 * the order of runs; since VAT is rounded once for each invoice, the VAT of several invoices may differ from that of
 * their sum by half an øre for each.
 */
#ifndef TILSLUT_AGREEMENT_INVOICE_H
#define TILSLUT_AGREEMENT_INVOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* An invoice as recorded. Amounts are as the member sees them: those of a credit note are negative. */
struct tl_invoice_row {
    const char *number;  /* 2026-0001 */
    const char *kind;    /* invoice, credit note */
    const char *party;   /* code */
    const char *product; /* code */
    int year;            /* that is billed */
    struct tl_period period;
    int64_t run, entry;
    struct tl_date date, due; /* `due` none for a credit note */
    const char *reference;    /* the payment id of a FIK payment form of type 71: 15 digits, the last a check digit */
    const char *corrects;     /* the number of the invoice that a credit note corrects, or "" */
    const char *order;        /* the order that it is of, where the lines of the member have several; "" else */
    struct tl_money net, vat, gross;
    struct tl_money credited; /* gross of the credit notes that name it; not above zero */
};

/* Reads an invoice, in the arena. TL_ERR_NOT_FOUND. */
tl_status tl_invoice_find(struct tl_invoice_row *out, struct tl_store *store, const char *number,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Those of a party (NULL: all), by number, in the arena. */
tl_status tl_invoice_list(struct tl_invoice_row **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The number of the invoice of an entry, in the arena; "" where it has none. */
tl_status tl_invoice_of_entry(const char **out, struct tl_store *store, int64_t entry, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

/* How a line came about: a share of the allocation, what is billed already (negative), or what is credited. */
struct tl_invoice_working {
    const char *part; /* share, billed, credit */
    struct tl_period period;
    const char *working; /* as a formula that holds in any language */
    struct tl_money net;
};

/* One line: what is charged of one line of the terms, with one VAT. */
struct tl_invoice_line {
    const char *line_id, *account, *psp; /* maintenance, 00002, XG-9212045260-00002 */
    struct tl_text name, covers;         /* covers: what the money covers, or "" */
    struct tl_period period;
    struct tl_money net, vat; /* its part of the VAT of the code */
    struct tl_money reduced;  /* what passive membership, rebates and waivers took off before that; 0 for none */
    const char *reduced_for;  /* "passive, rebate funded-2.0"; "" for none */
    const char *vat_code, *vat_reason;
    struct tl_ratio vat_rate;
    const struct tl_invoice_working *workings;
    size_t working_count;
};

/* VAT of one code and rate: on the sum of its lines (EN 16931, BG-23). */
struct tl_invoice_vat {
    const char *code, *reason; /* the reason of the first line that has it */
    struct tl_ratio rate;
    struct tl_money net, vat;
};

/* All that an invoice says. */
struct tl_invoice {
    struct tl_invoice_row row;
    const char *currency;
    struct tl_party seller, buyer; /* as they were on the date of the invoice */
    struct tl_product product;
    struct tl_decision decision;   /* that adopted the terms it is billed by, or funded a project that is called in */
    const char *text;              /* of the entry: Opkrævning 2026, OS2valghalla */
    const char *reason, *evidence; /* of a credit note that was asked for; "" else */
    struct tl_date corrects_date;  /* none where it corrects nothing */
    struct tl_invoice_line *lines; /* in the order of the terms */
    size_t line_count;
    struct tl_invoice_vat *vats; /* by code, then rate */
    size_t vat_count;
};

/* Loads an invoice; everything lies in the arena. TL_ERR_NOT_FOUND; TL_ERR_BROKEN: it does not agree with its entry. */
tl_status tl_invoice_load(struct tl_invoice *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                          struct tl_err *err) TL_MUST_CHECK;

/* That every entry of a run to a member has one invoice and every invoice its entry, numbers have no gap, and what is
 * credited of an invoice is not more than it charged. */
tl_status tl_invoice_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
