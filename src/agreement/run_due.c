/* SPDX-License-Identifier: MPL-2.0 */
#include "run_due.h"

#include <string.h>

#include "run_pledge.h"
#include "run_settlement.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"
#include "tilslut/store/stmt.h"

/* One line of the terms on the way: its shares and what is billed, both by member. */
struct due {
    struct tl_run_computed *computed;
    const struct tl_run_plan *plan;
    struct tl_run_rows *rows;
    const struct tl_line *line;
    const struct tl_line_result *result;
    size_t share, shares_behind; /* of the present member */
    size_t billed, billed_behind;
    struct tl_run_range range; /* of what is billed for the line */
};

bool tl_run_list_has(const char *list, const char *code)
{
    size_t length = strlen(code);
    for (const char *at = list; *at != '\0'; at += strcspn(at, ","), at += *at == ',')
        if (strcspn(at, ",") == length && memcmp(at, code, length) == 0)
            return true;
    return false;
}

static bool is_once(const struct tl_line *line)
{
    return line->kind != TL_LINE_ANNUAL;
}

/* Who leaves in the year, or drops the option of the line, gets nothing back where the terms keep what is prepaid. */
static bool leaves(const struct due *due, const char *code)
{
    const struct tl_member *member = tl_roster_find(&due->computed->year.roster, code);
    if (member == NULL)
        return false;
    if (!tl_date_is_none(member->last) && tl_date_year(member->last) <= due->plan->year)
        return true;
    for (size_t i = 0; due->line->option != NULL && i < member->option_count; i++)
        if (tl_text_equal(member->options[i].option, due->line->option) && !tl_date_is_none(member->options[i].last) &&
            tl_date_year(member->options[i].last) <= due->plan->year)
            return true;
    return false;
}

/* What is charged once is billed from the period on in which the membership begins, and the terms that charge it; a
 * one-off run bills it before. */
static bool is_too_early(const struct due *due, const struct tl_member *member)
{
    const struct tl_terms *terms = due->line->from == NULL ? &due->computed->year.terms : due->line->from;
    if (!is_once(due->line) || due->billed < due->billed_behind)
        return false;
    return tl_date_compare(member->first, due->plan->period.last) > 0 ||
           (due->line->kind == TL_LINE_ONE_OFF && tl_date_compare(terms->valid_from, due->plan->period.last) > 0);
}

/* Billed by the account and VAT that the terms say now. */
static bool is_billed_alike(const struct due *due)
{
    char rate[TL_RATIO_TEXT_SIZE];
    for (size_t i = due->billed; i < due->billed_behind; i++) {
        const struct tl_run_billed *billed = &due->computed->history.billed[i];
        bool alike = tl_text_equal(billed->account_code, due->line->account) &&
                     tl_text_equal(billed->vat_code, due->line->vat.code) &&
                     tl_text_equal(billed->vat_rate, tl_ratio_text(due->line->vat.rate, rate)) &&
                     tl_text_equal(billed->vat_reason, due->line->vat.reason);
        if (!alike && billed->net_minor != 0)
            return false;
    }
    return true;
}

static tl_status is_left_over_alike(bool *out, const struct due *due, const struct tl_share *last, struct tl_err *err)
{
    const char *before = tl_run_left_over_of(&due->computed->history, due->line->id, last->member->code);
    const char *now = due->line->has_budget ? tl_frac_text(&last->carried_out, due->rows->arena) : "0";
    if (now == NULL)
        return tl_err_memory(err);
    *out = before != NULL && tl_text_equal(before, now);
    return TL_OK;
}

/* What the present member owes, and what of it is billed. */
static tl_status sum_up(int64_t *owed, int64_t *billed, const struct due *due, struct tl_err *err)
{
    struct tl_money shares = {0}, before = {0};
    tl_status status = TL_OK;
    for (size_t i = due->share; status == TL_OK && i < due->shares_behind; i++)
        status = tl_money_add(&shares, shares, due->result->shares[i].amount, err);
    for (size_t i = due->billed; status == TL_OK && i < due->billed_behind; i++)
        status = tl_money_add(&before, before, (struct tl_money){due->computed->history.billed[i].net_minor}, err);
    *owed = shares.minor;
    *billed = before.minor;
    return status;
}

/* Whether there is anything to put down for the present member: a difference, or another fraction left over. */
static tl_status differs(bool *out, const struct due *due, const char *code, struct tl_err *err)
{
    int64_t owed, billed;
    bool alike = true;
    size_t shares = due->shares_behind - due->share;
    *out = true;
    if (due->billed == due->billed_behind)
        return TL_OK;
    tl_status status = sum_up(&owed, &billed, due, err);
    if (status != TL_OK || !is_billed_alike(due))
        return status;
    if (owed == billed && shares > 0)
        status = is_left_over_alike(&alike, due, &due->result->shares[due->shares_behind - 1], err);
    bool is_kept = owed < billed && !tl_text_equal(due->plan->kind, "settlement") &&
                   !due->computed->year.terms.credits_prepaid && leaves(due, code);
    *out = !is_kept && (owed != billed || !alike);
    return status;
}

