/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Each part of a mix is summed over the members before the mix can be weighed, so the tree is walked twice:
 * once from its leaves upwards for the sums, then once per member for its value.
 */
#include "key_weigh.h"

#include <stdlib.h>
#include <string.h>

#include "key_tree.h"

/* Bounds the exact arithmetic: figures with unrelated denominators can grow numbers without end. */
enum { BITS_MAX = 4096 };

struct walk {
    const struct tl_key_weights *weights;
    const struct tl_key_source *source;
    size_t next_part; /* the parts met so far; every walk meets them in the same order */
    struct tl_err *err;
};

static tl_status check_size(mpq_srcptr value, struct tl_err *err)
{
    if (mpz_sizeinbase(mpq_numref(value), 2) <= BITS_MAX && mpz_sizeinbase(mpq_denref(value), 2) <= BITS_MAX)
        return TL_OK;
    return tl_err_set(err, TL_ERR_RANGE, "the key needs fractions of more than %d bits", BITS_MAX);
}

static size_t count_parts(const struct tl_key *key)
{
    size_t count = key->part_count;
    for (size_t i = 0; i < key->part_count; i++)
        count += count_parts(key->parts[i].key);
    return count;
}

static tl_status measure_value(mpq_t out, const struct tl_key *key, size_t member, const struct walk *walk)
{
    const struct tl_figure *figure;
    tl_status status = walk->source->figure(&figure, member, key->measure, walk->source->context, walk->err);
    if (status != TL_OK)
        return status;
    mpq_set_si(out, figure->value.numerator, (unsigned long)figure->value.denominator);
    mpq_canonicalize(out);
    return TL_OK;
}

static tl_status value_of(mpq_t out, const struct tl_key *key, size_t member, struct walk *walk);

/* Sum of weight x value / sum of values over the parts. */
static tl_status mix_value(mpq_t out, const struct tl_key *mix, size_t member, struct walk *walk)
{
    mpq_t term, sum;
    tl_status status = TL_OK;
    mpq_init(term);
    mpq_init(sum);
    for (size_t i = 0; status == TL_OK && i < mix->part_count; i++) {
        const struct tl_frac *part_sum = &walk->weights->part_sums[walk->next_part++];
        status = value_of(term, mix->parts[i].key, member, walk);
        if (status != TL_OK)
            break;
        mpq_div(term, term, part_sum->q);
        struct tl_frac weight;
        tl_frac_init(&weight);
        tl_frac_set_ratio(&weight, mix->parts[i].weight);
        mpq_mul(term, term, weight.q);
        tl_frac_release(&weight);
        mpq_add(sum, sum, term);
        status = check_size(sum, walk->err);
    }
    mpq_set(out, sum);
    mpq_clear(term);
    mpq_clear(sum);
    return status;
}

static tl_status value_of(mpq_t out, const struct tl_key *key, size_t member, struct walk *walk)
{
    switch (key->kind) {
    case TL_KEY_EQUAL:
        mpq_set_ui(out, 1, 1);
        return TL_OK;
    case TL_KEY_MEASURE:
        return measure_value(out, key, member, walk);
    case TL_KEY_MIX:
        return mix_value(out, key, member, walk);
    }
    return TL_OK;
}

static tl_status refuse_zero(const struct tl_key *key, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const char *text = tl_key_text(key, &arena);
    tl_status status = text == NULL ? tl_err_memory(err)
                                    : tl_err_set(err, TL_ERR_INFEASIBLE,
                                                 "'%.200s' is zero for every member, so it gives no shares", text);
    tl_arena_release(&arena);
    return status;
}

/* The sum of a key over the members, given the sums of the parts inside it. */
static tl_status sum_values(mpq_t sum, const struct tl_key *key, struct walk *walk)
{
    mpq_t value;
    tl_status status = TL_OK;
    size_t first_part = walk->next_part;
    mpq_init(value);
    mpq_set_ui(sum, 0, 1);
    for (size_t i = 0; status == TL_OK && i < walk->source->count; i++) {
        walk->next_part = first_part;
        status = value_of(value, key, i, walk);
        mpq_add(sum, sum, value);
        if (status == TL_OK)
            status = check_size(sum, walk->err);
    }
    mpq_clear(value);
    if (status == TL_OK && mpq_sgn(sum) == 0)
        status = refuse_zero(key, walk->err);
    return status;
}

/* Fills the sums of the parts inside `key`, innermost first. */
static tl_status sum_parts(struct tl_key_weights *out, const struct tl_key *key, struct walk *walk)
{
    for (size_t i = 0; i < key->part_count; i++) {
        size_t part = walk->next_part++, inside = walk->next_part;
        tl_status status = sum_parts(out, key->parts[i].key, walk);
        if (status != TL_OK)
            return status;
        size_t behind = walk->next_part;
        walk->next_part = inside;
        status = sum_values(out->part_sums[part].q, key->parts[i].key, walk);
        if (status != TL_OK)
            return status;
        walk->next_part = behind;
        out->part_texts[part] = tl_key_number(out->part_sums[part].q, &out->arena);
        if (out->part_texts[part] == NULL)
            return tl_err_memory(walk->err);
    }
    return TL_OK;
}

