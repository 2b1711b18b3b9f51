/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"

#include "tilslut/agreement/open_item.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"

/* A charge of `minor` to a party, in the open transaction. */
static void charge(struct books *books, const char *party, int64_t minor, const char *date, const char *due,
                   const char *reference)
{
    static int64_t number;
    struct tl_err err = TL_ERR_NONE;
    struct tl_posting postings[] = {{TL_ACCOUNT_RECEIVABLE, party, NULL, "", {minor}},
                                    {"00002", party, NULL, "", {-minor}}};
    struct tl_entry entry = {.kind = "charge",
                             .holds_on = books_date(date),
                             .due_on = books_date(due),
                             .reference = reference,
                             .text = "Opkrævning",
                             .postings = postings,
                             .posting_count = 2};
    int64_t id;
    bool already;
    const char *key = tl_arena_format(&books->arena, "test:%d", (int)++number);
    assert_non_null(key);
    assert_ok(tl_entry_post(&id, &already, books->store, key, &entry, &err), &err);
}

static void pay(struct books *books, const char *party, int64_t minor, const char *date, const char *reference)
{
    static int64_t number;
    struct tl_err err = TL_ERR_NONE;
    int64_t id;
    bool already;
    const char *text = tl_arena_format(&books->arena, "%d", (int)++number);
    struct tl_posting postings[] = {{TL_ACCOUNT_SETTLEMENT, party, NULL, "", {minor}},
                                    {TL_ACCOUNT_RECEIVABLE, party, NULL, "", {-minor}}};
    struct tl_entry entry = {.kind = "payment",
                             .holds_on = books_date(date),
                             .reference = reference,
                             .text = "Indbetaling",
                             .postings = postings,
                             .posting_count = 2};
    const char *key = tl_arena_format(&books->arena, "test-pay:%s", text);
    assert_true(text != NULL && key != NULL);
    assert_ok(tl_entry_post(&id, &already, books->store, key, &entry, &err), &err);
}

static struct tl_open_item *read(struct books *books, size_t *count, const char *party, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_open_item *items = NULL;
    assert_ok(tl_open_item_read(&items, count, books->store, party, books_date(on), &books->arena, &err), &err);
    return items;
}

static void a_payment_pays_its_reference_before_what_is_older(void **state)
{
    (void)state;
    struct books books;
    size_t count;
    books_begin_filled(&books);
    books_act(&books, "anna");
    charge(&books, "0751", 10000, "2026-01-05", "2026-02-04", "A");
    charge(&books, "0751", 20000, "2026-01-06", "2026-02-05", "B");
    pay(&books, "0751", 25000, "2026-02-10", "B");
    books_commit(&books);
    struct tl_open_item *items = read(&books, &count, "0751", "2026-02-10");
    assert_same_int((int64_t)count, 3);
    assert_money(items[0].open, 5000);
    assert_money(items[1].open, 0);
    assert_money(items[2].open, 0);
    items = read(&books, &count, "0751", "2026-02-09");
    assert_same_int((int64_t)count, 2);
    assert_money(items[1].open, 20000);
    books_end(&books);
}

static void what_is_paid_too_much_stays_on_the_account(void **state)
{
    (void)state;
    struct books books;
    size_t count;
    books_begin_filled(&books);
    books_act(&books, "anna");
    charge(&books, "0751", 10000, "2026-01-05", "2026-02-04", "A");
    pay(&books, "0751", 12500, "2026-02-01", "A");
    books_commit(&books);
    struct tl_open_item *items = read(&books, &count, "0751", "2026-12-31");
    assert_money(items[0].open, 0);
    assert_money(items[1].open, -2500);
    books_act(&books, "anna");
    charge(&books, "0751", 10000, "2026-03-05", "2026-04-04", "C");
    books_commit(&books);
    items = read(&books, &count, "0751", "2026-12-31");
    assert_money(items[1].open, 0);
    assert_money(items[2].open, 7500);
    books_end(&books);
}

static void an_age_begins_on_the_day_an_item_falls_due(void **state)
{
    (void)state;
    struct tl_open_item item = {.due = books_date("2026-02-01")};
    assert_int_equal(tl_open_item_age(&item, books_date("2026-01-31")), TL_OPEN_NOT_DUE);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-02-01")), TL_OPEN_30);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-03-03")), TL_OPEN_30);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-03-04")), TL_OPEN_60);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-04-02")), TL_OPEN_60);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-04-03")), TL_OPEN_90);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-05-02")), TL_OPEN_90);
    assert_int_equal(tl_open_item_age(&item, books_date("2026-05-03")), TL_OPEN_OVER);
}

/* Whatever is charged and paid: the open amounts sum to the balance, of the right sign, and only one side is left. */
static void open_amounts_sum_to_the_balance_on_every_date(void **state)
{
    (void)state;
    static const char *const references[] = {"", "A", "B", "C"};
    static const char *const days[] = {"2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"};
    struct check_random random = {7};
    struct books books;
    int64_t balances[4] = {0};
    books_begin_filled(&books);
    books_act(&books, "anna");
    for (int i = 0; i < 200; i++) {
        int64_t minor = check_random_between(&random, 1, 100000), day = check_random_between(&random, 0, 3);
        const char *reference = references[check_random_between(&random, 0, 3)];
        bool is_charge = check_random_between(&random, 0, 1) == 0;
        if (is_charge)
            charge(&books, "0751", minor, days[day], days[check_random_between(&random, 0, 3)], reference);
        else
            pay(&books, "0751", minor, days[day], reference);
        for (int64_t later = day; later < 4; later++)
            balances[later] += is_charge ? minor : -minor;
    }
    books_commit(&books);
    for (int day = 0; day < 4; day++) {
        size_t count;
        int64_t sum = 0, owed = 0, kept = 0;
        struct tl_open_item *items = read(&books, &count, NULL, days[day]);
        for (size_t i = 0; i < count; i++) {
            sum += items[i].open.minor;
            owed += items[i].amount.minor > 0 ? items[i].open.minor : 0;
            kept += items[i].amount.minor < 0 ? items[i].open.minor : 0;
            assert_true(items[i].amount.minor > 0
                            ? items[i].open.minor >= 0 && items[i].open.minor <= items[i].amount.minor
                            : items[i].open.minor <= 0 && items[i].open.minor >= items[i].amount.minor);
        }
        assert_same_int(sum, balances[day]);
        assert_true(owed == 0 || kept == 0);
    }
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_pays_its_reference_before_what_is_older),
        cmocka_unit_test(what_is_paid_too_much_stays_on_the_account),
        cmocka_unit_test(an_age_begins_on_the_day_an_item_falls_due),
        cmocka_unit_test(open_amounts_sum_to_the_balance_on_every_date),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
