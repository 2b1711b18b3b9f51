/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How a condition is added: write a function that sets obstacle and hint where something stands in the way, and put a
 * row for it into the list below.
 */
#include "tilslut/agreement/period_close.h"

#include <inttypes.h>

#include "tilslut/agreement/bank_compare.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/base/text.h"
#include "tilslut/store/act_seal.h"
#include "tilslut/store/stmt.h"

enum { SQL_EARLIER, SQL_DRAFTS, SQL_REFUNDS, SQL_VOUCHERS, SQL_CARRIES, SQL_SHARES, SQL_SUM };

static const char *const SQL[] = {
    [SQL_EARLIER] = "SELECT holds_on FROM entry WHERE holds_on > ?1 AND holds_on < ?2 ORDER BY holds_on LIMIT 1",
    [SQL_DRAFTS] = "SELECT id, product_code, count(*) OVER () FROM run WHERE period_first <= ?1 "
                   "AND id NOT IN (SELECT run_id FROM run_end) ORDER BY id LIMIT 1",
    [SQL_REFUNDS] = "SELECT id, party_code FROM refund WHERE holds_on <= ?1 "
                    "AND id NOT IN (SELECT refund_id FROM refund_end) ORDER BY id LIMIT 1",
    /* hours are no entry: it is their balancing that posts */
    [SQL_VOUCHERS] =
        "SELECT v.id, v.kind, count(*) OVER () FROM voucher AS v LEFT JOIN cost AS c ON c.voucher_id = v.id "
        "LEFT JOIN outlay AS o ON o.voucher_id = v.id LEFT JOIN balancing AS b ON b.voucher_id = v.id "
        "WHERE (min(c.invoiced_on, c.period_first) <= ?1 OR o.paid_on <= ?1 OR b.year || '-12-31' <= ?1) "
        "AND v.id NOT IN (SELECT voucher_id FROM voucher_end) ORDER BY v.id LIMIT 1",
    [SQL_CARRIES] = "SELECT id, product_code FROM carry WHERE year || '-12-31' <= ?1 "
                    "AND id NOT IN (SELECT carry_id FROM carry_end) ORDER BY id LIMIT 1",
    [SQL_SHARES] = "SELECT id, product_code FROM common_share WHERE year || '-12-31' <= ?1 "
                   "AND id NOT IN (SELECT share_id FROM common_share_end) ORDER BY id LIMIT 1",
    [SQL_SUM] = "SELECT coalesce(sum(p.amount_minor), 0) FROM posting AS p JOIN seal AS s ON s.entry_id = p.entry_id "
                "JOIN entry AS e ON e.id = p.entry_id WHERE e.holds_on <= ?1",
};

/* What a condition looks at. */
struct looking {
    struct tl_store *store;
    struct tl_period period;
    struct tl_date today;
    struct tl_arena *arena;
};

typedef tl_status look(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err);

