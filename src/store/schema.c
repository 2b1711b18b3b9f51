/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The schema and its versions. The files schemas/NNN-*.sql of one number, in the order of their names, take the ledger
 * from the version before to their own.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "handle.h"
#include "tilslut/base/embedded.h"

/* The version of a file named "schemas/NNN-...sql", or 0 for any other. */
static int64_t version_of(const char *name)
{
    static const char folder[] = "schemas/";
    if (strncmp(name, folder, sizeof folder - 1) != 0)
        return 0;
    return strtol(name + sizeof folder - 1, NULL, 10);
}

int64_t tl_schema_newest(void)
{
    int64_t newest = 0;
    for (const struct tl_embedded_file *file = tl_embedded_files; file->name != NULL; file++)
        if (version_of(file->name) > newest)
            newest = version_of(file->name);
    return newest;
}

static tl_status run_version(struct tl_store *store, int64_t version, const char *doing, struct tl_err *err)
{
    tl_status status = TL_OK;
    bool found = false;
    for (const struct tl_embedded_file *file = tl_embedded_files; status == TL_OK && file->name != NULL; file++)
        if (version_of(file->name) == version) {
            found = true;
            status = tl_store_exec(store, file->content, doing, err);
        }
    if (status == TL_OK && !found)
        return tl_err_set(err, TL_ERR_STORE, "the program lacks schema version %" PRId64, version);
    return status;
}

tl_status tl_schema_migrate(struct tl_store *store, int64_t version, struct tl_err *err)
{
    static const char doing[] = "bring the schema up to date";
    tl_status status = TL_OK;
    for (int64_t next = version + 1; status == TL_OK && next <= tl_schema_newest(); next++) {
        char stamp[64];
        snprintf(stamp, sizeof stamp, "PRAGMA user_version = %" PRId64, next);
        status = tl_store_exec(store, "BEGIN IMMEDIATE", doing, err);
        if (status == TL_OK)
            status = run_version(store, next, doing, err);
        if (status == TL_OK)
            status = tl_store_exec(store, stamp, doing, err);
        if (status == TL_OK)
            status = tl_store_exec(store, "COMMIT", doing, err);
        if (status != TL_OK)
            sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    }
    return status;
}

/* Compares two databases' schema rows in one order; *difference names the first that differs. */
static int compare_schemas(sqlite3 *ours, sqlite3 *theirs, char *difference, size_t size)
{
    static const char sql[] = "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema "
                              "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name";
    sqlite3_stmt *left = NULL, *right = NULL;
    difference[0] = '\0';
    int result = sqlite3_prepare_v2(ours, sql, -1, &left, NULL);
    if (result == SQLITE_OK)
        result = sqlite3_prepare_v2(theirs, sql, -1, &right, NULL);
    while (result == SQLITE_OK) {
        int step_left = sqlite3_step(left), step_right = sqlite3_step(right);
        if (step_left == SQLITE_DONE && step_right == SQLITE_DONE)
            break;
        if ((step_left != SQLITE_ROW && step_left != SQLITE_DONE) ||
            (step_right != SQLITE_ROW && step_right != SQLITE_DONE)) {
            result = step_left == SQLITE_ROW || step_left == SQLITE_DONE ? step_right : step_left;
            break;
        }
        const char *name_left = step_left == SQLITE_ROW ? (const char *)sqlite3_column_text(left, 0) : NULL;
        const char *name_right = step_right == SQLITE_ROW ? (const char *)sqlite3_column_text(right, 0) : NULL;
        if (name_right == NULL || (name_left != NULL && strcmp(name_left, name_right) < 0)) {
            snprintf(difference, size, "%s is missing", name_left == NULL ? "" : name_left);
            break;
        }
        if (name_left == NULL || strcmp(name_left, name_right) > 0) {
            snprintf(difference, size, "%s was added", name_right);
            break;
        }
        if (strcmp((const char *)sqlite3_column_text(left, 1), (const char *)sqlite3_column_text(right, 1)) != 0) {
            snprintf(difference, size, "%s was changed", name_left);
            break;
        }
    }
    sqlite3_finalize(left);
    sqlite3_finalize(right);
    return result;
}

tl_status tl_store_check_schema(struct tl_store *store, struct tl_err *err)
{
    struct tl_store fresh = {0};
    char difference[300] = "";
    int result = sqlite3_open_v2(":memory:", &fresh.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    tl_status status = result == SQLITE_OK ? tl_schema_migrate(&fresh, 0, err)
                                           : tl_store_fail(&fresh, result, "compare the schema", err);
    if (status == TL_OK)
        result = compare_schemas(fresh.db, store->db, difference, sizeof difference);
    if (status == TL_OK && result != SQLITE_OK)
        status = tl_store_fail(store, result, "compare the schema", err);
    if (status == TL_OK && difference[0] != '\0')
        status = tl_err_set(err, TL_ERR_BROKEN, "the schema is not the program's own: %s", difference);
    sqlite3_close(fresh.db);
    return status;
}
