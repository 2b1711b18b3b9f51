/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <dirent.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "office.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"

static const struct tl_workbook_about about = {
    .title = "Prøve", .subject = "en prøve", .author = "OS2", .language = "da-DK", .created = {20260131}};
static const double widths[] = {20, 20};
static const struct tl_sheet_setup setup = {.name = "Ark", .widths = widths, .width_count = 2};

static struct tl_workbook *new_workbook(struct tl_sheet **sheet)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook *workbook;
    assert_ok(tl_workbook_new(&workbook, &about, &err), &err);
    *sheet = tl_workbook_sheet(workbook, &setup);
    return workbook;
}

/* Finishes and saves it. */
static void save(struct tl_workbook *workbook, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_ok(tl_workbook_finish(&out, workbook, &err), &err);
    tl_workbook_free(workbook);
    office_save(name, &out);
    tl_buf_release(&out);
}

static void part_contains(const char *name, const char *part, const char *expected)
{
    struct tl_buf text = office_part(name, part);
    if (strstr(tl_buf_string(&text), expected) == NULL)
        fail_msg("%s lacks %s:\n%s", part, expected, tl_buf_string(&text));
    tl_buf_release(&text);
}

static void refused(struct tl_workbook *workbook, tl_status status, const char *message)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_refused(tl_workbook_finish(&out, workbook, &err), status, &err, message, NULL);
    assert_int_equal(out.length, 0);
    tl_workbook_free(workbook);
}

static void text_that_looks_like_a_formula_stays_text(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    const char *const texts[] = {"=1+1", "+45 12", "-x", "@SUM(A1)", "{=A1}", "http://example.org", "12"};
    for (size_t i = 0; i < 7; i++)
        tl_sheet_text(sheet, i, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, texts[i]);
    save(workbook, "text.xlsx");
    struct tl_buf cells = office_part("text.xlsx", "xl/worksheets/sheet1.xml");
    assert_null(strstr(tl_buf_string(&cells), "<f>"));
    assert_null(strstr(tl_buf_string(&cells), "<hyperlink"));
    assert_non_null(strstr(tl_buf_string(&cells), "<c r=\"A7\" s=\"1\" t=\"s\"><v>6</v></c>"));
    tl_buf_release(&cells);
    part_contains("text.xlsx", "xl/sharedStrings.xml", "<si><t>=1+1</t></si><si><t>+45 12</t></si>");
}

static void text_that_looks_like_an_escape_is_escaped(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "a_x0041_b _x41_ _x");
    save(workbook, "escape.xlsx");
    part_contains("escape.xlsx", "xl/sharedStrings.xml", "<t>a_x005F_x0041_b _x41_ _x</t>");
}

static void every_amount_survives_as_a_double(void **state)
{
    (void)state;
    struct check_random random = {2026};
    for (int i = 0; i < 200000; i++) {
        int64_t bound = i % 2 == 0 ? TL_MONEY_MAX_MINOR : 100000000;
        int64_t minor = check_random_between(&random, -bound, bound);
        char text[40];
        /* what libxlsxwriter prints, and what a reader makes of it */
        snprintf(text, sizeof text, "%.16G", (double)minor / 100.0);
        assert_true(strtod(text, NULL) == (double)minor / 100.0);
        assert_same_int(llround(strtod(text, NULL) * 100.0), minor);
    }
}

static void largest_amounts_are_in_the_file_to_the_oere(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_money(sheet, 0, 0, TL_LOOK_PLAIN, (struct tl_money){TL_MONEY_MAX_MINOR});
    tl_sheet_money(sheet, 1, 0, TL_LOOK_PLAIN, (struct tl_money){-TL_MONEY_MAX_MINOR});
    tl_sheet_money(sheet, 2, 0, TL_LOOK_PLAIN, (struct tl_money){1});
    save(workbook, "large.xlsx");
    part_contains("large.xlsx", "xl/worksheets/sheet1.xml", "<v>9999999999999.99</v>");
    part_contains("large.xlsx", "xl/worksheets/sheet1.xml", "<v>-9999999999999.99</v>");
    part_contains("large.xlsx", "xl/worksheets/sheet1.xml", "<v>0.01</v>");
}

