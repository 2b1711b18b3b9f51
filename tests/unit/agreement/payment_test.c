/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"
#include "tilslut/agreement/payment.h"

static tl_status post(struct books *books, const struct tl_payment *payment, int64_t *entry, bool *already,
                      struct tl_err *err)
{
    books_act(books, "anna");
    tl_status status = tl_payment_post(entry, already, books->store, payment, err);
    if (status == TL_OK)
        books_commit(books);
    tl_store_rollback(books->store);
    return status;
}

static struct tl_payment sample(void)
{
    return (struct tl_payment){"0751", {5798000}, tl_date_of(2026, 2, 11), "", "Indbetaling"};
}

static void a_payment_credits_what_the_member_owes(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment payment = sample();
    int64_t entry;
    bool already;
    books_begin_filled(&books);
    assert_ok(post(&books, &payment, &entry, &already, &err), &err);
    assert_same_int(entry, 1);
    assert_false(already);
    assert_same_int(books_ask(&books, "SELECT amount_minor FROM posting WHERE account_code = '10000' AND "
                                      "party_code = '0751' AND product_code IS NULL"),
                    -5798000);
    assert_same_int(books_ask(&books, "SELECT amount_minor FROM posting WHERE account_code = '20000'"), 5798000);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM entry WHERE kind = 'payment' AND holds_on = '2026-02-11' "
                                      "AND due_on = '' AND text = 'Indbetaling'"),
                    1);
    books_end(&books);
}

static void the_same_payment_again_changes_nothing(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment payment = sample();
    int64_t entry;
    bool already;
    books_begin_filled(&books);
    assert_ok(post(&books, &payment, &entry, &already, &err), &err);
    int64_t acts = books_ask(&books, "SELECT count(*) FROM act");
    assert_ok(post(&books, &payment, &entry, &already, &err), &err);
    assert_true(already);
    assert_same_int(entry, 1);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM act"), acts);
    books_end(&books);
}

static void payments_that_differ_are_payments_of_their_own(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    int64_t entry;
    bool already;
    books_begin_filled(&books);
    for (int i = 0; i < 5; i++) {
        struct tl_payment payment = sample();
        payment.party = i == 1 ? "0461" : payment.party;
        payment.amount.minor += i == 2 ? 1 : 0;
        payment.date = i == 3 ? tl_date_of(2026, 2, 12) : payment.date;
        payment.reference = i == 4 ? "2" : "";
        assert_ok(post(&books, &payment, &entry, &already, &err), &err);
        assert_false(already);
        assert_same_int(entry, i + 1);
    }
    books_end(&books);
}

static void a_payment_with_another_text_is_asked_about(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, other = TL_ERR_NONE;
    struct tl_payment payment = sample();
    int64_t entry;
    bool already;
    books_begin_filled(&books);
    assert_ok(post(&books, &payment, &entry, &already, &err), &err);
    payment.text = "Indbetaling, OS2mo";
    assert_refused(post(&books, &payment, &entry, &already, &other), TL_ERR_CONFLICT, &other,
                   "a payment of 57980.00 from 0751 on 2026-02-11 is recorded already, as entry 1, with another text",
                   "if this is a second payment of the same amount on the same day, tell them apart with --reference");
    books_end(&books);
}

static void a_payment_of_nothing_or_by_nobody_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err zero = TL_ERR_NONE, negative = TL_ERR_NONE, nobody = TL_ERR_NONE;
    struct tl_payment payment = sample();
    int64_t entry;
    bool already;
    books_begin_filled(&books);
    payment.amount.minor = 0;
    assert_refused(post(&books, &payment, &entry, &already, &zero), TL_ERR_INPUT, &zero, "a payment of 0.00 is none",
                   "give the amount received, above zero");
    payment.amount.minor = -100;
    assert_refused(post(&books, &payment, &entry, &already, &negative), TL_ERR_INPUT, &negative,
                   "a payment of -1.00 is none", "give the amount received, above zero");
    payment = sample();
    payment.party = "9999";
    assert_refused(post(&books, &payment, &entry, &already, &nobody), TL_ERR_NOT_FOUND, &nobody,
                   "no party has the code '9999'", NULL);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM entry"), 0);
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_payment_credits_what_the_member_owes),
        cmocka_unit_test(the_same_payment_again_changes_nothing),
        cmocka_unit_test(payments_that_differ_are_payments_of_their_own),
        cmocka_unit_test(a_payment_with_another_text_is_asked_about),
        cmocka_unit_test(a_payment_of_nothing_or_by_nobody_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
