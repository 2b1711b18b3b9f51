/* SPDX-License-Identifier: MPL-2.0 */
/* The fields of the calculation annex: how one member's amounts came about, so that they can be worked out again. */
#include <string.h>

#include "agreement_parts.h"
#include "tilslut/base/text.h"

/* value x factor, with decimals. */
static void put_scaled(const struct agreement_source *source, struct tl_fields *row, const char *name,
                       const struct tl_frac *value, struct tl_ratio factor, int decimals)
{
    struct tl_frac scaled, by;
    tl_frac_init(&scaled);
    tl_frac_init(&by);
    tl_frac_set_ratio(&by, factor);
    mpq_mul(scaled.q, value->q, by.q);
    agreement_put_decimals(source, row, name, &scaled, decimals);
    tl_frac_release(&scaled);
    tl_frac_release(&by);
}

/* Øre as kroner with six decimals, which is more than any rounding hides. */
static void put_exact_kroner(const struct agreement_source *source, struct tl_fields *row, const char *name,
                             const struct tl_frac *minor)
{
    put_scaled(source, row, name, minor, tl_ratio_of(1, 100), 6);
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The formula as it is read in Denmark: a sign of multiplication, decimal commas, and semicolons between the parts of
 * a function; English keeps the formula's own points and commas. */
static void put_working(struct tl_fields *row, const char *working, bool is_english)
{
    struct tl_buf text = TL_BUF_EMPTY;
    const char *start = working == NULL ? "" : working;
    for (const char *c = start; *c != '\0'; c++) {
        if (strncmp(c, " x ", 3) == 0) {
            tl_buf_text(&text, " \xC3\x97 ");
            c += 2;
        } else if (!is_english && *c == '.' && c > start && is_digit(c[-1]) && is_digit(c[1]))
            tl_buf_text(&text, ",");
        else if (!is_english && *c == ',')
            tl_buf_text(&text, ";");
        else
            tl_buf_add(&text, c, 1);
    }
    tl_fields_text(row, "working", text.failed ? NULL : tl_buf_string(&text));
    tl_buf_release(&text);
}

void agreement_put_figure(struct tl_fields *row, const struct agreement_source *source, const struct tl_figure *figure)
{
    tl_fields_text(row, "measure", figure == NULL ? "" : agreement_measure(figure->measure, source->is_english));
    agreement_put_number(source, row, "value", figure == NULL ? (struct tl_ratio){0, 0} : figure->value);
    agreement_put_date(row, "date", figure == NULL ? (struct tl_date){0} : figure->holds_on, source->is_english);
    tl_fields_text(row, "source", figure == NULL ? "" : figure->source);
}

static void put_class_and_time(struct tl_fields *row, const struct agreement_source *source,
                               const struct tl_share *share)
{
    char text[TL_RATIO_TEXT_SIZE];
    bool is_whole = tl_ratio_is_none(share->time) || share->time.numerator == share->time.denominator;
    agreement_put_date(row, "first", share->period.first, source->is_english);
    agreement_put_date(row, "last", share->period.last, source->is_english);
    tl_fields_text(row, "time", is_whole ? "" : tl_ratio_text(share->time, text));
    tl_fields_text(row, "class", share->size_class == NULL ? "" : share->size_class->name);
    tl_fields_flag(row, "class_by_hand", share->class_is_by_hand);
    tl_fields_optional(row, "class_reason", share->class_is_by_hand ? share->member->class_reason : "");
    tl_fields_text(row, "frozen_until", "");
    if (share->class_is_frozen)
        tl_fields_format(row, "frozen_until", "%d", share->member->class_frozen_until);
}

/* What a price came from. */
static void put_priced(struct tl_fields *row, const struct agreement_source *source,
                       const struct tl_line_result *result, const struct tl_share *share)
{
    const struct tl_line *line = result->line;
    bool is_priced = !line->has_budget && result->known && share->agreed == NULL;
    bool is_indexed =
        is_priced && share->price_before_index.minor != 0 && share->price_before_index.minor != share->price.minor;
    tl_fields_text(row, "base_price", "");
    tl_fields_text(row, "price_before_index", "");
    tl_fields_text(row, "rebate_amount", "");
    if (is_priced)
        agreement_put_money(source, row, "base_price", share->price);
    if (is_indexed)
        agreement_put_money(source, row, "price_before_index", share->price_before_index);
    if (is_priced && share->rebate.minor != 0)
        agreement_put_money(source, row, "rebate_amount", share->rebate);
    agreement_put_percent(source, row, "markup",
                          is_priced && share->markup.numerator != 0 ? share->markup : (struct tl_ratio){0, 0});
    agreement_put_percent(source, row, "passive_share",
                          share->pays_as_passive ? line->passive : (struct tl_ratio){0, 0});
    agreement_put_date(row, "fixed_by_signing",
                       share->price_step == NULL ? (struct tl_date){0} : share->member->signed_on, source->is_english);
    tl_fields_optional(row, "waived", share->waived);
}

/* What a share of a budget came from. */
static void put_budgeted(struct tl_fields *row, const struct agreement_source *source,
                         const struct tl_line_result *result, const struct tl_share *share)
{
    static const char *const empty[] = {"weight",     "weight_sum",    "share",         "share_percent",
                                        "carried_in", "carried_out",   "agreed_amount", "agreed_reason",
                                        "published",  "segment_budget"};
    for (size_t i = 0; i < sizeof empty / sizeof empty[0]; i++)
        tl_fields_text(row, empty[i], "");
    tl_fields_flag(row, "is_first_share", share->first_share != NULL);
    if (share->agreed != NULL && result->known) {
        agreement_put_money(source, row, "agreed_amount", share->agreed->amount);
        tl_fields_optional(row, "agreed_reason", share->agreed->reason);
    }
    if (!result->line->has_budget)
        return;
    if (mpq_sgn(share->carried_in.q) != 0)
        put_exact_kroner(source, row, "carried_in", &share->carried_in);
    if (mpq_sgn(share->carried_out.q) != 0)
        put_exact_kroner(source, row, "carried_out", &share->carried_out);
    if (share->segment != NULL && result->segment_count > 1)
        agreement_put_money(source, row, "segment_budget", share->segment->to_key);
    if (share->agreed != NULL)
        return;
    const struct tl_frac *sum = share->segment != NULL ? &share->segment->weight_sum : &result->weight_sum;
    tl_fields_text(row, "weight", tl_frac_text(&share->weight, source->arena));
    tl_fields_text(row, "weight_sum", tl_frac_text(sum, source->arena));
    tl_fields_text(row, "share", tl_frac_text(&share->share, source->arena));
    put_scaled(source, row, "share_percent", &share->share, tl_ratio_of(100, 1), 4);
    agreement_put_percent(source, row, "published", share->published);
}

static void put_calculation(struct tl_fields *row, const struct agreement_source *source,
                            const struct tl_line_result *result, const struct tl_share *share)
{
    agreement_put_figure(row, source, share->figure);
    put_class_and_time(row, source, share);
    put_priced(row, source, result, share);
    put_budgeted(row, source, result, share);
    put_working(row, result->known ? share->working : "", source->is_english);
    tl_fields_flag(row, "is_rounded", result->known && mpq_sgn(share->rounding.q) != 0);
    tl_fields_text(row, "exact", "");
    tl_fields_text(row, "rounded_by", "");
    tl_fields_text(row, "amount", "");
    if (!result->known)
        return;
    put_exact_kroner(source, row, "exact", &share->exact);
    put_exact_kroner(source, row, "rounded_by", &share->rounding);
    agreement_put_money(source, row, "amount", share->amount);
}

/* How this member's amounts came about: one row per line and period. */
tl_status agreement_calculations_fill(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    tl_status status = TL_OK;
    tl_fields_rows(root, "calculations");
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t j = 0; j < allocation->lines[i].share_count && status == TL_OK; j++) {
            const struct tl_share *share = &allocation->lines[i].shares[j];
            if (!tl_text_equal(share->member->code, source->facts->member->code))
                continue;
            struct tl_fields *row = tl_fields_row(root, "calculations");
            status = agreement_line_fill(row, source, &allocation->lines[i]);
            if (status == TL_OK)
                put_calculation(row, source, &allocation->lines[i], share);
        }
    return status;
}
