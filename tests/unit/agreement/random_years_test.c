/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Random years: joins, leaves, options, runs of every kind, credit notes, payments by hand and by the bank, refunds,
 * costs, closes, reopenings and results that are carried, in any order, also those that are refused, against a model of
 * plain whole numbers. After each step what is asked at any date, as known at any
 * act, is what the model says. A story that fails is told by its seed, with as few steps as still fail.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "plain_books.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/bank_book.h"
#include "tilslut/agreement/bank_match.h"
#include "tilslut/agreement/book.h"
#include "tilslut/agreement/carryover.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/membership_event.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/payee.h"
#include "tilslut/agreement/payment.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/refund.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/balance.h"
#include "tilslut/store/stmt.h"

enum { STORIES = 12, STEPS = 130, CLOSES = 6, HOUR = 3600, ACTORS = 3, ANY_STATUS = -1, MUST_NOT = -2 };

static const char *const parties[PLAIN_PARTIES] = {"p0", "p1", "p2", "p3", "p4", "p5"};
static const char *const products[PLAIN_PRODUCTS] = {"yearly", "halves", "quarters"};
static const char *const lines[PLAIN_LINES] = {"joining", "fee", "pot", "hosting"};
static const char *const accounts[PLAIN_ACCOUNTS] = {"00001", "00002", "00003", "00008", "00007", "10000",
                                                     "14000", "20000", "30000", "31000", "40000", "41000"};
static const char *const actors[ACTORS] = {"anna", "bo", "cia"};

/* One story on the way. Nothing here ends the test: a story that goes wrong says so in `said`, and is tried again with
 * fewer steps. */
struct story {
    struct tl_store *store;
    struct tl_arena arena;
    struct check_random random;
    struct plain_books books;
    struct tl_moment now;
    int payments, favourite; /* favourite: the product that most of it is about */
    int statements;          /* of the bank */
    int closed;              /* quarters from the first on */
    int64_t act;             /* the last */
    char said[500];
};

static bool has_failed(const struct story *story)
{
    return story->said[0] != '\0';
}

__attribute__((format(printf, 2, 3))) static void fail_story(struct story *story, const char *format, ...)
{
    va_list arguments;
    if (has_failed(story))
        return;
    va_start(arguments, format);
    vsnprintf(story->said, sizeof story->said, format, arguments);
    va_end(arguments);
}

static void same(struct story *story, int64_t is, int64_t should, const char *what, const char *of)
{
    if (is != should)
        fail_story(story, "%s of %s is %" PRId64 ", not %" PRId64, what, of, is, should);
}

static int pick(struct story *story, int low, int high)
{
    return (int)check_random_between(&story->random, low, high);
}

static int pick_product(struct story *story)
{
    return pick(story, 0, 3) == 0 ? pick(story, 0, PLAIN_PRODUCTS - 1) : story->favourite;
}

/* Days since a day of long ago. */
static int day_of(int month, int day)
{
    return tl_date_to_days(tl_date_of(PLAIN_FIRST_YEAR + month / 12, month % 12 + 1, day));
}

static struct tl_date date_of(int day)
{
    return tl_date_add_days(tl_date_of(PLAIN_FIRST_YEAR, 1, 1), day - day_of(0, 1));
}

/* Any day, often the last of a month, on which periods end. */
static int pick_date(struct story *story)
{
    int month = pick(story, 0, PLAIN_MONTHS - 1);
    return pick(story, 0, 3) == 0 ? day_of(month + 1, 1) - 1 : day_of(month, pick(story, 1, 28));
}

/* The last day that takes no entry. */
static int closed_day(const struct story *story)
{
    return day_of(3 * story->closed, 1) - 1;
}

static int first_of(int year)
{
    return day_of(12 * year, 1);
}

static int last_of(int year)
{
    return first_of(year + 1) - 1;
}

/* --- doing ------------------------------------------------------------------------------------------------------ */

static void begin(struct story *story, const char *actor)
{
    struct tl_err err = TL_ERR_NONE;
    story->now.seconds += HOUR;
    const struct tl_act act = {actor, "test", story->now};
    if (tl_store_begin(story->store, &act, &err) != TL_OK)
        fail_story(story, "begin: %s", err.message);
    story->act = tl_store_act(story->store);
}

/* Ends what was tried, as it should have ended; `wanted` is ANY_STATUS where the model does not know. True when it was
 * done. */
static bool end(struct story *story, tl_status status, int wanted, const char *what, struct tl_err *err)
{
    if (wanted != ANY_STATUS && (int)status != wanted)
        fail_story(story, "%s: status %d, not %d: %s", what, (int)status, wanted, err->message);
    if (status != TL_OK) {
        tl_store_rollback(story->store);
        return false;
    }
    if (tl_store_commit(story->store, err) != TL_OK)
        fail_story(story, "%s: %s", what, err->message);
    return !has_failed(story);
}

static void join(struct story *story, int product, int party, int month, bool hosting)
{
    static const char *const option = "hosting";
    struct tl_err err = TL_ERR_NONE;
    struct plain_member *member = &story->books.members[product][party];
    struct tl_date from = date_of(day_of(month, 1));
    struct tl_joining joining = {.product = products[product],
                                 .party = parties[party],
                                 .signed_on = from,
                                 .from = from,
                                 .options = &option,
                                 .option_count = hosting ? 1 : 0};
    int64_t id;
    bool is_there = member->first != PLAIN_NEVER;
    /* who has left does not come back in these stories */
    if (is_there && (member->last != PLAIN_NEVER || month < member->first))
        return;
    begin(story, actors[0]);
    tl_status status = tl_membership_join(&id, story->store, &joining, &err);
    if (!end(story, status, is_there ? TL_ERR_CONFLICT : TL_OK, "join", &err))
        return;
    *member = (struct plain_member){month, PLAIN_NEVER, hosting ? month : PLAIN_NEVER, PLAIN_NEVER};
    story->books.happened[product]++;
}

