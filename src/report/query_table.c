/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/query_table.h"

#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/money/money.h"
#include "tilslut/store/stmt.h"

static const char folder[] = "reports/", ending[] = ".sql";

enum { COLUMNS_MAX = 32 };

static bool is_query(const struct tl_embedded_file *file)
{
    size_t length = strlen(file->name), end = sizeof ending - 1;
    return strncmp(file->name, folder, sizeof folder - 1) == 0 && length > sizeof folder - 1 + end &&
           strcmp(file->name + length - end, ending) == 0;
}

const struct tl_embedded_file *tl_query_next(const struct tl_embedded_file *query)
{
    const struct tl_embedded_file *file = query == NULL ? tl_embedded_files : query + 1;
    while (file->name != NULL && !is_query(file))
        file++;
    return file->name == NULL ? NULL : file;
}

const char *tl_query_name(const struct tl_embedded_file *query, struct tl_arena *arena)
{
    const char *name = query->name + sizeof folder - 1;
    return tl_arena_copy(arena, name, strlen(name) - (sizeof ending - 1));
}

const char *tl_query_summary(const struct tl_embedded_file *query, struct tl_arena *arena)
{
    const char *line = strchr(query->content, '\n');
    line = line == NULL ? "" : line + 1;
    line += strncmp(line, "-- ", 3) == 0 ? 3 : 0;
    return tl_arena_copy(arena, line, strcspn(line, "\n"));
}

tl_status tl_query_find(const struct tl_embedded_file **out, const char *name, struct tl_err *err)
{
    enum { QUERIES_MAX = 64 };
    const char *names[QUERIES_MAX + 1] = {NULL};
    struct tl_arena arena = TL_ARENA_EMPTY;
    size_t count = 0;
    *out = NULL;
    for (const struct tl_embedded_file *query = NULL; (query = tl_query_next(query)) != NULL && count < QUERIES_MAX;) {
        names[count] = tl_query_name(query, &arena);
        if (names[count] == NULL) {
            tl_arena_release(&arena);
            return tl_err_memory(err);
        }
        if (tl_text_equal(names[count++], name))
            *out = query;
    }
    if (*out == NULL) {
        const char *nearest = tl_text_nearest(name, names);
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no report '%.60s'", name);
        if (nearest != NULL)
            tl_err_hint(err, "did you mean %s?", nearest);
        else
            tl_err_hint(err, "tilslut report list names the reports");
    }
    tl_arena_release(&arena);
    return *out == NULL ? TL_ERR_NOT_FOUND : TL_OK;
}

/* Whether the file's comments call a column an amount. */
static bool is_amount(const struct tl_embedded_file *query, const char *column)
{
    static const char mark[] = "\n-- amounts:";
    const char *at = strstr(query->content, mark);
    size_t length = strlen(column);
    if (at == NULL)
        return false;
    for (at += sizeof mark - 1; *at == ' ';) {
        at++;
        size_t word = strcspn(at, " \n");
        if (word == length && strncmp(at, column, length) == 0)
            return true;
        at += word;
    }
    return false;
}

/* The title of a column: its key with a capital and blanks. */
static const char *title_of(const char *key, struct tl_arena *arena)
{
    char *title = tl_arena_alloc(arena, strlen(key) + 1, 1);
    if (title == NULL)
        return NULL;
    strcpy(title, key);
    for (char *at = title; *at != '\0'; at++)
        if (*at == '_')
            *at = ' ';
    if (title[0] >= 'a' && title[0] <= 'z')
        title[0] = (char)(title[0] - 'a' + 'A');
    return title;
}

static tl_status begin_table(struct tl_table *out, struct tl_stmt *stmt, const struct tl_embedded_file *query,
                             struct tl_err *err)
{
    struct tl_column columns[COLUMNS_MAX];
    struct tl_arena arena = TL_ARENA_EMPTY;
    int count = tl_stmt_column_count(stmt);
    tl_status status = count <= COLUMNS_MAX
                           ? TL_OK
                           : tl_err_set(err, TL_ERR_STORE, "'%s' has more than %d columns", query->name, COLUMNS_MAX);
    for (int i = 0; status == TL_OK && i < count; i++) {
        const char *key = tl_stmt_column_name(stmt, i);
        columns[i] = (struct tl_column){tl_arena_text(&arena, key), title_of(key, &arena),
                                        is_amount(query, key) ? TL_COLUMN_MONEY : TL_COLUMN_CODE};
        if (columns[i].key == NULL || columns[i].title == NULL)
            status = tl_err_memory(err);
    }
    if (status == TL_OK)
        status = tl_table_init(out, columns, (size_t)count, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status add_row(struct tl_table *out, struct tl_stmt *stmt, struct tl_err *err)
{
    struct tl_cell cells[COLUMNS_MAX];
    struct tl_arena arena = TL_ARENA_EMPTY; /* SQLite may move what it gave for one column when asked for another */
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < out->column_count; i++) {
        const char *text = tl_stmt_copy(stmt, (int)i, &arena);
        struct tl_money amount;
        if (text == NULL)
            status = tl_err_memory(err);
        else if (text[0] == '\0')
            cells[i] = tl_cell_missing();
        else if (out->columns[i].kind == TL_COLUMN_MONEY) {
            status = tl_money_parse(&amount, text, err);
            cells[i] = tl_cell_money(amount);
        } else
            cells[i] = tl_cell_code(text);
    }
    if (status == TL_OK)
        status = tl_table_add(out, cells, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status bind(struct tl_stmt *stmt, const char *parameter, const char *value, struct tl_err *err)
{
    int number = tl_stmt_parameter(stmt, parameter);
    if (value == NULL)
        return TL_OK;
    if (number == 0) {
        (void)tl_err_set(err, TL_ERR_USAGE, "this report takes no --%s", parameter + 1);
        tl_err_hint(err, "tilslut report list says what each report takes");
        return TL_ERR_USAGE;
    }
    tl_stmt_bind_text(stmt, number, value);
    return TL_OK;
}

tl_status tl_query_table(struct tl_table *out, struct tl_store *store, const struct tl_embedded_file *query,
                         const struct tl_query_limits *limits, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_table)TL_TABLE_EMPTY;
    tl_status status = tl_stmt_get(&stmt, store, query->content, err);
    if (status != TL_OK)
        return status;
    status = bind(stmt, ":party", limits->party, err);
    if (status == TL_OK)
        status = bind(stmt, ":product", limits->product, err);
    if (status == TL_OK)
        status = bind(stmt, ":year", limits->year, err);
    if (status == TL_OK)
        status = begin_table(out, stmt, query, err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = add_row(out, stmt, err);
    tl_stmt_end(stmt);
    return status;
}
