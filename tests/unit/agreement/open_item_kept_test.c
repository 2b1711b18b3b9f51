/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What closes keep changes no answer: random years of charges, payments, credit notes and reversals, with references
 * that are used again, dates and due dates in any order, closes and reopening; what is open by way of the closes is
 * compared with what is open by way of every entry, on every kind of date, as known at any act.
 */
#include "books.h"
#include "check.h"

#include <stdio.h>

#include "tilslut/agreement/open_item.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/balance.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { STORIES = 8, STEPS = 300, PARTIES = 2, REFERENCES = 5, LOOKS_EVERY = 10 };

static const char *const parties[PARTIES] = {"0461", "0751"};

struct story {
    struct books books;
    struct check_random random;
    int32_t closed; /* the last day that is closed, or that before the first */
    int number;
};

static int64_t between(struct story *story, int64_t low, int64_t high)
{
    return check_random_between(&story->random, low, high);
}

/* The act of a person, told by a number so that two follow one another. */
static void begin(struct story *story)
{
    books_act(&story->books, story->number++ % 2 == 0 ? "anna" : "bo");
}

/* A charge, or a payment or credit note that may name a reference, or an entry that it reverses, or nothing. */
static void post(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    static const char *const kinds[] = {"charge", "payment", "credit"};
    char key[32], reference[16];
    bool owed = between(story, 0, 1) == 0;
    int64_t minor = between(story, 1, 3) * 100, id, last, reverses;
    const char *party = parties[between(story, 0, PARTIES - 1)];
    bool already;
    snprintf(key, sizeof key, "test:%d", story->number);
    /* old ones come up again now and then */
    snprintf(reference, sizeof reference, "%d", story->number / 40 + (int)between(story, 0, REFERENCES - 1));
    begin(story);
    last = books_ask(&story->books, "SELECT coalesce(max(id), 0) FROM entry");
    reverses = !owed && last > 0 && between(story, 0, 3) == 0 ? between(story, last > 12 ? last - 12 : 1, last) : 0;
    int32_t first = story->closed + 1;
    struct tl_date date = tl_date_from_days((int32_t)between(story, first, first + 100));
    bool has_due = owed ? between(story, 0, 4) > 0 : between(story, 0, 5) == 0;
    struct tl_posting postings[] = {{TL_ACCOUNT_RECEIVABLE, party, NULL, "", {owed ? minor : -minor}},
                                    {"00002", party, NULL, "", {owed ? -minor : minor}}};
    struct tl_entry entry = {.kind = owed ? "charge" : kinds[between(story, 1, 2)],
                             .holds_on = date,
                             .due_on = has_due ? tl_date_add_days(date, (int32_t)between(story, -120, 30))
                                               : (struct tl_date){0},
                             .reference = between(story, 0, 3) == 0 ? "" : reference,
                             .text = "Postering",
                             .reverses_id = reverses,
                             .postings = postings,
                             .posting_count = 2};
    assert_ok(tl_entry_post(&id, &already, story->books.store, key, &entry, &err), &err);
    books_commit(&story->books);
}

static struct tl_period quarter_after(int32_t closed)
{
    struct tl_date first = tl_date_from_days(closed + 1);
    return (struct tl_period){first, tl_date_add_days(tl_date_add_months(first, 3), -1)};
}

static void close_quarter(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_closed_period closed;
    begin(story);
    assert_ok(tl_closed_period_record(&closed, story->books.store, quarter_after(story->closed), 0, &story->books.arena,
                                      &err),
              &err);
    assert_ok(tl_open_item_keep(story->books.store, &closed, &err), &err);
    books_commit(&story->books);
    story->closed = tl_date_to_days(closed.period.last);
}

static void reopen_quarter(struct story *story)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_closed_period last;
    assert_ok(tl_closed_period_last(&last, story->books.store, &story->books.arena, &err), &err);
    if (tl_date_is_none(last.period.last))
        return;
    books_act(&story->books, "anna");
    books_run(&story->books, "INSERT INTO decision (body, decided_on, reference, act_id) SELECT 'bestyrelse', "
                             "'2026-01-01', id, id FROM act ORDER BY id DESC LIMIT 1");
    int64_t decision = books_ask(&story->books, "SELECT max(id) FROM decision");
    assert_ok(tl_closed_period_propose(story->books.store, last.period, decision, "en fejl", &err), &err);
    books_commit(&story->books);
    books_act(&story->books, "bo");
    assert_ok(tl_closed_period_confirm(story->books.store, last.period, "bo", &err), &err);
    books_commit(&story->books);
    assert_ok(tl_closed_period_last(&last, story->books.store, &story->books.arena, &err), &err);
    story->closed = tl_date_to_days(tl_date_is_none(last.period.last) ? tl_date_of(2023, 12, 31) : last.period.last);
}

static void compare_item(const struct tl_open_item *is, const struct tl_open_item *should)
{
    assert_string_equal(is->party, should->party);
    assert_same_int(is->entry, should->entry);
    assert_same_int(is->open.minor, should->open.minor);
    assert_same_int(is->amount.minor, should->amount.minor);
    assert_string_equal(is->reference, should->reference);
    assert_true(tl_date_compare(is->due, should->due) == 0);
}

