/* SPDX-License-Identifier: MPL-2.0 */
#include "template_parse.h"

#include "compose.h"

#include <string.h>

void template_place(const struct template_parse *p, const char *at, size_t *line, size_t *column)
{
    *line = *column = 1;
    for (const char *c = p->source; c < at; c++) {
        if (*c == '\n') {
            ++*line;
            *column = 1;
        } else if (((unsigned char)*c & 0xC0U) != 0x80U)
            ++*column;
    }
}

void template_say_where(const struct template_parse *p, const char *at)
{
    size_t line, column;
    template_place(p, at, &line, &column);
    tl_err_at(p->err, p->name, line, column);
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static bool is_name_character(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
}

static tl_status add_node(struct template_parse *p, struct template_node node)
{
    void *nodes = tl_arena_grow(&p->arena, p->nodes, p->count, &p->capacity, sizeof *p->nodes);
    if (nodes == NULL)
        return tl_err_memory(p->err);
    p->nodes = nodes;
    p->nodes[p->count++] = node;
    return TL_OK;
}

static tl_status add_text(struct template_parse *p, const char *from, const char *to)
{
    if (from >= to)
        return TL_OK;
    return add_node(
        p, (struct template_node){.kind = NODE_TEXT, .text = from, .length = (size_t)(to - from), .tag = from});
}

static tl_status open_section(struct template_parse *p, const struct template_node *node)
{
    if (p->depth == TL_TEMPLATE_DEPTH_MAX) {
        tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "section '%.*s' is nested more than %d deep",
                                      (int)node->length, node->text, TL_TEMPLATE_DEPTH_MAX);
        template_say_where(p, node->tag);
        return status;
    }
    p->open[p->depth++] = p->count;
    return add_node(p, *node);
}

static tl_status close_section(struct template_parse *p, const struct template_node *node)
{
    const struct template_node *begin = p->depth == 0 ? NULL : &p->nodes[p->open[p->depth - 1]];
    if (begin == NULL || begin->length != node->length || memcmp(begin->text, node->text, node->length) != 0) {
        tl_status status = begin == NULL
                               ? tl_err_set(p->err, TL_ERR_INPUT, "'{{/%.*s}}' closes a section that is not open",
                                            (int)node->length, node->text)
                               : tl_err_set(p->err, TL_ERR_INPUT, "'{{/%.*s}}' stands where '{{/%.*s}}' is due",
                                            (int)node->length, node->text, (int)begin->length, begin->text);
        template_say_where(p, node->tag);
        return status;
    }
    p->nodes[p->open[--p->depth]].end = p->count;
    return add_node(p, *node);
}

/* The end of a standalone tag's line, when the tag from `tag` to `after` is alone on it; else NULL.
 * *line_start is then the start of the line. */
static const char *standalone_end(const struct template_parse *p, const char *tag, const char *after,
                                  const char **line_start)
{
    const char *start = tag, *end = after;
    while (start > p->source && is_blank(start[-1]))
        start--;
    if (start > p->source && start[-1] != '\n')
        return NULL;
    while (is_blank(*end) || *end == '\r')
        end++;
    if (*end != '\n' && *end != '\0')
        return NULL;
    *line_start = start;
    return *end == '\n' ? end + 1 : end;
}

static tl_status bad_tag(struct template_parse *p, const char *tag, const char *end)
{
    size_t length = tl_text_cut(tag, (size_t)(end - tag) < 60 ? (size_t)(end - tag) : 60);
    tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "'%.*s' is not a tag", (int)length, tag);
    tl_err_hint(p->err, "a tag is {{name}}, {{#name}}, {{^name}}, {{/name}} or {{! comment}}; names are letters, "
                        "digits, '_' and '.'");
    template_say_where(p, tag);
    return status;
}

/* Reads the inside of a tag, from `inside` to `close`. */
static tl_status read_tag(struct template_parse *p, const char *tag, const char *close, struct template_node *node)
{
    const char *at = tag + 2;
    *node = (struct template_node){.kind = NODE_VALUE, .tag = tag};
    if (*at == '#' || *at == '^' || *at == '/')
        node->kind = *at == '#' ? NODE_SECTION : *at == '^' ? NODE_ABSENT : NODE_END;
    if (node->kind != NODE_VALUE)
        at++;
    while (at < close && is_blank(*at))
        at++;
    node->text = at;
    while (at < close && is_name_character(*at))
        at++;
    node->length = (size_t)(at - node->text);
    while (at < close && is_blank(*at))
        at++;
    return at == close && node->length > 0 ? TL_OK : bad_tag(p, tag, close + 2);
}

static tl_status add_tag(struct template_parse *p, const struct template_node *node)
{
    switch (node->kind) {
    case NODE_SECTION:
    case NODE_ABSENT:
        return open_section(p, node);
    case NODE_END:
        return close_section(p, node);
    case NODE_TEXT:
    case NODE_VALUE:
        break;
    }
    return add_node(p, *node);
}

static tl_status parse_all(struct template_parse *p)
{
    const char *text = p->source;
    for (;;) {
        const char *tag = strstr(text, "{{");
        if (tag == NULL)
            break;
        const char *close = strstr(tag, "}}");
        if (close == NULL) {
            tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "'{{' is not closed by '}}'");
            template_say_where(p, tag);
            return status;
        }
        bool is_comment = tag[2] == '!';
        struct template_node node = {.kind = NODE_TEXT};
        tl_status status = is_comment ? TL_OK : read_tag(p, tag, close, &node);
        const char *line_start = tag, *next = close + 2;
        const char *line_end = node.kind == NODE_VALUE ? NULL : standalone_end(p, tag, next, &line_start);
        if (line_end != NULL)
            next = line_end;
        if (status == TL_OK)
            status = add_text(p, text, line_end != NULL ? line_start : tag);
        if (status == TL_OK && !is_comment)
            status = add_tag(p, &node);
        if (status != TL_OK)
            return status;
        text = next;
    }
    if (p->depth > 0) {
        const struct template_node *begin = &p->nodes[p->open[p->depth - 1]];
        tl_status status =
            tl_err_set(p->err, TL_ERR_INPUT, "section '%.*s' is not closed", (int)begin->length, begin->text);
        template_say_where(p, begin->tag);
        return status;
    }
    return add_text(p, text, text + strlen(text));
}

tl_status template_parse(struct template_parse *p, const char *text, const char *name, struct tl_err *err)
{
    *p = (struct template_parse){.source = text, .name = name, .arena = TL_ARENA_EMPTY, .err = err};
    size_t length = strlen(text);
    if (length > TL_TEMPLATE_SIZE_MAX) {
        tl_status status = tl_err_set(err, TL_ERR_RANGE, "the template is larger than %d bytes", TL_TEMPLATE_SIZE_MAX);
        tl_err_at(err, name, 0, 0);
        return status;
    }
    size_t printable = compose_printable(text);
    if (printable < length) {
        bool is_utf8 = tl_text_valid_utf8(text, length) > printable;
        tl_status status = is_utf8 ? tl_err_set(err, TL_ERR_INPUT, "the template has a control character here")
                                   : tl_err_set(err, TL_ERR_INPUT, "the template is not UTF-8 from here on");
        template_say_where(p, text + printable);
        return status;
    }
    return parse_all(p);
}
