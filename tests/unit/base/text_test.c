/* SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

/* Writes a character in as few bytes as RFC 3629 asks for; its length. */
static size_t encode(char into[4], uint32_t c)
{
    if (c < 0x80) {
        into[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length - 1; i > 0; i--, c >>= 6)
        into[i] = (char)(0x80 | (c & 0x3F));
    into[0] = (char)((length == 2 ? 0xC0 : length == 3 ? 0xE0 : 0xF0) | c);
    return length;
}

static void every_character_is_valid_and_read_as_itself(void **state)
{
    (void)state;
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        char bytes[5] = "";
        size_t length = encode(bytes, c);
        bool surrogate = c >= 0xD800 && c <= 0xDFFF;
        if (tl_text_valid_utf8(bytes, length) != (surrogate ? 0 : length))
            fail_msg("U+%04X", c);
        const char *at = bytes;
        if (!surrogate && (tl_text_next(&at) != c || at != bytes + length || tl_text_characters(bytes) != 1))
            fail_msg("U+%04X is read as another", c);
    }
}

/* All sequences of up to three bytes: valid exactly when they are what encoding a character gives. */
static void no_other_bytes_are_valid(void **state)
{
    (void)state;
    for (uint32_t n = 0; n < 0x1000000; n += n < 0x10000 ? 1 : 7) {
        char bytes[3] = {(char)(n & 0xFF), (char)(n >> 8 & 0xFF), (char)(n >> 16)}, again[4];
        size_t valid = tl_text_valid_utf8(bytes, 3), at = 0;
        for (size_t length; at < valid; at += length) {
            const char *next = bytes + at;
            if (*next == '\0') {
                length = 1;
                continue;
            }
            uint32_t c = tl_text_next(&next);
            length = (size_t)(next - (bytes + at));
            if (encode(again, c) != length || memcmp(again, bytes + at, length) != 0 || (c >= 0xD800 && c <= 0xDFFF))
                fail_msg("bytes %06X", n);
        }
        assert_true(at == valid);
    }
}

static void overlong_forms_surrogates_and_cut_characters_are_not_valid(void **state)
{
    (void)state;
    static const char *const wrong[] = {"\x80",
                                        "\xBF",
                                        "\xC0\x80",
                                        "\xC1\xBF",
                                        "\xC3",
                                        "\xC3(",
                                        "\xE0\x80\x80",
                                        "\xE0\x9F\xBF",
                                        "\xED\xA0\x80",
                                        "\xED\xBF\xBF",
                                        "\xE2\x82",
                                        "\xF0\x80\x80\x80",
                                        "\xF0\x8F\xBF\xBF",
                                        "\xF4\x90\x80\x80",
                                        "\xF5\x80\x80\x80",
                                        "\xFF",
                                        "\xFE",
                                        "\xF0\x9F\x98"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        char text[16] = "å";
        strcat(text, wrong[i]);
        assert_int_equal(tl_text_valid_utf8(text, strlen(text)), 2);
    }
    assert_int_equal(tl_text_valid_utf8("a\0b", 3), 3);
    assert_int_equal(tl_text_valid_utf8("", 0), 0);
}

static void a_text_is_cut_between_characters(void **state)
{
    (void)state;
    static const char text[] = "aæ€😀b";
    static const size_t cuts[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11};
    for (size_t length = 0; length < sizeof cuts / sizeof cuts[0]; length++)
        assert_int_equal(tl_text_cut(text, length), cuts[length]);
    assert_int_equal(tl_text_cut("\x80\x80", 2), 0);
}

static void characters_are_counted_not_bytes(void **state)
{
    (void)state;
    assert_int_equal(tl_text_characters(""), 0);
    assert_int_equal(tl_text_characters("Ærø"), 3);
    assert_int_equal(tl_text_characters("a€😀"), 3);
}

/* Each before the next. */
static void words_sort_by_the_danish_alphabet(void **state)
{
    (void)state;
    static const char *const order[] = {
        "",      "0101",   "0751",       "Albertslund", "Allerød", "Assens",     "Ballerup", "Brøndby", "Brønderslev",
        "Odder", "Odense", "Odsherred",  "Tønder",      "Tårnby",  "Vallensbæk", "Viborg",   "Zebra",   "Ærø",
        "Æøå",   "Øland",  "Østdanmark", "Aabenraa",    "Ådal",    "Aalborg",    "Århus",    "Aarup"};
    enum { COUNT = sizeof order / sizeof order[0] };
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int result = tl_text_compare_da(order[i], order[j]);
            if ((result < 0) != (i < j) || (result > 0) != (i > j))
                fail_msg("'%s' and '%s' compare as %d", order[i], order[j], result);
        }
}

