/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Lines with a price. In this order: the price (alloc_price.c), the part of passive members, the markup, rebates,
 * the part of the year, rounding to the line's unit with halves away from zero; nothing for members with the line's
 * waiver. An amount agreed with a member stands in the place of all of this but the part of the year. Income follows
 * from who is in the line. A joining fee that the terms a member signed fix is computed by their line.
 */
#include "alloc_run.h"

#include "keep.h"
#include "tilslut/base/text.h"

/* One member's share on the way. */
struct priced {
    struct tl_share *share;
    const struct tl_line *line;
    const struct tl_alloc_run *run;
    const struct tl_alloc_scope *scope;
    int present;  /* ticks */
    int64_t unit; /* that the amount is rounded to */
    mpq_t exact;  /* minor units */
    mpq_t whole;  /* the same without what reduces it */
    struct tl_buf buf;
    struct tl_buf reasons; /* of what reduces it */
};

/* Takes down one thing that reduces what a member pays. */
static void reduce(struct priced *priced, const char *kind, const char *tag)
{
    tl_buf_format(&priced->reasons, "%s%s%s%s", priced->reasons.length == 0 ? "" : ", ", kind,
                  tag[0] == '\0' ? "" : " ", tag);
}

static bool has_tag(const struct tl_member *member, const char *tag)
{
    for (size_t i = 0; i < member->waiver_count; i++)
        if (tl_text_equal(member->waivers[i], tag))
            return true;
    return false;
}

static tl_status multiply(struct priced *priced, mpq_srcptr factor, struct tl_err *err)
{
    const char *text = tl_key_number(factor, priced->run->scratch);
    if (text == NULL)
        return tl_err_memory(err);
    mpq_mul(priced->exact, priced->exact, factor);
    tl_buf_format(&priced->buf, " x %s", text);
    return TL_OK;
}

/* What passive members pay of the price, and 1 + markup. */
static tl_status apply_factors(struct priced *priced, struct tl_err *err)
{
    const struct tl_line *line = priced->line;
    struct tl_share *share = priced->share;
    struct tl_frac factor;
    tl_status status = TL_OK;
    tl_frac_init(&factor);
    share->pays_as_passive = share->member->is_passive && !tl_ratio_is_none(line->passive);
    if (share->pays_as_passive) {
        tl_frac_set_ratio(&factor, line->passive);
        status = multiply(priced, factor.q, err);
        reduce(priced, "passive", "");
    }
    share->markup = tl_ratio_of(0, 1);
    if (line->markup.present)
        share->markup = share->member->association == TL_ASSOCIATION_MEMBER ? line->markup.member : line->markup.other;
    if (share->markup.denominator <= 0)
        status = tl_err_set(err, TL_ERR_INPUT, "the markup of line '%s' is no number", line->id);
    else if (status == TL_OK && share->markup.numerator != 0) {
        tl_frac_set_ratio(&factor, share->markup);
        mpz_add(mpq_numref(factor.q), mpq_numref(factor.q), mpq_denref(factor.q));
        mpq_mul(priced->whole, priced->whole, factor.q);
        status = multiply(priced, factor.q, err);
    }
    tl_frac_release(&factor);
    return status;
}

/* Rebates that are a part of the price: x (1 - share). */
static tl_status apply_rebate_shares(struct priced *priced, struct tl_err *err)
{
    struct tl_frac factor;
    tl_status status = TL_OK;
    tl_frac_init(&factor);
    for (size_t i = 0; status == TL_OK && i < priced->line->rebate_count; i++) {
        const struct tl_rebate *rebate = &priced->line->rebates[i];
        if (tl_ratio_is_none(rebate->share) || !has_tag(priced->share->member, rebate->tag))
            continue;
        tl_frac_set_ratio(&factor, rebate->share);
        mpz_sub(mpq_numref(factor.q), mpq_denref(factor.q), mpq_numref(factor.q));
        if (mpq_sgn(factor.q) < 0)
            status = tl_err_set(err, TL_ERR_INPUT, "the rebate '%s' of line '%s' is more than the whole price",
                                rebate->tag, priced->line->id);
        else {
            status = multiply(priced, factor.q, err);
            reduce(priced, "rebate", rebate->tag);
        }
    }
    tl_frac_release(&factor);
    return status;
}

/* Writes the formula so far between `before` and `behind`. */
static tl_status enclose(struct tl_buf *buf, const char *before, const char *behind, struct tl_arena *scratch,
                         struct tl_err *err)
{
    const char *text = tl_arena_format(scratch, "%s%s%s", before, tl_buf_string(buf), behind);
    if (text == NULL)
        return tl_err_memory(err);
    buf->length = 0;
    tl_buf_text(buf, text);
    return TL_OK;
}

