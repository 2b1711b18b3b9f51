/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/template.h"

#include <stdbool.h>
#include <string.h>

/* A template is read into a flat list of nodes; a section knows the index of its end. */
typedef enum node_kind { NODE_TEXT, NODE_VALUE, NODE_SECTION, NODE_ABSENT, NODE_END } node_kind;

struct node {
    node_kind kind;
    const char *text; /* of a text, or the name of a tag */
    size_t length;
    const char *tag; /* where the tag begins in the source */
    size_t end;      /* NODE_SECTION, NODE_ABSENT: the index of its NODE_END */
};

struct parse {
    const char *source, *name;
    struct tl_arena arena;
    struct node *nodes;
    size_t count, capacity;
    size_t open[TL_TEMPLATE_DEPTH_MAX]; /* indexes of sections that are not closed */
    size_t depth;
    struct tl_err *err;
};

/* The line and column of `at` in the source, in characters from 1. */
static void find_place(const struct parse *p, const char *at, size_t *line, size_t *column)
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

static void say_where(const struct parse *p, const char *at)
{
    size_t line, column;
    find_place(p, at, &line, &column);
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

static tl_status add_node(struct parse *p, struct node node)
{
    void *nodes = tl_arena_grow(&p->arena, p->nodes, p->count, &p->capacity, sizeof *p->nodes);
    if (nodes == NULL)
        return tl_err_memory(p->err);
    p->nodes = nodes;
    p->nodes[p->count++] = node;
    return TL_OK;
}

static tl_status add_text(struct parse *p, const char *from, const char *to)
{
    if (from >= to)
        return TL_OK;
    return add_node(p, (struct node){.kind = NODE_TEXT, .text = from, .length = (size_t)(to - from), .tag = from});
}

static tl_status open_section(struct parse *p, const struct node *node)
{
    if (p->depth == TL_TEMPLATE_DEPTH_MAX) {
        tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "section '%.*s' is nested more than %d deep",
                                      (int)node->length, node->text, TL_TEMPLATE_DEPTH_MAX);
        say_where(p, node->tag);
        return status;
    }
    p->open[p->depth++] = p->count;
    return add_node(p, *node);
}

static tl_status close_section(struct parse *p, const struct node *node)
{
    const struct node *begin = p->depth == 0 ? NULL : &p->nodes[p->open[p->depth - 1]];
    if (begin == NULL || begin->length != node->length || memcmp(begin->text, node->text, node->length) != 0) {
        tl_status status = begin == NULL
                               ? tl_err_set(p->err, TL_ERR_INPUT, "'{{/%.*s}}' closes a section that is not open",
                                            (int)node->length, node->text)
                               : tl_err_set(p->err, TL_ERR_INPUT, "'{{/%.*s}}' stands where '{{/%.*s}}' is due",
                                            (int)node->length, node->text, (int)begin->length, begin->text);
        say_where(p, node->tag);
        return status;
    }
    p->nodes[p->open[--p->depth]].end = p->count;
    return add_node(p, *node);
}

/* The end of a standalone tag's line, when the tag from `tag` to `after` is alone on it; else NULL.
 * *line_start is then the start of the line. */
static const char *standalone_end(const struct parse *p, const char *tag, const char *after, const char **line_start)
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

static tl_status bad_tag(struct parse *p, const char *tag, const char *end)
{
    size_t length = tl_text_cut(tag, (size_t)(end - tag) < 60 ? (size_t)(end - tag) : 60);
    tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "'%.*s' is not a tag", (int)length, tag);
    tl_err_hint(p->err, "a tag is {{name}}, {{#name}}, {{^name}}, {{/name}} or {{! comment}}; names are letters, "
                        "digits, '_' and '.'");
    say_where(p, tag);
    return status;
}

