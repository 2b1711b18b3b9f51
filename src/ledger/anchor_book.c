/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/anchor_book.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "tilslut/ledger/chain.h"
#include "tilslut/store/stmt.h"

enum { SQL_LAST_ACT, SQL_ACT, SQL_ENTRY, SQL_DATED, SQL_SUMS, SQL_LAST_ENTRY };

static const char *const SQL[] = {
    [SQL_LAST_ACT] = "SELECT a.id, s.hash, a.recorded_at FROM act_seal s JOIN act a ON a.id = s.act_id "
                     "ORDER BY s.act_id DESC LIMIT 1",
    [SQL_ACT] = "SELECT hash FROM act_seal WHERE act_id = ?1",
    [SQL_ENTRY] = "SELECT hash FROM seal WHERE entry_id = ?1",
    [SQL_DATED] = "SELECT holds_on FROM entry WHERE id = ?1",
    [SQL_SUMS] = "SELECT count(*), coalesce(sum(CASE WHEN amount_minor > 0 THEN amount_minor END), 0) FROM posting "
                 "WHERE entry_id <= ?1",
    [SQL_LAST_ENTRY] = "SELECT coalesce(max(entry_id), 0) FROM seal",
};

const struct tl_check tl_anchor_book_row = {.name = "anchor",
                                            .proves = "the seals of an anchor still lie in the chains"};

static tl_status read_last_act(struct tl_anchor *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LAST_ACT], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row)
        return tl_err_set(err, TL_ERR_STATE, "nothing is recorded in the ledger");
    out->act = tl_stmt_int(stmt, 0);
    snprintf(out->recorded, sizeof out->recorded, "%s", tl_stmt_text(stmt, 2));
    if (!tl_stmt_digest(stmt, 1, &out->act_seal))
        status = tl_err_set(err, TL_ERR_BROKEN, "the seal of act %" PRId64 " is not a hash", out->act);
    tl_stmt_end(stmt);
    return status;
}

static tl_status read_date(struct tl_date *out, struct tl_store *store, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_date){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_DATED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row)
        *out = tl_stmt_date(stmt, 0);
    tl_stmt_end(stmt);
    return status;
}

static tl_status read_sums(int64_t *postings, struct tl_money *debit, struct tl_store *store, int64_t entry,
                           struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SUMS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *postings = tl_stmt_int(stmt, 0);
        debit->minor = tl_stmt_int(stmt, 1);
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_anchor_book_take(struct tl_anchor *out, struct tl_store *store, const char *program, struct tl_err *err)
{
    struct tl_chain_head head;
    *out = (struct tl_anchor){0};
    tl_status status = read_last_act(out, store, err);
    if (status == TL_OK)
        status = tl_chain_read_head(&head, store, err);
    if (status != TL_OK)
        return status;
    out->entry = head.entry;
    out->entry_seal = head.hash;
    snprintf(out->owner, sizeof out->owner, "%s", tl_store_owner(store));
    snprintf(out->currency, sizeof out->currency, "%s", tl_store_currency(store));
    snprintf(out->program, sizeof out->program, "%s", program);
    status = read_date(&out->dated, store, out->entry, err);
    return status == TL_OK ? read_sums(&out->postings, &out->debit, store, out->entry, err) : status;
}

/* The seal with a number, as hexadecimal digits; "" when there is none. */
static tl_status read_seal(char out[TL_DIGEST_HEX_SIZE], struct tl_store *store, int sql, int64_t number,
                           struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_digest digest;
    bool row;
    out[0] = '\0';
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, number);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row && tl_stmt_digest(stmt, 0, &digest))
        (void)tl_digest_hex(&digest, out);
    tl_stmt_end(stmt);
    return status;
}

static tl_status last_number(int64_t *out, struct tl_store *store, int sql, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    return status == TL_OK ? tl_stmt_answer(stmt, out, err) : status;
}

/* Compares one seal with the first digits of the anchor's. */
static tl_status compare_seal(struct tl_check_work *work, struct tl_store *store, const char *what, int sql,
                              int sql_last, int64_t number, const char *digits, struct tl_err *err)
{
    char present[TL_DIGEST_HEX_SIZE];
    int64_t last = 0;
    tl_status status = read_seal(present, store, sql, number, err);
    if (status == TL_OK && present[0] == '\0')
        status = last_number(&last, store, sql_last, err);
    if (status != TL_OK)
        return status;
    if (present[0] == '\0' && last < number)
        return tl_check_found(work, err,
                              "the anchor is of %s %" PRId64 ", but the ledger ends at %s %" PRId64
                              ": what came last was removed",
                              what, number, what, last);
    if (present[0] == '\0')
        return tl_check_found(work, err, "the seal of %s %" PRId64 ", which the anchor is of, is missing", what,
                              number);
    if (strncasecmp(present, digits, strlen(digits)) != 0)
        return tl_check_found(
            work, err, "the seal of %s %" PRId64 " is not the one of the anchor: what lies up to it was made anew",
            what, number);
    return TL_OK;
}

static tl_status check_ledger(struct tl_store *store, const struct tl_anchor *anchor, struct tl_err *err)
{
    if (tl_text_equal(anchor->owner, tl_store_owner(store)) &&
        tl_text_equal(anchor->currency, tl_store_currency(store)))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "the anchor is of the ledger of '%s' in %s, and this is that of '%s' in %s",
                     anchor->owner, anchor->currency, tl_store_owner(store), tl_store_currency(store));
    tl_err_hint(err, "name the ledger with -f FILE");
    return TL_ERR_INPUT;
}

static tl_status compare_sums(struct tl_check_work *work, struct tl_store *store, const struct tl_anchor *anchor,
                              struct tl_err *err)
{
    int64_t postings = 0;
    struct tl_money debit = {0};
    char was[TL_MONEY_TEXT_SIZE], is[TL_MONEY_TEXT_SIZE];
    tl_status status = read_sums(&postings, &debit, store, anchor->entry, err);
    if (status != TL_OK || (postings == anchor->postings && debit.minor == anchor->debit.minor))
        return status;
    return tl_check_found(
        work, err,
        "up to entry %" PRId64 " there were %" PRId64 " postings with debits of %s, and there are %" PRId64 " of %s",
        anchor->entry, anchor->postings, tl_money_plain(anchor->debit, was), postings, tl_money_plain(debit, is));
}

tl_status tl_anchor_book_check(struct tl_check_work *work, struct tl_store *store, const struct tl_anchor *anchor,
                               struct tl_err *err)
{
    char hex[TL_DIGEST_HEX_SIZE];
    size_t before = work->findings->count + work->findings->left_out;
    tl_status status = check_ledger(store, anchor, err);
    if (status == TL_OK)
        status = compare_seal(work, store, "act", SQL_ACT, SQL_LAST_ACT, anchor->act,
                              tl_digest_hex(&anchor->act_seal, hex), err);
    if (status == TL_OK && anchor->entry > 0)
        status = compare_seal(work, store, "entry", SQL_ENTRY, SQL_LAST_ENTRY, anchor->entry,
                              tl_digest_hex(&anchor->entry_seal, hex), err);
    /* of what is no longer there, the sums need not be told too */
    if (status != TL_OK || work->findings->count + work->findings->left_out > before)
        return status;
    return compare_sums(work, store, anchor, err);
}

tl_status tl_anchor_book_check_entry(struct tl_check_work *work, struct tl_store *store, int64_t entry,
                                     const char *digits, struct tl_err *err)
{
    return compare_seal(work, store, "entry", SQL_ENTRY, SQL_LAST_ENTRY, entry, digits, err);
}
