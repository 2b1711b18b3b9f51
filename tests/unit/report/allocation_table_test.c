/* SPDX-License-Identifier: MPL-2.0 */
#include "allocation_fixture.h"
#include "tilslut/report/allocation_table.h"

static void allocation_prints_members_by_lines_with_totals_that_foot(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    assert_ok(tl_allocation_table(&table, &fixture.allocation, &err), &err);
    assert_ok(tl_table_print(&out, &table, TL_TABLE_TEXT, &err), &err);
    assert_string_equal(tl_buf_string(&out),
                        "                                                              Annual        Shared\n"
                        "Member  Name       Class       population  Joining fee  contribution   development     "
                        "Hosting  Connection         Total\n"
                        "──────  ─────────  ──────────  ──────────  ───────────  ────────────  ────────────  "
                        "──────────  ──────────  ────────────\n"
                        "0461    Odense     Meget stor     210.803   350.000,00     56.680,00    362.400,00   "
                        "35.976,22           -    805.056,22\n"
                        "0479    Svendborg  Stor            60.001            -     56.700,00    149.400,00           "
                        "-           -    206.100,00\n"
                        "0751    Aarhus     Meget stor     373.388         0,00     56.680,00    500.000,00   "
                        "63.723,42           -    620.403,42\n"
                        "0825    Læsø       Lille            1.760    35.000,00     29.700,00     67.100,00      "
                        "300,36           -    132.100,36\n"
                        "S001    Styrelsen  Stor                 -   190.000,00     45.780,00    121.100,00           "
                        "-           -    356.880,00\n"
                        "──────  ─────────  ──────────  ──────────  ───────────  ────────────  ────────────  "
                        "──────────  ──────────  ────────────\n"
                        "Total                                       575.000,00    245.540,00  1.200.000,00  "
                        "100.000,00              2.120.540,00\n");
    tl_buf_release(&out);
    tl_table_release(&table);
    allocation_fixture_release(&fixture);
}

static void terms_without_classes_have_no_column_for_them(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    allocation_fixture_init(&fixture);
    fixture.terms.class_count = 0;
    assert_ok(tl_allocation_table(&table, &fixture.allocation, &err), &err);
    assert_int_equal(table.column_count, 8);
    assert_string_equal(table.columns[2].key, "joining");
    tl_table_release(&table);
    allocation_fixture_release(&fixture);
}

static void has_line(const char *text, const char *line)
{
    if (strstr(text, line) == NULL)
        fail_msg("missing: %s\nin:\n%s", line, text);
}

static void long_form_has_the_whole_working_of_every_share(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    assert_ok(tl_allocation_table_long(&table, &fixture.allocation, &err), &err);
    assert_int_equal(table.row_count, 20);
    assert_ok(tl_table_print(&out, &table, TL_TABLE_CSV, &err), &err);
    const char *text = tl_buf_string(&out);
    has_line(text, "product,year,line,line_name,account,member,name,period_from,period_to,time,measure,figure,figure_"
                   "date,figure_source,class,class_reason,price_before_index,price,markup,waived,passive,rebate,budget,"
                   "to_key,agreed,agreed_reason,key,weight,weight_sum,share,published,working,exact_minor,rounding_"
                   "minor,carried_in_minor,carried_out_minor,amount\n");
    has_line(text, "os2valghalla,2026,joining,Joining "
                   "fee,00001,0751,Aarhus,2026-01-01,2026-12-31,1,population,373388,2025-01-01,\"Danmarks Statistik, "
                   "FOLK1A\",Meget stor,,,350000.00,,funded-3.0,,,,,,,,,,,,350000.00 x 0,0,0,,,0.00\n");
    has_line(text, "os2valghalla,2026,maintenance,Annual "
                   "contribution,00002,S001,Styrelsen,2026-01-01,2026-12-31,1,,,,,Stor,staten har ingen "
                   "indbyggere,,42000.00,0.09,,,,,,,,,,,,,42000.00 x 1.09,4578000,0,,,45780.00\n");
    has_line(text, "os2valghalla,2026,hosting,Hosting,00003,0751,Aarhus,2026-01-01,2026-12-31,1,population,373388,2025-"
                   "01-01,\"Danmarks Statistik, "
                   "FOLK1A\",,,,,,,,,100000.00,100000.00,,,population,373388,585951,373388/585951,,100000.00 x "
                   "373388/585951,3733880000000/585951,167242/585951,0,-285419771/1000000000,63723.42\n");
    has_line(text, "os2valghalla,2026,connection,Connection,00001,0461,Odense,2026-01-01,2026-12-31,1,,,,,,,,,,,,,,,,,,"
                   ",,,,,,,,,\n");
    tl_buf_release(&out);
    tl_table_release(&table);
    allocation_fixture_release(&fixture);
}

