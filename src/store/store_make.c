/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Making a ledger: whole, or not at all.
 */
#include <stdio.h>

#include "draft.h"
#include "handle.h"
#include "tilslut/store/stmt.h"

static const char add_file[] =
    "INSERT INTO ledger_file (id, currency, minor_digits, owner_code, act_id) VALUES (1, ?1, 2, ?2, ?3)";

/* What a new ledger is made of. */
struct plan {
    const char *currency, *owner_code;
    const struct tl_act *act;
    tl_store_fill *fill;           /* or */
    tl_store_fill_from *fill_from; /* with its context; or neither */
    const void *context;
};

static tl_status fill_in(struct tl_store *store, const struct plan *plan, struct tl_err *err)
{
    if (plan->fill_from != NULL)
        return plan->fill_from(store, plan->context, err);
    return plan->fill != NULL ? plan->fill(store, err) : TL_OK;
}

/* Puts schema and identity into an empty database. */
static tl_status populate(struct tl_store *store, const struct plan *plan, struct tl_err *err)
{
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d", TL_STORE_APPLICATION_ID);
    tl_status status = tl_store_configure(store, err);
    if (status == TL_OK)
        status = tl_store_exec(store, sql, "make", err);
    if (status == TL_OK)
        status = tl_schema_migrate(store, 0, err);
    if (status == TL_OK)
        status = tl_store_begin(store, plan->act, err);
    struct tl_stmt *stmt;
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, add_file, err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, plan->currency);
        tl_stmt_bind_text(stmt, 2, plan->owner_code);
        tl_stmt_bind_int(stmt, 3, store->act);
        status = tl_stmt_run(stmt, err);
    }
    if (status == TL_OK)
        status = tl_store_read_identity(store, err);
    if (status == TL_OK)
        status = fill_in(store, plan, err);
    if (status == TL_OK)
        status = tl_store_commit(store, err);
    return status;
}

tl_status tl_store_open_memory(struct tl_store **out, const char *currency, const char *owner_code,
                               const struct tl_act *act, tl_store_fill *fill, struct tl_err *err)
{
    const struct plan plan = {.currency = currency, .owner_code = owner_code, .act = act, .fill = fill};
    struct tl_store *store = NULL;
    tl_status status = tl_store_new(&store, ":memory:", err);
    if (status == TL_OK)
        status = tl_store_open_database(store, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
    if (status == TL_OK)
        status = populate(store, &plan, err);
    if (status != TL_OK) {
        tl_store_close(store);
        return status;
    }
    tl_store_guard(store);
    *out = store;
    return TL_OK;
}

static tl_status fill_draft(struct tl_store *store, struct tl_draft *draft, const struct plan *plan, struct tl_err *err)
{
    tl_status status = tl_store_open_database(store, tl_draft_path(draft), SQLITE_OPEN_READWRITE, err);
    if (status == TL_OK)
        status = populate(store, plan, err);
    if (status == TL_OK)
        status = tl_store_exec(store, "PRAGMA journal_mode = WAL", "make", err);
    return status;
}

static tl_status create(const char *path, const struct plan *plan, struct tl_err *err)
{
    struct tl_store *store = NULL;
    struct tl_draft draft = TL_DRAFT_EMPTY;
    tl_status status = tl_draft_begin(&draft, path, "use it as it is, or name another file with -f FILE", err);
    if (status == TL_OK)
        status = tl_store_new(&store, path, err);
    if (status == TL_OK)
        status = fill_draft(store, &draft, plan, err);
    tl_store_close(store);
    return tl_draft_end(&draft, status, err);
}

tl_status tl_store_create(const char *path, const char *currency, const char *owner_code, const struct tl_act *act,
                          tl_store_fill *fill, struct tl_err *err)
{
    const struct plan plan = {.currency = currency, .owner_code = owner_code, .act = act, .fill = fill};
    return create(path, &plan, err);
}

tl_status tl_store_create_from(const char *path, const char *currency, const char *owner_code, const struct tl_act *act,
                               tl_store_fill_from *fill, const void *context, struct tl_err *err)
{
    const struct plan plan = {
        .currency = currency, .owner_code = owner_code, .act = act, .fill_from = fill, .context = context};
    return create(path, &plan, err);
}
