/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Posting and verifying many entries, compared with a bare SQLite program that inserts the same rows into the same
 * tables and indexes, but without triggers, references, idempotency and seals.
 *
 * usage: ledger_bench FOLDER [ENTRIES]     the folder's ledgers are made anew; 100000 entries when not told
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { PARTIES = 98, SMALL_BATCH = 100 };

static const struct tl_act act = {"anna", "bench", {1767225600}};

/* One entry: a charge of three postings, or a payment of two. */
struct sample {
    char key[64], reference[40], text[64], party[8];
    struct tl_posting postings[3];
    struct tl_entry entry;
};

static void make_sample(struct sample *sample, int64_t number)
{
    int64_t net = 100000 + number % 9000 * 37;
    snprintf(sample->party, sizeof sample->party, "%04d", (int)(number % PARTIES) + 1);
    snprintf(sample->key, sizeof sample->key, "run:%" PRId64 ":%s", number, sample->party);
    snprintf(sample->reference, sizeof sample->reference, "2026-%" PRId64 "-%s", number, sample->party);
    snprintf(sample->text, sizeof sample->text, "Opkrævning 2026, OS2valghalla");
    bool charge = number % 2 == 0;
    sample->postings[0] = (struct tl_posting){TL_ACCOUNT_RECEIVABLE, sample->party, "os2valghalla", "", {0}};
    sample->postings[1] = (struct tl_posting){
        charge ? "00002" : TL_ACCOUNT_SETTLEMENT, sample->party, "os2valghalla", charge ? "maintenance" : "", {-net}};
    sample->postings[2] = (struct tl_posting){TL_ACCOUNT_VAT, sample->party, "os2valghalla", "", {-net / 4}};
    sample->postings[0].amount.minor = charge ? net + net / 4 : net;
    sample->entry = (struct tl_entry){.kind = charge ? "charge" : "payment",
                                      .holds_on = tl_date_of(2026, (int)(number % 12) + 1, (int)(number % 28) + 1),
                                      .due_on = charge ? tl_date_of(2027, 1, 31) : (struct tl_date){0},
                                      .reference = sample->reference,
                                      .text = sample->text,
                                      .has_evidence = charge,
                                      .postings = sample->postings,
                                      .posting_count = charge ? 3 : 2};
    memset(sample->entry.evidence.bytes, (int)(number % 251), sizeof sample->entry.evidence.bytes);
}

static tl_status fill(struct tl_store *store, struct tl_err *err)
{
    static const char add_party[] = "INSERT INTO party (code, act_id) VALUES (?1, 1)";
    static const char add_product[] =
        "INSERT INTO product (code, name, psp, level, act_id) VALUES ('os2valghalla', 'a', 'XG-9212045260', 2, 1)";
    struct tl_stmt *stmt;
    char code[8];
    tl_status status = tl_account_record_chart(store, err);
    for (int i = 1; status == TL_OK && i <= PARTIES; i++) {
        snprintf(code, sizeof code, "%04d", i);
        status = tl_stmt_get(&stmt, store, add_party, err);
        if (status == TL_OK) {
            tl_stmt_bind_text(stmt, 1, code);
            status = tl_stmt_run(stmt, err);
        }
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, add_product, err);
    return status == TL_OK ? tl_stmt_run(stmt, err) : status;
}

static const char *make_ledger(char *path, size_t size, const char *folder, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    snprintf(path, size, "%s/%s", folder, name);
    (void)unlink(path);
    bench_need(tl_store_create(path, "DKK", "OS2", &act, fill, &err), &err);
    return path;
}

static double post(const char *path, int64_t entries, int64_t batch)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store;
    struct sample sample;
    int64_t id;
    bool already;
    bench_need(tl_store_open(&store, path, TL_STORE_WRITE, &err), &err);
    double start = bench_seconds();
    for (int64_t i = 0; i < entries; i++) {
        if (i % batch == 0)
            bench_need(tl_store_begin(store, &act, &err), &err);
        make_sample(&sample, i);
        bench_need(tl_entry_post(&id, &already, store, sample.key, &sample.entry, &err), &err);
        if (i % batch == batch - 1 || i == entries - 1)
            bench_need(tl_store_commit(store, &err), &err);
    }
    double seconds = bench_seconds() - start;
    tl_store_close(store);
    return seconds;
}

static void need(int result, sqlite3 *db)
{
    if (result == SQLITE_OK || result == SQLITE_DONE)
        return;
    fprintf(stderr, "bench: %s\n", sqlite3_errmsg(db));
    exit(2);
}

static void drop_triggers(sqlite3 *db)
{
    sqlite3_stmt *stmt;
    char sql[200];
    for (;;) {
        need(sqlite3_prepare_v2(db, "SELECT name FROM sqlite_schema WHERE type = 'trigger' LIMIT 1", -1, &stmt, NULL),
             db);
        bool any = sqlite3_step(stmt) == SQLITE_ROW;
        snprintf(sql, sizeof sql, "DROP TRIGGER %s", any ? (const char *)sqlite3_column_text(stmt, 0) : "");
        sqlite3_finalize(stmt);
        if (!any)
            return;
        need(sqlite3_exec(db, sql, NULL, NULL, NULL), db);
    }
}

static void run(sqlite3 *db, sqlite3_stmt *stmt)
{
    need(sqlite3_step(stmt), db);
    need(sqlite3_reset(stmt), db);
}

