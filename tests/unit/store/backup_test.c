/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/backup.h"

#include <stdio.h>
#include <unistd.h>

#include "check.h"
#include "scratch.h"
#include "tilslut/store/stmt.h"

static const struct tl_act act = {"anna", "test", {1735689600}};

/* More than one step of pages. */
static tl_status fill(struct tl_store *store, struct tl_err *err)
{
    static const char add_party[] = "INSERT INTO party (code, act_id) VALUES ('OS2', 1)";
    static const char add_document[] =
        "INSERT INTO document (kind, number, version, party_code, year, issued_on, file_name, content_digest, head, "
        "head_entry, sha256, content, act_id) VALUES ('letter', 'L', 1, 'OS2', 2026, '2026-01-01', 'l.pdf', "
        "zeroblob(32), zeroblob(32), 0, zeroblob(32), zeroblob(9000000), 1)";
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, add_party, err);
    if (status == TL_OK)
        status = tl_stmt_run(stmt, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, add_document, err);
    return status == TL_OK ? tl_stmt_run(stmt, err) : status;
}

static void record(struct tl_store *store, const char *code)
{
    static const char add_party[] = "INSERT INTO party (code, act_id) VALUES (?1, ?2)";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    assert_ok(tl_store_begin(store, &act, &err), &err);
    assert_ok(tl_stmt_get(&stmt, store, add_party, &err), &err);
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_int(stmt, 2, tl_store_act(store));
    assert_ok(tl_stmt_run(stmt, &err), &err);
    assert_ok(tl_store_commit(store, &err), &err);
}

static int64_t parties(struct tl_store *store)
{
    static const char count[] = "SELECT count(*) FROM party";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = 0;
    assert_ok(tl_stmt_get(&stmt, store, count, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

/* Another program that records something between the steps of a copy. */
static struct tl_store *other;
static size_t steps;

static void write_between(size_t done, size_t of)
{
    char code[20];
    assert_true(done <= of);
    snprintf(code, sizeof code, "P%zu", ++steps);
    record(other, code);
}

static void a_copy_is_one_state_while_others_write(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_store *store = NULL, *copy = NULL;
    struct tl_err err = TL_ERR_NONE;
    char path[200], copy_path[200];
    scratch_begin(&scratch);
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    snprintf(copy_path, sizeof copy_path, "%s", scratch_file(&scratch, "copy.db"));
    assert_ok(tl_store_create(path, "DKK", "OS2", &act, fill, &err), &err);
    assert_ok(tl_store_open(&store, path, TL_STORE_READ, &err), &err);
    assert_ok(tl_store_open(&other, path, TL_STORE_WRITE, &err), &err);
    assert_ok(tl_store_begin_read(store, &err), &err);
    assert_same_int(parties(store), 1);
    record(other, "BEFORE"); /* after the read began, before the first step */
    steps = 0;
    assert_ok(tl_backup_write(store, copy_path, write_between, &err), &err);
    assert_true(steps >= 2);
    tl_store_end_read(store);
    assert_same_int(parties(store), 2 + (int64_t)steps);
    assert_ok(tl_store_open(&copy, copy_path, TL_STORE_READ, &err), &err);
    assert_same_int(parties(copy), 1);
    assert_ok(tl_store_check_file(copy, &err), &err);
    assert_ok(tl_store_check_schema(copy, &err), &err);
    tl_store_close(copy);
    tl_store_close(other);
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_copy_is_never_written_over_a_file(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_store *store = NULL;
    struct tl_err err = TL_ERR_NONE;
    char path[200], message[300];
    scratch_begin(&scratch);
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    assert_ok(tl_store_create(path, "DKK", "OS2", &act, NULL, &err), &err);
    assert_ok(tl_store_open(&store, path, TL_STORE_READ, &err), &err);
    snprintf(message, sizeof message, "'%s' exists already", path);
    assert_refused(tl_backup_write(store, path, NULL, &err), TL_ERR_CONFLICT, &err, message,
                   "a copy is never written over; name another file");
    tl_store_close(store);
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_copy_is_one_state_while_others_write),
        cmocka_unit_test(a_copy_is_never_written_over_a_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
