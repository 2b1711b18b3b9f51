/* SPDX-License-Identifier: MPL-2.0 */
/*
 * That nothing recorded can be changed, removed or replaced by any program that opens the file: tried on every table,
 * column and unique index that the schema has, found by asking it.
 */
#include <sqlite3.h>
#include <stdlib.h>

#include "sample.h"
#include "scratch.h"
#include "tilslut/base/text.h"

enum { NAMES_MAX = 160, NAME_SIZE = 64 };

struct names {
    char items[NAMES_MAX][NAME_SIZE];
    size_t count;
};

/* A ledger as another program has it open: SQLite's defaults, and checks switched off, since they are not what
 * should stop it here. */
struct other {
    struct scratch scratch;
    sqlite3 *db;
};

static const char *try(struct other *other, const char *sql)
{
    static char message[300];
    message[0] = '\0';
    if (sqlite3_exec(other->db, sql, NULL, NULL, NULL) != SQLITE_OK)
        snprintf(message, sizeof message, "%s", sqlite3_errmsg(other->db));
    return message;
}

static void must(struct other *other, const char *sql)
{
    const char *message = try(other, sql);
    if (message[0] != '\0')
        fail_msg("%s: %s", sql, message);
}

/* The texts that a query's first column has. */
static struct names ask(struct other *other, const char *sql)
{
    struct names names = {.count = 0};
    sqlite3_stmt *stmt;
    if (sqlite3_prepare_v2(other->db, sql, -1, &stmt, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(other->db));
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        assert_true(names.count < NAMES_MAX);
        snprintf(names.items[names.count++], NAME_SIZE, "%s", (const char *)sqlite3_column_text(stmt, 0));
    }
    assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
    return names;
}

__attribute__((format(printf, 2, 3))) static struct names askf(struct other *other, const char *format, ...)
{
    char sql[2000];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sql, sizeof sql, format, arguments);
    va_end(arguments);
    return ask(other, sql);
}

static struct names tables_of(struct other *other)
{
    struct names tables =
        ask(other, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'");
    assert_true(tables.count >= 17);
    return tables;
}

static struct names columns_of(struct other *other, const char *table)
{
    return askf(other, "SELECT name FROM pragma_table_info('%s')", table);
}

static bool has(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->count; i++)
        if (strcmp(names->items[i], name) == 0)
            return true;
    return false;
}

/* A statement that inserts a row; columns outside of `kept` get a value of their type that row 1 has not. */
static void write_insert(struct tl_buf *sql, struct other *other, const char *verb, const char *table,
                         const struct names *kept)
{
    struct names columns = columns_of(other, table);
    tl_buf_format(sql, "%s INTO %s VALUES (", verb, table);
    for (size_t i = 0; i < columns.count; i++) {
        struct names type =
            askf(other, "SELECT type FROM pragma_table_info('%s') WHERE name = '%s'", table, columns.items[i]);
        bool keep = kept == NULL || has(kept, columns.items[i]);
        tl_buf_text(sql, i == 0 ? "" : ", ");
        if (strcmp(type.items[0], "INTEGER") == 0)
            tl_buf_text(sql, keep ? "1" : "2");
        else if (strcmp(type.items[0], "TEXT") == 0)
            tl_buf_text(sql, keep ? "'one'" : "'two'");
        else {
            assert_string_equal(type.items[0], "BLOB");
            tl_buf_text(sql, keep ? "x'01'" : "x'02'");
        }
    }
    tl_buf_text(sql, ")");
}

/* One row in every table, past the triggers, which are put back as they were. */
static void fill(struct other *other)
{
    static char triggers[NAMES_MAX * 2][2000];
    size_t count = 0;
    sqlite3_stmt *stmt;
    assert_int_equal(
        sqlite3_prepare_v2(other->db, "SELECT sql FROM sqlite_schema WHERE type = 'trigger'", -1, &stmt, NULL),
        SQLITE_OK);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        assert_true(count < NAMES_MAX * 2 && sqlite3_column_bytes(stmt, 0) < 2000);
        snprintf(triggers[count++], sizeof triggers[0], "%s", (const char *)sqlite3_column_text(stmt, 0));
    }
    sqlite3_finalize(stmt);
    assert_true(count > 50);
    for (struct names names;
         (names = ask(other, "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1")).count > 0;) {
        char drop[100];
        snprintf(drop, sizeof drop, "DROP TRIGGER %s", names.items[0]);
        must(other, drop);
    }
    struct names tables = tables_of(other);
    for (size_t i = 0; i < tables.count; i++) {
        struct tl_buf sql = TL_BUF_EMPTY;
        char clear[100];
        snprintf(clear, sizeof clear, "DELETE FROM %s", tables.items[i]);
        must(other, clear);
        write_insert(&sql, other, "INSERT", tables.items[i], NULL);
        must(other, tl_buf_string(&sql));
        tl_buf_release(&sql);
    }
    for (size_t i = 0; i < count; i++)
        must(other, triggers[i]);
}

