/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Keys as formulas of a spreadsheet (functions in English, commas between arguments), so that a reader who changes a
 * figure sees what follows. The numbers of a spreadsheet are doubles; what is owed is computed elsewhere (key_weigh).
 */
#ifndef TILSLUT_KEY_KEY_FORMULA_H
#define TILSLUT_KEY_KEY_FORMULA_H

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/key/key.h"
#include "tilslut/money/ratio.h"

/* A key is a sum of quantities, each divided by what it comes to over all members and given a weight; the weights sum
 * to
 * 1. A key that is a quantity itself has one part of weight 1. */
struct tl_key_formula_part {
    struct tl_ratio weight;
    const struct tl_key *quantity;
};

enum { TL_KEY_FORMULA_PARTS_MAX = 3 };

/* The parts; *count is 0 for a key that has more than TL_KEY_FORMULA_PARTS_MAX. TL_ERR_RANGE: weights that multiply to
 * more digits than a ratio holds. */
tl_status tl_key_formula_parts(struct tl_key_formula_part parts[TL_KEY_FORMULA_PARTS_MAX], size_t *count,
                               const struct tl_key *key, struct tl_err *err) TL_MUST_CHECK;

/* Where a member's facts stand: cell references, or texts of the formula language. */
struct tl_key_formula_cells {
    const char *measure, *figure; /* the one measure whose figure there is, and its cell */
    const char *size_class;       /* the cell with the name of the class; "" for none */
    const char *member;           /* the member's code, as it is */
};

/* Appends what a quantity comes to for a member, without an equals sign. False, with nothing useful appended, where it
 * needs another measure or a class that is not there. */
bool tl_key_formula_write(struct tl_buf *out, const struct tl_key *quantity, const struct tl_key_formula_cells *cells);

/* Whether the quantity depends on a figure at all; is the same for everybody; is a figure as it is. */
bool tl_key_formula_counts(const struct tl_key *quantity);
bool tl_key_formula_is_equal(const struct tl_key *quantity);
bool tl_key_formula_is_figure(const struct tl_key *quantity);

#endif