static void texts_that_a_workbook_cannot_hold_are_refused_with_their_cell(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 3, 1, TL_LOOK_PLAIN, TL_FORM_TEXT, "Aar\033hus");
    tl_sheet_text(sheet, 4, 1, TL_LOOK_PLAIN, TL_FORM_TEXT, "\xFF");
    refused(workbook, TL_ERR_INPUT, "'Aar\\x1bhus' (Ark!B4) has a control character, which a workbook cannot hold");
    workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "\xC6r\xF8");
    refused(workbook, TL_ERR_INPUT, "'\\xc6r\\xf8' (Ark!A1) is not valid UTF-8");
    workbook = new_workbook(&sheet);
    tl_workbook_property(workbook, "Nummer", "a\tb");
    refused(workbook, TL_ERR_INPUT, "'a\\x09b' (Nummer) has a control character, which a workbook cannot hold");
    char longest[32770];
    memset(longest, 'x', sizeof longest);
    longest[32768] = '\0';
    workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, longest);
    refused(workbook, TL_ERR_RANGE,
            "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...' (Ark!A1) is longer than the 32767 characters a cell holds");
    workbook = new_workbook(&sheet);
    longest[32767] = '\0';
    tl_sheet_text(sheet, 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, longest);
    save(workbook, "longest.xlsx");
}

static void sheet_beyond_its_last_row_is_refused(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_money(sheet, 1048576, 0, TL_LOOK_PLAIN, (struct tl_money){1});
    refused(workbook, TL_ERR_RANGE, "the sheet 'Ark' is full");
}

static void workbook_without_a_date_is_refused(void **state)
{
    (void)state;
    struct tl_workbook_about undated = about;
    struct tl_workbook *workbook;
    struct tl_err err = TL_ERR_NONE;
    undated.created = (struct tl_date){0};
    assert_refused(tl_workbook_new(&workbook, &undated, &err), TL_ERR_INPUT, &err,
                   "a workbook needs a date of creation", NULL);
    assert_null(workbook);
}

static void workbook_with_an_unwritable_title_is_refused(void **state)
{
    (void)state;
    struct tl_workbook_about broken = about;
    struct tl_workbook *workbook;
    struct tl_err err = TL_ERR_NONE;
    broken.author = "OS2\001";
    assert_refused(tl_workbook_new(&workbook, &broken, &err), TL_ERR_INPUT, &err,
                   "'OS2\\x01' (the author) has a control character, which a workbook cannot hold", NULL);
    assert_null(workbook);
}

static void sheet_with_a_name_that_readers_refuse_is_refused(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook *workbook;
    struct tl_sheet_setup named = setup;
    named.name = "a/b";
    assert_ok(tl_workbook_new(&workbook, &about, &err), &err);
    tl_sheet_text(tl_workbook_sheet(workbook, &named), 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "x");
    refused(workbook, TL_ERR_INPUT, "'a/b' cannot be the name of a sheet");
}

static void header_that_is_too_long_is_refused(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook *workbook;
    char longest[300];
    memset(longest, 'x', sizeof longest);
    longest[299] = '\0';
    struct tl_sheet_setup wordy = setup;
    wordy.header_left = longest;
    assert_ok(tl_workbook_new(&workbook, &about, &err), &err);
    tl_sheet_text(tl_workbook_sheet(workbook, &wordy), 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "x");
    refused(workbook, TL_ERR_RANGE, "the header or footer of 'Ark' is longer than 255 bytes");
}

static void ampersands_of_a_header_are_doubled(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook *workbook;
    struct tl_sheet_setup named = setup;
    named.header_left = "Drift & Co";
    assert_ok(tl_workbook_new(&workbook, &about, &err), &err);
    (void)tl_workbook_sheet(workbook, &named);
    save(workbook, "header.xlsx");
    part_contains("header.xlsx", "xl/worksheets/sheet1.xml", "Drift &amp;&amp; Co");
    part_contains("header.xlsx", "xl/worksheets/sheet1.xml", "Side &amp;P af &amp;N");
}

