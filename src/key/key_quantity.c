/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a quantity is for one member, exactly.
 */
#include "key_weigh.h"

#include "tilslut/base/text.h"

struct count {
    size_t member;
    const struct tl_key_source *source;
    struct tl_err *err;
};

static void set_ratio(mpq_t out, struct tl_ratio ratio)
{
    mpq_set_si(out, ratio.numerator, (unsigned long)ratio.denominator);
    mpq_canonicalize(out);
}

static tl_status count_key(mpq_t out, const struct tl_key *key, const struct count *count);

static tl_status count_measure(mpq_t out, const struct tl_key *key, const struct count *count)
{
    const struct tl_figure *figure;
    tl_status status = count->source->figure(&figure, count->member, key->name, count->source->context, count->err);
    if (status == TL_OK)
        set_ratio(out, figure->value);
    return status;
}

static tl_status count_sum(mpq_t out, const struct tl_key *sum, const struct count *count)
{
    mpq_t term, factor;
    tl_status status = TL_OK;
    mpq_init(term);
    mpq_init(factor);
    mpq_set_ui(out, 0, 1);
    for (size_t i = 0; status == TL_OK && i < sum->part_count; i++) {
        status = count_key(term, sum->parts[i].key, count);
        set_ratio(factor, sum->parts[i].factor);
        mpq_mul(term, term, factor);
        mpq_add(out, out, term);
        if (status == TL_OK)
            status = tl_key_check_bits(out, count->err);
    }
    mpq_clear(term);
    mpq_clear(factor);
    return status;
}

/* At most, or at least, the bound. */
static tl_status count_limit(mpq_t out, const struct tl_key *key, const struct count *count)
{
    mpq_t bound;
    tl_status status = count_key(out, key->operand, count);
    mpq_init(bound);
    set_ratio(bound, key->bound);
    int order = status == TL_OK ? mpq_cmp(out, bound) : 0;
    if (key->kind == TL_KEY_MIN ? order > 0 : order < 0)
        mpq_set(out, bound);
    mpq_clear(bound);
    return status;
}

/* Adds value x (what of the operand lies between the bounds of the rows before and of this one). */
static void add_slice(mpq_t sum, mpq_srcptr operand, const struct tl_key *key, size_t row)
{
    mpq_t slice, edge;
    mpq_init(slice);
    mpq_init(edge);
    if (row > 0)
        set_ratio(edge, key->rows[row - 1].bound);
    if (mpq_cmp(operand, edge) > 0) {
        mpq_set(slice, operand);
        mpq_sub(slice, slice, edge);
        if (!tl_ratio_is_none(key->rows[row].bound)) {
            mpq_t width;
            mpq_init(width);
            set_ratio(width, key->rows[row].bound);
            mpq_sub(width, width, edge);
            if (mpq_cmp(slice, width) > 0)
                mpq_set(slice, width);
            mpq_clear(width);
        }
        set_ratio(edge, key->rows[row].value);
        mpq_mul(slice, slice, edge);
        mpq_add(sum, sum, slice);
    }
    mpq_clear(slice);
    mpq_clear(edge);
}

static tl_status count_slices(mpq_t out, const struct tl_key *key, const struct count *count)
{
    mpq_t operand;
    mpq_init(operand);
    tl_status status = count_key(operand, key->operand, count);
    mpq_set_ui(out, 0, 1);
    for (size_t i = 0; status == TL_OK && i < key->row_count; i++) {
        add_slice(out, operand, key, i);
        status = tl_key_check_bits(out, count->err);
    }
    mpq_clear(operand);
    return status;
}

static tl_status count_brackets(mpq_t out, const struct tl_key *key, const struct count *count)
{
    mpq_t bound;
    mpq_init(bound);
    tl_status status = count_key(out, key->operand, count);
    size_t row = 0;
    while (status == TL_OK && row + 1 < key->row_count) {
        set_ratio(bound, key->rows[row].bound);
        if (mpq_cmp(out, bound) <= 0)
            break;
        row++;
    }
    if (status == TL_OK)
        set_ratio(out, key->rows[row].value);
    mpq_clear(bound);
    return status;
}

