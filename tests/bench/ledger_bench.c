/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A community ten times OS2's size for ten years: 1000 members in 50 of 300 products each, billed and paid each
 * quarter, 10 million postings, each quarter closed when the next begins; or a part of its members. Posting and
 * verifying it, compared with a bare SQLite program that inserts the same rows into the same tables and indexes, but
 * without triggers, references, idempotency and seals.
 *
 * usage: ledger_bench FOLDER [SCALE]     the folder's ledgers are made anew; SCALE is 1 for all members, 0.02 when not
 *                                        told
 */
#include <inttypes.h>
#include <sqlite3.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bench.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { MEMBERS = 1000, PRODUCTS = 300, PRODUCTS_EACH = 50, QUARTERS = 40, SMALL_BATCH = 100, LARGE_BATCH = 10000 };

static int64_t members; /* of them, by the scale */

static const struct tl_act act = {"anna", "bench", {1767225600}};

/* One entry: a charge of three postings, or a payment of two. */
struct sample {
    char key[64], reference[48], text[64], party[16], product[16];
    struct tl_posting postings[3];
    struct tl_entry entry;
};

static void make_sample(struct sample *sample, int64_t number)
{
    int64_t net = 100000 + number % 9000 * 37, place = number / 2;
    int64_t member = place % members, quarter = place / (members * PRODUCTS_EACH);
    bool charge = number % 2 == 0;
    int month = (int)(quarter % 4) * 3 + 1 + !charge;
    snprintf(sample->party, sizeof sample->party, "%04d", (int)member + 1);
    snprintf(sample->product, sizeof sample->product, "p%03d",
             (int)((member * 7 + place / members % PRODUCTS_EACH * 6) % PRODUCTS));
    snprintf(sample->key, sizeof sample->key, "run:%" PRId64 ":%s", number, sample->party);
    snprintf(sample->reference, sizeof sample->reference, "2026-%" PRId64 "-%s", place, sample->party);
    snprintf(sample->text, sizeof sample->text, "Opkrævning, OS2valghalla");
    sample->postings[0] = (struct tl_posting){TL_ACCOUNT_RECEIVABLE, sample->party, sample->product, "", {0}};
    sample->postings[1] = (struct tl_posting){
        charge ? "00002" : TL_ACCOUNT_SETTLEMENT, sample->party, sample->product, charge ? "maintenance" : "", {-net}};
    sample->postings[2] = (struct tl_posting){TL_ACCOUNT_VAT, sample->party, sample->product, "", {-net / 4}};
    sample->postings[0].amount.minor = net + net / 4;
    if (!charge) {
        /* what was charged, now and then less */
        int64_t paid = 100000 + (number - 1) % 9000 * 37;
        paid += paid / 4 - (number % 101 == 0 ? 100 : 0);
        sample->postings[0].amount.minor = -paid;
        sample->postings[1].amount.minor = paid;
    }
    sample->entry =
        (struct tl_entry){.kind = charge ? "charge" : "payment",
                          .holds_on = tl_date_of(2017 + (int)(quarter / 4), month, (int)(number % 28) + 1),
                          .due_on = charge ? tl_date_of(2017 + (int)(quarter / 4), month + 1, 28) : (struct tl_date){0},
                          .reference = sample->reference,
                          .text = sample->text,
                          .has_evidence = charge,
                          .postings = sample->postings,
                          .posting_count = charge ? 3 : 2};
    memset(sample->entry.evidence.bytes, (int)(number % 251), sizeof sample->entry.evidence.bytes);
}

static tl_status add(struct tl_store *store, const char *sql, const char *code, int number, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_int(stmt, 2, number);
    return tl_stmt_run(stmt, err);
}

