/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a worked example says of a member:
 *
 *     0751: {population: 373388, association: member, with: [hosting], signed: 2025-11-03}
 *
 * A word that is no key is a measure that the terms count, so that a slip of the pen in either is found.
 */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"
#include "tilslut/exchange/published_number.h"

static const char source[] = "the example";

/* Words that the terms know, each once, for checks and hints; ends with NULL. There is room for two on every line. */
enum { WORDS_MAX = 2 * TL_TERMS_LINES_MAX };
struct words {
    const char *items[WORDS_MAX + 1];
    size_t count;
};

static tl_status add_word(const char *word, void *context)
{
    struct words *words = context;
    for (size_t i = 0; i < words->count; i++)
        if (tl_text_equal(words->items[i], word))
            return TL_OK;
    if (words->count < WORDS_MAX)
        words->items[words->count++] = word;
    return TL_OK;
}

static void add_if_given(struct words *words, const char *word)
{
    if (word != NULL)
        (void)add_word(word, words);
}

static const char *find_word(const struct words *words, const char *word)
{
    for (size_t i = 0; i < words->count; i++)
        if (tl_text_equal(words->items[i], word))
            return words->items[i];
    return NULL;
}

/* A word of a list that the terms know; their own copy of it. */
static tl_status read_known(const char **out, const struct words *words, const char *what,
                            const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    *out = find_word(words, text);
    if (*out != NULL)
        return TL_OK;
    (void)tl_terms_refuse(reader, node, "no line of the terms has the %s '%.*s'", what, QUOTED(text));
    tl_terms_hint_words(reader, text, words->items);
    return TL_ERR_INPUT;
}

/* One word, or a list of them. */
static tl_status read_list(const char *const **out, size_t *count, const struct words *words, const char *what,
                           const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    bool is_list = node->kind == TL_YAML_SEQUENCE;
    size_t length = is_list ? node->count : 1;
    const char **items = tl_arena_alloc(&reader->terms->arena, length, sizeof(const char *));
    if (items == NULL)
        return tl_err_memory(reader->err);
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < length; i++)
        status = read_known(&items[i], words, what, reader, is_list ? &node->items[i] : node);
    *out = items;
    *count = length;
    return status;
}

static tl_status read_association(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {"member", "other", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "how a member stands to the association", words);
    if (status == TL_OK)
        ((struct tl_member *)target)->association = word == 0 ? TL_ASSOCIATION_MEMBER : TL_ASSOCIATION_OTHER;
    return status;
}

/* {hosting: 2026-07-01}: the first day of each option. */
static tl_status read_option_dates(struct tl_option_taken *options, const struct words *words,
                                   const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        status = read_known(&options[i].option, words, "option", reader, &node->pairs[i].key);
        if (status == TL_OK)
            status = tl_terms_read_date(&options[i].first, reader, &node->pairs[i].value);
    }
    return status;
}

static tl_status read_with(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_member *member = target;
    struct words words = {.count = 0};
    const char *const *names = NULL;
    for (size_t i = 0; i < reader->terms->line_count; i++)
        add_if_given(&words, reader->terms->lines[i].option);
    tl_status status = TL_OK;
    member->option_count = node->count;
    if (node->kind != TL_YAML_MAPPING)
        status = read_list(&names, &member->option_count, &words, "option", reader, node);
    if (status != TL_OK)
        return status;
    struct tl_option_taken *options = tl_arena_alloc(&reader->terms->arena, member->option_count, sizeof *options);
    if (options == NULL)
        return tl_err_memory(reader->err);
    member->options = options;
    for (size_t i = 0; names != NULL && i < member->option_count; i++)
        options[i] = (struct tl_option_taken){names[i], tl_date_of(TL_YEAR_MIN, 1, 1), {0}};
    return node->kind == TL_YAML_MAPPING ? read_option_dates(options, &words, reader, node) : TL_OK;
}

static tl_status read_waivers(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_member *member = target;
    struct words words = {.count = 0};
    for (size_t i = 0; i < reader->terms->line_count; i++) {
        const struct tl_line *line = &reader->terms->lines[i];
        add_if_given(&words, line->waived_for);
        for (size_t j = 0; j < line->rebate_count; j++)
            add_if_given(&words, line->rebates[j].tag);
    }
    return read_list(&member->waivers, &member->waiver_count, &words, "waiver or rebate", reader, node);
}

static tl_status read_groups(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_member *member = target;
    struct words words = {.count = 0};
    for (size_t i = 0; i < reader->terms->line_count; i++)
        add_if_given(&words, reader->terms->lines[i].group);
    return read_list(&member->groups, &member->group_count, &words, "group", reader, node);
}

static tl_status read_signed(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_member *)target)->signed_on, reader, node);
}

static tl_status read_from(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_member *)target)->first, reader, node);
}

static tl_status read_until(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_member *)target)->last, reader, node);
}

static tl_status read_passive(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_yes(&((struct tl_member *)target)->is_passive, reader, node);
}

