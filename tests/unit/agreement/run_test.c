/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "books.h"
#include "check.h"
#include "sample_terms.h"
#include "scratch.h"
#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

static const char *const members[] = {"0101", "0461", "0479", "0751", "0825", "0851"};
enum { MEMBERS = sizeof members / sizeof members[0] };

static void begin(struct books *books)
{
    books_begin_filled(books);
    books_product(books, "os2valghalla", "XG-9212045260");
    books_adopt(books, SAMPLE_TERMS, SAMPLE_DECISION);
    for (size_t i = 0; i < MEMBERS; i++)
        books_join(books, "os2valghalla", members[i], "2026-01-01", i % 2 == 0 ? "hosting" : NULL);
}

static tl_status approve(struct books *books, int64_t run, const char *actor, const char *date, struct tl_err *err)
{
    size_t entries;
    struct tl_date on = date == NULL ? (struct tl_date){0} : books_date(date);
    return tl_run_approve(&entries, books->store, run, actor, books_date("2026-03-01"), on, err);
}

static const char *state_of(struct books *books, int64_t run)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_run found;
    assert_ok(tl_run_find(&found, books->store, run, &books->arena, &err), &err);
    return found.state;
}

static void a_draft_changes_nothing_that_is_owed(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_run run;
    begin(&books);
    assert_same_int(books_bill(&books, "os2valghalla", 2026), 1);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM entry"), 0);
    assert_ok(tl_run_find(&run, books.store, 1, &books.arena, &err), &err);
    assert_string_equal(run.state, "draft");
    assert_string_equal(run.author, "anna");
    assert_string_equal(run.ended_by, "");
    assert_string_equal(run.product, "os2valghalla");
    assert_int_equal(run.year, 2026);
    assert_int_equal(run.member_count, MEMBERS);
    assert_money(run.net, books_ask(&books, "SELECT sum(net_minor) FROM run_line"));
    assert_money(run.vat, books_ask(&books, "SELECT sum(vat_minor) FROM run_line"));
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

static void an_approved_run_posts_one_balanced_entry_for_each_member(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    assert_int_equal(books_approve(&books, 1, "2026-01-15"), MEMBERS);
    assert_string_equal(state_of(&books, 1), "approved");
    assert_same_int(books_ask(&books, "SELECT count(*) FROM entry WHERE kind = 'charge' AND run_id = 1 AND "
                                      "holds_on = '2026-01-15' AND due_on = '2026-02-14' AND "
                                      "text = 'Opkrævning 2026, os2valghalla' AND length(evidence) = 32"),
                    MEMBERS);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM posting p JOIN entry e ON e.id = p.entry_id "
                                      "JOIN invoice i ON i.entry_id = e.id AND i.party_code = p.party_code "
                                      "WHERE p.account_code = '10000' AND i.kind = 'invoice' AND length(e.reference) "
                                      "= 15 AND i.number = printf('2026-%04d', e.id)"),
                    MEMBERS);
    /* what each owes, and what each account earned, is what the lines say */
    assert_same_int(books_ask(&books, "SELECT count(*) FROM (SELECT party_code, sum(net_minor + vat_minor) AS owed "
                                      "FROM run_line GROUP BY party_code) l JOIN posting p ON p.party_code = "
                                      "l.party_code AND p.account_code = '10000' AND p.amount_minor = l.owed"),
                    MEMBERS);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line l JOIN posting p ON p.party_code = l.party_code "
                                      "AND p.line_id = l.line_id AND p.account_code = l.account_code AND "
                                      "p.amount_minor = -l.net_minor"),
                    books_ask(&books, "SELECT count(*) FROM run_line"));
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

static void lines_of_a_budget_foot_to_it(void **state)
{
    (void)state;
    struct books books;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    assert_same_int(books_ask(&books, "SELECT sum(net_minor) FROM run_line WHERE line_id = 'development'"), 120000000);
    assert_same_int(books_ask(&books, "SELECT sum(net_minor) FROM run_line WHERE line_id = 'hosting'"), 48000000);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line WHERE line_id = 'hosting'"), MEMBERS / 2);
    books_end(&books);
}

