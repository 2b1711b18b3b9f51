/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The allocation of a product's year from what is recorded: terms in force, roster and figures, put into key/alloc.
 *
 * A year goes by one version of the terms. Two things it takes from others: the joining fee of a member is that of the
 * version it signed (tl_terms_binding_at_signing), and a line that later terms charge once, and the year's do not have,
 * is charged in the year in which those terms begin, to those who are members from then on.
 */
#ifndef TILSLUT_AGREEMENT_PRODUCT_YEAR_H
#define TILSLUT_AGREEMENT_PRODUCT_YEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/store/store.h"

/* A version of the terms beside the year's own, from which something is taken. */
struct tl_product_year_terms {
    int version;
    struct tl_terms terms;
};

/* A year of a product: the allocation and all that it borrows from. */
struct tl_product_year {
    struct tl_arena arena;
    int year;
    struct tl_product product;
    struct tl_adopted adopted; /* the terms in force on 1 January, or that come into force in the year */
    struct tl_terms terms;     /* its own lines, and behind them those that it takes from other versions */
    size_t own_line_count;
    struct tl_adopted *versions; /* all of the product */
    size_t version_count;
    struct tl_product_year_terms **others;
    size_t other_count, other_capacity;
    bool takes_later; /* what later versions that begin within the year charge once */
    struct tl_roster roster;
    struct tl_index_value *index_values; /* the latest recorded of each index and date */
    size_t index_value_count;
    struct tl_carry *carries; /* what rounding left in the years that are billed before this one */
    size_t carry_count;
    bool leaves_out, prices_only; /* how it is allocated, see tl_alloc_request; set after loading */
    struct tl_allocation allocation;
};

#define TL_PRODUCT_YEAR_EMPTY                                                                                          \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

/* Reads the terms in force on 1 January of the year (or, for a product's first year, on its last day), or the terms
 * `terms_id` where that is not 0, and the roster; allocates nothing yet. Release it whatever the status.
 * TL_ERR_NOT_FOUND: no such product. TL_ERR_MISSING: no terms in force. */
tl_status tl_product_year_load(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                               int64_t terms_id, struct tl_err *err) TL_MUST_CHECK;

/* Leaves out what later versions charge once, so that a version can be looked at for itself. */
void tl_product_year_leave_later(struct tl_product_year *product_year);

/* Puts the terms of a file, such as a draft, in the place of the loaded ones. Statuses of tl_terms_yaml_read. */
tl_status tl_product_year_try_terms(struct tl_product_year *product_year, const struct tl_source *source,
                                    struct tl_err *err) TL_MUST_CHECK;

/* Puts the roster of the year `offset` years later in the place of the loaded one, with its dates, and the terms', set
 * back as many years: allocated by the year's own figures, it comes to what will happen then. Who comes, goes, takes an
 * option or pays once does so in the later year. */
tl_status tl_product_year_look_ahead(struct tl_product_year *product_year, struct tl_store *store, int offset,
                                     struct tl_err *err) TL_MUST_CHECK;
/* A date as many years earlier; the beginning of the calendar where there is none, and none where it is none. */
struct tl_date tl_product_year_set_back(struct tl_date date, int years);

/* What the allocation of the whole year is asked with; borrowed from the product year. */
struct tl_alloc_request tl_product_year_request(const struct tl_product_year *product_year);

/* Allocates what was loaded, for its year. Statuses of tl_alloc. */
tl_status tl_product_year_allocate(struct tl_product_year *product_year, struct tl_err *err) TL_MUST_CHECK;

/* Allocates what was loaded, for its year up to the end of a month; the product year must outlive the result. */
tl_status tl_product_year_allocate_until(struct tl_allocation *out, const struct tl_product_year *product_year,
                                         struct tl_date last, struct tl_err *err) TL_MUST_CHECK;

/* Loads and allocates the year; release it whatever the status. */
tl_status tl_product_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                  int64_t terms_id, struct tl_err *err) TL_MUST_CHECK;

/* The year as documents print it, by the terms in force: a member who lacks what its price needs stops nobody else, and
 * is in the allocation's `left_out`. With `drafted` as it would be if the agreement on its way to that party were
 * signed by both; or NULL. */
tl_status tl_product_year_compute_documents(struct tl_product_year *out, struct tl_store *store, const char *product,
                                            int year, const char *drafted, struct tl_err *err) TL_MUST_CHECK;
/* The year's prices and budgets, which need no member's figure; there are no shares. */
tl_status tl_product_year_compute_prices(struct tl_product_year *out, struct tl_store *store, const char *product,
                                         int year, struct tl_err *err) TL_MUST_CHECK;

void tl_product_year_release(struct tl_product_year *product_year);

#endif