/* What is billed already was billed for the year up to the end of the last period that was. */
static struct tl_period billed_period(const struct due *due)
{
    struct tl_date through = due->computed->history.through;
    struct tl_date last = tl_date_is_none(through) ? due->plan->period.last : through;
    return (struct tl_period){tl_date_of(due->plan->year, 1, 1), last};
}

static tl_status put_down(const struct due *due, const char *code, struct tl_err *err)
{
    bool wanted = due->plan->members[0] == '\0' || tl_run_list_has(due->plan->members, code);
    if (wanted && due->share < due->shares_behind)
        wanted = !is_too_early(due, due->result->shares[due->share].member);
    if (!wanted)
        return TL_OK;
    tl_status status = differs(&wanted, due, code, err);
    for (size_t i = due->share; status == TL_OK && wanted && i < due->shares_behind; i++)
        status = tl_run_rows_add_share(due->rows, due->result, &due->result->shares[i], err);
    for (size_t i = due->billed; status == TL_OK && wanted && i < due->billed_behind; i++)
        if (due->computed->history.billed[i].net_minor != 0)
            status = tl_run_rows_add_billed(due->rows, &due->computed->history.billed[i], billed_period(due), err);
    return status;
}

/* Goes through the members who have a share or are billed, both in the order of their codes. */
static tl_status go_through(struct due *due, struct tl_err *err)
{
    const struct tl_run_billed *billed = due->computed->history.billed;
    size_t shares = due->result == NULL ? 0 : due->result->share_count, end = due->range.first + due->range.count;
    due->share = due->shares_behind = 0;
    due->billed = due->billed_behind = due->range.first;
    while (due->share < shares || due->billed < end) {
        const char *of_share = due->share < shares ? due->result->shares[due->share].member->code : NULL;
        const char *of_billed = due->billed < end ? billed[due->billed].party_code : NULL;
        const char *code =
            of_share == NULL || (of_billed != NULL && strcmp(of_billed, of_share) < 0) ? of_billed : of_share;
        while (due->shares_behind < shares && tl_text_equal(due->result->shares[due->shares_behind].member->code, code))
            due->shares_behind++;
        while (due->billed_behind < end && tl_text_equal(billed[due->billed_behind].party_code, code))
            due->billed_behind++;
        tl_status status = put_down(due, code, err);
        if (status != TL_OK)
            return status;
        due->share = due->shares_behind;
        due->billed = due->billed_behind;
    }
    return TL_OK;
}

static tl_status add_line(struct due *due, size_t index, struct tl_err *err)
{
    const struct tl_run_computed *computed = due->computed;
    const struct tl_allocation *year = &computed->year.allocation;
    due->line = &computed->year.terms.lines[index];
    due->result = is_once(due->line) || !computed->has_part ? &year->lines[index] : &computed->part.lines[index];
    due->range = tl_run_billed_of_line(&computed->history, due->line->id);
    bool wanted = due->plan->lines[0] == '\0' || tl_run_list_has(due->plan->lines, due->line->id);
    /* a price that is not known, or no longer known, leaves things as they are */
    return wanted && due->result->known ? go_through(due, err) : TL_OK;
}

/* What was billed for lines that the terms no longer have is taken back. */
static tl_status take_back(struct due *due, struct tl_err *err)
{
    static const struct tl_line gone = {.id = "", .account = "", .vat = {.code = "", .reason = "", .rate = {0, 1}}};
    const struct tl_run_history *history = &due->computed->history;
    tl_status status = TL_OK;
    due->line = &gone;
    due->result = NULL;
    for (size_t i = 0; status == TL_OK && due->plan->lines[0] == '\0' && i < history->billed_count;
         i += due->range.count) {
        due->range = tl_run_billed_of_line(history, history->billed[i].line_id);
        if (tl_terms_line(&due->computed->year.terms, history->billed[i].line_id) == NULL)
            status = go_through(due, err);
    }
    return status;
}

static tl_status add_account(struct tl_run_computed *out, const struct tl_line *line,
                             const struct tl_account_share *share, size_t *capacity, struct tl_err *err)
{
    const struct tl_run_history *history = &out->history;
    struct tl_money net = share->amount;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < history->drawn_count; i++)
        if (tl_text_equal(history->drawn[i].line_id, line->id) &&
            tl_text_equal(history->drawn[i].account_code, share->first_share->account) &&
            tl_text_equal(history->drawn[i].income_code, line->account))
            status = tl_money_subtract(&net, net, (struct tl_money){history->drawn[i].net_minor}, err);
    if (status != TL_OK || tl_money_is_zero(net))
        return status;
    out->accounts = tl_arena_grow(&out->year.arena, out->accounts, out->account_count, capacity, sizeof *out->accounts);
    if (out->accounts == NULL)
        return tl_err_memory(err);
    out->accounts[out->account_count++] = (struct tl_run_account){.line_id = line->id,
                                                                  .account_code = share->first_share->account,
                                                                  .income_code = line->account,
                                                                  .working = share->working,
                                                                  .entitled_minor = share->amount.minor,
                                                                  .net_minor = net.minor};
    return TL_OK;
}

