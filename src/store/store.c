/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/store.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "act_seal.h"
#include "handle.h"
#include "tilslut/store/stmt.h"

enum { SQL_ACT_ADD, SQL_ACT_NEXT, SQL_ACT_AT, SQL_FILE_GET, SQL_CHECK_FILE, SQL_CHECK_REFERENCES };

static const char *const SQL[] = {
    [SQL_ACT_ADD] = "INSERT INTO act (id, recorded_at, actor, command) VALUES (?1, ?2, ?3, ?4)",
    [SQL_ACT_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM act",
    [SQL_ACT_AT] =
        "SELECT coalesce((SELECT min(id) - 1 FROM act WHERE recorded_at > ?1), (SELECT max(id) FROM act), 0)",
    [SQL_FILE_GET] = "SELECT currency, owner_code FROM ledger_file WHERE id = 1",
    [SQL_CHECK_FILE] = "PRAGMA integrity_check(1000)",
    [SQL_CHECK_REFERENCES] = "PRAGMA foreign_key_check",
};

/* SQLite's words for a result, which the database remembers in more detail as long as nothing else was asked of it. */
static const char *reason_of(const struct tl_store *store, int result)
{
    return (sqlite3_errcode(store->db) & 0xFF) == (result & 0xFF) ? sqlite3_errmsg(store->db) : sqlite3_errstr(result);
}

tl_status tl_store_fail(struct tl_store *store, int result, const char *doing, struct tl_err *err)
{
    const char *path = store->path == NULL ? "ledger" : store->path;
    if ((result & 0xFF) == SQLITE_AUTH && store->foreign_trigger) {
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' has a trigger that writes of its own accord", path);
        tl_err_hint(err, "it was not made by tilslut; tilslut verify names it");
        return TL_ERR_STORE;
    }
    switch (result & 0xFF) {
    case SQLITE_NOMEM:
        return tl_err_memory(err);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' is in use by another program", path);
        tl_err_hint(err, "it was waited for during %d seconds; run the command again", TL_STORE_WAIT_MS / 1000);
        return TL_ERR_STORE;
    case SQLITE_NOTADB:
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' is not a tilslut ledger", path);
        tl_err_hint(err, "name the ledger with -f FILE, or make one with: tilslut init");
        return TL_ERR_STORE;
    case SQLITE_CORRUPT:
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' is damaged: %s", path, reason_of(store, result));
        tl_err_hint(err, "take the last good copy; keep this one for those who investigate");
        return TL_ERR_STORE;
    case SQLITE_READONLY:
        return tl_err_set(err, TL_ERR_STATE, "'%s' is read-only", path);
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
        return tl_err_set(err, TL_ERR_IO, "could not %s '%s': %s", doing, path, reason_of(store, result));
    default:
        return tl_err_set(err, TL_ERR_STORE, "could not %s: %s", doing, reason_of(store, result));
    }
}

tl_status tl_store_exec(struct tl_store *store, const char *sql, const char *doing, struct tl_err *err)
{
    int result = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return result == SQLITE_OK ? TL_OK : tl_store_fail(store, result, doing, err);
}

/* The program itself may only add and read, and erase who a contact is, which the schema allows within an act that
 * records the erasure. The schema's triggers bind every other program. */
static int authorize(void *context, int action, const char *first, const char *second, const char *database,
                     const char *trigger)
{
    struct tl_store *store = context;
    (void)database;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_FUNCTION:
    case SQLITE_RECURSIVE:
    case SQLITE_TRANSACTION:
        return SQLITE_OK;
    case SQLITE_INSERT:
        /* the schema's own triggers only refuse; one that adds rows of its own is somebody else's */
        store->foreign_trigger = store->foreign_trigger || trigger != NULL;
        return trigger == NULL ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_DELETE:
        return trigger == NULL && strcmp(first, "contact_person") == 0 ? SQLITE_OK : SQLITE_DENY;
    case SQLITE_PRAGMA:
        /* a pragma without an argument asks; integrity_check's argument is a limit */
        return second == NULL || strcmp(first, "integrity_check") == 0 ? SQLITE_OK : SQLITE_DENY;
    default:
        return SQLITE_DENY;
    }
}

