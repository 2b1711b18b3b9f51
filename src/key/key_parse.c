/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads a key, by recursive descent:
 *
 *     key      = part { "+" part }
 *     part     = [ number ] term            a number on every part, or a single part without one
 *     term     = "equal" | measure | name | function "(" ... ")" | "(" key ")"
 *     measure  = letter { letter | digit | "-" | "_" }
 *     number   = decimal [ "/" decimal ] [ "%" ]
 *
 * Depth, length, size and digits are bounded, so that no text makes the parser, or what follows it, slow or deep.
 */
#include "key_parse.h"

#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

struct tl_key *tl_key_new(tl_key_kind kind, struct tl_key_reader *reader)
{
    struct tl_key *key = tl_arena_alloc(reader->arena, 1, sizeof *key);
    if (key == NULL) {
        (void)tl_err_memory(reader->err);
        return NULL;
    }
    key->kind = kind;
    key->size = 1;
    return key;
}

tl_status tl_key_measure_size(struct tl_key *key, struct tl_key_reader *reader)
{
    key->size = 1 + (key->operand == NULL ? 0 : key->operand->size);
    for (size_t i = 0; i < key->part_count; i++)
        key->size += key->parts[i].key->size;
    if (key->size <= TL_KEY_SIZE_MAX)
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_RANGE, "the key is made of more than %d keys, named ones written out",
                     TL_KEY_SIZE_MAX);
    return tl_key_fail_at(reader, reader->at, TL_ERR_RANGE);
}

tl_status tl_key_enter(struct tl_key_reader *reader)
{
    if (tl_key_peek(reader) != '(')
        return tl_key_expected(reader, "'('");
    if (reader->depth == TL_KEY_DEPTH_MAX) {
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the key has more than %d parentheses inside each other",
                         TL_KEY_DEPTH_MAX);
        return tl_key_fail_at(reader, reader->at, TL_ERR_RANGE);
    }
    reader->depth++;
    reader->at++;
    return TL_OK;
}

tl_status tl_key_leave(struct tl_key_reader *reader, const char *expected)
{
    tl_status status = tl_key_take(reader, ')', expected);
    if (status == TL_OK)
        reader->depth--;
    return status;
}

static tl_status parse_mix(const struct tl_key **out, struct tl_key_reader *reader);

static tl_status parse_group(const struct tl_key **out, struct tl_key_reader *reader)
{
    tl_status status = tl_key_enter(reader);
    if (status == TL_OK)
        status = parse_mix(out, reader);
    if (status == TL_OK)
        status = tl_key_leave(reader, "'+' or ')'");
    return status;
}

static const struct tl_key *find_named(const struct tl_key_names *names, const char *word)
{
    for (size_t i = 0; names != NULL && i < names->count; i++)
        if (tl_text_equal(names->items[i].name, word))
            return names->items[i].key;
    return NULL;
}

/* `equal`, a named key or a measure. */
static tl_status parse_word(const struct tl_key **out, size_t length, struct tl_key_reader *reader)
{
    const char *word = tl_arena_copy(reader->arena, reader->text + reader->at, length);
    if (word == NULL)
        return tl_err_memory(reader->err);
    const struct tl_key *named = find_named(reader->names, word);
    bool is_equal = tl_text_equal(word, "equal");
    struct tl_key *key = tl_key_new(is_equal ? TL_KEY_EQUAL : named != NULL ? TL_KEY_NAMED : TL_KEY_MEASURE, reader);
    if (key == NULL)
        return TL_ERR_MEMORY;
    key->name = is_equal ? NULL : word;
    key->operand = is_equal ? NULL : named;
    tl_status status = tl_key_measure_size(key, reader);
    reader->at += length;
    *out = key;
    return status;
}

static tl_status refuse_function(size_t length, struct tl_key_reader *reader)
{
    const char *word = reader->text + reader->at;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "there is no function '%.*s'", (int)(length > 40 ? 40 : length), word);
    tl_err_hint(reader->err, "the functions are sum, min, max, slices, brackets, class, fixed and sqrt");
    return tl_key_fail_at(reader, reader->at, TL_ERR_INPUT);
}

tl_status tl_key_parse_term(const struct tl_key **out, struct tl_key_reader *reader)
{
    if (tl_key_peek(reader) == '(')
        return parse_group(out, reader);
    const char *word = reader->text + reader->at;
    size_t length = tl_key_word_length(word);
    if (length == 0)
        return tl_key_expected(reader, "'equal', a measure, a function or '('");
    tl_key_function *function = tl_key_find_function(word, length);
    if (function == NULL && word[length] == '(')
        return refuse_function(length, reader);
    if (function == NULL)
        return parse_word(out, length, reader);
    reader->at += length;
    tl_status status = tl_key_enter(reader);
    return status == TL_OK ? function(out, reader) : status;
}

tl_status tl_key_check_sum(const struct tl_frac *sum, const char *what, size_t at, struct tl_key_reader *reader)
{
    char percent[TL_RATIO_TEXT_SIZE];
    const char *text;
    if (mpq_cmp_ui(sum->q, 1, 1) == 0)
        return TL_OK;
    if (mpz_fits_slong_p(mpq_numref(sum->q)) && mpz_fits_slong_p(mpq_denref(sum->q))) {
        struct tl_ratio ratio = {mpz_get_si(mpq_numref(sum->q)), mpz_get_si(mpq_denref(sum->q))};
        text = tl_ratio_percent(ratio, percent);
    } else
        text = tl_frac_text(sum, reader->arena);
    if (text == NULL)
        return tl_err_memory(reader->err);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %s sum to %.200s, not 100%%", what, text);
    return tl_key_fail_at(reader, at, TL_ERR_INPUT);
}

