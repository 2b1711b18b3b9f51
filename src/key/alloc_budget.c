/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Lines with a budget: the total is decided, the key tells the shares. In this order: the key's weights, floor and
 * cap with redistribution, the rounding unit, largest remainder.
 *
 * Floor and cap bind amounts that are rounded, so they are first moved inwards to whole rounding units: a floor up,
 * a cap down. What is exact then lies between whole units, and so does what is rounded.
 */
#include "alloc_run.h"

#include <stdlib.h>
#include <string.h>

#include "clamp.h"
#include "footing.h"
#include "keep.h"

/* One budgeted line on the way. */
struct budget {
    struct tl_line_result *result;
    struct tl_alloc_run *run;
    const struct tl_line *line;
    struct tl_key_source source;
    struct tl_key_weights weights;
    struct tl_numbers entitlements; /* minor units */
    struct tl_clamp clamp;
    int64_t *least, *most; /* NULL when the line has neither floor nor cap */
    tl_clamp_state *states;
    int64_t *amounts;
};

static tl_status figure_of(const struct tl_figure **out, size_t member, const char *measure, void *context,
                           struct tl_err *err)
{
    const struct budget *budget = context;
    tl_status status = tl_alloc_figure(out, budget->run, budget->result->shares[member].member, measure, err);
    if (status == TL_ERR_MISSING)
        tl_err_hint(err, "import the figure, with its source");
    return status;
}

static tl_status class_of(const char **out, size_t member, void *context, struct tl_err *err)
{
    const struct budget *budget = context;
    struct tl_share share = {.member = budget->result->shares[member].member};
    tl_status status = tl_alloc_classify(&share, budget->run, err);
    if (status == TL_OK)
        *out = share.size_class->name;
    return status;
}

static const char *code_of(size_t member, void *context)
{
    const struct budget *budget = context;
    return budget->result->shares[member].member->code;
}

static bool is_bounded(const struct tl_line *line)
{
    return line->has_floor || line->has_cap;
}

static tl_status check_bounds(const struct tl_line *line, struct tl_err *err)
{
    char floor[TL_MONEY_TEXT_SIZE], cap[TL_MONEY_TEXT_SIZE], budget[TL_MONEY_TEXT_SIZE];
    if (!is_bounded(line))
        return TL_OK;
    if (line->budget.minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE,
                          "line '%s' has a floor or a cap, which a budget below zero (%s) cannot have", line->id,
                          tl_money_da(line->budget, budget));
    if (line->has_floor && line->floor.minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the floor of line '%s' is below zero: %s", line->id,
                          tl_money_da(line->floor, floor));
    if (line->has_cap && line->cap.minor < 0)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the cap of line '%s' is below zero: %s", line->id,
                          tl_money_da(line->cap, cap));
    if (line->has_floor && line->has_cap && line->floor.minor > line->cap.minor)
        return tl_err_set(err, TL_ERR_INFEASIBLE, "the floor of line '%s', %s, is above its cap, %s", line->id,
                          tl_money_da(line->floor, floor), tl_money_da(line->cap, cap));
    return TL_OK;
}

/* The bounds in whole rounding units. */
static tl_status set_bounds(struct budget *budget, struct tl_err *err)
{
    const struct tl_line *line = budget->line;
    size_t count = budget->result->share_count;
    int64_t unit = tl_alloc_unit(line);
    tl_status status = check_bounds(line, err);
    if (status != TL_OK || !is_bounded(line))
        return status;
    int64_t least = line->has_floor ? (line->floor.minor + unit - 1) / unit * unit : 0;
    int64_t most = line->has_cap ? line->cap.minor / unit * unit : INT64_MAX;
    if (least > most) {
        char floor[TL_MONEY_TEXT_SIZE], cap[TL_MONEY_TEXT_SIZE], step[TL_MONEY_TEXT_SIZE];
        return tl_err_set(err, TL_ERR_INFEASIBLE,
                          "between the floor %s and the cap %s of line '%s' lies no multiple of %s",
                          tl_money_da(line->floor, floor), tl_money_da(line->cap, cap), line->id,
                          tl_money_da((struct tl_money){unit}, step));
    }
    budget->least = calloc(count, sizeof *budget->least);
    budget->most = calloc(count, sizeof *budget->most);
    budget->states = calloc(count, sizeof *budget->states);
    if (budget->least == NULL || budget->most == NULL || budget->states == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        budget->least[i] = least;
        budget->most[i] = most;
    }
    return TL_OK;
}

