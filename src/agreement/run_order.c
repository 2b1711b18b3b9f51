/* SPDX-License-Identifier: MPL-2.0 */
/*
 * By which order each line of a run is invoiced: an invoice names one order (Peppol BIS Billing 3.0, UBL 2.1
 * OrderReference 0..1), so that a member whose lines have several gets an invoice for each. Most have one.
 */
#include <stdlib.h>
#include <string.h>

#include "run_due.h"
#include "tilslut/agreement/invoicing.h"
#include "tilslut/store/stmt.h"

/* Whose lines may have orders of their own. */
static const char SQL_PARTIES[] = "SELECT DISTINCT party_code FROM unit_reference WHERE product_code = ?1 AND line_id "
                                  "<> '' AND order_reference <> '' "
                                  "AND valid_from <= ?2 AND act_id <= ?3 ORDER BY party_code";

struct parties {
    const char **items;
    size_t count, capacity;
};

static tl_status read_parties(struct parties *out, struct tl_store *store, const char *product, struct tl_date on,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL_PARTIES, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_date(stmt, 2, on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
        if (out->items == NULL || (out->items[out->count++] = tl_stmt_copy(stmt, 0, arena)) == NULL)
            return tl_err_memory(err);
    }
    return status;
}

static int by_code(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* The day of the draft, or the nearer end of the year: an invoice is dated within it. */
static struct tl_date day_of(const struct tl_run_plan *plan)
{
    struct tl_period year = tl_period_of_year(plan->year);
    if (tl_date_compare(plan->drafted_on, year.first) < 0)
        return year.first;
    return tl_date_compare(plan->drafted_on, year.last) > 0 ? year.last : plan->drafted_on;
}

tl_status tl_run_orders_find(struct tl_run_rows *rows, struct tl_store *store, const struct tl_run_plan *plan,
                             struct tl_err *err)
{
    struct parties parties = {NULL, 0, 0};
    if (tl_date_is_none(plan->drafted_on))
        return TL_OK;
    struct tl_date on = day_of(plan);
    tl_status status = read_parties(&parties, store, plan->product, on, rows->arena, err);
    for (size_t i = 0; status == TL_OK && parties.count > 0 && i < rows->count; i++) {
        struct tl_run_line *line = &rows->items[i].line;
        struct tl_unit unit;
        if (bsearch(&line->party_code, parties.items, parties.count, sizeof *parties.items, by_code) == NULL)
            continue;
        status = tl_invoicing_read(&unit, store, plan->product, line->party_code, line->line_id, on, rows->arena, err);
        if (status == TL_OK)
            line->order_reference = unit.order_reference;
    }
    return status;
}
