/* SPDX-License-Identifier: MPL-2.0 */
#include "cost_amount.h"

#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"
#include "tilslut/store/stmt.h"

static const char SQL_ACCOUNT[] = "SELECT type FROM account WHERE code = ?1";

tl_status tl_cost_of_hours(struct tl_money *out, struct tl_ratio hours, struct tl_money rate, struct tl_err *err)
{
    struct tl_frac amount = {0}, factor = {0};
    tl_frac_init(&amount);
    tl_frac_init(&factor);
    tl_frac_set_ratio(&amount, hours);
    tl_frac_set_whole(&factor, rate.minor);
    mpq_mul(amount.q, amount.q, factor.q);
    tl_status status = tl_frac_round_money(out, &amount, err);
    tl_frac_release(&factor);
    tl_frac_release(&amount);
    return status;
}

tl_status tl_cost_check_account(struct tl_store *store, const char *account, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false, is_expense = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL_ACCOUNT, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, account);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        is_expense = tl_text_equal(tl_stmt_text(stmt, 0), "expense");
        tl_stmt_end(stmt);
    }
    if (status != TL_OK || is_expense)
        return status;
    if (row)
        status = tl_err_set(err, TL_ERR_INPUT, "'%.20s' is not a cost account", account);
    else
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no account '%.20s'", account);
    tl_err_hint(err, "the cost accounts of a product are 00004 to 00011, such as 00008 for development");
    return status;
}