/* First shares of accounts; they belong to everybody, so a run of some members leaves them alone. */
static tl_status add_accounts(struct tl_run_computed *out, const struct tl_run_plan *plan, struct tl_err *err)
{
    size_t capacity = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; plan->members[0] == '\0' && i < out->year.terms.line_count; i++) {
        const struct tl_line *line = &out->year.terms.lines[i];
        const struct tl_line_result *result =
            is_once(line) || !out->has_part ? &out->year.allocation.lines[i] : &out->part.lines[i];
        if (plan->lines[0] != '\0' && !tl_run_list_has(plan->lines, line->id))
            continue;
        for (size_t j = 0; status == TL_OK && j < result->account_share_count; j++)
            status = add_account(out, line, &result->account_shares[j], &capacity, err);
    }
    return status;
}

/* The year up to the end of the period. */
static tl_status allocate_part(struct tl_run_computed *out, const struct tl_run_plan *plan, struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(plan->year);
    out->has_part = tl_date_compare(plan->period.last, year.last) < 0;
    if (!out->has_part)
        return TL_OK;
    return tl_product_year_allocate_until(&out->part, &out->year, plan->period.last, err);
}

static tl_status check_through(const struct tl_run_history *history, const struct tl_run_plan *plan, struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE];
    if (!tl_text_equal(plan->kind, "period") || tl_date_is_none(history->through) ||
        tl_date_compare(plan->period.last, history->through) >= 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' is billed up to %s already", plan->product,
                     tl_date_iso(history->through, text));
    tl_err_hint(err, "bill a period that does not end before it: what has changed since is billed or credited with it");
    return TL_ERR_CONFLICT;
}

static tl_status compute_due(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                             struct tl_err *err)
{
    struct tl_run_rows rows = {.arena = &out->year.arena};
    struct due due = {.computed = out, .plan = plan, .rows = &rows};
    tl_status status = check_through(&out->history, plan, err);
    if (status == TL_OK)
        status = tl_product_year_allocate(&out->year, err);
    if (status == TL_OK)
        status = allocate_part(out, plan, err);
    for (size_t i = 0; status == TL_OK && i < out->year.terms.line_count; i++)
        status = add_line(&due, i, err);
    if (status == TL_OK)
        status = take_back(&due, err);
    if (status == TL_OK)
        status = add_accounts(out, plan, err);
    if (status == TL_OK)
        status = tl_run_orders_find(&rows, store, plan, err);
    return status == TL_OK ? tl_run_rows_finish(&out->lines, &rows, err) : status;
}

/* A credit note is of what a run by the terms billed, or of what one of pledges did. */
static tl_status is_of_pledges(bool *out, struct tl_store *store, const struct tl_run_plan *plan, struct tl_err *err)
{
    static const char SQL[] =
        "SELECT r.kind = 'pledges' FROM invoice i JOIN run r ON r.id = i.run_id WHERE i.number = ?1";
    struct tl_stmt *stmt;
    int64_t answer = 0;
    *out = tl_text_equal(plan->kind, "pledges");
    if (plan->corrects[0] == '\0')
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, plan->corrects);
    status = tl_stmt_answer(stmt, &answer, err);
    *out = answer != 0;
    return status;
}

static tl_status compute_lines(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                               struct tl_err *err)
{
    if (tl_text_equal(plan->kind, "credit"))
        return tl_run_credit_lines(out, store, plan, err);
    return tl_text_equal(plan->kind, "pledges") ? tl_run_pledge_lines(out, store, plan, err)
                                                : compute_due(out, store, plan, err);
}

tl_status tl_run_compute(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                         struct tl_err *err)
{
    struct tl_run_plan settled = *plan;
    bool of_pledges;
    tl_status status = tl_product_year_load(&out->year, store, plan->product, plan->year, plan->terms_id, err);
    if (status == TL_OK)
        status = tl_run_settlement_apply(out, &out->actual, store, plan, err);
    settled.actual = out->actual;
    if (status == TL_OK)
        status = is_of_pledges(&of_pledges, store, plan, err);
    if (status == TL_OK)
        status =
            tl_run_history_read(&out->history, store, plan->product, plan->year, of_pledges, &out->year.arena, err);
    if (status == TL_OK)
        status = compute_lines(out, store, plan, err);
    if (status == TL_OK)
        status = tl_run_digest(&out->digest, &settled, &out->year.adopted.sha256, &out->lines, out->accounts,
                               out->account_count, err);
    return status;
}

void tl_run_computed_release(struct tl_run_computed *computed)
{
    tl_allocation_release(&computed->part);
    tl_product_year_release(&computed->year);
}
