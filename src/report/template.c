/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/template.h"

#include <string.h>

#include "compose.h"
#include "template_parse.h"

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

static tl_status unknown_field(struct template_parse *p, const struct template_node *node, const struct scope *scope)
{
    const char *const *names = visible_names(&p->arena, scope);
    const char *name = tl_arena_copy(&p->arena, node->text, node->length);
    if (names == NULL || name == NULL)
        return tl_err_memory(p->err);
    tl_status status = tl_err_set(p->err, TL_ERR_INPUT, "unknown field '%s'", name);
    const char *nearest = tl_text_nearest(name, names);
    if (nearest != NULL)
        tl_err_hint(p->err, "did you mean '%s'?", nearest);
    template_say_where(p, node->tag);
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

static tl_status print_value(struct template_parse *p, const struct template_node *node, const struct scope *scope,
                             struct tl_buf *out)
{
    const struct tl_field *field = look_up(scope, node->text, node->length);
    if (field == NULL)
        return unknown_field(p, node, scope);
    if (field->kind == TL_FIELD_TEXT && field->text[0] != '\0' && field->text[compose_printable(field->text)] == '\0') {
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
    template_say_where(p, node->tag);
    return status;
}

static tl_status render_range(struct template_parse *p, size_t from, size_t to, struct scope *scope,
                              struct tl_buf *out);

static tl_status render_section(struct template_parse *p, size_t index, struct scope *scope, struct tl_buf *out)
{
    const struct template_node *node = &p->nodes[index];
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
static tl_status render_range(struct template_parse *p, size_t from, size_t to, struct scope *scope, struct tl_buf *out)
{
    tl_status status = TL_OK;
    for (size_t i = from; i < to && status == TL_OK; i++) {
        const struct template_node *node = &p->nodes[i];
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
    struct template_parse p;
    struct scope scope = {.levels = {fields}, .count = 1};
    tl_status status = template_parse(&p, text, name, err);
    if (status == TL_OK)
        status = render_range(&p, 0, p.count, &scope, out);
    if (status == TL_OK)
        status = tl_buf_status(out, err);
    tl_arena_release(&p.arena);
    return status;
}
