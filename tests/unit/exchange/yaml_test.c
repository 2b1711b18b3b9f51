/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/yaml.h"

static const struct tl_yaml_node *read_text(const char *text, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = sample_text("a.yaml", text);
    const struct tl_yaml_node *root = NULL;
    assert_ok(tl_yaml_read(&root, &source, arena, &err), &err);
    return root;
}

static void refused_as(const char *text, tl_status status, const char *where, const char *message, const char *hint)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = sample_text("a.yaml", text);
    const struct tl_yaml_node *root;
    assert_refused(tl_yaml_read(&root, &source, &arena, &err), status, &err, message, hint);
    assert_string_equal(err.where, where);
    tl_arena_release(&arena);
}

static void refused(const char *text, const char *where, const char *message, const char *hint)
{
    refused_as(text, TL_ERR_INPUT, where, message, hint);
}

static void assert_node(const struct tl_yaml_node *node, const char *text, size_t line, size_t column)
{
    assert_int_equal(node->kind, TL_YAML_TEXT);
    assert_string_equal(node->text, text);
    assert_int_equal(node->line, line);
    assert_int_equal(node->column, column);
}

static void a_tree_has_mappings_sequences_and_texts_with_positions(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_yaml_node *root =
        read_text("# a comment\nby: Århus\nlist:\n  - {ø: 1, b: [x, 'y']}\nlast:\n", &arena);
    assert_int_equal(root->kind, TL_YAML_MAPPING);
    assert_int_equal(root->count, 3);
    assert_node(&root->pairs[0].key, "by", 2, 1);
    assert_node(&root->pairs[0].value, "Århus", 2, 5);
    const struct tl_yaml_node *item = &tl_yaml_find(root, "list")->value.items[0];
    assert_int_equal(item->line, 4);
    assert_int_equal(item->column, 5);
    assert_node(&tl_yaml_find(item, "ø")->value, "1", 4, 9);
    assert_node(&tl_yaml_find(item, "b")->value.items[1], "y", 4, 19);
    assert_string_equal(tl_yaml_find(root, "last")->value.text, "");
    assert_null(tl_yaml_find(root, "none"));
    assert_null(tl_yaml_find(&root->pairs[0].value, "by"));
    tl_arena_release(&arena);
}

static void every_scalar_stays_what_was_written(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_yaml_node *root = read_text("[no, 0751, 1e3, ~, 2026-01-01, \"00001\"]", &arena);
    static const char *const texts[] = {"no", "0751", "1e3", "~", "2026-01-01", "00001"};
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(root->items[i].text, texts[i]);
    tl_arena_release(&arena);
}

static void a_text_knows_whether_its_characters_stand_one_by_one(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_yaml_node *root =
        read_text("- ab cø\n- 'ab cø'\n- \"ab\\tc\"\n- 'it''s'\n- |\n  ab\n- ab\n  cd\n", &arena);
    static const bool verbatim[] = {true, true, false, false, false, false};
    static const size_t offset[] = {0, 1, 1, 1, 0, 0};
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(root->items[i].is_verbatim, verbatim[i]);
        assert_int_equal(root->items[i].text_offset, offset[i]);
    }
    tl_arena_release(&arena);
}

static void what_is_not_yaml_is_refused_with_a_hint(void **state)
{
    (void)state;
    static const char check[] = "check quotes, brackets and indentation there and on the line before";
    refused("a: 1\n\tb: 2\n", "a.yaml:2:1", "the file is not YAML: found a tab character that violates indentation",
            "indent with spaces, not with tabs");
    refused("æ:\n  - 1\n\t- b\n", "a.yaml:3:1", "the file is not YAML: found a tab character that violates indentation",
            "indent with spaces, not with tabs");
    refused("key: slices(population: 1 up to 15)\n", "a.yaml:1:23",
            "the file is not YAML: mapping values are not allowed in this context",
            "put a value that holds ': ' in quotes, and check the indentation");
    refused("a: %5\n", "a.yaml:1:4", "the file is not YAML: found character that cannot start any token",
            "put a value that begins with a sign in quotes");
    refused("a: \"b\n", "a.yaml:2:1", "the file is not YAML: found unexpected end of stream", check);
    refused("a: {b: 1\n", "a.yaml:2:1", "the file is not YAML: did not find expected ',' or '}'", check);
    refused("a: 1\nb\nc: 2\n", "a.yaml:3:1", "the file is not YAML: could not find expected ':'", check);
}

