/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/voucher.h"

#include <inttypes.h>

#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_NEXT, SQL_ADD, SQL_FIND, SQL_END };

static const char *const SQL[] = {
    [SQL_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM voucher",
    [SQL_ADD] = "INSERT INTO voucher (id, kind, act_id) VALUES (?1, ?2, ?3)",
    [SQL_FIND] = "SELECT v.kind, coalesce(e.outcome, 'draft'), a.actor, coalesce(b.actor, ''), coalesce(e.reason, ''), "
                 "coalesce(e.holds_on, '') FROM voucher v JOIN act a ON a.id = v.act_id "
                 "LEFT JOIN voucher_end e ON e.voucher_id = v.id AND e.act_id <= ?2 LEFT JOIN act b ON b.id = e.act_id "
                 "WHERE v.id = ?1 AND v.act_id <= ?2",
    [SQL_END] = "INSERT INTO voucher_end (voucher_id, outcome, holds_on, reason, act_id) VALUES (?1, ?2, ?3, ?4, ?5)",
};

tl_status tl_voucher_draft(int64_t *id, struct tl_store *store, const char *kind, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_NEXT], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, id, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, *id);
    tl_stmt_bind_text(stmt, 2, kind);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* What each kind is called in a sentence, and the command that approves it. */
static const struct {
    const char *kind, *name, *command;
} kinds[] = {
    {"cost", "a cost", "cost"},
    {"hours", "hours in kind", "hours"},
    {"balancing", "a balancing of hours", "balance-hours"},
    {"outlay", "an outlay", "outlay"},
    {"repayment", "a repayment", "outlay"},
};

static const char *name_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (tl_text_equal(kinds[i].kind, kind))
            return kinds[i].name;
    return kind;
}

static const char *command_of(const char *kind)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (tl_text_equal(kinds[i].kind, kind))
            return kinds[i].command;
    return kind;
}

static tl_status read_row(struct tl_voucher *out, int64_t id, struct tl_stmt *stmt, struct tl_arena *arena,
                          struct tl_err *err)
{
    *out = (struct tl_voucher){.id = id,
                               .kind = tl_stmt_copy(stmt, 0, arena),
                               .state = tl_stmt_copy(stmt, 1, arena),
                               .author = tl_stmt_copy(stmt, 2, arena),
                               .ended_by = tl_stmt_copy(stmt, 3, arena),
                               .reason = tl_stmt_copy(stmt, 4, arena),
                               .holds_on = tl_stmt_date(stmt, 5)};
    bool whole =
        out->kind != NULL && out->state != NULL && out->author != NULL && out->ended_by != NULL && out->reason != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

tl_status tl_voucher_find(struct tl_voucher *out, struct tl_store *store, int64_t id, const char *kind,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        status = read_row(out, id, stmt, arena, err);
        tl_stmt_end(stmt);
    }
    if (status == TL_OK && !row)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "there is no voucher %" PRId64, id);
    if (status == TL_OK && !tl_text_equal(out->kind, kind))
        return tl_err_set(err, TL_ERR_NOT_FOUND, "voucher %" PRId64 " is %s, not %s", id, name_of(out->kind),
                          name_of(kind));
    return status;
}

static tl_status check_draft(const struct tl_voucher *voucher, struct tl_err *err)
{
    if (tl_text_equal(voucher->state, "draft"))
        return TL_OK;
    return tl_err_set(err, TL_ERR_STATE, "voucher %" PRId64 " is %s already, by %s", voucher->id, voucher->state,
                      voucher->ended_by);
}

static tl_status end(struct tl_store *store, int64_t id, const char *outcome, struct tl_date holds_on,
                     const char *reason, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_date(stmt, 3, holds_on);
    tl_stmt_bind_text(stmt, 4, reason);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status check_approver(const struct tl_voucher *voucher, const char *actor, struct tl_err *err)
{
    if (!tl_person_is_same(voucher->author, actor))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "voucher %" PRId64 " was registered by %s, who cannot approve it too",
                     voucher->id, voucher->author);
    tl_err_hint(err, "another person approves it with: tilslut %s approve %" PRId64 " --as NAME",
                command_of(voucher->kind), voucher->id);
    return TL_ERR_STATE;
}

tl_status tl_voucher_approve(struct tl_store *store, int64_t id, const char *kind, const char *actor,
                             struct tl_date holds_on, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_voucher voucher;
    tl_status status = tl_voucher_find(&voucher, store, id, kind, &arena, err);
    if (status == TL_OK)
        status = check_draft(&voucher, err);
    if (status == TL_OK)
        status = check_approver(&voucher, actor, err);
    if (status == TL_OK)
        status = end(store, id, "approved", holds_on, "", err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_voucher_reject(struct tl_store *store, int64_t id, const char *kind, const char *reason,
                            struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_voucher voucher;
    tl_status status = tl_voucher_find(&voucher, store, id, kind, &arena, err);
    if (status == TL_OK)
        status = check_draft(&voucher, err);
    if (status == TL_OK && (reason == NULL || reason[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "a rejection needs a reason");
        tl_err_hint(err, "add --reason \"what is wrong with it\"");
    }
    if (status == TL_OK)
        status = end(store, id, "rejected", (struct tl_date){0}, reason, err);
    tl_arena_release(&arena);
    return status;
}
