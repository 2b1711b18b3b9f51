/* SPDX-License-Identifier: MPL-2.0 */
#include "scratch.h"

#include <dirent.h>
#include <ftw.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

void scratch_begin(struct scratch *scratch)
{
    const char *where = getenv("TMPDIR");
    int length = snprintf(scratch->folder, sizeof scratch->folder, "%s/tilslut-test-XXXXXX",
                          where == NULL || strlen(where) > 30 ? "/tmp" : where);
    assert_true(length > 0 && (size_t)length < sizeof scratch->folder);
    assert_non_null(mkdtemp(scratch->folder));
}

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
    (void)about;
    (void)kind;
    (void)at;
    return remove(path);
}

void scratch_end(struct scratch *scratch)
{
    assert_int_equal(nftw(scratch->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS), 0);
}

const char *scratch_file(struct scratch *scratch, const char *name)
{
    int length = snprintf(scratch->path, sizeof scratch->path, "%s/%s", scratch->folder, name);
    assert_true(length > 0 && (size_t)length < sizeof scratch->path);
    return scratch->path;
}

void scratch_write(struct scratch *scratch, const char *name, const void *bytes, size_t size)
{
    FILE *file = fopen(scratch_file(scratch, name), "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

size_t scratch_count(const struct scratch *scratch)
{
    size_t count = 0;
    DIR *folder = opendir(scratch->folder);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder)) != NULL;)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0 ? 1 : 0;
    closedir(folder);
    return count;
}

bool scratch_has(struct scratch *scratch, const char *name)
{
    return access(scratch_file(scratch, name), F_OK) == 0;
}

const char *scratch_sql(const char *database, const char *sql)
{
    static char message[300];
    sqlite3 *db;
    message[0] = '\0';
    assert_int_equal(sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) != SQLITE_OK)
        snprintf(message, sizeof message, "%s", sqlite3_errmsg(db));
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return message;
}

void scratch_change(const char *database, const char *sql)
{
    const char *message = scratch_sql(database, sql);
    if (message[0] != '\0')
        fail_msg("%s: %s", sql, message);
}

long long scratch_ask(const char *database, const char *sql)
{
    sqlite3 *db;
    sqlite3_stmt *stmt;
    assert_int_equal(sqlite3_open_v2(database, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
    if (sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
    long long answer = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    assert_int_equal(sqlite3_close(db), SQLITE_OK);
    return answer;
}
