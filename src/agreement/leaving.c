/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/leaving.h"

#include "run_due.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/notice_period.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_BALANCE, SQL_LAST_CHARGED };

static const char *const SQL[] = {
    [SQL_BALANCE] = "SELECT coalesce(sum(p.amount_minor) FILTER (WHERE p.product_code = ?2), 0), "
                    "coalesce(sum(p.amount_minor) FILTER (WHERE p.product_code IS NULL), 0) FROM posting p "
                    "JOIN seal s ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
                    "WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "' AND e.act_id <= ?3",
    /* the bare column of a row group is that of the row with max(period_last) */
    [SQL_LAST_CHARGED] = "SELECT l.period_first, max(l.period_last) FROM run r JOIN run_end e ON e.run_id = r.id AND "
                         "e.outcome = 'approved' AND e.act_id <= ?3 JOIN run_line l ON l.run_id = r.id "
                         "WHERE r.product_code = ?1 AND l.party_code = ?2 AND l.part = 'share' AND l.net_minor <> 0",
};

/* The two numbers that a statement answers for the leaving member. */
static tl_status ask(struct tl_stmt **out, const char *sql, const char *first, const char *second,
                     struct tl_store *store, struct tl_err *err)
{
    bool row = false;
    tl_status status = tl_stmt_get(out, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(*out, 1, first);
    tl_stmt_bind_text(*out, 2, second);
    tl_stmt_bind_int(*out, 3, tl_store_known(store));
    return tl_stmt_next(*out, &row, err);
}

static tl_status read_ledger(struct tl_leaving *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = ask(&stmt, SQL[SQL_BALANCE], out->party, out->product, store, err);
    if (status != TL_OK)
        return status;
    out->balance.minor = tl_stmt_int(stmt, 0);
    out->unassigned.minor = tl_stmt_int(stmt, 1);
    tl_stmt_end(stmt);
    status = ask(&stmt, SQL[SQL_LAST_CHARGED], out->product, out->party, store, err);
    if (status != TL_OK)
        return status;
    out->last_charged = (struct tl_period){tl_stmt_date(stmt, 0), tl_stmt_date(stmt, 1)};
    tl_stmt_end(stmt);
    return TL_OK;
}

/* The notice that counts: the last one that was not withdrawn. */
static tl_status read_notice(struct tl_leaving *out, const struct tl_membership_history *histories, size_t count,
                             struct tl_err *err)
{
    struct tl_membership_life life = {.signed_by = ""};
    const struct tl_membership_fact *notice = NULL;
    bool is_member = false;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, err);
        is_member = is_member || life.is_agreed;
        for (size_t j = 0; status == TL_OK && j < histories[i].count; j++)
            if (histories[i].facts[j].id == life.ended_by && histories[i].facts[j].event == TL_MEMBERSHIP_NOTICE)
                notice = &histories[i].facts[j];
    }
    if (status != TL_OK)
        return status;
    if (notice == NULL && !is_member)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' is not a member of '%.40s'", out->party, out->product);
    if (notice == NULL || !tl_notice_period_read(&out->period, notice->detail)) {
        (void)tl_err_set(err, TL_ERR_STATE, "the agreement of '%.40s' for '%.40s' is not under notice", out->party,
                         out->product);
        tl_err_hint(err, "record the notice with: tilslut leave %.40s %.40s --notice DATE", out->product, out->party);
        return TL_ERR_STATE;
    }
    out->notice_on = notice->on;
    out->last = notice->until;
    out->evidence = notice->evidence;
    out->first_permitted = tl_notice_period_end(out->period, notice->on);
    return TL_OK;
}

/* The charge for a line in a year, which is made where it is not there. */
static tl_status find_charge(struct tl_leaving_charge **out, struct tl_leaving *leaving, size_t *capacity,
                             const struct tl_line *line, int year, struct tl_arena *arena, struct tl_err *err)
{
    for (size_t i = 0; i < leaving->charge_count; i++)
        if (leaving->charges[i].year == year && tl_text_equal(leaving->charges[i].line_id, line->id)) {
            *out = &leaving->charges[i];
            return TL_OK;
        }
    leaving->charges = tl_arena_grow(arena, leaving->charges, leaving->charge_count, capacity, sizeof **out);
    if (leaving->charges == NULL)
        return tl_err_memory(err);
    *out = &leaving->charges[leaving->charge_count++];
    **out = (struct tl_leaving_charge){
        .year = year,
        .line_id = tl_arena_text(arena, line->id),
        .line_name = {tl_arena_text(arena, line->name.da), tl_arena_text(arena, line->name.en)}};
    return (*out)->line_id == NULL || (*out)->line_name.da == NULL || (*out)->line_name.en == NULL ? tl_err_memory(err)
                                                                                                   : TL_OK;
}

