/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/waiver.h"

#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/base/text.h"

struct listing {
    struct tl_waiver *items;
    size_t count, capacity;
    struct tl_arena *arena;
};

static tl_status add(struct listing *listing, const struct tl_waiver *waiver, struct tl_err *err)
{
    struct tl_waiver *items =
        tl_arena_grow(listing->arena, listing->items, listing->count, &listing->capacity, sizeof *items);
    if (items == NULL)
        return tl_err_memory(err);
    listing->items = items;
    items[listing->count++] = *waiver;
    return TL_OK;
}

static tl_status add_recorded(struct listing *listing, struct tl_store *store, const char *product, const char *party,
                              struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    size_t count = 0;
    tl_status status = tl_membership_history_list(&histories, &count, store, product, party, listing->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        for (size_t j = 0; status == TL_OK && j < histories[i].count; j++) {
            const struct tl_membership_fact *fact = &histories[i].facts[j];
            struct tl_waiver waiver = {.tag = fact->detail,
                                       .on = fact->on,
                                       .evidence = fact->evidence,
                                       .act = fact->act,
                                       .actor = fact->actor,
                                       .recorded_at = fact->recorded_at};
            if (fact->event == TL_MEMBERSHIP_WAIVER)
                status = add(listing, &waiver, err);
        }
    return status;
}

/* Binding pledges to projects of the product; from when they bind they count, as the roster counts them. */
static tl_status add_pledges(struct listing *listing, struct tl_store *store, const char *product, const char *party,
                             struct tl_err *err)
{
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    struct tl_date any = tl_date_of(9999, 12, 31);
    tl_status status = tl_pledge_list(&pledges, &count, store, NULL, any, listing->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_pledge *pledge = &pledges[i];
        struct tl_waiver waiver = {.tag = pledge->project,
                                   .on = pledge->binding_on,
                                   .evidence = pledge->evidence,
                                   .pledged = pledge->amount,
                                   .pledged_on = pledge->on,
                                   .act = pledge->act,
                                   .actor = pledge->actor,
                                   .recorded_at = pledge->recorded_at};
        if (pledge->state == TL_PLEDGE_BINDING && tl_text_equal(pledge->party, party) &&
            tl_text_equal(pledge->product, product))
            status = add(listing, &waiver, err);
    }
    return status;
}

tl_status tl_waiver_list(struct tl_waiver **out, size_t *count, struct tl_store *store, const char *product,
                         const char *party, struct tl_arena *arena, struct tl_err *err)
{
    struct listing listing = {.arena = arena};
    tl_status status = add_recorded(&listing, store, product, party, err);
    if (status == TL_OK)
        status = add_pledges(&listing, store, product, party, err);
    *out = listing.items;
    *count = listing.count;
    return status;
}
