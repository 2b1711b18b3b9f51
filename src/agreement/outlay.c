/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/outlay.h"

#include <inttypes.h>

#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_TAKEN, SQL_ADD, SQL_ADD_REPAYMENT, SQL_KIND };

static const char *const SQL[] = {
    [SQL_TAKEN] = "SELECT o.voucher_id FROM outlay AS o LEFT JOIN voucher_end AS e ON e.voucher_id = o.voucher_id "
                  "WHERE o.party_code = ?1 AND o.evidence = ?2 AND e.outcome IS NOT 'rejected'",
    [SQL_ADD] = "INSERT INTO outlay (voucher_id, product_code, party_code, account_code, project_code, paid_on, text, "
                "evidence, amount_minor, act_id) VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7, ?8, ?9, ?10)",
    [SQL_ADD_REPAYMENT] = "INSERT INTO repayment (voucher_id, outlay_id, amount_minor, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_KIND] = "SELECT count(*) FROM voucher WHERE id = ?1 AND kind = 'repayment'",
};

/* ---- an outlay on its way into the register ---- */

static tl_status check(const struct tl_outlay *outlay, struct tl_err *err)
{
    char text[TL_MONEY_TEXT_SIZE];
    if (outlay->amount.minor <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "an outlay of %s is none", tl_money_plain(outlay->amount, text));
    if (outlay->text[0] == '\0' || outlay->evidence[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "an outlay needs a text and its receipt");
        tl_err_hint(err, "for example --text Brugerdag --evidence 'kvittering 7'");
        return TL_ERR_MISSING;
    }
    return TL_OK;
}

static tl_status check_project(struct tl_store *store, const struct tl_outlay *outlay, struct tl_arena *arena,
                               struct tl_err *err)
{
    struct tl_project project;
    if (outlay->project[0] == '\0')
        return TL_OK;
    tl_status status = tl_project_find(&project, store, outlay->project, arena, err);
    if (status == TL_OK && !tl_text_equal(project.product, outlay->product))
        status = tl_err_set(err, TL_ERR_INPUT, "the project '%s' is of '%s', not of '%s'", project.code,
                            project.product, outlay->product);
    return status;
}

/* The same receipt is not counted twice. */
static tl_status check_once(struct tl_store *store, const struct tl_outlay *outlay, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t taken = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, outlay->party);
    tl_stmt_bind_text(stmt, 2, outlay->evidence);
    status = tl_stmt_answer(stmt, &taken, err);
    if (status != TL_OK || taken == 0)
        return status;
    (void)tl_err_set(err, TL_ERR_CONFLICT, "'%.60s' of '%s' is registered already, as outlay %" PRId64,
                     outlay->evidence, outlay->party, taken);
    tl_err_hint(err, "a receipt spread over several outlays names its part: --evidence 'kvittering 7, side 2'");
    return TL_ERR_CONFLICT;
}

static tl_status add(struct tl_store *store, int64_t id, const struct tl_outlay *outlay, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outlay->product);
    tl_stmt_bind_text(stmt, 3, outlay->party);
    tl_stmt_bind_text(stmt, 4, outlay->account);
    tl_stmt_bind_text(stmt, 5, outlay->project);
    tl_stmt_bind_date(stmt, 6, outlay->paid_on);
    tl_stmt_bind_text(stmt, 7, outlay->text);
    tl_stmt_bind_text(stmt, 8, outlay->evidence);
    tl_stmt_bind_int(stmt, 9, outlay->amount.minor);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_outlay_register(int64_t *id, struct tl_store *store, const struct tl_outlay *outlay, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_party party;
    tl_status status = tl_product_find(&product, store, outlay->product, &arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, outlay->party, outlay->paid_on, &arena, err);
    if (status == TL_OK)
        status = tl_account_check_type(store, outlay->account, "expense", err);
    if (status == TL_OK)
        status = check_project(store, outlay, &arena, err);
    if (status == TL_OK)
        status = check(outlay, err);
    if (status == TL_OK)
        status = check_once(store, outlay, err);
    if (status == TL_OK)
        status = tl_voucher_draft(id, store, "outlay", err);
    if (status == TL_OK)
        status = add(store, *id, outlay, err);
    tl_arena_release(&arena);
    return status;
}

/* ---- a repayment ---- */

/* What pledges are to repay waits for the decision by which they bind. */
static tl_status check_funded(struct tl_store *store, const struct tl_outlay *outlay, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_project project;
    if (outlay->project[0] == '\0')
        return TL_OK;
    tl_status status = tl_project_find(&project, store, outlay->project, arena, err);
    if (status != TL_OK || project.is_funded)
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "outlay %" PRId64 " is repaid by the project '%s', which is not funded yet",
                     outlay->id, outlay->project);
    tl_err_hint(err, "tilslut project fund %s records the decision to carry it out", outlay->project);
    return TL_ERR_STATE;
}