/* Says by how much the bounds miss the budget. */
static tl_status refuse_bounds(const struct budget *budget, struct tl_err *err)
{
    struct tl_numbers weights = budget->weights.numbers;
    struct tl_arena *arena = &budget->run->out->arena;
    struct tl_frac least, most;
    char total[TL_MONEY_TEXT_SIZE];
    mpz_t bound;
    mpz_init(bound);
    tl_frac_init(&least);
    tl_frac_init(&most);
    for (size_t i = 0; i < weights.count; i++) {
        mpz_set_si(bound, budget->least[i]);
        mpz_add(mpq_numref(least.q), mpq_numref(least.q), bound);
        /* a member without weight stays at the floor */
        if (mpz_sgn(weights.values[i]) != 0 && budget->most[i] != INT64_MAX)
            mpz_set_si(bound, budget->most[i]);
        mpz_add(mpq_numref(most.q), mpq_numref(most.q), bound);
    }
    bool floors_fail = mpz_cmp_si(mpq_numref(least.q), budget->line->budget.minor) > 0;
    struct tl_frac *failing = floors_fail ? &least : &most;
    mpz_set_ui(mpq_denref(failing->q), 100);
    mpq_canonicalize(failing->q);
    const char *sum = tl_frac_da(failing, 2, arena);
    if (sum == NULL)
        (void)tl_err_memory(err);
    else
        (void)tl_err_set(err, TL_ERR_INFEASIBLE,
                         "the %s of line '%s' sum to %s for %zu members, %s than its budget of %s",
                         floors_fail ? "floors" : "caps", budget->line->id, sum, weights.count,
                         floors_fail ? "more" : "less", tl_money_da(budget->line->budget, total));
    tl_err_hint(err, floors_fail ? "lower the floor or raise the budget" : "raise the cap or lower the budget");
    tl_frac_release(&least);
    tl_frac_release(&most);
    mpz_clear(bound);
    return err->status;
}

/* Without bounds everybody is free, and the factor is budget / sum of weights. */
static tl_status solve_bounds(struct budget *budget, struct tl_err *err)
{
    const struct tl_numbers *weights = &budget->weights.numbers;
    if (budget->least == NULL) {
        mpz_set_si(budget->clamp.rest, budget->line->budget.minor);
        tl_numbers_sum(budget->clamp.free_weight, weights);
        return TL_OK;
    }
    tl_status status = tl_clamp_solve(&budget->clamp, budget->states, budget->line->budget.minor, weights,
                                      budget->least, budget->most, err);
    return status == TL_ERR_INFEASIBLE ? refuse_bounds(budget, err) : status;
}

static tl_clamp_state state_of(const struct budget *budget, size_t i)
{
    return budget->states == NULL ? TL_CLAMP_FREE : budget->states[i];
}

/* rest x weight / free weight for the free, the bound for the others, all over the free weight. */
static tl_status set_entitlements(struct budget *budget, struct tl_err *err)
{
    const struct tl_numbers *weights = &budget->weights.numbers;
    struct tl_numbers *out = &budget->entitlements;
    tl_status status = tl_numbers_init(out, weights->count, err);
    if (status != TL_OK)
        return status;
    if (mpz_sgn(budget->clamp.free_weight) != 0)
        mpz_set(out->denominator, budget->clamp.free_weight);
    for (size_t i = 0; i < weights->count; i++) {
        tl_clamp_state state = state_of(budget, i);
        if (state == TL_CLAMP_FREE)
            mpz_mul(out->values[i], weights->values[i], budget->clamp.rest);
        else
            mpz_mul_si(out->values[i], out->denominator,
                       state == TL_CLAMP_AT_FLOOR ? budget->least[i] : budget->most[i]);
    }
    return TL_OK;
}

