/* SPDX-License-Identifier: MPL-2.0 */
/* One share of the working, step by step. */
#include "explain_pen.h"

#include "tilslut/report/explain.h"
#include "tilslut/report/number.h"

enum { SHARE_DECIMALS = 6, CARRY_DECIMALS = 11 };

static bool is_part(struct tl_ratio ratio)
{
    return !tl_ratio_is_none(ratio) && ratio.numerator != ratio.denominator;
}

static void period(struct tl_pen *pen, const struct tl_share *share)
{
    tl_pen_label(pen, "period");
    tl_pen_date(pen, share->period.first);
    tl_buf_text(pen->out, " to ");
    tl_pen_date(pen, share->period.last);
    if (is_part(share->time)) {
        char into[TL_RATIO_TEXT_SIZE];
        tl_buf_format(pen->out, ", counts as %s of the billed period", tl_ratio_text(share->time, into));
    }
    tl_pen_end_line(pen);
}

static void figure(struct tl_pen *pen, const struct tl_figure *known)
{
    tl_pen_label(pen, "figure");
    tl_pen_text(pen, known->measure);
    tl_buf_text(pen->out, " ");
    tl_pen_number(pen, known->value);
    tl_buf_text(pen->out, " on ");
    tl_pen_date(pen, known->holds_on);
    tl_buf_text(pen->out, ", source: ");
    tl_pen_text(pen, known->source);
    tl_pen_end_line(pen);
}

static void size_class(struct tl_pen *pen, const struct tl_terms *terms, const struct tl_share *share)
{
    tl_pen_label(pen, "class");
    tl_pen_text(pen, share->size_class->name);
    if (share->class_is_by_hand) {
        tl_buf_text(pen->out, ", set by hand: ");
        tl_pen_text(pen, share->member->class_reason == NULL ? "no reason recorded" : share->member->class_reason);
    } else if (share->class_is_frozen) {
        tl_buf_format(pen->out, ", kept until %d whatever the figure says", share->member->class_frozen_until);
    } else {
        tl_buf_text(pen->out, ": ");
        tl_explain_class_rule(pen->out, terms, share->size_class);
    }
    tl_pen_end_line(pen);
}

static const char *association_text(tl_association association)
{
    switch (association) {
    case TL_ASSOCIATION_MEMBER:
        return "member of the association";
    case TL_ASSOCIATION_OTHER:
        return "not a member of the association";
    case TL_ASSOCIATION_NOT_RECORDED:
        return "membership of the association not recorded, so counted as none";
    }
    return "";
}

static void index_value(struct tl_pen *pen, const struct tl_index_value *value)
{
    tl_pen_number(pen, value->value);
    tl_buf_text(pen->out, " on ");
    tl_pen_date(pen, value->holds_on);
    tl_buf_text(pen->out, ", source: ");
    tl_pen_text(pen, value->source);
}

static void indexation(struct tl_pen *pen, const struct tl_line_result *result)
{
    if (result->index_now == NULL || result->index_base == NULL)
        return;
    tl_pen_label(pen, "index");
    tl_pen_text(pen, result->index_now->index);
    tl_buf_text(pen->out, " ");
    index_value(pen, result->index_now);
    tl_pen_end_line(pen);
    tl_pen_label(pen, "over");
    index_value(pen, result->index_base);
    tl_pen_end_line(pen);
}

static void price(struct tl_pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    bool is_indexed = result->index_now != NULL && share->fixed == NULL;
    tl_pen_label(pen, "price");
    tl_pen_money(pen, is_indexed ? share->price_before_index : share->price);
    if (share->fixed != NULL) {
        tl_buf_format(pen->out, ", fixed by version %d of the terms, signed ", share->member->signed_version);
        tl_pen_date(pen, share->member->signed_on);
    }
    if (share->price_step != NULL && !tl_date_is_none(share->price_step->until)) {
        tl_buf_text(pen->out, ", for those who signed by ");
        tl_pen_date(pen, share->price_step->until);
    } else if (share->price_step != NULL)
        tl_buf_text(pen->out, ", for those who signed later");
    tl_pen_end_line(pen);
    if (!is_indexed)
        return;
    indexation(pen, result);
    tl_pen_label(pen, "then");
    tl_pen_money(pen, share->price);
    tl_pen_end_line(pen);
}

