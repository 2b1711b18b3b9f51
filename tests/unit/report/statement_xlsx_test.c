/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "office.h"
#include "statements.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/statement_xlsx.h"
#include "tilslut/report/workbook.h"

#define ACCOUNT_PART "xl/worksheets/sheet2.xml"
#define WORKING_PART "xl/worksheets/sheet3.xml"

static struct tl_buf print(const struct tl_statement *statement)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_ok(tl_statement_xlsx(&out, statement, &err), &err);
    return out;
}

static void save(const struct tl_statement *statement, const char *name)
{
    struct tl_buf out = print(statement);
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

static void refused(const struct tl_statement *statement, tl_status status, const char *message)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_refused(tl_statement_xlsx(&out, statement, &err), status, &err, message, NULL);
    assert_int_equal(out.length, 0);
    tl_buf_release(&out);
}

static void statement_is_the_same_bytes_whatever_the_clock_and_zone(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    setenv("TZ", "America/New_York", 1);
    tzset();
    struct tl_buf first = print(&sample.statement);
    setenv("TZ", "Asia/Tokyo", 1);
    tzset();
    const struct timespec longer_than_a_second = {1, 100000000};
    nanosleep(&longer_than_a_second, NULL);
    struct tl_buf second = print(&sample.statement);
    unsetenv("TZ");
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    sample.statement.issue.version++;
    struct tl_buf other = print(&sample.statement);
    assert_false(other.length == first.length && memcmp(other.bytes, first.bytes, first.length) == 0);
    tl_buf_release(&first);
    tl_buf_release(&second);
    tl_buf_release(&other);
}

static void statement_carries_its_properties_and_pages(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    save(&sample.statement, "statement.xlsx");
    part_contains("statement.xlsx", "docProps/core.xml", "<dc:title>Kontoudtog 2026 for Aarhus Kommune</dc:title>");
    part_contains("statement.xlsx", "docProps/core.xml", "<dc:subject>KU-0751-2026, version 2</dc:subject>");
    part_contains("statement.xlsx", "docProps/core.xml",
                  "<dc:creator>OS2 - Offentligt digitaliseringsfællesskab</dc:creator>");
    part_contains("statement.xlsx", "docProps/core.xml", "2026-12-31T12:00:00Z</dcterms:created>");
    part_contains("statement.xlsx", "docProps/custom.xml", "name=\"Language\"><vt:lpwstr>da-DK</vt:lpwstr>");
    part_contains("statement.xlsx", "xl/workbook.xml",
                  "<sheet name=\"Oversigt\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Kontoudtog\" sheetId=\"2\" "
                  "r:id=\"rId2\"/><sheet name=\"Beregning\" sheetId=\"3\" r:id=\"rId3\"/><sheet name=\"Import\" "
                  "sheetId=\"4\" r:id=\"rId4\"/><sheet name=\"Kontrol\" sheetId=\"5\" r:id=\"rId5\"/>");
    part_contains("statement.xlsx", "xl/workbook.xml", "<definedName name=\"Ultimosaldo\">'Kontoudtog'!$L$19<");
    part_contains("statement.xlsx", "xl/workbook.xml",
                  "<definedName name=\"_xlnm.Print_Titles\" localSheetId=\"1\">Kontoudtog!$9:$9<");
    part_contains("statement.xlsx", ACCOUNT_PART,
                  "<pageSetup paperSize=\"9\" fitToHeight=\"0\" "
                  "orientation=\"landscape\"/>");
    part_contains("statement.xlsx", ACCOUNT_PART, "ySplit=\"9\"");
    part_contains("statement.xlsx", ACCOUNT_PART, "KU-0751-2026, version 2&amp;C");
    part_contains("statement.xlsx", "xl/tables/table1.xml", "displayName=\"Linjer\" ref=\"A1:AD6\"");
    part_contains("statement.xlsx", "xl/tables/table1.xml",
                  "<tableColumn id=\"17\" name=\"Netto\"/><tableColumn id=\"18\" name=\"Momskode\"/>");
}

static void every_formula_stores_the_ledgers_amount(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    save(&sample.statement, "statement.xlsx");
    part_contains("statement.xlsx", ACCOUNT_PART, "<f>ROUND(SUM(J10:J17),2)</f><v>516687.95</v>");
    part_contains("statement.xlsx", ACCOUNT_PART, "<f>ROUND(L10+J18-K18,2)</f><v>187253.64</v>");
    part_contains("statement.xlsx", ACCOUNT_PART, "<f>ROUND(L16+J17-K17,2)</f><v>187253.64</v>");
    part_contains("statement.xlsx", WORKING_PART, "<f>B13*(1+B14)</f><v>56680</v>");
}