static tl_status round_amounts(struct budget *budget, struct tl_err *err)
{
    struct tl_footing footing = {.total = budget->line->budget.minor,
                                 .unit = tl_alloc_unit(budget->line),
                                 .entitlements = &budget->entitlements,
                                 .weights = &budget->weights.numbers,
                                 .least = budget->least,
                                 .most = budget->most};
    budget->amounts = calloc(budget->result->share_count, sizeof *budget->amounts);
    if (budget->amounts == NULL)
        return tl_err_memory(err);
    return tl_footing_round(budget->amounts, &footing, err);
}

/* The parts of the formula that are the same for every member. */
struct formula {
    const char *rest;    /* 1200000.00 */
    const char *divisor; /* what the weight is divided by; "" for shares that sum to 1 */
};

static bool write_formula(struct formula *out, struct budget *budget)
{
    struct tl_arena *arena = &budget->run->out->arena;
    struct tl_frac rest, divisor;
    tl_frac_init(&rest);
    tl_frac_init(&divisor);
    mpz_set(mpq_numref(rest.q), budget->clamp.rest);
    mpz_set_ui(mpq_denref(rest.q), 100);
    mpq_canonicalize(rest.q);
    out->rest = tl_frac_decimal(&rest, 2, arena);
    mpz_set(mpq_numref(divisor.q), budget->clamp.free_weight);
    mpz_set(mpq_denref(divisor.q), budget->weights.numbers.denominator);
    mpq_canonicalize(divisor.q);
    bool unity = tl_key_gives_shares(budget->line->key) && mpq_cmp_ui(divisor.q, 1, 1) == 0;
    out->divisor = unity ? "" : tl_key_number(divisor.q, arena);
    tl_frac_release(&rest);
    tl_frac_release(&divisor);
    return out->rest != NULL && out->divisor != NULL;
}

/* `1200000.00 x 373388/4123456`; `max(..., 5000.00)` at the floor, `min(..., 150000.00)` at the cap. */
static tl_status write_working(struct budget *budget, size_t i, const struct formula *formula, struct tl_buf *buf,
                               struct tl_err *err)
{
    char bound[TL_MONEY_TEXT_SIZE];
    tl_clamp_state state = state_of(budget, i);
    bool shown = mpz_sgn(budget->clamp.free_weight) != 0;
    buf->length = 0;
    if (state != TL_CLAMP_FREE)
        tl_money_plain((struct tl_money){state == TL_CLAMP_AT_FLOOR ? budget->least[i] : budget->most[i]}, bound);
    if (state != TL_CLAMP_FREE && shown)
        tl_buf_text(buf, state == TL_CLAMP_AT_FLOOR ? "max(" : "min(");
    if (shown) {
        tl_buf_format(buf, "%s x ", formula->rest);
        tl_status status = tl_key_working(buf, &budget->weights, i, &budget->source, err);
        if (status != TL_OK)
            return status;
        tl_buf_format(buf, "%s%s", formula->divisor[0] == '\0' ? "" : "/", formula->divisor);
    }
    if (state != TL_CLAMP_FREE)
        tl_buf_format(buf, shown ? ", %s)" : "%s", bound);
    tl_status status = tl_buf_status(buf, err);
    if (status != TL_OK)
        return status;
    budget->result->shares[i].working = tl_arena_copy(&budget->run->out->arena, buf->bytes, buf->length);
    return budget->result->shares[i].working == NULL ? tl_err_memory(err) : TL_OK;
}

