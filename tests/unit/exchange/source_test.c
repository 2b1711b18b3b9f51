/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"

static void read_as(const char *bytes, size_t length, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"dir/a.csv", bytes, length};
    char *text;
    size_t text_length;
    assert_ok(tl_source_text(&text, &text_length, &source, 100, &arena, &err), &err);
    assert_string_equal(text, expected);
    assert_int_equal(text_length, strlen(expected));
    tl_arena_release(&arena);
}

static void refused(const char *bytes, size_t length, tl_status status, const char *where, const char *message,
                    const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"dir/a.csv", bytes, length};
    char *text;
    size_t text_length;
    assert_refused(tl_source_text(&text, &text_length, &source, 100, &arena, &err), status, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_arena_release(&arena);
}

static void utf_8_is_read_with_and_without_byte_order_mark(void **state)
{
    (void)state;
    read_as("København\r\n\t", 13, "København\r\n\t");
    read_as("\xEF\xBB\xBF"
            "Aarhus",
            9, "Aarhus");
    read_as("", 0, "");
    read_as("abc", 2, "ab");
}

static void another_encoding_is_refused_where_it_shows(void **state)
{
    (void)state;
    refused("K\xF8"
            "benhavn",
            9, TL_ERR_INPUT, "dir/a.csv:1:2", "the file is not UTF-8: the byte 0xF8 cannot stand here",
            "save the file as UTF-8; it is probably ISO 8859-1 (Windows-1252)");
    refused("æøå\nø\x80", 10, TL_ERR_INPUT, "dir/a.csv:2:2", "the file is not UTF-8: the byte 0x80 cannot stand here",
            "save the file as UTF-8");
    refused("\xFF\xFE"
            "c\0o\0",
            6, TL_ERR_INPUT, "dir/a.csv:1:1", "the file is not UTF-8: the byte 0xFF cannot stand here",
            "save the file as UTF-8; it is UTF-16");
    refused("\xFE\xFF\0c", 4, TL_ERR_INPUT, "dir/a.csv:1:1", "the file is not UTF-8: the byte 0xFE cannot stand here",
            "save the file as UTF-8; it is UTF-16");
}

static void control_characters_are_refused(void **state)
{
    (void)state;
    refused("ab\0c", 4, TL_ERR_INPUT, "dir/a.csv:1:3", "the file holds the control character U+0000",
            "is it a text file? save it as UTF-8");
    refused("ab\n\x1B[31m", 8, TL_ERR_INPUT, "dir/a.csv:2:1", "the file holds the control character U+001B",
            "remove it");
    refused("a\xC2\x9B", 3, TL_ERR_INPUT, "dir/a.csv:1:2", "the file holds the control character U+009B", "remove it");
    refused("a\xEF\xBB\xBF", 4, TL_ERR_INPUT, "dir/a.csv:1:2", "the file holds the control character U+FEFF",
            "remove it");
}

static void a_file_that_is_too_long_is_refused(void **state)
{
    (void)state;
    static char bytes[101];
    memset(bytes, 'a', sizeof bytes);
    refused(bytes, 101, TL_ERR_RANGE, "dir/a.csv", "the file has 101 bytes, at most 100 are read", "");
}

static void the_base_name_has_no_directories(void **state)
{
    (void)state;
    struct tl_source source = sample_text("tests/data/a.csv", "");
    assert_string_equal(tl_source_base_name(&source), "a.csv");
    source.name = "b.csv";
    assert_string_equal(tl_source_base_name(&source), "b.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(utf_8_is_read_with_and_without_byte_order_mark),
        cmocka_unit_test(another_encoding_is_refused_where_it_shows),
        cmocka_unit_test(control_characters_are_refused),
        cmocka_unit_test(a_file_that_is_too_long_is_refused),
        cmocka_unit_test(the_base_name_has_no_directories),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
