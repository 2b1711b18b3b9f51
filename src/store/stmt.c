/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/stmt.h"

#include <string.h>

#include "handle.h"

/* The slot of a statement: open addressing over the address of its text. NULL when the table is full. */
static struct tl_stmt *find_slot(struct tl_store *store, const char *sql)
{
    size_t start = ((uintptr_t)sql >> 3) * 0x9E3779B1U % STORE_STATEMENTS_MAX;
    for (size_t i = 0; i < STORE_STATEMENTS_MAX; i++) {
        struct tl_stmt *slot = &store->statements[(start + i) % STORE_STATEMENTS_MAX];
        if (slot->sql == sql || slot->sql == NULL)
            return slot;
    }
    return NULL;
}

tl_status tl_stmt_get(struct tl_stmt **out, struct tl_store *store, const char *sql, struct tl_err *err)
{
    struct tl_stmt *slot = find_slot(store, sql);
    if (slot == NULL)
        return tl_err_set(err, TL_ERR_STORE, "the program has more than %d statements", STORE_STATEMENTS_MAX);
    if (slot->sql == NULL) {
        int result = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &slot->handle, NULL);
        if (result != SQLITE_OK)
            return tl_store_fail(store, result, "prepare a statement", err);
        slot->sql = sql;
        slot->store = store;
    }
    sqlite3_reset(slot->handle);
    sqlite3_clear_bindings(slot->handle);
    slot->bind_result = SQLITE_OK;
    *out = slot;
    return TL_OK;
}

static void note_bind(struct tl_stmt *stmt, int result)
{
    if (stmt->bind_result == SQLITE_OK)
        stmt->bind_result = result;
}

void tl_stmt_bind_int(struct tl_stmt *stmt, int parameter, int64_t value)
{
    note_bind(stmt, sqlite3_bind_int64(stmt->handle, parameter, value));
}

void tl_stmt_bind_text(struct tl_stmt *stmt, int parameter, const char *text)
{
    note_bind(stmt, sqlite3_bind_text(stmt->handle, parameter, text, -1, SQLITE_STATIC));
}

void tl_stmt_bind_blob(struct tl_stmt *stmt, int parameter, const void *bytes, size_t length)
{
    note_bind(stmt, sqlite3_bind_blob64(stmt->handle, parameter, length == 0 ? "" : bytes, length, SQLITE_STATIC));
}

void tl_stmt_bind_date(struct tl_stmt *stmt, int parameter, struct tl_date date)
{
    char iso[TL_DATE_TEXT_SIZE];
    note_bind(stmt, sqlite3_bind_text(stmt->handle, parameter, tl_date_iso(date, iso), -1, SQLITE_TRANSIENT));
}

void tl_stmt_bind_digest(struct tl_stmt *stmt, int parameter, const struct tl_digest *digest)
{
    tl_stmt_bind_blob(stmt, parameter, digest->bytes, sizeof digest->bytes);
}

tl_status tl_stmt_next(struct tl_stmt *stmt, bool *row, struct tl_err *err)
{
    *row = false;
    int result = stmt->bind_result != SQLITE_OK ? stmt->bind_result : sqlite3_step(stmt->handle);
    if (result == SQLITE_ROW) {
        *row = true;
        return TL_OK;
    }
    tl_status status = result == SQLITE_DONE ? TL_OK : tl_store_fail(stmt->store, result, "use the ledger file", err);
    sqlite3_reset(stmt->handle);
    return status;
}

tl_status tl_stmt_run(struct tl_stmt *stmt, struct tl_err *err)
{
    bool row;
    tl_status status = tl_stmt_next(stmt, &row, err);
    sqlite3_reset(stmt->handle);
    return status;
}

void tl_stmt_end(struct tl_stmt *stmt)
{
    sqlite3_reset(stmt->handle);
}

int tl_stmt_parameter(struct tl_stmt *stmt, const char *name)
{
    return sqlite3_bind_parameter_index(stmt->handle, name);
}

int tl_stmt_column_count(struct tl_stmt *stmt)
{
    return sqlite3_column_count(stmt->handle);
}

const char *tl_stmt_column_name(struct tl_stmt *stmt, int column)
{
    const char *name = sqlite3_column_name(stmt->handle, column);
    return name == NULL ? "" : name;
}

int64_t tl_stmt_int(struct tl_stmt *stmt, int column)
{
    return sqlite3_column_int64(stmt->handle, column);
}

bool tl_stmt_is_null(struct tl_stmt *stmt, int column)
{
    return sqlite3_column_type(stmt->handle, column) == SQLITE_NULL;
}

const char *tl_stmt_text(struct tl_stmt *stmt, int column)
{
    const unsigned char *text = sqlite3_column_text(stmt->handle, column);
    return text == NULL ? "" : (const char *)text;
}

const void *tl_stmt_blob(struct tl_stmt *stmt, int column, size_t *length)
{
    const void *bytes = sqlite3_column_blob(stmt->handle, column);
    *length = (size_t)sqlite3_column_bytes(stmt->handle, column);
    return bytes == NULL ? "" : bytes;
}

struct tl_date tl_stmt_date(struct tl_stmt *stmt, int column)
{
    struct tl_date date = {0};
    struct tl_err ignored = TL_ERR_NONE;
    if (tl_date_parse(&date, tl_stmt_text(stmt, column), &ignored) != TL_OK)
        return (struct tl_date){0};
    return date;
}

bool tl_stmt_digest(struct tl_stmt *stmt, int column, struct tl_digest *out)
{
    size_t length;
    const void *bytes = tl_stmt_blob(stmt, column, &length);
    if (length != sizeof out->bytes)
        return false;
    memcpy(out->bytes, bytes, length);
    return true;
}

const char *tl_stmt_copy(struct tl_stmt *stmt, int column, struct tl_arena *arena)
{
    const char *text = tl_stmt_text(stmt, column);
    return tl_arena_copy(arena, text, strlen(text));
}

tl_status tl_stmt_answer(struct tl_stmt *stmt, int64_t *out, struct tl_err *err)
{
    bool row;
    tl_status status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK)
        *out = row ? tl_stmt_int(stmt, 0) : 0;
    tl_stmt_end(stmt);
    return status;
}
