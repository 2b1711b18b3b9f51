/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The calculation sheets live: a figure or a budget that a reader changes in the workbook gives, recalculated by
 * LibreOffice, the amounts that the allocation gives, to the øre. And the sheet Import is the ledger's lines.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

#include "books.h"
#include "check.h"
#include "office.h"
#include "tilslut/agreement/account_reader.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/report/statement_xlsx.h"

#define TERMS(from)                                                                                                    \
    "product: os2demo\nfrom: " from "\n"                                                                               \
    "reference: {measure: population, date: 01-01 of the year before}\n"                                               \
    "classes: {Lille: below 25000, Mellem: up to 60000, Stor: below 120000, Meget stor: the rest}\n"                   \
    "notice: {months: 6, to: half-year}\n"                                                                             \
    "vat: {rate: 25%, reason: \"momslovens § 4\"}\n"                                                                  \
    "lines:\n"                                                                                                         \
    "  - {id: maintenance, name: {da: Vederlag, en: Contribution}, account: \"00002\", "                               \
    "price: {Lille: 22000, Mellem: 32000.33, Stor: 42000, Meget stor: 52000}, "                                        \
    "markup: {association member: 9%, other: 35%}, round to: 10}\n"                                                    \
    "  - {id: development, name: {da: Udvikling, en: Development}, account: \"00003\", budget: 1000000, "              \
    "key: 25% equal + 75% population}\n"                                                                               \
    "  - {id: pot, name: {da: Pulje, en: Pot}, account: \"00003\", budget: 100000.05, key: population, "               \
    "round to: 10}\n"                                                                                                  \
    "  - {id: heads, name: {da: Hoveder, en: Heads}, account: \"00003\", budget: 77777.77, "                           \
    "key: \"slices(population: 1 up to 50000, 1/2 above)\"}\n"                                                         \
    "  - {id: classes, name: {da: Klasser, en: Classes}, account: \"00003\", budget: 10000, "                          \
    "key: \"class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)\"}\n"

static const char *const members[] = {"0101", "0306", "0410", "0461", "0479", "0751", "0825"};
enum { MEMBERS = sizeof members / sizeof *members, SETTINGS = 10 };

static void begin(struct books *all)
{
    books_begin_filled(all);
    books_product(all, "os2demo", "XG-9212045260");
    books_adopt(all, TERMS("2026-01-01"), "styregruppe 2025-10-12 pkt. 4");
    for (size_t i = 0; i < MEMBERS; i++)
        books_join(all, "os2demo", members[i], "2026-01-01", NULL);
    books_approve(all, books_bill(all, "os2demo", 2026), "2026-01-15");
    books_approve(all, books_bill(all, "os2demo", 2027), "2027-01-15");
}

/* The workbook of a member's year. */
static struct tl_buf print(struct books *of, const char *party, int year)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_account_reader *reader;
    struct tl_statement statement;
    struct tl_buf out = TL_BUF_EMPTY;
    const struct tl_statement_request request = {.party = party, .period = tl_period_of_year(year)};
    assert_ok(tl_account_reader_open(&reader, of->store, &err), &err);
    assert_ok(tl_account_reader_read(&statement, reader, &request, &of->arena, &err), &err);
    assert_ok(tl_account_reader_look_ahead(&statement, reader, &request, tl_date_of(year, 12, 31), &of->arena, &err),
              &err);
    statement.issue = (struct tl_issue){.number = "KU", .version = 1, .date = tl_date_of(year, 12, 31)};
    assert_ok(tl_statement_xlsx(&out, &statement, &err), &err);
    tl_account_reader_close(reader);
    return out;
}

/* Puts another value into every cell of the look of an input that holds `from`. */
static size_t change(struct tl_buf *part, const char *from, const char *to)
{
    char old_text[64], new_text[64];
    struct tl_buf out = TL_BUF_EMPTY;
    size_t count = 0;
    snprintf(old_text, sizeof old_text, "\"><v>%s</v>", from);
    snprintf(new_text, sizeof new_text, "\"><v>%s</v>", to);
    const char *at = tl_buf_string(part);
    for (const char *found; (found = strstr(at, old_text)) != NULL; at = found + strlen(old_text)) {
        tl_buf_add(&out, at, (size_t)(found - at));
        tl_buf_text(&out, new_text);
        count++;
    }
    tl_buf_text(&out, at);
    assert_false(out.failed);
    tl_buf_release(part);
    *part = out;
    return count;
}

