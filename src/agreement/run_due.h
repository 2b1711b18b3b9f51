/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a run comes to: what members owe for the year up to the end of its period, less what is billed of it already;
 * so that nothing is billed twice, and any order of runs, changes and credit notes ends at the same total.
 */
#ifndef TILSLUT_AGREEMENT_RUN_DUE_H
#define TILSLUT_AGREEMENT_RUN_DUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "run_billed.h"
#include "run_line.h"
#include "run_row.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"

/* What is to be billed. Lists are codes with a comma between, "" for all (of left_out: for none). */
struct tl_run_plan {
    const char *kind; /* period, one-off, pledges, credit, settlement */
    const char *product;
    int year;
    struct tl_period period;
    const char *members, *lines, *left_out;   /* lines: of pledges, the project */
    const char *corrects, *reason, *evidence; /* of a credit note; "" else; evidence: the decision of a settlement */
    const char *accounts;                     /* of a settlement (run_settlement.h); NULL or "" else */
    struct tl_money actual;                   /* what they come to, of a run on record */
    int64_t terms_id;                         /* 0: those in force */
    struct tl_date drafted_on;                /* lines are invoiced by the orders of that day, or of the nearer end of
                                                 the year; none: by one */
};

/* A first share that an account bears: what of it is drawn now. */
struct tl_run_account {
    const char *line_id, *account_code, *income_code, *working;
    int64_t entitled_minor, net_minor;
};

struct tl_run_computed {
    struct tl_product_year year;
    struct tl_allocation part; /* of the year up to the end of the period, where that is not the whole year */
    bool has_part;
    struct tl_run_history history;
    struct tl_money actual; /* of a settlement */
    struct tl_run_lines lines;
    struct tl_run_account *accounts;
    size_t account_count;
    struct tl_digest digest;
};

#define TL_RUN_COMPUTED_EMPTY                                                                                          \
    {                                                                                                                  \
        .year = TL_PRODUCT_YEAR_EMPTY, .part = TL_ALLOCATION_EMPTY                                                     \
    }

/* Computes a plan from the record; release it whatever the status. Statuses of tl_alloc.
 * TL_ERR_CONFLICT: more than the period is billed already. */
tl_status tl_run_compute(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                         struct tl_err *err) TL_MUST_CHECK;
void tl_run_computed_release(struct tl_run_computed *computed);

/* Whether a list has a code; an empty list has none. */
bool tl_run_list_has(const char *list, const char *code);

/* Gives each row the order that it is invoiced by, where the lines of a member have several (run_order.c). */
tl_status tl_run_orders_find(struct tl_run_rows *rows, struct tl_store *store, const struct tl_run_plan *plan,
                             struct tl_err *err) TL_MUST_CHECK;

/* The lines that credit an invoice (run_credit.c), into out->lines.
 * TL_ERR_STATE: nothing of it is left to credit. TL_ERR_NOT_FOUND: it has no such line. */
tl_status tl_run_credit_lines(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                              struct tl_err *err) TL_MUST_CHECK;

/* Stores and reads what is drawn from accounts. */
tl_status tl_run_accounts_store(struct tl_store *store, int64_t run, const struct tl_run_computed *computed,
                                struct tl_err *err) TL_MUST_CHECK;
tl_status tl_run_accounts_read(struct tl_run_account **out, size_t *count, struct tl_store *store, int64_t run,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The digest that an approved run's entries carry as their evidence: of the plan, the hash of the terms and every
 * column of every line. */
tl_status tl_run_digest(struct tl_digest *out, const struct tl_run_plan *plan, const struct tl_digest *terms,
                        const struct tl_run_lines *lines, const struct tl_run_account *accounts, size_t account_count,
                        struct tl_err *err) TL_MUST_CHECK;

#endif
