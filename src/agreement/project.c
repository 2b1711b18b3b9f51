/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/project.h"

#include <string.h>

#include "run_billed.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_FUND, SQL_LIST, SQL_LATE, SQL_TWICE };

static const char *const SQL[] = {
    [SQL_ADD] =
        "INSERT INTO project (code, product_code, target_minor, threshold_minor, deadline, decision_id, act_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_FUND] = "INSERT INTO project_funding (project_code, decision_id, act_id) VALUES (?1, ?2, ?3)",
    /* a party's latest pledge is the one that counts */
    [SQL_LIST] =
        "SELECT p.code, p.product_code, p.target_minor, p.threshold_minor, p.deadline, p.decision_id, "
        "coalesce(sum(g.amount_minor), 0), count(g.id) FILTER (WHERE g.amount_minor > 0), coalesce(f.decision_id, 0) "
        "FROM project p LEFT JOIN pledge g ON g.id IN (SELECT max(id) FROM pledge WHERE project_code = p.code "
        "AND act_id <= ?1 GROUP BY party_code) LEFT JOIN project_funding f ON f.project_code = p.code "
        "AND f.act_id <= ?1 WHERE p.act_id <= ?1 GROUP BY p.code ORDER BY p.code",
    [SQL_LATE] = "SELECT count(*) FROM pledge g JOIN project_funding f ON f.project_code = g.project_code "
                 "WHERE g.project_code = ?1 AND g.act_id > f.act_id",
    /* who was called on for more than was pledged */
    [SQL_TWICE] = "SELECT l.party_code FROM run r JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' "
                  "JOIN run_line l ON l.run_id = r.id AND l.line_id = ?1 WHERE r.product_code = ?2 AND " TL_RUN_CALLS_IN
                  " GROUP BY l.party_code HAVING sum(l.net_minor) > coalesce((SELECT amount_minor FROM pledge WHERE "
                  "project_code = ?1 AND party_code = l.party_code ORDER BY id DESC LIMIT 1), 0) ORDER BY 1",
};

/* A code may hold dots, since tags name versions: funded-3.0. */
static bool is_project_code(const char *code)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    size_t length = strlen(code);
    return length >= 1 && length <= 40 && strspn(code, letters) > 0 && strcspn(code, " ,") == length &&
           strspn(code, "-_.") == 0 && code[length - 1] != '.' &&
           strlen(code) == strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");
}

static tl_status check(const struct tl_project *project, struct tl_err *err)
{
    char target[TL_MONEY_TEXT_SIZE], threshold[TL_MONEY_TEXT_SIZE];
    if (!is_project_code(project->code)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a code of a project", project->code);
        tl_err_hint(err, "write 1 to 40 letters, digits, - and _, with dots within, such as funded-3.0");
        return TL_ERR_INPUT;
    }
    if (project->threshold.minor <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "the threshold %s is not above zero",
                          tl_money_da(project->threshold, threshold));
    if (project->target.minor < project->threshold.minor)
        return tl_err_set(err, TL_ERR_INPUT, "the target %s is below the threshold %s",
                          tl_money_da(project->target, target), tl_money_da(project->threshold, threshold));
    return TL_OK;
}

static tl_status check_new(struct tl_store *store, const struct tl_project *project, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_project_list(&projects, &count, store, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(projects[i].code, project->code))
            status = tl_err_set(err, TL_ERR_CONFLICT, "the project '%s' exists already, for '%s'", project->code,
                                projects[i].product);
    return status;
}

