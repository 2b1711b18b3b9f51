/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Budgets of a product and year, by account and quarter. A budget is decided, and never changed: the next one is a new
 * version. Incomes and costs are both positive amounts.
 */
#ifndef TILSLUT_AGREEMENT_BUDGET_H
#define TILSLUT_AGREEMENT_BUDGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/budget_file.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

struct tl_budget_amount {
    const char *account, *name_da, *name_en;
    bool is_income;
    struct tl_money quarters[TL_BUDGET_QUARTERS];
    const char *working; /* how it came about: of which lines of the terms, by which index; "" from a file */
};

struct tl_budget {
    int64_t id;
    const char *product;
    int year, version;
    const char *basis; /* what it was made of, such as a file's name */
    const char *decision, *recorded_at, *actor;
    struct tl_budget_amount *amounts; /* by account */
    size_t amount_count;
};

/* Records a budget from a file in the open transaction, as the next version; *recorded is how it reads, in the arena.
 * Where the file has no income account, the incomes are those of the year's terms: what the lines come to, in the
 * quarters that the terms bill. TL_ERR_CONFLICT: the last version says the same. TL_ERR_NOT_FOUND: an unknown product
 * or account. TL_ERR_INPUT: an account that is neither income nor cost. Statuses of tl_budget_file_read,
 * tl_decision_parse and tl_product_year_compute. */
tl_status tl_budget_record(struct tl_budget *recorded, struct tl_store *store, const char *product, int year,
                           const struct tl_source *source, const char *decision, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* How a budget follows an index from one year to the next. */
struct tl_budget_index {
    const char *index;
    struct tl_date from, to; /* the dates of the old and the new value */
};

/* Records the budget of a year as that of the year before x new / old value of an index, each amount rounded to the
 * øre. TL_ERR_MISSING: no budget of the year before, or no value on one of the dates. */
tl_status tl_budget_record_indexed(struct tl_budget *recorded, struct tl_store *store, const char *product, int year,
                                   const struct tl_budget_index *index, const char *decision, struct tl_arena *arena,
                                   struct tl_err *err) TL_MUST_CHECK;

/* The last version known, in the arena; *found is false where there is none. */
tl_status tl_budget_find(struct tl_budget *out, bool *found, struct tl_store *store, const char *product, int year,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* All versions of all products, without their amounts; in the arena. */
tl_status tl_budget_list(struct tl_budget **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