static void begin(struct other *other)
{
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&other->scratch);
    const char *path = scratch_file(&other->scratch, "a.db");
    assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
    assert_int_equal(sqlite3_open(path, &other->db), SQLITE_OK);
    must(other, "PRAGMA ignore_check_constraints = ON");
    fill(other);
}

static void end(struct other *other)
{
    assert_int_equal(sqlite3_close(other->db), SQLITE_OK);
    scratch_end(&other->scratch);
}

/* The one row of a table, in full. */
static struct names row_of(struct other *other, const char *table)
{
    struct names columns = columns_of(other, table), row = {.count = 0};
    struct names rows = askf(other, "SELECT count(*) FROM %s", table);
    assert_string_equal(rows.items[0], "1");
    for (size_t i = 0; i < columns.count; i++) {
        struct names value = askf(other, "SELECT quote(%s) FROM %s", columns.items[i], table);
        memcpy(row.items[row.count++], value.items[0], NAME_SIZE);
    }
    return row;
}

static void assert_unchanged(struct other *other, const char *table, const struct names *before, const char *sql)
{
    struct names after = row_of(other, table);
    for (size_t i = 0; i < before->count; i++)
        if (strcmp(before->items[i], after.items[i]) != 0)
            fail_msg("%s: %s changed %s to %s", table, sql, before->items[i], after.items[i]);
}

/* Nothing may come of it, with this message or (NULL) any. */
static void refused(struct other *other, const char *table, const char *sql, const char *message)
{
    struct names before = row_of(other, table);
    const char *said = try(other, sql);
    if (said[0] == '\0' || (message != NULL && strcmp(said, message) != 0))
        fail_msg("%s: '%s'", sql, said);
    assert_unchanged(other, table, &before, sql);
}

static void no_column_can_be_updated_and_no_row_deleted(void **state)
{
    (void)state;
    struct other other;
    begin(&other);
    struct names tables = tables_of(&other);
    for (size_t i = 0; i < tables.count; i++) {
        const char *table = tables.items[i];
        struct names columns = columns_of(&other, table);
        char sql[300], message[200];
        snprintf(message, sizeof message, "%s is append-only", table);
        for (size_t j = 0; j < columns.count; j++) {
            snprintf(sql, sizeof sql, "UPDATE %s SET %s = %s", table, columns.items[j], columns.items[j]);
            refused(&other, table, sql, message);
            snprintf(sql, sizeof sql, "UPDATE OR REPLACE %s SET %s = 2", table, columns.items[j]);
            refused(&other, table, sql, NULL);
        }
        snprintf(sql, sizeof sql, "DELETE FROM %s", table);
        refused(&other, table, sql, message);
    }
    end(&other);
}

static void no_row_can_be_replaced_by_its_key(void **state)
{
    (void)state;
    struct other other;
    begin(&other);
    struct names tables = tables_of(&other);
    for (size_t i = 0; i < tables.count; i++) {
        const char *table = tables.items[i];
        struct names key = askf(&other, "SELECT name FROM pragma_table_info('%s') WHERE pk > 0", table);
        struct tl_buf sql = TL_BUF_EMPTY;
        assert_true(key.count > 0);
        write_insert(&sql, &other, "INSERT OR REPLACE", table, &key);
        refused(&other, table, tl_buf_string(&sql), NULL);
        tl_buf_release(&sql);
        write_insert(&sql, &other, "REPLACE", table, NULL);
        refused(&other, table, tl_buf_string(&sql), NULL);
        tl_buf_release(&sql);
    }
    end(&other);
}

static void no_row_can_be_replaced_through_another_unique_index(void **state)
{
    (void)state;
    struct other other;
    size_t tried = 0;
    begin(&other);
    struct names tables = tables_of(&other);
    for (size_t i = 0; i < tables.count; i++) {
        const char *table = tables.items[i];
        struct names indexes = askf(&other, "SELECT name FROM pragma_index_list('%s') WHERE \"unique\"", table);
        for (size_t j = 0; j < indexes.count; j++) {
            struct names columns = askf(&other, "SELECT name FROM pragma_index_info('%s')", indexes.items[j]);
            struct tl_buf sql = TL_BUF_EMPTY;
            write_insert(&sql, &other, "INSERT OR REPLACE", table, &columns);
            refused(&other, table, tl_buf_string(&sql), NULL);
            tl_buf_release(&sql);
            tried++;
        }
    }
    assert_true(tried >= 10);
    end(&other);
}

