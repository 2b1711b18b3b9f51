/* SPDX-License-Identifier: MPL-2.0 */
/*
 * E-invoices and credit notes by Peppol BIS Billing 3.0 (EN 16931, syntax UBL 2.1): what is told, as plain values.
 * Terms of the standard stand as BT-n and BG-n. einvoice_check.h holds them to the rules, einvoice_xml.h writes them.
 *
 * Amounts are as the standard wants them: those of a credit note (381) are positive.
 *
 * The standard lets no other VAT stand beside "outside the scope of VAT" (BR-O-11, BR-O-12), and then no VAT number of
 * the seller either (BR-O-02). Where an invoice has lines of both, those outside the scope are written as exempt (E),
 * at rate 0, and the reason says in words that they are outside; the amounts are the same.
 */
#ifndef TILSLUT_REPORT_EINVOICE_H
#define TILSLUT_REPORT_EINVOICE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/payee.h"

/* The electronic address schemes (EAS) of Danish receivers. */
#define TL_EINVOICE_GLN "0088"
#define TL_EINVOICE_CVR "0184"

/* A party (BG-4, BG-7). "" where something is not told. */
struct tl_einvoice_party {
    const char *name, *unit;            /* the registered name; the unit or the name it trades by */
    const char *endpoint, *scheme;      /* 5790002750595 of 0088, or DK41849983 of 0184 */
    const char *cvr;                    /* DK41849983 */
    const char *vat;                    /* VAT number: DK41849983 */
    const char *street, *more, *others; /* the lines of the address */
    const char *zip, *city, *country;   /* country: DK */
};

/* A line (BG-25): quantity x price - allowance = net. */
struct tl_einvoice_line {
    int quantity;              /* 1; -1 where the line takes something off */
    struct tl_money price;     /* of one; not negative */
    struct tl_money allowance; /* what a rebate takes off; 0 for none */
    const char *allowance_reason;
    struct tl_money net;
    const char *name, *description, *item; /* item: the seller's number, the PSP element */
    const char *note;                      /* the working */
    const char *order_reference, *account_string;
    struct tl_period period;
    const char *category; /* S taxed, E exempt, O outside the scope (UNCL5305) */
    struct tl_ratio rate;
};

/* VAT of one category and rate (BG-23). */
struct tl_einvoice_vat {
    const char *category;
    struct tl_ratio rate;
    const char *reason_code, *reason; /* why there is none; "" for S */
    struct tl_money taxable, tax;
};

/* How it is paid (BG-16): 93 FIK, 42 Danish account, 58 IBAN. */
struct tl_einvoice_payment {
    const char *code, *id; /* id: `71#` and the 15 digits; of other codes what the payer is to write */
    const char *account;   /* creditor number, account number, IBAN */
    const char *branch;    /* registration number of the bank, or "" */
};

/* A file that goes with it (BG-24). */
struct tl_einvoice_attachment {
    const char *name, *type; /* 2026-0001.pdf, application/pdf */
    const void *bytes;
    size_t length;
};

struct tl_einvoice {
    bool is_credit;
    const char *number, *currency, *note;
    struct tl_date issued, due; /* `due` none for a credit note */
    const char *order_reference, *buyer_reference, *account_string;
    struct tl_period period;
    const char *corrects; /* "" where it corrects nothing */
    struct tl_date corrects_date;
    struct tl_einvoice_party seller, buyer;
    struct tl_einvoice_payment payment; /* code "": not told */
    const char *payment_terms;
    struct tl_einvoice_line *lines;
    size_t line_count;
    struct tl_einvoice_vat *vats;
    size_t vat_count;
    struct tl_money line_sum, net, vat, gross, prepaid, rounding, payable; /* BG-22 */
    const struct tl_einvoice_attachment *attachment;                       /* NULL for none */
};

/* What an invoice names of its buyer, beside the party; "" where something is not recorded. */
struct tl_einvoice_reference {
    const char *unit, *ean, *order_reference, *person_reference, *account_string;
};

/* An invoice with what is needed beside it. */
struct tl_einvoice_source {
    const struct tl_invoice *invoice;
    const struct tl_einvoice_reference *references; /* of each line */
    const struct tl_payee *payee;                   /* NULL: not recorded */
};

/* The facts of an invoice, in the arena; what the source holds is borrowed. Nothing is refused but sums that are out of
 * bounds (TL_ERR_RANGE): what is missing is for tl_einvoice_check. */
tl_status tl_einvoice_make(struct tl_einvoice *out, const struct tl_einvoice_source *source, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* An invoice of the ledger with what is needed beside it, as is recorded for its date; in the arena. Statuses of
 * tl_invoice_load. */
tl_status tl_einvoice_source_load(struct tl_einvoice_source *out, struct tl_store *store, const char *number,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* `passive, rebate funded-2.0` in words: Passivt medlemskab, rabat funded-2.0. In the arena. */
tl_status tl_einvoice_reason(const char **out, const char *reduced_for, bool is_english, struct tl_arena *arena,
                             struct tl_err *err) TL_MUST_CHECK;

/* The facts of an invoice of the ledger, addressed as is recorded for its date; in the arena. Statuses of
 * tl_invoice_load. */
tl_status tl_einvoice_load(struct tl_einvoice *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* The type of an attachment by the end of its name, of those that receivers must take; NULL: of none of them. */
const char *tl_einvoice_attachment_type(const char *name);

#endif
