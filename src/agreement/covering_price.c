/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/covering_price.h"

#include "tilslut/base/text.h"

/* The search: a line whose prices are tried, the exact scaled price of each class rounded down, and what is found. */
struct search {
    struct tl_product_year *year;
    struct tl_line *line;
    size_t price_count;
    struct tl_money budget;
    int64_t unit;
    struct tl_money *original, *lower;
    struct tl_covering_price *found;
    size_t found_count;
    struct tl_arena *arena;
};

static struct tl_money *price_at(struct tl_line *line, size_t at)
{
    return line->price.kind == TL_PRICE_FLAT ? &line->price.flat : &line->price.per_class[at].amount;
}

static tl_status find_line(struct search *search, const char *line_id, struct tl_err *err)
{
    struct tl_terms *terms = &search->year->terms;
    for (size_t i = 0; i < terms->line_count; i++)
        if (tl_text_equal(terms->lines[i].id, line_id))
            search->line = &terms->lines[i];
    if (search->line == NULL)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no line '%.40s'", terms->product, line_id);
    if (search->line->price.kind == TL_PRICE_FLAT)
        search->price_count = 1;
    else if (search->line->price.kind == TL_PRICE_PER_CLASS)
        search->price_count = terms->class_count;
    else
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has no prices to scale", line_id);
    for (size_t i = 0; search->line->price.kind == TL_PRICE_PER_CLASS && i < search->price_count; i++)
        if (!search->line->price.per_class[i].known)
            return tl_err_set(err, TL_ERR_USAGE, "the price of '%s' is not yet known for the class '%s'", line_id,
                              terms->classes[i].name);
    if (search->price_count > TL_COVERING_PRICE_CLASSES_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "'%s' has more than %d size classes", line_id,
                          TL_COVERING_PRICE_CLASSES_MAX);
    return TL_OK;
}

/* What the line brings in with the prices it has now. */
static tl_status income(struct tl_money *out, struct search *search, struct tl_err *err)
{
    tl_allocation_release(&search->year->allocation);
    tl_status status = tl_product_year_allocate(search->year, err);
    if (status == TL_OK)
        *out = tl_allocation_line(&search->year->allocation, search->line->id)->total;
    return status;
}

/* original x budget / present income, rounded down to the unit. */
static tl_status scale_down(struct search *search, struct tl_money present, struct tl_err *err)
{
    search->original = tl_arena_alloc(search->arena, search->price_count, sizeof *search->original);
    search->lower = tl_arena_alloc(search->arena, search->price_count, sizeof *search->lower);
    if (search->original == NULL || search->lower == NULL)
        return tl_err_memory(err);
    mpz_t scaled;
    mpz_init(scaled);
    for (size_t i = 0; i < search->price_count; i++) {
        search->original[i] = *price_at(search->line, i);
        mpz_set_si(scaled, search->original[i].minor);
        mpz_mul_si(scaled, scaled, search->budget.minor);
        mpz_fdiv_q_ui(scaled, scaled, (unsigned long)present.minor);
        mpz_fdiv_q_ui(scaled, scaled, (unsigned long)search->unit);
        mpz_mul_si(scaled, scaled, search->unit);
        search->lower[i].minor = mpz_get_si(scaled);
    }
    mpz_clear(scaled);
    return TL_OK;
}

/* Keeps a set of prices among the best; sets of equal surplus stay in the order they are tried. */
static tl_status keep(struct search *search, struct tl_money brought, struct tl_err *err)
{
    struct tl_covering_price candidate = {.income = brought};
    tl_status status = tl_money_subtract(&candidate.surplus, brought, search->budget, err);
    if (status != TL_OK || candidate.surplus.minor < 0)
        return status;
    size_t at = search->found_count;
    while (at > 0 && search->found[at - 1].surplus.minor > candidate.surplus.minor)
        at--;
    if (at == TL_COVERING_PRICE_MAX)
        return TL_OK;
    candidate.prices = tl_arena_alloc(search->arena, search->price_count, sizeof *candidate.prices);
    if (candidate.prices == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < search->price_count; i++)
        candidate.prices[i] = *price_at(search->line, i);
    if (search->found_count < TL_COVERING_PRICE_MAX)
        search->found_count++;
    for (size_t i = search->found_count - 1; i > at; i--)
        search->found[i] = search->found[i - 1];
    search->found[at] = candidate;
    return TL_OK;
}

/* Tries every way to round: bit i of a combination rounds price i up. */
static tl_status try_all(struct search *search, struct tl_err *err)
{
    tl_status status = TL_OK;
    search->found = tl_arena_alloc(search->arena, TL_COVERING_PRICE_MAX, sizeof *search->found);
    if (search->found == NULL)
        return tl_err_memory(err);
    for (size_t combination = 0; status == TL_OK && combination < (size_t)1 << search->price_count; combination++) {
        struct tl_money brought;
        for (size_t i = 0; i < search->price_count; i++)
            price_at(search->line, i)->minor =
                search->lower[i].minor + ((combination >> i & 1U) != 0 ? search->unit : 0);
        status = income(&brought, search, err);
        if (status == TL_OK)
            status = keep(search, brought, err);
    }
    return status;
}

tl_status tl_covering_price_find(struct tl_covering_price **out, size_t *count, struct tl_product_year *year,
                                 const char *line_id, struct tl_money budget, int64_t round_to_minor,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct search search = {.year = year, .budget = budget, .unit = round_to_minor, .arena = arena};
    struct tl_money present = {0};
    tl_status status = find_line(&search, line_id, err);
    if (status == TL_OK)
        status = income(&present, &search, err);
    if (status == TL_OK && present.minor <= 0)
        status = tl_err_set(err, TL_ERR_INFEASIBLE, "nobody pays by the line '%s' in %d", line_id, year->year);
    if (status == TL_OK)
        status = scale_down(&search, present, err);
    if (status == TL_OK)
        status = try_all(&search, err);
    for (size_t i = 0; search.original != NULL && i < search.price_count; i++)
        *price_at(search.line, i) = search.original[i];
    *out = search.found;
    *count = search.found_count;
    return status;
}
