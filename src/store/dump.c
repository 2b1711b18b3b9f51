/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/dump.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "handle.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_TABLES, SQL_DOCUMENTS };

static const char *const SQL[] = {
    [SQL_TABLES] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
                   "ORDER BY name",
    [SQL_DOCUMENTS] = "SELECT id, file_name, content FROM document "
                      "WHERE CAST(substr(issued_on, 1, 4) AS INTEGER) BETWEEN ?1 AND ?2 ORDER BY id",
};

enum { NAME_SIZE = 300 };

/* The name of a document's file. */
static const char *name_of(int64_t id, const char *file_name, char into[NAME_SIZE])
{
    snprintf(into, NAME_SIZE, "%06" PRId64 "-%s", id, file_name);
    return into;
}

static void write_text(struct tl_buf *csv, const char *text, size_t length)
{
    bool is_plain = length > 0;
    for (size_t i = 0; is_plain && i < length; i++)
        is_plain = text[i] != '\0' && strchr(",\"\r\n", text[i]) == NULL;
    if (is_plain) {
        tl_buf_add(csv, text, length);
        return;
    }
    tl_buf_text(csv, "\"");
    for (size_t i = 0; i < length; i++)
        tl_buf_add(csv, text[i] == '"' ? "\"\"" : &text[i], text[i] == '"' ? 2 : 1);
    tl_buf_text(csv, "\"");
}

static void write_cell(struct tl_buf *csv, sqlite3_stmt *row, int column)
{
    int type = sqlite3_column_type(row, column);
    if (type == SQLITE_NULL)
        return;
    const char *bytes =
        type == SQLITE_BLOB ? sqlite3_column_blob(row, column) : (const char *)sqlite3_column_text(row, column);
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    if (bytes == NULL && length > 0)
        csv->failed = true; /* SQLite is out of memory */
    else if (type != SQLITE_BLOB)
        write_text(csv, length == 0 ? "" : bytes, length);
    else
        for (size_t i = 0; i < length; i++)
            tl_buf_format(csv, "%02x", (unsigned)(unsigned char)bytes[i]);
}

/* Instead of a document's content, the path of its file. */
static void write_path(struct tl_buf *csv, sqlite3_stmt *row)
{
    char name[NAME_SIZE];
    const char *file_name = "";
    for (int column = 0; column < sqlite3_column_count(row); column++)
        if (strcmp(sqlite3_column_name(row, column), "file_name") == 0)
            file_name = (const char *)sqlite3_column_text(row, column);
    name_of(sqlite3_column_int64(row, 0), file_name == NULL ? "" : file_name, name);
    tl_buf_text(csv, "documents/");
    write_text(csv, name, strlen(name));
}

static void write_row(struct tl_buf *csv, sqlite3_stmt *row, bool is_document)
{
    for (int column = 0; column < sqlite3_column_count(row); column++) {
        tl_buf_text(csv, column > 0 ? "," : "");
        if (is_document && strcmp(sqlite3_column_name(row, column), "content") == 0)
            write_path(csv, row);
        else
            write_cell(csv, row, column);
    }
    tl_buf_text(csv, "\n");
}

static tl_status write_table(struct tl_buf *csv, struct tl_store *store, const char *table, struct tl_err *err)
{
    sqlite3_stmt *rows = NULL;
    char *sql = sqlite3_mprintf("SELECT * FROM \"%w\" ORDER BY 1, 2", table); /* a name of the schema, quoted */
    if (sql == NULL)
        return tl_err_memory(err);
    int result = sqlite3_prepare_v2(store->db, sql, -1, &rows, NULL);
    sqlite3_free(sql);
    for (int column = 0; result == SQLITE_OK && column < sqlite3_column_count(rows); column++) {
        const char *name = sqlite3_column_name(rows, column);
        if (name == NULL)
            result = SQLITE_NOMEM;
        else {
            tl_buf_text(csv, column > 0 ? "," : "");
            write_text(csv, name, strlen(name));
        }
    }
    tl_buf_text(csv, "\n");
    while (result == SQLITE_OK && (result = sqlite3_step(rows)) == SQLITE_ROW) {
        write_row(csv, rows, strcmp(table, "document") == 0);
        result = SQLITE_OK;
    }
    tl_status status = result == SQLITE_DONE ? tl_buf_status(csv, err)
                                             : tl_store_fail(store, result, "read a table of the ledger file", err);
    sqlite3_finalize(rows);
    return status;
}

tl_status tl_dump_documents(struct tl_store *store, int first, int last, tl_dump_file *take, void *context,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_DOCUMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, first);
    tl_stmt_bind_int(stmt, 2, last);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        char name[NAME_SIZE];
        size_t length;
        const void *bytes = tl_stmt_blob(stmt, 2, &length);
        status =
            take(context, "documents", name_of(tl_stmt_int(stmt, 0), tl_stmt_text(stmt, 1), name), bytes, length, err);
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_dump_tables(struct tl_store *store, tl_dump_file *take, void *context, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_buf csv = TL_BUF_EMPTY;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TABLES], err);
    if (status != TL_OK)
        return status;
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        char name[NAME_SIZE];
        snprintf(name, sizeof name, "%s.csv", tl_stmt_text(stmt, 0));
        csv.length = 0;
        status = write_table(&csv, store, tl_stmt_text(stmt, 0), err);
        if (status == TL_OK)
            status = take(context, "tables", name, csv.bytes, csv.length, err);
    }
    tl_stmt_end(stmt);
    tl_buf_release(&csv);
    return status == TL_OK ? tl_dump_documents(store, 0, 9999, take, context, err) : status;
}
