/* SPDX-License-Identifier: MPL-2.0 */
/*
 * New signatures: members who signed a version of the terms that was adopted after the one their agreement was signed
 * under.
 */
#ifndef TILSLUT_AGREEMENT_TERMS_SIGNATURE_H
#define TILSLUT_AGREEMENT_TERMS_SIGNATURE_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

struct tl_terms_signing {
    const char *product, *member;
    int version;
    struct tl_date signed_on;
    const char *evidence; /* where the signed document is */
};

/* Records a new signature in the open transaction. TL_ERR_NOT_FOUND: no such product or version, or no membership that
 * runs on the day. TL_ERR_CONFLICT: the member has signed that version, or a later one. TL_ERR_INPUT: a day before the
 * version was decided, or after `today`. TL_ERR_MISSING: no evidence. */
tl_status tl_terms_signature_record(struct tl_store *store, const struct tl_terms_signing *signing,
                                    struct tl_date today, struct tl_err *err) TL_MUST_CHECK;

/* Each signature is of a version of the membership's product, not of a day before it was decided, and of a later
 * version than the one before it. */
tl_status tl_terms_signature_check(struct tl_check_work *work, struct tl_store *store,
                                   struct tl_err *err) TL_MUST_CHECK;

#endif
