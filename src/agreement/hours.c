/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/hours.h"

#include <inttypes.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_TAKEN, SQL_ADD, SQL_LIST, SQL_RATE_ADD, SQL_RATE };

static const char *const SQL[] = {
    [SQL_TAKEN] = "SELECT h.voucher_id FROM hours h LEFT JOIN voucher_end e ON e.voucher_id = h.voucher_id "
                  "WHERE h.party_code = ?1 AND coalesce(h.product_code, '') = ?2 AND h.period_first = ?3 AND "
                  "h.period_last = ?4 AND h.evidence = ?5 AND e.outcome IS NOT 'rejected'",
    [SQL_ADD] = "INSERT INTO hours (voucher_id, party_code, product_code, period_first, period_last, hour_numerator, "
                "hour_denominator, evidence, act_id) VALUES (?1, ?2, nullif(?3, ''), ?4, ?5, ?6, ?7, ?8, ?9)",
    [SQL_LIST] = "SELECT h.voucher_id, h.party_code, coalesce(h.product_code, ''), h.period_first, h.period_last, "
                 "h.hour_numerator, h.hour_denominator, h.evidence, coalesce(e.outcome, 'draft'), a.actor, "
                 "coalesce(b.actor, '') FROM hours h JOIN act a ON a.id = h.act_id "
                 "LEFT JOIN voucher_end e ON e.voucher_id = h.voucher_id AND e.act_id <= ?1 "
                 "LEFT JOIN act b ON b.id = e.act_id WHERE h.act_id <= ?1 AND "
                 "(?2 = 0 OR CAST(substr(h.period_first, 1, 4) AS INTEGER) = ?2) ORDER BY h.voucher_id",
    [SQL_RATE_ADD] = "INSERT INTO hour_rate (year, rate_minor, decision_id, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_RATE] = "SELECT r.id, r.rate_minor, d.body || ' ' || d.decided_on || ' ' || d.reference FROM hour_rate r "
                 "JOIN decision d ON d.id = r.decision_id WHERE r.year = ?1 AND r.act_id <= ?2 "
                 "ORDER BY r.id DESC LIMIT 1",
};

static tl_status check(const struct tl_hours *hours, struct tl_err *err)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    if (hours->hours.numerator <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "no hours are nothing to register");
    if (tl_date_compare(hours->period.first, hours->period.last) > 0 ||
        tl_date_year(hours->period.first) != tl_date_year(hours->period.last)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "the period from %s to %s does not lie within one year",
                         tl_date_iso(hours->period.first, first), tl_date_iso(hours->period.last, last));
        tl_err_hint(err, "hours are balanced by year: register those of each year apart");
        return TL_ERR_INPUT;
    }
    if (hours->evidence[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "hours in kind need evidence");
        tl_err_hint(err, "name the time sheet, for example --evidence 'timeregistrering 2026 Q1'");
        return TL_ERR_MISSING;
    }
    return TL_OK;
}

/* The same time sheet is not counted twice. */
static tl_status check_once(struct tl_store *store, const struct tl_hours *hours, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t taken = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, hours->party);
    tl_stmt_bind_text(stmt, 2, hours->product);
    tl_stmt_bind_date(stmt, 3, hours->period.first);
    tl_stmt_bind_date(stmt, 4, hours->period.last);
    tl_stmt_bind_text(stmt, 5, hours->evidence);
    status = tl_stmt_answer(stmt, &taken, err);
    if (status == TL_OK && taken != 0) {
        status = tl_err_set(err, TL_ERR_CONFLICT,
                            "hours of '%s' for that period and evidence are registered already, as voucher %" PRId64,
                            hours->party, taken);
        tl_err_hint(err, "tell them apart by --evidence, or reject voucher %" PRId64 " while it is a draft", taken);
    }
    return status;
}

