/* SPDX-License-Identifier: MPL-2.0 */
#include "duty_need.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/agreement/duty.h"
#include "tilslut/store/stmt.h"

/* Statements that give act, duty and product of what the acts ?1 to ?2 recorded in a table. The numbers are those of
 * tl_duty. A product that is not in the row is found over what the row belongs to. */
#define ACTS " BETWEEN ?1 AND ?2"
#define FROM(duty, product, table) "SELECT DISTINCT act_id, " duty ", " product " FROM " table " WHERE act_id" ACTS
#define DRAFT(table) FROM("0", "NULL", table)
#define DRAFT_OF_PRODUCT(table) FROM("0", "product_code", table)
#define OF_MEMBERSHIP(duty, table)                                                                                     \
    "SELECT DISTINCT x.act_id, " duty ", m.product_code FROM " table                                                   \
    " x JOIN membership m ON m.id = x.membership_id WHERE x.act_id" ACTS
#define OF_PROJECT(table)                                                                                              \
    "SELECT DISTINCT x.act_id, 0, p.product_code FROM " table                                                          \
    " x JOIN project p ON p.code = x.project_code WHERE x.act_id" ACTS
/* An end approves, or takes back what was drafted: that may whoever drafts or approves. */
#define END(product, approved, table)                                                                                  \
    "SELECT DISTINCT x.act_id, CASE x.outcome WHEN '" approved "' THEN 1 ELSE 2 END, " product " FROM " table          \
    " x WHERE x.act_id" ACTS

/* Where acts record something, and whose duty that is; without a statement where another row of the same act tells. An
 * act that none of these tells of is a draft of what belongs to no product. */