/* Of one party, or of all. */
static void compare(struct story *story, const char *party, struct tl_date on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_open_item *all, *open;
    size_t all_count, open_count, at = 0;
    assert_ok(tl_open_item_read(&all, &all_count, story->books.store, party, on, &arena, &err), &err);
    assert_ok(tl_open_item_read_open(&open, &open_count, story->books.store, party, on, &arena, &err), &err);
    for (size_t i = 0; i < all_count; i++)
        if (!tl_money_is_zero(all[i].open)) {
            assert_true(at < open_count);
            compare_item(&open[at++], &all[i]);
        }
    assert_same_int((int64_t)open_count, (int64_t)at);
    tl_arena_release(&arena);
}

/* The trial balance, which may start from a close, against the sum of all postings. */
static void compare_balance(struct story *story, struct tl_date on)
{
    static const char SQL[] = "SELECT coalesce(sum(max(amount_minor, 0)), 0) FROM posting JOIN entry ON id = entry_id "
                              "WHERE account_code = ?1 AND holds_on <= ?2 AND act_id <= ?3";
    struct tl_err err = TL_ERR_NONE;
    struct tl_balance *balances;
    struct tl_stmt *stmt;
    size_t count;
    assert_ok(tl_balance_read(&balances, &count, story->books.store, on, &story->books.arena, &err), &err);
    for (size_t i = 0; i < count; i++) {
        int64_t debit = 0;
        assert_ok(tl_stmt_get(&stmt, story->books.store, SQL, &err), &err);
        tl_stmt_bind_text(stmt, 1, balances[i].account);
        tl_stmt_bind_date(stmt, 2, on);
        tl_stmt_bind_int(stmt, 3, tl_store_known(story->books.store));
        assert_ok(tl_stmt_answer(stmt, &debit, &err), &err);
        assert_same_int(balances[i].debit.minor, debit);
    }
}

static void look(struct story *story)
{
    struct tl_store *store = story->books.store;
    int64_t acts = books_ask(&story->books, "SELECT max(id) FROM act");
    for (int i = 0; i < 4; i++) {
        struct tl_date on =
            i == 0 ? tl_date_of(2099, 1, 1) : tl_date_from_days(story->closed + (int32_t)between(story, -500, 200));
        tl_store_set_known(store, i % 2 == 0 ? INT64_MAX : between(story, 1, acts));
        compare(story, NULL, on);
        compare(story, parties[between(story, 0, PARTIES - 1)], on);
        compare_balance(story, on);
    }
    tl_store_set_known(store, INT64_MAX);
}

static void closes_change_nothing_of_what_is_open(void **state)
{
    (void)state;
    static const char *const populations[] = {NULL};
    struct story story = {.random = {20260101}};
    int64_t kept = 0;
    for (int i = 0; i < STORIES; i++) {
        books_begin(&story.books);
        books_import(&story.books, "tests/data/parties.csv", populations);
        story.closed = tl_date_to_days(tl_date_of(2023, 12, 31));
        for (int step = 0; step < STEPS; step++) {
            int64_t what = between(&story, 0, 19);
            if (what < 16)
                post(&story);
            else if (what < 19)
                close_quarter(&story);
            else
                reopen_quarter(&story);
            if (step % LOOKS_EVERY == 0)
                look(&story);
        }
        kept += books_ask(&story.books, "SELECT count(*) FROM period_item");
        assert_string_equal(books_findings(&story.books), "");
        books_end(&story.books);
    }
    assert_true(kept > STORIES);
}

/* One entry of a story that is told by hand. */
static void tell(struct story *story, int64_t minor, const char *date, int64_t reverses)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_posting postings[] = {{TL_ACCOUNT_RECEIVABLE, "0751", NULL, "", {minor}},
                                    {"00002", "0751", NULL, "", {-minor}}};
    struct tl_entry entry = {.kind = minor > 0      ? "charge"
                                     : reverses > 0 ? "credit"
                                                    : "payment",
                             .holds_on = books_date(date),
                             .reference = reverses > 0 ? "" : "A",
                             .text = "Postering",
                             .reverses_id = reverses,
                             .postings = postings,
                             .posting_count = 2};
    int64_t id;
    bool already;
    begin(story);
    assert_ok(tl_entry_post(&id, &already, story->books.store, date, &entry, &err), &err);
    books_commit(&story->books);
}

static void a_charge_paid_in_part_before_a_close_and_credited_after_it_leaves_the_payment(void **state)
{
    (void)state;
    static const char *const populations[] = {NULL};
    struct story story = {.closed = tl_date_to_days(tl_date_of(2025, 12, 31))};
    struct tl_err err = TL_ERR_NONE;
    struct tl_open_item *open;
    size_t count;
    books_begin(&story.books);
    books_import(&story.books, "tests/data/parties.csv", populations);
    tell(&story, 50000, "2026-01-05", 0);
    tell(&story, -20000, "2026-02-05", 0);
    close_quarter(&story);
    assert_same_int(books_ask(&story.books, "SELECT left_minor FROM period_item"), 30000);
    tell(&story, -50000, "2026-04-05", 1);
    assert_ok(tl_open_item_read_open(&open, &count, story.books.store, NULL, books_date("2026-04-30"),
                                     &story.books.arena, &err),
              &err);
    assert_same_int((int64_t)count, 1);
    assert_same_int(open[0].entry, 2);
    assert_money(open[0].open, -20000);
    compare(&story, NULL, books_date("2026-04-30"));
    books_end(&story.books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closes_change_nothing_of_what_is_open),
        cmocka_unit_test(a_charge_paid_in_part_before_a_close_and_credited_after_it_leaves_the_payment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
