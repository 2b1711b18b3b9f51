/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/steering.h"

#include <string.h>

#include "tilslut/agreement/party.h"
#include "tilslut/ledger/chain.h"

/* A year other than the present one is there where it can be computed; what stands in the way of it is told. */
static tl_status read_year(struct tl_steering *steering, struct tl_store *store, const char *product, int year,
                           bool is_present, const char **missing, struct tl_err *err)
{
    struct tl_err refused = TL_ERR_NONE;
    struct tl_product_year *place = &steering->years[steering->year_count];
    tl_status status = tl_product_year_compute(place, store, product, year, 0, &refused);
    *missing = NULL;
    if (status == TL_OK) {
        steering->year_count++;
        return TL_OK;
    }
    tl_product_year_release(place);
    if (is_present || status == TL_ERR_MEMORY || status == TL_ERR_STORE) {
        *err = refused;
        return status;
    }
    *missing = tl_arena_text(&steering->arena, refused.message);
    return *missing == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status read_years(struct tl_steering *steering, struct tl_store *store, const char *product, int year,
                            struct tl_err *err)
{
    const char *missing = NULL;
    tl_status status = TL_OK;
    for (int at = year - TL_STEERING_BEFORE; status == TL_OK && at <= year + 1; at++) {
        status = read_year(steering, store, product, at, at == year, &missing, err);
        if (at == year + 1)
            steering->next_missing = missing;
    }
    return status;
}

tl_status tl_steering_read(struct tl_steering *out, struct tl_store *store, const char *product, int year,
                           struct tl_date date, struct tl_err *err)
{
    struct tl_chain_head head;
    *out = (struct tl_steering){.arena = TL_ARENA_EMPTY};
    tl_status status = read_years(out, store, product, year, err);
    if (status == TL_OK)
        status = tl_party_find(&out->owner, store, tl_store_owner(store), date, &out->arena, err);
    if (status == TL_OK)
        status = tl_party_list(&out->parties, &out->party_count, store, tl_date_of(year, 1, 1), &out->arena, err);
    if (status == TL_OK)
        status = tl_budget_follow_read(&out->follow, store, product, year, date, &out->arena, err);
    if (status == TL_OK)
        status = tl_chain_read_head(&head, store, err);
    if (status == TL_OK) {
        out->head = head.hash;
        out->head_entry = head.entry;
    }
    return status;
}

void tl_steering_release(struct tl_steering *steering)
{
    for (size_t i = 0; i < steering->year_count; i++)
        tl_product_year_release(&steering->years[i]);
    tl_arena_release(&steering->arena);
    *steering = (struct tl_steering){.arena = TL_ARENA_EMPTY};
}

const struct tl_product_year *tl_steering_year(const struct tl_steering *steering, int year)
{
    for (size_t i = 0; i < steering->year_count; i++)
        if (steering->years[i].year == year)
            return &steering->years[i];
    return NULL;
}
