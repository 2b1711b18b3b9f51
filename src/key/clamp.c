/* SPDX-License-Identifier: MPL-2.0 */
#include "clamp.h"

#include <stdbool.h>
#include <stdlib.h>

void tl_clamp_init(struct tl_clamp *clamp)
{
    mpz_init(clamp->rest);
    mpz_init(clamp->free_weight);
}

void tl_clamp_release(struct tl_clamp *clamp)
{
    mpz_clear(clamp->rest);
    mpz_clear(clamp->free_weight);
}

/* Where the factor reaches bound / weight: the member leaves its floor, or stops at its cap. */
struct bend {
    mpz_srcptr weight;
    int64_t bound;
    size_t index;
    bool is_cap;
};

/* The sign of a's bound / weight less b's. */
static int cross(const struct bend *a, const struct bend *b)
{
    mpz_t x, y;
    mpz_init(x);
    mpz_init(y);
    mpz_mul_si(x, b->weight, a->bound);
    mpz_mul_si(y, a->weight, b->bound);
    int order = mpz_cmp(x, y);
    mpz_clear(x);
    mpz_clear(y);
    return order;
}

/* By bound / weight; a member leaves its floor before it stops at an equal cap. */
static int by_factor(const void *left, const void *right)
{
    const struct bend *a = left, *b = right;
    /* mostly there is one floor and one cap for all, and comparing the weights is enough */
    int order = a->bound != b->bound ? cross(a, b) : a->bound == 0 ? 0 : mpz_cmp(b->weight, a->weight);
    if (order == 0)
        order = (int)a->is_cap - (int)b->is_cap;
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

static size_t list_bends(struct bend *bends, const struct tl_numbers *weights, const int64_t *least,
                         const int64_t *most)
{
    size_t count = 0;
    for (size_t i = 0; i < weights->count; i++) {
        if (mpz_sgn(weights->values[i]) == 0)
            continue;
        bends[count++] = (struct bend){weights->values[i], least[i], i, false};
        if (most[i] != INT64_MAX)
            bends[count++] = (struct bend){weights->values[i], most[i], i, true};
    }
    qsort(bends, count, sizeof *bends, by_factor);
    return count;
}

/* rest <= factor of the bend x free weight: the total is reached before the bend. */
static bool is_reached(const struct tl_clamp *clamp, const struct bend *bend)
{
    mpz_t x, y;
    mpz_init(x);
    mpz_init(y);
    mpz_mul(x, clamp->rest, bend->weight);
    mpz_mul_si(y, clamp->free_weight, bend->bound);
    bool reached = mpz_cmp(x, y) <= 0;
    mpz_clear(x);
    mpz_clear(y);
    return reached;
}

static void add_signed(mpz_t out, int64_t value)
{
    if (value >= 0)
        mpz_add_ui(out, out, (unsigned long)value);
    else
        mpz_sub_ui(out, out, (unsigned long)-value);
}

static void take_bend(struct tl_clamp *clamp, tl_clamp_state *states, const struct bend *bend)
{
    states[bend->index] = bend->is_cap ? TL_CLAMP_AT_CAP : TL_CLAMP_FREE;
    if (bend->is_cap)
        mpz_sub(clamp->free_weight, clamp->free_weight, bend->weight);
    else
        mpz_add(clamp->free_weight, clamp->free_weight, bend->weight);
    add_signed(clamp->rest, bend->is_cap ? -bend->bound : bend->bound);
}

tl_status tl_clamp_solve(struct tl_clamp *out, tl_clamp_state *states, int64_t total, const struct tl_numbers *weights,
                         const int64_t *least, const int64_t *most, struct tl_err *err)
{
    struct bend *bends = calloc(weights->count == 0 ? 1 : weights->count, 2 * sizeof *bends);
    if (bends == NULL)
        return tl_err_memory(err);
    size_t count = list_bends(bends, weights, least, most), at = 0;
    mpz_set_ui(out->free_weight, 0);
    mpz_set_ui(out->rest, 0);
    add_signed(out->rest, total);
    for (size_t i = 0; i < weights->count; i++) {
        states[i] = TL_CLAMP_AT_FLOOR;
        add_signed(out->rest, -least[i]);
    }
    bool feasible = mpz_sgn(out->rest) >= 0;
    while (feasible && at < count && (mpz_sgn(out->rest) != 0 || mpz_sgn(out->free_weight) != 0) &&
           !is_reached(out, &bends[at]))
        take_bend(out, states, &bends[at++]);
    /* nobody is left to take the rest */
    if (mpz_sgn(out->free_weight) == 0 && mpz_sgn(out->rest) != 0)
        feasible = false;
    free(bends);
    return feasible ? TL_OK : TL_ERR_INFEASIBLE;
}
