/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/budget.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/index_value.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"
#include "tilslut/store/stmt.h"

#define COLUMNS                                                                                                        \
    "SELECT b.id, b.product_code, b.year, b.version, b.basis, d.body || ' ' || d.decided_on || ' ' || d.reference, "   \
    "a.recorded_at, a.actor FROM product_budget AS b JOIN decision AS d ON d.id = b.decision_id "                      \
    "JOIN act AS a ON a.id = b.act_id WHERE b.act_id <= ?1 "

enum { SQL_FIND, SQL_LIST, SQL_AMOUNTS, SQL_ADD, SQL_ADD_AMOUNT, SQL_ACCOUNT };

static const char *const SQL[] = {
    [SQL_FIND] = COLUMNS "AND b.product_code = ?2 AND b.year = ?3 ORDER BY b.version DESC LIMIT 1",
    [SQL_LIST] = COLUMNS "ORDER BY b.product_code, b.year, b.version",
    [SQL_AMOUNTS] = "SELECT l.account_code, c.name_da, c.name_en, c.type = 'income', l.q1_minor, l.q2_minor, "
                    "l.q3_minor, l.q4_minor, l.working FROM product_budget_line AS l "
                    "JOIN account AS c ON c.code = l.account_code WHERE l.budget_id = ?1 ORDER BY l.account_code",
    [SQL_ADD] = "INSERT INTO product_budget (product_code, year, version, basis, decision_id, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6) RETURNING id",
    [SQL_ADD_AMOUNT] = "INSERT INTO product_budget_line (budget_id, account_code, q1_minor, q2_minor, q3_minor, "
                       "q4_minor, working) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_ACCOUNT] = "SELECT type, name_da, name_en FROM account WHERE code = ?1",
};

static tl_status read_row(struct tl_budget *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_budget){.id = tl_stmt_int(stmt, 0),
                              .product = tl_stmt_copy(stmt, 1, arena),
                              .year = (int)tl_stmt_int(stmt, 2),
                              .version = (int)tl_stmt_int(stmt, 3),
                              .basis = tl_stmt_copy(stmt, 4, arena),
                              .decision = tl_stmt_copy(stmt, 5, arena),
                              .recorded_at = tl_stmt_copy(stmt, 6, arena),
                              .actor = tl_stmt_copy(stmt, 7, arena)};
    return out->product == NULL || out->basis == NULL || out->decision == NULL || out->recorded_at == NULL ||
                   out->actor == NULL
               ? tl_err_memory(err)
               : TL_OK;
}

static tl_status read_amounts(struct tl_budget *out, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_AMOUNTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, out->id);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->amounts = tl_arena_grow(arena, out->amounts, out->amount_count, &capacity, sizeof *out->amounts);
        if (out->amounts == NULL)
            return tl_err_memory(err);
        struct tl_budget_amount *amount = &out->amounts[out->amount_count++];
        *amount = (struct tl_budget_amount){.account = tl_stmt_copy(stmt, 0, arena),
                                            .name_da = tl_stmt_copy(stmt, 1, arena),
                                            .name_en = tl_stmt_copy(stmt, 2, arena),
                                            .is_income = tl_stmt_int(stmt, 3) != 0,
                                            .working = tl_stmt_copy(stmt, 8, arena)};
        for (int q = 0; q < TL_BUDGET_QUARTERS; q++)
            amount->quarters[q].minor = tl_stmt_int(stmt, 4 + q);
        if (amount->account == NULL || amount->name_da == NULL || amount->name_en == NULL || amount->working == NULL)
            return tl_err_memory(err);
    }
    return status;
}

tl_status tl_budget_find(struct tl_budget *out, bool *found, struct tl_store *store, const char *product, int year,
                         struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *found = false;
    *out = (struct tl_budget){.product = product, .year = year, .basis = "", .decision = ""};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, product);
    tl_stmt_bind_int(stmt, 3, year);
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status == TL_OK ? read_amounts(out, store, arena, err) : status;
}