static tl_status add(struct tl_store *store, int64_t id, const struct tl_hours *hours, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, hours->party);
    tl_stmt_bind_text(stmt, 3, hours->product);
    tl_stmt_bind_date(stmt, 4, hours->period.first);
    tl_stmt_bind_date(stmt, 5, hours->period.last);
    tl_stmt_bind_int(stmt, 6, hours->hours.numerator);
    tl_stmt_bind_int(stmt, 7, hours->hours.denominator);
    tl_stmt_bind_text(stmt, 8, hours->evidence);
    tl_stmt_bind_int(stmt, 9, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_hours_register(int64_t *id, struct tl_store *store, const struct tl_hours *hours, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    struct tl_product product;
    tl_status status = tl_party_find(&party, store, hours->party, hours->period.first, &arena, err);
    if (status == TL_OK && hours->product[0] != '\0')
        status = tl_product_find(&product, store, hours->product, &arena, err);
    if (status == TL_OK)
        status = check(hours, err);
    if (status == TL_OK)
        status = check_once(store, hours, err);
    if (status == TL_OK)
        status = tl_voucher_draft(id, store, "hours", err);
    if (status == TL_OK)
        status = add(store, *id, hours, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_hours_list(struct tl_hours **out, size_t *count, struct tl_store *store, int year, struct tl_arena *arena,
                        struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_hours *list = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, year);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        list = tl_arena_grow(arena, list, *count, &capacity, sizeof *list);
        if (list == NULL)
            return tl_err_memory(err);
        struct tl_hours hours = {tl_stmt_int(stmt, 0),
                                 tl_stmt_copy(stmt, 1, arena),
                                 tl_stmt_copy(stmt, 2, arena),
                                 {tl_stmt_date(stmt, 3), tl_stmt_date(stmt, 4)},
                                 {tl_stmt_int(stmt, 5), tl_stmt_int(stmt, 6)},
                                 tl_stmt_copy(stmt, 7, arena),
                                 tl_stmt_copy(stmt, 8, arena),
                                 tl_stmt_copy(stmt, 9, arena),
                                 tl_stmt_copy(stmt, 10, arena)};
        if (hours.party == NULL || hours.product == NULL || hours.evidence == NULL || hours.state == NULL ||
            hours.author == NULL || hours.ended_by == NULL)
            return tl_err_memory(err);
        list[(*count)++] = hours;
    }
    *out = list;
    return status;
}

static tl_status find_rate(struct tl_hour_rate *out, bool *found, struct tl_store *store, int year,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RATE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, year);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    *out = (struct tl_hour_rate){tl_stmt_int(stmt, 0), year, {tl_stmt_int(stmt, 1)}, tl_stmt_copy(stmt, 2, arena)};
    tl_stmt_end(stmt);
    return out->decision == NULL ? tl_err_memory(err) : TL_OK;
}

tl_status tl_hours_decide_rate(tl_recorded *recorded, struct tl_store *store, int year, struct tl_money rate,
                               const char *decision, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_hour_rate latest;
    struct tl_decision decided;
    struct tl_stmt *stmt;
    bool found = false;
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    if (rate.minor <= 0)
        status = tl_err_set(err, TL_ERR_INPUT, "a rate of %s an hour is none", tl_money_plain(rate, text));
    if (status == TL_OK)
        status = tl_decision_parse(&decided, decision, &arena, err);
    if (status == TL_OK)
        status = find_rate(&latest, &found, store, year, &arena, err);
    const char *written = status == TL_OK ? tl_decision_text(&decided, &arena) : "";
    if (status == TL_OK && written == NULL)
        status = tl_err_memory(err);
    bool same = status == TL_OK && found && latest.rate.minor == rate.minor && tl_text_equal(latest.decision, written);
    *recorded = same ? TL_RECORDED_SAME : found ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
    if (status == TL_OK && !same)
        status = tl_decision_record(&decided, store, err);
    if (status == TL_OK && !same)
        status = tl_stmt_get(&stmt, store, SQL[SQL_RATE_ADD], err);
    if (status == TL_OK && !same) {
        tl_stmt_bind_int(stmt, 1, year);
        tl_stmt_bind_int(stmt, 2, rate.minor);
        tl_stmt_bind_int(stmt, 3, decided.id);
        tl_stmt_bind_int(stmt, 4, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_hours_rate(struct tl_hour_rate *out, struct tl_store *store, int year, struct tl_arena *arena,
                        struct tl_err *err)
{
    bool found = false;
    tl_status status = find_rate(out, &found, store, year, arena, err);
    if (status == TL_OK && !found) {
        status = tl_err_set(err, TL_ERR_MISSING, "what an hour is worth in %d is not decided", year);
        tl_err_hint(err, "tilslut rate decide %d RATE --decision DECISION records it", year);
    }
    return status;
}
