/* SPDX-License-Identifier: MPL-2.0 */
#include "terms_words.h"

#include "tilslut/base/arena.h"
#include "tilslut/base/text.h"

/* Words that the terms use for one kind of thing, each once, gathered to compare with and suggest from. */
struct words {
    struct tl_arena arena;
    const char **items; /* NULL-terminated once the gathering has ended */
    size_t count, capacity;
    bool failed;
};

static void put(struct words *words, const char *word)
{
    const char **items = tl_arena_grow(&words->arena, words->items, words->count, &words->capacity, sizeof *items);
    words->failed = words->failed || items == NULL;
    if (words->failed)
        return;
    words->items = items;
    items[words->count] = word;
    words->count += word == NULL ? 0 : 1;
}

static bool has(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (tl_text_equal(words->items[i], word))
            return true;
    return false;
}

static void gather(struct words *words, const char *word)
{
    if (word != NULL && !has(words, word))
        put(words, word);
}

static tl_status gather_measure(const char *measure, void *context)
{
    gather(context, measure);
    return TL_OK;
}

static void gather_measures(struct words *words, const struct tl_key *key)
{
    if (key != NULL && tl_key_measures(key, gather_measure, words) != TL_OK)
        words->failed = true;
}

/* `they know joining, maintenance` */
static tl_status hint_all(const struct words *words, struct tl_err *err)
{
    struct tl_buf list = TL_BUF_EMPTY;
    for (size_t i = 0; i < words->count; i++)
        tl_buf_format(&list, "%s%s", i == 0 ? "" : ", ", words->items[i]);
    tl_err_hint(err, "they know %s", tl_buf_string(&list));
    tl_buf_release(&list);
    return err->status;
}

static tl_status refuse(const struct words *words, const char *word, const char *kind, const struct tl_terms *terms,
                        struct tl_err *err)
{
    const char *nearest = tl_text_nearest(word, words->items);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' know no %s '%.60s'", terms->product, kind, word);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    else if (words->count == 0)
        tl_err_hint(err, "they have none");
    else
        return hint_all(words, err);
    return TL_ERR_NOT_FOUND;
}

/* Ends the gathering. */
static tl_status check(struct words *words, const char *word, const char *kind, const struct tl_terms *terms,
                       struct tl_err *err)
{
    put(words, NULL);
    tl_status status = words->failed      ? tl_err_memory(err)
                       : has(words, word) ? TL_OK
                                          : refuse(words, word, kind, terms, err);
    tl_arena_release(&words->arena);
    return status;
}

tl_status tl_terms_words_check_line(const struct tl_terms *terms, const char *id, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].id);
    return check(&words, id, "line", terms, err);
}

tl_status tl_terms_words_check_option(const struct tl_terms *terms, const char *option, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].option);
    return check(&words, option, "option", terms, err);
}

tl_status tl_terms_words_check_tag(const struct tl_terms *terms, const char *tag, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++) {
        gather(&words, terms->lines[i].waived_for);
        for (size_t j = 0; j < terms->lines[i].rebate_count; j++)
            gather(&words, terms->lines[i].rebates[j].tag);
    }
    return check(&words, tag, "waiver", terms, err);
}

tl_status tl_terms_words_check_class(const struct tl_terms *terms, const char *name, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->class_count; i++)
        gather(&words, terms->classes[i].name);
    return check(&words, name, "size class", terms, err);
}

tl_status tl_terms_words_check_group(const struct tl_terms *terms, const char *group, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].group);
    return check(&words, group, "group", terms, err);
}

tl_status tl_terms_words_check_measure(const struct tl_terms *terms, const char *measure, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    gather(&words, terms->reference.measure);
    for (size_t i = 0; i < terms->line_count; i++) {
        const struct tl_line *line = &terms->lines[i];
        gather_measures(&words, line->key);
        gather_measures(&words, line->price.quantity);
        for (size_t j = 0; j < line->price_step_count; j++)
            gather_measures(&words, line->price_steps[j].price.quantity);
    }
    return check(&words, measure, "measure", terms, err);
}
