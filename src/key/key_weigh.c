/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Each part of a mix is summed over the members before the mix can be weighed, so the tree is walked twice:
 * once from its leaves upwards for the sums, then once per member for its value.
 */
#include "key_weigh.h"

#include <stdlib.h>
#include <string.h>

struct walk {
    const struct tl_key_weights *weights;
    const struct tl_key_source *source;
    size_t next_part; /* the parts met so far; every walk meets them in the same order */
    struct tl_err *err;
};

tl_status tl_key_check_bits(mpq_srcptr value, struct tl_err *err)
{
    if (mpz_sizeinbase(mpq_numref(value), 2) <= TL_KEY_BITS_MAX &&
        mpz_sizeinbase(mpq_denref(value), 2) <= TL_KEY_BITS_MAX)
        return TL_OK;
    return tl_err_set(err, TL_ERR_RANGE, "the key needs fractions of more than %d bits", TL_KEY_BITS_MAX);
}

/* The parts of the mixes inside: those of sums are counted by tl_key_quantity. */
static size_t count_parts(const struct tl_key *key)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    if (behind->kind != TL_KEY_MIX)
        return 0;
    size_t count = behind->part_count;
    for (size_t i = 0; i < behind->part_count; i++)
        count += count_parts(behind->parts[i].key);
    return count;
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
        tl_frac_set_ratio(&weight, mix->parts[i].factor);
        mpq_mul(term, term, weight.q);
        tl_frac_release(&weight);
        mpq_add(sum, sum, term);
        status = tl_key_check_bits(sum, walk->err);
    }
    mpq_set(out, sum);
    mpq_clear(term);
    mpq_clear(sum);
    return status;
}

static tl_status value_of(mpq_t out, const struct tl_key *key, size_t member, struct walk *walk)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    return behind->kind == TL_KEY_MIX ? mix_value(out, behind, member, walk)
                                      : tl_key_quantity(out, behind, member, walk->source, walk->err);
}

/* Refuses sums that a key cannot be normalised by. */
static tl_status check_sum(mpq_srcptr sum, const struct tl_key *key, struct tl_err *err)
{
    bool is_zero = mpq_sgn(sum) == 0;
    if (!is_zero && (!tl_key_gives_shares(key) || mpq_cmp_ui(sum, 1, 1) == 0))
        return TL_OK;
    struct tl_arena arena = TL_ARENA_EMPTY;
    mpq_t percent;
    mpq_init(percent);
    mpz_mul_ui(mpq_numref(percent), mpq_numref(sum), 100);
    mpz_set(mpq_denref(percent), mpq_denref(sum));
    mpq_canonicalize(percent);
    const char *text = tl_key_text_full(key, &arena), *total = tl_key_number(percent, &arena);
    if (text == NULL || total == NULL)
        (void)tl_err_memory(err);
    else if (is_zero)
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "'%.200s' is zero for every member, so it gives no shares", text);
    else {
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "the fixed percents of the members in scope sum to %.60s%%, not 100%%",
                         total);
        tl_err_hint(err, "decide percents for exactly the members in scope, or write weights instead");
    }
    mpq_clear(percent);
    tl_arena_release(&arena);
    return err->status;
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
            status = tl_key_check_bits(sum, walk->err);
    }
    mpq_clear(value);
    return status == TL_OK ? check_sum(sum, key, walk->err) : status;
}

/* Fills the sums of the parts inside `key`, innermost first. */
static tl_status sum_parts(struct tl_key_weights *out, const struct tl_key *key, struct walk *walk)
{
    const struct tl_key *mix = tl_key_behind_name(key);
    for (size_t i = 0; mix->kind == TL_KEY_MIX && i < mix->part_count; i++) {
        size_t part = walk->next_part++, inside = walk->next_part;
        tl_status status = sum_parts(out, mix->parts[i].key, walk);
        if (status != TL_OK)
            return status;
        size_t behind = walk->next_part;
        walk->next_part = inside;
        status = sum_values(out->part_sums[part].q, mix->parts[i].key, walk);
        if (status != TL_OK)
            return status;
        walk->next_part = behind;
        out->part_texts[part] = tl_key_number(out->part_sums[part].q, &out->arena);
        if (out->part_texts[part] == NULL)
            return tl_err_memory(walk->err);
    }
    return TL_OK;
}

/* The members' values as they are, and their common denominator. */
static tl_status first_pass(struct tl_numbers *numbers, struct walk *walk)
{
    mpq_t value;
    tl_status status = TL_OK;
    mpq_init(value);
    for (size_t i = 0; status == TL_OK && i < numbers->count; i++) {
        walk->next_part = 0;
        status = value_of(value, walk->weights->key, i, walk);
        mpz_swap(numbers->values[i], mpq_numref(value));
        if (mpz_cmp_ui(mpq_denref(value), 1) != 0)
            mpz_lcm(numbers->denominator, numbers->denominator, mpq_denref(value));
        if (status == TL_OK && mpz_sizeinbase(numbers->denominator, 2) > TL_KEY_BITS_MAX)
            status =
                tl_err_set(walk->err, TL_ERR_RANGE, "the key needs fractions of more than %d bits", TL_KEY_BITS_MAX);
    }
    mpq_clear(value);
    return status;
}

/* The same over the common denominator; needed only where some value is no whole number. */
static tl_status second_pass(struct tl_numbers *numbers, struct walk *walk)
{
    mpq_t value;
    tl_status status = TL_OK;
    mpq_init(value);
    for (size_t i = 0; status == TL_OK && i < numbers->count; i++) {
        walk->next_part = 0;
        status = value_of(value, walk->weights->key, i, walk);
        mpz_divexact(numbers->values[i], numbers->denominator, mpq_denref(value));
        mpz_mul(numbers->values[i], numbers->values[i], mpq_numref(value));
    }
    mpq_clear(value);
    return status;
}

/* The members' values over one common denominator, and their sum. */
static tl_status take_values(struct tl_key_weights *out, struct walk *walk)
{
    tl_status status = first_pass(&out->numbers, walk);
    if (status == TL_OK && mpz_cmp_ui(out->numbers.denominator, 1) != 0)
        status = second_pass(&out->numbers, walk);
    if (status != TL_OK)
        return status;
    tl_numbers_sum(mpq_numref(out->sum.q), &out->numbers);
    mpz_set(mpq_denref(out->sum.q), out->numbers.denominator);
    mpq_canonicalize(out->sum.q);
    return check_sum(out->sum.q, out->key, walk->err);
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
    if (status == TL_OK)
        status = take_values(out, &walk);
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
