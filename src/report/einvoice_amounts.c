/* SPDX-License-Identifier: MPL-2.0 */
/* The arithmetic of an e-invoice: every sum is formed again from its parts. */
#include <string.h>

#include "einvoice_flaws.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

/* Sums of a few thousand amounts within the bounds of money do not leave 64 bits. */
static void expect(struct tl_einvoice_flaws *flaws, struct tl_money told, int64_t minor, size_t line, const char *field,
                   const char *rule)
{
    char is[TL_MONEY_TEXT_SIZE], should[TL_MONEY_TEXT_SIZE];
    struct tl_money wanted = {minor};
    if (told.minor != minor)
        tl_einvoice_flaw_add(flaws, line, field, rule, "", "it is %s and should be %s", tl_money_plain(told, is),
                             tl_money_plain(wanted, should));
}

static bool is_category(const char *category, const char *wanted)
{
    return tl_text_equal(category, wanted);
}

static bool is_zero(struct tl_ratio rate)
{
    return rate.numerator == 0;
}

/* A percent with a finite number of decimals. */
static bool is_decimal(struct tl_ratio rate)
{
    char percent[TL_RATIO_TEXT_SIZE];
    return strchr(tl_ratio_percent(rate, percent), '%') != NULL;
}

static void check_rate(struct tl_einvoice_flaws *flaws, size_t at)
{
    const struct tl_einvoice_line *line = &flaws->einvoice->lines[at];
    static const char field[] = "VAT rate (BT-152)";
    if (is_category(line->category, "S")) {
        if (line->rate.numerator <= 0)
            tl_einvoice_flaw_add(flaws, at + 1, field, "BR-S-05", "", "of what is taxed it is above zero");
        else if (!is_decimal(line->rate))
            tl_einvoice_flaw_add(flaws, at + 1, field, "xs:decimal", "", "it cannot be written as a decimal");
    } else if (is_category(line->category, "E") && !is_zero(line->rate))
        tl_einvoice_flaw_add(flaws, at + 1, field, "BR-E-05", "", "of what is exempt it is zero");
    else if (is_category(line->category, "O") && !is_zero(line->rate))
        tl_einvoice_flaw_add(flaws, at + 1, field, "BR-O-05", "", "what is outside the scope of VAT has none");
    else if (!is_category(line->category, "E") && !is_category(line->category, "O"))
        tl_einvoice_flaw_add(flaws, at + 1, "VAT category (BT-151)", "BR-CO-04", "", "'%.20s' is none of S, E and O",
                             line->category);
}

/* The standard asks of S and E that the seller is registered for VAT, and forbids to say so beside O. */
static void check_seller(struct tl_einvoice_flaws *flaws, size_t at)
{
    const struct tl_einvoice_line *line = &flaws->einvoice->lines[at];
    bool is_registered = flaws->einvoice->seller.vat[0] != '\0', is_taxed = is_category(line->category, "S");
    if (is_category(line->category, "O") && is_registered)
        tl_einvoice_flaw_add(flaws, at + 1, "seller's VAT number (BT-31)", "BR-O-02", "",
                             "beside what is outside the scope of VAT it is not told");
    if ((is_taxed || is_category(line->category, "E")) && !is_registered)
        tl_einvoice_flaw_add(flaws, at + 1, "seller's VAT number (BT-31)", is_taxed ? "BR-S-02" : "BR-E-02",
                             "tilslut party set records the CVR number", "it is missing");
}

static void check_line_period(struct tl_einvoice_flaws *flaws, size_t at)
{
    struct tl_period whole = flaws->einvoice->period, period = flaws->einvoice->lines[at].period;
    if (tl_date_compare(period.last, period.first) < 0)
        tl_einvoice_flaw_add(flaws, at + 1, "period (BG-26)", "BR-30", "", "it ends before it begins");
    if (tl_date_compare(period.first, whole.first) < 0)
        tl_einvoice_flaw_add(flaws, at + 1, "period (BT-134)", "PEPPOL-EN16931-R110", "",
                             "it begins before the invoice's");
    if (tl_date_compare(period.last, whole.last) > 0)
        tl_einvoice_flaw_add(flaws, at + 1, "period (BT-135)", "PEPPOL-EN16931-R111", "",
                             "it ends after the invoice's");
}

static void check_line(struct tl_einvoice_flaws *flaws, size_t at)
{
    const struct tl_einvoice_line *line = &flaws->einvoice->lines[at];
    if (tl_einvoice_is_blank(line->name))
        tl_einvoice_flaw_add(flaws, at + 1, "name (BT-153)", "BR-25", "", "it is missing");
    if (line->price.minor < 0)
        tl_einvoice_flaw_add(flaws, at + 1, "price (BT-146)", "BR-27", "", "it is negative");
    if (line->allowance.minor != 0 && tl_einvoice_is_blank(line->allowance_reason))
        tl_einvoice_flaw_add(flaws, at + 1, "reason of the rebate (BT-139)", "BR-42", "", "it is missing");
    expect(flaws, line->net, line->quantity * line->price.minor - line->allowance.minor, at + 1, "net amount (BT-131)",
           "PEPPOL-EN16931-R120");
    check_line_period(flaws, at);
    check_rate(flaws, at);
    check_seller(flaws, at);
}