/* Saves a workbook with one of its parts replaced. */
static void save_changed(const char *name, const struct tl_buf *workbook, const char *part, const struct tl_buf *bytes)
{
    char path[OFFICE_PATH_SIZE];
    int error = 0;
    office_save(name, workbook);
    snprintf(path, sizeof path, "%s/%s", office_directory(), name);
    zip_t *archive = zip_open(path, 0, &error);
    assert_non_null(archive);
    zip_source_t *source = zip_source_buffer(archive, bytes->bytes, bytes->length, 0);
    assert_non_null(source);
    assert_true(zip_file_replace(archive, (zip_uint64_t)zip_name_locate(archive, part, 0), source, 0) == 0);
    assert_int_equal(zip_close(archive), 0);
}

/* One change, and what the allocation then gives. */
struct setting {
    const char *party;
    int year;
    int64_t population;
    char name[32];
    struct tl_product_year computed;
};

static void compute(struct setting *setting, struct books *of)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year *year = &setting->computed;
    *year = (struct tl_product_year)TL_PRODUCT_YEAR_EMPTY;
    assert_ok(tl_product_year_load(year, of->store, "os2demo", setting->year, 0, &err), &err);
    struct tl_date on = tl_date_of(setting->year - 1, 1, 1);
    for (size_t i = 0; i < year->roster.count; i++) {
        struct tl_member *member = &year->roster.members[i];
        if (strcmp(member->code, setting->party) != 0)
            continue;
        for (size_t at = 0; at < member->figure_count; at++)
            if (tl_date_compare(member->figures[at].holds_on, on) == 0)
                ((struct tl_figure *)(uintptr_t)&member->figures[at])->value = tl_ratio_of(setting->population, 1);
    }
    assert_ok(tl_product_year_allocate(year, &err), &err);
}

static int64_t figure_of(struct books *of, const char *party, int year)
{
    const char *sql =
        tl_arena_format(&of->arena,
                        "SELECT numerator FROM figure WHERE party_code = '%s' AND measure = 'population' AND "
                        "holds_on = '%d-01-01'",
                        party, year - 1);
    return books_ask(of, sql);
}

/* The row that begins with a text, from a row on. */
static size_t find_row(const char *name, const char *sheet, size_t from, size_t column, const char *text)
{
    for (size_t row = from; row < from + 400; row++)
        if (strcmp(office_cell(name, sheet, row, column), text) == 0)
            return row;
    fail_msg("%s, %s: no '%s' from row %zu on", name, sheet, text, from);
    return 0;
}

/* Everybody's share of each budgeted line, and the member's own amounts. */
static size_t compare(const struct setting *setting)
{
    size_t compared = 0, row = 0, card = 0;
    for (size_t i = 0; i < setting->computed.allocation.line_count; i++) {
        const struct tl_line_result *line = &setting->computed.allocation.lines[i];
        card = find_row(setting->name, "Beregning", card + 1, 0, "Beløb ekskl. moms");
        assert_same_int(office_minor(setting->name, "Beregning", card, 1),
                        tl_line_result_share(line, setting->party)->amount.minor);
        compared++;
        if (!line->line->has_budget)
            continue;
        row = find_row(setting->name, "Fordeling", row + 1, 0, "Kode");
        for (size_t at = 0; at < line->share_count; at++) {
            assert_string_equal(office_cell(setting->name, "Fordeling", row + 1 + at, 0),
                                line->shares[at].member->code);
            assert_same_int(office_minor(setting->name, "Fordeling", row + 1 + at, 14), line->shares[at].amount.minor);
            compared++;
        }
    }
    return compared;
}

/* The ledger and the workbooks of all tests, which LibreOffice opens at one go. */
static struct books books;
static struct setting settings[SETTINGS];

