/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"

#include <string.h>

#include "check.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/agreement/import.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/payment.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/store/file.h"
#include "tilslut/store/stmt.h"

enum { DAY_SECONDS = 24 * 60 * 60 };

static const struct tl_moment first_moment = {1735689600}; /* 2025-01-01T00:00:00Z */

void books_begin(struct books *books)
{
    struct tl_err err = TL_ERR_NONE;
    *books = (struct books){.arena = TL_ARENA_EMPTY, .now = first_moment};
    const struct tl_act act = {"anna", "init", books->now};
    assert_ok(tl_book_open_memory(&books->store, "DKK", &act, &err), &err);
}

void books_open(struct books *books, const char *path)
{
    struct tl_err err = TL_ERR_NONE;
    *books = (struct books){.arena = TL_ARENA_EMPTY, .now = first_moment};
    assert_ok(tl_store_open(&books->store, path, TL_STORE_WRITE, &err), &err);
}

void books_begin_filled(struct books *books)
{
    static const char *const population[] = {"tests/data/population-2020-01-01.csv",
                                             "tests/data/population-2025-01-01.csv",
                                             "tests/data/population-2026-01-01.csv", NULL};
    books_begin(books);
    books_import(books, "tests/data/parties.csv", population);
}

void books_end(struct books *books)
{
    tl_store_close(books->store);
    tl_arena_release(&books->arena);
}

void books_act(struct books *books, const char *actor)
{
    struct tl_err err = TL_ERR_NONE;
    books->now.seconds += DAY_SECONDS;
    const struct tl_act act = {actor, "test", books->now};
    assert_ok(tl_store_begin(books->store, &act, &err), &err);
}

void books_commit(struct books *books)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_commit(books->store, &err), &err);
}

void books_import(struct books *books, const char *parties_path, const char *const *population_paths)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_imported imported;
    struct tl_buf bytes = TL_BUF_EMPTY;
    books_act(books, "anna");
    assert_ok(tl_file_read(&bytes, parties_path, &err), &err);
    struct tl_source parties = {parties_path, tl_buf_string(&bytes), bytes.length};
    assert_ok(tl_import_parties(&imported, books->store, &parties, (struct tl_date){0}, &err), &err);
    for (; *population_paths != NULL; population_paths++) {
        tl_buf_release(&bytes);
        assert_ok(tl_file_read(&bytes, *population_paths, &err), &err);
        struct tl_source figures = {*population_paths, tl_buf_string(&bytes), bytes.length};
        assert_ok(tl_import_figures(&imported, books->store, &figures, "population", NULL, &err), &err);
    }
    tl_buf_release(&bytes);
    books_commit(books);
}

void books_product(struct books *books, const char *code, const char *psp)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product product = {code, code, psp, 2};
    books_act(books, "anna");
    assert_ok(tl_product_record(books->store, &product, &err), &err);
    books_commit(books);
}

int books_adopt(struct books *books, const char *terms_text, const char *decision)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"terms.yaml", terms_text, strlen(terms_text)};
    int version = 0;
    books_act(books, "anna");
    assert_ok(tl_terms_book_adopt(&version, books->store, &source, decision, &err), &err);
    books_commit(books);
    return version;
}

void books_join(struct books *books, const char *product, const char *party, const char *from, const char *option)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_joining joining = {.product = product,
                                 .party = party,
                                 .signed_on = books_date(from),
                                 .from = books_date(from),
                                 .options = &option,
                                 .option_count = option == NULL ? 0 : 1};
    int64_t id;
    books_act(books, "anna");
    assert_ok(tl_membership_join(&id, books->store, &joining, &err), &err);
    books_commit(books);
}

int64_t books_bill(struct books *books, const char *product, int year)
{
    struct tl_err err = TL_ERR_NONE;
    int64_t run = 0;
    books_act(books, "anna");
    assert_ok(tl_run_draft(&run, books->store, product, year, &err), &err);
    books_commit(books);
    return run;
}

size_t books_approve(struct books *books, int64_t run, const char *date)
{
    struct tl_err err = TL_ERR_NONE;
    size_t entries = 0;
    books_act(books, "bo");
    assert_ok(tl_run_approve(&entries, books->store, run, "bo", books_date(date), books_date(date), &err), &err);
    books_commit(books);
    return entries;
}

void books_pay(struct books *books, const char *party, int64_t amount_minor, const char *date)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment payment = {party, {amount_minor}, books_date(date), "", "Indbetaling"};
    int64_t entry;
    bool already = true;
    books_act(books, "anna");
    assert_ok(tl_payment_post(&entry, &already, books->store, &payment, &err), &err);
    assert_false(already);
    books_commit(books);
}

struct tl_date books_date(const char *iso)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date date;
    assert_ok(tl_date_parse(&date, iso, &err), &err);
    return date;
}

void books_run(struct books *books, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    assert_ok(tl_stmt_get(&stmt, books->store, sql, &err), &err);
    assert_ok(tl_stmt_run(stmt, &err), &err);
}

int64_t books_ask(struct books *books, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = 0;
    assert_ok(tl_stmt_get(&stmt, books->store, sql, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

const char *books_findings(struct books *books)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    struct tl_buf said = TL_BUF_EMPTY;
    assert_ok(tl_checks_run(&findings, &checked, books->store, NULL, 0, &err), &err);
    for (size_t i = 0; i < findings.count; i++)
        tl_buf_format(&said, "%s: %s\n", findings.items[i].check, findings.items[i].text);
    const char *copy = tl_arena_text(&books->arena, tl_buf_string(&said));
    assert_non_null(copy);
    tl_buf_release(&said);
    tl_findings_release(&findings);
    return copy;
}
