/* SPDX-License-Identifier: MPL-2.0 */
#include "terms_versions.h"

#include <string.h>

#include "tilslut/agreement/product.h"
#include "tilslut/exchange/terms_difference.h"

static tl_status read_version(struct tl_terms_version *out, const struct tl_adopted *adopted, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_source source = {adopted->product, adopted->content, strlen(adopted->content)};
    *out = (struct tl_terms_version){.adopted = adopted, .terms = TL_TERMS_EMPTY};
    tl_status status = tl_terms_book_read(&out->terms, adopted, err);
    return status == TL_OK ? tl_terms_setting_list(&out->settings, &out->terms, &source, arena, err) : status;
}

tl_status tl_terms_versions_read(struct tl_terms_versions *out, struct tl_store *store, const char *product,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product known;
    size_t count = 0;
    *out = (struct tl_terms_versions){.arena = arena};
    tl_status status = tl_product_find(&known, store, product, arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&out->adopted, &count, store, product, arena, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "no terms of '%s' are adopted", product);
        tl_err_hint(err, "adopt them with: tilslut terms adopt FILE --decision \"styregruppe 2025-10-12 pkt. 4\"");
    }
    if (status != TL_OK)
        return status;
    out->items = tl_arena_alloc(arena, count, sizeof *out->items);
    out->compared = tl_arena_alloc(arena, count * count, sizeof *out->compared);
    if (out->items == NULL || out->compared == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = read_version(&out->items[i], &out->adopted[i], arena, err);
        out->count = i + 1;
    }
    return status;
}

void tl_terms_versions_release(struct tl_terms_versions *versions)
{
    for (size_t i = 0; i < versions->count; i++)
        tl_terms_release(&versions->items[i].terms);
    versions->count = 0;
}

size_t tl_terms_versions_in_force(const struct tl_terms_versions *versions, struct tl_date on)
{
    struct tl_date last;
    size_t i = 0;
    while (i < versions->count &&
           tl_terms_book_state(&last, versions->adopted, versions->count, i, on) != TL_TERMS_IN_FORCE)
        i++;
    return i;
}

size_t tl_terms_versions_index(const struct tl_terms_versions *versions, int version)
{
    size_t i = 0;
    while (i < versions->count && versions->items[i].adopted->version != version)
        i++;
    return i;
}

tl_status tl_terms_versions_compare(struct tl_terms_parts *out, const struct tl_terms_versions *versions, size_t before,
                                    size_t after, struct tl_err *err)
{
    struct compared *compared = &versions->compared[before * versions->count + after];
    struct tl_terms_difference difference = {NULL, 0};
    tl_status status = TL_OK;
    if (!compared->is_known)
        status = tl_terms_difference_find(&difference, &versions->items[before].settings,
                                          &versions->items[after].settings, versions->arena, err);
    for (size_t i = 0; status == TL_OK && i < difference.count; i++) {
        tl_terms_part part = tl_terms_change_part(&difference.changes[i]);
        compared->parts.text = compared->parts.text || part == TL_TERMS_PART_TEXT;
        compared->parts.prices = compared->parts.prices || part == TL_TERMS_PART_PRICES;
    }
    compared->is_known = status == TL_OK;
    *out = compared->parts;
    return status;
}
