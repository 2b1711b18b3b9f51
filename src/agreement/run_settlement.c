/* SPDX-License-Identifier: MPL-2.0 */
#include "run_settlement.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/store/stmt.h"

enum { SQL_SETTLED, SQL_COST, SQL_TAKEN, SQL_WAITING, SQL_ADD };

static const char *const SQL[] = {
    [SQL_SETTLED] = "SELECT r.lines, s.actual_minor FROM run_settlement AS s JOIN run AS r ON r.id = s.run_id "
                    "JOIN run_end AS e ON e.run_id = r.id AND e.outcome = 'approved' AND e.act_id <= ?3 "
                    "WHERE r.product_code = ?1 AND r.year = ?2 ORDER BY s.run_id",
    [SQL_COST] = "SELECT coalesce(sum(p.amount_minor), 0) FROM posting AS p JOIN seal AS s ON s.entry_id = p.entry_id "
                 "JOIN entry AS e ON e.id = p.entry_id WHERE p.product_code = ?1 AND p.account_code = ?2 "
                 /* what a run draws from a cost account is a first share of the budget, and no cost */
                 "AND e.run_id IS NULL AND e.holds_on BETWEEN ?3 AND ?4 AND e.act_id <= ?5 "
                 "AND NOT EXISTS (SELECT 1 FROM carry_end AS x WHERE x.entry_id = e.id)",
    /* an account is of one line */
    [SQL_TAKEN] = "SELECT r.id, r.lines FROM run_settlement AS s JOIN run AS r ON r.id = s.run_id "
                  "LEFT JOIN run_end AS e ON e.run_id = r.id WHERE r.product_code = ?1 AND r.year = ?2 "
                  "AND r.lines <> ?3 AND e.outcome IS NOT 'discarded' "
                  "AND instr(',' || s.accounts || ',', ',' || ?4 || ',') > 0 ORDER BY r.id LIMIT 1",
    [SQL_WAITING] = "SELECT v.id, v.kind FROM voucher AS v LEFT JOIN cost AS c ON c.voucher_id = v.id "
                    "LEFT JOIN outlay AS o ON o.voucher_id = v.id WHERE coalesce(c.product_code, o.product_code) = ?1 "
                    "AND coalesce(c.account_code, o.account_code) = ?2 AND coalesce(c.period_first, o.paid_on) <= ?4 "
                    "AND coalesce(c.period_last, o.paid_on) >= ?3 "
                    "AND v.id NOT IN (SELECT voucher_id FROM voucher_end) ORDER BY v.id LIMIT 1",
    [SQL_ADD] = ("INSERT INTO run_settlement (run_id, accounts, actual_minor, decision_id, act_id) "
                 "VALUES (?1, ?2, ?3, ?4, ?5)"),
};

/* The next account of a list; `at` goes on behind it. False at the end. */
static bool next_account(char code[TL_RUN_ACCOUNT_SIZE], const char **at)
{
    size_t length = strcspn(*at, ",");
    if (**at == '\0')
        return false;
    size_t kept = length < TL_RUN_ACCOUNT_SIZE - 1 ? length : TL_RUN_ACCOUNT_SIZE - 1;
    memcpy(code, *at, kept);
    code[kept] = '\0';
    *at += length + ((*at)[length] == ',');
    return true;
}

/* ---- what may be settled ---- */

static tl_status check_line(const struct tl_product_year *year, const char *id, struct tl_err *err)
{
    const struct tl_line *line = tl_terms_line(&year->terms, id);
    if (line == NULL)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no line '%.60s'", year->product.code, id);
    if (line->has_budget && line->kind == TL_LINE_ANNUAL)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "line '%s' is no yearly budget that is paid on account", line->id);
    tl_err_hint(err, "a price, and what is charged once, are owed as they are");
    return TL_ERR_STATE;
}

/* A year is settled when it has gone and all of it is billed, while it is open. */
static tl_status check_year(struct tl_store *store, const struct tl_run_settlement *request, struct tl_date today,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_date last = tl_period_of_year(request->year).last;
    struct tl_run_history history;
    char text[TL_DATE_TEXT_SIZE];
    if (tl_date_compare(today, last) <= 0) {
        (void)tl_err_set(err, TL_ERR_STATE, "%d runs until %s", request->year, tl_date_iso(last, text));
        tl_err_hint(err, "what was paid on account is settled when the year has ended");
        return TL_ERR_STATE;
    }
    tl_status status = tl_run_history_read(&history, store, request->product, request->year, false, arena, err);
    if (status != TL_OK)
        return status;
    if (tl_date_is_none(history.through) || tl_date_compare(history.through, last) < 0) {
        (void)tl_err_set(err, TL_ERR_STATE, "'%s' is not billed for all of %d", request->product, request->year);
        tl_err_hint(err, "bill the year first: tilslut bill %s %d", request->product, request->year);
        return TL_ERR_STATE;
    }
    return tl_closed_period_check_date(store, last, err);
}

static tl_status check_free(struct tl_store *store, const struct tl_run_settlement *request, const char *account,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, request->product);
    tl_stmt_bind_int(stmt, 2, request->year);
    tl_stmt_bind_text(stmt, 3, request->line);
    tl_stmt_bind_text(stmt, 4, account);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    (void)tl_err_set(err, TL_ERR_CONFLICT,
                     "the costs of account %s are settled with line '%s' already, by run %" PRId64, account,
                     tl_stmt_text(stmt, 1), tl_stmt_int(stmt, 0));
    tl_err_hint(err, "the costs of an account are those of one line");
    tl_stmt_end(stmt);
    return TL_ERR_CONFLICT;
}

