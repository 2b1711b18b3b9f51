/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What can be asked of a parsed key: its canonical text, and the measures, classes and members it names.
 * key_parse.c reads it, key_weigh.c computes with it.
 */
#include "tilslut/key/key.h"

#include <string.h>

#include "key_lex.h"
#include "key_tree.h"
#include "tilslut/base/text.h"

const struct tl_key *tl_key_behind_name(const struct tl_key *key)
{
    while (key->kind == TL_KEY_NAMED)
        key = key->operand;
    return key;
}

bool tl_key_gives_shares(const struct tl_key *key)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    return behind->kind == TL_KEY_MIX || (behind->kind == TL_KEY_FIXED && behind->in_percent);
}

bool tl_key_is_quantity(const struct tl_key *key)
{
    return !tl_key_gives_shares(key);
}

struct printer {
    struct tl_buf *buf;
    bool in_full; /* named keys written out */
};

static void print_key(const struct printer *printer, const struct tl_key *key, bool is_part);

static void print_mix(const struct printer *printer, const struct tl_key *mix, bool is_part)
{
    char weight[TL_KEY_NUMBER_SIZE];
    tl_buf_text(printer->buf, is_part ? "(" : "");
    for (size_t i = 0; i < mix->part_count; i++) {
        tl_buf_format(printer->buf, "%s%s ", i == 0 ? "" : " + ", tl_key_write_percent(mix->parts[i].factor, weight));
        print_key(printer, mix->parts[i].key, true);
    }
    tl_buf_text(printer->buf, is_part ? ")" : "");
}

static void print_sum(const struct printer *printer, const struct tl_key *sum)
{
    char factor[TL_KEY_NUMBER_SIZE];
    tl_buf_text(printer->buf, "sum(");
    for (size_t i = 0; i < sum->part_count; i++) {
        struct tl_ratio ratio = sum->parts[i].factor;
        tl_buf_text(printer->buf, i == 0 ? "" : ", ");
        if (ratio.numerator != 1 || ratio.denominator != 1)
            tl_buf_format(printer->buf, "%s * ", tl_key_write_number(ratio, factor));
        print_key(printer, sum->parts[i].key, false);
    }
    tl_buf_text(printer->buf, ")");
}

static void print_limit(const struct printer *printer, const struct tl_key *key)
{
    char bound[TL_KEY_NUMBER_SIZE];
    tl_buf_text(printer->buf, key->kind == TL_KEY_MIN ? "min(" : "max(");
    print_key(printer, key->operand, false);
    tl_buf_format(printer->buf, ", %s)", tl_key_write_number(key->bound, bound));
}

static void print_steps(const struct printer *printer, const struct tl_key *key)
{
    char value[TL_KEY_NUMBER_SIZE], bound[TL_KEY_NUMBER_SIZE];
    tl_buf_text(printer->buf, key->kind == TL_KEY_SLICES ? "slices(" : "brackets(");
    print_key(printer, key->operand, false);
    for (size_t i = 0; i < key->row_count; i++) {
        const struct tl_key_row *row = &key->rows[i];
        tl_buf_format(printer->buf, "%s%s ", i == 0 ? ": " : ", ", tl_key_write_number(row->value, value));
        if (tl_ratio_is_none(row->bound))
            tl_buf_text(printer->buf, "above)");
        else
            tl_buf_format(printer->buf, "up to %s", tl_key_write_number(row->bound, bound));
    }
}

static void print_rows(const struct printer *printer, const struct tl_key *key)
{
    char value[TL_KEY_NUMBER_SIZE];
    tl_buf_text(printer->buf, key->kind == TL_KEY_CLASS ? "class(" : "fixed(");
    for (size_t i = 0; i < key->row_count; i++) {
        struct tl_ratio ratio = key->rows[i].value;
        if (key->in_percent)
            tl_key_write_percent(ratio, value);
        else
            tl_key_write_number(ratio, value);
        tl_buf_format(printer->buf, "%s%s: %s", i == 0 ? "" : ", ", key->rows[i].label, value);
    }
    tl_buf_text(printer->buf, ")");
}

static void print_named(const struct printer *printer, const struct tl_key *key, bool is_part)
{
    if (printer->in_full)
        print_key(printer, key->operand, is_part);
    else
        tl_buf_text(printer->buf, key->name);
}