/* Reads the inside of a tag, from `inside` to `close`. */
static tl_status read_tag(struct parse *p, const char *tag, const char *close, struct node *node)
{
    const char *at = tag + 2;
    *node = (struct node){.kind = NODE_VALUE, .tag = tag};
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

static tl_status add_tag(struct parse *p, const struct node *node)
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

static tl_status parse_all(struct parse *p)
{
    const char *text = p->source;
    for (;;) {
        const char *tag = strstr(text, "{{");
        if (tag == NULL)
            break;
        const char *close = strstr(tag, "}}");
        if (close == NULL) {
            tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "'{{' is not closed by '}}'");
            say_where(p, tag);
            return status;
        }
        bool is_comment = tag[2] == '!';
        struct node node = {.kind = NODE_TEXT};
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
        const struct node *begin = &p->nodes[p->open[p->depth - 1]];
        tl_status status =
            tl_err_set(p->err, TL_ERR_INPUT, "section '%.*s' is not closed", (int)begin->length, begin->text);
        say_where(p, begin->tag);
        return status;
    }
    return add_text(p, text, text + strlen(text));
}

static tl_status parse_template(struct parse *p, const char *text, const char *name, struct tl_err *err)
{
    *p = (struct parse){.source = text, .name = name, .arena = TL_ARENA_EMPTY, .err = err};
    size_t length = strlen(text);
    if (length > TL_TEMPLATE_SIZE_MAX) {
        tl_status status = tl_err_set(err, TL_ERR_RANGE, "the template is larger than %d bytes", TL_TEMPLATE_SIZE_MAX);
        tl_err_at(err, name, 0, 0);
        return status;
    }
    size_t valid = tl_text_valid_utf8(text, length);
    if (valid < length) {
        tl_status status = tl_err_set(err, TL_ERR_INPUT, "the template is not UTF-8 from here on");
        say_where(p, text + valid);
        return status;
    }
    return parse_all(p);
}

/* The rows around a node, innermost last. */
struct scope {
    const struct tl_fields *levels[TL_TEMPLATE_DEPTH_MAX + 1];
    size_t count;
};

static const struct tl_field *look_up(const struct scope *scope, const char *name, size_t length)
{
    const char *dot = memchr(name, '.', length);
    size_t first = dot == NULL ? length : (size_t)(dot - name);
    const struct tl_field *field = NULL;
    for (size_t i = scope->count; i > 0 && field == NULL; i--)
        field = tl_fields_find(scope->levels[i - 1], name, first);
    while (field != NULL && dot != NULL) {
        const char *part = dot + 1;
        size_t left = length - (size_t)(part - name);
        dot = memchr(part, '.', left);
        bool is_group = field->kind == TL_FIELD_ROWS && field->row_count == 1;
        field = is_group ? tl_fields_find(field->rows[0], part, dot == NULL ? left : (size_t)(dot - part)) : NULL;
    }
    return field;
}

enum { NAMES_MAX = 512 };

/* All names that can be printed from here, dotted one level deep, for the hint. */
static const char *const *visible_names(struct tl_arena *arena, const struct scope *scope)
{
    const char **names = tl_arena_alloc(arena, NAMES_MAX + 1, sizeof *names);
    size_t count = 0;
    for (size_t level = scope->count; names != NULL && level > 0; level--)
        for (size_t i = 0; i < tl_fields_count(scope->levels[level - 1]) && count < NAMES_MAX; i++) {
            const struct tl_field *field = tl_fields_at(scope->levels[level - 1], i);
            names[count++] = field->name;
            bool is_group = field->kind == TL_FIELD_ROWS && field->row_count == 1;
            for (size_t j = 0; is_group && j < tl_fields_count(field->rows[0]) && count < NAMES_MAX; j++) {
                const char *dotted =
                    tl_arena_format(arena, "%s.%s", field->name, tl_fields_at(field->rows[0], j)->name);
                if (dotted != NULL)
                    names[count++] = dotted;
            }
        }
    return names;
}

static tl_status unknown_field(struct parse *p, const struct node *node, const struct scope *scope)
{
    const char *const *names = visible_names(&p->arena, scope);
    const char *name = tl_arena_copy(&p->arena, node->text, node->length);
    if (names == NULL || name == NULL)
        return tl_err_memory(p->err);
    tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "unknown field '%s'", name);
    const char *nearest = tl_text_nearest(name, names);
    if (nearest != NULL)
        tl_err_hint(p->err, "did you mean '%s'?", nearest);
    say_where(p, node->tag);
    return status;
}

