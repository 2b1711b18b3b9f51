/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Whose approvals a run needs where there are roles: any approver's, or those that the rule of its product asks for.
 */
#include <inttypes.h>
#include <string.h>

#include "run_parts.h"
#include "tilslut/agreement/role_book.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST, SQL_MOVED };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO run_approval (run_id, role, grant_id, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_LIST] = "SELECT p.role, a.actor, a.recorded_at FROM run_approval p JOIN act a ON a.id = p.act_id "
                 "WHERE p.run_id = ?1 AND p.act_id <= ?2 ORDER BY p.id",
    [SQL_MOVED] = "SELECT coalesce(sum(abs(moved)), 0) FROM (SELECT sum(net_minor + vat_minor) AS moved FROM run_line "
                  "WHERE run_id = ?1 GROUP BY party_code)",
};

/* What an approval is held against. */
struct asked {
    struct tl_role_book book;
    struct tl_role_moment moment;
    unsigned roles;  /* whose approval counts */
    bool needs_each; /* of all of them, not of any */
    struct tl_run_approvals given;
};

tl_status tl_run_approvals_read(struct tl_run_approvals *out, struct tl_store *store, int64_t run,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    size_t capacity = 0;
    *out = (struct tl_run_approvals){.count = 0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (out->items == NULL)
            return tl_err_memory(err);
        struct tl_run_approval *approval = &out->items[out->count++];
        struct tl_err told = TL_ERR_NONE;
        *approval = (struct tl_run_approval){.by = tl_stmt_copy(stmt, 1, arena), .at = tl_stmt_copy(stmt, 2, arena)};
        if (tl_role_parse(&approval->role, tl_stmt_text(stmt, 0), &told) != TL_OK)
            status = tl_err_set(err, TL_ERR_BROKEN, "%s", told.message);
        if (approval->by == NULL || approval->at == NULL)
            status = tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    return status;
}

static tl_status is_above(bool *out, struct tl_store *store, int64_t run, const struct tl_role_rule *rule,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t moved = 0;
    *out = true;
    if (!rule->is_above)
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_MOVED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    status = tl_stmt_answer(stmt, &moved, err);
    *out = moved > rule->above.minor;
    return status;
}

/* What the rule of the product asks for, for this run. */
static tl_status read_asked(struct asked *out, struct tl_store *store, const struct tl_run *run, int64_t act,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    bool applies = false;
    *out = (struct asked){.moment = {act, on}, .roles = TL_ROLES_APPROVE};
    tl_status status = tl_role_book_read(&out->book, store, arena, err);
    if (status == TL_OK)
        status = tl_run_approvals_read(&out->given, store, run->id, arena, err);
    const struct tl_role_rule *rule = status == TL_OK ? tl_role_book_rule(&out->book, out->moment, run->product) : NULL;
    if (rule != NULL)
        status = is_above(&applies, store, run->id, rule, err);
    if (status != TL_OK || !applies || tl_text_equal(rule->approvers, "any"))
        return status;
    out->needs_each = true;
    out->roles = 0;
    if (strstr(rule->approvers, "internal") != NULL)
        out->roles |= TL_ROLES_OF(TL_ROLE_APPROVER_INTERNAL);
    if (strstr(rule->approvers, "external") != NULL)
        out->roles |= TL_ROLES_OF(TL_ROLE_APPROVER_EXTERNAL);
    return TL_OK;
}

/* The roles whose approval is still to come. */
static unsigned missing(const struct asked *asked)
{
    unsigned left = asked->roles;
    for (size_t i = 0; asked->needs_each && i < asked->given.count; i++)
        left &= ~TL_ROLES_OF(asked->given.items[i].role);
    return left;
}

/* The approval that somebody gave before, or NULL. */
static const struct tl_run_approval *find_given(const struct asked *asked, const char *actor)
{
    for (size_t i = 0; i < asked->given.count; i++)
        if (tl_person_is_same(asked->given.items[i].by, actor))
            return &asked->given.items[i];
    return NULL;
}

static tl_status refuse(const struct asked *asked, const struct tl_run *run, const char *actor, struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    char date[TL_DATE_TEXT_SIZE];
    const struct tl_role_holding *held = tl_role_book_find(&asked->book, asked->moment, actor, run->product, ~0U);
    tl_buf_format(&text, "'%.60s'", actor);
    if (held != NULL)
        tl_buf_format(&text, " is %s, and", tl_role_en(held->role));
    tl_buf_format(&text, " may not approve for %s on %s", run->product, tl_date_iso(asked->moment.on, date));
    if (asked->needs_each && held != NULL && (TL_ROLES_OF(held->role) & TL_ROLES_APPROVE) != 0)
        tl_buf_format(&text, " what is still to be approved of run %" PRId64, run->id);
    tl_buf_text(&text, ": ");
    tl_role_book_write(&text, &asked->book, asked->moment, run->product, missing(asked));
    tl_status status = tl_buf_status(&text, err);
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_STATE, "%s", tl_buf_string(&text));
        tl_err_hint(err, TL_ROLE_HINT);
    }
    tl_buf_release(&text);
    return status;
}

