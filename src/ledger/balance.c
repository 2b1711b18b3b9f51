/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/balance.h"

#include "tilslut/ledger/kept_balance.h"
#include "tilslut/store/stmt.h"

enum { SQL_ALL, SQL_FROM_KEPT };

/* By entry, since the postings of an entry lie together: a look-up for each entry, not for each posting. What is
 * summed: the accounts of a close, if any, and the entries dated after it. */
#define SUM_OF "SELECT c.code, c.name_da, c.name_en, sum(t.debit), sum(t.credit) FROM ("
#define POSTINGS                                                                                                       \
    "SELECT p.account_code AS code, sum(max(p.amount_minor, 0)) AS debit, sum(max(-p.amount_minor, 0)) AS credit "
#define BY_ACCOUNT ") t JOIN account c ON c.code = t.code GROUP BY c.code ORDER BY c.code"

static const char *const SQL[] = {
    [SQL_ALL] = SUM_OF POSTINGS "FROM entry e CROSS JOIN seal s ON s.entry_id = e.id "
                                "CROSS JOIN posting p ON p.entry_id = e.id "
                                "WHERE e.act_id <= ?1 AND (?2 = '' OR e.holds_on <= ?2) "
                                "GROUP BY p.account_code" BY_ACCOUNT,
    [SQL_FROM_KEPT] = SUM_OF "SELECT account_code AS code, debit_minor AS debit, credit_minor AS credit "
                             "FROM period_balance WHERE close_id = ?3 UNION ALL " POSTINGS
                             "FROM entry e INDEXED BY entry_by_date CROSS JOIN seal s ON s.entry_id = e.id "
                             "CROSS JOIN posting p ON p.entry_id = e.id WHERE e.holds_on > ?4 "
                             "AND e.holds_on <= iif(?2 = '', '9999-12-31', ?2) AND e.act_id <= ?1 "
                             "GROUP BY p.account_code" BY_ACCOUNT,
};

tl_status tl_balance_read(struct tl_balance **out, size_t *count, struct tl_store *store, struct tl_date until,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_balance *balances = NULL;
    struct tl_kept kept;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_kept_balance_find(&kept, store, until, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[kept.close == 0 ? SQL_ALL : SQL_FROM_KEPT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_date(stmt, 2, until);
    if (kept.close != 0) {
        tl_stmt_bind_int(stmt, 3, kept.close);
        tl_stmt_bind_date(stmt, 4, kept.last);
    }
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        balances = tl_arena_grow(arena, balances, *count, &capacity, sizeof *balances);
        if (balances == NULL)
            return tl_err_memory(err);
        struct tl_balance *balance = &balances[(*count)++];
        *balance = (struct tl_balance){.account = tl_stmt_copy(stmt, 0, arena),
                                       .name_da = tl_stmt_copy(stmt, 1, arena),
                                       .name_en = tl_stmt_copy(stmt, 2, arena),
                                       .debit = {tl_stmt_int(stmt, 3)},
                                       .credit = {tl_stmt_int(stmt, 4)}};
        if (balance->account == NULL || balance->name_da == NULL || balance->name_en == NULL)
            return tl_err_memory(err);
        status = tl_money_subtract(&balance->balance, balance->debit, balance->credit, err);
    }
    tl_stmt_end(stmt);
    *out = balances;
    return status;
}
