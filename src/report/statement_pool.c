/* SPDX-License-Identifier: MPL-2.0 */
#include "statement_pool.h"

#include <stdlib.h>

#include "tilslut/money/frac.h"

/* One share on the way. */
struct claim {
    struct tl_frac weight, rest; /* rest: of a unit */
    int64_t units;
    size_t index;
};

static int by_rest(const void *a, const void *b)
{
    const struct claim *x = a, *y = b;
    int order = mpq_cmp(y->rest.q, x->rest.q);
    if (order == 0)
        order = mpq_cmp(y->weight.q, x->weight.q);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

static tl_status read_weights(struct claim *claims, struct tl_frac *sum, const struct statement_claim *given,
                              size_t count, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        claims[i].index = i;
        status = tl_frac_from_text(&claims[i].weight, given[i].weight, err);
        mpq_add(sum->q, sum->q, claims[i].weight.q);
    }
    return status;
}

/* The running entitlement in units, cut into whole ones and a rest; false where it is beyond what is handled. */
static tl_status cut(struct claim *claim, const struct statement_claim *given, const struct tl_frac *per_weight,
                     const struct tl_frac *unit, bool *fits, struct tl_err *err)
{
    struct tl_frac carried;
    mpz_t whole;
    tl_frac_init(&carried);
    mpz_init(whole);
    tl_status status = given->carried_in == NULL || given->carried_in[0] == '\0'
                           ? TL_OK
                           : tl_frac_from_text(&carried, given->carried_in, err);
    mpq_mul(claim->rest.q, claim->weight.q, per_weight->q);
    mpq_add(claim->rest.q, claim->rest.q, carried.q);
    mpq_div(claim->rest.q, claim->rest.q, unit->q);
    mpz_fdiv_q(whole, mpq_numref(claim->rest.q), mpq_denref(claim->rest.q));
    if (mpz_sgn(whole) < 0)
        mpz_set_si(whole, 0);
    *fits = *fits && mpz_cmp_si(whole, TL_MONEY_MAX_MINOR) <= 0;
    claim->units = *fits ? mpz_get_si(whole) : 0;
    mpq_set_z(carried.q, whole);
    mpq_sub(claim->rest.q, claim->rest.q, carried.q);
    mpz_clear(whole);
    tl_frac_release(&carried);
    return status;
}

/* Gives what is left: a unit each to the first in line, and what is smaller than a unit to the next. */
static bool hand_out(struct statement_result *results, struct claim *claims, size_t count, int64_t budget, int64_t unit)
{
    int64_t left = budget;
    for (size_t i = 0; i < count; i++) {
        struct statement_result *result = &results[i];
        if (__builtin_mul_overflow(claims[i].units, unit, &result->whole_minor) ||
            __builtin_sub_overflow(left, result->whole_minor, &left))
            return false;
        result->part_minor = result->whole_minor;
        result->rest = mpq_get_d(claims[i].rest.q);
    }
    if (left < 0 || (uint64_t)(left / unit) + (left % unit != 0) > count)
        return false;
    qsort(claims, count, sizeof *claims, by_rest);
    for (size_t i = 0; i < count; i++) {
        struct statement_result *result = &results[claims[i].index];
        int64_t given = left < unit ? left : unit;
        result->rank = i + 1;
        result->part_minor += given;
        left -= given;
    }
    return true;
}

tl_status statement_pool_split(struct statement_result *results, bool *fits, const struct statement_claim *given,
                               size_t count, int64_t budget_minor, int64_t unit_minor, struct tl_err *err)
{
    struct claim *claims = calloc(count == 0 ? 1 : count, sizeof *claims);
    struct tl_frac sum, per_weight, unit;
    if (claims == NULL)
        return tl_err_memory(err);
    tl_frac_init(&sum);
    tl_frac_init(&per_weight);
    tl_frac_init(&unit);
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&claims[i].weight);
        tl_frac_init(&claims[i].rest);
    }
    tl_status status = read_weights(claims, &sum, given, count, err);
    *fits = status == TL_OK && mpq_sgn(sum.q) > 0 && unit_minor > 0 && budget_minor >= 0;
    if (*fits) {
        tl_frac_set_whole(&unit, unit_minor);
        tl_frac_set_whole(&per_weight, budget_minor);
        mpq_div(per_weight.q, per_weight.q, sum.q);
    }
    for (size_t i = 0; *fits && status == TL_OK && i < count; i++)
        status = cut(&claims[i], &given[i], &per_weight, &unit, fits, err);
    if (*fits && status == TL_OK)
        *fits = hand_out(results, claims, count, budget_minor, unit_minor);
    for (size_t i = 0; i < count; i++) {
        tl_frac_release(&claims[i].weight);
        tl_frac_release(&claims[i].rest);
    }
    tl_frac_release(&unit);
    tl_frac_release(&per_weight);
    tl_frac_release(&sum);
    free(claims);
    return status;
}

/* Beyond this many shares the formulas that rank them would keep a spreadsheet busy. */
enum { LIVE_SHARES_MAX = 400 };

tl_status statement_pool_is_live(bool *is_live, const struct tl_statement_pool *pool, struct tl_err *err)
{
    size_t count = pool->share_count;
    *is_live = false;
    if (!pool->is_plain || count == 0 || count > LIVE_SHARES_MAX || pool->line == NULL)
        return TL_OK;
    struct statement_claim *claims = calloc(count, sizeof *claims);
    struct statement_result *results = calloc(count, sizeof *results);
    tl_status status = claims == NULL || results == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++)
        claims[i] = (struct statement_claim){pool->shares[i].weight, pool->shares[i].carried_in};
    if (status == TL_OK)
        status = statement_pool_split(results, is_live, claims, count, pool->budget.minor, pool->unit_minor, err);
    for (size_t i = 0; status == TL_OK && *is_live && i < count; i++)
        *is_live = results[i].part_minor == pool->shares[i].net.minor;
    free(results);
    free(claims);
    return status;
}
