/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Weights as formulas that a person can follow, and that hold in any language: the figures stand where the key
 * names their measures.
 */
#include <string.h>

#include "key_lex.h"
#include "key_weigh.h"

struct pen {
    struct tl_buf *buf;
    size_t member;
    const struct tl_key_source *source;
    const struct tl_key_weights *weights; /* for mixes */
    size_t next_part;
    struct tl_err *err;
};

const char *tl_key_number(mpq_srcptr value, struct tl_arena *arena)
{
    char text[TL_RATIO_TEXT_SIZE];
    if (mpz_fits_slong_p(mpq_numref(value)) && mpz_fits_slong_p(mpq_denref(value))) {
        tl_ratio_text((struct tl_ratio){mpz_get_si(mpq_numref(value)), mpz_get_si(mpq_denref(value))}, text);
        return tl_arena_format(arena, strchr(text, '/') == NULL ? "%s" : "(%s)", text);
    }
    size_t size = mpz_sizeinbase(mpq_numref(value), 10) + mpz_sizeinbase(mpq_denref(value), 10) + 3;
    char *exact = tl_arena_alloc(arena, size, 1);
    if (exact == NULL)
        return NULL;
    mpq_get_str(exact, 10, value);
    return strchr(exact, '/') == NULL ? exact : tl_arena_format(arena, "(%s)", exact);
}

static void write_ratio(struct pen *pen, struct tl_ratio ratio)
{
    char text[TL_RATIO_TEXT_SIZE];
    tl_ratio_text(ratio, text);
    tl_buf_format(pen->buf, strchr(text, '/') == NULL ? "%s" : "(%s)", text);
}

static tl_status write_value(struct pen *pen, mpq_srcptr value)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const char *text = tl_key_number(value, &arena);
    if (text != NULL)
        tl_buf_text(pen->buf, text);
    tl_arena_release(&arena);
    return text == NULL ? tl_err_memory(pen->err) : TL_OK;
}

static tl_status write_quantity(struct pen *pen, const struct tl_key *key, tl_key_place place);

static tl_status write_measure(struct pen *pen, const struct tl_key *key)
{
    const struct tl_figure *figure;
    tl_status status = pen->source->figure(&figure, pen->member, key->name, pen->source->context, pen->err);
    if (status == TL_OK)
        write_ratio(pen, figure->value);
    return status;
}

/* `373388 + 1.8 x 468` */
static tl_status write_sum(struct pen *pen, const struct tl_key *sum, tl_key_place place)
{
    bool enclosed = place == TL_KEY_AS_FACTOR && sum->part_count > 1;
    tl_status status = TL_OK;
    tl_buf_text(pen->buf, enclosed ? "(" : "");
    for (size_t i = 0; status == TL_OK && i < sum->part_count; i++) {
        struct tl_ratio factor = sum->parts[i].factor;
        bool has_factor = factor.numerator != 1 || factor.denominator != 1;
        tl_buf_text(pen->buf, i == 0 ? "" : " + ");
        if (has_factor) {
            write_ratio(pen, factor);
            tl_buf_text(pen->buf, " x ");
        }
        status = write_quantity(pen, sum->parts[i].key, has_factor ? TL_KEY_AS_FACTOR : TL_KEY_ALONE);
    }
    tl_buf_text(pen->buf, enclosed ? ")" : "");
    return status;
}

static tl_status write_limit(struct pen *pen, const struct tl_key *key)
{
    tl_buf_text(pen->buf, key->kind == TL_KEY_MIN ? "min(" : "max(");
    tl_status status = write_quantity(pen, key->operand, TL_KEY_ALONE);
    tl_buf_text(pen->buf, ", ");
    write_ratio(pen, key->bound);
    tl_buf_text(pen->buf, ")");
    return status;
}

/* One slice that the operand reaches into: `0.5 x 223388`. */
static tl_status write_slice(struct pen *pen, const struct tl_key *key, size_t row, mpq_srcptr operand)
{
    mpq_t width, edge;
    mpq_init(width);
    mpq_init(edge);
    mpq_set(width, operand);
    if (!tl_ratio_is_none(key->rows[row].bound)) {
        mpq_set_si(edge, key->rows[row].bound.numerator, (unsigned long)key->rows[row].bound.denominator);
        if (mpq_cmp(width, edge) > 0)
            mpq_set(width, edge);
    }
    if (row > 0) {
        mpq_set_si(edge, key->rows[row - 1].bound.numerator, (unsigned long)key->rows[row - 1].bound.denominator);
        mpq_sub(width, width, edge);
    }
    tl_buf_text(pen->buf, row == 0 ? "" : " + ");
    write_ratio(pen, key->rows[row].value);
    tl_buf_text(pen->buf, " x ");
    tl_status status = write_value(pen, width);
    mpq_clear(width);
    mpq_clear(edge);
    return status;
}

