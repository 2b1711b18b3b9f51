/* SPDX-License-Identifier: MPL-2.0 */
#include "run_billed.h"

#include <string.h>

#include "tilslut/store/stmt.h"

enum { SQL_BILLED, SQL_LEFT_OVER, SQL_DRAWN, SQL_LAST, SQL_THROUGH };

#define APPROVED_OF_YEAR "FROM run r JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' AND e.act_id <= ?3 "
#define OF_YEAR "WHERE r.product_code = ?1 AND r.year = ?2 AND " TL_RUN_CALLS_IN " = ?4 "

static const char *const SQL[] = {
    [SQL_BILLED] = "SELECT l.line_id, l.party_code, l.account_code, l.vat_code, l.vat_rate, l.vat_reason, "
                   "sum(l.net_minor), sum(l.vat_minor), sum(l.gross_minor), max(l.reduced_for) " APPROVED_OF_YEAR
                   "JOIN run_line l ON l.run_id = r.id " OF_YEAR "GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6",
    /* the bare columns of a row group are those of the row with the max() */
    [SQL_LEFT_OVER] = "SELECT l.line_id, l.party_code, l.carried_out, max(printf('%s%020d%s', r.period_last, r.id, "
                      "l.period_first)) " APPROVED_OF_YEAR
                      "JOIN run_line l ON l.run_id = r.id AND l.part = 'share' " OF_YEAR "GROUP BY 1, 2 ORDER BY 1, 2",
    [SQL_DRAWN] = "SELECT a.line_id, a.account_code, a.income_code, sum(a.net_minor) " APPROVED_OF_YEAR
                  "JOIN run_account a ON a.run_id = r.id " OF_YEAR "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    [SQL_LAST] = "SELECT coalesce(max(r.id), 0) " APPROVED_OF_YEAR OF_YEAR,
    [SQL_THROUGH] = "SELECT coalesce(max(r.period_last), '') " APPROVED_OF_YEAR OF_YEAR "AND r.kind = 'period'",
};

/* What a list is read by. */
struct reader {
    struct tl_run_history *history;
    struct tl_store *store;
    const char *product;
    int year;
    bool of_pledges;
    struct tl_arena *arena;
};

