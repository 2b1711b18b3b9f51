/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/run.h"

#include <inttypes.h>
#include <string.h>

#include "run_due.h"
#include "run_parts.h"
#include "run_settlement.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

#define COLUMNS                                                                                                        \
    "SELECT r.id, r.terms_id, r.act_id, r.product_code, r.year, coalesce(e.outcome, 'draft'), a.actor, "               \
    "a.recorded_at, "                                                                                                  \
    "coalesce(b.actor, ''), r.digest, (SELECT count(DISTINCT party_code) FROM run_line WHERE run_id = r.id), "         \
    "(SELECT sum(net_minor) FROM run_line WHERE run_id = r.id), (SELECT sum(vat_minor) FROM run_line WHERE run_id = "  \
    "r.id)"                                                                                                            \
    ", r.kind, r.period_first, r.period_last, r.members, r.lines, r.left_out, coalesce(r.corrects, ''), r.reason, "    \
    "r.evidence, coalesce(s.accounts, ''), coalesce(s.actual_minor, 0) FROM run r JOIN act a ON a.id = r.act_id "      \
    "LEFT JOIN run_settlement s ON s.run_id = r.id LEFT JOIN run_end e ON e.run_id = r.id AND e.act_id <= ?1 "         \
    "LEFT JOIN act b ON b.id = e.act_id WHERE r.act_id <= ?1"

enum { SQL_ADD, SQL_END, SQL_LIST, SQL_FIND, SQL_DRAFT };

static const char *const SQL[] = {
    [SQL_ADD] = ("INSERT INTO run (product_code, terms_id, year, kind, period_first, period_last, members, lines, "
                 "left_out, corrects, reason, evidence, digest, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
                 "nullif(?10, ''), ?11, ?12, ?13, ?14) RETURNING id"),
    [SQL_END] = "INSERT INTO run_end (run_id, outcome, act_id) VALUES (?1, ?2, ?3)",
    [SQL_LIST] = COLUMNS " ORDER BY r.id",
    [SQL_FIND] = COLUMNS " AND r.id = ?2",
    [SQL_DRAFT] = "SELECT r.id FROM run r LEFT JOIN run_end e ON e.run_id = r.id WHERE r.product_code = ?1 AND "
                  "r.year = ?2 AND r.kind = ?3 AND coalesce(r.corrects, '') = ?4 AND e.run_id IS NULL LIMIT 1",
};

static tl_status check_no_draft(struct tl_store *store, const struct tl_run_plan *plan, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t run = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_DRAFT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, plan->product);
    tl_stmt_bind_int(stmt, 2, plan->year);
    tl_stmt_bind_text(stmt, 3, plan->kind);
    tl_stmt_bind_text(stmt, 4, plan->corrects);
    status = tl_stmt_answer(stmt, &run, err);
    if (status != TL_OK || run == 0)
        return status;
    (void)tl_err_set(err, TL_ERR_CONFLICT, "run %" PRId64 " is a draft of '%s' for %d already", run, plan->product,
                     plan->year);
    tl_err_hint(err, "approve it with: tilslut approve %" PRId64 ", or drop it with: tilslut discard %" PRId64, run,
                run);
    return TL_ERR_CONFLICT;
}

static tl_status check_anything(const struct tl_run_computed *computed, const struct tl_run_plan *plan,
                                struct tl_err *err)
{
    if (computed->lines.count > 0 || computed->account_count > 0)
        return TL_OK;
    if (tl_text_equal(plan->kind, "pledges")) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "every pledge to '%s' is called in already", plan->lines);
        tl_err_hint(err, "tilslut list pledges %s shows them; tilslut list invoices, by what", plan->lines);
        return TL_ERR_CONFLICT;
    }
    if (tl_text_equal(plan->kind, "settlement")) {
        char actual[TL_MONEY_TEXT_SIZE];
        (void)tl_err_set(err, TL_ERR_STATE, "line '%s' cost %s in %d, which is what was charged of it", plan->lines,
                         tl_money_da(computed->actual, actual), plan->year);
        tl_err_hint(err, "there is nothing to settle");
        return TL_ERR_STATE;
    }
    if (computed->history.last_run != 0) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' is billed for %d already, by run %" PRId64, plan->product,
                         plan->year, computed->history.last_run);
        tl_err_hint(err, "nothing has changed since; tilslut list runs shows the runs");
        return TL_ERR_CONFLICT;
    }
    (void)tl_err_set(err, TL_ERR_MISSING, "there is nothing to bill for '%s' in %d", plan->product, plan->year);
    tl_err_hint(err, "tilslut allocate %s %d shows who pays what", plan->product, plan->year);
    return TL_ERR_MISSING;
}

