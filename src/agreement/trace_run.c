/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a charge rests on: the run, the figures, the membership, the terms and the decision.
 */
#include <inttypes.h>
#include <stdio.h>

#include "run_billed.h"
#include "run_line.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/agreement/waiver.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"
#include "trace_steps.h"

enum { SQL_RUN_END, SQL_FIGURE, SQL_EVENTS, SQL_DECISION_ACT, SQL_TERMS_ACT, SQL_OF_PLEDGES };

static const char *const SQL[] = {
    [SQL_RUN_END] = "SELECT outcome, act_id FROM run_end WHERE run_id = ?1",
    [SQL_FIGURE] =
        "SELECT act_id FROM figure WHERE party_code = ?1 AND measure = ?2 AND holds_on = ?3 AND act_id <= ?4 "
        "ORDER BY id DESC LIMIT 1",
    [SQL_EVENTS] = "SELECT e.event, e.holds_on, e.detail, e.evidence, e.act_id FROM membership_event e "
                   "JOIN membership m ON m.id = e.membership_id "
                   "WHERE m.product_code = ?1 AND m.party_code = ?2 AND e.act_id <= ?3 ORDER BY e.id",
    [SQL_DECISION_ACT] = "SELECT act_id FROM decision WHERE id = ?1",
    [SQL_TERMS_ACT] = "SELECT act_id FROM terms WHERE id = ?1",
    [SQL_OF_PLEDGES] = "SELECT count(*) FROM run r WHERE r.id = ?1 AND " TL_RUN_CALLS_IN,
};

static bool is_wanted(const struct tl_run_line *item, const char *line)
{
    return line == NULL || tl_text_equal(item->line_id, line);
}

/* The amount of a line, and how it came about. */
static tl_status add_line(struct tl_trace_pen *pen, const struct tl_run *run, const struct tl_run_line *item,
                          struct tl_err *err)
{
    char net[TL_MONEY_TEXT_SIZE], vat[TL_MONEY_TEXT_SIZE], known[11];
    const char *says = tl_arena_format(pen->arena, "%s %d, %s for %s, %s to %s: net %s, VAT %s (%s)", run->product,
                                       run->year, item->line_id, item->party_code, item->period_first,
                                       item->period_last, tl_money_da((struct tl_money){item->net_minor}, net),
                                       tl_money_da((struct tl_money){item->vat_minor}, vat), item->vat_reason);
    tl_status status = tl_trace_add(
        pen, "line", 0, says,
        tl_arena_format(pen->arena, "tilslut trace %s %d %s", item->party_code, run->year, item->line_id), err);
    if (status != TL_OK)
        return status;
    says = tl_arena_format(
        pen->arena, "%s%s%s%s%s; carried in %s, on %s øre", item->working, item->key[0] == '\0' ? "" : "; key ",
        item->key, item->waived[0] == '\0' ? "" : "; waived for ", item->waived, item->carried_in, item->carried_out);
    snprintf(known, sizeof known, "%.10s", run->drafted_at);
    if (tl_text_equal(run->kind, "pledges"))
        return tl_trace_add(pen, "working", 0, says,
                            tl_arena_format(pen->arena, "tilslut list pledges %s", item->line_id), err);
    return tl_trace_add(pen, "working", 0, says,
                        tl_arena_format(pen->arena, "tilslut allocate %s %d --known %s --explain %s", run->product,
                                        run->year, known, item->party_code),
                        err);
}

tl_status tl_trace_run_lines(bool *found, struct tl_trace_pen *pen, int64_t id, const char *party, const char *line,
                             struct tl_err *err)
{
    struct tl_run run;
    struct tl_run_lines lines = {NULL, 0};
    *found = false;
    tl_status status = tl_run_find(&run, pen->store, id, pen->arena, err);
    if (status == TL_OK)
        status = tl_run_lines_read_party(&lines, pen->store, id, party, pen->arena, err);
    for (size_t i = 0; status == TL_OK && i < lines.count; i++)
        if (is_wanted(&lines.items[i], line)) {
            *found = true;
            status = add_line(pen, &run, &lines.items[i], err);
        }
    return status;
}

