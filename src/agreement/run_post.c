/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "invoice_number.h"
#include "payment_days.h"
#include "run_parts.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"

/* The entry of one invoice: the receivable against the incomes of the lines and their VAT. */
struct bill {
    const char *party, *order;   /* order "": the member has no other */
    struct tl_posting *postings; /* the first is the receivable's place */
    size_t count;
    struct tl_money gross, vat;
};

/* A run on the way into the ledger. */
struct posting_run {
    struct tl_store *store;
    const struct tl_run *run;
    const struct tl_run_computed *computed;
    struct tl_date date, due_from;
    struct tl_payment_days days;
    size_t entries;
};

/* Takes income into the posting of its line and account, of which there is one. */
static tl_status add_income(struct bill *bill, const struct tl_run_line *line, const char *product, struct tl_err *err)
{
    struct tl_money income = {-line->net_minor};
    size_t i = 1;
    while (i < bill->count && !(tl_text_equal(bill->postings[i].line_id, line->line_id) &&
                                tl_text_equal(bill->postings[i].account, line->account_code)))
        i++;
    if (i == bill->count)
        bill->postings[bill->count++] =
            (struct tl_posting){line->account_code, line->party_code, product, line->line_id, {0}};
    return tl_money_add(&bill->postings[i].amount, bill->postings[i].amount, income, err);
}

/* Leaves out what came to nothing. */
static void close_up(struct bill *bill)
{
    size_t kept = 0;
    for (size_t i = 0; i < bill->count; i++)
        if (!tl_money_is_zero(bill->postings[i].amount))
            bill->postings[kept++] = bill->postings[i];
    bill->count = kept;
}

static tl_status gather(struct bill *bill, const struct tl_run_line *lines, size_t count, const char *product,
                        struct tl_err *err)
{
    tl_status status = TL_OK;
    *bill = (struct bill){
        .party = lines[0].party_code, .order = lines[0].order_reference, .postings = bill->postings, .count = 1};
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_money net = {lines[i].net_minor}, vat = {lines[i].vat_minor};
        status = add_income(bill, &lines[i], product, err);
        if (status == TL_OK)
            status = tl_money_add(&bill->gross, bill->gross, net, err);
        if (status == TL_OK)
            status = tl_money_add(&bill->gross, bill->gross, vat, err);
        if (status == TL_OK)
            status = tl_money_add(&bill->vat, bill->vat, vat, err);
    }
    bill->postings[bill->count++] =
        (struct tl_posting){TL_ACCOUNT_VAT, bill->party, product, "", tl_money_negate(bill->vat)};
    bill->postings[0] = (struct tl_posting){TL_ACCOUNT_RECEIVABLE, bill->party, product, "", bill->gross};
    close_up(bill);
    return status;
}

/* What the entry and its invoice say of themselves. */
static const char *text_of(const struct posting_run *posting, const struct bill *bill, struct tl_arena *arena)
{
    const struct tl_run *run = posting->run;
    const char *name = posting->computed->year.product.name;
    char words[TL_BILLING_WORDS_SIZE];
    if (tl_text_equal(run->kind, "credit"))
        return tl_arena_format(arena, "Kreditnota til faktura %s, %s", run->corrects, name);
    if (tl_text_equal(run->kind, "pledges"))
        return tl_arena_format(arena, "Opkrævning af tilsagn til %s, %s", run->lines, name);
    if (tl_text_equal(run->kind, "settlement"))
        return tl_arena_format(arena, "Afregning af aconto %d, %s, %s", run->year, run->lines, name);
    const char *what = bill->gross.minor < 0 ? "Regulering" : "Opkrævning";
    return tl_arena_format(arena, "%s %s, %s", what, tl_billing_words_da(run->period, words), name);
}

static tl_status find_corrected(const char **number, int64_t *entry, const struct posting_run *posting,
                                const struct bill *bill, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_run *run = posting->run;
    tl_status status = TL_OK;
    *number = run->corrects;
    *entry = 0;
    if (bill->gross.minor < 0 && run->corrects[0] == '\0')
        status = tl_invoice_number_last(number, posting->store, run->product, run->year, bill->party, bill->order,
                                        arena, err);
    if (status == TL_OK && (*number)[0] != '\0')
        status = tl_invoice_number_entry(entry, posting->store, *number, err);
    return status;
}