/* Rebates that are an amount: they never leave less than nothing. */
static tl_status apply_rebate_amounts(struct priced *priced, bool more_follows, struct tl_err *err)
{
    char text[TL_MONEY_TEXT_SIZE];
    mpq_t amount;
    bool any = false;
    mpq_init(amount);
    for (size_t i = 0; i < priced->line->rebate_count; i++) {
        const struct tl_rebate *rebate = &priced->line->rebates[i];
        if (!tl_ratio_is_none(rebate->share) || !has_tag(priced->share->member, rebate->tag))
            continue;
        any = true;
        mpq_set_si(amount, rebate->amount.minor, 1);
        mpq_sub(priced->exact, priced->exact, amount);
        tl_buf_format(&priced->buf, " - %s", tl_money_plain(rebate->amount, text));
        reduce(priced, "rebate", rebate->tag);
    }
    mpq_clear(amount);
    if (any && mpq_sgn(priced->exact) < 0) {
        mpq_set_ui(priced->exact, 0, 1);
        return enclose(&priced->buf, "max(", ", 0)", priced->run->scratch, err);
    }
    return any && more_follows ? enclose(&priced->buf, "(", ")", priced->run->scratch, err) : TL_OK;
}

/* What the rebates took off, for whoever prints it. */
static tl_status apply_rebates(struct priced *priced, bool more_follows, struct tl_err *err)
{
    struct tl_frac off;
    tl_frac_init(&off);
    mpq_set(off.q, priced->exact);
    tl_status status = apply_rebate_shares(priced, err);
    if (status == TL_OK)
        status = apply_rebate_amounts(priced, more_follows, err);
    mpq_sub(off.q, off.q, priced->exact);
    if (status == TL_OK)
        status = tl_frac_round_money(&priced->share->rebate, &off, err);
    tl_frac_release(&off);
    return status;
}

/* To whole multiples of `unit`, halves away from zero. */
static tl_status round_to(struct tl_money *out, mpq_srcptr minor, int64_t unit, struct tl_err *err)
{
    struct tl_frac units;
    struct tl_money rounded;
    tl_frac_init(&units);
    mpq_set_si(units.q, unit, 1);
    mpq_div(units.q, minor, units.q);
    tl_status status = tl_frac_round_money(&rounded, &units, err);
    if (status == TL_OK && (rounded.minor > TL_MONEY_MAX_MINOR / unit || rounded.minor < -TL_MONEY_MAX_MINOR / unit))
        status = tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
    if (status == TL_OK)
        out->minor = rounded.minor * unit;
    tl_frac_release(&units);
    return status;
}

static void multiply_part(mpq_t value, int part, int whole)
{
    mpq_t factor;
    mpq_init(factor);
    mpq_set_si(factor, part, (unsigned long)whole);
    mpq_canonicalize(factor);
    mpq_mul(value, value, factor);
    mpq_clear(factor);
}

/* What is billed in parts of the year is a part of the year's rounded amount, so that the parts sum to it. `exact`
 * becomes that of the part. */
static tl_status round_amount(struct tl_money *out, mpq_t exact, const struct priced *priced, struct tl_err *err)
{
    const struct tl_alloc_scope *scope = priced->scope;
    int64_t unit = priced->unit;
    bool in_parts = tl_alloc_months(scope) < TL_MONTHS_PER_YEAR;
    struct tl_money year;
    mpq_t part;
    tl_status status = TL_OK;
    mpq_init(part);
    mpq_set(part, exact);
    if (in_parts) {
        status = round_to(&year, exact, unit, err);
        if (status == TL_OK)
            mpq_set_si(part, tl_alloc_period_part(year.minor, unit, scope), 1);
        multiply_part(exact, tl_alloc_months(scope), TL_MONTHS_PER_YEAR);
    }
    multiply_part(part, priced->present, scope->ticks.count);
    multiply_part(exact, priced->present, scope->ticks.count);
    if (status == TL_OK)
        status = round_to(out, part, unit, err);
    mpq_clear(part);
    return status;
}

