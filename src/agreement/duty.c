/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/duty.h"

#include <inttypes.h>
#include <string.h>

#include "duty_need.h"
#include "tilslut/agreement/role_book.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { COMMAND_SHOWN = 60 };

/* The duties, in words. */
static const struct {
    const char *name; /* as it is stored */
    const char *verb; /* what somebody may not do */
    unsigned roles;
} duties[] = {
    [TL_DUTY_DRAFT] = {"draft", "draft", TL_ROLES_DRAFT},
    [TL_DUTY_APPROVE] = {"approve", "approve", TL_ROLES_APPROVE},
    [TL_DUTY_EITHER] = {"draft or approve", "record anything", TL_ROLES_DRAFT | TL_ROLES_APPROVE},
    [TL_DUTY_ROLES] = {"give roles", "give roles", TL_ROLES_APPROVE},
};

enum { SQL_ACT, SQL_ACTS, SQL_ADD, SQL_ROLES, SQL_FIRST, SQL_LIST, SQL_ENDS };

static const char *const SQL[] = {
    [SQL_ACT] = "SELECT actor, substr(recorded_at, 1, 10) FROM act WHERE id = ?1",
    [SQL_ACTS] = "SELECT id, actor, substr(recorded_at, 1, 10), command FROM act WHERE id >= ?1 ORDER BY id",
    [SQL_ADD] = "INSERT INTO act_role (duty, product_code, grant_id, act_id) VALUES (?1, nullif(?2, ''), ?3, ?4)",
    [SQL_ROLES] = "SELECT act_id, duty, coalesce(product_code, ''), grant_id FROM act_role ORDER BY act_id, id",
    [SQL_FIRST] = "SELECT coalesce((SELECT min(act_id) FROM role_grant), 0)",
    [SQL_LIST] = "SELECT a.id, a.recorded_at, a.actor, a.command, coalesce(r.duty, ''), coalesce(g.role, ''), "
                 "coalesce(r.product_code, '') FROM act a LEFT JOIN act_role r ON r.act_id = a.id "
                 "LEFT JOIN role_grant g ON g.id = r.grant_id WHERE a.id <= ?1 ORDER BY a.id, r.id",
    [SQL_ENDS] = "SELECT e.run_id, e.act_id, r.product_code, substr(a.recorded_at, 1, 10), "
                 "(SELECT coalesce(sum(abs(moved)), 0) FROM (SELECT sum(net_minor + vat_minor) AS moved FROM run_line "
                 "WHERE run_id = e.run_id GROUP BY party_code)), "
                 "EXISTS (SELECT 1 FROM run_approval WHERE run_id = e.run_id AND role = 'approver-internal'), "
                 "EXISTS (SELECT 1 FROM run_approval WHERE run_id = e.run_id AND role = 'approver-external') "
                 "FROM run_end e JOIN run r ON r.id = e.run_id JOIN act a ON a.id = e.act_id "
                 "WHERE e.outcome = 'approved' AND e.act_id >= ?1 ORDER BY e.run_id",
};

/* ---- who may ---- */

/* Who did an act, when. */
struct doer {
    const char *actor;
    struct tl_role_moment moment;
};

/* Whose roles are asked for a duty; false when nobody needs one for it. */
static bool asks(const char **scope, const struct tl_role_book *book, const struct tl_duty_need *need,
                 struct tl_role_moment moment)
{
    *scope = need->product;
    if (need->duty != TL_DUTY_ROLES)
        return tl_role_book_governs(book, moment.act, need->product);
    /* where a product, or the ledger, has no approver yet, one of another product's gives it the first */
    if (tl_role_book_find(book, moment, NULL, need->product, TL_ROLES_APPROVE) == NULL)
        *scope = NULL;
    return tl_role_book_find(book, moment, NULL, *scope, TL_ROLES_APPROVE) != NULL;
}

