/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "tilslut/report/table.h"

static const struct tl_column every_kind[] = {
    {"member", "Member", TL_COLUMN_CODE},   {"name", "Name", TL_COLUMN_TEXT},
    {"figure", "Figure", TL_COLUMN_RATIO},  {"markup", "Markup", TL_COLUMN_PERCENT},
    {"from", "From", TL_COLUMN_DATE},       {"lines", "Lines", TL_COLUMN_INTEGER},
    {"share", "Share", TL_COLUMN_FRACTION}, {"amount", "Annual contribution", TL_COLUMN_MONEY},
};
enum { KINDS = sizeof every_kind / sizeof *every_kind };

static void fill(struct tl_table *table)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_table_init(table, every_kind, KINDS, &err), &err);
    const struct tl_cell aarhus[] = {tl_cell_code("0751"),
                                     tl_cell_text("Aarhus"),
                                     tl_cell_ratio(tl_ratio_of(377586, 1)),
                                     tl_cell_percent(tl_ratio_of(9, 100)),
                                     tl_cell_date(tl_date_of(2026, 1, 1)),
                                     tl_cell_integer(-2),
                                     tl_cell_fraction("-1/3"),
                                     tl_cell_money((struct tl_money){5668000})};
    assert_ok(tl_table_add(table, aarhus, &err), &err);
    const struct tl_cell region[] = {tl_cell_code("1084"),
                                     tl_cell_text("Øresund \"Ærø\", Å"),
                                     tl_cell_missing(),
                                     tl_cell_percent(tl_ratio_of(1, 3)),
                                     tl_cell_date((struct tl_date){0}),
                                     tl_cell_integer(10),
                                     tl_cell_fraction(NULL),
                                     tl_cell_money((struct tl_money){-5})};
    assert_ok(tl_table_add(table, region, &err), &err);
    struct tl_cell totals[KINDS] = {tl_cell_code("Total")};
    totals[KINDS - 1] = tl_cell_money((struct tl_money){5667995});
    assert_ok(tl_table_set_totals(table, totals, &err), &err);
}

static void prints(const struct tl_table *table, tl_table_form form, const char *expected)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_ok(tl_table_print(&out, table, form, &err), &err);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
}

static void text_aligns_money_right_under_titles_broken_at_spaces(void **state)
{
    (void)state;
    struct tl_table table;
    fill(&table);
    prints(&table, TL_TABLE_TEXT,
           "                                                                           Annual\n"
           "Member  Name               Figure  Markup  From        Lines  Share  contribution\n"
           "──────  ────────────────  ───────  ──────  ──────────  ─────  ─────  ────────────\n"
           "0751    Aarhus            377.586     9 %  2026-01-01     -2  -1/3      56.680,00\n"
           "1084    Øresund \"Ærø\", Å        -     1/3  -              10  -             -0,05\n"
           "──────  ────────────────  ───────  ──────  ──────────  ─────  ─────  ────────────\n"
           "Total                                                                   56.679,95\n");
    tl_table_release(&table);
}

static void bold_text_differs_only_in_titles_and_totals(void **state)
{
    (void)state;
    static const struct tl_column columns[] = {{"code", "Code", TL_COLUMN_CODE}, {"sum", "Sum", TL_COLUMN_MONEY}};
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    assert_ok(tl_table_init(&table, columns, 2, &err), &err);
    const struct tl_cell row[] = {tl_cell_code("a"), tl_cell_money((struct tl_money){100})};
    assert_ok(tl_table_add(&table, row, &err), &err);
    assert_ok(tl_table_set_totals(&table, row, &err), &err);
    prints(&table, TL_TABLE_TEXT_BOLD,
           "\033[1mCode   Sum\033[0m\n"
           "────  ────\n"
           "a     1,00\n"
           "────  ────\n"
           "\033[1ma     1,00\033[0m\n");
    tl_table_release(&table);
}

static void csv_keeps_machine_forms_and_leaves_out_totals(void **state)
{
    (void)state;
    struct tl_table table;
    fill(&table);
    prints(&table, TL_TABLE_CSV,
           "member,name,figure,markup,from,lines,share,amount\n"
           "0751,Aarhus,377586,0.09,2026-01-01,-2,-1/3,56680.00\n"
           "1084,\"Øresund \"\"Ærø\"\", Å\",,1/3,,10,,-0.05\n");
    tl_table_release(&table);
}

static void json_gives_numbers_and_null(void **state)
{
    (void)state;
    struct tl_table table;
    fill(&table);
    prints(&table, TL_TABLE_JSON,
           "[\n"
           "  {\"member\": \"0751\", \"name\": \"Aarhus\", \"figure\": 377586, \"markup\": 0.09, "
           "\"from\": \"2026-01-01\", \"lines\": -2, \"share\": \"-1/3\", \"amount\": 56680.00},\n"
           "  {\"member\": \"1084\", \"name\": \"Øresund \\\"Ærø\\\", Å\", \"figure\": null, \"markup\": \"1/3\", "
           "\"from\": null, \"lines\": 10, \"share\": null, \"amount\": -0.05}\n"
           "]\n");
    tl_table_release(&table);
}

