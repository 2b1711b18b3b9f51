/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

static void the_first_failure_wins(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    assert_int_equal(tl_err_set(&err, TL_ERR_INPUT, "'%s' is wrong", "a"), TL_ERR_INPUT);
    assert_int_equal(tl_err_set(&err, TL_ERR_RANGE, "another"), TL_ERR_INPUT);
    tl_err_hint(&err, "do %d", 1);
    tl_err_hint(&err, "do %d", 2);
    tl_err_at(&err, "a.csv", 2, 3);
    tl_err_at(&err, "b.csv", 0, 0);
    assert_string_equal(err.message, "'a' is wrong");
    assert_string_equal(err.hint, "do 1");
    assert_string_equal(err.where, "a.csv:2:3");
}

static void a_place_leaves_out_what_is_not_known(void **state)
{
    (void)state;
    struct tl_err line = TL_ERR_NONE, file = TL_ERR_NONE;
    tl_err_at(&line, "a.csv", 2, 0);
    tl_err_at(&file, "a.csv", 0, 7);
    assert_string_equal(line.where, "a.csv:2");
    assert_string_equal(file.where, "a.csv");
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

static void every_status_has_a_text_and_an_exit_status(void **state)
{
    (void)state;
    assert_int_equal(tl_status_exit(TL_OK), 0);
    assert_int_equal(tl_status_exit(TL_ERR_BROKEN), 1);
    assert_int_equal(tl_status_exit(TL_ERR_INPUT), 2);
    assert_string_equal(tl_status_text(TL_OK), "done");
    assert_string_equal(tl_status_text(TL_ERR_MEMORY), "out of memory");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_failure_wins),
        cmocka_unit_test(a_place_leaves_out_what_is_not_known),
        cmocka_unit_test(a_message_that_is_too_long_ends_with_a_whole_character),
        cmocka_unit_test(half_a_character_within_a_message_is_left_out),
        cmocka_unit_test(every_status_has_a_text_and_an_exit_status),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
