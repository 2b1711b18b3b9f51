/* SPDX-License-Identifier: MPL-2.0 */
/* What a run comes to, by line, by VAT code and by member. */
#include "tilslut/agreement/run.h"
#include "tilslut/store/stmt.h"

enum { SQL_BY_LINE, SQL_BY_VAT, SQL_BY_MEMBER };

#define SUMS                                                                                                           \
    "count(DISTINCT party_code), sum(CASE WHEN part = 'share' THEN net_minor ELSE 0 END), "                            \
    "sum(CASE WHEN part = 'billed' THEN net_minor ELSE 0 END), sum(net_minor), sum(vat_minor) "                        \
    "FROM run_line WHERE run_id = ?1 "

static const char *const SQL[] = {
    [SQL_BY_LINE] = "SELECT line_id, vat_code, vat_rate, " SUMS "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
    [SQL_BY_VAT] = "SELECT '', vat_code, vat_rate, " SUMS "GROUP BY 2, 3 ORDER BY 2, 3",
    [SQL_BY_MEMBER] = "SELECT party_code, '', '', " SUMS "GROUP BY 1 ORDER BY 1",
};

static tl_status read_sums(struct tl_run_sum **out, size_t *count, struct tl_store *store, const char *sql, int64_t run,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_run_sum *sums = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        sums = tl_arena_grow(arena, sums, *count, &capacity, sizeof *sums);
        if (sums == NULL)
            return tl_err_memory(err);
        struct tl_run_sum *sum = &sums[(*count)++];
        *sum = (struct tl_run_sum){.line_id = tl_stmt_copy(stmt, 0, arena),
                                   .vat_code = tl_stmt_copy(stmt, 1, arena),
                                   .vat_rate = tl_stmt_copy(stmt, 2, arena),
                                   .member_count = (size_t)tl_stmt_int(stmt, 3),
                                   .owed = {tl_stmt_int(stmt, 4)},
                                   .billed = {tl_stmt_int(stmt, 5)},
                                   .net = {tl_stmt_int(stmt, 6)},
                                   .vat = {tl_stmt_int(stmt, 7)}};
        if (sum->line_id == NULL || sum->vat_code == NULL || sum->vat_rate == NULL)
            return tl_err_memory(err);
    }
    *out = sums;
    return status;
}

tl_status tl_run_sums_by_line(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                              struct tl_arena *arena, struct tl_err *err)
{
    return read_sums(out, count, store, SQL[SQL_BY_LINE], run, arena, err);
}

tl_status tl_run_sums_by_vat(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                             struct tl_arena *arena, struct tl_err *err)
{
    return read_sums(out, count, store, SQL[SQL_BY_VAT], run, arena, err);
}

tl_status tl_run_sums_by_member(struct tl_run_sum **out, size_t *count, struct tl_store *store, int64_t run,
                                struct tl_arena *arena, struct tl_err *err)
{
    return read_sums(out, count, store, SQL[SQL_BY_MEMBER], run, arena, err);
}
