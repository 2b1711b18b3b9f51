/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/template.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

/* name = Aarhus, note = "", group party {name, cvr}, rows lines {id, amount} of two, no rows options. */
static struct tl_fields *sample(struct tl_arena *arena)
{
    struct tl_fields *root = tl_fields_new(arena);
    assert_non_null(root);
    tl_fields_text(root, "name", "Aarhus");
    tl_fields_text(root, "note", "");
    struct tl_fields *party = tl_fields_row(root, "party");
    tl_fields_text(party, "name", "Aarhus Kommune");
    tl_fields_text(party, "cvr", "55133018");
    tl_fields_rows(root, "options");
    struct tl_fields *line = tl_fields_row(root, "lines");
    tl_fields_text(line, "id", "joining");
    tl_fields_text(line, "amount", "");
    line = tl_fields_row(root, "lines");
    tl_fields_text(line, "id", "hosting");
    tl_fields_text(line, "amount", "12,50");
    return root;
}

static void assert_renders(const char *template, const char *expected)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf out = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_template_render(&out, template, "t.md", sample(&arena), &err), &err);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
    tl_arena_release(&arena);
}

static void assert_render_refused(const char *template, const char *where, const char *message, const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf out = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_fields *fields = sample(&arena);
    tl_fields_text(fields, "bad", "a\x01");
    assert_refused(tl_template_render(&out, template, "t.md", fields, &err), TL_ERR_INPUT, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_buf_release(&out);
    tl_arena_release(&arena);
}

static void values_and_groups_are_printed(void **state)
{
    (void)state;
    assert_renders("{{name}}, {{ party.name }}", "Aarhus, Aarhus Kommune");
    assert_renders("{{#party}}{{name}} {{cvr}}{{/party}} {{name}}", "Aarhus Kommune 55133018 Aarhus");
}

static void sections_repeat_and_know_what_stands_around_them(void **state)
{
    (void)state;
    assert_renders("{{#lines}}{{id}} of {{name}}; {{/lines}}", "joining of Aarhus; hosting of Aarhus; ");
    assert_renders("{{#lines}}{{#amount}}{{amount}}{{/amount}}{{^amount}}-{{/amount}} {{/lines}}", "- 12\\,50 ");
    assert_renders("{{#options}}x{{/options}}{{^options}}none{{/options}}", "none");
    assert_renders("{{#note}}x{{/note}}{{^note}}no note{{/note}}", "no note");
}

static void tags_alone_on_their_line_leave_no_line_behind(void **state)
{
    (void)state;
    assert_renders("a\n{{! nothing }}\n  {{#lines}}  \n- {{id}}\n{{/lines}}\nb", "a\n- joining\n- hosting\nb");
    assert_renders("a {{! nothing }}\nb", "a \nb");
}

static void values_cannot_act_as_markdown_or_tags(void **state)
{
    (void)state;
    struct tl_buf out = TL_BUF_EMPTY;
    tl_template_escape(&out, "  1. *x* | # {{y}}\n\n<b>_æ_ ");
    assert_string_equal(tl_buf_string(&out), "1\\. \\*x\\* \\| \\# \\{\\{y\\}\\} \\<b\\>\\_æ\\_");
    tl_buf_release(&out);
}

static void mistakes_are_told_with_their_place(void **state)
{
    (void)state;
    assert_render_refused("æø {{nmae}}", "t.md:1:4", "unknown field 'nmae'", "did you mean 'name'?");
    assert_render_refused("a\n{{party.cvrr}}", "t.md:2:1", "unknown field 'party.cvrr'", "did you mean 'party.cvr'?");
    assert_render_refused("{{something_else_entirely}}", "t.md:1:1", "unknown field 'something_else_entirely'", "");
    assert_render_refused("{{note}}", "t.md:1:1", "field 'note' is empty",
                          "record it, or write {{#note}} ... {{/note}} around what may be left out");
    assert_render_refused("{{lines}}", "t.md:1:1", "field 'lines' is a section and has no value",
                          "write {{#lines}} ... {{/lines}}");
    assert_render_refused("{{bad}}", "t.md:1:1", "field 'bad' holds characters that cannot be printed", "");
    assert_render_refused("{{#lines}}\n{{^note}}\n{{/note}}", "t.md:1:1", "section 'lines' is not closed", "");
    assert_render_refused("{{#lines}}{{/note}}", "t.md:1:11", "'{{/note}}' stands where '{{/lines}}' is due", "");
    assert_render_refused("{{/note}}", "t.md:1:1", "'{{/note}}' closes a section that is not open", "");
    assert_render_refused("a {{name", "t.md:1:3", "'{{' is not closed by '}}'", "");
    assert_render_refused("{{a b}}", "t.md:1:1", "'{{a b}}' is not a tag",
                          "a tag is {{name}}, {{#name}}, {{^name}}, {{/name}} or {{! comment}}; names are letters, "
                          "digits, '_' and '.'");
    assert_render_refused("a\xFF", "t.md:1:2", "the template is not UTF-8 from here on", "");
    assert_render_refused("\nab\x1B[2J", "t.md:2:3", "the template has a control character here", "");
    assert_render_refused("{{#name}}{{#name}}{{#name}}{{#name}}{{#name}}{{#name}}{{#name}}{{#name}}{{#name}}",
                          "t.md:1:73", "section 'name' is nested more than 8 deep", "");
}

struct told {
    char text[400];
};

static void tell(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    struct told *told = context;
    size_t used = strlen(told->text);
    snprintf(told->text + used, sizeof told->text - used, "%s %zu:%zu %s\n", unknown, line, column,
             nearest == NULL ? "-" : nearest);
}

static void checking_lists_every_unknown_field_even_where_nothing_is_printed(void **state)
{
    (void)state;
    static const char *const known[] = {"name", "lines.id", "lines.parts.amount", "party.cvr", NULL};
    struct told told = {""};
    struct tl_err err = TL_ERR_NONE;
    size_t count;
    assert_ok(tl_template_check("{{name}}{{#lines}}{{id}}{{idd}}{{#parts}}{{amount}}{{id}}{{nam}}{{/parts}}{{/lines}}\n"
                                "{{party.cvr}}{{amount}}{{#cities}}{{name}}{{/cities}}",
                                "t.md", known, tell, &told, &count, &err),
              &err);
    assert_string_equal(told.text, "idd 1:25 id\nnam 1:58 name\namount 2:14 -\ncities 2:24 -\n");
    assert_same_int((int64_t)count, 4);
}

static void a_template_without_end_of_growth_is_stopped(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf out = TL_BUF_EMPTY, template = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_fields *root = tl_fields_new(&arena);
    for (int i = 0; i < 400; i++)
        tl_fields_row(root, "r");
    tl_buf_text(&template, "{{#r}}{{#r}}{{#r}}0123456789{{/r}}{{/r}}{{/r}}");
    assert_refused(tl_template_render(&out, template.bytes, "t.md", root, &err), TL_ERR_RANGE, &err,
                   "the document is larger than 16777216 bytes", "");
    tl_buf_release(&out);
    tl_buf_release(&template);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_and_groups_are_printed),
        cmocka_unit_test(sections_repeat_and_know_what_stands_around_them),
        cmocka_unit_test(tags_alone_on_their_line_leave_no_line_behind),
        cmocka_unit_test(values_cannot_act_as_markdown_or_tags),
        cmocka_unit_test(mistakes_are_told_with_their_place),
        cmocka_unit_test(checking_lists_every_unknown_field_even_where_nothing_is_printed),
        cmocka_unit_test(a_template_without_end_of_growth_is_stopped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