static bool reaches(mpq_srcptr operand, const struct tl_key *key, size_t row)
{
    if (row == 0)
        return true;
    struct tl_ratio edge = key->rows[row - 1].bound;
    return mpq_cmp_si(operand, edge.numerator, (unsigned long)edge.denominator) > 0;
}

/* `1 x 150000 + 0.5 x 223388` */
static tl_status write_slices(struct pen *pen, const struct tl_key *key, tl_key_place place)
{
    mpq_t operand;
    mpq_init(operand);
    tl_status status = tl_key_quantity(operand, key->operand, pen->member, pen->source, pen->err);
    bool enclosed = status == TL_OK && place == TL_KEY_AS_FACTOR && key->row_count > 1 && reaches(operand, key, 1);
    tl_buf_text(pen->buf, enclosed ? "(" : "");
    for (size_t i = 0; status == TL_OK && i < key->row_count && reaches(operand, key, i); i++)
        status = write_slice(pen, key, i, operand);
    tl_buf_text(pen->buf, enclosed ? ")" : "");
    mpq_clear(operand);
    return status;
}

/* `round(sqrt(373388), 2)`, as a spreadsheet has it. */
static tl_status write_sqrt(struct pen *pen, const struct tl_key *key)
{
    tl_buf_text(pen->buf, "round(sqrt(");
    tl_status status = write_quantity(pen, key->operand, TL_KEY_ALONE);
    tl_buf_format(pen->buf, "), %d)", key->decimals);
    return status;
}

/* The value that a table gives: of a bracket, a class or a member. */
static tl_status write_table_value(struct pen *pen, const struct tl_key *key)
{
    mpq_t value;
    mpq_init(value);
    tl_status status = tl_key_quantity(value, key, pen->member, pen->source, pen->err);
    if (status == TL_OK && key->in_percent) {
        char percent[TL_RATIO_TEXT_SIZE];
        struct tl_ratio ratio = {mpz_get_si(mpq_numref(value)), mpz_get_si(mpq_denref(value))};
        tl_buf_text(pen->buf, tl_ratio_percent(ratio, percent));
    } else if (status == TL_OK)
        status = write_value(pen, value);
    mpq_clear(value);
    return status;
}

static tl_status write_quantity(struct pen *pen, const struct tl_key *key, tl_key_place place)
{
    switch (key->kind) {
    case TL_KEY_MEASURE:
        return write_measure(pen, key);
    case TL_KEY_NAMED:
        return write_quantity(pen, key->operand, place);
    case TL_KEY_SUM:
        return write_sum(pen, key, place);
    case TL_KEY_MIN:
    case TL_KEY_MAX:
        return write_limit(pen, key);
    case TL_KEY_SLICES:
        return write_slices(pen, key, place);
    case TL_KEY_SQRT:
        return write_sqrt(pen, key);
    case TL_KEY_BRACKETS:
    case TL_KEY_CLASS:
    case TL_KEY_FIXED:
        return write_table_value(pen, key);
    case TL_KEY_EQUAL:
    case TL_KEY_MIX: /* is no quantity, and is written by write_mix */
        break;
    }
    tl_buf_text(pen->buf, "1");
    return TL_OK;
}

tl_status tl_key_quantity_working(struct tl_buf *buf, const struct tl_key *key, size_t member, tl_key_place place,
                                  const struct tl_key_source *source, struct tl_err *err)
{
    struct pen pen = {.buf = buf, .member = member, .source = source, .err = err};
    return write_quantity(&pen, key, place);
}

/* `(25% x 1/31 + 75% x 373388/4123456)` */
static tl_status write_mix(struct pen *pen, const struct tl_key *mix)
{
    char weight[TL_RATIO_TEXT_SIZE];
    tl_buf_text(pen->buf, "(");
    for (size_t i = 0; i < mix->part_count; i++) {
        const struct tl_key *part = tl_key_behind_name(mix->parts[i].key);
        const char *part_sum = pen->weights->part_texts[pen->next_part++];
        tl_buf_format(pen->buf, "%s%s x ", i == 0 ? "" : " + ", tl_ratio_percent(mix->parts[i].factor, weight));
        tl_status status =
            part->kind == TL_KEY_MIX ? write_mix(pen, part) : write_quantity(pen, part, TL_KEY_AS_FACTOR);
        if (status != TL_OK)
            return status;
        /* shares sum to 1: there is nothing to divide by */
        if (!tl_key_gives_shares(part))
            tl_buf_format(pen->buf, "/%s", part_sum);
    }
    tl_buf_text(pen->buf, ")");
    return TL_OK;
}

tl_status tl_key_working(struct tl_buf *buf, const struct tl_key_weights *weights, size_t member,
                         const struct tl_key_source *source, struct tl_err *err)
{
    struct pen pen = {.buf = buf, .member = member, .source = source, .weights = weights, .err = err};
    const struct tl_key *behind = tl_key_behind_name(weights->key);
    return behind->kind == TL_KEY_MIX ? write_mix(&pen, behind) : write_quantity(&pen, behind, TL_KEY_AS_FACTOR);
}
