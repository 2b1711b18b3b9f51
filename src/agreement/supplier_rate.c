/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/supplier_rate.h"

#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO supplier_rate (cvr, role, valid_from, rate_minor, evidence, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_LIST] = "SELECT id, cvr, role, valid_from, rate_minor, evidence FROM supplier_rate WHERE act_id <= ?1 "
                 "AND (?2 IS NULL OR cvr = ?2) AND (?3 IS NULL OR role = ?3) ORDER BY cvr, role, valid_from, id",
};

static tl_status list(struct tl_supplier_rate **out, size_t *count, struct tl_store *store, const char *cvr,
                      const char *role, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_supplier_rate *rates = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, cvr);
    tl_stmt_bind_text(stmt, 3, role);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        rates = tl_arena_grow(arena, rates, *count, &capacity, sizeof *rates);
        if (rates == NULL)
            return tl_err_memory(err);
        struct tl_supplier_rate rate = {tl_stmt_int(stmt, 0),         tl_stmt_copy(stmt, 1, arena),
                                        tl_stmt_copy(stmt, 2, arena), tl_stmt_date(stmt, 3),
                                        {tl_stmt_int(stmt, 4)},       tl_stmt_copy(stmt, 5, arena)};
        if (rate.cvr == NULL || rate.role == NULL || rate.evidence == NULL)
            return tl_err_memory(err);
        rates[(*count)++] = rate;
    }
    *out = rates;
    return status;
}

static tl_status check(const struct tl_supplier_rate *rate, struct tl_err *err)
{
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_identifier_check_cvr(rate->cvr, err);
    if (status == TL_OK && rate->rate.minor <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "a rate of %s an hour is none", tl_money_plain(rate->rate, text));
    if (status == TL_OK && rate->role[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "a rate is of a role, such as udvikler");
    if (status == TL_OK && rate->evidence[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "a rate needs evidence");
        tl_err_hint(err, "name the agreement, for example --evidence 'rammeaftale 2025-11-01 bilag 2'");
    }
    return status;
}

static tl_status add(struct tl_store *store, const struct tl_supplier_rate *rate, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, rate->cvr);
    tl_stmt_bind_text(stmt, 2, rate->role);
    tl_stmt_bind_date(stmt, 3, rate->valid_from);
    tl_stmt_bind_int(stmt, 4, rate->rate.minor);
    tl_stmt_bind_text(stmt, 5, rate->evidence);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_supplier_rate_record(tl_recorded *recorded, struct tl_store *store, const struct tl_supplier_rate *rate,
                                  struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_supplier_rate *rates = NULL;
    size_t count = 0;
    tl_status status = check(rate, err);
    *recorded = TL_RECORDED_NEW;
    if (status == TL_OK)
        status = list(&rates, &count, store, rate->cvr, rate->role, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_date_compare(rates[i].valid_from, rate->valid_from) == 0)
            *recorded = rates[i].rate.minor == rate->rate.minor && tl_text_equal(rates[i].evidence, rate->evidence)
                            ? TL_RECORDED_SAME
                            : TL_RECORDED_CHANGED;
    if (status == TL_OK && *recorded != TL_RECORDED_SAME)
        status = add(store, rate, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_supplier_rate_find(struct tl_supplier_rate *out, struct tl_store *store, const char *cvr, const char *role,
                                struct tl_period period, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_supplier_rate *rates = NULL;
    const struct tl_supplier_rate *found = NULL;
    size_t count = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = list(&rates, &count, store, cvr, role, arena, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < count && tl_date_compare(rates[i].valid_from, period.first) <= 0; i++)
        found = &rates[i];
    if (found == NULL) {
        (void)tl_err_set(err, TL_ERR_MISSING, "the supplier '%.20s' has no rate for '%.80s' on %s", cvr, role,
                         tl_date_iso(period.first, date));
        tl_err_hint(err, "tilslut list rates shows those there are; tilslut rate add records one");
        return TL_ERR_MISSING;
    }
    for (size_t i = 0; i < count; i++)
        if (tl_date_compare(rates[i].valid_from, period.first) > 0 &&
            tl_date_compare(rates[i].valid_from, period.last) <= 0) {
            (void)tl_err_set(err, TL_ERR_STATE, "the rate of '%.20s' for '%.80s' changes on %s, within the period", cvr,
                             role, tl_date_iso(rates[i].valid_from, date));
            tl_err_hint(err, "register the hours before that day and from it on apart");
            return TL_ERR_STATE;
        }
    *out = *found;
    return TL_OK;
}

tl_status tl_supplier_rate_list(struct tl_supplier_rate **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err)
{
    return list(out, count, store, NULL, NULL, arena, err);
}
