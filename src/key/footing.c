/* SPDX-License-Identifier: MPL-2.0 */
#include "footing.h"

#include <stdbool.h>
#include <stdlib.h>

#include "tilslut/money/money.h"

/* One entitlement on the way: what it has, and what it still lacks. */
struct claim {
    mpz_t rest; /* entitlement - amount, times the common denominator; may be negative where `least` raised it */
    mpz_srcptr weight;
    int64_t amount, least, most;
    size_t index;
};

struct claims {
    struct claim *items;
    size_t count;
    mpz_t step; /* one unit, times the common denominator */
    int64_t unit, left;
};

static int by_rest(const void *left, const void *right)
{
    const struct claim *a = left, *b = right;
    int order = mpz_cmp(b->rest, a->rest);
    if (order == 0)
        order = mpz_cmpabs(b->weight, a->weight);
    return order != 0 ? order : (a->index > b->index) - (a->index < b->index);
}

/* The whole units in the entitlement, within the bounds of the claim. */
static tl_status start_claim(struct claim *claim, const struct claims *claims, mpz_srcptr entitlement, bool mirrored,
                             struct tl_err *err)
{
    mpz_t units;
    mpz_init(units);
    if (mirrored)
        mpz_neg(claim->rest, entitlement);
    else
        mpz_set(claim->rest, entitlement);
    mpz_fdiv_q(units, claim->rest, claims->step);
    bool fits = mpz_cmpabs_ui(units, (unsigned long)(TL_MONEY_MAX_MINOR / claims->unit)) <= 0;
    if (fits) {
        claim->amount = mpz_get_si(units) * claims->unit;
        if (claim->amount < claim->least)
            claim->amount = claim->least;
        if (claim->amount > claim->most)
            claim->amount = claim->most;
        mpz_set_si(units, claim->amount / claims->unit);
        mpz_submul(claim->rest, units, claims->step);
    }
    mpz_clear(units);
    return fits ? TL_OK : tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
}

static tl_status start(struct claims *claims, const struct tl_footing *footing, struct tl_err *err)
{
    const struct tl_numbers *entitlements = footing->entitlements;
    const struct tl_numbers *weights = footing->weights == NULL ? entitlements : footing->weights;
    bool mirrored = footing->total < 0, bounded = footing->least != NULL;
    claims->unit = footing->unit;
    claims->left = mirrored ? -footing->total : footing->total;
    mpz_mul_si(claims->step, entitlements->denominator, footing->unit);
    for (size_t i = 0; i < claims->count; i++) {
        struct claim *claim = &claims->items[i];
        int64_t least = bounded ? footing->least[i] : -TL_FOOTING_NO_BOUND;
        int64_t most = bounded ? footing->most[i] : TL_FOOTING_NO_BOUND;
        claim->index = i;
        claim->weight = weights->values[i];
        claim->least = mirrored ? -most : least;
        claim->most = mirrored ? -least : most;
        tl_status status = start_claim(claim, claims, entitlements->values[i], mirrored, err);
        if (status != TL_OK)
            return status;
        if (__builtin_sub_overflow(claims->left, claim->amount, &claims->left))
            return tl_err_set(err, TL_ERR_RANGE, "the amounts sum to more than can be counted");
    }
    return TL_OK;
}

/* How many whole units a claim can still take, or give back. */
static int64_t room_above(const struct claim *claim, int64_t unit)
{
    return claim->most == TL_FOOTING_NO_BOUND ? INT64_MAX : (claim->most - claim->amount) / unit;
}

static int64_t room_below(const struct claim *claim, int64_t unit)
{
    return claim->least == -TL_FOOTING_NO_BOUND ? INT64_MAX : (claim->amount - claim->least) / unit;
}

/* Moves `units` whole units to or from a claim. */
static void move(struct claims *claims, struct claim *claim, int64_t units)
{
    claim->amount += units * claims->unit;
    claims->left -= units * claims->unit;
    if (units > 0)
        mpz_submul_ui(claim->rest, claims->step, (unsigned long)units);
    else
        mpz_addmul_ui(claim->rest, claims->step, (unsigned long)-units);
}