static void every_table_is_strict(void **state)
{
    (void)state;
    struct other other;
    begin(&other);
    struct names loose =
        ask(&other, "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND NOT strict AND "
                    "name NOT LIKE 'sqlite_%'");
    assert_int_equal(loose.count, 0);
    end(&other);
}

/* The rules that bind whoever writes: each broken in a ledger of its own, by statements before COMMIT or by it. */
static void the_file_itself_refuses(void **state)
{
    (void)state;
    static const char entry[] =
        "BEGIN; INSERT INTO entry VALUES (1, 'payment', '2026-01-01', '', '', '', NULL, x'', NULL, 1);",
                      postings[] = "INSERT INTO posting VALUES (1, 1, '10000', '0751', NULL, '', 5, 'a#1'), "
                                   "(1, 2, '00002', '0751', NULL, '', -5, 'a#2');",
                      seal[] = "INSERT INTO seal VALUES (1, zeroblob(32), zeroblob(32));";
    static const struct {
        const char *parts[4], *message;
    } cases[] = {
        {{entry, postings, seal, "COMMIT"}, ""},
        {{entry, postings, "COMMIT", ""}, "FOREIGN KEY constraint failed"},
        {{entry, seal, "", ""}, "an entry needs two postings or more that sum to zero"},
        {{entry, "INSERT INTO posting VALUES (1, 1, '10000', '0751', NULL, '', 5, 'a#1');", seal, ""},
         "an entry needs two postings or more that sum to zero"},
        {{entry, postings, "INSERT INTO posting VALUES (1, 3, '10000', '0751', NULL, '', 1, 'a#3');", seal},
         "an entry needs two postings or more that sum to zero"},
        {{entry, postings,
          "INSERT INTO seal VALUES (1, x'00000000000000000000000000000000000000000000000000000000000000"
          "01', zeroblob(32));",
          ""},
         "a seal must carry the hash of the seal before it"},
        {{entry, postings, seal, "INSERT INTO posting VALUES (1, 3, '10000', '0751', NULL, '', 1, 'a#3');"},
         "a sealed entry takes no posting"},
        {{"INSERT INTO entry VALUES (2, 'payment', '2026-01-01', '', '', '', NULL, x'', NULL, 1)", "", "", ""},
         "entries are numbered without gaps"},
        {{"INSERT INTO act VALUES (3, '2026-01-01T00:00:00Z', 'a', 'b')", "", "", ""},
         "acts are numbered without gaps"},
        {{entry, "INSERT INTO posting VALUES (1, 1, '10000', '0751', NULL, '', 0, 'a#1');", "", ""},
         "CHECK constraint failed: amount_minor <> 0 AND abs(amount_minor) <= 999999999999999"},
        {{entry, "INSERT INTO posting VALUES (1, 1, '10000', '0751', NULL, '', 1000000000000000, 'a#1');", "", ""},
         "CHECK constraint failed: amount_minor <> 0 AND abs(amount_minor) <= 999999999999999"},
        {{entry, "INSERT INTO posting VALUES (1, 1, '99999', '0751', NULL, '', 5, 'a#1');", "", ""},
         "FOREIGN KEY constraint failed"},
        {{entry, "INSERT INTO posting VALUES (1, 1, '10000', '0751', NULL, '', 1.5, 'a#1');", "", ""},
         "cannot store REAL value in INTEGER column posting.amount_minor"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct other other;
        struct tl_err err = TL_ERR_NONE;
        char sql[1000];
        scratch_begin(&other.scratch);
        const char *path = scratch_file(&other.scratch, "a.db");
        assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
        assert_int_equal(sqlite3_open(path, &other.db), SQLITE_OK);
        must(&other, "PRAGMA foreign_keys = ON");
        snprintf(sql, sizeof sql, "%s%s%s%s", cases[i].parts[0], cases[i].parts[1], cases[i].parts[2],
                 cases[i].parts[3]);
        const char *said = try(&other, sql);
        if (strcmp(said, cases[i].message) != 0)
            fail_msg("%s: '%s' instead of '%s'", sql, said, cases[i].message);
        end(&other);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_column_can_be_updated_and_no_row_deleted),
        cmocka_unit_test(no_row_can_be_replaced_by_its_key),
        cmocka_unit_test(no_row_can_be_replaced_through_another_unique_index),
        cmocka_unit_test(every_table_is_strict),
        cmocka_unit_test(the_file_itself_refuses),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