static void long_form_has_a_row_for_each_piece_of_the_year(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    allocation_fixture_enrich(&fixture);
    assert_ok(tl_allocation_table_long(&table, &fixture.allocation, &err), &err);
    assert_ok(tl_table_print(&out, &table, TL_TABLE_CSV, &err), &err);
    const char *text = tl_buf_string(&out);
    has_line(text, "os2valghalla,2026,maintenance,Annual "
                   "contribution,00002,0751,Aarhus,2026-05-01,2026-12-31,2/3,population,373388,2025-01-01,\"Danmarks "
                   "Statistik, FOLK1A\",Meget stor,,52000.00,55224.00,0.09,,1/3,1000.00,,,,,,,,,,\"(round(52000.00 x "
                   "106.2/100, 1.00) x (1/3) x 1.09 - 1000.00) x 8/12\",3812944/3,-1/3,,,12709.81\n");
    has_line(text, "os2valghalla,2026,development,Shared "
                   "development,00003,0461,Odense,2026-01-01,2026-04-30,1/3,population,210803,2025-01-01,\"Danmarks "
                   "Statistik, FOLK1A\",,,,,,,,,400000.00,356000.00,,,25% equal + 75% "
                   "population,2208031/3729648,1,2208031/3729648,0.59202,1200000.00 x 10% x 4/12 + 356000.00 x "
                   "59.202%,25075912,0,0,0,250759.12\n");
    has_line(text, "os2valghalla,2026,development,Shared "
                   "development,00003,0461,Odense,2026-05-01,2026-12-31,2/3,population,210803,2025-01-01,\"Danmarks "
                   "Statistik, FOLK1A\",,,,,,,,,800000.00,712000.00,,,25% equal + 75% "
                   "population,267819/912256,1,267819/912256,0.29358,1200000.00 x 10% x 8/12 + 712000.00 x "
                   "29.358%,28902896,0,0,0,289028.96\n");
    has_line(text,
             "os2valghalla,2026,development,Shared "
             "development,00003,0825,Læsø,2026-01-01,2026-04-30,1/3,,,,,,,,,,,,,400000.00,356000.00,12000.00,aftalt i "
             "styregruppen,25% equal + 75% population,0,1,0,,12000.00 x 4/12,400000,0,0,0,4000.00\n");
    has_line(text,
             "os2valghalla,2026,development,Shared "
             "development,00003,0825,Læsø,2026-05-01,2026-12-31,2/3,,,,,,,,,,,,,800000.00,712000.00,12000.00,aftalt i "
             "styregruppen,25% equal + 75% population,0,1,0,,12000.00 x 8/12,800000,0,0,0,8000.00\n");
    tl_buf_release(&out);
    tl_table_release(&table);
    allocation_fixture_release(&fixture);
}

static void name_that_is_no_utf8_is_refused(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    allocation_fixture_init(&fixture);
    fixture.members[1].name = "Svendborg\xF8";
    assert_refused(tl_allocation_table(&table, &fixture.allocation, &err), TL_ERR_INPUT, &err,
                   "the text of column 'name' in row 2 is not valid UTF-8", NULL);
    tl_table_release(&table);
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_allocation_table_long(&table, &fixture.allocation, &err), TL_ERR_INPUT, &err,
                   "the text of column 'name' in row 6 is not valid UTF-8", NULL);
    tl_table_release(&table);
    allocation_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(allocation_prints_members_by_lines_with_totals_that_foot),
        cmocka_unit_test(terms_without_classes_have_no_column_for_them),
        cmocka_unit_test(long_form_has_the_whole_working_of_every_share),
        cmocka_unit_test(long_form_has_a_row_for_each_piece_of_the_year),
        cmocka_unit_test(name_that_is_no_utf8_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
