/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The price of one member: flat, of its size class, of its bracket, per unit, by date of signing; and indexed.
 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

void tl_alloc_price_init(struct tl_alloc_price *price)
{
    price->known = false;
    price->text = "";
    mpq_init(price->amount);
    mpq_init(price->quantity);
}

void tl_alloc_price_release(struct tl_alloc_price *price)
{
    mpq_clear(price->amount);
    mpq_clear(price->quantity);
}

/* The price of the line, or the one that the date of signing fixed. */
static tl_status choose_price(const struct tl_price **out, struct tl_share *share, const struct tl_line *line,
                              struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    const struct tl_member *member = share->member;
    *out = &line->price;
    if (line->price_step_count == 0)
        return TL_OK;
    if (tl_date_is_none(member->signed_on))
        return tl_err_set(err, TL_ERR_MISSING,
                          "member '%s' has no date of signing, which the price of line '%s' depends on", member->code,
                          line->id);
    for (size_t i = 0; i < line->price_step_count; i++) {
        struct tl_price_step *step = &line->price_steps[i];
        if (!tl_date_is_none(step->until) && tl_date_compare(member->signed_on, step->until) > 0)
            continue;
        share->price_step = step;
        *out = &step->price;
        return TL_OK;
    }
    return tl_err_set(err, TL_ERR_MISSING, "line '%s' has no price for members who sign on %s, as '%s' did", line->id,
                      tl_date_iso(member->signed_on, date), member->code);
}

static void take_amount(struct tl_alloc_price *out, bool known, struct tl_money amount)
{
    out->known = known;
    mpq_set_si(out->amount, known ? amount.minor : 0, 1);
}

static tl_status price_per_class(struct tl_alloc_price *out, struct tl_share *share, const struct tl_price *price,
                                 const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    if (run->terms->class_count == 0)
        return tl_err_set(err, TL_ERR_INPUT, "line '%s' has a price per class, but the terms have no classes",
                          line->id);
    tl_status status = tl_alloc_classify(share, run, err);
    if (status != TL_OK)
        return status;
    const struct tl_class_price *of_class = &price->per_class[share->size_class - run->terms->classes];
    take_amount(out, of_class->known, of_class->amount);
    return TL_OK;
}

/* What the member has of the quantity that the price counts. */
static tl_status count_quantity(mpq_t out, struct tl_share *share, const struct tl_price *price,
                                const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_alloc_source source = {run, &share->member};
    struct tl_key_source key_source = tl_alloc_key_source(&source, 1);
    if (price->quantity == NULL || !tl_key_is_quantity(price->quantity))
        return tl_err_set(err, TL_ERR_INPUT, "the price of line '%s' does not say what it counts", line->id);
    tl_status status = tl_key_quantity(out, price->quantity, 0, &key_source, err);
    return status == TL_OK ? tl_alloc_first_figure(&share->figure, run, share->member, price->quantity, err) : status;
}

static bool is_within(const struct tl_price_bracket *bracket, mpq_srcptr quantity)
{
    if (!bracket->has_bound)
        return true;
    int order = mpq_cmp_si(quantity, bracket->bound.numerator, (unsigned long)bracket->bound.denominator);
    return order < 0 || (order == 0 && bracket->inclusive);
}

static tl_status price_of_bracket(struct tl_alloc_price *out, struct tl_share *share, const struct tl_price *price,
                                  const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    tl_status status = count_quantity(out->quantity, share, price, line, run, err);
    for (size_t i = 0; status == TL_OK && i < price->bracket_count; i++)
        if (is_within(&price->brackets[i], out->quantity)) {
            mpq_set_ui(out->quantity, 1, 1);
            take_amount(out, price->brackets[i].price.known, price->brackets[i].price.amount);
            return TL_OK;
        }
    return status == TL_OK ? tl_err_set(err, TL_ERR_MISSING, "no bracket of line '%s' holds member '%s'", line->id,
                                        share->member->code)
                           : status;
}

