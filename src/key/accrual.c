/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/accrual.h"

#include "tilslut/key/apportion.h"

static struct tl_date later(struct tl_date a, struct tl_date b)
{
    return tl_date_compare(a, b) > 0 ? a : b;
}

static struct tl_date earlier(struct tl_date a, struct tl_date b)
{
    return tl_date_compare(a, b) < 0 ? a : b;
}

static tl_status check(struct tl_period period, struct tl_err *err)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    tl_date_iso(period.first, first);
    tl_date_iso(period.last, last);
    if (tl_date_compare(period.first, period.last) > 0)
        return tl_err_set(err, TL_ERR_INPUT, "the period from %s to %s ends before it begins", first, last);
    if (tl_date_year(period.last) - tl_date_year(period.first) >= TL_ACCRUAL_YEARS_MAX)
        return tl_err_set(err, TL_ERR_INPUT, "the period from %s to %s reaches over more than %d years", first, last,
                          TL_ACCRUAL_YEARS_MAX);
    return TL_OK;
}

static void cut(struct tl_accrual *out, struct tl_period period)
{
    for (int year = tl_date_year(period.first); year <= tl_date_year(period.last); year++) {
        struct tl_period whole = tl_period_of_year(year);
        struct tl_period part = {later(whole.first, period.first), earlier(whole.last, period.last)};
        out->parts[out->count++] = (struct tl_accrual_part){
            .year = year,
            .period = part,
            .days = tl_date_to_days(part.last) - tl_date_to_days(part.first) + 1,
        };
    }
}

tl_status tl_accrual_split(struct tl_accrual *out, struct tl_money amount, struct tl_period period, struct tl_err *err)
{
    struct tl_frac weights[TL_ACCRUAL_YEARS_MAX];
    int64_t amounts[TL_ACCRUAL_YEARS_MAX];
    tl_status status = check(period, err);
    *out = (struct tl_accrual){.count = 0};
    if (status != TL_OK)
        return status;
    cut(out, period);
    for (size_t i = 0; i < out->count; i++) {
        tl_frac_init(&weights[i]);
        tl_frac_set_whole(&weights[i], out->parts[i].days);
    }
    status = tl_apportion(amounts, amount.minor, weights, out->count, err);
    for (size_t i = 0; i < out->count; i++) {
        if (status == TL_OK)
            out->parts[i].amount = (struct tl_money){amounts[i]};
        tl_frac_release(&weights[i]);
    }
    return status;
}