tl_status tl_budget_list(struct tl_budget **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    *out = NULL;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        *out = tl_arena_grow(arena, *out, *count, &capacity, sizeof **out);
        if (*out == NULL)
            return tl_err_memory(err);
        status = read_row(&(*out)[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    return status;
}

/* ---- recording ---- */

/* The amount of an account, found or added; NULL when memory is gone. There is room for one more than what is there. */
static struct tl_budget_amount *amount_of(struct tl_budget *budget, const char *account)
{
    for (size_t i = 0; i < budget->amount_count; i++)
        if (tl_text_equal(budget->amounts[i].account, account))
            return &budget->amounts[i];
    budget->amounts[budget->amount_count] = (struct tl_budget_amount){.account = account, .working = ""};
    return &budget->amounts[budget->amount_count++];
}

/* What kind of account it is: an income, or a cost. */
static tl_status find_account(struct tl_budget_amount *amount, struct tl_store *store, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ACCOUNT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, amount->account);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no account '%s'", amount->account);
        return TL_ERR_NOT_FOUND;
    }
    if (status != TL_OK)
        return status;
    amount->is_income = tl_text_equal(tl_stmt_text(stmt, 0), "income");
    bool is_cost = tl_text_equal(tl_stmt_text(stmt, 0), "expense");
    amount->name_da = tl_stmt_copy(stmt, 1, arena);
    amount->name_en = tl_stmt_copy(stmt, 2, arena);
    tl_stmt_end(stmt);
    if (amount->name_da == NULL || amount->name_en == NULL)
        return tl_err_memory(err);
    if (!amount->is_income && !is_cost) {
        (void)tl_err_set(err, TL_ERR_INPUT, "the account '%s', %s, is neither an income nor a cost", amount->account,
                         amount->name_en);
        tl_err_hint(err, "a budget is about incomes and costs");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

static tl_status take_file(struct tl_budget *budget, bool *has_income, const struct tl_budget_file *file,
                           struct tl_store *store, const char *name, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = TL_OK;
    *has_income = false;
    for (size_t i = 0; status == TL_OK && i < file->row_count; i++) {
        struct tl_budget_amount *amount = amount_of(budget, file->rows[i].account);
        memcpy(amount->quarters, file->rows[i].quarters, sizeof amount->quarters);
        status = find_account(amount, store, arena, err);
        if (status != TL_OK)
            tl_err_at(err, name, file->rows[i].line, 1);
        *has_income = *has_income || amount->is_income;
    }
    return status;
}

/* Adds what a line of the terms comes to, in equal parts in the quarters that the terms bill: the parts are differences
 * of rounded running totals, and the first has what is left. */
static tl_status add_line(struct tl_budget_amount *amount, const struct tl_line_result *line, int parts, int version,
                          struct tl_arena *arena, struct tl_err *err)
{
    char total[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    struct tl_money left = line->total;
    for (int part = parts - 1; status == TL_OK && part >= 0; part--) {
        struct tl_money share = {part == 0 ? left.minor : line->total.minor / parts};
        int quarter = part * (TL_BUDGET_QUARTERS / parts);
        status = tl_money_add(&amount->quarters[quarter], amount->quarters[quarter], share, err);
        if (status == TL_OK)
            status = tl_money_subtract(&left, left, share, err);
    }
    amount->working = amount->working[0] == '\0' ? tl_arena_format(arena, "terms version %d: %s %s", version,
                                                                   line->line->id, tl_money_plain(line->total, total))
                                                 : tl_arena_format(arena, "%s + %s %s", amount->working, line->line->id,
                                                                   tl_money_plain(line->total, total));
    return status == TL_OK && amount->working == NULL ? tl_err_memory(err) : status;
}

static tl_status take_terms(struct tl_budget *budget, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    static const int parts[] = {[TL_BILLING_YEARLY] = 1, [TL_BILLING_HALF_YEARLY] = 2, [TL_BILLING_QUARTERLY] = 4};
    struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
    tl_status status = tl_product_year_compute(&computed, store, budget->product, budget->year, 0, err);
    struct tl_budget_amount *grown =
        tl_arena_alloc(arena, budget->amount_count + computed.allocation.line_count, sizeof *grown);
    if (status == TL_OK && grown == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK && budget->amount_count > 0)
        memcpy(grown, budget->amounts, budget->amount_count * sizeof *grown);
    if (status == TL_OK)
        budget->amounts = grown;
    for (size_t i = 0; status == TL_OK && i < computed.allocation.line_count; i++) {
        const struct tl_line_result *line = &computed.allocation.lines[i];
        if (!line->known || tl_money_is_zero(line->total))
            continue;
        const char *code = tl_arena_text(arena, line->line->account);
        if (code == NULL)
            status = tl_err_memory(err);
        struct tl_budget_amount *amount = status == TL_OK ? amount_of(budget, code) : NULL;
        if (status == TL_OK)
            status = find_account(amount, store, arena, err);
        if (status == TL_OK)
            status = add_line(amount, line, line->line->kind == TL_LINE_ANNUAL ? parts[computed.terms.billing] : 1,
                              computed.adopted.version, arena, err);
    }
    tl_product_year_release(&computed);
    return status;
}

static bool is_same(const struct tl_budget *a, const struct tl_budget *b)
{
    bool same = a->amount_count == b->amount_count;
    for (size_t i = 0; same && i < a->amount_count; i++) {
        const struct tl_budget_amount *other = NULL;
        for (size_t j = 0; j < b->amount_count; j++)
            if (tl_text_equal(a->amounts[i].account, b->amounts[j].account))
                other = &b->amounts[j];
        same = other != NULL && memcmp(a->amounts[i].quarters, other->quarters, sizeof other->quarters) == 0;
    }
    return same;
}

static tl_status add_amounts(struct tl_store *store, const struct tl_budget *budget, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < budget->amount_count; i++) {
        const struct tl_budget_amount *amount = &budget->amounts[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_AMOUNT], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, budget->id);
        tl_stmt_bind_text(stmt, 2, amount->account);
        for (int q = 0; q < TL_BUDGET_QUARTERS; q++)
            tl_stmt_bind_int(stmt, 3 + q, amount->quarters[q].minor);
        tl_stmt_bind_text(stmt, 7, amount->working);
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

/* Adds the budget as the next version, unless the last one says the same. */
static tl_status add(struct tl_budget *budget, struct tl_store *store, const char *decision_text,
                     struct tl_arena *arena, struct tl_err *err)
{
    struct tl_budget last;
    struct tl_decision decision;
    struct tl_stmt *stmt;
    bool found = false;
    tl_status status = tl_budget_find(&last, &found, store, budget->product, budget->year, arena, err);
    if (status == TL_OK && found && is_same(budget, &last)) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "version %d of the budget of '%s' for %d says the same", last.version,
                         budget->product, budget->year);
        tl_err_hint(err, "it was decided by %s", last.decision);
        return TL_ERR_CONFLICT;
    }
    if (status == TL_OK)
        status = tl_decision_parse(&decision, decision_text, arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, budget->product);
    tl_stmt_bind_int(stmt, 2, budget->year);
    tl_stmt_bind_int(stmt, 3, found ? last.version + 1 : 1);
    tl_stmt_bind_text(stmt, 4, budget->basis);
    tl_stmt_bind_int(stmt, 5, decision.id);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    status = tl_stmt_answer(stmt, &budget->id, err);
    return status == TL_OK ? add_amounts(store, budget, err) : status;
}

/* Adds it, and reads it as it is recorded. */
static tl_status finish(struct tl_budget *recorded, struct tl_store *store, struct tl_budget *budget,
                        const char *decision, struct tl_arena *arena, struct tl_err *err)
{
    bool found = false;
    tl_status status = add(budget, store, decision, arena, err);
    return status == TL_OK ? tl_budget_find(recorded, &found, store, budget->product, budget->year, arena, err)
                           : status;
}

tl_status tl_budget_record(struct tl_budget *recorded, struct tl_store *store, const char *product, int year,
                           const struct tl_source *source, const char *decision, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_budget_file file;
    struct tl_product found;
    struct tl_budget budget = {.product = product, .year = year};
    bool has_income = false;
    tl_status status = tl_product_find(&found, store, product, arena, err);
    if (status == TL_OK)
        status = tl_budget_file_read(&file, source, arena, err);
    if (status != TL_OK)
        return status;
    budget.basis = tl_arena_text(arena, tl_source_base_name(source));
    budget.amounts = tl_arena_alloc(arena, file.row_count, sizeof *budget.amounts);
    if (budget.basis == NULL || budget.amounts == NULL)
        return tl_err_memory(err);
    status = take_file(&budget, &has_income, &file, store, source->name, arena, err);
    if (status == TL_OK && !has_income)
        status = take_terms(&budget, store, arena, err);
    return status == TL_OK ? finish(recorded, store, &budget, decision, arena, err) : status;
}

/* ---- by an index ---- */

static tl_status find_value(const struct tl_index_value **out, const struct tl_index_value *values, size_t count,
                            const char *index, struct tl_date on, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(values[i].index, index) && tl_date_compare(values[i].holds_on, on) == 0) {
            *out = &values[i];
            return TL_OK;
        }
    (void)tl_err_set(err, TL_ERR_MISSING, "the index '%s' has no value on %s", index, tl_date_iso(on, date));
    tl_err_hint(err, "record it with: tilslut index set %s --date %s --value NUMBER --published DATE --source TEXT",
                index, date);
    return TL_ERR_MISSING;
}