static void aa_is_aa_with_a_ring_and_case_counts_last(void **state)
{
    (void)state;
    assert_int_equal(tl_text_compare_da("Aalborg", "Aalborg"), 0);
    assert_true(tl_text_compare_da("aalborg", "Ålborh") < 0);
    assert_true(tl_text_compare_da("Ålborg", "aalborh") < 0);
    assert_true(tl_text_compare_da("AALBORG", "aalborh") < 0);
    assert_true(tl_text_compare_da("aA", "z") > 0);
    assert_true(tl_text_compare_da("Aalborg", "Ålborg") != 0);
    assert_true(tl_text_compare_da("a", "A") != 0);
    assert_true(tl_text_compare_da("Müller", "Muller") != 0);
    assert_true(tl_text_compare_da("Göteborg", "Gøteborh") < 0);
    assert_true(tl_text_compare_da("Lindén", "Lindeo") < 0);
    assert_true(tl_text_compare_da("Ä", "Ø") < 0);
}

static void the_order_is_one_for_any_words(void **state)
{
    (void)state;
    static const char *const letters[] = {"a", "A", "aa", "å", "Å", "b", "æ", "ø", "ö", "e", "é", "9", " ", "-"};
    struct check_random random = {7};
    enum { COUNT = 60, LETTERS = sizeof letters / sizeof letters[0] };
    char words[COUNT][16];
    for (size_t i = 0; i < COUNT; i++) {
        words[i][0] = '\0';
        for (int64_t n = check_random_between(&random, 0, 4); n > 0; n--)
            strcat(words[i], letters[check_random_between(&random, 0, LETTERS - 1)]);
    }
    for (size_t i = 0; i < COUNT; i++)
        for (size_t j = 0; j < COUNT; j++) {
            int ij = tl_text_compare_da(words[i], words[j]), ji = tl_text_compare_da(words[j], words[i]);
            assert_int_equal((ij > 0) - (ij < 0), (ji < 0) - (ji > 0));
            for (size_t k = 0; k < COUNT && ij <= 0; k++)
                if (tl_text_compare_da(words[j], words[k]) <= 0 && tl_text_compare_da(words[i], words[k]) > 0)
                    fail_msg("'%s' <= '%s' <= '%s', but not the first <= the last", words[i], words[j], words[k]);
        }
}

static void lower_case_knows_the_danish_letters(void **state)
{
    (void)state;
    char text[] = "STYREGRUPPE ÆØÅ ÉÜÖ × ÷ ß 12 😀 abcæøå";
    tl_text_lower(text);
    assert_string_equal(text, "styregruppe æøå éüö × ÷ ß 12 😀 abcæøå");
    char cut[] = "A\xC3";
    tl_text_lower(cut);
    assert_string_equal(cut, "a\xC3");
}

