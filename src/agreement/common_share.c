/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/common_share.h"

#include <inttypes.h>

#include "common_share_parts.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/money/frac.h"

enum { SQL_INCOME, SQL_BOOKED, SQL_EARLIER, SQL_ADD, SQL_END };

static const char *const SQL[] = {
    [SQL_INCOME] =
        "SELECT coalesce(-sum(p.amount_minor), 0) FROM posting AS p JOIN account AS c ON c.code = p.account_code "
        "JOIN seal AS s ON s.entry_id = p.entry_id JOIN entry AS e ON e.id = p.entry_id WHERE p.product_code = ?1 "
        "AND c.type = 'income' AND e.holds_on BETWEEN ?2 AND ?3 AND e.act_id <= ?4 "
        "AND NOT EXISTS (SELECT 1 FROM carry_end AS x WHERE x.entry_id = e.id)",
    [SQL_BOOKED] = "SELECT coalesce(sum(s.entitled_minor - s.booked_minor), 0) FROM common_share AS s "
                   "JOIN common_share_end AS e ON e.share_id = s.id WHERE s.product_code = ?1 AND s.year = ?2 "
                   "AND e.outcome = 'approved' AND e.act_id <= ?3",
    [SQL_EARLIER] = "SELECT s.id, e.outcome, r.to_product, r.cost_account, r.income_account FROM common_share AS s "
                    "JOIN common_share_rate AS r ON r.id = s.rate_id LEFT JOIN common_share_end AS e "
                    "ON e.share_id = s.id WHERE s.product_code = ?1 AND s.year = ?2 AND e.outcome IS NOT 'discarded' "
                    "ORDER BY e.outcome IS NULL DESC, s.id DESC LIMIT 1",
    [SQL_ADD] = ("INSERT INTO common_share (product_code, year, rate_id, income_minor, members, entitled_minor, "
                 "booked_minor, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id"),
    [SQL_END] = "INSERT INTO common_share_end (share_id, outcome, entry_id, act_id) VALUES (?1, ?2, nullif(?3, 0), ?4)",
};

/* ---- what it comes to ---- */

tl_status tl_common_share_amount(struct tl_money *out, const struct tl_common_share_rate *rate, struct tl_money income,
                                 int64_t members, struct tl_err *err)
{
    struct tl_frac exact = {0}, factor = {0};
    bool by_member = rate->per_member.minor != 0;
    tl_frac_init(&exact);
    tl_frac_init(&factor);
    tl_frac_set_whole(&exact, by_member ? rate->per_member.minor : income.minor);
    if (by_member)
        tl_frac_set_whole(&factor, members);
    else
        tl_frac_set_ratio(&factor, rate->percent);
    mpq_mul(exact.q, exact.q, factor.q);
    tl_status status = tl_frac_round_money(out, &exact, err);
    if (status == TL_OK && out->minor < 0)
        out->minor = 0;
    tl_frac_release(&factor);
    tl_frac_release(&exact);
    return status;
}

const char *tl_common_share_working(const struct tl_common_share *share, struct tl_arena *arena)
{
    char text[TL_MONEY_TEXT_SIZE], percent[TL_RATIO_TEXT_SIZE];
    if (share->rate.per_member.minor != 0)
        return tl_arena_format(arena, "%s x %" PRId64 " %s", tl_money_plain(share->rate.per_member, text),
                               share->members, share->members == 1 ? "member" : "members");
    return tl_arena_format(arena, "%s x %s", tl_ratio_percent(share->rate.percent, percent),
                           tl_money_plain(share->income, text));
}

static tl_status read_income(struct tl_common_share *share, struct tl_store *store, struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(share->year);
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_INCOME], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, share->product);
    tl_stmt_bind_date(stmt, 2, year.first);
    tl_stmt_bind_date(stmt, 3, year.last);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    return tl_stmt_answer(stmt, &share->income.minor, err);
}

static tl_status read_booked(struct tl_common_share *share, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_BOOKED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, share->product);
    tl_stmt_bind_int(stmt, 2, share->year);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    return tl_stmt_answer(stmt, &share->booked.minor, err);
}

/* Whose membership runs on a day of the year counts, once. */
static tl_status count_members(struct tl_common_share *share, struct tl_store *store, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    tl_status status = tl_roster_read(&roster, store, share->product, tl_period_of_year(share->year).last, err);
    for (size_t i = 0; status == TL_OK && i < roster.count; i++)
        if (tl_roster_find_in(&roster, roster.members[i].code, share->year) != NULL)
            share->members++;
    tl_roster_release(&roster);
    return status;
}

