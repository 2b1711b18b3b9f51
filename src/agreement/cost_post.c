/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a cost comes to in the ledger: at its approval, in other years that its period reaches into, and when it is
 * paid.
 */
#include <inttypes.h>

#include "cost_amount.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/supplier_rate.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/text.h"
#include "tilslut/key/accrual.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { POSTINGS_MAX = 4, ENTRIES_MAX = TL_ACCRUAL_YEARS_MAX + 1 };

enum { SQL_POSTED, SQL_COUNT, SQL_RATE };

static const char *const SQL[] = {
    [SQL_POSTED] = "SELECT p.account_code, p.amount_minor, coalesce(p.product_code, ''), e.holds_on, e.kind, "
                   "e.evidence "
                   "FROM posting p JOIN entry e ON e.id = p.entry_id WHERE p.key = ?1",
    /* keys of one cost lie together: ';' comes behind ':' */
    [SQL_COUNT] = "SELECT count(*) FROM posting WHERE key >= 'cost:' || ?1 || ':' AND key < 'cost:' || ?1 || ';'",
    [SQL_RATE] = "SELECT rate_minor FROM supplier_rate WHERE id = ?1",
};

/* One entry that a cost comes to. */
struct part {
    const char *key, *text;
    struct tl_date holds_on, due_on;
    struct tl_posting postings[POSTINGS_MAX];
    size_t count;
};

struct plan {
    struct part parts[ENTRIES_MAX]; /* the first is that of the accounting date */
    size_t count, postings;
    struct tl_digest digest;
};

static void put(struct plan *plan, struct part *part, const char *account, const struct tl_cost *cost, int64_t minor)
{
    if (minor == 0)
        return;
    part->postings[part->count++] = (struct tl_posting){account, NULL, cost->product, "", {minor}};
    plan->postings++;
}

/* The digest of the whole row: what the entries rest on. */
static tl_status digest_of(struct tl_digest *out, const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE], invoiced[TL_DATE_TEXT_SIZE], due[TL_DATE_TEXT_SIZE];
    tl_buf_format(&buf, "tilslut cost 1\nnumber %" PRId64 "\n", cost->id);
    tl_buf_line(&buf, "product", cost->product);
    tl_buf_line(&buf, "account", cost->account);
    tl_buf_line(&buf, "supplier", cost->supplier);
    tl_buf_line(&buf, "name", cost->supplier_name);
    tl_buf_line(&buf, "invoice", cost->invoice);
    tl_buf_format(&buf, "line %" PRId64 "\ninvoiced %s\ndue %s\nperiod %s %s\n", cost->line,
                  tl_date_iso(cost->invoiced_on, invoiced), tl_date_iso(cost->due_on, due),
                  tl_date_iso(cost->period.first, first), tl_date_iso(cost->period.last, last));
    tl_buf_line(&buf, "issue", cost->issue);
    tl_buf_line(&buf, "text", cost->text);
    tl_buf_format(&buf, "net %" PRId64 "\nvat %" PRId64 "\n", cost->net.minor, cost->vat.minor);
    tl_buf_line(&buf, "vat-code", cost->vat_code);
    tl_buf_line(&buf, "vat-reason", cost->vat_reason);
    tl_buf_format(&buf, "corrects %" PRId64 "\nrate %" PRId64 "\nhours %" PRId64 "/%" PRId64 "\n", cost->corrects,
                  cost->rate_id, cost->hours.numerator, cost->hours.denominator);
    tl_buf_line(&buf, "working", cost->working);
    tl_status status = tl_buf_status(&buf, err);
    if (status == TL_OK)
        *out = tl_digest_of(buf.bytes, buf.length);
    tl_buf_release(&buf);
    return status;
}

/* When a cost is booked, and the last day that was closed then. */
struct booking {
    struct tl_date date, closed;
};