static void says(const char *name, const char *sheet, size_t row, size_t column, const char *expected)
{
    assert_string_equal(office_cell(name, sheet, row, column), expected);
}

/* A workbook whose formula stores a wrong result: who shows 4 has computed it. */
static void save_control(void)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_workbook *workbook;
    struct tl_buf out = TL_BUF_EMPTY;
    const struct tl_workbook_about about = {
        .title = "", .subject = "", .author = "", .language = "da-DK", .created = tl_date_of(2026, 1, 1)};
    const struct tl_sheet_setup setup = {.name = "Ark"};
    assert_ok(tl_workbook_new(&workbook, &about, &err), &err);
    tl_sheet_money_formula(tl_workbook_sheet(workbook, &setup), 0, 0, TL_LOOK_PLAIN, (struct tl_money){9900}, "=2+2");
    assert_ok(tl_workbook_finish(&out, workbook, &err), &err);
    tl_workbook_free(workbook);
    office_save("control.xlsx", &out);
    tl_buf_release(&out);
}

enum { OPENING = 9, FIRST = 10 };
enum { NET = 7, VAT, CHARGED, PAID, BALANCE };

static void check_account_sheet(const char *name, const struct tl_statement *statement)
{
    size_t totals = FIRST + statement->row_count;
    int64_t net = 0, balance = statement->opening.minor;
    assert_same_int(office_minor(name, "Kontoudtog", OPENING, BALANCE), balance);
    for (size_t i = 0; i < statement->row_count; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        balance += row->gross.minor;
        net += row->kind == TL_ROW_PAYMENT ? 0 : row->net.minor;
        assert_same_int(office_minor(name, "Kontoudtog", FIRST + i, BALANCE), balance);
        if (row->kind != TL_ROW_PAYMENT)
            assert_same_int(office_minor(name, "Kontoudtog", FIRST + i, CHARGED), row->gross.minor);
    }
    assert_same_int(office_minor(name, "Kontoudtog", totals, NET), net);
    assert_same_int(office_minor(name, "Kontoudtog", totals, VAT), statement->charges.minor - net);
    assert_same_int(office_minor(name, "Kontoudtog", totals, CHARGED), statement->charges.minor);
    assert_same_int(office_minor(name, "Kontoudtog", totals, PAID), -statement->payments.minor);
    assert_same_int(office_minor(name, "Kontoudtog", totals + 1, BALANCE), statement->closing.minor);
    const int64_t summary[] = {statement->opening.minor, statement->charges.minor, -statement->payments.minor,
                               statement->closing.minor};
    for (size_t i = 0; i < 4; i++)
        assert_same_int(office_minor(name, "Kontoudtog", 3 + i, BALANCE), summary[i]);
    for (size_t i = 0; i < 3; i++)
        says(name, "Kontoudtog", totals + 5 + i, NET, "Stemmer");
    assert_same_int(office_minor(name, "Beregning", 4, 1), net);
    assert_same_int(office_minor(name, "Beregning", 5, 1), statement->charges.minor);
}

/* Every card's exact amount and net, found by their labels. */
static void check_working_sheet(const char *name, const struct tl_statement *statement)
{
    size_t row = 7;
    for (size_t i = 0; i < statement->row_count; i++) {
        if (statement->rows[i].kind == TL_ROW_PAYMENT)
            continue;
        while (strcmp(office_cell(name, "Beregning", row, 0), "Beløb ekskl. moms") != 0)
            assert_true(++row < 200);
        assert_same_int(office_minor(name, "Beregning", row, 1), statement->rows[i].net.minor);
        says(name, "Beregning", row, 2, "som bogført");
        assert_same_int(office_minor(name, "Beregning", row + 2, 1), statement->rows[i].gross.minor);
        row++;
    }
}