/* What is charged is an invoice, and what is given back a credit note, which falls due on no day. */
static tl_status post_bill(struct posting_run *posting, const struct bill *bill, struct tl_arena *arena,
                           struct tl_err *err)
{
    const struct tl_run *run = posting->run;
    bool is_credit = bill->gross.minor < 0, already;
    struct tl_invoice_number number;
    int64_t id, corrected = 0;
    const char *corrects = "", *text = text_of(posting, bill, arena);
    const char *key = tl_arena_format(arena, "run:%" PRId64 ":%s%s%s", run->id, bill->party,
                                      bill->order[0] == '\0' ? "" : ":", bill->order);
    tl_status status = text == NULL || key == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_invoice_number_next(&number, posting->store, tl_date_year(posting->date), arena, err);
    if (status == TL_OK)
        status = find_corrected(&corrects, &corrected, posting, bill, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_entry entry = {.kind = is_credit ? "credit" : "charge",
                             .holds_on = posting->date,
                             .reference = number.payment_id,
                             .text = text,
                             .run_id = run->id,
                             .reverses_id = corrected,
                             .has_evidence = true,
                             .evidence = posting->computed->digest,
                             .postings = bill->postings,
                             .posting_count = bill->count};
    if (!is_credit)
        entry.due_on = tl_date_add_days(posting->due_from, tl_payment_days_of(&posting->days, bill->party));
    status = tl_entry_post(&id, &already, posting->store, key, &entry, err);
    if (status == TL_OK)
        status = tl_invoice_number_add(posting->store, &number, run->id, bill->party, bill->order, id,
                                       is_credit ? "credit note" : "invoice", corrects, err);
    posting->entries++;
    return status;
}

static tl_status post_invoice(struct posting_run *posting, const struct tl_run_line *lines, size_t count,
                              struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct bill bill = {.postings = tl_arena_alloc(&arena, count + 2, sizeof *bill.postings)};
    tl_status status =
        bill.postings == NULL ? tl_err_memory(err) : gather(&bill, lines, count, posting->run->product, err);
    if (status == TL_OK && bill.count > 0)
        status = post_bill(posting, &bill, &arena, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status post_invoices(struct posting_run *posting, struct tl_err *err)
{
    const struct tl_run_lines *lines = &posting->computed->lines;
    tl_status status = TL_OK;
    for (size_t first = 0, next; status == TL_OK && first < lines->count; first = next) {
        for (next = first;
             next < lines->count && tl_run_line_is_invoiced_with(&lines->items[first], &lines->items[next]);)
            next++;
        status = post_invoice(posting, &lines->items[first], next - first, err);
    }
    return status;
}

/* First shares that accounts bear: what they are debited is income of the line. */
static tl_status post_accounts(struct posting_run *posting, struct tl_err *err)
{
    const struct tl_run *run = posting->run;
    const struct tl_run_computed *computed = posting->computed;
    struct tl_arena arena = TL_ARENA_EMPTY;
    char words[TL_BILLING_WORDS_SIZE];
    int64_t id;
    bool already;
    struct tl_posting *postings = tl_arena_alloc(&arena, computed->account_count, 2 * sizeof *postings);
    const char *key = tl_arena_format(&arena, "first:%" PRId64, run->id);
    const char *text = tl_arena_format(&arena, "Forlods andel %s, %s", tl_billing_words_da(run->period, words),
                                       computed->year.product.name);
    tl_status status = postings == NULL || key == NULL || text == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < computed->account_count; i++) {
        const struct tl_run_account *account = &computed->accounts[i];
        struct tl_money net = {account->net_minor};
        postings[2 * i] = (struct tl_posting){account->account_code, NULL, run->product, account->line_id, net};
        postings[2 * i + 1] =
            (struct tl_posting){account->income_code, NULL, run->product, account->line_id, tl_money_negate(net)};
    }
    if (status == TL_OK) {
        struct tl_entry entry = {.kind = "transfer",
                                 .holds_on = posting->date,
                                 .reference = "",
                                 .text = text,
                                 .run_id = run->id,
                                 .has_evidence = true,
                                 .evidence = computed->digest,
                                 .postings = postings,
                                 .posting_count = 2 * computed->account_count};
        status = tl_entry_post(&id, &already, posting->store, key, &entry, err);
        posting->entries++;
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_post(size_t *entries, struct tl_store *store, const struct tl_run *run,
                      const struct tl_run_computed *computed, struct tl_date date, struct tl_date today,
                      struct tl_err *err)
{
    struct posting_run posting = {.store = store, .run = run, .computed = computed, .date = date, .due_from = date};
    if (tl_text_equal(run->kind, "settlement") && tl_date_compare(today, date) > 0)
        posting.due_from = today;
    tl_status status = tl_payment_days_read(&posting.days, store, &computed->year.terms, date, err);
    if (status == TL_OK)
        status = post_invoices(&posting, err);
    tl_payment_days_release(&posting.days);
    if (status == TL_OK && computed->account_count > 0)
        status = post_accounts(&posting, err);
    *entries = posting.entries;
    return status;
}
