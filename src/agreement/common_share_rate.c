/* SPDX-License-Identifier: MPL-2.0 */
/* What products pay to the shared secretariat, as decided. */
#include "common_share_parts.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"

enum { SQL_ADD, SQL_OF, SQL_SAME, SQL_LIST };

#define RATES                                                                                                          \
    "SELECT " TL_COMMON_SHARE_RATE_COLUMNS " FROM common_share_rate AS r JOIN decision AS d ON d.id = r.decision_id "  \
    "WHERE r.act_id <= ?1 "

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO common_share_rate (product_code, to_product, valid_from, percent_numerator, "
                "percent_denominator, per_member_minor, cost_account, income_account, decision_id, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_OF] = RATES "AND r.product_code = ?2 AND r.valid_from <= ?3 ORDER BY r.valid_from DESC, r.id DESC LIMIT 1",
    [SQL_SAME] = RATES "AND r.product_code = ?2 AND r.valid_from = ?3 ORDER BY r.id DESC LIMIT 1",
    [SQL_LIST] = RATES "ORDER BY r.product_code, r.valid_from, r.id",
};

tl_status tl_common_share_rate_read(struct tl_common_share_rate *out, struct tl_stmt *stmt, int first,
                                    struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_common_share_rate){.id = tl_stmt_int(stmt, first),
                                         .product = tl_stmt_copy(stmt, first + 1, arena),
                                         .to = tl_stmt_copy(stmt, first + 2, arena),
                                         .from = tl_stmt_date(stmt, first + 3),
                                         .percent = {tl_stmt_int(stmt, first + 4), tl_stmt_int(stmt, first + 5)},
                                         .per_member = {tl_stmt_int(stmt, first + 6)},
                                         .cost_account = tl_stmt_copy(stmt, first + 7, arena),
                                         .income_account = tl_stmt_copy(stmt, first + 8, arena),
                                         .decision = tl_stmt_copy(stmt, first + 9, arena)};
    bool whole = out->product != NULL && out->to != NULL && out->cost_account != NULL && out->income_account != NULL &&
                 out->decision != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

static tl_status find(struct tl_common_share_rate *out, bool *found, struct tl_store *store, int sql,
                      const char *product, struct tl_date from, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *found = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, product);
    tl_stmt_bind_date(stmt, 3, from);
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    status = tl_common_share_rate_read(out, stmt, 0, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_common_share_rate_of(struct tl_common_share_rate *out, bool *found, struct tl_store *store,
                                  const char *product, int year, struct tl_arena *arena, struct tl_err *err)
{
    return find(out, found, store, SQL_OF, product, tl_date_of(year, 1, 1), arena, err);
}

static tl_status check(const struct tl_common_share_rate *rate, struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE], percent[TL_RATIO_TEXT_SIZE];
    if (tl_text_equal(rate->product, rate->to))
        return tl_err_set(err, TL_ERR_INPUT, "'%s' pays no share to itself", rate->product);
    if (tl_date_month(rate->from) != 1 ||
        tl_date_compare(rate->from, tl_date_of(tl_date_year(rate->from), 1, 1)) != 0) {
        (void)tl_err_set(err, TL_ERR_INPUT, "%s is not the first day of a year", tl_date_iso(rate->from, text));
        tl_err_hint(err, "a share is of whole years: decide it from 1 January");
        return TL_ERR_INPUT;
    }
    if (tl_ratio_compare(rate->percent, tl_ratio_of(1, 1)) > 0)
        return tl_err_set(err, TL_ERR_INPUT, "a share of %s is more than the income",
                          tl_ratio_percent(rate->percent, percent));
    if (rate->per_member.minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "a share of %s a member is below zero",
                          tl_money_plain(rate->per_member, amount));
    return TL_OK;
}

static tl_status add(struct tl_store *store, const struct tl_common_share_rate *rate, int64_t decision,
                     struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, rate->product);
    tl_stmt_bind_text(stmt, 2, rate->to);
    tl_stmt_bind_date(stmt, 3, rate->from);
    tl_stmt_bind_int(stmt, 4, rate->percent.numerator);
    tl_stmt_bind_int(stmt, 5, rate->percent.denominator);
    tl_stmt_bind_int(stmt, 6, rate->per_member.minor);
    tl_stmt_bind_text(stmt, 7, rate->cost_account);
    tl_stmt_bind_text(stmt, 8, rate->income_account);
    tl_stmt_bind_int(stmt, 9, decision);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static bool is_same(const struct tl_common_share_rate *a, const struct tl_common_share_rate *b, const char *decision)
{
    return tl_text_equal(a->to, b->to) && tl_ratio_compare(a->percent, b->percent) == 0 &&
           a->per_member.minor == b->per_member.minor && tl_text_equal(a->cost_account, b->cost_account) &&
           tl_text_equal(a->income_account, b->income_account) && tl_text_equal(a->decision, decision);
}

static tl_status check_all(struct tl_store *store, const struct tl_common_share_rate *rate, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_product product;
    tl_status status = tl_product_find(&product, store, rate->product, arena, err);
    if (status == TL_OK)
        status = tl_product_find(&product, store, rate->to, arena, err);
    if (status == TL_OK)
        status = check(rate, err);
    if (status == TL_OK)
        status = tl_account_check_type(store, rate->cost_account, "expense", err);
    return status == TL_OK ? tl_account_check_type(store, rate->income_account, "income", err) : status;
}

tl_status tl_common_share_decide(tl_recorded *recorded, struct tl_store *store, const struct tl_common_share_rate *rate,
                                 struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_common_share_rate latest;
    struct tl_decision decision;
    const char *written = NULL;
    bool found = false, same = false;
    tl_status status = check_all(store, rate, &arena, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, rate->decision, &arena, err);
    if (status == TL_OK && (written = tl_decision_text(&decision, &arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = find(&latest, &found, store, SQL_SAME, rate->product, rate->from, &arena, err);
    if (status == TL_OK) {
        same = found && is_same(&latest, rate, written);
        *recorded = same ? TL_RECORDED_SAME : found ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
    }
    if (status == TL_OK && !same)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK && !same)
        status = add(store, rate, decision.id, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_common_share_rates(struct tl_common_share_rate **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_common_share_rate *rates = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        rates = tl_arena_grow(arena, rates, *count, &capacity, sizeof *rates);
        status = rates == NULL ? tl_err_memory(err) : tl_common_share_rate_read(&rates[*count], stmt, 0, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        ++*count;
    }
    *out = rates;
    return status;
}