static void save_setting(struct setting *setting)
{
    char from[24], to[24];
    compute(setting, &books);
    struct tl_buf workbook = print(&books, setting->party, setting->year);
    office_save(setting->name, &workbook);
    struct tl_buf part = office_part(setting->name, "xl/worksheets/sheet3.xml");
    snprintf(from, sizeof from, "%lld", (long long)figure_of(&books, setting->party, setting->year));
    snprintf(to, sizeof to, "%lld", (long long)setting->population);
    assert_int_equal(change(&part, from, to), 5); /* the figure of each line */
    save_changed(setting->name, &workbook, "xl/worksheets/sheet3.xml", &part);
    tl_buf_release(&part);
    tl_buf_release(&workbook);
}

static int set_up(void **state)
{
    static const int64_t edges[] = {24999, 25000, 60000, 60001, 119999, 120000, 1};
    const char *names[SETTINGS + 3] = {NULL};
    struct check_random random = {20261121};
    (void)state;
    begin(&books);
    for (size_t i = 0; i < SETTINGS; i++) {
        struct setting *setting = &settings[i];
        setting->party = members[check_random_between(&random, 0, MEMBERS - 1)];
        setting->year = i % 2 == 0 ? 2027 : 2026;
        setting->population = i < 7 ? edges[i] : check_random_between(&random, 1, 700000);
        snprintf(setting->name, sizeof setting->name, "live-%zu.xlsx", i);
        names[i] = setting->name;
        save_setting(setting);
    }
    static const char *const others[][2] = {{"same.xlsx", "0751"}, {"import.xlsx", "0461"}};
    for (size_t i = 0; i < 2; i++) {
        struct tl_buf workbook = print(&books, others[i][1], 2027);
        office_save(others[i][0], &workbook);
        tl_buf_release(&workbook);
        names[SETTINGS + i] = others[i][0];
    }
    office_recalculate(names);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < SETTINGS; i++)
        tl_product_year_release(&settings[i].computed);
    books_end(&books);
    return 0;
}

static void a_changed_population_gives_the_amounts_of_the_allocation(void **state)
{
    (void)state;
    size_t compared = 0;
    for (size_t i = 0; i < SETTINGS; i++)
        compared += compare(&settings[i]);
    assert_int_equal(compared, SETTINGS * (5 + 4 * MEMBERS));
}

/* What the formulas store is what LibreOffice computes, so that a viewer that does not compute shows the same. */
static void an_unchanged_workbook_says_as_booked_everywhere(void **state)
{
    (void)state;
    for (size_t line = 0, row = 0; line < 4; line++) {
        row = find_row("same.xlsx", "Fordeling", row + 1, 0, "Kode");
        for (size_t i = 1; i <= MEMBERS; i++)
            assert_string_equal(office_cell("same.xlsx", "Fordeling", row + i, 16), "som bogført");
        assert_string_equal(office_cell("same.xlsx", "Fordeling", row + MEMBERS + 1, 16), "fordelt");
    }
    /* something was carried from the first year into the second */
    assert_true(books_ask(&books, "SELECT count(*) FROM run_line WHERE run_id = 2 AND carried_in <> '0'") > 0);
}

static void the_import_sheet_read_by_libreoffice_is_the_ledgers_lines(void **state)
{
    (void)state;
    static const char *const lines[] = {"maintenance", "development", "pot", "heads", "classes"};
    static const char *const columns[] = {"net_minor", "vat_minor", "net_minor + vat_minor"};
    static const size_t places[] = {16, 19, 20};
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(office_cell("import.xlsx", "Import", i + 1, 12), lines[i]);
        for (size_t at = 0; at < 3; at++)
            assert_same_int(office_minor("import.xlsx", "Import", i + 1, places[at]),
                            books_ask(&books, tl_arena_format(&books.arena,
                                                              "SELECT %s FROM run_line WHERE run_id = 2 AND party_code "
                                                              "= '0461' AND line_id = '%s'",
                                                              columns[at], lines[i])));
        const char *entry = tl_arena_format(&books.arena, "SELECT entry_id * 100 FROM invoice WHERE number = '%s'",
                                            office_cell("import.xlsx", "Import", i + 1, 27));
        assert_same_int(office_minor("import.xlsx", "Import", i + 1, 0), books_ask(&books, entry));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_changed_population_gives_the_amounts_of_the_allocation),
        cmocka_unit_test(an_unchanged_workbook_says_as_booked_everywhere),
        cmocka_unit_test(the_import_sheet_read_by_libreoffice_is_the_ledgers_lines),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