void tl_template_escape(struct tl_buf *out, const char *value)
{
    bool space = false, any = false;
    for (const char *c = value; *c != '\0'; c++) {
        if (*c == ' ' || *c == '\t' || *c == '\n' || *c == '\r') {
            space = true;
            continue;
        }
        if (space && any)
            tl_buf_add(out, " ", 1);
        space = false;
        any = true;
        bool is_punctuation = (*c >= '!' && *c <= '/') || (*c >= ':' && *c <= '@') || (*c >= '[' && *c <= '`') ||
                              (*c >= '{' && *c <= '~');
        if (is_punctuation)
            tl_buf_add(out, "\\", 1);
        tl_buf_add(out, c, 1);
    }
}

/* True when the value is text that can be printed: UTF-8 and no control characters but white space. */
static bool is_printable(const char *value)
{
    if (value[tl_text_valid_utf8(value, strlen(value))] != '\0')
        return false;
    for (const char *c = value; *c != '\0'; c++) {
        unsigned char byte = (unsigned char)*c;
        if ((byte < 0x20U && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7FU ||
            (byte == 0xC2U && (unsigned char)c[1] < 0xA0U))
            return false;
    }
    return true;
}

static tl_status print_value(struct parse *p, const struct node *node, const struct scope *scope, struct tl_buf *out)
{
    const struct tl_field *field = look_up(scope, node->text, node->length);
    if (field == NULL)
        return unknown_field(p, node, scope);
    if (field->kind == TL_FIELD_TEXT && field->text[0] != '\0' && is_printable(field->text)) {
        tl_template_escape(out, field->text);
        return TL_OK;
    }
    int length = (int)node->length;
    tl_status status;
    if (field->kind != TL_FIELD_TEXT) {
        status = tl_err_set(p->err, TL_ERR_INPUT, "field '%.*s' is a section and has no value", length, node->text);
        tl_err_hint(p->err, "write {{#%.*s}} ... {{/%.*s}}", length, node->text, length, node->text);
    } else if (field->text[0] == '\0') {
        status = tl_err_set(p->err, TL_ERR_INPUT, "field '%.*s' is empty", length, node->text);
        tl_err_hint(p->err, "record it, or write {{#%.*s}} ... {{/%.*s}} around what may be left out", length,
                    node->text, length, node->text);
    } else
        status = tl_err_set(p->err, TL_ERR_INPUT, "field '%.*s' holds characters that cannot be printed", length,
                            node->text);
    say_where(p, node->tag);
    return status;
}

static tl_status render_range(struct parse *p, size_t from, size_t to, struct scope *scope, struct tl_buf *out);

static tl_status render_section(struct parse *p, size_t index, struct scope *scope, struct tl_buf *out)
{
    const struct node *node = &p->nodes[index];
    const struct tl_field *field = look_up(scope, node->text, node->length);
    if (field == NULL)
        return unknown_field(p, node, scope);
    bool is_rows = field->kind == TL_FIELD_ROWS;
    bool is_there = is_rows ? field->row_count > 0 : field->text[0] != '\0';
    if (node->kind == NODE_ABSENT)
        return is_there ? TL_OK : render_range(p, index + 1, node->end, scope, out);
    if (!is_rows)
        return is_there ? render_range(p, index + 1, node->end, scope, out) : TL_OK;
    tl_status status = TL_OK;
    for (size_t i = 0; i < field->row_count && status == TL_OK; i++) {
        scope->levels[scope->count++] = field->rows[i];
        status = render_range(p, index + 1, node->end, scope, out);
        scope->count--;
    }
    return status;
}

/* Recursion is as deep as sections nest. */
static tl_status render_range(struct parse *p, size_t from, size_t to, struct scope *scope, struct tl_buf *out)
{
    tl_status status = TL_OK;
    for (size_t i = from; i < to && status == TL_OK; i++) {
        const struct node *node = &p->nodes[i];
        switch (node->kind) {
        case NODE_TEXT:
            tl_buf_add(out, node->text, node->length);
            break;
        case NODE_VALUE:
            status = print_value(p, node, scope, out);
            break;
        case NODE_SECTION:
        case NODE_ABSENT:
            status = render_section(p, i, scope, out);
            i = node->end;
            break;
        case NODE_END:
            break;
        }
        if (status == TL_OK && out->length > TL_TEMPLATE_OUTPUT_MAX)
            status = tl_err_set(p->err, TL_ERR_RANGE, "the document is larger than %d bytes", TL_TEMPLATE_OUTPUT_MAX);
    }
    return status;
}

tl_status tl_template_render(struct tl_buf *out, const char *text, const char *name, const struct tl_fields *fields,
                             struct tl_err *err)
{
    struct parse p;
    struct scope scope = {.levels = {fields}, .count = 1};
    tl_status status = parse_template(&p, text, name, err);
    if (status == TL_OK)
        status = render_range(&p, 0, p.count, &scope, out);
    if (status == TL_OK)
        status = tl_buf_status(out, err);
    tl_arena_release(&p.arena);
    return status;
}

/* True when `path` is listed, or is the prefix of a listed path. */
static bool is_known_path(const char *path, const char *const *known)
{
    size_t length = strlen(path);
    for (; *known != NULL; known++)
        if (strncmp(*known, path, length) == 0 && ((*known)[length] == '\0' || (*known)[length] == '.'))
            return true;
    return false;
}

/* The path that `name` means inside the sections `prefixes`, or NULL when none is known. */
static const char *resolve(struct parse *p, const char *const *prefixes, size_t depth, const char *name,
                           const char *const *known)
{
    for (size_t i = depth; i > 0; i--) {
        const char *path = tl_arena_format(&p->arena, "%s.%s", prefixes[i - 1], name);
        if (path != NULL && is_known_path(path, known))
            return path;
    }
    return is_known_path(name, known) ? name : NULL;
}

/* The nearest known name as it would be written inside the innermost section. */
static const char *nearest_known(struct parse *p, const char *prefix, const char *name, const char *const *known)
{
    const char *full = prefix[0] == '\0' ? name : tl_arena_format(&p->arena, "%s.%s", prefix, name);
    const char *nearest = full == NULL ? NULL : tl_text_nearest(full, known);
    size_t length = strlen(prefix);
    if (nearest != NULL && length > 0 && strncmp(nearest, prefix, length) == 0 && nearest[length] == '.')
        return nearest + length + 1;
    return nearest == NULL ? tl_text_nearest(name, known) : nearest;
}

/* What checking carries along: the paths of the open sections, and whom to tell. */
struct check {
    struct parse parse;
    const char *prefixes[TL_TEMPLATE_DEPTH_MAX];
    size_t depth;
    const char *const *known;
    tl_template_visit *visit;
    void *context;
    size_t unknown_count;
};

static tl_status check_node(struct check *c, const struct node *node)
{
    if (node->kind == NODE_TEXT)
        return TL_OK;
    if (node->kind == NODE_END) {
        c->depth--;
        return TL_OK;
    }
    const char *name = tl_arena_copy(&c->parse.arena, node->text, node->length);
    if (name == NULL)
        return tl_err_memory(c->parse.err);
    const char *path = resolve(&c->parse, c->prefixes, c->depth, name, c->known);
    if (path == NULL) {
        size_t line, column;
        find_place(&c->parse, node->tag, &line, &column);
        c->unknown_count++;
        c->visit(name, line, column,
                 nearest_known(&c->parse, c->depth == 0 ? "" : c->prefixes[c->depth - 1], name, c->known), c->context);
    }
    if (node->kind != NODE_VALUE)
        c->prefixes[c->depth++] = path == NULL ? name : path;
    return TL_OK;
}

tl_status tl_template_check(const char *text, const char *name, const char *const *known, tl_template_visit *visit,
                            void *context, size_t *unknown_count, struct tl_err *err)
{
    struct check c = {.known = known, .visit = visit, .context = context};
    tl_status status = parse_template(&c.parse, text, name, err);
    for (size_t i = 0; i < c.parse.count && status == TL_OK; i++)
        status = check_node(&c, &c.parse.nodes[i]);
    *unknown_count = c.unknown_count;
    tl_arena_release(&c.parse.arena);
    return status;
}