/* A mix that is part of another stands in parentheses. */
static void print_key(const struct printer *printer, const struct tl_key *key, bool is_part)
{
    switch (key->kind) {
    case TL_KEY_EQUAL:
        tl_buf_text(printer->buf, "equal");
        break;
    case TL_KEY_MEASURE:
        tl_buf_text(printer->buf, key->name);
        break;
    case TL_KEY_NAMED:
        print_named(printer, key, is_part);
        break;
    case TL_KEY_MIX:
        print_mix(printer, key, is_part);
        break;
    case TL_KEY_SUM:
        print_sum(printer, key);
        break;
    case TL_KEY_MIN:
    case TL_KEY_MAX:
        print_limit(printer, key);
        break;
    case TL_KEY_SLICES:
    case TL_KEY_BRACKETS:
        print_steps(printer, key);
        break;
    case TL_KEY_SQRT:
        tl_buf_text(printer->buf, "sqrt(");
        print_key(printer, key->operand, false);
        tl_buf_format(printer->buf, ", %d)", key->decimals);
        break;
    case TL_KEY_CLASS:
    case TL_KEY_FIXED:
        print_rows(printer, key);
        break;
    }
}

static const char *print(const struct tl_key *key, bool in_full, struct tl_arena *arena)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    struct printer printer = {&buf, in_full};
    print_key(&printer, key, false);
    const char *text = buf.failed ? NULL : tl_arena_text(arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    return text;
}

const char *tl_key_text(const struct tl_key *key, struct tl_arena *arena)
{
    return print(key, false, arena);
}

const char *tl_key_text_full(const struct tl_key *key, struct tl_arena *arena)
{
    return print(key, true, arena);
}

/* A walk over the words of one kind that a key names, in the order they are written. */
struct word_walk {
    tl_key_kind kind; /* TL_KEY_MEASURE, TL_KEY_CLASS or TL_KEY_FIXED */
    tl_status (*visit)(const char *word, void *context);
    void *context;
};

static tl_status walk_words(const struct tl_key *key, const struct word_walk *walk)
{
    tl_status status = TL_OK;
    if (key->kind == walk->kind && key->kind == TL_KEY_MEASURE)
        status = walk->visit(key->name, walk->context);
    for (size_t i = 0; status == TL_OK && key->kind == walk->kind && i < key->row_count; i++)
        status = walk->visit(key->rows[i].label, walk->context);
    if (status == TL_OK && key->operand != NULL)
        status = walk_words(key->operand, walk);
    for (size_t i = 0; status == TL_OK && i < key->part_count; i++)
        status = walk_words(key->parts[i].key, walk);
    return status;
}

/* Lets each word through once: the walk so far is walked again up to the present word. */
struct once {
    const struct tl_key *root;
    const struct word_walk *walk;
    size_t index; /* of the present word, with repetitions */
    const char *word;
    size_t before; /* counts down the words in front of the present one */
};

static tl_status stop_at_same(const char *word, void *context)
{
    struct once *once = context;
    if (once->before-- == 0)
        return TL_ERR_NOT_FOUND;
    return tl_text_equal(word, once->word) ? TL_ERR_CONFLICT : TL_OK;
}

static tl_status visit_once(const char *word, void *context)
{
    struct once *once = context;
    struct word_walk again = {once->walk->kind, stop_at_same, once};
    once->word = word;
    once->before = once->index++;
    bool is_first = walk_words(once->root, &again) == TL_ERR_NOT_FOUND;
    return is_first ? once->walk->visit(word, once->walk->context) : TL_OK;
}

static tl_status visit_words(const struct tl_key *key, const struct word_walk *walk)
{
    struct once once = {.root = key, .walk = walk};
    struct word_walk each = {walk->kind, visit_once, &once};
    return walk_words(key, &each);
}

tl_status tl_key_measures(const struct tl_key *key, tl_status (*visit)(const char *measure, void *context),
                          void *context)
{
    return visit_words(key, &(struct word_walk){TL_KEY_MEASURE, visit, context});
}

tl_status tl_key_classes(const struct tl_key *key, tl_status (*visit)(const char *size_class, void *context),
                         void *context)
{
    return visit_words(key, &(struct word_walk){TL_KEY_CLASS, visit, context});
}

tl_status tl_key_members(const struct tl_key *key, tl_status (*visit)(const char *code, void *context), void *context)
{
    return visit_words(key, &(struct word_walk){TL_KEY_FIXED, visit, context});
}
