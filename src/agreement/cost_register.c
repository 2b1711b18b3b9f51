/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A cost on its way into the register: what must be true of it first.
 */
#include <inttypes.h>

#include "cost_amount.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/supplier_rate.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/key/accrual.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_NAME, SQL_TAKEN, SQL_CREDITED };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO cost (voucher_id, product_code, account_code, cvr, supplier_name, invoice, invoice_line, "
                "invoiced_on, due_on, period_first, period_last, issue, text, net_minor, vat_minor, vat_code, "
                "vat_reason, corrects_id, rate_id, hour_numerator, hour_denominator, working, act_id) VALUES (?1, ?2, "
                "?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, nullif(?18, 0), nullif(?19, 0), "
                "?20, ?21, ?22, ?23)",
    [SQL_NAME] = "SELECT name FROM product_supplier WHERE cvr = ?1 ORDER BY product_code <> ?2, id DESC LIMIT 1",
    [SQL_TAKEN] = "SELECT c.voucher_id FROM cost c LEFT JOIN voucher_end e ON e.voucher_id = c.voucher_id "
                  "WHERE c.cvr = ?1 AND c.invoice = ?2 AND c.invoice_line = ?3 AND e.outcome IS NOT 'rejected'",
    [SQL_CREDITED] = "SELECT coalesce(sum(c.net_minor), 0) FROM cost c LEFT JOIN voucher_end e "
                     "ON e.voucher_id = c.voucher_id WHERE c.corrects_id = ?1 AND e.outcome IS NOT 'rejected'",
};

/* The supplier's name as recorded of a supplier, of this product or another. */
static tl_status complete_name(struct tl_cost *cost, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    if (cost->supplier_name != NULL && cost->supplier_name[0] != '\0')
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_NAME], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, cost->supplier);
    tl_stmt_bind_text(stmt, 2, cost->product);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        cost->supplier_name = tl_stmt_copy(stmt, 0, arena);
        tl_stmt_end(stmt);
        return cost->supplier_name == NULL ? tl_err_memory(err) : TL_OK;
    }
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_MISSING, "the supplier '%s' has no name on record", cost->supplier);
        tl_err_hint(err, "add --name NAME, or attach it with: tilslut product supplier %s %s --name NAME --from DATE",
                    cost->product, cost->supplier);
    }
    return status;
}

static tl_status check_vat(const struct tl_cost *cost, struct tl_err *err)
{
    char text[TL_MONEY_TEXT_SIZE];
    if (cost->vat.minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "VAT of %s is below zero", tl_money_plain(cost->vat, text));
    bool is_none = tl_text_equal(cost->vat_code, "none");
    if (!is_none && !tl_text_equal(cost->vat_code, "deducted") && !tl_text_equal(cost->vat_code, "borne")) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.40s' is no way to treat VAT", cost->vat_code);
        tl_err_hint(err, "deducted: it is recovered; borne: it is a part of the cost");
        return TL_ERR_INPUT;
    }
    if (is_none && tl_money_is_zero(cost->vat) && cost->vat_reason[0] == '\0')
        return TL_OK;
    if (is_none || tl_money_is_zero(cost->vat) || cost->vat_reason[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "VAT needs its amount, what becomes of it, and why");
        tl_err_hint(err, "for example --vat 2500 --vat-code deducted --vat-reason 'momsrefusion'");
        return TL_ERR_MISSING;
    }
    return TL_OK;
}

static tl_status check(const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_accrual split;
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_identifier_check_cvr(cost->supplier, err);
    if (status == TL_OK && cost->net.minor <= 0) {
        status = tl_err_set(err, TL_ERR_INPUT, "a cost of %s is none", tl_money_plain(cost->net, text));
        tl_err_hint(err, "give the amount without VAT, above zero; a supplier's credit note has --credits COST");
    }
    if (status == TL_OK && (cost->invoice[0] == '\0' || cost->text[0] == '\0'))
        status = tl_err_set(err, TL_ERR_MISSING, "a cost needs the number of the supplier's invoice, and a text");
    if (status == TL_OK)
        status = check_vat(cost, err);
    return status == TL_OK ? tl_accrual_split(&split, cost->net, cost->period, err) : status;
}

static tl_status check_once(struct tl_store *store, const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t taken = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, cost->supplier);
    tl_stmt_bind_text(stmt, 2, cost->invoice);
    tl_stmt_bind_int(stmt, 3, cost->line);
    status = tl_stmt_answer(stmt, &taken, err);
    if (status == TL_OK && taken != 0) {
        status = tl_err_set(err, TL_ERR_CONFLICT, "invoice '%.60s' of '%s' is registered already, as cost %" PRId64,
                            cost->invoice, cost->supplier, taken);
        tl_err_hint(err, "an invoice spread over several costs has --line 2, 3 and so on");
    }
    return status;
}

