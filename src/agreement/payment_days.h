/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How many days members have to pay an invoice of a day: as the text says that binds each of them then; who is no
 * member on the day goes by the terms in force, and where there are none, by those that are billed.
 */
#ifndef TILSLUT_AGREEMENT_PAYMENT_DAYS_H
#define TILSLUT_AGREEMENT_PAYMENT_DAYS_H

#include "terms_versions.h"
#include "tilslut/agreement/terms_binding.h"

struct tl_payment_days {
    struct tl_arena arena;
    struct tl_terms_versions versions;
    struct tl_terms_bindings bindings;
    int others; /* days of who is no member */
};

/* Release it whatever the status. */
tl_status tl_payment_days_read(struct tl_payment_days *out, struct tl_store *store, const struct tl_terms *billed,
                               struct tl_date on, struct tl_err *err) TL_MUST_CHECK;
void tl_payment_days_release(struct tl_payment_days *days);

int tl_payment_days_of(const struct tl_payment_days *days, const char *party);

#endif
