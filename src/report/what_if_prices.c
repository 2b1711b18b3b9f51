/* SPDX-License-Identifier: MPL-2.0 */
/* What the formulas of a line with a price need. */
#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/key/quantity.h"
#include "what_if_plan.h"

enum { MINOR_PER_MAJOR = 100, TERM_MAX = 1000000000 };

/* The prices of a line, one after the other, and where those of each date of signing begin. */
struct price_list {
    struct tl_what_if *plan;
    struct tl_what_if_line *line;
    const struct tl_line *tried, *widest;
};

static size_t count_cells(const struct tl_price *price, size_t class_count)
{
    switch (price->kind) {
    case TL_PRICE_PER_CLASS:
        return class_count;
    case TL_PRICE_BRACKETS:
        return price->bracket_count;
    case TL_PRICE_FLAT:
    case TL_PRICE_PER_UNIT:
    case TL_PRICE_NOT_YET_KNOWN:
    case TL_PRICE_NONE:
        break;
    }
    return 1;
}

static const struct tl_price *price_at(const struct tl_line *line, size_t step)
{
    return line->price_step_count == 0 ? &line->price : &line->price_steps[step].price;
}

static size_t step_count(const struct tl_line *line)
{
    return line->price_step_count == 0 ? 1 : line->price_step_count;
}

/* A ratio in 1/scale; false when it has more decimals. */
static bool to_scale(int64_t *out, struct tl_ratio ratio, int64_t scale)
{
    return scale % ratio.denominator == 0 && !__builtin_mul_overflow(ratio.numerator, scale / ratio.denominator, out);
}

/* The coarsest scale that holds all of some ratios; the finest where none does. */
static int64_t choose_scale(const struct tl_ratio *ratios, size_t count)
{
    int64_t scale = MINOR_PER_MAJOR, ignored;
    for (size_t i = 0; i < count; i++)
        while (scale < TL_WHAT_IF_FINEST && !to_scale(&ignored, ratios[i], scale))
            scale *= 10;
    return scale;
}

/* One cell of a price: of a class, of a bracket, or the only one. */
static bool price_of(bool *has, int64_t *value, const struct tl_price *price, size_t cell, int64_t scale)
{
    *has = true;
    switch (price->kind) {
    case TL_PRICE_FLAT:
        *value = price->flat.minor;
        return true;
    case TL_PRICE_PER_CLASS:
        *has = price->per_class[cell].known;
        *value = price->per_class[cell].amount.minor;
        return true;
    case TL_PRICE_BRACKETS:
        *has = price->brackets[cell].price.known;
        *value = price->brackets[cell].price.amount.minor;
        return true;
    case TL_PRICE_PER_UNIT:
        return to_scale(value, price->per_unit, scale);
    case TL_PRICE_NOT_YET_KNOWN:
    case TL_PRICE_NONE:
        break;
    }
    *has = false;
    return true;
}

static const char *bracket_label(const struct tl_price *price, size_t cell, struct tl_arena *arena)
{
    char bound[TL_RATIO_TEXT_SIZE];
    const struct tl_price_bracket *bracket = &price->brackets[cell];
    if (!bracket->has_bound)
        return tl_arena_text(arena, "Pris, derover");
    return tl_arena_format(arena, "Pris, %s %s", bracket->inclusive ? "til og med" : "under",
                           tl_ratio_text(bracket->bound, bound));
}

static const char *cell_label(const struct price_list *list, size_t step, size_t cell)
{
    const struct tl_line *line = list->line->line;
    const struct tl_price *price = price_at(line, step);
    struct tl_arena *arena = list->plan->arena;
    char date[TL_DATE_TEXT_SIZE];
    const char *label = price->kind == TL_PRICE_PER_CLASS
                            ? tl_arena_format(arena, "Pris, %s", list->plan->bounds[cell].label)
                        : price->kind == TL_PRICE_BRACKETS ? bracket_label(price, cell, arena)
                        : price->kind == TL_PRICE_PER_UNIT ? tl_arena_text(arena, "Pris pr. enhed")
                                                           : tl_arena_text(arena, "Pris");
    if (label == NULL || line->price_step_count == 0)
        return label;
    struct tl_date until = line->price_steps[step].until;
    return tl_date_is_none(until)
               ? tl_arena_format(arena, "%s, underskrevet senere", label)
               : tl_arena_format(arena, "%s, underskrevet til og med %s", label, tl_date_da(until, date));
}