static tl_status price_per_unit(struct tl_alloc_price *out, struct tl_share *share, const struct tl_price *price,
                                const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    enum { MINOR_PER_MAJOR = 100 };
    if (price->per_unit.denominator <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "the price per unit of line '%s' is no number", line->id);
    mpq_set_si(out->amount, price->per_unit.numerator, (unsigned long)price->per_unit.denominator);
    mpz_mul_ui(mpq_numref(out->amount), mpq_numref(out->amount), MINOR_PER_MAJOR);
    mpq_canonicalize(out->amount);
    out->known = true;
    return count_quantity(out->quantity, share, price, line, run, err);
}

static tl_status take_price(struct tl_alloc_price *out, struct tl_share *share, const struct tl_price *price,
                            const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    mpq_set_ui(out->quantity, 1, 1);
    switch (price->kind) {
    case TL_PRICE_FLAT:
        take_amount(out, true, price->flat);
        return TL_OK;
    case TL_PRICE_PER_CLASS:
        return price_per_class(out, share, price, line, run, err);
    case TL_PRICE_PER_UNIT:
        return price_per_unit(out, share, price, line, run, err);
    case TL_PRICE_BRACKETS:
        return price_of_bracket(out, share, price, line, run, err);
    case TL_PRICE_NONE:
    case TL_PRICE_NOT_YET_KNOWN:
        break;
    }
    take_amount(out, false, (struct tl_money){0});
    return TL_OK;
}

/* An amount of minor units as a formula writes it: `32000.00`, and `0.385` where it is not whole øre. */
static const char *write_amount(mpq_srcptr minor, struct tl_arena *arena)
{
    char text[TL_MONEY_TEXT_SIZE];
    if (mpz_cmp_ui(mpq_denref(minor), 1) == 0 && mpz_fits_slong_p(mpq_numref(minor)))
        return tl_arena_text(arena, tl_money_plain((struct tl_money){mpz_get_si(mpq_numref(minor))}, text));
    mpq_t major;
    mpq_init(major);
    mpq_set_ui(major, 1, 100);
    mpq_mul(major, minor, major);
    const char *number = tl_key_number(major, arena);
    mpq_clear(major);
    return number;
}

static tl_status write_price(struct tl_alloc_price *out, mpq_srcptr before_index, struct tl_share *share,
                             const struct tl_price *price, const struct tl_line_result *result,
                             const struct tl_alloc_run *run, struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_alloc_source source = {run, &share->member};
    struct tl_key_source key_source = tl_alloc_key_source(&source, 1);
    const char *amount = write_amount(before_index, run->scratch);
    tl_status status = amount == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        tl_alloc_index_working(&buf, amount, result);
    if (status == TL_OK && price->kind == TL_PRICE_PER_UNIT) {
        tl_buf_text(&buf, " x ");
        status = tl_key_quantity_working(&buf, price->quantity, 0, TL_KEY_AS_FACTOR, &key_source, err);
    }
    if (status == TL_OK)
        status = tl_buf_status(&buf, err);
    if (status == TL_OK) {
        out->text = tl_arena_text(run->scratch, tl_buf_string(&buf));
        status = out->text == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_buf_release(&buf);
    return status;
}

/* amount x quantity, as money. */
static tl_status round_price(struct tl_money *out, mpq_srcptr amount, mpq_srcptr quantity, struct tl_err *err)
{
    struct tl_frac product;
    tl_frac_init(&product);
    mpq_mul(product.q, amount, quantity);
    tl_status status = tl_frac_round_money(out, &product, err);
    tl_frac_release(&product);
    return status;
}

tl_status tl_alloc_find_price(struct tl_alloc_price *out, struct tl_share *share, const struct tl_line_result *result,
                              const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_price *price;
    mpq_t before_index;
    mpq_init(before_index);
    tl_status status = choose_price(&price, share, result->line, err);
    if (status == TL_OK)
        status = take_price(out, share, price, result->line, run, err);
    if (status == TL_OK && out->known) {
        mpq_set(before_index, out->amount);
        tl_alloc_index(out->amount, result);
        status = write_price(out, before_index, share, price, result, run, err);
        if (status == TL_OK)
            status = round_price(&share->price_before_index, before_index, out->quantity, err);
        if (status == TL_OK)
            status = round_price(&share->price, out->amount, out->quantity, err);
    }
    mpq_clear(before_index);
    return status;
}
