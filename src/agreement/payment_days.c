/* SPDX-License-Identifier: MPL-2.0 */
#include "payment_days.h"

#include "tilslut/base/text.h"

tl_status tl_payment_days_read(struct tl_payment_days *out, struct tl_store *store, const struct tl_terms *billed,
                               struct tl_date on, struct tl_err *err)
{
    *out = (struct tl_payment_days){.arena = TL_ARENA_EMPTY, .others = billed->payment_days};
    tl_status status = tl_terms_versions_read(&out->versions, store, billed->product, &out->arena, err);
    if (status != TL_OK || out->versions.count < 2)
        return status;
    size_t in_force = tl_terms_versions_in_force(&out->versions, on);
    if (in_force == out->versions.count)
        return TL_OK;
    out->others = out->versions.items[in_force].terms.payment_days;
    return tl_terms_binding_list(&out->bindings, store, billed->product, on, &out->arena, err);
}

void tl_payment_days_release(struct tl_payment_days *days)
{
    tl_terms_versions_release(&days->versions);
    tl_arena_release(&days->arena);
}

int tl_payment_days_of(const struct tl_payment_days *days, const char *party)
{
    for (size_t i = 0; i < days->bindings.count; i++) {
        const struct tl_terms_binding *binding = &days->bindings.items[i];
        if (tl_text_equal(binding->member, party))
            return days->versions.items[tl_terms_versions_index(&days->versions, binding->text->version)]
                .terms.payment_days;
    }
    return days->others;
}