/* amount x now / then, halves away from zero. */
static tl_status regulate(struct tl_money *amount, const struct tl_index_value *now, const struct tl_index_value *then,
                          struct tl_err *err)
{
    struct tl_frac exact, factor;
    tl_frac_init(&exact);
    tl_frac_init(&factor);
    tl_frac_set_whole(&exact, amount->minor);
    tl_frac_set_ratio(&factor, now->value);
    mpq_mul(exact.q, exact.q, factor.q);
    tl_frac_set_ratio(&factor, then->value);
    mpq_div(exact.q, exact.q, factor.q);
    tl_status status = tl_frac_round_money(amount, &exact, err);
    tl_frac_release(&exact);
    tl_frac_release(&factor);
    return status;
}

static tl_status regulate_all(struct tl_budget *budget, const struct tl_index_value *now,
                              const struct tl_index_value *then, struct tl_arena *arena, struct tl_err *err)
{
    char new_text[TL_RATIO_TEXT_SIZE], old_text[TL_RATIO_TEXT_SIZE], money[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < budget->amount_count; i++) {
        struct tl_budget_amount *amount = &budget->amounts[i];
        struct tl_buf working = TL_BUF_EMPTY;
        tl_buf_text(&working, "round((");
        for (int q = 0; status == TL_OK && q < TL_BUDGET_QUARTERS; q++) {
            tl_buf_format(&working, "%s%s", q == 0 ? "" : ", ", tl_money_plain(amount->quarters[q], money));
            status = regulate(&amount->quarters[q], now, then, err);
        }
        tl_buf_format(&working, ") x %s/%s, 0.01)", tl_ratio_text(now->value, new_text),
                      tl_ratio_text(then->value, old_text));
        if (status == TL_OK)
            status = tl_buf_status(&working, err);
        if (status == TL_OK && (amount->working = tl_arena_text(arena, tl_buf_string(&working))) == NULL)
            status = tl_err_memory(err);
        tl_buf_release(&working);
    }
    return status;
}

