/* SPDX-License-Identifier: MPL-2.0 */
#include "../../../src/report/hyphenation.h"

#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

/* The word with a hyphen wherever it may be divided. */
static void assert_divided(const char *language, const char *word, const char *expected)
{
    struct hyphenation *hyphenation;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf divided = TL_BUF_EMPTY;
    uint32_t letters[100];
    bool points[HYPHENATION_WORD_MAX];
    size_t length = 0;
    assert_ok(hyphenation_open(&hyphenation, language, &err), &err);
    for (const char *at = word; length < 100 && (letters[length] = tl_text_next(&at)) != 0;)
        length++;
    hyphenation_find(hyphenation, letters, length, points);
    const char *at = word;
    for (size_t i = 0; i < length; i++) {
        const char *from = at;
        tl_text_next(&at);
        tl_buf_add(&divided, from, (size_t)(at - from));
        if (i < HYPHENATION_WORD_MAX && points[i])
            tl_buf_text(&divided, "-");
    }
    assert_string_equal(tl_buf_string(&divided), expected);
    tl_buf_release(&divided);
    hyphenation_close(hyphenation);
}

static void danish_words_are_divided_by_danish_patterns(void **state)
{
    (void)state;
    assert_divided("da", "vedligeholdelse", "ved-li-ge-hol-delse");
    assert_divided("da", "fællesskabet", "fæl-les-ska-bet");
    assert_divided("da", "overblik", "over-blik");
}

static void english_words_are_divided_by_english_patterns(void **state)
{
    (void)state;
    assert_divided("en", "agreement", "agree-ment");
    assert_divided("en", "maintenance", "main-ten-ance");
}

static void short_words_names_and_abbreviations_stay_whole(void **state)
{
    (void)state;
    assert_divided("da", "januar", "januar");
    assert_divided("da", "København", "København");
    assert_divided("da", "Tilslutningsaftale", "Til-slut-nings-af-tale");
    assert_divided("da", "OpenSource", "OpenSource");
    assert_divided("da", "Ωmegabeskrivelse", "Ωmegabeskrivelse");
}

static void a_language_without_patterns_is_not_divided(void **state)
{
    (void)state;
    assert_divided("fi", "kunnallishallinto", "kunnallishallinto");
}

static void a_word_longer_than_any_is_left_alone(void **state)
{
    (void)state;
    char word[HYPHENATION_WORD_MAX + 2];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    assert_divided("da", word, word);
    assert_divided("da", "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(danish_words_are_divided_by_danish_patterns),
        cmocka_unit_test(english_words_are_divided_by_english_patterns),
        cmocka_unit_test(short_words_names_and_abbreviations_stay_whole),
        cmocka_unit_test(a_language_without_patterns_is_not_divided),
        cmocka_unit_test(a_word_longer_than_any_is_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