static tl_status list_prices(struct price_list *list, struct tl_err *err)
{
    struct tl_what_if_line *line = list->line;
    size_t classes = list->plan->class_count;
    for (size_t s = 0; s < step_count(line->line); s++) {
        const struct tl_price *price = price_at(line->line, s);
        line->price_count += count_cells(price, classes);
        if (price->kind == TL_PRICE_PER_UNIT) {
            const struct tl_ratio both[] = {price->per_unit, price_at(list->tried, s)->per_unit};
            int64_t scale = choose_scale(both, 2);
            line->price_scale = scale > line->price_scale ? scale : line->price_scale;
        }
    }
    line->prices = tl_arena_alloc(list->plan->arena, line->price_count, sizeof *line->prices);
    if (line->prices == NULL)
        return tl_err_memory(err);
    size_t used = 0;
    for (size_t s = 0; s < step_count(line->line); s++) {
        const struct tl_price *decided = price_at(line->line, s), *tried = price_at(list->tried, s);
        for (size_t c = 0; c < count_cells(decided, classes); c++) {
            struct tl_what_if_cell *cell = &line->prices[used++];
            bool readable = price_of(&cell->has_decided, &cell->decided, decided, c, line->price_scale) &&
                            price_of(&cell->has_tried, &cell->tried, tried, c, line->price_scale);
            bool is_scaled = decided->kind == TL_PRICE_PER_UNIT || line->price_scale == MINOR_PER_MAJOR;
            if (!readable || !is_scaled)
                line->refusal = "prisen har for mange decimaler";
            cell->label = cell_label(list, s, c);
            if (cell->label == NULL)
                return tl_err_memory(err);
        }
    }
    return TL_OK;
}

static void read_markup(struct tl_what_if_line *line, const struct tl_line *tried)
{
    const struct tl_markup *was = &line->line->markup, *is = &tried->markup;
    line->has_markup = was->present;
    if (!was->present)
        return;
    const struct tl_ratio ratios[] = {was->member, is->member, was->other, is->other};
    int64_t scaled[4];
    line->markup_scale = choose_scale(ratios, 4);
    for (size_t i = 0; i < 4; i++)
        if (!to_scale(&scaled[i], ratios[i], line->markup_scale) || scaled[i] > TERM_MAX) {
            line->refusal = "tillægget har for mange decimaler";
            return;
        }
    line->markup_member = (struct tl_what_if_cell){"Tillæg, medlemmer af OS2", true, true, scaled[0], scaled[1]};
    line->markup_other = (struct tl_what_if_cell){"Tillæg, øvrige", true, true, scaled[2], scaled[3]};
}

static bool has_tag(const struct tl_member *member, const char *tag)
{
    for (size_t i = 0; i < member->waiver_count; i++)
        if (tl_text_equal(member->waivers[i], tag))
            return true;
    return false;
}

/* Multiplies while the terms stay short; false when they don't. */
static bool multiply(struct tl_what_if_factor *out, int64_t numerator, int64_t denominator)
{
    struct tl_ratio product;
    if (__builtin_mul_overflow(out->numerator, numerator, &product.numerator) ||
        __builtin_mul_overflow(out->denominator, denominator, &product.denominator))
        return false;
    product = tl_ratio_of(product.numerator, product.denominator);
    *out = (struct tl_what_if_factor){product.numerator, product.denominator};
    return product.numerator < TERM_MAX && product.denominator < TERM_MAX;
}

/* The part of passive members, rebates, and waivers. */
static bool read_part(struct tl_what_if_price *price, const struct tl_line *line, const struct tl_member *member)
{
    bool fits = true;
    price->part = (struct tl_what_if_factor){1, 1};
    if (member->is_passive && !tl_ratio_is_none(line->passive))
        fits = multiply(&price->part, line->passive.numerator, line->passive.denominator);
    for (size_t i = 0; i < line->rebate_count; i++) {
        const struct tl_rebate *rebate = &line->rebates[i];
        if (!has_tag(member, rebate->tag))
            continue;
        if (tl_ratio_is_none(rebate->share))
            fits = !__builtin_add_overflow(price->rebate_minor, rebate->amount.minor, &price->rebate_minor) && fits;
        else
            fits = multiply(&price->part, rebate->share.denominator - rebate->share.numerator,
                            rebate->share.denominator) &&
                   fits;
    }
    if (line->waived_for != NULL && has_tag(member, line->waived_for)) {
        price->part = (struct tl_what_if_factor){0, 1};
        price->rebate_minor = 0;
    }
    return fits;
}

