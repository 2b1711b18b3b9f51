/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/entry.h"

#include <inttypes.h>
#include <string.h>

#include "seal.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/store/stmt.h"

enum { SQL_ENTRY_ADD, SQL_POSTING_ADD, SQL_SEAL_ADD, SQL_PLACE, SQL_BY_KEY, SQL_ENTRY, SQL_POSTINGS };

static const char *const SQL[] = {
    [SQL_ENTRY_ADD] =
        "INSERT INTO entry (id, kind, holds_on, due_on, reference, text, run_id, evidence, reverses_id, act_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), ?8, nullif(?9, 0), ?10)",
    [SQL_POSTING_ADD] =
        "INSERT INTO posting (entry_id, seq, account_code, party_code, product_code, line_id, amount_minor, key) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_SEAL_ADD] = "INSERT INTO seal (entry_id, previous, hash) VALUES (?1, ?2, ?3)",
    [SQL_PLACE] = "SELECT coalesce((SELECT max(id) FROM entry), 0) + 1, "
                  "coalesce((SELECT hash FROM seal ORDER BY entry_id DESC LIMIT 1), zeroblob(32)), " SEAL_ACT_COLUMNS
                  " FROM act a WHERE a.id = ?1",
    [SQL_BY_KEY] = "SELECT entry_id FROM posting WHERE key = ?1",
    [SQL_ENTRY] = "SELECT " SEAL_ENTRY_COLUMNS " FROM entry e WHERE e.id = ?1",
    [SQL_POSTINGS] = "SELECT " SEAL_POSTING_COLUMNS " FROM posting WHERE entry_id = ?1 ORDER BY seq",
};

/* What one posting of an entry takes, so that all of it is released in one place. */
struct work {
    struct tl_store *store;
    const struct tl_entry *entry;
    struct tl_buf key;   /* of a posting: the entry's key, # and the posting's number */
    size_t key_length;   /* with the # */
    struct tl_buf bytes; /* that the seal covers */
};

static tl_status check_balance(const struct tl_entry *entry, struct tl_err *err)
{
    struct tl_money sum = {0};
    tl_status status = TL_OK;
    char text[TL_MONEY_TEXT_SIZE];
    for (size_t i = 0; status == TL_OK && i < entry->posting_count; i++) {
        if (tl_money_is_zero(entry->postings[i].amount))
            return tl_err_set(err, TL_ERR_INPUT, "posting %zu of '%s' is zero", i + 1, entry->text);
        status = tl_money_add(&sum, sum, entry->postings[i].amount, err);
    }
    if (status == TL_OK && entry->posting_count < 2)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' has fewer than two postings", entry->text);
    if (status == TL_OK && !tl_money_is_zero(sum))
        return tl_err_set(err, TL_ERR_INPUT, "the postings of '%s' sum to %s, not to zero", entry->text,
                          tl_money_plain(sum, text));
    return status;
}

/* The key of the posting of that number, from 1. Borrowed until the next. */
static const char *key_of(struct work *work, size_t number)
{
    work->key.length = work->key_length;
    tl_buf_number(&work->key, (int64_t)number);
    return tl_buf_string(&work->key);
}

static struct seal_text evidence_of(const struct tl_entry *entry)
{
    return (struct seal_text){(const char *)entry->evidence.bytes,
                              entry->has_evidence ? sizeof entry->evidence.bytes : 0};
}

/* The bytes of the entry as it is asked for, behind what the buffer holds. */
static tl_status write_wanted(struct work *work, struct tl_err *err)
{
    const struct tl_entry *entry = work->entry;
    char holds_on[TL_DATE_TEXT_SIZE], due_on[TL_DATE_TEXT_SIZE];
    struct seal_entry wanted = {.kind = seal_text_of(entry->kind),
                                .holds_on = seal_text_of(tl_date_iso(entry->holds_on, holds_on)),
                                .due_on = seal_text_of(tl_date_iso(entry->due_on, due_on)),
                                .reference = seal_text_of(entry->reference),
                                .text = seal_text_of(entry->text),
                                .evidence = evidence_of(entry),
                                .run_id = entry->run_id,
                                .reverses_id = entry->reverses_id};
    seal_write_entry(&work->bytes, &wanted);
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct tl_posting *posting = &entry->postings[i];
        struct seal_posting written = {.key = seal_text_of(key_of(work, i + 1)),
                                       .account = seal_text_of(posting->account),
                                       .party = seal_text_of(posting->party),
                                       .product = seal_text_of(posting->product),
                                       .line_id = seal_text_of(posting->line_id),
                                       .amount_minor = posting->amount.minor};
        seal_write_posting(&work->bytes, &written);
    }
    tl_status status = tl_buf_status(&work->key, err);
    return status == TL_OK ? tl_buf_status(&work->bytes, err) : status;
}

/* The bytes of an entry as it is stored. */
static tl_status write_stored(struct tl_buf *buf, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        struct seal_entry stored = seal_entry_of(stmt, 0);
        seal_write_entry(buf, &stored);
        tl_stmt_end(stmt);
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_POSTINGS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct seal_posting stored = seal_posting_of(stmt, 0);
        seal_write_posting(buf, &stored);
    }
    return status == TL_OK ? tl_buf_status(buf, err) : status;
}

