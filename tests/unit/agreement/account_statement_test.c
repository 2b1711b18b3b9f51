/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "scratch.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"

static void begin(struct books *books)
{
    books_begin_filled(books);
    books_product(books, "os2valghalla", "XG-9212045260");
    books_adopt(books, SAMPLE_TERMS, SAMPLE_DECISION);
    books_join(books, "os2valghalla", "0751", "2026-01-01", "hosting");
    books_join(books, "os2valghalla", "0461", "2026-01-01", NULL);
}

/* Reads a statement and checks what holds for all of them. */
static struct tl_statement read(struct books *books, const char *party, int year)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement statement;
    int64_t charges = 0, payments = 0;
    assert_ok(tl_account_statement_read(&statement, books->store, party, year, &books->arena, &err), &err);
    for (size_t i = 0; i < statement.row_count; i++) {
        const struct tl_statement_row *row = &statement.rows[i];
        assert_same_int(row->gross.minor, row->net.minor + row->vat.minor);
        assert_true(tl_period_contains(statement.period, row->date));
        assert_true(i == 0 || tl_date_compare(statement.rows[i - 1].date, row->date) <= 0);
        *(row->kind == TL_ROW_PAYMENT ? &payments : &charges) += row->gross.minor;
    }
    assert_money(statement.charges, charges);
    assert_money(statement.payments, payments);
    assert_money(statement.closing, statement.opening.minor + charges + payments);
    assert_string_equal(statement.party->code, party);
    assert_string_equal(statement.owner->code, "OS2");
    assert_string_equal(statement.currency, "DKK");
    return statement;
}

static void what_closes_one_year_opens_the_next(void **state)
{
    (void)state;
    struct books books;
    int64_t closing = 0;
    begin(&books);
    for (int year = 2026; year <= 2027; year++) {
        char date[24];
        snprintf(date, sizeof date, "%d-01-15", year);
        books_approve(&books, books_bill(&books, "os2valghalla", year), date);
        snprintf(date, sizeof date, "%d-02-11", year);
        books_pay(&books, "0751", 5798000 * (year - 2024), date);
    }
    books_pay(&books, "0751", 100, "2028-12-31");
    for (int year = 2025; year <= 2029; year++) {
        struct tl_statement statement = read(&books, "0751", year);
        assert_money(statement.opening, closing);
        closing = statement.closing.minor;
        assert_int_equal(statement.row_count, year == 2026 ? 5 : year == 2027 ? 4 : year == 2028 ? 1 : 0);
    }
    assert_same_int(closing, books_ask(&books, "SELECT sum(amount_minor) FROM posting WHERE party_code = '0751' AND "
                                               "account_code = '10000'"));
    books_end(&books);
}

static void a_charge_shows_each_line_with_its_working(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    books_approve(&books, books_bill(&books, "os2valghalla", 2026), "2026-01-15");
    struct tl_statement statement = read(&books, "0751", 2026);
    assert_int_equal(statement.row_count, 4);
    const struct tl_statement_row *fee = &statement.rows[0], *annual = &statement.rows[1], *pot = &statement.rows[2],
                                  *hosting = &statement.rows[3];
    assert_string_equal(fee->line_name, "Tilslutningsafgift");
    assert_money(fee->net, 35000000);
    assert_money(fee->vat, 8750000);
    assert_string_equal(fee->vat_code, "S");
    assert_string_equal(fee->vat_reason, "momslovens § 4");
    assert_same_int(fee->vat_rate.denominator, 4);
    assert_string_equal(fee->psp, "XG-9212045260-00001");
    assert_string_equal(fee->size_class, "Meget stor");
    assert_string_equal(annual->line_id, "maintenance");
    assert_money(annual->price, 5200000);
    assert_money(annual->net, 7020000);
    assert_same_int(annual->markup.numerator, 7);
    assert_same_int(annual->markup.denominator, 20);
    assert_string_equal(annual->decision, SAMPLE_DECISION);
    assert_string_equal(annual->reference, "000000202600029");
    assert_same_int(annual->due.number, 20260214);
    assert_true(pot->is_budgeted);
    assert_money(pot->budget, 120000000);
    assert_string_equal(pot->key, "25% equal + 75% population");
    assert_string_equal(pot->measure, "population");
    assert_same_int(pot->measure_date.number, 20250101);
    assert_money(hosting->net, 48000000); /* alone in it */
    assert_string_equal(hosting->rounding, "0");
    assert_string_equal(hosting->product_name, "os2valghalla");
    books_end(&books);
}

