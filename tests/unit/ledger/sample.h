/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the tests of the ledger floor share: a ledger with accounts, some parties and products, and an entry to post.
 */
#ifndef TESTS_LEDGER_SAMPLE_H
#define TESTS_LEDGER_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SAMPLE_PARTIES = 5 };

static const struct tl_act sample_act = {"anna", "test", {1767225600}};
static const char *const sample_parties[SAMPLE_PARTIES] = {"0101", "0461", "0751", "0851", "OS2"};

static inline tl_status sample_run(struct tl_store *store, const char *sql, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    return status == TL_OK ? tl_stmt_run(stmt, err) : status;
}

static inline tl_status sample_fill(struct tl_store *store, struct tl_err *err)
{
    static const char *const sql[] = {
        "INSERT INTO party (code, act_id) VALUES ('0101', 1), ('0461', 1), ('0751', 1), ('0851', 1), ('OS2', 1)",
        "INSERT INTO product (code, name, psp, level, act_id) VALUES "
        "('os2mo', 'OS2mo', 'XG-9212045370', 3, 1), ('os2valghalla', 'OS2valghalla', 'XG-9212045260', 2, 1)",
    };
    tl_status status = tl_account_record_chart(store, err);
    for (size_t i = 0; status == TL_OK && i < sizeof sql / sizeof sql[0]; i++)
        status = sample_run(store, sql[i], err);
    return status;
}

static inline struct tl_store *sample_open_memory(void)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    assert_ok(tl_store_open_memory(&store, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
    return store;
}

static inline struct tl_store *sample_open(const char *path, tl_store_mode mode)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *store = NULL;
    assert_ok(tl_store_open(&store, path, mode, &err), &err);
    return store;
}

static inline void sample_begin(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_begin(store, &sample_act, &err), &err);
}

static inline void sample_commit(struct tl_store *store)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_commit(store, &err), &err);
}

/* An entry of two or three postings on the account of 0751. */
struct sample_entry {
    struct tl_posting postings[3];
    struct tl_entry entry; /* points at them, so don't copy it */
};

static inline struct tl_entry *sample_entry(struct sample_entry *sample, int64_t net_minor, int64_t vat_minor)
{
    sample->postings[0] =
        (struct tl_posting){TL_ACCOUNT_RECEIVABLE, "0751", "os2valghalla", "", {net_minor + vat_minor}};
    sample->postings[1] = (struct tl_posting){"00002", "0751", "os2valghalla", "maintenance", {-net_minor}};
    sample->postings[2] = (struct tl_posting){TL_ACCOUNT_VAT, "0751", "os2valghalla", "", {-vat_minor}};
    sample->entry = (struct tl_entry){.kind = "charge",
                                      .holds_on = tl_date_of(2026, 1, 15),
                                      .due_on = tl_date_of(2026, 2, 14),
                                      .reference = "2026-1-0751",
                                      .text = "Opkrævning 2026, OS2valghalla",
                                      .postings = sample->postings,
                                      .posting_count = vat_minor == 0 ? 2 : 3};
    return &sample->entry;
}

/* Posts an entry that is right; its number. */
static inline int64_t sample_post(struct tl_store *store, const char *key, const struct tl_entry *entry)
{
    struct tl_err err = TL_ERR_NONE;
    int64_t id = 0;
    bool already = true;
    assert_ok(tl_entry_post(&id, &already, store, key, entry, &err), &err);
    assert_false(already);
    return id;
}

#endif
