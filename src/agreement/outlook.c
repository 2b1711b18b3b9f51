/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/outlook.h"

#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/what_if.h"

enum { MINOR_PER_KRONE = 100 };

/* amount x factor, rounded to whole kroner. */
static tl_status grow(struct tl_money *amount, const struct tl_frac *factor, struct tl_err *err)
{
    struct tl_frac exact = {0}, krone = {0};
    struct tl_money kroner;
    tl_frac_init(&exact);
    tl_frac_init(&krone);
    tl_frac_set_whole(&exact, amount->minor);
    tl_frac_set_whole(&krone, MINOR_PER_KRONE);
    mpq_mul(exact.q, exact.q, factor->q);
    mpq_div(exact.q, exact.q, krone.q);
    tl_status status = tl_frac_round_money(&kroner, &exact, err);
    if (status == TL_OK && kroner.minor > TL_MONEY_MAX_MINOR / MINOR_PER_KRONE)
        status = tl_err_set(err, TL_ERR_RANGE, "the amounts grow beyond what the program handles");
    if (status == TL_OK)
        amount->minor = kroner.minor * MINOR_PER_KRONE;
    tl_frac_release(&krone);
    tl_frac_release(&exact);
    return status;
}

static tl_status grow_line(struct tl_line *line, size_t class_count, const struct tl_frac *factor, struct tl_err *err)
{
    tl_status status = line->has_budget ? grow(&line->budget, factor, err) : TL_OK;
    if (status == TL_OK && line->price.kind == TL_PRICE_FLAT)
        status = grow(&line->price.flat, factor, err);
    for (size_t i = 0; status == TL_OK && line->price.kind == TL_PRICE_PER_CLASS && i < class_count; i++)
        if (line->price.per_class[i].known)
            status = grow(&line->price.per_class[i].amount, factor, err);
    return status;
}

/* Members of earlier years, and one-off lines, pay once: from the second year on they begin before the year. */
static void set_back(struct tl_product_year *year, size_t count)
{
    struct tl_date before = tl_date_of(year->year - 1, 1, 1);
    for (size_t i = 0; i < count; i++)
        year->roster.members[i].first = before;
    year->terms.valid_from = before;
}

static tl_status join_year(struct tl_product_year *year, struct tl_store *store,
                           const struct tl_outlook_request *request, int joining_year, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < request->joining_count; i++)
        if (request->joinings[i].year == joining_year) {
            const char *change = tl_arena_format(&year->arena, "join=%s", request->joinings[i].codes);
            status = change == NULL ? tl_err_memory(err) : tl_what_if_apply(year, &change, 1, store, err);
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
    out->year = request->year + offset;
    tl_status status = tl_product_year_load(&year, store, request->product, request->year, 0, err);
    for (size_t i = 0; status == TL_OK && offset > 0 && i < year.terms.line_count; i++)
        status = grow_line(&year.terms.lines[i], year.terms.class_count, factor, err);
    for (int joined = 0; status == TL_OK && joined <= offset; joined++) {
        if (joined == offset && offset > 0)
            set_back(&year, year.roster.count);
        status = join_year(&year, store, request, request->year + joined, err);
    }
    if (status == TL_OK)
        status = tl_product_year_allocate(&year, err);
    if (status == TL_OK)
        status = sum_up(out, &year, err);
    tl_product_year_release(&year);
    return status;
}

tl_status tl_outlook_compute(struct tl_outlook_year **out, struct tl_store *store,
                             const struct tl_outlook_request *request, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_frac factor = {0}, growth = {0};
    if (request->years < 1 || request->years > TL_OUTLOOK_YEARS_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "an outlook has 1 to %d years", TL_OUTLOOK_YEARS_MAX);
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
