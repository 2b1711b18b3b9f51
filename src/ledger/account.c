/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/account.h"

#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const char SQL_ADD[] = "INSERT INTO account (code, name_da, name_en, type, act_id) VALUES (?1, ?2, ?3, ?4, ?5)";

static const char SQL_KNOWN[] = "SELECT count(*) FROM account WHERE code = ?1";
static const char SQL_TYPED[] = "SELECT count(*) FROM account WHERE code = ?1 AND type = ?2";
static const char SQL_FIND[] = "SELECT name_da, name_en, type FROM account WHERE code = ?1";
static const char SQL_LIST[] = "SELECT code, name_da, name_en, type FROM account WHERE act_id <= ?1 ORDER BY code";

/* 00001-00011: OS2's accounts per product, as its PSP elements number them. */
static const struct tl_account chart[] = {
    {"00001", "Tilslutningsafgift", "Joining fee", "income"},
    {"00002", "Vederlag", "Annual contribution", "income"},
    {"00003", "Bidrag", "One-off contribution", "income"},
    {"00004", "Tilkobling / Onboarding", "Onboarding", "expense"},
    {"00005", "Drift", "Hosting and operations", "expense"},
    {"00006", "Koordinering", "Coordination", "expense"},
    {"00007", "Administration", "Administration", "expense"},
    {"00008", "Udvikling", "Development", "expense"},
    {"00009", "Konsulentbistand", "Consultancy", "expense"},
    {"00010", "Arrangementer", "Events", "expense"},
    {"00011", "Vedligehold", "Maintenance", "expense"},
    {TL_ACCOUNT_RECEIVABLE, "Tilgodehavender hos medlemmer", "Receivables from members", "asset"},
    {TL_ACCOUNT_ACCRUAL, "Periodeafgrænsningsposter", "Prepaid and accrued costs", "asset"},
    {TL_ACCOUNT_SETTLEMENT, "Mellemregning med værtskommunen", "Settlement account with the host municipality",
     "asset"},
    {TL_ACCOUNT_VAT, "Skyldig moms", "VAT payable", "liability"},
    {TL_ACCOUNT_CREDITORS, "Skyldigt til leverandører", "Owed to suppliers", "liability"},
    {TL_ACCOUNT_OUTLAYS, "Skyldigt til medlemmer for udlæg", "Owed to members for outlays", "liability"},
    {TL_ACCOUNT_RESERVE, "Reserve", "Reserve", "equity"},
    {TL_ACCOUNT_CARRIED, "Overført resultat", "Carried result", "equity"},
};

/* What the program itself posts to. */
static const struct {
    const char *code, *type, *role;
} roles[] = {
    {TL_ACCOUNT_RECEIVABLE, "asset", "what members owe"},
    {TL_ACCOUNT_ACCRUAL, "asset", "what is paid before or after its year"},
    {TL_ACCOUNT_SETTLEMENT, "asset", "money received and paid"},
    {TL_ACCOUNT_VAT, "liability", "VAT"},
    {TL_ACCOUNT_CREDITORS, "liability", "what is owed to suppliers"},
    {TL_ACCOUNT_OUTLAYS, "liability", "what is owed to members for outlays"},
    {TL_ACCOUNT_RESERVE, "equity", "the reserve"},
    {TL_ACCOUNT_CARRIED, "equity", "results carried to the next year"},
};

tl_status tl_account_check_chart(const struct tl_account *accounts, size_t count, struct tl_err *err)
{
    for (size_t r = 0; r < sizeof roles / sizeof roles[0]; r++) {
        size_t at = 0;
        while (at < count && !tl_text_equal(accounts[at].code, roles[r].code))
            at++;
        if (at < count && tl_text_equal(accounts[at].type, roles[r].type))
            continue;
        if (at == count)
            (void)tl_err_set(err, TL_ERR_INPUT, "the chart has no account '%s', on which %s is booked", roles[r].code,
                             roles[r].role);
        else
            (void)tl_err_set(err, TL_ERR_INPUT, "the account '%s' is of %s, but %s is booked on it: it must be of %s",
                             roles[r].code, accounts[at].type, roles[r].role, roles[r].type);
        tl_err_hint(err, "name it as you like, for example: %s,NAVN,NAME,%s", roles[r].code, roles[r].type);
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

tl_status tl_account_check_known(struct tl_store *store, const char *code, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL_KNOWN, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    status = tl_stmt_answer(stmt, &count, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "the chart of this ledger has no account '%.20s'", code);
        tl_err_hint(err, "tilslut list accounts shows the chart; tilslut chart import adds accounts to it");
    }
    return status;
}

tl_status tl_account_check_type(struct tl_store *store, const char *code, const char *type, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_account_check_known(store, code, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL_TYPED, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_text(stmt, 2, type);
    status = tl_stmt_answer(stmt, &count, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_INPUT, "'%.20s' is not %s account", code,
                            tl_text_equal(type, "income") ? "an income" : "a cost");
        tl_err_hint(err, "tilslut list accounts shows the chart, and of which type each account is");
    }
    return status;
}

const struct tl_account *tl_account_default_chart(size_t *count)
{
    *count = sizeof chart / sizeof chart[0];
    return chart;
}

const struct tl_account *tl_account_find(const char *code)
{
    for (size_t i = 0; i < sizeof chart / sizeof chart[0]; i++)
        if (strcmp(chart[i].code, code) == 0)
            return &chart[i];
    return NULL;
}

static tl_status add(struct tl_store *store, const struct tl_account *account, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL_ADD, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, account->code);
    tl_stmt_bind_text(stmt, 2, account->name_da);
    tl_stmt_bind_text(stmt, 3, account->name_en);
    tl_stmt_bind_text(stmt, 4, account->type);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_account_record_chart(struct tl_store *store, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < sizeof chart / sizeof chart[0]; i++)
        status = add(store, &chart[i], err);
    return status;
}

tl_status tl_account_record(bool *added, struct tl_store *store, const struct tl_account *account, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool found = false;
    *added = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL_FIND, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, account->code);
    status = tl_stmt_next(stmt, &found, err);
    if (status == TL_OK && found) {
        if (!tl_text_equal(tl_stmt_text(stmt, 0), account->name_da) ||
            !tl_text_equal(tl_stmt_text(stmt, 1), account->name_en) ||
            !tl_text_equal(tl_stmt_text(stmt, 2), account->type)) {
            status = tl_err_set(err, TL_ERR_CONFLICT, "the account '%s' is recorded already, as '%s', '%s', %s",
                                account->code, tl_stmt_text(stmt, 0), tl_stmt_text(stmt, 1), tl_stmt_text(stmt, 2));
            tl_err_hint(err, "an account keeps its names and its side; give the new one another code");
        }
        tl_stmt_end(stmt);
    }
    *added = status == TL_OK && !found;
    return *added ? add(store, account, err) : status;
}

tl_status tl_account_list(struct tl_account **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_account *accounts = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL_LIST, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        accounts = tl_arena_grow(arena, accounts, *count, &capacity, sizeof *accounts);
        if (accounts == NULL)
            return tl_err_memory(err);
        struct tl_account *account = &accounts[(*count)++];
        *account = (struct tl_account){tl_stmt_copy(stmt, 0, arena), tl_stmt_copy(stmt, 1, arena),
                                       tl_stmt_copy(stmt, 2, arena), tl_stmt_copy(stmt, 3, arena)};
        if (account->code == NULL || account->name_da == NULL || account->name_en == NULL || account->type == NULL)
            return tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    *out = accounts;
    return status;
}