/* The terms' own name of a size class, `length` bytes of the node's text. */
static tl_status find_class(const char **out, size_t length, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node)
{
    const struct tl_terms *terms = reader->terms;
    const char *names[TL_TERMS_CLASSES_MAX + 1] = {NULL};
    const char *name = tl_arena_copy(&reader->terms->arena, node->text, length);
    if (name == NULL)
        return tl_err_memory(reader->err);
    size_t index = tl_terms_class_index(terms, name);
    if (index < terms->class_count) {
        *out = terms->classes[index].name;
        return TL_OK;
    }
    for (size_t i = 0; i < terms->class_count; i++)
        names[i] = terms->classes[i].name;
    (void)tl_terms_refuse(reader, node, "the terms have no size class '%.*s'", QUOTED(name));
    tl_terms_hint_words(reader, name, names);
    return TL_ERR_INPUT;
}

static tl_status read_class(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_member *member = target;
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    member->class_reason = source;
    return status == TL_OK ? find_class(&member->class_by_hand, strlen(text), reader, node) : status;
}

/* `Mellem until 2029` */
static tl_status read_frozen(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char until[] = " until ", digits[] = "0123456789";
    enum { YEAR_LENGTH = 4 };
    struct tl_member *member = target;
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    const char *mark = strstr(text, until), *year = mark == NULL ? "" : mark + sizeof until - 1;
    if (strlen(year) != YEAR_LENGTH || strspn(year, digits) != YEAR_LENGTH) {
        (void)tl_terms_refuse(reader, node, "'%.*s' does not say how long a class is kept", QUOTED(text));
        tl_err_hint(reader->err, "write the class and the last year, such as Stor until 2029");
        return TL_ERR_INPUT;
    }
    for (size_t i = 0; i < YEAR_LENGTH; i++)
        member->class_frozen_until = member->class_frozen_until * 10 + (year[i] - '0');
    return find_class(&member->class_frozen, (size_t)(mark - text), reader, node);
}

static const struct tl_terms_entry entries[] = {
    {"association", false, read_association},
    {"with", false, read_with},
    {"waivers", false, read_waivers},
    {"groups", false, read_groups},
    {"signed", false, read_signed},
    {"from", false, read_from},
    {"until", false, read_until},
    {"passive", false, read_passive},
    {"class", false, read_class},
    {"frozen", false, read_frozen},
    {NULL, false, NULL},
};

/* A figure of the reference date. */
static tl_status read_figure(struct tl_figure *out, const struct words *measures, struct tl_date on,
                             const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair)
{
    const char *text = "";
    *out = (struct tl_figure){.measure = find_word(measures, pair->key.text), .holds_on = on, .source = source};
    if (out->measure == NULL) {
        struct words words = *measures;
        for (size_t i = 0; entries[i].key != NULL; i++)
            (void)add_word(entries[i].key, &words);
        (void)tl_terms_refuse(reader, &pair->key, "'%.*s' is no measure of the terms, and nothing else of a member",
                              QUOTED(pair->key.text));
        tl_terms_hint_key(reader, pair, words.items);
        return TL_ERR_INPUT;
    }
    tl_status status = tl_terms_read_text(&text, reader, &pair->value);
    if (status == TL_OK && tl_published_number_parse(&out->value, text, reader->err) != TL_OK)
        status = tl_terms_fail_at(reader, &pair->value);
    return status;
}

static const struct tl_terms_entry *find_entry(const char *key)
{
    for (const struct tl_terms_entry *entry = entries; entry->key != NULL; entry++)
        if (tl_text_equal(entry->key, key))
            return entry;
    return NULL;
}

tl_status tl_terms_read_example_member(struct tl_member *out, const struct tl_terms_reader *reader,
                                       const struct tl_yaml_pair *pair, struct tl_date on)
{
    const struct tl_yaml_node *node = &pair->value;
    struct words measures = {.count = 0};
    *out = (struct tl_member){.first = tl_date_of(TL_YEAR_MIN, 1, 1)};
    tl_status status = tl_terms_copy_code(&out->code, reader, &pair->key, "the code of a member");
    out->name = out->code;
    if (status == TL_OK && node->kind != TL_YAML_MAPPING) {
        (void)tl_terms_refuse(reader, node, "a member of an example is written as keys with values");
        tl_err_hint(reader->err, "write for example {population: 373388, association: member}, or {}");
        return TL_ERR_INPUT;
    }
    if (status != TL_OK)
        return status;
    struct tl_figure *figures = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *figures);
    if (figures == NULL)
        return tl_err_memory(reader->err);
    out->figures = figures;
    add_if_given(&measures, reader->terms->reference.measure);
    status = tl_terms_visit_measures(reader->terms, add_word, &measures);
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        const struct tl_terms_entry *entry = find_entry(node->pairs[i].key.text);
        status = entry != NULL ? entry->read(out, reader, &node->pairs[i].value)
                               : read_figure(&figures[out->figure_count++], &measures, on, reader, &node->pairs[i]);
    }
    return status;
}
