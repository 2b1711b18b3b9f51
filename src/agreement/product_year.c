/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product_year.h"

#include "tilslut/agreement/product.h"

/* A product whose first terms begin within the year has none on 1 January. */
static tl_status find_terms(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                            struct tl_err *err)
{
    struct tl_period period = tl_period_of_year(year);
    struct tl_err none_yet = TL_ERR_NONE;
    tl_status status = tl_terms_book_in_force(&out->adopted, store, product, period.first, &out->arena, &none_yet);
    if (status == TL_ERR_MISSING)
        return tl_terms_book_in_force(&out->adopted, store, product, period.last, &out->arena, err);
    if (status != TL_OK)
        *err = none_yet;
    return status;
}

tl_status tl_product_year_load(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                               int64_t terms_id, struct tl_err *err)
{
    *out = (struct tl_product_year){.year = year};
    tl_status status = tl_product_find(&out->product, store, product, &out->arena, err);
    if (status == TL_OK)
        status = terms_id == 0 ? find_terms(out, store, product, year, err)
                               : tl_terms_book_find(&out->adopted, store, terms_id, &out->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&out->terms, &out->adopted, err);
    if (status == TL_OK)
        status = tl_roster_read(&out->roster, store, product, tl_date_of(year, 1, 1), err);
    return status;
}

tl_status tl_product_year_allocate(struct tl_product_year *product_year, struct tl_err *err)
{
    struct tl_alloc_request request = {.terms = &product_year->terms,
                                       .year = product_year->year,
                                       .members = product_year->roster.members,
                                       .member_count = product_year->roster.count};
    return tl_alloc(&product_year->allocation, &request, err);
}

tl_status tl_product_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                  int64_t terms_id, struct tl_err *err)
{
    tl_status status = tl_product_year_load(out, store, product, year, terms_id, err);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

void tl_product_year_release(struct tl_product_year *product_year)
{
    tl_allocation_release(&product_year->allocation);
    tl_roster_release(&product_year->roster);
    tl_terms_release(&product_year->terms);
    tl_arena_release(&product_year->arena);
    *product_year = (struct tl_product_year)TL_PRODUCT_YEAR_EMPTY;
}
