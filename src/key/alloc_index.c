/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Indexation: an amount x the index value of the billing year / the one at the base, rounded by the line's rule.
 */
#include "alloc_run.h"

#include <string.h>

#include "tilslut/base/text.h"

static tl_status find_value(const struct tl_index_value **out, const char *index, struct tl_date on,
                            const struct tl_alloc_request *request, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < request->index_value_count; i++) {
        const struct tl_index_value *value = &request->index_values[i];
        if (tl_date_compare(value->holds_on, on) != 0 || !tl_text_equal(value->index, index))
            continue;
        if (value->value.numerator <= 0 || value->value.denominator <= 0)
            return tl_err_set(err, TL_ERR_INPUT, "the value of the index '%s' for %s is not above zero", index,
                              tl_date_iso(on, date));
        *out = value;
        return TL_OK;
    }
    (void)tl_err_set(err, TL_ERR_MISSING, "the index '%s' has no value for %s", index, tl_date_iso(on, date));
    tl_err_hint(err, "record the value, with its source");
    return TL_ERR_MISSING;
}

tl_status tl_alloc_find_index(struct tl_line_result *result, const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_indexation *rule = &result->line->indexation;
    if (rule->index == NULL)
        return TL_OK;
    struct tl_date now = tl_date_of(run->out->year - rule->years_before, rule->month, rule->day);
    if (tl_date_is_none(now) || tl_date_is_none(rule->base) || rule->round_to_minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "the indexation of line '%s' has no date or no unit to round to",
                          result->line->id);
    tl_status status = find_value(&result->index_base, rule->index, rule->base, run->request, err);
    return status == TL_OK ? find_value(&result->index_now, rule->index, now, run->request, err) : status;
}

/* To whole multiples of `unit`, by the rule. */
static void round_by_rule(mpq_t amount, int64_t unit, tl_rounding rule)
{
    mpz_t rest, size;
    int sign = mpq_sgn(amount);
    mpz_init(rest);
    mpz_init(size);
    mpz_mul_si(size, mpq_denref(amount), unit);
    mpz_abs(mpq_numref(amount), mpq_numref(amount));
    mpz_fdiv_qr(mpq_numref(amount), rest, mpq_numref(amount), size);
    mpz_mul_2exp(rest, rest, 1);
    bool up = rule == TL_ROUNDING_NEAREST ? mpz_cmp(rest, size) >= 0 : rule == TL_ROUNDING_UP && mpz_sgn(rest) != 0;
    if (up)
        mpz_add_ui(mpq_numref(amount), mpq_numref(amount), 1);
    mpz_mul_si(mpq_numref(amount), mpq_numref(amount), sign < 0 ? -unit : unit);
    mpz_set_ui(mpq_denref(amount), 1);
    mpz_clear(rest);
    mpz_clear(size);
}

static int64_t index_unit(const struct tl_indexation *rule)
{
    return rule->round_to_minor == 0 ? 1 : rule->round_to_minor;
}

void tl_alloc_index(mpq_t amount, const struct tl_line_result *result)
{
    struct tl_frac factor;
    if (result->index_now == NULL)
        return;
    tl_frac_init(&factor);
    tl_frac_set_ratio(&factor, result->index_now->value);
    mpq_mul(amount, amount, factor.q);
    tl_frac_set_ratio(&factor, result->index_base->value);
    mpq_div(amount, amount, factor.q);
    tl_frac_release(&factor);
    round_by_rule(amount, index_unit(&result->line->indexation), result->line->indexation.rounding);
}

tl_status tl_line_result_index(struct tl_money *out, const struct tl_line_result *result, struct tl_money amount,
                               struct tl_err *err)
{
    struct tl_frac indexed;
    tl_frac_init(&indexed);
    tl_frac_set_whole(&indexed, amount.minor);
    tl_alloc_index(indexed.q, result);
    tl_status status = tl_frac_round_money(out, &indexed, err);
    tl_frac_release(&indexed);
    return status;
}

/* `round(25000.00 x 118.3/115.2, 0.01)` */
void tl_alloc_index_working(struct tl_buf *buf, const char *text, const struct tl_line_result *result)
{
    static const char *const functions[] = {
        [TL_ROUNDING_NEAREST] = "round", [TL_ROUNDING_UP] = "roundup", [TL_ROUNDING_DOWN] = "rounddown"};
    char now[TL_RATIO_TEXT_SIZE], base[TL_RATIO_TEXT_SIZE], unit[TL_MONEY_TEXT_SIZE];
    if (result->index_now == NULL) {
        tl_buf_text(buf, text);
        return;
    }
    const struct tl_indexation *rule = &result->line->indexation;
    tl_ratio_text(result->index_now->value, now);
    tl_ratio_text(result->index_base->value, base);
    bool now_is_fraction = strchr(now, '/') != NULL, base_is_fraction = strchr(base, '/') != NULL;
    tl_buf_format(buf, "%s(%s x %s%s%s/%s%s%s, %s)", functions[rule->rounding], text, now_is_fraction ? "(" : "", now,
                  now_is_fraction ? ")" : "", base_is_fraction ? "(" : "", base, base_is_fraction ? ")" : "",
                  tl_money_plain((struct tl_money){index_unit(rule)}, unit));
}
