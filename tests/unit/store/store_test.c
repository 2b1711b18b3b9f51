/* SPDX-License-Identifier: MPL-2.0 */
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "scratch.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const struct tl_act act = {"anna", "test", {1767225600}};

static struct tl_store *open_memory(void)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    assert_ok(tl_store_open_memory(&store, "DKK", "OS2", &act, NULL, &err), &err);
    return store;
}

static void make(const char *path)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_create(path, "DKK", "OS2", &act, NULL, &err), &err);
}

static struct tl_store *open_file(const char *path, tl_store_mode mode)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    assert_ok(tl_store_open(&store, path, mode, &err), &err);
    return store;
}

static void begin(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_begin(store, &act, &err), &err);
}

static void commit(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_commit(store, &err), &err);
}

/* Runs a statement that returns no rows. */
static tl_status run(struct tl_store *store, const char *sql, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    return status == TL_OK ? tl_stmt_run(stmt, err) : status;
}

static int64_t ask(struct tl_store *store, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = -1;
    assert_ok(tl_stmt_get(&stmt, store, sql, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

static const char ADD_PARTY[] = "INSERT INTO party (code, act_id) VALUES ('0751', 1)";
static const char COUNT_PARTIES[] = "SELECT count(*) FROM party";
static const char COUNT_ACTS[] = "SELECT count(*) FROM act";

static void a_new_ledger_says_whose_it_is(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    assert_int_equal(scratch_count(&scratch), 1);
    assert_int_equal(scratch_ask(path, "PRAGMA application_id"), TL_STORE_APPLICATION_ID);
    assert_int_equal(scratch_ask(path, "PRAGMA user_version"), 1);
    struct tl_store *store = open_file(path, TL_STORE_READ);
    assert_string_equal(tl_store_currency(store), "DKK");
    assert_string_equal(tl_store_owner(store), "OS2");
    assert_same_int(ask(store, COUNT_ACTS), 1);
    assert_same_int(ask(store, "SELECT recorded_at = '2026-01-01T00:00:00Z' AND actor = 'anna' AND command = 'test' "
                               "FROM act"),
                    1);
    tl_store_close(store);
    tl_store_close(NULL);
    assert_int_equal(scratch_count(&scratch), 1);
    scratch_end(&scratch);
}

static void a_file_that_exists_is_not_made_again(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    char message[200];
    scratch_begin(&scratch);
    scratch_write(&scratch, "a.db", "mine", 4);
    snprintf(message, sizeof message, "'%s' exists already", scratch_file(&scratch, "a.db"));
    assert_refused(tl_store_create(scratch.path, "DKK", "OS2", &act, NULL, &err), TL_ERR_CONFLICT, &err, message,
                   "use it as it is, or name another file with -f FILE");
    assert_int_equal(scratch_count(&scratch), 1);
    scratch_end(&scratch);
}

static tl_status refuse_to_fill(struct tl_store *store, struct tl_err *err)
{
    (void)store;
    return tl_err_set(err, TL_ERR_INPUT, "no");
}

static void a_ledger_is_made_whole_or_not_at_all(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err refused = TL_ERR_NONE, currency = TL_ERR_NONE, folder = TL_ERR_NONE, memory = TL_ERR_NONE;
    struct tl_store *store = NULL;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    assert_refused(tl_store_create(path, "DKK", "OS2", &act, refuse_to_fill, &refused), TL_ERR_INPUT, &refused, "no",
                   "");
    assert_refused(tl_store_create(path, "kroner", "OS2", &act, NULL, &currency), TL_ERR_STORE, &currency,
                   "could not use the ledger file: CHECK constraint failed: currency GLOB '[A-Z][A-Z][A-Z]'", "");
    assert_refused(tl_store_open_memory(&store, "DKK", "OS2", &act, refuse_to_fill, &memory), TL_ERR_INPUT, &memory,
                   "no", "");
    assert_null(store);
    assert_int_equal(scratch_count(&scratch), 0);
    path = scratch_file(&scratch, "none/a.db");
    char message[200];
    snprintf(message, sizeof message, "could not make '%s': No such file or directory", path);
    assert_refused(tl_store_create(path, "DKK", "OS2", &act, NULL, &folder), TL_ERR_IO, &folder, message, "");
    scratch_end(&scratch);
}

static void refuses_to_open(const char *path, tl_store_mode mode, tl_status status, const char *format,
                            const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    struct tl_buf message = TL_BUF_EMPTY;
    tl_buf_format(&message, "'%s' %s", path, format);
    assert_refused(tl_store_open(&store, path, mode, &err), status, &err, tl_buf_string(&message), hint);
    assert_null(store);
    tl_buf_release(&message);
}

static void what_is_no_ledger_is_not_opened(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    static const char not_one[] = "is not a tilslut ledger",
                      name_it[] = "name the ledger with -f FILE, or make one with: tilslut init";
    char message[200];
    scratch_begin(&scratch);
    snprintf(message, sizeof message, "there is no ledger '%s'", scratch_file(&scratch, "none.db"));
    assert_refused(tl_store_open(&store, scratch.path, TL_STORE_READ, &err), TL_ERR_NOT_FOUND, &err, message,
                   "make one with: tilslut init, or name another with -f FILE");
    refuses_to_open(scratch.folder, TL_STORE_READ, TL_ERR_STORE, "is not a file", "");
    scratch_write(&scratch, "text.db", "this is a text that is no database at all, whatever it is called", 64);
    refuses_to_open(scratch_file(&scratch, "text.db"), TL_STORE_READ, TL_ERR_STORE, not_one, name_it);
    scratch_write(&scratch, "empty.db", "", 0);
    refuses_to_open(scratch_file(&scratch, "empty.db"), TL_STORE_WRITE, TL_ERR_STORE, not_one, name_it);
    scratch_change(scratch_file(&scratch, "empty.db"), "CREATE TABLE act (id)");
    refuses_to_open(scratch_file(&scratch, "empty.db"), TL_STORE_WRITE, TL_ERR_STORE, not_one, name_it);
    scratch_end(&scratch);
}

static void a_ledger_of_another_version_is_not_read(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    scratch_change(path, "PRAGMA user_version = 99");
    refuses_to_open(path, TL_STORE_READ, TL_ERR_STORE, "has schema version 99, newer than this program's 1",
                    "use the tilslut that wrote it, or a newer one");
    refuses_to_open(path, TL_STORE_WRITE, TL_ERR_STORE, "has schema version 99, newer than this program's 1", NULL);
    scratch_change(path, "PRAGMA user_version = 0");
    refuses_to_open(path, TL_STORE_READ, TL_ERR_STORE, "has the older schema version 0",
                    "the next command that records something brings it up to date");
    scratch_end(&scratch);
}

static void a_ledger_that_says_nothing_of_itself_is_not_read(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    scratch_change(path, "DROP TRIGGER ledger_file_no_delete; DELETE FROM ledger_file");
    refuses_to_open(path, TL_STORE_READ, TL_ERR_STORE, "does not say whose ledger it is", NULL);
    scratch_end(&scratch);
}

static void a_read_only_file_is_opened_to_read_only(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    assert_int_equal(chmod(path, 0444), 0);
    refuses_to_open(path, TL_STORE_WRITE, TL_ERR_STATE, "is read-only",
                    "only commands that read can use it as it is; to record, make it writable again");
    struct tl_store *store = open_file(path, TL_STORE_READ);
    assert_same_int(ask(store, COUNT_ACTS), 1);
    tl_store_close(store);
    scratch_end(&scratch);
}

/* Without the superuser's right to write everywhere, while a test needs to be. */
static void lock(const struct scratch *scratch)
{
    assert_int_equal(chmod(scratch->folder, 0555), 0);
    assert_true(geteuid() != 0 || seteuid(65534) == 0);
}

static void unlock(const struct scratch *scratch)
{
    assert_true(getuid() != 0 || seteuid(0) == 0);
    assert_int_equal(chmod(scratch->folder, 0755), 0);
}

static void a_ledger_in_a_folder_nobody_can_write_to_is_read(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    make(scratch_file(&scratch, "a b%20?#.db"));
    lock(&scratch);
    struct tl_store *store = open_file(scratch_file(&scratch, "a b%20?#.db"), TL_STORE_READ);
    assert_same_int(ask(store, COUNT_ACTS), 1);
    tl_store_close(store);
    unlock(&scratch);
    scratch_end(&scratch);
}

/* A copy of the file while another program has it open: what was committed last lies in the log beside it. */
static void copy_with_log(struct scratch *scratch, const char *path)
{
    struct tl_store *store = open_file(path, TL_STORE_WRITE);
    struct tl_err err = TL_ERR_NONE;
    begin(store);
    assert_ok(run(store, ADD_PARTY, &err), &err);
    commit(store);
    static const char *const names[][2] = {{"a.db", "copy.db"}, {"a.db-wal", "copy.db-wal"}};
    for (size_t i = 0; i < 2; i++) {
        static char bytes[1000000];
        FILE *file = fopen(scratch_file(scratch, names[i][0]), "rb");
        assert_non_null(file);
        size_t size = fread(bytes, 1, sizeof bytes, file);
        assert_true(size > 0 && size < sizeof bytes);
        fclose(file);
        scratch_write(scratch, names[i][1], bytes, size);
    }
    tl_store_close(store);
}

static void what_was_committed_last_is_not_left_out_of_a_copy(void **state)
{
    (void)state;
    struct scratch scratch;
    scratch_begin(&scratch);
    char path[200];
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    make(path);
    copy_with_log(&scratch, path);
    lock(&scratch);
    refuses_to_open(scratch_file(&scratch, "copy.db"), TL_STORE_READ, TL_ERR_STORE,
                    "has a log beside it that cannot be read in",
                    "copy the file and its -wal to a folder that you can write to, and open it there");
    unlock(&scratch);
    struct tl_store *store = open_file(scratch_file(&scratch, "copy.db"), TL_STORE_READ);
    assert_same_int(ask(store, COUNT_PARTIES), 1);
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_damaged_file_is_told(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    struct tl_store *store = open_file(path, TL_STORE_READ);
    assert_ok(tl_store_check_file(store, &err), &err);
    assert_ok(tl_store_check_schema(store, &err), &err);
    tl_store_close(store);
    long page = (long)scratch_ask(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'figure_of_party'");
    FILE *file = fopen(path, "r+b");
    assert_non_null(file);
    assert_int_equal(fseek(file, (page - 1) * 4096, SEEK_SET), 0);
    for (int i = 0; i < 4096; i++)
        fputc(0x5A, file);
    fclose(file);
    store = open_file(path, TL_STORE_READ);
    tl_status status = tl_store_check_file(store, &err);
    assert_true(status == TL_ERR_BROKEN || status == TL_ERR_STORE);
    assert_non_null(strstr(err.message, "damaged"));
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_reference_to_nothing_is_found(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    scratch_change(path,
                   "INSERT INTO party_version (id, party_code, valid_from, name, official_name, kind, region, cvr,"
                   "ean, address, act_id) VALUES (7, '0999', '2026-01-01', 'a', 'a', 'other', '', '', '', '', 1)");
    struct tl_store *store = open_file(path, TL_STORE_READ);
    assert_refused(tl_store_check_file(store, &err), TL_ERR_BROKEN, &err,
                   "row 7 of party_version refers to a row of party that is not there", "");
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_schema_that_is_not_the_programs_own_is_found(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"DROP TRIGGER act_no_delete", "trigger act_no_delete is missing"},
        {"DROP TRIGGER terms_no_update", "trigger terms_no_update is missing"},
        {"DROP INDEX figure_of_party", "index figure_of_party is missing"},
        {"CREATE TABLE extra (a)", "table extra was added"},
        {"CREATE TRIGGER zzz AFTER INSERT ON act BEGIN SELECT 1; END", "trigger zzz was added"},
        {"CREATE VIEW a AS SELECT 1", "view a was added"},
        {"DROP TRIGGER act_no_delete; CREATE TRIGGER act_no_delete BEFORE DELETE ON act BEGIN SELECT 1; END",
         "trigger act_no_delete was changed"},
        {"ALTER TABLE act ADD COLUMN b TEXT", "table act was changed"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scratch scratch;
        struct tl_err err = TL_ERR_NONE;
        struct tl_buf message = TL_BUF_EMPTY;
        scratch_begin(&scratch);
        const char *path = scratch_file(&scratch, "a.db");
        make(path);
        scratch_change(path, cases[i][0]);
        struct tl_store *store = open_file(path, TL_STORE_READ);
        tl_buf_format(&message, "the schema is not the program's own: %s", cases[i][1]);
        assert_refused(tl_store_check_schema(store, &err), TL_ERR_BROKEN, &err, tl_buf_string(&message), "");
        tl_buf_release(&message);
        tl_store_close(store);
        scratch_end(&scratch);
    }
}

static void what_is_committed_stays_with_its_act(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    struct tl_store *store = open_file(path, TL_STORE_WRITE);
    begin(store);
    assert_same_int(tl_store_act(store), 2);
    assert_ok(run(store, ADD_PARTY, &err), &err);
    commit(store);
    tl_store_close(store);
    store = open_file(path, TL_STORE_READ);
    assert_same_int(ask(store, COUNT_PARTIES), 1);
    assert_same_int(ask(store, COUNT_ACTS), 2);
    tl_store_close(store);
    scratch_end(&scratch);
}

static void an_act_that_records_nothing_leaves_no_trace(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    begin(store);
    commit(store);
    assert_same_int(ask(store, COUNT_ACTS), 1);
    begin(store);
    assert_same_int(tl_store_act(store), 2);
    tl_store_rollback(store);
    tl_store_rollback(store);
    assert_same_int(ask(store, COUNT_ACTS), 1);
    tl_store_close(store);
}

static void what_is_rolled_back_or_left_open_is_gone(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    const char *path = scratch_file(&scratch, "a.db");
    make(path);
    struct tl_store *store = open_file(path, TL_STORE_WRITE);
    begin(store);
    assert_ok(run(store, ADD_PARTY, &err), &err);
    tl_store_rollback(store);
    assert_same_int(ask(store, COUNT_PARTIES), 0);
    begin(store);
    assert_ok(run(store, ADD_PARTY, &err), &err);
    tl_store_close(store);
    assert_int_equal(scratch_ask(path, COUNT_PARTIES), 0);
    assert_int_equal(scratch_ask(path, COUNT_ACTS), 1);
    scratch_end(&scratch);
}

/* The deferred reference of an entry to its seal is what COMMIT checks. */
static void a_refused_commit_is_rolled_back(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_err err = TL_ERR_NONE, again = TL_ERR_NONE;
    begin(store);
    assert_ok(run(store, "INSERT INTO entry VALUES (1, 'payment', '2026-01-01', '', '', '', NULL, x'', NULL, 2)", &err),
              &err);
    assert_refused(tl_store_commit(store, &err), TL_ERR_STORE, &err,
                   "could not write to: FOREIGN KEY constraint failed", "");
    assert_same_int(ask(store, "SELECT count(*) FROM entry"), 0);
    assert_same_int(ask(store, COUNT_ACTS), 1);
    begin(store);
    assert_ok(run(store, ADD_PARTY, &again), &again);
    commit(store);
    tl_store_close(store);
}

static void an_actor_without_a_name_cannot_begin(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_act nobody = {"", "test", {0}};
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_store_begin(store, &nobody, &err), TL_ERR_STORE, &err,
                   "could not use the ledger file: CHECK constraint failed: length(actor) BETWEEN 1 AND 100", "");
    begin(store);
    tl_store_close(store);
}

static void the_program_may_only_add_and_read(void **state)
{
    (void)state;
    static const char *const denied[] = {
        "UPDATE act SET actor = 'b'",
        "DELETE FROM act",
        "DROP TABLE act",
        "DROP TRIGGER act_no_update",
        "DROP INDEX figure_of_party",
        "ALTER TABLE act RENAME TO b",
        "CREATE TABLE b (c)",
        "CREATE TEMP TABLE b (c)",
        "CREATE TRIGGER b AFTER INSERT ON act BEGIN SELECT 1; END",
        "CREATE VIEW b AS SELECT 1",
        "ATTACH ':memory:' AS b",
        "DETACH main",
        "REINDEX",
        "ANALYZE",
        "PRAGMA writable_schema = 1",
        "PRAGMA foreign_keys = OFF",
        "PRAGMA recursive_triggers = OFF",
        "PRAGMA user_version = 2",
        "PRAGMA application_id = 2",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA ignore_check_constraints = 1",
        "SAVEPOINT a",
        "INSERT INTO act VALUES (2, '2026-01-01T00:00:00Z', 'a', 'b') ON CONFLICT (id) DO UPDATE SET actor = 'c'",
    };
    struct tl_store *store = open_memory();
    for (size_t i = 0; i < sizeof denied / sizeof denied[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_stmt *stmt;
        assert_refused(tl_stmt_get(&stmt, store, denied[i], &err), TL_ERR_STORE, &err,
                       "could not prepare a statement: not authorized", "");
    }
    struct tl_err err = TL_ERR_NONE;
    assert_refused(run(store, "VACUUM INTO 'b'", &err), TL_ERR_STORE, &err,
                   "could not use the ledger file: authorization denied", "");
    assert_same_int(ask(store, "PRAGMA foreign_keys"), 1);
    assert_same_int(ask(store, "PRAGMA recursive_triggers"), 1);
    assert_same_int(ask(store, "PRAGMA trusted_schema"), 0);
    tl_store_close(store);
}

static void a_file_is_guarded_as_memory_is(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE, replace_err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    scratch_begin(&scratch);
    make(scratch_file(&scratch, "a.db"));
    struct tl_store *store = open_file(scratch.path, TL_STORE_WRITE);
    assert_refused(tl_stmt_get(&stmt, store, "DELETE FROM act", &err), TL_ERR_STORE, &err,
                   "could not prepare a statement: not authorized", "");
    begin(store);
    assert_refused(run(store, "INSERT OR REPLACE INTO act VALUES (1, '2026-01-01T00:00:00Z', 'b', 'b')", &replace_err),
                   TL_ERR_STORE, &replace_err, "could not use the ledger file: acts are numbered without gaps", "");
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_reader_cannot_write(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    char message[200];
    scratch_begin(&scratch);
    make(scratch_file(&scratch, "a.db"));
    struct tl_store *store = open_file(scratch.path, TL_STORE_READ);
    snprintf(message, sizeof message, "'%s' is read-only", scratch.path);
    assert_refused(tl_store_begin(store, &act, &err), TL_ERR_STATE, &err, message, "");
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_reader_sees_one_state_while_others_write(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    make(scratch_file(&scratch, "a.db"));
    struct tl_store *reader = open_file(scratch.path, TL_STORE_READ), *writer = open_file(scratch.path, TL_STORE_WRITE);
    assert_ok(tl_store_begin_read(reader, &err), &err);
    assert_same_int(ask(reader, COUNT_PARTIES), 0);
    begin(writer);
    assert_ok(run(writer, ADD_PARTY, &err), &err);
    commit(writer);
    assert_same_int(ask(reader, COUNT_PARTIES), 0);
    tl_store_end_read(reader);
    assert_same_int(ask(reader, COUNT_PARTIES), 1);
    tl_store_close(reader);
    tl_store_close(writer);
    scratch_end(&scratch);
}

static void *commit_soon(void *context)
{
    usleep(300000);
    commit(context);
    return NULL;
}

static void a_writer_waits_for_another_to_end(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    pthread_t thread;
    scratch_begin(&scratch);
    make(scratch_file(&scratch, "a.db"));
    struct tl_store *first = open_file(scratch.path, TL_STORE_WRITE), *second = open_file(scratch.path, TL_STORE_WRITE);
    begin(first);
    assert_ok(run(first, ADD_PARTY, &err), &err);
    assert_int_equal(pthread_create(&thread, NULL, commit_soon, first), 0);
    begin(second);
    assert_same_int(tl_store_act(second), 3);
    assert_same_int(ask(second, COUNT_PARTIES), 1);
    tl_store_rollback(second);
    assert_int_equal(pthread_join(thread, NULL), 0);
    tl_store_close(first);
    tl_store_close(second);
    scratch_end(&scratch);
}

static void facts_are_known_up_to_an_act(void **state)
{
    (void)state;
    struct tl_store *store = open_memory();
    struct tl_err err = TL_ERR_NONE;
    int64_t found = -1;
    assert_same_int(tl_store_known(store), INT64_MAX);
    tl_store_set_known(store, 5);
    assert_same_int(tl_store_known(store), 5);
    for (int i = 1; i <= 3; i++) {
        struct tl_act later = {"anna", "test", {act.now.seconds + 100 * i}};
        char sql[4][100];
        snprintf(sql[i], sizeof sql[i], "INSERT INTO party (code, act_id) VALUES ('%04d', %d)", i, i + 1);
        assert_ok(tl_store_begin(store, &later, &err), &err);
        assert_ok(run(store, sql[i], &err), &err);
        commit(store);
    }
    static const int64_t cases[][2] = {{-1, 0}, {0, 1}, {99, 1}, {100, 2}, {299, 3}, {300, 4}, {1000000, 4}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_ok(tl_store_act_at(&found, store, (struct tl_moment){act.now.seconds + cases[i][0]}, &err), &err);
        assert_same_int(found, cases[i][1]);
    }
    tl_store_close(store);
}

/* 100, 300, 200 and 400 seconds on: the third was recorded with the clock set back, after the second all the same. */
static void an_act_is_known_no_earlier_than_those_before_it(void **state)
{
    (void)state;
    static const int64_t moments[] = {100, 300, 200, 400};
    static const char add_party[] = "INSERT INTO party (code, act_id) SELECT 'P' || max(id), max(id) FROM act";
    static const int64_t cases[][2] = {{99, 1}, {100, 2}, {200, 2}, {299, 2}, {300, 4}, {399, 4}, {400, 5}};
    struct tl_store *store = open_memory();
    struct tl_err err = TL_ERR_NONE;
    int64_t found = -1;
    for (size_t i = 0; i < sizeof moments / sizeof moments[0]; i++) {
        struct tl_act later = {"anna", "test", {act.now.seconds + moments[i]}};
        assert_ok(tl_store_begin(store, &later, &err), &err);
        assert_ok(run(store, add_party, &err), &err);
        commit(store);
    }
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        assert_ok(tl_store_act_at(&found, store, (struct tl_moment){act.now.seconds + cases[i][0]}, &err), &err);
        assert_same_int(found, cases[i][1]);
    }
    tl_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_ledger_says_whose_it_is),
        cmocka_unit_test(a_file_that_exists_is_not_made_again),
        cmocka_unit_test(a_ledger_is_made_whole_or_not_at_all),
        cmocka_unit_test(what_is_no_ledger_is_not_opened),
        cmocka_unit_test(a_ledger_of_another_version_is_not_read),
        cmocka_unit_test(a_ledger_that_says_nothing_of_itself_is_not_read),
        cmocka_unit_test(a_read_only_file_is_opened_to_read_only),
        cmocka_unit_test(a_ledger_in_a_folder_nobody_can_write_to_is_read),
        cmocka_unit_test(what_was_committed_last_is_not_left_out_of_a_copy),
        cmocka_unit_test(a_damaged_file_is_told),
        cmocka_unit_test(a_reference_to_nothing_is_found),
        cmocka_unit_test(a_schema_that_is_not_the_programs_own_is_found),
        cmocka_unit_test(what_is_committed_stays_with_its_act),
        cmocka_unit_test(an_act_that_records_nothing_leaves_no_trace),
        cmocka_unit_test(what_is_rolled_back_or_left_open_is_gone),
        cmocka_unit_test(a_refused_commit_is_rolled_back),
        cmocka_unit_test(an_actor_without_a_name_cannot_begin),
        cmocka_unit_test(the_program_may_only_add_and_read),
        cmocka_unit_test(a_file_is_guarded_as_memory_is),
        cmocka_unit_test(a_reader_cannot_write),
        cmocka_unit_test(a_reader_sees_one_state_while_others_write),
        cmocka_unit_test(a_writer_waits_for_another_to_end),
        cmocka_unit_test(facts_are_known_up_to_an_act),
        cmocka_unit_test(an_act_is_known_no_earlier_than_those_before_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