/* The entry of this key must be the one that is asked for. */
static tl_status compare_with(struct work *work, int64_t found, const char *key, struct tl_err *err)
{
    struct tl_buf stored = TL_BUF_EMPTY;
    tl_status status = write_wanted(work, err);
    if (status == TL_OK)
        status = write_stored(&stored, work->store, found, err);
    if (status == TL_OK &&
        (stored.length != work->bytes.length || memcmp(stored.bytes, work->bytes.bytes, stored.length) != 0)) {
        status = tl_err_set(err, TL_ERR_CONFLICT, "'%s' is posted already, as entry %" PRId64 ", with other content",
                            key, found);
        tl_err_hint(err, "an entry is never changed; post a correction that names entry %" PRId64, found);
    }
    tl_buf_release(&stored);
    return status;
}

static tl_status find_by_key(int64_t *found, struct work *work, struct tl_err *err)
{
    struct tl_stmt *stmt;
    const char *first = key_of(work, 1);
    tl_status status = tl_buf_status(&work->key, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, work->store, SQL[SQL_BY_KEY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, first);
    return tl_stmt_answer(stmt, found, err);
}

/* The entry's number and the hash of the seal before it, and the seal's bytes. */
static tl_status take_place(int64_t *id, struct tl_digest *previous, struct work *work, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, work->store, SQL[SQL_PLACE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_act(work->store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row)
        return tl_err_set(err, TL_ERR_STATE, "an entry is posted by an act");
    if (status != TL_OK)
        return status;
    *id = tl_stmt_int(stmt, 0);
    if (!tl_stmt_digest(stmt, 1, previous))
        status = tl_err_set(err, TL_ERR_BROKEN, "the last seal is not a hash");
    struct seal_act act = seal_act_of(stmt, 2);
    seal_write_place(&work->bytes, previous, *id, &act);
    tl_stmt_end(stmt);
    return status == TL_OK ? write_wanted(work, err) : status;
}

static tl_status add_entry(struct tl_store *store, int64_t id, const struct tl_entry *entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, entry->kind);
    tl_stmt_bind_date(stmt, 3, entry->holds_on);
    tl_stmt_bind_date(stmt, 4, entry->due_on);
    tl_stmt_bind_text(stmt, 5, entry->reference);
    tl_stmt_bind_text(stmt, 6, entry->text);
    tl_stmt_bind_int(stmt, 7, entry->run_id);
    tl_stmt_bind_blob(stmt, 8, evidence_of(entry).bytes, evidence_of(entry).length);
    tl_stmt_bind_int(stmt, 9, entry->reverses_id);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status add_postings(struct work *work, int64_t id, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < work->entry->posting_count; i++) {
        const struct tl_posting *posting = &work->entry->postings[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, work->store, SQL[SQL_POSTING_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, id);
        tl_stmt_bind_int(stmt, 2, (int64_t)i + 1);
        tl_stmt_bind_text(stmt, 3, posting->account);
        tl_stmt_bind_text(stmt, 4, posting->party);
        tl_stmt_bind_text(stmt, 5, posting->product);
        tl_stmt_bind_text(stmt, 6, posting->line_id);
        tl_stmt_bind_int(stmt, 7, posting->amount.minor);
        tl_stmt_bind_text(stmt, 8, key_of(work, i + 1));
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

static tl_status add_seal(struct work *work, int64_t id, const struct tl_digest *previous, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_digest hash = tl_digest_of(work->bytes.bytes, work->bytes.length);
    tl_status status = tl_stmt_get(&stmt, work->store, SQL[SQL_SEAL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_digest(stmt, 2, previous);
    tl_stmt_bind_digest(stmt, 3, &hash);
    return tl_stmt_run(stmt, err);
}

static tl_status add(int64_t *id, struct work *work, struct tl_err *err)
{
    struct tl_digest previous;
    tl_status status = tl_closed_period_check_date(work->store, work->entry->holds_on, err);
    if (status == TL_OK)
        status = take_place(id, &previous, work, err);
    if (status == TL_OK)
        status = add_entry(work->store, *id, work->entry, err);
    if (status == TL_OK)
        status = add_postings(work, *id, err);
    return status == TL_OK ? add_seal(work, *id, &previous, err) : status;
}

tl_status tl_entry_post(int64_t *id, bool *already, struct tl_store *store, const char *key,
                        const struct tl_entry *entry, struct tl_err *err)
{
    struct work work = {.store = store, .entry = entry};
    int64_t found = 0;
    *already = false;
    tl_buf_text(&work.key, key);
    tl_buf_text(&work.key, "#");
    work.key_length = work.key.length;
    tl_status status = check_balance(entry, err);
    if (status == TL_OK)
        status = find_by_key(&found, &work, err);
    if (status == TL_OK && found == 0)
        status = add(id, &work, err);
    else if (status == TL_OK) {
        status = compare_with(&work, found, key, err);
        *already = status == TL_OK;
        *id = found;
    }
    tl_buf_release(&work.bytes);
    tl_buf_release(&work.key);
    return status;
}