/* The members' values over one common denominator. */
static tl_status take_values(struct tl_numbers *numbers, struct walk *walk)
{
    mpq_t value;
    tl_status status = TL_OK;
    mpq_init(value);
    for (size_t i = 0; status == TL_OK && i < numbers->count; i++) {
        walk->next_part = 0;
        status = value_of(value, walk->weights->key, i, walk);
        mpz_lcm(numbers->denominator, numbers->denominator, mpq_denref(value));
        if (status == TL_OK && mpz_sizeinbase(numbers->denominator, 2) > BITS_MAX)
            status = tl_err_set(walk->err, TL_ERR_RANGE, "the key needs fractions of more than %d bits", BITS_MAX);
    }
    for (size_t i = 0; status == TL_OK && i < numbers->count; i++) {
        walk->next_part = 0;
        status = value_of(value, walk->weights->key, i, walk);
        mpz_divexact(numbers->values[i], numbers->denominator, mpq_denref(value));
        mpz_mul(numbers->values[i], numbers->values[i], mpq_numref(value));
    }
    mpq_clear(value);
    return status;
}

static tl_status prepare(struct tl_key_weights *out, const struct tl_key *key, size_t member_count, struct tl_err *err)
{
    memset(out, 0, sizeof *out);
    out->key = key;
    tl_frac_init(&out->sum);
    size_t part_count = count_parts(key);
    out->part_sums = calloc(part_count == 0 ? 1 : part_count, sizeof *out->part_sums);
    out->part_texts = tl_arena_alloc(&out->arena, part_count, sizeof *out->part_texts);
    if (out->part_sums == NULL || out->part_texts == NULL)
        return tl_err_memory(err);
    for (; out->part_count < part_count; out->part_count++)
        tl_frac_init(&out->part_sums[out->part_count]);
    return tl_numbers_init(&out->numbers, member_count, err);
}

tl_status tl_key_weigh(struct tl_key_weights *out, const struct tl_key *key, const struct tl_key_source *source,
                       struct tl_err *err)
{
    struct walk walk = {out, source, 0, err};
    tl_status status = prepare(out, key, source->count, err);
    if (status == TL_OK)
        status = sum_parts(out, key, &walk);
    walk.next_part = 0;
    if (status == TL_OK)
        status = sum_values(out->sum.q, key, &walk);
    if (status == TL_OK)
        status = take_values(&out->numbers, &walk);
    if (status != TL_OK)
        tl_key_weights_release(out);
    return status;
}

void tl_key_weights_release(struct tl_key_weights *weights)
{
    tl_numbers_release(&weights->numbers);
    tl_frac_release(&weights->sum);
    for (size_t i = 0; i < weights->part_count; i++)
        tl_frac_release(&weights->part_sums[i]);
    free(weights->part_sums);
    tl_arena_release(&weights->arena);
    memset(weights, 0, sizeof *weights);
}

bool tl_key_is_mix(const struct tl_key *key)
{
    return key->kind == TL_KEY_MIX;
}

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

static tl_status add_working(struct tl_buf *buf, const struct tl_key *key, size_t member, struct walk *walk);

static tl_status add_mix(struct tl_buf *buf, const struct tl_key *mix, size_t member, struct walk *walk)
{
    char weight[TL_RATIO_TEXT_SIZE];
    for (size_t i = 0; i < mix->part_count; i++) {
        const struct tl_key *part = mix->parts[i].key;
        const char *part_sum = walk->weights->part_texts[walk->next_part++];
        bool nested = part->kind == TL_KEY_MIX;
        tl_buf_format(buf, "%s%s x %s", i == 0 ? "" : " + ", tl_ratio_percent(mix->parts[i].weight, weight),
                      nested ? "(" : "");
        tl_status status = add_working(buf, part, member, walk);
        if (status != TL_OK)
            return status;
        /* the shares of a mix sum to 1: there is nothing to divide by */
        tl_buf_text(buf, nested ? ")" : "/");
        tl_buf_text(buf, nested ? "" : part_sum);
    }
    return TL_OK;
}

static tl_status add_measure(struct tl_buf *buf, const struct tl_key *key, size_t member, const struct walk *walk)
{
    const struct tl_figure *figure;
    char text[TL_RATIO_TEXT_SIZE];
    tl_status status = walk->source->figure(&figure, member, key->measure, walk->source->context, walk->err);
    if (status != TL_OK)
        return status;
    tl_ratio_text(figure->value, text);
    tl_buf_format(buf, strchr(text, '/') == NULL ? "%s" : "(%s)", text);
    return TL_OK;
}

static tl_status add_working(struct tl_buf *buf, const struct tl_key *key, size_t member, struct walk *walk)
{
    switch (key->kind) {
    case TL_KEY_EQUAL:
        tl_buf_text(buf, "1");
        return TL_OK;
    case TL_KEY_MEASURE:
        return add_measure(buf, key, member, walk);
    case TL_KEY_MIX:
        return add_mix(buf, key, member, walk);
    }
    return TL_OK;
}

tl_status tl_key_working(struct tl_buf *buf, const struct tl_key_weights *weights, size_t member,
                         const struct tl_key_source *source, struct tl_err *err)
{
    struct walk walk = {weights, source, 0, err};
    return add_working(buf, weights->key, member, &walk);
}