static tl_status add_run(int64_t *id, struct tl_store *store, const struct tl_run_plan *plan,
                         const struct tl_run_computed *computed, struct tl_err *err)
{
    struct tl_stmt *stmt;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, plan->product);
    tl_stmt_bind_int(stmt, 2, computed->year.adopted.id);
    tl_stmt_bind_int(stmt, 3, plan->year);
    tl_stmt_bind_text(stmt, 4, plan->kind);
    tl_stmt_bind_text(stmt, 5, tl_date_iso(plan->period.first, first));
    tl_stmt_bind_text(stmt, 6, tl_date_iso(plan->period.last, last));
    tl_stmt_bind_text(stmt, 7, plan->members);
    tl_stmt_bind_text(stmt, 8, plan->lines);
    tl_stmt_bind_text(stmt, 9, plan->left_out);
    tl_stmt_bind_text(stmt, 10, plan->corrects);
    tl_stmt_bind_text(stmt, 11, plan->reason);
    tl_stmt_bind_text(stmt, 12, plan->evidence);
    tl_stmt_bind_digest(stmt, 13, &computed->digest);
    tl_stmt_bind_int(stmt, 14, tl_store_act(store));
    return tl_stmt_answer(stmt, id, err);
}

static tl_status draft(int64_t *id, struct tl_store *store, const struct tl_run_plan *plan, struct tl_err *err)
{
    struct tl_run_computed computed = TL_RUN_COMPUTED_EMPTY;
    tl_status status = check_no_draft(store, plan, err);
    if (status == TL_OK)
        status = tl_run_compute(&computed, store, plan, err);
    if (status == TL_OK)
        status = check_anything(&computed, plan, err);
    if (status == TL_OK)
        status = add_run(id, store, plan, &computed, err);
    if (status == TL_OK)
        status = tl_run_lines_store(store, *id, &computed.lines, err);
    if (status == TL_OK)
        status = tl_run_accounts_store(store, *id, &computed, err);
    if (status == TL_OK && tl_text_equal(plan->kind, "settlement"))
        status = tl_run_settlement_store(store, *id, plan, computed.actual, err);
    tl_run_computed_release(&computed);
    return status;
}

