/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/bank_compare.h"

#include <inttypes.h>

#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_STATEMENTS, SQL_DAYS, SQL_COUNTS, SQL_FOOTS, SQL_AMOUNTS, SQL_LOOSE };

static const char *const SQL[] = {
    [SQL_STATEMENTS] =
        "SELECT s.id, s.identity, s.file_name, s.first_on, s.last_on, s.closing_minor IS NOT NULL, s.opening_minor, "
        "s.closing_minor, (SELECT count(*) FROM bank_line WHERE statement_id = s.id) FROM bank_statement s "
        "WHERE s.act_id <= ?1 ORDER BY s.last_on, s.id",
    /* what moved on each day: the ledger, what of it no line explains, the bank, what of it is no entry */
    [SQL_DAYS] =
        "SELECT d, sum(a), sum(b), sum(c), sum(u) FROM ("
        "SELECT e.holds_on AS d, p.amount_minor AS a, iif(m.line_id IS NULL, p.amount_minor, 0) AS b, 0 AS c, 0 AS u "
        "FROM posting p JOIN seal s ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
        "LEFT JOIN bank_match m ON m.entry_id = e.id AND m.act_id <= ?1 "
        "WHERE p.account_code = '" TL_ACCOUNT_SETTLEMENT "' AND e.act_id <= ?1 "
        "UNION ALL SELECT l.booked_on, 0, 0, l.amount_minor, iif(m.line_id IS NULL, l.amount_minor, 0) "
        "FROM bank_line l LEFT JOIN bank_match m ON m.line_id = l.id AND m.act_id <= ?1 WHERE l.act_id <= ?1) "
        "GROUP BY d ORDER BY d",
    [SQL_COUNTS] = "SELECT (SELECT count(*) FROM bank_statement), (SELECT count(*) FROM bank_line)",
    [SQL_FOOTS] = "SELECT s.id, s.identity FROM bank_statement s LEFT JOIN bank_line l ON l.statement_id = s.id "
                  "WHERE s.closing_minor IS NOT NULL GROUP BY s.id "
                  "HAVING s.closing_minor - s.opening_minor <> coalesce(sum(l.amount_minor), 0) ORDER BY s.id",
    [SQL_AMOUNTS] = "SELECT m.line_id, m.entry_id FROM bank_match m LEFT JOIN bank_line l ON l.id = m.line_id "
                    "LEFT JOIN posting p ON p.entry_id = m.entry_id AND p.account_code = '" TL_ACCOUNT_SETTLEMENT
                    "' GROUP BY m.line_id HAVING l.amount_minor IS NOT sum(p.amount_minor) ORDER BY m.line_id",
    [SQL_LOOSE] = "SELECT p.entry_id, p.key FROM posting p LEFT JOIN bank_match m ON m.entry_id = p.entry_id "
                  "WHERE p.key > 'bank:' AND p.key < 'bank;' AND (m.line_id IS NULL OR "
                  "p.key NOT GLOB 'bank:' || m.line_id || '#*') ORDER BY p.entry_id, p.seq",
};

static tl_status read_statements(struct tl_bank_compared **out, size_t *count, struct tl_store *store,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_bank_compared *statements = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_STATEMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        statements = tl_arena_grow(arena, statements, *count, &capacity, sizeof *statements);
        if (statements == NULL)
            return tl_err_memory(err);
        struct tl_bank_compared *statement = &statements[(*count)++];
        *statement = (struct tl_bank_compared){.statement = tl_stmt_int(stmt, 0),
                                               .identity = tl_stmt_copy(stmt, 1, arena),
                                               .file_name = tl_stmt_copy(stmt, 2, arena),
                                               .first = tl_stmt_date(stmt, 3),
                                               .last = tl_stmt_date(stmt, 4),
                                               .has_balances = tl_stmt_int(stmt, 5) != 0,
                                               .opening = {tl_stmt_int(stmt, 6)},
                                               .closing = {tl_stmt_int(stmt, 7)},
                                               .line_count = (size_t)tl_stmt_int(stmt, 8)};
        if (statement->identity == NULL || statement->file_name == NULL)
            return tl_err_memory(err);
    }
    *out = statements;
    return status;
}