/* Notice in the middle of a month is to the end of the next. Party 0 stays, so that each pot has a payer. */
static void leave(struct story *story, int product, int party, int month)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    struct plain_member *member = &story->books.members[product][party];
    bool has_left = member->last != PLAIN_NEVER;
    if (party == 0 || month < member->first || (has_left && (month < member->last - 1 || month > member->last)))
        return;
    begin(story, actors[0]);
    tl_status status = tl_membership_leave(&last, story->store, products[product], parties[party],
                                           date_of(day_of(month, 15)), (struct tl_date){0}, "", &err);
    if (!end(story, status, has_left ? TL_ERR_STATE : TL_OK, "leave", &err))
        return;
    member->last = month + 1;
    if (tl_date_compare(last, date_of(day_of(month + 2, 1) - 1)) != 0)
        fail_story(story, "leave: another last day");
    story->books.happened[product]++;
}

static void change_option(struct story *story, int product, int party, int month, bool is_taken)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_member *member = &story->books.members[product][party];
    struct tl_membership_change change = {.product = products[product],
                                          .party = parties[party],
                                          .event = is_taken ? TL_MEMBERSHIP_OPTION_TAKEN : TL_MEMBERSHIP_OPTION_DROPPED,
                                          .from = date_of(day_of(month, 1)),
                                          .detail = "hosting",
                                          .evidence = ""};
    bool never = member->option_first == PLAIN_NEVER, has = !never && month > member->option_first;
    /* an option is taken once in these stories, and kept by whoever leaves */
    if (month < member->first || member->last != PLAIN_NEVER || member->option_last != PLAIN_NEVER || (!never && !has))
        return;
    begin(story, actors[0]);
    tl_status status = tl_membership_change(story->store, &change, &err);
    if (!end(story, status, has == is_taken ? TL_ERR_STATE : TL_OK, is_taken ? "take" : "drop", &err))
        return;
    if (is_taken)
        member->option_first = month;
    else
        member->option_last = month - 1;
    story->books.happened[product]++;
}

static tl_status draft_due(int64_t *id, struct story *story, const struct plain_run *run, struct tl_err *err)
{
    static const char *const names[][12] = {
        {[11] = "year"}, {[5] = "H1", [11] = "H2"}, {[2] = "Q1", [5] = "Q2", [8] = "Q3", [11] = "Q4"}};
    const char *only = run->only < 0 ? NULL : parties[run->only];
    struct tl_run_request request = {.product = products[run->product],
                                     .year = PLAIN_FIRST_YEAR + run->year,
                                     .period = names[run->product][run->through - 1],
                                     .members = &only,
                                     .member_count = only == NULL ? 0 : 1,
                                     .lines = lines,
                                     .line_count = run->kind == PLAIN_ONE_OFF ? 1 : 0};
    return tl_run_draft_request(id, story->store, &request, err);
}

static tl_status draft_credit(int64_t *id, struct story *story, const struct plain_run *run, struct tl_err *err)
{
    const struct plain_invoice *invoice = &story->books.invoices[run->invoice];
    char number[40];
    snprintf(number, sizeof number, "%04d-%04d", invoice->series, invoice->seq);
    return tl_run_draft_credit(id, story->store, number, run->line < 0 ? NULL : lines[run->line], "fejl", "mail", err);
}

/* What the library must answer to a draft; ANY_STATUS where it may put down rows that come to nothing. */
static int wanted_of(struct story *story, struct plain_run *run)
{
    const struct plain_books *books = &story->books;
    bool any = plain_books_plan(books, run);
    if (run->kind == PLAIN_CREDIT && books->invoices[run->invoice].is_credit)
        return TL_ERR_STATE;
    if (plain_books_waits(books, run))
        return TL_ERR_CONFLICT;
    if (run->kind == PLAIN_PERIOD && run->through < books->through[run->product][run->year])
        return TL_ERR_CONFLICT;
    return any ? TL_OK : ANY_STATUS;
}

static void draft(struct story *story, struct plain_run *run)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    int64_t id = 0;
    if (books->run_count == PLAIN_RUNS)
        return;
    run->author = pick(story, 0, ACTORS - 1);
    run->seen = books->happened[run->product];
    int wanted = wanted_of(story, run);
    begin(story, actors[run->author]);
    tl_status status =
        run->kind == PLAIN_CREDIT ? draft_credit(&id, story, run, &err) : draft_due(&id, story, run, &err);
    if (!end(story, status, wanted, "draft", &err))
        return;
    books->runs[books->run_count++] = *run;
    same(story, id, (int64_t)books->run_count, "the number", "a run");
}

static void draft_any(struct story *story)
{
    static const int months[] = {12, 6, 3};
    struct plain_run run = {.product = pick_product(story),
                            .year = pick(story, 0, 3) == 0,
                            .kind = pick(story, 0, 5) == 0 ? PLAIN_ONE_OFF : PLAIN_PERIOD,
                            .only = -1,
                            .invoice = -1,
                            .line = -1};
    int step = months[run.product];
    run.through = step * pick(story, 1, 12 / step);
    if (pick(story, 0, 3) == 0)
        run.only = pick(story, 0, PLAIN_PARTIES - 1);
    if (run.only < 0 || plain_books_is_in_year(&story->books, run.product, run.only, run.year))
        draft(story, &run);
}

static void credit_any(struct story *story)
{
    const struct plain_books *books = &story->books;
    if (books->invoice_count == 0)
        return;
    struct plain_run run = {.kind = PLAIN_CREDIT, .only = -1, .through = 12};
    run.invoice = pick(story, 0, (int)books->invoice_count - 1);
    run.product = books->invoices[run.invoice].product;
    run.year = books->invoices[run.invoice].year;
    run.line = pick(story, -2, PLAIN_LINES - 1);
    if (run.line < 0 || books->invoices[run.invoice].charged[run.line] > 0) {
        run.line = run.line < 0 ? -1 : run.line;
        draft(story, &run);
    }
}

/* Mostly one that is a draft, sometimes any. */
static int pick_run(struct story *story)
{
    const struct plain_books *books = &story->books;
    int number = pick(story, 0, (int)books->run_count - 1);
    bool is_any = pick(story, 0, 7) == 0;
    for (int i = 0; !is_any && i < (int)books->run_count; i++)
        if (books->runs[i].state == PLAIN_DRAFT)
            return i;
    return number;
}

