/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/chain.h"

#include <inttypes.h>

#include "seal.h"
#include "tilslut/store/stmt.h"

enum { SQL_HEAD, SQL_ENTRIES, SQL_POSTINGS, SQL_ORPHAN_SEALS, SQL_ORPHAN_POSTINGS };

static const char *const SQL[] = {
    [SQL_HEAD] = "SELECT entry_id, hash FROM seal ORDER BY entry_id DESC LIMIT 1",
    [SQL_ENTRIES] = "SELECT e.id, s.entry_id, s.previous, s.hash, " SEAL_ACT_COLUMNS ", " SEAL_ENTRY_COLUMNS
                    " FROM entry e LEFT JOIN act a ON a.id = e.act_id LEFT JOIN seal s ON s.entry_id = e.id "
                    "ORDER BY e.id",
    [SQL_POSTINGS] = "SELECT entry_id, seq, " SEAL_POSTING_COLUMNS " FROM posting ORDER BY entry_id, seq",
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

/* The walk over entries and postings side by side. */
struct walk {
    struct tl_findings *findings;
    struct tl_stmt *entries, *postings;
    bool posting_row; /* the postings statement stands on a row not yet taken */
    int64_t entry_count, posting_count;
    int64_t last; /* entry gone through */
    struct tl_digest previous;
    struct tl_buf bytes; /* that a seal covers */
};

/* What the postings of the present entry come to. */
struct taken {
    int64_t count;
    __extension__ __int128 sum;
    bool gap; /* their numbers are not 1, 2, 3 ... */
};

static void take_posting(struct walk *walk, struct taken *taken)
{
    struct seal_posting posting = seal_posting_of(walk->postings, 2);
    seal_write_posting(&walk->bytes, &posting);
    taken->count++;
    taken->gap = taken->gap || tl_stmt_int(walk->postings, 1) != taken->count;
    taken->sum += posting.amount_minor;
    walk->posting_count++;
}

/* Writes the postings of an entry behind its bytes; those of entries that are not there are passed over. */
static tl_status take_postings(struct walk *walk, int64_t entry, struct taken *taken, struct tl_err *err)
{
    tl_status status = TL_OK;
    *taken = (struct taken){0};
    while (status == TL_OK && walk->posting_row && tl_stmt_int(walk->postings, 0) <= entry) {
        if (tl_stmt_int(walk->postings, 0) == entry)
            take_posting(walk, taken);
        status = tl_stmt_next(walk->postings, &walk->posting_row, err);
    }
    return status;
}

static tl_status check_number(struct walk *walk, int64_t id, struct tl_err *err)
{
    int64_t first = walk->last + 1, last = id - 1;
    if (id < 1)
        return tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " has a number below 1", id);
    walk->last = id;
    if (first == id)
        return TL_OK;
    if (first == last)
        return tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " is missing", first);
    return tl_findings_add(walk->findings, err, CHECK, "entries %" PRId64 " to %" PRId64 " are missing", first, last);
}

static tl_status check_postings(struct walk *walk, int64_t id, const struct taken *taken, struct tl_err *err)
{
    if (taken->count < 2)
        return tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " has %" PRId64 " postings, fewer than two",
                               id, taken->count);
    if (taken->sum != 0)
        return tl_findings_add(walk->findings, err, CHECK, "the postings of entry %" PRId64 " do not sum to zero", id);
    if (taken->gap)
        return tl_findings_add(walk->findings, err, CHECK, "the postings of entry %" PRId64 " are not numbered from 1",
                               id);
    return TL_OK;
}

static tl_status check_seal(struct walk *walk, int64_t id, const struct tl_digest *previous,
                            const struct tl_digest *stored, struct tl_err *err)
{
    struct tl_digest computed = tl_digest_of(walk->bytes.bytes, walk->bytes.length);
    tl_status status = TL_OK;
    if (!tl_digest_equal(&computed, stored))
        status =
            tl_findings_add(walk->findings, err, CHECK, "entry %" PRId64 " is not what was sealed: it was changed", id);
    else if (!tl_digest_equal(previous, &walk->previous))
        status = tl_findings_add(walk->findings, err, CHECK,
                                 "the seal of entry %" PRId64 " does not follow the seal before it", id);
    walk->previous = *stored;
    return status;
}

static tl_status check_entry(struct walk *walk, struct tl_err *err)
{
    struct tl_stmt *stmt = walk->entries;
    struct taken taken;
    struct tl_digest previous = {{0}}, stored;
    int64_t id = tl_stmt_int(stmt, 0);
    bool is_sealed = !tl_stmt_is_null(stmt, 1);
    bool is_hash = tl_stmt_digest(stmt, 2, &previous) && tl_stmt_digest(stmt, 3, &stored);
    struct seal_act act = seal_act_of(stmt, 4);
    struct seal_entry entry = seal_entry_of(stmt, 7);
    walk->bytes.length = 0;
    seal_write_place(&walk->bytes, &previous, id, &act);
    seal_write_entry(&walk->bytes, &entry);
    tl_status status = check_number(walk, id, err);
    walk->entry_count++;
    if (status == TL_OK)
        status = take_postings(walk, id, &taken, err);
    if (status == TL_OK)
        status = tl_buf_status(&walk->bytes, err);
    if (status == TL_OK)
        status = check_postings(walk, id, &taken, err);
    if (status != TL_OK)
        return status;
    if (!is_sealed)
        return tl_findings_add(walk->findings, err, CHECK,
                               "entry %" PRId64 " has no seal and counts for nothing: it was not written by tilslut",
                               id);
    if (!is_hash)
        return tl_findings_add(walk->findings, err, CHECK, "the seal of entry %" PRId64 " is not a hash", id);
    return check_seal(walk, id, &previous, &stored, err);
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
    struct walk walk = {.findings = findings};
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
    tl_buf_release(&walk.bytes);
    return status;
}
