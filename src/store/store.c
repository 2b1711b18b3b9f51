/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "act_seal.h"
#include "handle.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ACT_ADD, SQL_ACT_NEXT, SQL_ACT_AT, SQL_FILE_ADD, SQL_FILE_GET, SQL_CHECK_FILE, SQL_CHECK_REFERENCES };

static const char *const SQL[] = {
    [SQL_ACT_ADD] = "INSERT INTO act (id, recorded_at, actor, command) VALUES (?1, ?2, ?3, ?4)",
    [SQL_ACT_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM act",
    [SQL_ACT_AT] = "SELECT coalesce(max(id), 0) FROM act WHERE recorded_at <= ?1",
    [SQL_FILE_ADD] =
        "INSERT INTO ledger_file (id, currency, minor_digits, owner_code, act_id) VALUES (1, ?1, 2, ?2, ?3)",
    [SQL_FILE_GET] = "SELECT currency, owner_code FROM ledger_file WHERE id = 1",
    [SQL_CHECK_FILE] = "PRAGMA integrity_check(1)",
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

static tl_status configure(struct tl_store *store, struct tl_err *err)
{
    sqlite3_busy_timeout(store->db, TL_STORE_WAIT_MS);
    sqlite3_extended_result_codes(store->db, 1);
    return tl_store_exec(store,
                         "PRAGMA foreign_keys = ON; PRAGMA recursive_triggers = ON; PRAGMA trusted_schema = OFF; "
                         "PRAGMA synchronous = FULL; PRAGMA cell_size_check = ON; PRAGMA cache_size = -16384; "
                         "PRAGMA secure_delete = ON",
                         "open", err);
}

static tl_status new_store(struct tl_store **out, const char *path, struct tl_err *err)
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

static tl_status open_database(struct tl_store *store, const char *name, int flags, struct tl_err *err)
{
    int result = sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
    return result == SQLITE_OK ? TL_OK : tl_store_fail(store, result, "open", err);
}

/* Reads what the file says of itself. */
static tl_status read_identity(struct tl_store *store, struct tl_err *err)
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

/* Puts schema and identity into an empty database. */
static tl_status populate(struct tl_store *store, const char *currency, const char *owner_code,
                          const struct tl_act *act, tl_store_fill *fill, struct tl_err *err)
{
    char sql[80];
    snprintf(sql, sizeof sql, "PRAGMA application_id = %d", TL_STORE_APPLICATION_ID);
    tl_status status = configure(store, err);
    if (status == TL_OK)
        status = tl_store_exec(store, sql, "make", err);
    if (status == TL_OK)
        status = tl_schema_migrate(store, 0, err);
    if (status == TL_OK)
        status = tl_store_begin(store, act, err);
    struct tl_stmt *stmt;
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_FILE_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, currency);
        tl_stmt_bind_text(stmt, 2, owner_code);
        tl_stmt_bind_int(stmt, 3, store->act);
        status = tl_stmt_run(stmt, err);
    }
    if (status == TL_OK)
        status = read_identity(store, err);
    if (status == TL_OK && fill != NULL)
        status = fill(store, err);
    if (status == TL_OK)
        status = tl_store_commit(store, err);
    return status;
}

tl_status tl_store_open_memory(struct tl_store **out, const char *currency, const char *owner_code,
                               const struct tl_act *act, tl_store_fill *fill, struct tl_err *err)
{
    struct tl_store *store = NULL;
    tl_status status = new_store(&store, ":memory:", err);
    if (status == TL_OK)
        status = open_database(store, ":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, err);
    if (status == TL_OK)
        status = populate(store, currency, owner_code, act, fill, err);
    if (status != TL_OK) {
        tl_store_close(store);
        return status;
    }
    sqlite3_set_authorizer(store->db, authorize, store);
    *out = store;
    return TL_OK;
}

/* Makes the new file's entry in its folder durable. */
static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
    int descriptor = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
    free(folder);
}

static tl_status exists_already(const char *path, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' exists already", path);
    tl_err_hint(err, "use it as it is, or name another file with -f FILE");
    return TL_ERR_CONFLICT;
}