static void recalculated_in_libreoffice_the_totals_are_the_ledgers(void **state)
{
    (void)state;
    struct sample_statement sample, large;
    sample_statement_init(&sample);
    sample_statement_init(&large);
    /* the largest amounts that a ledger holds, where a double has no digit to spare */
    large.statement.opening.minor = INT64_C(-400000000000001);
    large.rows[4].net.minor = large.rows[4].gross.minor = INT64_C(777777777777777);
    large.rows[4].price.minor = INT64_C(777777777777777);
    large.rows[4].exact = "777777777777777";
    sample_statement_foot(&large.statement);
    save(&sample.statement, "sample.xlsx");
    save(&large.statement, "large.xlsx");
    save_control();
    office_recalculate((const char *const[]){"sample.xlsx", "large.xlsx", "control.xlsx", NULL});
    assert_same_int(office_minor("control.xlsx", "Ark", 0, 0), 400);
    check_account_sheet("sample.xlsx", &sample.statement);
    check_working_sheet("sample.xlsx", &sample.statement);
    check_account_sheet("large.xlsx", &large.statement);
    check_working_sheet("large.xlsx", &large.statement);

    static const char *const titles =
        "Bilagsnummer|Bilagsdato|Art|CVR|EAN|Ordrereference|Personreference|Produktkode|Produkt|PSP-element|Konto|"
        "Kontostreng|Linje|Tekst|Periode fra|Periode til|Netto|Momskode|Momssats|Moms|Brutto|Valuta|Forfaldsdato|"
        "Betalings-ID|Kreditor-CVR|Kontoudtog|Version|Fakturanummer|Medlemskode|Formål|";
    static const char *const line =
        "12|01/15/2026|Opkrævning|55133018|5798005770220|4500123456|AZ12345|os2valghalla|OS2valghalla|"
        "XG-9212045260-00002|00002|0751-6520-00002-22-9|maintenance|Opkrævning 2026, OS2valghalla: Vederlag|"
        "01/01/2026|12/31/2026|56680|O|0%|0|56680|DKK|02/14/"
        "2026|2026-0751-000012|41849983|KU-0751-2026|2|2026-0012|0751|Vedligehold|";
    char head[1024] = "", first[1024] = "";
    for (size_t i = 0; i < 30; i++) {
        strcat(strcat(head, office_cell("sample.xlsx", "Import", 0, i)), "|");
        strcat(strcat(first, office_cell("sample.xlsx", "Import", 1, i)), "|");
    }
    assert_string_equal(head, titles);
    assert_string_equal(first, line);
}

static void statement_without_movements_is_whole(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.statement.row_count = 0;
    sample.statement.issue.head_entry = 0;
    sample_statement_foot(&sample.statement);
    save(&sample.statement, "empty.xlsx");
    part_contains("empty.xlsx", ACCOUNT_PART, "<f>ROUND(L10+J11-K11,2)</f><v>-1250.5</v>");
    part_contains("empty.xlsx", "xl/sharedStrings.xml", "Der er ikke opkrævet noget i perioden.");
    part_contains("empty.xlsx", "xl/sharedStrings.xml", "Kontobogen havde ingen poster");
}

static void period_that_is_no_year_is_in_the_title(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.statement.period.last = tl_date_of(2026, 6, 30);
    save(&sample.statement, "half.xlsx");
    part_contains("half.xlsx", "docProps/core.xml", "Kontoudtog 1. halvår 2026 for Aarhus Kommune");
}

static void name_like_a_formula_stays_a_name(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.rows[3].text = "=HYPERLINK(\"http://example.org\")";
    save(&sample.statement, "formula.xlsx");
    part_contains("formula.xlsx", "xl/sharedStrings.xml", "<t>=HYPERLINK(\"http://example.org\")</t>");
}

static void statement_that_does_not_foot_is_refused(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.statement.closing.minor--;
    refused(&sample.statement, TL_ERR_BROKEN,
            "the statement does not foot: the closing balance is 187.253,63, but its parts make 187.253,64");
}

static void statement_without_a_date_of_issue_is_refused(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.statement.issue.date = (struct tl_date){0};
    refused(&sample.statement, TL_ERR_INPUT, "a workbook needs a date of creation");
}

static void control_character_is_refused_with_its_cell(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.rows[3].text = "Ind\abetaling";
    refused(&sample.statement, TL_ERR_INPUT,
            "'Ind\\x07betaling' (Kontoudtog!E14) has a control character, which a workbook cannot hold");
    sample_statement_init(&sample);
    sample.rows[0].order_reference = "45\xE6";
    refused(&sample.statement, TL_ERR_INPUT, "'45\\xe6' (Import!F2) is not valid UTF-8");
}

static void stored_fraction_that_is_none_is_refused(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.rows[1].share = "18 %";
    refused(&sample.statement, TL_ERR_INPUT, "'18 %' is not a stored fraction");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(statement_is_the_same_bytes_whatever_the_clock_and_zone),
        cmocka_unit_test(statement_carries_its_properties_and_pages),
        cmocka_unit_test(every_formula_stores_the_ledgers_amount),
        cmocka_unit_test(recalculated_in_libreoffice_the_totals_are_the_ledgers),
        cmocka_unit_test(statement_without_movements_is_whole),
        cmocka_unit_test(period_that_is_no_year_is_in_the_title),
        cmocka_unit_test(name_like_a_formula_stays_a_name),
        cmocka_unit_test(statement_that_does_not_foot_is_refused),
        cmocka_unit_test(statement_without_a_date_of_issue_is_refused),
        cmocka_unit_test(control_character_is_refused_with_its_cell),
        cmocka_unit_test(stored_fraction_that_is_none_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
