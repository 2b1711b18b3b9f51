/* SPDX-License-Identifier: MPL-2.0 */
/* Budgets: the steps of src/key/README.md, in numbers that a spreadsheet computes with exactly. */
#include "what_if_solve.h"

#include <string.h>

typedef tl_what_if_wide wide;

/* One line on the way. */
struct solving {
    struct tl_what_if_budget_result *out;
    const struct tl_what_if *plan;
    const struct tl_what_if_line *line;
    tl_what_if_setting setting;
};

static void require(struct solving *s, wide number)
{
    if (number >= TL_WHAT_IF_MAX || number <= -TL_WHAT_IF_MAX)
        s->out->holds = false;
}

/* Whoever is in, what is agreed, what the key counts. */
static void take_members(struct solving *s)
{
    const struct tl_what_if_line *line = s->line;
    for (size_t i = 0; i < s->plan->member_count; i++) {
        struct tl_what_if_step *step = &s->out->steps[i];
        const struct tl_what_if_claim *claim = &line->claims[i];
        size_t of_class = tl_what_if_class(s->plan, i, s->setting);
        *step = (struct tl_what_if_step){.in = tl_what_if_is_in(s->plan, line, i, s->setting)};
        step->keyed = step->in && !claim->is_agreed;
        step->fixed = step->in && claim->is_agreed ? claim->agreed_minor : 0;
        s->out->fixed += step->fixed;
        s->out->count += step->keyed ? 1 : 0;
        for (size_t k = 0; k < line->part_count && step->keyed; k++) {
            step->quantities[k] = claim->by_class == NULL ? claim->quantities[k]
                                  : of_class == 0         ? 0
                                                          : claim->by_class[k * s->plan->class_count + of_class - 1];
            s->out->sums[k] += step->quantities[k];
        }
    }
}

/* Sum of factor x quantity / sum of quantities, over the product of the sums. */
static void weigh(struct solving *s)
{
    const struct tl_what_if_line *line = s->line;
    for (size_t i = 0; i < s->plan->member_count; i++) {
        wide weight = 0;
        for (size_t k = 0; k < line->part_count; k++) {
            wide term = (wide)line->part_factors[k] * s->out->steps[i].quantities[k];
            for (size_t j = 0; j < line->part_count; j++)
                term *= j == k ? 1 : s->out->sums[j];
            weight += term;
        }
        require(s, weight);
        s->out->steps[i].weight = (int64_t)weight;
        s->out->weights += s->out->steps[i].weight;
    }
    for (size_t k = 0; k < line->part_count; k++)
        s->out->holds = s->out->holds && s->out->sums[k] > 0;
    require(s, 2 * (wide)s->out->weights * line->base);
}

static int64_t divide_up(wide amount, int64_t by)
{
    return (int64_t)((amount + by - 1) / by);
}

/* What floor and cap come to in whole rounding units, inwards. */
static void take_bounds(struct solving *s)
{
    const struct tl_what_if_line *line = s->line;
    int64_t unit = line->unit;
    bool has_floor, has_cap;
    int64_t floor = tl_what_if_value(&has_floor, &line->floor, s->setting);
    int64_t cap = tl_what_if_value(&has_cap, &line->cap, s->setting);
    if (!has_floor && line->floor_share.numerator != 0) {
        has_floor = true;
        require(s, (wide)s->out->year * line->floor_share.numerator);
        floor = divide_up((wide)s->out->year * line->floor_share.numerator, line->floor_share.denominator);
    }
    if (!has_cap && line->cap_share.numerator != 0) {
        has_cap = true;
        require(s, (wide)s->out->year * line->cap_share.numerator);
        cap = (int64_t)((wide)s->out->year * line->cap_share.numerator / line->cap_share.denominator);
    }
    s->out->least = has_floor ? divide_up(floor, unit) * unit : 0;
    s->out->most = has_cap ? cap / unit * unit : TL_WHAT_IF_MAX;
    s->out->holds = s->out->holds && s->out->least <= s->out->most;
}

static wide limit(wide value, wide least, wide most)
{
    return value < least ? least : value > most ? most : value;
}

/* What all pay in sum where member i stands at `bound`, times its weight. */
static wide reach(const struct solving *s, size_t i, int64_t bound)
{
    const struct tl_what_if_step *steps = s->out->steps;
    wide sum = 0;
    for (size_t j = 0; j < s->plan->member_count; j++)
        if (steps[j].keyed)
            sum += limit((wide)bound * steps[j].weight, (wide)s->out->least * steps[i].weight,
                         (wide)s->out->most * steps[i].weight);
    return sum;
}

