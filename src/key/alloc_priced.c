/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Lines with a price: price x (1 + markup), rounded to the line's unit with halves away from zero; nothing for
 * members with the line's waiver. Income follows from who is in the line.
 */
#include "alloc_run.h"

#include "keep.h"
#include "tilslut/base/text.h"

static bool has_waiver(const struct tl_member *member, const char *waiver)
{
    for (size_t i = 0; i < member->waiver_count; i++)
        if (tl_text_equal(member->waivers[i], waiver))
            return true;
    return false;
}

/* The price of the member, or *known false. */
static tl_status find_price(struct tl_share *share, bool *known, const struct tl_line *line,
                            const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_price *price = &line->price;
    *known = true;
    if (price->kind == TL_PRICE_FLAT) {
        share->price = price->flat;
        return TL_OK;
    }
    if (price->kind != TL_PRICE_PER_CLASS) {
        *known = false;
        return TL_OK;
    }
    if (run->terms->class_count == 0)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' has a price per class, but the terms have no classes",
                          line->id);
    tl_status status = tl_alloc_classify(share, run, err);
    if (status != TL_OK)
        return status;
    const struct tl_class_price *of_class = &price->per_class[share->size_class - run->terms->classes];
    *known = of_class->known;
    share->price = of_class->known ? of_class->amount : (struct tl_money){0};
    return TL_OK;
}

static void find_markup(struct tl_share *share, const struct tl_line *line)
{
    share->markup = tl_ratio_of(0, 1);
    if (line->markup.present)
        share->markup = share->member->association == TL_ASSOCIATION_MEMBER ? line->markup.member : line->markup.other;
}

/* `32000.00 x 1.09`, and ` x 0` for what is waived. */
static tl_status write_working(struct tl_share *share, mpq_srcptr factor, struct tl_arena *arena, struct tl_err *err)
{
    char price[TL_MONEY_TEXT_SIZE];
    const char *by = "", *text = "";
    if (share->markup.numerator != 0) {
        by = " x ";
        text = tl_key_number(factor, arena);
    }
    if (text != NULL)
        share->working = tl_arena_format(arena, "%s%s%s%s", tl_money_plain(share->price, price), by, text,
                                         share->waived == NULL ? "" : " x 0");
    return share->working == NULL ? tl_err_memory(err) : TL_OK;
}

/* exact = price x factor; amount = exact rounded to whole units, halves away from zero. */
static tl_status round_amount(struct tl_share *share, mpq_srcptr factor, int64_t unit, struct tl_err *err)
{
    struct tl_frac units, whole_unit;
    struct tl_money rounded;
    tl_frac_init(&units);
    tl_frac_init(&whole_unit);
    tl_frac_set_whole(&units, share->price.minor);
    mpq_mul(units.q, units.q, factor);
    tl_frac_set_whole(&whole_unit, unit);
    mpq_div(units.q, units.q, whole_unit.q);
    tl_status status = tl_frac_round_money(&rounded, &units, err);
    if (status == TL_OK && (rounded.minor > TL_MONEY_MAX_MINOR / unit || rounded.minor < -TL_MONEY_MAX_MINOR / unit))
        status = tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
    if (status == TL_OK)
        share->amount.minor = rounded.minor * unit;
    tl_frac_release(&units);
    tl_frac_release(&whole_unit);
    return status;
}

static tl_status keep_exact(struct tl_share *share, mpq_srcptr factor, struct tl_arena *arena, struct tl_err *err)
{
    mpq_t exact, rounding;
    mpq_init(exact);
    mpq_init(rounding);
    mpq_set_si(exact, share->price.minor, 1);
    mpq_mul(exact, exact, factor);
    mpq_set_si(rounding, share->amount.minor, 1);
    mpq_sub(rounding, rounding, exact);
    bool kept = tl_keep(&share->exact, exact, arena) && tl_keep(&share->rounding, rounding, arena);
    mpq_clear(exact);
    mpq_clear(rounding);
    return kept ? TL_OK : tl_err_memory(err);
}

static tl_status price_share(struct tl_share *share, const struct tl_line *line, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_frac factor;
    find_markup(share, line);
    if (share->markup.denominator <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "the markup of line '%s' is no number", line->id);
    if (line->waived_for != NULL && has_waiver(share->member, line->waived_for))
        share->waived = line->waived_for;
    tl_frac_init(&factor);
    tl_frac_set_ratio(&factor, share->markup);
    mpz_add(mpq_numref(factor.q), mpq_numref(factor.q), mpq_denref(factor.q));
    tl_status status = write_working(share, factor.q, arena, err);
    if (share->waived != NULL)
        tl_frac_set_whole(&factor, 0);
    if (status == TL_OK)
        status = round_amount(share, factor.q, tl_alloc_unit(line), err);
    if (status == TL_OK)
        status = keep_exact(share, factor.q, arena, err);
    tl_frac_release(&factor);
    return status;
}

/* What is not yet known has no amounts: not in part either, since the line cannot be billed in part. */
static void forget_amounts(struct tl_line_result *result)
{
    for (size_t i = 0; i < result->share_count; i++) {
        struct tl_share *share = &result->shares[i];
        share->amount = (struct tl_money){0};
        share->working = "";
        tl_keep_zero(&share->exact);
        tl_keep_zero(&share->rounding);
    }
    result->total = (struct tl_money){0};
}

tl_status tl_alloc_priced(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    tl_keep_zero(&result->weight_sum);
    result->known = line->price.kind != TL_PRICE_NOT_YET_KNOWN;
    for (size_t i = 0; i < result->share_count; i++) {
        struct tl_share *share = &result->shares[i];
        bool known;
        tl_keep_zero(&share->weight);
        tl_keep_zero(&share->share);
        tl_status status = find_price(share, &known, line, run, err);
        result->known = result->known && known;
        if (status == TL_OK)
            status = price_share(share, line, &run->out->arena, err);
        if (status == TL_OK)
            status = tl_money_add(&result->total, result->total, share->amount, err);
        if (status != TL_OK)
            return status;
    }
    if (!result->known)
        forget_amounts(result);
    return TL_OK;
}