tl_status tl_common_share_compute(struct tl_common_share *out, bool *found, struct tl_store *store, const char *product,
                                  int year, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product known;
    *out = (struct tl_common_share){.year = year, .state = "", .author = "", .ended_by = ""};
    *found = false;
    tl_status status = tl_product_find(&known, store, product, arena, err);
    if (status == TL_OK) {
        out->product = known.code;
        status = tl_common_share_rate_of(&out->rate, found, store, known.code, year, arena, err);
    }
    if (status != TL_OK || !*found)
        return status;
    status = read_income(out, store, err);
    if (status == TL_OK)
        status = count_members(out, store, err);
    if (status == TL_OK)
        status = read_booked(out, store, err);
    if (status == TL_OK)
        status = tl_common_share_amount(&out->entitled, &out->rate, out->income, out->members, err);
    if (status == TL_OK)
        status = tl_money_subtract(&out->amount, out->entitled, out->booked, err);
    if (status == TL_OK && (out->working = tl_common_share_working(out, arena)) == NULL)
        status = tl_err_memory(err);
    return status;
}

/* ---- drafting ---- */

/* That no draft waits, and that the share goes where it went. */
static tl_status check_earlier(struct tl_store *store, const struct tl_common_share *share, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_EARLIER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, share->product);
    tl_stmt_bind_int(stmt, 2, share->year);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t id = tl_stmt_int(stmt, 0);
    bool same = tl_text_equal(tl_stmt_text(stmt, 2), share->rate.to) &&
                tl_text_equal(tl_stmt_text(stmt, 3), share->rate.cost_account) &&
                tl_text_equal(tl_stmt_text(stmt, 4), share->rate.income_account);
    if (tl_stmt_is_null(stmt, 1)) {
        status = tl_err_set(err, TL_ERR_STATE, "share %" PRId64 " is a draft of '%s' for %d already", id,
                            share->product, share->year);
        tl_err_hint(err, "have it approved, or drop it with: tilslut share discard %" PRId64, id);
    } else if (!same) {
        status = tl_err_set(err, TL_ERR_STATE, "the share of '%s' for %d is booked to '%s' already, accounts %s and %s",
                            share->product, share->year, tl_stmt_text(stmt, 2), tl_stmt_text(stmt, 3),
                            tl_stmt_text(stmt, 4));
        tl_err_hint(err, "another product or account is decided from the year after");
    }
    tl_stmt_end(stmt);
    return status;
}

static tl_status check_anything(const struct tl_common_share *share, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE];
    if (!tl_money_is_zero(share->amount))
        return TL_OK;
    if (tl_money_is_zero(share->entitled)) {
        (void)tl_err_set(err, TL_ERR_STATE, "the share of '%s' for %d is 0,00", share->product, share->year);
        tl_err_hint(err, "%s: there is nothing to book", share->working);
    } else {
        (void)tl_err_set(err, TL_ERR_STATE, "the share of '%s' for %d is booked already: %s", share->product,
                         share->year, tl_money_da(share->booked, amount));
        tl_err_hint(err, "when income or members change, the difference is booked");
    }
    return TL_ERR_STATE;
}

static tl_status add(struct tl_common_share *share, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, share->product);
    tl_stmt_bind_int(stmt, 2, share->year);
    tl_stmt_bind_int(stmt, 3, share->rate.id);
    tl_stmt_bind_int(stmt, 4, share->income.minor);
    tl_stmt_bind_int(stmt, 5, share->members);
    tl_stmt_bind_int(stmt, 6, share->entitled.minor);
    tl_stmt_bind_int(stmt, 7, share->booked.minor);
    tl_stmt_bind_int(stmt, 8, tl_store_act(store));
    return tl_stmt_answer(stmt, &share->id, err);
}