static tl_status begin(struct tl_stmt **stmt, const struct reader *reader, const char *sql, struct tl_err *err)
{
    tl_status status = tl_stmt_get(stmt, reader->store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(*stmt, 1, reader->product);
    tl_stmt_bind_int(*stmt, 2, reader->year);
    tl_stmt_bind_int(*stmt, 3, tl_store_known(reader->store));
    tl_stmt_bind_int(*stmt, 4, reader->of_pledges ? 1 : 0);
    return TL_OK;
}

static tl_status read_billed(const struct reader *reader, struct tl_err *err)
{
    struct tl_run_history *history = reader->history;
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = begin(&stmt, reader, SQL[SQL_BILLED], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        history->billed =
            tl_arena_grow(reader->arena, history->billed, history->billed_count, &capacity, sizeof *history->billed);
        if (history->billed == NULL)
            return tl_err_memory(err);
        struct tl_run_billed *billed = &history->billed[history->billed_count++];
        *billed = (struct tl_run_billed){.line_id = tl_stmt_copy(stmt, 0, reader->arena),
                                         .party_code = tl_stmt_copy(stmt, 1, reader->arena),
                                         .account_code = tl_stmt_copy(stmt, 2, reader->arena),
                                         .vat_code = tl_stmt_copy(stmt, 3, reader->arena),
                                         .vat_rate = tl_stmt_copy(stmt, 4, reader->arena),
                                         .vat_reason = tl_stmt_copy(stmt, 5, reader->arena),
                                         .net_minor = tl_stmt_int(stmt, 6),
                                         .vat_minor = tl_stmt_int(stmt, 7),
                                         .gross_minor = tl_stmt_int(stmt, 8),
                                         .reduced_for = tl_stmt_copy(stmt, 9, reader->arena)};
        if (billed->line_id == NULL || billed->party_code == NULL || billed->account_code == NULL ||
            billed->vat_code == NULL || billed->vat_rate == NULL || billed->vat_reason == NULL ||
            billed->reduced_for == NULL)
            return tl_err_memory(err);
    }
    return status;
}

static tl_status read_left_over(const struct reader *reader, struct tl_err *err)
{
    struct tl_run_history *history = reader->history;
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = begin(&stmt, reader, SQL[SQL_LEFT_OVER], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        history->left_over = tl_arena_grow(reader->arena, history->left_over, history->left_over_count, &capacity,
                                           sizeof *history->left_over);
        if (history->left_over == NULL)
            return tl_err_memory(err);
        struct tl_run_left_over *left_over = &history->left_over[history->left_over_count++];
        *left_over = (struct tl_run_left_over){.line_id = tl_stmt_copy(stmt, 0, reader->arena),
                                               .party_code = tl_stmt_copy(stmt, 1, reader->arena),
                                               .carried_out = tl_stmt_copy(stmt, 2, reader->arena)};
        if (left_over->line_id == NULL || left_over->party_code == NULL || left_over->carried_out == NULL)
            return tl_err_memory(err);
    }
    return status;
}

static tl_status read_drawn(const struct reader *reader, struct tl_err *err)
{
    struct tl_run_history *history = reader->history;
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = begin(&stmt, reader, SQL[SQL_DRAWN], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        history->drawn =
            tl_arena_grow(reader->arena, history->drawn, history->drawn_count, &capacity, sizeof *history->drawn);
        if (history->drawn == NULL)
            return tl_err_memory(err);
        struct tl_run_drawn *drawn = &history->drawn[history->drawn_count++];
        *drawn = (struct tl_run_drawn){.line_id = tl_stmt_copy(stmt, 0, reader->arena),
                                       .account_code = tl_stmt_copy(stmt, 1, reader->arena),
                                       .income_code = tl_stmt_copy(stmt, 2, reader->arena),
                                       .net_minor = tl_stmt_int(stmt, 3)};
        if (drawn->line_id == NULL || drawn->account_code == NULL || drawn->income_code == NULL)
            return tl_err_memory(err);
    }
    return status;
}

static tl_status read_through(const struct reader *reader, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = begin(&stmt, reader, SQL[SQL_THROUGH], err);
    if (status == TL_OK)
        status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    reader->history->through = tl_stmt_date(stmt, 0);
    tl_stmt_end(stmt);
    status = begin(&stmt, reader, SQL[SQL_LAST], err);
    return status == TL_OK ? tl_stmt_answer(stmt, &reader->history->last_run, err) : status;
}

tl_status tl_run_history_read(struct tl_run_history *out, struct tl_store *store, const char *product, int year,
                              bool of_pledges, struct tl_arena *arena, struct tl_err *err)
{
    struct reader reader = {out, store, product, year, of_pledges, arena};
    *out = (struct tl_run_history){0};
    tl_status status = read_billed(&reader, err);
    if (status == TL_OK)
        status = read_left_over(&reader, err);
    if (status == TL_OK)
        status = read_drawn(&reader, err);
    return status == TL_OK ? read_through(&reader, err) : status;
}

struct tl_run_range tl_run_billed_of_line(const struct tl_run_history *history, const char *line_id)
{
    struct tl_run_range range = {0, 0};
    while (range.first < history->billed_count && strcmp(history->billed[range.first].line_id, line_id) < 0)
        range.first++;
    while (range.first + range.count < history->billed_count &&
           strcmp(history->billed[range.first + range.count].line_id, line_id) == 0)
        range.count++;
    return range;
}

static int compare(const struct tl_run_left_over *left_over, const char *line_id, const char *party_code)
{
    int order = strcmp(left_over->line_id, line_id);
    return order != 0 ? order : strcmp(left_over->party_code, party_code);
}

const char *tl_run_left_over_of(const struct tl_run_history *history, const char *line_id, const char *party_code)
{
    size_t low = 0, high = history->left_over_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(&history->left_over[middle], line_id, party_code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < history->left_over_count && compare(&history->left_over[low], line_id, party_code) == 0;
    return found ? history->left_over[low].carried_out : NULL;
}