static int approval_of(const struct story *story, const struct plain_run *run, int actor, bool is_in_year)
{
    if (run->state != PLAIN_DRAFT || run->author == actor)
        return TL_ERR_STATE;
    if (!is_in_year)
        return TL_ERR_INPUT;
    if (run->seen == story->books.happened[run->product])
        return TL_OK;
    return plain_books_is_unchanged(&story->books, run) ? ANY_STATUS : MUST_NOT;
}

static bool bills_anything(const struct plain_run *run)
{
    bool any = false;
    for (int party = 0; party < PLAIN_PARTIES; party++)
        for (int line = 0; line < PLAIN_LINES; line++)
            any = any || run->net[party][line] != 0;
    return any;
}

static void approve(struct story *story, int number, int actor, bool is_in_year)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_run *run = &story->books.runs[number];
    size_t entries;
    int month = 12 * run->year + (is_in_year ? pick(story, 0, 11) : 12), date = day_of(month, pick(story, 1, 28));
    int wanted = approval_of(story, run, actor, is_in_year);
    if (date <= closed_day(story) && bills_anything(run) && (wanted == TL_OK || wanted == ANY_STATUS))
        wanted = MUST_NOT;
    begin(story, actors[actor]);
    tl_status status =
        tl_run_approve(&entries, story->store, number + 1, actors[actor], date_of(date), date_of(date), &err);
    if (wanted == MUST_NOT && status == TL_OK)
        fail_story(story, "run %d is approved, although it has changed or its date is closed", number + 1);
    if (end(story, status, wanted == MUST_NOT ? ANY_STATUS : wanted, "approve", &err))
        plain_books_post(&story->books, run, date, PLAIN_FIRST_YEAR + run->year, story->act);
}

/* Any run, whatever became of it, by anybody, dated in or outside of its year. */
static void approve_any(struct story *story)
{
    if (story->books.run_count == 0)
        return;
    int number = pick_run(story), actor = (story->books.runs[number].author + pick(story, 1, 5)) % ACTORS;
    approve(story, number, actor, pick(story, 0, 14) != 0);
}

/* A whole year is billed and approved, somebody leaves or drops the option, and it is billed again. */
static void bill_around_a_leave(struct story *story, int product, int party, int month)
{
    for (int turn = 0; turn < 2; turn++) {
        struct plain_run run = {.product = product, .kind = PLAIN_PERIOD, .only = -1, .invoice = -1, .line = -1};
        size_t before = story->books.run_count;
        run.through = 12;
        draft(story, &run);
        if (story->books.run_count > before)
            approve(story, (int)before, (run.author + 1) % ACTORS, true);
        if (turn == 0 && pick(story, 0, 2) == 0)
            change_option(story, product, party, month, false);
        else if (turn == 0)
            leave(story, product, party, month);
    }
}

static void discard_any(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    if (books->run_count == 0)
        return;
    int number = pick_run(story);
    struct plain_run *run = &books->runs[number];
    begin(story, actors[pick(story, 0, ACTORS - 1)]);
    tl_status status = tl_run_discard(story->store, number + 1, &err);
    if (end(story, status, run->state == PLAIN_DRAFT ? TL_OK : TL_ERR_STATE, "discard", &err))
        run->state = PLAIN_DISCARDED;
}

/* Pays once, and the same again; with another text it is refused. */
static void pay_any(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    int party = pick(story, 0, PLAIN_PARTIES - 1), date = pick_date(story);
    int64_t amount = check_random_between(&story->random, 1, 200000), entry;
    char reference[40];
    bool already = false;
    snprintf(reference, sizeof reference, "r%d", ++story->payments);
    struct tl_payment payment = {parties[party], {amount}, date_of(date), reference, "Indbetaling"};
    begin(story, actors[0]);
    tl_status status = tl_payment_post(&entry, &already, story->store, &payment, &err);
    if (!end(story, status, date <= closed_day(story) ? TL_ERR_STATE : TL_OK, "pay", &err))
        return;
    plain_books_pay(&story->books, party, amount, date, story->act);
    begin(story, actors[1]);
    status = tl_payment_post(&entry, &already, story->store, &payment, &err);
    (void)end(story, status, TL_OK, "pay again", &err);
    if (!already)
        fail_story(story, "the same payment counts twice");
    payment.text = "Noget andet";
    begin(story, actors[1]);
    status = tl_payment_post(&entry, &already, story->store, &payment, &err);
    (void)end(story, status, TL_ERR_CONFLICT, "pay otherwise", &err);
}

static bool has_credit(const struct story *story, const struct plain_refund *refund)
{
    return -plain_books_balance(&story->books, refund->party, -1, PLAIN_RECEIVABLE, refund->date, INT64_MAX) >=
           refund->amount;
}

static void draft_refund(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    struct plain_refund plain = {.party = pick(story, 0, PLAIN_PARTIES - 1),
                                 .author = pick(story, 0, ACTORS - 1),
                                 .date = pick_date(story),
                                 .amount = check_random_between(&story->random, 1, 30000)};
    struct tl_refund refund = {.reason = "for meget"};
    if (books->refund_count == PLAIN_REFUNDS)
        return;
    /* mostly of somebody who has something to its credit in the end, sometimes at another time */
    bool is_late = pick(story, 0, 2) != 0;
    for (int tries = 0; is_late && tries < PLAIN_PARTIES && !has_credit(story, &plain); tries++) {
        plain.party = (plain.party + 1) % PLAIN_PARTIES;
        plain.date = day_of(PLAIN_MONTHS - 1, 28);
        plain.amount = check_random_between(&story->random, 1, 30000);
    }
    refund.party = parties[plain.party];
    refund.amount.minor = plain.amount;
    refund.date = date_of(plain.date);
    begin(story, actors[plain.author]);
    tl_status status = tl_refund_draft(&refund, story->store, &err);
    if (end(story, status, has_credit(story, &plain) ? TL_OK : TL_ERR_STATE, "refund", &err))
        books->refunds[books->refund_count++] = plain;
}