/* A share of the year, or what is billed of it already. */
static tl_status add_line(struct tl_leaving *out, size_t *capacity, const struct tl_run_line *line,
                          const struct tl_line *of_terms, int year, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_leaving_charge *charge = NULL;
    struct tl_period period;
    const struct tl_money net = {line->net_minor}, vat = {line->vat_minor};
    tl_status status = find_charge(&charge, out, capacity, of_terms, year, arena, err);
    if (status == TL_OK)
        status = tl_date_parse(&period.first, line->period_first, err);
    if (status == TL_OK)
        status = tl_date_parse(&period.last, line->period_last, err);
    if (status != TL_OK)
        return status;
    if (tl_date_is_none(charge->period.first) || tl_date_compare(period.first, charge->period.first) < 0)
        charge->period.first = period.first;
    if (tl_date_compare(period.last, charge->period.last) > 0)
        charge->period.last = period.last;
    if (tl_date_compare(period.last, out->last_charged.last) > 0)
        out->last_charged = period;
    status = tl_money_add(&charge->net, charge->net, net, err);
    if (status == TL_OK)
        status = tl_money_add(&charge->vat, charge->vat, vat, err);
    return status == TL_OK ? tl_money_add(&charge->gross, charge->net, charge->vat, err) : status;
}

/* What the year will yet charge: what is owed for it, less what is billed. What is missing for it yet, such as a
 * figure, is told, not refused. */
static tl_status compute_year(struct tl_leaving *out, size_t *capacity, struct tl_store *store, int year,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_run_computed computed = TL_RUN_COMPUTED_EMPTY;
    struct tl_err missing = TL_ERR_NONE;
    const struct tl_run_plan plan = {.kind = "period",
                                     .product = out->product,
                                     .year = year,
                                     .period = tl_period_of_year(year),
                                     .members = out->party,
                                     .lines = "",
                                     .left_out = "",
                                     .corrects = "",
                                     .reason = "",
                                     .evidence = ""};
    tl_status status = tl_run_compute(&computed, store, &plan, &missing);
    bool is_failure =
        status == TL_ERR_MEMORY || status == TL_ERR_IO || status == TL_ERR_STORE || status == TL_ERR_BROKEN;
    bool is_known = status == TL_OK;
    if (is_failure)
        *err = missing;
    else if (!is_known && out->unknown_year == 0) {
        out->unknown_year = year;
        out->unknown = tl_arena_text(arena, missing.message);
        status = out->unknown == NULL ? tl_err_memory(err) : TL_OK;
    } else
        status = TL_OK;
    for (size_t i = 0; status == TL_OK && is_known && i < computed.lines.count; i++) {
        const struct tl_run_line *line = &computed.lines.items[i];
        const struct tl_line *of_terms = tl_terms_line(&computed.year.terms, line->line_id);
        if (tl_text_equal(line->party_code, out->party) && of_terms != NULL && line->net_minor != 0)
            status = add_line(out, capacity, line, of_terms, year, arena, err);
    }
    tl_run_computed_release(&computed);
    return status;
}

tl_status tl_leaving_read(struct tl_leaving *out, struct tl_store *store, const char *product, const char *party,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    struct tl_product found;
    size_t count = 0, capacity = 0;
    *out = (struct tl_leaving){
        .product = tl_arena_text(arena, product), .party = tl_arena_text(arena, party), .unknown = ""};
    if (out->product == NULL || out->party == NULL)
        return tl_err_memory(err);
    tl_status status = tl_product_find(&found, store, product, arena, err);
    if (status == TL_OK)
        status = tl_membership_history_list(&histories, &count, store, product, party, arena, err);
    if (status == TL_OK)
        status = read_notice(out, histories, count, err);
    if (status == TL_OK)
        status = read_ledger(out, store, err);
    for (int year = tl_date_year(out->notice_on); status == TL_OK && year <= tl_date_year(out->last); year++)
        status = compute_year(out, &capacity, store, year, arena, err);
    for (size_t i = 0; status == TL_OK && i < out->charge_count; i++)
        status = tl_money_add(&out->to_come, out->to_come, out->charges[i].gross, err);
    return status == TL_OK ? tl_money_add(&out->owed, out->balance, out->to_come, err) : status;
}
