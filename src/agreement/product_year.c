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

tl_status tl_product_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                  int64_t terms_id, struct tl_err *err)
{
    *out = (struct tl_product_year)TL_PRODUCT_YEAR_EMPTY;
    tl_status status = tl_product_find(&out->product, store, product, &out->arena, err);
    if (status == TL_OK)
        status = terms_id == 0 ? find_terms(out, store, product, year, err)
                               : tl_terms_book_find(&out->adopted, store, terms_id, &out->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&out->terms, &out->adopted, err);
    if (status == TL_OK)
        status = tl_roster_read(&out->roster, store, product, tl_date_of(year, 1, 1), err);
    if (status == TL_OK) {
        struct tl_alloc_request request = {
            .terms = &out->terms, .year = year, .members = out->roster.members, .member_count = out->roster.count};
        status = tl_alloc(&out->allocation, &request, err);
    }
    return status;
}

void tl_product_year_release(struct tl_product_year *product_year)
{
    tl_allocation_release(&product_year->allocation);
    tl_roster_release(&product_year->roster);
    tl_terms_release(&product_year->terms);
    tl_arena_release(&product_year->arena);
    *product_year = (struct tl_product_year)TL_PRODUCT_YEAR_EMPTY;
}
