/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Opening a ledger: what it must be to be one, and how it is read where nobody can write.
 */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>

#include "handle.h"
#include "tilslut/base/text.h"

static tl_status pragma_number(int64_t *out, struct tl_store *store, const char *sql, struct tl_err *err)
{
    sqlite3_stmt *stmt = NULL;
    int result = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_step(stmt);
    if (result == SQLITE_ROW)
        *out = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    return result == SQLITE_ROW ? TL_OK : tl_store_fail(store, result, "open", err);
}

/* Looks at the file before SQLite does, for messages that say what is the matter. */
static tl_status look_at_file(const char *path, tl_store_mode mode, struct tl_err *err)
{
    struct stat about;
    if (stat(path, &about) != 0) {
        if (errno != ENOENT)
            return tl_err_set(err, TL_ERR_IO, "could not open '%s': %s", path, strerror(errno));
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no ledger '%s'", path);
        tl_err_hint(err, "make one with: tilslut init, or name another with -f FILE");
        return TL_ERR_NOT_FOUND;
    }
    if (!S_ISREG(about.st_mode))
        return tl_err_set(err, TL_ERR_STORE, "'%s' is not a file", path);
    /* the mode bits are asked, not access(2): the superuser may write everything, and still should not */
    if (mode == TL_STORE_WRITE && (about.st_mode & (S_IWUSR | S_IWGRP | S_IWOTH)) == 0) {
        (void)tl_err_set(err, TL_ERR_STATE, "'%s' is read-only", path);
        tl_err_hint(err, "only commands that read can use it as it is; to record, make it writable again");
        return TL_ERR_STATE;
    }
    return TL_OK;
}

static tl_status check_identity(struct tl_store *store, tl_store_mode mode, struct tl_err *err)
{
    int64_t application = 0, version = 0;
    tl_status status = pragma_number(&application, store, "PRAGMA application_id", err);
    if (status == TL_OK)
        status = pragma_number(&version, store, "PRAGMA user_version", err);
    if (status != TL_OK)
        return status;
    if (application != TL_STORE_APPLICATION_ID)
        return tl_store_fail(store, SQLITE_NOTADB, "open", err);
    if (version > tl_schema_newest()) {
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' has schema version %" PRId64 ", newer than this program's %" PRId64,
                         store->path, version, tl_schema_newest());
        tl_err_hint(err, "use the tilslut that wrote it, or a newer one");
        return TL_ERR_STORE;
    }
    if (version < tl_schema_newest() && mode == TL_STORE_READ) {
        (void)tl_err_set(err, TL_ERR_STORE, "'%s' has the older schema version %" PRId64, store->path, version);
        tl_err_hint(err, "the next command that records something brings it up to date");
        return TL_ERR_STORE;
    }
    return tl_schema_migrate(store, version, err);
}

/* False when SQLite may not make the files beside a ledger that its readers and writers share. */
static bool can_be_read(const struct tl_store *store)
{
    int result = sqlite3_exec(store->db, "SELECT 1 FROM sqlite_schema", NULL, NULL, NULL) & 0xFF;
    return result != SQLITE_CANTOPEN && result != SQLITE_READONLY;
}

/* What was committed last may lie in the write-ahead log, which SQLite leaves out when a file is opened as immutable.
 */
static tl_status check_no_log(const struct tl_store *store, struct tl_err *err)
{
    struct stat about;
    struct tl_buf log = TL_BUF_EMPTY;
    tl_buf_format(&log, "%s-wal", store->path);
    tl_status status = tl_buf_status(&log, err);
    if (status == TL_OK && stat(tl_buf_string(&log), &about) == 0 && about.st_size > 0) {
        status = tl_err_set(err, TL_ERR_STORE, "'%s' has a log beside it that cannot be read in", store->path);
        tl_err_hint(err, "copy the file and its -wal to a folder that you can write to, and open it there");
    }
    tl_buf_release(&log);
    return status;
}

/* A copy in a read-only folder, where nobody writes. */
static tl_status open_immutable(struct tl_store *store, struct tl_err *err)
{
    struct tl_buf uri = TL_BUF_EMPTY;
    tl_status status = check_no_log(store, err);
    if (status != TL_OK)
        return status;
    tl_buf_text(&uri, "file:");
    for (const char *c = store->path; *c != '\0'; c++)
        tl_buf_format(&uri, strchr("%?#", *c) == NULL ? "%c" : "%%%02X", *c);
    tl_buf_text(&uri, "?immutable=1");
    status = tl_buf_status(&uri, err);
    sqlite3_close(store->db);
    store->db = NULL;
    if (status == TL_OK)
        status = tl_store_open_database(store, tl_buf_string(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
    tl_buf_release(&uri);
    return status;
}

/* A reader opens for writing too, where it may, and then forbids itself to write: only a connection that could write
 * takes SQLite's two files beside the ledger away when it closes, and one file is what the user copies. */
tl_status tl_store_open(struct tl_store **out, const char *path, tl_store_mode mode, struct tl_err *err)
{
    struct tl_store *store = NULL;
    tl_status status = look_at_file(path, mode, err);
    if (status == TL_OK)
        status = tl_store_new(&store, path, err);
    if (status == TL_OK)
        status = tl_store_open_database(store, path, SQLITE_OPEN_READWRITE, err);
    if (status == TL_OK && mode == TL_STORE_READ && !can_be_read(store))
        status = open_immutable(store, err);
    if (status == TL_OK)
        status = tl_store_configure(store, err);
    if (status == TL_OK && mode == TL_STORE_READ)
        status = tl_store_exec(store, "PRAGMA query_only = ON", "open", err);
    if (status == TL_OK)
        status = check_identity(store, mode, err);
    if (status == TL_OK)
        status = tl_store_read_identity(store, err);
    if (status != TL_OK) {
        tl_store_close(store);
        return status;
    }
    tl_store_guard(store);
    *out = store;
    return TL_OK;
}
