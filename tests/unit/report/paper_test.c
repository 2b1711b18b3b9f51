/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/paper.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/embedded.h"
#include "tilslut/base/text.h"

/* What checking told, one flaw a line. */
static void write_down(const struct tl_paper_flaw *flaw, void *context)
{
    tl_buf_format(context, "%zu:%zu %s\n", flaw->line, flaw->column, flaw->message);
}

static size_t check(struct tl_buf *said, const char *name, const char *text)
{
    const struct tl_paper *paper;
    struct tl_err err = TL_ERR_NONE;
    size_t count = 99;
    assert_ok(tl_paper_of_template(&paper, name, &err), &err);
    assert_ok(tl_paper_check(&count, paper, text, name, write_down, said, &err), &err);
    return count;
}

static void every_paper_has_templates_in_both_languages_with_nothing_wrong(void **state)
{
    (void)state;
    for (const struct tl_paper *paper = tl_papers; paper->name != NULL; paper++)
        for (size_t i = 0; tl_paper_languages[i] != NULL; i++) {
            struct tl_buf said = TL_BUF_EMPTY;
            char name[64];
            snprintf(name, sizeof name, "reports/%s.%s.md", paper->name, tl_paper_languages[i]);
            const struct tl_embedded_file *file = tl_embedded_find(name);
            assert_non_null(file);
            size_t count = check(&said, name, file->content);
            assert_string_equal(tl_buf_string(&said), "");
            assert_int_equal(count, 0);
            tl_buf_release(&said);
        }
}

static void what_a_paper_requires_is_a_field_it_has(void **state)
{
    (void)state;
    for (const struct tl_paper *paper = tl_papers; paper->name != NULL; paper++)
        for (size_t i = 0; paper->required[i] != NULL; i++) {
            bool found = false;
            for (size_t j = 0; paper->fields[j] != NULL; j++)
                found = found || strcmp(paper->required[i], paper->fields[j]) == 0;
            if (!found)
                fail_msg("%s has no field %s", paper->name, paper->required[i]);
        }
}

/* Takes one tag or sentence out of the agreement's own template, wherever it stands. */
static void check_without(struct tl_buf *said, const char *name, const char *part)
{
    struct tl_buf text = TL_BUF_EMPTY;
    char path[64];
    snprintf(path, sizeof path, "reports/%s", name);
    const char *at = tl_embedded_find(path)->content, *next;
    while ((next = strstr(at, part)) != NULL) {
        tl_buf_add(&text, at, (size_t)(next - at));
        tl_buf_text(&text, "x");
        at = next + strlen(part);
    }
    tl_buf_text(&text, at);
    (void)check(said, name, tl_buf_string(&text));
    tl_buf_release(&text);
}

static void each_required_field_is_missed_when_it_is_not_printed(void **state)
{
    (void)state;
    static const char *const whole[] = {"document.number", "document.version", "party.name",      "membership.first",
                                        "terms.version",   "terms.decided_by", "terms.decided_on"};
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        struct tl_buf said = TL_BUF_EMPTY;
        char tag[64], expected[128];
        snprintf(tag, sizeof tag, "{{%s}}", whole[i]);
        snprintf(expected, sizeof expected, "0:0 the field '%s' is missing\n", whole[i]);
        check_without(&said, "agreement.da.md", tag);
        assert_string_equal(tl_buf_string(&said), expected);
        tl_buf_release(&said);
    }
}

static void the_governance_sentence_and_the_lines_to_sign_on_must_stay(void **state)
{
    (void)state;
    struct tl_buf said = TL_BUF_EMPTY;
    check_without(&said, "agreement.da.md", "samt code of conduct");
    assert_string_equal(tl_buf_string(&said), "0:0 the sentence about OS2's governance model is missing\n");
    tl_buf_release(&said);
    said = (struct tl_buf)TL_BUF_EMPTY;
    check_without(&said, "agreement.en.md", "Projektet er");
    assert_string_equal(tl_buf_string(&said), "0:0 the sentence about OS2's governance model is missing\n");
    tl_buf_release(&said);
    said = (struct tl_buf)TL_BUF_EMPTY;
    check_without(&said, "agreement.da.md", "<!-- signatures -->");
    assert_string_equal(tl_buf_string(&said), "0:0 there are no lines to sign on\n");
    tl_buf_release(&said);
}

static void a_text_in_english_must_say_what_it_translates(void **state)
{
    (void)state;
    struct tl_buf said = TL_BUF_EMPTY;
    check_without(&said, "pricelist.en.md", "{{document.translates}}");
    assert_string_equal(tl_buf_string(&said), "0:0 the field 'document.translates' is missing\n");
    tl_buf_release(&said);
}

static void what_does_not_close_is_told_with_its_place(void **state)
{
    (void)state;
    struct tl_buf said = TL_BUF_EMPTY;
    assert_int_equal(check(&said, "own/pricelist.da.md", "# Takst\n\n  {{#lines}}\n"), 1);
    assert_string_equal(tl_buf_string(&said), "3:3 section 'lines' is not closed\n");
    tl_buf_release(&said);
}

static void unknown_fields_are_told_all_of_them(void **state)
{
    (void)state;
    struct tl_buf said = TL_BUF_EMPTY;
    check_without(&said, "pricelist.da.md", "{{year}}");
    assert_string_equal(tl_buf_string(&said), "0:0 the field 'year' is missing\n");
    tl_buf_release(&said);
    said = (struct tl_buf)TL_BUF_EMPTY;
    (void)check(&said, "pricelist.da.md", "{{yeer}} {{#lines}}{{lin}}{{/lines}}\n");
    assert_non_null(strstr(tl_buf_string(&said), "1:1 unknown field 'yeer'\n1:20 unknown field 'lin'\n"));
    tl_buf_release(&said);
}

static void only_its_own_names_are_names_of_templates(void **state)
{
    (void)state;
    static const char *const names[] = {
        "agreement.de.md", "agreement.da.mdx", "agreement",  "agreement.da", "", "agreements.da.md",
        "da.md",           "agreement.da.md/", "agreement.d"};
    const struct tl_paper *paper;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_paper_of_template(&paper, "a/b/pricelist.en.md", &err), &err);
    assert_string_equal(paper->name, "pricelist");
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        err = (struct tl_err)TL_ERR_NONE;
        assert_int_equal(tl_paper_of_template(&paper, names[i], &err), TL_ERR_NOT_FOUND);
    }
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_paper_of_template(&paper, "own/agrement.da.md", &err), TL_ERR_NOT_FOUND, &err,
                   "no template is called 'agrement.da.md'", "tilslut template list shows the names");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_paper_has_templates_in_both_languages_with_nothing_wrong),
        cmocka_unit_test(what_a_paper_requires_is_a_field_it_has),
        cmocka_unit_test(each_required_field_is_missed_when_it_is_not_printed),
        cmocka_unit_test(the_governance_sentence_and_the_lines_to_sign_on_must_stay),
        cmocka_unit_test(a_text_in_english_must_say_what_it_translates),
        cmocka_unit_test(what_does_not_close_is_told_with_its_place),
        cmocka_unit_test(unknown_fields_are_told_all_of_them),
        cmocka_unit_test(only_its_own_names_are_names_of_templates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