/* Whether somebody is there to read, and for nothing else. */
static bool only_reads(const struct tl_role_book *book, const struct tl_duty_need *need, const struct doer *doer)
{
    return tl_role_book_find(book, doer->moment, doer->actor, need->product, TL_ROLES_READ) != NULL &&
           tl_role_book_find(book, doer->moment, doer->actor, need->product, ~TL_ROLES_READ) == NULL;
}

/* The role under which somebody does what an act takes: NULL where none is asked for. False when he has none. */
static bool judge(const struct tl_role_holding **held, const struct tl_role_book *book, const struct tl_duty_need *need,
                  const struct doer *doer)
{
    const char *scope;
    *held = NULL;
    if (!asks(&scope, book, need, doer->moment))
        return !only_reads(book, need, doer);
    *held = tl_role_book_find(book, doer->moment, doer->actor, scope, duties[need->duty].roles);
    return *held != NULL;
}

/* `'bo' is auditor, and` or `'bo'`: who only reads is told so. */
static void write_who(struct tl_buf *out, const struct tl_role_book *book, const struct tl_duty_need *need,
                      const struct doer *doer)
{
    const struct tl_role_holding *held =
        tl_role_book_find(book, doer->moment, doer->actor, need->product, TL_ROLES_READ);
    tl_buf_format(out, "'%.60s'", doer->actor);
    if (held != NULL)
        tl_buf_format(out, " is %s, and", tl_role_en(held->role));
}

/* `'bo' may not approve for os2valghalla on 2026-01-15: approvers are anna (internal) and cecilie (external)`. */
static void write_refusal(struct tl_buf *out, const struct tl_role_book *book, const struct tl_duty_need *need,
                          const struct doer *doer)
{
    char date[TL_DATE_TEXT_SIZE];
    const char *scope;
    write_who(out, book, need, doer);
    tl_buf_format(out, " may not %s for %s on %s: ", duties[need->duty].verb,
                  need->product[0] == '\0' ? "the whole ledger" : need->product, tl_date_iso(doer->moment.on, date));
    if (asks(&scope, book, need, doer->moment))
        tl_role_book_write(out, book, doer->moment, scope, duties[need->duty].roles);
    else
        tl_buf_text(out, "readers and auditors record nothing");
}

/* ---- before an act is committed ---- */

static tl_status record(struct tl_store *store, const struct tl_duty_need *need, int64_t grant, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, duties[need->duty].name);
    tl_stmt_bind_text(stmt, 2, need->product);
    tl_stmt_bind_int(stmt, 3, grant);
    tl_stmt_bind_int(stmt, 4, need->act);
    return tl_stmt_run(stmt, err);
}

static tl_status refuse(const struct tl_role_book *book, const struct tl_duty_need *need, const struct doer *doer,
                        struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    write_refusal(&text, book, need, doer);
    tl_status status = tl_buf_status(&text, err);
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_STATE, "%s", tl_buf_string(&text));
        tl_err_hint(err, TL_ROLE_HINT);
    }
    tl_buf_release(&text);
    return status;
}

static tl_status hold(struct tl_store *store, const struct tl_role_book *book, const struct tl_duty_need *needs,
                      size_t count, const struct doer *doer, struct tl_err *err)
{
    const struct tl_duty_need unnamed = tl_duty_need_unnamed(doer->moment.act);
    tl_status status = TL_OK;
    if (count == 0) {
        needs = &unnamed;
        count = 1;
    }
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_role_holding *held;
        if (!judge(&held, book, &needs[i], doer))
            status = refuse(book, &needs[i], doer, err);
        else if (held != NULL)
            status = record(store, &needs[i], held->id, err);
    }
    return status;
}

