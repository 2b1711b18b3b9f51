/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/budget_follow.h"

#include <string.h>

#include "tilslut/agreement/carryover.h"
#include "tilslut/agreement/common_share.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const char SQL_ACTUAL[] =
    "SELECT c.code, c.name_da, c.name_en, c.type = 'income', (CAST(substr(e.holds_on, 6, 2) AS INTEGER) - 1) / 3, "
    "sum(p.amount_minor) FROM posting AS p JOIN account AS c ON c.code = p.account_code "
    "JOIN seal AS s ON s.entry_id = p.entry_id JOIN entry AS e ON e.id = p.entry_id WHERE p.product_code = ?1 "
    "AND c.type IN ('income', 'expense') AND e.holds_on BETWEEN ?2 AND ?3 AND e.act_id <= ?4 "
    /* what closes the year is no income and no cost of it */
    "AND NOT EXISTS (SELECT 1 FROM carry_end AS x WHERE x.entry_id = e.id) "
    "GROUP BY c.code, 5 ORDER BY c.code, 5";

static const char SQL_SHARE[] =
    "SELECT coalesce(sum(s.entitled_minor - s.booked_minor), 0) FROM common_share AS s "
    "JOIN common_share_end AS e ON e.share_id = s.id JOIN entry AS n ON n.id = e.entry_id WHERE s.product_code = ?1 "
    "AND s.year = ?2 AND n.holds_on <= ?3 AND e.act_id <= ?4";

struct builder {
    struct tl_budget_follow *follow;
    struct tl_arena *arena;
    size_t capacity;
};

/* The row of an account, found or added; NULL when memory is gone. */
static struct tl_follow_row *row_of(struct builder *builder, const struct tl_follow_row *wanted)
{
    struct tl_budget_follow *follow = builder->follow;
    for (size_t i = 0; i < follow->row_count; i++)
        if (tl_text_equal(follow->rows[i].account, wanted->account))
            return &follow->rows[i];
    follow->rows =
        tl_arena_grow(builder->arena, follow->rows, follow->row_count, &builder->capacity, sizeof *follow->rows);
    if (follow->rows == NULL)
        return NULL;
    follow->rows[follow->row_count] = *wanted;
    return &follow->rows[follow->row_count++];
}

static tl_status take_budget(struct builder *builder, struct tl_store *store, struct tl_err *err)
{
    struct tl_budget budget;
    struct tl_budget_follow *follow = builder->follow;
    tl_status status =
        tl_budget_find(&budget, &follow->has_budget, store, follow->product->code, follow->year, builder->arena, err);
    if (status != TL_OK)
        return status;
    follow->version = budget.version;
    follow->basis = budget.basis;
    follow->decision = budget.decision;
    for (size_t i = 0; i < budget.amount_count; i++) {
        const struct tl_budget_amount *amount = &budget.amounts[i];
        struct tl_follow_row wanted = {
            amount->account, amount->name_da, amount->name_en, amount->is_income, {{.has_begun = false}}};
        struct tl_follow_row *row = row_of(builder, &wanted);
        if (row == NULL)
            return tl_err_memory(err);
        for (int q = 0; q < TL_BUDGET_QUARTERS; q++)
            row->amounts[q].budget = amount->quarters[q];
    }
    return TL_OK;
}

static tl_status take_actual(struct builder *builder, struct tl_store *store, struct tl_err *err)
{
    const struct tl_budget_follow *follow = builder->follow;
    struct tl_stmt *stmt;
    bool found;
    tl_status status = tl_stmt_get(&stmt, store, SQL_ACTUAL, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, follow->product->code);
    tl_stmt_bind_date(stmt, 2, tl_date_of(follow->year, 1, 1));
    tl_stmt_bind_date(stmt, 3, follow->date);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &found, err)) == TL_OK && found) {
        struct tl_follow_row wanted = {.account = tl_stmt_copy(stmt, 0, builder->arena),
                                       .name_da = tl_stmt_copy(stmt, 1, builder->arena),
                                       .name_en = tl_stmt_copy(stmt, 2, builder->arena),
                                       .is_income = tl_stmt_int(stmt, 3) != 0};
        int64_t quarter = tl_stmt_int(stmt, 4), sum = tl_stmt_int(stmt, 5);
        struct tl_follow_row *row = wanted.account == NULL || wanted.name_da == NULL || wanted.name_en == NULL
                                        ? NULL
                                        : row_of(builder, &wanted);
        if (row == NULL)
            return tl_err_memory(err);
        if (quarter >= 0 && quarter < TL_BUDGET_QUARTERS)
            row->amounts[quarter].actual.minor = row->is_income ? -sum : sum;
    }
    return status;
}

/* Incomes by account, then costs by account. */
static void put_in_order(struct tl_budget_follow *follow)
{
    for (size_t i = 1; i < follow->row_count; i++)
        for (size_t j = i; j > 0; j--) {
            struct tl_follow_row *a = &follow->rows[j - 1], *b = &follow->rows[j];
            bool wrong = a->is_income == b->is_income ? strcmp(a->account, b->account) > 0 : b->is_income;
            if (!wrong)
                break;
            struct tl_follow_row kept = *a;
            *a = *b;
            *b = kept;
        }
}

/* What a quarter is expected to come to. */
static struct tl_money expect(const struct tl_follow_amount *amount, bool has_ended)
{
    bool more = amount->budget.minor >= 0 ? amount->actual.minor > amount->budget.minor
                                          : amount->actual.minor < amount->budget.minor;
    return has_ended || more ? amount->actual : amount->budget;
}

