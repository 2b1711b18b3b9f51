/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/account.h"

#include <string.h>

#include "tilslut/store/stmt.h"

static const char SQL_ADD[] = "INSERT INTO account (code, name_da, name_en, type, act_id) VALUES (?1, ?2, ?3, ?4, ?5)";

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
    {TL_ACCOUNT_RESERVE, "Reserve", "Reserve", "equity"},
    {TL_ACCOUNT_CARRIED, "Overført resultat", "Carried result", "equity"},
};

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

tl_status tl_account_record_chart(struct tl_store *store, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < sizeof chart / sizeof chart[0]; i++) {
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL_ADD, err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_text(stmt, 1, chart[i].code);
        tl_stmt_bind_text(stmt, 2, chart[i].name_da);
        tl_stmt_bind_text(stmt, 3, chart[i].name_en);
        tl_stmt_bind_text(stmt, 4, chart[i].type);
        tl_stmt_bind_int(stmt, 5, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    return status;
}
