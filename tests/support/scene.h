/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A ledger in memory, filled in few words: parties, figures, a product with terms, members, billed years. Whatever is
 * not the point of a test succeeds here, or fails the test.
 */
#ifndef TESTS_SUPPORT_SCENE_H
#define TESTS_SUPPORT_SCENE_H

#include <stdint.h>

#include "tilslut/agreement/membership_event.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/store/store.h"

struct scene {
    struct tl_store *store;
    struct tl_arena arena; /* of whatever is read */
    struct tl_act act;
};

/* An empty ledger; it is noon of 2025-10-01. */
void scene_open(struct scene *scene);
void scene_close(struct scene *scene);

/* Noon of a day, from here on. */
void scene_on(struct scene *scene, const char *date);
/* A date that is one. */
struct tl_date scene_date(const char *iso);

/* A transaction of its own, for what is tried and may be refused: roll back what was. */
void scene_begin(struct scene *scene);
void scene_commit(struct scene *scene);

/* A party without CVR and EAN number, named as its code. */
void scene_party(struct scene *scene, const char *code, const char *kind);
/* The municipalities of tests/data/parties.csv. */
void scene_municipalities(struct scene *scene);
void scene_figure(struct scene *scene, const char *code, const char *measure, const char *date, int64_t value);
/* The inhabitants of the 98 municipalities as they were on 1 January of `year` (2020, 2025 or 2026), as the figures of
 * a date. */
void scene_population(struct scene *scene, int year, const char *date);
void scene_association(struct scene *scene, const char *codes, tl_association association);

/* A product, and its next terms. Terms begin with `product: demo`, the head that SCENE_TERMS gives. */
void scene_product(struct scene *scene, const char *code);
void scene_terms(struct scene *scene, const char *yaml);
#define SCENE_TERMS                                                                                                    \
    "product: demo\n"                                                                                                  \
    "from: 2024-01-01\n"                                                                                               \
    "reference: {measure: population, date: 01-01 of the year before}\n"                                               \
    "classes: {Lille: below 25000, Mellem: below 60000, Stor: below 120000, Meget stor: the rest}\n"                   \
    "notice: {months: 6, to: half-year}\n"                                                                             \
    "vat: {outside: \"tilskud\"}\n"                                                                                    \
    "lines:\n"

/* Members of `demo` from a date on, signed that day; `with` is an option or NULL. */
void scene_join(struct scene *scene, const char *codes, const char *from, const char *with);
/* What happens in a membership of `demo`. */
tl_status scene_try_change(struct scene *scene, const char *code, tl_membership_event event, const char *from,
                           const char *detail, struct tl_err *err);
void scene_change(struct scene *scene, const char *code, tl_membership_event event, const char *from,
                  const char *detail);
/* Notice given that day; the last day of the membership. */
struct tl_date scene_leave(struct scene *scene, const char *code, const char *notice);

/* The year of `demo`, allocated; release it. */
void scene_allocate(struct tl_product_year *out, struct scene *scene, int year);
/* What a member pays for a line of an allocated year; -1 when it is not in it. */
int64_t scene_amount(const struct tl_product_year *year, const char *line, const char *code);

/* Drafts the year of `demo`, and has somebody else approve it; the number of the run. */
int64_t scene_draft(struct scene *scene, int year);
void scene_approve(struct scene *scene, int64_t run);
int64_t scene_bill(struct scene *scene, int year);
/* Going through everything finds nothing. */
void scene_verify(struct scene *scene);

#endif
