/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "carryover_parts.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_LIST, SQL_SHARES, SQL_BROUGHT, SQL_POSTED, SQL_SHARE_POSTED, SQL_STRAY };

static const char *const SQL[] = {
    [SQL_LIST] = "SELECT c.id, c.product_code, c.year, c.destination, c.amount_minor, d.body || ' ' || d.decided_on || "
                 "' ' || d.reference, coalesce(e.outcome, 'draft'), a.actor, coalesce(b.actor, ''), "
                 "coalesce(e.entry_id, 0), c.key, c.figures_on, c.act_id FROM carry AS c JOIN decision AS d ON d.id = "
                 "c.decision_id "
                 "JOIN act AS a ON a.id = c.act_id LEFT JOIN carry_end AS e ON e.carry_id = c.id AND e.act_id <= ?1 "
                 "LEFT JOIN act AS b ON b.id = e.act_id WHERE c.act_id <= ?1 ORDER BY c.id",
    [SQL_SHARES] = "SELECT party_code, weight_minor, working, amount_minor FROM carry_share WHERE carry_id = ?1 "
                   "ORDER BY party_code",
    [SQL_BROUGHT] = "SELECT coalesce(sum(c.amount_minor), 0) FROM carry AS c JOIN carry_end AS e ON e.carry_id = c.id "
                    "WHERE c.product_code = ?1 AND c.year = ?2 AND c.destination = 'next' AND e.outcome = 'approved' "
                    "AND e.act_id <= ?3",
    [SQL_POSTED] = "SELECT coalesce(sum(p.amount_minor), 0) FROM posting AS p JOIN entry AS e ON e.id = p.entry_id "
                   "WHERE e.id = ?1 AND e.kind = 'transfer' AND e.holds_on = ?2 || '-12-31' AND p.account_code = ?3 "
                   "AND p.product_code = ?4",
    [SQL_SHARE_POSTED] = "SELECT coalesce(sum(amount_minor), 0) FROM posting WHERE entry_id = ?1 AND party_code = ?2 "
                         "AND account_code = '" TL_ACCOUNT_RECEIVABLE "'",
    [SQL_STRAY] = "SELECT p.entry_id FROM posting AS p WHERE p.key >= 'carry:' AND p.key < 'carry;' AND p.seq = 1 "
                  "AND NOT EXISTS (SELECT 1 FROM carry_end AS e WHERE e.entry_id = p.entry_id "
                  "AND p.key = 'carry:' || e.carry_id || '#1') ORDER BY p.entry_id",
};

static tl_status read_shares(struct tl_carryover *carry, struct tl_store *store, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SHARES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, carry->id);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_carryover_share share = {
            tl_stmt_copy(stmt, 0, arena), {tl_stmt_int(stmt, 1)}, tl_stmt_copy(stmt, 2, arena), {tl_stmt_int(stmt, 3)}};
        carry->shares = tl_arena_grow(arena, carry->shares, carry->share_count, &capacity, sizeof *carry->shares);
        if (share.party == NULL || share.working == NULL || carry->shares == NULL) {
            tl_stmt_end(stmt);
            return tl_err_memory(err);
        }
        carry->shares[carry->share_count++] = share;
    }
    return status;
}

static tl_status read_row(struct tl_carryover *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_carryover){.id = tl_stmt_int(stmt, 0),
                                 .product = tl_stmt_copy(stmt, 1, arena),
                                 .year = (int)tl_stmt_int(stmt, 2),
                                 .destination = tl_stmt_copy(stmt, 3, arena),
                                 .amount = {tl_stmt_int(stmt, 4)},
                                 .decision = tl_stmt_copy(stmt, 5, arena),
                                 .state = tl_stmt_copy(stmt, 6, arena),
                                 .author = tl_stmt_copy(stmt, 7, arena),
                                 .ended_by = tl_stmt_copy(stmt, 8, arena),
                                 .entry = tl_stmt_int(stmt, 9),
                                 .key = tl_stmt_copy(stmt, 10, arena),
                                 .figures_on = tl_stmt_date(stmt, 11),
                                 .act = tl_stmt_int(stmt, 12)};
    bool whole = out->key != NULL && out->product != NULL && out->destination != NULL && out->decision != NULL &&
                 out->state != NULL && out->author != NULL && out->ended_by != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

tl_status tl_carryover_list(struct tl_carryover **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_carryover *carries = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        carries = tl_arena_grow(arena, carries, *count, &capacity, sizeof *carries);
        status = carries == NULL ? tl_err_memory(err) : read_row(&carries[*count], stmt, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        ++*count;
    }
    for (size_t i = 0; status == TL_OK && i < *count; i++)
        status = read_shares(&carries[i], store, arena, err);
    *out = carries;
    return status;
}

tl_status tl_carryover_brought(struct tl_money *out, struct tl_store *store, const char *product, int year,
                               struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_BROUGHT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, year);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    return tl_stmt_answer(stmt, &out->minor, err);
}

/* ---- the check ---- */

