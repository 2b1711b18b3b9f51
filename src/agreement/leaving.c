/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/leaving.h"

#include "run_due.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/notice_period.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_PRODUCTS, SQL_LAST_CHARGED };

static const char *const SQL[] = {
    /* the product of each entry of a member: none where it names none, or several */
    [SQL_PRODUCTS] =
        "SELECT p.entry_id, CASE WHEN min(coalesce(p.product_code, '')) = max(coalesce(p.product_code, '')) "
        "THEN max(coalesce(p.product_code, '')) ELSE '' END FROM posting p "
        "JOIN seal s ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
        "WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "' AND e.act_id <= ?2 "
        "GROUP BY p.entry_id ORDER BY p.entry_id",
    /* the bare column of a row group is that of the row with max(period_last) */
    [SQL_LAST_CHARGED] = "SELECT l.period_first, max(l.period_last) FROM run r JOIN run_end e ON e.run_id = r.id AND "
                         "e.outcome = 'approved' AND e.act_id <= ?3 JOIN run_line l ON l.run_id = r.id "
                         "WHERE r.product_code = ?1 AND l.party_code = ?2 AND r.kind <> 'pledges' AND l.part = 'share' AND l.net_minor <> 0",
};

/* Takes an item into the sums of its product, of others, or of none (""). */
static tl_status add_item(struct tl_leaving *out, const struct tl_open_item *item, const char *product,
                          struct tl_err *err)
{
    struct tl_money credit = {-item->open.minor};
    if (product[0] == '\0')
        return item->open.minor < 0 ? tl_money_add(&out->credit, out->credit, credit, err)
                                    : tl_money_add(&out->besides, out->besides, item->open, err);
    if (!tl_text_equal(product, out->product))
        return tl_money_add(&out->elsewhere, out->elsewhere, item->open, err);
    tl_status status = tl_money_add(&out->billed, out->billed, item->amount, err);
    return status == TL_OK ? tl_money_add(&out->balance, out->balance, item->open, err) : status;
}

/* Goes through the items and the products of their entries, both by entry. An entry that comes to nothing is no item.
 */
static tl_status add_items(struct tl_leaving *out, const struct tl_open_item *items, size_t count,
                           struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    size_t i = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_PRODUCTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, out->party);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        if (i < count && items[i].entry == tl_stmt_int(stmt, 0))
            status = add_item(out, &items[i++], tl_stmt_text(stmt, 1), err);
    tl_stmt_end(stmt);
    return status == TL_OK ? tl_money_subtract(&out->paid, out->billed, out->balance, err) : status;
}

static tl_status read_last_charged(struct tl_leaving *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LAST_CHARGED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, out->product);
    tl_stmt_bind_text(stmt, 2, out->party);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    out->last_charged = (struct tl_period){tl_stmt_date(stmt, 0), tl_stmt_date(stmt, 1)};
    tl_stmt_end(stmt);
    return TL_OK;
}

static tl_status read_ledger(struct tl_leaving *out, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_open_item *items = NULL;
    size_t count = 0;
    tl_status status =
        tl_open_item_read(&items, &count, store, out->party, tl_date_of(TL_YEAR_MAX, 12, 31), arena, err);
    if (status == TL_OK)
        status = add_items(out, items, count, store, err);
    return status == TL_OK ? read_last_charged(out, store, err) : status;
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
        status = read_ledger(out, store, arena, err);
    for (int year = tl_date_year(out->notice_on); status == TL_OK && year <= tl_date_year(out->last); year++)
        status = compute_year(out, &capacity, store, year, arena, err);
    for (size_t i = 0; status == TL_OK && i < out->charge_count; i++)
        status = tl_money_add(&out->to_come, out->to_come, out->charges[i].gross, err);
    return status == TL_OK ? tl_money_add(&out->owed, out->balance, out->to_come, err) : status;
}