static void end_refund(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    int64_t entry;
    if (books->refund_count == 0)
        return;
    int number =
        (int)books->refund_count - 1 - (pick(story, 0, 2) == 0 ? pick(story, 0, (int)books->refund_count - 1) : 0);
    int actor = pick(story, 0, ACTORS - 1);
    struct plain_refund *refund = &books->refunds[number];
    bool is_approval = pick(story, 0, 3) != 0;
    bool may =
        refund->state == PLAIN_DRAFT &&
        (!is_approval || (actor != refund->author && has_credit(story, refund) && refund->date > closed_day(story)));
    begin(story, actors[actor]);
    tl_status status = is_approval ? tl_refund_approve(&entry, story->store, number + 1, actors[actor], &err)
                                   : tl_refund_discard(story->store, number + 1, &err);
    if (!end(story, status, may ? TL_OK : TL_ERR_STATE, "end a refund", &err))
        return;
    refund->state = is_approval ? PLAIN_APPROVED : PLAIN_DISCARDED;
    if (is_approval)
        plain_books_pay(books, refund->party, -refund->amount, refund->date, story->act);
}

static void close_next(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_closed_period closed;
    struct tl_period period = {date_of(day_of(3 * story->closed, 1)), date_of(day_of(3 * story->closed + 3, 1) - 1)};
    if (story->closed == CLOSES)
        return;
    begin(story, actors[pick(story, 0, ACTORS - 1)]);
    tl_status status = tl_closed_period_record(&closed, story->store, period, 0, &story->arena, &err);
    if (status == TL_OK)
        status = tl_open_item_keep(story->store, &closed, &err);
    if (end(story, status, TL_OK, "close", &err))
        story->closed++;
}

static void reopen_last(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_decision decision;
    struct tl_closed_period last;
    int actor = pick(story, 0, ACTORS - 1);
    begin(story, actors[0]);
    tl_status status = tl_decision_parse(&decision, "bestyrelse 2025-12-01 pkt. 1", &story->arena, &err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, story->store, &err);
    if (status == TL_OK)
        status = tl_closed_period_last(&last, story->store, &story->arena, &err);
    if (status == TL_OK && story->closed == 0)
        last.period = tl_period_of_year(PLAIN_FIRST_YEAR);
    if (status == TL_OK)
        status = tl_closed_period_propose(story->store, last.period, decision.id, "en fejl", &err);
    if (!end(story, status, story->closed == 0 ? TL_ERR_STATE : TL_OK, "reopen", &err))
        return;
    begin(story, actors[actor]);
    status = tl_closed_period_confirm(story->store, last.period, actors[actor], &err);
    if (end(story, status, actor == 0 ? TL_ERR_STATE : TL_OK, "confirm", &err)) {
        story->closed--;
        return;
    }
    begin(story, actors[1]);
    status = tl_closed_period_drop(story->store, last.period, &err);
    (void)end(story, status, TL_OK, "drop", &err);
}

static void draft_cost(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    struct plain_cost plain = {.product = pick_product(story),
                               .author = pick(story, 0, ACTORS - 1),
                               .month = pick(story, 0, PLAIN_MONTHS - 1),
                               .amount = check_random_between(&story->random, 1, 60000)};
    char invoice[24];
    int64_t id;
    if (books->cost_count == PLAIN_COSTS)
        return;
    snprintf(invoice, sizeof invoice, "%zu", books->cost_count + 1);
    struct tl_cost cost = {.product = products[plain.product],
                           .account = accounts[PLAIN_EXPENSE],
                           .supplier = "12345674",
                           .supplier_name = "Et selskab",
                           .invoice = invoice,
                           .line = 1,
                           .invoiced_on = date_of(day_of(plain.month, 20)),
                           .period = {date_of(day_of(plain.month, 1)), date_of(day_of(plain.month + 1, 1) - 1)},
                           .issue = "",
                           .text = "Udvikling",
                           .net = {plain.amount},
                           .vat_code = "none",
                           .vat_reason = "",
                           .role = "",
                           .working = ""};
    begin(story, actors[plain.author]);
    tl_status status = tl_cost_register(&id, story->store, &cost, &err);
    if (!end(story, status, TL_OK, "cost", &err))
        return;
    books->costs[books->cost_count++] = plain;
    same(story, id, (int64_t)books->cost_count, "the number", "a cost");
}

/* Where what a cost pays for falls, when it is booked on a day: there, unless it is of another year that is open. */
static int falls_on(const struct story *story, const struct plain_cost *cost, int date)
{
    int booked = tl_date_year(date_of(date)) - PLAIN_FIRST_YEAR, year = cost->month / 12;
    if (year == booked || (year < booked && last_of(year) <= closed_day(story)))
        return date;
    return year > booked ? first_of(year) : last_of(year);
}

static void approve_cost(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    size_t entries;
    if (books->cost_count == 0)
        return;
    int number = pick(story, 0, (int)books->cost_count - 1), actor = pick(story, 0, ACTORS - 1);
    int date = pick_date(story);
    struct plain_cost *cost = &books->costs[number];
    bool may = cost->state == PLAIN_DRAFT && actor != cost->author;
    bool is_approval = pick(story, 0, 4) != 0;
    begin(story, actors[actor]);
    tl_status status = is_approval
                           ? tl_cost_approve(&entries, story->store, number + 1, actors[actor], date_of(date), &err)
                           : tl_voucher_reject(story->store, number + 1, "cost", "dobbelt", &err);
    may = is_approval ? may && date > closed_day(story) : cost->state == PLAIN_DRAFT;
    if (!end(story, status, may ? TL_OK : TL_ERR_STATE, "end a cost", &err))
        return;
    cost->state = is_approval ? PLAIN_APPROVED : PLAIN_DISCARDED;
    if (is_approval)
        plain_books_book_cost(books, cost, date, falls_on(story, cost, date), story->act);
}

