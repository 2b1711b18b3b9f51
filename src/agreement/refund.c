/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/refund.h"

#include <inttypes.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_END, SQL_LIST, SQL_FIND, SQL_BALANCE };

#define COLUMNS                                                                                                        \
    "SELECT r.id, r.party_code, r.amount_minor, r.holds_on, r.reason, coalesce(e.outcome, 'draft'), a.actor, "         \
    "coalesce(b.actor, ''), coalesce(e.entry_id, 0) FROM refund r JOIN act a ON a.id = r.act_id "                      \
    "LEFT JOIN refund_end e ON e.refund_id = r.id AND e.act_id <= ?1 LEFT JOIN act b ON b.id = e.act_id "              \
    "WHERE r.act_id <= ?1"

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO refund (party_code, amount_minor, holds_on, reason, act_id) VALUES (?1, ?2, ?3, ?4, ?5) "
                "RETURNING id",
    [SQL_END] = "INSERT INTO refund_end (refund_id, outcome, entry_id, act_id) VALUES (?1, ?2, nullif(?3, 0), ?4)",
    [SQL_LIST] = COLUMNS " ORDER BY r.id",
    [SQL_FIND] = COLUMNS " AND r.id = ?2",
    [SQL_BALANCE] = "SELECT coalesce(sum(p.amount_minor), 0) FROM posting p JOIN seal s ON s.entry_id = p.entry_id "
                    "JOIN entry e ON e.id = p.entry_id WHERE p.party_code = ?1 AND p.account_code = "
                    "'" TL_ACCOUNT_RECEIVABLE "' AND e.holds_on <= ?2",
};

static tl_status read_row(struct tl_refund *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_refund){.id = tl_stmt_int(stmt, 0),
                              .party = tl_stmt_copy(stmt, 1, arena),
                              .amount = {tl_stmt_int(stmt, 2)},
                              .date = tl_stmt_date(stmt, 3),
                              .reason = tl_stmt_copy(stmt, 4, arena),
                              .state = tl_stmt_copy(stmt, 5, arena),
                              .author = tl_stmt_copy(stmt, 6, arena),
                              .ended_by = tl_stmt_copy(stmt, 7, arena),
                              .entry = tl_stmt_int(stmt, 8)};
    bool whole =
        out->party != NULL && out->reason != NULL && out->state != NULL && out->author != NULL && out->ended_by != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

tl_status tl_refund_list(struct tl_refund **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_refund *refunds = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        refunds = tl_arena_grow(arena, refunds, *count, &capacity, sizeof *refunds);
        status = refunds == NULL ? tl_err_memory(err) : read_row(&refunds[*count], stmt, arena, err);
        if (status != TL_OK)
            return status;
        ++*count;
    }
    *out = refunds;
    return status;
}

/* A draft of that number. */
static tl_status find_draft(struct tl_refund *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no refund %" PRId64, id);
        tl_err_hint(err, "tilslut list refunds shows them");
        return TL_ERR_NOT_FOUND;
    }
    if (status != TL_OK)
        return status;
    status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    if (status == TL_OK && !tl_text_equal(out->state, "draft"))
        return tl_err_set(err, TL_ERR_STATE, "refund %" PRId64 " is %s already, by %s", id, out->state, out->ended_by);
    return status;
}

/* What is sent back must be there: the balance counts open charges too. */
static tl_status check_credit(struct tl_store *store, const struct tl_refund *refund, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_money balance = {0};
    char credit[TL_MONEY_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_BALANCE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, refund->party);
    tl_stmt_bind_date(stmt, 2, refund->date);
    status = tl_stmt_answer(stmt, &balance.minor, err);
    if (status != TL_OK || -balance.minor >= refund->amount.minor)
        return status;
    struct tl_money kept = {balance.minor < 0 ? -balance.minor : 0};
    (void)tl_err_set(err, TL_ERR_STATE, "%s has %s to its credit, not %s", refund->party, tl_money_da(kept, credit),
                     tl_money_da(refund->amount, amount));
    tl_err_hint(err, "tilslut list open %s shows the account", refund->party);
    return TL_ERR_STATE;
}

tl_status tl_refund_draft(struct tl_refund *refund, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    struct tl_stmt *stmt;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_party_find(&party, store, refund->party, refund->date, &arena, err);
    if (status == TL_OK && refund->amount.minor <= 0)
        status = tl_err_set(err, TL_ERR_INPUT, "a refund of %s is none", tl_money_plain(refund->amount, amount));
    if (status == TL_OK && refund->reason[0] == '\0')
        status = tl_err_set(err, TL_ERR_INPUT, "a refund needs a reason");
    if (status == TL_OK)
        status = check_credit(store, refund, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, refund->party);
        tl_stmt_bind_int(stmt, 2, refund->amount.minor);
        tl_stmt_bind_date(stmt, 3, refund->date);
        tl_stmt_bind_text(stmt, 4, refund->reason);
        tl_stmt_bind_int(stmt, 5, tl_store_act(store));
        status = tl_stmt_answer(stmt, &refund->id, err);
    }
    tl_arena_release(&arena);
    return status;
}

static tl_status post(int64_t *entry_id, struct tl_store *store, const struct tl_refund *refund, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_posting postings[] = {
        {TL_ACCOUNT_RECEIVABLE, refund->party, NULL, "", refund->amount},
        {TL_ACCOUNT_SETTLEMENT, refund->party, NULL, "", tl_money_negate(refund->amount)},
    };
    const char *key = tl_arena_format(arena, "refund:%" PRId64, refund->id);
    struct tl_entry entry = {.kind = "payment",
                             .holds_on = refund->date,
                             .reference = "",
                             .text = tl_arena_format(arena, "Tilbagebetaling: %s", refund->reason),
                             .postings = postings,
                             .posting_count = 2};
    bool already;
    if (key == NULL || entry.text == NULL)
        return tl_err_memory(err);
    return tl_entry_post(entry_id, &already, store, key, &entry, err);
}

static tl_status end(struct tl_store *store, int64_t id, const char *outcome, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, entry);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_refund_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_refund refund;
    tl_status status = find_draft(&refund, store, id, &arena, err);
    if (status == TL_OK)
        status = tl_person_check_second("refund", refund.id, refund.author, actor, "refund approve", err);
    if (status == TL_OK)
        status = check_credit(store, &refund, err);
    if (status == TL_OK)
        status = post(entry, store, &refund, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "approved", *entry, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_refund_discard(struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_refund refund;
    tl_status status = find_draft(&refund, store, id, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "discarded", 0, err);
    tl_arena_release(&arena);
    return status;
}
