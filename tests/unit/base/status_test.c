/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

static void every_status_has_an_exit_status_and_a_meaning(void **state)
{
    (void)state;
    static const struct {
        tl_status status;
        int exit_status;
        const char *meaning;
    } known[] = {
        {TL_OK, 0, "done"},
        {TL_ERR_BROKEN, 1, "a check found the record changed or incomplete"},
        {TL_ERR_PARTLY, 1, "some of what was asked for could not be done; the rest is"},
        {TL_ERR_USAGE, 2, "the command line does not fit the command"},
        {TL_ERR_INPUT, 2, "the input breaks a rule of its format or of the domain"},
        {TL_ERR_NOT_FOUND, 2, "what was named does not exist"},
        {TL_ERR_MISSING, 2, "a figure, decision, price or class that is needed is not recorded"},
        {TL_ERR_CONFLICT, 2, "it is already there, with other content"},
        {TL_ERR_STATE, 2, "not allowed in the present state"},
        {TL_ERR_INFEASIBLE, 2, "no allocation meets the stated conditions"},
        {TL_ERR_RANGE, 2, "a number or text is larger than the program handles"},
        {TL_ERR_IO, 2, "the operating system refused to read or write"},
        {TL_ERR_STORE, 2, "the ledger file could not be used"},
        {TL_ERR_MEMORY, 2, "out of memory"},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        assert_int_equal(tl_status_exit(known[i].status), known[i].exit_status);
        assert_string_equal(tl_status_text(known[i].status), known[i].meaning);
    }
    assert_int_equal(tl_status_exit((tl_status)999), 2);
    assert_string_equal(tl_status_text((tl_status)999), "unknown status");
}

static void the_first_failure_wins(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    assert_int_equal(tl_err_set(&err, TL_ERR_INPUT, "'%s' is wrong", "a"), TL_ERR_INPUT);
    assert_int_equal(tl_err_set(&err, TL_ERR_IO, "the disk failed"), TL_ERR_INPUT);
    assert_int_equal(tl_err_memory(&err), TL_ERR_INPUT);
    tl_err_hint(&err, "first %d", 1);
    tl_err_hint(&err, "second");
    tl_err_at(&err, "a.csv", 3, 7);
    tl_err_at(&err, "b.csv", 4, 8);
    assert_string_equal(err.message, "'a' is wrong");
    assert_string_equal(err.hint, "first 1");
    assert_string_equal(err.where, "a.csv:3:7");
}

static void where_says_as_much_as_is_known(void **state)
{
    (void)state;
    struct tl_err whole = TL_ERR_NONE, line = TL_ERR_NONE, file = TL_ERR_NONE, column = TL_ERR_NONE;
    tl_err_at(&whole, "a.csv", 3, 7);
    tl_err_at(&line, "a.csv", 3, 0);
    tl_err_at(&file, "a.csv", 0, 0);
    tl_err_at(&column, "a.csv", 0, 7);
    assert_string_equal(whole.where, "a.csv:3:7");
    assert_string_equal(line.where, "a.csv:3");
    assert_string_equal(file.where, "a.csv");
    assert_string_equal(column.where, "a.csv");
}

/* A text of `length` bytes that ends in letters of two bytes each. */
static void fill(char *text, size_t length)
{
    for (size_t i = 0; i < length; i++)
        text[i] = i == 0 && length % 2 == 1 ? 'a' : (i % 2 == length % 2) ? '\xC3' : '\xA6';
    text[length] = '\0';
}

static void a_text_that_is_too_long_is_cut_between_characters(void **state)
{
    (void)state;
    for (size_t length = 236; length <= 700; length++) {
        char text[701];
        struct tl_err err = TL_ERR_NONE;
        fill(text, length);
        (void)tl_err_set(&err, TL_ERR_INPUT, "%s", text);
        tl_err_hint(&err, "%s", text);
        tl_err_at(&err, text, 1234567890, 1234567890);
        assert_int_equal(tl_text_valid_utf8(err.message, strlen(err.message)), strlen(err.message));
        assert_int_equal(tl_text_valid_utf8(err.hint, strlen(err.hint)), strlen(err.hint));
        assert_int_equal(tl_text_valid_utf8(err.where, strlen(err.where)), strlen(err.where));
        assert_memory_equal(err.message, text, strlen(err.message));
        assert_true(strlen(err.message) >= (length < 638 ? length : 638));
    }
}

static void a_message_that_is_too_long_ends_with_a_whole_character(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    char text[2000];
    memset(text, 'a', sizeof text);
    for (size_t i = 1; i + 1 < sizeof text; i += 2)
        memcpy(text + i, "ø", 2);
    text[sizeof text - 1] = '\0';
    (void)tl_err_set(&err, TL_ERR_INPUT, "%s", text);
    assert_int_equal(strlen(err.message), sizeof err.message - 1);
    assert_int_equal(tl_text_valid_utf8(err.message, strlen(err.message)), strlen(err.message));
}

static void half_a_character_within_a_message_is_left_out(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    (void)tl_err_set(&err, TL_ERR_INPUT, "'%.3s' is not a date", "aaø");
    tl_err_hint(&err, "'%.2s' and \xE2\x82 and \xFF", "€");
    assert_string_equal(err.message, "'aa' is not a date");
    assert_string_equal(err.hint, "'' and  and ");
}

/* What is quoted may come from a file, and be cut by a precision. */
static void a_message_is_always_text_for_a_terminal(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    (void)tl_err_set(&err, TL_ERR_INPUT, "'%.2s' and '%s'", "aæ",
                     "\033[2Jx\n\xFF\x7F"
                     "ø");
    tl_err_hint(&err, "'%s'",
                "\tb\xC2\x9B"
                "c\u202E\u2069\xC3");
    tl_err_at(&err, "a\nb\xE6.csv", 1, 2);
    assert_string_equal(err.message, "'a' and '?[2Jx?"
                                     "?ø'");
    assert_string_equal(err.hint, "'\tb?"
                                  "?c?"
                                  "?"
                                  "?"
                                  "?"
                                  "?"
                                  "?'");
    assert_string_equal(err.where, "a?b.csv:1:2");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_has_an_exit_status_and_a_meaning),
        cmocka_unit_test(the_first_failure_wins),
        cmocka_unit_test(where_says_as_much_as_is_known),
        cmocka_unit_test(a_text_that_is_too_long_is_cut_between_characters),
        cmocka_unit_test(a_message_that_is_too_long_ends_with_a_whole_character),
        cmocka_unit_test(half_a_character_within_a_message_is_left_out),
        cmocka_unit_test(a_message_is_always_text_for_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