static void pay_cost(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    int64_t entry;
    bool already = false;
    if (books->cost_count == 0)
        return;
    int number = pick(story, 0, (int)books->cost_count - 1);
    struct plain_cost *cost = &books->costs[number];
    int date = pick_date(story);
    int wanted = cost->state != PLAIN_APPROVED ? TL_ERR_STATE
                 : cost->paid != 0             ? (cost->paid == date ? TL_OK : TL_ERR_CONFLICT)
                                               : (date > closed_day(story) ? TL_OK : TL_ERR_STATE);
    begin(story, actors[0]);
    tl_status status = tl_cost_pay(&entry, &already, story->store, number + 1, date_of(date), "", &err);
    if (end(story, status, wanted, "pay a cost", &err) && !already)
        plain_books_pay_cost(books, cost, date, story->act);
}

static void write_statement(struct tl_buf *out, int number, const char *day, int64_t amount)
{
    static const char BALANCE[] = "<Bal><Tp><CdOrPrtry><Cd>%s</Cd></CdOrPrtry></Tp><Amt Ccy=\"DKK\">%" PRId64
                                  ".%02d</Amt><CdtDbtInd>%s</CdtDbtInd><Dt><Dt>%s</Dt></Dt></Bal>";
    const char *sign = amount < 0 ? "DBIT" : "CRDT";
    int64_t size = amount < 0 ? -amount : amount;
    tl_buf_format(out,
                  "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.02\"><BkToCstmrStmt><GrpHdr><MsgId>M"
                  "</MsgId><CreDtTm>2026-02-20T06:00:00Z</CreDtTm></GrpHdr><Stmt><Id>S%d</Id><CreDtTm>2026-02-20T06:00:"
                  "00Z</CreDtTm><Acct><Id><IBAN>DK5000400440116243</IBAN></Id><Ccy>DKK</Ccy></Acct>",
                  number);
    tl_buf_format(out, BALANCE, "OPBD", INT64_C(0), 0, "CRDT", day);
    tl_buf_format(out, BALANCE, "CLBD", size / 100, (int)(size % 100), sign, day);
    tl_buf_format(out,
                  "<Ntry><Amt Ccy=\"DKK\">%" PRId64 ".%02d</Amt><CdtDbtInd>%s</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>%s"
                  "</Dt></BookgDt><AcctSvcrRef>B%d</AcctSvcrRef></Ntry></Stmt></BkToCstmrStmt></Document>",
                  size / 100, (int)(size % 100), sign, day, number);
}

/* A statement with one line, which is a member's payment, or a fee of the bank; used again, it is refused. */
static void import_line(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf camt = TL_BUF_EMPTY;
    struct tl_bank_imported imported;
    int64_t entry;
    char day[TL_DATE_TEXT_SIZE];
    bool is_fee = pick(story, 0, 2) == 0;
    int party = pick(story, 0, PLAIN_PARTIES - 1), date = pick_date(story);
    int64_t amount = check_random_between(&story->random, 1, is_fee ? 9900 : 200000);
    write_statement(&camt, ++story->statements, tl_date_iso(date_of(date), day), is_fee ? -amount : amount);
    struct tl_source source = {"camt.xml", tl_buf_string(&camt), camt.length};
    begin(story, actors[0]);
    tl_status status = tl_bank_book_import(&imported, story->store, &source, NULL, &err);
    bool is_recorded = end(story, status, TL_OK, "import", &err);
    tl_buf_release(&camt);
    for (int turn = 0; is_recorded && turn < 2; turn++) {
        begin(story, actors[1]);
        status = is_fee
                     ? tl_bank_match_aside(&entry, story->store, story->statements, accounts[PLAIN_FEES], "gebyr", &err)
                     : tl_bank_match_party(&entry, story->store, story->statements, parties[party], "", &err);
        bool may = turn == 0 && date > closed_day(story);
        if (!end(story, status, may ? TL_OK : TL_ERR_STATE, "match", &err))
            continue;
        if (is_fee)
            plain_books_fee(&story->books, amount, date, story->act);
        else
            plain_books_pay(&story->books, party, amount, date, story->act);
    }
}

/* Whether another carry of the product's year is in the way. */
static bool is_carried(const struct plain_books *books, const struct plain_carry *carry)
{
    bool is = false;
    for (size_t i = 0; i < books->carry_count; i++)
        is = is || (books->carries[i].product == carry->product && books->carries[i].year == carry->year &&
                    books->carries[i].state != PLAIN_DISCARDED);
    return is;
}

static void draft_carry(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    struct plain_carry plain = {.product = pick_product(story),
                                .author = pick(story, 0, ACTORS - 1),
                                .year = pick(story, 0, PLAIN_YEARS - 1),
                                .is_reserve = pick(story, 0, 1) == 0};
    struct tl_carryover carry = {.product = products[plain.product],
                                 .year = PLAIN_FIRST_YEAR + plain.year,
                                 .key = "",
                                 .destination = plain.is_reserve ? "reserve" : "next",
                                 .decision = "styregruppe 2027-01-04 pkt. 2"};
    if (books->carry_count == PLAIN_CARRIES)
        return;
    plain.amount = plain_books_result(books, plain.product, first_of(plain.year), last_of(plain.year));
    bool may = plain.amount != 0 && last_of(plain.year) > closed_day(story) && !is_carried(books, &plain);
    begin(story, actors[plain.author]);
    tl_status status = tl_carryover_draft(&carry, story->store, date_of(last_of(plain.year) + 5), &story->arena, &err);
    if (!end(story, status, may ? TL_OK : TL_ERR_STATE, "carry", &err))
        return;
    same(story, carry.amount.minor, plain.amount, "the result", products[plain.product]);
    books->carries[books->carry_count++] = plain;
}