static tl_status check_posted(struct tl_check_work *work, struct tl_store *store, const struct tl_carryover *carry,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t posted = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_POSTED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, carry->entry);
    tl_stmt_bind_int(stmt, 2, carry->year);
    tl_stmt_bind_text(stmt, 3, tl_carryover_account(carry->destination));
    tl_stmt_bind_text(stmt, 4, carry->product);
    status = tl_stmt_answer(stmt, &posted, err);
    return status == TL_OK && posted != -carry->amount.minor
               ? tl_check_found(work, err, "carry %" PRId64 " is not the amount of entry %" PRId64, carry->id,
                                carry->entry)
               : status;
}

/* What each has of a result that is shared by a key, by what was known when it was drafted; one that cannot be worked
 * out is told by *works. */
static tl_status share_again(int64_t *amounts, bool *works, struct tl_store *store, const struct tl_carryover *carry,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_carryover again = *carry;
    struct tl_err told = TL_ERR_NONE;
    int64_t known = tl_store_known(store);
    tl_store_set_known(store, carry->act);
    tl_status status = tl_carryover_share_out(&again, store, arena, &told);
    tl_store_set_known(store, known);
    if (status == TL_ERR_MEMORY || status == TL_ERR_STORE) {
        *err = told;
        return status;
    }
    *works = status == TL_OK && again.share_count == carry->share_count;
    for (size_t i = 0; *works && i < again.share_count; i++) {
        *works = tl_text_equal(again.shares[i].party, carry->shares[i].party);
        amounts[i] = again.shares[i].amount.minor;
    }
    return TL_OK;
}

/* The shares are worked out again from what they rest on. */
static tl_status check_shares(struct tl_check_work *work, struct tl_store *store, const struct tl_carryover *carry,
                              struct tl_arena *arena, struct tl_err *err)
{
    if (tl_text_equal(carry->destination, "members") != (carry->share_count > 0))
        return tl_check_found(work, err, "carry %" PRId64 " goes to '%s', and has %zu shares", carry->id,
                              carry->destination, carry->share_count);
    int64_t *amounts = tl_arena_alloc(arena, carry->share_count + 1, sizeof *amounts);
    if (amounts == NULL)
        return tl_err_memory(err);
    bool works = true;
    tl_status status = carry->share_count == 0 ? TL_OK
                       : carry->key[0] != '\0' ? share_again(amounts, &works, store, carry, arena, err)
                                               : tl_carryover_apportion(amounts, carry->amount, carry->shares,
                                                                        carry->share_count, arena, err);
    if (status == TL_OK && !works)
        return tl_check_found(work, err, "carry %" PRId64 " is not shared between its members by its key", carry->id);
    for (size_t i = 0; status == TL_OK && i < carry->share_count; i++) {
        const struct tl_carryover_share *share = &carry->shares[i];
        struct tl_stmt *stmt;
        int64_t posted = -share->amount.minor;
        if (carry->entry != 0) {
            status = tl_stmt_get(&stmt, store, SQL[SQL_SHARE_POSTED], err);
            if (status != TL_OK)
                break;
            tl_stmt_bind_int(stmt, 1, carry->entry);
            tl_stmt_bind_text(stmt, 2, share->party);
            status = tl_stmt_answer(stmt, &posted, err);
        }
        if (status == TL_OK && (amounts[i] != share->amount.minor || posted != -share->amount.minor))
            status = tl_check_found(work, err, "what '%s' has of carry %" PRId64 " is not its share", share->party,
                                    carry->id);
    }
    return status;
}

/* A later posting into the year may be right, and is then carried by nobody. */
static tl_status remark_later(struct tl_check_work *work, struct tl_store *store, const struct tl_carryover *carry,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_carryover_lines lines;
    char left[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_carryover_result(&lines, store, carry->product, carry->year, arena, err);
    if (status == TL_OK && !tl_money_is_zero(lines.result))
        tl_check_remark(work, "since carry %" PRId64 " %s was posted into %d of '%s', and is not carried", carry->id,
                        tl_money_plain(lines.result, left), carry->year, carry->product);
    return status;
}

static tl_status check_one(struct tl_check_work *work, struct tl_store *store, const struct tl_carryover *carry,
                           struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = check_shares(work, store, carry, arena, err);
    if (status != TL_OK || !tl_text_equal(carry->state, "approved"))
        return status;
    if (tl_person_is_same(carry->author, carry->ended_by))
        status = tl_check_found(work, err, "carry %" PRId64 " was drafted and approved by %s alone", carry->id,
                                carry->author);
    if (status == TL_OK)
        status = check_posted(work, store, carry, err);
    return status == TL_OK ? remark_later(work, store, carry, arena, err) : status;
}

static tl_status check_strays(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_STRAY], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_check_found(work, err, "entry %" PRId64 " carries a result that no carry was approved for",
                                tl_stmt_int(stmt, 0));
    return status;
}

tl_status tl_carryover_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_carryover *carries = NULL;
    size_t count = 0;
    tl_status status = tl_carryover_list(&carries, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = check_one(work, store, &carries[i], &arena, err);
    if (status == TL_OK)
        status = check_strays(work, store, err);
    tl_check_counted(work, (int64_t)count, "carry", "carries");
    tl_arena_release(&arena);
    return status;
}
