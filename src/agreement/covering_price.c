/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The line is allocated alone, on copies of the terms, for every set of prices that is tried: the year stays as it is,
 * and the time is bounded by TL_COVERING_PRICE_CLASSES_MAX.
 */
#include "tilslut/agreement/covering_price.h"

#include "terms_words.h"
#include "tilslut/base/text.h"

enum { CORRECTIONS_MAX = 64 };

/* One price on the way. */
struct scaled {
    struct tl_money original, lower, upper; /* the scaled price rounded down and up; alike where it is a multiple */
    bool counts;                            /* somebody pays it */
};

struct search {
    struct tl_product_year trial; /* a copy, borrowing from the year, with one line of its own */
    struct tl_line line;
    struct scaled *prices;
    size_t price_count;
    struct tl_money budget, present;
    int64_t unit;
    struct tl_covering_price *found;
    size_t found_count;
    struct tl_arena *arena;
};

static struct tl_money *price_at(struct search *search, size_t at)
{
    struct tl_price *price = &search->line.price;
    return price->kind == TL_PRICE_FLAT ? &price->flat : &price->per_class[at].amount;
}

static tl_status check_known(const struct tl_terms *terms, const struct tl_line *line, struct tl_err *err)
{
    if (line->price.kind == TL_PRICE_NOT_YET_KNOWN)
        return tl_err_set(err, TL_ERR_USAGE, "the price of '%s' is not yet known", line->id);
    if (line->price.kind != TL_PRICE_FLAT && line->price.kind != TL_PRICE_PER_CLASS)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has no prices to scale", line->id);
    if (line->price.kind == TL_PRICE_PER_CLASS && terms->class_count > TL_COVERING_PRICE_CLASSES_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "'%s' has more than %d size classes", line->id,
                          TL_COVERING_PRICE_CLASSES_MAX);
    for (size_t i = 0; line->price.kind == TL_PRICE_PER_CLASS && i < terms->class_count; i++)
        if (!line->price.per_class[i].known)
            return tl_err_set(err, TL_ERR_USAGE, "the price of '%s' is not yet known for the class '%s'", line->id,
                              terms->classes[i].name);
    return TL_OK;
}

/* Puts a copy of the line, and of its prices, into a copy of the year. */
static tl_status take_line(struct search *search, const struct tl_product_year *year, const char *line_id,
                           struct tl_err *err)
{
    const struct tl_terms *terms = &year->terms;
    tl_status status = tl_terms_words_check_line(terms, line_id, err);
    if (status != TL_OK)
        return status;
    search->line = *tl_terms_line(terms, line_id);
    status = check_known(terms, &search->line, err);
    if (status != TL_OK)
        return status;
    bool is_flat = search->line.price.kind == TL_PRICE_FLAT;
    search->price_count = is_flat ? 1 : terms->class_count;
    search->prices = tl_arena_alloc(search->arena, search->price_count, sizeof *search->prices);
    struct tl_class_price *own =
        tl_arena_alloc(search->arena, search->price_count, sizeof *search->line.price.per_class);
    if (search->prices == NULL || own == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; !is_flat && i < search->price_count; i++)
        own[i] = search->line.price.per_class[i];
    search->line.price.per_class = own;
    for (size_t i = 0; i < search->price_count; i++)
        search->prices[i].original = *price_at(search, i);
    search->trial = *year;
    search->trial.terms.lines = &search->line;
    search->trial.terms.line_count = 1;
    search->trial.allocation = (struct tl_allocation)TL_ALLOCATION_EMPTY;
    return TL_OK;
}

/* What the line brings in with the prices it has now. */
static tl_status income(struct tl_money *out, struct search *search, struct tl_err *err)
{
    tl_status status = tl_product_year_allocate(&search->trial, err);
    if (status == TL_OK)
        *out = search->trial.allocation.total;
    tl_allocation_release(&search->trial.allocation);
    return status;
}

/* What it brings in with the prices there are, and which of them somebody pays. */
static tl_status look_at_present(struct search *search, struct tl_err *err)
{
    tl_status status = tl_product_year_allocate(&search->trial, err);
    if (status != TL_OK)
        return status;
    const struct tl_allocation *allocation = &search->trial.allocation;
    search->present = allocation->total;
    for (size_t i = 0; i < allocation->lines[0].share_count; i++) {
        const struct tl_share *share = &allocation->lines[0].shares[i];
        bool is_of_class = share->size_class != NULL && share->fixed == NULL;
        size_t at = is_of_class ? (size_t)(share->size_class - search->trial.terms.classes) : 0;
        bool follows = share->fixed == NULL && share->amount.minor != 0;
        search->prices[at].counts = search->prices[at].counts || follows;
    }
    tl_allocation_release(&search->trial.allocation);
    return search->present.minor > 0 ? TL_OK
                                     : tl_err_set(err, TL_ERR_INFEASIBLE, "nobody pays by the line '%s' in %d",
                                                  search->line.id, search->trial.year);
}