static void the_nearest_word_is_within_a_third_of_edits(void **state)
{
    (void)state;
    static const char *const commands[] = {"allocate", "agreement", "approve", "bill", "join", NULL};
    static const char *const none[] = {NULL};
    assert_string_equal(tl_text_nearest("allocat", commands), "allocate");
    assert_string_equal(tl_text_nearest("alocate", commands), "allocate");
    assert_string_equal(tl_text_nearest("aprove", commands), "approve");
    assert_string_equal(tl_text_nearest("join", commands), "join");
    assert_string_equal(tl_text_nearest("boll", commands), "bill");
    assert_string_equal(tl_text_nearest("agrement", commands), "agreement");
    assert_null(tl_text_nearest("statement", none));
    assert_null(tl_text_nearest("aproev", commands)); /* three edits of six letters */
    assert_null(tl_text_nearest("xyz", commands));
    assert_null(tl_text_nearest("", commands));
    char longer[80];
    memset(longer, 'a', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    assert_null(tl_text_nearest(longer, commands));
    const char *const words[] = {longer, "x", NULL};
    assert_null(tl_text_nearest("aaaa", words));
}

static void two_letters_replaced_are_another_word(void **state)
{
    (void)state;
    static const char *const words[] = {"os", NULL};
    assert_null(tl_text_nearest("ab", words));
    assert_string_equal(tl_text_nearest("oz", words), "os");
}

static void a_code_can_be_part_of_a_file_name(void **state)
{
    (void)state;
    static const char *const codes[] = {"0751", "OS2", "a", "Z-9_x", "0123456789012345678901234567890123456789"};
    static const char *const others[] = {"",
                                         "-a",
                                         "_a",
                                         ".",
                                         "..",
                                         "a.b",
                                         "a/b",
                                         "a b",
                                         "a\\b",
                                         "æ",
                                         "a\n",
                                         "a:b",
                                         "01234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++)
        assert_true(tl_text_is_code(codes[i]));
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        assert_false(tl_text_is_code(others[i]));
}

static void a_buffer_grows_with_what_is_added(void **state)
{
    (void)state;
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_string_equal(tl_buf_string(&buf), "");
    tl_buf_text(&buf, "");
    assert_string_equal(tl_buf_string(&buf), "");
    for (int i = 0; i < 2000; i++) {
        tl_buf_text(&buf, "ab");
        tl_buf_add(&buf, "cdef", 2);
        tl_buf_format(&buf, "%d;", i % 10);
    }
    assert_int_equal(buf.length, 12000);
    assert_int_equal(strlen(tl_buf_string(&buf)), 12000);
    assert_memory_equal(tl_buf_string(&buf) + 6 * 1234, "abcd4;", 6);
    assert_ok(tl_buf_status(&buf, &err), &err);
    tl_buf_release(&buf);
    assert_null(buf.bytes);
    tl_buf_release(&buf);
}

static void formatting_meets_every_edge_of_the_room(void **state)
{
    (void)state;
    for (int length = 0; length < 300; length++) {
        struct tl_buf buf = TL_BUF_EMPTY;
        tl_buf_format(&buf, "%*s", length, "");
        tl_buf_format(&buf, "%s", "end");
        assert_int_equal(buf.length, length + 3);
        assert_string_equal(tl_buf_string(&buf) + length, "end");
        tl_buf_release(&buf);
    }
}

static void a_failed_addition_is_told_and_stays(void **state)
{
    (void)state;
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    tl_buf_text(&buf, "abc");
    tl_buf_add(&buf, "x", (size_t)-1 / 2);
    tl_buf_text(&buf, "def");
    tl_buf_format(&buf, "%d", 1);
    assert_string_equal(tl_buf_string(&buf), "abc");
    assert_refused(tl_buf_status(&buf, &err), TL_ERR_MEMORY, &err, "out of memory", "");
    tl_buf_release(&buf);
}

static void a_line_cannot_look_like_two(void **state)
{
    (void)state;
    struct tl_buf buf = TL_BUF_EMPTY;
    tl_buf_line(&buf, "text", "plain");
    tl_buf_line(&buf, "empty", "");
    tl_buf_line(&buf, "text", "a\nb\\n\\\n");
    assert_string_equal(tl_buf_string(&buf), "text plain\nempty \ntext a\\nb\\\\n\\\\\\n\n");
    tl_buf_release(&buf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_is_valid_and_read_as_itself),
        cmocka_unit_test(no_other_bytes_are_valid),
        cmocka_unit_test(overlong_forms_surrogates_and_cut_characters_are_not_valid),
        cmocka_unit_test(a_text_is_cut_between_characters),
        cmocka_unit_test(characters_are_counted_not_bytes),
        cmocka_unit_test(words_sort_by_the_danish_alphabet),
        cmocka_unit_test(aa_is_aa_with_a_ring_and_case_counts_last),
        cmocka_unit_test(the_order_is_one_for_any_words),
        cmocka_unit_test(lower_case_knows_the_danish_letters),
        cmocka_unit_test(the_nearest_word_is_within_a_third_of_edits),
        cmocka_unit_test(two_letters_replaced_are_another_word),
        cmocka_unit_test(a_code_can_be_part_of_a_file_name),
        cmocka_unit_test(a_buffer_grows_with_what_is_added),
        cmocka_unit_test(formatting_meets_every_edge_of_the_room),
        cmocka_unit_test(a_failed_addition_is_told_and_stays),
        cmocka_unit_test(a_line_cannot_look_like_two),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
