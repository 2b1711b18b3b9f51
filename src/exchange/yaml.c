/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/yaml.h"

#include <string.h>
#include <yaml.h>

#include "quoted.h"
#include "tilslut/base/text.h"

struct reader {
    yaml_parser_t parser;
    const struct tl_source *source;
    const char *text;
    struct tl_arena *arena;
    size_t depth, nodes;
    struct tl_err *err;
};

static tl_status fail_at(struct reader *reader, yaml_mark_t mark)
{
    tl_err_at(reader->err, reader->source->name, mark.line + 1, mark.column + 1);
    return reader->err->status;
}

static tl_status refuse(struct reader *reader, yaml_mark_t mark, const char *message, const char *hint)
{
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "%s", message);
    tl_err_hint(reader->err, "%s", hint);
    return fail_at(reader, mark);
}

/* The byte at a mark, whose column counts characters. */
static char byte_at(const char *text, yaml_mark_t mark)
{
    for (size_t line = 0; line < mark.line && *text != '\0'; text++)
        line += *text == '\n' ? 1 : 0;
    for (size_t column = 0; column < mark.column && *text != '\0'; column++)
        (void)tl_text_next(&text);
    return *text;
}

/* What libyaml found wrong, with the usual reason for it. */
static tl_status refuse_problem(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_MEMORY_ERROR)
        return tl_err_memory(reader->err);
    const char *problem = parser->problem == NULL ? "unknown reason" : parser->problem;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the file is not YAML: %s", problem);
    if (byte_at(reader->text, parser->problem_mark) == '\t')
        tl_err_hint(reader->err, "indent with spaces, not with tabs");
    else if (strstr(problem, "mapping values are not allowed") != NULL)
        tl_err_hint(reader->err, "put a value that holds ': ' in quotes, and check the indentation");
    else if (strstr(problem, "cannot start any token") != NULL)
        tl_err_hint(reader->err, "put a value that begins with a sign in quotes");
    else
        tl_err_hint(reader->err, "check quotes, brackets and indentation there and on the line before");
    return fail_at(reader, parser->problem_mark);
}

static tl_status next_event(yaml_event_t *event, struct reader *reader)
{
    return yaml_parser_parse(&reader->parser, event) ? TL_OK : refuse_problem(reader);
}

/* Anchors and tags: what an event says besides its content. */
static tl_status check_plain(struct reader *reader, const yaml_event_t *event)
{
    const yaml_char_t *anchor = NULL, *tag = NULL;
    if (event->type == YAML_SCALAR_EVENT) {
        anchor = event->data.scalar.anchor;
        tag = event->data.scalar.tag;
    } else if (event->type == YAML_MAPPING_START_EVENT) {
        anchor = event->data.mapping_start.anchor;
        tag = event->data.mapping_start.tag;
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        anchor = event->data.sequence_start.anchor;
        tag = event->data.sequence_start.tag;
    }
    if (event->type == YAML_ALIAS_EVENT || anchor != NULL)
        return refuse(reader, event->start_mark, "anchors and aliases are not read",
                      "write the value out; a text that begins with & or * stands in quotes");
    if (tag != NULL)
        return refuse(reader, event->start_mark, "tags are not read",
                      "write the value alone; a text that begins with ! stands in quotes");
    return TL_OK;
}

/* An escape such as "\0" or "\e" can write what no file may hold. */
static bool is_acceptable(const char *text, size_t length)
{
    for (const char *at = text; at < text + length;) {
        uint32_t c = tl_text_next(&at);
        if (c == 0 || !tl_source_accepts(c))
            return false;
    }
    return true;
}

static tl_status read_text(struct tl_yaml_node *node, struct reader *reader, const yaml_event_t *event)
{
    const char *value = (const char *)event->data.scalar.value;
    size_t length = event->data.scalar.length;
    node->text = tl_arena_copy(reader->arena, value, length);
    if (node->text == NULL)
        return tl_err_memory(reader->err);
    if (!is_acceptable(node->text, length))
        return refuse(reader, event->start_mark, "a text holds a control character", "remove the escape");
    yaml_scalar_style_t style = event->data.scalar.style;
    node->text_offset = style == YAML_SINGLE_QUOTED_SCALAR_STYLE || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE ? 1 : 0;
    /* characters between the marks, quotes aside, are those of the text unless something was folded or escaped */
    size_t written = event->end_mark.column - event->start_mark.column;
    node->is_verbatim = event->start_mark.line == event->end_mark.line &&
                        written == tl_text_characters(node->text) + 2 * node->text_offset;
    return TL_OK;
}

static tl_status read_node(struct tl_yaml_node *node, struct reader *reader, const yaml_event_t *event);

/* Reads the next event as a node; *ended when it was `end` instead. */
static tl_status read_next(struct tl_yaml_node *node, bool *ended, struct reader *reader, yaml_event_type_t end)
{
    yaml_event_t event;
    tl_status status = next_event(&event, reader);
    if (status != TL_OK)
        return status;
    *ended = event.type == end;
    if (!*ended)
        status = read_node(node, reader, &event);
    yaml_event_delete(&event);
    return status;
}