/* Which bracket holds a quantity; bracket_count for none. */
static size_t find_bracket(const struct tl_price *price, const struct tl_frac *quantity)
{
    size_t at = 0;
    for (; at < price->bracket_count; at++) {
        const struct tl_price_bracket *bracket = &price->brackets[at];
        if (!bracket->has_bound)
            break;
        int order = mpq_cmp_si(quantity->q, bracket->bound.numerator, (unsigned long)bracket->bound.denominator);
        if (order < 0 || (order == 0 && bracket->inclusive))
            break;
    }
    return at;
}

/* What is counted, and where the price of it stands. */
static bool read_quantity(struct tl_what_if_price *out, const struct tl_price *price,
                          const struct tl_alloc_request *request, const struct tl_member *member)
{
    struct tl_frac quantity;
    struct tl_err ignored = TL_ERR_NONE;
    bool fits = true;
    out->quantity = (struct tl_what_if_factor){1, 1};
    out->by_class = price->kind == TL_PRICE_PER_CLASS;
    if (price->kind != TL_PRICE_PER_UNIT && price->kind != TL_PRICE_BRACKETS)
        return true;
    tl_frac_init(&quantity);
    if (tl_quantity_count(&quantity, price->quantity, request, member, NULL, &ignored) != TL_OK)
        fits = false;
    else if (price->kind == TL_PRICE_BRACKETS) {
        size_t bracket = find_bracket(price, &quantity);
        fits = bracket < price->bracket_count;
        out->first_cell += bracket;
    } else {
        fits = mpz_cmp_si(mpq_numref(quantity.q), TERM_MAX) < 0 && mpz_cmp_si(mpq_denref(quantity.q), TERM_MAX) < 0;
        if (fits)
            out->quantity =
                (struct tl_what_if_factor){mpz_get_si(mpq_numref(quantity.q)), mpz_get_si(mpq_denref(quantity.q))};
    }
    tl_frac_release(&quantity);
    return fits;
}

static bool read_member(struct tl_what_if_price *out, const struct price_list *list, const struct tl_share *share)
{
    const struct tl_line *line = list->line->line;
    size_t step = share->price_step == NULL ? 0 : (size_t)(share->price_step - list->widest->price_steps);
    out->present = share->time.numerator;
    out->ticks = share->time.denominator;
    out->in_association = share->member->association == TL_ASSOCIATION_MEMBER;
    out->is_agreed = share->agreed != NULL;
    out->quantity = out->part = (struct tl_what_if_factor){1, 1};
    if (out->is_agreed) {
        __extension__ typedef __int128 wide;
        wide size = (wide)share->agreed->amount.minor * out->present;
        out->agreed_minor = (int64_t)((2 * size + out->ticks) / (2 * out->ticks));
        return share->agreed->amount.minor >= 0;
    }
    for (size_t s = 0; s < step; s++)
        out->first_cell += count_cells(price_at(line, s), list->plan->class_count);
    return read_part(out, line, share->member) &&
           read_quantity(out, price_at(line, step), list->plan->facts->decided.request, share->member);
}

tl_status tl_what_if_read_prices(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at, struct tl_err *err)
{
    const struct tl_line_result *widest = &plan->facts->widest.allocation->lines[at];
    struct price_list list = {plan, line, &plan->facts->tried.request->terms->lines[at], widest->line};
    line->price_scale = MINOR_PER_MAJOR;
    line->priced = tl_arena_alloc(plan->arena, plan->member_count, sizeof *line->priced);
    tl_status status = line->priced == NULL ? tl_err_memory(err) : list_prices(&list, err);
    if (status != TL_OK)
        return status;
    read_markup(line, list.tried);
    for (size_t i = 0; i < plan->member_count; i++) {
        const struct tl_share *share = tl_line_result_share(widest, plan->members[i]->code);
        if (share != NULL && !read_member(&line->priced[i], &list, share))
            line->refusal = "en sats eller et tal har for mange cifre";
    }
    return TL_OK;
}
