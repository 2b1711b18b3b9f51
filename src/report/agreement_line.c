/* SPDX-License-Identifier: MPL-2.0 */
/* A line of the terms as fields: what it is for, its prices or its budget and key, and the rules that shape them. */
#include <string.h>

#include "agreement_parts.h"
#include "tilslut/base/text.h"

/* The interval between the bound of the row before and the row's own, and whether its ends belong to it. */
struct interval {
    bool has_lower, lower_inclusive, has_upper, upper_inclusive;
    struct tl_ratio lower, upper;
};

/* A bound that is there, or "". */
static void put_bound(struct tl_fields *row, const struct agreement_source *source, const char *name, bool is_there,
                      struct tl_ratio bound)
{
    agreement_put_number(source, row, name, is_there ? bound : (struct tl_ratio){0, 0});
}

static void put_interval(struct tl_fields *row, const struct agreement_source *source, const struct interval *i)
{
    put_bound(row, source, "from", i->has_lower && !i->lower_inclusive, i->lower);
    put_bound(row, source, "above", i->has_lower && i->lower_inclusive, i->lower);
    put_bound(row, source, "below", i->has_upper && !i->upper_inclusive, i->upper);
    put_bound(row, source, "up_to", i->has_upper && i->upper_inclusive, i->upper);
}

/* price x (1 + markup) to the øre, for the price list. */
static tl_status put_marked_up(struct tl_fields *row, const struct agreement_source *source, const char *name,
                               struct tl_money price, struct tl_ratio markup)
{
    struct tl_frac amount, factor;
    struct tl_money rounded;
    tl_frac_init(&amount);
    tl_frac_init(&factor);
    tl_frac_set_whole(&amount, price.minor);
    tl_frac_set_ratio(&factor, markup);
    mpz_add(mpq_numref(factor.q), mpq_numref(factor.q), mpq_denref(factor.q));
    mpq_mul(amount.q, amount.q, factor.q);
    tl_status status = tl_frac_round_money(&rounded, &amount, source->err);
    if (status == TL_OK)
        agreement_put_money(source, row, name, rounded);
    tl_frac_release(&amount);
    tl_frac_release(&factor);
    return status;
}

/* A price as it is paid in the year: `price`, with a markup `price_member` and `price_other`, with an index
 * `base_price`; all "" when it is not yet known. */
static tl_status put_price(struct tl_fields *row, const struct agreement_source *source,
                           const struct tl_line_result *result, bool known, struct tl_money base)
{
    static const char *const names[] = {"price", "price_member", "price_other", "base_price"};
    const struct tl_line *line = result->line;
    struct tl_money price;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        tl_fields_text(row, names[i], "");
    if (!known)
        return TL_OK;
    tl_status status = tl_line_result_index(&price, result, base, source->err);
    if (status != TL_OK)
        return status;
    agreement_put_money(source, row, "price", price);
    if (result->index_now != NULL)
        agreement_put_money(source, row, "base_price", base);
    if (!line->markup.present)
        return TL_OK;
    status = put_marked_up(row, source, "price_member", price, line->markup.member);
    return status == TL_OK ? put_marked_up(row, source, "price_other", price, line->markup.other) : status;
}

static tl_status put_class_rows(struct tl_fields *table, const struct agreement_source *source,
                                const struct tl_line_result *result, const struct tl_price *price)
{
    const struct tl_terms *terms = source->facts->terms;
    tl_status status = TL_OK;
    for (size_t i = 0; i < terms->class_count && status == TL_OK; i++) {
        const struct tl_size_class *own = &terms->classes[i], *before = i == 0 ? NULL : &terms->classes[i - 1];
        struct interval interval = {.has_lower = before != NULL,
                                    .lower_inclusive = before != NULL && before->inclusive,
                                    .has_upper = own->has_bound,
                                    .upper_inclusive = own->inclusive,
                                    .lower = before == NULL ? own->bound : before->bound,
                                    .upper = own->bound};
        struct tl_fields *row = tl_fields_row(table, "rows");
        tl_fields_text(row, "class", own->name);
        put_interval(row, source, &interval);
        status = put_price(row, source, result, price->per_class[i].known, price->per_class[i].amount);
    }
    return status;
}

