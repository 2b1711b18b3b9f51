/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Seats by divisor methods, in a time that does not depend on their number.
 *
 * With a divisor of sum of weights / seats each quotient is rounded by the method's rule. That is the method's result
 * for some number of seats which is at most one per member off the wanted one, and since divisor methods are house
 * monotone, the rest are single steps: a seat to whoever is next in line, or back from whoever was last
 * (Dorfleitner & Klein, Rounding with multiplier methods, Statistical Papers 40, 1999; Pukelsheim, Proportional
 * Representation, 2014, ch. 4: "jump and step").
 *
 * A member with s seats is next in line by weight / d(s), where d(s) is where the method rounds up from s to s + 1.
 */
#include "tilslut/key/seats.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>

#include "numbers.h"
#include "tilslut/key/apportion.h"
#include "tilslut/money/money.h"
#include "weights.h"

struct seat_claim {
    mpz_srcptr weight;
    size_t index;
    int64_t seats;
};

struct seat_run {
    tl_seat_method method;
    struct tl_numbers weights;
    mpz_t sum;
    struct seat_claim *claims; /* of weights above zero */
    size_t count;
    int64_t allotted;
    mpz_t left, right, upper, lower; /* scratch for comparisons */
};

const char *tl_seats_method_name(tl_seat_method method)
{
    static const char *const names[] = {
        [TL_SEATS_LARGEST_REMAINDER] = "largest remainder",
        [TL_SEATS_SAINTE_LAGUE] = "Sainte-Laguë",
        [TL_SEATS_DHONDT] = "D'Hondt",
        [TL_SEATS_HUNTINGTON_HILL] = "Huntington-Hill",
        [TL_SEATS_ADAMS] = "Adams",
        [TL_SEATS_DEAN] = "Dean",
    };
    return names[method];
}

/* d(seats) as a fraction upper / lower; for Huntington-Hill its square. */
static void signpost(mpz_t upper, mpz_t lower, int64_t seats, tl_seat_method method)
{
    mpz_set_si(upper, seats);
    mpz_set_ui(lower, 1);
    switch (method) {
    case TL_SEATS_DHONDT:
        mpz_add_ui(upper, upper, 1);
        break;
    case TL_SEATS_SAINTE_LAGUE: /* seats + 1/2 */
        mpz_mul_2exp(upper, upper, 1);
        mpz_add_ui(upper, upper, 1);
        mpz_set_ui(lower, 2);
        break;
    case TL_SEATS_DEAN: /* seats (seats + 1) / (seats + 1/2) */
        mpz_mul_2exp(lower, upper, 1);
        mpz_add_ui(lower, lower, 1);
        mpz_mul_si(upper, upper, seats + 1);
        mpz_mul_2exp(upper, upper, 1);
        break;
    case TL_SEATS_HUNTINGTON_HILL: /* seats (seats + 1), squared */
        mpz_mul_si(upper, upper, seats + 1);
        break;
    case TL_SEATS_ADAMS:
    case TL_SEATS_LARGEST_REMAINDER:
        break;
    }
}

static void set_weight(mpz_t out, mpz_srcptr weight, tl_seat_method method)
{
    if (method == TL_SEATS_HUNTINGTON_HILL)
        mpz_mul(out, weight, weight);
    else
        mpz_set(out, weight);
}

/* Whether `a`, were it to have a_seats, comes before `b` with b_seats: the greater weight / d(seats), where d = 0
 * comes before all, then the larger weight, then the lower index. */
static bool comes_before(struct seat_run *run, const struct seat_claim *a, int64_t a_seats, const struct seat_claim *b,
                         int64_t b_seats)
{
    set_weight(run->left, a->weight, run->method);
    set_weight(run->right, b->weight, run->method);
    signpost(run->upper, run->lower, b_seats, run->method);
    mpz_mul(run->left, run->left, run->upper);
    mpz_mul(run->right, run->right, run->lower);
    signpost(run->upper, run->lower, a_seats, run->method);
    mpz_mul(run->left, run->left, run->lower);
    mpz_mul(run->right, run->right, run->upper);
    int order = mpz_cmp(run->left, run->right);
    if (order == 0)
        order = mpz_cmp(a->weight, b->weight);
    return order != 0 ? order > 0 : a->index < b->index;
}