/* sqrt(x) rounded half up to d decimals: with N = the whole part of 4 x 10^2d x, the whole part of sqrt(4 x 10^2d x)
 * is the whole root of N, and (that + 1) / 2 without its remainder is 10^d sqrt(x), rounded. */
static tl_status count_sqrt(mpq_t out, const struct tl_key *key, const struct count *count)
{
    tl_status status = count_key(out, key->operand, count);
    if (status != TL_OK)
        return status;
    mpz_t scale;
    mpz_init(scale);
    mpz_ui_pow_ui(scale, 10, (unsigned long)key->decimals);
    mpz_mul(mpq_numref(out), mpq_numref(out), scale);
    mpz_mul(mpq_numref(out), mpq_numref(out), scale);
    mpz_mul_ui(mpq_numref(out), mpq_numref(out), 4);
    mpz_fdiv_q(mpq_numref(out), mpq_numref(out), mpq_denref(out));
    mpz_sqrt(mpq_numref(out), mpq_numref(out));
    mpz_add_ui(mpq_numref(out), mpq_numref(out), 1);
    mpz_fdiv_q_2exp(mpq_numref(out), mpq_numref(out), 1);
    mpz_set(mpq_denref(out), scale);
    mpq_canonicalize(out);
    mpz_clear(scale);
    return TL_OK;
}

static tl_status count_row(mpq_t out, const struct tl_key *key, const char *label, const struct count *count)
{
    for (size_t i = 0; i < key->row_count; i++)
        if (tl_text_equal(key->rows[i].label, label)) {
            set_ratio(out, key->rows[i].value);
            return TL_OK;
        }
    const char *code = count->source->code(count->member, count->source->context);
    if (key->kind == TL_KEY_CLASS) {
        (void)tl_err_set(count->err, TL_ERR_MISSING, "the key has no weight for the size class '%s' of member '%s'",
                         label, code);
        tl_err_hint(count->err, "add the class to the key");
    } else {
        (void)tl_err_set(count->err, TL_ERR_MISSING, "the key has no fixed share for member '%s'", code);
        tl_err_hint(count->err, "add the member to the key, with 0 if it pays nothing");
    }
    return TL_ERR_MISSING;
}

static tl_status count_class(mpq_t out, const struct tl_key *key, const struct count *count)
{
    const char *size_class;
    tl_status status = count->source->size_class(&size_class, count->member, count->source->context, count->err);
    return status == TL_OK ? count_row(out, key, size_class, count) : status;
}

static tl_status count_key(mpq_t out, const struct tl_key *key, const struct count *count)
{
    switch (key->kind) {
    case TL_KEY_MEASURE:
        return count_measure(out, key, count);
    case TL_KEY_NAMED:
        return count_key(out, key->operand, count);
    case TL_KEY_SUM:
        return count_sum(out, key, count);
    case TL_KEY_MIN:
    case TL_KEY_MAX:
        return count_limit(out, key, count);
    case TL_KEY_SLICES:
        return count_slices(out, key, count);
    case TL_KEY_BRACKETS:
        return count_brackets(out, key, count);
    case TL_KEY_SQRT:
        return count_sqrt(out, key, count);
    case TL_KEY_CLASS:
        return count_class(out, key, count);
    case TL_KEY_FIXED:
        return count_row(out, key, count->source->code(count->member, count->source->context), count);
    case TL_KEY_EQUAL:
    case TL_KEY_MIX: /* is no quantity, and is weighed by key_weigh.c */
        break;
    }
    mpq_set_ui(out, 1, 1);
    return TL_OK;
}

tl_status tl_key_quantity(mpq_t out, const struct tl_key *key, size_t member, const struct tl_key_source *source,
                          struct tl_err *err)
{
    struct count count = {member, source, err};
    return count_key(out, key, &count);
}