static tl_status put_bracket_rows(struct tl_fields *table, const struct agreement_source *source,
                                  const struct tl_line_result *result, const struct tl_price *price)
{
    tl_status status = TL_OK;
    for (size_t i = 0; i < price->bracket_count && status == TL_OK; i++) {
        const struct tl_price_bracket *own = &price->brackets[i], *before = i == 0 ? NULL : &price->brackets[i - 1];
        struct interval interval = {.has_lower = before != NULL,
                                    .lower_inclusive = before != NULL && before->inclusive,
                                    .has_upper = own->has_bound,
                                    .upper_inclusive = own->inclusive,
                                    .lower = before == NULL ? own->bound : before->bound,
                                    .upper = own->bound};
        struct tl_fields *row = tl_fields_row(table, "rows");
        tl_fields_text(row, "class", "");
        put_interval(row, source, &interval);
        status = put_price(row, source, result, own->price.known, own->price.amount);
    }
    return status;
}

/* What is counted, as the terms write it; a plain measure by its name. */
static const char *quantity_name(const struct tl_key *quantity, const struct agreement_source *source)
{
    const char *text = quantity == NULL ? "" : tl_key_text_full(quantity, source->arena);
    return text == NULL ? NULL : agreement_measure(text, source->is_english);
}

/* One price table: the prices of the line, or of one step of the date of signing. */
static tl_status put_price_table(struct tl_fields *line_row, const struct agreement_source *source,
                                 const struct tl_line_result *result, const struct tl_price *price,
                                 struct tl_date until)
{
    const struct tl_line *line = result->line;
    struct tl_fields *table = tl_fields_row(line_row, "price_tables");
    agreement_put_date(table, "signed_until", until, source->is_english);
    tl_fields_flag(table, "is_last_step", line->price_step_count > 0 && tl_date_is_none(until));
    tl_fields_flag(table, "per_class", price->kind == TL_PRICE_PER_CLASS);
    tl_fields_flag(table, "flat", price->kind == TL_PRICE_FLAT);
    tl_fields_flag(table, "per_unit", price->kind == TL_PRICE_PER_UNIT);
    tl_fields_flag(table, "per_bracket", price->kind == TL_PRICE_BRACKETS);
    tl_fields_flag(table, "unknown", price->kind == TL_PRICE_NOT_YET_KNOWN);
    tl_fields_text(table, "quantity", quantity_name(price->quantity, source));
    agreement_put_kroner(source, table, "unit_price",
                         price->kind == TL_PRICE_PER_UNIT ? price->per_unit : (struct tl_ratio){0, 0});
    tl_fields_rows(table, "rows");
    tl_status status = put_price(table, source, result, price->kind == TL_PRICE_FLAT, price->flat);
    if (status == TL_OK && price->kind == TL_PRICE_PER_CLASS)
        status = put_class_rows(table, source, result, price);
    if (status == TL_OK && price->kind == TL_PRICE_BRACKETS)
        status = put_bracket_rows(table, source, result, price);
    return status;
}

static tl_status put_prices(struct tl_fields *row, const struct agreement_source *source,
                            const struct tl_line_result *result)
{
    const struct tl_line *line = result->line;
    tl_status status = TL_OK;
    tl_fields_rows(row, "price_tables");
    if (line->has_budget)
        return TL_OK;
    for (size_t i = 0; i < line->price_step_count && status == TL_OK; i++)
        status = put_price_table(row, source, result, &line->price_steps[i].price, line->price_steps[i].until);
    if (line->price_step_count == 0)
        status = put_price_table(row, source, result, &line->price, (struct tl_date){0});
    return status;
}

