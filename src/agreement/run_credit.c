/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a credit note credits: of each line of an invoice what was charged, less what credit notes of that invoice took
 * back, and never more than what the member is billed of the line in the year, so that two corrections of one thing
 * don't add up to more than it.
 */
#include <stdlib.h>

#include "run_due.h"
#include "run_row.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const char SQL_CHARGED[] =
    "SELECT l.line_id, l.party_code, l.account_code, l.vat_code, l.vat_rate, l.vat_reason, sum(l.net_minor), "
    "sum(l.vat_minor), min(l.seq), sum(l.gross_minor), max(l.reduced_for), l.order_reference FROM run_line l "
    "JOIN run r ON r.id = l.run_id JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' AND e.act_id <= ?2 "
    "JOIN invoice i ON i.number = ?1 AND l.party_code = i.party_code AND l.order_reference = i.order_reference AND "
    "(r.id = i.run_id OR r.corrects = i.number) "
    "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 9, 1, 3, 4, 5, 6";

/* What is billed of one line in the year, by any account and VAT. */
static int64_t billed_of(const struct tl_run_history *history, const struct tl_run_billed *line)
{
    int64_t billed = 0;
    for (size_t i = 0; i < history->billed_count; i++)
        if (tl_text_equal(history->billed[i].line_id, line->line_id) &&
            tl_text_equal(history->billed[i].party_code, line->party_code))
            billed += history->billed[i].net_minor;
    return billed;
}

/* The VAT of a part of what is left of a line: all of it with all of it, else in proportion. */
static tl_status vat_of(int64_t *out, const struct tl_run_billed *left, int64_t net, struct tl_err *err)
{
    struct tl_frac exact, part;
    struct tl_money vat = {left->vat_minor};
    tl_status status = TL_OK;
    if (net != left->net_minor) {
        tl_frac_init(&exact);
        tl_frac_init(&part);
        tl_frac_set_whole(&exact, left->vat_minor);
        tl_frac_set_ratio(&part, tl_ratio_of(net, left->net_minor));
        mpq_mul(exact.q, exact.q, part.q);
        status = tl_frac_round_money(&vat, &exact, err);
        tl_frac_release(&part);
        tl_frac_release(&exact);
    }
    *out = vat.minor;
    return status;
}

static tl_status add_line(struct tl_run_rows *rows, const struct tl_run_history *history,
                          const struct tl_run_billed *left, struct tl_period period, const char *order,
                          struct tl_err *err)
{
    int64_t billed = billed_of(history, left), vat;
    int64_t net = billed < left->net_minor ? billed : left->net_minor;
    if (net <= 0)
        return TL_OK;
    tl_status status = vat_of(&vat, left, net, err);
    return status == TL_OK ? tl_run_rows_add_credit(rows, left, period, -net, -vat, order, err) : status;
}

static tl_status read_left(struct tl_run_billed *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_run_billed){.line_id = tl_stmt_copy(stmt, 0, arena),
                                  .party_code = tl_stmt_copy(stmt, 1, arena),
                                  .account_code = tl_stmt_copy(stmt, 2, arena),
                                  .vat_code = tl_stmt_copy(stmt, 3, arena),
                                  .vat_rate = tl_stmt_copy(stmt, 4, arena),
                                  .vat_reason = tl_stmt_copy(stmt, 5, arena),
                                  .net_minor = tl_stmt_int(stmt, 6),
                                  .vat_minor = tl_stmt_int(stmt, 7),
                                  .gross_minor = tl_stmt_int(stmt, 9),
                                  .reduced_for = tl_stmt_copy(stmt, 10, arena)};
    bool whole = out->line_id != NULL && out->party_code != NULL && out->account_code != NULL &&
                 out->vat_code != NULL && out->vat_rate != NULL && out->vat_reason != NULL && out->reduced_for != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

tl_status tl_run_credit_lines(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                              struct tl_err *err)
{
    struct tl_run_rows rows = {.arena = &out->year.arena};
    struct tl_stmt *stmt;
    bool row, found = plan->lines[0] == '\0';
    tl_status status = tl_stmt_get(&stmt, store, SQL_CHARGED, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, plan->corrects);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_run_billed left;
        const char *order = tl_stmt_copy(stmt, 11, &out->year.arena);
        status = order == NULL ? tl_err_memory(err) : read_left(&left, stmt, &out->year.arena, err);
        bool wanted = plan->lines[0] == '\0' || (status == TL_OK && tl_text_equal(plan->lines, left.line_id));
        found = found || wanted;
        if (status == TL_OK && wanted)
            status = add_line(&rows, &out->history, &left, plan->period, order, err);
    }
    tl_stmt_end(stmt);
    if (status == TL_OK && !found)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "invoice %s has no line '%.60s'", plan->corrects, plan->lines);
    if (status == TL_OK && rows.count == 0)
        return tl_err_set(err, TL_ERR_STATE, "nothing is left to credit of invoice %s%s%s", plan->corrects,
                          plan->lines[0] == '\0' ? "" : ", line ", plan->lines);
    return status == TL_OK ? tl_run_rows_finish_as_given(&out->lines, &rows, err) : status;
}
