/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who has which role, since when, and who may do what because of it. There are few roles, so all of them are read at
 * once and asked in memory, also for times that have passed: an act counts by what was known when it was done.
 */
#ifndef TILSLUT_AGREEMENT_ROLE_BOOK_H
#define TILSLUT_AGREEMENT_ROLE_BOOK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/role.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/text.h"

/* A role of a person. */
struct tl_role_holding {
    int64_t id, act; /* that gave it */
    const char *person;
    tl_role role;
    const char *product; /* "": the whole ledger */
    struct tl_date from;
    const char *ground; /* the decision, or the evidence */
    const char *given_by, *given_at;
    int64_t end_act;      /* that ended it; INT64_MAX: none */
    struct tl_date until; /* the last day, of one that has ended; the day before `from`: it never was */
    const char *end_evidence, *ended_by;
};

struct tl_role_rule_row {
    int64_t id, act;
    struct tl_role_rule rule; /* product is NULL for all */
    const char *by, *at;
};

struct tl_role_book {
    struct tl_role_holding *items;
    size_t count;
    struct tl_role_rule_row *rules;
    size_t rule_count;
};

/* A moment to ask for: what acts before `act` recorded, for the day `on`. */
struct tl_role_moment {
    int64_t act;
    struct tl_date on;
};

/* Sets of roles. */
#define TL_ROLES_OF(role) (1U << (role))
#define TL_ROLES_DRAFT TL_ROLES_OF(TL_ROLE_DRAFTER)
#define TL_ROLES_APPROVE (TL_ROLES_OF(TL_ROLE_APPROVER_INTERNAL) | TL_ROLES_OF(TL_ROLE_APPROVER_EXTERNAL))
#define TL_ROLES_READ (TL_ROLES_OF(TL_ROLE_READER) | TL_ROLES_OF(TL_ROLE_AUDITOR))

/* All that is known (tl_store_known), in the arena, by number. */
tl_status tl_role_book_read(struct tl_role_book *out, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

/* Whether anybody was to draft or to approve for the product (or the whole ledger, which is its product's too) before.
 * "" asks for what belongs to no product. */
bool tl_role_book_governs(const struct tl_role_book *book, int64_t act, const char *product);

/* A role of the set that the person has at the moment for the product, or NULL; the product's own before the ledger's,
 * then in the order of the roles. `person` NULL: anybody's. `product` NULL: for any product, or the ledger. */
const struct tl_role_holding *tl_role_book_find(const struct tl_role_book *book, struct tl_role_moment moment,
                                                const char *person, const char *product, unsigned roles);

/* The rule for the approval of a product's runs at the moment, or NULL. */
const struct tl_role_rule *tl_role_book_rule(const struct tl_role_book *book, struct tl_role_moment moment,
                                             const char *product);

/* Writes "drafters are anna and bo" or "nobody is a drafter", for each kind of role in the set: at most so many names
 * that a message holds them. `product` as for tl_role_book_find. */
void tl_role_book_write(struct tl_buf *out, const struct tl_role_book *book, struct tl_role_moment moment,
                        const char *product, unsigned roles);

/* What a refusal says beside the names, as its hint. */
#define TL_ROLE_HINT "tilslut list roles shows who has which role; it is a record of responsibility, not a login"

#endif