static int64_t smallest(int64_t a, int64_t b, int64_t c)
{
    int64_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* Whether a claim takes part in a pass: it can move, and is not off by a unit in the other direction already. Where
 * nobody is left of these, everybody who can move takes part. */
static bool takes_part(const struct claim *claim, const struct claims *claims, bool gives_back, bool anybody)
{
    if ((gives_back ? room_below(claim, claims->unit) : room_above(claim, claims->unit)) == 0)
        return false;
    return anybody || mpz_cmpabs(claim->rest, claims->step) < 0 || (mpz_sgn(claim->rest) < 0) == gives_back;
}

static int64_t count_parts(const struct claims *claims, bool gives_back, bool anybody)
{
    int64_t count = 0;
    for (size_t i = 0; i < claims->count; i++)
        count += takes_part(&claims->items[i], claims, gives_back, anybody) ? 1 : 0;
    return count;
}

/* A unit each to those who lack most, or back from those who lack least; more at a time while there are more units
 * than claims. False when nobody can move. */
static bool pass(struct claims *claims)
{
    int64_t unit = claims->unit;
    bool gives_back = claims->left < 0, anybody = false;
    int64_t parts = count_parts(claims, gives_back, anybody);
    if (parts == 0) {
        anybody = true;
        parts = count_parts(claims, gives_back, anybody);
    }
    if (parts == 0)
        return false;
    int64_t units = gives_back ? (unit - 1 - claims->left) / unit : claims->left / unit;
    int64_t at_once = units / parts == 0 ? 1 : units / parts;
    for (size_t i = 0; i < claims->count && units > 0; i++) {
        struct claim *claim = &claims->items[gives_back ? claims->count - 1 - i : i];
        if (!takes_part(claim, claims, gives_back, anybody))
            continue;
        int64_t moved = smallest(at_once, units, gives_back ? room_below(claim, unit) : room_above(claim, unit));
        move(claims, claim, gives_back ? -moved : moved);
        units -= moved;
    }
    return true;
}

/* The part that is smaller than a unit, to the next in line. */
static void give_odd_part(struct claims *claims)
{
    qsort(claims->items, claims->count, sizeof *claims->items, by_rest);
    for (size_t i = 0; i < claims->count && claims->left > 0; i++) {
        struct claim *claim = &claims->items[i];
        if (claim->amount > claim->most - claims->left)
            continue;
        claim->amount += claims->left;
        claims->left = 0;
    }
}

/* Whole units are still to be given, or were given too many. */
static bool is_open(const struct claims *claims)
{
    return claims->left >= claims->unit || claims->left < 0;
}

static tl_status settle(struct claims *claims, struct tl_err *err)
{
    bool moved = true;
    while (is_open(claims) && moved) {
        qsort(claims->items, claims->count, sizeof *claims->items, by_rest);
        moved = pass(claims);
    }
    if (claims->left > 0 && claims->left < claims->unit)
        give_odd_part(claims);
    return claims->left == 0 ? TL_OK
                             : tl_err_set(err, TL_ERR_INFEASIBLE, "the bounds leave no room for the whole amount");
}

tl_status tl_footing_round(int64_t *amounts, const struct tl_footing *footing, struct tl_err *err)
{
    struct claims claims = {.count = footing->entitlements->count};
    claims.items = calloc(claims.count == 0 ? 1 : claims.count, sizeof *claims.items);
    if (claims.items == NULL)
        return tl_err_memory(err);
    mpz_init(claims.step);
    for (size_t i = 0; i < claims.count; i++)
        mpz_init(claims.items[i].rest);
    tl_status status = start(&claims, footing, err);
    if (status == TL_OK)
        status = settle(&claims, err);
    int64_t sign = footing->total < 0 ? -1 : 1;
    for (size_t i = 0; i < claims.count; i++) {
        if (status == TL_OK)
            amounts[claims.items[i].index] = sign * claims.items[i].amount;
        mpz_clear(claims.items[i].rest);
    }
    mpz_clear(claims.step);
    free(claims.items);
    return status;
}
