/* SPDX-License-Identifier: MPL-2.0 */
/* A tree that is accepted stays within its bounds, and no key is there twice. */
#include "fuzz.h"
#include "tilslut/exchange/yaml.h"

static void check_node(const struct tl_yaml_node *node, size_t depth)
{
    FUZZ_CHECK(depth <= TL_YAML_DEPTH_MAX && node->line > 0 && node->column > 0);
    FUZZ_CHECK(node->text[tl_text_valid_utf8(node->text, strlen(node->text))] == '\0');
    for (size_t i = 0; node->kind == TL_YAML_MAPPING && i < node->count; i++) {
        FUZZ_CHECK(node->pairs[i].key.kind == TL_YAML_TEXT);
        FUZZ_CHECK(tl_yaml_find(node, node->pairs[i].key.text) == &node->pairs[i]);
        check_node(&node->pairs[i].key, depth + 1);
        check_node(&node->pairs[i].value, depth + 1);
    }
    for (size_t i = 0; node->kind == TL_YAML_SEQUENCE && i < node->count; i++)
        check_node(&node->items[i], depth + 1);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    const struct tl_yaml_node *root = NULL;
    struct tl_source source = {"a.yaml", (const char *)bytes, length};
    tl_status status = tl_yaml_read(&root, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "a.yaml");
    if (status == TL_OK)
        check_node(root, 1);
    tl_arena_release(&arena);
    return 0;
}