/* What was agreed with the member `instead_of` a price or a key. */
static void agreed(struct tl_pen *pen, const struct tl_share *share, const char *instead_of)
{
    if (share->agreed == NULL)
        return;
    tl_pen_label(pen, "agreed");
    tl_pen_money(pen, share->agreed->amount);
    tl_buf_format(pen->out, " a year instead of the %s%s", instead_of, share->agreed->reason[0] == '\0' ? "" : ": ");
    tl_pen_text(pen, share->agreed->reason);
    tl_pen_end_line(pen);
}

static void priced(struct tl_pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    char into[TL_NUMBER_TEXT_SIZE];
    const struct tl_line *line = share->fixed == NULL ? result->line : share->fixed;
    if (share->agreed != NULL) {
        agreed(pen, share, "price");
        return;
    }
    price(pen, result, share);
    if (share->pays_as_passive) {
        tl_pen_label(pen, "passive");
        tl_pen_part(pen, line->passive);
        tl_buf_text(pen->out, " of the price, since the membership is passive\n");
    }
    if (line->markup.present) {
        tl_pen_label(pen, "markup");
        tl_buf_format(pen->out, "%s, %s\n", tl_number_percent_da(share->markup, into),
                      association_text(share->member->association));
    }
    if (share->waived != NULL) {
        tl_pen_label(pen, "waived");
        tl_buf_text(pen->out, "because of ");
        tl_pen_text(pen, share->waived);
        tl_pen_end_line(pen);
    }
    if (share->rebate.minor != 0) {
        tl_pen_label(pen, "rebate");
        tl_pen_money(pen, share->rebate);
        tl_buf_text(pen->out, " off the year's price\n");
    }
}

static const struct tl_frac *weight_sum(const struct tl_line_result *result, const struct tl_share *share)
{
    return share->segment != NULL ? &share->segment->weight_sum : &result->weight_sum;
}

static void share_of_weights(struct tl_pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    char into[TL_NUMBER_TEXT_SIZE];
    struct tl_frac percent;
    tl_frac_init(&percent);
    mpq_set_ui(percent.q, 100, 1);
    mpq_mul(percent.q, percent.q, share->share.q);
    tl_pen_label(pen, "weight");
    tl_pen_made(pen, tl_frac_text(&share->weight, &pen->arena));
    tl_buf_text(pen->out, " of ");
    tl_pen_made(pen, tl_frac_text(weight_sum(result, share), &pen->arena));
    tl_pen_end_line(pen);
    tl_pen_label(pen, "share");
    tl_pen_made(pen, tl_frac_text(&share->share, &pen->arena));
    tl_buf_text(pen->out, " = ");
    tl_pen_made(pen, tl_frac_da(&percent, SHARE_DECIMALS, &pen->arena));
    tl_buf_text(pen->out, " %\n");
    tl_frac_release(&percent);
    if (!tl_ratio_is_none(share->published)) {
        tl_pen_label(pen, "published");
        tl_buf_format(pen->out, "%s\n", tl_number_percent_da(share->published, into));
    }
}

/* A bound that is part of the budget, where there is one. */
static void bound_share(struct tl_pen *pen, const char *name, struct tl_ratio of_budget)
{
    if (tl_ratio_is_none(of_budget))
        return;
    tl_pen_label(pen, name);
    tl_pen_part(pen, of_budget);
    tl_buf_text(pen->out, " of the budget\n");
}

static void bounds(struct tl_pen *pen, const struct tl_line *line)
{
    if (line->has_floor) {
        tl_pen_label(pen, "floor");
        tl_pen_money(pen, line->floor);
        tl_pen_end_line(pen);
    }
    if (line->has_cap) {
        tl_pen_label(pen, "cap");
        tl_pen_money(pen, line->cap);
        tl_pen_end_line(pen);
    }
    bound_share(pen, "floor", line->floor_share);
    bound_share(pen, "cap", line->cap_share);
}

