/* SPDX-License-Identifier: MPL-2.0 */
/*
 * YAML as a tree of texts, with the position of every node: what a person can read and decide on.
 *
 * A part of YAML 1.1, read by libyaml: mappings, sequences, scalars and comments. Every scalar is a text, so
 * that `no` and 0751 stay what was written. Anchors, aliases, tags, several documents and keys that are not
 * texts are refused; a key stands once in its mapping; length, depth and number of nodes are bounded.
 */
#ifndef TILSLUT_EXCHANGE_YAML_H
#define TILSLUT_EXCHANGE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

enum { TL_YAML_LENGTH_MAX = 256 * 1024, TL_YAML_DEPTH_MAX = 16, TL_YAML_NODES_MAX = 20000 };

typedef enum tl_yaml_kind { TL_YAML_TEXT, TL_YAML_MAPPING, TL_YAML_SEQUENCE } tl_yaml_kind;

struct tl_yaml_node {
    tl_yaml_kind kind;
    size_t line, column; /* where it begins, from 1, in characters */
    const char *text;    /* of a text; "" else */
    /* how far behind `column` the first character of the text stands (1 behind a quote), and whether the others
     * follow it one by one: not for block texts, texts over several lines and texts with escapes */
    size_t text_offset;
    bool is_verbatim;
    const struct tl_yaml_pair *pairs; /* of a mapping, in the order of the file */
    const struct tl_yaml_node *items; /* of a sequence */
    size_t count;                     /* of pairs or items */
};

struct tl_yaml_pair {
    struct tl_yaml_node key, value; /* the key is a text */
};

/* Reads a document into the arena. TL_ERR_INPUT with file:line:column for what is not YAML or not of this part of
 * it, an empty document, and what tl_source_text refuses; TL_ERR_RANGE when a maximum above is passed;
 * TL_ERR_MEMORY. */
tl_status tl_yaml_read(const struct tl_yaml_node **out, const struct tl_source *source, struct tl_arena *arena,
                       struct tl_err *err) TL_MUST_CHECK;

/* The pair of a mapping with that key, or NULL, also when the node is no mapping. Borrowed from the tree. */
const struct tl_yaml_pair *tl_yaml_find(const struct tl_yaml_node *node, const char *key);

#endif