static tl_status fill(struct tl_store *store, struct tl_err *err)
{
    static const char add_party[] = "INSERT INTO party (code, act_id) VALUES (?1, 1 + 0 * ?2)";
    static const char add_version[] = "INSERT INTO party_version (party_code, valid_from, name, official_name, kind, "
                                      "region, cvr, ean, address, act_id) "
                                      "VALUES (?1, '0001-01-01', ?1, ?1, 'other', '', '', '', '', 1 + 0 * ?2)";
    static const char add_product[] = "INSERT INTO product (code, name, psp, level, act_id) VALUES (?1, ?1, "
                                      "'XG-9212045' || printf('%03d', ?2), 2, 1)";
    char code[16];
    tl_status status = tl_account_record_chart(store, err);
    if (status == TL_OK)
        status = add(store, add_party, "OS2", 0, err);
    if (status == TL_OK)
        status = add(store, add_version, "OS2", 0, err);
    for (int i = 1; status == TL_OK && i <= members; i++) {
        snprintf(code, sizeof code, "%04d", i);
        status = add(store, add_party, code, i, err);
        if (status == TL_OK)
            status = add(store, add_version, code, i, err);
    }
    for (int i = 0; status == TL_OK && i < PRODUCTS; i++) {
        snprintf(code, sizeof code, "p%03d", i);
        status = add(store, add_product, code, i, err);
    }
    return status;
}

static const char *make_ledger(char *path, size_t size, const char *folder, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    snprintf(path, size, "%s/%s", folder, name);
    (void)unlink(path);
    bench_need(tl_store_create(path, "DKK", "OS2", &act, fill, &err), &err);
    return path;
}

/* The quarter of an entry, from 0. */
static int64_t quarter_of(int64_t number)
{
    return number / 2 / (members * PRODUCTS_EACH);
}

/* Whether the transaction that holds `in_batch` entries, of which this is the last, ends behind it. */
static bool ends_here(int64_t number, int64_t entries, int64_t in_batch, int64_t batch)
{
    return in_batch == batch || number == entries - 1 || quarter_of(number + 1) > quarter_of(number);
}

/* Closes the quarter before, as its own act. */
static void close_before(struct tl_store *store, int64_t quarter)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period closed;
    struct tl_date first = tl_date_of(2017 + (int)((quarter - 1) / 4), (int)((quarter - 1) % 4) * 3 + 1, 1);
    struct tl_period period = {first, tl_date_add_days(tl_date_add_months(first, 3), -1)};
    bench_need(tl_store_begin(store, &act, &err), &err);
    bench_need(tl_closed_period_record(&closed, store, period, 0, &arena, &err), &err);
    bench_need(tl_open_item_keep(store, &closed, &err), &err);
    bench_need(tl_store_commit(store, &err), &err);
    tl_arena_release(&arena);
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
    for (int64_t i = 0, in_batch = 0; i < entries; i++) {
        if (i > 0 && quarter_of(i) > quarter_of(i - 1))
            close_before(store, quarter_of(i));
        if (in_batch == 0)
            bench_need(tl_store_begin(store, &act, &err), &err);
        make_sample(&sample, i);
        bench_need(tl_entry_post(&id, &already, store, sample.key, &sample.entry, &err), &err);
        in_batch++;
        if (ends_here(i, entries, in_batch, batch)) {
            bench_need(tl_store_commit(store, &err), &err);
            in_batch = 0;
        }
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
    for (int64_t i = 0, in_batch = 0; i < entries; i++) {
        if (in_batch == 0)
            need(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), db);
        make_sample(&sample, i);
        insert_bare(db, stmts, i + 1, &sample);
        in_batch++;
        if (ends_here(i, entries, in_batch, batch)) {
            need(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), db);
            in_batch = 0;
        }
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
        fputs("usage: ledger_bench FOLDER [SCALE]\n", stderr);
        return 2;
    }
    double scale = argc > 2 ? strtod(argv[2], NULL) : 0.02;
    members = scale * MEMBERS < 1 ? 1 : scale > 1 ? MEMBERS : (int64_t)(scale * MEMBERS);
    int64_t entries = members * PRODUCTS_EACH * QUARTERS * 2, postings;
    char path[512];
    struct stat about;
    struct rusage usage;
    (void)mkdir(argv[1], 0777);
    compare(argv[1], entries / 10, SMALL_BATCH);
    compare(argv[1], entries, LARGE_BATCH);
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
