/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/entry.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/ledger/chain.h"
#include "tilslut/store/stmt.h"

enum { SQL_ENTRY_ADD, SQL_POSTING_ADD, SQL_SEAL_ADD, SQL_ENTRY_NEXT, SQL_ACT, SQL_BY_KEY, SQL_ENTRY, SQL_POSTINGS };

static const char *const SQL[] = {
    [SQL_ENTRY_ADD] =
        "INSERT INTO entry (id, kind, holds_on, due_on, reference, text, run_id, evidence, reverses_id, act_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, 0), ?8, nullif(?9, 0), ?10)",
    [SQL_POSTING_ADD] =
        "INSERT INTO posting (entry_id, seq, account_code, party_code, product_code, line_id, amount_minor, key) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_SEAL_ADD] = "INSERT INTO seal (entry_id, previous, hash) VALUES (?1, ?2, ?3)",
    [SQL_ENTRY_NEXT] = "SELECT coalesce(max(id), 0) + 1 FROM entry",
    [SQL_ACT] = "SELECT recorded_at, actor, command FROM act WHERE id = ?1",
    [SQL_BY_KEY] = "SELECT entry_id FROM posting WHERE key = ?1",
    [SQL_ENTRY] =
        "SELECT kind, holds_on, due_on, reference, text, coalesce(run_id, 0), evidence, coalesce(reverses_id, 0) "
        "FROM entry WHERE id = ?1",
    [SQL_POSTINGS] = "SELECT account_code, party_code, product_code, line_id, amount_minor, key "
                     "FROM posting WHERE entry_id = ?1 ORDER BY seq",
};

static void write_number(struct tl_buf *buf, const char *name, int64_t number)
{
    tl_buf_format(buf, "%s %" PRId64 "\n", name, number);
}

void tl_entry_write_body(struct tl_buf *buf, const struct tl_entry *entry, const char *const *posting_keys)
{
    char date[TL_DATE_TEXT_SIZE], hex[TL_DIGEST_HEX_SIZE] = "";
    tl_buf_line(buf, "kind", entry->kind);
    tl_buf_line(buf, "holds-on", tl_date_iso(entry->holds_on, date));
    tl_buf_line(buf, "due-on", tl_date_iso(entry->due_on, date));
    tl_buf_line(buf, "reference", entry->reference);
    tl_buf_line(buf, "text", entry->text);
    write_number(buf, "run", entry->run_id);
    write_number(buf, "reverses", entry->reverses_id);
    tl_buf_line(buf, "evidence", entry->has_evidence ? tl_digest_hex(&entry->evidence, hex) : "");
    for (size_t i = 0; i < entry->posting_count; i++) {
        const struct tl_posting *posting = &entry->postings[i];
        tl_buf_line(buf, "posting", posting_keys[i]);
        tl_buf_line(buf, "account", posting->account);
        tl_buf_line(buf, "party", posting->party == NULL ? "" : posting->party);
        tl_buf_line(buf, "product", posting->product == NULL ? "" : posting->product);
        tl_buf_line(buf, "line", posting->line_id);
        write_number(buf, "amount", posting->amount.minor);
    }
}

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

static tl_status make_keys(const char ***out, struct tl_arena *arena, const char *key, size_t count, struct tl_err *err)
{
    const char **keys = tl_arena_alloc(arena, count, sizeof *keys);
    for (size_t i = 0; keys != NULL && i < count; i++) {
        keys[i] = tl_arena_format(arena, "%s#%zu", key, i + 1);
        if (keys[i] == NULL)
            keys = NULL;
    }
    *out = keys;
    return keys == NULL ? tl_err_memory(err) : TL_OK;
}

/* Reads the body of a stored entry, for comparison. */
static tl_status read_body(struct tl_buf *body, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_stmt *stmt;
    struct tl_entry entry = {0};
    struct tl_posting *postings = NULL;
    const char **keys = NULL;
    size_t capacity = 0, key_capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        entry.kind = tl_stmt_copy(stmt, 0, &arena);
        entry.holds_on = tl_stmt_date(stmt, 1);
        entry.due_on = tl_stmt_date(stmt, 2);
        entry.reference = tl_stmt_copy(stmt, 3, &arena);
        entry.text = tl_stmt_copy(stmt, 4, &arena);
        entry.run_id = tl_stmt_int(stmt, 5);
        entry.has_evidence = tl_stmt_digest(stmt, 6, &entry.evidence);
        entry.reverses_id = tl_stmt_int(stmt, 7);
        if (entry.kind == NULL || entry.reference == NULL || entry.text == NULL)
            status = tl_err_memory(err);
        tl_stmt_end(stmt);
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_POSTINGS], err);
    if (status == TL_OK)
        tl_stmt_bind_int(stmt, 1, id);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        size_t n = entry.posting_count;
        postings = tl_arena_grow(&arena, postings, n, &capacity, sizeof *postings);
        keys = tl_arena_grow(&arena, keys, n, &key_capacity, sizeof *keys);
        if (postings == NULL || keys == NULL) {
            status = tl_err_memory(err);
            break;
        }
        postings[n] = (struct tl_posting){tl_stmt_copy(stmt, 0, &arena),
                                          tl_stmt_copy(stmt, 1, &arena),
                                          tl_stmt_copy(stmt, 2, &arena),
                                          tl_stmt_copy(stmt, 3, &arena),
                                          {tl_stmt_int(stmt, 4)}};
        keys[n] = tl_stmt_copy(stmt, 5, &arena);
        if (postings[n].account == NULL || postings[n].party == NULL || postings[n].product == NULL ||
            postings[n].line_id == NULL || keys[n] == NULL)
            status = tl_err_memory(err);
        entry.postings = postings;
        entry.posting_count++;
    }
    if (status == TL_OK)
        tl_entry_write_body(body, &entry, keys);
    tl_arena_release(&arena);
    return status == TL_OK ? tl_buf_status(body, err) : status;
}

