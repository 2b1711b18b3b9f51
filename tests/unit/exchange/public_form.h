/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Keys and prices of other public communities, each as terms in tests/golden/keys (examples/keys.md lists them), for
 * the 98 municipalities with their real population. What comes out is compared with integer arithmetic in the tests.
 * Where a form needs figures that are not in tests/data (pupils, area, tax, cases), the tests make them up.
 */
#ifndef TESTS_EXCHANGE_PUBLIC_FORM_H
#define TESTS_EXCHANGE_PUBLIC_FORM_H

#include <string.h>

#include "community.h"
#include "sample.h"
#include "tilslut/exchange/terms_yaml.h"

enum { COUNT = 98, YEAR = 2026, FIGURES_YEAR = 2025 };

struct form {
    struct tl_arena arena;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    int64_t population[COUNT];
};

/* Reads tests/golden/keys/<name>.yaml, whose own examples hold, and the municipalities. */
static inline void open_form(struct form *form, const char *name)
{
    char path[64];
    struct tl_err err = TL_ERR_NONE;
    *form = (struct form){.arena = TL_ARENA_EMPTY};
    snprintf(path, sizeof path, "tests/golden/keys/%s.yaml", name);
    struct tl_source source = sample_file(path, &form->arena);
    assert_ok(tl_terms_yaml_read(&form->terms, &source, &err), &err);
    assert_true(form->terms.example_count > 0);
    assert_ok(tl_terms_yaml_check(&form->terms, path, &err), &err);
    community_load(&form->community, FIGURES_YEAR);
    assert_int_equal(form->community.count, COUNT);
    for (size_t i = 0; i < COUNT; i++)
        form->population[i] = form->community.members[i].figures[0].value.numerator;
}

static inline void allocate_period(struct form *form, struct tl_period period)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {.terms = &form->terms,
                                       .year = YEAR,
                                       .period = period,
                                       .members = form->community.members,
                                       .member_count = form->community.count};
    tl_allocation_release(&form->allocation);
    assert_ok(tl_alloc(&form->allocation, &request, &err), &err);
}

static inline void allocate(struct form *form)
{
    allocate_period(form, (struct tl_period){{0}, {0}});
}

static inline void close_form(struct form *form)
{
    tl_allocation_release(&form->allocation);
    tl_terms_release(&form->terms);
    community_release(&form->community);
    tl_arena_release(&form->arena);
}

/* The municipalities stand in the order of their codes, in the file as in the result. */
static inline const struct tl_share *share_of(const struct form *form, size_t line, size_t member)
{
    const struct tl_line_result *result = &form->allocation.lines[line];
    const struct tl_share *share = tl_line_result_share(result, form->community.members[member].code);
    assert_non_null(share);
    return share;
}

static inline size_t index_of(const struct form *form, const char *code)
{
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(form->community.members[i].code, code) == 0)
            return i;
    fail();
    return 0;
}

#endif
