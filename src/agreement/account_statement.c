/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/account_statement.h"

#include "account_parts.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_PARTIES };

/* Entries without a seal were not written by tilslut and count for nothing. */
static const char *const SQL[] = {
    [SQL_PARTIES] =
        "SELECT DISTINCT p.party_code FROM posting p JOIN seal s ON s.entry_id = p.entry_id "
        "JOIN entry e ON e.id = p.entry_id WHERE p.party_code IS NOT NULL AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
        "' AND e.holds_on <= ?1 AND e.act_id <= ?2 ORDER BY p.party_code",
};

tl_status tl_account_statement_read(struct tl_statement *out, struct tl_store *store, const char *party, int year,
                                    struct tl_arena *arena, struct tl_err *err)
{
    struct tl_statement_request request = {.party = party, .period = tl_period_of_year(year)};
    struct tl_account_reader *reader;
    tl_status status = tl_account_reader_open(&reader, store, err);
    if (status != TL_OK)
        return status;
    reader->arena = arena;
    status = tl_account_reader_read(out, reader, &request, arena, err);
    for (size_t i = 0; i < out->row_count; i++) {
        out->rows[i].line = NULL;
        out->rows[i].terms = NULL;
        out->rows[i].pool = NULL;
    }
    out->pool_count = 0;
    tl_account_reader_close(reader);
    return status;
}

tl_status tl_account_statement_parties(const char ***out, size_t *count, struct tl_store *store, struct tl_date on,
                                       struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    const char **codes = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_PARTIES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, on);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        codes = tl_arena_grow(arena, codes, *count, &capacity, sizeof *codes);
        if (codes == NULL || (codes[*count] = tl_stmt_copy(stmt, 0, arena)) == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = codes;
    return status;
}