tl_status tl_common_share_draft(struct tl_common_share *out, struct tl_store *store, const char *product, int year,
                                struct tl_date today, struct tl_arena *arena, struct tl_err *err)
{
    bool found = false;
    tl_status status = tl_common_share_compute(out, &found, store, product, year, arena, err);
    if (status == TL_OK && !found) {
        status = tl_err_set(err, TL_ERR_MISSING, "no share of '%s' is decided for %d", product, year);
        tl_err_hint(err,
                    "tilslut share set %s --percent PERCENT --to PRODUCT --from %d-01-01 --decision TEXT decides it",
                    product, year);
    }
    if (status == TL_OK && tl_date_year(today) < year)
        status = tl_err_set(err, TL_ERR_STATE, "%d has not begun", year);
    if (status == TL_OK)
        status = check_earlier(store, out, err);
    if (status == TL_OK)
        status = check_anything(out, err);
    return status == TL_OK ? add(out, store, err) : status;
}

/* ---- ending ---- */

static tl_status find_draft(struct tl_common_share *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_common_share *shares = NULL;
    size_t count = 0, at = 0;
    tl_status status = tl_common_share_list(&shares, &count, store, arena, err);
    if (status != TL_OK)
        return status;
    while (at < count && shares[at].id != id)
        at++;
    if (at == count) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no share %" PRId64, id);
        tl_err_hint(err, "tilslut list shares shows them");
        return TL_ERR_NOT_FOUND;
    }
    *out = shares[at];
    if (!tl_text_equal(out->state, "draft"))
        return tl_err_set(err, TL_ERR_STATE, "share %" PRId64 " is %s already, by %s", id, out->state, out->ended_by);
    return TL_OK;
}

static tl_status check_fresh(struct tl_store *store, const struct tl_common_share *share, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_common_share now;
    bool found = false;
    char drafted[TL_MONEY_TEXT_SIZE], comes[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_common_share_compute(&now, &found, store, share->product, share->year, arena, err);
    if (status != TL_OK || (found && now.rate.id == share->rate.id && now.entitled.minor == share->entitled.minor &&
                            now.booked.minor == share->booked.minor))
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "share %" PRId64 " is of %s, but comes to %s now", share->id,
                     tl_money_da(share->amount, drafted), tl_money_da(now.amount, comes));
    tl_err_hint(err, "drop it with: tilslut share discard %" PRId64 ", and draft it again", share->id);
    return TL_ERR_STATE;
}

static tl_status choose_date(struct tl_date *date, const struct tl_common_share *share, struct tl_date today,
                             struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(share->year);
    char text[TL_DATE_TEXT_SIZE];
    if (tl_date_is_none(*date))
        *date = tl_date_compare(today, year.first) < 0  ? year.first
                : tl_date_compare(today, year.last) > 0 ? year.last
                                                        : today;
    if (tl_date_compare(*date, year.first) >= 0)
        return TL_OK;
    return tl_err_set(err, TL_ERR_INPUT, "%s is before %d, the year that share %" PRId64 " is of",
                      tl_date_iso(*date, text), share->year, share->id);
}

static tl_status post(int64_t *entry_id, struct tl_store *store, const struct tl_common_share *share,
                      struct tl_date date, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_posting postings[] = {
        {share->rate.cost_account, NULL, share->product, "", share->amount},
        {share->rate.income_account, NULL, share->rate.to, "", tl_money_negate(share->amount)},
    };
    const char *key = tl_arena_format(arena, "share:%" PRId64, share->id);
    struct tl_entry entry = {.kind = "transfer",
                             .holds_on = date,
                             .reference = "",
                             .text = tl_arena_format(arena, "Bidrag til fællessekretariatet %d, %s: %s", share->year,
                                                     share->product, share->working),
                             .postings = postings,
                             .posting_count = 2};
    bool already;
    if (key == NULL || entry.text == NULL)
        return tl_err_memory(err);
    return tl_entry_post(entry_id, &already, store, key, &entry, err);
}

static tl_status end(struct tl_store *store, int64_t id, const char *outcome, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, entry);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_common_share_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor,
                                  struct tl_date date, struct tl_date today, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_common_share share;
    tl_status status = find_draft(&share, store, id, &arena, err);
    if (status == TL_OK)
        status = tl_person_check_second("share", share.id, share.author, actor, "share approve", err);
    if (status == TL_OK)
        status = choose_date(&date, &share, today, err);
    if (status == TL_OK)
        status = check_fresh(store, &share, &arena, err);
    if (status == TL_OK)
        status = post(entry, store, &share, date, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "approved", *entry, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_common_share_discard(struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_common_share share;
    tl_status status = find_draft(&share, store, id, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "discarded", 0, err);
    tl_arena_release(&arena);
    return status;
}