/* Who stands at the floor or the cap, and what is left for the others. */
static void hold_bounds(struct solving *s)
{
    struct tl_what_if_budget_result *out = s->out;
    wide least = 0, most = 0;
    bool has_floor = out->least > 0, has_cap = out->most < TL_WHAT_IF_MAX;
    out->rest = out->pool;
    for (size_t i = 0; i < s->plan->member_count; i++) {
        struct tl_what_if_step *step = &out->steps[i];
        wide pool = (wide)out->pool * step->weight;
        step->state = step->keyed ? TL_WHAT_IF_FREE : TL_WHAT_IF_NOBODY;
        if (step->keyed && (has_floor || has_cap)) {
            step->floor_reach = has_floor ? reach(s, i, out->least) : 0;
            step->cap_reach = has_cap ? reach(s, i, out->most) : 0;
            if (step->weight == 0 || (has_floor && pool <= step->floor_reach))
                step->state = TL_WHAT_IF_AT_FLOOR;
            else if (has_cap && pool >= step->cap_reach)
                step->state = TL_WHAT_IF_AT_CAP;
        }
        out->free_weight += step->state == TL_WHAT_IF_FREE ? step->weight : 0;
        out->rest -= step->state == TL_WHAT_IF_AT_FLOOR ? out->least : step->state == TL_WHAT_IF_AT_CAP ? out->most : 0;
        least += step->keyed ? out->least : 0;
        most += step->keyed ? (step->weight > 0 ? out->most : out->least) : 0;
    }
    out->holds = out->holds && least <= out->pool && most >= out->pool;
    out->holds = out->holds && (out->free_weight > 0 ? out->rest >= 0 : out->rest == 0);
}

/* The rest, in digits of the base, the first first. */
static void cut_rest(struct solving *s)
{
    int64_t rest = s->out->rest < 0 ? 0 : s->out->rest;
    for (size_t l = s->line->limb_count; l-- > 0;) {
        s->out->limbs[l] = rest % s->line->base;
        rest /= s->line->base;
    }
    s->out->holds = s->out->holds && rest == 0;
}

/* rest x weight / free weight, digit by digit. */
static void divide(struct solving *s, struct tl_what_if_step *step)
{
    const struct tl_what_if_budget_result *out = s->out;
    wide whole = 0;
    int64_t rest = 0;
    for (size_t l = 0; l < s->line->limb_count && step->state == TL_WHAT_IF_FREE; l++) {
        wide next = (wide)rest * s->line->base + (wide)step->weight * out->limbs[l];
        require(s, next);
        if (!out->holds)
            return;
        step->quotients[l] = (int64_t)(next / out->free_weight);
        rest = step->rests[l] = (int64_t)(next % out->free_weight);
        whole = whole * s->line->base + step->quotients[l];
    }
    require(s, whole);
    step->fraction = rest;
    step->whole = step->state == TL_WHAT_IF_AT_FLOOR ? out->least
                  : step->state == TL_WHAT_IF_AT_CAP ? out->most
                                                     : (int64_t)whole;
}

size_t tl_what_if_carry_digits(const struct tl_what_if_line *line, int64_t powers[TL_WHAT_IF_LIMBS_MAX])
{
    size_t count = 0;
    for (int64_t left = TL_CARRY_PARTS; left > 1 && count < TL_WHAT_IF_LIMBS_MAX; count++) {
        powers[count] = left < line->base ? left : line->base;
        left /= powers[count];
    }
    return count;
}

/* The fraction in parts of a minor unit, and with them what is carried. */
static void add_carried(struct solving *s, struct tl_what_if_step *step, int64_t carried)
{
    int64_t powers[TL_WHAT_IF_LIMBS_MAX], rest = step->fraction, parts = 0;
    size_t count = tl_what_if_carry_digits(s->line, powers);
    for (size_t l = 0; l < count; l++) {
        wide next = (wide)rest * powers[l];
        bool divides = step->state == TL_WHAT_IF_FREE;
        step->carry_quotients[l] = divides ? (int64_t)(next / s->out->free_weight) : 0;
        rest = step->carry_rests[l] = divides ? (int64_t)(next % s->out->free_weight) : 0;
        parts = parts * powers[l] + step->carry_quotients[l];
    }
    parts += carried;
    step->raw = parts;
    int64_t whole = parts / TL_CARRY_PARTS - (parts % TL_CARRY_PARTS < 0 ? 1 : 0);
    step->claim = step->whole + whole;
    step->parts = parts - whole * TL_CARRY_PARTS;
    step->last = rest;
}