/* How the price is found, for the overview: the kind of the first price table. */
static void put_price_kind(struct tl_fields *row, const struct agreement_source *source, const struct tl_line *line)
{
    tl_price_kind kind = line->price_step_count > 0 ? line->price_steps[0].price.kind : line->price.kind;
    tl_fields_flag(row, "has_budget", line->has_budget);
    tl_fields_flag(row, "has_class_prices", !line->has_budget && kind == TL_PRICE_PER_CLASS);
    tl_fields_flag(row, "has_flat_price", !line->has_budget && kind == TL_PRICE_FLAT);
    tl_fields_flag(row, "has_unit_price", !line->has_budget && kind == TL_PRICE_PER_UNIT);
    tl_fields_flag(row, "has_brackets", !line->has_budget && kind == TL_PRICE_BRACKETS);
    tl_fields_flag(row, "not_yet_known", !line->has_budget && kind == TL_PRICE_NOT_YET_KNOWN);
    tl_fields_flag(row, "has_price_steps", line->price_step_count > 0);
    tl_fields_flag(row, "has_markup", line->markup.present);
    tl_fields_text(row, "markup_member", "");
    tl_fields_text(row, "markup_other", "");
    if (line->markup.present) {
        agreement_put_percent(source, row, "markup_member", line->markup.member);
        agreement_put_percent(source, row, "markup_other", line->markup.other);
    }
}

static void put_rebates(struct tl_fields *row, const struct agreement_source *source, const struct tl_line *line)
{
    tl_fields_rows(row, "rebates");
    for (size_t i = 0; i < line->rebate_count; i++) {
        struct tl_fields *rebate = tl_fields_row(row, "rebates");
        tl_fields_text(rebate, "tag", line->rebates[i].tag);
        if (tl_ratio_is_none(line->rebates[i].share))
            agreement_put_money(source, rebate, "rebate", line->rebates[i].amount);
        else
            agreement_put_percent(source, rebate, "rebate", line->rebates[i].share);
    }
}

/* The index a line follows, and the two values that this year's regulation takes. */
static void put_index(struct tl_fields *row, const struct agreement_source *source, const struct tl_line_result *result)
{
    const struct tl_index_value *base = result->index_base, *now = result->index_now;
    bool is_there = result->line->indexation.index != NULL && base != NULL && now != NULL;
    tl_fields_text(row, "index", is_there ? result->line->indexation.index : "");
    agreement_put_number(source, row, "index_base_value", is_there ? base->value : (struct tl_ratio){0, 0});
    agreement_put_number(source, row, "index_now_value", is_there ? now->value : (struct tl_ratio){0, 0});
    agreement_put_date(row, "index_base_date", is_there ? base->holds_on : (struct tl_date){0}, source->is_english);
    agreement_put_date(row, "index_now_date", is_there ? now->holds_on : (struct tl_date){0}, source->is_english);
}

/* The name of a member, or its code. */
static const char *member_name(const struct agreement_source *source, const struct tl_line_result *result,
                               const char *code)
{
    const struct tl_agreement_facts *facts = source->facts;
    const struct tl_share *share = tl_line_result_share(result, code);
    for (size_t i = 0; share == NULL && i < facts->member_count; i++)
        if (tl_text_equal(facts->members[i].code, code))
            return facts->members[i].name;
    return share == NULL ? code : share->member->name;
}

static void put_amount_or_share(struct tl_fields *row, const struct agreement_source *source, const char *name,
                                struct tl_ratio share, struct tl_money amount)
{
    if (tl_ratio_is_none(share))
        agreement_put_money(source, row, name, amount);
    else
        agreement_put_percent(source, row, name, share);
}