static tl_status add_run(struct tl_trace_pen *pen, const struct tl_run *run, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    char hex[TL_DIGEST_HEX_SIZE], digits[17];
    (void)tl_digest_hex(&run->digest, hex);
    snprintf(digits, sizeof digits, "%.16s", hex);
    const char *says = tl_arena_format(pen->arena, "run %" PRId64 " of %s %d, drafted; lines with digest %s", run->id,
                                       run->product, run->year, digits);
    tl_status status = tl_trace_add(pen, "run", run->act, says, "tilslut list runs", err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, pen->store, SQL[SQL_RUN_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run->id);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row)
        return tl_trace_add(pen, "draft", 0, "not approved: nothing is owed by it yet", "tilslut list runs", err);
    bool approved = tl_text_equal(tl_stmt_text(stmt, 0), "approved");
    int64_t act = tl_stmt_int(stmt, 1);
    tl_stmt_end(stmt);
    return tl_trace_add(
        pen, approved ? "approved" : "discarded", act,
        tl_arena_format(pen->arena, "run %" PRId64 "%s", run->id, approved ? ", by somebody else than its author" : ""),
        "tilslut list runs", err);
}

static tl_status add_figure(struct tl_trace_pen *pen, const struct tl_run *run, const struct tl_run_line *item,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t act = 0;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_FIGURE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, item->party_code);
    tl_stmt_bind_text(stmt, 2, item->measure);
    tl_stmt_bind_text(stmt, 3, item->measure_date);
    tl_stmt_bind_int(stmt, 4, run->act);
    status = tl_stmt_answer(stmt, &act, err);
    if (status != TL_OK)
        return status;
    return tl_trace_add(pen, "figure", act,
                        tl_arena_format(pen->arena, "%s of %s on %s: %s, source %s", item->measure, item->party_code,
                                        item->measure_date, item->measure_value, item->measure_source),
                        tl_arena_format(pen->arena, "tilslut list figures %s", item->party_code), err);
}

/* The pledges that are waivers of the member: no event of the membership tells of them. */
static tl_status add_pledges(struct tl_trace_pen *pen, const char *product, const char *party, int64_t known,
                             struct tl_err *err)
{
    struct tl_waiver *waivers = NULL;
    size_t count = 0;
    int64_t before = tl_store_known(pen->store);
    char amount[TL_MONEY_TEXT_SIZE], on[TL_DATE_TEXT_SIZE], binding[TL_DATE_TEXT_SIZE];
    tl_store_set_known(pen->store, known);
    tl_status status = tl_waiver_list(&waivers, &count, pen->store, product, party, pen->arena, err);
    tl_store_set_known(pen->store, before);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_waiver *waiver = &waivers[i];
        if (tl_date_is_none(waiver->pledged_on))
            continue;
        status = tl_trace_add(
            pen, "pledge", waiver->act,
            tl_arena_format(pen->arena, "%s pledged %s to %s on %s, which is a waiver from %s, evidence: %s", party,
                            tl_money_da(waiver->pledged, amount), waiver->tag, tl_date_iso(waiver->pledged_on, on),
                            tl_date_iso(waiver->on, binding), waiver->evidence),
            tl_arena_format(pen->arena, "tilslut list pledges %s", waiver->tag), err);
    }
    return status;
}

tl_status tl_trace_membership(struct tl_trace_pen *pen, const char *product, const char *party, int64_t known,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_EVENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_int(stmt, 3, known);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *detail = tl_stmt_text(stmt, 2), *evidence = tl_stmt_text(stmt, 3);
        status =
            tl_trace_add(pen, "member", tl_stmt_int(stmt, 4),
                         tl_arena_format(pen->arena, "%s of %s: %s%s%s on %s%s%s", party, product,
                                         tl_stmt_text(stmt, 0), detail[0] == '\0' ? "" : " ", detail,
                                         tl_stmt_text(stmt, 1), evidence[0] == '\0' ? "" : ", evidence: ", evidence),
                         tl_arena_format(pen->arena, "tilslut list members %s", product), err);
    }
    tl_stmt_end(stmt);
    return status == TL_OK ? add_pledges(pen, product, party, known, err) : status;
}

