/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What stands in the parentheses of a function; the opening one is read already.
 *
 *     sum(population, 1.8 * area)                          figures added, each times a factor
 *     min(population, 100000)   max(population, 5000)      a figure with an upper or lower limit
 *     slices(population: 1 up to 150000, 1/2 above)        each slice of a figure at its own rate
 *     brackets(population: 1 up to 20000, 3 above)         one value for all of a bracket
 *     sqrt(population, 2)                                  the square root, rounded to decimals
 *     class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)   by size class
 *     fixed(0751: 40%, 0851: 35%, 0461: 25%)               by member; percents sum to 100, weights need not
 */
#include <string.h>

#include "key_parse.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

/* A term that can be counted with: no shares, since those of different keys have different wholes. */
static tl_status parse_quantity(const struct tl_key **out, struct tl_key_reader *reader)
{
    (void)tl_key_peek(reader);
    size_t at = reader->at;
    tl_status status = tl_key_parse_term(out, reader);
    if (status != TL_OK || !tl_key_gives_shares(*out))
        return status;
    const char *text = tl_key_text(*out, reader->arena);
    if (text == NULL)
        return tl_err_memory(reader->err);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.200s' gives shares, which cannot be counted with", text);
    tl_err_hint(reader->err, "count with measures, and mix the results, as in 25%% equal + 75%% sum(population, area)");
    return tl_key_fail_at(reader, at, TL_ERR_INPUT);
}

static tl_status add_part(struct tl_key *key, size_t *capacity, struct tl_key_part part, struct tl_key_reader *reader)
{
    key->parts = tl_arena_grow(reader->arena, key->parts, key->part_count, capacity, sizeof *key->parts);
    if (key->parts == NULL)
        return tl_err_memory(reader->err);
    key->parts[key->part_count++] = part;
    return TL_OK;
}

static tl_status parse_addend(struct tl_key_part *out, struct tl_key_reader *reader)
{
    out->factor = tl_ratio_of(1, 1);
    if (tl_key_is_digit(tl_key_peek(reader))) {
        tl_status status = tl_key_take_number(&out->factor, NULL, reader);
        if (status == TL_OK)
            status = tl_key_take(reader, '*', "'*'");
        if (status != TL_OK)
            return status;
    }
    return parse_quantity(&out->key, reader);
}

static tl_status parse_sum(const struct tl_key **out, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_key_new(TL_KEY_SUM, reader);
    size_t capacity = 0;
    tl_status status = key == NULL ? TL_ERR_MEMORY : TL_OK;
    do {
        struct tl_key_part part;
        reader->at += status == TL_OK && key->part_count > 0 ? 1 : 0;
        if (status == TL_OK)
            status = parse_addend(&part, reader);
        if (status == TL_OK)
            status = add_part(key, &capacity, part, reader);
    } while (status == TL_OK && tl_key_peek(reader) == ',');
    if (status == TL_OK)
        status = tl_key_leave(reader, "',' or ')'");
    *out = key;
    return status == TL_OK ? tl_key_measure_size(key, reader) : status;
}

static tl_status parse_limit(const struct tl_key **out, tl_key_kind kind, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_key_new(kind, reader);
    tl_status status = key == NULL ? TL_ERR_MEMORY : parse_quantity(&key->operand, reader);
    if (status == TL_OK)
        status = tl_key_take(reader, ',', "',' and the limit");
    if (status == TL_OK)
        status = tl_key_take_number(&key->bound, NULL, reader);
    if (status == TL_OK)
        status = tl_key_leave(reader, "')'");
    *out = key;
    return status == TL_OK ? tl_key_measure_size(key, reader) : status;
}

static tl_status parse_min(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_limit(out, TL_KEY_MIN, reader);
}

static tl_status parse_max(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_limit(out, TL_KEY_MAX, reader);
}

