/* SPDX-License-Identifier: MPL-2.0 */
#include "plain_books.h"

#include <string.h>

void plain_books_begin(struct plain_books *books)
{
    memset(books, 0, sizeof *books);
    for (int product = 0; product < PLAIN_PRODUCTS; product++)
        for (int party = 0; party < PLAIN_PARTIES; party++)
            books->members[product][party] = (struct plain_member){PLAIN_NEVER, PLAIN_NEVER, PLAIN_NEVER, PLAIN_NEVER};
}

bool plain_books_is_member(const struct plain_books *books, int product, int party, int month)
{
    const struct plain_member *member = &books->members[product][party];
    return month >= member->first && month <= member->last;
}

bool plain_books_is_in_year(const struct plain_books *books, int product, int party, int year)
{
    const struct plain_member *member = &books->members[product][party];
    return member->first < 12 * (year + 1) && member->last >= 12 * year;
}

/* What a member owes for the year up to a month of it. */
static int64_t owed(const struct plain_books *books, int product, int year, int through, int party, int line)
{
    const struct plain_member *member = &books->members[product][party];
    int64_t sum = 0;
    if (line == PLAIN_JOINING)
        return member->first / 12 == year ? PLAIN_JOINING_MINOR : 0;
    for (int month = 12 * year; month < 12 * year + through; month++) {
        int sharing = 0;
        for (int other = 0; other < PLAIN_PARTIES; other++)
            sharing += plain_books_is_member(books, product, other, month);
        if (!plain_books_is_member(books, product, party, month))
            continue;
        if (line == PLAIN_FEE)
            sum += PLAIN_FEE_MINOR;
        else if (line == PLAIN_POT)
            sum += PLAIN_POT_MINOR / sharing;
        else if (month >= member->option_first && month <= member->option_last)
            sum += PLAIN_HOSTING_MINOR;
    }
    return sum;
}

/* A leaver, or who drops the option, gets nothing back where the terms keep what is prepaid. */
static bool is_kept(const struct plain_books *books, const struct plain_run *run, int party, int line)
{
    const struct plain_member *member = &books->members[run->product][party];
    int behind = 12 * (run->year + 1);
    bool leaves = member->last < behind || (line == PLAIN_HOSTING && member->option_last < behind);
    return !books->credits_prepaid[run->product] && leaves;
}

static void plan_due(const struct plain_books *books, struct plain_run *run, int party, int line)
{
    int through = run->kind == PLAIN_ONE_OFF || line == PLAIN_JOINING ? 12 : run->through;
    int64_t due = owed(books, run->product, run->year, through, party, line);
    int64_t billed = books->billed[run->product][run->year][party][line];
    bool has_rows = books->rows[run->product][run->year][party][line];
    bool is_too_early =
        line == PLAIN_JOINING && !has_rows &&
        books->members[run->product][party].first >= 12 * run->year + (run->kind == PLAIN_ONE_OFF ? 12 : run->through);
    if ((run->only >= 0 && party != run->only) || (run->kind == PLAIN_ONE_OFF && line != PLAIN_JOINING) ||
        is_too_early || (due < billed && is_kept(books, run, party, line)))
        return;
    run->net[party][line] = due - billed;
    run->rows[party][line] = due != billed;
}

static void plan_credit(const struct plain_books *books, struct plain_run *run, int line)
{
    const struct plain_invoice *invoice = &books->invoices[run->invoice];
    int64_t left = invoice->charged[line] - invoice->credited[line];
    int64_t billed = books->billed[run->product][run->year][invoice->party][line];
    int64_t net = left < billed ? left : billed;
    if ((run->line >= 0 && run->line != line) || net <= 0)
        return;
    run->net[invoice->party][line] = -net;
    run->rows[invoice->party][line] = true;
}

bool plain_books_plan(const struct plain_books *books, struct plain_run *run)
{
    bool any = false;
    memset(run->net, 0, sizeof run->net);
    memset(run->rows, 0, sizeof run->rows);
    for (int line = 0; line < PLAIN_LINES; line++) {
        if (run->kind == PLAIN_CREDIT)
            plan_credit(books, run, line);
        for (int party = 0; run->kind != PLAIN_CREDIT && party < PLAIN_PARTIES; party++)
            plan_due(books, run, party, line);
        for (int party = 0; party < PLAIN_PARTIES; party++)
            any = any || run->net[party][line] != 0;
    }
    return any;
}

bool plain_books_waits(const struct plain_books *books, const struct plain_run *run)
{
    for (size_t i = 0; i < books->run_count; i++) {
        const struct plain_run *other = &books->runs[i];
        if (other->state == PLAIN_DRAFT && other->product == run->product && other->year == run->year &&
            other->kind == run->kind && (run->kind != PLAIN_CREDIT || other->invoice == run->invoice))
            return true;
    }
    return false;
}

bool plain_books_is_unchanged(const struct plain_books *books, const struct plain_run *run)
{
    struct plain_run now = *run;
    (void)plain_books_plan(books, &now);
    bool is_late = run->kind == PLAIN_PERIOD && run->through < books->through[run->product][run->year];
    return !is_late && memcmp(now.net, run->net, sizeof now.net) == 0;
}

static void post(struct plain_books *books, struct plain_posting posting)
{
    if (posting.amount != 0 && books->posting_count < PLAIN_POSTINGS)
        books->postings[books->posting_count++] = posting;
}