static void insert_bare(sqlite3 *db, sqlite3_stmt *const stmts[3], int64_t id, const struct sample *sample)
{
    static const unsigned char hash[32] = {0};
    char holds_on[TL_DATE_TEXT_SIZE], due_on[TL_DATE_TEXT_SIZE], key[100];
    const struct tl_entry *entry = &sample->entry;
    tl_date_iso(entry->holds_on, holds_on);
    tl_date_iso(entry->due_on, due_on);
    sqlite3_bind_int64(stmts[0], 1, id);
    sqlite3_bind_text(stmts[0], 2, entry->kind, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmts[0], 3, holds_on, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmts[0], 4, due_on, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmts[0], 5, entry->reference, -1, SQLITE_STATIC);
    sqlite3_bind_text(stmts[0], 6, entry->text, -1, SQLITE_STATIC);
    sqlite3_bind_blob(stmts[0], 7, entry->evidence.bytes, entry->has_evidence ? 32 : 0, SQLITE_STATIC);
    run(db, stmts[0]);
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct tl_posting *posting = &entry->postings[i];
        snprintf(key, sizeof key, "%s#%zu", sample->key, i + 1);
        sqlite3_bind_int64(stmts[1], 1, id);
        sqlite3_bind_int64(stmts[1], 2, (int64_t)i + 1);
        sqlite3_bind_text(stmts[1], 3, posting->account, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmts[1], 4, posting->party, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmts[1], 5, posting->product, -1, SQLITE_STATIC);
        sqlite3_bind_text(stmts[1], 6, posting->line_id, -1, SQLITE_STATIC);
        sqlite3_bind_int64(stmts[1], 7, posting->amount.minor);
        sqlite3_bind_text(stmts[1], 8, key, -1, SQLITE_STATIC);
        run(db, stmts[1]);
    }
    sqlite3_bind_int64(stmts[2], 1, id);
    sqlite3_bind_blob(stmts[2], 2, hash, 32, SQLITE_STATIC);
    run(db, stmts[2]);
}

/* The same rows by a program that knows nothing of ledgers. */
static double post_bare(const char *path, int64_t entries, int64_t batch)
{
    static const char *const sql[] = {
        "INSERT INTO entry VALUES (?1, ?2, ?3, ?4, ?5, ?6, NULL, ?7, NULL, 1)",
        "INSERT INTO posting VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        "INSERT INTO seal VALUES (?1, ?2, ?2)",
    };
    sqlite3 *db;
    sqlite3_stmt *stmts[3];
    struct sample sample;
    need(sqlite3_open(path, &db), db);
    drop_triggers(db);
    need(sqlite3_exec(db, "PRAGMA synchronous = FULL", NULL, NULL, NULL), db);
    for (int i = 0; i < 3; i++)
        need(sqlite3_prepare_v2(db, sql[i], -1, &stmts[i], NULL), db);
    double start = bench_seconds();
    for (int64_t i = 0; i < entries; i++) {
        if (i % batch == 0)
            need(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), db);
        make_sample(&sample, i);
        insert_bare(db, stmts, i + 1, &sample);
        if (i % batch == batch - 1 || i == entries - 1)
            need(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
    }
    double seconds = bench_seconds() - start;
    for (int i = 0; i < 3; i++)
        sqlite3_finalize(stmts[i]);
    sqlite3_close(db);
    return seconds;
}

static double verify(const char *path, int64_t *postings)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    int64_t entries;
    bench_need(tl_store_open(&store, path, TL_STORE_READ, &err), &err);
    double start = bench_seconds();
    bench_need(tl_chain_verify(&findings, &entries, postings, store, &err), &err);
    double seconds = bench_seconds() - start;
    if (findings.count != 0) {
        fprintf(stderr, "bench: %s\n", findings.items[0].text);
        exit(2);
    }
    tl_findings_release(&findings);
    tl_store_close(store);
    return seconds;
}

static void compare(const char *folder, int64_t entries, int64_t batch)
{
    char path[512], bare[512];
    double ours = post(make_ledger(path, sizeof path, folder, "posted.db"), entries, batch);
    double theirs = post_bare(make_ledger(bare, sizeof bare, folder, "bare.db"), entries, batch);
    printf("post %7" PRId64 " entries, %7" PRId64 " per transaction  %7.3f s  %8.0f entries/s   bare SQLite %7.3f s   "
           "ratio %.2f\n",
           entries, batch, ours, (double)entries / ours, theirs, ours / theirs);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: ledger_bench FOLDER [ENTRIES]\n", stderr);
        return 2;
    }
    int64_t entries = argc > 2 ? strtoll(argv[2], NULL, 10) : 100000, postings;
    char path[512];
    struct stat about;
    struct rusage usage;
    (void)mkdir(argv[1], 0777);
    compare(argv[1], entries / 10, SMALL_BATCH);
    compare(argv[1], entries, entries);
    snprintf(path, sizeof path, "%s/posted.db", argv[1]);
    double seconds = verify(path, &postings);
    if (stat(path, &about) != 0)
        return 2;
    getrusage(RUSAGE_SELF, &usage);
    printf("verify %" PRId64 " postings  %7.3f s  %8.0f postings/s\n", postings, seconds, (double)postings / seconds);
    printf("file   %7.1f MiB, %.0f bytes per posting   peak memory %ld MiB\n", (double)about.st_size / 1048576,
           (double)about.st_size / (double)postings, usage.ru_maxrss / 1024);
    return 0;
}