static void other_entries_show_as_they_are(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    begin(&books);
    struct tl_posting postings[] = {{TL_ACCOUNT_RECEIVABLE, "0751", NULL, "", {-1090000}},
                                    {"00002", "0751", "os2valghalla", "", {1090000}}};
    struct tl_entry entry = {.kind = "credit",
                             .holds_on = tl_date_of(2026, 3, 20),
                             .reference = "",
                             .text = "Kreditnota",
                             .postings = postings,
                             .posting_count = 2};
    int64_t id;
    bool already;
    books_act(&books, "anna");
    assert_ok(tl_entry_post(&id, &already, books.store, "credit:1", &entry, &err), &err);
    books_commit(&books);
    books_pay(&books, "0751", 500, "2026-03-20");
    struct tl_statement statement = read(&books, "0751", 2026);
    assert_int_equal(statement.row_count, 2);
    assert_int_equal(statement.rows[0].kind, TL_ROW_CREDIT);
    assert_string_equal(statement.rows[0].text, "Kreditnota");
    assert_money(statement.rows[0].gross, -1090000);
    assert_int_equal(statement.rows[1].kind, TL_ROW_PAYMENT);
    assert_money(statement.charges, -1090000);
    assert_money(statement.payments, -500);
    assert_true(tl_date_is_none(statement.rows[1].due));
    books_end(&books);
}

static void a_statement_as_known_then_leaves_out_what_came_later(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    books_pay(&books, "0751", 500, "2025-03-20");
    books_pay(&books, "0751", 700, "2026-03-20");
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    books_pay(&books, "0751", 900, "2026-03-19");
    books_pay(&books, "0751", 1100, "2025-03-19");
    assert_money(read(&books, "0751", 2026).closing, -3200);
    tl_store_set_known(books.store, known);
    struct tl_statement then = read(&books, "0751", 2026);
    assert_money(then.opening, -500);
    assert_money(then.closing, -1200);
    assert_int_equal(then.row_count, 1);
    books_end(&books);
}

static void parties_with_anything_on_their_account_are_listed(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    const char **codes;
    size_t count;
    begin(&books);
    assert_ok(tl_account_statement_parties(&codes, &count, books.store, tl_date_of(2026, 12, 31), &books.arena, &err),
              &err);
    assert_int_equal(count, 0);
    books_approve(&books, books_bill(&books, "os2valghalla", 2026), "2026-01-15");
    books_pay(&books, "0101", 500, "2027-03-20");
    assert_ok(tl_account_statement_parties(&codes, &count, books.store, tl_date_of(2026, 12, 31), &books.arena, &err),
              &err);
    assert_int_equal(count, 2);
    assert_string_equal(codes[0], "0461");
    assert_string_equal(codes[1], "0751");
    assert_ok(tl_account_statement_parties(&codes, &count, books.store, tl_date_of(2027, 12, 31), &books.arena, &err),
              &err);
    assert_int_equal(count, 3);
    books_end(&books);
}

static void a_statement_of_nobody_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement statement;
    begin(&books);
    assert_refused(tl_account_statement_read(&statement, books.store, "9999", 2026, &books.arena, &err),
                   TL_ERR_NOT_FOUND, &err, "no party has the code '9999'", NULL);
    assert_money(read(&books, "0101", 2026).closing, 0);
    books_end(&books);
}

/* A statement is not issued over lines that do not come to what was charged. */
static void lines_that_do_not_come_to_the_charge_are_told(void **state)
{
    (void)state;
    struct scratch scratch;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement statement;
    static const struct tl_act act = {"anna", "init", {1735689600}};
    static const char *const population[] = {"tests/data/population-2025-01-01.csv", NULL};
    char path[200];
    scratch_begin(&scratch);
    snprintf(path, sizeof path, "%s", scratch_file(&scratch, "a.db"));
    assert_ok(tl_book_create(path, "DKK", &act, &err), &err);
    books_open(&books, path);
    books_import(&books, "tests/data/parties.csv", population);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_adopt(&books, SAMPLE_TERMS, SAMPLE_DECISION);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    books_join(&books, "os2valghalla", "0461", "2026-01-01", "hosting");
    books_approve(&books, books_bill(&books, "os2valghalla", 2026), "2026-01-15");
    scratch_change(path, "DROP TRIGGER run_line_no_update; UPDATE run_line SET net_minor = net_minor + 1, gross_minor "
                         "= gross_minor + 1 WHERE "
                         "party_code = '0751' AND line_id = 'maintenance'");
    assert_refused(tl_account_statement_read(&statement, books.store, "0751", 2026, &books.arena, &err), TL_ERR_BROKEN,
                   &err, "entry 2 and the lines of run 1 do not agree on 0751",
                   "tilslut verify names what was changed");
    read(&books, "0461", 2026);
    books_end(&books);
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_closes_one_year_opens_the_next),
        cmocka_unit_test(a_charge_shows_each_line_with_its_working),
        cmocka_unit_test(other_entries_show_as_they_are),
        cmocka_unit_test(a_statement_as_known_then_leaves_out_what_came_later),
        cmocka_unit_test(parties_with_anything_on_their_account_are_listed),
        cmocka_unit_test(a_statement_of_nobody_is_refused),
        cmocka_unit_test(lines_that_do_not_come_to_the_charge_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
