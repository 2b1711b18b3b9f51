/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/terms_difference.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/base/text.h"

/* Whether a setting is `word`, or part of it: notice.months. */
static bool is_of(const char *name, const char *word)
{
    size_t length = strlen(word);
    return strncmp(name, word, length) == 0 && (name[length] == '\0' || name[length] == '.');
}

tl_terms_part tl_terms_change_part(const struct tl_terms_change *change)
{
    static const struct {
        const char *word;
        tl_terms_part part;
    } parts[] = {
        {"product", TL_TERMS_PART_NONE},  {"from", TL_TERMS_PART_NONE},    {"examples", TL_TERMS_PART_NONE},
        {"purpose", TL_TERMS_PART_TEXT},  {"notice", TL_TERMS_PART_TEXT},  {"follows", TL_TERMS_PART_TEXT},
        {"payment", TL_TERMS_PART_TEXT},  {"billing", TL_TERMS_PART_TEXT}, {"prepaid", TL_TERMS_PART_TEXT},
        {"invoices", TL_TERMS_PART_TEXT},
    };
    const struct tl_terms_setting *setting = change->after != NULL ? change->after : change->before;
    for (size_t i = 0; setting->line[0] == '\0' && i < sizeof parts / sizeof parts[0]; i++)
        if (is_of(setting->name, parts[i].word))
            return parts[i].part;
    return TL_TERMS_PART_PRICES;
}

/* The settings of one line, which stand together; none of them where the terms do not have the line. */
struct stretch {
    const struct tl_terms_setting *first;
    size_t count;
};

/* A difference within a line, and the rank it is shown at. */
struct placed {
    struct tl_terms_change change;
    size_t rank;
};

struct search {
    struct tl_terms_difference *out;
    struct placed *placed; /* of the present line */
    const struct tl_terms_setting **before, **after;
};

static struct stretch stretch_at(const struct tl_terms_settings *settings, size_t first)
{
    struct stretch stretch = {&settings->items[first], 1};
    while (first + stretch.count < settings->count &&
           tl_text_equal(stretch.first[stretch.count].line, stretch.first->line))
        stretch.count++;
    return stretch;
}

/* Terms have few lines. */
static struct stretch stretch_of(const struct tl_terms_settings *settings, const char *line)
{
    for (size_t i = 0; i < settings->count;) {
        struct stretch stretch = stretch_at(settings, i);
        if (tl_text_equal(stretch.first->line, line))
            return stretch;
        i += stretch.count;
    }
    return (struct stretch){NULL, 0};
}

/* By name; what has the same name, such as two shares of an account, stays in the order of the file. */
static int by_name(const void *left, const void *right)
{
    const struct tl_terms_setting *const *a = left, *const *b = right;
    int order = strcmp((*a)->name, (*b)->name);
    return order != 0 ? order : (*a > *b) - (*a < *b);
}

static int by_rank(const void *left, const void *right)
{
    const struct placed *a = left, *b = right;
    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    return (a->change.after != NULL) - (b->change.after != NULL);
}

static void sort_by_name(const struct tl_terms_setting **into, const struct stretch *stretch)
{
    for (size_t i = 0; i < stretch->count; i++)
        into[i] = &stretch->first[i];
    if (stretch->count > 0)
        qsort(into, stretch->count, sizeof *into, by_name);
}

/* The differences of one line into search->placed; how many. */
static size_t compare_line(struct search *search, const struct stretch *before, const struct stretch *after)
{
    size_t count = 0, b = 0, a = 0;
    sort_by_name(search->before, before);
    sort_by_name(search->after, after);
    while (b < before->count || a < after->count) {
        int order = b == before->count  ? 1
                    : a == after->count ? -1
                                        : strcmp(search->before[b]->name, search->after[a]->name);
        struct tl_terms_change change = {order <= 0 ? search->before[b++] : NULL,
                                         order >= 0 ? search->after[a++] : NULL};
        if (order == 0 && tl_text_equal(change.before->value, change.after->value))
            continue;
        search->placed[count++] =
            (struct placed){change, (size_t)(order < 0 ? change.before - before->first : change.after - after->first)};
    }
    return count;
}

static void add_line(struct search *search, const struct stretch *before, const struct stretch *after)
{
    size_t count = compare_line(search, before, after);
    bool only_one = before->count == 0 || after->count == 0;
    if (count > 0)
        qsort(search->placed, count, sizeof *search->placed, by_rank);
    for (size_t i = 0; i < count; i++) {
        const struct tl_terms_change *change = &search->placed[i].change;
        const struct tl_terms_setting *said = change->after != NULL ? change->after : change->before;
        /* of a whole line, what its file leaves out is no news */
        if (!only_one || said->source_line > 0)
            search->out->changes[search->out->count++] = *change;
    }
}

tl_status tl_terms_difference_find(struct tl_terms_difference *out, const struct tl_terms_settings *before,
                                   const struct tl_terms_settings *after, struct tl_arena *arena, struct tl_err *err)
{
    static const struct stretch none = {NULL, 0};
    size_t most = before->count + after->count;
    struct search search = {.out = out,
                            .placed = tl_arena_alloc(arena, most, sizeof *search.placed),
                            .before = tl_arena_alloc(arena, before->count, sizeof *search.before),
                            .after = tl_arena_alloc(arena, after->count, sizeof *search.after)};
    *out = (struct tl_terms_difference){tl_arena_alloc(arena, most, sizeof *out->changes), 0};
    if (search.placed == NULL || search.before == NULL || search.after == NULL || out->changes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < after->count;) {
        struct stretch now = stretch_at(after, i), then = stretch_of(before, now.first->line);
        add_line(&search, &then, &now);
        i += now.count;
    }
    for (size_t i = 0; i < before->count;) {
        struct stretch then = stretch_at(before, i);
        if (stretch_of(after, then.first->line).count == 0)
            add_line(&search, &then, &none);
        i += then.count;
    }
    return TL_OK;
}
