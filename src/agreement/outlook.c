/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/outlook.h"

#include <stdio.h>

#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/what_if.h"

enum { MINOR_PER_KRONE = 100 };

/* amount x factor, rounded to whole units. */
static tl_status grow(struct tl_money *amount, const struct tl_frac *factor, int64_t unit, struct tl_err *err)
{
    struct tl_frac exact = {0}, step = {0};
    struct tl_money units;
    tl_frac_init(&exact);
    tl_frac_init(&step);
    tl_frac_set_whole(&exact, amount->minor);
    tl_frac_set_whole(&step, unit);
    mpq_mul(exact.q, exact.q, factor->q);
    mpq_div(exact.q, exact.q, step.q);
    tl_status status = tl_frac_round_money(&units, &exact, err);
    if (status == TL_OK && units.minor > TL_MONEY_MAX_MINOR / unit)
        status = tl_err_set(err, TL_ERR_RANGE, "the amounts grow beyond what the program handles");
    if (status == TL_OK)
        amount->minor = units.minor * unit;
    tl_frac_release(&step);
    tl_frac_release(&exact);
    return status;
}

/* ratio x factor, rounded to six decimals: a price per unit is small. */
static tl_status grow_ratio(struct tl_ratio *ratio, const struct tl_frac *factor, struct tl_err *err)
{
    enum { PARTS = 1000000 };
    struct tl_frac exact = {0}, parts = {0};
    struct tl_money rounded;
    tl_frac_init(&exact);
    tl_frac_init(&parts);
    tl_frac_set_ratio(&exact, *ratio);
    tl_frac_set_whole(&parts, PARTS);
    mpq_mul(exact.q, exact.q, factor->q);
    mpq_mul(exact.q, exact.q, parts.q);
    tl_status status = tl_frac_round_money(&rounded, &exact, err);
    if (status == TL_OK)
        *ratio = tl_ratio_of(rounded.minor, PARTS);
    tl_frac_release(&parts);
    tl_frac_release(&exact);
    return status;
}

static tl_status grow_price(struct tl_price *price, size_t class_count, const struct tl_frac *factor,
                            struct tl_err *err)
{
    tl_status status = TL_OK;
    if (price->kind == TL_PRICE_FLAT)
        return grow(&price->flat, factor, MINOR_PER_KRONE, err);
    if (price->kind == TL_PRICE_PER_UNIT)
        return grow_ratio(&price->per_unit, factor, err);
    for (size_t i = 0; status == TL_OK && price->kind == TL_PRICE_PER_CLASS && i < class_count; i++)
        status = grow(&price->per_class[i].amount, factor, MINOR_PER_KRONE, err);
    for (size_t i = 0; status == TL_OK && price->kind == TL_PRICE_BRACKETS && i < price->bracket_count; i++)
        status = grow(&price->brackets[i].price.amount, factor, MINOR_PER_KRONE, err);
    return status;
}

/* Every amount of a line grows alike, so that a cap that holds goes on holding the same members. */
static tl_status grow_line(struct tl_line *line, size_t class_count, const struct tl_frac *factor, struct tl_err *err)
{
    tl_status status = grow(&line->budget, factor, MINOR_PER_KRONE, err);
    if (status == TL_OK)
        status = grow(&line->floor, factor, MINOR_PER_KRONE, err);
    if (status == TL_OK)
        status = grow(&line->cap, factor, MINOR_PER_KRONE, err);
    if (status == TL_OK)
        status = grow_price(&line->price, class_count, factor, err);
    for (size_t i = 0; status == TL_OK && i < line->price_step_count; i++)
        status = grow_price(&line->price_steps[i].price, class_count, factor, err);
    for (size_t i = 0; status == TL_OK && i < line->rebate_count; i++)
        status = grow(&line->rebates[i].amount, factor, MINOR_PER_KRONE, err);
    for (size_t i = 0; status == TL_OK && i < line->agreed_count; i++)
        status = grow(&line->agreed[i].amount, factor, MINOR_PER_KRONE, err);
    for (size_t i = 0; status == TL_OK && i < line->first_share_count; i++)
        status = grow(&line->first_shares[i].amount, factor, MINOR_PER_KRONE, err);
    return status;
}

static size_t count_codes(const char *list)
{
    size_t count = 1;
    for (; *list != '\0'; list++)
        count += *list == ',' ? 1 : 0;
    return count;
}