static tl_status keep_results(struct priced *priced, struct tl_err *err)
{
    struct tl_share *share = priced->share;
    struct tl_arena *arena = &priced->run->out->arena;
    mpq_t rounding;
    mpq_init(rounding);
    mpq_set_si(rounding, share->amount.minor, 1);
    mpq_sub(rounding, rounding, priced->exact);
    bool kept = tl_keep(&share->exact, priced->exact, arena) && tl_keep(&share->rounding, rounding, arena);
    mpq_clear(rounding);
    share->working = kept ? tl_arena_text(arena, tl_buf_string(&priced->buf)) : NULL;
    return share->working == NULL ? tl_err_memory(err) : TL_OK;
}

/* What would be paid without what reduces it, and why it is less. A reduction of nothing is none. */
static tl_status keep_reduction(struct priced *priced, struct tl_err *err)
{
    struct tl_share *share = priced->share;
    tl_status status = tl_buf_status(&priced->reasons, err);
    if (status == TL_OK)
        status = round_amount(&share->gross, priced->whole, priced, err);
    if (status != TL_OK || share->gross.minor == share->amount.minor)
        return status;
    share->reduced_for = tl_arena_text(&priced->run->out->arena, tl_buf_string(&priced->reasons));
    return share->reduced_for == NULL ? tl_err_memory(err) : TL_OK;
}

/* The part of the year, rounding, and what is kept. */
static tl_status finish(struct priced *priced, struct tl_err *err)
{
    tl_status status = tl_buf_status(&priced->buf, err);
    if (status == TL_OK)
        status = round_amount(&priced->share->amount, priced->exact, priced, err);
    priced->share->gross = priced->share->amount;
    if (status == TL_OK && priced->reasons.length > 0)
        status = keep_reduction(priced, err);
    return status == TL_OK ? keep_results(priced, err) : status;
}

/* What was agreed is an amount to the øre, for the whole year. */
static tl_status compute_agreed(struct priced *priced, struct tl_err *err)
{
    struct tl_share *share = priced->share;
    char amount[TL_MONEY_TEXT_SIZE];
    share->price = share->agreed->amount;
    share->waived = NULL;
    priced->unit = 1;
    mpq_set_si(priced->exact, share->price.minor, 1);
    tl_buf_text(&priced->buf, tl_money_plain(share->price, amount));
    tl_alloc_time_working(&priced->buf, priced->scope, priced->present);
    return finish(priced, err);
}

static tl_status compute(struct priced *priced, const struct tl_alloc_price *price, struct tl_err *err)
{
    const struct tl_alloc_scope *scope = priced->scope;
    bool is_waived = priced->share->waived != NULL;
    bool is_part = tl_alloc_months(scope) < TL_MONTHS_PER_YEAR || priced->present < scope->ticks.count;
    mpq_mul(priced->exact, price->amount, price->quantity);
    mpq_set(priced->whole, priced->exact);
    tl_buf_text(&priced->buf, price->text);
    tl_status status = apply_factors(priced, err);
    if (status == TL_OK)
        status = apply_rebates(priced, is_part || is_waived, err);
    if (is_waived) {
        mpq_set_ui(priced->exact, 0, 1);
        tl_buf_text(&priced->buf, " x 0");
        reduce(priced, "waiver", priced->share->waived);
    } else
        tl_alloc_time_working(&priced->buf, scope, priced->present);
    return status == TL_OK ? finish(priced, err) : status;
}

/* A member's share of a line; *known says whether its price is. */
static tl_status price_share(bool *known, const struct tl_line_result *result, struct tl_share *share,
                             const struct tl_alloc_scope *scope, size_t member, const struct tl_alloc_run *run,
                             struct tl_err *err)
{
    struct tl_alloc_price price;
    struct priced priced = {
        .share = share, .line = result->line, .run = run, .scope = scope, .unit = tl_alloc_unit(result->line)};
    const struct tl_presence *presence = scope->presences == NULL ? NULL : &scope->presences[member];
    priced.present = presence == NULL ? scope->ticks.count : tl_presence_count(presence);
    share->time = tl_ratio_of(priced.present, scope->ticks.count);
    share->period =
        presence == NULL ? run->period : tl_ticks_days(&scope->ticks, tl_presence_range(presence, &scope->ticks));
    if (result->line->waived_for != NULL && has_tag(share->member, result->line->waived_for))
        share->waived = result->line->waived_for;
    mpq_inits(priced.exact, priced.whole, NULL);
    tl_alloc_price_init(&price);
    share->agreed = tl_alloc_agreed(result->line, share->member->code);
    tl_status status = TL_OK;
    if (share->agreed != NULL)
        status = compute_agreed(&priced, err);
    else {
        status = tl_alloc_find_price(&price, share, result, run, err);
        *known = price.known;
        if (status == TL_OK && price.known)
            status = compute(&priced, &price, err);
    }
    tl_alloc_price_release(&price);
    mpq_clears(priced.exact, priced.whole, NULL);
    tl_buf_release(&priced.buf);
    tl_buf_release(&priced.reasons);
    return status;
}