/* Whether what falls on a year is booked on the accounting date: it is of that year, or of one that is closed. */
static bool falls_now(const struct tl_accrual_part *of, const struct booking *booking)
{
    return of->year == tl_date_year(booking->date) ||
           (of->year < tl_date_year(booking->date) &&
            tl_date_compare(tl_period_of_year(of->year).last, booking->closed) <= 0);
}

/* Reads the last day that was closed when the act `known` was recorded (0: as known now), where it matters: for a cost
 * of an earlier year than that it is booked in. */
static tl_status read_closed(struct booking *booking, struct tl_store *store, const struct tl_cost *cost, int64_t known,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_closed_period last;
    int64_t before = tl_store_known(store);
    if (tl_date_year(cost->period.first) >= tl_date_year(booking->date))
        return TL_OK;
    if (known != 0)
        tl_store_set_known(store, known);
    tl_status status = tl_closed_period_last(&last, store, arena, err);
    tl_store_set_known(store, before);
    booking->closed = last.period.last;
    return status;
}

static tl_status plan_first(struct plan *plan, const struct tl_cost *cost, const struct booking *booking,
                            const struct tl_accrual *split, struct tl_arena *arena, struct tl_err *err)
{
    struct part *part = &plan->parts[plan->count++];
    bool is_late = false;
    int64_t now = 0, otherwise = 0, deducted = tl_text_equal(cost->vat_code, "deducted") ? cost->vat.minor : 0;
    for (size_t i = 0; i < split->count; i++)
        if (falls_now(&split->parts[i], booking)) {
            now += split->parts[i].amount.minor;
            is_late = is_late || split->parts[i].year < tl_date_year(booking->date);
        } else
            otherwise += split->parts[i].amount.minor;
    part->holds_on = booking->date;
    part->due_on = cost->due_on;
    part->key = tl_arena_format(arena, "cost:%" PRId64 ":", cost->id);
    part->text =
        tl_arena_format(arena, "%s, %s %s: %s%s", cost->supplier_name, cost->corrects == 0 ? "faktura" : "kreditnota",
                        cost->invoice, cost->text, is_late ? " (vedrører et lukket år)" : "");
    put(plan, part, cost->account, cost, now);
    put(plan, part, TL_ACCOUNT_ACCRUAL, cost, otherwise);
    put(plan, part, TL_ACCOUNT_VAT, cost, deducted);
    put(plan, part, TL_ACCOUNT_CREDITORS, cost, -(now + otherwise + deducted));
    return part->key == NULL || part->text == NULL ? tl_err_memory(err) : TL_OK;
}

/* What falls on another year than the accounting date's: on its first day when it comes later, on its last when it has
 * been. */
static tl_status plan_year(struct plan *plan, const struct tl_cost *cost, const struct booking *booking,
                           const struct tl_accrual_part *of, struct tl_arena *arena, struct tl_err *err)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    if (falls_now(of, booking) || tl_money_is_zero(of->amount))
        return TL_OK;
    struct part *part = &plan->parts[plan->count++];
    struct tl_period year = tl_period_of_year(of->year);
    part->holds_on = of->year > tl_date_year(booking->date) ? year.first : year.last;
    part->key = tl_arena_format(arena, "cost:%" PRId64 ":%d:", cost->id, of->year);
    part->text =
        tl_arena_format(arena, "Periodisering af bilag %" PRId64 ", %s %s, %s til %s", cost->id, cost->supplier_name,
                        cost->invoice, tl_date_iso(of->period.first, first), tl_date_iso(of->period.last, last));
    put(plan, part, cost->account, cost, of->amount.minor);
    put(plan, part, TL_ACCOUNT_ACCRUAL, cost, -of->amount.minor);
    return part->key == NULL || part->text == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status make_plan(struct plan *plan, const struct tl_cost *cost, const struct booking *booking,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_accrual split;
    struct tl_money expense = cost->net;
    *plan = (struct plan){.count = 0};
    tl_status status = digest_of(&plan->digest, cost, err);
    if (status == TL_OK && tl_text_equal(cost->vat_code, "borne"))
        status = tl_cost_gross(&expense, cost, err);
    if (status == TL_OK)
        status = tl_accrual_split(&split, expense, cost->period, err);
    if (status == TL_OK)
        status = plan_first(plan, cost, booking, &split, arena, err);
    for (size_t i = 0; status == TL_OK && i < split.count; i++)
        status = plan_year(plan, cost, booking, &split.parts[i], arena, err);
    return status;
}