static tl_status check_key(struct reader *reader, const struct tl_yaml_node *mapping, const struct tl_yaml_pair *pairs,
                           const struct tl_yaml_node *key)
{
    yaml_mark_t mark = {.line = key->line - 1, .column = key->column - 1};
    if (key->kind != TL_YAML_TEXT)
        return refuse(reader, mark, "a key is not a text", "write key: value");
    for (size_t i = 0; i < mapping->count; i++) {
        if (!tl_text_equal(pairs[i].key.text, key->text))
            continue;
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is there twice, first on line %zu", QUOTED(key->text),
                         pairs[i].key.line);
        tl_err_hint(reader->err, "remove one of them");
        return fail_at(reader, mark);
    }
    return TL_OK;
}

static tl_status read_mapping(struct tl_yaml_node *node, struct reader *reader)
{
    struct tl_yaml_pair *pairs = NULL;
    size_t capacity = 0;
    for (;;) {
        struct tl_yaml_pair pair = {.key = {.text = ""}, .value = {.text = ""}};
        bool ended;
        tl_status status = read_next(&pair.key, &ended, reader, YAML_MAPPING_END_EVENT);
        if (status != TL_OK || ended)
            return status;
        status = check_key(reader, node, pairs, &pair.key);
        if (status == TL_OK)
            status = read_next(&pair.value, &ended, reader, YAML_NO_EVENT);
        if (status != TL_OK)
            return status;
        pairs = tl_arena_grow(reader->arena, pairs, node->count, &capacity, sizeof *pairs);
        if (pairs == NULL)
            return tl_err_memory(reader->err);
        pairs[node->count++] = pair;
        node->pairs = pairs;
    }
}

static tl_status read_sequence(struct tl_yaml_node *node, struct reader *reader)
{
    struct tl_yaml_node *items = NULL;
    size_t capacity = 0;
    for (;;) {
        struct tl_yaml_node item = {.text = ""};
        bool ended;
        tl_status status = read_next(&item, &ended, reader, YAML_SEQUENCE_END_EVENT);
        if (status != TL_OK || ended)
            return status;
        items = tl_arena_grow(reader->arena, items, node->count, &capacity, sizeof *items);
        if (items == NULL)
            return tl_err_memory(reader->err);
        items[node->count++] = item;
        node->items = items;
    }
}

static tl_status check_bounds(struct reader *reader, yaml_mark_t mark)
{
    if (reader->depth > TL_YAML_DEPTH_MAX)
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the file nests deeper than %d levels", TL_YAML_DEPTH_MAX);
    else if (reader->nodes > TL_YAML_NODES_MAX)
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the file has more than %d keys and values", TL_YAML_NODES_MAX);
    else
        return TL_OK;
    return fail_at(reader, mark);
}

static tl_status read_node(struct tl_yaml_node *node, struct reader *reader, const yaml_event_t *event)
{
    *node =
        (struct tl_yaml_node){.text = "", .line = event->start_mark.line + 1, .column = event->start_mark.column + 1};
    reader->depth++;
    reader->nodes++;
    tl_status status = check_bounds(reader, event->start_mark);
    if (status == TL_OK)
        status = check_plain(reader, event);
    if (status != TL_OK)
        return status;
    if (event->type == YAML_MAPPING_START_EVENT) {
        node->kind = TL_YAML_MAPPING;
        status = read_mapping(node, reader);
    } else if (event->type == YAML_SEQUENCE_START_EVENT) {
        node->kind = TL_YAML_SEQUENCE;
        status = read_sequence(node, reader);
    } else {
        status = read_text(node, reader, event);
    }
    reader->depth--;
    return status;
}

/* Steps over an event that must be there, or tells of a second document. */
static tl_status expect(struct reader *reader, yaml_event_type_t type)
{
    yaml_event_t event;
    tl_status status = next_event(&event, reader);
    if (status != TL_OK)
        return status;
    if (event.type != type && event.type == YAML_STREAM_END_EVENT)
        status = refuse(reader, (yaml_mark_t){0}, "the file is empty",
                        "examples/terms-reference.md says what belongs in it");
    else if (event.type != type)
        status = refuse(reader, event.start_mark, "a second document begins here", "keep one document in a file");
    yaml_event_delete(&event);
    return status;
}

static tl_status read_document(struct tl_yaml_node *root, struct reader *reader)
{
    bool ended;
    tl_status status = expect(reader, YAML_STREAM_START_EVENT);
    if (status == TL_OK)
        status = expect(reader, YAML_DOCUMENT_START_EVENT);
    if (status == TL_OK)
        status = read_next(root, &ended, reader, YAML_NO_EVENT);
    if (status == TL_OK)
        status = expect(reader, YAML_DOCUMENT_END_EVENT);
    return status == TL_OK ? expect(reader, YAML_STREAM_END_EVENT) : status;
}

tl_status tl_yaml_read(const struct tl_yaml_node **out, const struct tl_source *source, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct reader reader = {.source = source, .arena = arena, .err = err};
    char *text;
    size_t length = 0;
    tl_status status = tl_source_text(&text, &length, source, TL_YAML_LENGTH_MAX, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_yaml_node *root = tl_arena_alloc(arena, 1, sizeof *root);
    if (root == NULL || !yaml_parser_initialize(&reader.parser))
        return tl_err_memory(err);
    reader.text = text;
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)text, length);
    status = read_document(root, &reader);
    yaml_parser_delete(&reader.parser);
    if (status == TL_OK)
        *out = root;
    return status;
}

const struct tl_yaml_pair *tl_yaml_find(const struct tl_yaml_node *node, const char *key)
{
    for (size_t i = 0; node->kind == TL_YAML_MAPPING && i < node->count; i++)
        if (tl_text_equal(node->pairs[i].key.text, key))
            return &node->pairs[i];
    return NULL;
}