static void end_carry(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct plain_books *books = &story->books;
    int64_t entry;
    if (books->carry_count == 0)
        return;
    int number = pick(story, 0, (int)books->carry_count - 1), actor = pick(story, 0, ACTORS - 1);
    struct plain_carry *carry = &books->carries[number];
    int first = first_of(carry->year), last = last_of(carry->year);
    bool is_approval = pick(story, 0, 2) != 0;
    bool may = carry->state == PLAIN_DRAFT &&
               (!is_approval || (actor != carry->author && last > closed_day(story) &&
                                 plain_books_result(books, carry->product, first, last) == carry->amount));
    begin(story, actors[actor]);
    tl_status status = is_approval ? tl_carryover_approve(&entry, story->store, number + 1, actors[actor], &err)
                                   : tl_carryover_discard(story->store, number + 1, &err);
    if (!end(story, status, may ? TL_OK : TL_ERR_STATE, "end a carry", &err))
        return;
    if (is_approval)
        plain_books_carry(books, carry, first, last, story->act);
    else
        carry->state = PLAIN_DISCARDED;
}

/* --- comparing -------------------------------------------------------------------------------------------------- */

static int account_of(const char *code)
{
    int account = 0;
    while (account < PLAIN_ACCOUNTS && strcmp(accounts[account], code) != 0)
        account++;
    return account;
}

static void compare_accounts(struct story *story, int date, int64_t known)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_balance *balances = NULL;
    int64_t is[PLAIN_ACCOUNTS + 1] = {0}, debit[PLAIN_ACCOUNTS + 1] = {0}, sum = 0;
    size_t count = 0;
    if (tl_balance_read(&balances, &count, story->store, date_of(date), &story->arena, &err) != TL_OK)
        fail_story(story, "%s", err.message);
    for (size_t i = 0; i < count; i++) {
        int account = account_of(balances[i].account);
        is[account] += balances[i].balance.minor;
        debit[account] += balances[i].debit.minor;
        sum += balances[i].balance.minor;
    }
    same(story, sum, 0, "the sum", "the trial balance");
    same(story, is[PLAIN_ACCOUNTS], 0, "the balance", "any other account");
    for (int i = 0; i < PLAIN_ACCOUNTS; i++) {
        same(story, is[i], plain_books_balance(&story->books, -1, -1, i, date, known), "the balance", accounts[i]);
        same(story, debit[i], plain_books_debit(&story->books, i, date, known), "the debit", accounts[i]);
    }
}

static void compare_open_items(struct story *story, int date, int64_t known)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_open_item *items = NULL, *open_items = NULL;
    size_t count = 0, open_count = 0;
    if (tl_open_item_read(&items, &count, story->store, NULL, date_of(date), &story->arena, &err) != TL_OK ||
        tl_open_item_read_open(&open_items, &open_count, story->store, NULL, date_of(date), &story->arena, &err) !=
            TL_OK)
        fail_story(story, "%s", err.message);
    for (int party = 0; party < PLAIN_PARTIES; party++) {
        int64_t open = 0, amount = 0;
        for (size_t i = 0; i < count; i++)
            if (strcmp(items[i].party, parties[party]) == 0)
                amount += items[i].amount.minor;
        for (size_t i = 0; i < open_count; i++)
            if (strcmp(open_items[i].party, parties[party]) == 0)
                open += open_items[i].open.minor;
        int64_t should = plain_books_balance(&story->books, party, -1, PLAIN_RECEIVABLE, date, known);
        same(story, amount, should, "the account", parties[party]);
        same(story, open, should, "what is open", parties[party]);
    }
    size_t at = 0;
    for (size_t i = 0; !has_failed(story) && i < count; i++)
        if (items[i].open.minor != 0) {
            bool is_same = at < open_count && items[i].entry == open_items[at].entry &&
                           items[i].open.minor == open_items[at].open.minor &&
                           strcmp(items[i].party, open_items[at].party) == 0;
            if (!is_same)
                fail_story(story, "entry %" PRId64 " is open otherwise by way of the closes", items[i].entry);
            at++;
        }
}

static void compare_products(struct story *story, int date, int64_t known)
{
    static const char SQL[] = "SELECT coalesce(sum(p.amount_minor), 0) FROM posting p JOIN entry e ON "
                              "e.id = p.entry_id WHERE p.product_code = ?1 AND p.account_code = ?2 AND "
                              "e.holds_on <= ?3 AND e.act_id <= ?4";
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    for (int product = 0; product < PLAIN_PRODUCTS; product++)
        for (int account = 0; account < PLAIN_ACCOUNTS; account++) {
            int64_t is = 0;
            tl_status status = tl_stmt_get(&stmt, story->store, SQL, &err);
            if (status == TL_OK) {
                tl_stmt_bind_text(stmt, 1, products[product]);
                tl_stmt_bind_text(stmt, 2, accounts[account]);
                tl_stmt_bind_date(stmt, 3, date_of(date));
                tl_stmt_bind_int(stmt, 4, known);
                status = tl_stmt_answer(stmt, &is, &err);
            }
            if (status != TL_OK)
                fail_story(story, "%s", err.message);
            same(story, is, plain_books_balance(&story->books, -1, product, account, date, known), products[product],
                 accounts[account]);
        }
}

static void compare_statement(struct story *story, int party, int year, int64_t known)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement statement;
    int64_t sum = 0;
    int first = day_of(12 * year, 1), behind = day_of(12 * (year + 1), 1);
    if (tl_account_statement_read(&statement, story->store, parties[party], PLAIN_FIRST_YEAR + year, &story->arena,
                                  &err) != TL_OK) {
        fail_story(story, "the statement of %s: %s", parties[party], err.message);
        return;
    }
    for (size_t i = 0; i < statement.row_count; i++)
        sum += statement.rows[i].gross.minor;
    const struct plain_books *books = &story->books;
    int64_t opening = plain_books_balance(books, party, -1, PLAIN_RECEIVABLE, first - 1, known);
    int64_t closing = plain_books_balance(books, party, -1, PLAIN_RECEIVABLE, behind - 1, known);
    same(story, statement.opening.minor, opening, "the opening", parties[party]);
    same(story, statement.closing.minor, closing, "the closing", parties[party]);
    same(story, opening + sum, closing, "the rows", parties[party]);
}

static void compare_at(struct story *story, int date, int64_t known)
{
    tl_store_set_known(story->store, known);
    compare_accounts(story, date, known);
    compare_open_items(story, date, known);
    compare_products(story, date, known);
    compare_statement(story, pick(story, 0, PLAIN_PARTIES - 1), pick(story, 0, PLAIN_YEARS - 1), known);
    tl_store_set_known(story->store, INT64_MAX);
    tl_arena_release(&story->arena);
}