/* The jump: each quotient total x weight / sum, rounded at the method's signpost. */
static void round_quotients(struct seat_run *run, int64_t total)
{
    for (size_t i = 0; i < run->count; i++) {
        struct seat_claim *claim = &run->claims[i];
        mpz_mul_si(run->left, claim->weight, total);
        mpz_fdiv_q(run->right, run->left, run->sum);
        claim->seats = mpz_get_si(run->right);
        /* total x weight / sum >= d(seats)? */
        signpost(run->upper, run->lower, claim->seats, run->method);
        set_weight(run->left, run->left, run->method);
        set_weight(run->right, run->sum, run->method);
        mpz_mul(run->left, run->left, run->lower);
        mpz_mul(run->right, run->right, run->upper);
        claim->seats += mpz_cmp(run->left, run->right) >= 0 ? 1 : 0;
        run->allotted += claim->seats;
    }
}

/* Whether heap position a belongs above b: the next to get a seat, or the last to have got one. */
static bool is_above(struct seat_run *run, size_t a, size_t b, bool giving)
{
    const struct seat_claim *x = &run->claims[a], *y = &run->claims[b];
    if (giving)
        return comes_before(run, x, x->seats, y, y->seats);
    /* who has no seat has none to give */
    if (x->seats == 0 || y->seats == 0)
        return x->seats > 0;
    return comes_before(run, y, y->seats - 1, x, x->seats - 1);
}

static void sift_down(struct seat_run *run, size_t at, bool giving)
{
    for (;;) {
        size_t top = at, left = 2 * at + 1, right = left + 1;
        if (left < run->count && is_above(run, left, top, giving))
            top = left;
        if (right < run->count && is_above(run, right, top, giving))
            top = right;
        if (top == at)
            return;
        struct seat_claim moved = run->claims[at];
        run->claims[at] = run->claims[top];
        run->claims[top] = moved;
        at = top;
    }
}

/* The steps: one seat at a time, with the one whose turn it is on top of a heap. */
static void step(struct seat_run *run, int64_t total)
{
    bool giving = run->allotted < total;
    for (size_t i = run->count; i > 0; i--)
        sift_down(run, i - 1, giving);
    for (; run->allotted != total; run->allotted += giving ? 1 : -1) {
        run->claims[0].seats += giving ? 1 : -1;
        sift_down(run, 0, giving);
    }
}

static bool gives_everybody_one(tl_seat_method method)
{
    return method == TL_SEATS_HUNTINGTON_HILL || method == TL_SEATS_ADAMS || method == TL_SEATS_DEAN;
}

static tl_status start(struct seat_run *run, int64_t total, const struct tl_frac *weights, size_t count,
                       struct tl_err *err)
{
    tl_status status = tl_weights_take(&run->weights, weights, count, err);
    run->claims = calloc(count == 0 ? 1 : count, sizeof *run->claims);
    if (status == TL_OK && run->claims == NULL)
        status = tl_err_memory(err);
    if (status != TL_OK)
        return status;
    tl_numbers_sum(run->sum, &run->weights);
    for (size_t i = 0; i < count; i++)
        if (mpz_sgn(run->weights.values[i]) != 0)
            run->claims[run->count++] = (struct seat_claim){.weight = run->weights.values[i], .index = i};
    if (run->count == 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "no weight is above zero");
    if (gives_everybody_one(run->method) && total > 0 && (uint64_t)total < run->count)
        return tl_err_set(err, TL_ERR_INFEASIBLE,
                          "%s gives everybody a seat, and %" PRId64 " seats are too few for %zu members",
                          tl_seats_method_name(run->method), total, run->count);
    return TL_OK;
}

static tl_status allot_by_divisor(int64_t *seats, int64_t total, tl_seat_method method, const struct tl_frac *weights,
                                  size_t count, struct tl_err *err)
{
    struct seat_run run = {.method = method};
    mpz_inits(run.sum, run.left, run.right, run.upper, run.lower, NULL);
    tl_status status = start(&run, total, weights, count, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        seats[i] = 0;
    if (status == TL_OK && total > 0) {
        round_quotients(&run, total);
        step(&run, total);
        for (size_t i = 0; i < run.count; i++)
            seats[run.claims[i].index] = run.claims[i].seats;
    }
    mpz_clears(run.sum, run.left, run.right, run.upper, run.lower, NULL);
    tl_numbers_release(&run.weights);
    free(run.claims);
    return status;
}

tl_status tl_seats_allot(int64_t *seats, int64_t total, tl_seat_method method, const struct tl_frac *weights,
                         size_t count, struct tl_err *err)
{
    if (total < 0)
        return tl_err_set(err, TL_ERR_INPUT, "%" PRId64 " seats cannot be allotted", total);
    if (total > TL_MONEY_MAX_MINOR)
        return tl_err_set(err, TL_ERR_RANGE, "%" PRId64 " seats are more than can be allotted", total);
    return method == TL_SEATS_LARGEST_REMAINDER ? tl_apportion(seats, total, weights, count, err)
                                                : allot_by_divisor(seats, total, method, weights, count, err);
}
