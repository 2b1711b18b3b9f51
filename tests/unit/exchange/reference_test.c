/* SPDX-License-Identifier: MPL-2.0 */
/* What examples/terms-reference.md and examples/keys.md show is read by the program, so that they never promise more.
 */
#include "terms_sample.h"

/* A file as a NUL-terminated text. */
static const char *read_manual(const char *path, struct tl_arena *arena)
{
    struct tl_source source = sample_file(path, arena);
    const char *text = tl_arena_copy(arena, source.bytes, source.length);
    assert_non_null(text);
    return text;
}

/* Lines of a block, below what lines may use. */
static void write_terms(struct tl_buf *buf, const char *block, size_t length)
{
    buf->length = 0;
    if (strncmp(block, "- id:", 5) == 0)
        tl_buf_text(buf, HEAD REFERENCE "classes: {Lille: below 25000, Mellem: below 60000, Stor: below 120000, Meget "
                                        "stor: the rest}\nlines:\n");
    tl_buf_add(buf, block, length);
}

static void every_block_of_the_reference_is_read_and_its_examples_hold(void **state)
{
    (void)state;
    static const char open[] = "```yaml\n", close[] = "```\n";
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf buf = TL_BUF_EMPTY;
    const char *at = read_manual("examples/terms-reference.md", &arena);
    size_t blocks = 0, examples = 0;
    while ((at = strstr(at, open)) != NULL) {
        at += sizeof open - 1;
        const char *end = strstr(at, close);
        assert_non_null(end);
        write_terms(&buf, at, (size_t)(end - at));
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms terms = read_text(tl_buf_string(&buf));
        assert_ok(tl_terms_yaml_check(&terms, "t.yaml", &err), &err);
        examples += terms.example_count;
        tl_terms_release(&terms);
        at = end;
        blocks++;
    }
    assert_int_equal(blocks, 10);
    assert_int_equal(examples, 1);
    tl_buf_release(&buf);
    tl_arena_release(&arena);
}

/* The words behind `possible are` when a mapping has a key that nobody knows are all its keys. */
static void every_key_is_explained_in_the_reference(void **state)
{
    (void)state;
    static const char *const unknown[] = {
        HEAD "qqqqqqqqqqqq: 1\n",
        HEAD LINE "    qqqqqqqqqqqq: 1\n",
        HEAD LINE "    index: {qqqqqqqqqqqq: 1}\n",
        HEAD LINE "    price: 1\nexamples: [{qqqqqqqqqqqq: 1}]\n",
        HEAD LINE "    price: 1\nexamples: [{name: e, year: 2026, members: {1: {qqqqqqqqqqqq: 1}}}]\n",
    };
    struct tl_arena arena = TL_ARENA_EMPTY;
    const char *manual = read_manual("examples/terms-reference.md", &arena);
    size_t keys = 0;
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms terms;
        struct tl_source source = sample_text("t.yaml", unknown[i]);
        assert_int_equal(tl_terms_yaml_read(&terms, &source, &err), TL_ERR_INPUT);
        static const char start[] = "possible are ";
        assert_memory_equal(err.hint, start, sizeof start - 1);
        char *list = err.hint + sizeof start - 1, *last = strstr(list, " and ");
        assert_non_null(last);
        memcpy(last, ",,,,,", 5);
        for (char *word = strtok(list, ","); word != NULL; word = strtok(NULL, ",")) {
            const char *at = tl_arena_format(&arena, "`%s", word + strspn(word, " "));
            if (strstr(manual, at) == NULL)
                fail_msg("%s` is not explained in examples/terms-reference.md", at);
            keys++;
        }
        tl_terms_release(&terms);
    }
    assert_int_equal(keys, 15 + 25 + 5 + 7 + 10);
    tl_arena_release(&arena);
}

static void every_form_in_the_table_of_keys_has_its_terms(void **state)
{
    (void)state;
    static const char folder[] = "tests/golden/keys/";
    struct tl_arena arena = TL_ARENA_EMPTY;
    size_t forms = 0;
    for (const char *at = read_manual("examples/keys.md", &arena); (at = strstr(at, "](../")) != NULL; at++) {
        const char *path = at + strlen("](../");
        if (strncmp(path, folder, sizeof folder - 1) != 0)
            continue;
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms terms;
        struct tl_source source = sample_file(tl_arena_copy(&arena, path, strcspn(path, ")")), &arena);
        assert_ok(tl_terms_yaml_read(&terms, &source, &err), &err);
        assert_ok(tl_terms_yaml_check(&terms, source.name, &err), &err);
        assert_true(terms.example_count > 0);
        tl_terms_release(&terms);
        forms++;
    }
    assert_int_equal(forms, 18);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_block_of_the_reference_is_read_and_its_examples_hold),
        cmocka_unit_test(every_key_is_explained_in_the_reference),
        cmocka_unit_test(every_form_in_the_table_of_keys_has_its_terms),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