static tl_status read_doer(struct doer *out, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ACT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_act(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK) {
        *out = (struct doer){tl_stmt_copy(stmt, 0, arena), {tl_store_act(store), tl_stmt_date(stmt, 1)}};
        status = out->actor == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_duty_gate(struct tl_store *store, struct tl_err *err)
{
    struct tl_duty_needs needs = {.arena = TL_ARENA_EMPTY};
    struct tl_role_book book;
    struct doer doer = {.actor = NULL};
    int64_t act = tl_store_act(store);
    tl_status status = tl_role_book_read(&book, store, &needs.arena, err);
    if (status == TL_OK && book.count > 0)
        status = tl_duty_needs_find(&needs, store, act, act, err);
    if (status == TL_OK && book.count > 0)
        status = read_doer(&doer, store, &needs.arena, err);
    if (status == TL_OK && book.count > 0)
        status = hold(store, &book, needs.items, needs.count, &doer, err);
    tl_arena_release(&needs.arena);
    return status;
}

/* ---- verify ---- */

/* The roles of acts as they are recorded, one after the other. */
struct recorded {
    struct tl_stmt *stmt;
    bool row;
};

static tl_status next_recorded(struct recorded *recorded, struct tl_err *err)
{
    return recorded->row ? tl_stmt_next(recorded->stmt, &recorded->row, err) : TL_OK;
}

/* Whether the role that is recorded next is this one. */
static bool is_recorded(const struct recorded *recorded, const struct tl_duty_need *need, int64_t grant)
{
    return recorded->row && tl_stmt_int(recorded->stmt, 0) == need->act &&
           tl_text_equal(tl_stmt_text(recorded->stmt, 1), duties[need->duty].name) &&
           tl_text_equal(tl_stmt_text(recorded->stmt, 2), need->product) && tl_stmt_int(recorded->stmt, 3) == grant;
}

/* How many bytes of a command a finding shows. */
static int shown(const char *command)
{
    return (int)tl_text_cut(command, strnlen(command, COMMAND_SHOWN));
}

static tl_status tell(struct tl_check_work *work, const struct tl_role_book *book, const struct tl_duty_need *need,
                      const struct doer *doer, const char *command, struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    write_refusal(&text, book, need, doer);
    tl_status status = tl_buf_status(&text, err);
    if (status == TL_OK)
        status = tl_check_found(work, err, "act %" PRId64 " (%.*s): %s", need->act, shown(command), command,
                                tl_buf_string(&text));
    tl_buf_release(&text);
    return status;
}

/* One act: who did it had the roles, and they are recorded with it. */
static tl_status check_act(struct tl_check_work *work, struct recorded *recorded, const struct tl_role_book *book,
                           const struct tl_duty_need *needs, size_t count, const struct doer *doer, const char *command,
                           struct tl_err *err)
{
    const struct tl_duty_need unnamed = tl_duty_need_unnamed(doer->moment.act);
    bool same = true, allowed = true;
    tl_status status = TL_OK;
    if (count == 0) {
        needs = &unnamed;
        count = 1;
    }
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_role_holding *held;
        if (!judge(&held, book, &needs[i], doer)) {
            allowed = false;
            status = tell(work, book, &needs[i], doer, command, err);
        } else if (held != NULL && !is_recorded(recorded, &needs[i], held->id))
            same = false;
        else if (held != NULL)
            status = next_recorded(recorded, err);
    }
    while (status == TL_OK && recorded->row && tl_stmt_int(recorded->stmt, 0) <= doer->moment.act) {
        same = false;
        status = next_recorded(recorded, err);
    }
    if (status == TL_OK && allowed && !same)
        status = tl_check_found(work, err, "act %" PRId64 " (%.*s) is not recorded under the roles of '%.60s'",
                                doer->moment.act, shown(command), command, doer->actor);
    return status;
}

static tl_status check_acts(struct tl_check_work *work, struct tl_store *store, const struct tl_role_book *book,
                            const struct tl_duty_needs *needs, int64_t first, struct tl_err *err)
{
    struct recorded recorded = {.row = true};
    struct tl_stmt *stmt;
    size_t at = 0;
    int64_t count = 0;
    bool row;
    tl_status status = tl_stmt_get(&recorded.stmt, store, SQL[SQL_ROLES], err);
    if (status == TL_OK)
        status = next_recorded(&recorded, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ACTS], err);
    if (status == TL_OK)
        tl_stmt_bind_int(stmt, 1, first);
    for (; status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row; count++) {
        struct doer doer = {tl_stmt_text(stmt, 1), {tl_stmt_int(stmt, 0), tl_stmt_date(stmt, 2)}};
        while (at < needs->count && needs->items[at].act < doer.moment.act)
            at++;
        size_t end = at;
        while (end < needs->count && needs->items[end].act == doer.moment.act)
            end++;
        status = check_act(work, &recorded, book, needs->items + at, end - at, &doer, tl_stmt_text(stmt, 3), err);
        at = end;
    }
    tl_check_counted(work, count, "act since there are roles", "acts since there are roles");
    return status;
}

