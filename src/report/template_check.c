/* SPDX-License-Identifier: MPL-2.0 */
/* What a template asks for and says, without any values: names that do not exist, names it prints, words that stand. */
#include <stdlib.h>
#include <string.h>

#include "template_parse.h"
#include "tilslut/report/template.h"

/* The known paths in their order, so that each name of a template is found at once. */
struct index {
    const char *const *known; /* as they were given */
    const char **sorted;
    size_t count;
};

static int by_text(const void *left, const void *right)
{
    return strcmp(*(const char *const *)left, *(const char *const *)right);
}

static tl_status sort_known(struct index *index, const char *const *known, struct tl_arena *arena, struct tl_err *err)
{
    *index = (struct index){.known = known};
    while (known[index->count] != NULL)
        index->count++;
    index->sorted = tl_arena_alloc(arena, index->count, sizeof *index->sorted);
    if (index->sorted == NULL)
        return tl_err_memory(err);
    memcpy(index->sorted, known, index->count * sizeof *index->sorted);
    if (index->count > 0)
        qsort(index->sorted, index->count, sizeof *index->sorted, by_text);
    return TL_OK;
}

/* Whether a known path is `path` followed by `next`, or begins so where that is a dot. */
static bool is_followed(const struct index *index, const char *path, char next)
{
    size_t length = strlen(path), low = 0, high = index->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const char *name = index->sorted[middle];
        int order = strncmp(name, path, length);
        if (order == 0)
            order = (unsigned char)name[length] - (unsigned char)next;
        if (order == 0)
            return true;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return false;
}

/* True when `path` is listed, or is the prefix of a listed path. */
static bool is_known_path(const char *path, const struct index *index)
{
    return is_followed(index, path, '\0') || is_followed(index, path, '.');
}

/* The path that `name` means inside the sections `prefixes`; NULL when none is known, or memory is gone (err). */
static const char *resolve(struct template_parse *p, const char *const *prefixes, size_t depth, const char *name,
                           const struct index *index)
{
    for (size_t i = depth; i > 0; i--) {
        const char *path = tl_arena_format(&p->arena, "%s.%s", prefixes[i - 1], name);
        if (path == NULL)
            tl_err_memory(p->err);
        if (path == NULL || is_known_path(path, index))
            return path;
    }
    return is_known_path(name, index) ? name : NULL;
}

/* The nearest known name as it would be written inside the open sections. */
static const char *nearest_known(struct template_parse *p, const char *const *prefixes, size_t depth, const char *name,
                                 const char *const *known)
{
    size_t known_count = 0, count = 0;
    while (known[known_count] != NULL)
        known_count++;
    const char **names = tl_arena_alloc(&p->arena, known_count * (depth + 1) + 1, sizeof *names);
    for (size_t level = depth + 1; names != NULL && level > 0; level--) {
        const char *prefix = level == 1 ? "" : prefixes[level - 2];
        size_t length = strlen(prefix);
        for (size_t i = 0; i < known_count; i++)
            if (length == 0)
                names[count++] = known[i];
            else if (strncmp(known[i], prefix, length) == 0 && known[i][length] == '.')
                names[count++] = known[i] + length + 1;
    }
    return names == NULL ? NULL : tl_text_nearest(name, names);
}

/* What checking carries along: the paths of the open sections, and whom to tell. */
struct check {
    struct template_parse parse;
    const char *prefixes[TL_TEMPLATE_DEPTH_MAX];
    size_t depth;
    struct index index;
    tl_template_visit *visit; /* NULL: unknown names are nobody's business here */
    void *context;
    size_t unknown_count;
    const char *const *wanted; /* paths to look for, NULL for none */
    bool *printed;             /* of each */
};

static void note_printed(struct check *c, const char *path)
{
    for (size_t i = 0; c->wanted != NULL && c->wanted[i] != NULL; i++)
        c->printed[i] = c->printed[i] || strcmp(c->wanted[i], path) == 0;
}

static tl_status check_node(struct check *c, const struct template_node *node)
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
    const char *path = resolve(&c->parse, c->prefixes, c->depth, name, &c->index);
    if (c->parse.err->status != TL_OK)
        return c->parse.err->status;
    if (path != NULL && node->kind == NODE_VALUE)
        note_printed(c, path);
    if (path == NULL && c->visit != NULL) {
        size_t line, column;
        template_place(&c->parse, node->tag, &line, &column);
        c->unknown_count++;
        c->visit(name, line, column, nearest_known(&c->parse, c->prefixes, c->depth, name, c->index.known), c->context);
    }
    if (node->kind != NODE_VALUE)
        c->prefixes[c->depth++] = path == NULL ? name : path;
    return TL_OK;
}

static tl_status check_all(struct check *c, const char *text, const char *name, const char *const *known,
                           struct tl_err *err)
{
    tl_status status = template_parse(&c->parse, text, name, err);
    if (status == TL_OK)
        status = sort_known(&c->index, known, &c->parse.arena, err);
    for (size_t i = 0; i < c->parse.count && status == TL_OK; i++)
        status = check_node(c, &c->parse.nodes[i]);
    tl_arena_release(&c->parse.arena);
    return status;
}

tl_status tl_template_check(const char *text, const char *name, const char *const *known, tl_template_visit *visit,
                            void *context, size_t *unknown_count, struct tl_err *err)
{
    struct check c = {.visit = visit, .context = context};
    tl_status status = check_all(&c, text, name, known, err);
    *unknown_count = c.unknown_count;
    return status;
}

tl_status tl_template_find_printed(bool *printed, const char *text, const char *name, const char *const *known,
                                   const char *const *paths, struct tl_err *err)
{
    struct check c = {.wanted = paths, .printed = printed};
    for (size_t i = 0; paths[i] != NULL; i++)
        printed[i] = false;
    return check_all(&c, text, name, known, err);
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* True when `text` begins with `words`, any white space being as good as one space. */
static bool begins_with(const char *text, const char *end, const char *words)
{
    for (; *words != '\0'; words++) {
        if (text == end || (*words == ' ' ? !is_space(*text) : *text != *words))
            return false;
        do
            text++;
        while (*words == ' ' && text < end && is_space(*text));
    }
    return true;
}

tl_status tl_template_says(bool *says, const char *text, const char *name, const char *words, struct tl_err *err)
{
    struct template_parse p;
    size_t depth = 0;
    *says = false;
    tl_status status = template_parse(&p, text, name, err);
    for (size_t i = 0; i < p.count && status == TL_OK; i++) {
        const struct template_node *node = &p.nodes[i];
        if (node->kind == NODE_SECTION || node->kind == NODE_ABSENT)
            depth++;
        else if (node->kind == NODE_END)
            depth--;
        const char *end = node->text + node->length;
        for (const char *at = node->text; node->kind == NODE_TEXT && depth == 0 && !*says && at < end; at++)
            *says = begins_with(at, end, words);
    }
    tl_arena_release(&p.arena);
    return status;
}
