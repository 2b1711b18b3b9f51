/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/csv.h"

struct read {
    struct tl_arena arena;
    struct tl_csv csv;
};

static struct read read_text(const char *text)
{
    struct read read = {.arena = TL_ARENA_EMPTY};
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = sample_text("a.csv", text);
    assert_ok(tl_csv_read(&read.csv, &source, &read.arena, &err), &err);
    return read;
}

static void refused(const char *text, const char *where, const char *message, const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_csv csv;
    struct tl_source source = sample_text("a.csv", text);
    assert_refused(tl_csv_read(&csv, &source, &arena, &err), TL_ERR_INPUT, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_arena_release(&arena);
}

static void assert_field(const struct tl_csv *csv, size_t row, size_t column, const char *text, size_t at_line,
                         size_t at_column)
{
    const struct tl_csv_field *field = tl_csv_at(csv, row, column);
    assert_string_equal(field->text, text);
    assert_int_equal(field->line, at_line);
    assert_int_equal(field->column, at_column);
}

static void a_file_has_a_header_and_rows_with_positions(void **state)
{
    (void)state;
    struct read read = read_text("code,name\n0101,København\n0751,Aarhus\n");
    assert_int_equal(read.csv.separator, ',');
    assert_int_equal(read.csv.column_count, 2);
    assert_int_equal(read.csv.row_count, 2);
    assert_string_equal(read.csv.header[1].text, "name");
    assert_field(&read.csv, 0, 1, "København", 2, 6);
    assert_field(&read.csv, 1, 0, "0751", 3, 1);
    tl_arena_release(&read.arena);
}

static void columns_count_characters(void **state)
{
    (void)state;
    struct read read = read_text("a;b;c\næøå;€;x");
    assert_field(&read.csv, 0, 1, "€", 2, 5);
    assert_field(&read.csv, 0, 2, "x", 2, 7);
    tl_arena_release(&read.arena);
}

static void every_end_of_line_and_of_file_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "a,b\n1,2",       "a,b\n1,2\n",           "a,b\r\n1,2",       "a,b\r\n1,2\r\n",
        "a,b\n1,2\n\n\n", "a,b\r\n1,2\r\n\r\n\n", "\"a\",b\n1,\"2\"", "\"a\",b\r\n1,\"2\"\r\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct read read = read_text(texts[i]);
        assert_int_equal(read.csv.row_count, 1);
        assert_field(&read.csv, 0, 0, "1", 2, 1);
        assert_field(&read.csv, 0, 1, "2", 2, 3);
        tl_arena_release(&read.arena);
    }
}

static void a_quoted_field_holds_anything(void **state)
{
    (void)state;
    struct read read = read_text("a,b\n\"x,\"\"y\"\"\nz\",2\n\"\",\"\"\"\"\n");
    assert_int_equal(read.csv.row_count, 2);
    assert_field(&read.csv, 0, 0, "x,\"y\"\nz", 2, 1);
    assert_field(&read.csv, 0, 1, "2", 3, 4);
    assert_field(&read.csv, 1, 0, "", 4, 1);
    assert_field(&read.csv, 1, 1, "\"", 4, 4);
    tl_arena_release(&read.arena);
}

static void empty_fields_are_fields(void **state)
{
    (void)state;
    struct read read = read_text("a,b,c\n,,\n");
    assert_int_equal(read.csv.row_count, 1);
    assert_field(&read.csv, 0, 2, "", 2, 3);
    tl_arena_release(&read.arena);
}

static void spaces_belong_to_the_field(void **state)
{
    (void)state;
    struct read read = read_text("a,b\n 1 , 2\n");
    assert_field(&read.csv, 0, 0, " 1 ", 2, 1);
    tl_arena_release(&read.arena);
}

static void a_semicolon_in_the_header_is_the_separator(void **state)
{
    (void)state;
    struct read read = read_text("\"a;\",b\n1,2\n");
    assert_int_equal(read.csv.separator, ',');
    tl_arena_release(&read.arena);
    read = read_text("a;b, c\n1,5;2\n");
    assert_int_equal(read.csv.separator, ';');
    assert_field(&read.csv, 0, 0, "1,5", 2, 1);
    tl_arena_release(&read.arena);
}

static void a_header_alone_has_no_rows(void **state)
{
    (void)state;
    struct read read = read_text("a,b\n");
    assert_int_equal(read.csv.row_count, 0);
    tl_arena_release(&read.arena);
}

static void columns_are_found_whatever_their_case(void **state)
{
    (void)state;
    struct read read = read_text("OMRÅDE;Tid\n");
    assert_int_equal(tl_csv_column(&read.csv, "område"), 0);
    assert_int_equal(tl_csv_column(&read.csv, "tid"), 1);
    assert_int_equal(tl_csv_column(&read.csv, "time"), 2);
    assert_string_equal(tl_csv_header_text(&read.csv, &read.arena), "'OMRÅDE', 'Tid'");
    tl_arena_release(&read.arena);
}

static void a_long_header_is_shown_in_part(void **state)
{
    (void)state;
    struct read read = read_text("a,b,c,d,e,f,g,h,i,j,k,l,m\n");
    assert_string_equal(tl_csv_header_text(&read.csv, &read.arena),
                        "'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k', 'l', ...");
    tl_arena_release(&read.arena);
}

