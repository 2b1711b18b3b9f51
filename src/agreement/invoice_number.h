/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The numbers of invoices, given as they are posted.
 */
#ifndef TILSLUT_AGREEMENT_INVOICE_NUMBER_H
#define TILSLUT_AGREEMENT_INVOICE_NUMBER_H

#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/payment_id.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* The next number of a year's series, and the payment id that is made of its digits. */
struct tl_invoice_number {
    int year;
    int64_t seq;
    const char *number;
    char payment_id[TL_PAYMENT_ID_TEXT];
};
tl_status tl_invoice_number_next(struct tl_invoice_number *out, struct tl_store *store, int year,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The last invoice of a party for a product's year, one by the order if there is one; in the arena; "" where there is
 * none. */
tl_status tl_invoice_number_last(const char **out, struct tl_store *store, const char *product, int year,
                                 const char *party, const char *order, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

/* The entry of an invoice. */
tl_status tl_invoice_number_entry(int64_t *out, struct tl_store *store, const char *number,
                                  struct tl_err *err) TL_MUST_CHECK;

/* Records an invoice of an entry. `order` is "" where the lines of the party all go on one invoice, `corrects` where it
 * corrects nothing. */
tl_status tl_invoice_number_add(struct tl_store *store, const struct tl_invoice_number *number, int64_t run,
                                const char *party, const char *order, int64_t entry, const char *kind,
                                const char *corrects, struct tl_err *err) TL_MUST_CHECK;

#endif
