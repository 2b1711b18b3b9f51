/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/chain.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/store/stmt.h"

enum { SQL_HEAD, SQL_ENTRIES, SQL_POSTINGS, SQL_ORPHAN_SEALS, SQL_ORPHAN_POSTINGS };

static const char *const SQL[] = {
    [SQL_HEAD] = "SELECT entry_id, hash FROM seal ORDER BY entry_id DESC LIMIT 1",
    [SQL_ENTRIES] =
        "SELECT e.id, e.kind, e.holds_on, e.due_on, e.reference, e.text, coalesce(e.run_id, 0), e.evidence, "
        "coalesce(e.reverses_id, 0), a.recorded_at, a.actor, a.command, s.previous, s.hash, s.entry_id "
        "FROM entry e LEFT JOIN act a ON a.id = e.act_id LEFT JOIN seal s ON s.entry_id = e.id ORDER BY e.id",
    [SQL_POSTINGS] = "SELECT entry_id, seq, account_code, party_code, product_code, line_id, amount_minor, key "
                     "FROM posting ORDER BY entry_id, seq",
    [SQL_ORPHAN_SEALS] = "SELECT entry_id FROM seal WHERE entry_id NOT IN (SELECT id FROM entry) ORDER BY entry_id",
    [SQL_ORPHAN_POSTINGS] =
        "SELECT DISTINCT entry_id FROM posting WHERE entry_id NOT IN (SELECT id FROM entry) ORDER BY entry_id",
};

static const char CHECK[] = "chain";

tl_status tl_chain_read_head(struct tl_chain_head *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_chain_head){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_HEAD], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    out->entry = tl_stmt_int(stmt, 0);
    if (!tl_stmt_digest(stmt, 1, &out->hash))
        status = tl_err_set(err, TL_ERR_BROKEN, "the seal of entry %" PRId64 " is not a hash", out->entry);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_chain_hash(struct tl_digest *out, struct tl_buf *scratch, const struct tl_digest *previous, int64_t entry,
                        const struct tl_chain_act *act, const char *body, struct tl_err *err)
{
    char hex[TL_DIGEST_HEX_SIZE];
    scratch->length = 0;
    tl_buf_format(scratch, "tilslut entry 1\nprevious %s\nentry %" PRId64 "\n", tl_digest_hex(previous, hex), entry);
    tl_buf_line(scratch, "recorded-at", act->recorded_at);
    tl_buf_line(scratch, "actor", act->actor);
    tl_buf_line(scratch, "command", act->command);
    tl_buf_text(scratch, body);
    tl_status status = tl_buf_status(scratch, err);
    if (status == TL_OK)
        *out = tl_digest_of(scratch->bytes, scratch->length);
    return status;
}

/* The walk over entries and postings side by side. */
struct walk {
    struct tl_findings *findings;
    struct tl_stmt *entries, *postings;
    bool posting_row; /* the postings statement stands on a row not yet taken */
    int64_t entry_count, posting_count, expected;
    struct tl_digest previous;
    struct tl_arena arena; /* of one entry */
    struct tl_buf body, scratch;
};

/* The postings of the present entry, copied into the walk's arena. */
struct taken {
    struct tl_posting *postings;
    const char **keys;
    size_t count;
    __extension__ __int128 sum;
    bool gap; /* the numbers of the postings are not 1, 2, 3 ... */
};

static tl_status take_posting(struct walk *walk, struct taken *taken, size_t *capacity, size_t *key_capacity,
                              struct tl_err *err)
{
    struct tl_stmt *stmt = walk->postings;
    struct tl_arena *arena = &walk->arena;
    size_t n = taken->count;
    taken->postings = tl_arena_grow(arena, taken->postings, n, capacity, sizeof *taken->postings);
    taken->keys = tl_arena_grow(arena, taken->keys, n, key_capacity, sizeof *taken->keys);
    if (taken->postings == NULL || taken->keys == NULL)
        return tl_err_memory(err);
    taken->postings[n] = (struct tl_posting){tl_stmt_copy(stmt, 2, arena),
                                             tl_stmt_copy(stmt, 3, arena),
                                             tl_stmt_copy(stmt, 4, arena),
                                             tl_stmt_copy(stmt, 5, arena),
                                             {tl_stmt_int(stmt, 6)}};
    taken->keys[n] = tl_stmt_copy(stmt, 7, arena);
    if (taken->postings[n].account == NULL || taken->postings[n].party == NULL || taken->postings[n].product == NULL ||
        taken->postings[n].line_id == NULL || taken->keys[n] == NULL)
        return tl_err_memory(err);
    taken->gap = taken->gap || tl_stmt_int(stmt, 1) != (int64_t)n + 1;
    taken->sum += taken->postings[n].amount.minor;
    taken->count++;
    walk->posting_count++;
    return TL_OK;
}

static tl_status take_postings(struct walk *walk, int64_t entry, struct taken *taken, struct tl_err *err)
{
    size_t capacity = 0, key_capacity = 0;
    tl_status status = TL_OK;
    *taken = (struct taken){0};
    while (status == TL_OK && walk->posting_row && tl_stmt_int(walk->postings, 0) <= entry) {
        if (tl_stmt_int(walk->postings, 0) == entry)
            status = take_posting(walk, taken, &capacity, &key_capacity, err);
        if (status == TL_OK)
            status = tl_stmt_next(walk->postings, &walk->posting_row, err);
    }
    return status;
}