/* Makes an empty file for SQLite to fill, since only the system says why it can not be made. */
static tl_status make_empty(const char *draft, const char *path, struct tl_err *err)
{
    int descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return tl_err_set(err, TL_ERR_IO, "could not make '%s': %s", path, strerror(errno));
    (void)close(descriptor);
    return TL_OK;
}

/* The draft that did not become a ledger, with the files that SQLite keeps beside it: on a full disk it cannot even
 * close its journal, which it then leaves for a next time that a draft does not have. */
static void remove_draft(const char *draft)
{
    static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        struct tl_buf path = TL_BUF_EMPTY;
        tl_buf_format(&path, "%s%s", draft, beside[i]);
        if (!path.failed)
            (void)unlink(tl_buf_string(&path));
        tl_buf_release(&path);
    }
}

tl_status tl_store_create(const char *path, const char *currency, const char *owner_code, const struct tl_act *act,
                          tl_store_fill *fill, struct tl_err *err)
{
    struct tl_store *store = NULL;
    struct tl_buf draft = TL_BUF_EMPTY;
    bool made = false;
    if (access(path, F_OK) == 0)
        return exists_already(path, err);
    tl_buf_format(&draft, "%s.new-%ld", path, (long)getpid());
    tl_status status = tl_buf_status(&draft, err);
    if (status == TL_OK)
        status = new_store(&store, path, err);
    if (status == TL_OK) {
        remove_draft(tl_buf_string(&draft));
        made = true;
        status = make_empty(tl_buf_string(&draft), path, err);
    }
    if (status == TL_OK)
        status = open_database(store, tl_buf_string(&draft), SQLITE_OPEN_READWRITE, err);
    if (status == TL_OK)
        status = populate(store, currency, owner_code, act, fill, err);
    if (status == TL_OK)
        status = tl_store_exec(store, "PRAGMA journal_mode = WAL", "make", err);
    tl_store_close(store);
    if (status == TL_OK && renameat2(AT_FDCWD, tl_buf_string(&draft), AT_FDCWD, path, RENAME_NOREPLACE) != 0)
        status = errno == EEXIST ? exists_already(path, err)
                                 : tl_err_set(err, TL_ERR_IO, "could not make '%s': %s", path, strerror(errno));
    if (status == TL_OK)
        sync_folder_of(path);
    else if (made)
        remove_draft(tl_buf_string(&draft));
    tl_buf_release(&draft);
    return status;
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
        status = open_database(store, tl_buf_string(&uri), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, err);
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
        status = new_store(&store, path, err);
    if (status == TL_OK)
        status = open_database(store, path, SQLITE_OPEN_READWRITE, err);
    if (status == TL_OK && mode == TL_STORE_READ && !can_be_read(store))
        status = open_immutable(store, err);
    if (status == TL_OK)
        status = configure(store, err);
    if (status == TL_OK && mode == TL_STORE_READ)
        status = tl_store_exec(store, "PRAGMA query_only = ON", "open", err);
    if (status == TL_OK)
        status = check_identity(store, mode, err);
    if (status == TL_OK)
        status = read_identity(store, err);
    if (status != TL_OK) {
        tl_store_close(store);
        return status;
    }
    sqlite3_set_authorizer(store->db, authorize, store);
    *out = store;
    return TL_OK;
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
    tl_status status = tl_act_seal_add(store, store->act, err);
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

tl_status tl_store_check_file(struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHECK_FILE], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row && strcmp(tl_stmt_text(stmt, 0), "ok") != 0)
        status = tl_err_set(err, TL_ERR_BROKEN, "the file is damaged: %s", tl_stmt_text(stmt, 0));
    if (status == TL_OK) {
        tl_stmt_end(stmt);
        status = tl_stmt_get(&stmt, store, SQL[SQL_CHECK_REFERENCES], err);
    }
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row)
        status = tl_err_set(err, TL_ERR_BROKEN, "row %" PRId64 " of %s refers to a row of %s that is not there",
                            tl_stmt_int(stmt, 1), tl_stmt_text(stmt, 0), tl_stmt_text(stmt, 2));
    if (status == TL_OK)
        tl_stmt_end(stmt);
    return status;
}