tl_status tl_store_configure(struct tl_store *store, struct tl_err *err)
{
    sqlite3_busy_timeout(store->db, TL_STORE_WAIT_MS);
    sqlite3_extended_result_codes(store->db, 1);
    return tl_store_exec(store,
                         "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF; "
                         "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384; "
                         "PRAGMA secure_delete = ON",
                         "open", err);
}

tl_status tl_store_new(struct tl_store **out, const char *path, struct tl_err *err)
{
    struct tl_store *store = calloc(1, sizeof *store);
    char *copy = strdup(path);
    if (store == NULL || copy == NULL) {
        free(store);
        free(copy);
        return tl_err_memory(err);
    }
    store->path = copy;
    store->known = INT64_MAX;
    *out = store;
    return TL_OK;
}

tl_status tl_store_open_database(struct tl_store *store, const char *name, int flags, struct tl_err *err)
{
    int result = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    return result == SQLITE_OK ? TL_OK : tl_store_fail(store, result, "open", err);
}

tl_status tl_store_read_identity(struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FILE_GET], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row)
        return tl_err_set(err, TL_ERR_STORE, "'%s' does not say whose ledger it is", store->path);
    snprintf(store->currency, sizeof store->currency, "%s", tl_stmt_text(stmt, 0));
    snprintf(store->owner, sizeof store->owner, "%s", tl_stmt_text(stmt, 1));
    tl_stmt_end(stmt);
    return TL_OK;
}

void tl_store_guard(struct tl_store *store)
{
    sqlite3_set_authorizer(store->db, authorize, store);
}

void tl_store_close(struct tl_store *store)
{
    if (store == NULL)
        return;
    tl_store_rollback(store);
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++)
        sqlite3_finalize(store->statements[i].handle);
    sqlite3_close(store->db);
    free(store->path);
    free(store);
}

tl_status tl_store_begin(struct tl_store *store, const struct tl_act *act, struct tl_err *err)
{
    struct tl_stmt *stmt;
    char moment[TL_DATE_TEXT_SIZE];
    tl_status status = tl_store_exec(store, "BEGIN IMMEDIATE", "write to", err);
    if (status != TL_OK)
        return status;
    store->in_transaction = true;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ACT_NEXT], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, &store->act, err);
    if (status == TL_OK)
        status = tl_act_seal_check_unused(store, store->act, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ACT_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, store->act);
        tl_stmt_bind_text(stmt, 2, tl_moment_iso(act->now, moment));
        tl_stmt_bind_text(stmt, 3, act->actor);
        tl_stmt_bind_text(stmt, 4, act->command);
        status = tl_stmt_run(stmt, err);
    }
    if (status != TL_OK)
        tl_store_rollback(store);
    store->changes_at_begin = sqlite3_total_changes64(store->db);
    return status;
}

tl_status tl_store_commit(struct tl_store *store, struct tl_err *err)
{
    if (sqlite3_total_changes64(store->db) == store->changes_at_begin) {
        tl_store_rollback(store);
        return TL_OK;
    }
    tl_status status = store->gate == NULL ? TL_OK : store->gate(store, err);
    if (status == TL_OK)
        status = tl_act_seal_add(store, store->act, err);
    if (status == TL_OK)
        status = tl_store_exec(store, "COMMIT", "write to", err);
    if (status != TL_OK)
        tl_store_rollback(store);
    store->in_transaction = false;
    return status;
}

/* SQLite's secure_delete leaves copies in what a page has unused after its rows have been moved, and the write-ahead
 * log has the pages as they were. VACUUM writes every page anew from the rows there are; the checkpoint puts them into
 * the file and cuts the log to nothing. */
