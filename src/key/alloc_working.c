/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How an amount of a budgeted line came about, as a formula.
 */
#include "alloc_budget.h"

#include <string.h>

/* An amount in 1/scale of a minor unit: `1200000.00`, or a fraction where it is not whole øre. */
static const char *write_scaled(mpz_srcptr amount, int64_t scale, struct tl_arena *arena)
{
    char text[TL_MONEY_TEXT_SIZE];
    mpq_t value;
    mpq_init(value);
    mpz_set(mpq_numref(value), amount);
    mpz_set_si(mpq_denref(value), scale);
    mpq_canonicalize(value);
    const char *written;
    if (mpz_cmp_ui(mpq_denref(value), 1) == 0 && mpz_fits_slong_p(mpq_numref(value)))
        written = tl_arena_text(arena, tl_money_plain((struct tl_money){mpz_get_si(mpq_numref(value))}, text));
    else {
        mpz_mul_ui(mpq_denref(value), mpq_denref(value), 100);
        mpq_canonicalize(value);
        written = tl_key_number(value, arena);
    }
    mpq_clear(value);
    return written;
}

/* What is shared out in a segment: with its time where that divides out, `300000.00 x 31/90`. */
static const char *write_rest(const struct tl_alloc_segment *segment)
{
    const struct tl_alloc_budget *budget = segment->budget;
    struct tl_arena *scratch = budget->run->scratch;
    int ticks = segment->range.behind - segment->range.first, of_ticks = budget->scope->ticks.count;
    mpz_t of_period;
    mpz_init(of_period);
    const char *written;
    if (ticks < of_ticks && mpz_divisible_ui_p(segment->clamp.rest, (unsigned long)ticks)) {
        mpz_mul_si(of_period, segment->clamp.rest, of_ticks);
        mpz_divexact_ui(of_period, of_period, (unsigned long)ticks);
        const char *amount = write_scaled(of_period, segment->scale, scratch);
        written = amount == NULL ? NULL : tl_arena_format(scratch, "%s x %d/%d", amount, ticks, of_ticks);
    } else
        written = write_scaled(segment->clamp.rest, segment->scale, scratch);
    mpz_clear(of_period);
    return written;
}

tl_status tl_alloc_prepare_formula(struct tl_alloc_formula *out, const struct tl_alloc_segment *segment,
                                   struct tl_err *err)
{
    mpq_t divisor;
    mpq_init(divisor);
    mpz_set(mpq_numref(divisor), segment->clamp.free_weight);
    mpz_set(mpq_denref(divisor), segment->weights.numbers.denominator);
    mpq_canonicalize(divisor);
    bool unity = tl_key_gives_shares(segment->budget->line->key) && mpq_cmp_ui(divisor, 1, 1) == 0;
    out->divisor = unity ? "" : tl_key_number(divisor, segment->budget->run->scratch);
    out->rest = write_rest(segment);
    mpq_clear(divisor);
    return out->divisor == NULL || out->rest == NULL ? tl_err_memory(err) : TL_OK;
}

/* `1200000.00 x 21.08342%` */
static tl_status write_published(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t keyed,
                                 struct tl_err *err)
{
    struct tl_arena *scratch = segment->budget->run->scratch;
    char percent[TL_RATIO_TEXT_SIZE];
    const char *rest = write_scaled(segment->rest, segment->scale, scratch);
    if (rest == NULL)
        return tl_err_memory(err);
    tl_buf_format(buf, "%s x %s", rest,
                  tl_ratio_percent(tl_ratio_of(segment->published[keyed], segment->published_whole), percent));
    return TL_OK;
}

static tl_status write_weighted(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t keyed,
                                const struct tl_alloc_formula *formula, struct tl_err *err)
{
    tl_buf_format(buf, "%s x ", formula->rest);
    tl_status status = tl_key_working(buf, &segment->weights, keyed, &segment->key_source, err);
    tl_buf_format(buf, "%s%s", formula->divisor[0] == '\0' ? "" : "/", formula->divisor);
    return status;
}

/* The bound a member stands at: `5000.00`, `5000.00 x 72/365`. */
static void write_bound(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t keyed)
{
    const struct tl_alloc_budget *budget = segment->budget;
    bool at_floor = tl_alloc_state(segment, keyed) == TL_CLAMP_AT_FLOOR;
    bool is_moved = tl_alloc_bounds_bind(segment);
    int64_t moved = at_floor ? segment->least[keyed] : segment->most[keyed];
    int64_t year = at_floor ? budget->floor_minor : budget->cap_minor;
    char text[TL_MONEY_TEXT_SIZE];
    tl_buf_text(buf, tl_money_plain((struct tl_money){is_moved ? moved : year}, text));
    if (!is_moved)
        tl_alloc_time_working(buf, budget->scope, segment->range.behind - segment->range.first);
}

/* `1200000.00 x 373388/4123456`; `max(..., 5000.00)` at the floor, `min(..., 150000.00)` at the cap. */
static tl_status write_keyed(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t keyed,
                             const struct tl_alloc_formula *formula, struct tl_err *err)
{
    tl_clamp_state state = tl_alloc_state(segment, keyed);
    if (segment->published != NULL)
        return write_published(buf, segment, keyed, err);
    if (state == TL_CLAMP_FREE)
        return write_weighted(buf, segment, keyed, formula, err);
    /* where nobody is free there is no factor that a weight could be multiplied with */
    if (mpz_sgn(segment->clamp.free_weight) == 0) {
        write_bound(buf, segment, keyed);
        return TL_OK;
    }
    tl_buf_text(buf, state == TL_CLAMP_AT_FLOOR ? "max(" : "min(");
    tl_status status = write_weighted(buf, segment, keyed, formula, err);
    tl_buf_text(buf, ", ");
    write_bound(buf, segment, keyed);
    tl_buf_text(buf, ")");
    return status;
}

tl_status tl_alloc_write_working(struct tl_buf *buf, const struct tl_alloc_segment *segment, size_t present,
                                 size_t keyed, const struct tl_alloc_formula *formula, struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    const struct tl_alloc_fixed *fixed = budget->fixed == NULL ? NULL : &budget->fixed[segment->present[present]];
    bool is_fixed = fixed != NULL && (fixed->agreed != NULL || fixed->first_share != NULL);
    char amount[TL_MONEY_TEXT_SIZE];
    buf->length = 0;
    if (is_fixed) {
        tl_buf_text(buf, fixed->agreed != NULL ? tl_money_plain(fixed->agreed->amount, amount) : fixed->first_text);
        tl_alloc_time_working(buf, budget->scope, segment->range.behind - segment->range.first);
    }
    tl_status status = TL_OK;
    if (keyed != SIZE_MAX) {
        tl_buf_text(buf, is_fixed ? " + " : "");
        status = write_keyed(buf, segment, keyed, formula, err);
    }
    return status == TL_OK ? tl_buf_status(buf, err) : status;
}
