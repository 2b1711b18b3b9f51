/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/journal.h"

#include "tilslut/store/stmt.h"

enum { SQL_ALL, SQL_OF_PARTY };

#define ROWS                                                                                                           \
    "SELECT e.id, p.seq, e.holds_on, e.due_on, e.kind, e.text, e.reference, p.account_code, c.name_da, "               \
    "p.party_code, p.product_code, p.line_id, p.amount_minor, a.recorded_at, a.actor, s.entry_id IS NOT NULL "         \
    "FROM entry e JOIN posting p ON p.entry_id = e.id JOIN act a ON a.id = e.act_id "                                  \
    "JOIN account c ON c.code = p.account_code LEFT JOIN seal s ON s.entry_id = e.id WHERE e.act_id <= ?1 "

/* A condition that holds for all when there is no party would have SQLite go through all entries for one. */
static const char *const SQL[] = {
    [SQL_ALL] = ROWS "ORDER BY e.id, p.seq",
    [SQL_OF_PARTY] = ROWS "AND e.id IN (SELECT entry_id FROM posting WHERE party_code = ?2) ORDER BY e.id, p.seq",
};

static tl_status read_row(struct tl_journal_row *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    static const int columns[] = {4, 5, 6, 7, 8, 9, 10, 11, 13, 14};
    const char *texts[10];
    for (int i = 0; i < 10; i++)
        if ((texts[i] = tl_stmt_copy(stmt, columns[i], arena)) == NULL)
            return tl_err_memory(err);
    *out = (struct tl_journal_row){.entry = tl_stmt_int(stmt, 0),
                                   .seq = tl_stmt_int(stmt, 1),
                                   .holds_on = tl_stmt_date(stmt, 2),
                                   .due_on = tl_stmt_date(stmt, 3),
                                   .kind = texts[0],
                                   .text = texts[1],
                                   .reference = texts[2],
                                   .account = texts[3],
                                   .account_name = texts[4],
                                   .party = texts[5],
                                   .product = texts[6],
                                   .line_id = texts[7],
                                   .amount = {tl_stmt_int(stmt, 12)},
                                   .recorded_at = texts[8],
                                   .actor = texts[9],
                                   .is_sealed = tl_stmt_int(stmt, 15) != 0};
    return TL_OK;
}

tl_status tl_journal_read(struct tl_journal_row **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_journal_row *rows = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[party == NULL ? SQL_ALL : SQL_OF_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    if (party != NULL)
        tl_stmt_bind_text(stmt, 2, party);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        rows = tl_arena_grow(arena, rows, *count, &capacity, sizeof *rows);
        if (rows == NULL)
            return tl_err_memory(err);
        status = read_row(&rows[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    *out = rows;
    return status;
}