/* The same by the line of the terms that the member signed. */
static tl_status price_as_signed(bool *known, struct tl_share *share, const struct tl_alloc_scope *scope, size_t member,
                                 const struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_alloc_run signed_run = *run;
    struct tl_line_result result = {.line = share->fixed};
    signed_run.terms = share->member->signed_terms;
    tl_status status = tl_alloc_find_index(&result, &signed_run, err);
    return status == TL_OK ? price_share(known, &result, share, scope, member, &signed_run, err) : status;
}

/* What is not yet known has no amounts: not in part either, since the line cannot be billed in part. */
static void forget_amounts(struct tl_line_result *result)
{
    for (size_t i = 0; i < result->share_count; i++) {
        struct tl_share *share = &result->shares[i];
        share->amount = share->gross = (struct tl_money){0};
        share->working = share->reduced_for = "";
        tl_keep_zero(&share->exact);
        tl_keep_zero(&share->rounding);
    }
    result->total = (struct tl_money){0};
}

/* The line goes on without a member who lacks what its price needs, where that is asked for. */
static tl_status leave_out(struct tl_line_result *result, struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_allocation *out = run->out;
    bool is_flaw = err->status == TL_ERR_MISSING || err->status == TL_ERR_INPUT;
    if (!run->request->leaves_out || !is_flaw)
        return err->status;
    struct tl_err *why = tl_arena_alloc(&out->arena, 1, sizeof *why);
    struct tl_left_out *left_out =
        tl_arena_grow(&out->arena, out->left_out, out->left_out_count, &run->left_out_capacity, sizeof *left_out);
    if (why == NULL || left_out == NULL) {
        *err = (struct tl_err)TL_ERR_NONE;
        return tl_err_memory(err);
    }
    *why = *err;
    *err = (struct tl_err)TL_ERR_NONE;
    out->left_out = left_out;
    result->share_count--;
    left_out[out->left_out_count++] =
        (struct tl_left_out){result->shares[result->share_count].member, result->line->id, why};
    return TL_OK;
}

/* Where the price is not yet known, those who signed one that is still owe it. */
static bool can_be_known(const struct tl_line *line, const struct tl_alloc_scope *scope)
{
    size_t fixed = 0;
    for (size_t i = 0; i < scope->count; i++)
        fixed += tl_alloc_fixing_line(line, scope->members[i]) != NULL ? 1 : 0;
    return line->price_step_count > 0 || line->price.kind != TL_PRICE_NOT_YET_KNOWN ||
           (fixed > 0 && fixed == scope->count);
}

tl_status tl_alloc_priced(struct tl_line_result *result, const struct tl_alloc_scope *scope, struct tl_alloc_run *run,
                          struct tl_err *err)
{
    tl_status status = tl_alloc_find_index(result, run, err);
    result->known = can_be_known(result->line, scope);
    if (status != TL_OK || run->request->prices_only)
        return status;
    status = tl_alloc_check_agreed(result->line, run, err);
    if (status != TL_OK)
        return status;
    result->shares = tl_arena_alloc(&run->out->arena, scope->count, sizeof *result->shares);
    if (result->shares == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < scope->count; i++) {
        struct tl_share *share = &result->shares[result->share_count++];
        *share = (struct tl_share){
            .member = scope->members[i], .markup = tl_ratio_of(0, 1), .working = "", .reduced_for = ""};
        tl_keep_zero(&share->weight);
        tl_keep_zero(&share->share);
        tl_keep_zero(&share->exact);
        tl_keep_zero(&share->rounding);
        tl_keep_zero(&share->carried_in);
        tl_keep_zero(&share->carried_out);
        bool known = true;
        share->fixed = tl_alloc_fixing_line(result->line, share->member);
        status = share->fixed == NULL ? price_share(&known, result, share, scope, i, run, err)
                                      : price_as_signed(&known, share, scope, i, run, err);
        if (status != TL_OK) {
            status = leave_out(result, run, err);
            if (status != TL_OK)
                return status;
            continue;
        }
        result->known = result->known && known;
        status = tl_money_add(&result->total, result->total, share->amount, err);
        if (status != TL_OK)
            return status;
    }
    if (!result->known)
        forget_amounts(result);
    return TL_OK;
}