/* The parts of a key as they are read, before it is known whether it is a mix. */
struct part_list {
    struct tl_key_part *parts;
    size_t count, capacity;
    struct tl_frac sum;
};

static tl_status parse_weight(struct tl_ratio *out, struct tl_key_reader *reader)
{
    size_t at = reader->at;
    tl_status status = tl_key_take_number(out, NULL, reader);
    if (status == TL_OK && out->numerator == 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a weight of 0 has no effect");
        tl_err_hint(reader->err, "leave the part out");
        return tl_key_fail_at(reader, at, TL_ERR_INPUT);
    }
    return status;
}

static void add_weight(struct tl_frac *sum, struct tl_ratio ratio)
{
    struct tl_frac weight;
    tl_frac_init(&weight);
    tl_frac_set_ratio(&weight, ratio);
    mpq_add(sum->q, sum->q, weight.q);
    tl_frac_release(&weight);
}

static tl_status parse_part(struct part_list *list, struct tl_key_reader *reader)
{
    struct tl_key_part part = {.factor = {0, 0}};
    bool weighted = tl_key_is_digit(tl_key_peek(reader));
    if (!weighted && list->count > 0)
        return tl_key_expected(reader, "a weight such as 25%");
    if (list->count == TL_KEY_PARTS_MAX) {
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "the mix has more than %d parts", TL_KEY_PARTS_MAX);
        return tl_key_fail_at(reader, reader->at, TL_ERR_RANGE);
    }
    tl_status status = weighted ? parse_weight(&part.factor, reader) : TL_OK;
    if (status == TL_OK)
        status = tl_key_parse_term(&part.key, reader);
    if (status != TL_OK)
        return status;
    list->parts = tl_arena_grow(reader->arena, list->parts, list->count, &list->capacity, sizeof *list->parts);
    if (list->parts == NULL)
        return tl_err_memory(reader->err);
    list->parts[list->count++] = part;
    if (weighted)
        add_weight(&list->sum, part.factor);
    return TL_OK;
}

static tl_status parse_parts(struct part_list *list, struct tl_key_reader *reader)
{
    (void)tl_key_peek(reader);
    size_t start = reader->at;
    for (;;) {
        tl_status status = parse_part(list, reader);
        if (status != TL_OK)
            return status;
        if (tl_key_peek(reader) != '+')
            break;
        if (tl_ratio_is_none(list->parts[0].factor)) {
            reader->at = start;
            return tl_key_expected(reader, "a weight such as 25% on every part of a mix");
        }
        reader->at++;
    }
    /* where the key breaks off wrongly, that is told first */
    char next = tl_key_peek(reader);
    if (tl_ratio_is_none(list->parts[0].factor) || (next != '\0' && next != ')'))
        return TL_OK;
    return tl_key_check_sum(&list->sum, "weights", start, reader);
}

static tl_status parse_mix(const struct tl_key **out, struct tl_key_reader *reader)
{
    struct part_list list = {.count = 0};
    tl_frac_init(&list.sum);
    tl_status status = parse_parts(&list, reader);
    tl_frac_release(&list.sum);
    if (status != TL_OK)
        return status;
    if (list.count == 1) {
        *out = list.parts[0].key;
        return TL_OK;
    }
    struct tl_key *mix = tl_key_new(TL_KEY_MIX, reader);
    if (mix == NULL)
        return TL_ERR_MEMORY;
    mix->parts = list.parts;
    mix->part_count = list.count;
    *out = mix;
    return tl_key_measure_size(mix, reader);
}

tl_status tl_key_parse_named(const struct tl_key **out, const char *text, const struct tl_key_names *names,
                             size_t *column, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_key_reader reader = {.text = text, .names = names, .arena = arena, .column = column, .err = err};
    *column = 1;
    if (strnlen(text, TL_KEY_LENGTH_MAX + 1) > TL_KEY_LENGTH_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "the key is longer than %d characters", TL_KEY_LENGTH_MAX);
    size_t valid = tl_text_valid_utf8(text, strlen(text));
    if (text[valid] != '\0') {
        (void)tl_err_set(err, TL_ERR_INPUT, "the key is not valid UTF-8");
        return tl_key_fail_at(&reader, valid, TL_ERR_INPUT);
    }
    const struct tl_key *key;
    tl_status status = parse_mix(&key, &reader);
    if (status != TL_OK)
        return status;
    if (tl_key_peek(&reader) != '\0')
        return tl_key_expected(&reader, "'+' or the end of the key");
    *out = key;
    return TL_OK;
}

tl_status tl_key_parse(const struct tl_key **out, const char *text, size_t *column, struct tl_arena *arena,
                       struct tl_err *err)
{
    return tl_key_parse_named(out, text, NULL, column, arena, err);
}

tl_status tl_key_check_name(const char *name, struct tl_err *err)
{
    size_t length = tl_key_word_length(name);
    if (length == 0 || name[length] != '\0' || length > 100) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a name for a key", name);
        tl_err_hint(err, "begin with a letter, and use letters and digits, with - and _ between them");
        return TL_ERR_INPUT;
    }
    if (tl_text_equal(name, "equal") || tl_key_find_function(name, length) != NULL) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%s' is a word of the key language", name);
        tl_err_hint(err, "choose another name for the key");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}
