/* SPDX-License-Identifier: MPL-2.0 */
/* Prices, and whether the formulas come to tilslut's amounts. */
#include <string.h>

#include "tilslut/base/text.h"
#include "what_if_solve.h"

typedef tl_what_if_wide wide;

enum { MINOR_PER_MAJOR = 100 };

static const struct tl_what_if_cell *price_cell(const struct tl_what_if *plan, const struct tl_what_if_line *line,
                                                size_t member, tl_what_if_setting setting)
{
    const struct tl_what_if_price *price = &line->priced[member];
    size_t of_class = tl_what_if_class(plan, member, setting);
    return &line->prices[price->first_cell + (price->by_class && of_class > 0 ? of_class - 1 : 0)];
}

/* 1 + markup, in hundredths of a percent; 1 for a line without any. */
static int64_t markup_factor(const struct tl_what_if_line *line, const struct tl_what_if_price *price,
                             tl_what_if_setting setting)
{
    bool has;
    if (!line->has_markup)
        return 1;
    return line->markup_scale +
           tl_what_if_value(&has, price->in_association ? &line->markup_member : &line->markup_other, setting);
}

static void charge(struct tl_what_if_price_result *out, struct tl_what_if_charge *charge,
                   const struct tl_what_if_line *line, const struct tl_what_if_price *price)
{
    int64_t scale = line->index.follows ? 1 : line->price_scale / MINOR_PER_MAJOR;
    wide denominator = (wide)scale * (line->has_markup ? line->markup_scale : 1) * price->quantity.denominator *
                       price->part.denominator;
    wide year = (wide)charge->price * price->quantity.numerator * charge->factor * price->part.numerator -
                (wide)price->rebate_minor * denominator;
    year = year < 0 ? 0 : year;
    wide size = 2 * year * price->present, step = denominator * price->ticks * line->unit;
    if (size + step >= TL_WHAT_IF_MAX || 2 * step >= TL_WHAT_IF_MAX) {
        out->holds = false;
        return;
    }
    charge->year = (int64_t)year;
    charge->size = (int64_t)(size + step);
    charge->amount = (int64_t)((size + step) / (2 * step)) * line->unit;
}

tl_status tl_what_if_solve_price(struct tl_what_if_price_result *out, const struct tl_what_if *plan,
                                 const struct tl_what_if_line *line, tl_what_if_setting setting, struct tl_err *err)
{
    *out = (struct tl_what_if_price_result){.known = true, .holds = true};
    out->charges = tl_arena_alloc(plan->arena, plan->member_count, sizeof *out->charges);
    if (out->charges == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < plan->member_count; i++) {
        const struct tl_what_if_price *price = &line->priced[i];
        struct tl_what_if_charge *of_member = &out->charges[i];
        *of_member = (struct tl_what_if_charge){.in = tl_what_if_is_in(plan, line, i, setting)};
        if (!of_member->in)
            continue;
        if (price->is_agreed) {
            of_member->has_price = true;
            of_member->amount = price->agreed_minor;
            continue;
        }
        int64_t written = tl_what_if_value(&of_member->has_price, price_cell(plan, line, i, setting), setting);
        if (!of_member->has_price) {
            out->known = false;
            continue;
        }
        of_member->price = tl_what_if_indexed(&line->index, written, line->price_scale / MINOR_PER_MAJOR);
        of_member->factor = markup_factor(line, price, setting);
        charge(out, of_member, line, price);
    }
    return TL_OK;
}

/* What tilslut came to for a member of a line; false where the line is not known. */
static int64_t amount_of(const struct tl_line_result *result, const char *code)
{
    size_t count;
    int64_t sum = 0;
    const struct tl_share *shares = tl_line_result_shares(result, code, &count);
    for (size_t i = 0; i < count; i++)
        sum += shares[i].amount.minor;
    return sum;
}

static bool is_charged(const struct tl_what_if *plan, const struct tl_what_if_line *line)
{
    bool any = false;
    for (size_t i = 0; i < plan->member_count; i++)
        any = any || line->can[i];
    return any;
}

tl_status tl_what_if_prove(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at, struct tl_err *err)
{
    const struct tl_line_result *decided = &plan->facts->decided.allocation->lines[at];
    struct tl_what_if_budget_result budget = {.holds = true};
    struct tl_what_if_price_result price = {.known = true, .holds = true};
    tl_status status = TL_OK;
    if (!is_charged(plan, line)) {
        line->refusal = "linjen opkræves ikke i året";
        return TL_OK;
    }
    if (line->line->has_budget)
        status = tl_what_if_solve_budget(&budget, plan, line, TL_WHAT_IF_DECIDED, err);
    else
        status = tl_what_if_solve_price(&price, plan, line, TL_WHAT_IF_DECIDED, err);
    if (status != TL_OK)
        return status;
    bool agrees = budget.holds && price.holds && price.known == decided->known;
    for (size_t i = 0; agrees && decided->known && i < plan->member_count; i++)
        agrees = amount_of(decided, plan->members[i]->code) ==
                 (line->line->has_budget ? budget.steps[i].amount : price.charges[i].amount);
    if (!agrees)
        line->refusal = "regnearket kommer ikke til samme beløb som tilslut";
    return TL_OK;
}
