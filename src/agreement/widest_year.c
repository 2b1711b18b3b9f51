/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/widest_year.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"

/* A membership, or option, without end, or to the last day that counts. */
static bool reaches_into(struct tl_date first, struct tl_date last, struct tl_period period)
{
    return !tl_date_is_none(first) && tl_date_compare(first, period.last) <= 0 &&
           (tl_date_is_none(last) || tl_date_compare(last, period.first) >= 0);
}

/* The days of a membership within the year; false when there are none. */
static bool days_in(struct tl_period *out, struct tl_period days, struct tl_period year)
{
    if (!reaches_into(days.first, days.last, year))
        return false;
    out->first = tl_date_compare(days.first, year.first) > 0 ? days.first : year.first;
    out->last = tl_date_is_none(days.last) || tl_date_compare(days.last, year.last) > 0 ? year.last : days.last;
    return true;
}

static bool has_option_in(const struct tl_member *member, const char *option, struct tl_period days)
{
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(member->options[i].option, option) &&
            reaches_into(member->options[i].first, member->options[i].last, days))
            return true;
    return false;
}

bool tl_widest_year_has_option(const struct tl_member *member, const char *option, int year)
{
    struct tl_period whole = tl_period_of_year(year), days;
    const struct tl_period latest = {member->first, member->last};
    bool has = days_in(&days, latest, whole) && has_option_in(member, option, days);
    for (size_t i = 0; !has && i < member->earlier_count; i++)
        has = days_in(&days, member->earlier[i], whole) && has_option_in(member, option, days);
    return has;
}

/* Gives a member every option of the terms that it lacks in the year. */
static tl_status take_options(struct tl_member *member, struct tl_product_year *year, struct tl_err *err)
{
    const struct tl_terms *terms = &year->terms;
    struct tl_option_taken *options =
        tl_arena_alloc(&year->arena, member->option_count + terms->line_count, sizeof *options);
    size_t count = member->option_count;
    if (options == NULL)
        return tl_err_memory(err);
    if (count > 0)
        memcpy(options, member->options, count * sizeof *options);
    member->options = options;
    for (size_t i = 0; i < terms->line_count; i++) {
        const char *option = terms->lines[i].option;
        if (option == NULL || tl_widest_year_has_option(member, option, year->year))
            continue;
        options[count++] = (struct tl_option_taken){option, member->first, {0}};
        member->option_count = count;
    }
    return TL_OK;
}

static tl_status take_all_options(struct tl_product_year *year, struct tl_err *err)
{
    struct tl_roster *roster = &year->roster;
    struct tl_member *members = tl_arena_alloc(&year->arena, roster->count, sizeof *members);
    tl_status status = TL_OK;
    if (members == NULL)
        return tl_err_memory(err);
    if (roster->count > 0)
        memcpy(members, roster->members, roster->count * sizeof *members);
    roster->members = members;
    for (size_t i = 0; status == TL_OK && i < year->roster.count; i++)
        if (tl_roster_find_in(&year->roster, year->roster.members[i].code, year->year) != NULL)
            status = take_options(&year->roster.members[i], year, err);
    return status;
}

/* Who could join: every party but the owner of the ledger that is not in. `rest` is the roster without those whose
 * membership gives way to the one that is tried. */
static tl_status find_joining(struct tl_member **out, size_t *count, struct tl_product_year *year,
                              struct tl_store *store, struct tl_err *err)
{
    struct tl_party *parties = NULL;
    size_t party_count = 0;
    struct tl_date on = tl_date_of(year->year, 1, 1);
    *count = 0;
    tl_status status = tl_party_list(&parties, &party_count, store, on, &year->arena, err);
    *out = status == TL_OK ? tl_arena_alloc(&year->arena, party_count, sizeof **out) : NULL;
    if (status == TL_OK && *out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < party_count; i++) {
        const char *code = parties[i].code;
        if (tl_text_equal(code, tl_store_owner(store)) || tl_roster_find_in(&year->roster, code, year->year) != NULL)
            continue;
        struct tl_member *member = &(*out)[(*count)++];
        status = tl_roster_try(member, store, year->product.code, code, on, &year->arena, err);
        if (status == TL_OK)
            status = take_options(member, year, err);
    }
    return status;
}