/* The one number that a statement answers of an id. */
static tl_status act_of(int64_t *out, struct tl_trace_pen *pen, int sql, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *out = 0;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[sql], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    return tl_stmt_answer(stmt, out, err);
}

/* Where the line stands in the text of the terms; 0 when they cannot be read or have no such line. */
static size_t place_of(const struct tl_adopted *adopted, const char *line)
{
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_err ignored = TL_ERR_NONE;
    size_t place = 0;
    if (line != NULL && tl_terms_book_read(&terms, adopted, &ignored) == TL_OK) {
        const struct tl_line *found = tl_terms_line(&terms, line);
        place = found == NULL ? 0 : found->source_line;
    }
    tl_terms_release(&terms);
    return place;
}

static tl_status add_terms(struct tl_trace_pen *pen, const struct tl_adopted *adopted, const char *line,
                           struct tl_err *err)
{
    char from[TL_DATE_TEXT_SIZE];
    int64_t act = 0;
    size_t place = place_of(adopted, line);
    tl_status status = act_of(&act, pen, SQL_TERMS_ACT, adopted->id, err);
    if (status != TL_OK)
        return status;
    const char *says =
        place == 0
            ? tl_arena_format(pen->arena, "version %d of the terms of %s, in force from %s", adopted->version,
                              adopted->product, tl_date_iso(adopted->valid_from, from))
            : tl_arena_format(pen->arena, "version %d of the terms of %s, in force from %s; '%s' begins in line %zu",
                              adopted->version, adopted->product, tl_date_iso(adopted->valid_from, from), line, place);
    return tl_trace_add(
        pen, "terms", act, says,
        tl_arena_format(pen->arena, "tilslut terms show %s --version %d", adopted->product, adopted->version), err);
}

tl_status tl_trace_terms(struct tl_trace_pen *pen, int64_t terms, const char *line, struct tl_err *err)
{
    struct tl_adopted adopted;
    int64_t act = 0;
    tl_status status = tl_terms_book_find(&adopted, pen->store, terms, pen->arena, err);
    if (status == TL_OK)
        status = add_terms(pen, &adopted, line, err);
    if (status == TL_OK)
        status = act_of(&act, pen, SQL_DECISION_ACT, adopted.decision.id, err);
    if (status != TL_OK)
        return status;
    return tl_trace_add(pen, "decision", act, tl_decision_text(&adopted.decision, pen->arena),
                        tl_arena_format(pen->arena, "tilslut list terms %s", adopted.product), err);
}

static tl_status add_decision(struct tl_trace_pen *pen, const char *what, const struct tl_decision *decision,
                              const char *project, struct tl_err *err)
{
    int64_t act = 0;
    tl_status status = act_of(&act, pen, SQL_DECISION_ACT, decision->id, err);
    return status == TL_OK ? tl_trace_add(pen, what, act, tl_decision_text(decision, pen->arena),
                                          tl_arena_format(pen->arena, "tilslut list pledges %s", project), err)
                           : status;
}

/* What a pledge that was called in rests on: itself with its evidence, and the decisions on its project. */
static tl_status add_called_in(struct tl_trace_pen *pen, const struct tl_run *run, const char *code, const char *party,
                               struct tl_err *err)
{
    struct tl_project project;
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    char amount[TL_MONEY_TEXT_SIZE], on[TL_DATE_TEXT_SIZE], binding[TL_DATE_TEXT_SIZE];
    tl_status status = tl_project_find(&project, pen->store, code, pen->arena, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges, &count, pen->store, code, run->period.last, pen->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(pledges[i].party, party))
            status = tl_trace_add(
                pen, "pledge", pledges[i].act,
                tl_arena_format(pen->arena, "%s pledged %s to %s on %s, which binds from %s, evidence: %s", party,
                                tl_money_da(pledges[i].amount, amount), code, tl_date_iso(pledges[i].on, on),
                                tl_date_iso(pledges[i].binding_on, binding), pledges[i].evidence),
                tl_arena_format(pen->arena, "tilslut list pledges %s", code), err);
    if (status == TL_OK)
        status = add_decision(pen, "funding", &project.funding, code, err);
    return status == TL_OK ? add_decision(pen, "project", &project.decision, code, err) : status;
}

