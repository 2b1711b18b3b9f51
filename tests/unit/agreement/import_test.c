/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "tilslut/agreement/import.h"
#include "tilslut/agreement/party.h"
#include "tilslut/store/file.h"

static const char header[] = "code,name,official_name,kind,region,cvr\n";

static struct tl_source source_of(const char *text)
{
    return (struct tl_source){"parties.csv", text, strlen(text)};
}

static void assert_imported(const struct tl_imported *imported, size_t added, size_t changed, size_t same)
{
    assert_int_equal(imported->added, added);
    assert_int_equal(imported->changed, changed);
    assert_int_equal(imported->same, same);
}

static void the_same_files_again_change_nothing(void **state)
{
    (void)state;
    static const char *const paths[] = {"tests/data/population-2025-01-01.csv",
                                        "tests/data/statbank/FOLK1A-2025K1-Code.csv"};
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf parties = TL_BUF_EMPTY, figures = TL_BUF_EMPTY;
    struct tl_imported imported;
    books_begin(&books);
    assert_ok(tl_file_read(&parties, "tests/data/parties.csv", &err), &err);
    for (int i = 0; i < 2; i++) {
        struct tl_source source = {"parties.csv", tl_buf_string(&parties), parties.length};
        books_act(&books, "anna");
        assert_ok(tl_import_parties(&imported, books.store, &source, (struct tl_date){0}, &err), &err);
        books_commit(&books);
        assert_imported(&imported, i == 0 ? 99 : 0, 0, i == 0 ? 0 : 99);
    }
    for (size_t i = 0; i < 4; i++) {
        tl_buf_release(&figures);
        assert_ok(tl_file_read(&figures, paths[i / 2], &err), &err);
        struct tl_source source = {paths[i / 2], tl_buf_string(&figures), figures.length};
        books_act(&books, "anna");
        assert_ok(tl_import_figures(&imported, books.store, &source, "population", "FOLK1A", &err), &err);
        books_commit(&books);
        assert_int_equal(imported.totals, i / 2 == 0 ? 0 : 6);
    }
    assert_imported(&imported, 0, 0, 99);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM act"), 3); /* init, parties, the first figures */
    assert_same_int(books_ask(&books, "SELECT sum(numerator) FROM figure"), 5992734);
    tl_buf_release(&parties);
    tl_buf_release(&figures);
    books_end(&books);
}

static void a_change_is_told_apart_from_what_is_new(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, undated = TL_ERR_NONE;
    struct tl_imported imported;
    struct tl_source changed = source_of("code,name,official_name,kind,region,cvr\n"
                                         "0751,Århus,Århus Kommune,municipality,Region Midtjylland,55133018\n"
                                         "STAT,Staten,Staten,state,,\n");
    books_begin_filled(&books);
    books_act(&books, "anna");
    assert_refused(tl_import_parties(&imported, books.store, &changed, (struct tl_date){0}, &undated), TL_ERR_CONFLICT,
                   &undated,
                   "0751 is recorded as Aarhus Kommune, CVR '55133018'; a change needs the date it holds from", NULL);
    assert_string_equal(undated.where, "parties.csv:2");
    assert_ok(tl_import_parties(&imported, books.store, &changed, tl_date_of(2027, 1, 1), &err), &err);
    books_commit(&books);
    assert_imported(&imported, 1, 1, 0);
    books_end(&books);
}

static void association_membership_needs_a_date(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, undated = TL_ERR_NONE;
    struct tl_imported imported;
    tl_association association;
    struct tl_source source = source_of("code,name,official_name,kind,region,cvr,association_member\n"
                                        "0751,Aarhus,Aarhus Kommune,municipality,Region Midtjylland,55133018,yes\n");
    books_begin_filled(&books);
    books_act(&books, "anna");
    assert_refused(tl_import_parties(&imported, books.store, &source, (struct tl_date){0}, &undated), TL_ERR_USAGE,
                   &undated, "the file says who is a member of the association, but not since when",
                   "add --from DATE: prices follow membership from that date on");
    assert_ok(tl_import_parties(&imported, books.store, &source, tl_date_of(2025, 1, 1), &err), &err);
    books_commit(&books);
    assert_imported(&imported, 0, 1, 0);
    assert_ok(tl_party_association(&association, books.store, "0751", tl_date_of(2025, 1, 1), &err), &err);
    assert_int_equal(association, TL_ASSOCIATION_MEMBER);
    books_end(&books);
}

static void a_file_with_one_wrong_row_changes_nothing(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_imported imported;
    struct tl_buf text = TL_BUF_EMPTY;
    books_begin(&books);
    tl_buf_format(&text,
                  "%s0751,Aarhus,Aarhus Kommune,municipality,Region Midtjylland,55133018\n"
                  "0461,Odense,Odense Kommune,municipality,Region Syddanmark,35209116\n",
                  header);
    struct tl_source source = {"parties.csv", tl_buf_string(&text), text.length};
    books_act(&books, "anna");
    assert_refused(tl_import_parties(&imported, books.store, &source, (struct tl_date){0}, &err), TL_ERR_INPUT, &err,
                   "'35209116' is not a CVR number: its check digit does not fit", NULL);
    tl_store_rollback(books.store);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM party"), 1);
    tl_buf_release(&text);
    books_end(&books);
}

static void figures_need_parties_and_their_measure(void **state)
{
    (void)state;
    struct books books;
    struct tl_err nobody = TL_ERR_NONE, other = TL_ERR_NONE;
    struct tl_imported imported;
    static const char text[] = "code,name,users,as_of\n0751,Aarhus,500,2025-01-01\n";
    struct tl_source source = {"users.csv", text, sizeof text - 1};
    books_begin(&books);
    books_act(&books, "anna");
    assert_refused(tl_import_figures(&imported, books.store, &source, "users", NULL, &nobody), TL_ERR_MISSING, &nobody,
                   "no municipalities are recorded that figures could belong to",
                   "begin with: tilslut import parties FILE");
    tl_store_rollback(books.store);
    books_end(&books);
    books_begin_filled(&books);
    books_act(&books, "anna");
    assert_refused(tl_import_figures(&imported, books.store, &source, "population", NULL, &other), TL_ERR_INPUT, &other,
                   "the file holds 'users', not 'population'",
                   "import it with: tilslut import figures FILE --measure users");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_files_again_change_nothing),
        cmocka_unit_test(a_change_is_told_apart_from_what_is_new),
        cmocka_unit_test(association_membership_needs_a_date),
        cmocka_unit_test(a_file_with_one_wrong_row_changes_nothing),
        cmocka_unit_test(figures_need_parties_and_their_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
