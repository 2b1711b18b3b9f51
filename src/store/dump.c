/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/dump.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "handle.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_TABLES, SQL_DOCUMENTS, SQL_TERMS };

static const char *const SQL[] = {
    [SQL_TABLES] = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' "
                   "AND name <> 'contact_person' ORDER BY name", /* who persons are can be erased here, not in a copy */
    [SQL_DOCUMENTS] = "SELECT printf('%06d-%s', id, file_name), content FROM document "
                      "WHERE ?1 = 0 OR year = ?1 OR substr(issued_on, 1, 4) = printf('%04d', ?1) ORDER BY id",
    [SQL_TERMS] = "SELECT printf('%s-v%d.yaml', product_code, version), content FROM terms WHERE ?1 = 0 ORDER BY id",
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

/* Files that a statement names and holds. */
static tl_status give_files(struct tl_store *store, const char *sql, const char *folder, int year, tl_dump_file *take,
                            void *context, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_arena arena = TL_ARENA_EMPTY;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, year);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        size_t length;
        const char *name = tl_stmt_copy(stmt, 0, &arena);
        const void *bytes = tl_stmt_blob(stmt, 1, &length);
        status = name == NULL ? tl_err_memory(err) : take(context, folder, name, bytes, length, err);
    }
    tl_stmt_end(stmt);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_dump_documents(struct tl_store *store, int year, tl_dump_file *take, void *context, struct tl_err *err)
{
    return give_files(store, SQL[SQL_DOCUMENTS], "documents", year, take, context, err);
}

tl_status tl_dump_terms(struct tl_store *store, tl_dump_file *take, void *context, struct tl_err *err)
{
    return give_files(store, SQL[SQL_TERMS], "terms", 0, take, context, err);
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
    return status;
}