static tl_status add_row(struct tl_key *key, size_t *capacity, struct tl_key_row row, struct tl_key_reader *reader)
{
    key->rows = tl_arena_grow(reader->arena, key->rows, key->row_count, capacity, sizeof *key->rows);
    if (key->rows == NULL)
        return tl_err_memory(reader->err);
    key->rows[key->row_count++] = row;
    return TL_OK;
}

/* `1 up to 150000`, and `1/2 above` as the last. */
static tl_status parse_step(struct tl_key_row *out, const struct tl_key *key, struct tl_key_reader *reader)
{
    *out = (struct tl_key_row){.bound = {0, 0}};
    tl_status status = tl_key_take_number(&out->value, NULL, reader);
    if (status != TL_OK || tl_key_take_word(reader, "above"))
        return status;
    if (!tl_key_take_word(reader, "up") || !tl_key_take_word(reader, "to"))
        return tl_key_expected(reader, "'up to' or 'above'");
    (void)tl_key_peek(reader);
    size_t at = reader->at;
    status = tl_key_take_number(&out->bound, NULL, reader);
    if (status != TL_OK)
        return status;
    struct tl_ratio before = key->row_count == 0 ? tl_ratio_of(0, 1) : key->rows[key->row_count - 1].bound;
    if (tl_ratio_compare(out->bound, before) > 0)
        return TL_OK;
    char text[TL_RATIO_TEXT_SIZE], below[TL_RATIO_TEXT_SIZE];
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the bound %s does not lie above %s", tl_ratio_text(out->bound, text),
                     tl_ratio_text(before, below));
    return tl_key_fail_at(reader, at, TL_ERR_INPUT);
}

static tl_status parse_steps(const struct tl_key **out, tl_key_kind kind, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_key_new(kind, reader);
    size_t capacity = 0;
    bool is_last = false;
    tl_status status = key == NULL ? TL_ERR_MEMORY : parse_quantity(&key->operand, reader);
    if (status == TL_OK)
        status = tl_key_take(reader, ':', "':'");
    while (status == TL_OK && !is_last) {
        struct tl_key_row row;
        if (key->row_count > 0)
            status = tl_key_take(reader, ',', "',' and a last step such as '1/2 above'");
        if (status == TL_OK)
            status = parse_step(&row, key, reader);
        if (status == TL_OK)
            status = add_row(key, &capacity, row, reader);
        is_last = status == TL_OK && tl_ratio_is_none(row.bound);
    }
    if (status == TL_OK)
        status = tl_key_leave(reader, "')'");
    *out = key;
    return status == TL_OK ? tl_key_measure_size(key, reader) : status;
}

static tl_status parse_slices(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_steps(out, TL_KEY_SLICES, reader);
}

static tl_status parse_brackets(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_steps(out, TL_KEY_BRACKETS, reader);
}

/* A root is no fraction: only how it is rounded makes it exact, so that is part of the key. */
static tl_status parse_sqrt(const struct tl_key **out, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_key_new(TL_KEY_SQRT, reader);
    struct tl_ratio decimals;
    tl_status status = key == NULL ? TL_ERR_MEMORY : parse_quantity(&key->operand, reader);
    if (status == TL_OK && tl_key_peek(reader) == ')') {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a square root has no exact value until it is rounded");
        tl_err_hint(reader->err, "write how many decimals count, as in sqrt(population, 2)");
        return tl_key_fail_at(reader, reader->at, TL_ERR_INPUT);
    }
    if (status == TL_OK)
        status = tl_key_take(reader, ',', "',' and a number of decimals");
    (void)tl_key_peek(reader);
    size_t at = reader->at;
    if (status == TL_OK)
        status = tl_key_take_number(&decimals, NULL, reader);
    if (status == TL_OK && (decimals.denominator != 1 || decimals.numerator > TL_KEY_DECIMALS_MAX)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a square root has 0 to %d decimals", TL_KEY_DECIMALS_MAX);
        return tl_key_fail_at(reader, at, TL_ERR_INPUT);
    }
    if (status == TL_OK)
        status = tl_key_leave(reader, "')'");
    if (status != TL_OK)
        return status;
    key->decimals = (int)decimals.numerator;
    *out = key;
    return tl_key_measure_size(key, reader);
}

