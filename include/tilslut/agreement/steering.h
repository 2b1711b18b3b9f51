/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a product's steering group looks at beside the year itself: its budget against actual, the years before and the
 * next, and where in the country everybody is.
 */
#ifndef TILSLUT_AGREEMENT_STEERING_H
#define TILSLUT_AGREEMENT_STEERING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/budget_follow.h"
#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

enum { TL_STEERING_BEFORE = 3, TL_STEERING_YEARS = TL_STEERING_BEFORE + 2 };

struct tl_steering {
    struct tl_arena arena;
    struct tl_party owner;
    struct tl_party *parties; /* by code, as they are on 1 January of the year */
    size_t party_count;
    struct tl_budget_follow follow;
    /* the years that terms are in force in, the present one among them, by year; the one after it where it can be
     * computed already */
    struct tl_product_year years[TL_STEERING_YEARS];
    size_t year_count;
    const char *next_missing; /* why the year after cannot be computed; NULL when it is there */
    struct tl_digest head;    /* of the ledger's chain */
    int64_t head_entry;       /* its entry; 0 when the ledger is empty */
};

/* Reads it for a product and year on a date, with what tl_store_known allows to see. Release it whatever the status.
 * TL_ERR_NOT_FOUND: no such product. Statuses of tl_product_year_compute of the year itself. */
tl_status tl_steering_read(struct tl_steering *out, struct tl_store *store, const char *product, int year,
                           struct tl_date date, struct tl_err *err) TL_MUST_CHECK;
void tl_steering_release(struct tl_steering *steering);

/* The present year among the years. */
const struct tl_product_year *tl_steering_year(const struct tl_steering *steering, int year);

#endif