/* The rate of the hours, what they come to, and how. */
static tl_status compute(struct tl_cost *cost, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_supplier_rate rate;
    char hours[TL_RATIO_TEXT_SIZE], each[TL_MONEY_TEXT_SIZE], all[TL_MONEY_TEXT_SIZE], from[TL_DATE_TEXT_SIZE];
    if (cost->role[0] == '\0')
        return TL_OK;
    if (cost->hours.numerator <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "no hours are no cost");
    tl_status status = tl_identifier_check_cvr(cost->supplier, err);
    if (status == TL_OK)
        status = tl_supplier_rate_find(&rate, store, cost->supplier, cost->role, cost->period, arena, err);
    if (status == TL_OK)
        status = tl_cost_of_hours(&cost->net, cost->hours, rate.rate, err);
    if (status != TL_OK)
        return status;
    cost->rate_id = rate.id;
    cost->working = tl_arena_format(arena, "%s x %s = %s (%s from %s: %s)", tl_ratio_text(cost->hours, hours),
                                    tl_money_plain(rate.rate, each), tl_money_plain(cost->net, all), rate.role,
                                    tl_date_iso(rate.valid_from, from), rate.evidence);
    return cost->working == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check_credited(struct tl_store *store, const struct tl_cost *cost, const struct tl_cost *original,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t credited = 0;
    char left[TL_MONEY_TEXT_SIZE], wanted[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CREDITED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, original->id);
    status = tl_stmt_answer(stmt, &credited, err);
    if (status == TL_OK && cost->net.minor > original->net.minor + credited)
        status = tl_err_set(err, TL_ERR_STATE, "a credit of %s is more than the %s that is left of cost %" PRId64,
                            tl_money_plain(cost->net, wanted),
                            tl_money_plain((struct tl_money){original->net.minor + credited}, left), original->id);
    return status;
}

/* What a credit note takes back is of the same supplier, product and account, is approved, and is not taken back
 * twice. Turns the amounts below zero. */
static tl_status turn(struct tl_cost *cost, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_cost original;
    if (cost->corrects == 0)
        return TL_OK;
    tl_status status = tl_cost_find(&original, store, cost->corrects, arena, err);
    if (status == TL_OK && !tl_text_equal(original.state, "approved"))
        return tl_err_set(err, TL_ERR_STATE, "cost %" PRId64 " is %s; what is credited is approved", original.id,
                          tl_text_equal(original.state, "draft") ? "a draft" : original.state);
    if (status == TL_OK && original.corrects != 0)
        return tl_err_set(err, TL_ERR_STATE, "cost %" PRId64 " is a credit note itself", original.id);
    if (status == TL_OK &&
        !(tl_text_equal(original.supplier, cost->supplier) && tl_text_equal(original.product, cost->product) &&
          tl_text_equal(original.account, cost->account)))
        return tl_err_set(err, TL_ERR_STATE, "cost %" PRId64 " is of '%s', account '%s', supplier '%s'", original.id,
                          original.product, original.account, original.supplier);
    if (status == TL_OK)
        status = check_credited(store, cost, &original, err);
    cost->net = tl_money_negate(cost->net);
    cost->vat = tl_money_negate(cost->vat);
    return status;
}

static tl_status add(struct tl_store *store, int64_t id, const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, cost->product);
    tl_stmt_bind_text(stmt, 3, cost->account);
    tl_stmt_bind_text(stmt, 4, cost->supplier);
    tl_stmt_bind_text(stmt, 5, cost->supplier_name);
    tl_stmt_bind_text(stmt, 6, cost->invoice);
    tl_stmt_bind_int(stmt, 7, cost->line);
    tl_stmt_bind_date(stmt, 8, cost->invoiced_on);
    tl_stmt_bind_date(stmt, 9, cost->due_on);
    tl_stmt_bind_date(stmt, 10, cost->period.first);
    tl_stmt_bind_date(stmt, 11, cost->period.last);
    tl_stmt_bind_text(stmt, 12, cost->issue);
    tl_stmt_bind_text(stmt, 13, cost->text);
    tl_stmt_bind_int(stmt, 14, cost->net.minor);
    tl_stmt_bind_int(stmt, 15, cost->vat.minor);
    tl_stmt_bind_text(stmt, 16, cost->vat_code);
    tl_stmt_bind_text(stmt, 17, cost->vat_reason);
    tl_stmt_bind_int(stmt, 18, cost->corrects);
    tl_stmt_bind_int(stmt, 19, cost->rate_id);
    tl_stmt_bind_int(stmt, 20, cost->rate_id == 0 ? 0 : cost->hours.numerator);
    tl_stmt_bind_int(stmt, 21, cost->rate_id == 0 ? 1 : cost->hours.denominator);
    tl_stmt_bind_text(stmt, 22, cost->working);
    tl_stmt_bind_int(stmt, 23, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_cost_register(int64_t *id, struct tl_store *store, const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_cost row = *cost;
    struct tl_product product;
    tl_status status = tl_product_find(&product, store, row.product, &arena, err);
    if (status == TL_OK)
        status = tl_account_check_type(store, row.account, "expense", err);
    if (status == TL_OK)
        status = compute(&row, store, &arena, err);
    if (status == TL_OK)
        status = check(&row, err);
    if (status == TL_OK)
        status = complete_name(&row, store, &arena, err);
    if (status == TL_OK)
        status = check_once(store, &row, err);
    if (status == TL_OK)
        status = turn(&row, store, &arena, err);
    if (status == TL_OK)
        status = tl_voucher_draft(id, store, "cost", err);
    if (status == TL_OK)
        status = add(store, *id, &row, err);
    tl_arena_release(&arena);
    return status;
}