static void post_party(struct plain_books *books, struct plain_run *run, int party, int date, int series, int64_t act)
{
    static const int incomes[] = {PLAIN_INCOME_1, PLAIN_INCOME_2, PLAIN_INCOME_3, PLAIN_INCOME_3};
    struct plain_invoice invoice = {run->product, run->year, party, series, 1, false, 0, {0}, {0}};
    int64_t net = 0;
    bool any = false;
    for (int line = 0; line < PLAIN_LINES; line++) {
        int64_t amount = run->net[party][line];
        post(books, (struct plain_posting){date, party, run->product, incomes[line], act, -amount});
        net += amount;
        any = any || amount != 0;
        invoice.charged[line] = amount;
        books->billed[run->product][run->year][party][line] += amount;
        books->rows[run->product][run->year][party][line] |= run->rows[party][line];
        if (run->kind == PLAIN_CREDIT && party == books->invoices[run->invoice].party)
            books->invoices[run->invoice].credited[line] -= amount;
    }
    post(books, (struct plain_posting){date, party, run->product, PLAIN_VAT, act, -net / 4});
    post(books, (struct plain_posting){date, party, run->product, PLAIN_RECEIVABLE, act, net + net / 4});
    for (size_t i = 0; i < books->invoice_count; i++)
        invoice.seq += books->invoices[i].series == series;
    invoice.gross = net + net / 4;
    invoice.is_credit = net < 0;
    if (any && books->invoice_count < PLAIN_INVOICES)
        books->invoices[books->invoice_count++] = invoice;
}

void plain_books_post(struct plain_books *books, struct plain_run *run, int date, int series, int64_t act)
{
    run->state = PLAIN_APPROVED;
    for (int party = 0; party < PLAIN_PARTIES; party++)
        post_party(books, run, party, date, series, act);
    int *through = &books->through[run->product][run->year];
    if (run->kind == PLAIN_PERIOD && *through < run->through)
        *through = run->through;
    books->happened[run->product]++;
}

void plain_books_pay(struct plain_books *books, int party, int64_t amount, int date, int64_t act)
{
    post(books, (struct plain_posting){date, party, -1, PLAIN_SETTLEMENT, act, amount});
    post(books, (struct plain_posting){date, party, -1, PLAIN_RECEIVABLE, act, -amount});
}

void plain_books_book_cost(struct plain_books *books, const struct plain_cost *cost, int date, int falls_on,
                           int64_t act)
{
    int64_t amount = cost->amount;
    post(books, (struct plain_posting){date, -1, cost->product, PLAIN_CREDITORS, act, -amount});
    if (falls_on != date) {
        post(books, (struct plain_posting){date, -1, cost->product, PLAIN_ACCRUAL, act, amount});
        post(books, (struct plain_posting){falls_on, -1, cost->product, PLAIN_ACCRUAL, act, -amount});
    }
    post(books, (struct plain_posting){falls_on, -1, cost->product, PLAIN_EXPENSE, act, amount});
}

void plain_books_pay_cost(struct plain_books *books, struct plain_cost *cost, int date, int64_t act)
{
    cost->paid = date;
    post(books, (struct plain_posting){date, -1, cost->product, PLAIN_CREDITORS, act, cost->amount});
    post(books, (struct plain_posting){date, -1, cost->product, PLAIN_SETTLEMENT, act, -cost->amount});
}

void plain_books_fee(struct plain_books *books, int64_t amount, int date, int64_t act)
{
    post(books, (struct plain_posting){date, -1, -1, PLAIN_FEES, act, amount});
    post(books, (struct plain_posting){date, -1, -1, PLAIN_SETTLEMENT, act, -amount});
}

static int64_t between(const struct plain_books *books, int product, int account, int first, int last)
{
    return plain_books_balance(books, -1, product, account, last, INT64_MAX) -
           plain_books_balance(books, -1, product, account, first - 1, INT64_MAX);
}

int64_t plain_books_result(const struct plain_books *books, int product, int first, int last)
{
    int64_t sum = 0;
    for (int account = 0; account <= PLAIN_EXPENSE; account++)
        sum -= between(books, product, account, first, last);
    return sum;
}

void plain_books_carry(struct plain_books *books, struct plain_carry *carry, int first, int last, int64_t act)
{
    int64_t amounts[PLAIN_EXPENSE + 1];
    for (int account = 0; account <= PLAIN_EXPENSE; account++)
        amounts[account] = between(books, carry->product, account, first, last);
    for (int account = 0; account <= PLAIN_EXPENSE; account++)
        post(books, (struct plain_posting){last, -1, carry->product, account, act, -amounts[account]});
    post(books, (struct plain_posting){last, -1, carry->product, carry->is_reserve ? PLAIN_RESERVE : PLAIN_CARRIED, act,
                                       -carry->amount});
    carry->state = PLAIN_APPROVED;
}

int64_t plain_books_balance(const struct plain_books *books, int party, int product, int account, int date,
                            int64_t known)
{
    int64_t sum = 0;
    for (size_t i = 0; i < books->posting_count; i++) {
        const struct plain_posting *posting = &books->postings[i];
        if ((party < 0 || posting->party == party) && (product < 0 || posting->product == product) &&
            (account < 0 || posting->account == account) && posting->date <= date && posting->act <= known)
            sum += posting->amount;
    }
    return sum;
}

int64_t plain_books_debit(const struct plain_books *books, int account, int date, int64_t known)
{
    int64_t sum = 0;
    for (size_t i = 0; i < books->posting_count; i++) {
        const struct plain_posting *posting = &books->postings[i];
        if (posting->account == account && posting->amount > 0 && posting->date <= date && posting->act <= known)
            sum += posting->amount;
    }
    return sum;
}