/* What waits for approval would be missing in the cost. */
static tl_status check_waiting(struct tl_store *store, const struct tl_run_settlement *request, const char *account,
                               struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(request->year);
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_WAITING], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, request->product);
    tl_stmt_bind_text(stmt, 2, account);
    tl_stmt_bind_date(stmt, 3, year.first);
    tl_stmt_bind_date(stmt, 4, year.last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t id = tl_stmt_int(stmt, 0);
    const char *kind = tl_text_equal(tl_stmt_text(stmt, 1), "cost") ? "cost" : "outlay";
    tl_stmt_end(stmt);
    (void)tl_err_set(err, TL_ERR_STATE, "%s %" PRId64 " of account %s waits for approval", kind, id, account);
    tl_err_hint(err, "tilslut %s approve %" PRId64 ", or tilslut %s reject %" PRId64 " --reason TEXT", kind, id, kind,
                id);
    return TL_ERR_STATE;
}

static tl_status check_accounts(struct tl_store *store, const struct tl_run_settlement *request, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < request->account_count; i++) {
        status = tl_account_check_type(store, request->accounts[i], "expense", err);
        if (status == TL_OK)
            status = check_free(store, request, request->accounts[i], err);
        if (status == TL_OK)
            status = check_waiting(store, request, request->accounts[i], err);
    }
    return status;
}

tl_status tl_run_plan_settlement(struct tl_run_plan *out, struct tl_store *store,
                                 const struct tl_run_settlement *request, struct tl_date today, struct tl_arena *arena,
                                 struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_decision decision;
    const char *accounts = request->account_count == 0 ? "" : request->accounts[0], *written = NULL;
    for (size_t i = 1; accounts != NULL && i < request->account_count; i++)
        accounts = tl_arena_format(arena, "%s,%s", accounts, request->accounts[i]);
    tl_status status = accounts == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_product_year_load(&year, store, request->product, request->year, 0, err);
    if (status == TL_OK)
        status = check_line(&year, request->line, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, request->decision, arena, err);
    if (status == TL_OK && (written = tl_decision_text(&decision, arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = check_year(store, request, today, arena, err);
    if (status == TL_OK)
        status = check_accounts(store, request, err);
    *out = (struct tl_run_plan){.kind = "settlement",
                                .product = request->product,
                                .year = request->year,
                                .period = tl_period_of_year(request->year),
                                .members = "",
                                .lines = request->line,
                                .left_out = "",
                                .corrects = "",
                                .reason = "",
                                .evidence = written,
                                .accounts = accounts,
                                .drafted_on = today};
    tl_product_year_release(&year);
    return status;
}

/* ---- what it comes to ---- */

static tl_status read_cost(struct tl_money *out, struct tl_store *store, const struct tl_run_plan *plan,
                           struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(plan->year);
    char account[TL_RUN_ACCOUNT_SIZE], text[TL_MONEY_TEXT_SIZE];
    const char *at = plan->accounts;
    tl_status status = TL_OK;
    *out = (struct tl_money){0};
    while (status == TL_OK && next_account(account, &at)) {
        struct tl_stmt *stmt;
        struct tl_money cost = {0};
        status = tl_stmt_get(&stmt, store, SQL[SQL_COST], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_text(stmt, 1, plan->product);
        tl_stmt_bind_text(stmt, 2, account);
        tl_stmt_bind_date(stmt, 3, year.first);
        tl_stmt_bind_date(stmt, 4, year.last);
        tl_stmt_bind_int(stmt, 5, tl_store_known(store));
        status = tl_stmt_answer(stmt, &cost.minor, err);
        if (status == TL_OK)
            status = tl_money_add(out, *out, cost, err);
    }
    if (status == TL_OK && out->minor < 0)
        status = tl_err_set(err, TL_ERR_STATE, "the costs of line '%s' in %d come to %s, which is below zero",
                            plan->lines, plan->year, tl_money_da(*out, text));
    return status;
}

/* What was settled is split to the øre, whatever the budget was rounded to. */
static void put(struct tl_product_year *year, const char *id, int64_t actual_minor)
{
    for (size_t i = 0; i < year->terms.line_count; i++)
        if (tl_text_equal(year->terms.lines[i].id, id)) {
            year->terms.lines[i].budget.minor = actual_minor;
            year->terms.lines[i].round_to_minor = 1;
        }
}

tl_status tl_run_settlement_apply(struct tl_run_computed *out, struct tl_money *actual, struct tl_store *store,
                                  const struct tl_run_plan *plan, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SETTLED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, plan->product);
    tl_stmt_bind_int(stmt, 2, plan->year);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        put(&out->year, tl_stmt_text(stmt, 0), tl_stmt_int(stmt, 1));
    *actual = plan->actual;
    if (status != TL_OK || !tl_text_equal(plan->kind, "settlement"))
        return status;
    status = read_cost(actual, store, plan, err);
    if (status == TL_OK)
        put(&out->year, plan->lines, actual->minor);
    return status;
}

tl_status tl_run_settlement_store(struct tl_store *store, int64_t run, const struct tl_run_plan *plan,
                                  struct tl_money actual, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_decision decision;
    struct tl_stmt *stmt;
    tl_status status = tl_decision_parse(&decision, plan->evidence, &arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, run);
        tl_stmt_bind_text(stmt, 2, plan->accounts);
        tl_stmt_bind_int(stmt, 3, actual.minor);
        tl_stmt_bind_int(stmt, 4, decision.id);
        tl_stmt_bind_int(stmt, 5, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}
