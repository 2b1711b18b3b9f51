/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/balance.h"

#include "tilslut/store/stmt.h"

/* By entry, since the postings of an entry lie together: a look-up for each entry, not for each posting. */
static const char SQL[] = "SELECT c.code, c.name_da, c.name_en, t.debit, t.credit FROM (SELECT p.account_code AS code, "
                          "sum(max(p.amount_minor, 0)) AS debit, sum(max(-p.amount_minor, 0)) AS credit FROM entry e "
                          "CROSS JOIN seal s ON s.entry_id = e.id CROSS JOIN posting p ON p.entry_id = e.id "
                          "WHERE e.act_id <= ?1 AND (?2 = '' OR e.holds_on <= ?2) GROUP BY p.account_code) t "
                          "JOIN account c ON c.code = t.code ORDER BY c.code";

tl_status tl_balance_read(struct tl_balance **out, size_t *count, struct tl_store *store, struct tl_date until,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_balance *balances = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_date(stmt, 2, until);
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