tl_status tl_cost_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date date,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_cost cost;
    struct tl_voucher voucher;
    struct plan plan = {.count = 0};
    tl_status status = tl_voucher_find(&voucher, store, id, "cost", &arena, err);
    if (status == TL_OK)
        status = tl_cost_find(&cost, store, id, &arena, err);
    if (status == TL_OK && tl_date_is_none(date))
        date = cost.invoiced_on;
    if (status == TL_OK)
        status = tl_voucher_approve(store, id, "cost", actor, date, err);
    struct booking booking = {.date = date};
    if (status == TL_OK)
        status = read_closed(&booking, store, &cost, 0, &arena, err);
    if (status == TL_OK)
        status = make_plan(&plan, &cost, &booking, &arena, err);
    for (size_t i = 0; status == TL_OK && i < plan.count; i++) {
        bool already;
        int64_t entry_id;
        struct tl_entry entry = {.kind = "cost",
                                 .holds_on = plan.parts[i].holds_on,
                                 .due_on = plan.parts[i].due_on,
                                 .reference = cost.invoice,
                                 .text = plan.parts[i].text,
                                 .has_evidence = true,
                                 .evidence = plan.digest,
                                 .postings = plan.parts[i].postings,
                                 .posting_count = plan.parts[i].count};
        status = tl_entry_post(&entry_id, &already, store, plan.parts[i].key, &entry, err);
    }
    *entries = plan.count;
    tl_arena_release(&arena);
    return status;
}

static tl_status check_payable(const struct tl_cost *cost, struct tl_date date, struct tl_err *err)
{
    char paid[TL_DATE_TEXT_SIZE];
    if (!tl_text_equal(cost->state, "approved")) {
        (void)tl_err_set(err, TL_ERR_STATE, "cost %" PRId64 " is %s; only what is approved is paid", cost->id,
                         tl_text_equal(cost->state, "draft") ? "a draft" : cost->state);
        return TL_ERR_STATE;
    }
    if (!tl_date_is_none(cost->paid_on) && tl_date_compare(cost->paid_on, date) != 0)
        return tl_err_set(err, TL_ERR_CONFLICT, "cost %" PRId64 " is paid already, on %s", cost->id,
                          tl_date_iso(cost->paid_on, paid));
    return TL_OK;
}

tl_status tl_cost_pay(int64_t *entry_id, bool *already, struct tl_store *store, int64_t id, struct tl_date date,
                      const char *text, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_cost cost;
    struct tl_money gross = {0};
    tl_status status = tl_cost_find(&cost, store, id, &arena, err);
    if (status == TL_OK)
        status = check_payable(&cost, date, err);
    if (status == TL_OK)
        status = tl_cost_gross(&gross, &cost, err);
    const char *key = tl_arena_format(&arena, "cost-pay:%" PRId64, id);
    if (status == TL_OK && key == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK && text[0] == '\0') {
        text = tl_arena_format(&arena, "Betaling af bilag %" PRId64 ", %s %s", id, cost.supplier_name, cost.invoice);
        status = text == NULL ? tl_err_memory(err) : TL_OK;
    }
    if (status == TL_OK) {
        struct tl_posting postings[] = {
            {TL_ACCOUNT_CREDITORS, NULL, cost.product, "", gross},
            {TL_ACCOUNT_SETTLEMENT, NULL, cost.product, "", tl_money_negate(gross)},
        };
        struct tl_entry entry = {.kind = "payment",
                                 .holds_on = date,
                                 .reference = cost.invoice,
                                 .text = text,
                                 .postings = postings,
                                 .posting_count = 2};
        status = tl_entry_post(entry_id, already, store, key, &entry, err);
    }
    tl_arena_release(&arena);
    return status;
}

