/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The Danish municipalities with their population, as members; and terms to allocate by, built in code.
 */
#ifndef TESTS_SUPPORT_COMMUNITY_H
#define TESTS_SUPPORT_COMMUNITY_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/key/alloc.h"

struct community {
    struct tl_arena arena;
    struct tl_member *members;
    size_t count;
};

/* The 98 municipalities of tests/data/population-<year>-01-01.csv (2020, 2025 or 2026; Christiansø is none), members
 * since 2000, each with its population on that date. Fails the test when the file cannot be read. */
void community_load(struct community *out, int year);

/* `count` members named 0001, 0002, ... since 2000, with these populations on `year`-01-01. */
void community_make(struct community *out, int year, const int64_t *populations, size_t count);

/* Adds a figure of another measure to a member. */
void community_add_figure(struct community *community, size_t member, const char *measure, int year, int64_t value);

void community_release(struct community *community);

/* Terms with the four size classes of OS2 by population on 1 January of the year before, and no lines yet. */
void community_terms(struct tl_terms *out);

/* A line, added to terms. `key` is parsed; the budget is in minor units. */
struct tl_line *community_add_budget(struct tl_terms *terms, const char *id, int64_t budget_minor, const char *key);
struct tl_line *community_add_flat(struct tl_terms *terms, const char *id, int64_t price_minor);
/* Prices of the four classes in minor units, -1 for not yet known. */
struct tl_line *community_add_prices(struct tl_terms *terms, const char *id, const int64_t prices_minor[4]);

/* Parses a key that is right. */
const struct tl_key *community_key(struct tl_terms *terms, const char *text);

#endif