static void numbers_without_finite_decimals_are_text(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_ratio(sheet, 0, 0, TL_LOOK_PLAIN, tl_ratio_of(2, 3));
    tl_sheet_ratio(sheet, 1, 0, TL_LOOK_PLAIN, tl_ratio_of(9, 5));
    tl_sheet_percent(sheet, 2, 0, TL_LOOK_PLAIN, tl_ratio_of(1, 4));
    tl_sheet_percent(sheet, 3, 0, TL_LOOK_PLAIN, tl_ratio_of(1, 3));
    tl_sheet_ratio(sheet, 4, 0, TL_LOOK_PLAIN, (struct tl_ratio){0, 0});
    save(workbook, "ratio.xlsx");
    part_contains("ratio.xlsx", "xl/sharedStrings.xml", "<si><t>2/3</t></si><si><t>1/3</t></si>");
    part_contains("ratio.xlsx", "xl/worksheets/sheet1.xml", "<v>1.8</v>");
    part_contains("ratio.xlsx", "xl/worksheets/sheet1.xml", "<v>0.25</v>");
}

static void rows_grow_with_the_lines_of_their_texts(void **state)
{
    (void)state;
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_ROW, TL_FORM_TEXT, "kort");
    tl_sheet_text(sheet, 1, 0, TL_LOOK_ROW, TL_FORM_TEXT, "først\nså");
    tl_sheet_text(sheet, 1, 1, TL_LOOK_ROW, TL_FORM_TEXT, "tyve tegn er der plads til, ikke tredive");
    save(workbook, "rows.xlsx");
    part_contains("rows.xlsx", "xl/worksheets/sheet1.xml", "<row r=\"1\" spans=\"1:2\"><c");
    part_contains("rows.xlsx", "xl/worksheets/sheet1.xml", "<row r=\"2\" spans=\"1:2\" ht=\"43\" customHeight=\"1\">");
}

static size_t count_entries(const char *path)
{
    size_t count = 0;
    DIR *directory = opendir(path);
    assert_non_null(directory);
    while (readdir(directory) != NULL)
        count++;
    closedir(directory);
    return count;
}

static void nothing_is_left_behind_whether_it_succeeds_or_not(void **state)
{
    (void)state;
    char path[OFFICE_PATH_SIZE];
    snprintf(path, sizeof path, "%s/tmp", office_directory());
    assert_true(mkdir(path, 0777) == 0 || count_entries(path) == 2);
    assert_int_equal(setenv("TMPDIR", path, 1), 0);
    size_t open_files = count_entries("/proc/self/fd");
    struct tl_sheet *sheet;
    struct tl_workbook *workbook = new_workbook(&sheet);
    tl_sheet_text(sheet, 0, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "\xFF");
    refused(workbook, TL_ERR_INPUT, "'\\xff' (Ark!A1) is not valid UTF-8");
    tl_workbook_free(new_workbook(&sheet));
    save(new_workbook(&sheet), "empty.xlsx");
    assert_int_equal(count_entries(path), 2);
    assert_int_equal(count_entries("/proc/self/fd"), open_files);
    unsetenv("TMPDIR");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_that_looks_like_a_formula_stays_text),
        cmocka_unit_test(text_that_looks_like_an_escape_is_escaped),
        cmocka_unit_test(every_amount_survives_as_a_double),
        cmocka_unit_test(largest_amounts_are_in_the_file_to_the_oere),
        cmocka_unit_test(texts_that_a_workbook_cannot_hold_are_refused_with_their_cell),
        cmocka_unit_test(sheet_beyond_its_last_row_is_refused),
        cmocka_unit_test(workbook_without_a_date_is_refused),
        cmocka_unit_test(workbook_with_an_unwritable_title_is_refused),
        cmocka_unit_test(sheet_with_a_name_that_readers_refuse_is_refused),
        cmocka_unit_test(header_that_is_too_long_is_refused),
        cmocka_unit_test(ampersands_of_a_header_are_doubled),
        cmocka_unit_test(numbers_without_finite_decimals_are_text),
        cmocka_unit_test(rows_grow_with_the_lines_of_their_texts),
        cmocka_unit_test(nothing_is_left_behind_whether_it_succeeds_or_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