/* Whether the posting of that key is the one that is planned, and rests on the row as it is. */
static tl_status is_posted(bool *out, struct tl_store *store, const char *key, const struct plan *plan,
                           const struct part *part, size_t i, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_digest evidence;
    bool row = false;
    *out = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_POSTED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, key);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        const struct tl_posting *posting = &part->postings[i];
        *out = tl_text_equal(tl_stmt_text(stmt, 0), posting->account) &&
               tl_stmt_int(stmt, 1) == posting->amount.minor &&
               tl_text_equal(tl_stmt_text(stmt, 2), posting->product) &&
               tl_date_compare(tl_stmt_date(stmt, 3), part->holds_on) == 0 &&
               tl_text_equal(tl_stmt_text(stmt, 4), "cost") && tl_stmt_digest(stmt, 5, &evidence) &&
               tl_digest_equal(&evidence, &plan->digest);
        tl_stmt_end(stmt);
    }
    return status;
}

static tl_status count_posted(int64_t *out, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_COUNT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    return tl_stmt_answer(stmt, out, err);
}

static tl_status check_postings(struct tl_check_work *work, struct tl_store *store, const struct tl_cost *cost,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct plan plan = {.count = 0};
    int64_t posted = 0;
    bool all = true;
    tl_status status = count_posted(&posted, store, cost->id, err);
    if (status == TL_OK && tl_text_equal(cost->state, "approved")) {
        struct tl_err told = TL_ERR_NONE;
        struct booking booking = {.date = cost->holds_on};
        status = read_closed(&booking, store, cost, cost->ended_act, arena, err);
        if (status == TL_OK && make_plan(&plan, cost, &booking, arena, &told) != TL_OK)
            return told.status == TL_ERR_MEMORY
                       ? tl_err_memory(err)
                       : tl_check_found(work, err, "cost %" PRId64 " cannot be gone through: %s", cost->id,
                                        told.message);
    }
    if (status == TL_OK && posted != (int64_t)plan.postings)
        return tl_check_found(work, err, "cost %" PRId64 " has %" PRId64 " postings where it comes to %zu", cost->id,
                              posted, plan.postings);
    for (size_t i = 0; status == TL_OK && i < plan.count; i++)
        for (size_t j = 0; status == TL_OK && all && j < plan.parts[i].count; j++) {
            const char *key = tl_arena_format(arena, "%s#%zu", plan.parts[i].key, j + 1);
            status = key == NULL ? tl_err_memory(err) : is_posted(&all, store, key, &plan, &plan.parts[i], j, err);
        }
    if (status == TL_OK && !all)
        status = tl_check_found(work, err, "the postings of cost %" PRId64 " are not what it comes to", cost->id);
    return status;
}

static tl_status check_hours(struct tl_check_work *work, struct tl_store *store, const struct tl_cost *cost,
                             struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_money rate = {0}, amount;
    if (cost->rate_id == 0)
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RATE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, cost->rate_id);
    status = tl_stmt_answer(stmt, &rate.minor, err);
    if (status == TL_OK)
        status = tl_cost_of_hours(&amount, cost->hours, rate, err);
    if (status == TL_OK && amount.minor != cost->net.minor && -amount.minor != cost->net.minor)
        status = tl_check_found(work, err, "the hours of cost %" PRId64 " at their rate are not its amount", cost->id);
    return status;
}

tl_status tl_cost_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_cost *costs = NULL;
    size_t count = 0;
    tl_status status = tl_cost_list(&costs, &count, store, NULL, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = check_postings(work, store, &costs[i], &arena, err);
        if (status == TL_OK)
            status = check_hours(work, store, &costs[i], err);
    }
    tl_check_counted(work, (int64_t)count, "cost", "costs");
    tl_arena_release(&arena);
    return status;
}
