/* SPDX-License-Identifier: MPL-2.0 */
#include "run_line.h"

#include <inttypes.h>

#include "tilslut/store/stmt.h"

#define NAME_AND_COMMA(name) ", " #name
#define SELECT_OF(run)                                                                                                 \
    "SELECT seq" TL_RUN_LINE_COLUMNS(NAME_AND_COMMA, NAME_AND_COMMA) " FROM run_line WHERE run_id = " run
#define SELECT_COLUMNS SELECT_OF("?1")

enum { SQL_ADD, SQL_READ, SQL_READ_PARTY, SQL_READ_ENTRY };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO run_line (run_id, seq" TL_RUN_LINE_COLUMNS(
        NAME_AND_COMMA,
        NAME_AND_COMMA) ") VALUES (?, ?, ?, ?, ?, ?, "
                        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_READ] = SELECT_COLUMNS " ORDER BY seq",
    [SQL_READ_PARTY] = SELECT_COLUMNS " AND party_code = ?2 ORDER BY seq",
    /* +seq: found by the party, and then put in order, instead of by going through the run in its order */
    [SQL_READ_ENTRY] =
        SELECT_OF("(SELECT run_id FROM invoice WHERE entry_id = ?1)") " AND party_code = (SELECT "
                                                                      "party_code FROM invoice WHERE entry_id = ?1) "
                                                                      "AND order_reference = (SELECT order_reference "
                                                                      "FROM invoice WHERE entry_id = ?1) ORDER BY +seq",
};

bool tl_run_line_is_invoiced_with(const struct tl_run_line *a, const struct tl_run_line *b)
{
    return tl_text_equal(a->party_code, b->party_code) && tl_text_equal(a->order_reference, b->order_reference);
}

tl_status tl_run_lines_store(struct tl_store *store, int64_t run, const struct tl_run_lines *lines, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < lines->count; i++) {
        const struct tl_run_line *line = &lines->items[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, run);
        tl_stmt_bind_int(stmt, 2, (int64_t)i + 1);
        int parameter = 3;
#define BIND_TEXT(name) tl_stmt_bind_text(stmt, parameter++, line->name);
#define BIND_NUMBER(name) tl_stmt_bind_int(stmt, parameter++, line->name);
        TL_RUN_LINE_COLUMNS(BIND_TEXT, BIND_NUMBER)
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

/* Reads one row's columns after seq. */
static bool read_columns(struct tl_run_line *line, struct tl_stmt *stmt, struct tl_arena *arena)
{
    int column = 1;
    bool whole = true;
#define READ_TEXT(name)                                                                                                \
    line->name = tl_stmt_copy(stmt, column++, arena);                                                                  \
    whole = whole && line->name != NULL;
#define READ_NUMBER(name) line->name = tl_stmt_int(stmt, column++);
    TL_RUN_LINE_COLUMNS(READ_TEXT, READ_NUMBER)
    return whole;
}

static tl_status read_all(struct tl_run_lines *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    size_t capacity = 0;
    bool row;
    tl_status status;
    *out = (struct tl_run_lines){0};
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (out->items == NULL || !read_columns(&out->items[out->count], stmt, arena))
            return tl_err_memory(err);
        out->count++;
    }
    return status;
}

tl_status tl_run_lines_read(struct tl_run_lines *out, struct tl_store *store, int64_t run, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    return read_all(out, stmt, arena, err);
}

tl_status tl_run_lines_read_party(struct tl_run_lines *out, struct tl_store *store, int64_t run, const char *party,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    tl_stmt_bind_text(stmt, 2, party);
    return read_all(out, stmt, arena, err);
}

tl_status tl_run_lines_read_entry(struct tl_run_lines *out, struct tl_store *store, int64_t entry,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    return read_all(out, stmt, arena, err);
}

void tl_run_lines_write(struct tl_buf *buf, const struct tl_run_lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        const struct tl_run_line *line = &lines->items[i];
#define WRITE_TEXT(name) tl_buf_line(buf, #name, line->name);
#define WRITE_NUMBER(name) tl_buf_format(buf, #name " %" PRId64 "\n", line->name);
        TL_RUN_LINE_COLUMNS(WRITE_TEXT, WRITE_NUMBER)
    }
}
