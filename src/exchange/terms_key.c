/* SPDX-License-Identifier: MPL-2.0 */
/* Keys: those with a name, the one of a line, and what a price counts. */
#include "quoted.h"
#include "terms_read.h"

struct key_classes {
    const struct tl_terms_reader *reader;
    const struct tl_yaml_node *node;
};

/* A class that a key names, and nobody is in, would be found only when the line is allocated. */
static tl_status check_class(const char *size_class, void *context)
{
    const struct key_classes *classes = context;
    const struct tl_terms *terms = classes->reader->terms;
    const char *names[TL_TERMS_CLASSES_MAX + 1] = {NULL};
    if (tl_terms_class_index(terms, size_class) < terms->class_count)
        return TL_OK;
    for (size_t i = 0; i < terms->class_count; i++)
        names[i] = terms->classes[i].name;
    (void)tl_terms_refuse(classes->reader, classes->node,
                          "the key names a size class '%.*s' that the terms do not have", QUOTED(size_class));
    tl_terms_hint_words(classes->reader, size_class, names);
    return TL_ERR_INPUT;
}

tl_status tl_terms_parse_key(const struct tl_key **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node, size_t offset)
{
    struct tl_terms *terms = reader->terms;
    size_t column = 1;
    if (tl_key_parse_named(out, node->text + offset, &terms->keys, &column, &terms->arena, reader->err) != TL_OK)
        return tl_terms_fail_inside(reader, node, offset + column - 1);
    struct key_classes classes = {reader, node};
    return tl_key_classes(*out, check_class, &classes);
}

tl_status tl_terms_parse_quantity(const struct tl_key **out, const struct tl_terms_reader *reader,
                                  const struct tl_yaml_node *node, size_t offset)
{
    tl_status status = tl_terms_parse_key(out, reader, node, offset);
    if (status != TL_OK || tl_key_is_quantity(*out))
        return status;
    (void)tl_terms_refuse(reader, node, "'%.*s' gives shares, which a price cannot count", QUOTED(node->text + offset));
    tl_err_hint(reader->err, "count a figure, as in 3.85 per population or by min(population, 100000)");
    return TL_ERR_INPUT;
}

static tl_status parse_value(const struct tl_key **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node)
{
    const char *text;
    tl_status status = tl_terms_read_text(&text, reader, node);
    return status == TL_OK ? tl_terms_parse_key(out, reader, node, 0) : status;
}

tl_status tl_terms_read_key(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return parse_value(&((struct tl_line *)target)->key, reader, node);
}

static tl_status find_measure(const char *measure, void *context)
{
    return tl_text_equal(measure, context) ? TL_ERR_CONFLICT : TL_OK;
}

/* A name that also counts as a measure would mean two things, above and below the line that defines it. */
static tl_status check_name(const struct tl_terms_reader *reader, const struct tl_named_key *keys, size_t at,
                            const struct tl_yaml_node *node)
{
    struct tl_named_key named = keys[at];
    const struct tl_reference *reference = &reader->terms->reference;
    if (reference->measure != NULL && tl_text_equal(reference->measure, named.name)) {
        (void)tl_terms_refuse(reader, node, "'%s' is the measure of the reference", named.name);
        tl_err_hint(reader->err, "choose another name for the key");
        return TL_ERR_INPUT;
    }
    char *name = tl_arena_text(&reader->terms->arena, named.name);
    if (name == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; i <= at; i++) {
        if (tl_key_measures(keys[i].key, find_measure, name) == TL_OK)
            continue;
        (void)tl_terms_refuse(reader, node, "the key '%s' counts '%s' before that is a key", keys[i].name, name);
        tl_err_hint(reader->err, i == at ? "name the key otherwise than what it counts"
                                         : "define a key before the keys that use it");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

tl_status tl_terms_read_keys(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_terms *terms = target;
    if (node->kind != TL_YAML_MAPPING || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the keys are written as names with keys");
        tl_err_hint(reader->err, "write for example usage: 25%% equal + 75%% population");
        return TL_ERR_INPUT;
    }
    if (node->count > TL_TERMS_KEYS_MAX)
        return tl_terms_refuse(reader, node, "the terms have more than %d keys with names", TL_TERMS_KEYS_MAX);
    struct tl_named_key *keys = tl_arena_alloc(&terms->arena, node->count, sizeof *keys);
    if (keys == NULL)
        return tl_err_memory(reader->err);
    terms->keys.items = keys;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        const struct tl_yaml_pair *pair = &node->pairs[i];
        status = tl_terms_copy_text(&keys[i].name, reader, &pair->key);
        if (status == TL_OK && tl_key_check_name(keys[i].name, reader->err) != TL_OK)
            status = tl_terms_fail_at(reader, &pair->key);
        if (status == TL_OK)
            status = parse_value(&keys[i].key, reader, &pair->value);
        if (status == TL_OK)
            status = check_name(reader, keys, i, &pair->key);
        terms->keys.count = i + 1;
    }
    return status;
}

static tl_status visit_key(const struct tl_key *key, tl_status (*visit)(const char *measure, void *context),
                           void *context)
{
    return key == NULL ? TL_OK : tl_key_measures(key, visit, context);
}

tl_status tl_terms_visit_measures(const struct tl_terms *terms, tl_status (*visit)(const char *measure, void *context),
                                  void *context)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < terms->line_count; i++) {
        const struct tl_line *line = &terms->lines[i];
        status = visit_key(line->key, visit, context);
        if (status == TL_OK)
            status = visit_key(line->price.quantity, visit, context);
        for (size_t j = 0; status == TL_OK && j < line->price_step_count; j++)
            status = visit_key(line->price_steps[j].price.quantity, visit, context);
    }
    return status;
}
