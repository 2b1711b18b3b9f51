/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads a key, by recursive descent:
 *
 *     key      = part { "+" part }
 *     part     = [ number ] term            a number on every part, or a single part without one
 *     term     = "equal" | measure | "(" key ")"
 *     measure  = letter { letter | digit | "-" | "_" }
 *     number   = decimal [ "/" decimal ] [ "%" ]
 *
 * Depth, length and digits are bounded, so that no text makes the parser slow or deep.
 */
#include "tilslut/key/key.h"

#include <stdint.h>
#include <string.h>

#include "key_tree.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

struct parser {
    const char *text;
    size_t at;
    size_t depth;
    struct tl_arena *arena;
    size_t *column;
    struct tl_err *err;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length in bytes of the letter at `s` (ASCII, or Latin-1 such as æ ø å ü é), 0 when it is none. */
static size_t letter_length(const char *s)
{
    unsigned char c = (unsigned char)s[0], next = c == 0 ? 0 : (unsigned char)s[1];
    if ((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
        return 1;
    /* U+00C0 to U+00FF except the signs x and / of arithmetic */
    return c == 0xC3 && next >= 0x80 && next <= 0xBF && next != 0x97 && next != 0xB7 ? 2 : 0;
}

static void skip_spaces(struct parser *p)
{
    while (p->text[p->at] == ' ' || p->text[p->at] == '\t' || p->text[p->at] == '\n' || p->text[p->at] == '\r')
        p->at++;
}

static size_t word_length(const char *s)
{
    size_t length = 0, step = letter_length(s);
    if (step == 0)
        return 0;
    while (step > 0) {
        length += step;
        bool joins = s[length] == '-' || s[length] == '_';
        step = letter_length(s + length + (joins ? 1 : 0));
        if (step == 0 && is_digit(s[length + (joins ? 1 : 0)]))
            step = 1;
        step += step > 0 && joins ? 1 : 0;
    }
    return length;
}

static tl_status fail_at(struct parser *p, size_t at, tl_status status)
{
    *p->column = at + 1;
    return status;
}

/* "expected ..., found ..." at the present place. */
static tl_status fail_expected(struct parser *p, const char *expected)
{
    const char *found = p->text + p->at;
    size_t length = word_length(found);
    if (length == 0)
        while (is_digit(found[length]))
            length++;
    const char *behind = found;
    if (length == 0 && tl_text_next(&behind) != 0)
        length = (size_t)(behind - found);
    length = tl_text_cut(found, length > 40 ? 40 : length);
    if (found[0] == '\0')
        (void)tl_err_set(p->err, TL_ERR_INPUT, "expected %s, found the end of the key", expected);
    else
        (void)tl_err_set(p->err, TL_ERR_INPUT, "expected %s, found '%.*s'", expected, (int)length, found);
    return fail_at(p, p->at, TL_ERR_INPUT);
}

/* Digits with at most one decimal mark. `ambiguous` when it could be a thousands mark: never guess. */
static size_t decimal_length(const char *s, bool *ambiguous)
{
    size_t whole = 0, length;
    while (is_digit(s[whole]))
        whole++;
    *ambiguous = false;
    if (whole == 0 || (s[whole] != '.' && s[whole] != ',') || !is_digit(s[whole + 1]))
        return whole;
    for (length = whole + 1; is_digit(s[length]);)
        length++;
    *ambiguous = length - whole == 4 && whole <= 3 && !(whole == 1 && s[0] == '0');
    return length;
}

static size_t spaces_at(const char *s)
{
    size_t count = 0;
    while (s[count] == ' ')
        count++;
    return count;
}

enum { NUMBER_SIZE = 64 };

/* The number's characters without the spaces around `/` and before `%`. */
static size_t number_length(char into[NUMBER_SIZE], const char *s, bool *ambiguous)
{
    bool second = false;
    size_t length = decimal_length(s, ambiguous), used = 0;
    size_t spaces = spaces_at(s + length);
    if (s[length + spaces] == '/') {
        size_t divisor = length + spaces + 1;
        divisor += spaces_at(s + divisor);
        size_t more = decimal_length(s + divisor, &second);
        length = more == 0 ? length : divisor + more;
        *ambiguous = *ambiguous || second;
    }
    spaces = spaces_at(s + length);
    if (s[length + spaces] == '%') {
        length += spaces + 1;
        *ambiguous = false;
    }
    for (size_t i = 0; i < length; i++)
        if (s[i] != ' ' && used < NUMBER_SIZE - 1)
            into[used++] = s[i];
    into[used] = '\0';
    return length;
}

/* What is accepted must print in a form that is accepted again. */
static bool prints_back(struct tl_ratio ratio)
{
    struct tl_err ignored = TL_ERR_NONE;
    struct tl_ratio again;
    char text[TL_RATIO_TEXT_SIZE];
    return tl_ratio_parse(&again, tl_ratio_text(ratio, text), &ignored) == TL_OK &&
           tl_ratio_parse(&again, tl_ratio_percent(ratio, text), &ignored) == TL_OK;
}

static tl_status parse_number(struct tl_ratio *out, struct parser *p)
{
    char number[NUMBER_SIZE];
    bool ambiguous;
    size_t length = number_length(number, p->text + p->at, &ambiguous);
    if (ambiguous) {
        (void)tl_err_set(p->err, TL_ERR_INPUT, "'%s' could mean two things", number);
        tl_err_hint(p->err, "leave the mark out if it parts thousands, or write another 0 behind if it parts decimals");
        return fail_at(p, p->at, TL_ERR_INPUT);
    }
    tl_status status = tl_ratio_parse(out, number, p->err);
    if (status == TL_OK && !prints_back(*out))
        status = tl_err_set(p->err, TL_ERR_RANGE, "'%s' has more than %d digits", number, TL_RATIO_DIGITS_MAX);
    if (status != TL_OK)
        return fail_at(p, p->at, status);
    p->at += length;
    return TL_OK;
}

static struct tl_key *new_key(struct parser *p, tl_key_kind kind)
{
    struct tl_key *key = tl_arena_alloc(p->arena, 1, sizeof *key);
    if (key == NULL)
        (void)tl_err_memory(p->err);
    else
        key->kind = kind;
    return key;
}

static tl_status parse_mix(const struct tl_key **out, struct parser *p);

static tl_status parse_group(const struct tl_key **out, struct parser *p)
{
    if (p->depth == TL_KEY_DEPTH_MAX) {
        (void)tl_err_set(p->err, TL_ERR_RANGE, "the key has more than %d parentheses inside each other",
                         TL_KEY_DEPTH_MAX);
        return fail_at(p, p->at, TL_ERR_RANGE);
    }
    p->depth++;
    p->at++;
    tl_status status = parse_mix(out, p);
    if (status != TL_OK)
        return status;
    skip_spaces(p);
    if (p->text[p->at] != ')')
        return fail_expected(p, "'+' or ')'");
    p->at++;
    p->depth--;
    return TL_OK;
}

static tl_status parse_term(const struct tl_key **out, struct parser *p)
{
    skip_spaces(p);
    if (p->text[p->at] == '(')
        return parse_group(out, p);
    const char *word = p->text + p->at;
    size_t length = word_length(word);
    if (length == 0)
        return fail_expected(p, "'equal', a measure or '('");
    bool is_equal = length == 5 && memcmp(word, "equal", 5) == 0;
    struct tl_key *key = new_key(p, is_equal ? TL_KEY_EQUAL : TL_KEY_MEASURE);
    if (key == NULL)
        return TL_ERR_MEMORY;
    key->measure = is_equal ? NULL : tl_arena_copy(p->arena, word, length);
    if (!is_equal && key->measure == NULL)
        return tl_err_memory(p->err);
    p->at += length;
    *out = key;
    return TL_OK;
}

/* The parts of a key as they are read, before it is known whether it is a mix. */
struct part_list {
    struct tl_key_part *parts;
    size_t count, capacity;
    struct tl_frac sum;
};

static tl_status parse_weight(struct tl_ratio *out, struct parser *p)
{
    size_t at = p->at;
    tl_status status = parse_number(out, p);
    if (status == TL_OK && out->numerator == 0) {
        (void)tl_err_set(p->err, TL_ERR_INPUT, "a weight of 0 has no effect");
        tl_err_hint(p->err, "leave the part out");
        return fail_at(p, at, TL_ERR_INPUT);
    }
    return status;
}

static tl_status parse_part(struct part_list *list, struct parser *p)
{
    struct tl_key_part part = {.weight = {0, 0}};
    skip_spaces(p);
    bool weighted = is_digit(p->text[p->at]);
    if (!weighted && list->count > 0)
        return fail_expected(p, "a weight such as 25%");
    if (list->count == TL_KEY_PARTS_MAX) {
        (void)tl_err_set(p->err, TL_ERR_RANGE, "the mix has more than %d parts", TL_KEY_PARTS_MAX);
        return fail_at(p, p->at, TL_ERR_RANGE);
    }
    tl_status status = weighted ? parse_weight(&part.weight, p) : TL_OK;
    if (status == TL_OK)
        status = parse_term(&part.key, p);
    if (status != TL_OK)
        return status;
    list->parts = tl_arena_grow(p->arena, list->parts, list->count, &list->capacity, sizeof *list->parts);
    if (list->parts == NULL)
        return tl_err_memory(p->err);
    list->parts[list->count++] = part;
    if (weighted) {
        struct tl_frac weight;
        tl_frac_init(&weight);
        tl_frac_set_ratio(&weight, part.weight);
        mpq_add(list->sum.q, list->sum.q, weight.q);
        tl_frac_release(&weight);
    }
    return TL_OK;
}

static tl_status refuse_sum(struct parser *p, const struct tl_frac *sum, size_t at)
{
    char percent[TL_RATIO_TEXT_SIZE];
    const char *text;
    if (mpz_fits_slong_p(mpq_numref(sum->q)) && mpz_fits_slong_p(mpq_denref(sum->q))) {
        struct tl_ratio ratio = {mpz_get_si(mpq_numref(sum->q)), mpz_get_si(mpq_denref(sum->q))};
        text = tl_ratio_percent(ratio, percent);
    } else
        text = tl_frac_text(sum, p->arena);
    if (text == NULL)
        return tl_err_memory(p->err);
    (void)tl_err_set(p->err, TL_ERR_INPUT, "the weights sum to %s, not 100%%", text);
    return fail_at(p, at, TL_ERR_INPUT);
}

static tl_status parse_parts(struct part_list *list, struct parser *p)
{
    skip_spaces(p);
    size_t start = p->at;
    for (;;) {
        tl_status status = parse_part(list, p);
        if (status != TL_OK)
            return status;
        skip_spaces(p);
        if (p->text[p->at] != '+')
            break;
        if (tl_ratio_is_none(list->parts[0].weight)) {
            p->at = start;
            return fail_expected(p, "a weight such as 25% on every part of a mix");
        }
        p->at++;
    }
    /* where the key breaks off wrongly, that is told first */
    bool is_whole = p->text[p->at] == '\0' || p->text[p->at] == ')';
    if (is_whole && !tl_ratio_is_none(list->parts[0].weight) && mpq_cmp_ui(list->sum.q, 1, 1) != 0)
        return refuse_sum(p, &list->sum, start);
    return TL_OK;
}

static tl_status parse_mix(const struct tl_key **out, struct parser *p)
{
    struct part_list list = {.count = 0};
    tl_frac_init(&list.sum);
    tl_status status = parse_parts(&list, p);
    tl_frac_release(&list.sum);
    if (status != TL_OK)
        return status;
    if (list.count == 1) {
        *out = list.parts[0].key;
        return TL_OK;
    }
    struct tl_key *mix = new_key(p, TL_KEY_MIX);
    if (mix == NULL)
        return TL_ERR_MEMORY;
    mix->parts = list.parts;
    mix->part_count = list.count;
    *out = mix;
    return TL_OK;
}

tl_status tl_key_parse(const struct tl_key **out, const char *text, size_t *column, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct parser parser = {.text = text, .arena = arena, .column = column, .err = err};
    *column = 1;
    if (strnlen(text, TL_KEY_LENGTH_MAX + 1) > TL_KEY_LENGTH_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "the key is longer than %d characters", TL_KEY_LENGTH_MAX);
    size_t valid = tl_text_valid_utf8(text, strlen(text));
    if (text[valid] != '\0') {
        (void)tl_err_set(err, TL_ERR_INPUT, "the key is not valid UTF-8");
        return fail_at(&parser, valid, TL_ERR_INPUT);
    }
    const struct tl_key *key;
    tl_status status = parse_mix(&key, &parser);
    if (status != TL_OK)
        return status;
    if (text[parser.at] != '\0')
        return fail_expected(&parser, "'+' or the end of the key");
    *out = key;
    return TL_OK;
}
