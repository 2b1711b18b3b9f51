/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Which version of the terms binds whom. A member signs one version; the version it signed says how it follows later
 * ones (struct tl_follows). The price list holds for everybody from its first day, or needs a signature; the text of a
 * later version binds once it is signed, or by decision.
 *
 * The version signed is that of the latest new signature; before one, the newest version that was decided by the day
 * the agreement was signed and begins by the membership's first day, or else the version in force on that day.
 */
#ifndef TILSLUT_AGREEMENT_TERMS_BINDING_H
#define TILSLUT_AGREEMENT_TERMS_BINDING_H

#include <stddef.h>

#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

/* One member on a date. Versions are borrowed from the arena that the binding was read into. */
struct tl_terms_binding {
    const char *member, *name;
    struct tl_date signed_on; /* of the version signed; none where no date is recorded */
    const char *evidence;     /* of a new signature; "" for the agreement's own */
    const struct tl_adopted *signed_version;
    struct tl_follows follows;        /* how the version signed follows later ones */
    const struct tl_adopted *text;    /* whose text binds on the date */
    const struct tl_adopted *prices;  /* whose price list does: that in force, or an older one that was signed */
    const struct tl_adopted *to_sign; /* the newest version, where it needs a signature that is lacking; or NULL */
};

struct tl_terms_bindings {
    struct tl_terms_binding *items; /* by member */
    size_t count;
};

/* The members of a product whose membership runs on a date. In the arena. TL_ERR_NOT_FOUND: no such product.
 * TL_ERR_MISSING: no terms of it are in force then. */
tl_status tl_terms_binding_list(struct tl_terms_bindings *out, struct tl_store *store, const char *product,
                                struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* That of one member. TL_ERR_NOT_FOUND also where its membership does not run on the date. */
tl_status tl_terms_binding_find(struct tl_terms_binding *out, struct tl_store *store, const char *product,
                                const char *member, struct tl_date on, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

/* The terms whose text binds a member on a date: those in force, or older ones that it signed. Who is no member then
 * has those in force. The caller releases them. As tl_terms_binding_list. */
tl_status tl_terms_binding_read(struct tl_terms *out, struct tl_store *store, const char *product, const char *member,
                                struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The version that a member signed with its agreement, of all versions of the product (tl_terms_book_list): what it
 * says of the joining fee stays, whatever is signed later. Borrowed from the list; NULL where it is empty. */
const struct tl_adopted *tl_terms_binding_at_signing(const struct tl_adopted *versions, size_t count,
                                                     const struct tl_member *member);

/* The codes of members of a year who have yet to sign its prices, in order; in the arena. */
tl_status tl_terms_binding_unsigned(const char ***out, size_t *count, struct tl_store *store,
                                    const struct tl_product_year *year, struct tl_arena *arena,
                                    struct tl_err *err) TL_MUST_CHECK;

#endif