static void a_quote_without_end_is_refused_where_it_begins(void **state)
{
    (void)state;
    refused("a,b\n1,\"2\n3,4\n", "a.csv:2:3", "the quote that begins here has no end",
            "close it, or double a quote that is part of the text");
}

static void text_behind_a_closing_quote_is_refused(void **state)
{
    (void)state;
    refused("a,b\n\"1\"x,2\n", "a.csv:2:4", "text follows a closing quote", "double a quote that is part of the text");
}

static void a_quote_inside_a_field_is_refused(void **state)
{
    (void)state;
    refused("a,b\n1\"x\",2\n", "a.csv:2:2", "a quote stands inside a field without quotes",
            "put the whole field in quotes and double the quote");
}

static void a_lone_carriage_return_is_refused(void **state)
{
    (void)state;
    refused("a,b\r1,2\r", "a.csv:1:4", "a carriage return stands without a line feed",
            "save the file with line ends LF or CRLF");
}

static void a_row_with_too_many_fields_is_refused_at_the_first_of_them(void **state)
{
    (void)state;
    refused("a,b\n1,2\n3,4,5,6\n", "a.csv:3:5", "the row has 4 fields, the header has 2",
            "put a field that holds ',' in quotes");
}

static void a_row_with_too_few_fields_is_refused(void **state)
{
    (void)state;
    refused("a;b;c\n1\n", "a.csv:2:1", "the row has 1 field, the header has 3",
            "write every field, also an empty one, and ';' between them");
}

static void a_blank_line_before_the_end_is_refused(void **state)
{
    (void)state;
    refused("a,b\n1,2\n\n3,4\n", "a.csv:3:1", "a blank line stands before the end", "remove the line");
}

static void a_file_without_header_is_refused(void **state)
{
    (void)state;
    refused("", "a.csv:1:1", "the file is empty", "the first line names the columns");
    refused("\na,b\n", "a.csv:1:1", "the first line is blank", "the first line names the columns");
}

static void a_column_without_name_or_twice_is_refused(void **state)
{
    (void)state;
    refused("a,,b\n", "a.csv:1:3", "column 2 has no name", "");
    refused("Ø,b,ø\n", "a.csv:1:5", "the column 'ø' is there twice", "");
}

static void more_columns_than_the_maximum_are_refused(void **state)
{
    (void)state;
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i <= TL_CSV_COLUMNS_MAX; i++)
        tl_buf_format(&text, "%sc%d", i == 0 ? "" : ",", i);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_csv csv;
    struct tl_source source = sample_text("a.csv", tl_buf_string(&text));
    assert_refused(tl_csv_read(&csv, &source, &arena, &err), TL_ERR_RANGE, &err,
                   "the header has 101 columns, at most 100 are read", "");
    assert_string_equal(err.where, "a.csv:1:1");
    tl_arena_release(&arena);
    tl_buf_release(&text);
}

static void more_fields_than_the_maximum_are_refused(void **state)
{
    (void)state;
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i < TL_CSV_COLUMNS_MAX; i++)
        tl_buf_format(&text, "%sc%d", i == 0 ? "" : ",", i);
    for (int row = 0; row < TL_CSV_FIELDS_MAX / TL_CSV_COLUMNS_MAX; row++) {
        tl_buf_text(&text, "\n");
        for (int i = 1; i < TL_CSV_COLUMNS_MAX; i++)
            tl_buf_add(&text, ",", 1);
    }
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_csv csv;
    struct tl_source source = sample_text("a.csv", tl_buf_string(&text));
    assert_refused(tl_csv_read(&csv, &source, &arena, &err), TL_ERR_RANGE, &err,
                   "the file has more than 4000000 fields", "");
    assert_string_equal(err.where, "a.csv:40001:1");
    tl_arena_release(&arena);
    tl_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_file_has_a_header_and_rows_with_positions),
        cmocka_unit_test(columns_count_characters),
        cmocka_unit_test(every_end_of_line_and_of_file_is_read),
        cmocka_unit_test(a_quoted_field_holds_anything),
        cmocka_unit_test(empty_fields_are_fields),
        cmocka_unit_test(spaces_belong_to_the_field),
        cmocka_unit_test(a_semicolon_in_the_header_is_the_separator),
        cmocka_unit_test(a_header_alone_has_no_rows),
        cmocka_unit_test(columns_are_found_whatever_their_case),
        cmocka_unit_test(a_long_header_is_shown_in_part),
        cmocka_unit_test(a_quote_without_end_is_refused_where_it_begins),
        cmocka_unit_test(text_behind_a_closing_quote_is_refused),
        cmocka_unit_test(a_quote_inside_a_field_is_refused),
        cmocka_unit_test(a_lone_carriage_return_is_refused),
        cmocka_unit_test(a_row_with_too_many_fields_is_refused_at_the_first_of_them),
        cmocka_unit_test(a_row_with_too_few_fields_is_refused),
        cmocka_unit_test(a_blank_line_before_the_end_is_refused),
        cmocka_unit_test(a_file_without_header_is_refused),
        cmocka_unit_test(a_column_without_name_or_twice_is_refused),
        cmocka_unit_test(more_columns_than_the_maximum_are_refused),
        cmocka_unit_test(more_fields_than_the_maximum_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
