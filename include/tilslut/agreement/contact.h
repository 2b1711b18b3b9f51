/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Contacts: whom to write to at a party or one of its units. They are personal data: kept small, printed on no
 * document, and erased on request without a trace of the person in the file, while everything sealed stays provable.
 * What is sealed is a role and a commitment; the person with the random salt of the commitment lies in a row that may
 * leave.
 */
#ifndef TILSLUT_AGREEMENT_CONTACT_H
#define TILSLUT_AGREEMENT_CONTACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

struct tl_contact {
    int64_t id;
    const char *party, *unit; /* unit "": the party itself */
    const char *role;         /* økonomi, it-chef; never a name */
    bool is_erased;
    const char *name, *email, *phone;           /* "" where not given; all "" when erased */
    const char *reason, *erased_by, *erased_at; /* of an erasure; "" before */
    const char *recorded_by, *recorded_at;
};

/* Records a contact in the open transaction; id is set. `salt` is random (tl_digest_random).
 * TL_ERR_NOT_FOUND: no such party or unit. TL_ERR_INPUT: no name, an e-mail address without @ or with a space, a role
 * that is empty or an e-mail address. TL_ERR_CONFLICT: the same person has the role already. */
tl_status tl_contact_record(struct tl_contact *contact, struct tl_store *store, const struct tl_digest *salt,
                            struct tl_date today, struct tl_err *err) TL_MUST_CHECK;

/* Records in the open transaction that a contact is erased, and why, and removes the person. The bytes leave the file
 * by tl_store_sweep after the commit. One that is erased already is left alone, *was_erased true. TL_ERR_NOT_FOUND;
 * TL_ERR_MISSING: no reason. */
tl_status tl_contact_erase(bool *was_erased, struct tl_store *store, int64_t id, const char *reason,
                           struct tl_err *err) TL_MUST_CHECK;

/* Contacts with those erased, of one party or (NULL) of all, by party and id; in the arena. */
tl_status tl_contact_list(struct tl_contact **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Each contact that is not erased matches its commitment, and each that is gone has an erasure. */
tl_status tl_contact_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
