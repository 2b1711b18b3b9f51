/* SPDX-License-Identifier: MPL-2.0 */
#include "community.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"

enum { MEMBERS_MAX = 512, FIGURES_MAX = 4 };

static void *room(struct tl_arena *arena, size_t count, size_t size)
{
    void *room = tl_arena_alloc(arena, count, size);
    assert_non_null(room);
    return room;
}

static void add_member(struct community *community, const char *code, const char *name)
{
    struct tl_member *member = &community->members[community->count++];
    assert_true(community->count <= MEMBERS_MAX);
    member->code = tl_arena_text(&community->arena, code);
    member->name = tl_arena_text(&community->arena, name);
    member->first = tl_date_of(2000, 1, 1);
    member->figures = room(&community->arena, FIGURES_MAX, sizeof *member->figures);
    assert_non_null(member->code);
    assert_non_null(member->name);
}

void community_add_figure(struct community *community, size_t member, const char *measure, int year, int64_t value)
{
    struct tl_member *of = &community->members[member];
    struct tl_figure *figures = room(&community->arena, FIGURES_MAX, sizeof *figures);
    assert_true(of->figure_count < FIGURES_MAX);
    memcpy(figures, of->figures, of->figure_count * sizeof *figures);
    figures[of->figure_count++] = (struct tl_figure){measure, tl_date_of(year, 1, 1), tl_ratio_of(value, 1), "test"};
    of->figures = figures;
}

void community_load(struct community *out, int year)
{
    char path[64], line[256], code[8], name[64];
    int64_t population;
    snprintf(path, sizeof path, "tests/data/population-%d-01-01.csv", year);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    *out = (struct community){.arena = TL_ARENA_EMPTY};
    out->members = room(&out->arena, MEMBERS_MAX, sizeof *out->members);
    assert_non_null(fgets(line, sizeof line, file));
    while (fgets(line, sizeof line, file) != NULL) {
        assert_int_equal(sscanf(line, "%7[^,],%63[^,],%" SCNd64, code, name, &population), 3);
        if (strcmp(code, "0411") == 0)
            continue;
        add_member(out, code, name);
        community_add_figure(out, out->count - 1, "population", year, population);
    }
    fclose(file);
    assert_int_equal(out->count, 98);
}

void community_make(struct community *out, int year, const int64_t *populations, size_t count)
{
    char code[24];
    *out = (struct community){.arena = TL_ARENA_EMPTY};
    out->members = room(&out->arena, MEMBERS_MAX, sizeof *out->members);
    for (size_t i = 0; i < count; i++) {
        snprintf(code, sizeof code, "%04zu", i + 1);
        add_member(out, code, code);
        community_add_figure(out, i, "population", year, populations[i]);
    }
}

void community_release(struct community *community)
{
    tl_arena_release(&community->arena);
}

void community_terms(struct tl_terms *out)
{
    *out = (struct tl_terms)TL_TERMS_EMPTY;
    out->product = "os2valghalla";
    out->valid_from = tl_date_of(2026, 1, 1);
    out->reference = (struct tl_reference){"population", 1, 1, 1};
    out->classes = room(&out->arena, 4, sizeof *out->classes);
    out->class_count = 4;
    out->classes[0] = (struct tl_size_class){"Lille", true, false, {25000, 1}};
    out->classes[1] = (struct tl_size_class){"Mellem", true, false, {60000, 1}};
    out->classes[2] = (struct tl_size_class){"Stor", true, false, {120000, 1}};
    out->classes[3] = (struct tl_size_class){"Meget stor", false, false, {0, 1}};
    out->lines = room(&out->arena, 16, sizeof *out->lines);
}

static struct tl_line *add_line(struct tl_terms *terms, const char *id)
{
    assert_true(terms->line_count < 16);
    struct tl_line *line = &terms->lines[terms->line_count++];
    line->id = id;
    line->account = "00002";
    return line;
}

const struct tl_key *community_key(struct tl_terms *terms, const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *key = NULL;
    size_t column;
    assert_ok(tl_key_parse(&key, text, &column, &terms->arena, &err), &err);
    return key;
}

struct tl_line *community_add_budget(struct tl_terms *terms, const char *id, int64_t budget_minor, const char *key)
{
    struct tl_line *line = add_line(terms, id);
    line->has_budget = true;
    line->budget.minor = budget_minor;
    line->key = community_key(terms, key);
    return line;
}

struct tl_line *community_add_flat(struct tl_terms *terms, const char *id, int64_t price_minor)
{
    struct tl_line *line = add_line(terms, id);
    line->price.kind = TL_PRICE_FLAT;
    line->price.flat.minor = price_minor;
    return line;
}

struct tl_line *community_add_prices(struct tl_terms *terms, const char *id, const int64_t prices_minor[4])
{
    struct tl_line *line = add_line(terms, id);
    line->price.kind = TL_PRICE_PER_CLASS;
    line->price.per_class = room(&terms->arena, 4, sizeof *line->price.per_class);
    for (size_t i = 0; i < 4; i++)
        line->price.per_class[i] =
            (struct tl_class_price){prices_minor[i] >= 0, {prices_minor[i] >= 0 ? prices_minor[i] : 0}};
    return line;
}