static void whoever_drafted_a_run_does_not_approve_it(void **state)
{
    (void)state;
    static const char *const actors[] = {"anna", "Anna", "ANNA", " anna ", "an na"};
    struct books books;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    for (size_t i = 0; i < sizeof actors / sizeof actors[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        books_act(&books, actors[i]);
        assert_refused(approve(&books, 1, actors[i], NULL, &err), TL_ERR_STATE, &err,
                       "run 1 was drafted by anna, who cannot approve it too",
                       "another person approves it with: tilslut approve 1 --as NAME");
        tl_store_rollback(books.store);
    }
    assert_string_equal(state_of(&books, 1), "draft");
    books_end(&books);
}

/* The schema holds any other program to it. */
static void the_file_itself_knows_who_drafted_a_run(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    books_act(&books, "ANNA");
    assert_refused(approve(&books, 1, "bo", NULL, &err), TL_ERR_STORE, &err,
                   "could not use the ledger file: a run is approved by somebody else than its author", "");
    tl_store_rollback(books.store);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM entry"), 0);
    books_end(&books);
}

static void a_run_ends_once(void **state)
{
    (void)state;
    struct books books;
    struct tl_err approved = TL_ERR_NONE, discarded = TL_ERR_NONE, none = TL_ERR_NONE, again = TL_ERR_NONE,
                  err = TL_ERR_NONE;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    books_act(&books, "bo");
    assert_ok(tl_run_discard(books.store, 1, &err), &err);
    books_commit(&books);
    assert_string_equal(state_of(&books, 1), "discarded");
    books_act(&books, "bo");
    assert_refused(approve(&books, 1, "bo", NULL, &approved), TL_ERR_STATE, &approved,
                   "run 1 is discarded already, by bo", NULL);
    assert_refused(tl_run_discard(books.store, 1, &again), TL_ERR_STATE, &again, "run 1 is discarded already, by bo",
                   NULL);
    tl_store_rollback(books.store);
    assert_same_int(books_bill(&books, "os2valghalla", 2026), 2);
    books_approve(&books, 2, "2026-01-15");
    books_act(&books, "carl");
    assert_refused(tl_run_discard(books.store, 2, &discarded), TL_ERR_STATE, &discarded,
                   "run 2 is approved already, by bo", NULL);
    assert_refused(tl_run_discard(books.store, 3, &none), TL_ERR_NOT_FOUND, &none, "there is no run 3",
                   "tilslut list runs shows them");
    tl_store_rollback(books.store);
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

static void a_year_is_billed_once(void **state)
{
    (void)state;
    struct books books;
    struct tl_err draft = TL_ERR_NONE, billed = TL_ERR_NONE;
    int64_t run;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    books_act(&books, "anna");
    assert_refused(tl_run_draft(&run, books.store, "os2valghalla", 2026, &draft), TL_ERR_CONFLICT, &draft,
                   "run 1 is a draft of 'os2valghalla' for 2026 already",
                   "approve it with: tilslut approve 1, or drop it with: tilslut discard 1");
    tl_store_rollback(books.store);
    books_approve(&books, 1, "2026-01-15");
    books_act(&books, "anna");
    assert_refused(tl_run_draft(&run, books.store, "os2valghalla", 2026, &billed), TL_ERR_CONFLICT, &billed,
                   "'os2valghalla' is billed for 2026 already, by run 1",
                   "nothing has changed since; tilslut list runs shows the runs");
    books_end(&books);
}

static void what_cannot_be_billed_is_told(void **state)
{
    (void)state;
    struct books books;
    struct tl_err product = TL_ERR_NONE, terms = TL_ERR_NONE, nobody = TL_ERR_NONE, figure = TL_ERR_NONE;
    int64_t run;
    books_begin_filled(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_act(&books, "anna");
    assert_refused(tl_run_draft(&run, books.store, "os2mo", 2026, &product), TL_ERR_NOT_FOUND, &product,
                   "there is no product 'os2mo'", NULL);
    assert_refused(tl_run_draft(&run, books.store, "os2valghalla", 2026, &terms), TL_ERR_MISSING, &terms,
                   "no terms of 'os2valghalla' are in force on 2026-12-31", NULL);
    tl_store_rollback(books.store);
    books_adopt(&books, "product: os2valghalla\nfrom: 2026-01-01\n" SAMPLE_HEAD "lines:\n" SAMPLE_PRICED,
                SAMPLE_DECISION);
    books_act(&books, "anna");
    assert_refused(tl_run_draft(&run, books.store, "os2valghalla", 2026, &nobody), TL_ERR_MISSING, &nobody,
                   "there is nothing to bill for 'os2valghalla' in 2026",
                   "tilslut allocate os2valghalla 2026 shows who pays what");
    tl_store_rollback(books.store);
    books_join(&books, "os2valghalla", "0751", "2026-01-01", NULL);
    books_act(&books, "anna");
    tl_status status = tl_run_draft(&run, books.store, "os2valghalla", 2028, &figure);
    assert_int_equal(status, TL_ERR_MISSING);
    assert_string_equal(figure.message, "member '0751' has no figure of 'population' on 2027-01-01");
    books_end(&books);
}

static void a_run_is_dated_within_its_year(void **state)
{
    (void)state;
    static const struct {
        const char *today, *count;
    } cases[] = {{"2025-12-01", "SELECT count(*) FROM entry WHERE holds_on = '2026-01-01'"},
                 {"2026-03-01", "SELECT count(*) FROM entry WHERE holds_on = '2026-03-01'"},
                 {"2027-02-01", "SELECT count(*) FROM entry WHERE holds_on = '2026-12-31'"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct books books;
        struct tl_err err = TL_ERR_NONE, outside = TL_ERR_NONE;
        size_t entries;
        begin(&books);
        books_bill(&books, "os2valghalla", 2026);
        books_act(&books, "bo");
        assert_refused(approve(&books, 1, "bo", "2027-01-01", &outside), TL_ERR_INPUT, &outside,
                       "2027-01-01 is not in 2026, the year that run 1 bills", "choose a date within the year");
        assert_ok(tl_run_approve(&entries, books.store, 1, "bo", books_date(cases[i].today), (struct tl_date){0}, &err),
                  &err);
        books_commit(&books);
        assert_same_int(books_ask(&books, cases[i].count), MEMBERS);
        books_end(&books);
    }
}

static void a_run_whose_facts_changed_is_not_approved(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, changed = TL_ERR_NONE;
    struct tl_figure figure = {"population", tl_date_of(2025, 1, 1), tl_ratio_of(400000, 1), "rettelse"};
    tl_recorded recorded;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    books_act(&books, "anna");
    assert_ok(tl_figure_record(&recorded, books.store, "0751", &figure, &err), &err);
    books_commit(&books);
    books_act(&books, "bo");
    assert_refused(approve(&books, 1, "bo", NULL, &changed), TL_ERR_STATE, &changed,
                   "the facts behind run 1 have changed since it was drafted",
                   "drop it with: tilslut discard 1, and draft it again with: tilslut bill os2valghalla 2026");
    tl_store_rollback(books.store);
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

/* A correction after approval changes no run: it was right by what was known. */
static void a_run_stays_as_it_was_when_facts_change_later(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figure figure = {"population", tl_date_of(2025, 1, 1), tl_ratio_of(400000, 1), "rettelse"};
    tl_recorded recorded;
    begin(&books);
    books_bill(&books, "os2valghalla", 2026);
    books_approve(&books, 1, "2026-01-15");
    books_act(&books, "anna");
    assert_ok(tl_figure_record(&recorded, books.store, "0751", &figure, &err), &err);
    assert_ok(tl_party_record_association(&recorded, books.store, "0751", TL_ASSOCIATION_MEMBER,
                                          books_date("2020-01-01"), &err),
              &err);
    books_commit(&books);
    books_join(&books, "os2valghalla", "0157", "2026-01-01", NULL);
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

/* Terms of five lines with prices to the øre: three taxed, of two rates, and two not. */
static void write_terms(struct tl_buf *terms, struct check_random *random)
{
    static const char *const vat[] = {"{rate: 25%, reason: \"a\"}", "{rate: 25%, reason: \"a\"}",
                                      "{rate: 12.5%, reason: \"b\"}", "{outside: \"c\"}", "{rate: 25%, reason: \"a\"}"};
    tl_buf_text(terms, "product: os2valghalla\nfrom: 2026-01-01\n" SAMPLE_HEAD "lines:\n");
    for (int i = 0; i < 5; i++) {
        tl_buf_format(terms, "  - id: line%d\n    name: {da: Linje, en: Line}\n    account: \"0000%d\"\n    vat: %s\n",
                      i, i % 3 + 1, vat[i]);
        int64_t ore = check_random_between(random, 1, 100000);
        if (i == 4)
            tl_buf_format(terms, "    budget: %" PRId64 ".%02d\n    key: population\n", ore, (int)(ore % 100));
        else
            tl_buf_format(terms, "    price: %" PRId64 ".%02d\n", ore / 100, (int)(ore % 100));
    }
}

/* The sums of a member's lines of one rate, of which the tax is not net x rate, halves up. */
#define TAXED_WRONGLY(rate, numerator, denominator)                                                                    \
    "SELECT count(*) FROM (SELECT sum(net_minor) AS net, sum(vat_minor) AS vat FROM run_line WHERE vat_rate = '" rate  \
    "' GROUP BY party_code) WHERE vat <> (2 * net * " numerator " + " denominator ") / (2 * " denominator ")"

static void vat_is_rounded_once_for_each_member_and_rate(void **state)
{
    (void)state;
    struct check_random random = {17};
    for (int round = 0; round < 12; round++) {
        struct books books;
        struct tl_buf terms = TL_BUF_EMPTY;
        books_begin_filled(&books);
        books_product(&books, "os2valghalla", "XG-9212045260");
        write_terms(&terms, &random);
        books_adopt(&books, tl_buf_string(&terms), SAMPLE_DECISION);
        for (size_t i = 0; i < MEMBERS; i++)
            books_join(&books, "os2valghalla", members[i], "2026-01-01", NULL);
        books_bill(&books, "os2valghalla", 2026);
        books_approve(&books, 1, "2026-01-15");
        assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line WHERE vat_rate = '0.25'"), 3 * MEMBERS);
        assert_same_int(books_ask(&books, TAXED_WRONGLY("0.25", "1", "4")), 0);
        assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line WHERE vat_rate = '0.125'"), MEMBERS);
        assert_same_int(books_ask(&books, TAXED_WRONGLY("0.125", "1", "8")), 0);
        assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line WHERE vat_rate = '0' AND vat_minor <> 0"), 0);
        /* no line is an øre or more from its own exact tax */
        assert_same_int(books_ask(&books, "SELECT count(*) FROM run_line WHERE vat_rate = '0.25' AND "
                                          "abs(4 * vat_minor - net_minor) >= 4"),
                        0);
        assert_same_int(books_ask(&books,
                                  "SELECT count(*) FROM (SELECT party_code, sum(vat_minor) AS vat FROM run_line "
                                  "GROUP BY party_code) l JOIN posting p ON p.party_code = l.party_code AND "
                                  "p.account_code = '" TL_ACCOUNT_VAT "' AND p.amount_minor = -l.vat"),
                        MEMBERS);
        assert_same_int(books_ask(&books, "SELECT sum(amount_minor) FROM posting"), 0);
        assert_string_equal(books_findings(&books), "");
        tl_buf_release(&terms);
        books_end(&books);
    }
}

/* What rounding leaves goes along from year to year: after ten years nobody is an øre away from their true share. */
static void rounding_does_not_add_up_over_the_years(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    static const int64_t populations[] = {1, 1, 1, 4, 7, 9}; /* thirds, sevenths, twenty-thirds of an øre */
    books_begin_filled(&books);
    books_product(&books, "os2valghalla", "XG-9212045260");
    books_adopt(&books,
                "product: os2valghalla\nfrom: 2026-01-01\n" SAMPLE_HEAD
                "lines:\n  - id: pot\n    name: {da: Pulje, en: Pot}\n    account: \"00003\"\n"
                "    budget: 1000.01\n    key: users\n",
                SAMPLE_DECISION);
    for (size_t i = 0; i < MEMBERS; i++) {
        books_join(&books, "os2valghalla", members[i], "2026-01-01", NULL);
        books_act(&books, "anna");
        for (int year = 2025; year < 2035; year++) {
            struct tl_figure figure = {"users", tl_date_of(year, 1, 1), tl_ratio_of(populations[i], 1), "a"};
            assert_ok(tl_figure_record(&recorded, books.store, members[i], &figure, &err), &err);
        }
        books_commit(&books);
    }
    for (int year = 2026; year < 2036; year++) {
        int64_t run = books_bill(&books, "os2valghalla", year);
        char date[24];
        snprintf(date, sizeof date, "%d-01-15", year);
        books_approve(&books, run, date);
    }
    /* 23 x what was paid against 10 years x 1000.01 x the share's 23rds */
    assert_same_int(books_ask(&books, "SELECT count(*) FROM (SELECT party_code, sum(net_minor) AS paid FROM run_line "
                                      "GROUP BY party_code) l JOIN figure f ON f.party_code = l.party_code AND "
                                      "f.measure = 'users' AND f.holds_on = '2025-01-01' WHERE "
                                      "abs(23 * l.paid - 10 * 100001 * f.numerator) < 23"),
                    MEMBERS);
    assert_same_int(books_ask(&books, "SELECT sum(net_minor) FROM run_line"), 1000010);
    assert_string_equal(books_findings(&books), "");
    books_end(&books);
}

/* A ledger in a file, billed and approved, then harmed by another program. */
static void finds(const char *sql, const char *expected)
{
    struct scratch scratch;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
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
    books_end(&books);
    scratch_change(path, "DROP TRIGGER run_line_no_update; DROP TRIGGER run_no_update; DROP TRIGGER figure_no_update; "
                         "DROP TRIGGER run_end_no_delete; DROP TRIGGER terms_no_update; DROP TRIGGER "
                         "run_line_no_delete");
    scratch_change(path, sql);
    struct tl_store *store;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_buf said = TL_BUF_EMPTY;
    assert_ok(tl_store_open(&store, path, TL_STORE_READ, &err), &err);
    assert_ok(tl_run_verify(&findings, store, &err), &err);
    for (size_t i = 0; i < findings.count; i++)
        tl_buf_format(&said, "%s: %s\n", findings.items[i].check, findings.items[i].text);
    if (strcmp(tl_buf_string(&said), expected) != 0)
        fail_msg("after %s verify said:\n%sinstead of:\n%s", sql, tl_buf_string(&said), expected);
    tl_buf_release(&said);
    tl_findings_release(&findings);
    tl_store_close(store);
    scratch_end(&scratch);
}

static void a_run_that_was_changed_is_found(void **state)
{
    (void)state;
    static const char lines[] = "runs: the lines of run 1 are not those it was made with\n",
                      facts[] = "runs: run 1 computed again from the recorded facts gives another result\n";
    finds("UPDATE run_line SET working = 'x' WHERE seq = 1", lines);
    finds("UPDATE run_line SET measure_source = 'x' WHERE seq = 1", lines);
    finds("UPDATE run_line SET carried_out = '1/3' WHERE seq = 1", lines);
    finds("UPDATE figure SET numerator = numerator + 1 WHERE party_code = '0751'", facts);
    finds("UPDATE figure SET source = 'x' WHERE party_code = '0751'", facts);
    finds("UPDATE run SET digest = zeroblob(32)", "runs: run 1 computed again from the recorded facts gives another "
                                                  "result\nruns: the lines of run 1 are not those it was made with\n"
                                                  "runs: entries of run 1 rest on other evidence than the run\n");
    finds("DELETE FROM run_end", "runs: run 1 comes to 0 øre, but its entries charge 315050001\n");
    finds("UPDATE terms SET content = content || '# '",
          "runs: run 1 cannot be computed again: version 1 of the terms of 'os2valghalla' is not the text that was "
          "adopted\n");
}

static void an_amount_changed_in_a_line_is_found_twice(void **state)
{
    (void)state;
    finds("UPDATE run_line SET net_minor = net_minor + 100, gross_minor = gross_minor + 100 WHERE seq = 1",
          "runs: the lines of run 1 are not those it was made with\n"
          "runs: run 1 comes to 315050101 øre, but its entries charge 315050001\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_draft_changes_nothing_that_is_owed),
        cmocka_unit_test(an_approved_run_posts_one_balanced_entry_for_each_member),
        cmocka_unit_test(lines_of_a_budget_foot_to_it),
        cmocka_unit_test(whoever_drafted_a_run_does_not_approve_it),
        cmocka_unit_test(the_file_itself_knows_who_drafted_a_run),
        cmocka_unit_test(a_run_ends_once),
        cmocka_unit_test(a_year_is_billed_once),
        cmocka_unit_test(what_cannot_be_billed_is_told),
        cmocka_unit_test(a_run_is_dated_within_its_year),
        cmocka_unit_test(a_run_whose_facts_changed_is_not_approved),
        cmocka_unit_test(a_run_stays_as_it_was_when_facts_change_later),
        cmocka_unit_test(vat_is_rounded_once_for_each_member_and_rate),
        cmocka_unit_test(rounding_does_not_add_up_over_the_years),
        cmocka_unit_test(a_run_that_was_changed_is_found),
        cmocka_unit_test(an_amount_changed_in_a_line_is_found_twice),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