static void anchors_aliases_and_tags_are_refused(void **state)
{
    (void)state;
    static const char message[] = "anchors and aliases are not read";
    static const char hint[] = "write the value out; a text that begins with & or * stands in quotes";
    refused("a: &x 1\n", "a.yaml:1:4", message, hint);
    refused("a: &x {b: 1}\n", "a.yaml:1:4", message, hint);
    refused("a: &x [1]\n", "a.yaml:1:4", message, hint);
    refused("a: *x\n", "a.yaml:1:4", message, hint);
    refused("a: !!int 1\n", "a.yaml:1:4", "tags are not read",
            "write the value alone; a text that begins with ! stands in quotes");
    refused("a: !x {}\n", "a.yaml:1:4", "tags are not read",
            "write the value alone; a text that begins with ! stands in quotes");
}

static void a_key_twice_is_refused_and_the_first_line_named(void **state)
{
    (void)state;
    refused("a: 1\nb: 2\n'a': 3\n", "a.yaml:3:1", "'a' is there twice, first on line 1", "remove one of them");
}

static void a_key_is_a_text(void **state)
{
    (void)state;
    refused("? [a]\n: 1\n", "a.yaml:1:3", "a key is not a text", "write key: value");
    refused("{{a: 1}: 2}\n", "a.yaml:1:2", "a key is not a text", "write key: value");
}

static void one_document_is_read(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_int_equal(read_text("---\na: 1\n...\n", &arena)->count, 1);
    tl_arena_release(&arena);
    refused("a: 1\n---\nb: 1\n", "a.yaml:2:1", "a second document begins here", "keep one document in a file");
    refused("", "a.yaml:1:1", "the file is empty", "examples/terms-reference.md says what belongs in it");
    refused("# nothing\n", "a.yaml:1:1", "the file is empty", "examples/terms-reference.md says what belongs in it");
}

static void escapes_write_no_control_characters(void **state)
{
    (void)state;
    refused("a: \"x\\0y\"\n", "a.yaml:1:4", "a text holds a control character", "remove the escape");
    refused("a: \"\\e[31m\"\n", "a.yaml:1:4", "a text holds a control character", "remove the escape");
}

static void depth_and_number_of_nodes_are_bounded(void **state)
{
    (void)state;
    refused_as("[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]", TL_ERR_RANGE, "a.yaml:1:17",
               "the file nests deeper than 16 levels", "");
    struct tl_buf text = TL_BUF_EMPTY;
    for (int i = 0; i < TL_YAML_NODES_MAX; i++)
        tl_buf_text(&text, "- a\n");
    refused_as(tl_buf_string(&text), TL_ERR_RANGE, "a.yaml:20000:3", "the file has more than 20000 keys and values",
               "");
    for (int i = 0; i < TL_YAML_LENGTH_MAX; i++)
        tl_buf_text(&text, " ");
    refused_as(tl_buf_string(&text), TL_ERR_RANGE, "a.yaml", "the file has 342144 bytes, at most 262144 are read", "");
    tl_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_tree_has_mappings_sequences_and_texts_with_positions),
        cmocka_unit_test(every_scalar_stays_what_was_written),
        cmocka_unit_test(a_text_knows_whether_its_characters_stand_one_by_one),
        cmocka_unit_test(what_is_not_yaml_is_refused_with_a_hint),
        cmocka_unit_test(anchors_aliases_and_tags_are_refused),
        cmocka_unit_test(a_key_twice_is_refused_and_the_first_line_named),
        cmocka_unit_test(a_key_is_a_text),
        cmocka_unit_test(one_document_is_read),
        cmocka_unit_test(escapes_write_no_control_characters),
        cmocka_unit_test(depth_and_number_of_nodes_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