/* The number of the version that a line of the year is taken from: the one signed for a joining fee, the one that
 * charges it for what is charged once; 0 where it is of the year's own terms, or cannot be told. */
static int version_of(const struct tl_product_year *year, const char *party, const char *line)
{
    const struct tl_line *of_year = tl_terms_line(&year->terms, line);
    const struct tl_member *member = tl_roster_find(&year->roster, party);
    const struct tl_line *fixed = NULL;
    if (of_year == NULL)
        return 0;
    if (of_year->kind == TL_LINE_JOINING_FEE && member != NULL && member->signed_terms != NULL)
        fixed = tl_terms_line(member->signed_terms, line);
    if (fixed != NULL && fixed->kind == TL_LINE_JOINING_FEE)
        return member->signed_version;
    for (size_t i = 0; i < year->other_count; i++)
        if (&year->others[i]->terms == of_year->from)
            return year->others[i]->version;
    return 0;
}

/* The terms that a line rests on: those that fix it, where they are others than those of the run. */
static tl_status add_terms_of_line(struct tl_trace_pen *pen, const struct tl_run *run,
                                   const struct tl_product_year *year, const char *party, const char *line,
                                   struct tl_err *err)
{
    int version = version_of(year, party, line);
    for (size_t i = 0; version != 0 && i < year->version_count; i++)
        if (year->versions[i].version == version)
            return tl_trace_terms(pen, year->versions[i].id, line, err);
    return tl_trace_terms(pen, run->terms_id, line, err);
}

/* The year as it was known when the run was drafted. What cannot be read any more is left to the terms of the run. */
static tl_status load_year(struct tl_product_year *out, struct tl_trace_pen *pen, const struct tl_run *run,
                           struct tl_err *err)
{
    struct tl_err failure = TL_ERR_NONE;
    int64_t before = tl_store_known(pen->store);
    tl_store_set_known(pen->store, run->act);
    tl_status status = tl_product_year_load(out, pen->store, run->product, run->year, run->terms_id, &failure);
    tl_store_set_known(pen->store, before);
    if (status != TL_ERR_MEMORY && status != TL_ERR_IO && status != TL_ERR_STORE)
        return TL_OK;
    *err = failure;
    return status;
}

/* The figures, the membership and the terms that lines by the terms rest on. */
static tl_status add_terms_grounds(struct tl_trace_pen *pen, const struct tl_run *run, const struct tl_run_lines *lines,
                                   const char *party, const char *line, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < lines->count; i++)
        if (is_wanted(&lines->items[i], line) && lines->items[i].measure[0] != '\0')
            status = add_figure(pen, run, &lines->items[i], err);
    if (status == TL_OK)
        status = tl_trace_membership(pen, run->product, party, run->act, err);
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    if (status == TL_OK)
        status = load_year(&year, pen, run, err);
    for (size_t i = 0; status == TL_OK && i < lines->count; i++)
        if (is_wanted(&lines->items[i], line))
            status = add_terms_of_line(pen, run, &year, party, lines->items[i].line_id, err);
    tl_product_year_release(&year);
    return status;
}

tl_status tl_trace_run_grounds(struct tl_trace_pen *pen, int64_t id, const char *party, const char *line,
                               struct tl_err *err)
{
    struct tl_run run;
    struct tl_run_lines lines = {NULL, 0};
    int64_t of_pledges = 0;
    tl_status status = tl_run_find(&run, pen->store, id, pen->arena, err);
    if (status == TL_OK)
        status = add_run(pen, &run, err);
    if (status == TL_OK)
        status = tl_run_lines_read_party(&lines, pen->store, id, party, pen->arena, err);
    if (status == TL_OK)
        status = act_of(&of_pledges, pen, SQL_OF_PLEDGES, id, err);
    if (status == TL_OK && of_pledges == 0)
        return add_terms_grounds(pen, &run, &lines, party, line, err);
    for (size_t i = 0; status == TL_OK && i < lines.count; i++)
        if (is_wanted(&lines.items[i], line))
            status = add_called_in(pen, &run, lines.items[i].line_id, party, err);
    return status;
}
