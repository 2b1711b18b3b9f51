/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/pledge.h"

#include "run_billed.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/project.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST, SQL_CALLED_IN };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO pledge (project_code, party_code, amount_minor, pledged_on, evidence, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_LIST] =
        "SELECT g.id, g.project_code, p.product_code, g.party_code, g.amount_minor, g.pledged_on, g.evidence, a.actor, "
        "a.recorded_at, p.deadline, coalesce(d.decided_on, ''), "
        "sum(g.amount_minor) OVER (PARTITION BY g.project_code) < p.threshold_minor, g.act_id FROM pledge g JOIN "
        "project p ON "
        "p.code = g.project_code "
        "JOIN act a ON a.id = g.act_id LEFT JOIN project_funding f ON f.project_code = p.code AND f.act_id <= ?2 "
        "LEFT JOIN decision d ON d.id = f.decision_id WHERE (?1 IS NULL OR g.project_code = ?1) AND g.id IN "
        "(SELECT max(id) FROM pledge WHERE act_id <= ?2 GROUP BY project_code, party_code) "
        "ORDER BY g.project_code, g.party_code",
    /* a credit note of what a pledge was billed by takes it back, and it can be called in anew */
    [SQL_CALLED_IN] = "SELECT l.line_id, l.party_code, sum(l.net_minor) FROM run r JOIN run_end e ON e.run_id = r.id "
                      "AND e.outcome = 'approved' AND e.act_id <= ?1 JOIN run_line l ON l.run_id = r.id "
                      "WHERE " TL_RUN_CALLS_IN " GROUP BY 1, 2",
};

const char *tl_pledge_state_name(tl_pledge_state state)
{
    static const char *const names[] = {[TL_PLEDGE_OPEN] = "open",
                                        [TL_PLEDGE_BINDING] = "binding",
                                        [TL_PLEDGE_WITHDRAWN] = "withdrawn",
                                        [TL_PLEDGE_LAPSED] = "lapsed"};
    return names[state];
}

static tl_status check_project(const struct tl_project *project, const struct tl_pledge *pledge, struct tl_err *err)
{
    char on[TL_DATE_TEXT_SIZE], deadline[TL_DATE_TEXT_SIZE];
    if (project->is_funded)
        return tl_err_set(err, TL_ERR_STATE, "the project '%s' is funded, and its pledges bind", project->code);
    if (tl_date_compare(pledge->on, project->deadline) > 0)
        return tl_err_set(err, TL_ERR_STATE, "a pledge to '%s' on %s comes after the deadline, %s", project->code,
                          tl_date_iso(pledge->on, on), tl_date_iso(project->deadline, deadline));
    return TL_OK;
}

/* Against the one that it changes, or NULL. */
static tl_status check_change(const struct tl_pledge *before, const struct tl_pledge *pledge, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE], on[TL_DATE_TEXT_SIZE], earlier[TL_DATE_TEXT_SIZE];
    bool none_before = before == NULL || before->state == TL_PLEDGE_WITHDRAWN;
    if (none_before && pledge->amount.minor == 0)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' has no pledge to '%.40s' that could be withdrawn",
                          pledge->party, pledge->project);
    if (before == NULL)
        return TL_OK;
    if (tl_date_compare(pledge->on, before->on) < 0)
        return tl_err_set(err, TL_ERR_STATE, "a pledge on %s cannot change the one of %s", tl_date_iso(pledge->on, on),
                          tl_date_iso(before->on, earlier));
    if (before->amount.minor == pledge->amount.minor)
        return tl_err_set(err, TL_ERR_CONFLICT, "'%.40s' has pledged %s to '%.40s' already", pledge->party,
                          tl_money_da(pledge->amount, amount), pledge->project);
    return TL_OK;
}

static tl_status check(struct tl_store *store, const struct tl_pledge *pledge, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct tl_project project;
    struct tl_party party;
    struct tl_pledge *pledges = NULL;
    const struct tl_pledge *before = NULL;
    size_t count = 0;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_project_find(&project, store, pledge->project, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, pledge->party, pledge->on, arena, err);
    if (status == TL_OK && pledge->amount.minor < 0)
        status = tl_err_set(err, TL_ERR_INPUT, "a pledge of %s is none", tl_money_da(pledge->amount, amount));
    if (status == TL_OK && pledge->evidence[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "a pledge needs evidence");
        tl_err_hint(err, "add --evidence \"where it is documented\"");
    }
    if (status == TL_OK)
        status = check_project(&project, pledge, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges, &count, store, pledge->project, pledge->on, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(pledges[i].party, pledge->party))
            before = &pledges[i];
    return status == TL_OK ? check_change(before, pledge, err) : status;
}

tl_status tl_pledge_record(struct tl_store *store, const struct tl_pledge *pledge, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_stmt *stmt;
    tl_status status = check(store, pledge, &arena, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, pledge->project);
    tl_stmt_bind_text(stmt, 2, pledge->party);
    tl_stmt_bind_int(stmt, 3, pledge->amount.minor);
    tl_stmt_bind_date(stmt, 4, pledge->on);
    tl_stmt_bind_text(stmt, 5, pledge->evidence);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status read_pledge(struct tl_pledge *out, struct tl_stmt *stmt, struct tl_date on, struct tl_arena *arena,
                             struct tl_err *err)
{
    *out = (struct tl_pledge){.id = tl_stmt_int(stmt, 0),
                              .project = tl_stmt_copy(stmt, 1, arena),
                              .product = tl_stmt_copy(stmt, 2, arena),
                              .party = tl_stmt_copy(stmt, 3, arena),
                              .amount = {tl_stmt_int(stmt, 4)},
                              .on = tl_stmt_date(stmt, 5),
                              .evidence = tl_stmt_copy(stmt, 6, arena),
                              .act = tl_stmt_int(stmt, 12),
                              .actor = tl_stmt_copy(stmt, 7, arena),
                              .recorded_at = tl_stmt_copy(stmt, 8, arena),
                              .binding_on = tl_stmt_date(stmt, 10)};
    if (out->project == NULL || out->product == NULL || out->party == NULL || out->evidence == NULL ||
        out->actor == NULL || out->recorded_at == NULL)
        return tl_err_memory(err);
    out->state = out->amount.minor == 0                                                         ? TL_PLEDGE_WITHDRAWN
                 : !tl_date_is_none(out->binding_on)                                            ? TL_PLEDGE_BINDING
                 : tl_date_compare(on, tl_stmt_date(stmt, 9)) > 0 && tl_stmt_int(stmt, 11) != 0 ? TL_PLEDGE_LAPSED
                                                                                                : TL_PLEDGE_OPEN;
    return TL_OK;
}

tl_status tl_pledge_list(struct tl_pledge **out, size_t *count, struct tl_store *store, const char *project,
                         struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_pledge *pledges = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, project);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        pledges = tl_arena_grow(arena, pledges, *count, &capacity, sizeof *pledges);
        status = pledges == NULL ? tl_err_memory(err) : read_pledge(&pledges[*count], stmt, on, arena, err);
        *count += status == TL_OK ? 1 : 0;
    }
    tl_stmt_end(stmt);
    *out = pledges;
    return status;
}

tl_status tl_pledge_read_called_in(struct tl_pledge *pledges, size_t count, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CALLED_IN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        for (size_t i = 0; i < count; i++)
            if (tl_text_equal(pledges[i].project, tl_stmt_text(stmt, 0)) &&
                tl_text_equal(pledges[i].party, tl_stmt_text(stmt, 1)))
                pledges[i].called_in.minor = tl_stmt_int(stmt, 2);
    return status;
}