/* What goes before the key: agreed amounts, and first shares to a member or an account. */
static void put_exceptions(struct tl_fields *row, const struct agreement_source *source,
                           const struct tl_line_result *result)
{
    const struct tl_line *line = result->line;
    tl_fields_rows(row, "agreed_amounts");
    tl_fields_rows(row, "first_shares");
    for (size_t i = 0; i < line->agreed_count; i++) {
        struct tl_fields *agreed = tl_fields_row(row, "agreed_amounts");
        tl_fields_text(agreed, "member", member_name(source, result, line->agreed[i].member));
        agreement_put_money(source, agreed, "amount", line->agreed[i].amount);
        tl_fields_optional(agreed, "reason", line->agreed[i].reason);
    }
    for (size_t i = 0; i < line->first_share_count; i++) {
        const struct tl_first_share *first = &line->first_shares[i];
        struct tl_fields *share = tl_fields_row(row, "first_shares");
        tl_fields_text(share, "member", first->member == NULL ? "" : member_name(source, result, first->member));
        tl_fields_optional(share, "account", first->account);
        put_amount_or_share(share, source, "amount", first->share, first->amount);
    }
}

static void put_budget(struct tl_fields *row, const struct agreement_source *source,
                       const struct tl_line_result *result)
{
    const struct tl_line *line = result->line;
    static const char *const empty[] = {"budget", "period_budget", "key", "floor", "cap", "published_decimals"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        tl_fields_text(row, empty[i], "");
    agreement_put_percent(source, row, "floor_share", line->floor_share);
    agreement_put_percent(source, row, "cap_share", line->cap_share);
    put_exceptions(row, source, result);
    if (!line->has_budget)
        return;
    agreement_put_money(source, row, "budget", line->budget);
    if (result->budget.minor != line->budget.minor)
        agreement_put_money(source, row, "period_budget", result->budget);
    tl_fields_text(row, "key", line->key == NULL ? "" : tl_key_text_full(line->key, source->arena));
    if (line->has_floor)
        agreement_put_money(source, row, "floor", line->floor);
    if (line->has_cap)
        agreement_put_money(source, row, "cap", line->cap);
    if (line->has_published_decimals)
        tl_fields_format(row, "published_decimals", "%d", line->published_decimals);
}

static void put_time_rules(struct tl_fields *row, const struct tl_line *line)
{
    tl_fields_flag(row, "by_days", line->prorata == TL_PRORATA_DAYS);
    tl_fields_flag(row, "by_months", line->prorata == TL_PRORATA_MONTHS);
    tl_fields_flag(row, "by_quarters", line->prorata == TL_PRORATA_QUARTERS);
    tl_fields_flag(row, "by_half_year", line->prorata == TL_PRORATA_HALF_YEAR_RULE);
    tl_fields_flag(row, "is_annual", line->kind == TL_LINE_ANNUAL);
    tl_fields_flag(row, "is_joining_fee", line->kind == TL_LINE_JOINING_FEE);
    tl_fields_flag(row, "is_one_off", line->kind == TL_LINE_ONE_OFF);
}

tl_status agreement_line_fill(struct tl_fields *row, const struct agreement_source *source,
                              const struct tl_line_result *result)
{
    const struct tl_line *line = result->line;
    tl_fields_text(row, "id", line->id);
    tl_fields_text(row, "line", agreement_text(&line->name, source->is_english));
    agreement_put_covers(row, source, line);
    tl_fields_optional(row, "account", line->account);
    tl_fields_optional(row, "option", line->option);
    tl_fields_optional(row, "group", line->group);
    tl_fields_optional(row, "waived_for", line->waived_for);
    tl_fields_flag(row, "known", result->known);
    agreement_put_percent(source, row, "passive", line->passive);
    tl_fields_text(row, "rounding", "");
    if (line->round_to_minor > 1)
        agreement_put_amount(source, row, "rounding", (struct tl_money){line->round_to_minor});
    put_time_rules(row, line);
    put_price_kind(row, source, line);
    put_rebates(row, source, line);
    put_index(row, source, result);
    put_budget(row, source, result);
    return put_prices(row, source, result);
}