static bool keep_fractions(struct budget *budget, size_t i)
{
    struct tl_arena *arena = &budget->run->out->arena;
    struct tl_share *share = &budget->result->shares[i];
    mpq_t value, amount;
    mpq_init(value);
    mpq_init(amount);
    tl_numbers_get(value, &budget->weights.numbers, i);
    bool kept = tl_keep(&share->weight, value, arena);
    mpq_div(value, value, budget->weights.sum.q);
    kept = kept && tl_keep(&share->share, value, arena);
    tl_numbers_get(value, &budget->entitlements, i);
    kept = kept && tl_keep(&share->exact, value, arena);
    mpq_set_si(amount, share->amount.minor, 1);
    mpq_sub(value, amount, value);
    kept = kept && tl_keep(&share->rounding, value, arena);
    mpq_clear(value);
    mpq_clear(amount);
    return kept;
}

/* The figure a share is printed with: of the first measure the key names. */
static tl_status take_first(const char *measure, void *context)
{
    *(const char **)context = measure;
    return TL_ERR_STATE; /* ends the visit */
}

static tl_status fill_shares(struct budget *budget, struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_buf buf = TL_BUF_EMPTY;
    struct formula formula;
    const char *measure = NULL;
    tl_status status = write_formula(&formula, budget) ? TL_OK : tl_err_memory(err);
    (void)!tl_key_measures(budget->line->key, take_first, &measure);
    for (size_t i = 0; status == TL_OK && i < result->share_count; i++) {
        struct tl_share *share = &result->shares[i];
        share->amount.minor = budget->amounts[i];
        if (measure != NULL)
            status = tl_alloc_figure(&share->figure, budget->run, share->member, measure, err);
        if (status == TL_OK)
            status = write_working(budget, i, &formula, &buf, err);
        if (status == TL_OK && !keep_fractions(budget, i))
            status = tl_err_memory(err);
        if (status == TL_OK)
            status = tl_money_add(&result->total, result->total, share->amount, err);
    }
    tl_buf_release(&buf);
    return status;
}

static tl_status allocate(struct budget *budget, struct tl_err *err)
{
    struct tl_line_result *result = budget->result;
    struct tl_arena *arena = &budget->run->out->arena;
    tl_status status = set_bounds(budget, err);
    if (status == TL_OK)
        status = tl_key_weigh(&budget->weights, budget->line->key, &budget->source, err);
    if (status == TL_OK && !tl_keep(&result->weight_sum, budget->weights.sum.q, arena))
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = solve_bounds(budget, err);
    if (status == TL_OK)
        status = set_entitlements(budget, err);
    if (status == TL_OK)
        status = round_amounts(budget, err);
    if (status == TL_OK)
        status = fill_shares(budget, err);
    return status;
}

tl_status tl_alloc_budgeted(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    struct budget budget = {.result = result, .run = run, .line = line};
    budget.source = (struct tl_key_source){result->share_count, figure_of, class_of, code_of, &budget};
    result->known = true;
    tl_keep_zero(&result->weight_sum);
    result->key_text = tl_key_text_full(line->key, &run->out->arena);
    if (result->key_text == NULL)
        return tl_err_memory(err);
    if (result->share_count == 0 && tl_alloc_is_charged(line, run)) {
        (void)tl_err_set(err, TL_ERR_INFEASIBLE, "line '%s' has a budget, but no member in its scope in %d", line->id,
                         run->out->year);
        tl_err_hint(err, "let a member join, or take the line out of the terms");
        return TL_ERR_INFEASIBLE;
    }
    if (result->share_count == 0)
        return TL_OK;
    tl_clamp_init(&budget.clamp);
    tl_status status = allocate(&budget, err);
    tl_clamp_release(&budget.clamp);
    tl_key_weights_release(&budget.weights);
    tl_numbers_release(&budget.entitlements);
    free(budget.least);
    free(budget.most);
    free(budget.states);
    free(budget.amounts);
    return status;
}