tl_status tl_run_draft_request(int64_t *id, struct tl_store *store, const struct tl_run_request *request,
                               struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run_plan plan;
    tl_status status = tl_run_plan_of(&plan, store, request, &arena, err);
    if (status == TL_OK)
        status = draft(id, store, &plan, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_draft(int64_t *id, struct tl_store *store, const char *product, int year, struct tl_err *err)
{
    return tl_run_draft_request(id, store, &(struct tl_run_request){.product = product, .year = year}, err);
}

tl_status tl_run_draft_credit(int64_t *id, struct tl_store *store, const char *invoice, const char *line,
                              const char *reason, const char *evidence, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run_plan plan;
    tl_status status = tl_run_plan_credit(&plan, store, invoice, line, reason, evidence, &arena, err);
    if (status == TL_OK)
        status = draft(id, store, &plan, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_draft_settlement(int64_t *id, struct tl_store *store, const struct tl_run_settlement *settlement,
                                  struct tl_date today, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run_plan plan;
    tl_status status = tl_run_plan_settlement(&plan, store, settlement, today, &arena, err);
    if (status == TL_OK)
        status = draft(id, store, &plan, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status read_row(struct tl_run *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_run){.id = tl_stmt_int(stmt, 0),
                           .terms_id = tl_stmt_int(stmt, 1),
                           .act = tl_stmt_int(stmt, 2),
                           .product = tl_stmt_copy(stmt, 3, arena),
                           .year = (int)tl_stmt_int(stmt, 4),
                           .state = tl_stmt_copy(stmt, 5, arena),
                           .author = tl_stmt_copy(stmt, 6, arena),
                           .drafted_at = tl_stmt_copy(stmt, 7, arena),
                           .ended_by = tl_stmt_copy(stmt, 8, arena),
                           .member_count = (size_t)tl_stmt_int(stmt, 10),
                           .net = {tl_stmt_int(stmt, 11)},
                           .vat = {tl_stmt_int(stmt, 12)},
                           .kind = tl_stmt_copy(stmt, 13, arena),
                           .period = {tl_stmt_date(stmt, 14), tl_stmt_date(stmt, 15)},
                           .members = tl_stmt_copy(stmt, 16, arena),
                           .lines = tl_stmt_copy(stmt, 17, arena),
                           .left_out = tl_stmt_copy(stmt, 18, arena),
                           .corrects = tl_stmt_copy(stmt, 19, arena),
                           .reason = tl_stmt_copy(stmt, 20, arena),
                           .evidence = tl_stmt_copy(stmt, 21, arena),
                           .accounts = tl_stmt_copy(stmt, 22, arena),
                           .actual = {tl_stmt_int(stmt, 23)}};
    if (out->accounts == NULL || out->kind == NULL || out->members == NULL || out->lines == NULL ||
        out->left_out == NULL || out->corrects == NULL || out->reason == NULL || out->evidence == NULL)
        return tl_err_memory(err);
    if (out->product == NULL || out->state == NULL || out->author == NULL || out->drafted_at == NULL ||
        out->ended_by == NULL)
        return tl_err_memory(err);
    if (!tl_stmt_digest(stmt, 9, &out->digest))
        return tl_err_set(err, TL_ERR_BROKEN, "run %" PRId64 " has no digest", out->id);
    return TL_OK;
}

tl_status tl_run_find(struct tl_run *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no run %" PRId64, id);
        tl_err_hint(err, "tilslut list runs shows them");
        return status;
    }
    if (status == TL_OK)
        status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_run_list(struct tl_run **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_run *runs = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        runs = tl_arena_grow(arena, runs, *count, &capacity, sizeof *runs);
        if (runs == NULL)
            return tl_err_memory(err);
        status = read_row(&runs[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    *out = runs;
    return status;
}

static tl_status end_run(struct tl_store *store, int64_t id, const char *outcome, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status check_draft(const struct tl_run *run, struct tl_err *err)
{
    if (tl_text_equal(run->state, "draft"))
        return TL_OK;
    return tl_err_set(err, TL_ERR_STATE, "run %" PRId64 " is %s already, by %s", run->id, run->state, run->ended_by);
}

static struct tl_date nearest_in(struct tl_period period, struct tl_date date)
{
    if (tl_date_compare(date, period.first) < 0)
        return period.first;
    return tl_date_compare(date, period.last) > 0 ? period.last : date;
}

static tl_status check_date(const struct tl_run *run, struct tl_date date, struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE];
    if (tl_period_contains(tl_period_of_year(run->year), date))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "%s is not in %d, the year that run %" PRId64 " bills", tl_date_iso(date, text),
                     run->year, run->id);
    tl_err_hint(err, "choose a date within the year");
    return TL_ERR_INPUT;
}

static tl_status check_unchanged(const struct tl_run *run, const struct tl_run_computed *computed, struct tl_err *err)
{
    if (tl_digest_equal(&computed->digest, &run->digest))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "the facts behind run %" PRId64 " have changed since it was drafted", run->id);
    if (tl_text_equal(run->kind, "credit"))
        tl_err_hint(err, "drop it with: tilslut discard %" PRId64 ", and draft it again with: tilslut credit %s",
                    run->id, run->corrects);
    else if (tl_text_equal(run->kind, "pledges"))
        tl_err_hint(
            err, "drop it with: tilslut discard %" PRId64 ", and draft it again with: tilslut bill %s %d --pledges %s",
            run->id, run->product, run->year, run->lines);
    else if (tl_text_equal(run->kind, "settlement"))
        tl_err_hint(
            err, "drop it with: tilslut discard %" PRId64 ", and draft it again with: tilslut settle %s %d --line %s",
            run->id, run->product, run->year, run->lines);
    else
        tl_err_hint(err, "drop it with: tilslut discard %" PRId64 ", and draft it again with: tilslut bill %s %d",
                    run->id, run->product, run->year);
    return TL_ERR_STATE;
}

tl_status tl_run_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date today,
                         struct tl_date date, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run run;
    struct tl_run_computed computed = TL_RUN_COMPUTED_EMPTY;
    struct tl_run_plan plan;
    bool complete = false;
    *entries = 0;
    tl_status status = tl_run_find(&run, store, id, &arena, err);
    if (status == TL_OK)
        status = check_draft(&run, err);
    if (status == TL_OK)
        status = tl_person_check_second("run", run.id, run.author, actor, "approve", err);
    if (status == TL_OK)
        status = tl_run_approval_add(&complete, store, &run, actor, today, &arena, err);
    if (status == TL_OK && tl_date_is_none(date))
        date = nearest_in(tl_period_of_year(run.year), today);
    if (status == TL_OK)
        status = check_date(&run, date, err);
    if (status == TL_OK) {
        plan = tl_run_plan_again(&run, 0);
        status = tl_run_compute(&computed, store, &plan, err);
    }
    if (status == TL_OK)
        status = check_unchanged(&run, &computed, err);
    if (status == TL_OK)
        status = tl_run_check_obstacles(store, &run, &computed, &arena, err);
    if (status == TL_OK && complete)
        status = end_run(store, id, "approved", err);
    if (status == TL_OK && complete)
        status = tl_run_post(entries, store, &run, &computed, date, today, err);
    tl_run_computed_release(&computed);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_discard(struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run run;
    tl_status status = tl_run_find(&run, store, id, &arena, err);
    if (status == TL_OK)
        status = check_draft(&run, err);
    if (status == TL_OK)
        status = end_run(store, id, "discarded", err);
    tl_arena_release(&arena);
    return status;
}
