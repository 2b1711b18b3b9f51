/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What can be asked of a parsed key: its canonical text and the measures it needs. key_parse.c reads it,
 * key_weigh.c computes with it.
 */
#include "tilslut/key/key.h"

#include <string.h>

#include "key_tree.h"
#include "tilslut/base/text.h"

static void print_key(struct tl_buf *buf, const struct tl_key *key, bool is_part);

static void print_mix(struct tl_buf *buf, const struct tl_key *mix)
{
    char weight[TL_RATIO_TEXT_SIZE];
    for (size_t i = 0; i < mix->part_count; i++) {
        tl_buf_format(buf, "%s%s ", i == 0 ? "" : " + ", tl_ratio_percent(mix->parts[i].weight, weight));
        print_key(buf, mix->parts[i].key, true);
    }
}

/* A mix that is part of another stands in parentheses. */
static void print_key(struct tl_buf *buf, const struct tl_key *key, bool is_part)
{
    switch (key->kind) {
    case TL_KEY_EQUAL:
        tl_buf_text(buf, "equal");
        break;
    case TL_KEY_MEASURE:
        tl_buf_text(buf, key->measure);
        break;
    case TL_KEY_MIX:
        tl_buf_text(buf, is_part ? "(" : "");
        print_mix(buf, key);
        tl_buf_text(buf, is_part ? ")" : "");
        break;
    }
}

const char *tl_key_text(const struct tl_key *key, struct tl_arena *arena)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    print_key(&buf, key, false);
    const char *text = buf.failed ? NULL : tl_arena_text(arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    return text;
}

/* Leaves of the tree in the order they are written; `before` counts the leaves up to `stop`. */
struct leaf_walk {
    const struct tl_key *root;
    tl_status (*visit)(const char *measure, void *context);
    void *context;
};

/* Whether `measure` stands in the tree before the leaf `stop`; *found_stop ends the search. */
static bool stands_before(const struct tl_key *key, const struct tl_key *stop, bool *found_stop)
{
    if (key == stop)
        *found_stop = true;
    if (*found_stop)
        return false;
    if (key->kind == TL_KEY_MEASURE && tl_text_equal(key->measure, stop->measure))
        return true;
    for (size_t i = 0; i < key->part_count && !*found_stop; i++)
        if (stands_before(key->parts[i].key, stop, found_stop))
            return true;
    return false;
}

static tl_status visit_leaves(const struct tl_key *key, const struct leaf_walk *walk)
{
    bool found_stop = false;
    if (key->kind == TL_KEY_MEASURE && !stands_before(walk->root, key, &found_stop))
        return walk->visit(key->measure, walk->context);
    for (size_t i = 0; i < key->part_count; i++) {
        tl_status status = visit_leaves(key->parts[i].key, walk);
        if (status != TL_OK)
            return status;
    }
    return TL_OK;
}

tl_status tl_key_measures(const struct tl_key *key, tl_status (*visit)(const char *measure, void *context),
                          void *context)
{
    struct leaf_walk walk = {key, visit, context};
    return visit_leaves(key, &walk);
}