/* What the lines of a breakdown sum to. */
static int64_t sum_of(const struct tl_einvoice *einvoice, const struct tl_einvoice_vat *vat)
{
    int64_t sum = 0;
    for (size_t i = 0; i < einvoice->line_count; i++)
        if (tl_text_equal(einvoice->lines[i].category, vat->category) &&
            tl_ratio_compare(einvoice->lines[i].rate, vat->rate) == 0)
            sum += einvoice->lines[i].net.minor;
    return sum;
}

/* Taxable x rate, halves away from zero. */
static int64_t tax_of(const struct tl_einvoice_vat *vat)
{
    struct tl_money tax = {0};
    struct tl_err unused = TL_ERR_NONE;
    struct tl_frac exact, rate;
    tl_frac_init(&exact);
    tl_frac_init(&rate);
    tl_frac_set_whole(&exact, vat->taxable.minor);
    tl_frac_set_ratio(&rate, vat->rate);
    mpq_mul(exact.q, exact.q, rate.q);
    tl_status status = tl_frac_round_money(&tax, &exact, &unused);
    tl_frac_release(&rate);
    tl_frac_release(&exact);
    return status == TL_OK ? tax.minor : INT64_MIN;
}

static void check_reason(struct tl_einvoice_flaws *flaws, const struct tl_einvoice_vat *vat)
{
    bool has_reason = !tl_einvoice_is_blank(vat->reason) || !tl_einvoice_is_blank(vat->reason_code);
    static const char field[] = "reason without VAT (BT-120)";
    if (is_category(vat->category, "S") && has_reason)
        tl_einvoice_flaw_add(flaws, 0, field, "BR-S-10", "", "what is taxed has none");
    if (!is_category(vat->category, "S") && !has_reason)
        tl_einvoice_flaw_add(flaws, 0, field, is_category(vat->category, "E") ? "BR-E-10" : "BR-O-10",
                             "terms state it, for example vat: {exempt: why}", "it is missing");
}

static void check_vat(struct tl_einvoice_flaws *flaws, const struct tl_einvoice_vat *vat)
{
    static const char *const rules[][3] = {
        {"S", "BR-S-08", "BR-S-09"}, {"E", "BR-E-08", "BR-E-09"}, {"O", "BR-O-08", "BR-O-09"}};
    for (size_t i = 0; i < 3; i++)
        if (is_category(vat->category, rules[i][0])) {
            expect(flaws, vat->taxable, sum_of(flaws->einvoice, vat), 0, "taxable amount (BT-116)", rules[i][1]);
            expect(flaws, vat->tax, tax_of(vat), 0, "VAT of the category (BT-117)", rules[i][2]);
        }
    check_reason(flaws, vat);
}

static void check_vats(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice *einvoice = flaws->einvoice;
    bool any_outside = false;
    int64_t sum = 0;
    if (einvoice->vat_count == 0)
        tl_einvoice_flaw_add(flaws, 0, "VAT by category (BG-23)", "BR-CO-18", "", "there is none");
    for (size_t i = 0; i < einvoice->vat_count; i++) {
        check_vat(flaws, &einvoice->vats[i]);
        any_outside = any_outside || is_category(einvoice->vats[i].category, "O");
        sum += einvoice->vats[i].tax.minor;
    }
    if (any_outside && einvoice->vat_count > 1)
        tl_einvoice_flaw_add(flaws, 0, "VAT by category (BG-23)", "BR-O-11", "",
                             "nothing stands beside what is outside the scope of VAT");
    expect(flaws, einvoice->vat, sum, 0, "VAT (BT-110)", "BR-CO-14");
}

static void check_totals(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice *einvoice = flaws->einvoice;
    int64_t sum = 0;
    for (size_t i = 0; i < einvoice->line_count; i++)
        sum += einvoice->lines[i].net.minor;
    expect(flaws, einvoice->line_sum, sum, 0, "sum of the lines (BT-106)", "BR-CO-10");
    expect(flaws, einvoice->net, einvoice->line_sum.minor, 0, "total without VAT (BT-109)", "BR-CO-13");
    expect(flaws, einvoice->gross, einvoice->net.minor + einvoice->vat.minor, 0, "total with VAT (BT-112)", "BR-CO-15");
    expect(flaws, einvoice->payable, einvoice->gross.minor - einvoice->prepaid.minor + einvoice->rounding.minor, 0,
           "amount to pay (BT-115)", "BR-CO-16");
    if (einvoice->is_credit && einvoice->payable.minor < 0)
        tl_einvoice_flaw_add(flaws, 0, "amount to pay (BT-115)", "DK-R-016", "",
                             "that of a credit note is not negative");
}

void tl_einvoice_check_amounts(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice *einvoice = flaws->einvoice;
    check_vats(flaws);
    check_totals(flaws);
    if (einvoice->line_count == 0)
        tl_einvoice_flaw_add(flaws, 0, "lines (BG-25)", "BR-16", "", "there are none");
    for (size_t i = 0; i < einvoice->line_count; i++)
        check_line(flaws, i);
}
