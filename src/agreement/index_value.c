/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/index_value.h"

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LATEST, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO index_value (name, holds_on, numerator, denominator, published_on, source, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_LATEST] = "SELECT numerator, denominator, published_on, source FROM index_value WHERE name = ?1 AND "
                   "holds_on = ?2 ORDER BY id DESC LIMIT 1",
    /* the bare columns of a row group are those of the row with max(id) */
    [SQL_LIST] = "SELECT name, holds_on, numerator, denominator, source || ', published ' || published_on, max(id) "
                 "FROM index_value WHERE act_id <= ?1 GROUP BY name, holds_on ORDER BY name, holds_on",
};

static tl_status check(const struct tl_index_value *value, struct tl_err *err)
{
    if (!tl_text_is_code(value->index)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not the name of an index", value->index);
        tl_err_hint(err, "a name has letters, digits, - and _, for example KL-PL");
        return TL_ERR_INPUT;
    }
    if (value->value.numerator <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "the value of the index '%s' is not above zero", value->index);
    if (value->source[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "the value of the index '%s' has no source", value->index);
    return TL_OK;
}

static tl_status find_latest(tl_recorded *recorded, struct tl_store *store, const struct tl_index_value *value,
                             const char *published_on, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, value->index);
    tl_stmt_bind_date(stmt, 2, value->holds_on);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    bool same =
        row && tl_stmt_int(stmt, 0) == value->value.numerator && tl_stmt_int(stmt, 1) == value->value.denominator &&
        tl_text_equal(tl_stmt_text(stmt, 2), published_on) && tl_text_equal(tl_stmt_text(stmt, 3), value->source);
    tl_stmt_end(stmt);
    *recorded = same ? TL_RECORDED_SAME : row ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
    return TL_OK;
}

tl_status tl_index_value_record(tl_recorded *recorded, struct tl_store *store, const struct tl_index_value *value,
                                struct tl_date published_on, struct tl_err *err)
{
    struct tl_stmt *stmt;
    char published[TL_DATE_TEXT_SIZE];
    tl_status status = check(value, err);
    if (status == TL_OK)
        status = find_latest(recorded, store, value, tl_date_iso(published_on, published), err);
    if (status != TL_OK || *recorded == TL_RECORDED_SAME)
        return status;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, value->index);
    tl_stmt_bind_date(stmt, 2, value->holds_on);
    tl_stmt_bind_int(stmt, 3, value->value.numerator);
    tl_stmt_bind_int(stmt, 4, value->value.denominator);
    tl_stmt_bind_date(stmt, 5, published_on);
    tl_stmt_bind_text(stmt, 6, value->source);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_index_value_list(struct tl_index_value **out, size_t *count, struct tl_store *store,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_index_value *values = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        values = tl_arena_grow(arena, values, *count, &capacity, sizeof *values);
        if (values == NULL)
            return tl_err_memory(err);
        values[*count] = (struct tl_index_value){tl_stmt_copy(stmt, 0, arena),
                                                 tl_stmt_date(stmt, 1),
                                                 {tl_stmt_int(stmt, 2), tl_stmt_int(stmt, 3)},
                                                 tl_stmt_copy(stmt, 4, arena)};
        if (values[*count].index == NULL || values[*count].source == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = values;
    return status;
}
