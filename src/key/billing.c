/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/billing.h"

#include <stdio.h>

#include "tilslut/base/text.h"

enum { MONTHS_PER_YEAR = 12 };

/* How a year is parted, by tl_billing. */
static const struct {
    char letter;
    int parts;
    const char *names, *word_da;
} ways[] = {
    [TL_BILLING_YEARLY] = {'Y', 1, "year", ""},
    [TL_BILLING_HALF_YEARLY] = {'H', 2, "H1, H2", "halvår"},
    [TL_BILLING_QUARTERLY] = {'Q', 4, "Q1, Q2, Q3, Q4", "kvartal"},
};

static struct tl_period part_of(tl_billing billing, int year, int number)
{
    int months = MONTHS_PER_YEAR / ways[billing].parts;
    struct tl_date first = tl_date_add_months(tl_date_of(year, 1, 1), (number - 1) * months);
    struct tl_date last = tl_date_of(year, MONTHS_PER_YEAR, 31);
    if (number < ways[billing].parts)
        last = tl_date_add_days(tl_date_add_months(first, months), -1);
    return (struct tl_period){first, last};
}

static bool read_name(tl_billing *billing, int *number, const char *name)
{
    *number = 1;
    *billing = TL_BILLING_YEARLY;
    if (tl_text_equal(name, "year") || tl_text_equal(name, "1"))
        return true;
    char letter = (char)(name[0] & ~0x20);
    *billing = letter == 'H' ? TL_BILLING_HALF_YEARLY : TL_BILLING_QUARTERLY;
    *number = name[0] == '\0' ? 0 : name[1] - '0';
    return (letter == 'H' || letter == 'Q') && *number >= 1 && *number <= ways[*billing].parts && name[2] == '\0';
}

tl_status tl_billing_period(struct tl_period *out, tl_billing billing, int year, const char *name, struct tl_err *err)
{
    tl_billing named = TL_BILLING_YEARLY;
    int number = 1;
    if (name == NULL && billing != TL_BILLING_YEARLY) {
        (void)tl_err_set(err, TL_ERR_USAGE, "the terms bill %d in %d parts, and none is named", year,
                         ways[billing].parts);
        tl_err_hint(err, "say which with --period: %s", ways[billing].names);
        return TL_ERR_USAGE;
    }
    if (name != NULL && !read_name(&named, &number, name)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.20s' is not a period", name);
        tl_err_hint(err, "the terms bill %s", ways[billing].names);
        return TL_ERR_INPUT;
    }
    if (named != billing) {
        (void)tl_err_set(err, TL_ERR_STATE, "the terms do not bill '%.20s'", name);
        tl_err_hint(err, "they bill %s", ways[billing].names);
        return TL_ERR_STATE;
    }
    *out = part_of(billing, year, number);
    return TL_OK;
}

static int months_of(struct tl_period period)
{
    return tl_date_month(period.last) - tl_date_month(period.first) + 1;
}

static int number_of(struct tl_period period)
{
    return tl_date_month(period.last) / months_of(period);
}

const char *tl_billing_label(struct tl_period period, char into[TL_BILLING_LABEL_SIZE])
{
    for (size_t i = TL_BILLING_HALF_YEARLY; i <= TL_BILLING_QUARTERLY; i++)
        if (months_of(period) == MONTHS_PER_YEAR / ways[i].parts) {
            (void)snprintf(into, TL_BILLING_LABEL_SIZE, "%c%d", ways[i].letter, number_of(period) % 10);
            return into;
        }
    (void)snprintf(into, TL_BILLING_LABEL_SIZE, "year");
    return into;
}

const char *tl_billing_words_da(struct tl_period period, char into[TL_BILLING_WORDS_SIZE])
{
    int year = tl_date_year(period.last);
    for (size_t i = TL_BILLING_HALF_YEARLY; i <= TL_BILLING_QUARTERLY; i++)
        if (months_of(period) == MONTHS_PER_YEAR / ways[i].parts) {
            (void)snprintf(into, TL_BILLING_WORDS_SIZE, "%d. %s %d", number_of(period), ways[i].word_da, year);
            return into;
        }
    (void)snprintf(into, TL_BILLING_WORDS_SIZE, "%d", year);
    return into;
}
