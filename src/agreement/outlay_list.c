/* SPDX-License-Identifier: MPL-2.0 */
/* Outlays and repayments as they stand, and the check of what they posted. */
#include <inttypes.h>

#include "tilslut/agreement/outlay.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_LIST, SQL_FIND, SQL_REPAYMENTS, SQL_BEYOND, SQL_WRONG, SQL_WRONG_REPAYMENT, SQL_STRAY, SQL_COUNT };

#define OUTLAYS                                                                                                        \
    "SELECT o.voucher_id, o.product_code, o.party_code, o.account_code, coalesce(o.project_code, ''), o.paid_on, "     \
    "o.text, o.evidence, o.amount_minor, coalesce(e.outcome, 'draft'), a.actor, coalesce(b.actor, ''), "               \
    "coalesce(e.holds_on, ''), coalesce((SELECT sum(r.amount_minor) FROM repayment AS r JOIN voucher_end AS x ON "     \
    "x.voucher_id = r.voucher_id WHERE r.outlay_id = o.voucher_id AND x.outcome = 'approved' AND x.act_id <= ?1), 0)"  \
    ", coalesce((SELECT sum(r.amount_minor) FROM repayment AS r WHERE r.outlay_id = o.voucher_id AND r.act_id <= ?1 "  \
    "AND NOT EXISTS (SELECT 1 FROM voucher_end AS x WHERE x.voucher_id = r.voucher_id AND x.act_id <= ?1)), 0) "       \
    "FROM outlay AS o JOIN act AS a ON a.id = o.act_id LEFT JOIN voucher_end AS e ON e.voucher_id = o.voucher_id "     \
    "AND e.act_id <= ?1 LEFT JOIN act AS b ON b.id = e.act_id WHERE o.act_id <= ?1 "

/* The two postings of an approved voucher, and none of any other. */
#define POSTINGS(noun, of)                                                                                             \
    "SELECT v.voucher_id FROM " of " LEFT JOIN voucher_end AS e ON e.voucher_id = v.voucher_id "                       \
    "AND e.outcome = 'approved' LEFT JOIN posting AS c ON c.key = '" noun ":' || v.voucher_id || '#1' "                \
    "LEFT JOIN posting AS d ON d.key = '" noun ":' || v.voucher_id || '#2' "                                           \
    "LEFT JOIN entry AS n ON n.id = c.entry_id WHERE CASE WHEN e.voucher_id IS NULL THEN "                             \
    "c.entry_id IS NOT NULL OR d.entry_id IS NOT NULL ELSE c.amount_minor IS NOT v.amount_minor "                      \
    "OR d.amount_minor IS NOT -v.amount_minor OR d.entry_id IS NOT c.entry_id OR d.party_code IS NOT o.party_code "    \
    "OR c.product_code IS NOT o.product_code OR d.product_code IS NOT o.product_code OR n.holds_on IS NOT e.holds_on "

static const char *const SQL[] = {
    [SQL_LIST] = OUTLAYS "ORDER BY o.voucher_id",
    [SQL_FIND] = OUTLAYS "AND o.voucher_id = ?2",
    [SQL_REPAYMENTS] = "SELECT r.voucher_id, r.outlay_id, o.party_code, r.amount_minor, coalesce(e.outcome, 'draft'), "
                       "a.actor, coalesce(b.actor, ''), coalesce(e.holds_on, '') FROM repayment AS r "
                       "JOIN outlay AS o ON o.voucher_id = r.outlay_id JOIN act AS a ON a.id = r.act_id "
                       "LEFT JOIN voucher_end AS e ON e.voucher_id = r.voucher_id AND e.act_id <= ?1 "
                       "LEFT JOIN act AS b ON b.id = e.act_id WHERE r.act_id <= ?1 ORDER BY r.voucher_id",
    [SQL_BEYOND] = "SELECT r.outlay_id FROM repayment AS r JOIN voucher_end AS e ON e.voucher_id = r.voucher_id "
                   "AND e.outcome = 'approved' GROUP BY r.outlay_id HAVING sum(r.amount_minor) > (SELECT amount_minor "
                   "FROM outlay WHERE voucher_id = r.outlay_id) ORDER BY r.outlay_id",
    [SQL_WRONG] = POSTINGS(
        "outlay",
        "outlay AS v JOIN outlay AS o ON o.voucher_id = v.voucher_id") "OR c.account_code IS NOT o.account_code OR "
                                                                       "d.account_code IS NOT '" TL_ACCOUNT_OUTLAYS "' "
                                                                       "OR n.kind IS NOT 'cost' END ORDER BY "
                                                                       "v.voucher_id",
    [SQL_WRONG_REPAYMENT] = POSTINGS(
        "repayment",
        "repayment AS v JOIN outlay AS o ON o.voucher_id = v.outlay_id") "OR c.account_code IS NOT '" TL_ACCOUNT_OUTLAYS
                                                                         "' OR c.party_code IS NOT o.party_code "
                                                                         "OR d.account_code IS NOT "
                                                                         "'" TL_ACCOUNT_SETTLEMENT
                                                                         "' OR n.kind IS NOT 'payment' END ORDER BY "
                                                                         "v.voucher_id",
    [SQL_STRAY] = "SELECT p.entry_id FROM posting AS p WHERE p.key >= ?1 || ':' AND p.key < ?1 || ';' AND (p.seq > 2 "
                  "OR NOT EXISTS (SELECT 1 FROM voucher AS v WHERE v.kind = ?1 "
                  "AND v.id = CAST(substr(p.key, length(?1) + 2) AS INTEGER))) ORDER BY p.entry_id LIMIT 1",
    [SQL_COUNT] = "SELECT count(*) FROM outlay",
};

