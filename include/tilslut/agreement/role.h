/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Roles: who may draft, and who may approve, for a product or for the whole ledger, from a date on. As long as nobody
 * was to draft or to approve, everybody may (what needs two people needs them all the same), but who is there to read.
 *
 * A record of responsibility in a local file, and no login: whoever holds the file can say to be anybody.
 * role_book.h answers who may; duty.h holds each act to it.
 */
#ifndef TILSLUT_AGREEMENT_ROLE_H
#define TILSLUT_AGREEMENT_ROLE_H

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* OS2 has an invoice approved in the product's own house (internal) and by the association (external). */
typedef enum tl_role {
    TL_ROLE_DRAFTER,
    TL_ROLE_APPROVER_INTERNAL,
    TL_ROLE_APPROVER_EXTERNAL,
    TL_ROLE_READER,
    TL_ROLE_AUDITOR,
    TL_ROLE_COUNT
} tl_role;

/* As it is stored and typed: `approver-internal`; and in words: "internal approver", "intern godkender". Static. */
const char *tl_role_name(tl_role role);
const char *tl_role_en(tl_role role);
const char *tl_role_da(tl_role role);
/* TL_ERR_INPUT, with the names there are. */
tl_status tl_role_parse(tl_role *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A role that somebody takes. Borrowed. */
struct tl_role_request {
    const char *person;
    tl_role role;
    const char *product;             /* NULL: the whole ledger */
    struct tl_date from;             /* the first day with it */
    const char *decision, *evidence; /* "" where there is none; one of them is needed */
};

/* Records that a person takes a role, in the open transaction of `actor`, on the day `today`. That an approver gives it
 * is a duty (duty.h); where there were approvers and nobody is one now, a decision gives it.
 * TL_ERR_STATE: `actor` gives it to himself although there are approvers. TL_ERR_CONFLICT: the person has the role
 * then or later, or is the other approver of the same product. TL_ERR_NOT_FOUND: no such product. TL_ERR_MISSING:
 * neither decision nor evidence, or no decision where nobody is approver. TL_ERR_INPUT: a name that is none. */
tl_status tl_role_grant(struct tl_store *store, const struct tl_role_request *request, const char *actor,
                        struct tl_date today, struct tl_err *err) TL_MUST_CHECK;

/* Records the last day of a role that a person has; the day before its first day when it never was. The role that it
 * had on that day or the next one ends, so that a role can be taken up again later.
 * TL_ERR_NOT_FOUND: no such role that goes on then. TL_ERR_MISSING: no evidence. */
tl_status tl_role_end(struct tl_store *store, const char *person, tl_role role, const char *product,
                      struct tl_date last, const char *evidence, struct tl_err *err) TL_MUST_CHECK;

/* Who must have approved a run before it is posted. Borrowed. */
struct tl_role_rule {
    const char *product;   /* NULL: all products without a rule of their own */
    const char *approvers; /* any, internal, external, internal+external */
    bool is_above;         /* only for runs that move more than `above`; of others any approver approves */
    struct tl_money above; /* charges and credits of its members, added up */
    struct tl_date from;
    const char *decision;
};

/* Records it in the open transaction. TL_ERR_MISSING: no decision. TL_ERR_STATE: nobody has a role there yet.
 * TL_ERR_CONFLICT: it is recorded already. TL_ERR_INPUT, TL_ERR_NOT_FOUND. */
tl_status tl_role_rule_record(struct tl_store *store, const struct tl_role_rule *rule,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