/* Each run and refund is in the state that it was brought to, by the way there is. */
static void compare_states(struct story *story)
{
    static const char *const words[] = {"draft", "approved", "discarded"};
    struct tl_err err = TL_ERR_NONE;
    const struct plain_books *books = &story->books;
    struct tl_run *runs = NULL;
    struct tl_refund *refunds = NULL;
    size_t run_count = 0, refund_count = 0;
    if (tl_run_list(&runs, &run_count, story->store, &story->arena, &err) != TL_OK ||
        tl_refund_list(&refunds, &refund_count, story->store, &story->arena, &err) != TL_OK)
        fail_story(story, "%s", err.message);
    same(story, (int64_t)run_count, (int64_t)books->run_count, "the number", "runs");
    same(story, (int64_t)refund_count, (int64_t)books->refund_count, "the number", "refunds");
    for (size_t i = 0; !has_failed(story) && i < run_count; i++)
        if (!tl_text_equal(runs[i].state, words[books->runs[i].state]))
            fail_story(story, "run %zu is %s, not %s", i + 1, runs[i].state, words[books->runs[i].state]);
    for (size_t i = 0; !has_failed(story) && i < refund_count; i++)
        if (!tl_text_equal(refunds[i].state, words[books->refunds[i].state]))
            fail_story(story, "refund %zu is %s", i + 1, refunds[i].state);
}

static void compare_invoices(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_invoice_row *rows = NULL;
    const struct plain_books *books = &story->books;
    size_t count = 0;
    if (tl_invoice_list(&rows, &count, story->store, NULL, &story->arena, &err) != TL_OK)
        fail_story(story, "%s", err.message);
    same(story, (int64_t)count, (int64_t)books->invoice_count, "the number", "invoices");
    for (size_t i = 0; !has_failed(story) && i < count; i++) {
        char number[40];
        const struct plain_invoice *invoice = &books->invoices[i];
        snprintf(number, sizeof number, "%04d-%04d", invoice->series, invoice->seq);
        for (size_t j = 0; j < count; j++)
            if (tl_text_equal(rows[j].number, number)) {
                same(story, rows[j].gross.minor, invoice->gross, "the gross", number);
                same(story, strcmp(rows[j].party, parties[invoice->party]), 0, "the party", number);
            }
    }
}

static void verify(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    if (tl_checks_run(&findings, &checked, story->store, NULL, 0, &err) != TL_OK)
        fail_story(story, "verify: %s", err.message);
    else if (findings.count > 0)
        fail_story(story, "verify: %s: %s", findings.items[0].check, findings.items[0].text);
    tl_findings_release(&findings);
}

/* --- telling ---------------------------------------------------------------------------------------------------- */

static void write_terms(struct tl_buf *out, const char *product, const char *billing, bool credits_prepaid)
{
    tl_buf_format(out,
                  "product: %s\nfrom: 2026-01-01\nnotice: {months: 1, to: month}\nbilling: %s\nprepaid: %s\n"
                  "vat: {rate: 25%%, reason: \"made up\"}\nlines:\n"
                  "  - {id: joining, kind: joining fee, account: \"00001\", price: 1000}\n"
                  "  - {id: fee, account: \"00002\", price: 1200.48, pro rata: months}\n"
                  "  - {id: pot, account: \"00003\", budget: 28800, key: equal, pro rata: months}\n"
                  "  - {id: hosting, option: hosting, account: \"00003\", price: 240.96, pro rata: months}\n",
                  product, billing, credits_prepaid ? "credited" : "kept");
}

static tl_status record(struct story *story, struct tl_err *err)
{
    static const char *const billings[] = {"yearly", "half-yearly", "quarterly"};
    tl_status status = TL_OK;
    tl_recorded recorded;
    for (int i = 0; status == TL_OK && i < PLAIN_PARTIES; i++) {
        struct tl_party party = {parties[i], parties[i], parties[i], "other", "", "", "", "", {0}};
        status = tl_party_record(&recorded, story->store, &party, err);
    }
    for (int i = 0; status == TL_OK && i < PLAIN_PRODUCTS; i++) {
        char psp[32];
        int version;
        struct tl_buf yaml = TL_BUF_EMPTY;
        snprintf(psp, sizeof psp, "XG-921204526%d", i);
        struct tl_product product = {products[i], products[i], psp, 2};
        status = tl_product_record(story->store, &product, err);
        write_terms(&yaml, products[i], billings[i], story->books.credits_prepaid[i]);
        struct tl_source source = {"terms.yaml", tl_buf_string(&yaml), yaml.length};
        if (status == TL_OK)
            status = tl_terms_book_adopt(&version, story->store, &source, "styregruppe 2025-10-12 pkt. 4", err);
        tl_buf_release(&yaml);
    }
    struct tl_payee payee = {.valid_from = tl_date_of(PLAIN_FIRST_YEAR, 1, 1),
                             .registration = "0040",
                             .account = "440116243",
                             .iban = "",
                             .creditor = "",
                             .decision = "",
                             .evidence = "mail"};
    return status == TL_OK ? tl_payee_record(&recorded, story->store, &payee, err) : status;
}

static void open_story(struct story *story, uint64_t seed)
{
    struct tl_err err = TL_ERR_NONE;
    memset(story, 0, sizeof *story);
    story->now.seconds = 1735689600; /* 2025-01-01T00:00:00Z */
    story->random.state = seed;
    plain_books_begin(&story->books);
    story->favourite = (int)(seed % PLAIN_PRODUCTS);
    for (int i = 0; i < PLAIN_PRODUCTS; i++)
        story->books.credits_prepaid[i] = pick(story, 0, 1) == 1;
    const struct tl_act act = {"anna", "init", story->now};
    if (tl_book_open_memory(&story->store, "DKK", &act, &err) != TL_OK) {
        fail_story(story, "init: %s", err.message);
        return;
    }
    begin(story, actors[0]);
    (void)end(story, record(story, &err), TL_OK, "begin", &err);
    for (int i = 0; i < PLAIN_PRODUCTS; i++)
        join(story, i, 0, 0, i == 1);
}