/* The approvals of runs that are posted, against the rule of that day. */
static tl_status check_runs(struct tl_check_work *work, struct tl_store *store, const struct tl_role_book *book,
                            int64_t first, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENDS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, first);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *product = tl_stmt_text(stmt, 2);
        struct tl_role_moment moment = {tl_stmt_int(stmt, 1), tl_stmt_date(stmt, 3)};
        const struct tl_role_rule *rule = tl_role_book_rule(book, moment, product);
        if (rule == NULL || (rule->is_above && tl_stmt_int(stmt, 4) <= rule->above.minor))
            continue;
        bool lacks_internal = strstr(rule->approvers, "internal") != NULL && tl_stmt_int(stmt, 5) == 0;
        bool lacks_external = strstr(rule->approvers, "external") != NULL && tl_stmt_int(stmt, 6) == 0;
        if (lacks_internal || lacks_external)
            status = tl_check_found(work, err,
                                    "run %" PRId64 " was approved without the %s approver that the rule of "
                                    "'%s' asks for",
                                    tl_stmt_int(stmt, 0), lacks_internal ? "internal" : "external", product);
    }
    return status;
}

tl_status tl_duty_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_duty_needs needs = {.arena = TL_ARENA_EMPTY};
    struct tl_role_book book;
    struct tl_stmt *stmt;
    int64_t first = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIRST], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, &first, err);
    if (status == TL_OK && first > 0)
        status = tl_role_book_read(&book, store, &needs.arena, err);
    if (status == TL_OK && first > 0)
        status = tl_duty_needs_find(&needs, store, first, INT64_MAX, err);
    if (status == TL_OK && first > 0)
        status = check_acts(work, store, &book, &needs, first, err);
    if (status == TL_OK && first > 0)
        status = check_runs(work, store, &book, first, err);
    tl_arena_release(&needs.arena);
    return status;
}

/* ---- the list ---- */

tl_status tl_duty_list(struct tl_duty_act **out, size_t *count, struct tl_store *store, const char *actor,
                       struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_duty_act *acts = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        if (actor != NULL && !tl_person_is_same(tl_stmt_text(stmt, 2), actor))
            continue;
        acts = tl_arena_grow(arena, acts, *count, &capacity, sizeof *acts);
        if (acts == NULL)
            return tl_err_memory(err);
        struct tl_duty_act act = {tl_stmt_int(stmt, 0),         tl_stmt_copy(stmt, 1, arena),
                                  tl_stmt_copy(stmt, 2, arena), tl_stmt_copy(stmt, 3, arena),
                                  tl_stmt_copy(stmt, 4, arena), tl_stmt_copy(stmt, 5, arena),
                                  tl_stmt_copy(stmt, 6, arena)};
        if (act.at == NULL || act.actor == NULL || act.command == NULL || act.duty == NULL || act.role == NULL ||
            act.product == NULL)
            return tl_err_memory(err);
        acts[(*count)++] = act;
    }
    *out = acts;
    return status;
}