/* Both texts lie in the arena; NULL when memory is gone. */
static tl_status obstruct(struct tl_close_condition *condition, const char *obstacle, const char *hint,
                          struct tl_err *err)
{
    condition->obstacle = obstacle;
    condition->hint = hint;
    return obstacle == NULL || hint == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status look_ended(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    char last[TL_DATE_TEXT_SIZE], name[TL_CLOSED_PERIOD_NAME_SIZE];
    if (tl_date_compare(at->today, at->period.last) > 0)
        return TL_OK;
    return obstruct(condition,
                    tl_arena_format(at->arena, "%s runs until %s", tl_closed_period_name(at->period, name),
                                    tl_date_iso(at->period.last, last)),
                    "close it when it has ended", err);
}

static tl_status look_earlier(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_closed_period last;
    struct tl_stmt *stmt;
    bool row;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = tl_closed_period_last(&last, at->store, at->arena, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, at->store, SQL[SQL_EARLIER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, last.period.last);
    tl_stmt_bind_date(stmt, 2, at->period.first);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    struct tl_date first = tl_stmt_date(stmt, 0);
    tl_stmt_end(stmt);
    /* a year that has gone can be closed as a whole */
    bool same_year = tl_date_year(first) == tl_date_year(at->period.first);
    struct tl_period open = tl_period_of_year(tl_date_year(first));
    if (same_year) {
        open.first = tl_date_of(tl_date_year(first), (tl_date_month(first) - 1) / 3 * 3 + 1, 1);
        open.last = tl_date_add_days(tl_date_add_months(open.first, 3), -1);
    }
    tl_closed_period_name(open, name);
    return obstruct(condition, tl_arena_format(at->arena, "%s holds entries and is open", name),
                    tl_arena_format(at->arena, "tilslut period close %s", name), err);
}

static tl_status look_drafts(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, at->store, SQL[SQL_DRAFTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, at->period.last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t run = tl_stmt_int(stmt, 0), others = tl_stmt_int(stmt, 2) - 1;
    const char *more = others == 0 ? "" : tl_arena_format(at->arena, ", and %" PRId64 " more", others);
    const char *obstacle = more == NULL ? NULL
                                        : tl_arena_format(at->arena, "run %" PRId64 " of '%s' is a draft%s", run,
                                                          tl_stmt_text(stmt, 1), more);
    tl_stmt_end(stmt);
    return obstruct(condition, obstacle,
                    tl_arena_format(at->arena, "tilslut approve %" PRId64 ", or tilslut discard %" PRId64, run, run),
                    err);
}

static tl_status look_refunds(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, at->store, SQL[SQL_REFUNDS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, at->period.last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t refund = tl_stmt_int(stmt, 0);
    const char *obstacle =
        tl_arena_format(at->arena, "refund %" PRId64 " to '%s' is a draft", refund, tl_stmt_text(stmt, 1));
    tl_stmt_end(stmt);
    return obstruct(condition, obstacle, "have it approved or discarded; tilslut list refunds shows it", err);
}

/* What each kind of voucher is called, and the command that ends it. */
static const struct {
    const char *kind, *name, *command;
} vouchers[] = {
    {"cost", "cost", "cost"},
    {"outlay", "outlay", "outlay"},
    {"balancing", "balancing of hours", "balance-hours"},
};

static tl_status look_vouchers(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    size_t kind = 0;
    tl_status status = tl_stmt_get(&stmt, at->store, SQL[SQL_VOUCHERS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, at->period.last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    while (kind + 1 < sizeof vouchers / sizeof vouchers[0] &&
           !tl_text_equal(vouchers[kind].kind, tl_stmt_text(stmt, 1)))
        kind++;
    int64_t id = tl_stmt_int(stmt, 0), others = tl_stmt_int(stmt, 2) - 1;
    tl_stmt_end(stmt);
    const char *more = others == 0 ? "" : tl_arena_format(at->arena, ", and %" PRId64 " more", others);
    return obstruct(
        condition,
        more == NULL ? NULL
                     : tl_arena_format(at->arena, "%s %" PRId64 " waits for approval%s", vouchers[kind].name, id, more),
        tl_arena_format(at->arena, "tilslut %s approve %" PRId64 ", or tilslut %s reject %" PRId64 " --reason TEXT",
                        vouchers[kind].command, id, vouchers[kind].command, id),
        err);
}

/* The first draft that a query answers, with its product; `noun` is its name, and that of its commands. */
static tl_status look_draft(struct tl_close_condition *condition, const struct looking *at, const char *sql,
                            const char *noun, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, at->store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, at->period.last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t id = tl_stmt_int(stmt, 0);
    const char *obstacle =
        tl_arena_format(at->arena, "%s %" PRId64 " of '%s' is a draft", noun, id, tl_stmt_text(stmt, 1));
    tl_stmt_end(stmt);
    return obstruct(condition, obstacle,
                    tl_arena_format(at->arena, "tilslut %s approve %" PRId64 ", or tilslut %s discard %" PRId64, noun,
                                    id, noun, id),
                    err);
}

static tl_status look_carries(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    return look_draft(condition, at, SQL[SQL_CARRIES], "carry", err);
}

static tl_status look_shares(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    return look_draft(condition, at, SQL[SQL_SHARES], "share", err);
}

/* The last statement of the bank that ends within the period: what it has that the ledger has not, and the other way
 * round, is to be explained before the period is closed. */
static tl_status look_bank(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_bank_compared *all = NULL, *last = NULL;
    size_t count = 0;
    char unused[TL_MONEY_TEXT_SIZE], not_seen[TL_MONEY_TEXT_SIZE], day[TL_DATE_TEXT_SIZE];
    tl_status status = tl_bank_compare_read(&all, &count, at->store, at->arena, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (tl_date_compare(all[i].last, at->period.last) <= 0)
            last = &all[i];
    if (last == NULL || tl_date_compare(last->last, at->period.first) < 0 ||
        (tl_money_is_zero(last->unused) && tl_money_is_zero(last->not_seen) && tl_money_is_zero(last->moved)))
        return TL_OK;
    return obstruct(condition,
                    tl_arena_format(at->arena,
                                    "on %s the settlement account is not what the bank says: lines of %s are no "
                                    "entry, entries of %s are no line",
                                    tl_date_iso(last->last, day), tl_money_plain(last->unused, unused),
                                    tl_money_plain(last->not_seen, not_seen)),
                    "match the lines; tilslut list bank and tilslut list unmatched tell them", err);
}

static tl_status look_balance(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t sum = 0;
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, at->store, SQL[SQL_SUM], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, at->period.last);
    status = tl_stmt_answer(stmt, &sum, err);
    if (status != TL_OK || sum == 0)
        return status;
    return obstruct(condition,
                    tl_arena_format(at->arena, "the balances come to %s", tl_money_plain((struct tl_money){sum}, text)),
                    "tilslut verify tells more", err);
}

static tl_status look_checks(struct tl_close_condition *condition, const struct looking *at, struct tl_err *err)
{
    /* what amounts rest on; documents are proved daily and change no balance */
    static const char *const names[] = {"acts", "chain", "terms", "memberships", "runs", "periods"};
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    tl_status status = tl_checks_run(&findings, &checked, at->store, names, sizeof names / sizeof names[0], err);
    size_t found = findings.count + findings.left_out;
    if (status == TL_OK && found > 0)
        status = obstruct(condition,
                          tl_arena_format(at->arena, "%zu %s, the first by the check '%s'", found,
                                          found == 1 ? "finding" : "findings", findings.items[0].check),
                          "tilslut verify tells them", err);
    tl_findings_release(&findings);
    return status;
}

static const struct {
    const char *name, *asks;
    look *look;
} conditions[] = {
    {"ended", "the last day of the period has gone", look_ended},
    {"earlier", "every earlier period that holds entries is closed", look_earlier},
    {"drafts", "no billing run of the period, or of one before it, is a draft", look_drafts},
    {"refunds", "no refund dated in the period, or before it, is a draft", look_refunds},
    {"costs", "no cost, outlay or balancing of hours of the period, or of one before it, waits for approval",
     look_vouchers},
    {"carries", "no result of a year that ends in the period, or before it, is drafted to be carried", look_carries},
    {"shares", "no share of the secretariat of a year that ends in the period, or before it, is a draft", look_shares},
    {"bank", "the settlement account is what the last statement of the bank in the period says, where there is one",
     look_bank},
    {"balance", "the trial balance at the end of the period sums to zero", look_balance},
    {"checks", "verify finds nothing in acts, chain, terms, memberships, runs and periods", look_checks},
};

enum { CONDITION_COUNT = sizeof conditions / sizeof conditions[0] };
_Static_assert((int)CONDITION_COUNT <= (int)TL_CLOSE_CONDITIONS_MAX, "there is no room for all conditions");

tl_status tl_period_close_conditions(struct tl_close_conditions *out, struct tl_store *store, struct tl_period period,
                                     struct tl_date today, struct tl_arena *arena, struct tl_err *err)
{
    struct looking at = {store, period, today, arena};
    *out = (struct tl_close_conditions){.count = CONDITION_COUNT};
    tl_status status = tl_act_seal_last(&out->act, store, err);
    for (size_t i = 0; status == TL_OK && i < CONDITION_COUNT; i++) {
        struct tl_close_condition *condition = &out->items[i];
        *condition = (struct tl_close_condition){.name = conditions[i].name, .asks = conditions[i].asks};
        status = conditions[i].look(condition, &at, err);
        if (condition->obstacle != NULL)
            out->obstacles++;
    }
    return status;
}

static tl_status refuse(const struct tl_close_conditions *all, struct tl_period period, struct tl_err *err)
{
    struct tl_buf text = TL_BUF_EMPTY;
    const char *hint = "";
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_closed_period_name(period, name);
    tl_buf_format(&text, "%s cannot be closed: ", name);
    for (size_t i = 0, told = 0; i < all->count; i++) {
        const struct tl_close_condition *condition = &all->items[i];
        if (condition->obstacle == NULL)
            continue;
        tl_buf_format(&text, "%s%s: %s", told == 0 ? "" : "; ", condition->name, condition->obstacle);
        if (told++ == 0)
            hint = condition->hint;
    }
    tl_status status = tl_buf_status(&text, err);
    if (status == TL_OK)
        status = tl_err_set(err, TL_ERR_STATE, "%s", tl_buf_string(&text));
    tl_err_hint(err, "%s; tilslut period check %s shows all that must be true", hint, name);
    tl_buf_release(&text);
    return status;
}

tl_status tl_period_close(struct tl_closed_period *closed, struct tl_store *store, struct tl_period period,
                          const char *decision_text, const struct tl_close_conditions *all, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_decision decision = {.id = 0};
    tl_status status = TL_OK;
    if (tl_store_act(store) != all->act + 1) {
        status = tl_err_set(err, TL_ERR_STATE, "something was recorded while the period was checked");
        tl_err_hint(err, "close it again");
    }
    if (status == TL_OK && decision_text != NULL)
        status = tl_decision_parse(&decision, decision_text, arena, err);
    if (status == TL_OK && decision_text != NULL)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = tl_closed_period_record(closed, store, period, decision.id, arena, err);
    if (status == TL_OK)
        status = tl_open_item_keep(store, closed, err);
    return status == TL_OK && all->obstacles > 0 ? refuse(all, period, err) : status;
}