tl_status tl_project_record(struct tl_store *store, const struct tl_project *project, const char *decision,
                            struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_decision decided;
    struct tl_product product;
    struct tl_stmt *stmt;
    tl_status status = check(project, err);
    if (status == TL_OK)
        status = tl_product_find(&product, store, project->product, &arena, err);
    if (status == TL_OK)
        status = check_new(store, project, &arena, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decided, decision, &arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&decided, store, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, project->code);
        tl_stmt_bind_text(stmt, 2, project->product);
        tl_stmt_bind_int(stmt, 3, project->target.minor);
        tl_stmt_bind_int(stmt, 4, project->threshold.minor);
        tl_stmt_bind_date(stmt, 5, project->deadline);
        tl_stmt_bind_int(stmt, 6, decided.id);
        tl_stmt_bind_int(stmt, 7, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}

static tl_status check_fundable(const struct tl_project *project, struct tl_arena *arena, struct tl_err *err)
{
    char pledged[TL_MONEY_TEXT_SIZE], threshold[TL_MONEY_TEXT_SIZE], missing[TL_MONEY_TEXT_SIZE];
    if (project->is_funded) {
        const char *decision = tl_decision_text(&project->funding, arena);
        return decision == NULL ? tl_err_memory(err)
                                : tl_err_set(err, TL_ERR_STATE, "the project '%s' is funded already, by %s",
                                             project->code, decision);
    }
    if (project->pledged.minor >= project->threshold.minor)
        return TL_OK;
    const struct tl_money gap = {project->threshold.minor - project->pledged.minor};
    (void)tl_err_set(err, TL_ERR_STATE, "the pledges to '%s' come to %s, and its threshold is %s: %s is missing",
                     project->code, tl_money_da(project->pledged, pledged), tl_money_da(project->threshold, threshold),
                     tl_money_da(gap, missing));
    tl_err_hint(err, "tilslut list pledges %s shows who has pledged what", project->code);
    return TL_ERR_STATE;
}

tl_status tl_project_fund(struct tl_project *out, struct tl_store *store, const char *code, const char *decision,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_project_find(out, store, code, arena, err);
    if (status == TL_OK)
        status = check_fundable(out, arena, err);
    if (status == TL_OK)
        status = tl_decision_parse(&out->funding, decision, arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&out->funding, store, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_FUND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_int(stmt, 2, out->funding.id);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    out->is_funded = true;
    return tl_stmt_run(stmt, err);
}

tl_status tl_project_find(struct tl_project *out, struct tl_store *store, const char *code, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_project_list(&projects, &count, store, arena, err);
    const char **codes = status == TL_OK ? tl_arena_alloc(arena, count + 1, sizeof *codes) : NULL;
    if (status == TL_OK && codes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        codes[i] = projects[i].code;
        if (tl_text_equal(projects[i].code, code)) {
            *out = projects[i];
            return TL_OK;
        }
    }
    if (status != TL_OK)
        return status;
    const char *nearest = tl_text_nearest(code, codes);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no project '%.60s'", code);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "tilslut list projects shows them; tilslut project add makes one");
    return TL_ERR_NOT_FOUND;
}

static tl_status read_project(struct tl_project *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_project){.code = tl_stmt_copy(stmt, 0, arena),
                               .product = tl_stmt_copy(stmt, 1, arena),
                               .target = {tl_stmt_int(stmt, 2)},
                               .threshold = {tl_stmt_int(stmt, 3)},
                               .deadline = tl_stmt_date(stmt, 4),
                               .decision = {.id = tl_stmt_int(stmt, 5)},
                               .pledged = {tl_stmt_int(stmt, 6)},
                               .pledge_count = (size_t)tl_stmt_int(stmt, 7),
                               .is_funded = tl_stmt_int(stmt, 8) != 0,
                               .funding = {.id = tl_stmt_int(stmt, 8)}};
    return out->code == NULL || out->product == NULL ? tl_err_memory(err) : TL_OK;
}

tl_status tl_project_list(struct tl_project **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_project *projects = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        projects = tl_arena_grow(arena, projects, *count, &capacity, sizeof *projects);
        status = projects == NULL ? tl_err_memory(err) : read_project(&projects[*count], stmt, arena, err);
        *count += status == TL_OK ? 1 : 0;
    }
    tl_stmt_end(stmt);
    for (size_t i = 0; status == TL_OK && i < *count; i++) {
        status = tl_decision_find(&projects[i].decision, store, projects[i].decision.id, arena, err);
        if (status == TL_OK && projects[i].is_funded)
            status = tl_decision_find(&projects[i].funding, store, projects[i].funding.id, arena, err);
    }
    *out = projects;
    return status;
}

static tl_status verify_project(struct tl_findings *findings, struct tl_store *store, const struct tl_project *project,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t late = 0;
    char pledged[TL_MONEY_TEXT_SIZE], threshold[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, project->code);
    status = tl_stmt_answer(stmt, &late, err);
    if (status == TL_OK && late > 0)
        status = tl_findings_add(findings, err, "projects", "'%.40s' has a pledge that was recorded after its funding",
                                 project->code);
    if (status == TL_OK && project->pledged.minor < project->threshold.minor)
        status = tl_findings_add(findings, err, "projects", "'%.40s' is funded with pledges of %s, below its %s",
                                 project->code, tl_money_da(project->pledged, pledged),
                                 tl_money_da(project->threshold, threshold));
    return status;
}

/* Nobody is called on for more than its pledge, less what was credited of it. */
static tl_status verify_called_in(struct tl_findings *findings, struct tl_store *store,
                                  const struct tl_project *project, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TWICE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, project->code);
    tl_stmt_bind_text(stmt, 2, project->product);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_findings_add(findings, err, "projects", "'%.40s' has called in more of '%.40s' than it pledged",
                                 project->code, tl_stmt_text(stmt, 0));
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_project_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_project_list(&projects, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (projects[i].is_funded)
            status = verify_project(findings, store, &projects[i], err);
        if (status == TL_OK)
            status = verify_called_in(findings, store, &projects[i], err);
    }
    tl_arena_release(&arena);
    return status;
}