/* Is there an entry of this key already, and is it this one? */
static tl_status find_already(int64_t *id, bool *already, struct tl_store *store, const char *key,
                              const char *first_key, const char *body, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t found = 0;
    *already = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_BY_KEY], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, first_key);
        status = tl_stmt_answer(stmt, &found, err);
    }
    if (status != TL_OK || found == 0)
        return status;
    struct tl_buf stored = TL_BUF_EMPTY;
    status = read_body(&stored, store, found, err);
    if (status == TL_OK && !tl_text_equal(tl_buf_string(&stored), body)) {
        status = tl_err_set(err, TL_ERR_CONFLICT, "'%s' is posted already, as entry %" PRId64 ", with other content",
                            key, found);
        tl_err_hint(err, "an entry is never changed; post a correction that names entry %" PRId64, found);
    }
    tl_buf_release(&stored);
    *already = status == TL_OK;
    *id = found;
    return status;
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
    tl_stmt_bind_blob(stmt, 8, entry->evidence.bytes, entry->has_evidence ? sizeof entry->evidence.bytes : 0);
    tl_stmt_bind_int(stmt, 9, entry->reverses_id);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status add_postings(struct tl_store *store, int64_t id, const struct tl_entry *entry, const char *const *keys,
                              struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < entry->posting_count; i++) {
        const struct tl_posting *posting = &entry->postings[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_POSTING_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, id);
        tl_stmt_bind_int(stmt, 2, (int64_t)i + 1);
        tl_stmt_bind_text(stmt, 3, posting->account);
        tl_stmt_bind_text(stmt, 4, posting->party);
        tl_stmt_bind_text(stmt, 5, posting->product);
        tl_stmt_bind_text(stmt, 6, posting->line_id);
        tl_stmt_bind_int(stmt, 7, posting->amount.minor);
        tl_stmt_bind_text(stmt, 8, keys[i]);
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

static tl_status add_seal(struct tl_store *store, int64_t id, const char *body, struct tl_buf *scratch,
                          struct tl_err *err)
{
    struct tl_chain_head head;
    struct tl_digest hash;
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_chain_read_head(&head, store, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ACT], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, tl_store_act(store));
        status = tl_stmt_next(stmt, &row, err);
    }
    if (status == TL_OK) {
        struct tl_chain_act act = {tl_stmt_text(stmt, 0), tl_stmt_text(stmt, 1), tl_stmt_text(stmt, 2)};
        status = tl_chain_hash(&hash, scratch, &head.hash, id, &act, body, err);
        tl_stmt_end(stmt);
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_SEAL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_digest(stmt, 2, &head.hash);
    tl_stmt_bind_digest(stmt, 3, &hash);
    return tl_stmt_run(stmt, err);
}

tl_status tl_entry_post(int64_t *id, bool *already, struct tl_store *store, const char *key,
                        const struct tl_entry *entry, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf body = TL_BUF_EMPTY, scratch = TL_BUF_EMPTY;
    const char **keys = NULL;
    struct tl_stmt *stmt;
    tl_status status = check_balance(entry, err);
    if (status == TL_OK)
        status = make_keys(&keys, &arena, key, entry->posting_count, err);
    if (status == TL_OK) {
        tl_entry_write_body(&body, entry, keys);
        status = tl_buf_status(&body, err);
    }
    if (status == TL_OK)
        status = find_already(id, already, store, key, keys[0], tl_buf_string(&body), err);
    if (status != TL_OK || *already)
        goto out;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY_NEXT], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, id, err);
    if (status == TL_OK)
        status = add_entry(store, *id, entry, err);
    if (status == TL_OK)
        status = add_postings(store, *id, entry, keys, err);
    if (status == TL_OK)
        status = add_seal(store, *id, tl_buf_string(&body), &scratch, err);
out:
    tl_buf_release(&scratch);
    tl_buf_release(&body);
    tl_arena_release(&arena);
    return status;
}