tl_status tl_store_sweep(struct tl_store *store, struct tl_err *err)
{
    sqlite3_set_authorizer(store->db, NULL, NULL);
    tl_status status = tl_store_exec(store, "VACUUM", "sweep", err);
    sqlite3_set_authorizer(store->db, authorize, store);
    if (status != TL_OK)
        return status;
    int result = sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return result == SQLITE_OK ? TL_OK : tl_store_fail(store, result, "sweep", err);
}

void tl_store_rollback(struct tl_store *store)
{
    if (store->in_transaction)
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->in_transaction = false;
}

void tl_store_set_gate(struct tl_store *store, tl_store_gate *gate)
{
    store->gate = gate;
}

int64_t tl_store_act(const struct tl_store *store)
{
    return store->act;
}

tl_status tl_store_begin_read(struct tl_store *store, struct tl_err *err)
{
    tl_status status = tl_store_exec(store, "BEGIN", "read", err);
    store->in_transaction = status == TL_OK;
    return status;
}

void tl_store_end_read(struct tl_store *store)
{
    tl_store_rollback(store);
}

int64_t tl_store_known(const struct tl_store *store)
{
    return store->known;
}

void tl_store_set_known(struct tl_store *store, int64_t act_id)
{
    store->known = act_id;
}

tl_status tl_store_act_at(int64_t *out, struct tl_store *store, struct tl_moment moment, struct tl_err *err)
{
    struct tl_stmt *stmt;
    char text[TL_DATE_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ACT_AT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, tl_moment_iso(moment, text));
    return tl_stmt_answer(stmt, out, err);
}

const char *tl_store_currency(const struct tl_store *store)
{
    return store->currency;
}

const char *tl_store_owner(const struct tl_store *store)
{
    return store->owner;
}

/* SQLite looks at tables in an order of its own, which a new table changes: of what it finds in rows, what comes first
 * by text is told. Damage of pages it tells first, with * in front, and rows can not be read then. */
static tl_status check_pages(struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    char first[400] = "";
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHECK_FILE], err);
    while (status == TL_OK && first[0] != '*' && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        if (first[0] == '\0' || strcmp(tl_stmt_text(stmt, 0), first) < 0)
            snprintf(first, sizeof first, "%s", tl_stmt_text(stmt, 0));
    if (status == TL_OK)
        tl_stmt_end(stmt);
    if (status == TL_OK && first[0] != '\0' && strcmp(first, "ok") != 0)
        status = tl_err_set(err, TL_ERR_BROKEN, "the file is damaged: %s", first);
    return status;
}

/* A reference to a row that is not there; `row` is 0 in a table whose rows have no number. */
struct broken {
    char table[64], parent[64];
    int64_t row;
};

static int compare_broken(const struct broken *a, const struct broken *b)
{
    int order = strcmp(a->table, b->table);
    order = order != 0 ? order : (a->row > b->row) - (a->row < b->row);
    return order != 0 ? order : strcmp(a->parent, b->parent);
}

/* The first by table and row is told, for the reason above. */
static tl_status check_references(struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row, found = false;
    struct broken first, next;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHECK_REFERENCES], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        next.row = tl_stmt_int(stmt, 1);
        snprintf(next.table, sizeof next.table, "%s", tl_stmt_text(stmt, 0));
        snprintf(next.parent, sizeof next.parent, "%s", tl_stmt_text(stmt, 2));
        if (!found || compare_broken(&next, &first) < 0)
            first = next;
        found = true;
    }
    if (status != TL_OK || !found)
        return status;
    if (first.row == 0)
        return tl_err_set(err, TL_ERR_BROKEN, "a row of %s refers to a row of %s that is not there", first.table,
                          first.parent);
    return tl_err_set(err, TL_ERR_BROKEN, "row %" PRId64 " of %s refers to a row of %s that is not there", first.row,
                      first.table, first.parent);
}

tl_status tl_store_check_file(struct tl_store *store, struct tl_err *err)
{
    tl_status status = check_pages(store, err);
    return status == TL_OK ? check_references(store, err) : status;
}