static void do_something(struct story *story)
{
    int product = pick_product(story), party = pick(story, 0, PLAIN_PARTIES - 1);
    int month = pick(story, 0, pick(story, 0, 3) == 0 ? PLAIN_MONTHS - 3 : 10);
    /* mostly somebody to whom it can happen */
    for (int tries = 0; tries < 9 && story->books.members[product][party].first > month; tries++)
        party = pick(story, 1, PLAIN_PARTIES - 1);
    switch (pick(story, 0, 36)) {
    case 0:
    case 1:
    case 2:
        join(story, product, pick(story, 1, PLAIN_PARTIES - 1), month, pick(story, 0, 2) == 0);
        break;
    case 3:
    case 4:
        leave(story, product, party, month);
        break;
    case 5:
    case 6:
        change_option(story, product, party, month, pick(story, 0, 1) == 0);
        break;
    case 7:
    case 8:
        credit_any(story);
        break;
    case 9:
    case 10:
        discard_any(story);
        break;
    case 11:
        pay_any(story);
        break;
    case 12:
        draft_refund(story);
        break;
    case 13:
        end_refund(story);
        break;
    case 14:
    case 15:
    case 16:
    case 17:
    case 18:
        draft_any(story);
        break;
    case 19:
        bill_around_a_leave(story, product, party, month % 11);
        break;
    case 20:
        approve_any(story);
        break;
    case 21:
        if (pick(story, 0, 1) == 0)
            reopen_last(story);
        else
            for (int quarters = pick(story, 1, 2); quarters > 0; quarters--)
                close_next(story);
        break;
    case 22:
    case 23:
        draft_cost(story);
        break;
    case 24:
    case 25:
    case 26:
        approve_cost(story);
        break;
    case 27:
        pay_cost(story);
        break;
    case 28:
        import_line(story);
        break;
    case 29:
        draft_carry(story);
        if (pick(story, 0, 1) == 0)
            end_carry(story);
        break;
    case 30:
        end_carry(story);
        break;
    case 31:
        draft_refund(story);
        end_refund(story);
        break;
    default:
        draft_any(story);
        approve_any(story);
        break;
    }
}

/* At the end of a story: at every date on which anything was posted, as known then and now. */
static void compare_everywhere(struct story *story)
{
    const struct plain_books *books = &story->books;
    for (size_t i = 0; !has_failed(story) && i < books->posting_count; i += 3) {
        compare_at(story, books->postings[i].date, books->postings[i].act);
        compare_at(story, books->postings[i].date - 1, INT64_MAX);
    }
    if (!has_failed(story))
        verify(story);
}

/* Tells a story without the steps that are left out; how many steps it took to fail, or 0. */
static int tell(struct story *story, uint64_t seed, const bool *is_left_out, int steps)
{
    open_story(story, seed);
    for (int step = 0; !has_failed(story) && step < steps; step++) {
        /* each step has its own numbers, so that those behind one that is left out stay what they were */
        story->random.state = seed * UINT64_C(1000003) + (uint64_t)step;
        if (is_left_out[step])
            continue;
        do_something(story);
        compare_states(story);
        compare_invoices(story);
        compare_at(story, day_of(PLAIN_MONTHS, 1), INT64_MAX);
        compare_at(story, pick_date(story),
                   check_random_between(&story->random, 2, story->act)); /* the parties are of act 2 */
        if (has_failed(story) || pick(story, 0, 19) == 0)
            verify(story);
        if (has_failed(story))
            steps = step + 1;
    }
    if (!has_failed(story))
        compare_everywhere(story);
    tl_arena_release(&story->arena);
    tl_store_close(story->store);
    return has_failed(story) ? steps : 0;
}

/* Leaves out what is not needed to fail, and says what is left. */
static void shrink(struct story *story, uint64_t seed, int steps)
{
    bool is_left_out[STEPS] = {false};
    for (int step = steps - 2; step >= 0; step--) {
        is_left_out[step] = true;
        is_left_out[step] = tell(story, seed, is_left_out, steps) != 0;
    }
    (void)tell(story, seed, is_left_out, steps);
    print_error("seed %" PRIu64 ": %s\nafter the steps", seed, story->said);
    for (int step = 0; step < steps; step++)
        if (!is_left_out[step])
            print_error(" %d", step);
    print_error("\n");
}

static void random_years_come_to_what_plain_numbers_say(void **state)
{
    (void)state;
    static const bool nothing_left_out[STEPS];
    static struct story story;
    size_t postings = 0, credits = 0, refunds = 0, costs = 0, carries = 0, lines_used = 0;
    int closes = 0;
    for (uint64_t seed = 1; seed <= STORIES; seed++) {
        int steps = tell(&story, seed, nothing_left_out, STEPS);
        if (steps != 0) {
            shrink(&story, seed, steps);
            fail();
        }
        postings += story.books.posting_count;
        for (size_t i = 0; i < story.books.run_count; i++)
            credits += story.books.runs[i].kind == PLAIN_CREDIT && story.books.runs[i].state == PLAIN_APPROVED;
        for (size_t i = 0; i < story.books.refund_count; i++)
            refunds += story.books.refunds[i].state == PLAIN_APPROVED;
        for (size_t i = 0; i < story.books.cost_count; i++)
            costs += story.books.costs[i].state == PLAIN_APPROVED;
        for (size_t i = 0; i < story.books.carry_count; i++)
            carries += story.books.carries[i].state == PLAIN_APPROVED;
        lines_used += (size_t)story.statements;
        closes += story.closed;
    }
    /* the stories are about something */
    if (postings < 800 || credits < 6 || refunds < 6 || costs < 20 || carries < 3 || lines_used < 20 || closes < 6)
        fail_msg("%zu postings, %zu credit notes, %zu refunds, %zu costs, %zu carries, %zu lines, %d closes", postings,
                 credits, refunds, costs, carries, lines_used, closes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_years_come_to_what_plain_numbers_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
