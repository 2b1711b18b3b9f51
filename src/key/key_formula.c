/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/key_formula.h"

#include <inttypes.h>
#include <string.h>

#include "key_tree.h"

static tl_status add_parts(struct tl_key_formula_part *parts, size_t *count, const struct tl_key *key,
                           struct tl_ratio weight, struct tl_err *err)
{
    key = tl_key_behind_name(key);
    if (key->kind != TL_KEY_MIX) {
        if (*count < TL_KEY_FORMULA_PARTS_MAX)
            parts[*count] = (struct tl_key_formula_part){weight, key};
        ++*count;
        return TL_OK;
    }
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < key->part_count; i++) {
        struct tl_ratio factor = key->parts[i].factor;
        int64_t numerator, denominator;
        if (__builtin_mul_overflow(weight.numerator, factor.numerator, &numerator) ||
            __builtin_mul_overflow(weight.denominator, factor.denominator, &denominator))
            return tl_err_set(err, TL_ERR_RANGE, "the weights of the key multiply to too many digits");
        status = add_parts(parts, count, key->parts[i].key, tl_ratio_of(numerator, denominator), err);
    }
    return status;
}

tl_status tl_key_formula_parts(struct tl_key_formula_part parts[TL_KEY_FORMULA_PARTS_MAX], size_t *count,
                               const struct tl_key *key, struct tl_err *err)
{
    *count = 0;
    tl_status status = add_parts(parts, count, key, tl_ratio_of(1, 1), err);
    if (*count > TL_KEY_FORMULA_PARTS_MAX)
        *count = 0;
    return status;
}

static void add_ratio(struct tl_buf *out, struct tl_ratio ratio)
{
    if (ratio.denominator == 1)
        tl_buf_format(out, "%" PRId64, ratio.numerator);
    else
        tl_buf_format(out, "(%" PRId64 "/%" PRId64 ")", ratio.numerator, ratio.denominator);
}

static bool add_sum(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    bool can = true;
    for (size_t i = 0; can && i < key->part_count; i++) {
        tl_buf_text(out, i == 0 ? "(" : "+");
        add_ratio(out, key->parts[i].factor);
        tl_buf_text(out, "*");
        can = tl_key_formula_write(out, key->parts[i].key, cells);
    }
    tl_buf_text(out, ")");
    return can;
}

/* `FUNCTION(quantity,bound)` */
static bool add_bound(struct tl_buf *out, const char *function, const struct tl_key *key,
                      const struct tl_key_formula_cells *cells)
{
    tl_buf_format(out, "%s(", function);
    bool can = tl_key_formula_write(out, key->operand, cells);
    tl_buf_text(out, ",");
    add_ratio(out, key->bound);
    tl_buf_text(out, ")");
    return can;
}

/* Each slice of the quantity at its own rate. */
static bool add_slices(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    bool can = true;
    for (size_t i = 0; can && i < key->row_count; i++) {
        const struct tl_key_row *row = &key->rows[i];
        bool has_bound = !tl_ratio_is_none(row->bound);
        tl_buf_text(out, i == 0 ? "(" : "+");
        add_ratio(out, row->value);
        tl_buf_text(out, has_bound ? "*MAX(0,MIN(" : "*MAX(0,(");
        can = tl_key_formula_write(out, key->operand, cells);
        if (has_bound) {
            tl_buf_text(out, ",");
            add_ratio(out, row->bound);
        }
        tl_buf_text(out, ")-");
        add_ratio(out, i == 0 ? tl_ratio_of(0, 1) : key->rows[i - 1].bound);
        tl_buf_text(out, ")");
    }
    tl_buf_text(out, ")");
    return can;
}

static bool add_brackets(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    bool can = true;
    size_t open = 0;
    for (size_t i = 0; can && i < key->row_count; i++) {
        const struct tl_key_row *row = &key->rows[i];
        if (!tl_ratio_is_none(row->bound)) {
            tl_buf_text(out, "IF(");
            can = tl_key_formula_write(out, key->operand, cells);
            tl_buf_text(out, "<=");
            add_ratio(out, row->bound);
            tl_buf_text(out, ",");
            add_ratio(out, row->value);
            tl_buf_text(out, ",");
            open++;
        } else
            add_ratio(out, row->value);
    }
    for (; open > 0; open--)
        tl_buf_text(out, ")");
    return can;
}

static bool add_classes(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    if (cells->size_class[0] == '\0')
        return false;
    for (size_t i = 0; i < key->row_count; i++) {
        if (strchr(key->rows[i].label, '"') != NULL)
            return false;
        tl_buf_format(out, "IF(%s=\"%s\",", cells->size_class, key->rows[i].label);
        add_ratio(out, key->rows[i].value);
        tl_buf_text(out, ",");
    }
    tl_buf_text(out, "0");
    for (size_t i = 0; i < key->row_count; i++)
        tl_buf_text(out, ")");
    return true;
}

static bool add_fixed(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    for (size_t i = 0; i < key->row_count; i++)
        if (tl_text_equal(key->rows[i].label, cells->member)) {
            add_ratio(out, key->rows[i].value);
            return true;
        }
    return false;
}

static bool add_square_root(struct tl_buf *out, const struct tl_key *key, const struct tl_key_formula_cells *cells)
{
    tl_buf_text(out, "ROUND(SQRT(");
    bool can = tl_key_formula_write(out, key->operand, cells);
    tl_buf_format(out, "),%d)", key->decimals);
    return can;
}

bool tl_key_formula_write(struct tl_buf *out, const struct tl_key *quantity, const struct tl_key_formula_cells *cells)
{
    const struct tl_key *key = tl_key_behind_name(quantity);
    switch (key->kind) {
    case TL_KEY_EQUAL:
        tl_buf_text(out, "1");
        return true;
    case TL_KEY_MEASURE:
        tl_buf_text(out, cells->figure);
        return cells->measure != NULL && tl_text_equal(key->name, cells->measure);
    case TL_KEY_SUM:
        return add_sum(out, key, cells);
    case TL_KEY_MIN:
        return add_bound(out, "MIN", key, cells);
    case TL_KEY_MAX:
        return add_bound(out, "MAX", key, cells);
    case TL_KEY_SLICES:
        return add_slices(out, key, cells);
    case TL_KEY_BRACKETS:
        return add_brackets(out, key, cells);
    case TL_KEY_SQRT:
        return add_square_root(out, key, cells);
    case TL_KEY_CLASS:
        return add_classes(out, key, cells);
    case TL_KEY_FIXED:
        return add_fixed(out, key, cells);
    case TL_KEY_NAMED:
    case TL_KEY_MIX:
        break;
    }
    return false;
}

bool tl_key_formula_counts(const struct tl_key *quantity)
{
    const struct tl_key *key = tl_key_behind_name(quantity);
    bool counts = key->kind == TL_KEY_MEASURE || key->kind == TL_KEY_CLASS ||
                  (key->operand != NULL && tl_key_formula_counts(key->operand));
    for (size_t i = 0; !counts && i < key->part_count; i++)
        counts = tl_key_formula_counts(key->parts[i].key);
    return counts;
}

bool tl_key_formula_is_equal(const struct tl_key *quantity)
{
    return tl_key_behind_name(quantity)->kind == TL_KEY_EQUAL;
}

bool tl_key_formula_is_figure(const struct tl_key *quantity)
{
    return tl_key_behind_name(quantity)->kind == TL_KEY_MEASURE;
}