tl_status tl_budget_record_indexed(struct tl_budget *recorded, struct tl_store *store, const char *product, int year,
                                   const struct tl_budget_index *index, const char *decision, struct tl_arena *arena,
                                   struct tl_err *err)
{
    struct tl_product known;
    struct tl_budget budget;
    struct tl_index_value *values = NULL;
    const struct tl_index_value *then = NULL, *now = NULL;
    size_t count = 0;
    bool found = false;
    char from[TL_DATE_TEXT_SIZE], to[TL_DATE_TEXT_SIZE];
    tl_status status = tl_product_find(&known, store, product, arena, err);
    if (status == TL_OK)
        status = tl_budget_find(&budget, &found, store, product, year - 1, arena, err);
    if (status == TL_OK && !found) {
        status = tl_err_set(err, TL_ERR_MISSING, "'%s' has no budget for %d", product, year - 1);
        tl_err_hint(err, "record it with: tilslut budget set %s %d FILE --decision TEXT", product, year - 1);
    }
    if (status == TL_OK)
        status = tl_index_value_list(&values, &count, store, arena, err);
    if (status == TL_OK)
        status = find_value(&then, values, count, index->index, index->from, err);
    if (status == TL_OK)
        status = find_value(&now, values, count, index->index, index->to, err);
    if (status == TL_OK)
        status = regulate_all(&budget, now, then, arena, err);
    if (status != TL_OK)
        return status;
    budget.basis =
        tl_arena_format(arena, "%d version %d by %s: %s (%s) / %s (%s)", year - 1, budget.version, index->index,
                        tl_date_iso(index->to, to), now->source, tl_date_iso(index->from, from), then->source);
    budget.product = product;
    budget.year = year;
    return budget.basis == NULL ? tl_err_memory(err) : finish(recorded, store, &budget, decision, arena, err);
}
