/* SPDX-License-Identifier: MPL-2.0 */
/*
 * All versions of a product's terms, read, and what of a later one is not what an earlier one said.
 */
#ifndef TILSLUT_AGREEMENT_TERMS_VERSIONS_H
#define TILSLUT_AGREEMENT_TERMS_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/agreement/terms_book.h"
#include "tilslut/exchange/terms_setting.h"

struct tl_terms_version {
    const struct tl_adopted *adopted;
    struct tl_terms terms;
    struct tl_terms_settings settings;
};

/* Which parts of the terms differ. */
struct tl_terms_parts {
    bool text, prices;
};

struct tl_terms_versions {
    struct tl_arena *arena;
    struct tl_adopted *adopted;
    struct tl_terms_version *items;
    size_t count;
    struct compared {
        bool is_known;
        struct tl_terms_parts parts;
    } * compared; /* count x count, filled when first asked for */
};

/* In the arena; release it whatever the status. TL_ERR_NOT_FOUND: no such product. TL_ERR_MISSING: it has no terms. */
tl_status tl_terms_versions_read(struct tl_terms_versions *out, struct tl_store *store, const char *product,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
void tl_terms_versions_release(struct tl_terms_versions *versions);

/* The index of the version in force on a date, or of a number; the count where there is none. */
size_t tl_terms_versions_in_force(const struct tl_terms_versions *versions, struct tl_date on);
size_t tl_terms_versions_index(const struct tl_terms_versions *versions, int version);

/* What of versions[after] is not what versions[before] says. TL_ERR_MEMORY. */
tl_status tl_terms_versions_compare(struct tl_terms_parts *out, const struct tl_terms_versions *versions, size_t before,
                                    size_t after, struct tl_err *err) TL_MUST_CHECK;

#endif