static tl_status check_postings(struct walk *walk, int64_t id, const struct taken *taken, struct tl_err *err)
{
    if (taken->count < 2)
        return tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " has %zu postings, fewer than two", id,
                               taken->count);
    if (taken->sum != 0)
        return tl_findings_add(walk->findings, err, CHECK, "the postings of entry %" PRId64 " do not sum to zero", id);
    if (taken->gap)
        return tl_findings_add(walk->findings, err, CHECK, "the postings of entry %" PRId64 " are not numbered from 1",
                               id);
    return TL_OK;
}

static tl_status check_seal(struct walk *walk, int64_t id, const struct tl_entry *entry, const struct taken *taken,
                            struct tl_err *err)
{
    struct tl_stmt *stmt = walk->entries;
    struct tl_digest previous, stored, computed;
    if (tl_stmt_is_null(stmt, 14))
        return tl_findings_add(walk->findings, err, CHECK,
                               "entry %" PRId64 " has no seal and counts for nothing: it was not written by tilslut",
                               id);
    if (!tl_stmt_digest(stmt, 12, &previous) || !tl_stmt_digest(stmt, 13, &stored))
        return tl_findings_add(walk->findings, err, CHECK, "the seal of entry %" PRId64 " is not a hash", id);
    struct tl_chain_act act = {tl_stmt_text(stmt, 9), tl_stmt_text(stmt, 10), tl_stmt_text(stmt, 11)};
    walk->body.length = 0;
    tl_entry_write_body(&walk->body, entry, taken->keys);
    tl_status status = tl_buf_status(&walk->body, err);
    if (status == TL_OK)
        status = tl_chain_hash(&computed, &walk->scratch, &previous, id, &act, tl_buf_string(&walk->body), err);
    if (status == TL_OK && !tl_digest_equal(&computed, &stored))
        status =
            tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " is not what was sealed: it was changed", id);
    else if (status == TL_OK && !tl_digest_equal(&previous, &walk->previous))
        status = tl_findings_add(walk->findings, err, CHECK,
                                 "the seal of entry %" PRId64 " does not follow the seal before it", id);
    walk->previous = stored;
    return status;
}

static tl_status check_entry(struct walk *walk, struct tl_err *err)
{
    struct tl_stmt *stmt = walk->entries;
    struct taken taken = {0};
    int64_t id = tl_stmt_int(stmt, 0);
    tl_status status = TL_OK;
    tl_arena_release(&walk->arena);
    for (; status == TL_OK && walk->expected < id; walk->expected++)
        status = tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " is missing", walk->expected);
    walk->expected = id + 1;
    walk->entry_count++;
    if (status == TL_OK)
        status = take_postings(walk, id, &taken, err);
    if (status == TL_OK)
        status = check_postings(walk, id, &taken, err);
    struct tl_entry entry = {.kind = tl_stmt_text(stmt, 1),
                             .holds_on = tl_stmt_date(stmt, 2),
                             .due_on = tl_stmt_date(stmt, 3),
                             .reference = tl_stmt_text(stmt, 4),
                             .text = tl_stmt_text(stmt, 5),
                             .run_id = tl_stmt_int(stmt, 6),
                             .reverses_id = tl_stmt_int(stmt, 8)};
    entry.has_evidence = tl_stmt_digest(stmt, 7, &entry.evidence);
    if (status == TL_OK) {
        entry.postings = taken.postings;
        entry.posting_count = taken.count;
        status = check_seal(walk, id, &entry, &taken, err);
    }
    return status;
}

static tl_status report_orphans(struct walk *walk, struct tl_store *store, int sql, const char *format_rest,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " %s", tl_stmt_int(stmt, 0), format_rest);
    return status;
}

tl_status tl_chain_verify(struct tl_findings *findings, int64_t *entries, int64_t *postings, struct tl_store *store,
                          struct tl_err *err)
{
    struct walk walk = {.findings = findings, .expected = 1};
    bool row = false;
    tl_status status = tl_stmt_get(&walk.entries, store, SQL[SQL_ENTRIES], err);
    if (status == TL_OK)
        status = tl_stmt_get(&walk.postings, store, SQL[SQL_POSTINGS], err);
    if (status == TL_OK)
        status = tl_stmt_next(walk.postings, &walk.posting_row, err);
    while (status == TL_OK && (status = tl_stmt_next(walk.entries, &row, err)) == TL_OK && row)
        status = check_entry(&walk, err);
    if (walk.postings != NULL)
        tl_stmt_end(walk.postings);
    if (walk.entries != NULL)
        tl_stmt_end(walk.entries);
    if (status == TL_OK)
        status = report_orphans(&walk, store, SQL_ORPHAN_SEALS, "was removed: only its seal is left", err);
    if (status == TL_OK)
        status = report_orphans(&walk, store, SQL_ORPHAN_POSTINGS, "is missing: only its postings are left", err);
    *entries = walk.entry_count;
    *postings = walk.posting_count;
    tl_arena_release(&walk.arena);
    tl_buf_release(&walk.body);
    tl_buf_release(&walk.scratch);
    return status;
}