static const struct {
    const char *table, *sql;
} parts[] = {
    {"act", NULL},
    {"act_seal", NULL},
    {"act_role", NULL},
    {"ledger_file", NULL}, /* the first act, before there are roles */
    {"decision", NULL},
    {"contact_person", NULL},
    {"account", DRAFT("account")},
    {"party", DRAFT("party")},
    {"party_version", DRAFT("party_version")},
    {"association", DRAFT("association")},
    {"figure", DRAFT("figure")},
    {"index_value", DRAFT("index_value")},
    {"product", DRAFT("product")},
    {"terms", DRAFT_OF_PRODUCT("terms")},
    {"terms_signature", OF_MEMBERSHIP("0", "terms_signature")},
    {"membership", DRAFT_OF_PRODUCT("membership")},
    /* signing for the association is an approval; a paper that is signed by both is recorded by a drafter */
    {"membership_event", OF_MEMBERSHIP("CASE WHEN x.event = 'countersigned' AND m.act_id <> x.act_id THEN 1 ELSE 0 END",
                                       "membership_event")},
    {"run", DRAFT_OF_PRODUCT("run")},
    {"run_line", NULL},
    {"run_account", NULL},
    {"run_settlement", NULL},
    {"run_approval", "SELECT x.act_id, 1, r.product_code FROM run_approval x JOIN run r ON r.id = x.run_id "
                     "WHERE x.act_id" ACTS},
    {"run_end", END("(SELECT product_code FROM run WHERE id = x.run_id)", "approved", "run_end")},
    /* what is posted without an approval: payments, and what is set aside */
    {"entry", "SELECT a.id, 0, NULL FROM act a WHERE a.id" ACTS " AND EXISTS (SELECT 1 FROM entry WHERE act_id = a.id) "
              "AND NOT EXISTS (SELECT 1 FROM run_end WHERE act_id = a.id) "
              "AND NOT EXISTS (SELECT 1 FROM voucher_end WHERE act_id = a.id) "
              "AND NOT EXISTS (SELECT 1 FROM carry_end WHERE act_id = a.id) "
              "AND NOT EXISTS (SELECT 1 FROM common_share_end WHERE act_id = a.id) "
              "AND NOT EXISTS (SELECT 1 FROM refund_end WHERE act_id = a.id)"},
    {"posting", NULL},
    {"seal", NULL},
    {"invoice", NULL},
    /* what is sent was approved before, or is read by somebody before it is signed */
    {"document", FROM("2", "product_code", "document")},
    {"reminder_item", NULL},
    {"payee", DRAFT("payee")},
    {"bank_profile", DRAFT("bank_profile")},
    {"finance_profile", DRAFT("finance_profile")},
    {"bank_statement", DRAFT("bank_statement")},
    {"bank_line", NULL},
    {"bank_match", DRAFT("bank_match")},
    {"refund", DRAFT("refund")},
    {"refund_end", END("NULL", "approved", "refund_end")},
    {"product_level", DRAFT_OF_PRODUCT("product_level")},
    {"product_fact", DRAFT_OF_PRODUCT("product_fact")},
    {"product_requirement", DRAFT_OF_PRODUCT("product_requirement")},
    {"product_body", DRAFT_OF_PRODUCT("product_body")},
    {"product_supplier", DRAFT_OF_PRODUCT("product_supplier")},
    {"project", DRAFT_OF_PRODUCT("project")},
    {"pledge", OF_PROJECT("pledge")},
    {"project_funding", OF_PROJECT("project_funding")},
    {"unit", DRAFT("unit")},
    {"unit_reference", DRAFT_OF_PRODUCT("unit_reference")},
    {"unit_invoiced", DRAFT_OF_PRODUCT("unit_invoiced")},
    {"contact", DRAFT("contact")},
    {"contact_erasure", DRAFT("contact_erasure")},
    {"period_close", FROM("2", "NULL", "period_close")},
    {"period_balance", NULL},
    {"period_item", NULL},
    {"period_reopen", DRAFT("period_reopen")},
    {"period_reopen_end", END("NULL", "confirmed", "period_reopen_end")},
    {"product_budget", DRAFT_OF_PRODUCT("product_budget")},
    {"product_budget_line", NULL},
    {"voucher", NULL}, /* the table of its kind tells */
    {"voucher_end", END("coalesce((SELECT product_code FROM cost WHERE voucher_id = x.voucher_id), (SELECT "
                        "product_code FROM hours WHERE voucher_id = x.voucher_id), (SELECT product_code FROM outlay "
                        "WHERE voucher_id = x.voucher_id), (SELECT o.product_code FROM repayment r JOIN outlay o ON "
                        "o.voucher_id = r.outlay_id WHERE r.voucher_id = x.voucher_id), (SELECT product_code FROM "
                        "balancing WHERE voucher_id = x.voucher_id))",
                        "approved", "voucher_end")},
    {"supplier_rate", DRAFT("supplier_rate")},
    {"cost", DRAFT_OF_PRODUCT("cost")},
    {"hour_rate", DRAFT("hour_rate")},
    {"hours", DRAFT_OF_PRODUCT("hours")},
    {"balancing", DRAFT_OF_PRODUCT("balancing")},
    {"balancing_line", NULL},
    {"outlay", DRAFT_OF_PRODUCT("outlay")},
    {"repayment", "SELECT DISTINCT x.act_id, 0, o.product_code FROM repayment x JOIN outlay o ON o.voucher_id = "
                  "x.outlay_id WHERE x.act_id" ACTS},
    {"carry", DRAFT_OF_PRODUCT("carry")},
    {"carry_share", NULL},
    {"carry_end", END("(SELECT product_code FROM carry WHERE id = x.carry_id)", "approved", "carry_end")},
    {"reminder_fee", DRAFT("reminder_fee")},
    {"reminder_charge", NULL},
    {"common_share_rate", DRAFT_OF_PRODUCT("common_share_rate")},
    {"common_share", DRAFT_OF_PRODUCT("common_share")},
    {"common_share_end",
     END("(SELECT product_code FROM common_share WHERE id = x.share_id)", "approved", "common_share_end")},
    {"role_grant", FROM("3", "product_code", "role_grant")},
    {"role_end", "SELECT DISTINCT x.act_id, 3, g.product_code FROM role_end x JOIN role_grant g ON g.id = x.grant_id "
                 "WHERE x.act_id" ACTS},
    {"role_rule", FROM("3", "product_code", "role_rule")},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

const char *const *tl_duty_tables(void)
{
    static const char *tables[PART_COUNT + 1];
    for (size_t i = 0; i < PART_COUNT; i++)
        tables[i] = parts[i].table;
    return tables;
}

struct tl_duty_need tl_duty_need_unnamed(int64_t act)
{
    return (struct tl_duty_need){act, TL_DUTY_DRAFT, ""};
}

static tl_status add_need(struct tl_duty_needs *needs, int64_t act, tl_duty duty, const char *product,
                          struct tl_err *err)
{
    needs->items = tl_arena_grow(&needs->arena, needs->items, needs->count, &needs->capacity, sizeof *needs->items);
    if (needs->items == NULL || product == NULL)
        return tl_err_memory(err);
    needs->items[needs->count++] = (struct tl_duty_need){act, duty, product};
    return TL_OK;
}

static tl_status add_part(struct tl_duty_needs *needs, struct tl_store *store, const char *sql, int64_t first,
                          int64_t last, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, first);
    tl_stmt_bind_int(stmt, 2, last);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = add_need(needs, tl_stmt_int(stmt, 0), (tl_duty)tl_stmt_int(stmt, 1),
                          tl_stmt_copy(stmt, 2, &needs->arena), err);
    if (status != TL_OK)
        tl_stmt_end(stmt);
    return status;
}

static int by_act(const void *left, const void *right)
{
    const struct tl_duty_need *a = left, *b = right;
    if (a->act != b->act)
        return a->act < b->act ? -1 : 1;
    if (a->duty != b->duty)
        return a->duty < b->duty ? -1 : 1;
    return strcmp(a->product, b->product);
}

tl_status tl_duty_needs_find(struct tl_duty_needs *needs, struct tl_store *store, int64_t first, int64_t last,
                             struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < PART_COUNT; i++)
        if (parts[i].sql != NULL)
            status = add_part(needs, store, parts[i].sql, first, last, err);
    if (status != TL_OK || needs->count == 0)
        return status;
    size_t kept = 0;
    qsort(needs->items, needs->count, sizeof *needs->items, by_act);
    for (size_t i = 1; i < needs->count; i++)
        if (by_act(&needs->items[kept], &needs->items[i]) != 0)
            needs->items[++kept] = needs->items[i];
    needs->count = kept + 1;
    return TL_OK;
}
