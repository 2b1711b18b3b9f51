/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/figure.h"

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LATEST, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO figure (party_code, measure, holds_on, numerator, denominator, source, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_LATEST] = "SELECT numerator, denominator, source FROM figure WHERE party_code = ?1 AND measure = ?2 AND "
                   "holds_on = ?3 ORDER BY id DESC LIMIT 1",
    /* the bare columns of a row group are those of the row with max(id) */
    [SQL_LIST] = "SELECT measure, holds_on, numerator, denominator, source, max(id) FROM figure WHERE party_code = ?1 "
                 "AND act_id <= ?2 GROUP BY measure, holds_on ORDER BY measure, holds_on",
};

tl_status tl_figure_record(tl_recorded *recorded, struct tl_store *store, const char *party_code,
                           const struct tl_figure *figure, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party_code);
    tl_stmt_bind_text(stmt, 2, figure->measure);
    tl_stmt_bind_date(stmt, 3, figure->holds_on);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    bool same = row && tl_stmt_int(stmt, 0) == figure->value.numerator &&
                tl_stmt_int(stmt, 1) == figure->value.denominator &&
                tl_text_equal(tl_stmt_text(stmt, 2), figure->source);
    tl_stmt_end(stmt);
    *recorded = same ? TL_RECORDED_SAME : row ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
    if (same)
        return TL_OK;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party_code);
    tl_stmt_bind_text(stmt, 2, figure->measure);
    tl_stmt_bind_date(stmt, 3, figure->holds_on);
    tl_stmt_bind_int(stmt, 4, figure->value.numerator);
    tl_stmt_bind_int(stmt, 5, figure->value.denominator);
    tl_stmt_bind_text(stmt, 6, figure->source);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_figure_list(struct tl_figure **out, size_t *count, struct tl_store *store, const char *party_code,
                         struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_figure *figures = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party_code);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        figures = tl_arena_grow(arena, figures, *count, &capacity, sizeof *figures);
        if (figures == NULL)
            return tl_err_memory(err);
        figures[*count] = (struct tl_figure){tl_stmt_copy(stmt, 0, arena),
                                             tl_stmt_date(stmt, 1),
                                             {tl_stmt_int(stmt, 2), tl_stmt_int(stmt, 3)},
                                             tl_stmt_copy(stmt, 4, arena)};
        if (figures[*count].measure == NULL || figures[*count].source == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = figures;
    return status;
}
