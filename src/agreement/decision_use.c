/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/decision_use.h"

#include "tilslut/store/stmt.h"

/* One arm for each table that rests on decisions. */
static const char SQL_LIST[] =
    "SELECT d.id, d.body, d.decided_on, d.reference, u.product, u.subject, u.what, u.valid_from, a.recorded_at, "
    "a.actor "
    "FROM (SELECT decision_id, product_code AS product, 'terms' AS subject, 'version ' || version AS what, valid_from, "
    "act_id FROM terms "
    "UNION ALL SELECT decision_id, product_code, 'level', 'level ' || level, valid_from, act_id FROM product_level "
    "UNION ALL SELECT decision_id, product_code, 'project', code, deadline, act_id FROM project "
    "UNION ALL SELECT f.decision_id, p.product_code, 'funding', f.project_code, substr(a.recorded_at, 1, 10), f.act_id "
    "FROM project_funding f JOIN project p ON p.code = f.project_code JOIN act a ON a.id = f.act_id "
    "UNION ALL SELECT decision_id, product_code, 'carry', 'result of ' || year || ' to ' || destination, "
    "year || '-12-31', act_id FROM carry "
    "UNION ALL SELECT decision_id, product_code, 'budget', 'budget of ' || year || ', version ' || version, "
    "year || '-01-01', act_id FROM product_budget "
    "UNION ALL SELECT decision_id, product_code, 'share', CASE WHEN per_member_minor > 0 THEN "
    "printf('%d.%02d a member', per_member_minor / 100, per_member_minor % 100) ELSE percent_numerator || '/' || "
    "percent_denominator || ' of the income' END || ' to ' || to_product, valid_from, act_id FROM common_share_rate "
    "UNION ALL SELECT s.decision_id, r.product_code, 'settlement', 'run ' || s.run_id || ', line ' || r.lines, "
    "r.period_last, s.act_id FROM run_settlement s JOIN run r ON r.id = s.run_id "
    "UNION ALL SELECT decision_id, product_code, 'reminder fee', printf('a reminder costs %d.%02d', amount_minor / "
    "100, "
    "amount_minor % 100), valid_from, act_id FROM reminder_fee "
    "UNION ALL SELECT decision_id, NULL, 'hour rate', printf('an hour is %d.%02d in %d', rate_minor / 100, "
    "rate_minor % 100, year), year || '-01-01', act_id FROM hour_rate "
    "UNION ALL SELECT decision_id, NULL, 'close', first_on || ' to ' || last_on, last_on, act_id FROM period_close "
    "WHERE decision_id IS NOT NULL "
    "UNION ALL SELECT r.decision_id, NULL, 'reopening', c.first_on || ' to ' || c.last_on, c.first_on, r.act_id "
    "FROM period_reopen r JOIN period_close c ON c.id = r.close_id "
    "UNION ALL SELECT decision_id, product_code, 'role', person || ' is ' || role, valid_from, act_id FROM role_grant "
    "WHERE decision_id IS NOT NULL "
    "UNION ALL SELECT decision_id, product_code, 'rule', 'approved by ' || approvers, valid_from, act_id FROM "
    "role_rule "
    "UNION ALL SELECT decision_id, NULL, 'payee', 'where members pay', valid_from, act_id FROM payee "
    "WHERE decision_id IS NOT NULL) u "
    "JOIN decision d ON d.id = u.decision_id JOIN act a ON a.id = u.act_id "
    "WHERE (?1 IS NULL OR u.product = ?1) AND u.act_id <= ?2 ORDER BY d.decided_on, d.id, u.act_id, u.product, u.what";

tl_status tl_decision_use_list(struct tl_decision_use **out, size_t *count, struct tl_store *store, const char *product,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_decision_use *uses = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL_LIST, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        uses = tl_arena_grow(arena, uses, *count, &capacity, sizeof *uses);
        if (uses == NULL)
            return tl_err_memory(err);
        struct tl_decision_use use = {
            {tl_stmt_int(stmt, 0), tl_stmt_copy(stmt, 1, arena), tl_stmt_date(stmt, 2), tl_stmt_copy(stmt, 3, arena)},
            tl_stmt_is_null(stmt, 4) ? NULL : tl_stmt_copy(stmt, 4, arena),
            tl_stmt_copy(stmt, 5, arena),
            tl_stmt_copy(stmt, 6, arena),
            tl_stmt_date(stmt, 7),
            tl_stmt_copy(stmt, 8, arena),
            tl_stmt_copy(stmt, 9, arena)};
        if (use.decision.body == NULL || use.decision.reference == NULL || use.subject == NULL || use.what == NULL ||
            use.recorded_at == NULL || use.actor == NULL)
            return tl_err_memory(err);
        uses[(*count)++] = use;
    }
    *out = uses;
    return status;
}