static tl_status add(struct tl_follow_amount *sum, const struct tl_follow_amount *amount, struct tl_err *err)
{
    tl_status status = tl_money_add(&sum->budget, sum->budget, amount->budget, err);
    if (status == TL_OK)
        status = tl_money_add(&sum->actual, sum->actual, amount->actual, err);
    if (status == TL_OK)
        status = tl_money_add(&sum->forecast, sum->forecast, amount->forecast, err);
    return status;
}

static tl_status deviate(struct tl_follow_amount *amount, bool is_year, struct tl_err *err)
{
    amount->deviation = (struct tl_money){0};
    return !amount->has_begun ? TL_OK
                              : tl_money_subtract(&amount->deviation, is_year ? amount->forecast : amount->actual,
                                                  amount->budget, err);
}

static tl_status complete_row(struct tl_follow_row *row, int year, struct tl_date date, struct tl_err *err)
{
    struct tl_follow_amount *whole = &row->amounts[TL_FOLLOW_YEAR];
    tl_status status = TL_OK;
    *whole = (struct tl_follow_amount){.has_begun = true};
    for (int q = 0; status == TL_OK && q < TL_BUDGET_QUARTERS; q++) {
        struct tl_follow_amount *amount = &row->amounts[q];
        struct tl_date first = tl_date_of(year, 3 * q + 1, 1),
                       last = tl_date_add_months(tl_date_of(year, 1, 31), 3 * q + 2);
        amount->has_begun = tl_date_compare(first, date) <= 0;
        amount->forecast = expect(amount, tl_date_compare(last, date) <= 0);
        status = add(whole, amount, err);
        if (status == TL_OK)
            status = deviate(amount, false, err);
    }
    return status == TL_OK ? deviate(whole, true, err) : status;
}

static tl_status subtract(struct tl_follow_amount *out, const struct tl_follow_amount *a,
                          const struct tl_follow_amount *b, bool is_year, struct tl_err *err)
{
    *out = (struct tl_follow_amount){.has_begun = a->has_begun};
    tl_status status = tl_money_subtract(&out->budget, a->budget, b->budget, err);
    if (status == TL_OK)
        status = tl_money_subtract(&out->actual, a->actual, b->actual, err);
    if (status == TL_OK)
        status = tl_money_subtract(&out->forecast, a->forecast, b->forecast, err);
    return status == TL_OK ? deviate(out, is_year, err) : status;
}

static tl_status sum_up(struct tl_budget_follow *follow, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (int c = 0; status == TL_OK && c < TL_FOLLOW_COLUMNS; c++) {
        bool is_year = c == TL_FOLLOW_YEAR;
        bool has_begun = is_year || tl_date_compare(tl_date_of(follow->year, 3 * c + 1, 1), follow->date) <= 0;
        follow->income[c] = follow->cost[c] = (struct tl_follow_amount){.has_begun = has_begun};
        for (size_t i = 0; status == TL_OK && i < follow->row_count; i++)
            status = add(follow->rows[i].is_income ? &follow->income[c] : &follow->cost[c], &follow->rows[i].amounts[c],
                         err);
        if (status == TL_OK)
            status = deviate(&follow->income[c], is_year, err);
        if (status == TL_OK)
            status = deviate(&follow->cost[c], is_year, err);
        if (status == TL_OK)
            status = subtract(&follow->result[c], &follow->income[c], &follow->cost[c], is_year, err);
    }
    return status;
}

/* What goes to the shared secretariat; the sums are there already. */
static tl_status take_share(struct tl_budget_follow *follow, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_common_share share;
    struct tl_stmt *stmt;
    tl_status status =
        tl_common_share_compute(&share, &follow->has_share, store, follow->product->code, follow->year, arena, err);
    if (status != TL_OK || !follow->has_share)
        return status;
    follow->share_to = share.rate.to;
    status = tl_common_share_amount(&follow->share_forecast, &share.rate, follow->income[TL_FOLLOW_YEAR].forecast,
                                    share.members, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL_SHARE, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, follow->product->code);
    tl_stmt_bind_int(stmt, 2, follow->year);
    tl_stmt_bind_date(stmt, 3, follow->date);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    return tl_stmt_answer(stmt, &follow->share_booked.minor, err);
}

tl_status tl_budget_follow_read(struct tl_budget_follow *out, struct tl_store *store, const char *product, int year,
                                struct tl_date date, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_period period = tl_period_of_year(year);
    struct tl_product *found = tl_arena_alloc(arena, 1, sizeof *found);
    struct builder builder = {out, arena, 0};
    if (found == NULL)
        return tl_err_memory(err);
    *out = (struct tl_budget_follow){
        .product = found, .year = year, .date = tl_date_compare(date, period.last) < 0 ? date : period.last};
    tl_status status = tl_product_find(found, store, product, arena, err);
    if (status == TL_OK)
        status = take_budget(&builder, store, err);
    if (status == TL_OK)
        status = take_actual(&builder, store, err);
    if (status == TL_OK)
        status = tl_carryover_brought(&out->carried, store, product, year - 1, err);
    if (status != TL_OK)
        return status;
    put_in_order(out);
    for (size_t i = 0; status == TL_OK && i < out->row_count; i++) {
        out->income_count += out->rows[i].is_income ? 1 : 0;
        status = complete_row(&out->rows[i], year, out->date, err);
    }
    if (status == TL_OK)
        status = sum_up(out, err);
    return status == TL_OK ? take_share(out, store, arena, err) : status;
}