static tl_status check_label(const struct tl_key *key, const char *label, size_t at, struct tl_key_reader *reader)
{
    if (key->kind == TL_KEY_FIXED && !tl_text_is_code(label)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.60s' is not the code of a member", label);
        return tl_key_fail_at(reader, at, TL_ERR_INPUT);
    }
    for (size_t i = 0; i < key->row_count; i++)
        if (tl_text_equal(key->rows[i].label, label)) {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.60s' occurs twice", label);
            return tl_key_fail_at(reader, at, TL_ERR_INPUT);
        }
    return TL_OK;
}

/* `Meget stor: 8` or `0751: 40%`. */
static tl_status parse_row(struct tl_key_row *out, struct tl_key *key, struct tl_key_reader *reader)
{
    *out = (struct tl_key_row){.bound = {0, 0}};
    (void)tl_key_peek(reader);
    size_t at = reader->at;
    bool in_percent = false;
    tl_status status =
        tl_key_take_label(&out->label, key->kind == TL_KEY_CLASS ? "a size class" : "the code of a member", reader);
    if (status == TL_OK)
        status = check_label(key, out->label, at, reader);
    if (status == TL_OK)
        status = tl_key_take(reader, ':', "':'");
    (void)tl_key_peek(reader);
    at = reader->at;
    if (status == TL_OK)
        status = tl_key_take_number(&out->value, &in_percent, reader);
    if (status != TL_OK || key->kind == TL_KEY_CLASS)
        return status;
    if (key->row_count > 0 && in_percent != key->in_percent) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "either all members have percents or none has");
        return tl_key_fail_at(reader, at, TL_ERR_INPUT);
    }
    key->in_percent = in_percent;
    return TL_OK;
}

static tl_status check_percents(const struct tl_key *key, size_t at, struct tl_key_reader *reader)
{
    struct tl_frac sum, value;
    tl_frac_init(&sum);
    tl_frac_init(&value);
    for (size_t i = 0; i < key->row_count; i++) {
        tl_frac_set_ratio(&value, key->rows[i].value);
        mpq_add(sum.q, sum.q, value.q);
    }
    tl_status status = tl_key_check_sum(&sum, "percents", at, reader);
    tl_frac_release(&sum);
    tl_frac_release(&value);
    return status;
}

static tl_status parse_rows(const struct tl_key **out, tl_key_kind kind, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_key_new(kind, reader);
    size_t capacity = 0, start = reader->at;
    tl_status status = key == NULL ? TL_ERR_MEMORY : TL_OK;
    do {
        struct tl_key_row row;
        reader->at += status == TL_OK && key->row_count > 0 ? 1 : 0;
        if (status == TL_OK)
            status = parse_row(&row, key, reader);
        if (status == TL_OK)
            status = add_row(key, &capacity, row, reader);
    } while (status == TL_OK && tl_key_peek(reader) == ',');
    if (status == TL_OK)
        status = tl_key_leave(reader, "',' or ')'");
    *out = key;
    return status == TL_OK && key->in_percent ? check_percents(key, start, reader) : status;
}

static tl_status parse_class(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_rows(out, TL_KEY_CLASS, reader);
}

static tl_status parse_fixed(const struct tl_key **out, struct tl_key_reader *reader)
{
    return parse_rows(out, TL_KEY_FIXED, reader);
}

static const struct {
    const char *name;
    tl_key_function *parse;
} functions[] = {
    {"sum", parse_sum},           {"min", parse_min},   {"max", parse_max},     {"slices", parse_slices},
    {"brackets", parse_brackets}, {"sqrt", parse_sqrt}, {"class", parse_class}, {"fixed", parse_fixed},
};

tl_key_function *tl_key_find_function(const char *name, size_t length)
{
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
        if (strlen(functions[i].name) == length && memcmp(functions[i].name, name, length) == 0)
            return functions[i].parse;
    return NULL;
}