static tl_status check_repayable(struct tl_money *amount, const struct tl_outlay *outlay, struct tl_err *err)
{
    char asked[TL_MONEY_TEXT_SIZE], left[TL_MONEY_TEXT_SIZE];
    struct tl_money rest = {outlay->owed.minor - outlay->drafted.minor};
    if (!tl_text_equal(outlay->state, "approved"))
        return tl_err_set(err, TL_ERR_STATE, "outlay %" PRId64 " is %s; only what is approved is repaid", outlay->id,
                          tl_text_equal(outlay->state, "draft") ? "a draft" : outlay->state);
    if (amount->minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "a repayment of %s is none", tl_money_plain(*amount, asked));
    if (tl_money_is_zero(*amount))
        *amount = rest;
    if (rest.minor > 0 && amount->minor <= rest.minor)
        return TL_OK;
    if (rest.minor == 0)
        (void)tl_err_set(err, TL_ERR_STATE, "nothing is left to repay of outlay %" PRId64 ": of %s, %s is repaid%s",
                         outlay->id, tl_money_da(outlay->amount, asked), tl_money_da(outlay->repaid, left),
                         outlay->drafted.minor == 0 ? "" : " and the rest is drafted");
    else
        (void)tl_err_set(err, TL_ERR_STATE, "%s is more than the %s that is left of outlay %" PRId64,
                         tl_money_da(*amount, asked), tl_money_da(rest, left), outlay->id);
    tl_err_hint(err, "tilslut list repayments shows what went back, and what is drafted");
    return TL_ERR_STATE;
}

tl_status tl_outlay_repay(int64_t *id, struct tl_money *amount, struct tl_store *store, int64_t outlay_id,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_outlay outlay;
    struct tl_stmt *stmt;
    tl_status status = tl_outlay_find(&outlay, store, outlay_id, &arena, err);
    if (status == TL_OK)
        status = check_repayable(amount, &outlay, err);
    if (status == TL_OK)
        status = check_funded(store, &outlay, &arena, err);
    if (status == TL_OK)
        status = tl_voucher_draft(id, store, "repayment", err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_REPAYMENT], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, *id);
        tl_stmt_bind_int(stmt, 2, outlay_id);
        tl_stmt_bind_int(stmt, 3, amount->minor);
        tl_stmt_bind_int(stmt, 4, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}

/* ---- the end of either ---- */

static tl_status post(int64_t *entry_id, struct tl_store *store, const char *key, struct tl_entry *entry,
                      struct tl_err *err)
{
    bool already;
    if (key == NULL || entry->text == NULL)
        return tl_err_memory(err);
    return tl_entry_post(entry_id, &already, store, key, entry, err);
}

static tl_status post_outlay(int64_t *entry_id, struct tl_store *store, const struct tl_outlay *outlay,
                             struct tl_date date, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_posting postings[] = {
        {outlay->account, NULL, outlay->product, "", outlay->amount},
        {TL_ACCOUNT_OUTLAYS, outlay->party, outlay->product, "", tl_money_negate(outlay->amount)},
    };
    struct tl_entry entry = {
        .kind = "cost",
        .holds_on = date,
        .reference = "",
        .text = tl_arena_format(arena, "Udlæg af %s, bilag %" PRId64 ": %s", outlay->party, outlay->id, outlay->text),
        .postings = postings,
        .posting_count = 2};
    return post(entry_id, store, tl_arena_format(arena, "outlay:%" PRId64, outlay->id), &entry, err);
}

static tl_status post_repayment(int64_t *entry_id, struct tl_store *store, const struct tl_repayment *repayment,
                                struct tl_date date, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_outlay outlay;
    tl_status status = tl_outlay_find(&outlay, store, repayment->outlay, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_posting postings[] = {
        {TL_ACCOUNT_OUTLAYS, outlay.party, outlay.product, "", repayment->amount},
        {TL_ACCOUNT_SETTLEMENT, outlay.party, outlay.product, "", tl_money_negate(repayment->amount)},
    };
    struct tl_entry entry = {
        .kind = "payment",
        .holds_on = date,
        .reference = "",
        .text = tl_arena_format(arena, "Tilbagebetaling af udlæg, bilag %" PRId64 ": %s", outlay.id, outlay.text),
        .postings = postings,
        .posting_count = 2};
    return post(entry_id, store, tl_arena_format(arena, "repayment:%" PRId64, repayment->id), &entry, err);
}

static tl_status find_repayment(struct tl_repayment *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct tl_repayment *all = NULL;
    size_t count = 0;
    tl_status status = tl_outlay_repayments(&all, &count, store, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (all[i].id == id) {
            *out = all[i];
            return TL_OK;
        }
    return status == TL_OK ? tl_err_set(err, TL_ERR_BROKEN, "voucher %" PRId64 " has no repayment", id) : status;
}

/* What a voucher is of these two; any other is told as no outlay. */
static tl_status find_kind(const char **kind, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t repayments = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_KIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_answer(stmt, &repayments, err);
    *kind = repayments > 0 ? "repayment" : "outlay";
    return status;
}

tl_status tl_outlay_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor, struct tl_date date,
                            struct tl_date today, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_outlay outlay = {.id = 0};
    struct tl_repayment repayment = {.id = 0};
    struct tl_voucher voucher;
    const char *kind = "";
    tl_status status = find_kind(&kind, store, id, err);
    bool is_repayment = tl_text_equal(kind, "repayment");
    if (status == TL_OK)
        status = tl_voucher_find(&voucher, store, id, kind, &arena, err);
    if (status == TL_OK)
        status = is_repayment ? find_repayment(&repayment, store, id, &arena, err)
                              : tl_outlay_find(&outlay, store, id, &arena, err);
    if (status == TL_OK && tl_date_is_none(date))
        date = is_repayment ? today : outlay.paid_on;
    if (status == TL_OK)
        status = tl_voucher_approve(store, id, kind, actor, date, err);
    if (status == TL_OK)
        status = is_repayment ? post_repayment(entry, store, &repayment, date, &arena, err)
                              : post_outlay(entry, store, &outlay, date, &arena, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_outlay_reject(struct tl_store *store, int64_t id, const char *reason, struct tl_err *err)
{
    const char *kind = "";
    tl_status status = find_kind(&kind, store, id, err);
    return status == TL_OK ? tl_voucher_reject(store, id, kind, reason, err) : status;
}