static tl_status read_outlay(struct tl_outlay *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_outlay){.id = tl_stmt_int(stmt, 0),
                              .product = tl_stmt_copy(stmt, 1, arena),
                              .party = tl_stmt_copy(stmt, 2, arena),
                              .account = tl_stmt_copy(stmt, 3, arena),
                              .project = tl_stmt_copy(stmt, 4, arena),
                              .paid_on = tl_stmt_date(stmt, 5),
                              .text = tl_stmt_copy(stmt, 6, arena),
                              .evidence = tl_stmt_copy(stmt, 7, arena),
                              .amount = {tl_stmt_int(stmt, 8)},
                              .state = tl_stmt_copy(stmt, 9, arena),
                              .author = tl_stmt_copy(stmt, 10, arena),
                              .ended_by = tl_stmt_copy(stmt, 11, arena),
                              .holds_on = tl_stmt_date(stmt, 12),
                              .repaid = {tl_stmt_int(stmt, 13)},
                              .drafted = {tl_stmt_int(stmt, 14)}};
    bool whole = out->product != NULL && out->party != NULL && out->account != NULL && out->project != NULL &&
                 out->text != NULL && out->evidence != NULL && out->state != NULL && out->author != NULL &&
                 out->ended_by != NULL;
    if (!whole)
        return tl_err_memory(err);
    return tl_text_equal(out->state, "approved") ? tl_money_subtract(&out->owed, out->amount, out->repaid, err) : TL_OK;
}

tl_status tl_outlay_list(struct tl_outlay **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_outlay *outlays = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        outlays = tl_arena_grow(arena, outlays, *count, &capacity, sizeof *outlays);
        status = outlays == NULL ? tl_err_memory(err) : read_outlay(&outlays[*count], stmt, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        ++*count;
    }
    *out = outlays;
    return status;
}

tl_status tl_outlay_find(struct tl_outlay *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        status = read_outlay(out, stmt, arena, err);
        tl_stmt_end(stmt);
    } else if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no outlay %" PRId64, id);
        tl_err_hint(err, "tilslut list outlays shows them");
    }
    return status;
}

tl_status tl_outlay_repayments(struct tl_repayment **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                               struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_repayment *all = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_REPAYMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_repayment one = {tl_stmt_int(stmt, 0),         tl_stmt_int(stmt, 1),
                                   tl_stmt_copy(stmt, 2, arena), {tl_stmt_int(stmt, 3)},
                                   tl_stmt_copy(stmt, 4, arena), tl_stmt_copy(stmt, 5, arena),
                                   tl_stmt_copy(stmt, 6, arena), tl_stmt_date(stmt, 7)};
        all = tl_arena_grow(arena, all, *count, &capacity, sizeof *all);
        if (all == NULL || one.party == NULL || one.state == NULL || one.author == NULL || one.ended_by == NULL) {
            tl_stmt_end(stmt);
            return tl_err_memory(err);
        }
        all[(*count)++] = one;
    }
    *out = all;
    return status;
}

/* ---- the check ---- */

/* Tells each number that a query answers as a finding; `format` has a place for it. */
static tl_status tell(struct tl_check_work *work, struct tl_store *store, int sql, const char *kind, const char *before,
                      const char *behind, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    if (status == TL_OK && kind != NULL)
        tl_stmt_bind_text(stmt, 1, kind);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_check_found(work, err, "%s %" PRId64 " %s", before, tl_stmt_int(stmt, 0), behind);
    return status;
}

tl_status tl_outlay_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_COUNT], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, &count, err);
    if (status == TL_OK)
        status = tell(work, store, SQL_WRONG, NULL, "the postings of outlay", "are not what it comes to", err);
    if (status == TL_OK)
        status =
            tell(work, store, SQL_WRONG_REPAYMENT, NULL, "the postings of repayment", "are not what it comes to", err);
    if (status == TL_OK)
        status = tell(work, store, SQL_BEYOND, NULL, "outlay", "is repaid beyond its amount", err);
    if (status == TL_OK)
        status = tell(work, store, SQL_STRAY, "outlay", "entry", "is of an outlay that there is not", err);
    if (status == TL_OK)
        status = tell(work, store, SQL_STRAY, "repayment", "entry", "is of a repayment that there is not", err);
    tl_check_counted(work, count, "outlay", "outlays");
    return status;
}