/* What comes first, besides the key. */
static void exceptions(struct tl_pen *pen, const struct tl_share *share)
{
    agreed(pen, share, "key");
    if (share->first_share != NULL) {
        tl_pen_label(pen, "first");
        if (tl_ratio_is_none(share->first_share->share))
            tl_pen_money(pen, share->first_share->amount);
        else
            tl_pen_part(pen, share->first_share->share);
        tl_buf_text(pen->out, share->first_share->also_in_key ? " before the key, and a share by the key\n"
                                                              : " before the key\n");
    }
}

static void budget(struct tl_pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    const struct tl_segment *segment = share->segment;
    indexation(pen, result);
    tl_pen_label(pen, "budget");
    tl_pen_money(pen, result->budget);
    tl_pen_end_line(pen);
    if (segment != NULL && segment->budget.minor != result->budget.minor) {
        tl_pen_label(pen, "of it");
        tl_pen_money(pen, segment->budget);
        tl_buf_text(pen->out, " in this part of the period\n");
    }
    if (segment != NULL && segment->to_key.minor != segment->budget.minor) {
        tl_pen_label(pen, "to the key");
        tl_pen_money(pen, segment->to_key);
        tl_buf_text(pen->out, " after agreed amounts and first shares\n");
    }
}

static void budgeted(struct tl_pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    budget(pen, result, share);
    exceptions(pen, share);
    tl_pen_label(pen, "key");
    tl_pen_text(pen, result->key_text);
    tl_pen_end_line(pen);
    share_of_weights(pen, result, share);
    bounds(pen, result->line);
}

/* What rounding left from earlier periods, or leaves to later ones, in kroner: whole parts of an øre, so it is exact.
 */
static void carry(struct tl_pen *pen, const char *name, const struct tl_share *share, const struct tl_frac *minor)
{
    if (share->segment == NULL || mpq_sgn(minor->q) == 0)
        return;
    struct tl_frac kroner;
    tl_frac_init(&kroner);
    mpq_set_ui(kroner.q, 1, 100);
    mpq_mul(kroner.q, kroner.q, minor->q);
    tl_pen_label(pen, name);
    tl_pen_made(pen, tl_frac_da(&kroner, CARRY_DECIMALS, &pen->arena));
    tl_pen_end_line(pen);
    tl_frac_release(&kroner);
}

static void amounts(struct tl_pen *pen, const struct tl_line *line, const struct tl_share *share)
{
    if (share->working != NULL && share->working[0] != '\0') {
        tl_pen_label(pen, "working");
        tl_pen_text(pen, share->working);
        tl_pen_end_line(pen);
    }
    tl_pen_label(pen, "exact");
    tl_pen_exact_money(pen, &share->exact);
    tl_pen_end_line(pen);
    tl_pen_label(pen, "rounding");
    tl_buf_text(pen->out, mpq_sgn(share->rounding.q) > 0 ? "+" : "");
    tl_pen_exact_money(pen, &share->rounding);
    tl_buf_text(pen->out, ", to whole ");
    tl_pen_money(pen, (struct tl_money){line->round_to_minor});
    tl_pen_end_line(pen);
    carry(pen, "carried in", share, &share->carried_in);
    tl_pen_label(pen, "amount");
    tl_pen_money(pen, share->amount);
    tl_pen_end_line(pen);
    carry(pen, "carried on", share, &share->carried_out);
}

void tl_pen_share(struct tl_pen *pen, const struct tl_allocation *allocation, const struct tl_line_result *result,
                  const struct tl_share *share)
{
    period(pen, share);
    if (share->figure != NULL)
        figure(pen, share->figure);
    if (share->size_class != NULL)
        size_class(pen, share->fixed == NULL ? allocation->terms : share->member->signed_terms, share);
    if (!result->known) {
        tl_pen_label(pen, "amount");
        tl_buf_text(pen->out, "not yet known, so it cannot be billed\n");
        return;
    }
    if (result->line->has_budget)
        budgeted(pen, result, share);
    else
        priced(pen, result, share);
    amounts(pen, share->fixed == NULL ? result->line : share->fixed, share);
}