static tl_status check_new(const struct asked *asked, const struct tl_run *run, const char *actor, struct tl_err *err)
{
    const struct tl_run_approval *approval = find_given(asked, actor);
    struct tl_buf text = TL_BUF_EMPTY;
    if (approval == NULL)
        return TL_OK;
    tl_role_book_write(&text, &asked->book, asked->moment, run->product, missing(asked));
    tl_status status = tl_buf_status(&text, err);
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_STATE, "'%s' has approved run %" PRId64 " already, as %s", approval->by,
                            run->id, tl_role_en(approval->role));
        tl_err_hint(err, "somebody else approves the rest: %s", tl_buf_string(&text));
    }
    tl_buf_release(&text);
    return status;
}

static tl_status add(struct tl_store *store, const struct tl_run *run, const struct tl_role_holding *held,
                     struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run->id);
    tl_stmt_bind_text(stmt, 2, tl_role_name(held->role));
    tl_stmt_bind_int(stmt, 3, held->id);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* The approver's role that counts for the run, or the refusal. */
static tl_status take(const struct tl_role_holding **out, const struct asked *asked, const struct tl_run *run,
                      const char *actor, struct tl_err *err)
{
    tl_status status = check_new(asked, run, actor, err);
    if (status != TL_OK)
        return status;
    *out = tl_role_book_find(&asked->book, asked->moment, actor, run->product, missing(asked));
    return *out == NULL ? refuse(asked, run, actor, err) : TL_OK;
}

tl_status tl_run_approval_add(bool *complete, struct tl_store *store, const struct tl_run *run, const char *actor,
                              struct tl_date today, struct tl_arena *arena, struct tl_err *err)
{
    struct asked asked;
    const struct tl_role_holding *held = NULL;
    *complete = true;
    tl_status status = read_asked(&asked, store, run, tl_store_act(store), today, arena, err);
    if (status != TL_OK || !tl_role_book_governs(&asked.book, asked.moment.act, run->product))
        return status;
    /* when the rule asks for less than it did, what was given before may be enough */
    if (missing(&asked) == 0 || (!asked.needs_each && find_given(&asked, actor) != NULL))
        return TL_OK;
    status = take(&held, &asked, run, actor, err);
    if (status == TL_OK)
        status = add(store, run, held, err);
    if (status == TL_OK)
        *complete = !asked.needs_each || missing(&asked) == TL_ROLES_OF(held->role);
    return status;
}

tl_status tl_run_awaited(const char **out, struct tl_store *store, const struct tl_run *run, struct tl_date today,
                         struct tl_arena *arena, struct tl_err *err)
{
    struct asked asked;
    struct tl_buf text = TL_BUF_EMPTY;
    *out = "";
    tl_status status = read_asked(&asked, store, run, INT64_MAX, today, arena, err);
    if (status != TL_OK || missing(&asked) == 0 || !tl_role_book_governs(&asked.book, INT64_MAX, run->product))
        return status;
    tl_role_book_write(&text, &asked.book, asked.moment, run->product, missing(&asked));
    status = tl_buf_status(&text, err);
    if (status == TL_OK && (*out = tl_arena_text(arena, tl_buf_string(&text))) == NULL)
        status = tl_err_memory(err);
    tl_buf_release(&text);
    return status;
}