/* A table of one column with these texts. */
static void fill_texts(struct tl_table *table, const char *const *texts)
{
    static const struct tl_column columns[] = {{"text", "Text", TL_COLUMN_TEXT}};
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_table_init(table, columns, 1, &err), &err);
    for (; *texts != NULL; texts++) {
        const struct tl_cell cell = tl_cell_text(*texts);
        assert_ok(tl_table_add(table, &cell, &err), &err);
    }
}

static void table_without_rows_is_whole_in_every_form(void **state)
{
    (void)state;
    struct tl_table table;
    fill_texts(&table, (const char *const[]){NULL});
    prints(&table, TL_TABLE_TEXT, "Text\n────\n");
    prints(&table, TL_TABLE_CSV, "text\n");
    prints(&table, TL_TABLE_JSON, "[]\n");
    tl_table_release(&table);
}

static void csv_takes_the_formula_out_of_a_text(void **state)
{
    (void)state;
    struct tl_table table;
    fill_texts(&table, (const char *const[]){"=1+1", "+45", "-x,\"y\"", "@SUM", "\tx", "\rx", "\nx", "a=1", "", NULL});
    prints(&table, TL_TABLE_CSV,
           "text\n"
           "\"'=1+1\"\n"
           "\"'+45\"\n"
           "\"'-x,\"\"y\"\"\"\n"
           "\"'@SUM\"\n"
           "\"'\tx\"\n"
           "\"'\rx\"\n"
           "\"'\nx\"\n"
           "a=1\n"
           "\n");
    tl_table_release(&table);
}

static void json_escapes_control_characters(void **state)
{
    (void)state;
    struct tl_table table;
    fill_texts(&table, (const char *const[]){"a\001\b\n\r\t\033\177\\\"/å", NULL});
    prints(&table, TL_TABLE_JSON, "[\n  {\"text\": \"a\\u0001\\u0008\\n\\u000d\\u0009\\u001b\\u007f\\\\\\\"/å\"}\n]\n");
    tl_table_release(&table);
}

static void text_shows_what_could_move_the_cursor(void **state)
{
    (void)state;
    struct tl_table table;
    fill_texts(&table, (const char *const[]){"a\033[2J", "b\nc",
                                             "d\xE2\x80\xAE"
                                             "e",
                                             NULL});
    prints(&table, TL_TABLE_TEXT, "Text\n────────\na\\x1b[2J\nb\\x0ac\nd\\u202ee\n");
    tl_table_release(&table);
}

static void widths_count_what_is_seen(void **state)
{
    (void)state;
    static const struct tl_column columns[] = {{"text", "T", TL_COLUMN_TEXT}, {"sum", "S", TL_COLUMN_INTEGER}};
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table;
    assert_ok(tl_table_init(&table, columns, 2, &err), &err);
    /* a combining ring takes no column, a Chinese character two */
    const char *const texts[] = {"aaaa", "Å", "A\xCC\x8A", "漢字"};
    for (int i = 0; i < 4; i++) {
        const struct tl_cell row[] = {tl_cell_text(texts[i]), tl_cell_integer(i)};
        assert_ok(tl_table_add(&table, row, &err), &err);
    }
    prints(&table, TL_TABLE_TEXT,
           "T     S\n"
           "────  ─\n"
           "aaaa  0\n"
           "Å     1\n"
           "A\xCC\x8A     2\n"
           "漢字  3\n");
    tl_table_release(&table);
}

static void text_that_is_no_utf8_is_refused_with_its_place(void **state)
{
    (void)state;
    struct tl_table table;
    struct tl_err err = TL_ERR_NONE;
    fill_texts(&table, (const char *const[]){"Ærø", NULL});
    const struct tl_cell latin1 = tl_cell_text("\xC6r\xF8");
    assert_refused(tl_table_add(&table, &latin1, &err), TL_ERR_INPUT, &err,
                   "the text of column 'text' in row 2 is not valid UTF-8", NULL);
    tl_table_release(&table);
    const struct tl_column bad[] = {{"a", "A", TL_COLUMN_TEXT}, {"b", "\xFF", TL_COLUMN_TEXT}};
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_table_init(&table, bad, 2, &err), TL_ERR_INPUT, &err, "the title of column 2 is not valid UTF-8",
                   NULL);
    tl_table_release(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_aligns_money_right_under_titles_broken_at_spaces),
        cmocka_unit_test(bold_text_differs_only_in_titles_and_totals),
        cmocka_unit_test(csv_keeps_machine_forms_and_leaves_out_totals),
        cmocka_unit_test(json_gives_numbers_and_null),
        cmocka_unit_test(table_without_rows_is_whole_in_every_form),
        cmocka_unit_test(csv_takes_the_formula_out_of_a_text),
        cmocka_unit_test(json_escapes_control_characters),
        cmocka_unit_test(text_shows_what_could_move_the_cursor),
        cmocka_unit_test(widths_count_what_is_seen),
        cmocka_unit_test(text_that_is_no_utf8_is_refused_with_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
