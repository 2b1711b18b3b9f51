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

tl_status tl_terms_read_text(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    if (node->kind != TL_YAML_TEXT)
        return tl_terms_refuse(reader, node, "a single value belongs here, not a list of values");
    if (node->text[0] == '\0')
        return tl_terms_refuse(reader, node, "the value is missing");
    *out = node->text;
    return TL_OK;
}

tl_status tl_terms_copy_text(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    *out = tl_arena_text(&reader->terms->arena, text);
    return *out == NULL ? tl_err_memory(reader->err) : TL_OK;
}

static tl_status read_da(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_text *)target)->da, reader, node);
}

static tl_status read_en(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_text *)target)->en, reader, node);
}

tl_status tl_terms_read_both(struct tl_text *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {{"da", true, read_da}, {"en", false, read_en}, {NULL, false, NULL}};
    struct tl_text both = {NULL, NULL};
    tl_status status = node->kind == TL_YAML_TEXT
                           ? tl_terms_copy_text(&both.da, reader, node)
                           : tl_terms_read_mapping(&both, reader, node, "a text in two languages", entries);
    if (both.en == NULL)
        both.en = both.da;
    if (status == TL_OK)
        *out = both;
    return status;
}

tl_status tl_terms_read_whole(int *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node, int low,
                              int high)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    int value = 0;
    size_t digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && i < 6; i++)
        value = value * 10 + (text[i] - '0');
    if (text[digits] != '\0' || digits == 0 || digits > 6 || value < low || value > high)
        return tl_terms_refuse(reader, node, "'%.*s' is not a whole number from %d to %d", QUOTED(text), low, high);
    *out = value;
    return TL_OK;
}

tl_status tl_terms_read_money(struct tl_money *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node)
{
    const char *text = "";
    struct tl_money amount;
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    if (tl_money_parse(&amount, text, reader->err) != TL_OK)
        return tl_terms_fail_at(reader, node);
    if (amount.minor < 0)
        return tl_terms_refuse(reader, node, "'%.*s' is less than zero", QUOTED(text));
    *out = amount;
    return TL_OK;
}

tl_status tl_terms_read_percent(struct tl_ratio *out, const struct tl_terms_reader *reader,
                                const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    /* 9 would be read as nine times */
    if (strchr(text, '%') == NULL) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a percent", QUOTED(text));
        tl_err_hint(reader->err, "write for example 25%% or 12,5%%");
        return TL_ERR_INPUT;
    }
    return tl_ratio_parse(out, text, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

tl_status tl_terms_read_word(size_t *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what, const char *const *words)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (!tl_text_equal(text, words[i]))
            continue;
        *out = i;
        return TL_OK;
    }
    (void)tl_terms_refuse(reader, node, "'%.*s' is not %s", QUOTED(text), what);
    tl_terms_hint_words(reader, text, words);
    return TL_ERR_INPUT;
}
