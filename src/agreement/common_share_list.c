/* SPDX-License-Identifier: MPL-2.0 */
/* The shares of the secretariat as they stand, and the check of what they posted. */
#include <inttypes.h>

#include "common_share_parts.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"

enum { SQL_LIST, SQL_POSTED, SQL_STRAY };

static const char *const SQL[] = {
    [SQL_LIST] = "SELECT s.id, s.product_code, s.year, s.income_minor, s.members, s.entitled_minor, s.booked_minor, "
                 "coalesce(e.outcome, 'draft'), a.actor, coalesce(b.actor, ''), coalesce(e.entry_id, 0), "
                 "s.act_id, " TL_COMMON_SHARE_RATE_COLUMNS
                 " FROM common_share AS s JOIN common_share_rate AS r ON r.id = s.rate_id "
                 "JOIN decision AS d ON d.id = r.decision_id JOIN act AS a ON a.id = s.act_id "
                 "LEFT JOIN common_share_end AS e ON e.share_id = s.id AND e.act_id <= ?1 "
                 "LEFT JOIN act AS b ON b.id = e.act_id WHERE s.act_id <= ?1 ORDER BY s.id",
    [SQL_POSTED] = "SELECT count(*) FROM posting AS c JOIN posting AS d ON d.entry_id = c.entry_id AND d.seq = 2 "
                   "JOIN entry AS e ON e.id = c.entry_id WHERE c.key = 'share:' || ?1 || '#1' AND c.entry_id = ?2 "
                   "AND c.account_code = ?3 AND c.product_code = ?4 AND c.amount_minor = ?5 AND d.account_code = ?6 "
                   "AND d.product_code = ?7 AND d.amount_minor = -?5 AND e.kind = 'transfer'",
    [SQL_STRAY] = "SELECT p.entry_id FROM posting AS p WHERE p.key >= 'share:' AND p.key < 'share;' AND p.seq = 1 "
                  "AND NOT EXISTS (SELECT 1 FROM common_share_end AS e WHERE e.entry_id = p.entry_id "
                  "AND p.key = 'share:' || e.share_id || '#1') ORDER BY p.entry_id",
};

enum { COLUMN_RATE = 12 };

static tl_status read_row(struct tl_common_share *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_common_share){.id = tl_stmt_int(stmt, 0),
                                    .product = tl_stmt_copy(stmt, 1, arena),
                                    .year = (int)tl_stmt_int(stmt, 2),
                                    .income = {tl_stmt_int(stmt, 3)},
                                    .members = tl_stmt_int(stmt, 4),
                                    .entitled = {tl_stmt_int(stmt, 5)},
                                    .booked = {tl_stmt_int(stmt, 6)},
                                    .state = tl_stmt_copy(stmt, 7, arena),
                                    .author = tl_stmt_copy(stmt, 8, arena),
                                    .ended_by = tl_stmt_copy(stmt, 9, arena),
                                    .entry = tl_stmt_int(stmt, 10),
                                    .act = tl_stmt_int(stmt, 11)};
    if (out->product == NULL || out->state == NULL || out->author == NULL || out->ended_by == NULL)
        return tl_err_memory(err);
    tl_status status = tl_common_share_rate_read(&out->rate, stmt, COLUMN_RATE, arena, err);
    if (status == TL_OK)
        status = tl_money_subtract(&out->amount, out->entitled, out->booked, err);
    if (status == TL_OK && (out->working = tl_common_share_working(out, arena)) == NULL)
        status = tl_err_memory(err);
    return status;
}

tl_status tl_common_share_list(struct tl_common_share **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_common_share *shares = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        shares = tl_arena_grow(arena, shares, *count, &capacity, sizeof *shares);
        status = shares == NULL ? tl_err_memory(err) : read_row(&shares[*count], stmt, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        ++*count;
    }
    *out = shares;
    return status;
}

/* ---- the check ---- */

/* That it comes to what was known when it was drafted. */
static tl_status check_computed(struct tl_check_work *work, struct tl_store *store, const struct tl_common_share *share,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct tl_common_share again;
    struct tl_err told = TL_ERR_NONE;
    bool found = false;
    int64_t known = tl_store_known(store);
    tl_store_set_known(store, share->act);
    tl_status status = tl_common_share_compute(&again, &found, store, share->product, share->year, arena, &told);
    tl_store_set_known(store, known);
    if (status == TL_ERR_MEMORY || status == TL_ERR_STORE) {
        *err = told;
        return status;
    }
    bool same = status == TL_OK && found && again.rate.id == share->rate.id &&
                again.income.minor == share->income.minor && again.members == share->members &&
                again.entitled.minor == share->entitled.minor && again.booked.minor == share->booked.minor;
    return same ? TL_OK
                : tl_check_found(work, err, "share %" PRId64 " is not what it came to when it was drafted", share->id);
}

static tl_status check_posted(struct tl_check_work *work, struct tl_store *store, const struct tl_common_share *share,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_POSTED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, share->id);
    tl_stmt_bind_int(stmt, 2, share->entry);
    tl_stmt_bind_text(stmt, 3, share->rate.cost_account);
    tl_stmt_bind_text(stmt, 4, share->product);
    tl_stmt_bind_int(stmt, 5, share->amount.minor);
    tl_stmt_bind_text(stmt, 6, share->rate.income_account);
    tl_stmt_bind_text(stmt, 7, share->rate.to);
    status = tl_stmt_answer(stmt, &count, err);
    return status == TL_OK && count == 0
               ? tl_check_found(work, err, "share %" PRId64 " is not what entry %" PRId64 " books on both sides",
                                share->id, share->entry)
               : status;
}

static tl_status check_one(struct tl_check_work *work, struct tl_store *store, const struct tl_common_share *share,
                           struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = check_computed(work, store, share, arena, err);
    if (status != TL_OK || !tl_text_equal(share->state, "approved"))
        return status;
    if (tl_person_is_same(share->author, share->ended_by))
        status = tl_check_found(work, err, "share %" PRId64 " was drafted and approved by %s alone", share->id,
                                share->author);
    return status == TL_OK ? check_posted(work, store, share, err) : status;
}

static tl_status check_strays(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_STRAY], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status =
            tl_check_found(work, err, "entry %" PRId64 " books a share that was not approved", tl_stmt_int(stmt, 0));
    return status;
}

tl_status tl_common_share_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_common_share *shares = NULL;
    size_t count = 0;
    tl_status status = tl_common_share_list(&shares, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = check_one(work, store, &shares[i], &arena, err);
    if (status == TL_OK)
        status = check_strays(work, store, err);
    tl_check_counted(work, (int64_t)count, "share", "shares");
    tl_arena_release(&arena);
    return status;
}