static int64_t floor_units(int64_t amount, int64_t unit)
{
    int64_t units = amount / unit;
    return (units - (amount % unit < 0 ? 1 : 0)) * unit;
}

/* Everybody's whole rounding units within the bounds, and what that leaves. */
static void start(struct solving *s)
{
    struct tl_what_if_budget_result *out = s->out;
    out->left = out->pool;
    for (size_t i = 0; i < s->plan->member_count; i++) {
        struct tl_what_if_step *step = &out->steps[i];
        if (!step->keyed)
            continue;
        divide(s, step);
        if (s->line->carries)
            add_carried(s, step, s->line->claims[i].carried);
        else {
            step->claim = step->whole;
            step->parts = step->fraction;
        }
        step->start = (int64_t)limit(floor_units(step->claim, s->line->unit), out->least, out->most);
        step->lack = step->claim - step->start;
        out->left -= step->start;
    }
    out->units = floor_units(out->left, s->line->unit) / s->line->unit;
    out->odd = out->left - out->units * s->line->unit;
}

/* Does b come after a: less is lacking; ties to the larger weight, then to the lower code? */
static bool comes_after(const struct tl_what_if_step *a, const struct tl_what_if_step *b, bool a_is_first)
{
    if (a->lack != b->lack)
        return a->lack > b->lack;
    if (a->parts != b->parts)
        return a->parts > b->parts;
    if (a->last != b->last)
        return a->last > b->last;
    return a->weight != b->weight ? a->weight > b->weight : a_is_first;
}

/* One unit each to those who lack most, or back from those who lack least; the part that is smaller than a unit to the
 * next in line. */
static void give(struct solving *s)
{
    struct tl_what_if_budget_result *out = s->out;
    int64_t unit = s->line->unit;
    bool gives = out->units >= 0;
    for (size_t i = 0; i < s->plan->member_count; i++) {
        struct tl_what_if_step *step = &out->steps[i];
        step->takes_part = step->keyed && (gives ? step->start + unit <= out->most : step->start - unit >= out->least);
        out->taking_part += step->takes_part ? 1 : 0;
    }
    for (size_t i = 0; i < s->plan->member_count; i++) {
        struct tl_what_if_step *step = &out->steps[i];
        for (size_t j = 0; step->keyed && j < s->plan->member_count; j++)
            step->ahead += j != i && out->steps[j].takes_part && comes_after(&out->steps[j], step, j < i) ? 1 : 0;
        if (step->takes_part && gives)
            step->given = step->ahead < out->units ? 1 : 0;
        else if (step->takes_part)
            step->given = out->taking_part - 1 - step->ahead < -out->units ? -1 : 0;
        step->odd = step->takes_part && step->ahead == out->units ? out->odd : 0;
        step->amount = step->fixed + (step->keyed ? step->start + unit * step->given + step->odd : 0);
    }
    /* what a single round can't do: more units than takers, or an odd part after some were taken back */
    int64_t moved = gives ? out->units : -out->units;
    out->holds = out->holds && moved <= out->taking_part && (out->odd == 0 || (gives && moved < out->taking_part));
}

tl_status tl_what_if_solve_budget(struct tl_what_if_budget_result *out, const struct tl_what_if *plan,
                                  const struct tl_what_if_line *line, tl_what_if_setting setting, struct tl_err *err)
{
    bool has;
    struct solving s = {out, plan, line, setting};
    *out = (struct tl_what_if_budget_result){.holds = true};
    out->steps = tl_arena_alloc(plan->arena, plan->member_count, sizeof *out->steps);
    if (out->steps == NULL)
        return tl_err_memory(err);
    out->budget = tl_what_if_value(&has, &line->budget, setting);
    require(&s, (wide)out->budget * line->index.numerator * 2);
    out->year = tl_what_if_indexed(&line->index, out->budget, 1);
    take_members(&s);
    out->pool = out->year - out->fixed;
    weigh(&s);
    take_bounds(&s);
    hold_bounds(&s);
    cut_rest(&s);
    start(&s);
    give(&s);
    return TL_OK;
}
