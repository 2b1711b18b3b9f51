/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The tree of a parsed key, for the files of this floor that parse, print and weigh it.
 *
 * A key is either a quantity (a figure counted for each member: `population`, `equal`) or a mix of keys,
 * each turned into shares that sum to 1 and then weighted.
 */
#ifndef TILSLUT_KEY_KEY_TREE_H
#define TILSLUT_KEY_KEY_TREE_H

#include <stddef.h>

#include "tilslut/key/key.h"
#include "tilslut/money/ratio.h"

typedef enum tl_key_kind {
    TL_KEY_EQUAL,   /* 1 for every member */
    TL_KEY_MEASURE, /* the member's figure */
    TL_KEY_MIX      /* shares of several keys, weighted; the weights sum to 1 */
} tl_key_kind;

struct tl_key_part {
    struct tl_ratio weight;
    const struct tl_key *key;
};

struct tl_key {
    tl_key_kind kind;
    const char *measure; /* TL_KEY_MEASURE */
    struct tl_key_part *parts;
    size_t part_count;
};

enum { TL_KEY_LENGTH_MAX = 16000, TL_KEY_DEPTH_MAX = 12, TL_KEY_PARTS_MAX = 64 };

#endif
