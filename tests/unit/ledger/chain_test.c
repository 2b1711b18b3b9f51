/* SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>

#include "sample.h"
#include "scratch.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/chain.h"

/* A ledger in a file, made anew for each test: three entries by two acts, the second with an awkward text. */
struct ledger {
    struct scratch scratch;
    char path[160];
};

static const struct tl_act second_act = {"per\\b", "pay\n0751", {1767312000}};

static void begin(struct ledger *ledger)
{
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    scratch_begin(&ledger->scratch);
    snprintf(ledger->path, sizeof ledger->path, "%s", scratch_file(&ledger->scratch, "a.db"));
    assert_ok(tl_store_create(ledger->path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
    struct tl_store *store = sample_open(ledger->path, TL_STORE_WRITE);
    sample_begin(store);
    struct tl_entry *entry = sample_entry(&sample, 400000, 100000);
    entry->has_evidence = true;
    entry->evidence = tl_digest_of("evidence", 8);
    sample_post(store, "run:1:0751", entry);
    sample_commit(store);
    assert_ok(tl_store_begin(store, &second_act, &err), &err);
    entry = sample_entry(&sample, 9, 0);
    entry->text = "linje\nto\\n";
    entry->reference = "";
    entry->due_on = (struct tl_date){0};
    sample.postings[1].party = NULL;
    sample.postings[1].product = NULL;
    sample_post(store, "b", entry);
    entry->reverses_id = 2;
    entry->text = "";
    sample.postings[0].amount.minor = -9;
    sample.postings[1].amount.minor = 9;
    sample_post(store, "c", entry);
    sample_commit(store);
    tl_store_close(store);
}

static void end(struct ledger *ledger)
{
    scratch_end(&ledger->scratch);
}

/* The form of README.md, filled in by hand for the three entries. */
static const char *const places[] = {
    "entry 1\nrecorded-at 2026-01-01T00:00:00Z\nactor anna\ncommand test\n",
    "entry 2\nrecorded-at 2026-01-02T00:00:00Z\nactor per\\\\b\ncommand pay\\n0751\n",
    "entry 3\nrecorded-at 2026-01-02T00:00:00Z\nactor per\\\\b\ncommand pay\\n0751\n",
};
static const char *const bodies[] = {
    "kind charge\nholds-on 2026-01-15\ndue-on 2026-02-14\nreference 2026-1-0751\n"
    "text Opkrævning 2026, OS2valghalla\nrun 0\nreverses 0\n"
    "evidence ee8250fb76e094b34b471f13a73dbbe51d1ae142e9df59d7c0d31ec20f0a0a8e\n"
    "posting run:1:0751#1\naccount 10000\nparty 0751\nproduct os2valghalla\nline \namount 500000\n"
    "posting run:1:0751#2\naccount 00002\nparty 0751\nproduct os2valghalla\nline maintenance\namount -400000\n"
    "posting run:1:0751#3\naccount 30000\nparty 0751\nproduct os2valghalla\nline \namount -100000\n",
    "kind charge\nholds-on 2026-01-15\ndue-on \nreference \ntext linje\\nto\\\\n\nrun 0\nreverses 0\nevidence \n"
    "posting b#1\naccount 10000\nparty 0751\nproduct os2valghalla\nline \namount 9\n"
    "posting b#2\naccount 00002\nparty \nproduct \nline maintenance\namount -9\n",
    "kind charge\nholds-on 2026-01-15\ndue-on \nreference \ntext \nrun 0\nreverses 2\nevidence \n"
    "posting c#1\naccount 10000\nparty 0751\nproduct os2valghalla\nline \namount -9\n"
    "posting c#2\naccount 00002\nparty \nproduct \nline maintenance\namount 9\n",
};

static void seals_cover_the_documented_bytes(void **state)
{
    (void)state;
    struct ledger ledger;
    begin(&ledger);
    struct tl_store *store = sample_open(ledger.path, TL_STORE_READ);
    struct tl_err err = TL_ERR_NONE;
    struct tl_chain_head head;
    struct tl_digest hash = {{0}};
    for (int i = 0; i < 3; i++) {
        char bytes[2000], hex[TL_DIGEST_HEX_SIZE];
        struct tl_stmt *stmt;
        struct tl_digest stored;
        bool row;
        int length = snprintf(bytes, sizeof bytes, "tilslut entry 1\nprevious %s\n%s%s", tl_digest_hex(&hash, hex),
                              places[i], bodies[i]);
        hash = tl_digest_of(bytes, (size_t)length);
        assert_ok(tl_stmt_get(&stmt, store, "SELECT hash FROM seal WHERE entry_id = ?1", &err), &err);
        tl_stmt_bind_int(stmt, 1, i + 1);
        assert_ok(tl_stmt_next(stmt, &row, &err), &err);
        assert_true(tl_stmt_digest(stmt, 0, &stored));
        assert_true(tl_digest_equal(&stored, &hash));
        tl_stmt_end(stmt);
    }
    assert_ok(tl_chain_read_head(&head, store, &err), &err);
    assert_same_int(head.entry, 3);
    assert_true(tl_digest_equal(&head.hash, &hash));
    tl_store_close(store);
    end(&ledger);
}

static void an_empty_ledger_has_no_head(void **state)
{
    (void)state;
    static const unsigned char zeros[TL_DIGEST_SIZE] = {0};
    struct tl_store *store = sample_open_memory();
    struct tl_err err = TL_ERR_NONE;
    struct tl_chain_head head;
    assert_ok(tl_chain_read_head(&head, store, &err), &err);
    assert_same_int(head.entry, 0);
    assert_memory_equal(head.hash.bytes, zeros, sizeof zeros);
    tl_store_close(store);
}

/* The lines between the marks of README.md's shell block. */
static void read_recipe(struct tl_buf *out)
{
    char line[1000];
    bool within = false;
    FILE *file = fopen("src/ledger/README.md", "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file) != NULL) {
        if (strcmp(line, "```sh\n") == 0)
            within = true;
        else if (strcmp(line, "```\n") == 0)
            within = false;
        else if (within)
            tl_buf_text(out, line);
    }
    fclose(file);
    assert_true(out->length > 100);
}

static void a_seal_is_recomputed_by_the_shell_and_sha256sum_as_documented(void **state)
{
    (void)state;
    struct ledger ledger;
    struct tl_buf recipe = TL_BUF_EMPTY;
    begin(&ledger);
    read_recipe(&recipe);
    scratch_write(&ledger.scratch, "recipe.sh", tl_buf_string(&recipe), recipe.length);
    struct tl_store *store = sample_open(ledger.path, TL_STORE_READ);
    for (int i = 1; i <= 3; i++) {
        char command[400], printed[100] = "", hex[TL_DIGEST_HEX_SIZE], number[16];
        struct tl_err err = TL_ERR_NONE;
        struct tl_stmt *stmt;
        struct tl_digest stored;
        bool row;
        snprintf(number, sizeof number, "%d", i);
        assert_int_equal(setenv("LEDGER", ledger.path, 1), 0);
        assert_int_equal(setenv("ENTRY", number, 1), 0);
        snprintf(command, sizeof command, "sh '%s'", scratch_file(&ledger.scratch, "recipe.sh"));
        FILE *pipe = popen(command, "r");
        assert_non_null(pipe);
        assert_non_null(fgets(printed, sizeof printed, pipe));
        assert_int_equal(pclose(pipe), 0);
        assert_ok(tl_stmt_get(&stmt, store, "SELECT hash FROM seal WHERE entry_id = ?1", &err), &err);
        tl_stmt_bind_int(stmt, 1, i);
        assert_ok(tl_stmt_next(stmt, &row, &err), &err);
        assert_true(tl_stmt_digest(stmt, 0, &stored));
        printed[strcspn(printed, "\n")] = '\0';
        assert_string_equal(printed, tl_digest_hex(&stored, hex));
        tl_stmt_end(stmt);
    }
    tl_store_close(store);
    tl_buf_release(&recipe);
    end(&ledger);
}

/* What verify says, a line for each finding. */
static void verify(const char *path, struct tl_buf *said)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    int64_t entries, postings;
    struct tl_store *store = sample_open(path, TL_STORE_READ);
    assert_ok(tl_chain_verify(&findings, &entries, &postings, store, &err), &err);
    for (size_t i = 0; i < findings.count; i++) {
        assert_string_equal(findings.items[i].check, "chain");
        tl_buf_format(said, "%s\n", findings.items[i].text);
    }
    tl_findings_release(&findings);
    tl_store_close(store);
}

static void an_untouched_chain_has_no_findings(void **state)
{
    (void)state;
    struct ledger ledger;
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    int64_t entries, postings;
    begin(&ledger);
    struct tl_store *store = sample_open(ledger.path, TL_STORE_READ);
    assert_ok(tl_chain_verify(&findings, &entries, &postings, store, &err), &err);
    assert_int_equal(findings.count, 0);
    assert_same_int(entries, 3);
    assert_same_int(postings, 7);
    tl_findings_release(&findings);
    tl_store_close(store);
    end(&ledger);
}

/* Removes all triggers, as a program that means harm would, then runs the change. */
static void harm(const char *path, const char *sql)
{
    static const char *const tables[] = {"act", "entry", "posting", "seal"};
    static const char *const guards[] = {"no_update",  "no_delete", "no_replace", "in_order",
                                         "not_sealed", "balanced",  "chained"};
    char drop[100];
    for (size_t i = 0; i < sizeof tables / sizeof tables[0]; i++)
        for (size_t j = 0; j < sizeof guards / sizeof guards[0]; j++) {
            snprintf(drop, sizeof drop, "DROP TRIGGER IF EXISTS %s_%s", tables[i], guards[j]);
            scratch_change(path, drop);
        }
    scratch_change(path, sql);
}

static void finds(const char *sql, const char *expected)
{
    struct ledger ledger;
    struct tl_buf said = TL_BUF_EMPTY;
    begin(&ledger);
    harm(ledger.path, sql);
    verify(ledger.path, &said);
    if (strcmp(tl_buf_string(&said), expected) != 0)
        fail_msg("after %s verify said:\n%sinstead of:\n%s", sql, tl_buf_string(&said), expected);
    tl_buf_release(&said);
    end(&ledger);
}

static void any_changed_column_is_found(void **state)
{
    (void)state;
    static const char *const changes[] = {
        "UPDATE entry SET kind = 'credit' WHERE id = 2",
        "UPDATE entry SET holds_on = '2026-01-16' WHERE id = 2",
        "UPDATE entry SET holds_on = 'xxxx-xx-xx' WHERE id = 2",
        "UPDATE entry SET due_on = '2026-01-16' WHERE id = 2",
        "UPDATE entry SET due_on = 'xxxx-xx-xx' WHERE id = 2",
        "UPDATE entry SET reference = 'a' WHERE id = 2",
        "UPDATE entry SET reference = char(0) WHERE id = 2",
        "UPDATE entry SET text = 'linje' WHERE id = 2",
        "UPDATE entry SET text = text || char(0) || 'mere' WHERE id = 2",
        "UPDATE entry SET text = replace(text, char(10), '\\n') WHERE id = 2",
        "UPDATE entry SET run_id = 1 WHERE id = 2",
        "UPDATE entry SET reverses_id = 1 WHERE id = 2",
        "UPDATE entry SET evidence = zeroblob(32) WHERE id = 2",
        "PRAGMA ignore_check_constraints = ON; UPDATE entry SET evidence = x'00' WHERE id = 2",
        "UPDATE entry SET act_id = 1 WHERE id = 2",
        "UPDATE posting SET account_code = '00003' WHERE entry_id = 2 AND seq = 2",
        "UPDATE posting SET party_code = '0461' WHERE entry_id = 2 AND seq = 1",
        "UPDATE posting SET party_code = NULL WHERE entry_id = 2 AND seq = 1",
        "UPDATE posting SET product_code = 'os2mo' WHERE entry_id = 2 AND seq = 1",
        "UPDATE posting SET line_id = 'a' WHERE entry_id = 2 AND seq = 1",
        "UPDATE posting SET line_id = char(0) WHERE entry_id = 2 AND seq = 1",
        "UPDATE posting SET amount_minor = 2 * amount_minor WHERE entry_id = 2",
        "UPDATE posting SET key = 'd' WHERE entry_id = 2 AND seq = 1",
        "UPDATE seal SET hash = zeroblob(32) WHERE entry_id = 3",
    };
    for (size_t i = 0; i < sizeof changes / sizeof changes[0] - 1; i++)
        finds(changes[i], "entry 2 is not what was sealed: it was changed\n");
    finds(changes[sizeof changes / sizeof changes[0] - 1], "entry 3 is not what was sealed: it was changed\n");
    finds("UPDATE act SET actor = 'b' WHERE id = 2", "entry 1 is not what was sealed: it was changed\n");
    finds("UPDATE act SET command = 'b' WHERE id = 3", "entry 2 is not what was sealed: it was changed\n"
                                                       "entry 3 is not what was sealed: it was changed\n");
    finds("UPDATE act SET recorded_at = '2026-01-01T00:00:01Z' WHERE id = 2",
          "entry 1 is not what was sealed: it was changed\n");
}

static void postings_that_do_not_balance_are_found(void **state)
{
    (void)state;
    finds("UPDATE posting SET amount_minor = 10 WHERE entry_id = 2 AND seq = 1",
          "the postings of entry 2 do not sum to zero\nentry 2 is not what was sealed: it was changed\n");
    finds("DELETE FROM posting WHERE entry_id = 2 AND seq = 1",
          "entry 2 has 1 postings, fewer than two\nentry 2 is not what was sealed: it was changed\n");
    finds("DELETE FROM posting WHERE entry_id = 1",
          "entry 1 has 0 postings, fewer than two\nentry 1 is not what was sealed: it was changed\n");
    finds("UPDATE posting SET seq = 5 WHERE entry_id = 2 AND seq = 2",
          "the postings of entry 2 are not numbered from 1\n");
    finds(
        "INSERT INTO posting VALUES (2, 3, '00001', NULL, NULL, '', 5, 'x'), (2, 4, '00001', NULL, NULL, '', -5, 'y')",
        "entry 2 is not what was sealed: it was changed\n");
}

static void what_was_removed_is_found(void **state)
{
    (void)state;
    finds("DELETE FROM entry WHERE id = 2",
          "entry 2 is missing\nthe seal of entry 3 does not follow the seal before it\n"
          "entry 2 was removed: only its seal is left\n"
          "entry 2 is missing: only its postings are left\n");
    finds("DELETE FROM entry WHERE id < 3",
          "entries 1 to 2 are missing\nthe seal of entry 3 does not follow the seal before it\nentry 1 was removed: "
          "only its seal is left\n"
          "entry 2 was removed: only its seal is left\nentry 1 is missing: only its postings are left\n"
          "entry 2 is missing: only its postings are left\n");
    finds("DELETE FROM entry WHERE id = 2; DELETE FROM seal WHERE entry_id = 2; DELETE FROM posting WHERE entry_id = 2",
          "entry 2 is missing\nthe seal of entry 3 does not follow the seal before it\n");
    finds("DELETE FROM entry WHERE id = 3", "entry 3 was removed: only its seal is left\n"
                                            "entry 3 is missing: only its postings are left\n");
    finds("DELETE FROM seal WHERE entry_id = 2",
          "entry 2 has no seal and counts for nothing: it was not written by tilslut\n"
          "the seal of entry 3 does not follow the seal before it\n");
}

static void what_was_inserted_is_found(void **state)
{
    (void)state;
    static const char entry[] =
        "INSERT INTO entry SELECT %s, kind, holds_on, due_on, reference, text, run_id, evidence, "
        "reverses_id, act_id FROM entry WHERE id = 3";
    char sql[300];
    snprintf(sql, sizeof sql, entry, "4");
    finds(sql, "entry 4 has 0 postings, fewer than two\n"
               "entry 4 has no seal and counts for nothing: it was not written by tilslut\n");
    snprintf(sql, sizeof sql, entry, "9223372036854775807");
    finds(sql,
          "entries 4 to 9223372036854775806 are missing\nentry 9223372036854775807 has 0 postings, fewer than two\n"
          "entry 9223372036854775807 has no seal and counts for nothing: it was not written by tilslut\n");
    snprintf(sql, sizeof sql, entry, "-9223372036854775808");
    finds(sql, "entry -9223372036854775808 has a number below 1\n"
               "entry -9223372036854775808 has 0 postings, fewer than two\n"
               "entry -9223372036854775808 has no seal and counts for nothing: it was not written by tilslut\n");
    finds("INSERT INTO seal VALUES (7, zeroblob(32), zeroblob(32))", "entry 7 was removed: only its seal is left\n");
    finds("INSERT INTO posting VALUES (7, 1, '00001', NULL, NULL, '', 5, 'x')",
          "entry 7 is missing: only its postings are left\n");
}

static void seals_that_are_no_hashes_are_found(void **state)
{
    (void)state;
    finds("PRAGMA ignore_check_constraints = ON; UPDATE seal SET hash = x'00' WHERE entry_id = 3",
          "the seal of entry 3 is not a hash\n");
    finds("PRAGMA ignore_check_constraints = ON; UPDATE seal SET previous = x'00' WHERE entry_id = 3",
          "the seal of entry 3 is not a hash\n");
}

/* Swapping two entries whole, with their seals, is found by the chain alone. */
static void a_seal_that_was_moved_is_found(void **state)
{
    (void)state;
    finds("UPDATE seal SET entry_id = 9 WHERE entry_id = 2; UPDATE seal SET entry_id = 2 WHERE entry_id = 3; "
          "UPDATE seal SET entry_id = 3 WHERE entry_id = 9",
          "entry 2 is not what was sealed: it was changed\nentry 3 is not what was sealed: it was changed\n");
    finds("UPDATE seal SET previous = zeroblob(32) WHERE entry_id = 3",
          "entry 3 is not what was sealed: it was changed\n");
}

static void findings_are_listed_up_to_a_limit_and_counted_beyond(void **state)
{
    (void)state;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    for (int i = 0; i < TL_FINDINGS_MAX + 25; i++)
        assert_ok(tl_findings_add(&findings, &err, "a", "finding %d", i), &err);
    assert_int_equal(findings.count, TL_FINDINGS_MAX);
    assert_int_equal(findings.left_out, 25);
    assert_string_equal(findings.items[TL_FINDINGS_MAX - 1].text, "finding 199");
    tl_findings_release(&findings);
    assert_int_equal(findings.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(seals_cover_the_documented_bytes),
        cmocka_unit_test(an_empty_ledger_has_no_head),
        cmocka_unit_test(a_seal_is_recomputed_by_the_shell_and_sha256sum_as_documented),
        cmocka_unit_test(an_untouched_chain_has_no_findings),
        cmocka_unit_test(any_changed_column_is_found),
        cmocka_unit_test(postings_that_do_not_balance_are_found),
        cmocka_unit_test(what_was_removed_is_found),
        cmocka_unit_test(what_was_inserted_is_found),
        cmocka_unit_test(seals_that_are_no_hashes_are_found),
        cmocka_unit_test(a_seal_that_was_moved_is_found),
        cmocka_unit_test(findings_are_listed_up_to_a_limit_and_counted_beyond),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
