/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What an act takes: every row that it recorded is somebody's duty, to draft or to approve, for a product or for what
 * belongs to none. One table (duty.c) says so of every table of the ledger, so that no command can be forgotten; it is
 * asked before an act is committed, and again by `verify`.
 *
 * Where roles are recorded (role.h), who did the act must have one for the duty, on the day and by what was known; the
 * role is recorded with the act. Where none are, everybody may do everything, except readers and auditors.
 */
#ifndef TILSLUT_AGREEMENT_DUTY_H
#define TILSLUT_AGREEMENT_DUTY_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/check.h"
#include "tilslut/store/store.h"

/* Holds the act of the open transaction to the roles, and records under which it was done: a tl_store_gate.
 * TL_ERR_STATE names who may. */
tl_status tl_duty_gate(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* A check of `verify` (ledger/check.h): acts since there are roles were done by people who had them, and say so; each
 * run that was approved has all the approvals that the rule of its product asked for. */
tl_status tl_duty_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* An act with the roles it was done under, for a list. */
struct tl_duty_act {
    int64_t act;
    const char *at, *actor, *command;
    const char *duty;    /* draft, approve, ...; "" where no role was asked for */
    const char *role;    /* drafter, approver-internal ...; "" */
    const char *product; /* "" for what belongs to none */
};
/* The acts that are known, by number, one row for each role; in the arena. `actor` NULL: everybody's. */
tl_status tl_duty_list(struct tl_duty_act **out, size_t *count, struct tl_store *store, const char *actor,
                       struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The table, for the test that holds it against the schema: the names of the tables that it knows, ended by NULL. */
const char *const *tl_duty_tables(void);

#endif