/* original x aim / present income, rounded down and up to the unit; what nobody pays, to the nearer of both. */
static tl_status scale(struct search *search, int64_t aim, struct tl_err *err)
{
    mpz_t units, rest, step;
    bool fits = true;
    mpz_inits(units, rest, step, NULL);
    mpz_set_si(step, search->present.minor);
    mpz_mul_si(step, step, search->unit);
    for (size_t i = 0; i < search->price_count; i++) {
        struct scaled *price = &search->prices[i];
        mpz_set_si(units, price->original.minor);
        mpz_mul_si(units, units, aim);
        mpz_fdiv_qr(units, rest, units, step);
        fits = fits && mpz_cmp_si(units, TL_MONEY_MAX_MINOR / search->unit) < 0;
        if (!fits)
            break;
        bool exact = mpz_sgn(rest) == 0;
        price->lower.minor = mpz_get_si(units) * search->unit;
        price->upper.minor = price->lower.minor + (exact ? 0 : search->unit);
        mpz_mul_ui(rest, rest, 2);
        if (!price->counts && mpz_cmp(rest, step) < 0)
            price->upper = price->lower;
        else if (!price->counts)
            price->lower = price->upper;
    }
    mpz_clears(units, rest, step, NULL);
    return fits ? TL_OK : tl_err_set(err, TL_ERR_RANGE, "the prices would be larger than 9.999.999.999.999,99 kr.");
}

static tl_status income_of(struct tl_money *out, struct search *search, bool upper, struct tl_err *err)
{
    for (size_t i = 0; i < search->price_count; i++)
        *price_at(search, i) = upper ? search->prices[i].upper : search->prices[i].lower;
    return income(out, search, err);
}

/* Scales so that the budget lies between what the lower and the upper prices bring in. Income follows the prices, but
 * rebates that are amounts do not, and amounts are rounded: then what is aimed at is put right by what was missed. */
static tl_status find_scale(struct search *search, struct tl_err *err)
{
    int64_t aim = search->budget.minor;
    struct tl_money least = {0}, most = {0};
    for (int i = 0; i < CORRECTIONS_MAX; i++) {
        tl_status status = scale(search, aim, err);
        if (status == TL_OK)
            status = income_of(&least, search, false, err);
        if (status == TL_OK)
            status = income_of(&most, search, true, err);
        if (status != TL_OK)
            return status;
        int64_t missed = most.minor < search->budget.minor    ? search->budget.minor - most.minor
                         : least.minor > search->budget.minor ? search->budget.minor - least.minor
                                                              : 0;
        if (missed == 0 || aim + missed <= 0)
            break;
        aim += missed;
    }
    return most.minor >= search->budget.minor
               ? TL_OK
               : tl_err_set(err, TL_ERR_INFEASIBLE, "no prices of the line '%s' in these proportions cover the budget",
                            search->line.id);
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
        candidate.prices[i] = *price_at(search, i);
    if (search->found_count < TL_COVERING_PRICE_MAX)
        search->found_count++;
    for (size_t i = search->found_count - 1; i > at; i--)
        search->found[i] = search->found[i - 1];
    search->found[at] = candidate;
    return TL_OK;
}

/* Tries every way to round: bit i of a combination rounds price i up. Where that is the same as down, it is tried once.
 */
static tl_status try_all(struct search *search, struct tl_err *err)
{
    tl_status status = TL_OK;
    search->found = tl_arena_alloc(search->arena, TL_COVERING_PRICE_MAX, sizeof *search->found);
    if (search->found == NULL)
        return tl_err_memory(err);
    for (size_t combination = 0; status == TL_OK && combination < (size_t)1 << search->price_count; combination++) {
        struct tl_money brought;
        bool again = false;
        for (size_t i = 0; i < search->price_count; i++) {
            bool up = (combination >> i & 1U) != 0;
            const struct scaled *price = &search->prices[i];
            again = again || (up && price->upper.minor == price->lower.minor);
            *price_at(search, i) = up ? price->upper : price->lower;
        }
        if (again)
            continue;
        status = income(&brought, search, err);
        if (status == TL_OK)
            status = keep(search, brought, err);
    }
    return status;
}

tl_status tl_covering_price_find(struct tl_covering_price **out, size_t *count, const struct tl_product_year *year,
                                 const char *line_id, struct tl_money budget, int64_t round_to_minor,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct search search = {.budget = budget, .unit = round_to_minor, .arena = arena};
    tl_status status = take_line(&search, year, line_id, err);
    if (status == TL_OK)
        status = look_at_present(&search, err);
    if (status == TL_OK)
        status = find_scale(&search, err);
    if (status == TL_OK)
        status = try_all(&search, err);
    *out = search.found;
    *count = search.found_count;
    return status;
}
