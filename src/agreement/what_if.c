/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/what_if.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/base/text.h"
#include "what_if_parts.h"

tl_status tl_what_if_refuse(const char *text, const char *why, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_USAGE, "'%.80s' is not a change to try: %s", text, why);
    tl_err_hint(err, "for example join=0461, leave=0101, budget.development=1500000, price.maintenance.Stor=45000");
    return TL_ERR_USAGE;
}

static tl_status apply_year(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    (void)trial;
    (void)change;
    (void)err;
    return TL_OK; /* the caller has loaded that year: see tl_what_if_year */
}

/* How many words a change has in front of its `=`, the verb among them. */
static const struct verb {
    const char *name;
    size_t words_min, words_max;
    tl_what_if_function *apply;
} verbs[] = {
    {"join", 1, 1, tl_what_if_join},     {"leave", 1, 1, tl_what_if_leave},       {"take", 2, 2, tl_what_if_take},
    {"drop", 2, 2, tl_what_if_drop},     {"budget", 2, 2, tl_what_if_budget},     {"price", 2, 3, tl_what_if_price},
    {"markup", 3, 3, tl_what_if_markup}, {"key", 2, 2, tl_what_if_key},           {"floor", 2, 2, tl_what_if_floor},
    {"cap", 2, 2, tl_what_if_cap},       {"boundary", 2, 2, tl_what_if_boundary}, {"figure", 3, 3, tl_what_if_figure},
    {"year", 1, 1, apply_year},
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static tl_status find_verb(const struct verb **out, const char *text, const char *word, struct tl_err *err)
{
    const char *names[VERB_COUNT + 1] = {NULL};
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = verbs[i].name;
        if (tl_text_equal(verbs[i].name, word)) {
            *out = &verbs[i];
            return TL_OK;
        }
    }
    const char *nearest = tl_text_nearest(word, names);
    if (nearest == NULL)
        return tl_what_if_refuse(text, "it begins with none of the known words", err);
    (void)tl_err_set(err, TL_ERR_USAGE, "'%.80s' is not a change to try", text);
    tl_err_hint(err, "did you mean %s?", nearest);
    return TL_ERR_USAGE;
}

/* Ends a word at its first dot, and gives what stands behind that; NULL where there is no dot. */
static char *cut(char *words)
{
    char *dot = strchr(words, '.');
    if (dot != NULL)
        *dot++ = '\0';
    return dot;
}

/* Takes a text apart, and finds its verb. The last word that the verb has keeps its dots, as the name of a class may
 * have some. */
static tl_status take_apart(struct tl_change *out, const struct verb **verb, const char *text, struct tl_arena *arena,
                            struct tl_err *err)
{
    char *words = tl_arena_text(arena, text);
    if (words == NULL)
        return tl_err_memory(err);
    char *value = strchr(words, '=');
    if (value == NULL || value[1] == '\0')
        return tl_what_if_refuse(text, "it has no value after '='", err);
    *value++ = '\0';
    char *subject = cut(words), *detail = NULL;
    tl_status status = find_verb(verb, text, words, err);
    if (status != TL_OK)
        return status;
    if (subject != NULL)
        detail = (*verb)->words_max > 2 ? cut(subject) : NULL;
    size_t count = 1U + (subject != NULL ? 1U : 0U) + (detail != NULL ? 1U : 0U);
    bool empty = (subject != NULL && subject[0] == '\0') || (detail != NULL && detail[0] == '\0');
    if (count < (*verb)->words_min || count > (*verb)->words_max || empty)
        return tl_what_if_refuse(text, "it names too little or too much in front of '='", err);
    *out = (struct tl_change){text, subject == NULL ? "" : subject, detail == NULL ? "" : detail, value};
    return TL_OK;
}

tl_status tl_what_if_year(int *out, const char *const *changes, size_t count, int year, struct tl_err *err)
{
    static const char verb[] = "year=";
    bool moved = false;
    *out = year;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(changes[i], verb, sizeof verb - 1) != 0)
            continue;
        const char *text = changes[i] + sizeof verb - 1;
        if (moved)
            return tl_what_if_refuse(changes[i], "the year is moved already", err);
        if (strlen(text) != 4 || strspn(text, "0123456789") != 4)
            return tl_what_if_refuse(changes[i], "a year has four digits", err);
        *out = (int)strtol(text, NULL, 10);
        if (*out <= TL_YEAR_MIN)
            return tl_what_if_refuse(changes[i], "the year is too early", err);
        moved = true;
    }
    return TL_OK;
}

tl_status tl_what_if_apply(struct tl_product_year *year, const char *const *changes, size_t count,
                           struct tl_store *store, struct tl_err *err)
{
    struct tl_trial trial = {year, store, &year->arena};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_change change;
        const struct verb *verb = NULL;
        status = take_apart(&change, &verb, changes[i], trial.arena, err);
        if (status == TL_OK)
            status = verb->apply(&trial, &change, err);
    }
    return status;
}