/* Those who join in a year `before` years ahead of the one that is computed; what they pay once, they paid then. */
static tl_status join_in(struct tl_product_year *year, struct tl_store *store, const struct tl_outlook_request *request,
                         int joining_year, int before, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < request->joining_count; i++) {
        if (request->joinings[i].year != joining_year)
            continue;
        const char *codes = request->joinings[i].codes;
        const char *change = tl_arena_format(&year->arena, "join=%s", codes);
        status = change == NULL ? tl_err_memory(err) : tl_what_if_apply(year, &change, 1, store, err);
        for (size_t joined = count_codes(codes); status == TL_OK && joined > 0; joined--) {
            struct tl_member *member = &year->roster.members[year->roster.count - joined];
            member->signed_on = tl_date_of(joining_year, 1, 1);
            member->first = tl_product_year_set_back(member->first, before);
        }
    }
    return status;
}

static tl_status sum_up(struct tl_outlook_year *out, const struct tl_product_year *year, struct tl_err *err)
{
    const struct tl_allocation *allocation = &year->allocation;
    struct tl_money total;
    struct tl_frac average = {0}, members = {0};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        struct tl_money *sum = allocation->lines[i].line->kind == TL_LINE_ANNUAL ? &out->annual : &out->once;
        if (allocation->lines[i].known)
            status = tl_money_add(sum, *sum, allocation->lines[i].total, err);
    }
    for (size_t i = 0; status == TL_OK && i < year->roster.count; i++) {
        status = tl_allocation_member_total(&total, allocation, year->roster.members[i].code, err);
        out->members += status == TL_OK && total.minor != 0 ? 1 : 0;
    }
    if (status != TL_OK || out->members == 0)
        return status;
    tl_frac_init(&average);
    tl_frac_init(&members);
    tl_frac_set_whole(&average, out->annual.minor);
    tl_frac_set_whole(&members, (int64_t)out->members);
    mpq_div(average.q, average.q, members.q);
    status = tl_frac_round_money(&out->per_member, &average, err);
    tl_frac_release(&members);
    tl_frac_release(&average);
    return status;
}

/* The year `offset` years after the first, by the first one's figures. */
static tl_status compute_year(struct tl_outlook_year *out, struct tl_store *store,
                              const struct tl_outlook_request *request, int offset, const struct tl_frac *factor,
                              struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    bool grows = offset > 0 && request->growth.numerator != 0;
    char where[40];
    out->year = request->year + offset;
    tl_status status = tl_product_year_load(&year, store, request->product, request->year, 0, err);
    for (size_t i = 0; status == TL_OK && grows && i < year.terms.line_count; i++)
        status = grow_line(&year.terms.lines[i], year.terms.class_count, factor, err);
    if (status == TL_OK && offset > 0)
        status = tl_product_year_look_ahead(&year, store, offset, err);
    for (int joined = 0; status == TL_OK && joined <= offset; joined++)
        status = join_in(&year, store, request, request->year + joined, offset - joined, err);
    if (status == TL_OK)
        status = tl_product_year_allocate(&year, err);
    if (status == TL_OK)
        status = sum_up(out, &year, err);
    tl_product_year_release(&year);
    if (status != TL_OK && offset > 0) {
        snprintf(where, sizeof where, "the outlook for %d", out->year);
        tl_err_at(err, where, 0, 0);
    }
    return status;
}

tl_status tl_outlook_compute(struct tl_outlook_year **out, struct tl_store *store,
                             const struct tl_outlook_request *request, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_frac factor = {0}, growth = {0};
    if (request->years < 1 || request->years > TL_OUTLOOK_YEARS_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "an outlook has 1 to %d years", TL_OUTLOOK_YEARS_MAX);
    if (request->year + (int)request->years - 1 > TL_YEAR_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "the outlook ends beyond the year %d", TL_YEAR_MAX);
    *out = tl_arena_alloc(arena, request->years, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    tl_status status = TL_OK;
    tl_frac_init(&factor);
    tl_frac_init(&growth);
    tl_frac_set_whole(&factor, 1);
    tl_frac_set_ratio(
        &growth, tl_ratio_of(request->growth.numerator + request->growth.denominator, request->growth.denominator));
    for (size_t i = 0; status == TL_OK && i < request->years; i++) {
        status = compute_year(&(*out)[i], store, request, (int)i, &factor, err);
        mpq_mul(factor.q, factor.q, growth.q);
    }
    tl_frac_release(&growth);
    tl_frac_release(&factor);
    return status;
}