/* What has moved up to a day. */
struct moved {
    struct tl_money ledger, not_seen, bank, unused;
};

static tl_status add_day(struct moved *moved, struct tl_stmt *stmt, struct tl_err *err)
{
    struct tl_money *sums[] = {&moved->ledger, &moved->not_seen, &moved->bank, &moved->unused};
    tl_status status = TL_OK;
    for (int i = 0; status == TL_OK && i < 4; i++)
        status = tl_money_add(sums[i], *sums[i], (struct tl_money){tl_stmt_int(stmt, i + 1)}, err);
    return status;
}

static void explain(struct tl_bank_compared *statement, const struct moved *moved)
{
    statement->ledger = moved->ledger;
    statement->not_seen = moved->not_seen;
    statement->unused = moved->unused;
    statement->moved.minor = moved->ledger.minor - moved->not_seen.minor - (moved->bank.minor - moved->unused.minor);
    if (statement->has_balances)
        statement->before.minor = statement->closing.minor - moved->bank.minor;
}

/* Days and statements both go forward. */
tl_status tl_bank_compare_read(struct tl_bank_compared **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct moved moved = {.ledger = {0}};
    size_t at = 0;
    bool row = true;
    tl_status status = read_statements(out, count, store, arena, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_DAYS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_date day = tl_stmt_date(stmt, 0);
        for (; at < *count && tl_date_compare((*out)[at].last, day) < 0; at++)
            explain(&(*out)[at], &moved);
        status = add_day(&moved, stmt, err);
    }
    for (; status == TL_OK && at < *count; at++)
        explain(&(*out)[at], &moved);
    return status;
}

/* Goes through what a query finds wrong; `tell` says it in words. */
typedef tl_status teller(struct tl_check_work *work, struct tl_stmt *stmt, struct tl_err *err);

static tl_status tell_foots(struct tl_check_work *work, struct tl_stmt *stmt, struct tl_err *err)
{
    return tl_check_found(work, err, "statement %" PRId64 " ('%.60s') does not foot", tl_stmt_int(stmt, 0),
                          tl_stmt_text(stmt, 1));
}

static tl_status tell_amount(struct tl_check_work *work, struct tl_stmt *stmt, struct tl_err *err)
{
    return tl_check_found(work, err, "line %" PRId64 " of the bank is not the amount of entry %" PRId64,
                          tl_stmt_int(stmt, 0), tl_stmt_int(stmt, 1));
}

static tl_status tell_loose(struct tl_check_work *work, struct tl_stmt *stmt, struct tl_err *err)
{
    return tl_check_found(work, err, "entry %" PRId64 " was posted of a line of the bank (%.40s) that says otherwise",
                          tl_stmt_int(stmt, 0), tl_stmt_text(stmt, 1));
}

static tl_status go_through(struct tl_check_work *work, struct tl_store *store, const char *sql, teller *tell,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tell(work, stmt, err);
    return status;
}

tl_status tl_bank_compare_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_COUNTS], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        tl_check_counted(work, tl_stmt_int(stmt, 0), "statement of the bank", "statements of the bank");
        tl_check_counted(work, tl_stmt_int(stmt, 1), "line", "lines");
        tl_stmt_end(stmt);
    }
    if (status == TL_OK)
        status = go_through(work, store, SQL[SQL_FOOTS], tell_foots, err);
    if (status == TL_OK)
        status = go_through(work, store, SQL[SQL_AMOUNTS], tell_amount, err);
    return status == TL_OK ? go_through(work, store, SQL[SQL_LOOSE], tell_loose, err) : status;
}