static int by_code(const void *a, const void *b)
{
    const struct tl_member *left = a, *right = b;
    return strcmp(left->code, right->code);
}

/* The roster with some of the joining in the place of what else is recorded of them. */
static tl_status put_in(struct tl_product_year *year, const struct tl_roster *recorded, const struct tl_member *joining,
                        const bool *wanted, size_t count, struct tl_err *err)
{
    struct tl_member *members = tl_arena_alloc(&year->arena, recorded->count + count, sizeof *members);
    size_t used = 0;
    if (members == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++)
        if (wanted[i])
            members[used++] = joining[i];
    size_t joined = used;
    for (size_t i = 0; i < recorded->count; i++) {
        const struct tl_member *member = &recorded->members[i];
        if (joined == 0 || bsearch(member, members, joined, sizeof *members, by_code) == NULL)
            members[used++] = *member;
    }
    if (used > 0)
        qsort(members, used, sizeof *members, by_code);
    year->roster.members = members;
    year->roster.count = used;
    return TL_OK;
}

static tl_status try_with(struct tl_product_year *year, const struct tl_roster *recorded,
                          const struct tl_member *joining, const bool *wanted, size_t count, struct tl_err *err)
{
    tl_allocation_release(&year->allocation);
    tl_status status = put_in(year, recorded, joining, wanted, count, err);
    return status == TL_OK ? tl_product_year_allocate(year, err) : status;
}

/* All who could join at once; where that fails, one after the other, and whoever it fails with is left out. Nothing but
 * memory makes it fail as a whole. */
static tl_status allocate_with_joining(bool *allocated, struct tl_product_year *year, const struct tl_roster *recorded,
                                       const struct tl_member *joining, size_t count, struct tl_err *err)
{
    struct tl_err refused = TL_ERR_NONE;
    bool *wanted = tl_arena_alloc(&year->arena, count, sizeof *wanted);
    if (wanted == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++)
        wanted[i] = true;
    tl_status status = try_with(year, recorded, joining, wanted, count, &refused);
    for (size_t i = 0; status != TL_OK && i < count; i++)
        wanted[i] = false;
    bool one_by_one = status != TL_OK;
    for (size_t i = 0; one_by_one && status != TL_ERR_MEMORY && i < count; i++) {
        refused = (struct tl_err)TL_ERR_NONE;
        wanted[i] = true;
        status = try_with(year, recorded, joining, wanted, count, &refused);
        wanted[i] = status == TL_OK;
    }
    refused = (struct tl_err)TL_ERR_NONE;
    if (one_by_one && status != TL_ERR_MEMORY)
        status = try_with(year, recorded, joining, wanted, count, &refused);
    *allocated = status == TL_OK;
    return status == TL_ERR_MEMORY ? tl_err_memory(err) : TL_OK;
}

/* What binds amounts and not who pays them would only stand in the way of so many members. */
static void loosen(struct tl_terms *terms)
{
    for (size_t i = 0; i < terms->line_count; i++) {
        struct tl_line *line = &terms->lines[i];
        line->has_floor = line->has_cap = line->has_published_decimals = false;
        line->floor_share = line->cap_share = (struct tl_ratio){0};
        line->agreed_count = line->has_budget ? 0 : line->agreed_count;
        line->first_share_count = 0;
    }
}

tl_status tl_widest_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                 struct tl_err *err)
{
    struct tl_member *joining = NULL;
    size_t count = 0;
    bool allocated = false;
    tl_status status = tl_product_year_load(out, store, product, year, 0, err);
    if (status != TL_OK)
        return status;
    loosen(&out->terms);
    const struct tl_roster as_recorded = out->roster;
    status = find_joining(&joining, &count, out, store, err);
    if (status == TL_OK)
        status = take_all_options(out, err);
    const struct tl_roster recorded = out->roster;
    if (status == TL_OK)
        status = allocate_with_joining(&allocated, out, &recorded, joining, count, err);
    if (status != TL_OK || allocated)
        return status;
    /* a key that names its members has room for nobody else */
    out->roster = as_recorded;
    return tl_product_year_allocate(out, err);
}
