/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The tree of a parsed key, for the files of this floor that parse, print and weigh it.
 *
 * A key gives each member either a quantity (`population`, `min(population, 100000)`), which is turned into shares
 * by dividing by the sum, or shares right away (a mix, fixed percents). Only quantities can be counted with further.
 */
#ifndef TILSLUT_KEY_KEY_TREE_H
#define TILSLUT_KEY_KEY_TREE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/key/key.h"
#include "tilslut/money/ratio.h"

typedef enum tl_key_kind {
    TL_KEY_EQUAL,    /* 1 for every member */
    TL_KEY_MEASURE,  /* the member's figure: `name` */
    TL_KEY_NAMED,    /* the key `name`, which is `operand` */
    TL_KEY_MIX,      /* parts: shares of keys, weighted; the weights sum to 1 */
    TL_KEY_SUM,      /* parts: quantities, each times a factor */
    TL_KEY_MIN,      /* operand, at most `bound` */
    TL_KEY_MAX,      /* operand, at least `bound` */
    TL_KEY_SLICES,   /* operand cut at the bounds of the rows, each slice times the row's value */
    TL_KEY_BRACKETS, /* the value of the row that the operand falls in */
    TL_KEY_SQRT,     /* square root of the operand, rounded to `decimals` */
    TL_KEY_CLASS,    /* the value of the row labelled with the member's size class */
    TL_KEY_FIXED     /* the value of the row labelled with the member's code */
} tl_key_kind;

struct tl_key_part {
    struct tl_ratio factor;
    const struct tl_key *key;
};

struct tl_key_row {
    const char *label;     /* class or member; NULL in slices and brackets */
    struct tl_ratio bound; /* slices and brackets: up to and with it; none in the last row */
    struct tl_ratio value;
};

struct tl_key {
    tl_key_kind kind;
    const char *name;
    const struct tl_key *operand;
    struct tl_ratio bound;
    int decimals;
    bool in_percent; /* TL_KEY_FIXED: the values are shares and sum to 1 */
    struct tl_key_part *parts;
    size_t part_count;
    struct tl_key_row *rows;
    size_t row_count;
    size_t size; /* how many keys this one is made of, named ones written out */
};

enum {
    TL_KEY_LENGTH_MAX = 16000,
    TL_KEY_DEPTH_MAX = 12,
    TL_KEY_PARTS_MAX = 64,
    TL_KEY_SIZE_MAX = 1000,
    TL_KEY_DECIMALS_MAX = 9
};

/* The key itself, where `key` is only a name for it. */
const struct tl_key *tl_key_behind_name(const struct tl_key *key);

/* Whether the key gives shares that sum to 1, and not a quantity. */
bool tl_key_gives_shares(const struct tl_key *key);

#endif
