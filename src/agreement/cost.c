/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/cost.h"

#include <inttypes.h>

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_FIND, SQL_LIST, SQL_OPEN };

/* The entry of a payment is known by its key; cost_post.c makes it. */
#define COLUMNS                                                                                                        \
    "SELECT c.voucher_id, c.product_code, c.account_code, c.cvr, c.supplier_name, c.invoice, c.invoice_line, "         \
    "c.invoiced_on, c.due_on, c.period_first, c.period_last, c.issue, c.text, c.net_minor, c.vat_minor, c.vat_code, "  \
    "c.vat_reason, coalesce(c.corrects_id, 0), coalesce(r.role, ''), c.hour_numerator, c.hour_denominator, "           \
    "coalesce(c.rate_id, 0), c.working, coalesce(e.outcome, 'draft'), a.actor, coalesce(b.actor, ''), "                \
    "coalesce(e.reason, ''), coalesce(e.holds_on, ''), coalesce(n.holds_on, ''), "                                     \
    "coalesce(e.act_id, 0) FROM cost c JOIN act a ON a.id = c.act_id LEFT JOIN supplier_rate r ON r.id = c.rate_id "   \
    "LEFT JOIN voucher_end e ON e.voucher_id = c.voucher_id AND e.act_id <= ?1 LEFT JOIN act b ON b.id = e.act_id "    \
    "LEFT JOIN posting p ON p.key = 'cost-pay:' || c.voucher_id || '#1' "                                              \
    "LEFT JOIN entry n ON n.id = p.entry_id AND n.act_id <= ?1 WHERE c.act_id <= ?1 "

static const char *const SQL[] = {
    [SQL_FIND] = COLUMNS "AND c.voucher_id = ?2",
    [SQL_LIST] = COLUMNS "AND (?2 IS NULL OR c.product_code = ?2) ORDER BY c.voucher_id",
    [SQL_OPEN] = COLUMNS "AND e.outcome = 'approved' AND n.id IS NULL ORDER BY c.due_on = '', c.due_on, c.voucher_id",
};

static tl_status read_row(struct tl_cost *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    static const int columns[] = {1, 2, 3, 4, 5, 11, 12, 15, 16, 18, 22, 23, 24, 25, 26};
    enum { TEXTS = sizeof columns / sizeof columns[0] };
    const char *texts[TEXTS];
    for (int i = 0; i < TEXTS; i++)
        if ((texts[i] = tl_stmt_copy(stmt, columns[i], arena)) == NULL)
            return tl_err_memory(err);
    *out = (struct tl_cost){
        .id = tl_stmt_int(stmt, 0),
        .product = texts[0],
        .account = texts[1],
        .supplier = texts[2],
        .supplier_name = texts[3],
        .invoice = texts[4],
        .line = tl_stmt_int(stmt, 6),
        .invoiced_on = tl_stmt_date(stmt, 7),
        .due_on = tl_stmt_date(stmt, 8),
        .period = {tl_stmt_date(stmt, 9), tl_stmt_date(stmt, 10)},
        .issue = texts[5],
        .text = texts[6],
        .net = {tl_stmt_int(stmt, 13)},
        .vat = {tl_stmt_int(stmt, 14)},
        .vat_code = texts[7],
        .vat_reason = texts[8],
        .corrects = tl_stmt_int(stmt, 17),
        .role = texts[9],
        .hours = {tl_stmt_int(stmt, 19), tl_stmt_int(stmt, 20)},
        .rate_id = tl_stmt_int(stmt, 21),
        .working = texts[10],
        .state = texts[11],
        .author = texts[12],
        .ended_by = texts[13],
        .reason = texts[14],
        .holds_on = tl_stmt_date(stmt, 27),
        .paid_on = tl_stmt_date(stmt, 28),
        .ended_act = tl_stmt_int(stmt, 29),
    };
    return TL_OK;
}

static tl_status read_rows(struct tl_cost **out, size_t *count, struct tl_stmt *stmt, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_cost *costs = NULL;
    size_t capacity = 0;
    bool row;
    tl_status status;
    *count = 0;
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        costs = tl_arena_grow(arena, costs, *count, &capacity, sizeof *costs);
        status = costs == NULL ? tl_err_memory(err) : read_row(&costs[*count], stmt, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        (*count)++;
    }
    *out = costs;
    return status;
}

tl_status tl_cost_find(struct tl_cost *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_cost *costs;
    size_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = read_rows(&costs, &count, stmt, arena, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no cost %" PRId64, id);
        tl_err_hint(err, "tilslut list costs shows them");
    }
    if (status == TL_OK)
        *out = costs[0];
    return status;
}

tl_status tl_cost_list(struct tl_cost **out, size_t *count, struct tl_store *store, const char *product,
                       struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, product);
    return read_rows(out, count, stmt, arena, err);
}

tl_status tl_cost_open(struct tl_cost **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct tl_stmt *stmt;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_OPEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    return read_rows(out, count, stmt, arena, err);
}

tl_status tl_cost_gross(struct tl_money *out, const struct tl_cost *cost, struct tl_err *err)
{
    return tl_money_add(out, cost->net, cost->vat, err);
}
