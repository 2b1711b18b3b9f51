/* SPDX-License-Identifier: MPL-2.0 */
#include "terms_read.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "quoted.h"

tl_status tl_terms_fail_at(const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    tl_err_at(reader->err, reader->name, node->line, node->column);
    return reader->err->status;
}

tl_status tl_terms_fail_inside(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, size_t offset)
{
    size_t column = node->column, length = strlen(node->text);
    const char *at = node->text, *end = node->text + (offset < length ? offset : length);
    /* where the text was folded or escaped, only its beginning is a place in the file */
    if (node->is_verbatim)
        for (column += node->text_offset; at < end; column++)
            (void)tl_text_next(&at);
    tl_err_at(reader->err, reader->name, node->line, column);
    return reader->err->status;
}

tl_status tl_terms_refuse(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *format,
                          ...)
{
    char message[sizeof reader->err->message];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "%s", length < 0 ? "" : message);
    return tl_terms_fail_at(reader, node);
}

/* `a, b and c`, into a buffer that cuts what is too long. */
static void list_words(char *into, size_t size, const char *const *words)
{
    size_t used = 0;
    for (size_t i = 0; words[i] != NULL && used < size - 1; i++) {
        const char *joint = i == 0 ? "" : words[i + 1] == NULL ? " and " : ", ";
        int length = snprintf(into + used, size - used, "%s%s", joint, words[i]);
        used = length < 0 ? size : used + (size_t)length;
    }
}

void tl_terms_hint_words(const struct tl_terms_reader *reader, const char *word, const char *const *words)
{
    char list[sizeof reader->err->hint] = "";
    const char *nearest = tl_text_nearest(word, words);
    if (nearest != NULL) {
        tl_err_hint(reader->err, "did you mean '%s'?", nearest);
        return;
    }
    list_words(list, sizeof list, words);
    if (list[0] != '\0')
        tl_err_hint(reader->err, "possible are %s", list);
}

void tl_terms_hint_key(const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair, const char *const *keys)
{
    bool is_digit = pair->key.text[0] >= '0' && pair->key.text[0] <= '9';
    if (is_digit && pair->value.kind == TL_YAML_TEXT && pair->value.text[0] == '\0')
        tl_err_hint(reader->err, "within { } a comma parts one key from the next; put a number with a comma in quotes");
    tl_terms_hint_words(reader, pair->key.text, keys);
}

enum { ENTRIES_MAX = 32 };

static tl_status check_keys(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *what,
                            const struct tl_terms_entry *entries)
{
    const char *keys[ENTRIES_MAX + 1] = {NULL};
    for (size_t i = 0; i < ENTRIES_MAX && entries[i].key != NULL; i++)
        keys[i] = entries[i].key;
    if (node->kind != TL_YAML_MAPPING) {
        (void)tl_terms_refuse(reader, node, "%s is written as keys with values", what);
        char list[sizeof reader->err->hint] = "";
        list_words(list, sizeof list, keys);
        tl_err_hint(reader->err, "possible are %s", list);
        return TL_ERR_INPUT;
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct tl_yaml_node *key = &node->pairs[i].key;
        size_t known = 0;
        while (keys[known] != NULL && !tl_text_equal(keys[known], key->text))
            known++;
        if (keys[known] != NULL)
            continue;
        (void)tl_terms_refuse(reader, key, "%s has no key '%.*s'", what, QUOTED(key->text));
        tl_terms_hint_key(reader, &node->pairs[i], keys);
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

tl_status tl_terms_read_mapping(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                                const char *what, const struct tl_terms_entry *entries)
{
    tl_status status = check_keys(reader, node, what, entries);
    for (; status == TL_OK && entries->key != NULL; entries++) {
        const struct tl_yaml_pair *pair = tl_yaml_find(node, entries->key);
        if (pair != NULL)
            status = entries->read(target, reader, &pair->value);
        else if (entries->is_required)
            status = tl_terms_refuse(reader, node, "'%s' is missing in %s", entries->key, what);
    }
    return status;
}
